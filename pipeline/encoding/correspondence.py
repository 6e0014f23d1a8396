"""Turn what a message's anatomy and the document's title say into `correspDesc`: who, to whom, when, by what hands.

One `correspDesc` describes the document's own message, one each message inside it (ENCODING.md §3). What a title says
of the parties comes first, since publishers name them in full; else the translation's words, which need no declension;
else the original's. What neither says is absent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pipeline.annotation.dating import DateContext
from pipeline.annotation.parts import CLOSING_QUOTES, OPENING_QUOTES
from pipeline.annotation.readings import read_stretch
from pipeline.annotation.spans import Attributes, Layer, Node
from pipeline.annotation.titles import Party, Title, read_title
from pipeline.encoding.related import Related, distinct, read_related
from pipeline.languages import office
from pipeline.languages.anatomy import anatomy_words

_HANDS = ("deciphered", "typed", "checked")
_HAND = {kind: re.compile(rf"^\s*(?:{office.said(kind)})", re.IGNORECASE) for kind in _HANDS}
_CLERK = re.compile(rf"(?:\[[^\]]*\]|[.:]|{office.said('by')})\s*\*?((?:[A-ZА-ЯЁ]\.\s?){{0,2}}[A-ZА-ЯЁ][\w'’-]+)\*?")
_RECEIVED = re.compile(office.said("received"), re.IGNORECASE)
_SENT = re.compile(office.said("sent"), re.IGNORECASE)
_FROM_PLACE = re.compile(rf"^(?:{office.said('from')}):?\s+([A-ZА-ЯЁ][\w'’-]+?)(?={office.said('runs-on')}|[^\w'’-]|$)")
_DATED_PLACE = re.compile(
    r"^([A-Z][\w'’-]+(?:\s[A-Z][a-z]+)?),\s+\d|\b(?:1[89]|20)\d\d\.?,?\s+([A-Z][\w'’-]+(?:\s[A-Z][a-z]+)?)\.?$"
)
"""A place before a date with a comma, or after a whole date: `New Delhi, 1st April`, `November 22, 1963 Washington`."""
_TRANSMITTED = re.compile(
    rf"^(?:{office.said('transmitted-to')})\s+(?:{office.said('comrade')})?\s*([A-ZА-ЯЁ][\w'’-]+)"
)
_HANDED_ON = re.compile(rf"(?:{office.said('handed-on')})\s+(.+?)(?:{office.said('handed-on-end')})?\s*[.:]?\s*$")
_EITHER = re.compile(rf"^(?:{office.said('either')})")
_FORM_OF_ADDRESS = re.compile(rf"^(?:{office.said('address')})?(?:(?:{office.said('comrade')})\s*)?")
_SEVERAL_COPIES = re.compile(r"[^\W\d][^:,;]{1,40}:\s*|\d{1,2}(?:\s?[-–—,]\s?\d{1,2})*\s?[-–—]\s?тт\.\s*")
"""What stands before a list of those who got copies, on one line: `Sent to:`, `1-3 — тт.`"""
_ENDS_IN_INITIAL = re.compile(r"(?<=[\s.])[A-ZА-ЯЁ]$")
_COPY_NUMBER = re.compile(rf"^(?:{office.said('copies')})?(?:(?:№|No\.?|N)\s?-?\s?\d+)?\s*[-—–]?\s*", re.I)
_NAMES = re.compile(rf"\s*(?:,|;|{office.said('joined')})\s*")
_NUMBER = re.compile(r"(?:№|No\.?|N)\s?\d+")
_PASSED_ON = re.compile(office.said("passed-on"))

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Action:
    """One `correspAction`."""

    type: str
    subtype: str = ""
    name: str = ""
    place: str = ""
    dates: tuple[tuple[str, str], ...] = ()
    """Attributes of `date`."""
    numbers: tuple[tuple[str, str], ...] = ()
    """Type and text of each `idno`."""
    certainty: str = ""
    """Of the name, where it was inferred."""


@dataclass(frozen=True, slots=True)
class Message:
    """One `correspDesc`: the document's own (`cd1`) or that of a message inside it."""

    id: str
    actions: tuple[Action, ...]
    related: tuple[Related, ...] = ()
    """Other messages that it answers or mentions."""
    conveys: tuple[str, ...] = ()
    conveyed_in: str = ""
    embedded: str = ""
    """xml:id of the `floatingText` that holds it."""


@dataclass(slots=True)
class _Said:
    """What one witness says of one message."""

    language: str
    signed: str = ""
    addressed: list[str] = field(default_factory=list)
    passed_on: bool = False
    handed_on: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    place: str = ""
    date: tuple[tuple[str, str], ...] = ()
    received: tuple[tuple[str, str], ...] = ()
    transmitted: Action | None = None
    hands: list[Action] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    related: list[Related] = field(default_factory=list)


def find_messages(
    text: str, roots: Iterable[Node], title: str, author: str = "", date: str = ""
) -> tuple[Message, ...]:
    """Return the document's own message first, then those inside it by their numbers.

    `author` is who wrote the document where its record says so; it stands where neither title nor signature names one.
    `date` is the document's, which tells the year of the days that it mentions.
    """
    witnesses = [node for node in roots if node.span.kind == "witness"]
    inner = _embedded(witnesses)
    context = DateContext(date) if date else None
    own = [_said(text, witness, witness.span.get("lang"), context) for witness in witnesses]
    actions = _actions(own, read_title(title), author)
    conveyed = {number: [_said(text, node, language, context) for language, node in inner[number]] for number in inner}
    days = {said.date for told in conveyed.values() for said in told if said.date}
    conveys = tuple(f"cd{number}" for number in inner)
    messages = [Message("cd1", actions, _related(own, days), conveys)]
    for number, nodes in inner.items():
        said = conveyed[number]
        identifier = f"m{number}.{nodes[0][0]}"
        told = _actions(said, Title())
        if not any(action.type == "sent" and action.name for action in told):
            told = (*_own_sender(text, witnesses, nodes, actions), *told)
        related = _related(said, set())
        messages.append(Message(f"cd{number}", told, related, conveyed_in="cd1", embedded=identifier))
    return tuple(messages)


def _related(said: Sequence[_Said], conveyed: Collection[Attributes]) -> tuple[Related, ...]:
    """Return the messages of which witnesses speak, the translation first: there names are not declined."""
    days = {value for attributes in conveyed for key, value in attributes if key == "when"}
    return distinct((related for one in _translation_first(said) for related in one.related), days)


def _translation_first(said: Sequence[_Said]) -> list[_Said]:
    return sorted(said, key=lambda one: one.language != "en")


def _own_sender(
    text: str, witnesses: Sequence[Node], nodes: Sequence[tuple[str, Node]], outer: Sequence[Action]
) -> tuple[Action, ...]:
    """Return the document's sender as the sender of a message that the text announces as the writer's own."""
    sender = next((action.name for action in outer if action.type == "sent" and action.name), "")
    for language, node in nodes:
        siblings = next((witness.children for witness in witnesses if node in witness.children), ())
        before = [sibling for sibling in siblings if sibling.span.end <= node.span.start][-1:]
        if sender and any(anatomy_words(language).own.search(_reading(text, one)) for one in before):
            return (Action("sent", name=sender, certainty="medium"),)
    return ()


def _embedded(witnesses: Sequence[Node]) -> dict[str, list[tuple[str, Node]]]:
    """Return embedded messages by number, each with the witnesses that hold it, the original first."""
    found: dict[str, list[tuple[str, Node]]] = {}
    for witness in sorted(witnesses, key=lambda node: node.span.get("type") != "original"):
        for node in _walk(witness):
            if node.span.kind == "embedded":
                number = node.span.get("n").removeprefix("m")
                found.setdefault(number, []).append((witness.span.get("lang"), node))
    return found


def _walk(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _walk(child)


def _own(node: Node) -> Iterator[Node]:
    """Yield what stands in a message, without the messages inside it."""
    for child in node.children:
        if child.span.kind != "embedded":
            yield child
            yield from _own(child)


def _said(text: str, message: Node, language: str, context: DateContext | None) -> _Said:
    """Return what one witness says; a sheet's head may name the message by another number than its first sheet."""
    said = _Said(language)
    frame = ""
    for node in _walk(message) if message.span.kind == "witness" else ():
        if node.span.get("type") == "continuation" and (number := _NUMBER.search(_reading(text, node))):
            said.numbers.setdefault("continued", number[0])
    for node in _own(message):
        kind = node.span.kind
        frame = kind if kind in {"opener", "closer", "postscript"} else frame
        if kind in {"paragraph", "item"} and frame != "postscript":
            said.related += read_related(_reading(text, node), language, context)
        reader = _READERS.get((kind, node.span.get("type"))) or _READERS.get((kind, ""))
        if reader:
            reader(said, text, node, frame)
    return said


def _reading(text: str, node: Node) -> str:
    signs = [child.span for child in _walk(node) if child.span.layer is Layer.SIGN]
    return read_stretch(text, node.span.start, node.span.end, [(sign.start, sign.end) for sign in signs]).text


def _bare(name: str) -> str:
    """Return a name without its form of address, quotation marks and stops."""
    stripped = name.strip(" .,;:" + OPENING_QUOTES + CLOSING_QUOTES)
    stripped = stripped[1:-1] if re.fullmatch(r"\([^()]*\)", stripped) else stripped
    if re.fullmatch(r"(?:[A-ZА-ЯЁ]\s)+[A-ZА-ЯЁ]\b.*", stripped):
        spaced = re.match(r"(?:[A-ZА-ЯЁ]\s)+[A-ZА-ЯЁ]\b", stripped)
        stripped = (spaced.group().replace(" ", "") if spaced else "") + stripped[spaced.end() if spaced else 0 :]
    bare = _FORM_OF_ADDRESS.sub("", stripped).strip(" .,;:")
    return f"{bare}." if _ENDS_IN_INITIAL.search(bare) and f"{bare}." in name else bare


def _dates(node: Node) -> list[tuple[tuple[str, str], ...]]:
    return [
        tuple(
            (key, value) for key, value in child.span.attributes if key in {"when", "when-iso", "notBefore", "notAfter"}
        )
        for child in _walk(node)
        if child.span.kind == "date"
    ]


def _read_signed(said: _Said, text: str, node: Node, _frame: str) -> None:
    """Take a signature; where an office and a name stand apart, the name."""
    name = _bare(_reading(text, node))
    if not said.signed or _is_office(said.signed, said.language):
        said.signed = name
    elif not _is_office(name, said.language):
        said.signed = f"{said.signed} {name}"


def _is_office(name: str, language: str) -> bool:
    pattern = anatomy_words(language).closer.get("role")
    return pattern is not None and pattern.fullmatch(name) is not None


def _read_dateline(said: _Said, text: str, node: Node, frame: str) -> None:
    words = _reading(text, node)
    dates = _dates(node)
    if place := _FROM_PLACE.match(words) or _DATED_PLACE.search(words):
        said.place = said.place or place[place.lastindex or 1]
    if not dates:
        return
    if any(pattern.search(words) for pattern in _HAND.values()):
        _read_hand(said, text, node, frame)
    elif _SENT.search(words):
        said.transmitted = Action("transmitted", dates=dates[0])
    elif said.transmitted and not said.transmitted.dates and frame == "opener":
        said.transmitted = Action("transmitted", name=said.transmitted.name, dates=dates[0])
    elif _RECEIVED.search(words):
        said.received = said.received or dates[0]
    elif frame == "closer" or not said.date:
        said.date = dates[0]


def _read_routing(said: _Said, text: str, node: Node, _frame: str) -> None:
    words = _reading(text, node)
    if transmitted := _TRANSMITTED.match(words):
        said.transmitted = Action("transmitted", name=transmitted[1])
    elif handed := _HANDED_ON.search(words):
        said.handed_on += [_bare(name) for name in _NAMES.split(_EITHER.sub("", handed[1])) if name]


def _read_address(said: _Said, text: str, node: Node, _frame: str) -> None:
    words = _reading(text, node)
    if _PASSED_ON.fullmatch(words):
        said.passed_on = True
    elif said.passed_on:
        said.handed_on.append(_bare(words))
    elif name := _bare(words):
        said.addressed.append(name)


def _read_copies(said: _Said, text: str, node: Node, _frame: str) -> None:
    said.copies += _names_in_list(_COPY_NUMBER.sub("", _reading(text, node), count=1))


def _names_in_list(words: str) -> list[str]:
    """Return the names in a list of copies without the number of copies: `Stalin (2)`."""
    names = (re.sub(r"\s*(?:\(\d+\)|[-–—]\s?\d+)\s*\.?$", "", name) for name in re.split(r"\s*[,;]\s*", words))
    return [bare for name in names if (bare := _bare(name))]


def _read_copy(said: _Said, text: str, node: Node, frame: str) -> None:
    words = _reading(text, node)
    several = _SEVERAL_COPIES.match(words)
    names = _names_in_list(words[several.end() :]) if several else [_bare(_COPY_NUMBER.sub("", words, count=1))]
    if frame == "postscript":
        said.copies += filter(None, names)


def _read_hand(said: _Said, text: str, node: Node, _frame: str) -> None:
    words = _reading(text, node)
    kind = next((kind for kind, pattern in _HAND.items() if pattern.search(words)), "")
    clerk = _CLERK.search(words)
    if kind and clerk:
        said.hands.append(Action(kind, name=clerk[1], dates=(_dates(node) or [()])[0]))


def _read_number(said: _Said, text: str, node: Node, _frame: str) -> None:
    said.numbers.setdefault(node.span.get("type"), _reading(text, node).strip(" ."))


_READERS = {
    ("signed", ""): _read_signed,
    ("dateline", ""): _read_dateline,
    ("seg", "routing"): _read_routing,
    ("address-line", ""): _read_address,
    ("seg", "distribution"): _read_copies,
    ("item", ""): _read_copy,
    ("ab", "processing"): _read_hand,
    ("idno", ""): _read_number,
}


def _actions(said: Sequence[_Said], title: Title, author: str = "") -> tuple[Action, ...]:
    """Return the actions of a message, from what its witnesses and its title say, in the order of time."""
    told = _translation_first(said)
    sent_numbers = _numbers(told, "outgoing")
    sent = _first(told, lambda one: one.date)
    place = title.senders[0].place if title.senders else ""
    signed = _first(told, lambda one: one.signed) or author
    senders = title.senders or tuple(Party(name) for name in [signed] if name)
    actions = [
        Action(
            "sent",
            name=sender.name,
            place=place or _first(told, lambda one: one.place),
            dates=sent,
            numbers=sent_numbers,
        )
        for sender in senders or ([Party("")] if sent or sent_numbers else [])
    ]
    transmitted = _first(told, lambda one: one.transmitted)
    actions += [transmitted] if transmitted else []
    actions += _receptions(told, title)
    actions += [Action("received", "cc", name) for name in dict.fromkeys(_first(told, lambda one: one.copies))]
    hands = _with_register(_first(told, lambda one: one.hands) or [], _numbers(told, "register"))
    return (*actions, *hands)


def _with_register(hands: Sequence[Action], register: tuple[tuple[str, str], ...]) -> list[Action]:
    """Return the hands, the typist with the number under which the typed copies are registered."""
    typed = next((hand for hand in hands if hand.type == "typed"), None)
    if not register:
        return list(hands)
    if typed is None:
        return [*hands, Action("typed", numbers=register)]
    return [replace(hand, numbers=register) if hand is typed else hand for hand in hands]


def _receptions(told: Sequence[_Said], title: Title) -> list[Action]:
    """Return who received the message, through whom, with the number and time of receipt."""
    addressed = _placed(list(title.recipients), _addressed(told))
    handed_on = [Party(name) for name in _first(told, lambda one: one.handed_on) or []]
    names = {party.name.casefold() for party in handed_on}
    through = [party for party in addressed if party.name.casefold() not in names] if handed_on else []
    recipients = handed_on or addressed
    via = [*title.via, *through]
    numbers, received = _numbers(told, "cipher"), _first(told, lambda one: one.received)
    actions = [Action("received", "via", party.name, party.place) for party in via]
    if handed_on and (received or numbers):
        actions.append(Action("received", "", "", "", received, numbers))
        received, numbers = (), ()
    for number, party in enumerate(recipients):
        facts = (received, numbers) if number == 0 else ((), ())
        actions.append(Action("received", "to", party.name, party.place, *facts))
    if not recipients and (received or numbers):
        actions.append(Action("received", "", "", "", received, numbers))
    return actions


def _placed(named: list[Party], addressed: list[Party]) -> list[Party]:
    """Return the parties that a title names, with the place that the address gives them; else those of the address."""
    if len(named) == len(addressed) == 1 and not named[0].place:
        return [Party(named[0].name, addressed[0].place)]
    return named or addressed


def _addressed(told: Sequence[_Said]) -> list[Party]:
    """Return the addressee; of several lines, or parts of one, the first may be a place."""
    lines: list[str] = _first(told, lambda one: one.addressed) or []
    parts = [part for line in lines for part in re.split(r",\s+", line)]
    if len(parts) == 2 and " " not in parts[0]:
        return [Party(parts[1], parts[0])]
    return [Party(" ".join(parts))] if parts else []


def _numbers(told: Sequence[_Said], kind: str) -> tuple[tuple[str, str], ...]:
    """Return the number of a kind; for the cipher's, also another under which the message goes on (see `_said`)."""
    found = next((one.numbers[kind] for one in told if kind in one.numbers), "")
    continued = next((one.numbers["continued"] for one in told if kind == "cipher" and "continued" in one.numbers), "")
    is_other = re.sub(r"\D", "", continued) != re.sub(r"\D", "", found)
    return tuple((kind, number) for number in (found, continued if is_other else "") if number)


def _first(told: Sequence[_Said], ask: Callable[[_Said], Value]) -> Value:
    """Return what the first witness says that says anything of it."""
    return next((value for one in told if (value := ask(one))), ask(_Said("")))

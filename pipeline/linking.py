"""Turn what documents say of other messages into links between the documents of the edition, with their inverse.

Each document says only what stands in it (`correspContext/ref`: whose message, of what day, with what number). Which
document that is follows from all of them together and may change with every new one, so it is computed, not written:

    tei/*.xml → one small extract each, read again only when the document changed → build/links.json

A reference is `decided` where an editor gave it a @target, `resolved` where one message alone fits, `possible` where
several fit or no day and number are given, else `not-in-edition`. Documents that are linked form a thread.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.annotation.titles import real_name
from pipeline.edition import Edition
from pipeline.encoding.romanisation import slug
from pipeline.files import write_file
from pipeline.freshness import Freshness, fingerprint_of
from pipeline.problems import Outcome
from pipeline.tei import NAMESPACES, XML_ID, UnreadableXML, read_tei, tag
from pipeline.workers import each

SHORTLY = 60
"""Days before a document within which a message known by its number alone must have been sent."""

LATELY = 14
"""Days before a document within which a message without day and number may be meant."""

INVERSE = {"replyTo": "answeredBy", "mentions": "mentionedBy", "answeredBy": "replyTo"}


@dataclass(frozen=True, slots=True)
class Party:
    """A person or body as a header names it."""

    key: str
    """Reference to an authority, "" where there is none."""
    words: tuple[str, ...]
    """Of the name, romanised, in lower case."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a message says of another."""

    type: str
    words: str
    day: str = ""
    """ISO 8601, or ""."""
    number: str = ""
    """Its figures."""
    parties: tuple[Party, ...] = ()
    target: str = ""
    """As an editor gave it."""


@dataclass(frozen=True, slots=True)
class Message:
    """One `correspDesc`."""

    document: str
    id: str
    day: str
    senders: tuple[Party, ...]
    recipients: tuple[Party, ...]
    numbers: tuple[str, ...]
    """Figures of the numbers under which it was sent and received."""
    references: tuple[Reference, ...]

    @property
    def name(self) -> str:
        return f"{self.document}#{self.id}"


@dataclass(frozen=True, slots=True)
class Link:
    """What became of a reference."""

    message: str
    type: str
    words: str
    status: str
    """`decided`, `resolved`, `possible`, `not-in-edition`."""
    targets: tuple[str, ...] = ()
    """`<document>#<message>`; several only where it is `possible`."""
    certainty: str = ""
    reason: str = ""
    """`number`, `day-and-parties`, `day`, `parties-and-time`."""


@dataclass(frozen=True, slots=True)
class Links:
    """All links of an edition."""

    links: tuple[Link, ...]
    inverse: Mapping[str, Sequence[tuple[str, str]]]
    """By target: type of the inverse link and the message that it comes from."""
    threads: tuple[tuple[str, ...], ...]
    """Documents that are linked, by date."""


def link(edition: Edition, jobs: int = 0) -> Outcome:
    """Write `build/links.json`; documents that cannot be read are left out, since a check reports them."""
    freshness = Freshness(edition.build, "linking")
    documents = list(edition.documents())
    prints = {path: fingerprint_of(path, Path(__file__)) for path in documents}
    stale = [path for path in documents if not _is_fresh(edition, freshness, path, prints[path])]
    for path, messages in zip(stale, each(read_messages, stale, jobs), strict=True):
        write_file(_extract(edition, path), _as_json([asdict(message) for message in messages]), remade=True)
        freshness.made(path.stem, prints[path])
    for name in freshness.gone():
        _extract(edition, Path(name)).unlink(missing_ok=True)
    freshness.write()
    found = resolve(message for path in documents for message in _read_extract(_extract(edition, path)))
    was_written = write_file(edition.build / "links.json", _as_json(asdict(found)), remade=True)
    return Outcome(int(was_written), int(not was_written), ())


def _is_fresh(edition: Edition, freshness: Freshness, path: Path, fingerprint: str) -> bool:
    extract = _extract(edition, path)
    return freshness.is_fresh(path.stem, fingerprint, lambda: extract.is_file() and extract.stat().st_size > 0)


def _extract(edition: Edition, path: Path) -> Path:
    return edition.build / "links" / f"{path.stem}.json"


def _as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _read_extract(file: Path) -> Iterator[Message]:
    for entry in json.loads(file.read_bytes()):
        yield Message(
            document=entry["document"],
            id=entry["id"],
            day=entry["day"],
            senders=_parties_from(entry["senders"]),
            recipients=_parties_from(entry["recipients"]),
            numbers=tuple(entry["numbers"]),
            references=tuple(
                Reference(**one | {"parties": _parties_from(one["parties"])}) for one in entry["references"]
            ),
        )


def _parties_from(entries: Iterable[Mapping[str, Any]]) -> tuple[Party, ...]:
    return tuple(Party(entry["key"], tuple(entry["words"])) for entry in entries)


# Reading


def read_messages(path: Path) -> list[Message]:
    """Return the messages of a document, its own first; none where the file cannot be read."""
    try:
        root = read_tei(path).getroot()
    except (UnreadableXML, OSError):
        return []
    document = root.get(XML_ID) or path.stem
    created = _find(root, ".//tei:creation/tei:date/@when")
    return [
        _message(entry, document, created if entry.get("default") == "true" else "")
        for entry in root.iterfind(f".//{tag('correspDesc')}")
    ]


def _find(element: etree._Element, path: str) -> str:
    found = element.xpath(path, namespaces=NAMESPACES)
    return str(found[0]) if isinstance(found, list) and found else ""


def _message(entry: etree._Element, document: str, created: str) -> Message:
    actions = list(entry.iterfind(tag("correspAction")))
    sent = [action for action in actions if action.get("type") == "sent"]
    received = [action for action in actions if action.get("type") == "received" and action.get("subtype") != "cc"]
    numbers = {_figures("".join(idno.itertext())) for idno in entry.iterfind(f"{tag('correspAction')}/{tag('idno')}")}
    return Message(
        document=document,
        id=entry.get(XML_ID) or "",
        day=_find(entry, "tei:correspAction[@type='sent']/tei:date/@when") or created,
        senders=tuple(_parties(sent)),
        recipients=tuple(_parties(received)),
        numbers=tuple(sorted(numbers)),
        references=tuple(_references(entry)),
    )


def _figures(number: str) -> str:
    return re.sub(r"\D", "", number)


def _parties(elements: Iterable[etree._Element]) -> Iterator[Party]:
    for element in elements:
        for name in element.iterfind("*"):
            if name.tag in {tag("persName"), tag("orgName"), tag("rs"), tag("name")}:
                text = real_name(" ".join("".join(name.itertext()).split()))
                yield Party(name.get("ref") or "", tuple(slug(text).split("-")))


def _references(entry: etree._Element) -> Iterator[Reference]:
    for ref in entry.iterfind(f"{tag('correspContext')}/{tag('ref')}"):
        target = ref.get("target") or ""
        if ref.get("type") not in INVERSE or target.startswith("#"):
            continue
        words = " ".join("".join(ref.itertext()).split())
        number = next((_figures("".join(idno.itertext())) for idno in ref.iter(tag("idno"))), "")
        day = _find(ref, ".//tei:date/@when")
        yield Reference(ref.get("type") or "", words, day, number, tuple(_parties([ref])), target)


# Resolving


def resolve(messages: Iterable[Message]) -> Links:
    """Return what every reference leads to, in the order of the documents."""
    messages = list(messages)
    by_day: dict[str, list[Message]] = {}
    by_number: dict[str, list[Message]] = {}
    for message in messages:
        by_day.setdefault(message.day, []).append(message)
        for number in message.numbers:
            by_number.setdefault(number, []).append(message)
    links = [
        _resolved(message, reference, by_day, by_number) for message in messages for reference in message.references
    ]
    inverse: dict[str, list[tuple[str, str]]] = {}
    for one in links:
        if one.status in {"decided", "resolved"}:
            inverse.setdefault(one.targets[0], []).append((INVERSE[one.type], one.message))
    return Links(tuple(links), inverse, tuple(_threads(links)))


def _resolved(
    message: Message,
    reference: Reference,
    by_day: Mapping[str, Sequence[Message]],
    by_number: Mapping[str, Sequence[Message]],
) -> Link:
    """Return what a reference leads to: by number, else by day and parties, else by parties and time."""

    def made(status: str, targets: Iterable[Message] = (), certainty: str = "", reason: str = "") -> Link:
        names = tuple(sorted(target.name for target in targets))
        return Link(message.name, reference.type, reference.words, status, names, certainty, reason)

    if reference.target:
        name = reference.target.replace(".xml", "", 1)
        name = name if "#" in name else f"{name}#cd1"
        return Link(message.name, reference.type, reference.words, "decided", (name,))
    if reference.number:
        numbered = [one for one in by_number.get(reference.number, ()) if _fits_number(message, reference, one)]
        if len(numbered) == 1:
            return made("resolved", numbered, "high", "number")
        if numbered:
            return made("possible", numbered, "low", "number")
    if len(reference.day) == len("1950-10-03"):
        dated = [one for one in by_day.get(reference.day, ()) if one.document != message.document]
        fitting = [one for one in dated if _fits_parties(message, reference, one)]
        if len(fitting) == 1:
            return made("resolved", fitting, "high", "day-and-parties")
        if fitting or dated:
            return made("possible", fitting or dated, "low", "day-and-parties" if fitting else "day")
    elif reference.parties and not reference.number:
        lately = (one for day in _days_until(message.day) for one in by_day.get(day, ()))
        others = (one for one in lately if one.document != message.document)
        if fitting := [one for one in others if _wrote(reference.parties, one)]:
            return made("possible", fitting, "low", "parties-and-time")
    return made("not-in-edition")


def _fits_number(message: Message, reference: Reference, other: Message) -> bool:
    """Whether a message with the number can be meant: of the day given, or of the weeks before."""
    if other.document == message.document:
        return False
    if reference.day:
        return other.day in {"", reference.day}
    return _days_before(message, other) in range(SHORTLY + 1)


def _days_until(day: str) -> Iterator[str]:
    """Yield a day and the days before it within which a message without a day may have been sent."""
    try:
        last = datetime.date.fromisoformat(day)
    except ValueError:
        return
    yield from ((last - datetime.timedelta(days=count)).isoformat() for count in range(LATELY + 1))


def _days_before(message: Message, other: Message) -> int:
    """Return how many days before a message another was sent; -1 where a day is not known."""
    try:
        return (datetime.date.fromisoformat(message.day) - datetime.date.fromisoformat(other.day)).days
    except ValueError:
        return -1


def _fits_parties(message: Message, reference: Reference, other: Message) -> bool:
    """Whether the parties agree: the one who is named has a part in the other message; an answer turns the parties."""
    taking_part = (*other.senders, *other.recipients)
    if reference.parties:
        return all(any(_same(party, one) for one in taking_part) for party in reference.parties)
    if reference.type == "replyTo":
        return _agree(message.senders, other.recipients) and _agree(message.recipients, other.senders)
    return any(_same(own, one) for own in (*message.senders, *message.recipients) for one in taking_part)


def _wrote(parties: Iterable[Party], other: Message) -> bool:
    """Whether all of these sent a message: of what has no day only the writer is named (Mao replied with a refusal)."""
    return all(any(_same(party, one) for one in other.senders) for party in parties)


def _agree(some: Sequence[Party], others: Sequence[Party]) -> bool:
    """Whether someone is in both, or nobody is known on one side."""
    return not some or not others or any(_same(one, other) for one in some for other in others)


def _same(one: Party, other: Party) -> bool:
    """Whether two names are of one person: by the authority, else where one name is part of the other."""
    if one.key and other.key:
        return one.key == other.key
    first, second = set(one.words) - {""}, set(other.words) - {""}
    return bool(first and second) and (first <= second or second <= first)


def _threads(links: Iterable[Link]) -> Iterator[tuple[str, ...]]:
    """Yield the documents that decided and resolved links join, each thread by date."""
    neighbours: dict[str, set[str]] = {}
    for one in links:
        if one.status in {"decided", "resolved"}:
            ends = [name.partition("#")[0] for name in (one.message, one.targets[0])]
            neighbours.setdefault(ends[0], set()).add(ends[1])
            neighbours.setdefault(ends[1], set()).add(ends[0])
    seen: set[str] = set()
    for start in sorted(neighbours):
        if start in seen:
            continue
        thread, waiting = {start}, [start]
        while waiting:
            reached = neighbours[waiting.pop()] - thread
            thread |= reached
            waiting += reached
        seen |= thread
        yield tuple(sorted(thread))

r"""Turn a document's title, as publishers write it, into who wrote to whom, from where, through whom.

    title     = genre [number] ("," | "from" | ":")? parties [clause]
    parties   = sender [via] "to" recipient | "between" person ("," | "and") person … | "to" recipient
    person    = name ["[" real name "]"] ["in" place | "," place]
    via       = "[via" name "]" | "via" name
    clause    = ("," | "regarding" | "conveying" | "on" | "about" | "concerning" | "with" …) rest

Lines of the seeds: `Ciphered Telegram from Roshchin in Beijing to Filippov [Stalin]`,
`Cable No. 3355, Filippov [Stalin] to the Soviet Ambassador, Peking`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.languages.office import kinds

_CLAUSE = re.compile(
    r",?\s+(?:regarding|concerning|conveying|transmitting|forwarding|relaying|containing|about|asking|requesting|reporting|with\s(?:a|the|request|attach|information)"
    r"|on\s(?:the|a|his|their|whether|meeting|conversation)|via\stelegraph|dated)\b.*$"
    r"|\s*\((?:(?:excerpt|extract|evening|morning|draft)\w*|\d+)\)\s*$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:\s*(?:No\.?|№|N)\s?[\w/-]+)?\s*(?:[,:]\s*|\bfrom\s+|\bof\s+)?(?:the\s+)?", re.IGNORECASE)
_VIA = re.compile(r"\s*(?:[\[(]via\s+([^\])]+)[\])]|\bvia\s+((?:[A-Z][\w.'’-]*\s?)+))")
_IN_PLACE = re.compile(r"^(?P<name>.+?)\s+(?:in|at)\s+(?P<place>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)$")
_AT_PLACE = re.compile(r"^(?P<name>.+?),\s+(?P<place>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)$")
_NUMBER = re.compile(r"(?:No\.?|№|N)\s?(\d[\w/-]*)")
_AND = re.compile(
    r"(?<!Minister)(?<!President)(?<!Secretary)(?<!Ambassador)(?<!Chairman)(?:\s*,\s+and\s+|\s*,\s+|\s+and\s+|\s+и\s+)"
)


@dataclass(frozen=True, slots=True)
class Party:
    """A person or office as a title names it."""

    name: str
    """With the real name in brackets where the title gives one: `Filippov [Stalin]`."""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says of a document."""

    genre: str = ""
    """A document type of the taxonomy, "" where the title names none."""
    number: str = ""
    senders: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    via: tuple[Party, ...] = ()
    participants: tuple[Party, ...] = ()


def genre_of(text: str) -> str:
    """Return the document type that a text names first; "" where it names none."""
    found = [
        (match.start(), -match.end(), name) for name, words in kinds("genres").items() if (match := words.search(text))
    ]
    return min(found)[2] if found else ""


def read_title(title: str) -> Title:
    """Return what a title says; of a title in other words than these no more than the genre."""
    text = " ".join(title.split()).strip(' .“”"«»')
    genre = genre_of(text)
    number = _NUMBER.search(text)
    words = kinds("genres")[genre].search(text) if genre else None
    head = text[words.end() :] if words and words.start() <= 20 else text
    if re.match(r"\s+(?:with|of|on|between)\b", head) and genre == "conversation":
        return Title(genre, "", participants=_participants(text))
    head, for_whom = _without_final(_CLAUSE.sub("", head))
    parties, via = _without_via(head)
    is_from = bool(re.match(r"[\s,:]*from\b", parties, re.IGNORECASE))
    parties = _LEAD.sub("", parties, count=1)
    senders, recipients = _sides(parties, has_genre=words is not None, is_from=is_from)
    if for_whom:
        recipients, via = (for_whom,), (*via, *recipients)
    return Title(genre, number[1] if number else "", senders, recipients, via)


def _participants(text: str) -> tuple[Party, ...]:
    found = re.search(r"\b(?:between|with)\s+(.+)$", _CLAUSE.sub("", text))
    if not found:
        return ()
    text = re.sub(r"(\sand\s.+?),\s[A-Z][\w'’-]+$", r"\1", found[1])
    names = _AND.split(re.sub(r",\s+(?:on\s+)?\d.*$|\son\s.*$", "", text))
    return tuple(Party(name.strip()) for name in names if name.strip())


_FINAL = re.compile(
    r",?\s+for\s+(?:transmission\s+to\s+)?((?:Cdes?\.\s|Comrades?\s)?[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*)*(?:\s\[[^\]]+\])?)$"
)


def _without_final(text: str) -> tuple[str, Party | None]:
    """`Filippov [Stalin] to Krasovsky, for Mao Zedong`: for whom the recipient is only to hand the message on."""
    found = _FINAL.search(text.strip()) if " to " in text else None
    return (text.strip()[: found.start()], Party(found[1])) if found else (text, None)


def _without_via(text: str) -> tuple[str, tuple[Party, ...]]:
    found = _VIA.search(text)
    if not found:
        return text, ()
    return text[: found.start()] + text[found.end() :], (Party((found[1] or found[2]).strip()),)


def _sides(text: str, *, has_genre: bool, is_from: bool) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return senders and recipients: they stand to both sides of the last `to` before which a name ends."""
    office = r"(?i:ambassador|delegate|envoy|minister|consul|representative|mission|adviser|embassy)"
    places = [
        found
        for found in re.finditer(r"(?:^|\s)to\s+(?:the\s+)?", text)
        if not re.search(rf"\b{office}$", text[: found.start()])
    ]
    if not has_genre:
        return (), ()
    if not places:
        return (_parties(text), ()) if is_from else ((), ())
    chosen = next((found for found in reversed(places) if _ends_in_name(text[: found.start()])), places[0])
    return _parties(text[: chosen.start()]), _parties(text[chosen.end() :])


def _ends_in_name(text: str) -> bool:
    return not text.strip() or bool(re.search(r"(?:[A-ZА-ЯЁ][\w.'’-]*|\])$", text.rstrip()))


def _parties(text: str) -> tuple[Party, ...]:
    text = text.strip(" ,")
    if not text:
        return ()
    if found := _IN_PLACE.match(text) or _AT_PLACE.match(text):
        return (Party(found["name"].strip(), found["place"]),)
    if re.search(r"[A-Z][\w.'’-]*\]?\s+and\s+[A-Z]", text) and not re.search(r"\bof\b|Committee|Council", text):
        return tuple(Party(name) for name in _AND.split(text) if name)
    return (Party(text),)


def real_name(name: str) -> str:
    """Return the name in brackets where a title resolves a cover name: `Filippov [Stalin]` is Stalin's."""
    found = re.search(r"\[([A-ZА-ЯЁ][^\]]*)\]\s*$", name)
    return found[1].strip() if found else name.strip()

"""Turn places in a text where a name must stand into names that no list has: `тов. X`, `port X`, `Typ[ed by] X`.

    name    = [initials] word {word}          word: with a capital, or all in capitals
    person  = honorific name {"," name} · rank name · office name
            | hand clerk · a signature · an item of a list of copies
    place   = place-word name · places-word name {"," name} · name after-place-word · line-word name "-" name
            | locative NAME                   in a document that writes its names in capitals

`N 8-тов,Ьулганину`, `порта РЯГАНПО`, `линии СУИТЕН - САНСЮКУ`, `Dec[iphered by] Araushkin`, `(Макаров)`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.annotation.naming_words import NamingWords, small, words_in
from pipeline.annotation.spans import Span

_CAPITAL = "[A-ZА-ЯЁ\u00c0-\u00de]"
_WORD = rf"{_CAPITAL}(?:[\w’]|'(?!s\b))+(?:-[a-zа-яё]{{2,8}}(?!\w))?"
_INITIAL = rf"{_CAPITAL}(?:\.|\[\w+\]\.?)\s?"
_INITIALS = rf"(?:\[(?:{_CAPITAL}\.\s?){{1,2}}\]\s?|(?:{_INITIAL}){{1,2}})"
"""Also such as an editor completed: `[I.V.] Kovalev`, `I[van] V. Kovalev`."""

_SPELT = rf"\s\[{_CAPITAL}\w+\??\](?=\s{_CAPITAL})"
"""Within a name, how else a part of it is spelt: `Tan [Tang] Enbo`."""

_NAME = re.compile(rf"{_INITIALS}{_WORD}|{_WORD}(?:{_SPELT})?(?:[ -]{_WORD}){{0,2}}(?:\s(?:{_CAPITAL}\.\s?){{2}})?")
_CLERK = re.compile(rf"(?:{_INITIALS})?{_WORD}(?:-{_WORD})?")
_PLACE = re.compile(rf"{_CAPITAL}[\w’']+(?:-{_CAPITAL}[\w’']+)*")
_PLACE_BEFORE = re.compile(rf"({_PLACE.pattern}(?:\s{_PLACE.pattern})?)\s$")
_CAPITALS = re.compile(r"[A-ZА-ЯЁ][A-ZА-ЯЁ'’]{3,}(?:-[A-ZА-ЯЁ'’]+)*(?!\w)")
_AFTER_TITLE = re.compile(r"(?:\]|(?<=\b[^\W\d_])[.,]|(?<=\b[^\W\d_]{2})[.,]|(?<=\b[^\W\d_]{3})[.,])?\s?")
"""After a title: the stop of an abbreviation, not of a sentence; the bracket of an editor's addition."""

_AFTER_HAND = re.compile(r"(?:\])?[.:]?\s*\*?")
_DASH = re.compile(r"\s?[-\u2010-\u2014]\s?")
_LINE = re.compile(rf"({_CAPITAL}[\w’']+){_DASH.pattern}({_CAPITAL}[\w’']+)")
_LINE_BEFORE = re.compile(rf"{_LINE.pattern}\s$")
_AND = re.compile(r"\s?(?:\(\d+\)\s?)?(?:,\s(?:(?:и|and)\s)?|(?<=\s)(?:и|and|or|или)\s)")
_BEFORE_LIST = re.compile(r":?\s?")
_COPY = re.compile(
    r"(?:Э[кг][зс]?\.?\s?|Cop(?:y|ies)\s?)?(?:№|No\.?|N)?\s?-?\s?\d*\s?(?:[-\u2010-\u2014]+|to\b|:)\s*", re.I
)
_COPIES_TO = re.compile(r"[^\W\d][^:,;]{1,40}:\s*|\d{1,2}(?:\s?[-–—,]\s?\d{1,2})*\s?[-–—]\s?тт\.\s*")
_IN_PARENTHESES = re.compile(rf"\(({_CLERK.pattern})\)")
_REST_OF_ITEM = re.compile(r"[\s.,;*]*(?:\(\d+\))?[\s.,;]*$")
_SIGNATURE = re.compile(rf"[\s\"“«(]*((?:{_INITIALS})?{_WORD}(?:[ -]{_WORD}){{0,3}})[\s.,\"”»)]*(?:$|\[|\d)")
_SPREAD_SIGNATURE = re.compile(rf"((?:{_CAPITAL}\s){{3,}}{_CAPITAL})(?!\w)")
_IN_BRACKETS = re.compile(rf"(?<=\w )\[({_NAME.pattern})\]")
NEAR = 80
"""Characters before a word within which the name before it begins."""

SHORTEST = 3
"""Letters of a name of one word."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no list has."""

    start: int
    """In the reading."""
    end: int
    kind: str
    """`person` or `place`."""
    rule: str


def find_unknown_names(
    text: str, part: Span, words: NamingWords, taken: Sequence[tuple[int, int]], *, in_capitals: bool
) -> list[Unknown]:
    """Return the names in a part that stand in such places, in order; `taken` are the names found before.

    `in_capitals` says that the document writes names in capitals within its sentences.
    """
    candidates = [
        *_after_honorifics(text, words, taken),
        *_by_part(text, part, words),
        *_places(text, words, taken),
        *(_places_in_capitals(text, words, taken) if in_capitals and not text.isupper() else ()),
    ]
    reserved = list(taken)
    found: list[Unknown] = []
    for one in map(functools.partial(_after_forename, text), candidates):
        is_free = all(one.end <= start or end <= one.start for start, end in reserved)
        if is_free and _is_name(text[one.start : one.end], words):
            reserved.append((one.start, one.end))
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _after_forename(text: str, one: Unknown) -> Unknown:
    """Return the name after one in brackets that only completes it: `[US Ambassador John Leighton] Stuart`."""
    surname = _CLERK.match(text, one.end + 2) if text.startswith("] ", one.end) and "[" in text[: one.start] else None
    return replace(one, start=surname.start(), end=surname.end()) if surname else one


def _is_name(name: str, words: NamingWords) -> bool:
    parts = re.split(r"[\s-]+", name)
    if sum(character.isalpha() for character in name) < SHORTEST or any(part.isdigit() for part in parts):
        return False
    return not any(words.is_title(part) for part in parts)


# Persons


def _after_honorifics(text: str, words: NamingWords, taken: Sequence[tuple[int, int]]) -> Iterator[Unknown]:
    for title in (*words_in(words.honorific, small(text)), *words_in(words.ranks, small(text))):
        if found := _name_at(text, _after(text, title.end()), taken):
            yield Unknown(*found, "person", "after-title")
    for title in () if text.isupper() else words_in(words.offices, small(text)):
        found = _name_at(text, _after(text, title.end()), taken)
        if found and words.may_be_person(text[found[0] : found[1]]):
            yield Unknown(*found, "person", "after-title")
    for title in words_in(words.honorifics, small(text)):
        for found in _listed(text, _after(text, title.end()), _NAME, taken):
            yield Unknown(*found, "person", "after-title")


def _listed(
    text: str, start: int, name: re.Pattern[str], taken: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield names that follow each other with commas or `and`; those found before are passed over."""
    ends = dict(taken)
    while True:
        found = _name_at(text, start, taken, name)
        if found:
            yield found
        end = found[1] if found else ends.get(start, 0)
        further = _AND.match(text, end) if end else None
        if not further:
            return
        start = further.end()


def _name_at(
    text: str, start: int, taken: Sequence[tuple[int, int]], name: re.Pattern[str] = _NAME
) -> tuple[int, int] | None:
    """Return the extent of a name that begins at a place: up to the next name, one word where all is in capitals."""
    limit = min((begin for begin, end in taken if end > start), default=len(text))
    found = (_CLERK if text.isupper() and name is _NAME else name).match(text, start, limit)
    return (found.start(), found.end()) if found else None


def _by_part(text: str, part: Span, words: NamingWords) -> Iterator[Unknown]:
    """Yield the names in a list of copies, a signature, or the notes of clerks."""
    if part.kind == "signed":
        yield from _signature(text)
    elif part.get("type") == "processing":
        yield from _clerks(text, words)
    elif part.get("type") == "distribution":
        yield from _copies(text, text.find(":") + 1, words)
    elif part.rule == "copies" and (before := _COPIES_TO.match(text)):
        yield from _copies(text, before.end(), words)
    elif part.kind == "item" and (number := _COPY.match(text)) and number.group().strip():
        yield from _copies(text, number.end(), words)
    elif part.kind == "address-line" and (to := words.address.match(small(text))):
        yield from (one for one in _copies(text, to.end(), words) if _is_addressee(text, one))
        yield from _solutions(text)
    elif part.get("type") == "routing":
        for to in words_in(words.address, small(text)):
            for found in _listed(text, _after(text, to.end()), _NAME, []):
                yield Unknown(*found, "person", "after-title")


def _signature(text: str) -> Iterator[Unknown]:
    if signed := _SIGNATURE.match(text) or _SPREAD_SIGNATURE.match(text):
        yield Unknown(signed.start(1), signed.end(1), "person", "signature")
    yield from _solutions(text)


def _solutions(text: str) -> Iterator[Unknown]:
    """Yield a name in brackets after a name: who signed or is addressed under it."""
    for found in _IN_BRACKETS.finditer(text):
        yield Unknown(found.start(1), found.end(1), "person", "solution")


def _is_addressee(text: str, one: Unknown) -> bool:
    """Whether an addressee is no place: of several words, or followed by a solution in brackets."""
    return " " in text[one.start : one.end] or text[one.end : one.end + 2] == " ["


def _copies(text: str, start: int, words: NamingWords) -> Iterator[Unknown]:
    at = start
    for piece in re.split(r"([,;])", text[start:]):
        begin = at + len(piece) - len(piece.lstrip())
        title = words.honorific.match(small(text), begin)
        gap = _AFTER_TITLE.match(text, title.end()) if title else None
        found = _NAME.match(text, gap.end() if gap else begin, at + len(piece))
        if found and _REST_OF_ITEM.match(text, found.end(), at + len(piece)):
            yield Unknown(found.start(), found.end(), "person", "copies")
        at += len(piece)


def _clerks(text: str, words: NamingWords) -> Iterator[Unknown]:
    for hand in words_in(words.hand, small(text)):
        gap = _AFTER_HAND.match(text, hand.end())
        if found := _CLERK.match(text, gap.end() if gap else hand.end()):
            yield Unknown(found.start(), found.end(), "person", "clerk")
    for found in _IN_PARENTHESES.finditer(text):
        yield Unknown(found.start(1), found.end(1), "person", "clerk")


# Places


def _places(text: str, words: NamingWords, taken: Sequence[tuple[int, int]]) -> Iterator[Unknown]:
    for word in words_in(words.places, small(text)):
        gap = _BEFORE_LIST.match(text, word.end())
        for listed in _listed(text, gap.end() if gap else word.end(), _PLACE, taken):
            yield Unknown(*listed, "place", "after-place-word")
    for word in words_in(words.place, small(text)):
        if found := _PLACE.match(text, _after(text, word.end())):
            yield Unknown(found.start(), found.end(), "place", "after-place-word")
    for word in words_in(words.after_place, small(text)):
        if found := _PLACE_BEFORE.search(text, max(word.start() - NEAR, 0), word.start()):
            yield Unknown(found.start(1), found.end(1), "place", "before-place-word")
    for word in words_in(words.line, small(text)):
        yield from _line(text, word.start(), _after(text, word.end()))


def _after(text: str, place: int) -> int:
    gap = _AFTER_TITLE.match(text, place)
    return gap.end() if gap else place


def _line(text: str, before: int, after: int) -> Iterator[Unknown]:
    """Yield the two ends of a line: `линии СУИТЕН - САНСЮКУ`, `the SUIGEN-SANSIOKU line`."""
    if found := _LINE.match(text, after) or _LINE_BEFORE.search(text, max(before - NEAR, 0), before):
        yield Unknown(found.start(1), found.end(1), "place", "line")
        yield Unknown(found.start(2), found.end(2), "place", "line")


def _places_in_capitals(text: str, words: NamingWords, taken: Iterable[tuple[int, int]]) -> Iterator[Unknown]:
    for word in words_in(words.locative, small(text)):
        if found := _CAPITALS.match(text, _after(text, word.end())):
            yield Unknown(found.start(), found.end(), "place", "capitals")
    for _, end in taken:
        dash = _DASH.match(text, end)
        if dash and (found := _CAPITALS.match(text, dash.end())):
            yield Unknown(found.start(), found.end(), "place", "capitals")

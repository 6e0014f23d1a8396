r"""Turn one chunk's text into the parts of an opener or closer that it holds, or say that it is running text.

A chunk is an opener's when parts known by their words follow one another to its very end:

    opener  = part+                       SPECIAL [BEIJING] / From BEIJING Received 12:15
    part    = (marked | dated | bracket | place after a date)
    marked  = a pattern of the language's `[opener]` table
    closer  = [salute] [role] [name] [number] [dated] [quotation mark]      МАО ЦЗЭДУН.   2.10.50 г.”.
    name    = 1 to 6 words that all begin with a capital, or letters spaced out        F I L I P P O V [STALIN]

What no pattern knows is decided by `pipeline.annotation.anatomy` from where it stands.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.annotation.dating import DateFound, find_dates
from pipeline.languages.anatomy import AnatomyWords, Patterns

CLOSING_QUOTES = "\"”»’'"
OPENING_QUOTES = '"“«„‘'

_FILLING = re.compile(r"[\s.,;:/|–—-]*")
_BRACKET = re.compile(r"\[[^\[\]]{1,80}\]")
_TIME = re.compile(r"(?:[01]?\d|2[0-3])[.:][0-5]\d(?![\d.])|\d{1,2}\shours(?:\s\d{1,2}\sminutes)?")
_PLACE = re.compile(r"[A-ZА-ЯЁ][\w'’-]+(?:\s[A-ZА-ЯЁ][a-zа-яё'’-]+)?\.?")
_OMISSION = re.compile(r"[\[(<]?\s?(?:\.\.\.|…)\s?[\])>]?\.?")
_NUMBER_AND_DATE = re.compile(r"((?:No\.?|№|N)\s?\d{1,5}?)((?:[12]\d|3[01]|[1-9])\.\d{1,2}\.\d{2,4})$")

_TOKEN = r"(?:[A-ZА-ЯЁ]\.\s?){0,3}[A-ZА-ЯЁ][\w'’-]*"
_NAME = re.compile(rf"\(?\.?(?:(?:[A-ZА-ЯЁ]\s){{3,}}[A-ZА-ЯЁ]\b|{_TOKEN}(?:\s\.?{_TOKEN}){{0,4}})\)?")
_NO_NAME = re.compile(r"\b(?:THE|OF|ON|AND|IN|FOR|TO|A|О|ОБ|НА|ПО|И|В|ДЛЯ|The|Of|On)\b(?!\.)")
_LONGEST_NAME = 48
_LONGEST_OPENER = 1000
"""Characters; a longer chunk is running text, whatever it is made of."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a chunk's reading that is a part of an opener or closer; half-open."""

    start: int
    end: int
    type: str


@functools.lru_cache(maxsize=512)
def _dates(text: str, language: str) -> tuple[DateFound, ...]:
    """Return a chunk's dates; several rules ask for the same chunk."""
    return tuple(find_dates(text, language))


def opener_pieces(text: str, words: AnatomyWords, language: str) -> list[Piece]:
    """Return the parts of an opener that follow one another to the end of a chunk; empty where they do not."""
    if len(text) > _LONGEST_OPENER:
        return []
    dates = {found.start: found for found in _dates(text, language)}
    return _scan(text, 0, words.opener, dates, previous="") or []


def _scan(
    text: str, start: int, patterns: Patterns, dates: dict[int, DateFound], *, previous: str
) -> list[Piece] | None:
    filling = _FILLING.match(text, start)
    start = filling.end() if filling else start
    if start >= len(text):
        return []
    for piece in _candidates(text, start, patterns, dates, previous):
        rest = _scan(text, piece.end, patterns, dates, previous=piece.type)
        if rest is not None:
            return [piece, *rest]
    return None


def _candidates(
    text: str, start: int, patterns: Patterns, dates: dict[int, DateFound], previous: str
) -> Iterator[Piece]:
    """Yield what may stand here, the longest first, at the ends of words only."""
    found: list[Piece] = []
    if start in dates:
        found.append(Piece(start, dates[start].end, "date"))
    for kind, pattern in patterns.items():
        match = pattern.match(text, start)
        if match and match.end() > start and not text[match.end() : match.end() + 1].isalnum():
            found.append(Piece(start, match.end(), kind))
    if time := _TIME.match(text, start):
        found.append(Piece(start, time.end(), "date"))
    if previous:
        if bracket := _BRACKET.match(text, start):
            found.append(Piece(start, bracket.end(), "bracket"))
        if previous == "date" and (place := _PLACE.match(text, start)):
            found.append(Piece(start, place.end(), "place"))
    yield from sorted(found, key=lambda piece: -piece.end)


def is_dateline(text: str, language: str) -> bool:
    """Whether a chunk says nothing but a date and a place: `New Delhi, 1st April, 1949.`"""
    if len(text) > 80:
        return False
    dates = [found for found in _dates(text, language) if found.value or found.not_before]
    if not dates:
        return False
    rest = text
    for found in reversed(dates):
        rest = rest[: found.start] + " " + rest[found.end :]
    remaining = re.findall(r"[^\W\d_]+", rest)
    return len(remaining) <= 5 and all(word[0].isupper() or len(word) <= 2 for word in remaining)


def is_name_like(text: str) -> bool:
    """Whether a chunk looks like a name and nothing else."""
    bare = _BRACKET.sub("", text).strip(" .,;:()" + CLOSING_QUOTES + OPENING_QUOTES)
    if not bare or len(bare) > _LONGEST_NAME or _NO_NAME.search(bare):
        return False
    return bool(_NAME.fullmatch(bare))


def is_omission(text: str) -> bool:
    """Whether a chunk only says that something was left out: `[...]`."""
    return bool(_OMISSION.fullmatch(text))


def tail_kind(text: str, words: AnatomyWords) -> str:
    """Return what a chunk after the signature is, by its words: the name of a `[postscript]` table, or ""."""
    if is_omission(text):
        return "omission"
    return next((kind for kind, pattern in words.postscript.items() if pattern.fullmatch(text)), "")


def closer_pieces(text: str, words: AnatomyWords, language: str) -> list[Piece]:
    """Return the parts of a closer that make up a whole chunk; empty where it is not a closer."""
    if len(text) > 160:
        return []
    glued = _NUMBER_AND_DATE.search(text)
    dates = {found.start: found for found in _dates(text, language)}
    pieces: list[Piece] = []
    start = 0
    while start < len(text):
        filling = re.compile(rf"[\s.,;:{CLOSING_QUOTES}]*").match(text, start)
        start = filling.end() if filling else start
        if start >= len(text):
            break
        piece = _closer_piece(text, start, words, dates, glued)
        if piece is None:
            return []
        pieces.append(piece)
        start = piece.end
    return pieces


def _closer_piece(
    text: str, start: int, words: AnatomyWords, dates: dict[int, DateFound], glued: re.Match[str] | None
) -> Piece | None:
    if glued and glued.start() == start:
        return Piece(start, glued.end(1), "number")
    if glued and glued.start(2) == start:
        return Piece(start, glued.end(2), "dateline")
    if start in dates:
        return Piece(start, dates[start].end, "dateline")
    if found := words.salute.get("closing", _NOTHING).match(text, start):
        return Piece(start, found.end(), "salute")
    if found := words.closer.get("number", _NOTHING).match(text, start):
        return Piece(start, found.end(), "number")
    if found := words.closer.get("role", _NOTHING).match(text, start):
        return Piece(start, found.end(), "signed")
    if found := _BRACKET.match(text, start):
        return Piece(start, found.end(), "bracket")
    number = words.closer.get("number", _NOTHING).search(text, start)
    return _name_piece(
        text, start, [*dates, *([number.start()] if number else []), *([glued.start()] if glued else [])]
    )


_NOTHING = re.compile("(?!)")


def _name_piece(text: str, start: int, stops: list[int]) -> Piece | None:
    found = _NAME.match(text, start)
    if not found or _NO_NAME.search(found.group()) or len(found.group()) > _LONGEST_NAME:
        return None
    end = min([found.end(), *(place for place in stops if start < place < found.end())])
    following = text[end:].lstrip()
    if following and following[0].islower():
        return None
    return Piece(start, end, "signed")

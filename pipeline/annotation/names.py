"""Turn a reading into the names of the authority that stand in it, whomever they may mean.

A name stands between word boundaries; the longest form that begins at a place is taken. What must be in capitals is
said by the form: `may` is no month and `вон` no general. White space, hyphens and apostrophes within a name do not
matter (`Мао Цзе-дун`, `F I L I P P O V`), nor does a word said twice in a long name (`THE SOVIET SOVIET ARMY`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from pipeline.annotation.readings import Reading
from pipeline.authorities.forms import SHORT, Case, Kind
from pipeline.authorities.index import LONGEST, Index, Meaning
from pipeline.authorities.keys import JOINERS, SEPARATORS, folded, in_one_script, squashed, surface

_STOP = re.compile(rf"[^\w\s{JOINERS}]")
_PARTING = re.compile(r"(?<=[^\W\d_]{4})\.|\s[-\u2010-\u2014]\s|_")
"""Signs that part two names, though they could join the letters of one: the stop after a whole word, a dash."""

_AT_LINE_END = re.compile(r"-\s+")
_GOES_ON = re.compile(r"-[\n ]?(?!то\b|таки\b)[а-яё]{2}")
"""A Russian word that a line or a typist parted, of which the name is only the beginning: `Китай-ской`."""

_SPREAD = re.compile(r"(?:[^\W\d_]\s)+[^\W\d_]")
_TWICE = re.compile(r"(?<!\w)(\w{4,})\s+\1(?!\w)")
_WITHOUT_SPACES = re.compile("[\u2e80-\u9fff\uac00-\ud7af]")
MORE_WORDS = 2
"""How many words more than listed an eastern name may be written in."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A stretch of a reading that is a form of one or more entries."""

    start: int
    """In the reading."""
    end: int
    key: str
    meanings: tuple[Meaning, ...]
    is_as_listed: bool
    """Whether the stretch is the form as listed, but for capitals and spacing."""


def find_names(reading: Reading, language: str, index: Index) -> list[Sighting]:
    """Return the names in a reading, in order, none overlapping another."""
    return list(_sightings(_Text(reading.text, language), index))


@dataclass(slots=True, init=False)
class _Text:
    """A reading in the two shapes in which it is compared; both are as long as it is."""

    own: str
    text: str
    folded: str
    doubled: tuple[tuple[int, int], ...]
    """Extents of words that are said again, with the white space before them."""

    def __init__(self, own: str, language: str) -> None:
        self.own = own
        self.text = in_one_script(own, language)
        self.folded = folded(self.text)
        words = self.folded.split()
        is_doubled = any(word == other and len(word) > SHORT for word, other in pairwise(words))
        found = _TWICE.finditer(self.folded) if is_doubled else ()
        self.doubled = tuple((word.end(1), word.end()) for word in found)


def _sightings(text: _Text, index: Index) -> Iterator[Sighting]:
    reached = 0
    for start in _starts(text.text, index):
        if start < reached or _is_tail(text.text, start, reached):
            continue
        if found := _longest(text, start, index):
            yield found
            reached = found.end


def _starts(text: str, index: Index) -> Iterator[int]:
    """Yield where a name may begin; in scripts that do not part words, at every character."""
    starts = [found.start() for found in index.starts.finditer(text)]
    if _WITHOUT_SPACES.search(text):
        starts = sorted({*starts, *(found.start() for found in _WITHOUT_SPACES.finditer(text))})
    yield from starts


def _is_tail(text: str, start: int, reached: int) -> bool:
    """Whether a word is the second part of a compound that does not begin with a name: `Indo-China`."""
    return start > 1 and text[start - 1] == "-" and text[start - 2].isalnum() and reached != start - 1


def _longest(text: _Text, start: int, index: Index) -> Sighting | None:
    limit = min(start + LONGEST, len(text.text))
    if not index.may_begin(text.folded[start : start + 3]):
        return None
    stop = _STOP.search(text.text, start, limit)
    end = stop.start() if stop else limit
    skipped = [extent for extent in text.doubled if start < extent[0] and extent[1] <= end] if text.doubled else []
    keys = index.prefixes(squashed(_without(text.folded, start, end, skipped)))
    for key in reversed(keys):
        if found := _sighting(text, start, _end(text.folded, start, end, len(key), skipped), key, index):
            return found
    return None


def _without(text: str, start: int, end: int, skipped: Sequence[tuple[int, int]]) -> str:
    parts = []
    for skip_start, skip_end in skipped:
        parts.append(text[start:skip_start])
        start = skip_end
    return "".join([*parts, text[start:end]])


def _end(text: str, start: int, end: int, letters: int, skipped: Sequence[tuple[int, int]]) -> int:
    """Return where a stretch ends that has so many letters, those of words said again not counted."""
    if text[start : start + letters].isalnum():
        return start + letters
    inside = {place for skip_start, skip_end in skipped for place in range(skip_start, skip_end)}
    places = (place for place in range(start, end) if text[place] not in SEPARATORS and place not in inside)
    return next(islice(places, letters - 1, None)) + 1


def _sighting(text: _Text, start: int, end: int, key: str, index: Index) -> Sighting | None:
    after = text.text[end : end + 2]
    if _GOES_ON.match(text.text, end) or (after[:1].isalnum() and not _WITHOUT_SPACES.match(text.text[end - 1])):
        return None
    if end - start <= 2 and text.text.isupper():
        return None  # two letters are no acronym where all is in capitals: TELL US
    stretch = text.text[start:end]
    if not stretch.isalnum() and (_PARTING.search(stretch) or _goes_on(stretch, after)):
        return None
    said_again = sum(start < extent[0] and extent[1] <= end for extent in text.doubled)
    meanings = tuple(meaning for meaning in index.meanings(key) if _fits(stretch, meaning, said_again))
    if not meanings:
        return None
    own = text.own[start:end]
    return Sighting(start, _with_stop(text.own, end, meanings), key, meanings, _is_as_listed(own, meanings))


def _goes_on(stretch: str, after: str) -> bool:
    """Whether an acronym with stops is only the beginning of one: `U.S` of `U.S.A.`."""
    return after[:1] == "." and after[1:].isalnum() and "." in stretch


def _is_as_listed(own: str, meanings: Sequence[Meaning]) -> bool:
    listed = {meaning.surface for meaning in meanings if meaning.kind is Kind.LISTED}
    return bool(listed) and not listed.isdisjoint((own, f"{own}.", surface(own)))


def _with_stop(text: str, end: int, meanings: Sequence[Meaning]) -> int:
    """Return the end of a name with the full stop that is part of it: `U.S.`."""
    is_part = text.startswith(".", end) and any(meaning.surface.endswith(".") for meaning in meanings)
    return end + 1 if is_part else end


def _fits(stretch: str, meaning: Meaning, said_again: int) -> bool:
    """Whether a stretch has the capitals and the words of a form, those apart that it says again."""
    if meaning.case is Case.EXACTLY:
        return "".join(stretch.split()) == meaning.surface.rstrip(".").replace(" ", "")
    words = _AT_LINE_END.sub("-", stretch).split()
    extra = len(words) - meaning.words - said_again
    if extra > (MORE_WORDS if meaning.is_eastern else 0) and not _SPREAD.fullmatch(stretch):
        return False
    if meaning.case is Case.ALL:
        return stretch.upper() == stretch
    if meaning.case is Case.NONE:
        return True
    return not any(word[0].islower() for word in (words if meaning.case is Case.WORDS else words[:1]))

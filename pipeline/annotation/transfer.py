"""Turn names that only one of two linked passages has into suggestions where they may stand in the other.

    ... в ПЕНЗАН ...   ... in GENZAN [wonsan] ...      the name ПЕНЗАН may refer to wonsan
    ... Krymov came    ... <persName>Крымов</persName>   the words Krymov may be a name

A separate pass over finished TEI: what it proposes never feeds the alignment and is never written (ENCODING.md §1.4).
The words are found by their sound, so the two must be in alphabets with known letters; a pronoun or an adjective in the
place of a name sounds unlike it, and nothing is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from rapidfuzz.distance import Levenshtein

from pipeline.alignment import align
from pipeline.alignment.links import Link, read_links
from pipeline.alignment.sounds import sound_of_name
from pipeline.alignment.units import Mark, Unit, pairs_of, read_marks, read_units
from pipeline.annotation.suggestions import Candidate, Suggestion, occurrence_at
from pipeline.tei import XML_ID

LINKED = "linked-passage"
"""Why it is proposed: the passage of the other language has the name."""

MARKED, UNMARKED = 0.6, 0.75
"""How like the sounds must be of a name that is marked already, and of words that are not."""

SHORTEST = 2
"""Consonants; a name of fewer sounds like too many words."""

LETTERS = 4
"""The same, of words that are not marked: `Чан` is no China."""

LONGEST = 4
"""Words of a name."""

_CAPITAL = re.compile(r"(?<![\w-])[A-ZА-ЯЁ]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-](?!s\b|S\b)[^\W\d_]+)*")
_GAP = re.compile(r"[ .]{1,2}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage with an identifier: its reading text, and the names marked in it."""

    identifier: str
    text: str
    marks: tuple[Mark, ...]


def find_transfers(root: etree._Element) -> tuple[Suggestion, ...]:
    """Return where in a document names may stand that the linked passage of another language has, in its order."""
    elements = {element.get(XML_ID, ""): element for element in root.iter(etree.Element) if element.get(XML_ID)}
    found: list[Suggestion] = []
    for original, translation in pairs_of(root):
        sides = (read_units(original), read_units(translation))
        for link in read_links(root, (original, translation), sides) or align(*sides):
            ours, theirs = (list(_pieces(units, elements)) for units in _linked(link, sides))
            found += [*_between(theirs, ours), *_between(ours, theirs)]
    places = {identifier: number for number, identifier in enumerate(elements)}
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (places[one.passage], one.text, one.occurrence)))


def _linked(link: Link, sides: tuple[Sequence[Unit], Sequence[Unit]]) -> tuple[list[Unit], list[Unit]]:
    return [sides[0][place] for place in link.originals], [sides[1][place] for place in link.translations]


def _pieces(units: Sequence[Unit], elements: dict[str, etree._Element]) -> Iterator[_Piece]:
    """Yield the passages of units; a sentence that is broken has several."""
    seen: set[str] = set()
    for unit in units:
        identifier = unit.id
        while identifier in elements and identifier not in seen:
            seen.add(identifier)
            yield _Piece(identifier, *read_marks(elements[identifier], unit.language))
            identifier = elements[identifier].get("next", "").removeprefix("#")


def _between(one: Sequence[_Piece], other: Sequence[_Piece]) -> Iterator[Suggestion]:
    """Yield where the names that only one passage has may stand in the other."""
    known = {mark.reference for piece in other for mark in piece.marks if mark.reference}
    spelt = {sound_of_name(mark.text) for piece in other for mark in piece.marks}
    missing = [mark for piece in one for mark in piece.marks if not _is_had(mark, known, spelt)]
    names = [mark for mark in missing if len(sound_of_name(mark.text)) >= SHORTEST]
    if not names:
        return
    for piece in other:
        linked = [mark for mark in names if mark.reference]
        yield from _of_marked(piece, linked)
        for name in names:
            yield from _of_unmarked(piece, name)


def _is_had(mark: Mark, known: set[str], spelt: set[str]) -> bool:
    """Whether the other passage has a name: the same reference, or, where there is none, a name of the same sound."""
    return not mark.is_sure or (mark.reference in known if mark.reference else sound_of_name(mark.text) in spelt)


def _of_marked(piece: _Piece, names: Sequence[Mark]) -> Iterator[Suggestion]:
    """Yield the names of a piece that refer to nobody yet, with whom they may mean."""
    for mark in piece.marks:
        if mark.reference or mark.is_settled:
            continue
        scores = {one.reference: _likeness(one.text, mark.text) for one in names if one.kind == mark.kind}
        best = sorted((reference for reference in scores if scores[reference] >= MARKED), key=lambda r: (-scores[r], r))
        if best:
            candidates = tuple(Candidate(reference, round(scores[reference], 2), LINKED) for reference in best)
            yield _suggestion(piece, mark.start, mark.end, mark.kind, candidates)


def _of_unmarked(piece: _Piece, name: Mark) -> Iterator[Suggestion]:
    """Yield the words of a piece that sound most like a name and are not marked; of equals the shortest."""
    scores = {extent: _likeness(name.text, piece.text[slice(*extent)]) for extent in _stretches(piece)}
    best = max(scores, key=lambda extent: (scores[extent], extent[0] - extent[1], -extent[0]), default=None)
    if best is not None and scores[best] >= UNMARKED:
        candidates = (Candidate(name.reference, round(scores[best], 2), LINKED),) if name.reference else ()
        yield _suggestion(piece, *best, name.kind, candidates)


def _suggestion(piece: _Piece, start: int, end: int, kind: str, candidates: tuple[Candidate, ...]) -> Suggestion:
    occurrence = occurrence_at(piece.text, start, end - start)
    return Suggestion(piece.identifier, piece.text[start:end], occurrence, kind, candidates)


def _stretches(piece: _Piece) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a few words that begin with a capital and lie outside what is marked."""
    for capital in _CAPITAL.finditer(piece.text):
        end = capital.start()
        for _ in range(LONGEST):
            gap = _GAP.match(piece.text, end) if end > capital.start() else None
            word = _WORD.match(piece.text, gap.end() if gap else end)
            if word is None or (gap is None and end > capital.start()) or not word[0][0].isupper():
                break
            end = word.end()
            if any(mark.start < end and capital.start() < mark.end for mark in piece.marks):
                break
            if end - capital.start() >= LETTERS:
                yield capital.start(), end


def _likeness(one: str, other: str) -> float:
    """Return how like two names sound, from 0 to 1; a short one must sound the same."""
    sounds = sound_of_name(one), sound_of_name(other)
    shortest = min(map(len, sounds))
    if shortest < SHORTEST or (shortest == SHORTEST and sounds[0] != sounds[1]):
        return 0.0
    return 1 - Levenshtein.distance(*sounds) / max(map(len, sounds))

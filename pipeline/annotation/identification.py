"""Turn the names in a document into spans that say who or what is meant.

What a form says by itself and what the document says besides are weighed over the whole document, both languages
together: its title names a person in full, its body by the surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.annotation.name_meaning import Evidence, Named, Passage, Surroundings, decide
from pipeline.annotation.name_slots import find_unknown_names
from pipeline.annotation.names import Sighting, find_names
from pipeline.annotation.naming_words import naming_words
from pipeline.annotation.phrases import REFERENCES
from pipeline.annotation.readings import Reading
from pipeline.annotation.spans import Span, span
from pipeline.authorities.declension import other_cases
from pipeline.authorities.forms import Kind
from pipeline.authorities.index import Index

NEAR = 2
"""Parts before and after that of an office in which its place is looked for."""

SHORTEST = 4
"""Letters of a name that is looked for again."""

_INITIALS_BESIDE = re.compile(r"^\[?(?:[^\W\d_]{1,2}(?:\.|\[\w+\]\.?)[\s-]?)+\]?\s?|\s(?:[^\W\d_]\.\s?){2}$")


@dataclass(frozen=True, slots=True)
class Hint:
    """A text about the document, such as its title, and its language."""

    text: str
    language: str


class Identification:
    """The names of one document."""

    def __init__(self, index: Index, hints: Iterable[Hint], date: str) -> None:
        self._index = index
        sightings = [find_names(_bare_reading(hint.text), hint.language, index) for hint in hints]
        hinted = frozenset(reference for one in sightings for reference in _firm(one))
        self._evidence = Evidence(date, hinted, hinted)

    def find(self, passages: Sequence[Passage]) -> list[tuple[Passage, Named]]:
        """Return the names in all passages of a document, in order."""
        seen = [(passage, self._sightings(passage)) for passage in passages]
        own = frozenset(reference for _, sightings in seen for reference in _firm(sightings))
        self._evidence = replace(self._evidence, references=self._evidence.references | own)
        found = []
        for number, (passage, sightings) in enumerate(seen):
            near = [one for _, others in seen[max(number - NEAR, 0) : number + NEAR + 1] for one in others]
            found += [(passage, named) for named in self._named(passage, sightings, near)]
        found += _unknown(passages, found)
        return [*found, *_named_again(passages, found)]

    def identify(self, name: str, language: str, beside: str = "") -> Named | None:
        """Return what a name in the record of the document stands for; None where that is not known.

        The name must be the whole text; `beside` is a text that may tell the place of an office.
        """
        reading = _bare_reading(name)
        passage = Passage(Span(0, len(name), "signed"), reading, language)
        near = find_names(_bare_reading(beside), language, self._index) if beside else []
        found = list(self._named(passage, find_names(reading, language, self._index), near))
        whole = len(found) == 1 and found[0].start == 0 and found[0].end >= len(name.rstrip("."))
        return found[0] if whole and found[0].reference else None

    def _sightings(self, passage: Passage) -> list[Sighting]:
        if passage.part.get("type") in REFERENCES:
            return []
        return find_names(passage.reading, passage.language, self._index)

    def _named(self, passage: Passage, sightings: Sequence[Sighting], near: Sequence[Sighting]) -> Iterable[Named]:
        for number, sighting in enumerate(sightings):
            before = sightings[number - 1].end if number else 0
            after = sightings[number + 1].start if number + 1 < len(sightings) else len(passage.reading.text)
            surroundings = Surroundings(passage, sighting, before, after)
            if named := decide(surroundings, self._evidence, near):
                yield named


def span_of(passage: Passage, named: Named) -> Span:
    """Return a name as a span over the capture."""
    extent = passage.reading.extent(named.start, named.end)
    type_ = "person" if named.kind == "description" else named.type
    return span(*extent, named.kind, named.rule, named.certainty, type=type_, ref=named.reference)


def _firm(sightings: Iterable[Sighting]) -> set[str]:
    """Return the entries that are named by a form that only they have."""
    found = set()
    for sighting in sightings:
        own = {meaning.reference for meaning in sighting.meanings if meaning.kind in {Kind.LISTED, Kind.MADE}}
        if len({meaning.reference for meaning in sighting.meanings}) == 1:
            found |= own
    return found


def _names_in_capitals(found: Iterable[tuple[Passage, Named]]) -> set[str]:
    """Return the languages in which the document writes names in capitals within sentences."""
    counts: dict[str, int] = {}
    for passage, named in found:
        name = passage.reading.text[named.start : named.end]
        if passage.part.kind == "paragraph" and len(name) > 4 and name.isupper() and not passage.reading.text.isupper():
            counts[passage.language] = counts.get(passage.language, 0) + 1
    return {language for language, count in counts.items() if count > 1}


def _unknown(passages: Sequence[Passage], found: Sequence[tuple[Passage, Named]]) -> list[tuple[Passage, Named]]:
    """Return the names that no list has, where a name must stand."""
    in_capitals = _names_in_capitals(found)
    taken = _taken(found)
    unknown = []
    for passage in passages:
        if passage.part.get("type") not in REFERENCES:
            names = find_unknown_names(
                passage.reading.text,
                passage.part,
                naming_words(passage.language),
                taken.get(id(passage), ()),
                in_capitals=passage.language in in_capitals,
            )
            unknown += [(passage, Named(one.start, one.end, one.kind, rule=one.rule)) for one in names]
    return unknown


def _named_again(passages: Sequence[Passage], found: Sequence[tuple[Passage, Named]]) -> list[tuple[Passage, Named]]:
    """Return where else in the document a name stands that was found after a title, in a signature or a list.

    Of a name with initials the surname is enough; in Russian it may be in another case.
    """
    taken = _taken(found)
    names: dict[str, set[str]] = {}
    for passage, named in found:
        name = _INITIALS_BESIDE.sub("", passage.reading.text[named.start : named.end])
        is_word = naming_words(passage.language).is_also_word(name)
        if named.kind == "person" and not named.reference and len(name) >= SHORTEST and "." not in name and not is_word:
            names.setdefault(passage.language, set()).update(_cases(name, passage.language))
    again = []
    for passage in passages:
        if not (own := names.get(passage.language)) or passage.part.get("type") in REFERENCES:
            continue
        pattern = re.compile(
            rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(own, key=lambda name: (-len(name), name))))})(?![\w-])"
        )
        for found_again in pattern.finditer(passage.reading.text):
            if all(
                found_again.end() <= start or end <= found_again.start() for start, end in taken.get(id(passage), ())
            ):
                again.append((passage, Named(*found_again.span(), "person", rule="named-before")))
    return again


def _cases(name: str, language: str) -> set[str]:
    """Return a name with its other cases, in capitals too where it is written so."""
    *before, last = name.split(" ")
    cases = other_cases(last.capitalize()) if language == "ru" else ()
    forms = {name, *(" ".join([*before, case.upper() if last.isupper() else case]) for case in cases)}
    return forms | {form.upper() for form in forms}


def _taken(found: Iterable[tuple[Passage, Named]]) -> dict[int, list[tuple[int, int]]]:
    """Return the extents of names in each passage."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for passage, named in found:
        taken.setdefault(id(passage), []).append((named.start, named.end))
    return taken


def _bare_reading(text: str) -> Reading:
    """Return the reading of a text that stands in no capture."""
    return Reading(text, lambda: ((), None))

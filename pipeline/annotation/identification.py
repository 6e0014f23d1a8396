"""Turn the names in a document into spans that say who or what is meant, and how certain that is.

What a form says by itself and what the document says besides are weighed over the whole document, both languages
together (ENCODING.md §1.4, §5):

    exactly a form of the authority, of one entry only     linked, no @resp
    a case or another spelling of it, made by rule         linked, high
    a surname alone, a cover name within a sentence,
    an office, a form that others bear too                 linked, medium, if nothing speaks for another
    a surname in brackets after a name of the same one     linked, high
    a surname of which the authority knows no more         linked, low
    a form of several entries                              a name, not linked
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.annotation.name_slots import find_unknown_names
from pipeline.annotation.names import Sighting, find_names
from pipeline.annotation.naming_words import NamingWords, naming_words
from pipeline.annotation.phrases import REFERENCES
from pipeline.annotation.readings import Reading
from pipeline.annotation.spans import Span, span
from pipeline.authorities.forms import Kind
from pipeline.authorities.index import Index, Meaning

SPAN_KINDS = {"person": "person", "place": "place", "org": "organisation"}
"""The kind of span for names of each kind of entry."""

NAMING = frozenset({"signed", "address-line", "item", "cell"})
"""Kinds of parts in which a cover name stands for nobody else."""

NEAR = 2
"""Parts before and after that of an office in which its place is looked for."""

YOUNGEST = 15
"""Years of age under which nobody is named by the surname alone."""

SHORTEST = 4
"""Letters of a name that is looked for again."""

_CERTAINTIES = ("low", "medium", "high", "")
_INITIALS_BEFORE = re.compile(r"(?<!\w)((?:[^\W\d_]{1,2}\.[\s-]?){1,3})$")
_LEADING_INITIALS = re.compile(r"^(?:[^\W\d_]{1,2}\.[\s-]?)+")
_INITIALS_AFTER = re.compile(r"\s((?:[^\W\d_]\.\s?){2})")
_LONGER = re.compile(r"(?:[ -](?=[A-ZА-ЯЁ])[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*){1,2}")
_WORD_BEFORE = re.compile(r"([.!?:;\"“«„(\[]\s?|^)?(?<![\w-])([^\W\d_][\w'’-]*)\s$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a witness, as it is read."""

    part: Span
    reading: Reading
    language: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A text about the document, such as its title, and its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of a passage that is a name, linked or not."""

    start: int
    """In the passage's reading."""
    end: int
    kind: str
    """Of span: `person`, `place`, `organisation`, or `description` for an office."""
    reference: str = ""
    certainty: str = ""
    type: str = ""
    rule: str = ""


@dataclass(slots=True)
class _Evidence:
    """What a document says of who is meant, apart from the name in question."""

    date: str
    """Of the document, ISO 8601 or ""."""
    references: set[str] = field(default_factory=set)
    """Entries that it names by a form of their own."""
    hinted: set[str] = field(default_factory=set)
    """Entries that its title or summary names."""


class Identification:
    """The names of one document."""

    def __init__(self, index: Index, hints: Iterable[Hint], date: str) -> None:
        self._index = index
        self._evidence = _Evidence(date)
        for hint in hints:
            own = _firm(find_names(Reading(hint.text, lambda: ((), None)), hint.language, index))
            self._evidence.hinted |= own
            self._evidence.references |= own

    def find(self, passages: Sequence[Passage]) -> list[tuple[Passage, Named]]:
        """Return the names in all passages of a document, in order."""
        seen = [(passage, self._sightings(passage)) for passage in passages]
        for _, sightings in seen:
            self._evidence.references |= _firm(sightings)
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
        reading = Reading(name, lambda: ((), None))
        passage = Passage(Span(0, len(name), "signed"), reading, language)
        near = find_names(Reading(beside, lambda: ((), None)), language, self._index)
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
            surroundings = _Surroundings(passage, sighting, before, after)
            if named := _decided(surroundings, self._evidence, near):
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

    Of a name with initials the surname is enough.
    """
    taken = _taken(found)
    names: dict[str, set[str]] = {}
    for passage, named in found:
        name = _LEADING_INITIALS.sub("", passage.reading.text[named.start : named.end])
        if named.kind == "person" and not named.reference and len(name) >= SHORTEST and "." not in name:
            names.setdefault(passage.language, set()).add(name)
    again = []
    for passage in passages:
        if not (own := names.get(passage.language)) or passage.part.get("type") in REFERENCES:
            continue
        pattern = re.compile(
            rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(own, key=lambda name: (-len(name), name))))})(?![\w-])"
        )
        for name in pattern.finditer(passage.reading.text):
            if all(name.end() <= start or end <= name.start() for start, end in taken.get(id(passage), ())):
                again.append((passage, Named(name.start(), name.end(), "person", rule="named-before")))
    return again


def _taken(found: Iterable[tuple[Passage, Named]]) -> dict[int, list[tuple[int, int]]]:
    """Return the extents of names in each passage."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for passage, named in found:
        taken.setdefault(id(passage), []).append((named.start, named.end))
    return taken


# One name


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """A name in its passage, and how far the names beside it reach."""

    passage: Passage
    sighting: Sighting
    before: int
    after: int

    @property
    def text(self) -> str:
        return self.passage.reading.text

    @property
    def words(self) -> NamingWords:
        return naming_words(self.passage.language)


def _decided(one: _Surroundings, evidence: _Evidence, near: Sequence[Sighting]) -> Named | None:
    """Return what a sighting is: linked, a name that is not linked, or nothing."""
    meanings = [meaning for meaning in one.sighting.meanings if _is_possible(meaning, evidence.date)]
    if not meanings:
        return _out_of_its_time(one)
    offices = [meaning for meaning in meanings if meaning.kind is Kind.OFFICE]
    if offices:
        return _office(one, offices, evidence, near)
    firm = [meaning for meaning in meanings if meaning.kind is not Kind.BARE]
    if not firm:
        return _bare(one, meanings, evidence)
    references = {meaning.reference for meaning in firm}
    if len(references) > 1:
        return _ambiguous(one, firm)
    best = min(firm, key=lambda meaning: (meaning.kind is not Kind.LISTED, meaning.cert))
    is_alone = all(meaning.reference in references for meaning in meanings)
    certainty = "" if one.sighting.is_as_listed and best.kind is Kind.LISTED else "high"
    if best.type == "cover-name" and not _is_resolved(one):
        certainty = "medium"
    return _linked(one, best, certainty if is_alone else "medium", "authority")


def _is_possible(meaning: Meaning, date: str) -> bool:
    """Whether an entry can be meant at a date: no body before it was founded, nobody under cover after death."""
    if not date:
        return meaning.kind is not Kind.OFFICE
    if meaning.kind is Kind.OFFICE:
        return meaning.begins <= date and (not meaning.ends or date[: len(meaning.ends)] <= meaning.ends)
    if meaning.entry != "person":
        return meaning.begins <= date and (not meaning.ends or date[: len(meaning.ends)] <= meaning.ends)
    if meaning.type == "cover-name" and meaning.ends and date[: len(meaning.ends)] > meaning.ends:
        return False
    is_known = meaning.begins[:4].isdigit() and date[:4].isdigit()
    return not is_known or int(date[:4]) >= int(meaning.begins[:4]) + YOUNGEST


def _out_of_its_time(one: _Surroundings) -> Named | None:
    """Return a name that is not linked: of a place or body that was not yet, or was no more."""
    firm = [meaning for meaning in one.sighting.meanings if meaning.kind in {Kind.LISTED, Kind.MADE}]
    bodies = [meaning for meaning in firm if meaning.entry != "person"]
    return _ambiguous(one, bodies) if bodies else None


def _is_resolved(one: _Surroundings) -> bool:
    """Whether a cover name stands where nobody else is meant: in a signature, an address, before its solution."""
    following = one.text[one.sighting.end : one.sighting.end + 3].lstrip()
    return one.passage.part.kind in NAMING or following[:1] in {"[", "("}


def _office(
    one: _Surroundings, offices: Sequence[Meaning], evidence: _Evidence, near: Sequence[Sighting]
) -> Named | None:
    """Return the holder of an office at the document's date, if its place is named beside it or in the title."""
    around = {_identifier(meaning) for sighting in near for meaning in sighting.meanings}
    hinted = {reference.partition("#")[2] for reference in evidence.hinted}
    for places in (around, hinted):
        holders = {office.reference: office for office in offices if not office.place or office.place in places}
        if len(holders) == 1:
            linked = _linked(one, next(iter(holders.values())), "medium", "office")
            return replace(linked, kind="description", type="")
    return None


def _identifier(meaning: Meaning) -> str:
    return meaning.reference.partition("#")[2] if meaning.entry == "place" else ""


def _bare(one: _Surroundings, meanings: Sequence[Meaning], evidence: _Evidence) -> Named | None:
    """Return who is meant by a form that others bear too; somebody unknown where initials speak against all."""
    initials, start, end = _initials(one)
    if initials:
        fitting = [meaning for meaning in meanings if initials in meaning.initials]
        if len({meaning.reference for meaning in fitting}) == 1:
            return replace(_linked(one, fitting[0], "high", "surname-with-initials"), start=start, end=end)
        is_person = any(meaning.initials for meaning in meanings)
        return Named(start, end, "person", rule="initials-of-another") if is_person else None
    if any(meaning.is_eastern for meaning in meanings) and (longer := _LONGER.match(one.text, end, one.after)):
        return Named(start, longer.end(), "person", rule="longer-name")
    likely = [meaning for meaning in meanings if _is_likely(meaning, evidence)]
    supported = [meaning for meaning in likely if _is_supported(meaning, evidence)]
    chosen = {meaning.reference: meaning for meaning in supported or likely}
    if len(chosen) > 1:
        return _ambiguous(one, likely)
    if not chosen and any(meaning.entry != "person" for meaning in meanings):
        return _ambiguous(one, [meaning for meaning in meanings if meaning.entry != "person"])
    if not chosen or (_has_another_forename(one) and not _is_eastern_or_body(meanings)):
        return Named(one.sighting.start, one.sighting.end, "person", rule="forename-of-another") if chosen else None
    meaning = next(iter(chosen.values()))
    if supported and one.text[one.before : one.sighting.start].strip() in {"[", "("}:
        return _linked(one, meaning, "high", "solution")
    certainty = "medium" if supported or meaning.initials or meaning.entry != "person" else "low"
    return _linked(one, meaning, certainty, "back-off" if supported else "surname")


def _is_likely(meaning: Meaning, evidence: _Evidence) -> bool:
    """Whether a surname says enough by itself: not that of a Chinese or Korean, nor the short name of a body."""
    return _is_supported(meaning, evidence) or (meaning.entry == "person" and not meaning.is_eastern)


def _is_supported(meaning: Meaning, evidence: _Evidence) -> bool:
    return not evidence.references.isdisjoint((meaning.reference, *meaning.comprises))


def _is_eastern_or_body(meanings: Sequence[Meaning]) -> bool:
    return any(meaning.is_eastern or meaning.entry != "person" for meaning in meanings)


def _initials(one: _Surroundings) -> tuple[str, int, int]:
    """Return the initials beside a surname, and the extent of both; no initials where there are none."""
    start, end = one.sighting.start, one.sighting.end
    before = _INITIALS_BEFORE.search(one.text, one.before, start)
    if before and not one.words.honorific.fullmatch(before[1].strip()) and before[1][0].isupper():
        return _letters(before[1]), before.start(1), end
    after = _INITIALS_AFTER.match(one.text, end, one.after)
    if after and after[1].upper() == after[1]:
        return _letters(after[1]), start, after.end(1) - (len(after[1]) - len(after[1].rstrip()))
    return "", start, end


def _letters(initials: str) -> str:
    return "".join(part.strip(" -")[:1] for part in initials.split(".") if part.strip(" -"))


def _has_another_forename(one: _Surroundings) -> bool:
    """Whether a word with a capital that is no title stands before a surname within a sentence: `Vasily Stalin`."""
    found = _WORD_BEFORE.search(one.text, one.before, one.sighting.start)
    if not found or found[1] is not None or found.start(2) <= one.before:
        return False
    word = found[2]
    if not word[0].isupper() or (word.isupper() and len(word) > 1 and not one.text[one.sighting.start + 1].isupper()):
        return False
    return not one.words.is_title(word)


def _ambiguous(one: _Surroundings, meanings: Sequence[Meaning]) -> Named:
    kinds = {meaning.entry for meaning in meanings}
    kind = next(kind for kind in ("person", "place", "org") if kind in kinds)
    return Named(one.sighting.start, one.sighting.end, SPAN_KINDS[kind], rule="ambiguous")


def _linked(one: _Surroundings, meaning: Meaning, certainty: str, rule: str) -> Named:
    certainty = min(certainty, meaning.cert, key=_CERTAINTIES.index)
    kind = SPAN_KINDS[meaning.entry]
    type_ = meaning.type if meaning.entry != "person" or meaning.type == "cover-name" else ""
    return Named(one.sighting.start, one.sighting.end, kind, meaning.reference, certainty, type_, rule)

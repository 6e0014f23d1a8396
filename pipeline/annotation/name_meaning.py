"""Turn one name in its surroundings into who or what is meant, and how certain that is (ENCODING.md §1.4, §5).

exactly a form of the authority, of one entry only     linked, no @resp
a case or another spelling of it, made by rule         linked, high
a surname with the right initials                      linked, high
a surname in brackets after a name of the same one     linked, high
a surname alone, a cover name within a sentence,
an office, a form that others bear too                 linked, medium, if nothing speaks for another
a surname of which the authority knows no more         linked, low
a form of several entries                              a name, not linked
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.annotation.names import Sighting
from pipeline.annotation.naming_words import NamingWords, naming_words
from pipeline.annotation.readings import Reading
from pipeline.annotation.spans import Span
from pipeline.authorities.forms import Kind
from pipeline.authorities.index import Meaning

SPAN_KINDS = {"person": "person", "place": "place", "org": "organisation"}
"""The kind of span for names of each kind of entry."""

NAMING = frozenset({"signed", "address-line", "item", "cell"})
"""Kinds of parts in which a cover name stands for nobody else."""

YOUNGEST = 15
"""Years of age under which nobody is named by the surname alone."""

WORDS_OF_SENTENCE = 4
"""So many words in capitals may be a name with its title; more are a sentence in capitals."""

_SENTENCE_MARKS = ".!?;:\n"
_CERTAINTIES = ("low", "medium", "high", "")
_INITIALS_BEFORE = re.compile(r"(?<!\w)((?:[^\W\d_]{1,2}\.[\s-]?){1,3})$")
_INITIALS_AFTER = re.compile(r"\s((?:[^\W\d_]\.\s?){2})")
_LONGER = re.compile(r"(?:[ -](?=[A-ZА-ЯЁ])[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*){1,2}")
_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?:;]|\n)[\s\"“«„(\[]*$")
_WORD_BEFORE = re.compile(r"([.!?:;\"“«„(\[]\s?|^)?(?<![\w-])([^\W\d_][\w'’-]*)\s$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a witness, as it is read."""

    part: Span
    reading: Reading
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
    nominative: str = ""
    """Of a place in an oblique case, its name as the authority has it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document says of who is meant, apart from the name in question."""

    date: str
    """Of the document, ISO 8601 or ""."""
    references: frozenset[str] = frozenset()
    """Entries that it names by a form of their own."""
    hinted: frozenset[str] = frozenset()
    """Entries that its title or summary names."""


@dataclass(frozen=True, slots=True)
class Surroundings:
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


def decide(one: Surroundings, evidence: Evidence, near: Sequence[Sighting]) -> Named | None:
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


def _out_of_its_time(one: Surroundings) -> Named | None:
    """Return a name that is not linked: of a place or body that was not yet, or was no more."""
    firm = [meaning for meaning in one.sighting.meanings if meaning.kind in {Kind.LISTED, Kind.MADE}]
    bodies = [meaning for meaning in firm if meaning.entry != "person"]
    return _ambiguous(one, bodies) if bodies else None


def _is_resolved(one: Surroundings) -> bool:
    """Whether a cover name stands where nobody else is meant: in a signature, an address, before its solution."""
    following = one.text[one.sighting.end : one.sighting.end + 3].lstrip()
    return one.passage.part.kind in NAMING or following[:1] in {"[", "("}


def _office(
    one: Surroundings, offices: Sequence[Meaning], evidence: Evidence, near: Sequence[Sighting]
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


def _bare(one: Surroundings, meanings: Sequence[Meaning], evidence: Evidence) -> Named | None:
    """Return who is meant by a form that others bear too; somebody unknown where initials speak against all."""
    initials, start, end = _initials(one)
    if initials:
        fitting = [meaning for meaning in meanings if initials in meaning.initials]
        if len({meaning.reference for meaning in fitting}) == 1:
            return replace(_linked(one, fitting[0], "high", "surname-with-initials"), start=start, end=end)
        is_person = any(meaning.initials for meaning in meanings)
        return Named(start, end, "person", rule="initials-of-another") if is_person else None
    if _is_word_of_language(one):
        return None
    if any(meaning.is_eastern for meaning in meanings) and (longer := _LONGER.match(one.text, end, one.after)):
        return Named(start, longer.end(), "person", rule="longer-name")
    likely = [meaning for meaning in meanings if _is_likely(meaning, evidence)]
    supported = [meaning for meaning in likely if _is_supported(meaning, evidence)]
    chosen = {meaning.reference: meaning for meaning in supported or likely}
    if len(chosen) > 1:
        return _ambiguous(one, likely)
    if not chosen and any(meaning.entry != "person" for meaning in meanings):
        return _ambiguous(one, [meaning for meaning in meanings if meaning.entry != "person"])
    if not chosen or (_has_another_forename(one, meanings) and not _is_eastern_or_body(meanings)):
        return Named(one.sighting.start, one.sighting.end, "person", rule="forename-of-another") if chosen else None
    meaning = next(iter(chosen.values()))
    if supported and one.text[one.before : one.sighting.start].strip() in {"[", "("}:
        return _linked(one, meaning, "high", "solution")
    certainty = "medium" if supported or meaning.initials or meaning.entry != "person" else "low"
    return _linked(one, meaning, certainty, "back-off" if supported else "surname")


def _is_word_of_language(one: Surroundings) -> bool:
    """Whether a surname is a word here: one that is also a word begins the sentence or follows an article."""
    word = one.text[one.sighting.start : one.sighting.end]
    if not one.words.is_also_word(word):
        return False
    found = _WORD_BEFORE.search(one.text, one.before, one.sighting.start)
    if found:
        return one.words.is_article(found[2])
    before = one.text[: one.sighting.start]
    follows_title = (last := before.split()[-1:]) and one.words.is_title(last[0])
    return one.passage.part.kind not in NAMING and not follows_title and _BEGINS_SENTENCE.search(before) is not None


def _is_likely(meaning: Meaning, evidence: Evidence) -> bool:
    """Whether a surname says enough by itself: not that of a Chinese or Korean, nor the short name of a body."""
    return _is_supported(meaning, evidence) or (meaning.entry == "person" and not meaning.is_eastern)


def _is_supported(meaning: Meaning, evidence: Evidence) -> bool:
    return not evidence.references.isdisjoint((meaning.reference, *meaning.comprises))


def _is_eastern_or_body(meanings: Sequence[Meaning]) -> bool:
    return any(meaning.is_eastern or meaning.entry != "person" for meaning in meanings)


def _initials(one: Surroundings) -> tuple[str, int, int]:
    """Return the initials beside a surname, and the extent of both; no initials where there are none."""
    start, end = one.sighting.start, one.sighting.end
    before = _INITIALS_BEFORE.search(one.text, one.before, start)
    if before and not one.words.honorific.fullmatch(before[1].strip().lower()) and before[1][0].isupper():
        return _letters(before[1]), before.start(1), end
    after = _INITIALS_AFTER.match(one.text, end, one.after)
    if after and after[1].upper() == after[1]:
        return _letters(after[1]), start, after.end(1) - (len(after[1]) - len(after[1].rstrip()))
    return "", start, end


def _letters(initials: str) -> str:
    return "".join(part.strip(" -")[:1] for part in initials.split(".") if part.strip(" -"))


def _has_another_forename(one: Surroundings, meanings: Sequence[Meaning]) -> bool:
    """Whether a word with a capital stands before a surname that is no title and no forename of the bearer's initial.

    `Vasily Stalin` is another, `Josef Stalin` may be Joseph.
    """
    found = _WORD_BEFORE.search(one.text, one.before, one.sighting.start)
    if not found or found[1] is not None or found.start(2) <= one.before:
        return False
    word = found[2]
    if not word[0].isupper() or (word.isupper() and len(word) > 1 and not one.text[one.sighting.start + 1].isupper()):
        return False
    if one.words.is_title(word) or one.words.is_month(word) or _is_in_capitals(one):
        return False
    return not any(word[0].upper() == initials[0] for meaning in meanings for initials in meaning.initials)


def _is_in_capitals(one: Surroundings) -> bool:
    """Whether the sentence is written in capitals, where a capital is no sign of a name: `ЧТО СТАЛИНУ ПИСАТЬ`."""
    begin = max(one.text.rfind(mark, 0, one.sighting.start) for mark in _SENTENCE_MARKS)
    ends = [place for mark in _SENTENCE_MARKS if (place := one.text.find(mark, one.sighting.end)) >= 0]
    sentence = one.text[begin + 1 : min(ends, default=len(one.text))]
    return sentence.isupper() and len(sentence.split()) > WORDS_OF_SENTENCE


def _ambiguous(one: Surroundings, meanings: Sequence[Meaning]) -> Named:
    kinds = {meaning.entry for meaning in meanings}
    kind = next(kind for kind in ("person", "place", "org") if kind in kinds)
    return Named(one.sighting.start, one.sighting.end, SPAN_KINDS[kind], rule="ambiguous")


def _linked(one: Surroundings, meaning: Meaning, certainty: str, rule: str) -> Named:
    certainty = min(certainty, meaning.cert, key=_CERTAINTIES.index)
    kind = SPAN_KINDS[meaning.entry]
    type_ = meaning.type if meaning.entry != "person" or meaning.type == "cover-name" else ""
    place = (one.sighting.start, one.sighting.end)
    return Named(*place, kind, meaning.reference, certainty, type_, rule, meaning.nominative)

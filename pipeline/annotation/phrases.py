"""Turn the parts of a message into the phrases in them that anatomy already tells: dates, numbers, brackets.

Each part is read by itself (a name or date does not run from one part into the next), without the furniture in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.annotation.abbreviations import find_abbreviations
from pipeline.annotation.brackets import find_brackets
from pipeline.annotation.dating import JULIAN, DateContext, DateFound, find_dates, parse_date
from pipeline.annotation.errata import find_errors
from pipeline.annotation.military import find_military_units
from pipeline.annotation.quantities import Quantity, find_quantities
from pipeline.annotation.readings import Reading, read_stretch
from pipeline.annotation.shelfmarks import find_shelfmarks
from pipeline.annotation.spans import Span, span

PARTS = frozenset(
    {"paragraph", "ab", "head", "item", "cell", "seg", "address-line", "dateline", "salute", "signed", "stamp"},
)
"""Kinds of spans that are read for phrases; none stands in another."""

COUNTED = frozenset({"paragraph", "item"})
"""Kinds of parts in which quantities and units of armies are looked for: the running text."""

REFERENCES = frozenset({"archival-reference", "source-line"})
"""Types of parts that cite: figures in them are no dates, brackets in them no remarks."""

_FORM = frozenset({"dateline", "seg"})
"""Kinds of parts of a telegram's form."""

_COPY = re.compile(r"(?:Э[кг][зс]?\.?\s?)?(?:№|N)\s?-?\s?\d")
"""Begins an entry of a list of copies, in which a title stands before the name of who gets one."""

_NAMING = frozenset({"signed", "address-line", "item"})
_NUMBER = re.compile(r"(?:№|No\.?|N|#)\s?\d+(?:\s?[-/–]\s?\d+|/\w{1,5})*")
_SPACED = re.compile(r"(?<!\w)(?:[A-ZА-ЯЁ]\s){3,}[A-ZА-ЯЁ](?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*])\*([^\s*](?:[^*]{0,60}[^\s*])?)\*(?![\w*])")
_NUMBER_TYPES = {
    "document-type": "cipher",
    "number": "outgoing",
    "processing": "register",
}


@dataclass(frozen=True, slots=True)
class DoubtfulDate:
    """A date that the grammar was unsure of, with the text in which it was found."""

    offset: int
    """In the capture."""
    found: DateFound
    text: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a witness, in what language, and from when the document is."""

    language: str
    resp: str
    """Points to who speaks in the brackets: the translator, or the source."""
    context: DateContext | None


def read_parts(
    text: str, parts: Iterable[Span], skipped: Sequence[tuple[int, int]], joins: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[Span, Reading]]:
    """Yield each part of a witness that is read by itself, with its reading; `skipped` is the furniture in it.

    Where one of `joins`, hyphens among the furniture, stands, a word runs on over a sheet turn. A stamp is furniture
    and read by itself, too.
    """
    for part in parts:
        if part.kind not in PARTS or part.start == part.end:
            continue
        inside = [extent for extent in skipped if part.start <= extent[0] and extent[1] <= part.end]
        inside = [] if part.kind == "stamp" else inside
        reading = read_stretch(text, part.start, part.end, inside, joins)
        if reading.text:
            yield part, reading


def find_phrases(parts: Iterable[tuple[Span, Reading]], voice: Voice) -> Iterator[Span]:
    """Yield dates, numbers, brackets and signs of the hand in the parts of one witness."""
    for part, reading in parts:
        dates = _dates_in(reading, part, voice)
        yield from _dates(reading, part, dates)
        if part.kind == "stamp":
            continue
        yield from _numbers(reading, part)
        if part.kind in COUNTED:
            yield from _quantities(reading, voice, dates)
        yield from _hands(reading)
        yield from _errors(reading, part, voice)
        yield from _abbreviations(reading, part, voice)
        if part.get("type") in REFERENCES:
            yield from _references(reading)
        else:
            yield from find_brackets(reading, voice.language, voice.resp, names_persons=part.kind in _NAMING)


def doubtful_dates(parts: Iterable[tuple[Span, Reading]], voice: Voice) -> Iterator[DoubtfulDate]:
    """Yield the dates that an editor has to look at, in the parts of one witness."""
    for part, reading in parts:
        for found in _dates_in(reading, part, voice):
            if found.reason:
                yield DoubtfulDate(reading.offsets[found.start], found, reading.text)


def _dates_in(reading: Reading, part: Span, voice: Voice) -> list[DateFound]:
    if part.get("type") in REFERENCES:
        return []
    dates = find_dates(reading.text, voice.language, voice.context)
    if not dates and part.kind == "dateline":
        whole = parse_date(reading.text, voice.language, voice.context)
        dates = [whole] if whole else []
    return dates


def _dates(reading: Reading, part: Span, dates: Iterable[DateFound]) -> Iterator[Span]:
    for found in dates:
        if attributes := date_attributes(found):
            start, end = reading.extent(found.start, found.end)
            kind = "date-in-stamp" if part.kind == "stamp" else "date"
            yield span(start, end, kind, found.rule, found.certainty, **attributes)


def date_attributes(found: DateFound) -> dict[str, str]:
    """Return the TEI attributes of a date; none for a time alone and for what is no date (ENCODING.md §3, §5)."""
    if found.value:
        attributes = {"when": found.value}
        if found.time and len(found.value) == len("1950-10-03"):
            attributes["when-iso"] = f"{found.value}T{found.time}"
        if found.old:
            attributes |= {"when-custom": found.old, "datingMethod": f"#{JULIAN}"}
    elif found.is_period and found.not_before:
        attributes = {"from": found.not_before, "to": found.not_after}
    elif found.not_before:
        attributes = {"notBefore": found.not_before, "notAfter": found.not_after}
    else:
        return {}
    if found.reason:
        attributes["ana"] = f"corpus.xml#date.{found.reason}"
    return attributes


def _errors(reading: Reading, part: Span, voice: Voice) -> Iterator[Span]:
    """Yield apparent errors that have a correction; others are an editor's to decide (`pipeline.review`)."""
    if part.get("type") in REFERENCES or part.kind == "stamp":
        return
    for found in find_errors(reading.text, voice.language, is_form=part.kind in _FORM):
        if found.correction:
            start, end = reading.extent(found.start, found.end)
            yield span(start, end, "error", found.rule, found.certainty, reading=found.correction)


def _abbreviations(reading: Reading, part: Span, voice: Voice) -> Iterator[Span]:
    if part.get("type") in REFERENCES:
        return
    is_addressed = part.kind == "address-line" or _COPY.match(reading.text) is not None
    for found in find_abbreviations(reading.text, voice.language, is_addressed=is_addressed):
        start, end = reading.extent(found.start, found.end)
        yield span(start, end, "abbreviation", found.rule, found.certainty, reading=found.expansion)


def _quantities(reading: Reading, voice: Voice, dates: Iterable[DateFound]) -> Iterator[Span]:
    """Yield units of armies, and quantities outside them and outside dates (ENCODING.md §5)."""
    units = find_military_units(reading.text, voice.language)
    for unit in units:
        start, end = reading.extent(unit.start, unit.end)
        yield span(start, end, "military-unit", unit.rule, unit.certainty, type="military")
    taken = [(unit.start, unit.end) for unit in units]
    taken += [(date.start, date.end) for date in dates]
    for found in find_quantities(reading.text, voice.language, taken):
        kind = "measure" if found.unit else "num"
        start, end = reading.extent(found.start, found.end)
        yield span(start, end, kind, found.rule, found.certainty, **quantity_attributes(found))


def quantity_attributes(found: Quantity) -> dict[str, str]:
    """Return the TEI attributes of `measure` or, without a unit, of `num`; without a value where nobody says it."""
    attributes = {"type": found.type}
    if found.at_least is not None and found.at_least == found.at_most:
        attributes["quantity" if found.unit else "value"] = str(found.at_least)
    elif found.at_least is not None:
        attributes |= {"atLeast": str(found.at_least), "atMost": str(found.at_most)}
    return attributes | {"unit": found.unit, "commodity": found.commodity}


def _numbers(reading: Reading, part: Span) -> Iterator[Span]:
    """Yield the number that a part names: the telegram's, the sender's, the register's."""
    if part.get("type") == "number" and part.rule != "closer-words" and not reading.text.startswith("Spec"):
        return
    kind = _NUMBER_TYPES.get(part.get("type"))
    found = _NUMBER.search(reading.text) if kind else None
    if kind and found and not (part.kind == "ab" and found.start()):
        yield span(*reading.extent(found.start(), found.end()), "idno", "number-in-part", type=kind)


def _references(reading: Reading) -> Iterator[Span]:
    """Yield archival references with their parts, each with its normal form in `@n` (ENCODING.md §3)."""
    for mark in find_shelfmarks(reading.text):
        if not mark.parts:
            continue
        start, end = mark.parts[0].start, mark.parts[-1].end
        yield span(*reading.extent(start, end), "archival-reference", "shelfmark", type="archival")
        for one in mark.parts:
            yield span(*reading.extent(one.start, one.end), "idno", "shelfmark", type=one.kind, n=one.normal)


def _hands(reading: Reading) -> Iterator[Span]:
    """Yield words with their letters spaced out, and words that the capture's markup emphasises: `*Макаров*`."""
    for found in _SPACED.finditer(reading.text):
        yield span(*reading.extent(found.start(), found.end()), "hi", "letters-spaced-out", rend="letterspaced")
    if "*" not in reading.text:
        return
    for found in _EMPHASIS.finditer(reading.text):
        yield span(*reading.extent(found.start(1), found.end(1)), "hi", "asterisks", rend="italic")
        for sign in (found.start(), found.end() - 1):
            yield span(*reading.extent(sign, sign + 1), "dropped", "asterisks", reason="chrome")

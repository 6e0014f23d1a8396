"""Turn a capture into all the spans that recognisers find in it, witness by witness, in a fixed order.

witness → sheet turns → chunks (restored where they run on) → anatomy → dates, numbers, brackets → names → sentences

Names are looked for over the whole document: what one passage says tells who is meant in another. Sentences come last,
so that none ends inside another's phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.annotation.anatomy import Frame, find_anatomy
from pipeline.annotation.date_claims import Claim, contradictions
from pipeline.annotation.dating import DateContext, find_dates, parse_date
from pipeline.annotation.furniture import find_sheet_turns
from pipeline.annotation.identification import Hint, Identification, span_of
from pipeline.annotation.layout import Chunk, chunks, is_run_on
from pipeline.annotation.name_meaning import Passage
from pipeline.annotation.paragraphs import Paragraph, restored_breaks
from pipeline.annotation.phrases import (
    DoubtfulDate,
    Voice,
    doubtful_dates,
    find_phrases,
    read_parts,
)
from pipeline.annotation.readings import Reading, read_stretch
from pipeline.annotation.restoration import restore
from pipeline.annotation.sentences import find_sentences
from pipeline.annotation.spans import Layer, Span, span
from pipeline.authorities.index import Index, empty_index
from pipeline.captures.capture import Capture, Line, lines_of
from pipeline.captures.language import languages_of
from pipeline.languages.anatomy import anatomy_words


@dataclass(frozen=True, slots=True)
class Recognised:
    """All spans of a capture, those of its format first, and the date of the document where one was found."""

    spans: tuple[Span, ...]
    date: str
    """ISO 8601, or ""."""
    identification: Identification
    """Who is meant by a name in this document."""
    doubts: tuple[DoubtfulDate, ...] = ()
    contradictions: tuple[tuple[Claim, Claim], ...] = ()
    """Places that date the document to different days."""


HINTS = ("title", "original-title", "summary", "description")
"""Fields of a capture that say who its document is about."""


def recognise(capture: Capture, index: Index | None = None) -> Recognised:
    """Return what a capture holds; `index` are the names that the edition's lists have, if it has any."""
    witnesses = [found for found in capture.spans if found.kind == "witness"]
    anatomies = _with_paragraphs(capture, witnesses, [_anatomy(capture, witness) for witness in witnesses])
    date = document_date(capture, witnesses, anatomies)
    context = DateContext(date) if date else None
    spans = list(capture.spans)
    doubts: list[DoubtfulDate] = []
    reads: list[_Read] = []
    for witness, anatomy in zip(witnesses, anatomies, strict=True):
        signs = _extents(found for found in anatomy if found.layer is Layer.SIGN)
        skipped = sorted({*signs, *_extents(_dropped(capture, witness))})
        voice = Voice(witness.get("lang"), witness.get("resp") or "#source", context)
        spans += anatomy
        joins = _extents(found for found in anatomy if found.kind == "weak-hyphen")
        parts = list(read_parts(capture.text, anatomy, skipped, joins))
        phrases = list(find_phrases(parts, voice))
        spans += phrases
        reads.append(_Read(voice.language, parts, [*anatomy, *phrases]))
        doubts += doubtful_dates(parts, voice)
    identification = Identification(index or empty_index(), _hints(capture), date)
    names = [span_of(passage, named) for passage, named in identification.find(_passages(reads))]
    named = set(_extents(found for found in names if found.kind == "organisation"))
    spans = [found for found in spans if found.kind != "military-unit" or (found.start, found.end) not in named]
    spans += names
    for read in reads:
        spans += find_sentences(read.parts, [*read.spans, *names], read.language)
    return Recognised(
        tuple(_counterparts(spans, witnesses)),
        date,
        identification,
        tuple(doubts),
        tuple(contradictions(capture, _signatures(witnesses, anatomies))),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """The parts of one witness, and what was found in them."""

    language: str
    parts: list[tuple[Span, Reading]]
    spans: list[Span]


def _passages(reads: Iterable[_Read]) -> list[Passage]:
    """Return what names are looked for in: all parts but stamps, which a name would cut in pieces."""
    return [
        Passage(part, reading, read.language) for read in reads for part, reading in read.parts if part.kind != "stamp"
    ]


def _hints(capture: Capture) -> Iterator[Hint]:
    for name in HINTS:
        for text in capture.fields(name):
            yield Hint(" ".join(text.split()), languages_of([text])[0] or "en")


def _anatomy(capture: Capture, witness: Span) -> list[Span]:
    language = witness.get("lang")
    words = anatomy_words(language)
    lines = _lines(capture, witness)
    turns = find_sheet_turns(lines, words)
    found: list[Chunk] = chunks(capture.text, lines, turns, _dropped(capture, witness))
    if is_run_on(lines):
        found = [piece for chunk in found for piece in restore(chunk, words)]
    if witness.get("type") == "unplaced":
        spans = [sign for chunk in found for sign in chunk.signs]
        spans += [span(chunk.start, chunk.end, "paragraph", "layout", chunk.certainty) for chunk in found]
    else:
        spans = find_anatomy(Frame(capture.text, words, language), found)
    return [*spans, *(sign for turn in turns for sign in turn.spans)]


def _with_paragraphs(
    capture: Capture, witnesses: Sequence[Span], anatomies: Sequence[list[Span]]
) -> Sequence[list[Span]]:
    """Cut the paragraphs of run-on translations where the original's paragraphs suggest it."""
    models = [
        (witness, anatomy)
        for witness, anatomy in zip(witnesses, anatomies, strict=True)
        if witness.get("type") == "original" and not is_run_on(_lines(capture, witness))
    ]
    if not models:
        return anatomies
    original = _paragraphs(capture, models[0][1], models[0][0].get("lang"))
    return [
        anatomy
        if witness.get("type") == "original" or not is_run_on(_lines(capture, witness))
        else _cut_paragraphs(anatomy, restored_breaks(original, _paragraphs(capture, anatomy, witness.get("lang"))))
        for witness, anatomy in zip(witnesses, anatomies, strict=True)
    ]


def _lines(capture: Capture, witness: Span) -> list[Line]:
    return lines_of(capture.text, witness.start, witness.end)


def _paragraphs(capture: Capture, anatomy: Sequence[Span], language: str) -> list[Paragraph]:
    """Return the paragraphs of a witness's bodies, in order, with the message in which each stands."""
    inner = [found for found in anatomy if found.kind == "embedded"]
    tails = [found for found in anatomy if found.kind == "postscript"]
    paragraphs = []
    for found in sorted(anatomy, key=lambda found: found.start):
        if found.kind != "paragraph" or _inside(found, tails):
            continue
        reading = read_stretch(capture.text, found.start, found.end)
        container = next((outer.get("n") for outer in inner if _inside(found, [outer])), "")
        paragraphs.append(Paragraph(found.start, found.end, reading, language, container))
    return paragraphs


def _cut_paragraphs(anatomy: list[Span], breaks: Sequence[tuple[Paragraph, list[int]]]) -> list[Span]:
    cuts = {(paragraph.start, paragraph.end): (paragraph, places) for paragraph, places in breaks}
    spans: list[Span] = []
    for found in anatomy:
        if found.kind != "paragraph" or (found.start, found.end) not in cuts:
            spans.append(found)
            continue
        paragraph, places = cuts[found.start, found.end]
        edges = [0, *places, len(paragraph.reading.text)]
        for start, end in pairwise(edges):
            stretch = paragraph.reading.text[start:end].rstrip()
            extent = paragraph.reading.extent(start, start + len(stretch))
            doubt = found.certainty if start == 0 else "medium"
            rule = found.rule if start == 0 else "sentences-of-the-original"
            spans.append(Span(*extent, "paragraph", found.attributes, rule, doubt))
    return spans


def _dropped(capture: Capture, witness: Span) -> list[Span]:
    inside = (found for found in capture.spans if witness.start <= found.start and found.end <= witness.end)
    return sorted((found for found in inside if found.kind == "dropped"), key=lambda found: found.start)


def _extents(spans: Iterable[Span]) -> list[tuple[int, int]]:
    return [(found.start, found.end) for found in spans]


def document_date(capture: Capture, witnesses: Sequence[Span], anatomies: Sequence[Sequence[Span]]) -> str:
    """Return the document's date: as signed, else as its head says, else as the capture's record says.

    A message inside the message does not date the document.
    """
    for kinds in (("closer",), ("opener",)):
        for witness, anatomy in zip(witnesses, anatomies, strict=True):
            if date := _dated_in(capture, witness, anatomy, kinds):
                return date
    for field in dict.fromkeys([capture.field("date"), *capture.fields("date")]):
        for language in dict.fromkeys(["en", *languages_of([field])]):
            parsed = parse_date(field, language)
            if parsed and parsed.value:
                return parsed.value
    return ""


def _signatures(witnesses: Sequence[Span], anatomies: Sequence[Sequence[Span]]) -> list[tuple[str, Span]]:
    """Return the datelines of signatures with their languages, without those of messages inside the message."""
    found = []
    for witness, anatomy in zip(witnesses, anatomies, strict=True):
        inner = [one for one in anatomy if one.kind == "embedded"]
        closers = [one for one in anatomy if one.kind == "closer" and not _inside(one, inner)]
        lines = [one for one in anatomy if one.kind == "dateline" and _inside(one, closers)]
        found += [(witness.get("lang"), line) for line in sorted(lines, key=lambda line: line.start)]
    return found


def _dated_in(capture: Capture, witness: Span, anatomy: Sequence[Span], kinds: Sequence[str]) -> str:
    inner = [found for found in anatomy if found.kind == "embedded"]
    frames = [found for found in anatomy if found.kind in kinds and not _inside(found, inner)]
    for unit in sorted(anatomy, key=lambda found: -found.start):
        if unit.kind != "dateline" or not _inside(unit, frames):
            continue
        reading = read_stretch(capture.text, unit.start, unit.end)
        full = [found.value for found in find_dates(reading.text, witness.get("lang")) if len(found.value) >= 7]
        if full and not full[0].startswith("-"):
            return full[0]
    return ""


def _inside(inner: Span, outers: Sequence[Span]) -> bool:
    return any(outer.start <= inner.start and inner.end <= outer.end for outer in outers)


def _counterparts(spans: Sequence[Span], witnesses: Sequence[Span]) -> list[Span]:
    """Point each embedded message of a translation to the original's of the same number."""
    original = next((found for found in witnesses if found.get("type") == "original"), None)
    if original is None:
        return list(spans)
    numbers = {found.get("n") for found in spans if found.kind == "embedded" and _inside(found, [original])}
    return [
        found.with_attributes(corresp=f"#{found.get('n')}.{original.get('lang')}")
        if found.kind == "embedded" and not _inside(found, [original]) and found.get("n") in numbers
        else found
        for found in spans
    ]

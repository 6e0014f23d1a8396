"""Turn a capture into all the spans that recognisers find in it, witness by witness, in a fixed order.

witness → sheet turns → chunks (restored where they run on) → anatomy → dates, numbers, brackets
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.annotation.anatomy import Frame, find_anatomy
from pipeline.annotation.dating import DateContext, find_dates, parse_date
from pipeline.annotation.furniture import find_sheet_turns
from pipeline.annotation.layout import Chunk, chunks, is_run_on
from pipeline.annotation.phrases import Voice, find_phrases
from pipeline.annotation.readings import read_stretch
from pipeline.annotation.restoration import restore
from pipeline.annotation.spans import Layer, Span
from pipeline.captures.capture import Capture, lines_of
from pipeline.languages.anatomy import anatomy_words


@dataclass(frozen=True, slots=True)
class Recognised:
    """All spans of a capture, those of its format first, and the date of the document where one was found."""

    spans: tuple[Span, ...]
    date: str
    """ISO 8601, or ""."""


def recognise(capture: Capture) -> Recognised:
    """Return what a capture holds."""
    witnesses = [found for found in capture.spans if found.kind == "witness"]
    anatomies = [_anatomy(capture, witness) for witness in witnesses]
    date = document_date(capture, witnesses, anatomies)
    context = DateContext(date) if date else None
    spans = list(capture.spans)
    for witness, anatomy in zip(witnesses, anatomies, strict=True):
        signs = _extents(found for found in anatomy if found.layer is Layer.SIGN)
        skipped = sorted({*signs, *_extents(_dropped(capture, witness))})
        voice = Voice(witness.get("lang"), witness.get("resp") or "#source", context)
        spans += anatomy
        spans += find_phrases(capture.text, anatomy, skipped, voice)
    return Recognised(tuple(_counterparts(spans, witnesses)), date)


def _anatomy(capture: Capture, witness: Span) -> list[Span]:
    language = witness.get("lang")
    words = anatomy_words(language)
    lines = lines_of(capture.text, witness.start, witness.end)
    turns = find_sheet_turns(lines, words)
    found: list[Chunk] = chunks(capture.text, lines, turns, _dropped(capture, witness))
    if is_run_on(lines):
        found = [piece for chunk in found for piece in restore(chunk, words)]
    spans = find_anatomy(Frame(capture.text, words, language), found)
    return [*spans, *(sign for turn in turns for sign in turn.spans)]


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
    for field in capture.fields("date"):
        parsed = parse_date(field, "en")
        if parsed and parsed.value:
            return parsed.value
    return ""


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

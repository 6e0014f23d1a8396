"""Turn a seed into captures: open its container, choose the format that its content speaks for, read.

The container is a PDF by its magic, a web page by its tags, else text. Every format then says how much the content
speaks for it; the strongest wins, and what was seen is kept for `convert -v`. Formats can come from outside through
entry points in the group `despatch.captures`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import entry_points

from pipeline.annotation.spans import Span, span
from pipeline.captures import (
    archive_pdf,
    former_site,
    labelled_sheet,
    numbered_volume,
    record_page,
    scanned_telegram,
    transcript,
    works_index,
)
from pipeline.captures.capture import Capture, CaptureFormat, Decoded, Evidence, RefusedSeed, Seed, decode
from pipeline.captures.fields import trimmed
from pipeline.captures.inspection import inspect
from pipeline.captures.legible import Legible, as_captured, legible
from pipeline.captures.pdf import is_pdf, text_of_pdf
from pipeline.captures.web_page import Page, declared_encoding, element_with_the_prose, innermost, is_web_page, page_of
from pipeline.problems import Problem, problem

GROUP = "despatch.captures"
OWN: tuple[CaptureFormat, ...] = (
    scanned_telegram,
    archive_pdf,
    former_site,
    record_page,
    works_index,
    labelled_sheet,
    numbered_volume,
    transcript,
)

WEAK = 20
"""Evidence up to this is that of any text."""
SLACK = 15
"""Evidence weaker by no more than this counts as equal: a record with one field less is still a record."""


@dataclass(frozen=True, slots=True)
class ReadSeed:
    """What a file holds."""

    captures: tuple[Capture, ...]
    problems: tuple[Problem, ...]
    format: str
    seen: tuple[str, ...]
    """The evidence for the format, in the words of the file."""


@functools.cache
def formats() -> tuple[CaptureFormat, ...]:
    """Return every format: those from outside first, so that they win where the evidence is equal."""
    outside = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return (*(entry.load() for entry in outside), *OWN)


def read_captures(seed: Seed) -> ReadSeed:
    """Return the captures in a file; raise `RefusedSeed` where it holds no document or cannot be read."""
    if is_pdf(seed.content):
        return _read(seed, Decoded(text_of_pdf(seed), "pdf"))
    if is_web_page(seed.content):
        decoded = decode(seed, declared_encoding(seed.content))
        return _read_page(seed, decoded, page_of(decoded.text))
    return _read(seed, decode(seed))


def _read(seed: Seed, decoded: Decoded) -> ReadSeed:
    source = legible(decoded.text)
    chosen, evidence = _strongest(seed, source.text)
    captures = _in_order(chosen.read(seed, source.text), source)
    return _result(seed, decoded, captures, chosen.NAME, evidence)


def _in_order(captures: Sequence[Capture], source: Legible) -> list[Capture]:
    """Return captures of a legible text as captures of the text as captured; several follow each other in it."""
    placed = []
    reached = 0
    for capture in captures:
        found, reached = as_captured(capture, source, reached)
        placed.append(found)
    return placed


def _strongest(seed: Seed, text: str) -> tuple[CaptureFormat, Evidence]:
    weighed = [(format_, format_.recognise(seed, text)) for format_ in formats()]
    chosen, evidence = max(weighed, key=lambda pair: pair[1].weight)
    if not evidence.weight:
        raise RefusedSeed(problem("C008", seed.name, seen="no text"))
    return chosen, evidence


def _weight(seed: Seed, text: str) -> int:
    return max(format_.recognise(seed, text).weight for format_ in formats())


def _read_page(seed: Seed, decoded: Decoded, page: Page) -> ReadSeed:
    """Read the element that holds the document; what stands outside it on the page is the site's.

    The evidence may lie in an element that holds the record alone: then the one around it is tried.
    """
    refused: RefusedSeed | None = None
    for start, end in _document_elements(seed, page):
        inner = legible(page.text[start:end])
        chosen, evidence = _strongest(seed, inner.text)
        try:
            captures = _in_order(chosen.read(seed, inner.text), inner)
        except RefusedSeed as refusal:
            refused = refused or refusal
            continue
        on_page = [_on_page(capture, page, start, end) for capture in captures]
        return _result(seed, replace(decoded, text=page.text), on_page, chosen.NAME, evidence)
    raise refused or RefusedSeed(problem("C008", seed.name, seen=_beginning(page.text)))


def _beginning(text: str) -> str:
    return " ".join(text.split())[:80]


def _document_elements(seed: Seed, page: Page) -> list[tuple[int, int]]:
    """Return the elements that may hold the document, the likeliest first.

    Likeliest are those that speak for a format about as strongly as any, the innermost of them, the longest; then
    those around them. Where nothing speaks for any format, the element that holds the running text, in a whole page
    only: of a list of documents a single entry would look like one.
    """
    weighed = {(start, end): _weight(seed, legible(page.text[start:end]).text) for start, end in page.elements}
    strongest = max(weighed.values(), default=0)
    if strongest <= WEAK:
        return [element_with_the_prose(page)]
    strong = [extent for extent, weight in weighed.items() if weight >= strongest - SLACK]
    inner = innermost(strong)
    around = sorted(set(strong) - set(inner), key=lambda extent: extent[1] - extent[0])
    return [*inner, *(extent for extent in around if extent[0] <= inner[0][0] and inner[0][1] <= extent[1])]


def _on_page(capture: Capture, page: Page, start: int, end: int) -> Capture:
    """Return a capture of a part of a page as one of the whole page."""
    if len(capture.text) != end - start:
        return capture
    moved = [replace(found, start=found.start + start, end=found.end + start) for found in capture.spans]
    outside = [found for edges in ((0, start), (end, len(page.text))) for found in _chrome(page.text, *edges)]
    return replace(capture, text=page.text, spans=(*outside, *moved))


def _chrome(text: str, start: int, end: int) -> Iterator[Span]:
    start, end = trimmed(text, start, end)
    if start < end:
        yield span(start, end, "dropped", "page", reason="chrome")


def _result(seed: Seed, decoded: Decoded, captures: Sequence[Capture], format_: str, evidence: Evidence) -> ReadSeed:
    placed = tuple(replace(one, origin=replace(one.origin, encoding=decoded.encoding)) for one in captures)
    found = [*decoded.problems, *(trouble for capture in placed for trouble in inspect(capture))]
    if not any(part.kind == "witness" for capture in placed for part in capture.spans):
        raise RefusedSeed(problem("C008", seed.name, seen=", ".join(evidence.seen) or "no text"))
    return ReadSeed(placed, tuple(found), format_, evidence.seen)

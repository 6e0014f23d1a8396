"""Turn pieces of a chunk into the units of a message's frame: what openers, bodies and closers share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.annotation.layout import Chunk
from pipeline.annotation.parts import Piece
from pipeline.annotation.spans import Span, span
from pipeline.languages.anatomy import AnatomyWords

LONGEST_LINE = 70
"""Characters of a line in an opener or closer that no word marks: an addressee, a name."""

DATELINE_WORDS = "dateline-words"
"""Rule of a dateline that begins with words: `Received in Moscow on`."""

CONTINUED = "goes-on-from-the-line-above"
"""Rule of a unit that only continues the one before it."""

NUMBERED = re.compile(r"[\"“«]?((?:\d{1,2}|[a-zа-я])[.)])(?!\d{1,2}\.|\d{1,2}\s*$|[IVXІХ]{1,4}\.)\s?(?=\S)")
ENDS_SENTENCE = re.compile(r"[.!?:;…,][\"”»’')\]]*$")
_YEAR = re.compile(r"\d[./]\s?(?:\d{1,2}|[IVXІХ]{1,4})\.{0,2}[./]\s?\d{2}|\b(?:1[89]|20)\d\d\b")
NOTHING = re.compile("(?!)")
"""Stands for words that a language does not have."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the recognisers of a witness share."""

    text: str
    words: AnatomyWords
    language: str


def tiles(chunk: Chunk, pieces: Sequence[Piece]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the pieces with extents that cover the chunk: filling belongs to the piece before it."""
    heads = [piece for number, piece in enumerate(pieces) if number == 0 or piece.type != "bracket"]
    for number, piece in enumerate(heads):
        start = 0 if number == 0 else piece.start
        end = heads[number + 1].start if number + 1 < len(heads) else len(chunk.text)
        end -= len(chunk.text[start:end]) - len(chunk.text[start:end].rstrip())
        yield piece.type, chunk.reading.extent(start, end)


def _are_one_date(text: str, one: Span, other: Span) -> bool:
    """Whether two datelines give one date: not where the first is whole and the second begins anew."""
    if not one.kind == other.kind == "dateline":
        return False
    if not _YEAR.search(text, one.start, one.end):
        return True
    return other.rule != DATELINE_WORDS and not _YEAR.search(text, other.start, other.end)


def merged(text: str, units: Sequence[Span]) -> list[Span]:
    """Join neighbouring datelines into one date, and put neighbouring address lines into an address.

    `Received 12:15` / `3.10.1950` is one dateline; two lines with a date each are two.
    """
    spans: list[Span] = []
    address: list[Span] = []
    for unit in units:
        last = spans[-1] if spans else None
        if address and unit.kind != "address-line":
            spans += [span(address[0].start, address[-1].end, "address", "address"), *address]
            address = []
        elif last and (unit.rule == CONTINUED or _are_one_date(text, last, unit)):
            spans[-1] = replace(last, end=unit.end)
            continue
        if unit.kind == "address-line":
            address.append(unit)
        else:
            spans.append(unit)
    return [*spans, *([span(address[0].start, address[-1].end, "address", "address"), *address] if address else [])]


def paragraph(chunk: Chunk) -> list[Span]:
    spans = [
        span(chunk.start, chunk.end, "paragraph", "layout" if not chunk.certainty else "restored", chunk.certainty)
    ]
    if numbered := NUMBERED.match(chunk.text):
        start, end = chunk.reading.extent(numbered.start(1), numbered.end(1))
        spans.append(span(start, end, "label", "numbering"))
    return spans

"""Turn what recognition found in a capture into problems that concern the capture: what an editor has to look at.

What can be seen in the TEI is a rule of the schema and is not repeated here (STYLE.md, "Two kinds of trouble").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.annotation.dating import DateContext, find_dates, parse_date
from pipeline.annotation.doubts import date_doubt, shelfmark_doubts
from pipeline.annotation.ledger import Entry, dropped_share
from pipeline.annotation.shelfmarks import Shelfmark
from pipeline.annotation.spans import Disposition, Node, Span
from pipeline.captures.capture import Capture
from pipeline.problems import Problem, problem

MUCH_DROPPED = 0.02
"""More than this share of a document's own text dropped is worth a look."""

OPEN_DATES = frozenset({"D003", "D004"})
"""Doubts that the TEI itself shows (`@ana`, `@cert`) and that are ordinary: a date that names no year."""


def diagnose(capture: Capture, entries: Sequence[Entry], holdings: Sequence[Shelfmark], date: str) -> list[Problem]:
    """Return what is wrong with a capture, in the order of the text; `date` is the document's."""
    found = [
        *_forbidden(capture, entries),
        *_much_dropped(capture, entries),
        *_holding_doubts(capture, holdings),
        *_unreadable_dates(capture),
        *_date_doubts(capture, date),
    ]
    return sorted(found)


def _at(capture: Capture, code: str, offset: int, **arguments: object) -> Problem:
    line, column = capture.place(offset)
    return problem(code, capture.origin.seed, line, column, excerpt="", **arguments)


def _forbidden(capture: Capture, entries: Iterable[Entry]) -> Iterator[Problem]:
    places = [entry for entry in entries if entry.disposition is Disposition.REPRESENTED]
    if places:
        count = sum(entry.end - entry.start for entry in places)
        character = f"U+{ord(capture.text[places[0].start]):04X}"
        yield _at(capture, "C011", places[0].start, count=count, character=character)


def _much_dropped(capture: Capture, entries: Sequence[Entry]) -> Iterator[Problem]:
    witnesses = [(found.start, found.end) for found in capture.spans if found.kind == "witness"]
    share = dropped_share(entries, witnesses)
    if share > MUCH_DROPPED:
        yield _at(capture, "C012", witnesses[0][0], share=round(100 * share))


def _holding_doubts(capture: Capture, holdings: Sequence[Shelfmark]) -> Iterator[Problem]:
    fields = [found for found in capture.spans if found.kind == "field" and found.get("name") in {"source", "citation"}]
    line, column = capture.place(fields[0].start if fields else 0)
    yield from shelfmark_doubts(holdings, capture.origin.seed, line, column)


def _unreadable_dates(capture: Capture) -> Iterator[Problem]:
    for found in capture.spans:
        if found.kind == "field" and found.get("name") == "date":
            text = capture.text[found.start : found.end]
            if parse_date(text, "en") is None and not find_dates(text, "en"):
                yield _at(capture, "D006", found.start, field="date", text=" ".join(text.split()))


def _date_doubts(capture: Capture, date: str) -> Iterator[Problem]:
    context = DateContext(date) if date else None
    for witness in (found for found in capture.spans if found.kind == "witness"):
        text = capture.text[witness.start : witness.end]
        for found in find_dates(text, witness.get("lang"), context):
            line, column = capture.place(witness.start + found.start)
            doubt = date_doubt(found, text, capture.origin.seed, line, column)
            if doubt and doubt.code not in OPEN_DATES:
                yield doubt


def unplaced(entries: Iterable[Entry], roots: Iterable[Node]) -> list[Span]:
    """Return witnesses for text that no witness holds, so that nothing is lost (the drop law)."""
    extents = [(node.span.start, node.span.end) for node in roots if node.span.kind == "witness"]
    return [
        Span(entry.start, entry.end, "witness", (("type", "unplaced"), ("lang", "und")), "unclaimed-text")
        for entry in entries
        if entry.disposition in {Disposition.TEXT, Disposition.REPRESENTED}
        and not any(start <= entry.start and entry.end <= end for start, end in extents)
    ]

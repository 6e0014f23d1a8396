"""Turn what recognition found in a capture into problems that concern the capture: what an editor has to look at.

What can be seen in the TEI is a rule of the schema and is not repeated here (STYLE.md, "Two kinds of trouble").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.annotation.dating import find_dates, parse_date
from pipeline.annotation.ledger import Entry, dropped_share
from pipeline.annotation.shelfmarks import Shelfmark, same_file
from pipeline.annotation.spans import Disposition, Node, Span
from pipeline.captures.capture import Capture
from pipeline.problems import Problem, problem

MUCH_DROPPED = 0.02
"""More than this share of a document's own text dropped is worth a look."""

_QUOTED = 60


def diagnose(
    capture: Capture, roots: Sequence[Node], entries: Sequence[Entry], holdings: Sequence[Shelfmark]
) -> list[Problem]:
    """Return what is wrong with a capture, in the order of the text."""
    found = [
        *_forbidden(capture, entries),
        *_much_dropped(capture, entries),
        *_outside_witnesses(capture, roots, entries),
        *_contradictory_holdings(capture, holdings),
        *_unreadable_dates(capture),
        *_impossible_dates(capture),
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


def _outside_witnesses(capture: Capture, roots: Iterable[Node], entries: Iterable[Entry]) -> Iterator[Problem]:
    extents = [(node.span.start, node.span.end) for node in roots if node.span.kind == "witness"]
    for entry in entries:
        is_text = entry.disposition in {Disposition.TEXT, Disposition.REPRESENTED}
        if is_text and not any(start <= entry.start and entry.end <= end for start, end in extents):
            yield _at(capture, "C013", entry.start, quote=capture.text[entry.start : entry.end][:_QUOTED])


def _contradictory_holdings(capture: Capture, holdings: Sequence[Shelfmark]) -> Iterator[Problem]:
    fields = [found for found in capture.spans if found.kind == "field" and found.get("name") in {"source", "citation"}]
    offset = fields[0].start if fields else 0
    for number, first in enumerate(holdings):
        for second in holdings[number + 1 :]:
            if same_file(first, second):
                yield _at(capture, "S003", offset, first=first.citation("en"), second=second.citation("en"))


def _unreadable_dates(capture: Capture) -> Iterator[Problem]:
    for found in capture.spans:
        if found.kind == "field" and found.get("name") == "date":
            text = capture.text[found.start : found.end]
            if parse_date(text, "en") is None and not find_dates(text, "en"):
                yield _at(capture, "D006", found.start, field="date", text=" ".join(text.split()))


def _impossible_dates(capture: Capture) -> Iterator[Problem]:
    for witness in (found for found in capture.spans if found.kind == "witness"):
        text = capture.text[witness.start : witness.end]
        for date in find_dates(text, witness.get("lang")):
            quoted = " ".join(text[date.start : date.end].split())
            if date.reason == "impossible":
                yield _at(capture, "D001", witness.start + date.start, text=quoted)
            elif date.reason == "contradictory":
                first, last = date.not_before, date.not_after
                yield _at(capture, "D002", witness.start + date.start, text=quoted, first=first, last=last)


def unplaced(entries: Iterable[Entry], roots: Iterable[Node]) -> list[Span]:
    """Return witnesses for text that no witness holds, so that nothing is lost (the drop law)."""
    extents = [(node.span.start, node.span.end) for node in roots if node.span.kind == "witness"]
    return [
        Span(entry.start, entry.end, "witness", (("type", "unplaced"), ("lang", "und")), "unclaimed-text")
        for entry in entries
        if entry.disposition in {Disposition.TEXT, Disposition.REPRESENTED}
        and not any(start <= entry.start and entry.end <= end for start, end in extents)
    ]

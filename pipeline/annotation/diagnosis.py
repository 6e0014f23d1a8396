"""Turn what recognition found in a capture into problems that concern the capture: what an editor has to look at.

What can be seen in the TEI is a rule of the schema and is not repeated here (STYLE.md, "Two kinds of trouble").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.annotation.dating import find_dates, parse_date
from pipeline.annotation.doubts import date_doubt, shelfmark_doubts
from pipeline.annotation.ledger import dropped_share, strays
from pipeline.annotation.phrases import DoubtfulDate
from pipeline.annotation.recognition import Recognised
from pipeline.annotation.shelfmarks import Shelfmark
from pipeline.annotation.spans import Node, Span
from pipeline.captures.capture import Capture
from pipeline.captures.language import languages_of
from pipeline.problems import Problem, problem
from pipeline.tei import FORBIDDEN

MUCH_DROPPED = 0.02
"""More than this share of a document's own text dropped is worth a look."""

OPEN_DATES = frozenset({"D003", "D004"})
"""Doubts that the TEI itself shows (`@ana`, `@cert`) and that are ordinary: a date that names no year."""


def diagnose(capture: Capture, holdings: Sequence[Shelfmark], recognised: Recognised) -> list[Problem]:
    """Return what is wrong with a capture, in the order of the text."""
    found = [
        *_forbidden(capture),
        *_much_dropped(capture),
        *_holding_doubts(capture, holdings),
        *_unreadable_dates(capture),
        *_date_doubts(capture, recognised.doubts),
        *_contradictions(capture, recognised),
    ]
    return sorted(found)


def _at(capture: Capture, code: str, offset: int, **arguments: object) -> Problem:
    line, column = capture.place(offset)
    return problem(code, capture.origin.seed, line, column, excerpt="", **arguments)


def _forbidden(capture: Capture) -> Iterator[Problem]:
    places = [found.start() for found in FORBIDDEN.finditer(capture.text) if not found.group().isspace()]
    if places:
        character = f"U+{ord(capture.text[places[0]]):04X}"
        yield _at(capture, "C011", places[0], count=len(places), character=character)


def _much_dropped(capture: Capture) -> Iterator[Problem]:
    witnesses = [found for found in capture.spans if found.kind == "witness"]
    drops = [
        found
        for found in capture.spans
        if found.kind == "dropped"
        and found.get("reason") != "label"
        and any(one.start <= found.start and found.end <= one.end for one in witnesses)
    ]
    share = dropped_share(capture.text, witnesses, drops)
    if share > MUCH_DROPPED:
        yield _at(capture, "C012", witnesses[0].start, share=round(100 * share))


def _holding_doubts(capture: Capture, holdings: Sequence[Shelfmark]) -> Iterator[Problem]:
    fields = [found for found in capture.spans if found.kind == "field" and found.get("name") in {"source", "citation"}]
    line, column = capture.place(fields[0].start if fields else 0)
    yield from shelfmark_doubts(holdings, capture.origin.seed, line, column)


def _unreadable_dates(capture: Capture) -> Iterator[Problem]:
    for found in capture.spans:
        if found.kind == "field" and found.get("name") == "date":
            text = capture.text[found.start : found.end]
            spoken = dict.fromkeys(["en", *languages_of([text])])
            if not any(parse_date(text, language) or find_dates(text, language) for language in spoken):
                yield _at(capture, "D006", found.start, field="date", text=" ".join(text.split()))


def _date_doubts(capture: Capture, dates: Iterable[DoubtfulDate]) -> Iterator[Problem]:
    for doubtful in dates:
        line, column = capture.place(doubtful.offset)
        doubt = date_doubt(doubtful.found, doubtful.text, capture.origin.seed, line, column)
        if doubt and doubt.code not in OPEN_DATES:
            yield doubt


def _contradictions(capture: Capture, recognised: Recognised) -> Iterator[Problem]:
    for one, other in recognised.contradictions:
        yield _at(capture, "D007", other.offset, first=one.text, second=other.text)


def unplaced(text: str, roots: Iterable[Node]) -> list[Span]:
    """Return witnesses for text that no witness holds, so that nothing is lost (the drop law)."""
    attributes = (("type", "unplaced"), ("lang", "und"))
    return [Span(start, end, "witness", attributes, "unclaimed-text") for start, end in strays(text, roots)]

"""Turn what the recognisers of dates and references were unsure of into problems for the editor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.annotation.dating import DateFound
from pipeline.annotation.shelfmarks import Shelfmark, same_file
from pipeline.problems import Problem, problem

_DATES = {
    "impossible": "D001",
    "contradictory": "D002",
    "year-unknown": "D003",
    "year-nearest-document": "D004",
    "day-or-month-first": "D005",
}


def date_doubt(found: DateFound, text: str, file: str, line: int = 0, column: int = 0) -> Problem | None:
    """Return what the editor must know of a date; `text` is the text in which it was found."""
    code = _DATES.get(found.reason)
    if code is None:
        return None
    return problem(
        code,
        file,
        line,
        column,
        text=" ".join(text[found.start : found.end].split()),
        first=found.not_before,
        last=found.not_after,
        year=found.value[:4],
    )


def shelfmark_doubts(marks: Sequence[Shelfmark], file: str, line: int = 0, column: int = 0) -> Iterator[Problem]:
    """Yield what the editor must know of the references of one document: unknown, unread, contradictory."""
    for mark in marks:
        if mark.repository and not mark.archive:
            yield problem("S001", file, line, column, archive=mark.repository)
        if mark.rest:
            yield problem("S002", file, line, column, text=mark.text, rest=mark.rest)
    for one, other in combinations(marks, 2):
        if same_file(one, other):
            yield problem("S003", file, line, column, first=one.citation("en"), second=other.citation("en"))

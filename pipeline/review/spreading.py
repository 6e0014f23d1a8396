"""Turn decisions on groups of places into decisions on each place.

A place that a row of its own decides is left to that row. What waits no more but was decided is kept as a row, so that
a table that comes in a second time finds its decisions carried out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from pipeline.edition import Edition
from pipeline.problems import Problem, problem
from pipeline.reconciliation import files_of
from pipeline.reconciliation.decisions import read_decisions
from pipeline.review.matters import Matter, key_of_place
from pipeline.review.settled import ACCEPTED, SET, Settled, read_settled
from pipeline.review.table import Row

_CYRILLIC = re.compile("[А-яЁё]")


class Waiting:
    """What waits in the documents of an edition, and what was decided there, by key; each document is read once."""

    def __init__(self, edition: Edition, read: Callable[[str], Iterable[Matter]]) -> None:
        """Take what reads the matters of a document, by its identifier."""
        self.edition = edition
        self._read = read
        self._matters: dict[str, Mapping[str, Matter]] = {}

    def matter(self, document: str, key: str) -> Matter | None:
        """Return what waits at a place; none where nothing does."""
        if document not in self._matters:
            is_there = "/" not in document and (self.edition.tei / f"{document}.xml").is_file()
            self._matters[document] = {one.key: one for one in self._read(document)} if is_there else {}
        return self._matters[document].get(key)

    def settled(self, document: str, key: str) -> Settled | None:
        """Return what was decided at a place."""
        file = files_of(self.edition, document)[2]
        lines = read_settled(read_decisions(file.read_bytes())) if file.is_file() else ()
        return next((one for one in lines if key_of_place(document, one.place) == key), None)

    def is_open(self, row: Row) -> bool:
        """Whether the place of a row still waits."""
        return self.matter(row.document, key_of_place(row.document, row.place)) is not None


def spread(rows: Iterable[Row], waiting: Waiting) -> tuple[list[Row], list[Problem]]:
    """Return a row for each place, and a problem for each place of a group that is not found."""
    everything = list(rows)
    single = {(row.document, row.place) for row in everything if not row.places}
    found: list[Row] = []
    problems: list[Problem] = []
    for row in everything:
        for one in _spread(_named(row), waiting) if row.places or row.new else (row,):
            if isinstance(one, Problem):
                problems.append(one)
            elif not row.places or (one.document, one.place) not in single:
                found.append(one)
    return found, problems


def _named(row: Row) -> Row:
    """Return a decision on a new entry with its name: one in Latin letters may be taken from the text as it stands."""
    takes_text = row.new and not row.value.strip() and not _CYRILLIC.search(row.text)
    return replace(row, value=row.text) if takes_text else row


def _spread(row: Row, waiting: Waiting) -> Iterator[Row | Problem]:
    places = row.places or ((row.document, key_of_place(row.document, row.place)),)
    language = row.language
    for document, key in places:
        matter = waiting.matter(document, key)
        if matter is not None:
            language = language or matter.language
            yield _on(replace(row, language=language), matter)
        elif before := waiting.settled(document, key):
            yield _again(replace(row, language=language), document, before)
        elif row.places:
            yield problem("J019", row.file, row.line, key=key)
        else:
            yield row


def _on(row: Row, matter: Matter) -> Row:
    """Return a decision on a place; what was accepted of a group is set where something else is proposed."""
    one = _at(row, matter.document, matter.place)
    if row.decision == ACCEPTED and row.places and matter.proposal != row.proposal:
        return replace(one, decision=SET, value=row.proposal)
    return one


def _again(row: Row, document: str, before: Settled) -> Row:
    """Return a decision on a place that was decided; what was accepted may have been set there."""
    one = _at(row, document, before.place)
    if row.decision == ACCEPTED and before.decision == SET:
        return replace(one, decision=SET, value=row.proposal)
    return one


def _at(row: Row, document: str, place: tuple[str, str, int, str]) -> Row:
    passage, text, occurrence, kind = place
    return replace(row, document=document, passage=passage, text=text, occurrence=occurrence, kind=kind, places=())

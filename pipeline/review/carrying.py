"""Turn editors' decisions into their documents: each kept as a line, and carried out in the file as by hand.

    rows → by document → matters as they stand now → exchanges in the file → valid as it was → decisions, document

A row that cannot be carried out is named, and the rest goes on. A decision that is carried out already changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from pipeline.authorities.entries import Entry
from pipeline.authorities.index import Index
from pipeline.edition import Edition
from pipeline.files import write_file
from pipeline.problems import Outcome, Problem, problem
from pipeline.reconciliation import files_of
from pipeline.reconciliation.decisions import Decisions
from pipeline.reconciliation.placing import status_of
from pipeline.relaxng.validity import is_valid
from pipeline.review.deciding import Decider, Ruling, Undecidable
from pipeline.review.editors import declaration
from pipeline.review.finding import Comparing, Leading, Reader
from pipeline.review.matters import NAMES, Matter
from pipeline.review.settled import (
    ACCEPTED,
    REJECTED,
    SET,
    Closed,
    Settled,
    decisions_on,
    read_settled,
    taken_out,
    with_settled,
)
from pipeline.review.source import Exchange, Source
from pipeline.review.table import Row
from pipeline.tei import UnreadableXML, parse_tei

CLOSED_DOCUMENTS = frozenset({"approved", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What decisions on any document depend on."""

    index: Index
    entries: Mapping[str, Entry]
    names: Mapping[str, str]
    """Editors by identifier."""
    compare: Comparing
    leading: Leading


@dataclass(frozen=True, slots=True)
class Step:
    """A decision that can be carried out."""

    row: Row
    matter: Matter
    settled: Settled
    exchanges: tuple[Exchange, ...]
    without: tuple[Exchange, ...] = ()
    """What would have been written had the proposal been accepted: so it is known what never to write."""


def carry_out(edition: Edition, rows: Iterable[Row], around: Surroundings) -> Outcome:
    """Carry out decisions, document by document."""
    problems: list[Problem] = []
    made = kept = 0
    for document, of_document in groupby(sorted(rows, key=lambda row: row.document), key=lambda row: row.document):
        wanted = list(of_document)
        if not (edition.tei / f"{document}.xml").is_file() or "/" in document:
            problems += [problem("J013", row.file, row.line, document=row.document) for row in wanted]
            continue
        outcome = _Document(edition, document, around).decide(wanted)
        made, kept, problems = made + outcome.made, kept + outcome.kept, [*problems, *outcome.problems]
    return Outcome(made, kept, tuple(sorted(problems)))


class _Document:
    """Carries out the decisions on one document."""

    def __init__(self, edition: Edition, document: str, around: Surroundings) -> None:
        self.edition = edition
        self.document = document
        self.around = around
        self.path = edition.tei / f"{document}.xml"
        self.problems: list[Problem] = []
        self.kept = 0

    def decide(self, rows: Sequence[Row]) -> Outcome:
        content = self.path.read_bytes()
        try:
            source = Source(content, self.edition.name(self.path))
        except UnreadableXML as error:
            return Outcome(0, 0, (error.problem,))
        decisions = decisions_on(self.edition, self.document, content)
        steps = self._steps(rows, source, decisions)
        if steps and status_of(source.tree) in CLOSED_DOCUMENTS:
            for step in steps:
                self._refuse(step.row, "J008", status=status_of(source.tree))
            steps = []
        done = self._joined(source, steps)
        if done and not self._write(source, done, decisions):
            done = []
        return Outcome(len(done), self.kept, tuple(self.problems))

    def _refuse(self, row: Row, code: str, **arguments: str) -> None:
        words = {"document": row.document, "passage": row.passage, "text": row.text}
        told: dict[str, object] = {**words, **arguments}
        self.problems.append(problem(code, row.file, row.line, 0, "", **told))

    def _steps(self, rows: Sequence[Row], source: Source, decisions: Decisions) -> list[Step]:
        matters = Reader(source, self.document, self.around.index, Closed(decisions)).read(
            self.around.compare, self.around.leading
        )
        by_place = {matter.place: matter for matter in matters}
        before = {one.place: one for one in read_settled(decisions)}
        decider = Decider(source, self.around.entries)
        steps = []
        for row in rows:
            matter = by_place.pop(row.place, None)
            if matter is None:
                self._not_open(row, before.get(row.place), decider)
                continue
            try:
                steps.append(self._step(row, matter, decider))
            except Undecidable as why:
                self._refuse(row, why.code, **why.arguments)
        return steps

    def _not_open(self, row: Row, before: Settled | None, decider: Decider) -> None:
        """Count a decision that is carried out already, or say why there is nothing to decide."""
        if before is None:
            self._refuse(row, "J014")
        elif (before.decision, before.value) == (row.decision, self._value(row, decider)):
            self.kept += 1
        else:
            self._refuse(row, "J015", decision=before.decision, value=before.value, editor=before.editor)

    def _value(self, row: Row, decider: Decider) -> str:
        if row.decision not in {ACCEPTED, SET}:
            return ""
        value = row.proposal if row.decision == ACCEPTED else row.value
        try:
            return decider.reference(value, row.kind) if row.kind in NAMES and value else value
        except Undecidable:
            return value

    def _step(self, row: Row, matter: Matter, decider: Decider) -> Step:
        if row.decision == ACCEPTED and row.proposal != matter.proposal:
            raise Undecidable("J016", proposal=matter.proposal, before=row.proposal)
        value = self._value(row, decider)
        declaration(decider.source, row.editor, self.around.names)
        settled = Settled(row.decision, *row.place[:3], row.kind, value, row.editor)
        exchanges = decider.exchanges(matter, Ruling(row.decision, value, row.editor))
        return Step(row, matter, settled, tuple(exchanges), tuple(self._without(row, matter, decider)))

    @staticmethod
    def _without(row: Row, matter: Matter, decider: Decider) -> list[Exchange]:
        if row.decision != REJECTED or matter.element >= 0 or matter.kind == "discrepancy":
            return []
        try:
            return decider.exchanges(matter, Ruling(ACCEPTED, matter.proposal, row.editor))
        except Undecidable:
            return []

    # Writing

    def _joined(self, source: Source, steps: Sequence[Step]) -> list[Step]:
        """Return the steps that can be taken together: none is in another's way, and the document stays valid."""
        free: list[Step] = []
        for step in steps:
            if _overlap([*(one for other in free for one in other.exchanges), *step.exchanges]):
                self._refuse(step.row, "J017")
            else:
                free.append(step)
        must_be_valid = is_valid(source.content)
        if self._is_good(self._written(source, free), must_be_valid=must_be_valid):
            return free
        good: list[Step] = []
        for step in free:
            if self._is_good(self._written(source, [*good, step]), must_be_valid=must_be_valid):
                good.append(step)
            else:
                self._refuse(step.row, "J007")
        return good

    def _is_good(self, content: bytes, *, must_be_valid: bool) -> bool:
        try:
            parse_tei(content, self.document)
        except UnreadableXML:
            return False
        return not must_be_valid or is_valid(content)

    def _written(self, source: Source, steps: Sequence[Step]) -> bytes:
        exchanges = [one for step in steps for one in step.exchanges]
        editors = sorted({step.row.editor for step in steps if step.exchanges})
        declared = [one for editor in editors for one in declaration(source, editor, self.around.names)]
        return source.exchanged([*declared, *exchanges])

    def _write(self, source: Source, steps: Sequence[Step], decisions: Decisions) -> bool:
        """Write decisions first: a run killed in between finds them again, and carries them out."""
        _, _, kept, _ = files_of(self.edition, self.document)
        content = self._written(source, steps)
        encodings = (source.encoding, source.encoding)
        for imagined in self._imagined(source, steps):
            decisions = taken_out(decisions, imagined, source.content, encodings)
        decisions = taken_out(decisions, source.content, content, encodings)
        if self.path.read_bytes() != source.content:
            self.problems.append(problem("J018", self.edition.name(self.path)))
            return False
        write_file(kept, with_settled(decisions, (step.settled for step in steps)).content())
        write_file(self.path, content)
        return True

    def _imagined(self, source: Source, steps: Sequence[Step]) -> Iterator[bytes]:
        """Yield the document as it would be with proposals that were rejected: all at once, or each for itself."""
        wanted = [step.without for step in steps if step.without]
        together = [one for exchanges in wanted for one in exchanges]
        ways = [together] if not _overlap(together) else wanted
        if wanted and not self._is_good(source.exchanged(ways[0]), must_be_valid=False):
            ways = wanted
        for exchanges in ways if wanted else ():
            content = source.exchanged(exchanges)
            if self._is_good(content, must_be_valid=False):
                yield content


def _overlap(exchanges: Iterable[Exchange]) -> bool:
    ordered = sorted(exchanges)
    return any(two.start < one.end for one, two in pairwise(ordered))


def with_editor(rows: Iterable[Row], editor: str) -> list[Row]:
    """Return rows in which whoever is at work stands where no editor is named."""
    return [row if row.editor else replace(row, editor=editor) for row in rows]

"""Turn matters into a table that an editor fills in, and the filled table into decisions.

The table is CSV (RFC 4180) in UTF-8 with a byte order mark, by which spreadsheet programs know it. It may come back
with semicolons or tabs between its columns, and as UTF-16; columns may be moved and added, rows left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.annotation.suggestions import KINDS
from pipeline.problems import Problem, problem
from pipeline.review.matters import Matter
from pipeline.review.settled import ACCEPTED, NOT_A_NAME, REJECTED, SET

COLUMNS = (
    "document", "passage", "line", "text", "which", "context", "kind", "why", "proposal", "alternatives",
    "decision", "value", "editor",
)  # fmt: skip

NEEDED = frozenset(COLUMNS) - {"line", "context", "why", "alternatives", "editor"}

WORDS = {
    "accept": ACCEPTED, "accepted": ACCEPTED, "принять": ACCEPTED, "принято": ACCEPTED,
    "set": SET, "задать": SET,
    "reject": REJECTED, "rejected": REJECTED, "отклонить": REJECTED, "отклонено": REJECTED,
    "not a name": NOT_A_NAME, "not-a-name": NOT_A_NAME, "не имя": NOT_A_NAME,
}  # fmt: skip
"""What an editor may write as a decision."""

_FORMULA = ("=", "+", "-", "@", "'", "\t")
"""What spreadsheet programs would take for the beginning of a formula; an apostrophe makes it text."""


@dataclass(frozen=True, slots=True)
class Row:
    """A decision as an editor has written it down."""

    document: str
    passage: str
    text: str
    occurrence: int
    kind: str
    proposal: str
    """What was proposed when the editor decided."""
    decision: str
    value: str
    editor: str
    """"" for whoever is at work."""
    file: str
    """Of the table; where it stands in it."""
    line: int

    @property
    def place(self) -> tuple[str, str, int, str]:
        return self.passage, self.text, self.occurrence, self.kind


def write_table(matters: Iterable[Matter]) -> bytes:
    """Return matters as a table; the columns of decisions are empty."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for matter in matters:
        others = "; ".join(f"{one.value} ({round(100 * one.score)})" for one in matter.alternatives)
        why = f"{matter.why}, {matter.certainty}" if matter.certainty else matter.why
        cells = (
            matter.document, matter.passage, str(matter.line), matter.text, str(matter.occurrence), matter.context,
            matter.kind, why, matter.proposal, others, "", "", "",
        )  # fmt: skip
        writer.writerow([_guarded(cell) for cell in cells])
    return b"\xef\xbb\xbf" + table.getvalue().encode()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def read_table(path: Path) -> tuple[list[Row], list[Problem]]:
    """Return the decisions in a table, and what in it cannot be understood, with the line; undecided rows are none."""
    name = path.as_posix()
    try:
        text = _decoded(path.read_bytes())
    except UnicodeDecodeError:
        return [], [problem("J009", name)]
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        for line, record in _records(text):
            missing = NEEDED - record.keys()
            if missing:
                return [], [problem("J010", name, 1, columns=", ".join(sorted(missing)))]
            found = _row(record, name, line)
            if isinstance(found, Row):
                rows.append(found)
            elif found:
                problems.append(found)
    except csv.Error as error:
        problems.append(problem("J011", name, reason=error))
    return rows, problems


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    return content.decode("utf-8-sig")


def _records(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row by its columns, with the line on which it begins."""
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns: list[str] = []
    line = 1
    for cells in reader:
        begins, line = line, reader.line_num + 1
        if not columns:
            columns = [cell.strip().lower() for cell in cells]
            if not set(columns) >= NEEDED:
                yield begins, dict.fromkeys(columns, "")
                return
        elif any(cell.strip() for cell in cells):
            filled = [*cells, *[""] * (len(columns) - len(cells))]
            yield begins, dict(zip(columns, filled, strict=False))


def _row(record: dict[str, str], file: str, line: int) -> Row | Problem | None:
    cells = {name: _unguarded(value.strip()) for name, value in record.items() if value is not None}
    word = cells["decision"].lower()
    if not word:
        return problem("J002", file, line, value=cells["value"]) if cells["value"] else None
    decision = WORDS.get(" ".join(word.split()))
    if decision is None:
        return problem("J001", file, line, decision=cells["decision"])
    if cells["kind"] not in KINDS or not cells["which"].isdecimal():
        return problem("J003", file, line, kind=cells["kind"], which=cells["which"])
    return Row(
        document=cells["document"],
        passage=cells["passage"],
        text=cells["text"],
        occurrence=int(cells["which"]),
        kind=cells["kind"],
        proposal=cells["proposal"],
        decision=SET if decision == ACCEPTED and cells["value"] not in {"", cells["proposal"]} else decision,
        value=cells["value"],
        editor=cells.get("editor", "").removeprefix("#"),
        file=file,
        line=line,
    )

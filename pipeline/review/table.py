"""Turn matters into a table that an editor fills in, and the filled table into decisions.

The table is CSV (RFC 4180) in UTF-8 with a byte order mark, by which spreadsheet programs know it. It may come back
with semicolons or tabs between its columns, and as UTF-16; columns may be moved and added, rows left out.

An unlisted name has one row for all its places, whose keys stand in the column `places`: a key taken out there is a
place left open. Document, passage, line and context are those of the first. A table without that column, as it was
written once, has a row for each place.

    d1950-10-01-stalin-mao-zedong: 1f0c88e2 9a31b7d4; d1950-10-03-roshchin-stalin: 77ab0e19
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.annotation.suggestions import KINDS, Candidate
from pipeline.problems import Problem, problem
from pipeline.review.groups import Group
from pipeline.review.matters import NAMES, Matter
from pipeline.review.settled import ACCEPTED, NOT_A_NAME, REJECTED, SET

COLUMNS = (
    "document", "passage", "line", "text", "which", "context", "kind", "why", "proposal", "alternatives",
    "language", "count", "places", "decision", "value", "editor",
)  # fmt: skip

NEEDED = frozenset(COLUMNS) - {
    "line", "context", "why", "alternatives", "language", "count", "places", "editor"
}  # fmt: skip

NEW = "new"
"""A decision that a name is to have an entry of its own, in the list that its kind has or that is named with it."""

LONGEST_CELL = 30_000
"""Characters; spreadsheet programs cut off what is longer than 32,767."""

WORDS = {
    "accept": ACCEPTED, "accepted": ACCEPTED, "принять": ACCEPTED, "принято": ACCEPTED,
    "set": SET, "задать": SET,
    "reject": REJECTED, "rejected": REJECTED, "отклонить": REJECTED, "отклонено": REJECTED,
    "not a name": NOT_A_NAME, "not-a-name": NOT_A_NAME, "не имя": NOT_A_NAME,
    "new": NEW, "новая запись": NEW,
    "new person": "new person", "новое лицо": "new person",
    "new place": "new place", "новое место": "new place",
    "new organisation": "new organisation", "новая организация": "new organisation",
}  # fmt: skip
"""What an editor may write as a decision."""

_PLACES = re.compile(r"\s*([\w.-]+):((?:\s+[0-9a-f]{8})+)\s*")

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
    places: tuple[tuple[str, str], ...] = ()
    """Of a decision on a group: the document and the key of each place; passage and occurrence say nothing then."""
    language: str = ""
    """Of the value, where that is a new name; "" for that of the text about it."""
    new: str = ""
    """Kind of the entry that is to be made, with the value as its name; "" where none is."""

    @property
    def place(self) -> tuple[str, str, int, str]:
        return self.passage, self.text, self.occurrence, self.kind


def write_table(matters: Iterable[Matter | Group]) -> bytes:
    """Return matters and groups as a table; the columns of decisions are empty."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in matters:
        for cells in _rows(one):
            writer.writerow([_guarded(cell) for cell in (*cells, "", "", "")])
    return b"\xef\xbb\xbf" + table.getvalue().encode()


def _rows(one: Matter | Group) -> Iterator[tuple[str, ...]]:
    """Yield the cells of a matter or group, but those of the decision; of a very large group in several rows."""
    if isinstance(one, Matter):
        yield _cells(one, str(one.occurrence), one.context, "", "")
        return
    context = " / ".join(example.context for example in one.examples)
    for portion in _portions(one.places):
        yield _cells(one, "", context, str(len(portion)), _places(portion))


def _cells(one: Matter | Group, which: str, context: str, count: str, places: str) -> tuple[str, ...]:
    first = one.matters[0]
    others = "; ".join(f"{other.value} ({round(100 * other.score)})" for other in _alternatives(one))
    why = f"{first.why}, {first.certainty}" if first.certainty else first.why
    return (
        first.document, first.passage, str(first.line), one.text, which, context, one.kind, why, one.proposal, others,
        one.language, count, places,
    )  # fmt: skip


def _alternatives(one: Matter | Group) -> Sequence[Candidate]:
    return [other for other in one.candidates if other.value != one.proposal]


def _portions(places: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Yield places so that no more stand in a cell than it can hold, were each written with its document."""
    most = LONGEST_CELL // max(len(document) + len(key) + 4 for document, key in places)
    for start in range(0, len(places), most):
        yield list(places[start : start + most])


def _places(places: Iterable[tuple[str, str]]) -> str:
    keys: dict[str, list[str]] = {}
    for document, key in places:
        keys.setdefault(document, []).append(key)
    return "; ".join(f"{document}: {' '.join(own)}" for document, own in keys.items())


def _read_places(cell: str) -> tuple[tuple[str, str], ...] | None:
    """Return the places in a cell; None where it is not understood."""
    found = [_PLACES.fullmatch(part) for part in cell.split(";") if part.strip()]
    if not all(found):
        return None
    return tuple((one[1], key) for one in found if one for key in one[2].split())


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
    places = _read_places(cells.get("places", ""))
    if cells["kind"] not in KINDS or places is None or not (places or cells["which"].isdecimal()):
        return problem("J003", file, line, kind=cells["kind"], which=cells["which"])
    if decision.startswith(NEW) and cells["kind"] not in NAMES:
        return problem("J003", file, line, kind=cells["kind"], which=cells["which"])
    return Row(
        document=cells["document"],
        passage=cells["passage"],
        text=cells["text"],
        occurrence=0 if places else int(cells["which"]),
        kind=cells["kind"],
        proposal=cells["proposal"],
        decision=_decision(decision, cells),
        value=cells["value"],
        editor=cells.get("editor", "").removeprefix("#"),
        file=file,
        line=line,
        places=places,
        language=cells.get("language", ""),
        new=(decision.removeprefix(NEW).strip() or cells["kind"]) if decision.startswith(NEW) else "",
    )


def _decision(word: str, cells: dict[str, str]) -> str:
    """Return the decision; accepting with another value than the proposed sets that."""
    if word == ACCEPTED and cells["value"] not in {"", cells["proposal"]}:
        return SET
    return NEW if word.startswith(NEW) else word

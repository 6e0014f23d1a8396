"""Turn a sheet with labels at its head into a capture: title, author, date and source, then the document.

    capture = [year collection] {label value} document
    label   = "Title:" | "Author:" | "Date:" | "Source:." | "Description:." | …
    value   = the rest of the line and the lines below, to the next label, a blank line, or for an empty last value none

Date and source may stand in two columns side by side; then each line is cut where the second column begins, and either
field has a part in each line. From such a sheet, of a conversation of Roshchin's in 1949:

    Date: 10 November       Source:. Source: AVPRF, f. 0100, op. 42, por. 19, pap. 288, ll. 81-85; translation
    1949                    from Russian by David Wolff. …
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.annotation.spans import Span
from pipeline.captures.capture import Capture, Evidence, Line, Seed, lines_of
from pipeline.captures.completing import complete
from pipeline.captures.fields import LABELS, dropped, field_with_address

NAME = "labelled-sheet"

_WORDS = "Title|Author|Date|Source|Description|Subject|Keywords|Place|Language|Translator|Translated by|Type|Collection"
_LABEL = re.compile(rf"(?:(?<=\s\s)|^[ \t]*)(?P<label>{_WORDS}):\.?(?:[ \t]+(?P=label):)?", re.MULTILINE)
_COLLECTION = re.compile(r"(?:\d{4}\s+)?[A-Z][\w/& ]+")
HEAD = 40
"""Lines among which the labels stand."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A label, its line and the column in which its value runs on."""

    line: int
    start: int
    end: int
    name: str
    column: int


def recognise(seed: Seed, text: str) -> Evidence:
    """Say how much the labels at the head speak for this format."""
    labels = _labels(text, lines_of(text)[:HEAD])
    names = [label.name for label in labels]
    weight = 20 * len(set(names)) if "title" in names and len(set(names)) > 2 else 0
    seen = tuple(text[label.start : label.end].strip() for label in labels)
    return Evidence(min(weight, 85), seen if weight else ())


def read(seed: Seed, text: str) -> list[Capture]:
    """Return the one capture in the file."""
    lines = lines_of(text)
    labels = _labels(text, lines[:HEAD])
    spans = _above(text, lines, labels[0])
    for at, label in enumerate(labels):
        spans += dropped(text, label.start, label.end, "label")
        for start, end in _extents(lines, labels, at):
            spans += field_with_address(text, start, end, label.name)
    return [complete(seed, text, NAME, spans)]


def _labels(text: str, lines: Sequence[Line]) -> list[_Label]:
    """Return each field's first label, as far as they follow each other with no more than a value between them."""
    labels: list[_Label] = []
    for at, line in enumerate(lines):
        if labels and at - labels[-1].line > 8:
            break
        for found in _LABEL.finditer(text, line.start, line.end):
            name = LABELS[found["label"].lower()]
            if name not in {label.name for label in labels}:
                start = found.start("label")
                labels.append(_Label(at, start, found.end(), name, start - line.start))
    return labels


def _above(text: str, lines: Sequence[Line], first: _Label) -> list[Span]:
    """Return the collection in which the sheet was filed: a single line above the labels."""
    filled = [line for line in lines[: first.line] if not line.is_blank]
    if len(filled) != 1 or not _COLLECTION.fullmatch(filled[0].stripped):
        return []
    return field_with_address(text, filled[0].start, filled[0].end, "collection")


def _extents(lines: Sequence[Line], labels: Sequence[_Label], at: int) -> list[tuple[int, int]]:
    """Return the parts of a label's value, one for each line where two columns stand side by side, else one."""
    label = labels[at]
    beside = [other for other in labels if other.line == label.line and other is not label]
    first = lines[label.line]
    end = min((other.start for other in beside if other.start > label.start), default=first.end)
    if not beside:
        return [(label.end, _value_end(lines, labels, at))]
    left = label.column if label.column > min(other.column for other in beside) else 0
    right = min((other.column for other in beside if other.column > label.column), default=None)
    parts = [(label.end, end)]
    for line in _continued(lines, labels, at):
        start, stop = _column(line, left, right)
        parts.append((start, stop))
    return parts


def _column(line: Line, left: int, right: int | None) -> tuple[int, int]:
    """Return the part of a line that stands between two columns; a word across the border belongs to the left."""
    return line.start + _border(line.text, left), line.end if right is None else line.start + _border(line.text, right)


def _border(text: str, column: int) -> int:
    if column >= len(text):
        return len(text)
    while 0 < column < len(text) and not text[column - 1].isspace():
        column += 1
    return column


def _continued(lines: Sequence[Line], labels: Sequence[_Label], at: int) -> list[Line]:
    """Return the lines below a label up to a blank one or the next label."""
    stop = min((other.line for other in labels if other.line > labels[at].line), default=len(lines))
    below = []
    for line in lines[labels[at].line + 1 : stop]:
        if line.is_blank:
            break
        below.append(line)
    return below


def _value_end(lines: Sequence[Line], labels: Sequence[_Label], at: int) -> int:
    """Return where the value of a label with its own lines ends; an empty last value claims nothing below."""
    label = labels[at]
    first = lines[label.line]
    if at + 1 == len(labels) and not lines[label.line].text[label.end - first.start :].strip():
        return first.end
    return ([first, *_continued(lines, labels, at)])[-1].end

"""Turn the foot and head of a sheet, standing in the running text, into furniture around a sheet break.

A captured scan has, where one sheet of the form ends and the next begins:

    stamp?  continuation-bottom?  |  continuation-top?  copy-number?  sheet-number?

seed 004: `(см. сл. лист)` / `Продолжение шифртелеграммы № 15994` / `Экс. № 1` / `Лист 3`. Only the two continuation
notes are strong enough to make such a group; copy and sheet numbers and stamps count beside them alone, since the same
words stand in openers and texts. The break's number is the sheet number where it can be read, else one more than the
last. Encoding: ENCODING.md §4, "Sheets".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.annotation.spans import Span, span
from pipeline.captures.capture import Line
from pipeline.languages.anatomy import AnatomyWords

STAMP_LINES = 5
"""A stamp has at most so many lines."""

_FOOT = ("continuation-bottom",)
_HEAD = ("continuation-top", "copy-number", "sheet-number")


@dataclass(frozen=True, slots=True)
class SheetTurn:
    """The furniture between two sheets: lines of the witness, and the spans for them."""

    first: int
    """Number, in the list of lines, of the first line of the group."""
    last: int
    spans: tuple[Span, ...]
    number: int
    """Of the sheet that begins."""

    @property
    def start(self) -> int:
        return min(found.start for found in self.spans)

    @property
    def end(self) -> int:
        return max(found.end for found in self.spans)


def find_sheet_turns(lines: Sequence[Line], words: AnatomyWords) -> list[SheetTurn]:
    """Return the sheet turns in a witness, in order."""
    turns: list[SheetTurn] = []
    sheet = 1
    number = 0
    while number < len(lines):
        kind = _kind(lines[number], words)
        if kind not in {"continuation-bottom", "continuation-top"}:
            number += 1
            continue
        turn = _turn(lines, number, words, sheet + 1)
        turns.append(turn)
        sheet = turn.number
        number = turn.last + 1
    return turns


def _kind(line: Line, words: AnatomyWords) -> str:
    folded = " ".join(line.text.split())
    if not folded or len(folded) > 80:
        return ""
    return next((kind for kind, pattern in words.furniture.items() if pattern.fullmatch(folded)), "")


def _turn(lines: Sequence[Line], strong: int, words: AnatomyWords, following: int) -> SheetTurn:
    stamp = _stamp_above(lines, strong, words)
    foot, number = _run(lines, strong, words, _FOOT)
    head, number = _run(lines, number, words, _HEAD)
    sheet = _sheet_number(head, following)
    break_at = head[0][1].content_start if head else foot[-1][1].content_end
    spans = [*_stamp_spans(lines, stamp, strong), *(_furniture(kind, line, "bottom") for kind, line in foot)]
    first = stamp if stamp is not None else strong
    if _shows(lines, range(first)) and _shows(lines, range(number, len(lines))):
        spans.append(span(break_at, break_at, "sheet-break", "sheet-turn", n=str(sheet)))
    spans += [_furniture(kind, line, "top") for kind, line in head]
    return SheetTurn(first, number - 1, tuple(spans), sheet)


def _shows(lines: Sequence[Line], numbers: Iterable[int]) -> bool:
    """Whether anything stands in these lines: a sheet breaks only between two that were captured."""
    return any(not lines[number].is_blank for number in numbers)


def _run(
    lines: Sequence[Line], number: int, words: AnatomyWords, kinds: Sequence[str]
) -> tuple[list[tuple[str, Line]], int]:
    """Return the lines of these kinds from here on, blank lines between them passed over, and where they end."""
    found: list[tuple[str, Line]] = []
    end = number
    while number < len(lines):
        kind = _kind(lines[number], words)
        if kind in kinds:
            found.append((kind, lines[number]))
            end = number + 1
        elif not lines[number].is_blank:
            break
        number += 1
    return found, end


def _stamp_above(lines: Sequence[Line], strong: int, words: AnatomyWords) -> int | None:
    """Return the first line of a stamp that ends right above the continuation note."""
    shown = (number for number in reversed(range(strong)) if not lines[number].is_blank)
    above = sorted(islice(shown, STAMP_LINES))
    return next((number for number in above if _kind(lines[number], words) == "stamp"), None)


def _stamp_spans(lines: Sequence[Line], stamp: int | None, strong: int) -> list[Span]:
    if stamp is None:
        return []
    last = next(number for number in reversed(range(strong)) if not lines[number].is_blank)
    start, end = lines[stamp].content_start, lines[last].content_end
    return [
        span(start, end, "furniture", "stamp-above-continuation", type="stamp", place="bottom"),
        span(start, end, "stamp", "stamp-above-continuation"),
    ]


def _furniture(kind: str, line: Line, place: str) -> Span:
    name = "continuation" if kind.startswith("continuation") else kind
    return span(line.content_start, line.content_end, "furniture", "sheet-turn", type=name, place=place)


def _sheet_number(head: Sequence[tuple[str, Line]], following: int) -> int:
    for kind, line in head:
        read = re.search(r"\d+", line.text) if kind == "sheet-number" else None
        if read:
            return int(read.group())
    return following

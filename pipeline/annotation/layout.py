"""Turn the lines of a witness into chunks: what its layout shows as one paragraph or one part.

Captures lay out text in three ways. *Lines*: each line is a part or paragraph whole. *Wrapped*: lines have about one
width, and a paragraph ends at a blank line, an indent or a short line. *Run-on*: wrapped, with all breaks lost; what is
restored there from the words alone says how sure it is. A paragraph goes on across a sheet turn when it stops in
mid-sentence and the next line begins small; `промежуточ-` / `ных` is one word.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.annotation.furniture import SheetTurn
from pipeline.annotation.ledger import SPACES
from pipeline.annotation.readings import Reading, read_stretch
from pipeline.annotation.spans import Span, span
from pipeline.captures.capture import Line

WIDEST = 132
"""Characters; a longer line is not a wrapped one (a form's line printer has 132 columns)."""

NARROWEST = 50
"""Characters; shorter lines are parts of a form, not wrapped text."""

_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"”»’')\]]*$")
_ENDS_IN_HYPHEN = re.compile(r"[^\W\d_]-$")
_BEGINS_SMALL = re.compile(r"[\"“«(\[]?[^\W\d_A-ZА-ЯЁ]")
_SMALL_WORD = re.compile(r"(?<!\w)[a-zа-яё]{5,}(?!\w)")
"""What a title in capitals, `Report of the Ambassador on the Harvest`, has not."""
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|[a-zа-я]\)|[-–—•*])\s*\S")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A paragraph or part as laid out, with its reading."""

    start: int
    end: int
    reading: Reading
    certainty: str = ""
    """Of the break before it: "" as laid out; high, medium or low where it was restored."""
    signs: tuple[Span, ...] = ()
    """Hyphens at sheet turns inside it."""

    @property
    def text(self) -> str:
        return self.reading.text


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that shows something, and what stands between it and the one before."""

    line: Line
    indent: int
    after_turn: bool
    after_blank: bool
    after_page: bool
    """Whether a page or a line of furniture ends between them; a sentence goes on across it."""


def margin(lines: Sequence[Line]) -> int:
    """Return the width at which most lines stop and go on below, in characters; 0 where lines are not wrapped."""
    widths = sorted(len(line.text.rstrip()) for line in lines if not line.is_blank)
    if len(widths) < 4 or widths[len(widths) * 9 // 10] > WIDEST:
        return 0
    width = widths[len(widths) * 9 // 10]
    if width < NARROWEST:
        return 0
    full = [
        line
        for line, following in itertools.pairwise(lines)
        if not following.is_blank and 0.75 * width <= len(line.text.rstrip()) <= WIDEST
    ]
    open_ended = sum(1 for line in full if not _ENDS_SENTENCE.search(line.stripped))
    enough = len(full) >= 3 or any(itertools.starmap(_is_one_sentence, itertools.pairwise(lines)))
    enough = enough or any(map(_is_one_paragraph, _blocks(lines)))
    return width if enough and open_ended >= 0.6 * len(full) else 0


def _is_one_sentence(before: Line, after: Line) -> bool:
    """Whether a long line stops in mid-sentence and the next begins small: one such place shows a width."""
    return (
        len(before.text.rstrip()) >= NARROWEST
        and not _ENDS_SENTENCE.search(before.stripped)
        and bool(_BEGINS_SMALL.match(after.stripped))
        and not _NUMBERED.match(after.stripped)
    )


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines that stand together between blank ones; none where no blank line parts them."""
    blocks = [list(block) for is_blank, block in itertools.groupby(lines, lambda line: line.is_blank) if not is_blank]
    return blocks if len(blocks) > 1 else []


def _is_one_paragraph(block: Sequence[Line]) -> bool:
    """Whether two lines by themselves are one sentence, though the second begins big: `… to the port / Nampo.`

    The first is long and stops in mid-sentence; the second is no longer, and ends a sentence. Where blank lines part
    the paragraphs, a heading has one below it; an address, a form in capitals or a title in capitals is no sentence.
    """
    if len(block) != 2 or any(line.stripped.isupper() for line in block):
        return False
    before, after = (line.text.rstrip() for line in block)
    is_open = not _ENDS_SENTENCE.search(before) and not before.endswith(",") and bool(_SMALL_WORD.search(before))
    is_end = after.endswith((".", "!", "?")) and not _NUMBERED.match(after.lstrip())
    return len(before) >= NARROWEST and len(after) <= len(before) and is_open and is_end


def is_run_on(lines: Sequence[Line]) -> bool:
    """Whether wrapped lines have lost their paragraphs: hardly any blank line, short line or indent is left."""
    width = margin(lines)
    shown = [line for line in lines if not line.is_blank]
    breaks = sum(1 for line in shown if len(line.stripped) < 0.6 * width or line.content_start - line.start >= 4)
    return bool(width) and len(shown) >= 12 and breaks * 12 <= len(shown)


def chunks(text: str, lines: Sequence[Line], turns: Sequence[SheetTurn], dropped: Sequence[Span]) -> list[Chunk]:
    """Return the chunks of a witness in order; sheet turns and what is dropped stand in none of them."""
    rows = _rows(text, lines, turns, dropped)
    width, run_on = margin(lines), is_run_on(lines)
    skipped = sorted([(turn.start, turn.end) for turn in turns] + [(drop.start, drop.end) for drop in dropped])
    found: list[Chunk] = []
    group: list[_Row] = []
    certainty = ""
    for number, row in enumerate(rows, start=1):
        goes_on, doubt = _goes_on(group[-1], row, width, run_on) if group else (True, "")
        if goes_on and group and number == len(rows) and width and not run_on and _is_last_word(group[-1], row, width):
            goes_on, doubt = False, "medium"
        if not goes_on:
            found.append(_chunk(text, group, skipped, certainty))
            group, certainty = [], doubt
        group.append(row)
    return [*found, _chunk(text, group, skipped, certainty)] if group else found


def _rows(text: str, lines: Sequence[Line], turns: Sequence[SheetTurn], dropped: Sequence[Span]) -> list[_Row]:
    taken = {number for turn in turns for number in range(turn.first, turn.last + 1)}
    rows: list[_Row] = []
    after_turn = after_blank = after_drop = False
    reached = lines[0].start if lines else 0
    for number, line in enumerate(lines):
        start, end = _visible(line, dropped)
        if number in taken:
            after_turn = True
        elif start == end:
            after_blank = True
            after_drop = after_drop or not line.is_blank
        else:
            page = after_drop or "\x0c" in text[reached:start]
            rows.append(_Row(Line(start, end, text[start:end]), start - line.start, after_turn, after_blank, page))
            after_turn = after_blank = after_drop = False
            reached = end
    return rows


def _visible(line: Line, dropped: Sequence[Span]) -> tuple[int, int]:
    """Return the extent of a line's content without what is dropped at its ends."""
    start, end = line.content_start, line.content_end
    for drop in dropped:
        if drop.start <= start < drop.end:
            start = min(drop.end, end)
        if drop.start < end <= drop.end:
            end = max(drop.start, start)
    stripped = line.text[max(start - line.start, 0) : max(end - line.start, 0)]
    start += len(stripped) - len(stripped.lstrip(SPACES))
    end -= len(stripped) - len(stripped.rstrip(SPACES))
    return (start, end) if start < end else (line.start, line.start)


def _goes_on(before: _Row, after: _Row, width: int, run_on: bool) -> tuple[bool, str]:
    """Whether a chunk runs on from one line to the next, and how sure a break between them is."""
    previous, following = before.line.text, after.line.text
    open_ended = not _ENDS_SENTENCE.search(previous)
    in_sentence = open_ended and bool(_BEGINS_SMALL.match(following))
    if after.after_turn or after.after_page:
        return in_sentence or bool(_ENDS_IN_HYPHEN.search(previous)) or (run_on and open_ended), ""
    if not width:
        return False, ""
    if run_on:
        return open_ended or not after.after_blank, "medium"
    return (False, "") if after.after_blank else _goes_on_wrapped(before, after, width)


def _is_last_word(before: _Row, last: _Row, width: int) -> bool:
    """Whether a short last line begins anew after the end of a sentence: a signature without a line of its own."""
    ended = bool(_ENDS_SENTENCE.search(before.line.text))
    return ended and len(last.line.text) < 0.6 * width and not _BEGINS_SMALL.match(last.line.text)


def _goes_on_wrapped(before: _Row, after: _Row, width: int) -> tuple[bool, str]:
    short = len(before.line.text) + before.indent < 0.75 * width
    ends = bool(_ENDS_SENTENCE.search(before.line.text))
    if after.indent >= before.indent + 4:
        return False, ""
    if short and ends:
        return False, "high"
    if _NUMBERED.match(after.line.text) and (ends or short):
        return False, "high"
    if short and not _BEGINS_SMALL.match(after.line.text):
        return False, "medium"
    return True, ""


def _chunk(text: str, group: Sequence[_Row], skipped: Sequence[tuple[int, int]], certainty: str) -> Chunk:
    start, end = group[0].line.start, group[-1].line.end
    inside = [extent for extent in skipped if start <= extent[0] and extent[1] <= end]
    ends = [
        before.line.end
        for before, after in itertools.pairwise(group)
        if after.after_turn and _ENDS_IN_HYPHEN.search(before.line.text)
    ]
    signs = tuple(span(end - 1, end, "weak-hyphen", "hyphen-at-sheet-turn") for end in ends)
    hyphens = [(sign.start, sign.end) for sign in signs]
    return Chunk(start, end, read_stretch(text, start, end, sorted([*inside, *hyphens]), hyphens), certainty, signs)

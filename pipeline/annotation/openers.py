"""Turn the chunks above a message's text into its opener: known parts, addressees, salutation, a form's table.

    opener  = (heading line)* (parts | address line | table | head | omission)+ [salute]

An addressee has no mark of its own: it is a short line that names someone among lines that are marked. Nor has a
heading that an editor of an earlier edition set: `Телеграмма посла … в МИД СССР` above the date and the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.annotation.layout import Chunk
from pipeline.annotation.ledger import SPACES
from pipeline.annotation.parts import OPENING_QUOTES, Piece, is_dateline, is_name_like, is_omission, opener_pieces
from pipeline.annotation.readings import read_stretch
from pipeline.annotation.spans import Span, span
from pipeline.annotation.units import (
    CONTINUED,
    DATELINE_WORDS,
    ENDS_SENTENCE,
    LONGEST_LINE,
    NOTHING,
    NUMBERED,
    Frame,
    merged,
    tiles,
)

LONGEST_CONTINUATION = 24
"""Characters of a line in small letters that goes on from the one above it in an opener."""

LONGEST_HEADING_LINE = 250
"""Characters."""

HEADING_LINES = 4
"""Among the first so many chunks of a document a heading may stand above its opener's marked parts."""

_UNITS = {"dateline": "dateline", "date": "dateline", "place": "dateline", "address-word": "address-line"}


_AFTER_WORD = re.compile(r"(?<=[^\W\d_]{3})\.\s")
"""The stop of a sentence rather than of an initial."""

WORDS_OF_SENTENCE = 4
"""Words in small letters; so many after the stop that follows an addressee are no part of an office."""


def with_lists_joined(frame: Frame, chunks: Sequence[Chunk]) -> Sequence[Chunk]:
    """Join a list of copies that goes on in the next line: `Copies: Stalin (2), Molotov,` / `Mikoyan, Kaganovich`."""
    copies = frame.words.opener.get("distribution", NOTHING)
    joined: list[Chunk] = []
    for chunk in chunks:
        last = joined[-1] if joined else None
        if last and last.text.endswith(",") and copies.match(last.text) and len(chunk.text) <= 2 * LONGEST_LINE:
            reading = read_stretch(frame.text, last.start, chunk.end)
            joined[-1] = Chunk(last.start, chunk.end, reading, last.certainty, (*last.signs, *chunk.signs))
        else:
            joined.append(chunk)
    return joined


def opener_end(frame: Frame, chunks: Sequence[Chunk]) -> int:
    """Return how many chunks the opener has: up to the first that no part of an opener explains."""
    end = 0
    explained = 0
    for number, chunk in enumerate(chunks):
        if is_marked_opener(frame, chunk):
            end, explained = number + 1, explained + 1
            if frame.words.salute.get("opening", NOTHING).fullmatch(chunk.text):
                break
        elif _may_be_addressee(chunk, chunks[number + 1 : number + 2]):
            end = number + 1
        elif number >= HEADING_LINES or not _may_be_heading(chunk):
            break
    return end if explained else 0


def is_marked_opener(frame: Frame, chunk: Chunk) -> bool:
    if "\t" in frame.text[chunk.start : chunk.end] and len(chunk.text) < 160:
        return True
    if is_omission(chunk.text) or frame.words.salute.get("opening", NOTHING).fullmatch(chunk.text):
        return True
    bare = chunk.text.lstrip(OPENING_QUOTES)
    if _goes_on_to_say(bare):
        return False
    return is_dateline(bare, frame.language) or bool(opener_pieces(bare, frame.words, frame.language))


def _goes_on_to_say(text: str) -> bool:
    """Whether a line addresses someone and goes on with a sentence: `Товарищу Ли. Прошу сообщить, когда …`"""
    _, *sentences = _AFTER_WORD.split(text, maxsplit=1)
    small = [word for said in sentences for word in said.split() if word[0].islower()]
    return len(small) >= WORDS_OF_SENTENCE and ENDS_SENTENCE.search(text) is not None


def _may_be_addressee(chunk: Chunk, following: Sequence[Chunk]) -> bool:
    """Whether a short line that names someone, or goes on from the line above, stands above something longer."""
    text = chunk.text
    if len(text) > LONGEST_LINE or ENDS_SENTENCE.search(text) or not following or NUMBERED.match(text):
        return False
    return is_name_like(re.sub(r",\s*", " ", text)) or (text[:1].islower() and len(text) <= LONGEST_CONTINUATION)


def _may_be_heading(chunk: Chunk) -> bool:
    """Whether a line may be a heading above an opener: no sentence, no quotation, no item of a list."""
    text = chunk.text
    begins = text[:1] == "[" or text[:1].isupper()
    return begins and len(text) <= LONGEST_HEADING_LINE and not (ENDS_SENTENCE.search(text) or NUMBERED.match(text))


def _is_heading(frame: Frame, chunk: Chunk) -> bool:
    """Whether a chunk of an opener is a heading: by its words, or a line that is nothing else."""
    if frame.words.opener.get("head", NOTHING).fullmatch(chunk.text):
        return True
    explained = is_marked_opener(frame, chunk) or is_name_like(re.sub(r",\s*", " ", chunk.text))
    return not explained and _may_be_heading(chunk)


def is_address(frame: Frame, chunk: Chunk) -> bool:
    """Whether a chunk does nothing but address someone: `"Товарищу МАО ЦЗЕ-ДУНУ.`"""
    bare = chunk.text.lstrip('"“«„')
    pieces = opener_pieces(bare, frame.words, frame.language)
    if any(piece.type == "address-word" for piece in pieces):
        return True
    return bool(frame.words.salute.get("opening", NOTHING).fullmatch(bare))


def opener_spans(frame: Frame, chunks: Sequence[Chunk]) -> list[Span]:
    spans: list[Span] = []
    run: list[Chunk] = []
    for group in _tables(frame, chunks):
        if len(group) > 1 or "\t" in frame.text[group[0].start : group[0].end]:
            spans += _table(frame, group)
            run += group
            continue
        chunk = group[0]
        if is_omission(chunk.text) or _is_heading(frame, chunk):
            spans += _opener_run(run)
            run = []
            kind = "omission" if is_omission(chunk.text) else "head"
            spans.append(span(chunk.start, chunk.end, kind, f"opener-{kind}"))
            continue
        run.append(chunk)
    units = [unit for chunk in chunks for unit in _opener_units(frame, chunk)]
    return [*spans, *_opener_run(run), *merged(frame.text, units)]


def _opener_run(run: Sequence[Chunk]) -> list[Span]:
    if not run:
        return []
    doubt = next((chunk.certainty for chunk in run if chunk.certainty), "")
    return [span(run[0].start, run[-1].end, "opener", "opener", doubt)]


def _opener_units(frame: Frame, chunk: Chunk) -> list[Span]:
    """Return the units of one chunk of an opener; together they cover all of it."""
    if "\t" in frame.text[chunk.start : chunk.end] or is_omission(chunk.text):
        return []
    if _is_heading(frame, chunk):
        return []
    if frame.words.salute.get("opening", NOTHING).fullmatch(chunk.text):
        return [span(chunk.start, chunk.end, "salute", "opening-salute")]
    bare = len(chunk.text) - len(chunk.text.lstrip('"“«„'))
    pieces = opener_pieces(chunk.text[bare:], frame.words, frame.language)
    if not pieces and chunk.text[:1].islower():
        return [span(chunk.start, chunk.end, "seg", CONTINUED, type="")]
    if not pieces:
        kind = "dateline" if is_dateline(chunk.text, frame.language) else "address-line"
        return [span(chunk.start, chunk.end, kind, f"{kind}-by-place")]
    pieces = [Piece(piece.start + bare, piece.end + bare, piece.type) for piece in pieces]
    return [_opener_unit(kind, *extent) for kind, extent in tiles(chunk, pieces)]


def _opener_unit(kind: str, start: int, end: int) -> Span:
    if kind in _UNITS:
        return span(start, end, _UNITS[kind], DATELINE_WORDS if kind == "dateline" else "opener-words")
    return span(start, end, "seg", "opener-words", type="document-type" if kind == "head" else kind)


def _tables(frame: Frame, chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Group neighbouring chunks whose lines have tabs: the rows of a form's table."""
    groups: list[list[Chunk]] = []
    for chunk in chunks:
        tabbed = "\t" in frame.text[chunk.start : chunk.end]
        if tabbed and groups and "\t" in frame.text[groups[-1][0].start : groups[-1][0].end]:
            groups[-1].append(chunk)
        else:
            groups.append([chunk])
    return groups


def _table(frame: Frame, rows: Sequence[Chunk]) -> list[Span]:
    start, end = rows[0].start, rows[-1].end
    spans = [
        span(start, end, "note", "tabbed-lines", type="distribution", place="inline"),
        span(start, end, "table", "tabbed-lines"),
    ]
    for row in rows:
        spans.append(span(row.start, row.end, "row", "tabbed-lines"))
        place = row.start
        for cell in frame.text[row.start : row.end].split("\t"):
            shown = cell.strip(SPACES)
            lead = len(cell) - len(cell.lstrip(SPACES)) if shown else 0
            spans.append(span(place + lead, place + lead + len(shown), "cell", "tabbed-lines"))
            place += len(cell) + 1
    return spans

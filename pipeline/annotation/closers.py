"""Turn the chunks below a message's text into its closer and postscript.

closer     = (greeting | office | name | number | date)+      the first run of them near the end
postscript = words after the signature, clerks, copies, archival references, source lines
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.annotation.layout import Chunk
from pipeline.annotation.parts import closer_pieces, is_name_like, is_omission, tail_kind
from pipeline.annotation.spans import Span, span
from pipeline.annotation.units import ENDS_SENTENCE, LONGEST_LINE, NOTHING, Frame, merged, paragraph, tiles

WORDS_AFTER_SIGNATURE = 3
"""So many chunks of running text may follow a signature; more, and it was none."""


_SEVERAL = re.compile(r"\d+\s?[-–—,]\s?\d")
"""Copies that went to several people under their numbers, `1-3 — тт. …`; then the items have none of their own."""


def closing_start(frame: Frame, chunks: Sequence[Chunk], after: int) -> int:
    """Return where the closer begins: the earliest closing chunk with hardly any running text after it.

    What has no running text before it closes nothing: a document of names alone has no closer.
    """
    running = 0
    start = len(chunks)
    for number in range(len(chunks) - 1, after - 1, -1):
        chunk = chunks[number]
        if tail_kind(chunk.text, frame.words):
            start = number if running == 0 else start
        elif _closes(frame, chunk):
            if running <= 1 or _is_confirmed(frame, chunks, number):
                start = number
                running = 0 if running <= WORDS_AFTER_SIGNATURE else running
        else:
            running += 0 if _is_short_note(chunk) else 1
            if running > WORDS_AFTER_SIGNATURE or (start < len(chunks) and _closed(frame, chunks[start:])):
                break
    return start if after or any(_runs(chunk) for chunk in chunks[:start]) else len(chunks)


def _runs(chunk: Chunk) -> bool:
    """Whether a chunk is running text: long, or with the end of a sentence."""
    return len(chunk.text) > LONGEST_LINE or bool(ENDS_SENTENCE.search(chunk.text))


def _closed(frame: Frame, chunks: Sequence[Chunk]) -> bool:
    """Whether a closer has been found among these chunks."""
    return any(_closes(frame, chunk) for chunk in chunks if not tail_kind(chunk.text, frame.words))


def _closes(frame: Frame, chunk: Chunk) -> bool:
    if frame.words.salute.get("opening", NOTHING).fullmatch(chunk.text):
        return False
    return bool(closer_pieces(chunk.text, frame.words, frame.language))


def _is_confirmed(frame: Frame, chunks: Sequence[Chunk], number: int) -> bool:
    """Whether a date, number, greeting or second line of a signature stands beside a would-be signature."""
    beside = [*chunks[max(number - 1, 0) : number], *chunks[number + 1 : number + 2]]
    return any(_closes(frame, chunk) for chunk in beside)


def _is_short_note(chunk: Chunk) -> bool:
    """Whether a chunk is too short for running text: `ПОЛКОВНИК (Макаров)`."""
    bare = re.sub(r"[()*]", "", chunk.text)
    return len(bare) <= LONGEST_LINE and (is_name_like(bare) or bare.startswith("["))


def closing_spans(frame: Frame, chunks: Sequence[Chunk]) -> list[Span]:
    end = 0
    while end < len(chunks) and _belongs_to_closer(frame, chunks[end]):
        end += 1
    spans: list[Span] = []
    closer, rest = chunks[:end], chunks[end:]
    if closer:
        doubt = closer[0].certainty
        spans.append(span(closer[0].start, closer[-1].end, "closer", "closer", doubt))
        spans += merged(frame.text, [unit for chunk in closer for unit in _closer_units(frame, chunk)])
    while rest and is_omission(rest[-1].text):
        spans.append(span(rest[-1].start, rest[-1].end, "omission", "omission-at-the-end"))
        rest = rest[:-1]
    return spans + (_postscript(frame, rest) if rest else [])


def _belongs_to_closer(frame: Frame, chunk: Chunk) -> bool:
    return not tail_kind(chunk.text, frame.words) and _closes(frame, chunk)


def _closer_units(frame: Frame, chunk: Chunk) -> list[Span]:
    pieces = closer_pieces(chunk.text, frame.words, frame.language)
    units = []
    for kind, (start, end) in tiles(chunk, pieces):
        if kind == "number":
            units.append(span(start, end, "seg", "closer-words", type="number"))
        else:
            units.append(span(start, end, kind if kind != "bracket" else "signed", "closer-words"))
    return units


def _postscript(frame: Frame, chunks: Sequence[Chunk]) -> list[Span]:
    """Return the postscript: copies as a list, clerks and references as blocks of their own, the rest as paragraphs."""
    spans = [span(chunks[0].start, chunks[-1].end, "postscript", "after-the-closer")]
    blocks: list[tuple[str, list[Chunk]]] = []
    for chunk in chunks:
        kind = tail_kind(chunk.text, frame.words)
        last = blocks[-1][0] if blocks else ""
        goes_on = kind == last == "distribution" or (last == "processing" and not kind and _is_short_note(chunk))
        if goes_on or (last == "processing" and chunk.text.startswith("[") and kind != "archival-reference"):
            blocks[-1][1].append(chunk)
        else:
            blocks.append((kind, [chunk]))
    for kind, group in blocks:
        spans += _postscript_block(kind, group)
    return spans


def _postscript_block(kind: str, group: Sequence[Chunk]) -> list[Span]:
    start, end = group[0].start, group[-1].end
    if kind == "distribution":
        several = any(_SEVERAL.match(chunk.text) for chunk in group)
        numbers = ["" if several else _copy_number(chunk) for chunk in group]
        items = [span(one.start, one.end, "item", "copies", n=n) for one, n in zip(group, numbers, strict=True)]
        return [span(start, end, "list", "copies", type="distribution"), *items]
    if kind == "omission":
        return [span(start, end, "paragraph", "omission")]
    if kind:
        return [span(start, end, "ab", kind, type=kind)]
    return paragraph(group[0])


def _copy_number(chunk: Chunk) -> str:
    found = re.search(r"\d+", chunk.text)
    return found.group() if found else ""

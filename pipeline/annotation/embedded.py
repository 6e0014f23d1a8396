"""Turn chunks in quotation marks into messages inside a message.

A message is embedded when it stands between an opening quotation mark at the beginning of a chunk and its closing mark
at the end of one, and has a sender or a date of its own: an address at its beginning, a signature or date at its end,
or an announcement that names a letter or answer (`I replied to him with the following letter:`). What is only to be
handed on (`Передайте Чжоу Эньлаю …`) is the same message, with a `via`. Seeds 001, 003 and 004 hold one each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.annotation.layout import Chunk
from pipeline.annotation.parts import CLOSING_QUOTES, OPENING_QUOTES, closer_pieces
from pipeline.languages.anatomy import AnatomyWords

ANNOUNCED_WITHIN = 3
"""Chunks before the quotation mark in which an announcement is looked for."""

_PAIRS = {"“": '”"', "«": "»", "„": "“”", '"': '"”', "‘": "’"}


@dataclass(frozen=True, slots=True)
class EmbeddedMessage:
    """Chunks `start` to `end` (half-open) hold a message of its own."""

    start: int
    end: int
    rule: str


def find_embedded(
    chunks: Sequence[Chunk], words: AnatomyWords, language: str, is_address: Callable[[Chunk], bool]
) -> list[EmbeddedMessage]:
    """Return the embedded messages among the chunks of a body, in order; none within another."""
    found: list[EmbeddedMessage] = []
    ends = _ends(chunks)
    number = 0
    while number < len(chunks):
        message = _message_at(chunks, number, words, language, is_address, ends=ends)
        if message:
            found.append(message)
            number = message.end
        else:
            number += 1
    return found


def _message_at(
    chunks: Sequence[Chunk],
    start: int,
    words: AnatomyWords,
    language: str,
    is_address: Callable[[Chunk], bool],
    *,
    ends: Mapping[str, Sequence[int]],
) -> EmbeddedMessage | None:
    mark = chunks[start].text[:1]
    if mark not in OPENING_QUOTES or not mark:
        return None
    before = chunks[max(start - ANNOUNCED_WITHIN, 0) : start]
    if before and words.transmission.search(before[-1].text):
        return None
    end = _end_of_quotation(chunks, start, ends)
    if end is None:
        return None
    if is_address(chunks[start]):
        return EmbeddedMessage(start, end, "quoted-with-address")
    signed = {piece.type for piece in closer_pieces(chunks[end - 1].text, words, language)}
    if end - start > 1 and signed & {"signed", "dateline"}:
        return EmbeddedMessage(start, end, "quoted-with-signature")
    announced = before and before[-1].text.endswith(":") and words.message_noun.search(before[-1].text)
    if end - start > 1 and announced:
        return EmbeddedMessage(start, end, "announced-and-quoted")
    return None


def _ends(chunks: Sequence[Chunk]) -> Mapping[str, Sequence[int]]:
    """Return, by the closing marks, the chunks at whose end a quotation is closed.

    Found once for all quotations: a text of many that are never closed must not be read anew for each.
    """
    marks = {_PAIRS.get(chunk.text[:1], CLOSING_QUOTES) for chunk in chunks if chunk.text[:1] in _PAIRS}
    return {
        closing: [number for number, chunk in enumerate(chunks) if _closes(chunk.text, closing)] for closing in marks
    }


def _end_of_quotation(chunks: Sequence[Chunk], start: int, ends: Mapping[str, Sequence[int]]) -> int | None:
    """Return the chunk after the one that ends with the closing mark; None where the quotation is never closed."""
    text = chunks[start].text
    closing = _PAIRS[text[0]]
    if _closes(text[1:], closing):
        return start + 1
    later = ends[closing][bisect_left(ends[closing], start + 1) :][:1]
    return later[0] + 1 if later else None


def _closes(text: str, closing: str) -> bool:
    """Whether a closing mark ends a text, and closes what was opened before it."""
    body = text.rstrip(" .,;")
    return bool(body) and body[-1] in closing and not _opened_inside(body, closing)


def _opened_inside(text: str, closing: str) -> bool:
    """Whether the last mark closes a quotation that the same chunk opened: `… the “main blow”.`"""
    inside = text[:-1]
    opened = sum(inside.count(mark) for mark in "“«„")
    closed = sum(inside.count(mark) for mark in "”»")
    straight = inside.count('"') if '"' in closing else 0
    return opened > closed or straight % 2 == 1

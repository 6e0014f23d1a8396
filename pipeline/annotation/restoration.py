"""Turn a run-on chunk, whose line breaks were lost in the capture, back into parts and paragraphs.

Two kinds of evidence restore breaks, and each break says how sure it is: words that can only begin or end a part
(`CIPHERED TELEGRAM`, `To Comrade FILIPPOV`, `With bolshevik greetings!`; high), and numbering that counts up from one
(`… our meeting: 1. Comrade …`; high). What the sentences of the original's paragraphs suggest is added by
`pipeline.annotation.paragraphs` (medium). Line of seed 004: `minutes 27.1.1951 EXTREMELY URGENT T To Comrade`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.annotation.layout import Chunk
from pipeline.languages.anatomy import AnatomyWords

_NUMBER = re.compile(r"(?<=[.:;!?\]\"”»]\s)(\d{1,2})\.\s(?=[^\W\d_a-zа-я])")


def restore(chunk: Chunk, words: AnatomyWords) -> list[Chunk]:
    """Return the chunks that a run-on chunk consisted of."""
    breaks = sorted({0, *_at_parts(chunk.text, words), *_at_numbers(chunk.text)})
    return split(chunk, [place for place in breaks if place < len(chunk.text)], "high")


def split(chunk: Chunk, places: list[int], certainty: str) -> list[Chunk]:
    """Return a chunk in pieces that begin at these places of its reading, of which the first is 0."""
    ends = [*places[1:], len(chunk.text)]
    pieces = [_piece(chunk, start, end) for start, end in zip(places, ends, strict=True)]
    return [piece if number == 0 else replace(piece, certainty=certainty) for number, piece in enumerate(pieces)]


def _piece(chunk: Chunk, start: int, end: int) -> Chunk:
    text = chunk.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
    reading = chunk.reading.part(start, end)
    first, last = chunk.reading.extent(start, end)
    signs = tuple(sign for sign in chunk.signs if first <= sign.start < last)
    return Chunk(first, last, reading, chunk.certainty, signs)


def _at_parts(text: str, words: AnatomyWords) -> list[int]:
    places: list[int] = []
    for found in words.run_on.finditer(text):
        end = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
        places += [found.start(), end]
    return places


def _at_numbers(text: str) -> list[int]:
    """Return where numbering counts up by one, from one, at the beginning of sentences."""
    places = []
    expected = 1
    for found in _NUMBER.finditer(text):
        if int(found[1]) == expected:
            places.append(found.start())
            expected += 1
    return places if len(places) > 1 else []

"""Turn a stretch of a capture into the text that recognisers read.

A reading is NFC, its white space folded to single spaces, without furniture of the sheet and without what is dropped,
so that a name or sentence that runs across a sheet break is one string; it knows the offset in the capture of each of
its characters. A weak hyphen at a sheet break disappears together with the break: `промежуточ- … ных` reads
`промежуточных`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.annotation.ledger import WHITE_SPACE

_WORD = re.compile(f"[^{WHITE_SPACE}]+")
_COMPOSING = re.compile("[\u0300-\u036f\u0483-\u0487\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read, and where each of its characters stands in the capture."""

    text: str
    offsets: tuple[int, ...]
    """Code point offset in the capture of each character of `text`."""

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """Return the extent in the capture of a stretch of the reading that is not empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


def read_stretch(
    text: str, start: int, end: int, skipped: Iterable[tuple[int, int]] = (), joins: Iterable[tuple[int, int]] = ()
) -> Reading:
    """Return the reading of `text[start:end]` without the skipped extents (in order, not overlapping).

    White space stands where something was skipped; where one of `joins` (a hyphen at a sheet turn) was, the word runs
    on across it and across what is skipped next.
    """
    joining = {join_start for join_start, _ in joins}
    parts: list[str] = []
    offsets: list[int] = []
    reached = start
    glued = False
    for skip_start, skip_end in (*skipped, (end, end)):
        if skip_start < reached or skip_start > end:
            continue
        words = list(_WORD.finditer(text, reached, skip_start))
        for number, word in enumerate(words):
            if parts and not (glued and number == 0):
                parts.append(" ")
                offsets.append(offsets[-1] + 1)
            parts.append(word.group())
            offsets.extend(range(word.start(), word.end()))
        glued = skip_start in joining or (glued and not words)
        reached = skip_end
    return _composed("".join(parts), offsets)


def _composed(text: str, offsets: list[int]) -> Reading:
    """Return the reading in NFC: a letter and its combining marks become one character where Unicode has one."""
    if not _COMPOSING.search(text) and unicodedata.is_normalized("NFC", text):
        return Reading(text, tuple(offsets))
    parts: list[str] = []
    places: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and (unicodedata.combining(text[end]) or _COMPOSING.match(text[end])):
            continue
        cluster = unicodedata.normalize("NFC", text[start:end])
        parts.append(cluster)
        places += [offsets[start]] * len(cluster)
        start = end
    return Reading("".join(parts), tuple(places))

"""Turn a stretch of a capture into the text that recognisers read.

A reading is NFC, its white space folded to single spaces, without furniture of the sheet and without what is dropped,
so that a name or sentence that runs across a sheet break is one string; it knows the offset in the capture of each of
its characters. A weak hyphen at a sheet break disappears together with the break: `промежуточ- … ных` reads
`промежуточных`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from pipeline.annotation.ledger import WHITE_SPACE

_FOLDED = re.compile(f" [{WHITE_SPACE}]+|[{WHITE_SPACE.replace(' ', '')}][{WHITE_SPACE}]*")
"""White space that is not a single space."""

_WORD = re.compile(f"[^{WHITE_SPACE}]+")
_COMPOSING = re.compile("[\u0300-\u036f\u0483-\u0487\u1160-\u11ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


Places = tuple[Sequence[int], Sequence[int] | None]
"""Where each character of a reading begins in the capture, and where it ends if not right after."""


class Reading:
    """A text as read, and where each of its characters stands in the capture.

    Many readings are only matched against; the places are worked out when they are first asked for.
    """

    __slots__ = ("_ends", "_offsets", "_places", "text")

    def __init__(self, text: str, places: Callable[[], Places]) -> None:
        self.text = text
        self._places = places
        self._offsets: Sequence[int] | None = None
        self._ends: Sequence[int] | None = None

    @property
    def offsets(self) -> Sequence[int]:
        """Code point offset in the capture of each character of `text`."""
        if self._offsets is None:
            self._offsets, self._ends = self._places()
        return self._offsets

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """Return the extent in the capture of a stretch of the reading that is not empty."""
        first, last = self.offsets[start], self.offsets[end - 1]
        return first, self._ends[end - 1] if self._ends else last + 1

    def part(self, start: int, end: int) -> Reading:
        """Return the reading of a stretch of this one."""

        def places() -> Places:
            offsets = self.offsets[start:end]
            return offsets, self._ends[start:end] if self._ends else None

        return Reading(self.text[start:end], places)


def read_stretch(
    text: str, start: int, end: int, skipped: Sequence[tuple[int, int]] = (), joins: Iterable[tuple[int, int]] = ()
) -> Reading:
    """Return the reading of `text[start:end]` without the skipped extents (in order, not overlapping).

    White space stands where something was skipped; where one of `joins` (a hyphen at a sheet turn) was, the word runs
    on across it and across what is skipped next.
    """
    if not skipped:
        folded = _FOLDED.sub(" ", text[start:end])
        stripped = folded.strip(" ")
        if stripped.isascii() or (not _COMPOSING.search(stripped) and unicodedata.is_normalized("NFC", stripped)):
            if len(folded) == end - start:
                first = start + len(folded) - len(folded.lstrip(" "))
                return Reading(stripped, lambda: (range(first, first + len(stripped)), None))
            return Reading(stripped, lambda: (_words_and_places(text, start, end, (), ())[1], None))
    parts, offsets = _words_and_places(text, start, end, skipped, joins)
    composed, places = _composed("".join(parts), offsets)
    return Reading(composed, lambda: places)


def _words_and_places(
    text: str, start: int, end: int, skipped: Sequence[tuple[int, int]], joins: Iterable[tuple[int, int]]
) -> tuple[list[str], list[int]]:
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
    return parts, offsets


def _composed(text: str, offsets: list[int]) -> tuple[str, Places]:
    """Return text and places in NFC: a letter and its combining marks become one character where Unicode has one."""
    if not _COMPOSING.search(text) and unicodedata.is_normalized("NFC", text):
        return text, (offsets, None)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and (unicodedata.combining(text[end]) or _COMPOSING.match(text[end])):
            continue
        cluster = unicodedata.normalize("NFC", text[start:end])
        parts.append(cluster)
        starts += [offsets[start]] * len(cluster)
        ends += [offsets[end - 1] + 1] * len(cluster)
        start = end
    return "".join(parts), (starts, ends)

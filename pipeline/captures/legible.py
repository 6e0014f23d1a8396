"""Turn a text into the same text as formats read it, with the way back to every offset.

Captures carry characters that a reader does not see: no-break spaces, soft hyphens, marks of width nothing. A label
with one of them in it is still that label. Formats therefore read a legible copy; what they find is then said of the
text as captured, which never changes.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.annotation.spans import Span, span
from pipeline.captures.capture import Capture

WRAP = "\ufffe"
"""What PDFium writes for a hyphen at the end of a line: it joins the two parts of the word around it."""
_UNSEEN = re.compile(f"[\u00ad\u200b-\u200d\u2060\ufeff{WRAP}]")
_SPACES = re.compile(
    f"[{''.join(chr(code) for code in range(0x80, 0x3001) if unicodedata.category(chr(code)) == 'Zs')}]"
)


@dataclass(frozen=True, slots=True)
class Legible:
    """A text to read, and the text that it was made from."""

    captured: str
    text: str
    removed: tuple[int, ...]
    """For each unseen character in order: how many characters of `text` stand before it."""

    def start(self, offset: int) -> int:
        """Return where in the captured text the character at an offset stands."""
        return offset + bisect_right(self.removed, offset)

    def end(self, offset: int) -> int:
        """Return where in the captured text a stretch that ends at an offset ends."""
        return self.start(offset - 1) + 1 if offset else 0


def legible(captured: str) -> Legible:
    """Return a text with plain spaces and without unseen characters."""
    removed = tuple(found.start() - number for number, found in enumerate(_UNSEEN.finditer(captured)))
    text = _UNSEEN.sub("", captured) if removed else captured
    return Legible(captured, _SPACES.sub(" ", text), removed)


def as_captured(capture: Capture, source: Legible, after: int = 0) -> tuple[Capture, int]:
    """Return a capture of the legible text as one of the captured text, and where in the legible text it ends.

    A capture of a part of the text is looked for behind `after`.
    """
    begin = source.text.find(capture.text, after)
    if begin < 0:
        return capture, after
    stop = begin + len(capture.text)
    if not source.removed:
        return replace(capture, text=source.captured[begin:stop]), stop
    first = source.start(begin) if begin else 0
    last = source.start(stop) if stop < len(source.text) else len(source.captured)
    spans = [_moved(found, source, begin, first) for found in capture.spans]
    text = source.captured[first:last]
    return replace(capture, text=text, spans=(*spans, *_signs(text, spans))), stop


def _moved(found: Span, source: Legible, begin: int, first: int) -> Span:
    return replace(found, start=source.start(begin + found.start) - first, end=source.end(begin + found.end) - first)


def _signs(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return drops for unseen characters that are signs of the carrier.

    These are hyphens that PDFium found at the end of a line, and whatever lies at the edge of a field, in no span.
    Soft hyphens inside a field or witness stay: they were captured as characters of the text.
    """
    found: list[Span] = []
    for sign in _UNSEEN.finditer(text):
        kinds = {one.kind for one in spans if one.start <= sign.start() < one.end}
        if not kinds:
            found.append(span(sign.start(), sign.end(), "dropped", "unseen", reason="chrome"))
        elif sign.group() == WRAP and kinds == {"witness"}:
            found.append(span(sign.start(), sign.end(), "dropped", "wrapped", reason="line-wrap-hyphen"))
    return found

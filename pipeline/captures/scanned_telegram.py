"""Turn an archive's PDF whose document is a scanned form, read by machine, into a capture.

The head is that of `archive_pdf`. Below it stands the form as it lay on the sheets: numbers of copies, stamps, sheet
numbers and catchwords in the middle of sentences. All of that is furniture of the original and stays in the witness;
only the marks that the reading machine set (a last `###`) are dropped. From seed 004:

    (см. сл. лист)

    Продолжение шифртелеграммы № 15994
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.captures import archive_pdf
from pipeline.captures.capture import Capture, Evidence, Seed, lines_of

NAME = "scanned-telegram"

_FURNITURE = re.compile(
    r"(?P<anywhere>\(\s*см\.?\s+сл\.?\s+лист\s*\)|подлежит\s+возврату)"
    r"|(?:продолжение\s+шифр|лист\s*[№n]?\s*[\d,./]|эк[зс]?\.?\s*[№n])"
)
"""Furniture of sheets in small letters; what is not found anywhere begins a line."""


_WORDS = ("лист", "возврат", "продолж", "эк")
"""One of these stands in every line with such furniture."""


def recognise(seed: Seed, text: str) -> Evidence:
    """Say how much furniture of sheets in the running text speaks for this format, beside an archive's head.

    Furniture is looked for first: the head is read only where there is some.
    """
    head = archive_pdf.recognise(seed, text)
    if not head.weight:
        return Evidence(0)
    furniture = _furniture(text)
    if len(furniture) < 3 or not _is_scanned(text):
        return Evidence(0)
    return Evidence(min(100, head.weight + 5), (*head.seen, "Original Scan", *dict.fromkeys(furniture)))


def _is_scanned(text: str) -> bool:
    return any(text[part.start : part.end] == "Original Scan" for part in archive_pdf.head(text))


def _furniture(text: str) -> list[str]:
    small = text.lower()
    if not any(word in small for word in _WORDS):
        return []
    lines = ((line, line.text.lower()) for line in lines_of(text))
    return [
        " ".join(line.text[found.start() : found.end()].split())
        for line, small in lines
        if any(word in small for word in _WORDS)
        for found in _FURNITURE.finditer(small)
        if found["anywhere"] or not line.text[: found.start()].strip()
    ]


def read(seed: Seed, text: str) -> list[Capture]:
    """Return a capture for each head in the file."""
    return [replace(capture, format=NAME) for capture in archive_pdf.read(seed, text)]

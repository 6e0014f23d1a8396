"""Turn a volume of numbered documents, transcribed in markdown, into captures: one for each number.

    volume   = {document}
    document = "**No. " number "**" title text
    title    = the lines below the number, to a blank line or to what the document's own form begins with

Marks of headings and bold type come from the transcription, not from the document: they are dropped, the words stay.
From a volume of cipher telegrams of 1963:

    **No. 12**

    Coded telegram from USSR Ambassador to USA A.F. Dobrynin to USSR Ministry of Foreign Affairs regarding …
    Spec. No. 1967 - 1968 November 22, 1963 Washington
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.annotation.spans import Span
from pipeline.captures.capture import Capture, Evidence, Line, RefusedSeed, Seed, lines_of
from pipeline.captures.completing import complete
from pipeline.captures.fields import dropped, field, field_in_markup
from pipeline.captures.language import letters_in
from pipeline.problems import problem

NAME = "numbered-volume"

_NUMBER = re.compile(
    r"^[ \t]*(?:\*\*|__|#{1,6}[ \t]+)(?P<number>(?:Document\s+)?(?:No\.?|Nr\.?|№|Док\.\s*№)\s*\d+[a-zа-я]?\.?)"
    r"(?:\*\*|__)?[ \t]*$",
    re.MULTILINE,
)
_FORM = re.compile(
    r"\s*(?:Spec(?:ial)?\.?\s+No|Спец|No\.?\s*\d|№|Copy|Copies|Экз|Top\s+Secret|TOP\s+SECRET|Secret|Urgent|Сов\.?\s*секр|#{1,6}\s)"
)
_MARKS = re.compile(r"\*\*|^[ \t]*#{1,6}(?=[ \t])", re.MULTILINE)


def recognise(seed: Seed, text: str) -> Evidence:
    """Say how much numbers set in bold on a line of their own speak for this format."""
    has_marks = "**" in text or "__" in text or "#" in text
    numbers = [" ".join(found["number"].split()) for found in _NUMBER.finditer(text)] if has_marks else []
    if not numbers:
        return Evidence(0)
    starts_with_one = not text[: text.index(numbers[0].split()[0])].strip("*#_ \t\r\n\ufeff")
    return Evidence(40 + 30 * starts_with_one, tuple(numbers[:3]))


def read(seed: Seed, text: str) -> list[Capture]:
    """Return a capture for each number; what stands above the first belongs to it."""
    numbers = list(_NUMBER.finditer(text))
    edges = [0, *(found.start() for found in numbers[1:]), len(text)]
    captures = [_document(seed, text[start:end]) for start, end in itertools.pairwise(edges)]
    if not any(_has_text(capture) for capture in captures):
        raise RefusedSeed(problem("C008", seed.name, seen="a number without a document"))
    return captures


def _has_text(capture: Capture) -> bool:
    return any(letters_in(capture.text[found.start : found.end]) for found in capture.spans if found.kind == "witness")


def _document(seed: Seed, text: str) -> Capture:
    found = _NUMBER.search(text)
    start = found.end() if found else 0
    spans = _number(text, found) if found else []
    title = _title(lines_of(text, start))
    if title:
        spans += field_in_markup(text, title[0].start, title[-1].end, "title")
        start = title[-1].end
    for mark in _MARKS.finditer(text, start):
        spans += dropped(text, mark.start(), mark.end(), "chrome")
    return complete(seed, text, NAME, spans)


def _number(text: str, found: re.Match[str]) -> list[Span]:
    return [
        *dropped(text, found.start(), found.start("number"), "chrome"),
        *field(text, found.start("number"), found.end("number"), "number"),
        *dropped(text, found.end("number"), found.end(), "chrome"),
    ]


def _title(lines: Sequence[Line]) -> list[Line]:
    """Return the first paragraph's lines above what the form of a telegram begins with."""
    below = list(itertools.dropwhile(lambda line: line.is_blank, lines))
    return list(itertools.takewhile(lambda line: not line.is_blank and not _FORM.match(line.text), below))

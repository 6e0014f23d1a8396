"""Turn the paragraphs of an original into a suggestion where those of its run-on translation were.

A translation whose paragraphs the capture lost has been cut at its numbering; within each numbered part its sentences
are shared out over as many paragraphs as the original has there, so that lengths agree best (least squares, dynamic
programming; Gale and Church 1993 for length as evidence). Each break so found is `cert="medium"`. Alignment of
sentences will say more (and replaces this as evidence, not as encoding).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.annotation.readings import Reading

_SENTENCE_END = re.compile(r"[.!?:][\"”»)\]]*\s+(?=[\"“«(\[]?[A-ZА-ЯЁ0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-ZА-ЯЁ]|No|Mr|Mrs|Dr|St|Cde|Com|Gen|Col|vs|тов|т|гр|им|ст|г)|(?:^|[.:;!?]\s)\d{1,2})\.\s+$"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's extent in the capture, its reading, and its number where it has one."""

    start: int
    end: int
    reading: Reading
    number: str = ""
    container: str = ""
    """The message in which it stands: "" the document's own, else the embedded one's number."""


def restored_breaks(
    original: Sequence[Paragraph], translation: Sequence[Paragraph]
) -> list[tuple[Paragraph, list[int]]]:
    """Return, for paragraphs of a run-on translation, the places in their readings where further ones begin."""
    breaks = []
    for container in dict.fromkeys(paragraph.container for paragraph in translation):
        originals = [paragraph for paragraph in original if paragraph.container == container]
        translations = [paragraph for paragraph in translation if paragraph.container == container]
        for ours, theirs in _sections(originals, translations):
            breaks += list(_shared_out(ours, theirs))
    return breaks


def _sections(
    originals: Sequence[Paragraph], translations: Sequence[Paragraph]
) -> Iterator[tuple[Sequence[Paragraph], Sequence[Paragraph]]]:
    """Yield the parts that begin with the same number on both sides."""
    numbers = {paragraph.number for paragraph in originals if paragraph.number}
    shared = [paragraph.number for paragraph in translations if paragraph.number in numbers]
    ours, theirs = _cut_at(originals, shared), _cut_at(translations, shared)
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)


def _cut_at(paragraphs: Sequence[Paragraph], numbers: Sequence[str]) -> list[list[Paragraph]]:
    sections: list[list[Paragraph]] = [[]]
    awaited = list(numbers)
    for paragraph in paragraphs:
        if awaited and paragraph.number == awaited[0]:
            sections.append([])
            awaited.pop(0)
        sections[-1].append(paragraph)
    return sections


def _shared_out(
    originals: Sequence[Paragraph], translations: Sequence[Paragraph]
) -> Iterator[tuple[Paragraph, list[int]]]:
    """Share the sentences of a section out over the original's paragraphs; breaks that stand are kept."""
    if not originals or not translations or len(originals) <= len(translations):
        return
    sentences = [
        (number, start) for number, one in enumerate(translations) for start in sentence_starts(one.reading.text)
    ]
    lengths = _lengths(translations, sentences)
    wanted = [len(paragraph.reading.text) for paragraph in originals]
    begins_paragraph = {number for number, (_, start) in enumerate(sentences) if start == 0}
    chosen = _share(lengths, wanted, begins_paragraph)
    for number, paragraph in enumerate(translations):
        places = [
            start for index, (owner, start) in enumerate(sentences) if owner == number and start and index in chosen
        ]
        if places:
            yield paragraph, places


def sentence_starts(text: str) -> list[int]:
    """Return where sentences begin in a reading, roughly: enough for sharing them out."""
    starts = [0]
    for found in _SENTENCE_END.finditer(text):
        if not _ABBREVIATION.search(text[max(found.end() - 12, 0) : found.end()]):
            starts.append(found.end())
    return starts


def _lengths(paragraphs: Sequence[Paragraph], sentences: Sequence[tuple[int, int]]) -> list[int]:
    lengths = []
    for index, (owner, start) in enumerate(sentences):
        following = sentences[index + 1] if index + 1 < len(sentences) else (-1, 0)
        end = following[1] if following[0] == owner else len(paragraphs[owner].reading.text)
        lengths.append(end - start)
    return lengths


def _share(lengths: Sequence[int], wanted: Sequence[int], fixed: set[int]) -> set[int]:
    """Return the sentences that begin a paragraph, so that lengths agree best with those wanted."""
    count, groups = len(lengths), min(len(wanted), len(lengths))
    ratio = sum(lengths) / max(sum(wanted), 1)
    sums = [0]
    for length in lengths:
        sums.append(sums[-1] + length)
    infinite = float("inf")
    costs = [[infinite] * (count + 1) for _ in range(groups + 1)]
    origin = [[0] * (count + 1) for _ in range(groups + 1)]
    costs[0][0] = 0.0
    for group in range(1, groups + 1):
        for end in range(group, count + 1):
            for start in range(end - 1, group - 2, -1):
                excess = sums[end] - sums[start] - ratio * wanted[group - 1]
                if excess > 0 and excess**2 >= costs[group][end]:
                    break  # from here on the paragraph only grows
                cost = costs[group - 1][start] + excess**2
                if cost < costs[group][end]:
                    costs[group][end], origin[group][end] = cost, start
                if start in fixed:
                    break
    return _begins(origin, groups, count)


def _begins(origin: Sequence[Sequence[int]], groups: int, count: int) -> set[int]:
    begins: set[int] = set()
    end = count
    for group in range(groups, 0, -1):
        end = origin[group][end]
        begins.add(end)
    return begins

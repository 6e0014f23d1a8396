"""Turn the paragraphs of an original into a suggestion where those of its run-on translation were.

A translation whose paragraphs the capture lost has been cut at its numbering. Its sentences are linked with those of
the original, and a paragraph begins where the counterpart of an original's first sentence begins. Each break so found
is `cert="medium"`; where the counterpart goes on from a sentence of the paragraph before, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.alignment import align
from pipeline.alignment.units import Unit, number_anchors
from pipeline.annotation.readings import Reading
from pipeline.annotation.sentences import sentences_of


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's extent in the capture, its reading, and the message that it belongs to."""

    start: int
    end: int
    reading: Reading
    language: str
    container: str = ""
    """The message in which it stands: "" the document's own, else the embedded one's number."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    paragraph: int
    start: int
    """In the paragraph's reading."""
    unit: Unit


def restored_breaks(
    original: Sequence[Paragraph], translation: Sequence[Paragraph]
) -> list[tuple[Paragraph, list[int]]]:
    """Return, for paragraphs of a run-on translation, the places in their readings where further ones begin."""
    ours, theirs = list(_sentences(original)), list(_sentences(translation))
    places: dict[int, list[int]] = {}
    for link in align([one.unit for one in ours], [one.unit for one in theirs]):
        if not link.originals or not link.translations:
            continue
        first, counterpart = ours[link.originals[0]], theirs[link.translations[0]]
        if first.start == 0 and counterpart.start:
            places.setdefault(counterpart.paragraph, []).append(counterpart.start)
    return [(translation[number], found) for number, found in sorted(places.items())]


def _sentences(paragraphs: Sequence[Paragraph]) -> Iterator[_Sentence]:
    """Yield the sentences of paragraphs; the first of each begins where it begins, numbering included."""
    for number, paragraph in enumerate(paragraphs):
        text, language = paragraph.reading.text, paragraph.language
        for place, (start, end) in enumerate(sentences_of(text, language)):
            sentence = text[start:end]
            anchors = tuple(number_anchors(sentence, language))
            unit = Unit("", language, sentence, anchors, message=paragraph.container)
            yield _Sentence(number, start if place else 0, unit)

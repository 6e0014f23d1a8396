"""Turn a document in TEI into its passages: the own text of each, and where in the document every character stands.

A passage is what stands under one `xml:id` and under none within it. Whoever names a place by passage, words and
occurrence can find it again after edits elsewhere, and in the file itself by the places of its characters: their
offsets among all characters between the tags of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from pipeline.tei import XML_ID, tag

BREAKS = frozenset(map(tag, ("p", "item", "cell", "addrLine", "seg", "signed", "dateline", "salute", "ab", "head")))
"""Elements before and after which a line ends, so that no words run together."""

ADDED_IN_CHOICE = frozenset(map(tag, ("corr", "reg", "expan")))

Offsets = Mapping[etree._Element, tuple[int, int]]
"""For each element the offsets of the text after its start tag and after its end tag."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands under one xml:id and under none within it."""

    identifier: str
    element: etree._Element
    characters: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """For each character its offset in the document; -1 for an end of line that only parts two pieces of text."""
    marks: list[tuple[int, int, etree._Element]] = field(default_factory=list)
    """Elements in it and what each covers, half-open, an inner one before the one that it stands in."""

    @property
    def text(self) -> str:
        return "".join(self.characters)

    def add(self, text: str, offset: int) -> None:
        self.characters.extend(text)
        self.places.extend(range(offset, offset + len(text)))

    def part(self) -> None:
        self.characters.append("\n")
        self.places.append(-1)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch begins and ends in the document; nowhere (-1, -1) if none of it stands there."""
        places = [place for place in self.places[start:end] if place >= 0]
        return (places[0], places[-1] + 1) if places else (-1, -1)


def offsets_of(root: etree._Element) -> Offsets:
    """Return where the text of a document stands: offsets among all its characters, comments apart."""
    offsets: dict[etree._Element, tuple[int, int]] = {}
    reached = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            offsets[node] = (reached, reached)
            reached += len(node.text or "")
            continue
        offsets[node] = (offsets.get(node, (reached, reached))[0], reached)
        reached += len(node.tail or "") if node is not root else 0
    return offsets


def read_passages(
    element: etree._Element,
    offsets: Offsets,
    is_silent: Callable[[etree._Element], bool],
    transparent: frozenset[str] = frozenset(),
) -> dict[str, Passage]:
    """Return the passages in an element, by identifier, in their order; what stands outside all of them is under "".

    `is_silent` tells elements that are no part of the text; the identifiers of `transparent` ones count for nothing.
    """
    passages: dict[str, Passage] = {}
    _gather(element, Passage("", element), passages, (offsets, is_silent, transparent))
    return passages


_How = tuple[Offsets, Callable[[etree._Element], bool], frozenset[str]]


def _gather(element: etree._Element, around: Passage, passages: dict[str, Passage], how: _How) -> None:
    offsets, is_silent, transparent = how
    identifier = element.get(XML_ID) if element.tag not in transparent else None
    own = passages.setdefault(identifier or around.identifier, Passage(identifier, element) if identifier else around)
    start = len(own.characters)
    if element.tag in BREAKS:
        own.part()
    if not is_silent(element):
        own.add(element.text or "", offsets[element][0])
        for child in element:
            if isinstance(child.tag, str):
                _gather(child, own, passages, how)
            own.add(child.tail or "", offsets[child][1])
    if element.tag in BREAKS:
        own.part()
    own.marks.append((start, len(own.characters), element))


def folded(text: str) -> str:
    """Return a text with white space folded."""
    return " ".join(text.split())


def occurrence(text: str, start: int, end: int) -> tuple[str, int]:
    """Return a stretch of a passage's text with white space folded, and which of the places that read so it is."""
    words = folded(text[start:end])
    return words, (folded(text[:start]).count(words) + 1 if words else 1)

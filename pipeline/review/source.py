"""Turn a document's file into its tree and the places in the file of every element and every character of it.

What an editor decides is written by exchanging some bytes of the file; all others stay as the editor laid them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from pipeline.annotation.own_text import offsets_of
from pipeline.reconciliation.versions import TOKEN, unescape
from pipeline.tei import parse_tei

_PIECE = re.compile(r"&[^;]+;|\r\n|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Extent:
    """Where an element stands in the file: its start tag and its end tag, the same for an empty one."""

    start: int
    opened: int
    """Where the start tag ends."""
    closes: int
    """Where the end tag begins."""
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Exchange:
    """A stretch of the file, which may be empty, and what takes its place."""

    start: int
    end: int
    text: str


class Source:
    """A document's file, decoded, with its tree; raise `UnreadableXML` where it has none."""

    def __init__(self, content: bytes, name: str) -> None:
        self.content = content
        self.tree = parse_tei(content, name)
        self.root = self.tree.getroot()
        self.encoding = self.tree.docinfo.encoding or "UTF-8"
        self.raw = content.decode(self.encoding)
        self.elements: list[etree._Element] = list(self.root.iter(etree.Element))
        """In the order of their start tags."""
        self.offsets = offsets_of(self.root)
        self.extents: list[Extent] = []
        """Of the elements, in their order."""
        self.begins: list[int] = []
        """Where each character between the tags begins in the file."""
        self.ends: list[int] = []
        self._numbers = {element: number for number, element in enumerate(self.elements)}
        self._read()

    def _read(self) -> None:
        extents: dict[int, Extent] = {}
        waiting: list[tuple[int, int, int]] = []
        for token in TOKEN.finditer(self.raw):
            if token["opened"]:
                number = len(extents) + len(waiting)
                if token["empty"]:
                    extents[number] = Extent(token.start(), token.end(), token.start(), token.end())
                else:
                    waiting.append((number, token.start(), token.end()))
            elif token["closed"]:
                number, start, opened = waiting.pop()
                extents[number] = Extent(start, opened, token.start(), token.end())
            elif waiting and token["cdata"] is not None:
                self._text(*token.span("cdata"), is_escaped=False)
            elif waiting and token["text"]:
                self._text(*token.span("text"), is_escaped=True)
        self.extents = [extents[number] for number in range(len(extents))]

    def _text(self, start: int, end: int, *, is_escaped: bool) -> None:
        for piece in _PIECE.finditer(self.raw, start, end):
            is_reference = is_escaped and len(piece.group()) > 1 and len(unescape(piece.group())) == 1
            if is_reference or piece.group() == "\r\n":
                self.begins.append(piece.start())
                self.ends.append(piece.end())
            else:
                self.begins.extend(range(*piece.span()))
                self.ends.extend(range(piece.start() + 1, piece.end() + 1))

    def number(self, element: etree._Element) -> int:
        """Return which element of the document this is, by start tags."""
        return self._numbers[element]

    def line(self, offset: int) -> int:
        """Return the line, from 1, of an offset in the file."""
        return self.raw.count("\n", 0, offset) + 1

    def tag(self, number: int) -> str:
        """Return the start tag of an element as it stands."""
        extent = self.extents[number]
        return self.raw[extent.start : extent.opened]

    def exchanged(self, exchanges: Iterable[Exchange]) -> bytes:
        """Return the file with these stretches exchanged, none of which overlaps another."""
        parts, reached = [], 0
        for one in sorted(exchanges):
            parts += [self.raw[reached : one.start], one.text]
            reached = one.end
        return "".join([*parts, self.raw[reached:]]).encode(self.encoding)


def with_attributes(start_tag: str, changes: Mapping[str, str | None], name: str = "") -> str:
    """Return a start tag with attributes changed, added at its end or (None) taken out, and renamed if `name` is given.

    What is not changed stays as it is written.
    """
    for attribute, value in changes.items():
        pattern = re.compile(rf"""(\s+{re.escape(attribute)}\s*=\s*)("[^"]*"|'[^']*')""")
        if value is None:
            start_tag = pattern.sub("", start_tag)
        elif pattern.search(start_tag):
            written = quoteattr(value, {'"': "&quot;"})
            start_tag = pattern.sub(lambda found, written=written: found[1] + written, start_tag, count=1)  # type: ignore[misc]
        else:
            end = re.search(r"\s*/?>\Z", start_tag)
            at = end.start() if end else len(start_tag)
            start_tag = f"{start_tag[:at]} {attribute}={quoteattr(value, {chr(34): '&quot;'})}{start_tag[at:]}"
    return re.sub(r"\A<[^\s/>]+", f"<{name}", start_tag) if name else start_tag


def element_tag(name: str, attributes: Mapping[str, str]) -> str:
    """Return a new start tag."""
    return with_attributes(f"<{name}>", attributes)


def escaped(text: str) -> str:
    """Return a text as it is written between tags."""
    return escape(text)

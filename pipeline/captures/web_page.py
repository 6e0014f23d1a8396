"""Turn a web page into its text, and the places where its document may stand.

The text is the page's text nodes in order, without what no reader sees (scripts, styles, forms' choices). Where an
element begins or ends a block, a line break separates it, so that a heading does not run into a paragraph; a space
separates the raised mark of a note from the word before it: `поезд<sup>1</sup>`, but not `км<sup>2</sup>`.
Source: HTML Living Standard, 15.3 "Non-replaced elements" (which elements are blocks).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree, html

_UNSEEN = frozenset(
    "script style noscript template head title meta link select option datalist svg canvas iframe object".split()
)
_BLOCKS = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary
    table tbody tfoot thead tr ul""".split()
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]+(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_ELEMENTS = re.compile(rb"<(?:body|div|p|span|table|article|main)[\s>][^<]*", re.IGNORECASE)
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 li dt dd".split())
_MARK = re.compile(r"\[?(?:\d{1,3}|\*{1,3}|[†‡§]|[ivx]{1,5})\]?\)?")
"""What the raised mark of a note consists of; what else is raised, as an ordinal's ending, belongs to its word."""
_LENGTH = re.compile(r"(?<!\w)(?:[кдс]?м|[kdc]?m|mm|мм|ft|in|yd|mi)\Z")
"""A unit of length: a figure raised after it makes it a square or a cube. After figures it is rather a note's mark."""
_CONTENTS = frozenset(("article", "main"))
"""What the page itself says is its document, heading and notes included (HTML, 4.3.2 and 4.4.14)."""
PROSE = 60
"""Characters; a line at least as long is running text rather than a link or a button."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text, and the extents of elements that may hold the document, the outermost first."""

    text: str
    elements: tuple[tuple[int, int], ...]
    paragraphs: frozenset[tuple[int, int]] = frozenset()
    """Those of them that are paragraphs or headings: a part of a document, however long."""
    contents: frozenset[tuple[int, int]] = frozenset()
    """Those that the page names as its document."""


def is_web_page(content: bytes) -> bool:
    """Whether bytes are HTML by what stands in them."""
    start = content[:4096].replace(b"\0", b"")
    return bool(_HTML.search(start)) or len(_ELEMENTS.findall(start)) > 3


def declared_encoding(content: bytes) -> str:
    """Return the encoding that a page declares for itself, where Python knows it; else ""."""
    found = _CHARSET.search(content[:4096])
    try:
        return codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return ""


def page_of(text: str) -> Page:
    """Return the text of a page and the extents of its elements; an empty text where the page has no content."""
    parser = html.HTMLParser(huge_tree=False)
    try:
        root = html.document_fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except etree.LxmlError:
        return Page("", ())
    writer = _Writer()
    writer.write(root)
    elements = tuple(sorted(writer.named, key=lambda extent: (extent[0], -extent[1])))
    return Page("".join(writer.parts), elements, writer.only(_PARAGRAPHS), writer.any_of(_CONTENTS))


class _Writer:
    """Collects text nodes and where elements begin and end."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.named: dict[tuple[int, int], set[str]] = {}

    def write(self, root: etree._Element) -> None:
        """Write an element's text. Events, not recursion: pages may nest deeper than Python's stack."""
        starts: dict[etree._Element, int] = {}
        hidden = 0
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            name = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                hidden += name in _UNSEEN
                if not hidden:
                    starts[element] = self._open(element, name)
            elif event == "end":
                if not hidden:
                    self._close(name, starts.pop(element))
                hidden -= name in _UNSEEN
            if event != "start" and not hidden and element is not root:
                self._add(element.tail or "")

    def only(self, names: frozenset[str]) -> frozenset[tuple[int, int]]:
        return frozenset(extent for extent, found in self.named.items() if found <= names)

    def any_of(self, names: frozenset[str]) -> frozenset[tuple[int, int]]:
        return frozenset(extent for extent, found in self.named.items() if found & names)

    def _open(self, element: etree._Element, name: str) -> int:
        if name in _BLOCKS or name == "br":
            self._break()
        if name in {"td", "th"}:
            self._add("\t")
        if name == "sup" and self._is_mark(element):
            self._add(" ")
        start = self.length
        self._add(element.text or "")
        return start

    def _close(self, name: str, start: int) -> None:
        if name in _BLOCKS:
            self.named.setdefault((start, self.length), set()).add(name)
            self._break()
        if name == "p":
            self._add("\n")

    def _is_mark(self, element: etree._Element) -> bool:
        """Whether a raised element is the mark of a note that follows a word at once."""
        before = self.parts[-1][-24:] if self.parts else ""
        raised = "".join(map(str, element.itertext())).strip()
        if not before or before[-1].isspace() or not _MARK.fullmatch(raised):
            return False
        return next(element.iter("a"), None) is not None or _LENGTH.search(before) is None

    def _break(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self._add("\n")

    def _add(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)


def innermost(extents: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the extents that hold no other, the longest first."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(extents, key=lambda extent: (extent[1] - extent[0], extent[0])):
        if not any(start <= inner_start and inner_end <= end for inner_start, inner_end in kept):
            kept.append((start, end))
    return sorted(kept, key=lambda extent: (extent[0] - extent[1], extent[0]))


def element_with_the_prose(page: Page) -> tuple[int, int]:
    """Return the element that holds nearly all the running text of a page, nine tenths of it.

    That is what the page names as its document, else the innermost that is no paragraph: where one paragraph alone is
    long, the date above it and the signature below it belong to it.
    """
    whole = (0, len(page.text))
    most = 0.9 * _prose(page.text)
    holding = [(start, end) for start, end in page.elements if _prose(page.text[start:end]) >= most > 0]
    named = [extent for extent in holding if extent in page.contents]
    holding = named or [extent for extent in holding if extent not in page.paragraphs]
    return min(holding, key=lambda extent: extent[1] - extent[0], default=whole)


def _prose(text: str) -> int:
    return sum(len(line) for line in text.splitlines() if len(line.strip()) >= PROSE)

"""Turn an element into its place in the file that it was read from: the line and column of its start tag.

libxml2 knows lines only, and of a start tag over several lines the last. So where a place is asked for, and only there,
the file is read a second time by Expat, which counts both; elements are counted off in the order of the document.
"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from lxml import etree


class Places:
    """The places of the elements of one document; `path` is the file that it was read from."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tags: list[tuple[str, int, int]] | None = None
        self._numbers: dict[etree._Element, int] = {}

    def place_of(self, element: etree._Element | None) -> tuple[int, int]:
        """Return line and column of an element's `<`, from 1, the column in characters; 0 where unknown."""
        if element is None:
            return 0, 0
        if not self._numbers:
            elements = element.getroottree().getroot().iter(etree.Element)
            self._numbers = {each: number for number, each in enumerate(elements)}
        return self.numbered(self._numbers[element], str(element.tag), element.sourceline or 0)

    def numbered(self, number: int, name: str, line: int) -> tuple[int, int]:
        """Return the same for the element of this number, from 0, in the order of the document.

        `name` and `line` are what libxml2 knows of it: where the file has another element there, its column is unknown.
        """
        if self._tags is None:
            self._tags = _tags_in(self.path)
        found = self._tags[number] if number < len(self._tags) else ("", 0, 0)
        return found[1:] if found[0] == name else (line, 0)


def _tags_in(path: Path) -> list[tuple[str, int, int]]:
    """Return the start tags in a file; none where Expat cannot read it."""
    try:
        return start_tags(path.read_bytes())
    except (OSError, ValueError, LookupError, expat.ExpatError):
        return []


def start_tags(content: bytes) -> list[tuple[str, int, int]]:
    """Return name, line and column of every start tag; raise `ExpatError` where Expat cannot read the content."""
    found = []
    parser = expat.ParserCreate(namespace_separator="}")

    def start(name: str, _attributes: object) -> None:
        qualified = f"{{{name}" if "}" in name else name
        found.append((qualified, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = start
    parser.Parse(content, True)
    return found

"""Turn one version of a document into its text with marks laid over it, remembering where each lies in the file.

The *text* is every character between tags but white space, in order. An element with content is a *mark*: it covers a
stretch of the text. An empty element (`pb`, `link`, a `date` with attributes only), a comment and a processing
instruction are each one character of the text, so that everything has a place. White space is layout, but whether two
characters are divided by any is kept, for in running text that is a word boundary (TEI P5, chapter 1.3.1.1.6).

The file itself is cut into tokens, not parsed into a tree, because what nobody changed must stay byte for byte:
attribute order, entities, line breaks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from pipeline.tei import ELEMENT_ONLY, SPACE

TOKEN = re.compile(
    r"""(?P<aside><!--.*?-->|<\?.*?\?>)
      | <!\[CDATA\[(?P<cdata>.*?)\]\]>
      | </(?P<closed>[^\s>]+)\s*>
      | <(?P<opened>[^\s/>]+)(?P<attributes>(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(?P<empty>/)?>
      | (?P<text>[^<]+)""",
    re.DOTALL | re.VERBOSE,
)
_OPENING = frozenset({"attributes", "empty"})
"""The last group that matches where the token is a start tag or an empty element."""

_ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""", re.DOTALL)
_REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|\w+);")
_PIECE = re.compile(rf"(?P<reference>&[^;]+;)|(?P<space>[{SPACE}]+)|(?P<solid>[^&{SPACE}]+)")
_PREDEFINED = {"lt": "<", "gt": ">", "amp": "&", "apos": "'", "quot": '"'}

ASIDE = "\ud800"
"""Stands in the text for a comment or a processing instruction: a character that XML has not."""

_FIRST_NAME = 0xD801

STRUCTURE = ELEMENT_ONLY | set(
    """p ab s seg item label head opener closer salute signed dateline addrLine cell note fw stamp title change
    interpGrp bibl quote cit lg l trailer byline argument docDate resp publisher licence""".split()
)
"""Elements that divide a document; the others say something of the very words that they cover."""


class Mark:
    """An element: its name and attributes as written, and what it covers of the text (half-open, never nothing)."""

    __slots__ = ("attributes", "end", "name", "opened", "order", "parent", "start")

    def __init__(self, name: str, attributes: Mapping[str, str], opened: str, parent: Mark | None) -> None:
        self.name = name
        self.attributes = attributes
        self.opened = opened
        """The start tag as it stands in the file."""
        self.parent = parent
        self.order = -1
        """Place among the marks of its version, by start tags."""
        self.start = self.end = -1

    @property
    def id(self) -> str:
        return self.attributes.get("xml:id", "")


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """An empty element, a comment or a processing instruction: one character of the text."""

    name: str
    """Empty for a comment or an instruction."""
    attributes: Mapping[str, str]
    raw: str
    parent: Mark | None

    @property
    def key(self) -> tuple[str, ...]:
        """What two atoms have in common that say the same."""
        if not self.name:
            return (self.raw,)
        return (self.name, *(f"{name}={value}" for name, value in sorted(self.attributes.items())))


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag of a mark, between two characters of the text."""

    mark: Mark
    is_start: bool
    raw: str


class Version:
    """A document as text and marks; `raw` is the file, decoded."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.prolog = ""
        """What stands before the root element."""
        self.epilog = ""
        self.text = ""
        self.begins: list[int] = []
        """Where each character of the text begins in `raw`."""
        self.ends: list[int] = []
        self.marks: list[Mark] = []
        """In the order of start tags: an outer one before those inside it."""
        self.atoms: dict[int, Atom] = {}
        self.slots: dict[int, list[Tag | str]] = {}
        """Tags and white space before a character, by its offset, wherever there are any."""

    def parts(self) -> list[int]:
        """Return for each character the number of the innermost part of the document that it stands in."""
        parts = [-1] * len(self.text)
        for mark in self.marks:
            if mark.name in STRUCTURE:
                parts[mark.start : mark.end] = [mark.order] * (mark.end - mark.start)
        return parts

    def has_space(self, offset: int) -> bool:
        """Whether white space divides a character from the one before it."""
        return any(isinstance(item, str) for item in self.slots.get(offset, ()))

    def divides(self, offset: int) -> bool:
        """Whether a word ends before a character: at white space, and where a part of the document begins or ends."""
        return _divides(self.slots.get(offset, ()))

    @functools.cached_property
    def words(self) -> list[tuple[object, int, int]]:
        """Words, signs and atoms in order: something to compare them by, start, end. Asked for once all is read."""
        return list(self._words())

    def _words(self) -> Iterator[tuple[object, int, int]]:
        borders = sorted({0, len(self.text), *(at for at, items in self.slots.items() if _divides(items))})
        borders = sorted({*borders, *self.atoms, *(at + 1 for at in self.atoms)})
        fields = self._fields()
        for start, end in pairwise(borders):
            if start in self.atoms:
                yield self.atoms[start].key, start, end
                continue
            for found in _WORD.finditer(self.text, start, end):
                yield (found.group(), fields.get(found.start(), "")), *found.span()

    def _fields(self) -> dict[int, str]:
        """Return for each character of the header in which of its parts it stands: the same words recur there."""
        fields: dict[int, str] = {}
        header = next((mark.end for mark in self.marks if mark.name == "teiHeader"), 0)
        for mark in self.marks:
            if mark.end <= header and mark.name in ELEMENT_ONLY:
                fields.update(dict.fromkeys(range(mark.start, mark.end), mark.name))
        return fields

    def excerpt(self, start: int, end: int) -> str:
        """Return a stretch of the text as one reads it, without tags."""
        return " ".join("".join(self._readable(start, end)).split())

    def _readable(self, start: int, end: int) -> Iterator[str]:
        for at in range(start, end):
            if at > start and self.has_space(at):
                yield " "
            atom = self.atoms.get(at)
            yield atom.raw if atom else self.text[at]


_WORD = re.compile(r"\w+|\W")


def _divides(items: Sequence[Tag | str]) -> bool:
    """Whether a word ends at tags and white space: at white space, and where a part of the document begins or ends."""
    return any(isinstance(item, str) or item.mark.name in STRUCTURE for item in items)


def read_version(content: bytes, stand_ins: dict[str, str], encoding: str = "UTF-8") -> Version:
    """Return a version of a document; `content` is well-formed XML without DOCTYPE (`pipeline.tei.parse_tei`).

    `stand_ins` are the characters that stand for empty elements, by name; versions that are to be compared share them.
    """
    return read_text(content.decode(encoding), stand_ins)


def read_text(raw: str, stand_ins: dict[str, str]) -> Version:
    """Return a version of a document from its file as text, as `read_version` does."""
    version = Version(raw)
    reading = _Reading(version, stand_ins)
    for token in TOKEN.finditer(version.raw):
        reading.take(token)
    version.text = "".join(reading.characters)
    version.slots[reading.length] = reading.slot
    return version


class _Reading:
    """Gathers the tokens of a file into a version."""

    def __init__(self, version: Version, stand_ins: dict[str, str]) -> None:
        self.version = version
        self.stand_ins = stand_ins
        self.characters: list[str] = []
        self.length = 0
        self.open: list[tuple[Mark, int]] = []
        """Elements that are open, and where each began in the file."""
        self.slot: list[Tag | str] = []
        self.is_before = True

    def take(self, token: re.Match[str]) -> None:
        kind = token.lastgroup
        if kind in _OPENING:
            self._opens(token)
        elif not self.open:
            self._outside(token)
        elif kind == "text":
            self._text(*token.span(), is_escaped=True)
        elif kind == "closed":
            self._closes(token)
        elif kind == "cdata":
            self._text(token.start("cdata"), token.end("cdata"), is_escaped=False)
        else:
            self._atom(token.start(), token.end(), Atom("", {}, token.group(), self._parent()), ASIDE)

    def _outside(self, token: re.Match[str]) -> None:
        if self.is_before:
            self.version.prolog += token.group()
        else:
            self.version.epilog += token.group()

    def _parent(self) -> Mark | None:
        return self.open[-1][0] if self.open else None

    def _opens(self, token: re.Match[str]) -> None:
        self.is_before = False
        name, written, empty = token.group("opened", "attributes", "empty")
        raw, attributes = token.group(), _attributes(written)
        if empty:
            self._atom(token.start(), token.end(), Atom(name, attributes, raw, self._parent()))
            return
        mark = Mark(name, attributes, raw, self._parent())
        mark.order, mark.start = len(self.version.marks), self.length
        self.version.marks.append(mark)
        self.slot.append(Tag(mark, True, raw))
        self.open.append((mark, token.start()))

    def _closes(self, token: re.Match[str]) -> None:
        mark, began = self.open.pop()
        mark.end = self.length
        if mark.start == mark.end:
            self._withdraw(mark)
            raw = self.version.raw[began : token.end()]
            self._atom(began, token.end(), Atom(mark.name, mark.attributes, raw, mark.parent))
            return
        self.slot.append(Tag(mark, False, token.group()))

    def _withdraw(self, mark: Mark) -> None:
        """Take back a mark that covers nothing: it becomes an atom, with the white space inside it."""
        self.version.marks.remove(mark)
        at = next(at for at, item in enumerate(self.slot) if isinstance(item, Tag) and item.mark is mark)
        del self.slot[at:]

    def _atom(self, start: int, end: int, atom: Atom, character: str = "") -> None:
        self.version.atoms[self.length] = atom
        stand_in = character or self.stand_ins.setdefault(atom.name, chr(_FIRST_NAME + len(self.stand_ins)))
        self._add(stand_in, [start], [end])

    def _text(self, start: int, end: int, *, is_escaped: bool) -> None:
        raw = self.version.raw
        for piece in _PIECE.finditer(raw, start, end):
            kind = piece.lastgroup
            if kind == "space":
                self.slot.append(piece.group())
                continue
            begin, stop = piece.span()
            if kind == "reference" and is_escaped:
                self._add(unescape(piece.group()), [begin], [stop])
            else:
                self._add(piece.group(), range(begin, stop), range(begin + 1, stop + 1))

    def _add(self, characters: str, begins: Sequence[int], ends: Sequence[int]) -> None:
        if self.slot:
            self.version.slots[self.length] = self.slot
            self.slot = []
        self.characters.append(characters)
        self.version.begins.extend(begins)
        self.version.ends.extend(ends)
        self.length += len(characters)


@functools.lru_cache(maxsize=4096)
def _attributes(written: str) -> Mapping[str, str]:
    """Return the attributes of a start tag; the versions of a document share most of their tags."""
    return MappingProxyType({name: unescape(value[1:-1]) for name, value in _ATTRIBUTE.findall(written)})


def unescape(value: str) -> str:
    """Return an attribute's or text's value with its character references resolved."""

    def resolve(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("#x"):
            return chr(int(name[2:], 16))
        return chr(int(name[1:])) if name.startswith("#") else _PREDEFINED.get(name, found.group())

    return _REFERENCE.sub(resolve, value) if "&" in value else value


def start_tag(name: str, attributes: Mapping[str, str]) -> str:
    """Return a start tag, its attributes in the given order."""
    written = "".join(f' {key}="{_escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"


def _escape(value: str) -> str:
    for character, reference in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;")):
        value = value.replace(character, reference)
    return value

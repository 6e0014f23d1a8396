"""Turn a witness in TEI, ours or anybody's, into the units that are linked with those of another language.

Units are `s` where there are any, elsewhere the part itself (ENCODING.md §6). Their text is the reading text: without
furniture of the sheet, hyphens at its breaks, and editors' notes. What points to the same thing in both languages is an
anchor: a name by its reference, a date by its value, a number, the mark of an enumeration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.alignment.numbers import find_numbers
from pipeline.tei import NAMESPACES, TEI, XML_ID, XML_LANG

PARTS = frozenset(
    "head p ab item cell l addrLine dateline salute signed byline trailer seg stamp opener closer postscript".split()
)
"""Elements that are units where they hold no smaller ones; of `seg`, those that stand in an opener or closer."""

SILENT = frozenset("fw pb cb gb milestone note figure index".split())
"""Elements that say nothing in the reading text."""

NAMES = frozenset("persName placeName orgName rs name geogName".split())


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something that a unit says and that its counterpart says too, in whatever language."""

    kind: str
    """number, date, time, name, spelling (of a name without a reference), mark (of an enumeration)."""
    value: str
    """Its normal form: `3000`, `1950-10-01`, `#stalin`, `2`."""
    written: str = ""
    """As it stands in the text."""
    is_sure: bool = True
    """Whether a counterpart without it disagrees: not in a gloss, and not where it may be no more than a word."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage that is linked as a whole."""

    id: str
    """Its `xml:id`, or "" where it has none."""
    language: str
    text: str
    anchors: tuple[Anchor, ...] = ()
    kind: str = "p"
    """What it stands in: the element's name, with its type where the frame of a message has types."""
    message: str = ""
    """The embedded message in which it stands, by its number among those of its witness; "" the document's own."""
    parent: str = ""
    """The list, table or part in which it stands, within its witness."""
    line: int = 0
    """Where it begins in the file."""

    @property
    def is_running(self) -> bool:
        """Whether it is a sentence or paragraph of the text proper, not of a message's frame."""
        return self.kind in RUNNING


RUNNING = frozenset({"p", "l"})


def witnesses_of(root: etree._Element) -> list[etree._Element]:
    """Return the divisions of a document that hold its original and its translations, the original first."""
    divisions = root.iterfind(".//tei:body//tei:div", NAMESPACES)
    found = [one for one in divisions if one.get("type") in {"original", "translation"}]
    return sorted(found, key=lambda one: one.get("type") != "original")


def read_units(witness: etree._Element) -> list[Unit]:
    """Return the units of a witness, in the order of its text; a sentence in pieces is one, where it begins."""
    language = witness.get(XML_LANG) or "und"
    reader = _Reader(language)
    reader.read(witness, "", "")
    return [_with_pieces(draft, reader.pieces) for draft in reader.drafts if not draft.element.get("prev")]


@dataclass(slots=True)
class _Draft:
    element: etree._Element
    unit: Unit


def _with_pieces(draft: _Draft, pieces: Mapping[str, tuple[Unit, str]]) -> Unit:
    """Join the pieces of a sentence that is broken by a paragraph or an embedded message."""
    unit, element, seen = draft.unit, draft.element, {draft.unit.id}
    following = element.get("next", "").removeprefix("#")
    while following in pieces and following not in seen:
        seen.add(following)
        piece, following = pieces[following]
        unit = replace(unit, text=f"{unit.text} {piece.text}", anchors=(*unit.anchors, *piece.anchors))
    return unit


class _Reader:
    """Walks through one witness."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.drafts: list[_Draft] = []
        self.pieces: dict[str, tuple[Unit, str]] = {}
        """Later pieces of broken sentences, by id, with the id of the next piece."""
        self.messages = 0
        self.mark = ""
        """The mark of an enumeration that stands before the next unit."""

    def read(self, element: etree._Element, message: str, parent: str) -> bool:
        """Read the units in an element; whether there were any."""
        found = False
        for child in element.iterchildren(etree.Element):
            found = self._read_child(child, message, parent) or found
        return found

    def _read_child(self, child: etree._Element, message: str, parent: str) -> bool:
        name = _name(child)
        if name in SILENT:
            return self.read(child, message, parent) if name == "note" and child.get("place") == "inline" else False
        if name == "label":
            self.mark = "".join(str(part) for part in child.itertext())
            return False
        if name == "s":
            self._add(child, message, parent)
            return True
        if name == "floatingText":
            self.messages += 1
            message = str(self.messages)
        if name == "item" and child.get("n"):
            self.mark = child.get("n", "")
        if name in {"list", "table", "opener", "closer", "postscript"}:
            parent = f"{message}/{name}/{len(self.drafts)}"
        if self.read(child, message, parent):
            return True
        if name in PARTS and (name != "seg" or _is_in_frame(child)) and "".join(map(str, child.itertext())).strip():
            self._add(child, message, parent)
            return True
        return False

    def _add(self, element: etree._Element, message: str, parent: str) -> None:
        text, anchors = _Words(self.language).of(element)
        if self.mark and (mark := re.sub(r"\W", "", self.mark)):
            anchors = (Anchor("mark", mark.casefold(), self.mark.strip()), *anchors)
        self.mark = ""
        own, line = element.get(XML_ID, ""), element.sourceline or 0
        unit = Unit(own, self.language, text, anchors, _kind(element), message, parent, line)
        if element.get("prev"):
            self.pieces[own] = (unit, element.get("next", "").removeprefix("#"))
        self.drafts.append(_Draft(element, unit))


def _name(element: etree._Element) -> str:
    return str(element.tag).removeprefix(f"{{{TEI}}}")


def _is_in_frame(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and _name(parent) in {"opener", "closer"}


def _kind(element: etree._Element) -> str:
    """Return what a unit is: of a sentence, what it stands in."""
    parent = element.getparent()
    own = parent if _name(element) == "s" and parent is not None else element
    type_ = own.get("type")
    return f"{_name(own)}:{type_}" if type_ and _name(own) in {"seg", "ab"} else _name(own)


class _Words:
    """Gathers the words of a unit and what in them is an anchor."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.parts: list[str] = []
        self.anchors: list[Anchor] = []

    def of(self, element: etree._Element) -> tuple[str, tuple[Anchor, ...]]:
        self._gather(element, is_remark=False)
        return " ".join("".join(text for text in self.parts).split()), tuple(self.anchors)

    def _gather(self, element: etree._Element, *, is_remark: bool) -> None:
        self._numbers(element.text or "", is_remark)
        for child in element.iterchildren():
            if isinstance(child.tag, str):
                self._gather_child(child, is_remark=is_remark)
            self._numbers(child.tail or "", is_remark)

    def _gather_child(self, child: etree._Element, *, is_remark: bool) -> None:
        name = _name(child)
        if name in SILENT:
            return
        if name == "pc" and child.get("force") == "weak":
            self.parts.append(_JOIN)
            return
        if name in {"corr", "reg", "expan"} and _is_choice(child):
            return
        remark = is_remark or name in {"gloss", "supplied", "ex"}
        if name in NAMES:
            written, ref = _written(child), child.get("ref", "").partition("#")[2]
            self.anchors.append(
                Anchor("name" if ref else "spelling", f"#{ref}" if ref else written, written, not remark)
            )
        if name == "date" and (value := _date_value(child)):
            written = _written(child)
            self.anchors.append(Anchor("date", value, written, not remark))
            if time := child.get("when-iso", "").partition("T")[2]:
                self.anchors.append(Anchor("time", time, time, not remark))
            self.parts.append(written)
            return
        self._gather(child, is_remark=remark)

    def _numbers(self, text: str, is_remark: bool) -> None:
        if self.parts and self.parts[-1] == _JOIN:
            text = text.lstrip()
            if not text:
                return
            self.parts.pop()
        self.parts.append(text)
        for found in find_numbers(text, self.language) if _MAY_COUNT.search(text) else ():
            written = text[found.start : found.end]
            self.anchors.append(Anchor("number", found.value, written, found.is_sure and not is_remark))


def _written(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


_JOIN = "\ue000"
"""Stands among the parts of a text for a weak hyphen, until the word goes on."""

_MAY_COUNT = re.compile(r"\w")


def _is_choice(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and _name(parent) == "choice"


def _date_value(element: etree._Element) -> str:
    """Return the value of a date in one string; "" where it has none."""
    if when := element.get("when"):
        return when
    bounds = [element.get(name, "") for name in ("from", "notBefore", "to", "notAfter")]
    return "/".join(bound for bound in bounds if bound)


def pairs_of(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yield the original of a document with each of its translations."""
    found = witnesses_of(root)
    original = next((one for one in found if one.get("type") == "original"), None)
    if original is not None:
        yield from ((original, one) for one in found if one.get("type") == "translation")

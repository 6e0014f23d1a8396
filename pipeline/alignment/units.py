"""Turn a witness in TEI, ours or anybody's, into the units that are linked with those of another language.

Units are `s` where there are any, elsewhere the part itself (ENCODING.md §6). Their text is the reading text: without
furniture of the sheet, hyphens at its breaks, and editors' notes. What points to the same thing in both languages is an
anchor: a name by its reference, a date by its value, a number, a military unit, the mark of an enumeration. What the
TEI says of a value (`measure`, `num`, `date`) goes before what the words say.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.annotation.military import designations
from pipeline.annotation.numerals import Value, find_numerals
from pipeline.languages import alternatives, is_known, language
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
    """number, date, time, name, spelling (of a name without a reference), unit (military), mark (of an enumeration)."""
    value: str
    """Its normal form: `3000`, `1950-10-01`, `persons.xml#stalin`, `39 corps`, `2`."""
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
        if mark := re.sub(r"\W", "", self.mark):
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
        self.names: list[tuple[int, int, etree._Element, bool]] = []
        """Which parts each name has, its element, and whether it stands in the text and not in a remark."""

    def of(self, element: etree._Element) -> tuple[str, tuple[Anchor, ...]]:
        self._gather(element, is_remark=False, is_counted=True)
        return self.between(0), tuple(self.anchors)

    def between(self, start: int, end: int | None = None) -> str:
        """Return the text of some of the parts, white space folded."""
        return " ".join("".join(self.parts[start:end]).replace(_JOIN, "").split())

    def _gather(self, element: etree._Element, *, is_remark: bool, is_counted: bool) -> None:
        """Gather what an element holds; `is_counted` tells whether figures and words in it are numbers."""
        self._add(element.text or "", is_remark=is_remark, is_counted=is_counted)
        for child in element.iterchildren():
            if isinstance(child.tag, str):
                self._gather_child(child, is_remark=is_remark, is_counted=is_counted)
            self._add(child.tail or "", is_remark=is_remark, is_counted=is_counted)

    def _gather_child(self, child: etree._Element, *, is_remark: bool, is_counted: bool) -> None:
        name = _name(child)
        if name in SILENT or (name in {"corr", "reg", "expan"} and _is_choice(child)):
            return
        if name == "pc" and child.get("force") == "weak":
            self.parts.append(_JOIN)
            return
        remark = is_remark or name in {"gloss", "supplied", "ex"}
        values = list(_values(child)) if name in {"measure", "num"} else []
        is_unit = name == "orgName" and child.get("type") == "military"
        start = len(self.parts)
        counted = is_counted and not values and not is_unit and name not in {"measure", "date"}
        self._gather(child, is_remark=remark, is_counted=counted)
        written = self.between(start)
        for value in values:
            self.anchors.append(Anchor("number", value, written, not remark and _is_sure(value, written)))
        if name in NAMES:
            self.names.append((start, len(self.parts), child, not remark))
            self.anchors += _of_name(child, written, self.language, not remark)
        elif name == "date":
            self.anchors += _of_date(child, written, not remark)

    def _add(self, text: str, *, is_remark: bool, is_counted: bool) -> None:
        if self.parts and self.parts[-1] == _JOIN:
            text = text.lstrip()
            if not text:
                return
            self.parts.pop()
        self.parts.append(text)
        if is_counted and _MAY_COUNT.search(text):
            found = number_anchors(text, self.language)
            self.anchors += [replace(one, is_sure=False) for one in found] if is_remark else found


@dataclass(frozen=True, slots=True)
class Mark:
    """A name that is marked in a passage."""

    start: int
    """In the passage's reading text."""
    end: int
    text: str
    kind: str
    """`person`, `place` or `organisation`."""
    reference: str
    """As it stands in `@ref`; "" for nobody known."""
    is_sure: bool
    """Whether the text has it, and not a remark in it."""
    is_settled: bool
    """Whether an editor has left it without reference."""


KINDS = {"persName": "person", "rs": "person", "placeName": "place", "geogName": "place", "orgName": "organisation"}


def read_marks(element: etree._Element, tag: str) -> tuple[str, tuple[Mark, ...]]:
    """Return the reading text of a passage and the names in it, units of armies that bear a number apart."""
    words = _Words(tag)
    text, _ = words.of(element)
    marks = []
    for first, last, name, is_sure in words.names:
        before, own = words.between(0, first), words.between(first, last)
        start = text.find(own, max(0, len(before) - 1))
        kind = KINDS.get(_name(name), "")
        if own and kind and start >= 0 and not (name.get("type") == "military" and designations(own, tag)):
            is_settled = not name.get("ref") and name.get("resp", "#despatch") not in {"#despatch", "#source"}
            marks.append(Mark(start, start + len(own), own, kind, name.get("ref", ""), is_sure, is_settled))
    return text, tuple(marks)


def number_anchors(text: str, tag: str) -> Iterator[Anchor]:
    """Yield the numbers in a text, of a range its ends; words for places in a row and for one may count nothing."""
    if _FIGURE.search(text):
        text = _joined_sign(tag).sub(r"\g<0> ", text)
    for found in find_numerals(text, tag):
        written = text[found.start : found.end]
        is_sure = written[0].isdigit() or not (found.is_ordinal or found.rule == "compound")
        for value in dict.fromkeys((found.at_least, found.at_most)):
            plain = as_figures(value)
            yield Anchor("number", plain, written, is_sure and _is_sure(plain, written))


@functools.cache
def _joined_sign(tag: str) -> re.Pattern[str]:
    """Match a sign that figures follow at once: `N2`."""
    signs = language(tag).dates.get("number", ()) if is_known(tag) else ()
    return re.compile(rf"(?<!\w){alternatives(signs)}(?=\d)")


def as_figures(value: Value) -> str:
    """Return a number in figures without marks, a fraction with a full stop: `200000`, `1.5`."""
    return str(value) if isinstance(value, int) else f"{value:f}".rstrip("0").rstrip(".")


def _is_sure(value: str, written: str) -> bool:
    """Whether a number counts something: the word for one may be no more than an article."""
    return value != "1" or written[:1].isdigit()


def _values(element: etree._Element) -> Iterator[str]:
    """Yield the numbers that a `measure` or `num` has, without marks."""
    names = ("quantity", "value", "atLeast", "atMost")
    for value in dict.fromkeys(element.get(name, "") for name in names):
        if re.fullmatch(r"\d+(?:\.\d+)?", value):
            yield value.rstrip("0").rstrip(".") if "." in value else str(int(value))


def _of_name(element: etree._Element, written: str, tag: str, is_sure: bool) -> Iterator[Anchor]:
    """Yield what a name points to; a military unit that bears a number is known by it in any language."""
    named = designations(written, tag) if element.get("type") == "military" else ()
    for number, formation in named:
        yield Anchor("unit", f"{number} {formation}", written, is_sure)
    if ref := element.get("ref", "").rpartition("/")[2]:
        yield Anchor("name", ref, written, is_sure and not named)
    elif not named:
        yield Anchor("spelling", written, written, is_sure)


def _of_date(element: etree._Element, written: str, is_sure: bool) -> Iterator[Anchor]:
    if value := _date_value(element):
        yield Anchor("date", value, written, is_sure)
    if value and (time := element.get("when-iso", "").partition("T")[2]):
        yield Anchor("time", time, time, is_sure)


_JOIN = "\ue000"
"""Stands among the parts of a text for a weak hyphen, until the word goes on."""

_MAY_COUNT = re.compile(r"\w")
_FIGURE = re.compile(r"\d")


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

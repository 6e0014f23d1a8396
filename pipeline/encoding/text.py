"""Turn the tree of spans over a capture into the body of a TEI document.

The text law (ARCHITECTURE.md): the text nodes of the body in order, without what we added, are the capture's `text`
intervals, white space apart, witness by witness; and no word boundary appears or vanishes. So the text between two
spans is copied as it stands; only line ends that XML would not keep become line feeds. What each kind of span becomes
is said once, in `ELEMENTS`. Encoding: ENCODING.md §4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import partial

from lxml import etree

from pipeline.annotation.ledger import SPACES, WHITE_SPACE
from pipeline.annotation.spans import Node, Span
from pipeline.tei import FORBIDDEN, XML_ID, XML_LANG, tag

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c]")
_WHITE_SPACE = re.compile(f"[{WHITE_SPACE}]+")

MACHINE = "#despatch"
SOURCE = "#source"

ELEMENTS = {
    "witness": "div",
    "section": "div",
    "embedded": "floatingText",
    "opener": "opener",
    "closer": "closer",
    "postscript": "postscript",
    "head": "head",
    "paragraph": "p",
    "ab": "ab",
    "note": "note",
    "list": "list",
    "item": "item",
    "table": "table",
    "row": "row",
    "cell": "cell",
    "address": "address",
    "address-line": "addrLine",
    "dateline": "dateline",
    "salute": "salute",
    "signed": "signed",
    "seg": "seg",
    "label": "label",
    "sentence": "s",
    "archival-reference": "idno",
    "idno": "idno",
    "gloss": "gloss",
    "supplied": "supplied",
    "expan": "expan",
    "abbr": "abbr",
    "ex": "ex",
    "foreign": "foreign",
    "date": "date",
    "measure": "measure",
    "num": "num",
    "military-unit": "orgName",
    "person": "persName",
    "place": "placeName",
    "organisation": "orgName",
    "description": "rs",
    "hi": "hi",
    "abbreviation": "choice",
    "error": "choice",
    "furniture": "fw",
    "stamp": "stamp",
    "date-in-stamp": "date",
    "omission": "ellipsis",
    "weak-hyphen": "pc",
    "sheet-break": "pb",
}
"""The TEI element for every kind of span that has one; `dropped` and `field` have none."""

PASSAGES = frozenset({"paragraph", "ab", "head", "item"})
"""Kinds that a permalink can point to: `p` and the offset of their first character (ENCODING.md §6)."""

UNITS = frozenset({"sentence", "address-line", "dateline", "salute", "signed", "seg"})
"""Kinds that are linked with their counterparts in the other language: `s` and the offset of their first character."""

_ELEMENTS_ONLY = frozenset({"witness", "section", "embedded", "postscript", "list", "table", "row", "address"})
_UNITS_ONLY = frozenset({"opener", "closer"})
_ITEM_IN = {"list": "item", "table": "row", "row": "cell", "address": "addrLine"}


def unit_id(start: int) -> str:
    """Return the identifier of a unit of alignment that begins at an offset of the capture."""
    return f"s{start}"


def passage_id(start: int) -> str:
    """Return the identifier of the passage that begins at an offset in its capture."""
    return f"p{start}"


def encode_body(text: str, roots: Sequence[Node], described: Collection[str] = ()) -> etree._Element:
    """Return `body` with one `div` for each witness, the original first.

    `described` are the identifiers of the `correspDesc` in the header, to which embedded messages point.
    """
    body = etree.Element(tag("body"))
    for identifier, witness in witnesses_of(roots):
        writer = _Writer(text, identifier, described)
        writer.write(witness, body)
        writer.link_fragments()
    return body


def witnesses_of(roots: Sequence[Node]) -> list[tuple[str, Node]]:
    """Return the witnesses in the order of the body, the original first, each with its identifier."""
    witnesses = [node for node in roots if node.span.kind == "witness"]
    taken: dict[str, int] = {}
    found = []
    for witness in sorted(witnesses, key=lambda node: (node.span.get("type") != "original", node.span.start)):
        language = witness.span.get("lang") or "und"
        taken[language] = taken.get(language, 0) + 1
        found.append((language if taken[language] == 1 else f"{language}.{taken[language]}", witness))
    return found


class _Writer:
    """Writes one witness."""

    def __init__(self, text: str, witness: str, described: Collection[str]) -> None:
        self.text = text
        self.described = described
        self.witness = witness
        self.fragments: dict[tuple[str, str], list[tuple[int, etree._Element]]] = {}

    def write(self, node: Node, parent: etree._Element) -> None:
        if node.span.kind == "dropped":
            if _WHITE_SPACE.search(self.text, node.span.start, node.span.end):
                self._write_text(" ", "dropped", parent)
            return
        element = etree.SubElement(parent, tag(ELEMENTS[node.span.kind]), self._attributes(node.span))
        if part := node.span.get("part"):
            self.fragments.setdefault((node.span.kind, part), []).append((node.span.start, element))
        if node.span.kind == "sheet-break":
            self._mark_broken_word(element)
        self._write_content(node, _ATTRIBUTED.get(node.span.kind, _itself)(element))
        if node.span.kind in _READINGS:
            _write_reading(element, node.span)

    def _mark_broken_word(self, element: etree._Element) -> None:
        """Say at a sheet break that a word runs on across it, where a weak hyphen stands before it."""
        for sibling in element.itersiblings(preceding=True):
            if sibling.tag == tag("pc"):
                element.set("break", "no")
            if sibling.tag != tag("fw") or (sibling.tail or "").strip():
                return

    def _write_content(self, node: Node, element: etree._Element) -> None:
        reached = node.span.start
        for child in node.children:
            self._write_text(self.text[reached : child.span.start], node.span.kind, element)
            self.write(child, element)
            reached = max(reached, child.span.end)
        self._write_text(self.text[reached : node.span.end], node.span.kind, element)

    def _write_text(self, stretch: str, kind: str, element: etree._Element) -> None:
        if kind in _ELEMENTS_ONLY:
            if stretch := stretch.strip(SPACES):
                wrapper = _ITEM_IN.get(kind, "ab")
                attributes = {"type": "unplaced"} if wrapper == "ab" else {}
                append_text(etree.SubElement(element, tag(wrapper), attributes), stretch)
        elif kind in _UNITS_ONLY:
            append_text(element, _WHITE_SPACE.sub(_one_space, stretch))
        else:
            append_text(element, stretch)

    def _attributes(self, span: Span) -> dict[str, str]:
        attributes = _ATTRIBUTES.get(span.kind, _as_given)(span, self.witness)
        if span.kind == "embedded" and (message := f"cd{span.get('n').removeprefix('m')}") in self.described:
            attributes["decls"] = f"#{message}"
        if span.kind in PASSAGES:
            attributes[XML_ID] = passage_id(span.start)
        elif span.kind in UNITS:
            attributes[XML_ID] = unit_id(span.start)
        return attributes

    def link_fragments(self) -> None:
        """Join the pieces of each span that was cut, by `@next` and `@prev` (TEI P5, 17.4)."""
        for (kind, _), pieces in self.fragments.items():
            if len(pieces) < 2:
                continue
            names = [element.get(XML_ID) or f"f{start}.{kind}" for start, element in pieces]
            for number, (_, element) in enumerate(pieces):
                element.set(XML_ID, names[number])
                if kind == "sentence":
                    element.set("part", "I" if number == 0 else "F" if number + 1 == len(pieces) else "M")
                if number + 1 < len(pieces):
                    element.set("next", f"#{names[number + 1]}")
                if number:
                    element.set("prev", f"#{names[number - 1]}")


def _write_reading(choice: etree._Element, span: Span) -> None:
    """Write our reading beside the captured one, with who says so (ENCODING.md §1.4)."""
    said = {"resp": MACHINE, "cert": span.certainty} if span.certainty else {}
    etree.SubElement(choice, tag(_READINGS[span.kind][1]), said).text = span.get("reading")


def _one_space(white_space: re.Match[str]) -> str:
    return "\n" if "\n" in white_space.group() or "\r" in white_space.group() else " "


def append_text(element: etree._Element, text: str) -> None:
    """Append captured text after an element's last child; a character that XML forbids becomes an empty `g`."""
    reached = 0
    for forbidden in FORBIDDEN.finditer(text := _LINE_ENDS.sub("\n", text)):
        _append(element, text[reached : forbidden.start()])
        etree.SubElement(element, tag("g"), n=f"U+{ord(forbidden.group()):04X}")
        reached = forbidden.end()
    _append(element, text[reached:])


def _append(element: etree._Element, text: str) -> None:
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _itself(element: etree._Element) -> etree._Element:
    return element


def _body_of(element: etree._Element) -> etree._Element:
    return etree.SubElement(element, tag("body"))


def _metamark_of(element: etree._Element) -> etree._Element:
    return etree.SubElement(element, tag("metamark"))


def _captured_of(element: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(element, tag(name))


_READINGS = {"abbreviation": ("abbr", "expan"), "error": ("sic", "corr")}
"""Kinds that become `choice`: the child that holds what is captured, and the child that holds our reading."""

_ATTRIBUTED: dict[str, Callable[[etree._Element], etree._Element]] = {
    "embedded": _body_of,
    "omission": _metamark_of,
    **{kind: partial(_captured_of, name=name) for kind, (name, _) in _READINGS.items()},
}
"""Kinds whose content goes into a child element."""


def _as_given(span: Span, _witness: str) -> dict[str, str]:
    """The span's own attributes, and who says so where it was inferred."""
    attributes = {name: value for name, value in span.attributes if name != "part"}
    if span.certainty:
        attributes |= {"resp": attributes.get("resp", MACHINE), "cert": span.certainty}
    return attributes


def _of_witness(span: Span, witness: str) -> dict[str, str]:
    attributes = {"type": span.get("type", "original"), XML_LANG: span.get("lang") or "und", XML_ID: witness}
    if resp := span.get("resp"):
        attributes["resp"] = resp
    return attributes


def _of_section(_span: Span, _witness: str) -> dict[str, str]:
    return {"type": "section"}


def _of_embedded(span: Span, witness: str) -> dict[str, str]:
    attributes = {"type": "embedded", XML_ID: f"{span.get('n')}.{witness}"}
    if counterpart := span.get("corresp"):
        attributes["corresp"] = counterpart
    return attributes


def _of_choice(_span: Span, _witness: str) -> dict[str, str]:
    return {}


def _of_weak_hyphen(_span: Span, _witness: str) -> dict[str, str]:
    return {"force": "weak"}


def _of_omission(_span: Span, _witness: str) -> dict[str, str]:
    return {"resp": SOURCE}


_ATTRIBUTES: dict[str, Callable[[Span, str], dict[str, str]]] = {
    "witness": _of_witness,
    "section": _of_section,
    "embedded": _of_embedded,
    "weak-hyphen": _of_weak_hyphen,
    "omission": _of_omission,
    "abbreviation": _of_choice,
    "error": _of_choice,
}

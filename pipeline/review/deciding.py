"""Turn an editor's decision on a matter into the exchanges in the document's file that carry it out.

    accepted, set      the mark or link stands in the editor's name, without @cert (ENCODING.md §1.4)
    rejected           of a name its link goes, and the name stays, open by the editor's word; other marks go,
                       and the words stay; what was only proposed is not written
    not-a-name         `seg type="not-a-name"` in the place of the name, or about the words

What cannot be carried out raises `Undecidable` with the problem that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from pipeline.annotation.own_text import ADDED_IN_CHOICE
from pipeline.authorities.entries import Entry
from pipeline.review.matters import NAMES, Matter
from pipeline.review.settled import ACCEPTED, NOT_A_NAME, REJECTED, SET
from pipeline.review.source import Exchange, Source, element_tag, escaped, with_attributes
from pipeline.tei import NAMESPACES, XML_ID, local_name

_ELEMENTS = {"person": "persName", "place": "placeName", "org": "orgName"}
_ENTRY_KINDS = {"person": "person", "place": "place", "organisation": "org"}
_DAY = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?")
_MESSAGE = re.compile(r"[\w.-]+\.xml(#[\w.-]+)?")
_DATES = ("when", "when-iso", "when-custom", "datingMethod", "from", "to", "notBefore", "notAfter")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision to be carried out."""

    decision: str
    value: str
    """What is accepted or set; "" where there is nothing to set."""
    editor: str
    """Identifier of a `respStmt`, without `#`."""


class Undecidable(Exception):
    """A decision that cannot be carried out; `code` is that of the problem that says why."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments


class Decider:
    """Carries out decisions on one document."""

    def __init__(self, source: Source, entries: Mapping[str, Entry]) -> None:
        self.source = source
        self.entries = entries
        """The lists of names, by reference from a document."""

    def exchanges(self, matter: Matter, ruling: Ruling) -> list[Exchange]:
        """Return what a ruling changes in the file; nothing where only the decision is kept."""
        if ruling.decision == NOT_A_NAME and matter.kind not in NAMES:
            raise Undecidable("J006", decision=ruling.decision, kind=matter.kind)
        if matter.kind in NAMES:
            return self._name(matter, ruling)
        return self._ways[matter.kind](self, matter, ruling)

    # Names

    def _name(self, matter: Matter, ruling: Ruling) -> list[Exchange]:
        resp = f"#{ruling.editor}"
        if ruling.decision == NOT_A_NAME:
            if matter.element >= 0 and not self._is_in_text(matter.element):
                raise Undecidable("J006", decision=ruling.decision, kind=matter.kind)
            seg = {"type": "not-a-name", "resp": resp}
            return self._renamed(matter, "seg", seg) if matter.element >= 0 else self._wrapped(matter, "seg", seg)
        if ruling.decision == REJECTED:
            return self._name_rejected(matter, resp)
        if not ruling.value:
            if ruling.decision == ACCEPTED and matter.element >= 0 and matter.why == "inferred":
                return [self._tag(matter, {"resp": resp, "cert": None})]
            raise Undecidable("J005", value="")
        entry = self.entries[self.reference(ruling.value, matter.kind)]
        name = _ELEMENTS[entry.kind]
        if matter.element < 0:
            type_ = {"type": entry.type} if entry.kind == "org" and entry.type else {}
            return self._wrapped(matter, name, {**type_, "ref": entry.reference, "resp": resp})
        element = self.source.elements[matter.element]
        changes: dict[str, str | None] = {"ref": entry.reference, "resp": resp, "cert": None}
        if local_name(element) in {name, "rs"}:
            return [self._tag(matter, changes)]
        type_of_body = entry.type if entry.kind == "org" else ""
        return self._renamed(matter, name, {"type": type_of_body or None, **changes})

    def _is_in_text(self, number: int) -> bool:
        return any(local_name(one) == "text" for one in self.source.elements[number].iterancestors())

    def _name_rejected(self, matter: Matter, resp: str) -> list[Exchange]:
        if matter.element < 0:
            return []
        element = self.source.elements[matter.element]
        if local_name(element) == "rs":
            return self._unwrapped(matter.element)
        if matter.why == "inferred" and not element.get("ref"):
            return self._renamed(matter, "seg", {"type": "not-a-name", "resp": resp})
        return [self._tag(matter, {"ref": None, "cert": None, "resp": resp})]

    def reference(self, value: str, kind: str) -> str:
        """Return the reference to an entry that an editor has named in full, by file, or by its identifier alone."""
        wanted = value.strip().removeprefix("#")
        ways = [wanted, f"authorities/{wanted}"] if "#" in wanted else []
        if not ways:
            ways = [one for one in self.entries if one.rpartition("#")[2] == wanted]
            own = [one for one in ways if self.entries[one].kind == _ENTRY_KINDS.get(kind)]
            ways = own or ways
        found = [one for one in ways if one in self.entries]
        if len(found) != 1:
            raise Undecidable("J005", value=value)
        return found[0]

    # What was meant

    def _correction(self, matter: Matter, ruling: Ruling) -> list[Exchange]:
        added, kept = ("expan", "abbr") if matter.kind == "abbreviation" else ("corr", "sic")
        if matter.element < 0:
            if ruling.decision == REJECTED:
                return []
            if not ruling.value:
                raise Undecidable("J005", value="")
            correction = f"{element_tag(added, {'resp': f'#{ruling.editor}'})}{escaped(ruling.value)}</{added}>"
            return self._about(matter, f"<choice><{kept}>", f"</{kept}>{correction}</choice>")
        if ruling.decision == REJECTED:
            return self._choice_undone(matter.element)
        return [self._tag(matter, _confirmed(ruling)), *self._content(matter, ruling)]

    def _content(self, matter: Matter, ruling: Ruling) -> list[Exchange]:
        if ruling.decision != SET:
            return []
        if not ruling.value:
            raise Undecidable("J005", value="")
        extent = self.source.extents[matter.element]
        if self.source.elements[matter.element].tag not in ADDED_IN_CHOICE or extent.opened > extent.closes:
            raise Undecidable("J006", decision=ruling.decision, kind=matter.kind)
        return [Exchange(extent.opened, extent.closes, escaped(ruling.value))]

    def _choice_undone(self, number: int) -> list[Exchange]:
        """Take an addition out of its `choice`; where then only the captured reading is left, its tags go too."""
        element = self.source.elements[number]
        choice = element.getparent()
        if choice is None or local_name(choice) != "choice":
            return self._unwrapped(number)
        others = [one for one in choice.iterchildren(etree.Element) if one is not element]
        own = self.source.extents[number]
        if len(others) != 1:
            return [Exchange(own.start, own.end, "")]
        kept, outer = (self.source.extents[self.source.number(one)] for one in (others[0], choice))
        return [Exchange(outer.start, kept.opened, ""), Exchange(kept.closes, outer.end, "")]

    # Other marks of the text

    def _mark(self, matter: Matter, ruling: Ruling) -> list[Exchange]:
        if ruling.decision == REJECTED:
            if self.source.extents[matter.element].opened > self.source.extents[matter.element].closes:
                raise Undecidable("J006", decision=ruling.decision, kind=matter.kind)
            return self._unwrapped(matter.element)
        changes = _confirmed(ruling)
        if ruling.decision == SET:
            if matter.kind != "date" or not _DAY.fullmatch(ruling.value):
                raise Undecidable("J005", value=ruling.value)
            changes = {**dict.fromkeys(_DATES), "when": ruling.value, **changes}
        return [self._tag(matter, changes)]

    def _division(self, matter: Matter, ruling: Ruling) -> list[Exchange]:
        if ruling.decision != ACCEPTED:
            raise Undecidable("J006", decision=ruling.decision, kind=matter.kind)
        return [self._tag(matter, _confirmed(ruling))]

    # What stands beside the text

    def _alignment(self, matter: Matter, ruling: Ruling) -> list[Exchange]:
        if ruling.decision == REJECTED:
            extent = self.source.extents[matter.element]
            before = len(self.source.raw[: extent.start].rstrip())
            return [Exchange(before, extent.end, "")]
        changes = _confirmed(ruling)
        if ruling.decision == SET:
            targets = [f"#{one.removeprefix('#')}" for one in ruling.value.split()]
            if not targets or not all(self._is_there(target) for target in targets):
                raise Undecidable("J005", value=ruling.value)
            changes["target"] = " ".join(targets)
        return [self._tag(matter, changes)]

    def _is_there(self, target: str) -> bool:
        return any(one.get(XML_ID) == target[1:] for one in self.source.elements)

    def _link(self, matter: Matter, ruling: Ruling) -> list[Exchange]:
        if ruling.decision == REJECTED:
            return []
        if not _MESSAGE.fullmatch(ruling.value):
            raise Undecidable("J005", value=ruling.value)
        return [self._tag(matter, {"target": ruling.value})]

    def _discrepancy(self, matter: Matter, ruling: Ruling) -> list[Exchange]:
        if ruling.decision == REJECTED:
            return []
        ours, _, theirs = matter.text.partition(" | ")
        words = ruling.value if ruling.decision == SET else ""
        words = words or (f"Original: {ours}; translation: {theirs}." if theirs else matter.text)
        attributes = {
            "type": "discrepancy", "subtype": matter.why, "target": matter.proposal, "resp": f"#{ruling.editor}"
        }  # fmt: skip
        return [self._noted(f"{element_tag('note', attributes)}<p>{escaped(words)}</p></note>")]

    def _noted(self, note: str) -> Exchange:
        """Put a note at the end of `standOff`, which is made where there is none."""
        raw = self.source.raw
        found = self.source.root.find("tei:standOff", NAMESPACES)
        line_end = "\r\n" if "\r\n" in raw else "\n"
        if found is not None:
            extent = self.source.extents[self.source.number(found)]
            if extent.opened <= extent.closes:
                at = len(raw[: extent.closes].rstrip())
                return Exchange(at, at, f"{line_end}  {note}")
        text = self.source.root.find("tei:text", NAMESPACES)
        if text is None or found is not None:
            raise Undecidable("J007")
        at = self.source.extents[self.source.number(text)].start
        return Exchange(at, at, f"<standOff>{line_end}  {note}{line_end} </standOff>{line_end} ")

    # Exchanges

    def _tag(self, matter: Matter, changes: Mapping[str, str | None], name: str = "") -> Exchange:
        extent = self.source.extents[matter.element]
        return Exchange(extent.start, extent.opened, with_attributes(self.source.tag(matter.element), changes, name))

    def _renamed(self, matter: Matter, name: str, attributes: Mapping[str, str | None]) -> list[Exchange]:
        extent = self.source.extents[matter.element]
        gone = dict.fromkeys(("ref", "cert", "type")) if name == "seg" else {}
        start = self._tag(matter, {**gone, **attributes}, name)
        if extent.opened > extent.closes:
            return [start]
        return [start, Exchange(extent.closes, extent.end, f"</{name}>")]

    def _unwrapped(self, number: int) -> list[Exchange]:
        extent = self.source.extents[number]
        return [Exchange(extent.start, extent.opened, ""), Exchange(extent.closes, extent.end, "")]

    def _wrapped(self, matter: Matter, name: str, attributes: Mapping[str, str]) -> list[Exchange]:
        return self._about(matter, element_tag(name, attributes), f"</{name}>")

    def _about(self, matter: Matter, before: str, after: str) -> list[Exchange]:
        start, end = self.source.begins[matter.start], self.source.ends[matter.end - 1]
        return [Exchange(start, start, before), Exchange(end, end, after)]

    _ways: Mapping[str, Callable[[Decider, Matter, Ruling], list[Exchange]]] = MappingProxyType(
        {
            "correction": _correction, "abbreviation": _correction, "date": _mark, "quantity": _mark,
            "reading": _mark, "division": _division, "alignment": _alignment, "link": _link,
            "discrepancy": _discrepancy,
        }
    )  # fmt: skip


def _confirmed(ruling: Ruling) -> dict[str, str | None]:
    return {"resp": f"#{ruling.editor}", "cert": None}

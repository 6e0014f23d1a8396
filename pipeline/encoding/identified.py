"""Turn the names in a header into references to the authority, as far as the document tells who is meant.

Every `persName`, `placeName` and `orgName` that has none yet gets `@ref`; where that was inferred, `@resp` and `@cert`
as in the text (ENCODING.md §1.4, §3). A sender or recipient that is a body becomes `orgName`; a place of sending that
the document has in an oblique case, `Из Праги`, stands as the authority has it, `Прага`.
"""

from __future__ import annotations

import re
from collections.abc import Set

from lxml import etree

from pipeline.annotation.identification import Identification
from pipeline.annotation.name_meaning import Named
from pipeline.tei import local_name, tag

MACHINE = "#despatch"

_CYRILLIC = re.compile(r"[А-яЁё]")
_SOLVED = re.compile(r"([^\[\]()]+?)\s*[\[(]([^\[\]()]+)[\])]")
_LEVELS = ("low", "medium", "high", "")
_ELEMENTS = {"person": "persName", "description": "persName", "place": "placeName", "organisation": "orgName"}


def identify_header(header: etree._Element, identification: Identification) -> None:
    """Give the names in a header the references that the document supports."""
    known: dict[tuple[str, str], Named | None] = {}
    for element in header.iter(tag("persName"), tag("placeName"), tag("orgName")):
        name = " ".join("".join(map(str, element.itertext())).split())
        if element.get("ref") or not name:
            continue
        key = name, _beside(element)
        found = known[key] if key in known else known.setdefault(key, _identified(*key, identification))
        if found and _suits(element, found):
            _refer(element, found)


def _identified(name: str, beside: str, identification: Identification) -> Named | None:
    """Return what a name stands for; of a name with its solution, `Filippov [Stalin]`, what both stand for."""
    solved = _SOLVED.fullmatch(name)
    parts = solved.groups() if solved else (name,)
    found = [identification.identify(part, _language(part), beside) for part in parts]
    named = [one for one in found if one is not None]
    agreed = len(named) == len(parts) and len({one.reference for one in named}) == 1
    return named[0] if agreed else None


def _language(name: str) -> str:
    return "ru" if _CYRILLIC.search(name) else "en"


def _beside(element: etree._Element) -> str:
    """Return the names of places in the same action of the correspondence."""
    parent = element.getparent()
    places = parent.findall(tag("placeName")) if parent is not None else []
    return ", ".join("".join(map(str, place.itertext())) for place in places)


def _suits(element: etree._Element, found: Named) -> bool:
    """Whether an entry is of the kind that the element is for; only in the correspondence a person may be a body."""
    wanted = _ELEMENTS[found.kind]
    in_correspondence = _is_in(element, {"correspAction"})
    return wanted == local_name(element) or (in_correspondence and {wanted, local_name(element)} == _AGENTS)


def _is_in(element: etree._Element, parents: Set[str]) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent) in parents


_AGENTS = {"persName", "orgName"}


def _refer(element: etree._Element, found: Named) -> None:
    element.tag = tag(_ELEMENTS[found.kind])
    certainty = min(found.certainty, element.get("cert", ""), key=_LEVELS.index)
    for name in ("resp", "cert"):
        element.attrib.pop(name, None)
    if found.nominative and element.text and _is_in(element, {"correspAction", "creation"}):
        element.text = found.nominative.upper() if element.text.isupper() else found.nominative
    if found.type:
        element.set("type", found.type)
    element.set("ref", found.reference)
    if certainty:
        element.set("resp", MACHINE)
        element.set("cert", certainty)

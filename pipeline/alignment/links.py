"""Turn links between two texts into a `linkGrp` of TEI, and one that stands in a document back into links.

    <linkGrp type="translation" domains="#ru #en">
      <link target="#s600 #s4283 #s4300" resp="#despatch" cert="medium"/>      originals first
      <ptr type="no-counterpart" target="#s2101" resp="#despatch" cert="low"/>

What an editor has linked stands in the same form, with the editor in `resp`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.alignment.units import Unit
from pipeline.tei import NAMESPACES, XML_ID, tag

MACHINE = "#despatch"


@dataclass(frozen=True, slots=True)
class Link:
    """Units of the original and of the translation that say the same; nothing on one side: no counterpart."""

    originals: tuple[int, ...]
    """Places in the list of units."""
    translations: tuple[int, ...]
    certainty: str = ""
    """high, medium, low; "" where an editor decided."""


def link_group(
    links: Sequence[Link], originals: Sequence[Unit], translations: Sequence[Unit], domains: tuple[str, str]
) -> etree._Element:
    """Return the links between two witnesses, whose identifiers are `domains`, in TEI."""
    group = etree.Element(tag("linkGrp"), type="translation", domains=" ".join(f"#{domain}" for domain in domains))
    for link in links:
        ours = [originals[place].id for place in link.originals]
        theirs = [translations[place].id for place in link.translations]
        target = " ".join(f"#{identifier}" for identifier in (*ours, *theirs))
        is_linked = bool(ours and theirs)
        element = etree.SubElement(group, tag("link" if is_linked else "ptr"))
        for name, value in (
            ("type", "" if is_linked else "no-counterpart"),
            ("target", target),
            ("resp", MACHINE if link.certainty else ""),
            ("cert", link.certainty),
        ):
            if value:
                element.set(name, value)
    return group


def read_links(
    root: etree._Element, witnesses: tuple[etree._Element, etree._Element], units: tuple[Sequence[Unit], Sequence[Unit]]
) -> list[Link]:
    """Return the links that a document has between two of its witnesses; empty where it has none."""
    domains = {witness.get(XML_ID, "") for witness in witnesses} - {""}
    numbers = tuple({unit.id: place for place, unit in enumerate(side) if unit.id} for side in units)
    return [
        link
        for group in root.iterfind("tei:standOff/tei:linkGrp[@type='translation']", NAMESPACES)
        if {domain.removeprefix("#") for domain in group.get("domains", "").split()} == domains
        for link in _links_in(group, numbers[0], numbers[1])
    ]


def _links_in(group: etree._Element, ours: Mapping[str, int], theirs: Mapping[str, int]) -> Iterator[Link]:
    for element in group.iterchildren(tag("link"), tag("ptr")):
        targets = [target.removeprefix("#") for target in element.get("target", "").split()]
        link = Link(
            tuple(ours[target] for target in targets if target in ours),
            tuple(theirs[target] for target in targets if target in theirs),
            element.get("cert", ""),
        )
        if link.originals or link.translations:
            yield link

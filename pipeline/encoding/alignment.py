"""Turn the text of a document into what stands apart from it: the links between its languages (ENCODING.md §6)."""

from __future__ import annotations

from lxml import etree

from pipeline.alignment import align
from pipeline.alignment.links import link_group
from pipeline.alignment.units import pairs_of, read_units
from pipeline.tei import XML_ID, tag


def encode_links(text: etree._Element) -> etree._Element | None:
    """Return `standOff` with the links between the original and each translation; none where there is only one text."""
    groups = []
    for original, translation in pairs_of(text):
        ours, theirs = read_units(original), read_units(translation)
        if ours and theirs:
            domains = (original.get(XML_ID, ""), translation.get(XML_ID, ""))
            groups.append(link_group(align(ours, theirs), ours, theirs, domains))
    if not groups:
        return None
    apart = etree.Element(tag("standOff"))
    apart.extend(groups)
    return apart

"""Turn two trees into the first place where they differ, in words."""

from __future__ import annotations

from lxml import etree


def first_difference(expected: etree._Element, found: etree._Element, path: str = "") -> str:
    """Return where two trees first differ and how, an empty string where they are the same."""
    path = f"{path}/{expected.tag!s}"
    pairs = {
        "element": (expected.tag, found.tag),
        "attributes": (sorted(expected.attrib.items()), sorted(found.attrib.items())),
        "text": (expected.text or "", found.text or ""),
        "children": ([child.tag for child in expected], [child.tag for child in found]),
    }
    for what, (one, other) in pairs.items():
        if one != other:
            return f"{path}: {what}: expected {one!r}, found {other!r}"
    for number, (one_child, other_child) in enumerate(zip(expected, found, strict=True), 1):
        inner = first_difference(one_child, other_child, f"{path}[{number}]")
        if inner:
            return inner
        if (one_child.tail or "") != (other_child.tail or ""):
            return f"{path}[{number}]: text after: expected {one_child.tail!r}, found {other_child.tail!r}"
    return ""

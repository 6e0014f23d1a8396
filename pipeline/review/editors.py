"""Turn an editor's identifier into the `respStmt` by which a document says who that is (ENCODING.md §1.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from pipeline.edition import Edition
from pipeline.review.deciding import Undecidable
from pipeline.review.source import Exchange, Source, escaped
from pipeline.tei import NAMESPACES, XML_ID, UnreadableXML, read_tei, tag

OURS = frozenset({"despatch", "source"})
"""Agents that decide nothing."""

_IDENTIFIER = re.compile(r"[^\W\d][\w.-]*")
_RESPONSIBILITY = "editing"


def names_of_editors(edition: Edition) -> dict[str, str]:
    """Return the persons who answer for the edition, by identifier, as `tei/corpus.xml` names them."""
    try:
        root = read_tei(edition.corpus).getroot()
    except UnreadableXML:
        return {}
    statements = root.iterfind("tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:respStmt", NAMESPACES)
    return {one.get(XML_ID, ""): name for one in statements if (name := _person(one)) and one.get(XML_ID)}


def _person(statement: etree._Element) -> str:
    found = statement.find(tag("persName"))
    return " ".join("".join(map(str, found.itertext())).split()) if found is not None else ""


def declaration(source: Source, editor: str, names: Mapping[str, str]) -> list[Exchange]:
    """Return what declares an editor in a document; nothing where the document does so already.

    Raise `Undecidable` where nobody says who that is, or where the identifier is that of something else.
    """
    if not _IDENTIFIER.fullmatch(editor) or editor in OURS or editor.startswith("machine-"):
        raise Undecidable("J004", editor=editor)
    for element in source.elements:
        if element.get(XML_ID) == editor:
            if element.tag in {tag("respStmt"), tag("editor")}:
                return []
            raise Undecidable("J012", editor=editor, element=str(element.tag).rpartition("}")[2])
    if editor not in names:
        raise Undecidable("J004", editor=editor)
    title = source.root.find("tei:teiHeader/tei:fileDesc/tei:titleStmt", NAMESPACES)
    if title is None or not len(title):
        raise Undecidable("J007")
    last = [one for one in source.elements if one.getparent() is title][-1]
    at = source.extents[source.number(last)].end
    return [Exchange(at, at, _statement(editor, names[editor], indentation(source, last)))]


def indentation(source: Source, element: etree._Element) -> str:
    """Return the white space before an element, from the end of the line before it."""
    start = source.extents[source.number(element)].start
    before = source.raw[:start]
    space = before[len(before.rstrip()) :]
    return space if "\n" in space else "\n"


def _statement(editor: str, name: str, line: str) -> str:
    inner = f"{line} " if line.strip("\r\n") else line
    resp, person = f"<resp>{_RESPONSIBILITY}</resp>", f"<persName>{escaped(name)}</persName>"
    return f'{line}<respStmt xml:id="{editor}">{inner}{resp}{inner}{person}{line}</respStmt>'

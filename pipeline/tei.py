"""Turn TEI files into trees, safely, and trees into TEI files, always in the same way.

Reading refuses what an attacker could use: a DOCTYPE (entities, external files), a file too large, anything that is not
well-formed. Writing is deterministic: attribute order as built, `\\n`, UTF-8, no white space added where text stands.
Source of the rule on white space: TEI P5 Guidelines, chapter 1.3.1.1.6 "XML Whitespace".
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

from lxml import etree

from pipeline.problems import Problem, problem

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
XML_ID = f"{{{XML}}}id"
XML_LANG = f"{{{XML}}}lang"
NAMESPACES = {"tei": TEI}

SPACE = " \t\r\n"
"""White space in XML (XML 1.0, production [3] S): not the no-break space, which is text."""

LARGEST = 64 * 1024 * 1024
"""Bytes; a document of an edition is some thousandth of this."""

SLIPS = {
    "X005": re.compile(r"Opening and ending tag mismatch: (?P<opening>\S+) line (?P<opened>\d+) and (?P<closing>\S+)$"),
    "X006": re.compile(r"xmlParseEntityRef: no name$|EntityRef: expecting ';'$"),
    "X007": re.compile(r"Entity '(?P<entity>[^']+)' not defined$"),
}
"""What libxml2 says of the slips that are commonest in files edited by hand, with the codes of their problems."""

FORBIDDEN = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""A character that XML 1.0 does not allow (XML 1.0, fifth edition, production [2] Char)."""

ELEMENT_ONLY = frozenset(
    """TEI teiHeader fileDesc titleStmt respStmt publicationStmt seriesStmt editionStmt notesStmt sourceDesc msDesc
    msIdentifier altIdentifier msContents encodingDesc editorialDecl projectDesc classDecl taxonomy category
    correction hyphenation interpretation normalization quotation segmentation stdVals punctuation availability
    appInfo application profileDesc abstract langUsage textClass correspDesc correspAction correspContext
    revisionDesc refsDecl citeStructure tagsDecl calendarDesc calendar standOff linkGrp text front body back group div
    floatingText list postscript address table row listPerson listPlace listOrg person place org location""".split()
)
"""Elements that hold elements only by TEI's content models: between their children the serialiser may break lines."""


@functools.cache
def tag(name: str) -> str:
    """Return the name of a TEI element as lxml writes it."""
    return f"{{{TEI}}}{name}"


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


class UnreadableXML(Exception):
    """An XML file that cannot be read safely; `problem` says why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message())
        self.problem = found


def read_tei(path: Path, name: str = "") -> etree._ElementTree:
    """Return the tree of an XML file; `name` is what problems call it. Raise `UnreadableXML` with the problem."""
    name = name or path.name
    try:
        if path.exists() and not path.is_file():
            raise UnreadableXML(problem("X002", name, reason="not a file"))
        if path.stat().st_size > LARGEST:
            raise UnreadableXML(problem("X001", name, size=path.stat().st_size, largest=LARGEST))
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableXML(problem("X002", name, reason=error.strerror or error)) from error
    return parse_tei(content, name)


def parse_tei(content: bytes, name: str) -> etree._ElementTree:
    """Return the tree of XML in memory; raise `UnreadableXML`."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        collect_ids=False,
        remove_blank_text=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableXML(_syntax_problem(error, name)) from error
    tree = root.getroottree()
    if tree.docinfo.internalDTD is not None:
        raise UnreadableXML(problem("X004", name, 1))
    return tree


def _syntax_problem(error: etree.XMLSyntaxError, name: str) -> Problem:
    """Return what the parser stopped at, the commonest slips in the words of an editor."""
    line, column = error.position
    words = re.sub(r", line \d+, column \d+$", "", error.msg or "")
    for code, slip in SLIPS.items():
        if found := slip.match(words):
            return problem(code, name, line or 0, column or 0, **found.groupdict())
    return problem("X003", name, line or 0, column or 0, reason=words)


def lay_out(root: etree._Element) -> None:
    """Break lines between the children of elements that hold no text, each level indented by one space.

    Only white space between elements is touched, never inside running text.
    """
    _lay_out(root, "\n")


def _lay_out(element: etree._Element, line: str) -> None:
    if local_name(element) not in ELEMENT_ONLY or not len(element) or not _only_elements(element):
        return
    inner = line + " "
    element.text = inner
    for child in element:
        if isinstance(child.tag, str):
            _lay_out(child, inner)
        child.tail = inner
    element[-1].tail = line


def _only_elements(element: etree._Element) -> bool:
    return not (element.text or "").strip(SPACE) and not any((child.tail or "").strip(SPACE) for child in element)


def serialise(tree: etree._ElementTree) -> bytes:
    """Return a document as bytes: declaration, instructions, root; ends with a line break."""
    root = tree.getroot()
    parts = [b'<?xml version="1.0" encoding="UTF-8"?>']
    before = list(root.itersiblings(preceding=True))
    parts += [etree.tostring(node, encoding="UTF-8", with_tail=False) for node in reversed(before)]
    parts.append(etree.tostring(root, encoding="UTF-8", with_tail=False))
    parts += [etree.tostring(node, encoding="UTF-8", with_tail=False) for node in root.itersiblings()]
    return b"\n".join(_without_declaration(part) for part in parts) + b"\n"


def _without_declaration(part: bytes) -> bytes:
    return re.sub(rb"\A<\?xml version='1.0' encoding='UTF-8'\?>\n", b"", part)


def canonical(tree: etree._ElementTree) -> bytes:
    """Return a document in the form in which two are compared: canonical XML, white space between elements apart.

    Two trees with the same canonical form say the same, comments and processing instructions before the root included;
    attribute order, entities and re-indentation differ at most.
    """
    copy = etree.ElementTree(etree.fromstring(etree.tostring(tree)))
    for element in copy.getroot().iter(etree.Element):
        if local_name(element) in ELEMENT_ONLY and _only_elements(element):
            element.text = None
            for child in element:
                child.tail = None
    return etree.tostring(copy, method="c14n2")

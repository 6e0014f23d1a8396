"""Turn an annotated capture into one TEI file, as bytes, ready but for its identifier.

The identifier is given when all documents of a run are known; until then the root's `xml:id` is `PLACEHOLDER`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pipeline.annotation.recognition import Recognised
from pipeline.annotation.spans import Arrangement, Node
from pipeline.annotation.titles import read_title
from pipeline.captures.capture import Capture
from pipeline.encoding.alignment import encode_links
from pipeline.encoding.composed_title import composed_title
from pipeline.encoding.correspondence import find_messages
from pipeline.encoding.header import Described, Licence, encode_header
from pipeline.encoding.identified import identify_header
from pipeline.encoding.identity import identifier
from pipeline.encoding.responsibility import agents_of
from pipeline.encoding.text import encode_body
from pipeline.tei import TEI, XML_ID, lay_out, serialise, tag

PLACEHOLDER = "despatch-identifier"

HEADINGS = 3
"""Parts of a text among which its heading stands."""

_INSTRUCTIONS = (
    'href="../schemas/edition.rng" type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"',
    'href="../schemas/edition.sch" type="application/xml" schematypens="http://purl.oclc.org/dsdl/schematron"',
)
"""Where XML editors find the schema and the rules (W3C Note "Associating Schemas with XML documents 1.0")."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A document in TEI, and the identifier that it asks for."""

    identifier: str
    content: bytes


def encode_document(capture: Capture, recognised: Recognised, arrangement: Arrangement, licence: Licence) -> Encoded:
    """Return the TEI document of a capture."""
    title = " ".join(" ".join(capture.fields("title")[:1]).split())
    author = " ".join(" ".join(capture.fields("author")[:1]).split())
    messages = find_messages(capture.text, arrangement.roots, title, author, recognised.date)
    described = Described(
        capture=capture,
        roots=arrangement.roots,
        date=recognised.date,
        agents=agents_of(capture),
        messages=messages,
        licence=licence,
        composed_title=composed_title(
            messages[0],
            recognised.date,
            capture.text,
            _language(arrangement.roots),
            _heading(capture.text, arrangement.roots),
        ),
    )
    root = etree.Element(tag("TEI"), nsmap={None: TEI})
    root.set(XML_ID, PLACEHOLDER)
    for instruction in _INSTRUCTIONS:
        root.addprevious(etree.ProcessingInstruction("xml-model", instruction))
    header = encode_header(described)
    identify_header(header, recognised.identification)
    root.append(header)
    text = etree.SubElement(root, tag("text"))
    text.append(encode_body(capture.text, arrangement.roots, [message.id for message in messages if message.actions]))
    if (links := encode_links(text)) is not None:
        text.addprevious(links)
    lay_out(root)
    wanted = identifier(recognised.date, messages[0], read_title(title), title or described.composed_title.undated)
    return Encoded(wanted, serialise(root.getroottree()))


def _language(roots: tuple[Node, ...]) -> str:
    """Return the language of the first text of a document, BCP 47, or ""."""
    return next((lang for root in roots if (lang := root.span.get("lang"))), "")


def _heading(text: str, roots: tuple[Node, ...]) -> str:
    """Return what a document calls itself: its kind and number, else its heading; the first that says so."""
    units = [unit for root in roots if root.span.kind == "witness" for unit in _openings(root)]
    said = sorted(units, key=lambda unit: unit.span.kind == "head")
    return " ".join(text[said[0].span.start : said[0].span.end].split()) if said else ""


def _openings(root: Node) -> Iterator[Node]:
    for part in root.children[:HEADINGS]:
        yield from (unit for unit in (part, *part.children) if unit.span.kind == "head" or _is_kind(unit))


def _is_kind(unit: Node) -> bool:
    return unit.span.kind == "seg" and unit.span.get("type") == "document-type"

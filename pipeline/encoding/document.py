"""Turn an annotated capture into one TEI file, as bytes, ready but for its identifier.

The identifier is given when all documents of a run are known; until then the root's `xml:id` is `PLACEHOLDER`.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline.annotation.recognition import Recognised
from pipeline.annotation.spans import Arrangement
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
        composed_title=composed_title(messages[0], recognised.date, capture.text),
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
    wanted = identifier(recognised.date, messages[0], read_title(title), title or described.composed_title.text)
    return Encoded(wanted, serialise(root.getroottree()))

"""Turn two conversions into how far their words agree, to tell a better capture of a document from another document."""

from __future__ import annotations

from lxml import etree
from rapidfuzz.distance import Indel

from pipeline.edition import Edition
from pipeline.tei import NAMESPACES, XML_LANG, UnreadableXML, parse_tei, read_tei


def likeness(edition: Edition, identifier: str, content: bytes) -> int:
    """Return how far the text of a document as last converted and a new one agree: per cent of words in order."""
    before = _words_as_converted(edition, identifier)
    try:
        now = _words(parse_tei(content, identifier))
    except UnreadableXML:
        return 0
    return round(100 * Indel.normalized_similarity(before, now)) if before else 0


def _words_as_converted(edition: Edition, identifier: str) -> list[str]:
    """Return the words of a document as conversion last wrote it; none where that is gone or cannot be read."""
    try:
        return _words(read_tei(edition.memory / "generated" / f"{identifier}.xml"))
    except (OSError, UnreadableXML):
        return []


def witnesses_as_converted(edition: Edition, identifier: str) -> dict[str, list[str]]:
    """Return the words of the original and of each translation of a document by their language, as last converted."""
    try:
        body = (
            read_tei(edition.memory / "generated" / f"{identifier}.xml").getroot().find("tei:text/tei:body", NAMESPACES)
        )
    except (OSError, UnreadableXML):
        return {}
    divisions = body.iterfind("tei:div", NAMESPACES) if body is not None else ()
    return {one.get(XML_LANG, ""): " ".join(map(str, one.itertext())).split() for one in divisions}


def _words(tree: etree._ElementTree) -> list[str]:
    body = tree.getroot().find("tei:text/tei:body", NAMESPACES)
    return [] if body is None else " ".join(str(text) for text in body.itertext()).split()

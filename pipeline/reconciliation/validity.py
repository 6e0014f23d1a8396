"""Turn a document into whether the edition's schema allows it."""

from __future__ import annotations

import functools

from lxml import etree

from pipeline import resources
from pipeline.tei import UnreadableXML, parse_tei


@functools.cache
def _schema() -> etree.RelaxNG:
    """Return the edition's schema, compiled once in each process."""
    return etree.RelaxNG(etree.parse(resources.resource("schemas/edition.rng")))


def is_valid(content: bytes) -> bool:
    """Whether a document is well-formed and allowed by `schemas/edition.rng`."""
    try:
        return bool(_schema().validate(parse_tei(content, "")))
    except UnreadableXML:
        return False

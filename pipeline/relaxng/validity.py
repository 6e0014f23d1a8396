"""Turn a document into whether the edition's schema allows it."""

from __future__ import annotations

import functools

from lxml import etree

from pipeline import resources
from pipeline.tei import UnreadableXML, parse_tei

SCHEMA = "schemas/edition.rng"


@functools.cache
def edition_schema() -> etree.RelaxNG:
    """Return the edition's schema, compiled once in each process."""
    return etree.RelaxNG(etree.parse(resources.resource(SCHEMA)))


def is_valid(content: bytes) -> bool:
    """Whether a document is well-formed and allowed by `schemas/edition.rng`."""
    try:
        return bool(edition_schema().validate(parse_tei(content, "")))
    except UnreadableXML:
        return False

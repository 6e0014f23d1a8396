"""Turn the edition's ODD, `schemas/edition.odd`, into what is made from it: the schema in RELAX NG.

The ODD is the one source (TEI P5 Guidelines, chapter 23 "Documentation Elements"). What is made from it is kept beside
it, so that editors and the command need no ODD processor; `python -m pipeline.schema` makes it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.files import write_file
from pipeline.resources import resource
from pipeline.stylesheets import stylesheet
from pipeline.tei import read_tei

ODD = "schemas/edition.odd"

PRODUCTS = {
    "schemas/edition.rng": "xslt/schema/odd-to-rng.xsl",
}
"""What is made, and the stylesheet that makes it."""


def made_from_odd() -> Mapping[Path, bytes]:
    """Return the content of every file that is made from the ODD, by its path."""
    odd = resource(ODD)
    tree = read_tei(odd)
    return {
        odd.parent.parent / product: _ending_in_a_line(stylesheet(resource(sheet)).transform(tree, {}, odd))
        for product, sheet in PRODUCTS.items()
    }


def _ending_in_a_line(text: str) -> bytes:
    return (text.rstrip("\n") + "\n").encode()


def write_made_from_odd() -> list[Path]:
    """Write what is made from the ODD; return the files that changed."""
    return [path for path, content in made_from_odd().items() if write_file(path, content)]


if __name__ == "__main__":
    write_made_from_odd()

"""Turn the edition's ODD, `schemas/edition.odd`, into what is made from it: schema, rules, and the words of the rules.

The ODD is the one source (TEI P5 Guidelines, chapter 23 "Documentation Elements"). What is made from it is kept beside
it, so that editors and the command need no ODD processor; `python -m pipeline.schema` makes it anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.files import write_file
from pipeline.problems import TEXTS
from pipeline.resources import resource
from pipeline.stylesheets import stylesheet
from pipeline.tei import parse_tei

ODD = "schemas/edition.odd"
RULES = "edition.sch"


def made_from_odd() -> Mapping[Path, bytes]:
    """Return the content of every file that is made from the ODD, by its path."""
    odd = resource(ODD)
    source = odd.read_bytes()
    rules = _transformed(source, "odd-to-schematron", odd)
    return {
        odd.with_name("edition.rng"): _transformed(source, "odd-to-rng", odd),
        odd.with_name(RULES): rules,
        odd.with_name("edition-rules.xsl"): _transformed(rules, "schematron-to-xslt", odd.with_name(RULES)),
        TEXTS / "rules.toml": _transformed(source, "odd-to-rule-texts", odd),
    }


def _transformed(source: bytes, sheet: str, base: Path) -> bytes:
    """Return what a stylesheet of `xslt/schema/` makes of a document, ending in a line break."""
    tree = parse_tei(source, base.name)
    text = stylesheet(resource(f"xslt/schema/{sheet}.xsl")).transform(tree, {}, base)
    return (text.rstrip("\n") + "\n").encode()


def write_made_from_odd() -> list[Path]:
    """Write what is made from the ODD; return the files that changed."""
    return [path for path, content in made_from_odd().items() if write_file(path, content)]


if __name__ == "__main__":
    write_made_from_odd()

"""Turn the schema that TEI publishes for everything, `tei_all`, into a fixture.

It is not part of the project: the file that the environment variable DESPATCH_TEI_ALL names, else
`../shared/schemas/tei_all-4.12.0.rng` beside the clone. Without it the tests that need it are skipped by name.
It is read with the project's own validator, which does it in a tenth of a second; libxml2 needs half a minute, and
`test_relaxng.py` holds that both judge alike.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path

import pytest
from lxml import etree

from pipeline.relaxng import Grammar, Violation, explain, read_grammar

CLONE = Path(__file__).resolve().parent.parent
BESIDE = CLONE.parent / "shared" / "schemas" / "tei_all-4.12.0.rng"
NOT_AT_HAND = "tei_all is not at hand: name its file in DESPATCH_TEI_ALL"


class TeiAll:
    """TEI's own schema; used like `etree.RelaxNG`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.error_log: list[Violation] = []
        """What was wrong with the last document."""

    @functools.cached_property
    def grammar(self) -> Grammar:
        return read_grammar(self.path)

    def validate(self, document: etree._ElementTree | etree._Element) -> bool:
        """Whether a document is valid TEI."""
        root = document if isinstance(document, etree._Element) else document.getroot()
        self.error_log = explain(self.grammar, root)
        return not self.error_log


def tei_all_path() -> Path | None:
    """Return where `tei_all` lies, or None where it is not at hand."""
    named = os.environ.get("DESPATCH_TEI_ALL")
    path = Path(named) if named else BESIDE
    return path if path.is_file() else None


@pytest.fixture(scope="session")
def tei_all() -> TeiAll:
    """Return TEI's own schema; skip the test where it is not at hand."""
    path = tei_all_path()
    if path is None:
        pytest.skip(NOT_AT_HAND)
    return TeiAll(path)

"""Turn the schema that TEI publishes for everything, `tei_all`, into a fixture.

It is not part of the project: the file that the environment variable DESPATCH_TEI_ALL names, else
`../shared/schemas/tei_all-4.12.0.rng` beside the clone. Without it the tests that need it are skipped by name.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

CLONE = Path(__file__).resolve().parent.parent
BESIDE = CLONE.parent / "shared" / "schemas" / "tei_all-4.12.0.rng"


def tei_all_path() -> Path | None:
    """Return where `tei_all` lies, or None where it is not at hand."""
    named = os.environ.get("DESPATCH_TEI_ALL")
    path = Path(named) if named else BESIDE
    return path if path.is_file() else None


@pytest.fixture(scope="session")
def tei_all() -> etree.RelaxNG:
    """Return TEI's own schema; skip the test where it is not at hand."""
    path = tei_all_path()
    if path is None:
        pytest.skip("tei_all is not at hand: name its file in DESPATCH_TEI_ALL")
    return etree.RelaxNG(etree.parse(path))

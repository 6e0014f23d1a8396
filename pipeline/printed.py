"""Turn the PDFs that the print stage made of single documents into those that still say what their documents say.

    build/print/documents/<id>.pdf     a document's own PDF
    build/print/documents.json         from which state of document and corpus.xml each was made

The print stage writes both, the website offers what is current: stages meet in files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.edition import Edition
from pipeline.files import write_file
from pipeline.freshness import fingerprint_of


def pdf_of(edition: Edition, name: str) -> Path:
    """Return where the PDF of a document lies; a folder of their own, so that none is taken for the volume."""
    return edition.build / "print" / "documents" / f"{name}.pdf"


def state_of(edition: Edition, document: Path) -> str:
    """Return what the state of a document is known by: its own file and what all documents share."""
    return fingerprint_of(document, edition.corpus)


@dataclass(frozen=True, slots=True)
class Printed:
    """The PDFs that were made, by the names of their documents."""

    edition: Edition
    states: Mapping[str, str]

    def current(self, document: Path) -> Path | None:
        """Return a document's PDF; None where there is none, or document or corpus.xml changed since."""
        path = pdf_of(self.edition, document.stem)
        if document.stem not in self.states or not path.is_file():
            return None
        return path if self.states[document.stem] == state_of(self.edition, document) else None


def read_printed(edition: Edition) -> Printed:
    """Return what was printed; nothing where the record is missing or torn, for then no PDF can be vouched for."""
    try:
        states = json.loads(_record(edition).read_bytes())
    except (OSError, ValueError):
        states = {}
    return Printed(edition, states if isinstance(states, dict) else {})


def write_printed(edition: Edition, states: Mapping[str, str]) -> None:
    """Record the PDFs that are there; none at all, while some of them are being made."""
    write_file(_record(edition), json.dumps(states, indent=0, sort_keys=True).encode())


def _record(edition: Edition) -> Path:
    return edition.build / "print" / "documents.json"

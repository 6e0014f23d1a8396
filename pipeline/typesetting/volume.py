"""Turn the code of all documents into the volume."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.edition import Edition, Facts
from pipeline.files import write_file
from pipeline.freshness import Freshness, fingerprint_of
from pipeline.typesetting.compiler import compile_pdf, engine, timestamp_of
from pipeline.typesetting.parts import DESIGN


def write_volume(edition: Edition, workshop: Path, names: Sequence[str], facts: Facts, freshness: Freshness) -> bool:
    """Set the volume, unless it was set from the same before; return whether it was set."""
    volume = edition.build / "print" / "volume.pdf"
    files = [workshop / file for file in (*DESIGN, "front.typ", "volume.json")]
    state = fingerprint_of(engine(), facts.date, *files, *(workshop / "documents" / f"{name}.typ" for name in names))
    if freshness.is_fresh("print/volume.pdf", state, volume.is_file):
        return False
    write_file(volume, compile_pdf(workshop, "volume.typ", {}, timestamp_of(facts.date)))
    freshness.made("print/volume.pdf", state)
    return True

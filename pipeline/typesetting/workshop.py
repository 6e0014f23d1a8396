"""Turn an edition into the places where code and design lie while its PDFs are set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline import fonts
from pipeline.edition import Edition, Facts
from pipeline.freshness import fingerprint_of
from pipeline.typesetting.compiler import engine, timestamp_of

DESIGN = (
    "volume.typ",
    "single.typ",
    "book.typ",
    "page.typ",
    "notes.typ",
    "design.typ",
    "facing.typ",
    "lists.typ",
    "probe.typ",
)


@dataclass(frozen=True, slots=True)
class Workshop:
    """The folder in which Typst finds everything; it reads nothing outside."""

    edition: Edition
    facts: Facts

    @property
    def folder(self) -> Path:
        return self.edition.build / ".state" / "print"

    @property
    def front(self) -> Path:
        """Return where the code of title, imprint and introduction lies."""
        return self.folder / "front.typ"

    @property
    def lists(self) -> Path:
        """Return where the entries of the volume's lists and indexes lie."""
        return self.folder / "lists.json"

    @property
    def timestamp(self) -> int:
        """Return the date of every PDF, in seconds since 1970: the edition's."""
        return timestamp_of(self.facts.date)

    def part(self, name: str) -> Path:
        """Return where the code of a document lies."""
        return self.folder / "documents" / f"{name}.typ"

    def code(self, name: str) -> str:
        """Return the code of a document."""
        return self.part(name).read_text(encoding="utf-8")

    def mentioned(self, name: str) -> Path:
        """Return where that lies what lists and indexes need to know of a document."""
        return self.folder / "documents" / f"{name}.json"

    def source(self, name: str) -> Path:
        """Return where the TEI file lies that a document's code was made from: the one that its PDF has attached."""
        return self.folder / "tei" / f"{name}.xml"

    def names(self) -> list[str]:
        """Return the names of the documents that have code, sorted."""
        return sorted(path.stem for path in self.part("").parent.glob("*.typ"))

    def state(self) -> str:
        """Return what every PDF is made from beside documents: engine, date, design, font, front."""
        design = (self.folder / file for file in DESIGN)
        return fingerprint_of(engine(), self.facts.date, fonts.HAN, self.front, *design)

"""Turn an edition into what an editor asks of it first: what was edited, proposed, in conflict, or lost its seed."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.edition import Edition
from pipeline.reconciliation.known import read_known
from pipeline.tei import UnreadableXML, canonical, read_tei


@dataclass(frozen=True, slots=True)
class Survey:
    """What an edition holds; documents by identifier."""

    edition: str
    seeds: int
    documents: int
    edited: tuple[str, ...]
    proposed: tuple[str, ...]
    orphaned: tuple[str, ...]

    def record(self) -> dict[str, str | list[str]]:
        """Return the survey for printing, in this order."""
        lists = {"edited": self.edited, "proposed": self.proposed, "orphaned": self.orphaned}
        counts = {"edition": self.edition, "seeds": str(self.seeds), "documents": str(self.documents)}
        return {**counts, **{name: list(value) for name, value in lists.items()}}


def survey(edition: Edition) -> Survey:
    """Return what an edition holds, and which documents were edited, proposed to, or lost their seed."""
    known, _ = read_known(edition)
    documents = list(edition.documents())
    return Survey(
        edition=edition.root.as_posix(),
        seeds=sum(1 for path in edition.seeds.rglob("*") if path.is_file()),
        documents=len(documents),
        edited=tuple(path.stem for path in documents if _is_edited(edition, path.stem)),
        proposed=tuple(sorted(path.stem for path in (edition.build / "proposals").glob("*.xml"))),
        orphaned=tuple(sorted(one.id for one in known.values() if not (edition.root / one.seed).is_file())),
    )


def is_as_generated(edition: Edition, identifier: str) -> bool:
    """Whether a document stands byte for byte as conversion last wrote it."""
    files = (edition.tei / f"{identifier}.xml", edition.memory / "generated" / f"{identifier}.xml")
    return all(file.is_file() for file in files) and files[0].read_bytes() == files[1].read_bytes()


def _is_edited(edition: Edition, identifier: str) -> bool:
    """Whether a document differs from its base; one that has no base, or cannot be read, counts as edited."""
    document = edition.tei / f"{identifier}.xml"
    base = edition.memory / "generated" / f"{identifier}.xml"
    if not base.is_file():
        return True
    if document.read_bytes() == base.read_bytes():
        return False
    try:
        return canonical(read_tei(document)) != canonical(read_tei(base))
    except UnreadableXML:
        return True

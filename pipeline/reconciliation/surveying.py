"""Turn an edition into what an editor asks of it first: what was edited, proposed, in conflict, or lost its seed."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.edition import Edition
from pipeline.reconciliation.known import read_known
from pipeline.reconciliation.placing import files_of, status_of
from pipeline.tei import UnreadableXML, canonical, read_tei


@dataclass(frozen=True, slots=True)
class Survey:
    """What an edition holds; documents by identifier."""

    edition: str
    seeds: int
    documents: int
    edited: tuple[str, ...]
    proposed: tuple[str, ...]
    """What conversion makes now waits for an editor's word."""
    conflicting: tuple[str, ...]
    """An editor and conversion have changed the same thing otherwise."""
    orphaned: tuple[str, ...]

    def record(self) -> dict[str, str | list[str]]:
        """Return the survey for printing, in this order."""
        counts = {"edition": self.edition, "seeds": str(self.seeds), "documents": str(self.documents)}
        lists = {
            "edited": self.edited,
            "proposed": self.proposed,
            "conflicting": self.conflicting,
            "orphaned": self.orphaned,
        }
        return {**counts, **{name: list(value) for name, value in lists.items()}}


def survey(edition: Edition) -> Survey:
    """Return what an edition holds, and which documents were edited, wait for an editor's word, or lost their seed."""
    known, _ = read_known(edition)
    documents = list(edition.documents())
    waiting = sorted(path.stem for path in (edition.build / "proposals").glob("*.xml"))
    proposed = {name for name in waiting if _is_only_proposed_to(edition, name)}
    return Survey(
        edition=edition.root.as_posix(),
        seeds=sum(1 for path in edition.seeds.rglob("*") if path.is_file()),
        documents=len(documents),
        edited=tuple(path.stem for path in documents if _is_edited(edition, path.stem)),
        proposed=tuple(name for name in waiting if name in proposed),
        conflicting=tuple(name for name in waiting if name not in proposed),
        orphaned=tuple(sorted(one.id for one in known.values() if not (edition.root / one.seed).is_file())),
    )


def _is_edited(edition: Edition, identifier: str) -> bool:
    """Whether a document differs from its base; one that has no base, or cannot be read, counts as edited."""
    document, base, *_ = files_of(edition, identifier)
    if not base.is_file():
        return True
    if document.read_bytes() == base.read_bytes():
        return False
    try:
        return canonical(read_tei(document)) != canonical(read_tei(base))
    except UnreadableXML:
        return True


def _is_only_proposed_to(edition: Edition, identifier: str) -> bool:
    """Whether a document takes nothing from conversion without an editor's word: approved, or without a base."""
    document, base, *_ = files_of(edition, identifier)
    try:
        return not base.is_file() or status_of(read_tei(document)) == "approved"
    except (UnreadableXML, OSError):
        return True

"""Turn a newly converted document into the edition's, without undoing an editor's hand.

What conversion last wrote is kept as the *base*, `tei/.despatch/generated/<id>.xml`. A document was *edited* when it
differs from its base as canonical XML. An edited document is left as it is; what conversion would make of it now goes
to `build/proposals/`. Which capture became which document stands in `tei/.despatch/captures.jsonl`.

A document is written before its base: a run killed between the two finds, next time, that the document already is what
conversion makes, and only moves the base on.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from lxml import etree
from rapidfuzz.distance import Indel

from pipeline.edition import Edition
from pipeline.files import write_file
from pipeline.problems import Problem, problem
from pipeline.tei import NAMESPACES, UnreadableXML, canonical, parse_tei, read_tei


@dataclass(frozen=True, slots=True)
class Known:
    """One line of `captures.jsonl`: a capture and the document that it became."""

    id: str
    key: str
    sha256: str
    seed: str
    format: str


class Placed(enum.StrEnum):
    """What became of a newly converted document."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EDITED = "edited"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to become of a document, and what the editor has to know."""

    placed: Placed
    problems: tuple[Problem, ...] = ()


def read_known(edition: Edition) -> tuple[dict[str, Known], list[Problem]]:
    """Return what conversion remembers, by capture key, and lines of the record that cannot be read."""
    file = edition.memory / "captures.jsonl"
    known: dict[str, Known] = {}
    problems: list[Problem] = []
    if not file.is_file():
        return known, problems
    for number, line in enumerate(file.read_bytes().rstrip(b"\n").split(b"\n"), start=1):
        try:
            entry = Known(**json.loads(line))
        except (ValueError, TypeError):
            problems.append(problem("E006", edition.name(file), number))
            continue
        known[entry.key] = entry
    return known, problems


def write_known(edition: Edition, known: Iterable[Known]) -> None:
    """Keep the record, one line a document, sorted by identifier."""
    lines = [json.dumps(asdict(entry), ensure_ascii=False) for entry in sorted(known, key=lambda entry: entry.id)]
    write_file(edition.memory / "captures.jsonl", "".join(f"{line}\n" for line in lines).encode())


def place(edition: Edition, identifier: str, content: bytes, *, dry_run: bool = False) -> Decision:
    """Put a newly converted document where it belongs, and say what was done (or, on a dry run, would be)."""
    document = edition.tei / f"{identifier}.xml"
    base = edition.memory / "generated" / f"{identifier}.xml"
    decision = _decide(edition, identifier, content)
    if dry_run:
        return decision
    if decision.placed in {Placed.CREATED, Placed.UPDATED}:
        write_file(document, content)
        write_file(base, content, remade=True)
    elif decision.placed is Placed.UNCHANGED:
        write_file(base, content, remade=True)
    elif decision.placed is Placed.PROPOSED:
        write_file(edition.build / "proposals" / f"{identifier}.xml", content)
    return decision


def _decide(edition: Edition, identifier: str, content: bytes) -> Decision:
    document = edition.tei / f"{identifier}.xml"
    base = edition.memory / "generated" / f"{identifier}.xml"
    name = edition.name(document)
    if not document.is_file():
        return Decision(Placed.CREATED, (problem("E003", name),) if base.is_file() else ())
    current = document.read_bytes()
    before = base.read_bytes() if base.is_file() else b""
    if current == content == before:
        return Decision(Placed.UNCHANGED)
    try:
        edited = canonical(parse_tei(current, name))
        new = canonical(parse_tei(content, name))
    except UnreadableXML as error:
        return Decision(Placed.EDITED, (error.problem, problem("E005", name)))
    if edited == new:
        return Decision(Placed.UNCHANGED)
    try:
        old = canonical(parse_tei(before, name)) if before else b""
    except UnreadableXML:
        return Decision(Placed.PROPOSED, (problem("E011", name, proposal=_proposal(name)),))
    return _decide_difference(name, parse_tei(current, name), edited == old, new == old, has_base=bool(before))


def _decide_difference(
    name: str, current: etree._ElementTree, is_as_generated: bool, is_new_as_before: bool, *, has_base: bool
) -> Decision:
    if not has_base:
        return Decision(Placed.PROPOSED, (problem("E002", name, proposal=_proposal(name)),))
    if is_new_as_before:
        return Decision(Placed.EDITED, (problem("E001", name),))
    status = current.xpath("string(//tei:revisionDesc/@status)", namespaces=NAMESPACES)
    if status in {"approved", "withdrawn"}:
        return Decision(Placed.PROPOSED, (problem("E004", name, status=status, proposal=_proposal(name)),))
    if is_as_generated:
        return Decision(Placed.UPDATED)
    return Decision(Placed.PROPOSED, (problem("E007", name, proposal=_proposal(name)),))


def _proposal(name: str) -> str:
    return name.replace("tei/", "build/proposals/", 1)


def likeness(edition: Edition, identifier: str, content: bytes) -> int:
    """Return how far the text of a document as last converted and a new one agree: per cent of words in order."""
    before = words_as_converted(edition, identifier)
    try:
        now = _words(parse_tei(content, identifier))
    except UnreadableXML:
        return 0
    return round(100 * Indel.normalized_similarity(before, now)) if before else 0


def words_as_converted(edition: Edition, identifier: str) -> list[str]:
    """Return the words of a document as conversion last wrote it; none where that is gone or cannot be read."""
    try:
        return _words(read_tei(edition.memory / "generated" / f"{identifier}.xml"))
    except (OSError, UnreadableXML):
        return []


def _words(tree: etree._ElementTree) -> list[str]:
    body = tree.getroot().find("tei:text/tei:body", NAMESPACES)
    return [] if body is None else " ".join(str(text) for text in body.itertext()).split()


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

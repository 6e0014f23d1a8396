"""Turn a newly converted document into the edition's, without undoing an editor's hand.

What conversion last wrote is kept as the *base*, `tei/.despatch/generated/<id>.xml`. A document was *edited* when it
differs from its base as canonical XML. What conversion changed since is merged into an edited document; where both
changed the same thing, the editor's stands, and a proposal with the other goes to `build/proposals/`.

Decisions are written before the document, the document before its base: a run killed in between finds, next time, what
is merged already, and only moves the base on.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from pipeline.edition import Edition
from pipeline.files import write_file
from pipeline.problems import Problem, problem
from pipeline.reconciliation.decisions import Decisions, read_decisions
from pipeline.reconciliation.emendations import emendations
from pipeline.reconciliation.reconciling import Reconciled, carry_names, reconcile
from pipeline.reconciliation.telling import Conflict
from pipeline.relaxng.validity import is_valid
from pipeline.tei import NAMESPACES, UnreadableXML, canonical, parse_tei


class Placed(enum.StrEnum):
    """What became of a newly converted document."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EDITED = "edited"
    MERGED = "merged"
    CONFLICTING = "conflicting"
    PROPOSED = "proposed"


class Settling(enum.StrEnum):
    """How an editor settles what conversion has only proposed."""

    NOT = "not"
    ACCEPT = "accept"
    """Take what conversion makes now."""
    KEEP = "keep"
    """Keep the document as it is, for good."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to become of a document, and what the editor has to know; None leaves a file as it is."""

    placed: Placed
    problems: tuple[Problem, ...] = ()
    content: bytes | None = None
    base: bytes | None = None
    proposal: bytes | None = None
    decisions: Decisions | None = None
    is_written: bool = False
    """Whether the document changes."""


@dataclass(frozen=True, slots=True)
class _Files:
    """What of a document is there: as edited, as last converted, the editor's decisions, and as converted now."""

    name: str
    current: bytes
    before: bytes
    decisions: Decisions
    new: bytes
    settling: Settling


def files_of(edition: Edition, identifier: str) -> tuple[Path, Path, Path, Path]:
    """Return where a document lies, its base, the editor's decisions on it, and what is proposed for it."""
    return (
        edition.tei / f"{identifier}.xml",
        edition.memory / "generated" / f"{identifier}.xml",
        edition.memory / "decisions" / f"{identifier}.jsonl",
        edition.build / "proposals" / f"{identifier}.xml",
    )


def status_of(tree: etree._ElementTree) -> str:
    """Return how far editors are with a document: `revisionDesc/@status`."""
    return str(tree.xpath("string(//tei:revisionDesc/@status)", namespaces=NAMESPACES))


def place(
    edition: Edition, identifier: str, new: bytes, settling: Settling = Settling.NOT, *, dry_run: bool = False
) -> Decision:
    """Put a newly converted document where it belongs, and say what was done (or, on a dry run, would be)."""
    document, base, kept, _ = files_of(edition, identifier)
    name = edition.name(document)
    if not document.is_file():
        problems = (problem("E003", name),) if base.is_file() else ()
        decision = Decision(Placed.CREATED, problems, new, new, is_written=True)
    else:
        current, before, lines = (path.read_bytes() if path.is_file() else b"" for path in (document, base, kept))
        decision = _decide(_Files(name, current, before, read_decisions(lines), new, settling))
        if decision.content not in {None, current}:
            if document.read_bytes() != current:
                return Decision(Placed.EDITED, (problem("E013", name),))
            decision = replace(decision, is_written=True)
    if not dry_run:
        _write(edition, identifier, decision)
    return decision


def _write(edition: Edition, identifier: str, decision: Decision) -> None:
    document, base, kept, proposal = files_of(edition, identifier)
    if decision.decisions is not None and (kept.is_file() or decision.decisions.content()):
        write_file(kept, decision.decisions.content())
    if decision.content is not None:
        write_file(document, decision.content)
    if decision.base is not None:
        write_file(base, decision.base, remade=decision.placed is not Placed.CONFLICTING)
    if decision.proposal:
        write_file(proposal, decision.proposal, remade=True)
    else:
        proposal.unlink(missing_ok=True)


def _decide(files: _Files) -> Decision:
    name = files.name
    if files.current == files.new == files.before:
        return Decision(Placed.UNCHANGED)
    try:
        edited = canonical(parse_tei(files.current, name))
        new = canonical(parse_tei(files.new, name))
    except UnreadableXML as error:
        return Decision(Placed.EDITED, (error.problem, problem("E005", name)))
    if edited == new:
        return Decision(Placed.UNCHANGED, base=files.new)
    try:
        old = canonical(parse_tei(files.before, name)) if files.before else b""
    except UnreadableXML:
        return _without_base(files, "E011")
    if not files.before:
        return _without_base(files, "E002")
    return _decide_difference(files, edited, old)


def _without_base(files: _Files, code: str) -> Decision:
    """Return what is done where edits cannot be told from what conversion wrote: nothing, but on an editor's word."""
    if files.settling is Settling.ACCEPT:
        return Decision(Placed.UPDATED, content=files.new, base=files.new)
    if files.settling is Settling.KEEP:
        return Decision(Placed.EDITED, base=files.new)
    found = problem(code, files.name, proposal=_proposal(files.name))
    return Decision(Placed.PROPOSED, (found,), proposal=files.new)


def _decide_difference(files: _Files, edited: bytes, old: bytes) -> Decision:
    name = files.name
    carried = carry_names(files.before, files.new, files.current)
    now = canonical(parse_tei(carried, name))
    if edited == now:
        return Decision(Placed.UNCHANGED, base=carried)
    if old == now:
        return Decision(Placed.EDITED, (problem("E001", name), *_emended(files)))
    status = status_of(parse_tei(files.current, name))
    if status == "withdrawn":
        return Decision(Placed.EDITED, (problem("E012", name),))
    if files.current == files.before and status != "approved":
        return Decision(Placed.UPDATED, content=carried, base=carried)
    reconciled = reconcile(files.before, files.new, files.current, files.decisions, is_valid)
    if status == "approved" and files.settling is Settling.NOT:
        found = problem("E004", name, id=_identifier(name), proposal=_proposal(name))
        return Decision(Placed.PROPOSED, (found,), proposal=reconciled.proposal or reconciled.content)
    return _merged(files, reconciled, is_as_generated=edited == old)


def _merged(files: _Files, reconciled: Reconciled, *, is_as_generated: bool) -> Decision:
    """Return what is done with a document into which a new conversion is merged."""
    if files.settling is Settling.KEEP:
        return Decision(
            Placed.EDITED, _emended(files), base=reconciled.new, decisions=reconciled.declining(files.current)
        )
    accepted = reconciled.proposal if files.settling is Settling.ACCEPT and reconciled.proposal else reconciled.content
    if files.settling is not Settling.NOT or not reconciled.conflicts:
        placed = Placed.UPDATED if is_as_generated else Placed.MERGED
        told = () if is_as_generated else (*_without_place(files.name, reconciled), *_emended(files))
        return Decision(placed, told, accepted, reconciled.new, decisions=reconciled.decisions)
    problems = tuple(_told(files.name, conflict) for conflict in reconciled.conflicts)
    return Decision(
        Placed.CONFLICTING,
        (*problems, *_without_place(files.name, reconciled), *_emended(files)),
        reconciled.content,
        reconciled.base,
        reconciled.proposal,
        reconciled.decisions,
    )


def _told(name: str, conflict: Conflict) -> Problem:
    line, edited, new = conflict.line, _short(conflict.edited), _short(conflict.new)
    id_, proposal = _identifier(name), _proposal(name)
    if not conflict.name:
        return problem("E007", name, line, edited=edited, new=new, id=id_, proposal=proposal)
    if "@" in conflict.name:
        return problem("E015", name, line, name=conflict.name, edited=edited, new=new, id=id_, proposal=proposal)
    return problem("E016", name, line, name=conflict.name, text=edited or new, id=id_, proposal=proposal)


def _without_place(name: str, reconciled: Reconciled) -> tuple[Problem, ...]:
    return tuple(
        problem("E017", name, lost.line, name=lost.name, text=_short(lost.new)) for lost in reconciled.unplaced
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:60]} … {text[-15:]}"


def _emended(files: _Files) -> tuple[Problem, ...]:
    encoding = etree.fromstring(files.current).getroottree().docinfo.encoding or "UTF-8"
    return tuple(
        problem("E014", files.name, found.line, captured=_short(found.captured), edited=_short(found.edited))
        for found in emendations(files.before, files.current, encoding)
    )


def _proposal(name: str) -> str:
    return name.replace("tei/", "build/proposals/", 1)


def _identifier(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".xml")

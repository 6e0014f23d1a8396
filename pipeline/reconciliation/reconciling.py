"""Turn three versions of a document (as conversion made it, makes it now, and as edited) into what is to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.reconciliation.composing import Three
from pipeline.reconciliation.correspondence import Correspondence
from pipeline.reconciliation.decisions import Decisions
from pipeline.reconciliation.merging import Merge
from pipeline.reconciliation.passages import carried_names, names_of, names_of_editor, renamed
from pipeline.reconciliation.telling import Conflict
from pipeline.reconciliation.versions import read_text, read_version


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What becomes of a document that conversion and an editor have both changed."""

    content: bytes
    """The editor's file with what conversion changed since, conflicts apart."""
    base: bytes
    """What conversion made, as far as it is merged: where there are conflicts, the old state stands in it."""
    new: bytes
    """What conversion makes now, with the identifiers that passages already have."""
    proposal: bytes
    """The merged document with what conversion makes now in all conflicts; nothing where there are none."""
    conflicts: tuple[Conflict, ...]
    unplaced: tuple[Conflict, ...]
    """What conversion would add over words that the editor has changed."""
    decisions: Decisions

    def declining(self, edited: bytes) -> Decisions:
        """Return the decisions of an editor who keeps the document as it is: what only conversion has is taken out."""
        encoding = etree.fromstring(edited).getroottree().docinfo.encoding or "UTF-8"
        stand_ins: dict[str, str] = {}
        new, own = read_version(self.new, stand_ins), read_version(edited, stand_ins, encoding)
        return self.decisions.with_removals(Correspondence(new, own, by_id=True))


def carry_names(base: bytes, new: bytes, edited: bytes = b"") -> bytes:
    """Return a new conversion with the identifiers that its passages were given before."""
    if base == new:
        return new
    stand_ins: dict[str, str] = {}
    first, second = read_version(base, stand_ins), read_version(new, stand_ins)
    used = names_of(first) | (names_of(read_version(edited, stand_ins)) if edited else set())
    names = carried_names(Correspondence(first, second, by_id=False), used)
    return renamed(second.raw, names).encode()


def reconcile(
    base: bytes, new: bytes, edited: bytes, decisions: Decisions, is_valid: Callable[[bytes], bool]
) -> Reconciled:
    """Return the three versions reconciled; all are well-formed, `base` and `new` are UTF-8.

    What `is_valid` refuses is not made of a valid document: the changes that would do it are left as conflicts.
    """
    encoding = etree.fromstring(edited).getroottree().docinfo.encoding or "UTF-8"
    three, new = _read(base.decode(), new.decode(), edited.decode(encoding))
    known = decisions.with_removals(three.to_edited)
    merge = Merge(three, known)

    def is_good(content: str) -> bool:
        return content == three.edited.raw or is_valid(content.encode(encoding))

    merged = merge.merged()
    must_be_valid = is_valid(edited)
    if must_be_valid and not is_good(merged.content):
        merged = merge.merged(frozenset(_spoiling(merge, sorted(set(merge.units.values())), is_good)))
    content = merged.content.encode(encoding)
    if not merged.conflicts:
        return Reconciled(content, new, new, b"", (), merged.unplaced, known)
    unedited = Three(
        three.base, three.new, three.base, three.to_new, Correspondence(three.base, three.base, by_id=True)
    )
    kept = Merge(unedited, Decisions()).merged(merged.refused).content.encode()
    preferred = merge.merged(prefers_new=True).content
    proposal = preferred.encode(encoding) if not must_be_valid or is_good(preferred) else new
    return Reconciled(content, kept, new, proposal, merged.conflicts, merged.unplaced, known)


def _read(base: str, new: str, edited: str) -> tuple[Three, bytes]:
    """Return the versions with the identifiers that passages have or were given by the editor, and so the new file."""
    stand_ins: dict[str, str] = {}
    line_end = "\r\n" if "\r\n" in edited else "\n"
    old, own = read_text(base, stand_ins), read_text(edited, stand_ins)
    to_edited = Correspondence(old, own, by_id=True)
    names = names_of_editor(to_edited)
    if names:
        old = read_text(renamed(base, names), stand_ins)
        to_edited = Correspondence(old, own, by_id=True)
    now = read_text(new.replace("\n", line_end), stand_ins)
    to_new = Correspondence(old, now, by_id=False)
    names = carried_names(to_new, names_of(old) | names_of(own))
    if names:
        new = renamed(new, names)
        now = read_text(new.replace("\n", line_end), stand_ins)
        to_new = Correspondence(old, now, by_id=False)
    return Three(old, now, own, to_new, to_edited), new.encode()


def _spoiling(merge: Merge, units: Sequence[int], is_good: Callable[[str], bool]) -> Iterator[int]:
    """Yield the units of changes that would make the document invalid; halves are tried before single ones."""
    refused = set(units)
    waiting = [list(units)]
    while waiting:
        some = waiting.pop()
        if is_good(merge.merged(frozenset(refused - set(some))).content):
            refused -= set(some)
        elif len(some) > 1:
            waiting += [some[len(some) // 2 :], some[: len(some) // 2]]
    yield from sorted(refused)

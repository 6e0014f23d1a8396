"""Turn three versions of a document (as conversion made it, makes it now, and as edited) into what is to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.reconciliation.correspondence import Correspondence
from pipeline.reconciliation.decisions import Decisions
from pipeline.reconciliation.merging import Conflict, Merge, Merged
from pipeline.reconciliation.passages import carried_names, names_of, renamed
from pipeline.reconciliation.versions import Version, read_version


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
    decisions: Decisions

    def declining(self, edited: bytes) -> Decisions:
        """Return the decisions of an editor who keeps the document as it is: what only conversion has is taken out."""
        encoding = etree.fromstring(edited).getroottree().docinfo.encoding or "UTF-8"
        stand_ins: dict[str, str] = {}
        return self.decisions.with_removals(
            read_version(self.new, stand_ins), read_version(edited, stand_ins, encoding)
        )


def carry_names(base: bytes, new: bytes, edited: bytes = b"") -> bytes:
    """Return a new conversion with the identifiers that its passages were given before."""
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
    own = edited.decode(encoding)
    base = _as_the_editor_names(base, own)
    new = carry_names(base, new, own.encode())
    versions = _versions(base, new, own)
    known = decisions.with_removals(versions[0], versions[2])
    merge = Merge(*versions, known)

    def is_good(content: str) -> bool:
        return content == own or is_valid(content.encode(encoding))

    merged = merge.merged()
    must_be_valid = is_valid(edited)
    if must_be_valid and not is_good(merged.content):
        merged = merge.merged(frozenset(_spoiling(merge, sorted(merged.carried_out), is_good)))
    content = merged.content.encode(encoding)
    if not merged.conflicts:
        return Reconciled(content, new, new, b"", (), known)
    kept = Merge(versions[0], versions[1], versions[0], Decisions()).merged(merged.refused).content.encode()
    preferred = merge.merged(prefers_new=True).content
    proposal = preferred.encode(encoding) if not must_be_valid or is_good(preferred) else new
    return Reconciled(content, kept, new, proposal, merged.conflicts, known)


def _as_the_editor_names(base: bytes, own: str) -> bytes:
    """Return the last conversion with the identifiers that an editor has given to its passages instead."""
    stand_ins: dict[str, str] = {}
    first, second = read_version(base, stand_ins), read_version(own.encode(), stand_ins)
    both = Correspondence(first, second, by_id=True)
    there = names_of(second)
    names = {one.id: other.id for one, other in both.marks.items() if one.id and other.id and one.id not in there}
    return renamed(first.raw, names).encode()


def _versions(base: bytes, new: bytes, own: str) -> tuple[Version, Version, Version]:
    stand_ins: dict[str, str] = {}
    line_end = "\r\n" if "\r\n" in own else "\n"
    read_new = read_version(new.replace(b"\n", line_end.encode()), stand_ins)
    return read_version(base, stand_ins), read_new, read_version(own.encode(), stand_ins)


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

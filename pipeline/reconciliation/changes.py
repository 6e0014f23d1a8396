"""Turn two conversions of a document into the changes that lead from the one to the other, each for itself.

Changes that make no sense without each other form a *unit*: a correction and its text; the two halves of a paragraph
and the paragraph that they were. A unit is carried out whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.reconciliation.correspondence import NOWHERE, Correspondence, Hunk
from pipeline.reconciliation.versions import STRUCTURE, Atom, Mark


@dataclass(frozen=True, slots=True, eq=False)
class TextChange:
    """Other text, or atoms, in the place of some."""

    hunk: Hunk


@dataclass(frozen=True, slots=True, eq=False)
class MarkAdded:
    """A mark of the new conversion that the old one had not."""

    mark: Mark


@dataclass(frozen=True, slots=True, eq=False)
class MarkRemoved:
    """A mark of the old conversion that the new one has not."""

    mark: Mark


@dataclass(frozen=True, slots=True, eq=False)
class MarkMoved:
    """A mark that begins or ends elsewhere."""

    mark: Mark
    new: Mark


@dataclass(frozen=True, slots=True, eq=False)
class AttributeChange:
    """Another value of an attribute, or one added or removed."""

    place: Mark | int
    """The mark of the old conversion, or the offset of the atom."""
    name: str
    old: str | None
    new: str | None


Change = TextChange | MarkAdded | MarkRemoved | MarkMoved | AttributeChange


def changes_of(both: Correspondence) -> list[Change]:
    """Return all changes from the first version to the second."""
    changes: list[Change] = [TextChange(piece) for hunk in both.hunks() for piece in _pieces(both, hunk)]
    for mark in both.first.marks:
        new = both.marks.get(mark)
        if new is None:
            changes.append(MarkRemoved(mark))
            continue
        if not both.covers_the_same(mark, new):
            changes.append(MarkMoved(mark, new))
        changes += _attribute_changes(mark, mark, new)
    changes += [MarkAdded(mark) for mark in both.second.marks if mark not in both.marks_back]
    for at, atom in both.first.atoms.items():
        other = both.second.atoms.get(both.forward[at])
        if other:
            changes += _attribute_changes(at, atom, other)
    return changes


def _pieces(both: Correspondence, hunk: Hunk) -> Iterator[Hunk]:
    """Yield what a hunk adds element by element, so that each is carried out or refused for itself."""
    reached = hunk.new_start
    if hunk.start == hunk.end:
        wholes = {mark.start: mark.end for mark in reversed(both.second.marks) if mark not in both.marks_back}
        at = reached
        while at < hunk.new_end:
            end = wholes.get(at, at + 1 if at in both.second.atoms else hunk.new_end + 1)
            if end > hunk.new_end:
                break
            yield Hunk(hunk.start, hunk.start, at, end)
            at = reached = end
    if reached < hunk.new_end or hunk.start < hunk.end:
        yield Hunk(hunk.start, hunk.end, reached, hunk.new_end)


def _attribute_changes(place: Mark | int, old: Mark | Atom, new: Mark | Atom) -> Iterator[AttributeChange]:
    for name in dict.fromkeys([*old.attributes, *new.attributes]):
        before, after = old.attributes.get(name), new.attributes.get(name)
        if before != after:
            yield AttributeChange(place, name, before, after)


def units_of(both: Correspondence, changes: Sequence[Change]) -> dict[Change, int]:
    """Return the number of its unit for each change."""
    units = _Units(changes)
    added = {change.mark: change for change in changes if isinstance(change, MarkAdded)}
    removed = {change.mark: change for change in changes if isinstance(change, MarkRemoved)}
    for change in changes:
        if isinstance(change, TextChange):
            hunk = change.hunk
            _join_marks(units, change, added, (hunk.new_start, hunk.new_end))
            _join_marks(units, change, removed, (hunk.start, hunk.end))
    _join_structure(both, units, changes)
    return {change: units.root(number) for number, change in enumerate(changes)}


class _Units:
    """Groups of changes that were joined."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.numbers = {change: number for number, change in enumerate(changes)}
        self.above = list(range(len(changes)))

    def root(self, number: int) -> int:
        while self.above[number] != number:
            number = self.above[number]
        return number

    def join(self, one: Change, other: Change) -> None:
        first, second = sorted((self.root(self.numbers[one]), self.root(self.numbers[other])))
        self.above[second] = first


def _join_marks(
    units: _Units,
    change: TextChange,
    marks: Mapping[Mark, MarkAdded | MarkRemoved],
    extent: tuple[int, int],
) -> None:
    """Join a change of text with the marks that come or go with it, and with what stands directly in these.

    A part of the document comes or goes with a text only if it has no other; other marks if they cover any of it.
    """
    start, end = extent
    about = {
        mark
        for mark in marks
        if mark.start < end
        and start < mark.end
        and (mark.name not in STRUCTURE or (start <= mark.start and mark.end <= end))
    }
    for mark, one in marks.items():
        if mark in about or (mark.parent in about and mark.parent.name not in STRUCTURE):
            units.join(change, one)


def _join_structure(both: Correspondence, units: _Units, changes: Iterable[Change]) -> None:
    """Join changes of parts of the text that overlap."""
    extents: list[tuple[int, int, Change]] = []
    for change in changes:
        match change:
            case MarkAdded(mark) if mark.name in STRUCTURE:
                extents.append((mark.start, mark.end, change))
            case MarkMoved(mark, new) if mark.name in STRUCTURE:
                extents.append((*_both_extents(both, mark, new), change))
            case MarkRemoved(mark) if mark.name in STRUCTURE:
                extents.append((*_both_extents(both, mark, None), change))
    last: tuple[int, Change] | None = None
    for start, end, change in sorted(extents, key=lambda extent: extent[:2]):
        if last and start < last[0]:
            units.join(last[1], change)
        last = (max(end, last[0]), change) if last else (end, change)


def _both_extents(both: Correspondence, mark: Mark, new: Mark | None) -> tuple[int, int]:
    """Return, in the new text, from where to where a mark reaches in either version."""
    places = [both.forward[at] for at in (mark.start, mark.end - 1) if both.forward[at] != NOWHERE]
    ends = [place + 1 for place in places]
    if new:
        places.append(new.start)
        ends.append(new.end)
    return (min(places), max(ends)) if places else (0, 0)

"""Turn an editor's version and the changes to be carried out on it into the merged text and the marks over it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.reconciliation.changes import (
    AttributeChange,
    Change,
    MarkAdded,
    MarkMoved,
    MarkRemoved,
)
from pipeline.reconciliation.correspondence import NOWHERE, Correspondence
from pipeline.reconciliation.versions import STRUCTURE, Mark, Version


@dataclass(frozen=True, slots=True)
class Three:
    """Three versions of a document and what corresponds in them."""

    base: Version
    new: Version
    edited: Version
    to_new: Correspondence
    to_edited: Correspondence

    def is_of_editor(self, mark: Mark) -> bool:
        """Whether an editor added a mark of the edited version."""
        return mark not in self.to_edited.marks_back


@dataclass(frozen=True, slots=True)
class Exchange:
    """A stretch of the edited text and what of the new one takes its place; half-open, either may be empty."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one version's text, standing in the merged text from `at` on."""

    version: Version
    start: int
    end: int
    at: int


class Laid:
    """A mark laid over the merged text."""

    __slots__ = ("attributes", "change", "end", "mark", "new", "start")

    def __init__(self, mark: Mark, extent: tuple[int, int], change: Change | None, new: Mark | None) -> None:
        self.mark = mark
        self.attributes = mark.attributes
        self.start, self.end = extent
        self.change = change
        """What brought it here, where conversion did."""
        self.new = new
        """What it is in the new conversion."""


class Text:
    """The merged text: stretches of the edited and of the new version."""

    def __init__(self, edited: int, new: int) -> None:
        self.stretches: list[Stretch] = []
        self.from_edited = [NOWHERE] * edited
        """For each character of the edited text its place in the merged one."""
        self.from_new = [NOWHERE] * new
        self.length = 0
        self.attributes: dict[int, Mapping[str, str]] = {}
        """What the attributes of an atom become, by its place."""

    def extent(self, places: Sequence[int], start: int, end: int) -> tuple[int, int] | None:
        """Return from where to where a stretch reaches in the merged text; None where nothing of it is there."""
        first = next((places[at] for at in range(start, end) if places[at] != NOWHERE), NOWHERE)
        if first == NOWHERE:
            return None
        return first, next(places[at] for at in range(end - 1, start - 1, -1) if places[at] != NOWHERE) + 1


def compose_text(three: Three, exchanges: Iterable[Exchange], there: Iterable[Exchange]) -> Text:
    """Return the edited text with stretches exchanged; of those that are `there` already the places are noted."""
    text = Text(len(three.edited.text), len(three.new.text))
    reached = 0
    for exchange in sorted(exchanges, key=lambda one: (one.start, one.end, one.new_start)):
        _append(text, three.edited, reached, exchange.start, text.from_edited)
        _append(text, three.new, exchange.new_start, exchange.new_end, text.from_new)
        reached = exchange.end
    _append(text, three.edited, reached, len(three.edited.text), text.from_edited)
    for at, new in enumerate(three.to_new.forward):
        edited = three.to_edited.forward[at]
        if NOWHERE not in (new, edited) and text.from_new[new] == NOWHERE:
            text.from_new[new] = text.from_edited[edited]
    for exchange in there:
        for offset in range(exchange.new_end - exchange.new_start):
            text.from_new[exchange.new_start + offset] = text.from_edited[exchange.start + offset]
    return text


def _append(text: Text, version: Version, start: int, end: int, places: list[int]) -> None:
    if start < end:
        text.stretches.append(Stretch(version, start, end, text.length))
        places[start:end] = range(text.length, text.length + end - start)
        text.length += end - start


def lay_marks(three: Three, text: Text, carried_out: Collection[Change], twins: Mapping[Mark, Mark]) -> list[Laid]:
    """Return the marks of the merged document, an outer one before those inside it; some may cross."""
    laid = list(_kept(three, text, carried_out, twins))
    laid.sort(key=lambda one: (one.start, -one.end))
    for change in carried_out:
        if isinstance(change, MarkAdded):
            extent = text.extent(text.from_new, change.mark.start, change.mark.end)
            if extent:
                _insert(laid, Laid(change.mark, extent, change, change.mark))
    _change_attributes(three, text, carried_out, laid)
    return laid


def _kept(three: Three, text: Text, carried_out: Collection[Change], twins: Mapping[Mark, Mark]) -> Iterator[Laid]:
    """Yield the marks of the edited version that stay, where they come to lie."""
    removed = {change.mark for change in carried_out if isinstance(change, MarkRemoved)}
    moved = {change.mark: change for change in carried_out if isinstance(change, MarkMoved)}
    added = {edited: new for new, edited in twins.items()}
    for mark in three.edited.marks:
        base = three.to_edited.marks_back.get(mark)
        if base in removed:
            continue
        new = three.to_new.marks.get(base) if base else added.get(mark)
        extent = text.extent(text.from_edited, mark.start, mark.end)
        change = moved.get(base) if base else None
        if base and new and change:
            extent = text.extent(text.from_new, new.start, new.end) or extent
        elif base and new and extent and _stays(three, base, mark, new):
            extent = _with_new(text, extent, new)
        if extent:
            laid = Laid(mark, extent, change, new)
            if new and not base:
                laid.attributes = mark.attributes or new.attributes
            yield laid


def _stays(three: Three, base: Mark, edited: Mark, new: Mark) -> bool:
    """Whether neither the editor nor conversion has moved a mark."""
    return three.to_edited.covers_the_same(base, edited) and three.to_new.covers_the_same(base, new)


def _with_new(text: Text, extent: tuple[int, int], new: Mark) -> tuple[int, int]:
    """Return the extent of a mark that nobody moved, with what conversion added at its edges."""
    by_new = text.extent(text.from_new, new.start, new.end) or extent
    return min(extent[0], by_new[0]), max(extent[1], by_new[1])


def _insert(laid: list[Laid], one: Laid) -> None:
    """Put a mark of the new conversion among the others; of those with its extent it goes inside what is about it."""
    key = (one.start, -one.end)
    low = bisect_left(laid, key, key=lambda other: (other.start, -other.end))
    at = low
    for number in range(low, len(laid)):
        other = laid[number]
        if (other.start, -other.end) != key:
            break
        if _is_about(other, one):
            at = number + 1
    laid.insert(at, one)


def _is_about(other: Laid, one: Laid) -> bool:
    """Whether the first of two marks with one extent is the outer one."""
    if other.new is None:
        return other.mark.name in STRUCTURE or one.mark.name not in STRUCTURE
    above = one.mark.parent
    while above is not None and above is not other.new:
        above = above.parent
    return above is other.new


def _change_attributes(three: Three, text: Text, carried_out: Iterable[Change], laid: Iterable[Laid]) -> None:
    """Give marks and atoms the attributes that conversion changed, in its order where the editor left the old one."""
    by_base = {three.to_edited.marks_back[one.mark]: one for one in laid if one.mark in three.to_edited.marks_back}
    for change in carried_out:
        if not isinstance(change, AttributeChange):
            continue
        if not isinstance(change.place, Mark):
            edited = three.to_edited.forward[change.place]
            if edited == NOWHERE or text.from_edited[edited] == NOWHERE:
                continue
            place, atom = text.from_edited[edited], three.edited.atoms[edited]
            old, new = three.base.atoms[change.place], three.new.atoms[three.to_new.forward[change.place]]
            before = text.attributes.get(place, atom.attributes)
            text.attributes[place] = _changed(before, change, old.attributes, new.attributes)
        elif change.place in by_base:
            one = by_base[change.place]
            new_mark = three.to_new.marks[change.place]
            one.attributes = _changed(one.attributes, change, change.place.attributes, new_mark.attributes)


def _changed(
    attributes: Mapping[str, str], change: AttributeChange, old: Mapping[str, str], new: Mapping[str, str]
) -> dict[str, str]:
    changed = {name: value for name, value in attributes.items() if name != change.name or change.new is not None}
    if change.new is not None:
        changed[change.name] = change.new
    has_old_order = [name for name in attributes if name in old] == [name for name in old if name in attributes]
    if not has_old_order:
        return changed
    names = [*(name for name in new if name in changed), *(name for name in changed if name not in new)]
    return {name: changed[name] for name in names}


def crossing(laid: Iterable[Laid]) -> tuple[Laid, Laid] | None:
    """Return the first two marks of which neither lies in the other."""
    about: list[Laid] = []
    for one in laid:
        while about and about[-1].end <= one.start:
            about.pop()
        if about and about[-1].end < one.end:
            return about[-1], one
        about.append(one)
    return None


def tags_of(laid: Iterable[Laid]) -> dict[int, list[tuple[Laid, bool]]]:
    """Return the tags before each character of the merged text, in order: mark, and whether it is a start tag."""
    ends: dict[int, list[tuple[Laid, bool]]] = defaultdict(list)
    starts: dict[int, list[tuple[Laid, bool]]] = defaultdict(list)
    for one in laid:
        starts[one.start].append((one, True))
        ends[one.end].insert(0, (one, False))
    return {at: [*ends.get(at, ()), *starts.get(at, ())] for at in {*ends, *starts}}

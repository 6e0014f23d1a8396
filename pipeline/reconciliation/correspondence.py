"""Turn two versions of a document into what corresponds in them: which character to which, which mark to which.

Texts are compared word by word, and where words differ but are alike, letter by letter (longest common subsequence).
Marks correspond when they cover the same text, whatever their identifiers: a passage that only moved is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

from pipeline.reconciliation.versions import Mark, Version

_ALIKE = 0.5
"""Share of letters in order from which two stretches count as one that was changed, not as two."""

_LONGEST = 2000
"""Characters to which two stretches are compared letter by letter; longer ones were written anew."""

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Hunk:
    """A stretch of the first text that has another one in its place, or none; half-open, either may be empty."""

    start: int
    end: int
    new_start: int
    new_end: int


class Correspondence:
    """What of two versions corresponds."""

    def __init__(self, first: Version, second: Version, *, by_id: bool) -> None:
        self.first = first
        self.second = second
        self.forward = [NOWHERE] * len(first.text)
        """For each character of the first text its place in the second."""
        self.back = [NOWHERE] * len(second.text)
        for start, new_start, length in _runs(first, second):
            self.forward[start : start + length] = range(new_start, new_start + length)
            self.back[new_start : new_start + length] = range(start, start + length)
        self.marks = dict(_pair(self, by_id=by_id))
        """Marks of the second version by those of the first."""
        self.marks_back = {second: first for first, second in self.marks.items()}

    def hunks(self) -> Iterator[Hunk]:
        """Yield what differs in the text, in order."""
        start = new_start = 0
        while start < len(self.forward) or new_start < len(self.back):
            end, new_end = start, new_start
            while end < len(self.forward) and self.forward[end] == NOWHERE:
                end += 1
            target = self.forward[end] if end < len(self.forward) else len(self.back)
            new_end = target
            if end > start or new_end > new_start:
                yield Hunk(start, end, new_start, new_end)
            start, new_start = end + 1, new_end + 1

    def covers_the_same(self, first: Mark, second: Mark) -> bool:
        """Whether two marks cover the same of what both versions have; text added at an edge changes nothing."""
        reach = _extent(self.forward, first.start, first.end)
        reached = _extent(self.back, second.start, second.end)
        if reach is None or reached is None:
            return reach is None and reached is None
        return (
            second.start <= reach[0] and reach[1] < second.end and first.start <= reached[0] and reached[1] < first.end
        )


def _extent(places: list[int], start: int, end: int) -> tuple[int, int] | None:
    """Return the first and the last place of a stretch in the other text; None where nothing of it is left."""
    first = next((places[at] for at in range(start, end) if places[at] != NOWHERE), None)
    if first is None:
        return None
    return first, next(places[at] for at in range(end - 1, start - 1, -1) if places[at] != NOWHERE)


def _runs(first: Version, second: Version) -> Iterator[tuple[int, int, int]]:
    """Yield start, start in the second text and length of what stands in both."""
    if first.text == second.text and _keys(first) == _keys(second):
        yield 0, 0, len(first.text)
        return
    words, others = first.words, second.words
    reached = new_reached = 0
    for step in LCSseq.opcodes([word for word, *_ in words], [word for word, *_ in others]):
        if step.tag != "equal":
            continue
        here, there = words[step.src_start : step.src_end], others[step.dest_start : step.dest_end]
        yield from _runs_of_letters(first, second, (reached, here[0][1]), (new_reached, there[0][1]))
        for (_, start, end), (_, new_start, _) in zip(here, there, strict=True):
            yield start, new_start, end - start
        reached, new_reached = here[-1][2], there[-1][2]
    yield from _runs_of_letters(first, second, (reached, len(first.text)), (new_reached, len(second.text)))


def _keys(version: Version) -> list[tuple[str, ...]]:
    return [atom.key for _, atom in sorted(version.atoms.items())]


def _runs_of_letters(
    first: Version, second: Version, here: tuple[int, int], there: tuple[int, int]
) -> Iterator[tuple[int, int, int]]:
    old, new = first.text[slice(*here)], second.text[slice(*there)]
    if not old or not new or max(len(old), len(new)) > _LONGEST:
        return
    if Indel.normalized_similarity(old, new) < _ALIKE:
        return
    for step in LCSseq.opcodes(old, new):
        if step.tag == "equal":
            yield here[0] + step.src_start, there[0] + step.dest_start, step.src_end - step.src_start


def _pair(both: Correspondence, *, by_id: bool) -> Iterator[tuple[Mark, Mark]]:
    """Yield marks that correspond: by identifier where it can be trusted, by what they cover, by overlap, by place."""
    left = list(both.first.marks)
    free = {mark.order: mark for mark in both.second.marks}
    pairs: dict[Mark, Mark] = {}
    ways = [_by_extent, _by_overlap, _by_place]
    for way in [_by_id, *ways] if by_id else ways:
        for first, second in list(way(both, left, free, pairs)):
            pairs[first] = second
            yield first, second
        left = [mark for mark in left if mark not in pairs]


def _by_id(
    both: Correspondence, left: Iterable[Mark], free: dict[int, Mark], pairs: dict[Mark, Mark]
) -> Iterator[tuple[Mark, Mark]]:
    found = {(mark.name, mark.id): mark for mark in free.values() if mark.id}
    for mark in left:
        other = found.pop((mark.name, mark.id), None) if mark.id else None
        if other:
            del free[other.order]
            yield mark, other


def _by_extent(
    both: Correspondence, left: Iterable[Mark], free: dict[int, Mark], pairs: dict[Mark, Mark]
) -> Iterator[tuple[Mark, Mark]]:
    found: dict[tuple[str, tuple[int, int] | None], list[Mark]] = defaultdict(list)
    for mark in free.values():
        reached = _extent(both.back, mark.start, mark.end)
        if reached:
            found[mark.name, reached].append(mark)
    for mark in left:
        reach = _extent(both.forward, mark.start, mark.end)
        if reach is None:
            continue
        others = found.get((mark.name, (both.back[reach[0]], both.back[reach[1]])), [])
        if others:
            other = next((one for one in others if one.attributes == mark.attributes), others[0])
            others.remove(other)
            del free[other.order]
            yield mark, other


def _by_overlap(
    both: Correspondence, left: Iterable[Mark], free: dict[int, Mark], pairs: dict[Mark, Mark]
) -> Iterator[tuple[Mark, Mark]]:
    """Pair marks of a name of which one begins or ends where the other does, or that share most of their text.

    Of a passage that was divided the first part is the passage: it is named after where it begins.
    """
    by_name: dict[str, list[Mark]] = defaultdict(list)
    for mark in free.values():
        by_name[mark.name].append(mark)
    for mark in left:
        reach = _extent(both.forward, mark.start, mark.end)
        if reach is None:
            continue
        others = [other for other in by_name[mark.name] if _shared(reach, other)]
        if others:
            other = max(others, key=lambda one: (one.start == reach[0], _shared(reach, one), -one.order))
            by_name[mark.name].remove(other)
            del free[other.order]
            yield mark, other


def _shared(reach: tuple[int, int], other: Mark) -> int:
    """Return how many characters two extents share; 0 where they share too little to be one mark that was moved."""
    start, end = max(reach[0], other.start), min(reach[1] + 1, other.end)
    if end <= start:
        return 0
    has_edge = reach[0] == other.start or reach[1] + 1 == other.end
    longest = max(reach[1] + 1 - reach[0], other.end - other.start)
    return end - start if has_edge or 2 * (end - start) > longest else 0


def _by_place(
    both: Correspondence, left: Iterable[Mark], free: dict[int, Mark], pairs: dict[Mark, Mark]
) -> Iterator[tuple[Mark, Mark]]:
    """Pair marks of which no text is left, with one of the same name in the same element and between the same text."""
    found: dict[tuple[str, Mark | None, int], list[Mark]] = defaultdict(list)
    for mark in free.values():
        if _extent(both.back, mark.start, mark.end) is None:
            kept = _last_kept(both.back, mark.start)
            found[mark.name, mark.parent, NOWHERE if kept == NOWHERE else both.back[kept]].append(mark)
    known: dict[Mark | None, Mark] = dict(pairs.items())
    for mark in left:
        if _extent(both.forward, mark.start, mark.end) is None:
            others = found.get((mark.name, known.get(mark.parent), _last_kept(both.forward, mark.start)), [])
            if others:
                known[mark] = others[0]
                del free[others[0].order]
                yield mark, others.pop(0)


def _last_kept(places: list[int], before: int) -> int:
    """Return the last offset before another that has a place in the other text."""
    return next((at for at in range(before - 1, -1, -1) if places[at] != NOWHERE), NOWHERE)

"""Turn evidence on pairs of units into the best division of two texts into beads, with how sure each bead is.

A bead holds n units of the one side and m of the other that say the same. The best division is found by dynamic
programming over lengths and evidence (after Gale and Church 1993, "A Program for Aligning Sentences in Bilingual
Corpora"), within a band, so that time and memory grow with the length of the text and not with its square.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from pipeline.alignment.evidence import Band, Evidence

BEADS = ((1, 1, 0.0), (1, 0, -2.6), (0, 1, -2.6), (1, 2, -2.8), (2, 1, -2.8), (1, 3, -4.5), (3, 1, -4.5), (2, 2, -4.5))
"""Kinds of beads, and the logarithm of how much rarer each is than one to one."""

ADDED = BEADS[2][2]
"""The rarity of a unit of the other side without a counterpart."""

INNER_FIRST = (2, 0, 1, 3, 4, 5, 6, 7)
"""The order of the beads when going forward: what stays in a row comes first, and last when going back."""

ROUGH = (2, 0, 1)
"""The beads by which the way is found at first: one to one, and without a counterpart."""

CORRIDOR = 3
"""Units by which the best division may leave the way that was found at first."""

UNLIKELY = 12.0
"""A division that is worse than the best by more is no rival."""

SPREAD = 12.0
"""Variance of a bead's length, in characters for each character expected: how much translators differ."""

SHORT = 200.0
"""Variance that every bead has besides: short units differ more for their length."""

WORST = 9.0
"""What lengths that do not fit cost at most."""

LOST = 0.008
"""What a character without a counterpart costs beside its bead: long passages are seldom left out."""

LOST_MOST = 3.0

FURTHER = 0.6
"""What the evidence for a further pair of a bead counts."""

_NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Bead:
    """Units `start` to `end` of the originals and `other_start` to `other_end` of the translations; half-open."""

    start: int
    end: int
    other_start: int
    other_end: int
    margin: float
    """By how much the best division is better than the best one that treats its units otherwise."""


def best_path(lengths: Sequence[int], others: Sequence[int], evidence: Evidence, band: Band) -> list[Bead]:
    """Return the best division of two texts into beads, in order; `lengths` are those of their units, in characters."""
    rough = _Path(lengths, others, evidence, band, ROUGH)
    corridor = _corridor(rough.traced(rough.forward()[1]), band)
    path = _Path(lengths, others, evidence, corridor, INNER_FIRST)
    forward, origins = path.forward()
    beads = path.traced(origins)
    alternatives, other_alternatives = path.alternatives(forward, beads)
    total = forward[-1][-1]
    found = []
    for start, other, kind in beads:
        end, other_end = start + BEADS[kind][0], other + BEADS[kind][1]
        rivals = [*alternatives[start:end], *other_alternatives[other:other_end]]
        found.append(Bead(start, end, other, other_end, total - max(rivals)))
    return found


Step = tuple[int, int, int]
"""Where a bead begins on either side, and its place in `BEADS`."""


class _Beads(NamedTuple):
    """The beads of one kind that may begin at the cells of a row, `first` to `last`; half-open."""

    kind: int
    da: int
    db: int
    first: int
    last: int
    shift: int
    """From a cell's place in its row to the place of the cell where the bead ends."""
    scores: array[float]
    """What they are worth, from the first cell of the row on."""


class _Path:
    """The dynamic programme over one pair of texts: a cell is a pair of boundaries between units, within the band.

    What the beads that begin at the cells of a row are worth is kept, kind by kind, in compact arrays.
    """

    def __init__(
        self, lengths: Sequence[int], others: Sequence[int], evidence: Evidence, band: Band, kinds: Sequence[int]
    ) -> None:
        """`kinds` are the places in `BEADS` that are tried."""
        self.sums = [0, *accumulate(lengths)]
        self.others = [0, *accumulate(others)]
        self.rows, self.starts = evidence.rows, evidence.starts
        self.low, self.high = band.low, band.high
        self.kinds = kinds
        self.ratio = max(self.others[-1], 1) / max(self.sums[-1], 1)
        self.added = array("d", [ADDED - min(LOST * length, LOST_MOST) for length in others])
        """What each unit of the other side is worth as one without a counterpart."""
        self.beads = [self._beads(row) for row in range(len(self.low))]

    def _beads(self, row: int) -> list[_Beads]:
        """Return the beads that may begin at the cells of a row, kind by kind."""
        found = []
        for kind in self.kinds:
            da, db, rarity = BEADS[kind]
            first, last, shift = self._columns(row, da, db)
            if first < last:
                found.append(_Beads(kind, da, db, first, last, shift, self._scores(row, da, db, rarity, last)))
        return found

    def _empty(self) -> list[list[float]]:
        return [[_NEVER] * (high - low + 1) for low, high in zip(self.low, self.high, strict=True)]

    def _columns(self, row: int, da: int, db: int) -> tuple[int, int, int]:
        """Return the first and last cell (exclusive) of a row from which a bead stays within the band, and where to."""
        if row + da >= len(self.low):
            return 0, 0, 0
        shift = self.low[row] + db - self.low[row + da]
        last = min(self.high[row], self.high[row + da] - db) - self.low[row] + 1
        return max(0, -shift), max(last, 0), shift

    def forward(self) -> tuple[list[list[float]], list[bytearray]]:
        """Return, by cell, what the best division up to it is worth, and the kind of the last bead of that division."""
        values = self._empty()
        origins = [bytearray(len(row)) for row in values]
        values[0][0] = 0.0
        for row, own in enumerate(values):
            for kind, da, _, first, last, shift, scores in self.beads[row]:
                target, origin = values[row + da], origins[row + da]
                for column in range(first, last):
                    value, end = own[column] + scores[column], column + shift
                    if value > target[end]:
                        target[end] = value
                        origin[end] = kind
        return values, origins

    def traced(self, origins: Sequence[bytearray]) -> list[Step]:
        """Return the beads of the best division."""
        row, other = len(self.sums) - 1, len(self.others) - 1
        steps: list[Step] = []
        while row or other:
            kind = origins[row][other - self.low[row]]
            row, other = row - BEADS[kind][0], other - BEADS[kind][1]
            steps.append((row, other, kind))
        return steps[::-1]

    def alternatives(
        self, forward: Sequence[Sequence[float]], steps: Iterable[Step]
    ) -> tuple[list[float], list[float]]:
        """Return, by unit of either side, the worth of the best division that puts it into a bead not chosen."""
        chosen = set(steps)
        enough = forward[-1][-1] - UNLIKELY
        ours, theirs = [enough] * (len(self.sums) - 1), [enough] * (len(self.others) - 1)
        values = self._empty()
        values[-1][-1] = 0.0
        for row in range(len(values) - 1, -1, -1):
            own, before, low = values[row], forward[row], self.low[row]
            for kind, da, db, first, last, shift, scores in reversed(self.beads[row]):
                target = values[row + da]
                for column in range(last - 1, first - 1, -1):
                    worth = scores[column] + target[column + shift]
                    value = own[column]
                    own[column] = worth if worth > value else value
                    worth += before[column]
                    if worth > enough and (row, low + column, kind) not in chosen:
                        _raise_to(ours, row, row + da, worth)
                        _raise_to(theirs, low + column, low + column + db, worth)
        return ours, theirs

    def _scores(self, row: int, da: int, db: int, rarity: float, last: int) -> array[float]:
        """Return what beads of one kind are worth that begin at the cells of a row."""
        start = self.low[row]
        expected = (self.sums[row + da] - self.sums[row]) * self.ratio
        if not da:
            return self.added[start : start + last]
        if not db:
            return array("d", [rarity - min(LOST * expected, LOST_MOST)]) * last
        gains = self._evidence(row, da, db, last)
        begins, ends = self.others[start : start + last], self.others[start + db : start + db + last]
        scores = []
        for begin, end, gain in zip(begins, ends, gains, strict=True):
            length = end - begin
            cost = (length - expected) ** 2 / (SPREAD * (length + expected) + 2 * SHORT)
            scores.append(rarity + gain - (cost if cost < WORST else WORST))
        return array("d", scores)

    def _evidence(self, row: int, da: int, db: int, last: int) -> list[float]:
        """Return the evidence for beads of one kind: what its pairs share may be the same, so the best counts most.

        Two to two are only a bead where the sentences have changed places.
        """
        pairs = [self._pairs(row + one, self.low[row] + other, last) for one in range(da) for other in range(db)]
        if len(pairs) == 1:
            return pairs[0]
        if da > 1 and db > 1:
            return [one + other for one, other in zip(pairs[1], pairs[2], strict=True)]
        if len(pairs) == 2:
            return [
                one + FURTHER * other if one > other else other + FURTHER * one
                for one, other in zip(*pairs, strict=True)
            ]
        return [(1 - FURTHER) * max(cell) + FURTHER * sum(cell) for cell in zip(*pairs, strict=True)]

    def _pairs(self, row: int, start: int, count: int) -> list[float]:
        """Return the evidence of one unit with as many of the other side, nothing where it lies outside the band."""
        own, offset = self.rows[row], start - self.starts[row]
        if offset >= 0 and offset + count <= len(own):
            return own[offset : offset + count]
        found = [0.0] * -offset + own[max(offset, 0) : max(offset + count, 0)]
        return (found + [0.0] * count)[:count]


def _corridor(steps: Sequence[Step], band: Band) -> Band:
    """Return the narrow band about a way."""
    low, high = list(band.high), list(band.low)
    for row, other, kind in steps:
        for end, other_end in ((row, other), (row + BEADS[kind][0], other + BEADS[kind][1])):
            low[end] = min(low[end], max(other_end - CORRIDOR, band.low[end]))
            high[end] = max(high[end], min(other_end + CORRIDOR, band.high[end]))
    return Band(low, high)


def _raise_to(values: list[float], start: int, end: int, value: float) -> None:
    for place in range(start, end):
        values[place] = max(values[place], value)

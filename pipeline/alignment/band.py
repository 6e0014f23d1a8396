"""Turn two texts into the band in which their units may be linked: a strip about the path that they should take.

The path goes through pairs of units that share something found once on either side, where such pairs follow one another
in both texts (longest increasing subsequence); between them it follows the lengths. The strip is the wider the farther
such pairs are apart, and has a greatest width: what lies outside it is only found by `pipeline.alignment.crossing`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise

from pipeline.alignment.evidence import Band, Keys

NARROWEST = 6
"""Units by which the path may always leave the expected one."""

WIDEST = 40

EVERY = 3
"""The strip widens by one unit for so many units without a sure pair."""

Pair = tuple[int, int]
"""An original unit and a unit of the translation."""


def band_of(lengths: Sequence[int], others: Sequence[int], keys: Keys) -> Band:
    """Return the band for two texts whose units have these lengths."""
    last = (len(lengths), len(others))
    points = [(0, 0), *_followed(sorted(_single_pairs(keys)), last), last]
    sums, other_sums = [0, *accumulate(lengths)], [0, *accumulate(others)]
    low, high = [0] * (len(lengths) + 1), [0] * (len(lengths) + 1)
    for (start, other_start), (end, other_end) in pairwise(points):
        gap = max(end - start, other_end - other_start)
        slack = min(NARROWEST + gap // EVERY + abs((end - start) - (other_end - other_start)) // 2, WIDEST)
        length, other_length = sums[end] - sums[start], other_sums[other_end] - other_sums[other_start]
        for row in range(start, end + 1):
            share = (sums[row] - sums[start]) / length if length else 1.0
            place = bisect_left(other_sums, other_sums[other_start] + share * other_length)
            low[row] = max(min(place - slack, last[1]), 0)
            high[row] = min(place + slack, last[1])
    return _monotonic(low, high, last[1])


def _monotonic(low: list[int], high: list[int], last: int) -> Band:
    """Return bounds that never go back, begin at the beginning and end at the end."""
    low[0], high[-1] = 0, last
    for row in range(len(high) - 1):
        high[row + 1] = max(high[row + 1], high[row])
    for row in range(len(low) - 1, 0, -1):
        low[row - 1] = min(low[row - 1], low[row])
    return Band(low, high)


def _single_pairs(keys: Keys) -> set[Pair]:
    """Return the pairs of units that share something which occurs once on either side, in two ways at least.

    Sounds alone are too weak: two words of ten thousand sound alike somewhere.
    """
    found: dict[Pair, int] = {}
    for key, ours in keys.ours.items():
        theirs = keys.theirs.get(key, [])
        if len(ours) == len(theirs) == 1:
            pair = (ours[0], theirs[0])
            found[pair] = found.get(pair, 0) + (1 if key[0] == "sound" else 2)
    return {pair for pair, signs in found.items() if signs >= 2}


def _followed(pairs: Sequence[Pair], last: Pair) -> list[Pair]:
    """Return the most pairs that go forward in both texts, leaving out those that lie far off the straight way."""
    slope = last[1] / max(last[0], 1)
    near = [pair for pair in pairs if abs(pair[1] - pair[0] * slope) <= WIDEST + 0.1 * last[1]]
    tails: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for number, (_, other) in enumerate(near):
        place = bisect_left(tails, other)
        if place == len(tails):
            tails.append(other)
            chain.append(number)
        else:
            tails[place] = other
            chain[place] = number
        before.append(chain[place - 1] if place else -1)
    found = []
    number = chain[-1] if chain else -1
    while number >= 0:
        found.append(near[number])
        number = before[number]
    return [pair for pair in found[::-1] if pair[0] and pair[1]]

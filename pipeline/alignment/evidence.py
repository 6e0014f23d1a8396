"""Turn two lists of units into the evidence that any two of them say the same.

What speaks for a pair: anchors that both have, each by how rare it is (inverse document frequency; Spärck Jones 1972),
words that sound alike, the same place in the structure. Evidence is kept only for pairs near the expected path, so that
its size is linear in the length of the document.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.alignment.sounds import sounds_of
from pipeline.alignment.units import RUNNING, Unit

WEIGHTS = {"name": 1.5, "date": 1.5, "number": 1.2, "unit": 1.5, "mark": 1.5, "time": 1.0, "sound": 0.75}
"""What an anchor of each kind weighs beside its rarity."""

RAREST = 4.0
"""More than this no rarity counts: one name that occurs once on each side may still be a coincidence."""

SAME_FRAME = 2.5
"""For two parts of a message's frame of one kind: datelines, signatures."""

OTHER_FRAME = -8.0
"""For two parts of different kinds, or a part of the frame and a sentence."""

OTHER_MESSAGE = -8.0
"""For a unit of an embedded message and one outside it."""

OTHER_BLOCK = -1.0
"""For a sentence and an item or cell."""

EXPECTED = 3.0
"""What two sentences of `LONG` characters that say the same share at least, nearly always; others mostly share less."""

LONG = 100

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Band:
    """Which units of the other side each unit may be linked with: a range about the expected path."""

    low: Sequence[int]
    high: Sequence[int]
    """By the number of original units passed, 0 to all; inclusive bounds of translation units passed."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How strongly each pair within the band is supported; positive and negative logarithms of odds, roughly."""

    rows: Sequence[list[float]]
    """By original unit."""
    starts: Sequence[int]
    """The unit of the translation with which each row begins."""


def keys_of(unit: Unit) -> set[Key]:
    """Return what a unit can share with another."""
    own = {(anchor.kind, anchor.value) for anchor in unit.anchors if anchor.kind in WEIGHTS}
    return own | {("sound", sound) for sound in sounds_of(unit.text)}


def places(keys: Sequence[set[Key]]) -> dict[Key, list[int]]:
    """Return in which units each key occurs, in order."""
    found: dict[Key, list[int]] = {}
    for number, own in enumerate(keys):
        for key in own:
            found.setdefault(key, []).append(number)
    return found


def weight(key: Key, one: int, other: int, units: float) -> float:
    """Return what a key weighs that occurs in so many units of the one and the other side, of so many in all."""
    return WEIGHTS[key[0]] * min(math.log(1 + units / math.sqrt(one * other)), RAREST)


def gather(originals: Sequence[Unit], translations: Sequence[Unit], keys: Keys, band: Band) -> Evidence:
    """Return the evidence for every pair within the band."""
    anchors = [[0.0] * (band.high[row + 1] - band.low[row] + 1) for row in range(len(originals))]
    units = math.sqrt(len(originals) * len(translations))
    for key, ours in keys.ours.items():
        theirs = keys.theirs.get(key)
        if not theirs:
            continue
        gain = weight(key, len(ours), len(theirs), units)
        for row in ours:
            low, high = band.low[row], band.high[row + 1]
            for place in theirs[bisect_left(theirs, low) : bisect_left(theirs, high + 1)]:
                anchors[row][place - low] += gain
    for row, unit in enumerate(originals):
        own, low = anchors[row], band.low[row]
        for place, other in enumerate(translations[low : low + len(own)]):
            own[place] += structure(unit, other)
    return Evidence(anchors, band.low)


@dataclass(frozen=True, slots=True)
class Keys:
    ours: dict[Key, list[int]]
    theirs: dict[Key, list[int]]


def shared_keys(originals: Sequence[Unit], translations: Sequence[Unit]) -> Keys:
    """Return where the keys of either side occur."""
    return Keys(places([keys_of(unit) for unit in originals]), places([keys_of(unit) for unit in translations]))


def structure(one: Unit, other: Unit) -> float:
    """Return what their places in the structure say of two units."""
    apart = OTHER_MESSAGE if one.message != other.message else 0.0
    if one.kind in RUNNING and other.kind in RUNNING:
        shorter = min(len(one.text), len(other.text))
        return apart - (EXPECTED * shorter / LONG if shorter < LONG else EXPECTED)
    return apart or of_kinds(one.kind, other.kind)


@functools.lru_cache(maxsize=1024)
def of_kinds(one: str, other: str) -> float:
    """Return what the kinds of two units say."""
    if one in RUNNING and other in RUNNING:
        return 0.0
    if one == other:
        return SAME_FRAME
    return OTHER_BLOCK if {one, other} <= _BLOCKS else OTHER_FRAME


_BLOCKS = frozenset({"p", "l", "item", "cell", "head", "ab"})

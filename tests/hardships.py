"""Turn two texts and the links between them into harder ones, of which the right links are known.

What translators and captures do is done by lot to one side: sentences are left out, joined, cut, or a whole paragraph
is lost. The links follow: joined sentences join the links in which they stand.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.alignment import align
from pipeline.alignment.units import Unit

Bead = tuple[frozenset[str], frozenset[str]]
"""Identifiers of the units of either side that say the same."""


@dataclass(frozen=True, slots=True)
class Material:
    """Two texts, and the links between them."""

    ours: tuple[Unit, ...]
    theirs: tuple[Unit, ...]
    beads: frozenset[Bead]
    free: frozenset[str] = frozenset()
    """Units that are not judged."""


def left_out(one: Material, chance: random.Random) -> Material:
    """Leave out one sentence in six of the translation."""
    gone = {unit.id for unit in one.theirs if unit.is_running and chance.random() < 1 / 6}
    return _without(one, gone)


def paragraph_lost(one: Material, chance: random.Random) -> Material:
    """Leave out four sentences of the translation that follow each other."""
    running = [unit.id for unit in one.theirs if unit.is_running]
    start = chance.randrange(max(1, len(running) - 4))
    return _without(one, set(running[start : start + 4]))


def _without(one: Material, gone: set[str]) -> Material:
    beads = {(ours, theirs - gone) for ours, theirs in one.beads}
    theirs = tuple(unit for unit in one.theirs if unit.id not in gone)
    return replace(one, theirs=theirs, beads=frozenset(bead for bead in beads if bead[0] or bead[1]))


def joined(one: Material, chance: random.Random) -> Material:
    """Make one sentence in the translation of two that follow each other, one time in six."""
    units: list[Unit] = []
    beads = set(one.beads)
    for unit in one.theirs:
        last = units[-1] if units else None
        may_join = last and last.is_running and unit.is_running and last.message == unit.message
        if last and may_join and chance.random() < 1 / 6:
            units[-1] = replace(last, text=f"{last.text} {unit.text}", anchors=(*last.anchors, *unit.anchors))
            _join(beads, last.id, unit.id)
        else:
            units.append(unit)
    return replace(one, theirs=tuple(units), beads=frozenset(beads))


def _join(beads: set[Bead], kept: str, gone: str) -> None:
    both = [bead for bead in beads if kept in bead[1] or gone in bead[1]]
    beads.difference_update(both)
    ours = frozenset[str]().union(*(bead[0] for bead in both))
    beads.add((ours, frozenset[str]().union(*(bead[1] for bead in both)) - {gone}))


def cut(one: Material, chance: random.Random) -> Material:
    """Make two sentences of one in the translation, at the comma nearest to its middle, one time in four."""
    units: list[Unit] = []
    parts: dict[str, str] = {}
    for unit in one.theirs:
        commas = [place for place, letter in enumerate(unit.text) if letter == ","]
        middle = min(commas, key=lambda place: abs(place - len(unit.text) // 2), default=0)
        if not (unit.is_running and 20 < middle < len(unit.text) - 20 and chance.random() < 1 / 4):
            units.append(unit)
            continue
        first, second = unit.text[:middle], unit.text[middle + 1 :].strip()
        units.append(_part(unit, first, unit.id))
        units.append(_part(unit, second, f"{unit.id}b"))
        parts[unit.id] = f"{unit.id}b"
    beads = {(ours, theirs | {parts[one] for one in theirs if one in parts}) for ours, theirs in one.beads}
    return replace(one, theirs=tuple(units), beads=frozenset(beads))


def _part(unit: Unit, text: str, identifier: str) -> Unit:
    own = tuple(anchor for anchor in unit.anchors if anchor.written and anchor.written in text)
    return replace(unit, id=identifier, text=text, anchors=own)


def unmarked(one: Material, _: random.Random) -> Material:
    """Take away every name and date that is marked, in both texts."""
    return replace(one, ours=tuple(map(_plain, one.ours)), theirs=tuple(map(_plain, one.theirs)))


def _plain(unit: Unit) -> Unit:
    return replace(unit, anchors=tuple(anchor for anchor in unit.anchors if anchor.kind in {"number", "mark"}))


def all_at_once(one: Material, chance: random.Random) -> Material:
    """Do everything: lose a paragraph, leave out, join and cut, in a text without marked names."""
    for hardship in (paragraph_lost, left_out, joined, cut, unmarked):
        one = hardship(one, chance)
    return one


HARDSHIPS: tuple[Callable[[Material, random.Random], Material], ...] = (
    left_out, paragraph_lost, joined, cut, unmarked, all_at_once,
)  # fmt: skip


def agreement(material: Sequence[Material]) -> tuple[float, float]:
    """Return which share of the links made is right, and which share of the right ones is made (exact links only)."""
    right = made = wanted = 0
    for one in material:
        found = set(_linked(one))
        right += len(found & one.beads)
        made += len(found)
        wanted += len(one.beads)
    return right / made, right / wanted


def _linked(one: Material) -> list[Bead]:
    beads = []
    for link in align(one.ours, one.theirs):
        ours = frozenset(one.ours[place].id for place in link.originals) - one.free
        theirs = frozenset(one.theirs[place].id for place in link.translations) - one.free
        if ours or theirs:
            beads.append((ours, theirs))
    return beads

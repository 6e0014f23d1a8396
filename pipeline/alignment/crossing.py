"""Turn units that the best division left without a counterpart into links across the order of the texts.

A division into beads never goes back. But a list of copies stands at the foot of one text and in one line at the head
of the other, and an address may follow or precede a remark on handling. Such units are linked by what they share, and
parts of a frame also by being the only ones of their kind; both are less certain than a link within the order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.alignment.evidence import Key, keys_of
from pipeline.alignment.links import Link
from pipeline.alignment.units import Unit

ENOUGH = 0.5
"""The share of a list's members that must share something with the passage that stands for the list."""

FRAMES = ("seg:", "addrLine", "dateline", "salute", "signed")
"""Beginnings of the kinds that stand in a message's frame."""

Side = Sequence[Unit]
Group = tuple[int, ...]


def linked_across(links: Sequence[Link], originals: Side, translations: Side) -> list[Link]:
    """Return the links with those across the order, in the order of the original."""
    found = list(links)
    for crossing in _lists(found, originals, translations):
        found = _with(found, crossing)
    for crossing in _only_ones(found, originals, translations):
        found = _with(found, crossing)
    return _with_repeats(found, originals, translations)


def _free(links: Sequence[Link]) -> tuple[list[int], list[int]]:
    """Return the units of either side that have no counterpart."""
    ours = [place for link in links if not link.translations for place in link.originals]
    theirs = [place for link in links if not link.originals for place in link.translations]
    return ours, theirs


def _with(links: Sequence[Link], new: Link) -> list[Link]:
    """Return the links with a new one in the place of those that it replaces, in the order of the original."""
    ours, theirs = set(new.originals), set(new.translations)
    kept = [link for link in links if not ours & set(link.originals) and not theirs & set(link.translations)]
    before = sum(1 for link in kept if link.originals and link.originals[0] < new.originals[0])
    places = [number for number, link in enumerate(kept) if link.originals]
    at = places[before - 1] + 1 if before else 0
    return [*kept[:at], new, *kept[at:]]


def _lists(links: Sequence[Link], originals: Side, translations: Side) -> Iterator[Link]:
    """Yield links between a list on one side and the passage that stands for it on the other."""
    ours, theirs = _free(links)
    passages, others = _passages(ours, originals), _passages(theirs, translations)
    for group in _groups(ours, originals):
        if (place := _passage_for(group, originals, others, translations)) is not None:
            yield Link(group, (place,), "medium")
            del others[place]
    for group in _groups(theirs, translations):
        if (place := _passage_for(group, translations, passages, originals)) is not None:
            yield Link((place,), group, "medium")
            del passages[place]


def _groups(free: Sequence[int], units: Side) -> list[Group]:
    """Return the free items, by the list in which they stand, if there are two at least."""
    groups: dict[str, list[int]] = {}
    for place in free:
        if units[place].kind == "item":
            groups.setdefault(units[place].parent, []).append(place)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _passages(free: Sequence[int], units: Side) -> dict[int, set[Key]]:
    """Return the free parts of frames, with what can tell them from others: one of them may stand for a list."""
    return {place: _strong(units[place]) for place in free if units[place].kind.startswith(FRAMES)}


def _passage_for(group: Group, units: Side, free: Mapping[int, set[Key]], others: Side) -> int | None:
    """Return the free unit of the other side with which most members of a list share something."""
    members = [_strong(units[place]) for place in group]
    shares = {
        place: sum(1 for own in members if own & strong) / len(group)
        for place, strong in free.items()
        if others[place].message == units[group[0]].message
    }
    best = max(shares, key=lambda place: (shares[place], -place), default=None)
    return best if best is not None and shares[best] >= ENOUGH else None


def _strong(unit: Unit) -> set[Key]:
    """Return what of a unit can tell it from others: names, and long sounds."""
    return {key for key in keys_of(unit) if key[0] == "name" or (key[0] == "sound" and len(key[1]) > 3)}


def _only_ones(links: Sequence[Link], originals: Side, translations: Side) -> Iterator[Link]:
    """Yield links between parts of a frame that are the only free ones of their kind in the same part of a message."""
    ours, theirs = _free(links)
    kinds, others = _by_place(ours, originals), _by_place(theirs, translations)
    for place, free in kinds.items():
        if len(free) == 1 and len(others.get(place, ())) == 1:
            yield Link((free[0],), (others[place][0],), "low")


def _by_place(free: Sequence[int], units: Side) -> Mapping[tuple[str, str, str], list[int]]:
    found: dict[tuple[str, str, str], list[int]] = {}
    for place in free:
        unit = units[place]
        if unit.kind.startswith(FRAMES):
            found.setdefault(
                (unit.message, unit.parent.split("/")[1] if "/" in unit.parent else "", unit.kind), []
            ).append(place)
    return found


def _with_repeats(links: Sequence[Link], originals: Side, translations: Side) -> list[Link]:
    """Let a cell or item that repeats a linked one of the same table or list share its counterpart.

    `Copies: Stalin (2)` stands for both cells `ТОВ. СТАЛИНУ`.
    """
    found = list(links)
    linked = {
        (originals[link.originals[0]].parent, originals[link.originals[0]].text): link
        for link in links
        if link.originals and link.translations and _is_one(link, translations)
    }
    for link in links:
        if link.translations or len(link.originals) != 1:
            continue
        unit = originals[link.originals[0]]
        first = linked.get((unit.parent, unit.text)) if unit.kind in {"cell", "item"} else None
        if first:
            joined = Link(tuple(sorted((*first.originals, *link.originals))), first.translations, "low")
            linked[unit.parent, unit.text] = joined
            found = _with(found, joined)
    return found


def _is_one(link: Link, translations: Side) -> bool:
    """Whether the counterpart is one passage outside a table: in a table each cell would have a cell of its own."""
    return len(link.translations) == 1 and translations[link.translations[0]].kind not in {"cell", "item"}

"""Turn what conversion made before, what it makes now and what an editor made of the first into one document.

What conversion changed since is carried out on the editor's file, change by change, as far as the editor left alone
what is changed. What a person did stands: text, marks, attributes, comments, and what was taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from pipeline.reconciliation.changes import (
    AttributeChange,
    Change,
    MarkAdded,
    MarkMoved,
    MarkRemoved,
    TextChange,
    changes_of,
    units_of,
)
from pipeline.reconciliation.composing import Exchange, Laid, Text, Three, compose_text, crossing, lay_marks
from pipeline.reconciliation.correspondence import NOWHERE, Hunk
from pipeline.reconciliation.decisions import Decisions
from pipeline.reconciliation.versions import ASIDE, STRUCTURE, Atom, Mark
from pipeline.reconciliation.writing import Writer, Written
from pipeline.tei import ELEMENT_ONLY


@dataclass(frozen=True, slots=True)
class Conflict:
    """What conversion changed in a place that an editor changed otherwise."""

    line: int
    """In the merged document, from 1."""
    name: str
    """Of the element, or the attribute as `element/@attribute`; empty for text."""
    edited: str
    """What the editor has there, as one reads it."""
    new: str
    """What conversion would put there."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged document, and what was left as the editor has it."""

    content: str
    conflicts: tuple[Conflict, ...]
    refused: frozenset[int]
    """Numbers of the units of changes that were not carried out."""
    carried_out: frozenset[int]


class Plan:
    """What is to be done with the changes."""

    def __init__(self) -> None:
        self.carried_out: dict[Change, Exchange | None] = {}
        """With what is exchanged for a change of text."""
        self.there: dict[Change, Exchange | None] = {}
        """Changes that the editor's version has already, or that the editor has decided against."""
        self.conflicts: set[Change] = set()
        """Changes of which the editor is told."""
        self.twins: dict[Mark, Mark] = {}
        """Marks that both the editor and conversion added, by the new one."""


class Merge:
    """The changes of conversion, to be carried out on the edited version."""

    def __init__(self, three: Three, decisions: Decisions) -> None:
        self.three = three
        self.decisions = decisions
        self.changes = changes_of(three.to_new)
        self.units = units_of(three.to_new, self.changes)
        self.own_marks = [mark for mark in three.edited.marks if three.is_of_editor(mark)]
        self.parts_of_new, self.parts_of_edited = three.new.parts(), three.edited.parts()

    def merged(self, refused: Set[int] = frozenset(), *, prefers_new: bool = False) -> Merged:
        """Return the merged document, units of changes that are `refused` apart.

        `prefers_new`: where both changed the same thing, what conversion makes now is taken, if that can be done.
        """
        plan = self._plan(refused, prefers_new=prefers_new)
        while True:
            text, laid = self._composed(plan)
            misplaced = set(self._misplaced(plan, text, laid))
            if not misplaced:
                break
            self._refuse(plan, misplaced)
        written = Writer(self.three, text, laid).write()
        told = [self._conflict(change, text, written) for change in self.changes if change in plan.conflicts]
        units = frozenset(self.units[change] for change in plan.conflicts)
        return Merged(
            written.content,
            tuple(sorted(set(told), key=lambda one: (one.line, one.name, one.edited, one.new))),
            units,
            frozenset(self.units[change] for change in plan.carried_out),
        )

    def _plan(self, refused: Set[int], *, prefers_new: bool) -> Plan:
        plan = Plan()
        for change in self.changes:
            if self.units[change] in refused:
                plan.conflicts.add(change)
                continue
            is_there, is_free, exchange = self._judge(change)
            if is_there:
                plan.there[change] = exchange
            elif is_free:
                plan.carried_out[change] = exchange
            elif prefers_new:
                plan.carried_out[change] = self._forced(change.hunk) if isinstance(change, TextChange) else None
            else:
                plan.conflicts.add(change)
        self._decline(plan)
        self._refuse(plan, set())
        return plan

    def _decline(self, plan: Plan) -> None:
        """Leave out what makes no sense without a mark that the editor has decided against."""
        declined = {self.units[change] for change in plan.there if isinstance(change, MarkAdded)}
        for change in [one for one in plan.carried_out if self.units[one] in declined]:
            plan.there[change] = None
            del plan.carried_out[change]

    def _refuse(self, plan: Plan, misplaced: set[Change]) -> None:
        """Take changes out of the plan, and all that make no sense without them."""
        plan.conflicts |= misplaced
        units = {self.units[change] for change in plan.conflicts}
        for change in [one for one in plan.carried_out if self.units[one] in units]:
            del plan.carried_out[change]

    def _judge(self, change: Change) -> tuple[bool, bool, Exchange | None]:
        """Return whether a change is there already, whether nothing stands against it, and what is exchanged."""
        match change:
            case TextChange(hunk):
                is_declined = hunk.start == hunk.end and self._is_declined(hunk)
                return (True, False, None) if is_declined else self._judge_text(hunk)
            case MarkAdded(mark):
                return self.decisions.forbid(self.three.new, mark), True, None
            case MarkRemoved(mark):
                edited = self.three.to_edited.marks.get(mark)
                is_same = edited is not None and edited.attributes == mark.attributes
                return edited is None, is_same and self._is_unmoved(mark), None
            case MarkMoved(mark, _):
                return mark not in self.three.to_edited.marks, self._is_unmoved(mark), None
            case AttributeChange():
                return *self._judge_attribute(change), None

    def _is_declined(self, hunk: Hunk) -> bool:
        """Whether a hunk adds but empty elements that the editor has taken out, or links of what the editor linked."""
        new = self.three.new
        atoms = [(at, new.atoms.get(at)) for at in range(hunk.new_start, hunk.new_end)]
        return all(atom and atom.name and self.decisions.forbid(new, atom, at=at) for at, atom in atoms)

    def _is_unmoved(self, mark: Mark) -> bool:
        edited = self.three.to_edited.marks.get(mark)
        return edited is not None and self.three.to_edited.covers_the_same(mark, edited)

    def _judge_attribute(self, change: AttributeChange) -> tuple[bool, bool]:
        three = self.three
        old: Mark | Atom
        edited: Mark | Atom | None
        if isinstance(change.place, Mark):
            old, edited = change.place, three.to_edited.marks.get(change.place)
            if edited and change.old is None and self.decisions.forbid(three.base, change.place, change.name):
                return True, False
        else:
            old, edited = three.base.atoms[change.place], three.edited.atoms.get(three.to_edited.forward[change.place])
        if edited and change.name not in WIRING and is_decided(old, edited):
            return True, False
        value = edited.attributes.get(change.name) if edited else change.new
        return value == change.new, value == change.old

    def _judge_text(self, hunk: Hunk) -> tuple[bool, bool, Exchange | None]:
        three = self.three
        forward = three.to_edited.forward
        places = forward[hunk.start : hunk.end]
        if self._is_in_decided_addition(hunk):
            return False, False, None
        if places and NOWHERE not in places and places[-1] - places[0] == len(places) - 1:
            whole = Exchange(places[0], places[-1] + 1, hunk.new_start, hunk.new_end)
            is_marked = any(whole.start <= mark.start and mark.end <= whole.end for mark in self.own_marks)
            return False, not is_marked, None if is_marked else whole
        low, high = self._neighbours(hunk)
        if low is None or high is None:
            wide = self._forced(hunk)
            at = None if places or self._are_equal(wide) else self._beside_its_part(hunk, low, high)
            if at is not None:
                return False, True, Exchange(at, at, hunk.new_start, hunk.new_end)
            return self._are_equal(wide), False, None
        exchange = Exchange(low, high, hunk.new_start, hunk.new_end)
        if self._are_equal(exchange):
            return True, False, exchange
        if not places and three.edited.text[low:high].strip(ASIDE) == "":
            return False, True, Exchange(high, high, hunk.new_start, hunk.new_end)
        if not places and self._is_of_whole_elements(hunk):
            return False, True, Exchange(high, high, hunk.new_start, hunk.new_end)
        return False, False, None

    def _is_in_decided_addition(self, hunk: Hunk) -> bool:
        """Whether a hunk lies in a correction or expansion that an editor has made his own."""
        pairs = ((one, other) for one, other in self.three.to_edited.marks.items() if one.name in ADDITIONS)
        return any(one.start <= hunk.start and hunk.end <= one.end and is_decided(one, other) for one, other in pairs)

    def _neighbours(self, hunk: Hunk) -> tuple[int | None, int | None]:
        """Return where in the edited text a hunk would begin and end; None where the editor changed what adjoins it."""
        forward, text = self.three.to_edited.forward, self.three.edited.text
        low = forward[hunk.start - 1] + 1 if hunk.start else 0
        high = forward[hunk.end] if hunk.end < len(forward) else len(text)
        return (
            None if hunk.start and forward[hunk.start - 1] == NOWHERE else low,
            None if high == NOWHERE else high,
        )

    def _are_equal(self, exchange: Exchange) -> bool:
        three = self.three
        edited = three.edited.text[exchange.start : exchange.end]
        if edited != three.new.text[exchange.new_start : exchange.new_end]:
            return False
        shift = exchange.new_start - exchange.start
        atoms = (at for at in range(exchange.start, exchange.end) if at in three.edited.atoms)
        return all(three.edited.atoms[at].key == three.new.atoms[at + shift].key for at in atoms)

    def _beside_its_part(self, hunk: Hunk, low: int | None, high: int | None) -> int | None:
        """Return where in the edited text an addition goes whose part of the document the editor left alone there."""
        new, edited = self.parts_of_new, self.parts_of_edited
        if low is not None and 0 < low < len(edited) and hunk.new_start and edited[low] != edited[low - 1]:
            return low if self._is_one_part(new[hunk.new_start - 1 : hunk.new_end]) else None
        if high is not None and high > 0 and hunk.new_end < len(new) and edited[high] != edited[high - 1]:
            return high if self._is_one_part(new[hunk.new_start : hunk.new_end + 1]) else None
        return None

    @staticmethod
    def _is_one_part(parts: list[int]) -> bool:
        return len(set(parts)) == 1

    def _forced(self, hunk: Hunk) -> Exchange:
        """Return the exchange of all about a hunk that the editor or conversion changed."""
        to_edited, to_new = self.three.to_edited.forward, self.three.to_new.forward
        start, end = hunk.start, hunk.end
        while start and NOWHERE in (to_edited[start - 1], to_new[start - 1]):
            start -= 1
        while end < len(to_edited) and NOWHERE in (to_edited[end], to_new[end]):
            end += 1
        is_last = end == len(to_edited)
        return Exchange(
            to_edited[start - 1] + 1 if start else 0,
            len(self.three.edited.text) if is_last else to_edited[end],
            to_new[start - 1] + 1 if start else 0,
            len(self.three.new.text) if is_last else to_new[end],
        )

    def _is_of_whole_elements(self, hunk: Hunk) -> bool:
        """Whether what is added is elements in one that holds elements only: beside those that an editor added."""
        new = self.three.new
        at = hunk.new_start
        while at < hunk.new_end:
            added = [mark for mark in new.marks if mark.start == at and mark not in self.three.to_new.marks_back]
            outermost = next((mark for mark in added if mark.end <= hunk.new_end), None)
            inside: Mark | None = outermost.parent if outermost else new.atoms[at].parent if at in new.atoms else None
            if inside is None or inside.name not in ELEMENT_ONLY:
                return False
            at = outermost.end if outermost else at + 1
        return True

    def _composed(self, plan: Plan) -> tuple[Text, list[Laid]]:
        exchanges = [one for one in plan.carried_out.values() if one]
        there = [one for one in plan.there.values() if one]
        text = compose_text(self.three, _apart(exchanges), there)
        plan.twins = dict(self._twins(text))
        carried_out = [
            change for change in plan.carried_out if not (isinstance(change, MarkAdded) and change.mark in plan.twins)
        ]
        return text, lay_marks(self.three, text, carried_out, plan.twins)

    def _twins(self, text: Text) -> Iterator[tuple[Mark, Mark]]:
        """Yield marks that conversion adds and that the editor has added too: new one, edited one."""
        three = self.three
        own: dict[tuple[str, tuple[int, int] | None], list[Mark]] = {}
        for mark in three.edited.marks:
            if three.is_of_editor(mark):
                extent = text.extent(text.from_edited, mark.start, mark.end)
                own.setdefault((mark.name, extent), []).append(mark)
        for mark in three.new.marks:
            if mark not in three.to_new.marks_back:
                extent = text.extent(text.from_new, mark.start, mark.end)
                if extent and own.get((mark.name, extent)):
                    yield mark, own[mark.name, extent].pop(0)

    def _misplaced(self, plan: Plan, text: Text, laid: list[Laid]) -> Iterator[Change]:
        """Yield changes for which there is no place: over text that the editor changed, or across what stands there."""
        own = [one for one in laid if one.change is None and self.three.is_of_editor(one.mark)]
        lying = {one.change: one for one in laid if one.change}
        for change in plan.carried_out:
            if isinstance(change, MarkAdded) and change.mark not in plan.twins:
                one = lying.get(change)
                if one is None or not self._is_over_the_same(text, one) or any(_rivals(one, other) for other in own):
                    yield change
        across = crossing(laid)
        if across:
            yield from (one.change for one in across if one.change)

    def _is_over_the_same(self, text: Text, one: Laid) -> bool:
        """Whether an added mark covers the very words that it is about; one that divides the text need not."""
        if one.mark.name in STRUCTURE:
            return True
        places = text.from_new[one.mark.start : one.mark.end]
        if NOWHERE in places:
            return False
        left = set(range(one.start, one.end)).difference(places)
        own = {place: at for at, place in enumerate(text.from_edited)} if left else {}
        return all(place in own and self.three.edited.text[own[place]] == ASIDE for place in left)

    def _conflict(self, change: Change, text: Text, written: Written) -> Conflict:
        base, new = self.three.base, self.three.new
        match change:
            case TextChange(hunk):
                exchange = self._forced(hunk)
                edited = self.three.edited.excerpt(exchange.start, exchange.end)
                place = text.extent(
                    text.from_edited, max(exchange.start - 1, 0), min(exchange.end + 1, len(text.from_edited))
                )
                shown = new.excerpt(exchange.new_start, exchange.new_end)
                return Conflict(written.line(place[0] if place else 0), "", edited, shown)
            case MarkAdded(mark):
                extent = text.extent(text.from_new, mark.start, mark.end) or (0, 0)
                return Conflict(written.line(extent[0]), mark.name, "", new.excerpt(mark.start, mark.end))
            case MarkRemoved(mark) | MarkMoved(mark, _):
                return Conflict(
                    self._line(text, written, mark.start), mark.name, base.excerpt(mark.start, mark.end), ""
                )
            case AttributeChange(place, name, _, value):
                start = place.start if isinstance(place, Mark) else place
                element = place.name if isinstance(place, Mark) else base.atoms[place].name
                shown = self._value(place, name)
                return Conflict(self._line(text, written, start), f"{element}/@{name}", shown, value or "")

    def _line(self, text: Text, written: Written, at: int) -> int:
        """Return the line of what is left from an offset in the old conversion on."""
        for edited in self.three.to_edited.forward[at:]:
            if edited != NOWHERE and text.from_edited[edited] != NOWHERE:
                return written.line(text.from_edited[edited])
        return written.line(text.length - 1)

    def _value(self, place: Mark | int, name: str) -> str:
        if isinstance(place, Mark):
            edited = self.three.to_edited.marks.get(place)
            return edited.attributes.get(name, "") if edited else ""
        at = self.three.to_edited.forward[place]
        return self.three.edited.atoms[at].attributes.get(name, "") if at != NOWHERE else ""


ADDITIONS = frozenset({"corr", "reg", "expan"})

WIRING = frozenset({"xml:id", "corresp", "next", "prev", "part"})
"""Attributes by which passages are known and joined: whoever answers for an element, they may change."""

AGENTS = frozenset({"", "#despatch", "#source"})
"""Values of @resp that name no editor."""


def is_decided(old: Mark | Atom, edited: Mark | Atom) -> bool:
    """Whether an editor now answers for an element: what it says is decided, whatever conversion makes of it later."""
    resp = edited.attributes.get("resp", "")
    return resp not in AGENTS and resp != old.attributes.get("resp", "")


NAMING = frozenset("persName placeName orgName rs name date time num measure".split())


def _rivals(one: Laid, other: Laid) -> bool:
    """Whether a mark says otherwise what an editor's mark says of the same words."""
    if other.end <= one.start or one.end <= other.start:
        return False
    if one.mark.name == other.mark.name and one.mark.name not in STRUCTURE:
        return True
    has_one_extent = (one.start, one.end) == (other.start, other.end)
    return has_one_extent and {one.mark.name, other.mark.name} <= NAMING


def _apart(exchanges: Iterable[Exchange]) -> list[Exchange]:
    """Return exchanges of which none overlaps another: a wider one stands for those in it."""
    kept: list[Exchange] = []
    for one in sorted(set(exchanges), key=lambda exchange: (exchange.start, -exchange.end, exchange.new_start)):
        if kept and one.start < kept[-1].end:
            continue
        if kept and one.new_start < kept[-1].new_end:
            continue
        kept.append(one)
    return kept

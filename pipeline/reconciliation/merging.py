"""Turn what conversion made before, what it makes now and what an editor made of the first into one document.

What conversion changed since is carried out on the editor's file, change by change, as far as the editor left alone
what is changed. What a person did stands: text, marks, attributes, comments, and what was taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from pipeline.reconciliation.changes import Change, MarkAdded, TextChange, changes_of, units_of
from pipeline.reconciliation.composing import Exchange, Laid, Text, Three, compose_text, crossing, lay_marks
from pipeline.reconciliation.correspondence import NOWHERE, Hunk
from pipeline.reconciliation.decisions import Decisions
from pipeline.reconciliation.judging import Judge, is_inside_word
from pipeline.reconciliation.telling import Conflict, Teller
from pipeline.reconciliation.versions import ASIDE, STRUCTURE, Mark
from pipeline.reconciliation.writing import Writer


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged document, and what was left as the editor has it."""

    content: str
    conflicts: tuple[Conflict, ...]
    unplaced: tuple[Conflict, ...]
    """What conversion would add over words that the editor has changed: there is no place for it any more."""
    refused: frozenset[int]
    """Numbers of the units of changes that were not carried out."""


class Plan:
    """What is to be done with the changes."""

    def __init__(self) -> None:
        self.carried_out: dict[Change, Exchange | None] = {}
        """With what is exchanged for a change of text."""
        self.there: dict[Change, Exchange | None] = {}
        """Changes that the editor's version has already, or that the editor has decided against."""
        self.conflicts: set[Change] = set()
        """Changes of which the editor is told."""
        self.unplaced: set[Change] = set()
        """Additions for which there is no place any more."""
        self.twins: dict[Mark, Mark] = {}
        """Marks that both the editor and conversion added, by the new one."""


class Merge:
    """The changes of conversion, to be carried out on the edited version."""

    def __init__(self, three: Three, decisions: Decisions) -> None:
        self.three = three
        self.judge = Judge(three, decisions)
        self.changes = changes_of(three.to_new)
        self.units = units_of(three.to_new, self.changes)
        self.added = {mark for mark in three.new.marks if mark not in three.to_new.marks_back}
        self.added = {mark for mark in three.new.marks if mark not in three.to_new.marks_back}

    def merged(self, refused: Set[int] = frozenset(), *, prefers_new: bool = False) -> Merged:
        """Return the merged document, units of changes that are `refused` apart.

        `prefers_new`: where both changed the same thing, what conversion makes now is taken, if that can be done.
        """
        plan = self._plan(refused, prefers_new=prefers_new)
        while True:
            text, laid = self._composed(plan)
            conflicts, unplaced = set(self._clashing(plan, laid)), set(self._unplaced(plan, text, laid))
            if not conflicts and not unplaced:
                break
            self._refuse(plan, conflicts, unplaced)
        written = Writer(self.three, text, laid).write()
        teller = Teller(self.three, self.judge)
        units = frozenset(self.units[change] for change in plan.conflicts)
        return Merged(
            written.content,
            teller.tell(plan.conflicts, text, written),
            teller.tell(self._worth_telling(plan), text, written),
            units,
        )

    def _plan(self, refused: Set[int], *, prefers_new: bool) -> Plan:
        plan = Plan()
        for change in self.changes:
            if self.units[change] in refused:
                plan.conflicts.add(change)
                continue
            is_there, is_free, exchange = self.judge.judge(change)
            if is_there:
                plan.there[change] = exchange
            elif is_free:
                plan.carried_out[change] = exchange
            elif prefers_new:
                plan.carried_out[change] = self.judge.forced(change.hunk) if isinstance(change, TextChange) else None
            elif isinstance(change, TextChange) and self._is_of_ours(change.hunk):
                plan.unplaced.add(change)
            else:
                plan.conflicts.add(change)
        self._decline(plan)
        self._refuse(plan, set(), set())
        return plan

    def _is_of_ours(self, hunk: Hunk) -> bool:
        """Whether a hunk adds words of ours to captured ones, such as a correction."""
        return hunk.start == hunk.end and any(
            mark.start <= hunk.new_start and hunk.new_end <= mark.end
            for mark in self.added
            if mark.name not in STRUCTURE
        )

    def _decline(self, plan: Plan) -> None:
        """Leave out what makes no sense without a mark that the editor has decided against."""
        declined = {self.units[change] for change in plan.there if isinstance(change, MarkAdded)}
        for change in [one for one in plan.carried_out if self.units[one] in declined]:
            plan.there[change] = None
            del plan.carried_out[change]

    def _refuse(self, plan: Plan, conflicts: Set[Change], unplaced: Set[Change]) -> None:
        """Take changes out of the plan, and all that make no sense without them."""
        plan.conflicts |= conflicts
        plan.unplaced |= unplaced
        refused = {self.units[change] for change in plan.conflicts}
        without_place = {self.units[change] for change in plan.unplaced} - refused
        for change in list(plan.carried_out):
            unit = self.units[change]
            if unit in refused or unit in without_place:
                del plan.carried_out[change]
            if unit in without_place:
                plan.unplaced.add(change)
        plan.unplaced = {change for change in plan.unplaced if self.units[change] not in refused}

    def _worth_telling(self, plan: Plan) -> Iterator[Change]:
        """Yield the outermost marks that found no place, but for corrections that the editor has made already."""
        edited = self.three.edited
        for change in self.changes:
            if change not in plan.unplaced or not isinstance(change, MarkAdded):
                continue
            mark = change.mark
            if mark.parent in self.added and any(
                isinstance(one, MarkAdded) and one.mark is mark.parent for one in plan.unplaced
            ):
                continue
            readings = {self._solid(one) for one in self.added if one.parent is mark}
            around = self._around(mark)
            if not (mark.name == "choice" and edited.text[around.start : around.end] in readings):
                yield change

    def _around(self, mark: Mark) -> Exchange:
        """Return what stands in the edited text where a mark of the new conversion would."""
        back = [self.three.to_new.back[at] for at in range(mark.start, mark.end)]
        known = [at for at in back if at != NOWHERE]
        start, end = (min(known), max(known) + 1) if known else (0, 0)
        return self.judge.forced(Hunk(start, end, mark.start, mark.end))

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

    def _clashing(self, plan: Plan, laid: list[Laid]) -> Iterator[Change]:
        """Yield changes that say otherwise what an editor's mark says, or lie across another mark."""
        own = [one for one in laid if one.change is None and self.three.is_of_editor(one.mark)]
        lying = {one.change: one for one in laid if one.change}
        for change in plan.carried_out:
            one = lying.get(change)
            if isinstance(change, MarkAdded) and one and any(_rivals(one, other) for other in own):
                yield change
        across = crossing(laid)
        if across:
            yield from (one.change for one in across if one.change)

    def _unplaced(self, plan: Plan, text: Text, laid: list[Laid]) -> Iterator[Change]:
        """Yield additions over words that the editor has changed, and pointers to what was not added."""
        lying = {one.change: one for one in laid if one.change}
        there = {one.attributes.get("xml:id") for one in laid}
        there |= {atom.attributes.get("xml:id") for atom in self.three.edited.atoms.values()}
        missing = {mark.id for mark in self.three.new.marks if mark.id} - there
        for change in plan.carried_out:
            if isinstance(change, MarkAdded) and change.mark not in plan.twins:
                one = lying.get(change)
                if one is None or not self._is_over_the_same(text, one):
                    yield change
            elif isinstance(change, TextChange) and missing and self._points_to(missing, change.hunk):
                yield change

    def _points_to(self, missing: Set[str], hunk: Hunk) -> bool:
        atom = self.three.new.atoms.get(hunk.new_start) if hunk.new_end == hunk.new_start + 1 else None
        values = " ".join(atom.attributes.values()).split() if atom else []
        return any(value.startswith("#") and value[1:] in missing for value in values)

    def _is_over_the_same(self, text: Text, one: Laid) -> bool:
        """Whether an added mark covers the very words that it is about.

        One that divides the text need not, and a name is the same name when a slip in it was mended.
        """
        if one.mark.name in STRUCTURE:
            return True
        places = text.from_new[one.mark.start : one.mark.end]
        own = {place: at for at, place in enumerate(text.from_edited) if place != NOWHERE}
        left = set(range(one.start, one.end)).difference(places)
        if NOWHERE not in places and all(at in own and self.three.edited.text[own[at]] == ASIDE for at in left):
            return not self._is_run_into(own, one)
        edited = "".join(self.three.edited.text[own[at]] for at in range(one.start, one.end) if at in own)
        has_edges = NOWHERE not in {places[0], places[-1]}
        alike = Indel.normalized_similarity(edited, self._solid(one.mark))
        return has_edges and one.mark.name in NAMES and alike >= SAME_NAME

    def _is_run_into(self, own: Mapping[int, int], one: Laid) -> bool:
        """Whether the editor has written letters or figures directly before or after the words of a mark."""
        new, edited = self.three.new, self.three.edited
        for place, at in ((one.start, one.mark.start), (one.end, one.mark.end)):
            before, after = own.get(place - 1), own.get(place)
            is_side_by_side = before is not None and after == before + 1
            if is_side_by_side and is_inside_word(edited, after or 0) and not is_inside_word(new, at):
                return True
        return False

    def _solid(self, mark: Mark) -> str:
        """Return the text of a mark of the new conversion, without white space."""
        return self.three.new.text[mark.start : mark.end]


NAMES = frozenset("persName placeName orgName rs name".split())
SAME_NAME = 0.75
"""Share of letters in order in which a name that an editor has mended agrees with what was captured."""

NAMING = NAMES | frozenset("date time num measure".split())


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

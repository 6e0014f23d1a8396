"""Turn a change of conversion into whether it can be carried out on what an editor made of the document."""

from __future__ import annotations

from pipeline.reconciliation.changes import AttributeChange, Change, MarkAdded, MarkMoved, MarkRemoved, TextChange
from pipeline.reconciliation.composing import Exchange, Three
from pipeline.reconciliation.correspondence import NOWHERE, Hunk
from pipeline.reconciliation.decisions import Decisions
from pipeline.reconciliation.versions import ASIDE, Atom, Mark, Version
from pipeline.tei import ELEMENT_ONLY

ADDITIONS = frozenset({"corr", "reg", "expan"})

WIRING = frozenset({"xml:id", "corresp", "next", "prev", "part"})
"""Attributes by which passages are known and joined: whoever answers for an element, they may change."""

AGENTS = frozenset({"", "#despatch", "#source"})
"""Values of @resp that name no editor."""


def is_decided(old: Mark | Atom, edited: Mark | Atom) -> bool:
    """Whether an editor now answers for an element: what it says is decided, whatever conversion makes of it later."""
    resp = edited.attributes.get("resp", "")
    return resp not in AGENTS and resp != old.attributes.get("resp", "")


class Judge:
    """Knows what the editor did, and judges one change of conversion at a time."""

    def __init__(self, three: Three, decisions: Decisions) -> None:
        self.three = three
        self.decisions = decisions
        self.own_marks = [mark for mark in three.edited.marks if three.is_of_editor(mark)]
        self.parts_of_new, self.parts_of_edited = three.new.parts(), three.edited.parts()

    def judge(self, change: Change) -> tuple[bool, bool, Exchange | None]:
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
        if self._is_in_decided_addition(hunk):
            return False, False, None
        if hunk.new_start == hunk.new_end and (rest := self._rest_of_removed(hunk)) is not None:
            return not rest, bool(rest), Exchange(rest[0], rest[-1] + 1, hunk.new_start, hunk.new_end) if rest else None
        if not self._has_its_words(hunk):
            wide = self.forced(hunk)
            is_there = self._are_equal(wide)
            return is_there, False, wide if is_there else None
        places = forward[hunk.start : hunk.end]
        if places and NOWHERE not in places and places[-1] - places[0] == len(places) - 1:
            whole = Exchange(places[0], places[-1] + 1, hunk.new_start, hunk.new_end)
            return False, *((False, None) if self._is_worked_on(hunk, whole) else (True, whole))
        low, high = self._neighbours(hunk)
        if low is None or high is None:
            wide = self.forced(hunk)
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

    def _rest_of_removed(self, hunk: Hunk) -> list[int] | None:
        """Return what is left of a stretch that both have taken away, the editor in part; None where it is not that."""
        forward, base = self.three.to_edited.forward, self.three.base
        rest = [forward[at] for at in range(hunk.start, hunk.end) if forward[at] != NOWHERE]
        is_part = len(rest) < hunk.end - hunk.start
        is_whole = not rest or rest[-1] - rest[0] == len(rest) - 1
        low = next((forward[at] + 1 for at in range(hunk.start - 1, -1, -1) if forward[at] != NOWHERE), 0)
        after = (forward[at] for at in range(hunk.end, len(forward)) if forward[at] != NOWHERE)
        has_more = next(after, len(self.three.edited.text)) - low != len(rest)
        is_cut = any(
            (forward[at - 1] == NOWHERE) != (forward[at] == NOWHERE) and is_inside_word(base, at)
            for at in range(hunk.start + 1, hunk.end)
        )
        if not is_part or not is_whole or has_more or is_cut:
            return None
        worked_on = rest and any(rest[0] <= mark.start and mark.end <= rest[-1] + 1 for mark in self.own_marks)
        changed = any(
            at in base.atoms and base.atoms[at].key != self.three.edited.atoms[forward[at]].key
            for at in range(hunk.start, hunk.end)
            if forward[at] != NOWHERE
        )
        return None if worked_on or changed else rest

    def _is_worked_on(self, hunk: Hunk, whole: Exchange) -> bool:
        """Whether an editor has marked just what a hunk takes away, or changed an empty element in it."""
        if any(whole.start <= mark.start and mark.end <= whole.end for mark in self.own_marks):
            return True
        shift = whole.start - hunk.start
        atoms = ((at, self.three.base.atoms.get(at)) for at in range(hunk.start, hunk.end))
        return any(atom and atom.key != self.three.edited.atoms[at + shift].key for at, atom in atoms)

    def _is_in_decided_addition(self, hunk: Hunk) -> bool:
        """Whether a hunk lies in a correction or expansion that an editor has made his own."""
        pairs = ((one, other) for one, other in self.three.to_edited.marks.items() if one.name in ADDITIONS)
        return any(one.start <= hunk.start and hunk.end <= one.end and is_decided(one, other) for one, other in pairs)

    def _has_its_words(self, hunk: Hunk) -> bool:
        """Whether the editor has left alone the words that a hunk changes: two changes of one word are never mixed."""
        base = self.three.base
        start, end = hunk.start, hunk.end
        while start and is_inside_word(base, start):
            start -= 1
        while end < len(base.text) and end and is_inside_word(base, end):
            end += 1
        places = self.three.to_edited.forward[start:end]
        return not places or (NOWHERE not in places and places[-1] - places[0] == len(places) - 1)

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

    def forced(self, hunk: Hunk) -> Exchange:
        """Return the exchange of all about a hunk that the editor or conversion changed."""
        to_edited, to_new = self.three.to_edited.forward, self.three.to_new.forward
        start, end = hunk.start, hunk.end
        while start and NOWHERE in {to_edited[start - 1], to_new[start - 1]}:
            start -= 1
        while end < len(to_edited) and NOWHERE in {to_edited[end], to_new[end]}:
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


def is_inside_word(version: Version, at: int) -> bool:
    """Whether the characters on both sides of an offset are letters or figures of one word."""
    return at > 0 and version.text[at - 1].isalnum() and version.text[at : at + 1].isalnum() and not version.divides(at)

"""Turn changes that were not carried out into what an editor is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.reconciliation.changes import AttributeChange, Change, MarkAdded, MarkMoved, MarkRemoved, TextChange
from pipeline.reconciliation.composing import Text, Three
from pipeline.reconciliation.correspondence import NOWHERE
from pipeline.reconciliation.judging import Judge
from pipeline.reconciliation.versions import Mark
from pipeline.reconciliation.writing import Written


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


class Teller:
    """Says of a change what the editor has in its place, where, and what conversion would put there."""

    def __init__(self, three: Three, judge: Judge) -> None:
        self.three = three
        self.judge = judge

    def tell(self, changes: Iterable[Change], text: Text, written: Written) -> tuple[Conflict, ...]:
        """Return what is told of changes, by lines of the merged document."""
        told = {self._conflict(change, text, written) for change in changes}
        return tuple(sorted(told, key=lambda one: (one.line, one.name, one.edited, one.new)))

    def _conflict(self, change: Change, text: Text, written: Written) -> Conflict:
        base, new = self.three.base, self.three.new
        match change:
            case TextChange(hunk):
                exchange = self.judge.forced(hunk)
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

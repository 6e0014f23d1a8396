"""Turn an editor's version into the places where the captured text itself was changed.

Captured text is all text of the body but `corr`, `reg`, `expan` in `choice` and editors' notes (encoding guidelines,
"Layers"); the edition's way to mend it is `choice`, so an editor is told of what was mended outright.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.reconciliation.correspondence import Correspondence
from pipeline.reconciliation.versions import ASIDE, Mark, Version, read_version

_ADDED_IN_CHOICE = frozenset({"corr", "reg", "expan"})


@dataclass(frozen=True, slots=True)
class Emendation:
    """A stretch of captured text that an editor changed outright."""

    line: int
    """In the edited document, from 1."""
    captured: str
    edited: str


def emendations(base: bytes, edited: bytes, encoding: str = "UTF-8") -> tuple[Emendation, ...]:
    """Return what of the captured text an editor has changed, in order."""
    stand_ins: dict[str, str] = {}
    first, second = read_version(base, stand_ins), read_version(edited, stand_ins, encoding)
    return tuple(_emendations(Correspondence(first, second, by_id=True)))


def _emendations(both: Correspondence) -> Iterator[Emendation]:
    captured, own = _captured(both.first), _captured(both.second)
    for hunk in both.hunks():
        old = [at for at in range(hunk.start, hunk.end) if captured[at]]
        new = [at for at in range(hunk.new_start, hunk.new_end) if own[at]]
        words = "".join(both.second.text[at] for at in new)
        if not old and not words:
            continue
        start, end = _whole_words(both.first, hunk.start, hunk.end)
        new_start, new_end = _whole_words(both.second, hunk.new_start, hunk.new_end)
        offset = both.second.begins[min(hunk.new_start, len(both.second.begins) - 1)]
        line = both.second.raw.count("\n", 0, offset) + 1
        yield Emendation(line, both.first.excerpt(start, end), both.second.excerpt(new_start, new_end))


def _captured(version: Version) -> list[bool]:
    """Return for each character whether it is captured text."""
    captured = [False] * len(version.text)
    for mark in version.marks:
        if mark.name == "text" and mark.parent is not None and mark.parent.parent is None:
            captured[mark.start : mark.end] = [True] * (mark.end - mark.start)
        elif _is_ours(mark):
            captured[mark.start : mark.end] = [False] * (mark.end - mark.start)
    for at, atom in version.atoms.items():
        captured[at] = captured[at] and bool(atom.name == "g")
    return captured


def _is_ours(mark: Mark) -> bool:
    if mark.name in _ADDED_IN_CHOICE:
        return mark.parent is not None and mark.parent.name == "choice"
    return mark.name == "note" and "resp" in mark.attributes


def _whole_words(version: Version, start: int, end: int) -> tuple[int, int]:
    """Return a stretch widened to the words that it begins and ends in."""
    while start and not version.has_space(start) and version.text[start - 1] < ASIDE:
        start -= 1
    while end < len(version.text) and not version.has_space(end) and version.text[end] < ASIDE:
        end += 1
    return start, end

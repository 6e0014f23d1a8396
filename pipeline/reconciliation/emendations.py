"""Turn an editor's version into the places where the captured text itself was changed.

Captured text is all text of the body but `corr`, `reg`, `expan` in `choice` and editors' notes (encoding guidelines,
"Layers"); the edition's way to mend it is `choice`, so an editor is told of what was mended outright.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from pipeline.reconciliation.versions import Mark, Version, read_version

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
    return tuple(_emendations(read_version(base, stand_ins), read_version(edited, stand_ins, encoding)))


def _emendations(first: Version, second: Version) -> Iterator[Emendation]:
    old, new = list(_captured_words(first)), list(_captured_words(second))
    reached = new_reached = 0
    steps = LCSseq.opcodes([word for word, _ in old], [word for word, _ in new])
    for step in [step for step in steps if step.tag == "equal"]:
        yield from _emended(second, old[reached : step.src_start], new[new_reached : step.dest_start], new)
        reached, new_reached = step.src_end, step.dest_end
    yield from _emended(second, old[reached:], new[new_reached:], new)


def _emended(
    version: Version, old: Sequence[tuple[str, int]], new: Sequence[tuple[str, int]], words: Sequence[tuple[str, int]]
) -> Iterator[Emendation]:
    if not old and not new:
        return
    at = new[0][1] if new else next((at for _, at in words), 0)
    line = version.raw.count("\n", 0, version.begins[at]) + 1
    yield Emendation(line, " ".join(word for word, _ in old), " ".join(word for word, _ in new))


def _captured_words(version: Version) -> Iterator[tuple[str, int]]:
    """Yield the words of the captured text, as white space divides them, with where each begins."""
    captured = _captured(version)
    word, begin, last = "", 0, -1
    for at, is_captured in enumerate(captured):
        if not is_captured:
            continue
        if word and _divided(version, last + 1, at):
            yield word, begin
            word = ""
        if not word:
            begin = at
        word += version.text[at]
        last = at
    if word:
        yield word, begin


def _divided(version: Version, first: int, at: int) -> bool:
    """Whether a word of captured text ends before a character; `first` to before it are not captured.

    White space within an editor's note divides nothing that stands around the note.
    """
    if first == at:
        return version.divides(at)
    return version.has_space(first) or version.has_space(at)


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

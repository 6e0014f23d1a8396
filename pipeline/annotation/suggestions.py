"""Turn what the machine thinks but must not write into values that an editor can decide on.

A suggestion names its place as decisions do: the passage (`xml:id` of the nearest ancestor that has one), the exact
text, and which of its occurrences in that passage; so it survives a later conversion and edits elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    "person",
    "place",
    "organisation",
    "correction",
    "abbreviation",
    "date",
    "quantity",
    "reading",
    "division",
    "link",
    "discrepancy",
    "alignment",
)
"""What an editor is asked to decide on; here, where little is imported, so that the command can name them."""


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """One reading that may be right."""

    value: str
    """The proposed reading, or what it would refer to."""
    score: float
    """From 0 to 1; the scale is the recogniser's."""
    reason: str
    """Why it is proposed: a word of the recogniser's closed list."""


@dataclass(frozen=True, slots=True, order=True)
class Suggestion:
    """A place in a document at which a recogniser proposes something."""

    passage: str
    """`xml:id` of the nearest ancestor that has one, without `#`."""
    text: str
    """As it stands, white space folded."""
    occurrence: int
    """Which occurrence of `text` in the passage, from 1."""
    kind: str
    """What is proposed: `error`, `abbreviation`, `person`, `place`, `organisation`, `link`."""
    candidates: tuple[Candidate, ...]
    """The best first; none where something is wrong but nobody knows what was meant."""


def occurrence_at(passage: str, start: int, length: int) -> int:
    """Return which occurrence of a stretch of a passage begins at `start`, from 1, none overlapping."""
    return passage.count(passage[start : start + length], 0, start) + 1

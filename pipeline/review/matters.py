"""Turn what waits for an editor into values: where it stands, what is proposed, and why.

    person, place, organisation    who or what a name means, or that it is one
    correction, abbreviation       what was meant, or is meant in full
    date, quantity, reading        the value of a date or a quantity; another mark of the text
    division                       a paragraph or part of a message that begins where the capture shows none
    alignment                      which passages of original and translation belong together
    link                           which document of the edition a message speaks of
    discrepancy                    something in which original and translation disagree

A matter is named by document, passage, words, occurrence and kind; these stay as they are whatever is edited elsewhere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pipeline.annotation.suggestions import Candidate

NAMES = frozenset({"person", "place", "organisation"})


@dataclass(frozen=True, slots=True)
class Matter:
    """Something in a document that an editor may decide."""

    document: str
    """Its identifier."""
    passage: str
    """`xml:id` of the nearest element about it that has one, names apart."""
    text: str
    """Its words, white space folded."""
    occurrence: int
    """From 1: which of the places in the passage that read so."""
    kind: str
    why: str
    """`inferred`, `unknown`, `ambiguous`, `unmarked`, `proposed`, `resolved`, `possible`; the kind of a discrepancy."""
    candidates: tuple[Candidate, ...] = ()
    """What is proposed, first, and what else it may be."""
    certainty: str = ""
    """`high`, `medium`, `low` of what is inferred."""
    line: int = 0
    context: str = ""
    """The words about it, itself between ‹ and ›."""
    element: int = -1
    """Which element of the document it is; -1 where nothing is marked yet."""
    start: int = -1
    """Where it begins and ends among the characters of the document."""
    end: int = -1
    language: str = ""
    """BCP 47, of a name: that of the division in which it stands; "" elsewhere."""

    @property
    def place(self) -> tuple[str, str, int, str]:
        """What names it within its document."""
        return self.passage, self.text, self.occurrence, self.kind

    @property
    def proposal(self) -> str:
        return self.candidates[0].value if self.candidates else ""

    @property
    def alternatives(self) -> tuple[Candidate, ...]:
        return self.candidates[1:]

    @property
    def matters(self) -> tuple[Matter, ...]:
        """Itself, as a group has its places."""
        return (self,)

    @property
    def is_routine(self) -> bool:
        """Whether it is a link of sentences of which the program is sure: there are dozens in each document."""
        return self.kind == "alignment" and self.certainty == "high"

    @property
    def is_unlisted(self) -> bool:
        """Whether it is a name that no list has."""
        return self.kind in NAMES and self.why == "unknown"

    @property
    def key(self) -> str:
        """Eight letters that name it in the edition."""
        return key_of_place(self.document, self.place)

    def record(self) -> dict[str, object]:
        """Return it for programs."""
        return {
            "key": self.key,
            "document": self.document,
            "passage": self.passage,
            "line": self.line,
            "text": self.text,
            "occurrence": self.occurrence,
            "kind": self.kind,
            "language": self.language,
            "why": self.why,
            "certainty": self.certainty,
            "context": self.context,
            "candidates": [
                {"value": one.value, "score": round(one.score, 2), "reason": one.reason} for one in self.candidates
            ],
        }


def key_of_place(document: str, place: tuple[str, str, int, str]) -> str:
    """Return the eight letters that name a place: passage, words, occurrence and kind."""
    words = "\n".join((document, *map(str, place)))
    return hashlib.sha256(words.encode()).hexdigest()[:8]

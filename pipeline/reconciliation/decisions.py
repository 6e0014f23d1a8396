"""Turn what an editor took out of a document into decisions that hold whatever later conversions find.

They lie in `tei/.despatch/decisions/<id>.jsonl`, one to a line, sorted: the passage (nearest element with an
identifier), the very words, which time they occur there, the element, and the attribute where only that went.
A decision ends when the editor puts back what it speaks of. Lines of other kinds are kept as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from pipeline.reconciliation.correspondence import NOWHERE, Correspondence
from pipeline.reconciliation.versions import Atom, Mark, Version

REMOVED = "removed"


@dataclass(frozen=True, slots=True, order=True)
class Removal:
    """An element, or an attribute of one, that an editor took out of a document."""

    passage: str
    """Identifier of the nearest element about it that has one; empty where none has."""
    element: str
    text: str
    """What it covers, white space folded; for an empty element its attributes."""
    occurrence: int
    """Which time the text occurs in the passage, from 1."""
    attribute: str = ""

    def line(self) -> str:
        return json.dumps({"decision": REMOVED, **asdict(self)}, ensure_ascii=False)


class Decisions:
    """An editor's decisions on one document."""

    def __init__(self, removals: Iterable[Removal] = (), others: Iterable[str] = ()) -> None:
        self.removals = frozenset(removals)
        self.others = tuple(others)
        """Lines of other kinds."""
        self._words = {(one.element, _solid(one.text), one.attribute) for one in self.removals}

    def forbid(self, version: Version, mark: Mark | Atom, attribute: str = "", at: int = NOWHERE) -> bool:
        """Whether an editor has taken out a mark, or an attribute of it; `at` is the offset of an atom."""
        text = _text(version, mark)
        if (mark.name, _solid(text), attribute) not in self._words:
            return False
        sought = _removal(version, mark, at, attribute)
        return any(_is_the_same(one, sought) for one in self.removals)

    def with_removals(self, both: Correspondence) -> Decisions:
        """Return the decisions with what the second, edited version lacks of the first, and without what it has."""
        made = {_removal(both.first, *gone) for gone in _gone(both)}
        kept = {one for one in self.removals if not _is_there(both.second, one)}
        return Decisions(kept | made, self.others)

    def content(self) -> bytes:
        """Return the file that keeps the decisions; nothing where there are none."""
        lines = sorted([*(one.line() for one in self.removals), *self.others])
        return "".join(f"{line}\n" for line in lines).encode()


def read_decisions(content: bytes) -> Decisions:
    """Return the decisions of a file; a line that cannot be read counts as one of another kind, and is kept."""
    removals, others = [], []
    for line in content.decode("utf-8", "surrogateescape").splitlines():
        removal = _read(line)
        if removal:
            removals.append(removal)
        elif line.strip():
            others.append(line)
    return Decisions(removals, others)


def _read(line: str) -> Removal | None:
    try:
        record = json.loads(line)
        return Removal(**record) if record.pop("decision") == REMOVED else None
    except (ValueError, TypeError, AttributeError, KeyError):
        return None


def _gone(both: Correspondence) -> Iterator[tuple[Mark | Atom, int, str]]:
    """Yield what the first version has and the second has not: mark or atom, offset of an atom, attribute or ""."""
    for mark in both.first.marks:
        other = both.marks.get(mark)
        if other is None:
            yield mark, NOWHERE, ""
        else:
            yield from ((mark, NOWHERE, name) for name in mark.attributes if name not in other.attributes)
    for at, atom in both.first.atoms.items():
        if both.forward[at] == NOWHERE and atom.name:
            yield atom, at, ""


def _removal(version: Version, mark: Mark | Atom, at: int, attribute: str) -> Removal:
    start = mark.start if isinstance(mark, Mark) else at
    end = mark.end if isinstance(mark, Mark) else at + 1
    passage = mark.parent
    while passage is not None and not passage.id:
        passage = passage.parent
    sought = version.text[start:end]
    begin = passage.start if passage else 0
    occurrence = 1 + version.text.count(sought, begin, start)
    return Removal(passage.id if passage else "", mark.name, _text(version, mark), occurrence, attribute)


def _text(version: Version, mark: Mark | Atom) -> str:
    return version.excerpt(mark.start, mark.end) if isinstance(mark, Mark) else " ".join(mark.key[1:])


def _solid(text: str) -> str:
    return "".join(text.split())


def _is_the_same(one: Removal, other: Removal) -> bool:
    words = (_solid(one.text), _solid(other.text))
    return words[0] == words[1] and (one.passage, one.element, one.occurrence, one.attribute) == (
        other.passage,
        other.element,
        other.occurrence,
        other.attribute,
    )


def _is_there(edited: Version, removal: Removal) -> bool:
    """Whether the edited version has what was once removed."""
    for mark in edited.marks:
        if mark.name != removal.element or (removal.attribute and removal.attribute not in mark.attributes):
            continue
        if _is_the_same(_removal(edited, mark, NOWHERE, removal.attribute), removal):
            return True
    return any(
        atom.name == removal.element and _is_the_same(_removal(edited, atom, at, ""), removal)
        for at, atom in edited.atoms.items()
    )

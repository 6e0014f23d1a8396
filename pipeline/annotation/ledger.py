"""Turn a capture and the tree over it into an account of every character.

The ledger is an ordered partition of the text: each interval has exactly one disposition (ARCHITECTURE.md, "The
ledger"). Its laws: what nobody claims is `text`, never `dropped`; white space is Unicode's White_Space, so a soft
hyphen is not space; a character that XML 1.0 forbids is `represented`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.annotation.spans import KINDS, Disposition, Node
from pipeline.tei import FORBIDDEN

WHITE_SPACE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space property (PropList.txt), as the inside of a regular expression's class."""

_PARTS = re.compile(f"(?P<space>[{WHITE_SPACE}]+)|(?P<represented>(?:{FORBIDDEN.pattern})+)|(?P<text>.)", re.DOTALL)
_TEXT = re.compile(f"(?:(?![{WHITE_SPACE}]|{FORBIDDEN.pattern}).)+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes of one stretch of the text; half-open, in code points."""

    start: int
    end: int
    disposition: Disposition
    reason: str = ""
    """A field's name, or why it was dropped."""


def ledger(text: str, roots: Iterable[Node]) -> tuple[Entry, ...]:
    """Return the account of a text, in order and without gaps."""
    entries: list[Entry] = []
    reached = 0
    for claim in sorted(_claims(roots), key=lambda entry: entry.start):
        if claim.start < reached:
            continue
        entries += _unclaimed(text, reached, claim.start)
        entries.append(claim)
        reached = claim.end
    return (*entries, *_unclaimed(text, reached, len(text)))


def _claims(nodes: Iterable[Node]) -> Iterator[Entry]:
    """Yield what is a field or dropped; everything else is read from the text itself."""
    for node in nodes:
        disposition = KINDS[node.span.kind].disposition
        if disposition is Disposition.TEXT:
            yield from _claims(node.children)
        elif node.span.end > node.span.start:
            name = node.span.get("name") if disposition is Disposition.FIELD else node.span.get("reason")
            yield Entry(node.span.start, node.span.end, disposition, name)


def _unclaimed(text: str, start: int, end: int) -> Iterator[Entry]:
    while start < end:
        part = _PARTS.match(text, start, end)
        kind = part.lastgroup if part else "text"
        if kind == "text":
            part = _TEXT.match(text, start, end)
        stop = part.end() if part else start + 1
        yield Entry(start, stop, Disposition(kind or "text"))
        start = stop


def dropped_share(entries: Iterable[Entry], extents: Iterable[tuple[int, int]]) -> float:
    """Return which part of the characters inside these extents was dropped, white space apart."""
    inside = list(extents)
    dropped = kept = 0
    for entry in entries:
        if not any(start <= entry.start and entry.end <= end for start, end in inside):
            continue
        if entry.disposition is Disposition.DROPPED:
            dropped += entry.end - entry.start
        elif entry.disposition is not Disposition.SPACE:
            kept += entry.end - entry.start
    return dropped / (dropped + kept) if dropped else 0.0

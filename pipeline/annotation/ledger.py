"""Turn a capture and the tree over it into an account of every character.

The ledger is an ordered partition of the text: each interval has exactly one disposition (ARCHITECTURE.md, "The
ledger"). Its laws: what nobody claims is `text`, never `dropped`; white space is Unicode's White_Space, so a soft
hyphen is not space; a character that XML 1.0 forbids is `represented`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.annotation.spans import KINDS, Disposition, Node, Span
from pipeline.tei import FORBIDDEN

WHITE_SPACE = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space property (PropList.txt), as the inside of a regular expression's class."""

SPACES = "".join(character for code in range(0x3001) if re.fullmatch(f"[{WHITE_SPACE}]", character := chr(code)))
"""The same characters one by one, for stripping: Python's own idea of white space has U+001C to U+001F, too."""

_WHITE = re.compile(f"[{WHITE_SPACE}]+")
_STRAY = re.compile(f"[^{WHITE_SPACE}](?s:.*)[^{WHITE_SPACE}]|[^{WHITE_SPACE}]")
_PARTS = re.compile(
    f"(?P<space>[{WHITE_SPACE}]+)|(?P<represented>(?:(?![{WHITE_SPACE}]){FORBIDDEN.pattern})+)"
    f"|(?P<text>(?:(?![{WHITE_SPACE}]|{FORBIDDEN.pattern}).)+)",
    re.DOTALL,
)
_BY_GROUP = {disposition.value: disposition for disposition in Disposition}


class Entry(NamedTuple):
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
    for part in _PARTS.finditer(text, start, end):
        yield Entry(part.start(), part.end(), _BY_GROUP[part.lastgroup or "text"])


def strays(text: str, roots: Iterable[Node]) -> list[tuple[int, int]]:
    """Return the extents of text that stands in no witness, field or drop, white space apart: one for each run."""
    found: list[tuple[int, int]] = []
    reached = 0
    for start, end in [*sorted((node.span.start, node.span.end) for node in roots), (len(text), len(text))]:
        if start > reached and (stray := _STRAY.search(text, reached, start)):
            found.append(stray.span())
        reached = max(reached, end)
    return found


def dropped_share(text: str, witnesses: Iterable[Span], drops: Iterable[Span]) -> float:
    """Return which part of the characters inside these witnesses was dropped, white space apart."""
    dropped = sum(len(_WHITE.sub("", text[drop.start : drop.end])) for drop in drops)
    if not dropped:
        return 0.0
    inside = [text[witness.start : witness.end] for witness in witnesses]
    whole = sum(len(_WHITE.sub("", stretch)) for stretch in inside)
    return dropped / whole if whole else 0.0

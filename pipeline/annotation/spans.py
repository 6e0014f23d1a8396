"""Turn what recognisers found into one tree over an immutable text.

A recogniser says that a stretch of the capture is something, as a `Span`; it never changes the text and needs to know
nothing of the others. `arrange` puts all spans into one tree by the laws of ARCHITECTURE.md, "Laws of spans", and says
which spans lost. One table, `KINDS`, says of every kind of span where it may stand and what becomes of its text.
"""

from __future__ import annotations

import enum
import itertools
import sys
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace


class Layer(enum.IntEnum):
    """From the outside to the inside. A span of an inner layer is cut where one of an outer layer ends."""

    DIVISION = 0
    BLOCK = 1
    UNIT = 2
    PHRASE = 3
    SIGN = 4


class Disposition(enum.StrEnum):
    """What becomes of a character; every character has exactly one (ARCHITECTURE.md, "The ledger")."""

    TEXT = "text"
    FIELD = "field"
    REPRESENTED = "represented"
    SPACE = "space"
    DROPPED = "dropped"


DROP_REASONS = frozenset({"chrome", "label", "rule", "repeat", "line-wrap-hyphen", "empty-form-cell"})
"""Why something captured does not go into the edition: furniture of the site or the PDF, never of the original."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What spans of one kind are, and where they may stand."""

    layer: Layer
    rank: int
    """Among spans of equal extent the lower rank stands outside."""
    parents: frozenset[str]
    """Kinds that may stand directly around it; `text` is the capture itself. Empty: anywhere in a witness."""
    disposition: Disposition = Disposition.TEXT


def _kind(layer: Layer, rank: int, parents: str = "", disposition: Disposition = Disposition.TEXT) -> Kind:
    return Kind(layer, rank, frozenset(parents.split()), disposition)


_MESSAGE = "witness section embedded"
KINDS: dict[str, Kind] = {
    # What the format says of the capture's parts.
    "field": _kind(Layer.DIVISION, 0, "text", Disposition.FIELD),
    "witness": _kind(Layer.DIVISION, 1, "text"),
    "embedded": _kind(Layer.DIVISION, 3, _MESSAGE),
    "section": _kind(Layer.DIVISION, 2, _MESSAGE),
    # The parts of a message.
    "opener": _kind(Layer.BLOCK, 0, _MESSAGE),
    "closer": _kind(Layer.BLOCK, 0, _MESSAGE),
    "postscript": _kind(Layer.BLOCK, 0, _MESSAGE),
    "head": _kind(Layer.BLOCK, 1, _MESSAGE),
    "paragraph": _kind(Layer.BLOCK, 1, f"{_MESSAGE} postscript"),
    "ab": _kind(Layer.BLOCK, 1, f"{_MESSAGE} postscript"),
    "note": _kind(Layer.BLOCK, 1, f"{_MESSAGE} opener closer postscript"),
    "list": _kind(Layer.BLOCK, 2, f"{_MESSAGE} note postscript"),
    "item": _kind(Layer.BLOCK, 3, "list"),
    "table": _kind(Layer.BLOCK, 2, "note"),
    "row": _kind(Layer.BLOCK, 3, "table"),
    "cell": _kind(Layer.BLOCK, 4, "row"),
    # The units inside them.
    "address": _kind(Layer.UNIT, 0, "opener"),
    "address-line": _kind(Layer.UNIT, 1, "address"),
    "dateline": _kind(Layer.UNIT, 1, "opener closer"),
    "salute": _kind(Layer.UNIT, 1, "opener closer"),
    "signed": _kind(Layer.UNIT, 1, "closer"),
    "seg": _kind(Layer.UNIT, 2, "opener closer"),
    "label": _kind(Layer.UNIT, 2, "paragraph item ab"),
    "sentence": _kind(Layer.UNIT, 3, "paragraph item cell ab"),
    # What a phrase is.
    "archival-reference": _kind(Layer.PHRASE, 1),
    "idno": _kind(Layer.PHRASE, 2),
    "gloss": _kind(Layer.PHRASE, 3),
    "supplied": _kind(Layer.PHRASE, 3),
    "expan": _kind(Layer.PHRASE, 3),
    "abbr": _kind(Layer.PHRASE, 4, "expan"),
    "ex": _kind(Layer.PHRASE, 4, "expan"),
    "foreign": _kind(Layer.PHRASE, 5),
    "date": _kind(Layer.PHRASE, 5),
    "measure": _kind(Layer.PHRASE, 5),
    "num": _kind(Layer.PHRASE, 5),
    "organisation": _kind(Layer.PHRASE, 6),
    "place": _kind(Layer.PHRASE, 6),
    "military-unit": _kind(Layer.PHRASE, 5),
    "person": _kind(Layer.PHRASE, 6),
    "description": _kind(Layer.PHRASE, 6),
    "hi": _kind(Layer.PHRASE, 7),
    # Kinds beside whose text a reading of ours stands, in their attribute `reading`.
    "abbreviation": _kind(Layer.PHRASE, 8),
    "error": _kind(Layer.PHRASE, 8),
    # Signs: of the original sheet, and of the capture's carrier.
    "furniture": _kind(Layer.SIGN, 0),
    "stamp": _kind(Layer.SIGN, 1, "furniture"),
    "date-in-stamp": _kind(Layer.SIGN, 4, "stamp"),
    "omission": _kind(Layer.SIGN, 1),
    "weak-hyphen": _kind(Layer.SIGN, 1),
    "sheet-break": _kind(Layer.SIGN, 2),
    "dropped": _kind(Layer.SIGN, 3, disposition=Disposition.DROPPED),
}
"""Every kind of span. What a kind becomes in TEI is said in `pipeline.encoding.text`."""

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a capture's text that is something; half-open, in code points. A point has no extent."""

    start: int
    end: int
    kind: str
    attributes: Attributes = ()
    """TEI attributes and, for kinds that add text of ours (`corr`, `expan`), what is added."""
    rule: str = ""
    """Who says so: the recogniser's rule, for the ledger and for `convert -v`."""
    certainty: str = ""
    """"" follows from a rule that leaves no choice; else high, medium, low (ENCODING.md §1.4)."""
    priority: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS or not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.kind} {self.start}–{self.end}")

    @property
    def layer(self) -> Layer:
        return KINDS[self.kind].layer

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute's value."""
        for own, value in self.attributes:
            if own == name:
                return value
        return default

    def with_attributes(self, **values: str) -> Span:
        """Return the same span with attributes added or replaced."""
        return replace(self, attributes=tuple({**dict(self.attributes), **values}.items()))


def span(start: int, end: int, kind: str, rule: str = "", certainty: str = "", **attributes: str) -> Span:
    """Make a span; keyword arguments are its attributes, with a trailing underscore where Python needs one."""
    named = tuple((name.rstrip("_"), value) for name, value in attributes.items() if value)
    return Span(start, end, kind, named, rule, certainty)


@dataclass(frozen=True, slots=True)
class Node:
    """A span in its place in the tree, with what stands in it, in order."""

    span: Span
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The spans of a capture as a forest in the order of the text, and those that found no place."""

    roots: tuple[Node, ...]
    losers: tuple[Span, ...]


def arrange(spans: Iterable[Span]) -> Arrangement:
    """Return spans as a forest; the result does not depend on their order.

    Of two crossing spans of one layer the higher priority, then the longer, then the earlier wins. A span is cut where
    one of an outer layer begins or ends. A span whose parent does not allow it loses, and what it held moves out.
    """
    kept: list[Span] = []
    losers: list[Span] = []
    boundaries: list[int] = []
    by_layer: dict[Layer, list[Span]] = {layer: [] for layer in Layer}
    for candidate in set(spans):
        by_layer[candidate.layer].append(candidate)
    for own in by_layer.values():
        won, lost = _without_crossings(own)
        losers += lost
        pieces = [piece for winner in won for piece in _cut(winner, boundaries)]
        kept += pieces
        boundaries = sorted({*boundaries, *(offset for piece in pieces for offset in (piece.start, piece.end))})
    forest, misplaced = _nest(sorted(kept, key=_outside_in))
    return Arrangement(forest, tuple(sorted([*losers, *misplaced], key=_outside_in)))


def _outside_in(candidate: Span) -> tuple[int, bool, int, int, int, str, Attributes, str, str, int]:
    """Order spans for nesting: points before what opens at the same offset, the outer before the inner."""
    is_extent = candidate.end > candidate.start
    rank = KINDS[candidate.kind].rank
    head = (candidate.start, is_extent, -candidate.end, candidate.layer, rank)
    return (*head, *_identity(candidate))


def _precedence(candidate: Span) -> tuple[int, int, int, int, str, Attributes, str, str, int]:
    rank = KINDS[candidate.kind].rank
    length = candidate.end - candidate.start
    return (-candidate.priority, -length, candidate.start, rank, *_identity(candidate))


def _identity(candidate: Span) -> tuple[str, Attributes, str, str, int]:
    """Return what else tells two spans of one extent apart, so that every order is total."""
    return candidate.kind, candidate.attributes, candidate.rule, candidate.certainty, candidate.priority


def _without_crossings(spans: Iterable[Span]) -> tuple[list[Span], list[Span]]:
    """Part the spans of one layer into those that nest and those that lose."""
    won: list[Span] = []
    lost: list[Span] = []
    for cluster in _clusters(sorted(spans, key=_outside_in)):
        if len(cluster) == 1:
            won += cluster
            continue
        edges: list[tuple[int, int]] = []
        taken: set[tuple[int, int, str]] = set()
        for candidate in sorted(cluster, key=_precedence):
            place = (candidate.start, candidate.end, candidate.kind)
            if place in taken or _crosses_any(candidate, edges):
                lost.append(candidate)
                continue
            won.append(candidate)
            taken.add(place)
            insort(edges, (candidate.start, candidate.end))
            insort(edges, (candidate.end, candidate.start))
    return won, lost


def _clusters(ordered: Sequence[Span]) -> Iterable[list[Span]]:
    """Yield runs of spans that overlap in a chain: no span crosses one of another run."""
    cluster: list[Span] = []
    reach = -1
    for candidate in ordered:
        if cluster and candidate.start >= reach:
            yield cluster
            cluster = []
            reach = -1
        cluster.append(candidate)
        reach = max(reach, candidate.end)
    if cluster:
        yield cluster


def _crosses_any(candidate: Span, edges: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the accepted spans has one edge inside the candidate and the other outside.

    `edges` holds each span twice, from either edge to the other, in order.
    """
    first = bisect_right(edges, (candidate.start, sys.maxsize))
    last = bisect_left(edges, (candidate.end, -1))
    return any(not candidate.start <= other <= candidate.end for _, other in edges[first:last])


def _cut(whole: Span, boundaries: Sequence[int]) -> list[Span]:
    """Return a span in pieces, cut at the boundaries of outer layers that lie inside it.

    Each piece says in `part` of what whole it is, so that encoding can link those that have found a place.
    """
    inside = boundaries[bisect_right(boundaries, whole.start) : bisect_left(boundaries, whole.end)]
    if not inside:
        return [whole]
    attributes = (*whole.attributes, ("part", f"{whole.start}-{whole.end}"))
    edges = itertools.pairwise([whole.start, *inside, whole.end])
    return [replace(whole, start=start, end=end, attributes=attributes) for start, end in edges]


@dataclass(slots=True)
class _Open:
    """A node whose end has not been reached yet."""

    span: Span
    children: list[Node] = field(default_factory=list)


def _nest(ordered: Sequence[Span]) -> tuple[tuple[Node, ...], list[Span]]:
    """Return properly nested spans, in the order outside-in, as a forest, and those that their parent refuses."""
    roots: list[Node] = []
    stack: list[_Open] = []
    misplaced: list[Span] = []

    def close(offset: int) -> None:
        while stack and stack[-1].span.end <= offset:
            done = stack.pop()
            (stack[-1].children if stack else roots).append(Node(done.span, tuple(done.children)))

    for candidate in ordered:
        close(candidate.start)
        if _allowed(candidate, stack):
            stack.append(_Open(candidate))
        else:
            misplaced.append(candidate)
        if candidate.start == candidate.end:
            close(candidate.end)
    close(max((opened.span.end for opened in stack), default=0))
    return tuple(roots), misplaced


def _allowed(candidate: Span, stack: Sequence[_Open]) -> bool:
    parent = stack[-1].span.kind if stack else "text"
    parents = KINDS[candidate.kind].parents
    if parents:
        return parent in parents
    if candidate.layer is Layer.SIGN:
        return parent not in {"field", "dropped"}
    return parent not in {"text", "field", "furniture", "dropped", *_ELEMENTS_ONLY}


_ELEMENTS_ONLY = frozenset(kind for kind in _MESSAGE.split()) | {"postscript", "list", "table", "row", "address"}
"""Kinds in which phrases may not stand directly: TEI allows only elements there."""

"""Turn the laws of spans into tests: whatever recognisers find, the tree over a capture is well formed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pipeline.annotation.spans import KINDS, Layer, Node, Span, arrange, span
from pipeline.encoding.text import ELEMENTS

LENGTH = 24
"""Characters of the text over which random spans lie; short, so that they cross, nest and meet often."""

REASONS = ("chrome", "label", "rule")


@some.composite
def random_spans(draw: some.DrawFn, length: int = LENGTH, kinds: Iterable[str] = tuple(KINDS)) -> Span:
    """Return any span over a text of this length, with what its kind cannot do without."""
    kind = draw(some.sampled_from(sorted(kinds)))
    start = draw(some.integers(0, length))
    end = draw(some.integers(start, length))
    attributes = {
        "field": (("name", "title"),),
        "dropped": (("reason", draw(some.sampled_from(REASONS))),),
        "witness": (("type", "original"), ("lang", "ru")),
        "embedded": (("n", "m2"),),
    }.get(kind, ())
    rule, certainty = draw(some.sampled_from(["one", "other"])), draw(some.sampled_from(["", "low", "high"]))
    return Span(start, end, kind, attributes, rule, certainty, draw(some.integers(0, 2)))


many_spans = some.lists(random_spans(), max_size=24)


def walk(nodes: Iterable[Node], parent: str = "text") -> Iterator[tuple[Node, str]]:
    """Yield every node of a forest with the kind of its parent."""
    for node in nodes:
        yield node, parent
        yield from walk(node.children, node.span.kind)


def whole_of(found: Span) -> tuple[int, int]:
    """Return the extent of the span that a piece was cut from."""
    start, _, end = (found.get("part") or f"{found.start}-{found.end}").partition("-")
    return int(start), int(end)


def order_law(spans: list[Span], shuffled: list[Span]) -> None:
    assert arrange(spans) == arrange(shuffled)


def nesting_law(spans: list[Span]) -> None:
    for node, parent in walk(arrange(spans).roots):
        allowed = KINDS[node.span.kind].parents
        assert not allowed or parent in allowed, f"{node.span.kind} in {parent}"
        assert allowed or parent not in {"field", "dropped"}, f"{node.span.kind} in {parent}"
        reached = node.span.start
        for child in node.children:
            assert reached <= child.span.start <= child.span.end <= node.span.end
            reached = child.span.end


@given(many_spans, some.data())
def test_law_the_order_of_recognisers_changes_nothing(spans: list[Span], data: some.DataObject) -> None:
    order_law(spans, data.draw(some.permutations(spans)))


@given(many_spans)
def test_law_every_node_stands_where_its_kind_may_and_siblings_do_not_overlap(spans: list[Span]) -> None:
    nesting_law(spans)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(many_spans, some.data())
def test_law_order_and_nesting_hold_for_thousands(spans: list[Span], data: some.DataObject) -> None:
    order_law(spans, data.draw(some.permutations(spans)))
    nesting_law(spans)


@given(many_spans)
def test_law_every_span_has_its_place_or_is_noted_as_a_loser(spans: list[Span]) -> None:
    arrangement = arrange(spans)
    placed = {(*whole_of(node.span), node.span.kind) for node, _ in walk(arrangement.roots)}
    lost = {(*whole_of(loser), loser.kind) for loser in arrangement.losers}
    assert {(one.start, one.end, one.kind) for one in spans} == placed | lost


@given(many_spans)
def test_law_the_pieces_of_a_cut_span_make_it_up_without_gaps(spans: list[Span]) -> None:
    arrangement = arrange(spans)
    found = [*(node.span for node, _ in walk(arrangement.roots)), *arrangement.losers]
    pieces: dict[object, list[Span]] = {}
    for piece in found:
        if piece.get("part"):
            key = (piece.kind, piece.attributes, piece.rule, piece.priority)
            pieces.setdefault(key, []).append(piece)
    for group in pieces.values():
        ordered = sorted(group, key=lambda piece: piece.start)
        start, end = whole_of(ordered[0])
        assert [one.start for one in ordered] == [start, *(one.end for one in ordered[:-1])]
        assert ordered[-1].end == end


def tree(nodes: Iterable[Node]) -> str:
    """Return a forest as one line: `paragraph(date idno)`."""
    return " ".join(
        node.span.kind + (f"({tree(node.children)})" if node.children else "")
        for node in nodes
    )  # fmt: skip


def in_paragraph(*spans: Span) -> str:
    """Return what becomes of spans inside a paragraph of thirty characters."""
    frame = [span(0, 30, "witness"), span(0, 30, "paragraph")]
    return tree(arrange([*frame, *spans]).roots).removeprefix("witness(paragraph").removesuffix(")")


def test_the_higher_priority_wins_a_crossing() -> None:
    weak, strong = Span(0, 9, "gloss"), Span(8, 12, "date", priority=1)
    assert arrange([span(0, 30, "witness"), span(0, 30, "paragraph"), weak, strong]).losers == (weak,)


def test_the_longer_wins_a_crossing_of_equal_priority() -> None:
    long, short = span(0, 9, "gloss"), span(8, 12, "date")
    assert arrange([span(0, 30, "witness"), span(0, 30, "paragraph"), short, long]).losers == (short,)


def test_the_earlier_wins_a_crossing_of_equals() -> None:
    early, late = span(0, 9, "date"), span(8, 17, "gloss")
    assert arrange([span(0, 30, "witness"), span(0, 30, "paragraph"), late, early]).losers == (late,)


def test_the_same_found_twice_stands_once() -> None:
    assert in_paragraph(span(1, 5, "date", "one-rule"), span(1, 5, "date", "another-rule")) == "(date)"


def test_equal_extents_nest_by_rank() -> None:
    assert in_paragraph(span(1, 5, "hi"), span(1, 5, "gloss"), span(1, 5, "date")) == "(gloss(date(hi)))"


def test_at_one_offset_what_ends_closes_then_points_stand_then_what_begins_opens() -> None:
    break_ = span(5, 5, "sheet-break")
    assert in_paragraph(span(5, 9, "date"), break_, span(1, 5, "gloss")) == "(gloss sheet-break date)"


def test_a_phrase_that_crosses_a_block_is_cut_and_its_pieces_know_the_whole() -> None:
    frame = [span(0, 20, "witness"), span(0, 10, "paragraph"), span(10, 20, "paragraph")]
    roots = arrange([*frame, span(5, 15, "person")]).roots
    assert tree(roots) == "witness(paragraph(person) paragraph(person))"
    assert [node.span.get("part") for node, _ in walk(roots) if node.span.kind == "person"] == ["5-15", "5-15"]


def test_a_name_runs_across_a_sheet_break_as_one() -> None:
    turn = [span(5, 9, "furniture"), span(9, 9, "sheet-break")]
    assert in_paragraph(span(2, 14, "person"), *turn) == "(person(furniture sheet-break))"


def test_what_a_parent_does_not_allow_loses_and_what_it_held_moves_out() -> None:
    stray = span(0, 9, "signed")
    arrangement = arrange([span(0, 30, "witness"), span(0, 30, "paragraph"), stray, span(2, 6, "date")])
    assert arrangement.losers == (stray,)
    assert tree(arrangement.roots) == "witness(paragraph(date))"


def test_no_phrase_stands_in_a_field_or_outside_a_witness() -> None:
    assert tree(arrange([span(0, 9, "field"), span(2, 4, "date"), span(12, 14, "date")]).roots) == "field"


@pytest.mark.parametrize(("start", "end", "kind"), [(3, 2, "date"), (-1, 2, "date"), (0, 2, "letter")])
def test_what_is_no_span_cannot_be_made(start: int, end: int, kind: str) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end, kind)


def test_an_attribute_without_value_is_absent_and_one_can_be_added() -> None:
    found = span(0, 2, "date", "rule", when="1950", notBefore="")
    assert found.attributes == (("when", "1950"),)
    assert found.with_attributes(when="1951", ana="x").attributes == (("when", "1951"), ("ana", "x"))


def test_every_parent_in_the_table_is_a_kind_of_the_same_layer_or_one_further_out() -> None:
    for name, kind in KINDS.items():
        for parent in kind.parents - {"text"}:
            assert KINDS[parent].layer <= kind.layer, f"{name} in {parent}"
            same = KINDS[parent].layer is kind.layer
            assert not same or kind.layer is Layer.DIVISION or KINDS[parent].rank <= kind.rank, f"{name} in {parent}"


def test_every_kind_that_stays_text_has_an_element_and_no_other() -> None:
    assert KINDS.keys() - ELEMENTS.keys() == {"field", "dropped"}
    assert ELEMENTS.keys() <= KINDS.keys()

"""Turn the laws of the ledger into tests: every character of a capture has exactly one disposition."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pipeline.annotation.ledger import WHITE_SPACE, Entry, dropped_share, ledger, strays
from pipeline.annotation.spans import Disposition, Node, Span, arrange, span
from pipeline.tei import FORBIDDEN
from tests.test_spans import LENGTH, many_spans, random_spans, walk

SPACE = re.compile(f"[{WHITE_SPACE}]")

texts = some.text(
    some.sampled_from("аб .\n\t\x0b\x0c\u00a0\u00ad\u200b\x01\x1f\ufffe\ud800"), min_size=LENGTH, max_size=40
)
"""Texts with all that makes trouble: no-break spaces, soft hyphens, what XML forbids, half a surrogate."""


def dispositions(text: str, spans: list[Span]) -> list[tuple[str, str]]:
    """Return each stretch of a text with what becomes of it."""
    return [(text[one.start : one.end], str(one.disposition)) for one in ledger(text, arrange(spans).roots)]


def partition_law(text: str, spans: list[Span]) -> None:
    """Hold that the entries follow one another without gap from the first character to the last."""
    entries = ledger(text, arrange(spans).roots)
    assert [entry.start for entry in entries] == [0, *(entry.end for entry in entries[:-1])]
    assert entries[-1].end == len(text)
    assert all(entry.start < entry.end for entry in entries)


def drop_law(text: str, spans: list[Span]) -> None:
    """Hold that nothing is a field or dropped but what a span in the tree claims, and all that one claims is."""
    roots = arrange(spans).roots
    claimed: dict[int, Disposition] = {}
    for node, _ in walk(roots):
        if node.span.kind in {"field", "dropped"}:
            claimed |= {place: Disposition(node.span.kind) for place in range(node.span.start, node.span.end)}
    for entry in ledger(text, roots):
        for place in range(entry.start, entry.end):
            assert entry.disposition is claimed.get(place, unclaimed(text[place])), (place, text[place])


def unclaimed(character: str) -> Disposition:
    """Return what becomes of a character that no span claims."""
    if SPACE.match(character):
        return Disposition.SPACE
    return Disposition.REPRESENTED if FORBIDDEN.match(character) else Disposition.TEXT


@given(texts, many_spans)
def test_law_the_ledger_is_an_ordered_partition_of_the_text(text: str, spans: list[Span]) -> None:
    partition_law(text, spans)


@given(texts, many_spans)
def test_law_what_nobody_claims_is_text_and_never_dropped(text: str, spans: list[Span]) -> None:
    drop_law(text, spans)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(texts, many_spans)
def test_law_partition_and_drop_hold_for_thousands(text: str, spans: list[Span]) -> None:
    partition_law(text, spans)
    drop_law(text, spans)


def test_white_space_is_unicode_s_white_space() -> None:
    separators = {
        chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in {"Zs", "Zl", "Zp"}
    }
    controls = set("\t\n\x0b\x0c\r\x85")
    assert {chr(code) for code in range(sys.maxunicode + 1) if SPACE.match(chr(code))} == separators | controls


@pytest.mark.parametrize("character", ["\u00ad", "\u200b", "\ufeff", "\u2060", "\u180e"])
def test_a_character_that_only_looks_like_space_is_text(character: str) -> None:
    assert dispositions(f"a{character}", []) == [(f"a{character}", "text")]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x1c", "\x1f", "\ufffe", "\uffff", "\ud800", "\udfff"])
def test_a_character_that_xml_forbids_is_represented(character: str) -> None:
    assert dispositions(f"a{character}b", []) == [("a", "text"), (character, "represented"), ("b", "text")]


def test_white_space_and_forbidden_characters_inside_a_field_are_the_field_s() -> None:
    field = span(1, 5, "field", name="title")
    assert dispositions("aб \x01вa", [field]) == [("a", "text"), ("б \x01в", "field"), ("a", "text")]


def test_what_is_dropped_inside_furniture_is_dropped_and_the_rest_stays() -> None:
    spans = [
        span(0, 9, "witness"),
        span(0, 9, "paragraph"),
        span(2, 7, "furniture"),
        span(3, 5, "dropped", reason="rule"),
    ]
    assert dispositions("ab123==cd", spans) == [("ab1", "text"), ("23", "dropped"), ("==cd", "text")]


def test_an_entry_says_the_field_s_name_and_why_it_was_dropped() -> None:
    spans = [span(0, 2, "field", name="title"), span(2, 4, "dropped", reason="label")]
    assert ledger("abcd", arrange(spans).roots) == (
        Entry(0, 2, Disposition.FIELD, "title"),
        Entry(2, 4, Disposition.DROPPED, "label"),
    )


def test_an_empty_text_has_an_empty_ledger() -> None:
    assert ledger("", ()) == ()


def test_claims_that_overlap_are_counted_once() -> None:
    nodes = [Node(span(0, 4, "field", name="title")), Node(span(2, 6, "dropped", reason="label"))]
    assert [(one.start, one.end) for one in ledger("abcdef", nodes)] == [(0, 4), (4, 6)]


def test_the_share_of_what_was_dropped_leaves_out_white_space_and_other_divisions() -> None:
    text = "abc=   \n === rest"
    witness, drop = span(0, 8, "witness"), span(3, 5, "dropped", reason="rule")
    assert dropped_share(text, [witness], [drop]) == 0.25
    assert dropped_share(text, [witness], []) == 0.0
    assert dropped_share(text, [], []) == 0.0


def test_text_outside_all_witnesses_and_fields_is_a_stray_from_its_first_word_to_its_last() -> None:
    text = " ab  c  FIELD = d \n"
    roots = arrange([span(8, 13, "field", name="title"), span(14, 15, "dropped", reason="rule")]).roots
    assert [text[start:end] for start, end in strays(text, roots)] == ["ab  c", "d"]


@given(texts, some.lists(random_spans(kinds=("field", "dropped", "witness")), max_size=6))
def test_law_every_word_stands_under_a_root_or_in_a_stray(text: str, spans: list[Span]) -> None:
    roots = arrange(spans).roots
    extents = [(node.span.start, node.span.end) for node in roots]
    found = strays(text, roots)
    for place, character in enumerate(text):
        in_root = any(start <= place < end for start, end in extents)
        in_stray = any(start <= place < end for start, end in found)
        assert not (in_root and in_stray)
        assert in_root or in_stray or SPACE.match(character)

"""Brackets in documents: the pairs in `pairs/brackets.txt`, and what holds for every bracket."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.annotation.brackets import find_brackets
from pipeline.annotation.readings import read_stretch
from pipeline.annotation.spans import Span

PAIRS = Path(__file__).parent / "pairs" / "brackets.txt"
VOICE = "#translator"


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, text, *expected = block.splitlines()
        yield title, text, [] if expected == ["none"] else expected


def find(text: str, language: str = "en", *, names: bool = False) -> list[Span]:
    return find_brackets(read_stretch(text, 0, len(text)), language, VOICE, names_persons=names)


def as_line(text: str, found: Span) -> str:
    told = " ".join(value for _, value in found.attributes)
    return f"{text[found.start : found.end]} | {found.kind} | {told}".rstrip(" |")


@pytest.mark.parametrize(("title", "text", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_a_bracket_is_read_as_the_pair_says(title: str, text: str, expected: list[str]) -> None:
    language, *names = title.rpartition(" | ")[2].split()
    assert [as_line(text, found) for found in find(text, language, names=bool(names))] == expected


texts = some.lists(
    some.sampled_from(["[a", "[A", "]", "[...]", "[and]", "[1 May 1951]", "word", "WORD", "No. 1", " ", " ", "."]),
    max_size=16,
).map("".join)


@given(texts, some.sampled_from(["en", "ru"]), some.booleans())
def test_law_brackets_stay_inside_what_is_made_of_them(text: str, language: str, names: bool) -> None:
    for found in find(text, language, names=names):
        inside = text[found.start : found.end]
        if found.kind in {"gloss", "supplied", "omission", "ex"}:
            assert inside[0] == "["
            assert inside[-1] == "]"
            assert inside.count("[") == inside.count("]") == 1
        if found.kind in {"gloss", "supplied"}:
            assert found.get("resp") == VOICE


@given(texts, some.booleans())
def test_law_no_bracket_is_two_things(text: str, names: bool) -> None:
    outer = [found for found in find(text, names=names) if found.kind not in {"foreign", "abbr", "ex"}]
    extents = sorted((found.start, found.end) for found in outer)
    assert all(end <= start for (_, end), (start, _) in pairwise(extents))


def test_a_bracket_that_runs_over_a_line_is_one() -> None:
    text = "the CC [Central\n   Committee] met"
    (found,) = find(text)
    assert text[found.start : found.end] == "[Central\n   Committee]"
    assert found.get("type") == "expansion"

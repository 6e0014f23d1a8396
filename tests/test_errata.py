"""Apparent errors in documents: the pairs in `pairs/errata.txt`, and what holds for every error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.annotation.errata import ApparentError, find_errors
from pipeline.annotation.suggestions import occurrence_at

ROOT = Path(__file__).parents[1]
PAIRS = Path(__file__).parent / "pairs" / "errata.txt"


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, text, *expected = block.splitlines()
        yield title, text, [] if expected == ["none"] else expected


def as_line(text: str, found: ApparentError) -> str:
    readings = ", ".join(candidate.value for candidate in found.candidates)
    return f"{text[found.start : found.end]} | {found.certainty or 'proposal'} | {readings}"


@pytest.mark.parametrize(("title", "text", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_an_error_is_found_as_the_pair_says(title: str, text: str, expected: list[str]) -> None:
    language, *form = title.rpartition(" | ")[2].split()
    assert [as_line(text, found) for found in find_errors(text, language, is_form=bool(form))] == expected


@given(some.text(alphabet="абвгдеПЛBOA -.ьъ the", max_size=60), some.sampled_from(["ru", "en", "zh"]))
def test_law_a_correction_is_never_what_stands_there(text: str, tag: str) -> None:
    for found in find_errors(text, tag):
        assert 0 <= found.start < found.end <= len(text)
        assert found.correction != text[found.start : found.end]


def test_occurrences_are_counted_from_one() -> None:
    assert [occurrence_at("на на на", start, 2) for start in (0, 3, 6)] == [1, 2, 3]

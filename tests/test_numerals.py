"""Numbers in documents: the pairs in `pairs/numerals.txt`, and what holds for every number."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.annotation.numerals import Numeral, find_numerals
from pipeline.languages import language, languages

PAIRS = Path(__file__).parent / "pairs" / "numerals.txt"

numbers = some.integers(2, 999_999_999)


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, text, *expected = block.splitlines()
        yield title, text, [] if expected == ["none"] else expected


def as_line(text: str, found: Numeral) -> str:
    value = found.value if found.value is not None else f"{found.at_least}..{found.at_most}"
    told = " ".join(filter(None, (found.rule, "ordinal" if found.is_ordinal else "", found.certainty)))
    return f"{text[found.start : found.end]} | {value} | {told}"


@pytest.mark.parametrize(("title", "text", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_a_number_is_read_as_the_pair_says(title: str, text: str, expected: list[str]) -> None:
    assert [as_line(text, found) for found in find_numerals(text, title.rpartition(" | ")[2])] == expected


@given(numbers, some.sampled_from([".", ",", " ", "\u00a0", ""]), some.sampled_from(["ru", "en"]))
def test_law_a_number_in_figures_is_read_whole_however_it_is_grouped(value: int, sign: str, tag: str) -> None:
    text = f"{value:,}".replace(",", sign)
    (found,) = find_numerals(f"of {text} men", tag)
    assert (found.start, found.end, found.value) == (3, 3 + len(text), value)


@given(some.text(alphabet="0123456789.,- \nпятьшестьдв тысячиfiveandhundredth", max_size=80))
def test_law_numbers_lie_in_the_text_in_order_and_apart(text: str) -> None:
    for tag in ("ru", "en"):
        found = find_numerals(text, tag)
        assert all(0 <= one.start < one.end <= len(text) and one.at_least <= one.at_most for one in found)
        assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("code", languages())
def test_every_cardinal_of_a_language_is_read_as_its_number(code: str) -> None:
    for number, forms in language(code).tables["numerals"]["cardinals"].items():
        for form in forms:
            assert [str(found.value) for found in find_numerals(form, code)] == [number], form

"""Abbreviations in documents: the pairs in `pairs/abbreviations.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.annotation.abbreviations import Abbreviation, find_abbreviations

PAIRS = Path(__file__).parent / "pairs" / "abbreviations.txt"


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, text, *expected = block.splitlines()
        yield title, text, [] if expected == ["none"] else [line.rstrip() for line in expected]


def as_line(text: str, found: Abbreviation) -> str:
    return f"{text[found.start : found.end]} | {found.expansion} | {found.certainty}".rstrip()


@pytest.mark.parametrize(("title", "text", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_an_abbreviation_is_written_out_as_the_pair_says(title: str, text: str, expected: list[str]) -> None:
    language, *addressed = title.rpartition(" | ")[2].split()
    assert [as_line(text, one) for one in find_abbreviations(text, language, is_addressed=bool(addressed))] == expected

"""Other messages of which documents speak: the pairs in `pairs/references.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.annotation.dating import DateContext
from pipeline.annotation.references import MessageReference, find_references

PAIRS = Path(__file__).parent / "pairs" / "references.txt"


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, text, *expected = block.splitlines()
        yield title, text, [] if expected == ["none"] else expected


def as_line(text: str, found: MessageReference) -> str:
    day = found.date.value if found.date else ""
    name = text[slice(*found.name)] if found.name else ""
    told = " ".join(filter(None, (day, found.number, name)))
    return f"{text[found.start : found.end]} | {found.type} | {told}"


@pytest.mark.parametrize(("title", "text", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_a_reference_is_read_as_the_pair_says(title: str, text: str, expected: list[str]) -> None:
    language, document = title.rpartition(" | ")[2].split()
    assert [as_line(text, found) for found in find_references(text, language, DateContext(document))] == expected


words = some.lists(
    some.sampled_from(["Ваша", "телеграмма", "от", "1.10.50 г.", "№ 12", "я", "послал", "Мао", "7 октября", ".", "\n"]),
    max_size=12,
).map(" ".join)


@given(words)
def test_law_references_lie_in_the_text_and_their_parts_in_them(text: str) -> None:
    for found in find_references(text, "ru", DateContext("1950-10-08")):
        assert 0 <= found.start < found.end <= len(text)
        assert found.number in text[found.start : found.end]
        assert found.date is None or found.start <= found.date.start < found.date.end <= found.end
        assert found.name is None or found.start <= found.name[0] < found.name[1] <= found.end

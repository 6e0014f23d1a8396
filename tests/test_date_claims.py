"""What a capture says of its document's date in several places: the seeds, and captures changed for the purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.annotation.recognition import recognise
from pipeline.captures.capture import Seed
from pipeline.captures.reading import read_captures

SEEDS = Path(__file__).parents[1] / "seeds"
SHEETS = Path(__file__).parent / "cases" / "captures"


def contradicting(seed: str, before: str = "", after: str = "") -> list[tuple[str, str]]:
    """The texts that contradict each other in a seed, in which something may have been replaced."""
    (path,) = SEEDS.glob(f"{seed}_*")
    text = path.read_text(encoding="utf-8")
    assert before in text
    (capture,) = read_captures(Seed(path.name, text.replace(before, after, 1).encode())).captures
    return [(one.text, other.text) for one, other in recognise(capture).contradictions]


def test_a_page_filed_under_the_day_of_receipt_contradicts_the_signature() -> None:
    assert contradicting("004") == [("26.1.51г.", "January 27, 1951")]


@pytest.mark.parametrize("seed", ["000", "001", "002", "003"])
def test_places_that_agree_contradict_nothing(seed: str) -> None:
    assert contradicting(seed) == []


def test_the_signatures_of_original_and_translation_are_compared() -> None:
    assert contradicting("000", "1 October 1950\n Telegram", "2 October 1950\n Telegram") == [
        ("1 октября 1950 г.", "2 October 1950")
    ]


def test_a_citation_is_compared_without_its_title() -> None:
    changed = contradicting("002", 'Peking", July 13, 1950,', 'Peking", July 14, 1950,')
    assert changed == [("13 July 1950", "July 14, 1950")]


def test_a_title_that_ends_in_a_date_is_compared() -> None:
    changed = contradicting("003", "Штыкову 8 октября 1950 года", "Штыкову 9 октября 1950 года")
    assert changed == [("October 8, 1950", "9 октября 1950 года")]


def test_the_date_of_a_record_that_is_set_in_two_columns_is_one() -> None:
    """`Date: 3 June` and, below it, `1949`: an invented sheet."""
    content = (SHEETS / "sheet-with-two-columns" / "input.txt").read_text(encoding="utf-8")
    dated = content.replace("Conversation on Boats", "Conversation on Boats, 4 June 1949")
    for text, disagreeing in ((content, []), (dated, [("4 June 1949", "3 June 1949")])):
        (capture,) = read_captures(Seed("sheet.txt", text.encode())).captures
        found = recognise(capture)
        assert found.date == "1949-06-03"
        assert [(one.text, other.text) for one, other in found.contradictions] == disagreeing

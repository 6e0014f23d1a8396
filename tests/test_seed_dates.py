"""Every date in the seeds, listed by hand in `pairs/dates_of_seeds.txt`: found with its value, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.annotation.recognition import recognise
from pipeline.annotation.spans import Span
from pipeline.captures.capture import read_seed
from pipeline.captures.reading import read_captures

ROOT = Path(__file__).parents[1]
PAIRS = Path(__file__).parent / "pairs" / "dates_of_seeds.txt"


def blocks() -> list[tuple[str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    return [(block.splitlines()[0], block.splitlines()[1:]) for block in found]


def as_line(text: str, date: Span) -> str:
    value = date.get("when-iso") or date.get("when") or f"{date.get('notBefore')}..{date.get('notAfter')}"
    doubt = f" | {date.certainty}" if date.certainty else ""
    return f"{' '.join(text[date.start : date.end].split())} | {value}{doubt}"


@pytest.mark.parametrize(("seed", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_the_dates_of_a_seed_are_found_with_their_values_and_no_others(seed: str, expected: list[str]) -> None:
    (capture,) = read_captures(read_seed(ROOT / "seeds" / seed, seed)).captures
    dates = [found for found in recognise(capture).spans if found.kind in {"date", "date-in-stamp"}]
    assert [as_line(capture.text, date) for date in sorted(dates, key=lambda date: date.start)] == expected


def test_the_five_seeds_have_forty_five_dates() -> None:
    assert sum(len(expected) for _, expected in blocks()) == 45

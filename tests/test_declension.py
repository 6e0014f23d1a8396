"""Cases of Russian names: the pairs in `pairs/declension.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.authorities.declension import person_cases, phrase_cases

PAIRS = Path(__file__).parent / "pairs" / "declension.txt"
LINES = PAIRS.read_text(encoding="utf-8").strip().partition("\n\n")[2].splitlines()


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.partition(" |")[0])
def test_a_name_has_the_cases_of_its_pair(line: str) -> None:
    name, gender, cases = line.split(" | ")
    found = phrase_cases(name) if gender == "phrase" else person_cases(name.split(), gender)
    assert ", ".join(found) == ("" if cases == "-" else cases)

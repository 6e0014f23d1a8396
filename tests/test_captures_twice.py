"""Turn two captures of one document without a record id into one warning, and two documents into none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.conversion import convert
from pipeline.edition import Edition
from pipeline.founding import found_edition

CASES = Path(__file__).parent / "cases" / "captures"
TELEGRAM = (CASES / "transcript-with-title-and-date" / "input.txt").read_text(encoding="utf-8")


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return found_edition(tmp_path / "edition", "Invented", "2026-01-01")


def warnings_after(edition: Edition, second: str) -> list[tuple[str, str]]:
    (edition.seeds / "a.txt").write_text(TELEGRAM, encoding="utf-8")
    (edition.seeds / "b.txt").write_text(second, encoding="utf-8")
    found = convert(edition, jobs=1).outcome.problems
    return [(one.file, dict(one.arguments)["other"]) for one in found if one.code == "E021"]


def test_two_captures_of_one_telegram_are_told_in_every_run(edition: Edition) -> None:
    nearly = TELEGRAM.replace("the train will come", "that train will come")
    assert nearly != TELEGRAM
    first = warnings_after(edition, nearly)
    assert sorted(first[0]) == ["seeds/a.txt", "seeds/b.txt"]
    assert warnings_after(edition, nearly) == first


def test_two_telegrams_of_one_day_are_two(edition: Edition) -> None:
    other = TELEGRAM.replace("Прошу сообщить, когда придет поезд.", "Хлеб, о котором Вы писали, получен вчера вечером.")
    other = other.replace(
        "I ask you to report when the train will come.", "The bread of which you wrote came yesterday."
    )
    assert warnings_after(edition, other) == []

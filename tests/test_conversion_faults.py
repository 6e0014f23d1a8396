"""A fault of the program on one seed is told as that seed's problem, and the others are converted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.conversion import convert, seeds
from pipeline.edition import Edition
from pipeline.founding import found_edition
from pipeline.problems import ExitCode, as_text, exit_code

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    founded = found_edition(tmp_path / "edition", "Invented", "2026-01-01")
    for seed in sorted((ROOT / "seeds").iterdir())[:2]:
        shutil.copy(seed, founded.seeds / seed.name)
    return founded


def test_a_fault_on_one_seed_does_not_stop_the_others(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = seeds.convert_seed
    failing, sound = sorted(edition.seeds.iterdir())

    def sometimes(path: Path, *others: object) -> seeds.ConvertedSeed:
        if path == failing:
            raise ValueError("unforeseen")
        return whole(path, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(seeds, "convert_seed", sometimes)
    outcome = convert(edition, jobs=1).outcome
    assert outcome.made == 1
    told = [as_text(found) for found in outcome.problems if found.code == "E020"]
    assert len(told) == 1
    assert failing.name in told[0]
    assert "ValueError: unforeseen" in told[0]
    assert exit_code(outcome.problems) is ExitCode.UNREADABLE
    monkeypatch.undo()
    assert convert(edition, jobs=1).outcome.made == 1, "the next run takes up what failed"
    assert sound.is_file()

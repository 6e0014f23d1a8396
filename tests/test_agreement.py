"""Turn counts into tests: a noun agrees with its number in English and Russian."""

from __future__ import annotations

import tomllib

import pytest

from pipeline.agreement import filled
from pipeline.problems import TEXTS
from tests.tei_all import CLONE


@pytest.mark.parametrize(
    ("number", "english", "russian"),
    [
        (0, "0 files", "0 файлов"),
        (1, "1 file", "1 файл"),
        (2, "2 files", "2 файла"),
        (5, "5 files", "5 файлов"),
        (11, "11 files", "11 файлов"),
        (12, "12 files", "12 файлов"),
        (21, "21 files", "21 файл"),
        (24, "24 files", "24 файла"),
        (111, "111 files", "111 файлов"),
        (1002, "1002 files", "1002 файла"),
    ],
)
def test_a_noun_agrees_with_its_number(number: int, english: str, russian: str) -> None:
    assert filled("{count:file|files}", {"count": number}) == english
    assert filled("{count:файл|файла|файлов}", {"count": str(number)}) == russian


def test_a_value_that_is_no_count_stands_as_it_is() -> None:
    assert filled("{id}: {path:>6}", {"id": "p1", "path": "a"}) == "p1:      a"


def test_a_noun_beside_a_number_has_two_forms_in_english_and_three_in_russian() -> None:
    files = [CLONE / "pipeline" / "wording.toml", *TEXTS.glob("*.toml")]
    for language, sentence in (pair for path in files for pair in sentences(tomllib.loads(path.read_text("utf-8")))):
        for placeholder in (part.partition("}")[0] for part in sentence.split("{")[1:]):
            if "|" in placeholder:
                assert placeholder.count("|") == {"en": 1, "ru": 2}[language], sentence


def sentences(table: dict[str, object]) -> list[tuple[str, str]]:
    """Return every sentence of a table of words with its language."""
    found = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += sentences(value)
        elif key[-2:] in ("en", "ru"):
            found.append((key[-2:], str(value)))
    return found

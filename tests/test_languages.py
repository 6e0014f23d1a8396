"""The words of each language: that every file is whole, and that its forms are unambiguous."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.languages import LanguageUnknown, alternatives, is_known, language, languages, read_language
from pipeline.problems import ExitCode


@pytest.mark.parametrize("code", languages())
def test_a_language_names_itself_in_every_interface_language(code: str) -> None:
    assert set(language(code).names) >= {"en", "ru"}


@pytest.mark.parametrize("code", languages())
def test_a_language_has_all_twelve_months(code: str) -> None:
    assert set(language(code).months.values()) == set(range(1, 13))


def test_a_month_is_known_in_its_cases_and_abbreviated() -> None:
    months = language("ru").months
    assert [months[form] for form in ("октябрь", "октября", "октябре", "окт", "мая", "мае")] == [10, 10, 10, 10, 5, 5]


def test_a_script_or_region_after_a_language_changes_nothing() -> None:
    assert language("ru-Latn") is language("ru")
    assert language("en-GB") is language("en")


def test_a_language_without_data_is_refused_by_name() -> None:
    assert not is_known("hu")
    with pytest.raises(LanguageUnknown, match="'hu'") as refused:
        language("hu")
    assert refused.value.exit_code is ExitCode.MISSING


def test_a_form_that_stands_for_two_months_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "xx.toml"
    file.write_text('script = "Latn"\n[names]\n[months]\n"1" = ["ma"]\n"2" = ["ma"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match="ma stands for two months"):
        read_language(file)


def test_tables_of_other_recognisers_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "xx.toml"
    file.write_text('script = "Latn"\n[names]\n[salutes]\nopening = ["Dear"]\n', encoding="utf-8")
    found = read_language(file)
    assert (found.code, found.tables["salutes"]["opening"]) == ("xx", ["Dear"])


def test_of_two_words_the_longer_is_found_first_and_its_space_may_be_any() -> None:
    pattern = re.compile(alternatives(["this", "this year"]))
    assert [match[0] for match in pattern.finditer("this\u00a0year, this")] == ["this\u00a0year", "this"]
    assert re.search(alternatives([]), "anything") is None

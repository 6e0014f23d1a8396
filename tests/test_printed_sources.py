"""Printed sources: what is read of books, volumes and periodicals, and what is left."""

from __future__ import annotations

import pytest

from pipeline.annotation.printed_sources import PrintedSource, find_printed_sources


def only(text: str) -> PrintedSource:
    (source,) = find_printed_sources(text)
    assert text[source.start : source.end] == source.text
    return source


@pytest.mark.parametrize(
    "text", ["Вестник. 1996. № 1. С. 132–133.\nАП РФ. Ф. 45. Оп. 1.", "Vestnik, 1996, No. 1, pp. 132-133."]
)
def test_a_periodical_has_year_issue_and_pages(text: str) -> None:
    source = only(text)
    assert source.title in {"Вестник", "Vestnik"}
    assert (source.year, source.issue, source.pages, source.volume) == ("1996", "1", "132-133", "")


def test_a_book_is_read_across_lines_and_its_names_are_not_divided() -> None:
    source = only(
        "Ll. 119. Reprinted in Andrei Ledovskii, Raisa\nMirovitskaia and Vladimir Miasnikov, Sovetsko-Kitaiskie "
        "Otnosheniia, Vol. 5, Book 2, 1946-February\n1950 (Moscow: Pamiatniki Istoricheskoi Mysli, 2005), p. 148. See"
    )
    assert source.title.startswith("Andrei Ledovskii, Raisa Mirovitskaia and")
    assert (source.volume, source.year, source.pages) == ("5", "2005", "148")


@pytest.mark.parametrize(
    ("text", "title", "volume", "pages"),
    [
        ("See Stalin, Works, vol. 18", "Stalin, Works", "18", ""),
        ("SWM Vol. IV, pg.\n                          411-424", "SWM", "IV", "411-424"),
        ("Сталин И. В. Сочинения. Т. 18. С. 33", "Сталин И. В. Сочинения", "18", "33"),
        ("ranks. \nSource: Tom 18\nOctober 8", "", "18", ""),
        ("Том 18\nТелеграмма", "", "18", ""),
    ],
)
def test_a_volume_is_read_without_guessing(text: str, title: str, volume: str, pages: str) -> None:
    source = only(text)
    assert (source.title, source.volume, source.pages, source.year) == (title, volume, pages, "")


def test_a_working_paper_has_its_number() -> None:
    assert only("by David Wolff Working Paper No. 30 pp. 38-39").issue == "30"


@pytest.mark.parametrize(
    "text",
    ["AVPRF, f. 0100, op. 42, ll. 81-85", "File No. JNSG, vol. 21-1.", "Ciphered telegram No. 25199", "в том 18 раз"],
)
def test_other_numbers_are_no_printed_source(text: str) -> None:
    assert find_printed_sources(text) == []

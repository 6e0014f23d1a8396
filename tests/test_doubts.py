"""What recognisers were unsure of reaches the editor, in both languages of messages."""

from __future__ import annotations

import pytest

from pipeline.annotation.dating import DateContext, find_dates
from pipeline.annotation.doubts import date_doubt, shelfmark_doubts
from pipeline.annotation.shelfmarks import find_shelfmarks, parse_shelfmark


@pytest.mark.parametrize(
    ("text", "language", "document", "code", "words"),
    [
        ("31.2.50", "ru", "1950-03-01", "D001", 'there is no day "31.2.50"'),
        ("19 янв 1951 г. 27 1", "ru", "1951-01-27", "D002", "two dates, 1951-01-19 and 1951-01-27"),
        ("On October 10 of this and March 9", "en", "1950-09-20", "D003", '"March 9"'),
        ("в ноябре месяце", "ru", "1950-01-01", "D004", "is taken to be of 1949"),
        ("1/2/51", "en", "1951-01-27", "D005", "1951-01-02 or 1951-02-01"),
    ],
)
def test_a_doubtful_date_is_a_problem(text: str, language: str, document: str, code: str, words: str) -> None:
    *_, found = find_dates(text, language, DateContext(document))
    doubt = date_doubt(found, text, "seeds/1.txt", 3, 1)
    assert doubt is not None
    assert (doubt.code, doubt.line) == (code, 3)
    assert words in doubt.message("en")
    assert doubt.message("ru")
    assert doubt.advice("en") != doubt.advice("ru")


def test_a_date_that_a_rule_decides_is_no_problem() -> None:
    text = "1.X..50 г., 16 сентября"
    found = find_dates(text, "ru", DateContext("1950-10-01"))
    assert [date_doubt(date, text, "a") for date in found] == [None, None]


def test_two_archives_with_one_file_are_a_problem() -> None:
    marks = find_shelfmarks("APRF, f. 45, op. 1, d. 334, ll. 5-6, and RGASPI, f. 558, op. 11, d. 334, ll. 5-6")
    (doubt,) = shelfmark_doubts(marks, "a")
    assert doubt.code == "S003"
    assert "RGASPI, f. 558" in doubt.message("en")


def test_an_unknown_archive_and_an_unread_notation_are_told() -> None:
    mark = parse_shelfmark("Hungarian National Archives, XIX-J-1-j, box 5")
    assert mark is not None
    assert [doubt.code for doubt in shelfmark_doubts([mark], "a")] == ["S001", "S002"]
    assert list(shelfmark_doubts(find_shelfmarks("APRF, f. 45, op. 1, d. 334"), "a")) == []

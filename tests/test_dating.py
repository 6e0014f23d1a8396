"""Dates in documents: the pairs in `pairs/dates.txt`, and what holds for every date."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotation.dating import DateContext, DateFound, find_dates, parse_date
from pipeline.annotation.dating_grammar import roman_month

PAIRS = Path(__file__).parent / "pairs" / "dates.txt"

MONTHS_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
MONTHS_EN = "January February March April May June July August September October November December".split()
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()

WAYS = {
    "ru": (
        lambda d: f"{d.day}.{d.month}.{d.year}",
        lambda d: f"{d.day}.{d.month:02}.{d.year % 100:02} г.",
        lambda d: f"{d.day:02}.{ROMAN[d.month - 1]}..{d.year % 100:02}",
        lambda d: f"{d.day}/{ROMAN[d.month - 1]}-{d.year % 100:02}",
        lambda d: f"{d.day} {MONTHS_RU[d.month - 1]} {d.year} года",
        lambda d: f"{d.day}\u00a0{MONTHS_RU[d.month - 1].upper()}\n{d.year} г.",
        lambda d: f"{MONTHS_RU[d.month - 1]} {d.year} г.",
        lambda d: f"{d.year} год",
    ),
    "en": (
        lambda d: f"{d.day} {MONTHS_EN[d.month - 1]} {d.year}",
        lambda d: f"{MONTHS_EN[d.month - 1]} {d.day:02}, {d.year}",
        lambda d: f"{d.day}th of {MONTHS_EN[d.month - 1][:3]} {d.year}",
        lambda d: f"{d.day}/{d.month}/{d.year % 100:02}",
        lambda d: f"{d.month}/{d.day}/{d.year}",
        lambda d: f"{MONTHS_EN[d.month - 1]} {d.year}",
        lambda d: d.isoformat(),
    ),
}
"""Ways of writing a day, the less precise included."""

days = st.dates(datetime.date(1901, 1, 1), datetime.date(1999, 12, 31))


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, text, *expected = block.splitlines()
        yield title, text, [] if expected == ["none"] else expected


def as_line(text: str, found: DateFound) -> str:
    value = f"{found.not_before}..{found.not_after}" if found.not_before else found.value
    columns = (
        text[found.start : found.end],
        f"{value} {found.time}{f' = {found.old} Julian' if found.old else ''}".strip(),
        f"{found.certainty} {found.reason}".strip(),
    )
    return " | ".join(columns).rstrip().replace("\n", "⏎").replace("\u00a0", "~").replace("|  |", "| |")


@pytest.mark.parametrize(("title", "text", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_a_date_is_read_as_the_pair_says(title: str, text: str, expected: list[str]) -> None:
    language, document = title.rpartition(" | ")[2].split()
    text = text.replace("⏎", "\n").replace("~", "\u00a0")
    context = None if document == "-" else DateContext(document)
    assert [as_line(text, found) for found in find_dates(text, language, context)] == [
        line.rstrip() for line in expected
    ]


@given(day=days, language=st.sampled_from(["ru", "en"]), way=st.integers(0, 20))
def test_law_a_date_s_interval_contains_the_day_that_was_written(day: datetime.date, language: str, way: int) -> None:
    text = WAYS[language][way % len(WAYS[language])](day)
    (found,) = find_dates(text, language, DateContext("1950"))
    assert (found.start, found.end) == (0, len(text))
    assert found.interval is not None
    assert found.interval[0] <= day <= found.interval[1]


@given(day=days, distance=st.integers(-120, 120))
def test_law_a_date_without_year_is_of_the_year_nearest_to_its_document(day: datetime.date, distance: int) -> None:
    document = day + datetime.timedelta(days=distance)
    if (day.month, day.day) == (2, 29):
        return
    (found,) = find_dates(f"{day.day} {MONTHS_RU[day.month - 1]}", "ru", DateContext(document.isoformat()))
    assert found.value == day.isoformat()
    assert (found.reason == "year-from-document") == (day.year == document.year)


@given(
    text=st.text(alphabet="0123456789.,:/- \n\u00a0гX октябряMay pm№", max_size=120),
    language=st.sampled_from(["ru", "en"]),
)
def test_law_dates_lie_in_the_text_in_order_and_apart(text: str, language: str) -> None:
    found = find_dates(text, language, DateContext("1950-10-03"))
    ends = [0, *(date.end for date in found)]
    assert all(before <= date.start < date.end <= len(text) for before, date in zip(ends, found, strict=False))
    assert all(date.value or date.not_before or date.time or date.reason == "impossible" for date in found)


@given(day=days, before=st.text(alphabet="абв \n", max_size=10))
def test_law_what_stands_around_a_date_does_not_change_it(day: datetime.date, before: str) -> None:
    date = f"{day.day}.{day.month}.{day.year} г."
    (alone,), (within,) = find_dates(date, "ru"), find_dates(f"{before} {date} и далее", "ru")
    assert (within.value, within.end - within.start) == (alone.value, alone.end - alone.start)


@pytest.mark.parametrize(
    ("field", "language", "value"),
    [
        ("October 3, 1950", "en", "1950-10-03"),
        ("February 03, 1949", "en", "1949-02-03"),
        ("10 November\n1949", "en", "1949-11-10"),
        ("  2011-11-20\n", "en", "2011-11-20"),
        ("8 октября 1950 года", "ru", "1950-10-08"),
        ("[1 October 1950]", "en", "1950-10-01"),
        ("1950", "en", "1950"),
        ("1950-10", "ru", "1950-10"),
    ],
)
def test_a_header_field_that_is_a_date_is_read(field: str, language: str, value: str) -> None:
    found = parse_date(field, language)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("field", ["", "undated", "Телеграмма 8 октября 1950 года", "October 3", "31.2.1950", "12:15"])
def test_a_header_field_that_is_no_date_or_more_than_one_is_none(field: str) -> None:
    assert parse_date(field, "ru" if "Т" in field else "en") is None


def test_a_day_is_never_made_of_a_month() -> None:
    (found,) = find_dates("в июле 1950 г.", "ru")
    assert found.interval == (datetime.date(1950, 7, 1), datetime.date(1950, 7, 31))


def test_every_month_has_its_numeral_in_latin_and_in_cyrillic_keys() -> None:
    keys = str.maketrans({"I": "П", "V": "У", "X": "Х"})
    assert [roman_month(numeral) for numeral in ROMAN] == list(range(1, 13))
    assert roman_month("У") == 5
    assert roman_month("Х") == roman_month("X".translate(keys)) == 10
    assert roman_month("IIII") == roman_month("XX") == 0


@pytest.mark.parametrize("piece", ["1.", "1", "3.10.50 ", "\n ", "5–7–", "No. 1 "])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_long_text_of_figures_is_searched_in_time_linear_in_its_length(piece: str, language: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        begin = time.process_time()
        find_dates(text, language)
        return time.process_time() - begin

    seconds(1_000)
    assert seconds(40_000) < max(20 * seconds(4_000), 5.0)


def julian(day: datetime.date) -> tuple[int, int]:
    """Return month and day by the Julian calendar of a day of the twentieth century or later, by Julian day numbers.

    After E. G. Richards, "Calendars", in Urban and Seidelmann (eds), Explanatory Supplement to the Astronomical
    Almanac (3rd ed., 2013), algorithm 3 of section 15.11, with y = 4716, j = 1401, m = 2, n = 12, r = 4, p = 1461.
    """
    f = day.toordinal() + 1721425 + 1401
    e = 4 * f + 3
    h = 5 * (e % 1461 // 4) + 2
    return (h // 153 + 2) % 12 + 1, h % 153 // 5 + 1


@given(day=st.dates(datetime.date(1900, 3, 14), datetime.date(1930, 12, 31)), is_old_first=st.booleans())
def test_law_a_day_by_both_calendars_is_one_date_with_both_values(day: datetime.date, is_old_first: bool) -> None:
    old_month, old_day = julian(day)
    both = [f"{old_day} {MONTHS_RU[old_month - 1]}", f"{day.day} {MONTHS_RU[day.month - 1]}"]
    first, second = both if is_old_first else both[::-1]
    (found,) = find_dates(f"{first} ({second}) {day.year} г.", "ru")
    assert found.value == day.isoformat()
    assert found.old == f"{day.year - (old_month > day.month)}-{old_month:02}-{old_day:02}"

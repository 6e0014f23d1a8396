"""Turn a text into the dates and times that stand in it, as far as the text and its document say.

    1.X..50 г.                          1950-10-01
    12.50 3.10                          1950-10-03, 12:50, the year from the document
    19 янв 1951 г. 27 1                 from 1951-01-19 to 1951-01-27: contradictory
    31.2.50                             no value: impossible
    25 октября (7 ноября) 1917 г.       1917-11-07, by the Julian calendar 1917-10-25

Values follow ISO 8601 as TEI's `att.datable` takes it (TEI P5 Guidelines 3.6.4 and 13.4): a day, a month, a year, or
a day or month without year (`--10-03`) where nobody says which year. Nothing is made more precise than it is written;
what was inferred has a reason. Times are those of the place, without a zone. The grammar stands in `dating_grammar`.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.annotation.dating_grammar import grammar
from pipeline.annotation.dating_written import Written, written

CENTURY_ASSUMED = 1900
"""The century of a year in two figures where no document's date is known: that of the telegrams."""

JULIAN = "julian"
"""Identifier of the calendar, in a document that gives a day by it."""

NEAR = 120
"""Days from the document's date within which a date without year is safely of the nearest year."""

FAR = 150
"""Days from the document's date beyond which two years are about equally near, so that neither is taken."""


@dataclass(frozen=True, slots=True)
class DateContext:
    """What is known of the document in which a date stands."""

    document: str
    """The document's date, ISO 8601: a day, a month or a year."""

    @property
    def year(self) -> int:
        return int(self.document[:4])

    @property
    def day(self) -> datetime.date | None:
        """The document's day, mid-month where only the month is known, nothing where only the year is."""
        parts = [int(part) for part in self.document.split("-")]
        return datetime.date(parts[0], parts[1], parts[2] if len(parts) > 2 else 15) if len(parts) > 1 else None


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date or time in a text: a value, or an interval, or a time alone, or none of them with the reason."""

    start: int
    end: int
    """Half-open, in code points of the given text."""
    rule: str
    """The way of writing by which it was found."""
    value: str = ""
    """ISO 8601: `1950-10-03`, `1950-10`, `1950`, `--10-03`, `--10`."""
    not_before: str = ""
    not_after: str = ""
    time: str = ""
    """Time of the place, `12:50`."""
    is_period: bool = False
    """Whether an interval is all days from the first to the last, not one day that may be any of them."""
    old: str = ""
    """The same day by the Julian calendar, where the text gives both; `1900-02-29` was one."""
    certainty: str = ""
    """`high`, `medium`, `low`; empty where a rule leaves no choice."""
    reason: str = ""
    """How the value was come by: `year-from-document`, `year-nearest-document`, `year-unknown`, `another-year`,
    `century-from-document`, `century-assumed`, `contradictory`, `day-or-month-first`, `impossible`."""

    @property
    def interval(self) -> tuple[datetime.date, datetime.date] | None:
        """First and last day that the date may be; nothing where the year is unknown or there is no value."""
        first, last = self.not_before or self.value, self.not_after or self.value
        return (_first_day(first), _last_day(last)) if first[:1].isdigit() and last[:1].isdigit() else None


def _first_day(value: str) -> datetime.date:
    year, month, day = ([int(part) for part in value.split("-")] + [1, 1])[:3]
    return datetime.date(year, month, day)


def _last_day(value: str) -> datetime.date:
    year, month, day = ([int(part) for part in value.split("-")] + [0, 0])[:3]
    month = month or 12
    return datetime.date(year, month, day or calendar.monthrange(year, month)[1])


def find_dates(text: str, language: str, context: DateContext | None = None) -> list[DateFound]:
    """Return the dates and times in a text, in order, none overlapping; `language` is a tag (BCP 47).

    Of two readings of one place the longer holds, then the earlier, then the rule that stands first.
    """
    return sorted(
        (date for reading in _written_in(text, language) for date in _understood(reading, context)),
        key=lambda date: date.start,
    )


@functools.lru_cache(maxsize=1024)
def _written_in(text: str, language: str) -> tuple[Written, ...]:
    """Return what is written as dates in a text; several recognisers ask for the same text."""
    spoken = grammar(language)
    readings = [
        (reading.start - reading.end, reading.start, rank, reading)
        for start, ranked in spoken.beginnings(text)
        for rank, rule in ranked
        if (match := rule.pattern.match(text, start)) and (reading := written(spoken, rule, match))
    ]
    taken = bytearray(len(text))
    found: list[Written] = []
    for *_, reading in sorted(readings, key=lambda candidate: candidate[:3]):
        if not any(taken[reading.start : reading.end]):
            taken[reading.start : reading.end] = b"\1" * (reading.end - reading.start)
            found.append(reading)
    return tuple(found)


def parse_date(text: str, language: str, context: DateContext | None = None) -> DateFound | None:
    """Return the date that a whole text is, such as a header's field `October 3, 1950`; nothing where it is more.

    A year alone (`1950`) or year and month (`1950-10`) are dates here, not in running text; so are day and month in
    figures (`3.10`) where the document's date is known.
    """
    if bare := re.fullmatch(r"\s*((?:1[0-9]|20)\d\d(?:-(?:0[1-9]|1[0-2]))?)\s*", text):
        return DateFound(*bare.span(1), "bare", bare[1])
    if context and (bare := re.fullmatch(r"\s*((\d{1,2})[./](\d{1,2}))\.?\s*", text)):
        day, month = int(bare[2]), int(bare[3])
        if 1 <= day <= 31 and 1 <= month <= 12:
            return _one(Written(*bare.span(1), "bare", month=month, day=day), context, day)
    found = find_dates(text, language, context)
    if len(found) != 1 or found[0].interval is None:
        return None
    around = text[: found[0].start] + text[found[0].end :]
    return found[0] if not around.strip(" \t\r\n\f\u00a0[]().,;") else None


def _understood(reading: Written, context: DateContext | None) -> Iterator[DateFound]:
    """Yield what is written as dates: one, or two where two days are joined by "and"."""
    if reading.listed:
        for start, end, day in reading.listed:
            yield replace(_one(reading, context, day), start=start, end=end)
        yield from _understood(replace(reading, listed=(), start=reading.listed_end), context)
    elif reading.rule.startswith("time"):
        yield DateFound(reading.start, reading.end, reading.rule, time=reading.time)
    elif reading.is_this_month:
        if context and context.day:
            yield _one(replace(reading, year="this"), context, reading.day, context.day.month)
    elif reading.again:
        yield _contradictory(reading, reading.again, context)
    elif reading.may_lead and reading.day <= 12 and reading.day != reading.month:
        yield _day_or_month_first(reading, context)
    elif reading.first_year:
        yield _years(reading)
    elif reading.is_range or reading.first_month:
        yield _range(reading, context)
    elif reading.other_day:
        yield replace(_one(reading, context, reading.day), end=reading.day_end)
        yield replace(_one(reading, context, reading.other_day), start=reading.other_start)
    else:
        yield _one(reading, context, reading.day)


def _one(reading: Written, context: DateContext | None, day: int, month: int = 0) -> DateFound:
    """A single date: what is written, with the year that it means."""
    month = month or reading.month
    year, reason, certainty = _year(reading, month, day, context)
    found = DateFound(reading.start, reading.end, reading.rule, time=reading.time, certainty=certainty, reason=reason)
    if day and day > calendar.monthrange(year or 2000, month)[1]:
        return replace(found, certainty="low", reason="impossible")
    old = _old_style(reading.old, month, year) if reading.old else ""
    return replace(found, value=_iso(year, month, day), old=old)


def _iso(year: int | None, month: int, day: int) -> str:
    return "-".join([f"{year:04}" if year else "-", *(f"{part:02}" for part in (month, day) if part)])


def _old_style(old: tuple[int, int], month: int, year: int | None) -> str:
    """Return a Julian day as it is written; in January, one of December is of the year before."""
    old_month, old_day = old
    return _iso(year - 1 if year and old_month > month else year, old_month, old_day)


def _range(reading: Written, context: DateContext | None) -> DateFound:
    """`24–26 March 2004`, `June-July`: all days from the first to the last."""
    first = _one(reading, context, reading.day, reading.first_month)
    last = _one(reading, context, reading.other_day)
    return replace(_between(first, last, first.certainty, first.reason), is_period=True)


def _years(reading: Written) -> DateFound:
    """`1946-1947`: all years from the first to the last."""
    found = DateFound(reading.start, reading.end, reading.rule, is_period=True)
    return replace(found, not_before=str(reading.first_year), not_after=reading.year)


def _contradictory(reading: Written, again: tuple[int, int], context: DateContext | None) -> DateFound:
    day, month = again
    return _between(_one(reading, context, reading.day), _one(reading, context, day, month), "low", "contradictory")


def _day_or_month_first(reading: Written, context: DateContext | None) -> DateFound:
    day_first = _one(reading, context, reading.day)
    month_first = _one(reading, context, reading.month, reading.day)
    return _between(day_first, month_first, "low", "day-or-month-first")


def _between(one: DateFound, other: DateFound, certainty: str, reason: str) -> DateFound:
    """The interval that holds both dates; one of them alone where the other is impossible or has no year."""
    if one.interval is None or other.interval is None:
        return one if one.value else other
    earlier, later = sorted((one, other), key=lambda date: date.interval or (datetime.date.min, datetime.date.min))
    return replace(one, value="", not_before=earlier.value, not_after=later.value, certainty=certainty, reason=reason)


def _year(reading: Written, month: int, day: int, context: DateContext | None) -> tuple[int | None, str, str]:
    """Return the year that is meant, the reason if it is not written, and how sure that is."""
    if len(reading.year) == 4 and reading.year.isdigit():
        return int(reading.year), "", ""
    if reading.year == "that":
        return None, "another-year", "low"
    if context is None:
        if reading.year.isdigit():
            return CENTURY_ASSUMED + int(reading.year), "century-assumed", "medium"
        return None, "year-unknown", "low"
    if reading.year == "this":
        return context.year, "year-from-document", ""
    if reading.year:
        return _in_century(int(reading.year), context.year), "century-from-document", ""
    return _nearest(month, day, context)


def _in_century(year: int, document: int) -> int:
    """The year of the document's century, or of the century before where that were fifty years after the document."""
    full = document - document % 100 + year
    return full - 100 if full > document + 50 else full


def _nearest(month: int, day: int, context: DateContext) -> tuple[int | None, str, str]:
    """The year in which a date without year lies nearest to its document; none where two are about equally near."""
    if context.day is None:
        return context.year, "year-from-document", "medium"
    distances = [
        (abs((datetime.date(year, month, day or 15) - context.day).days), year)
        for year in (context.year - 1, context.year, context.year + 1)
        if day <= calendar.monthrange(year, month)[1]
    ]
    if not distances:
        return context.year, "year-from-document", "low"
    distance, year = min(distances)
    if distance > FAR:
        return None, "year-unknown", "low"
    if year != context.year:
        return year, "year-nearest-document", "medium"
    return year, "year-from-document", "" if distance <= NEAR else "medium"

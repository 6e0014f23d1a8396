"""Turn a match of the dating grammar into what is written there: days, months, a year or none, a time.

Nothing is concluded here: a year in two figures stays in two figures, a missing one stays missing.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from pipeline.annotation.dating_grammar import Grammar, Rule, roman_month


@dataclass(frozen=True, slots=True)
class Written:
    """A date or time as it is written."""

    start: int
    end: int
    rule: str
    time: str = ""
    """`12:50`, 24 hours."""
    year: str = ""
    """Four figures, two figures, `this`, `that` or nothing."""
    first_year: int = 0
    """The first of two years joined by a dash."""
    month: int = 0
    first_month: int = 0
    """The first of two months joined by a dash."""
    day: int = 0
    other_day: int = 0
    """A second day of the same month, later than `day`."""
    other_start: int = 0
    """Where the second of two days begins, else 0."""
    listed: tuple[tuple[int, int, int], ...] = ()
    """Days of the same month that stand before `day` in a list: start, end, day."""
    listed_end: int = 0
    """Where the day after that list begins."""
    day_end: int = 0
    """Where the first of two days ends."""
    is_range: bool = False
    """Whether two days are joined by a dash or "to" rather than by "and"."""
    again: tuple[int, int] | None = None
    """Day and month of a second date run into the first."""
    is_this_month: bool = False
    """Whether the month is the document's: `7 с.м.`."""
    old: tuple[int, int] | None = None
    """Month and day by the Julian calendar, where both are written; `month` and `day` are then the Gregorian."""
    may_lead: bool = False
    """Whether what is read as the day could be the month."""


def written(spoken: Grammar, rule: Rule, match: re.Match[str]) -> Written | None:
    """Return what is written in a match, or nothing where it is no date: a word, a decimal, a list."""
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    month = _month(spoken, groups, "month")
    day = int(groups.get("day", 0))
    may_lead = spoken.month_may_lead and groups.get("mark1") == "/" and "figure" in groups
    if may_lead and day <= 12 < month:
        day, month = month, day
    if _is_number(groups, month) or _is_word(spoken, groups, match):
        return None
    first_year = int(groups.get("first_year", 0))
    year = _year(groups) if not first_year else _last_year(first_year, groups["year"])
    if first_year and int(year) <= first_year:
        return None
    old = (_month(spoken, groups, "old_month") or month, int(groups["old_day"])) if "old_day" in groups else None
    if old and not _is_one_day(old, (month, day), groups):
        return None
    start, end = _extent(groups, rule, match)
    found = Written(
        start,
        end,
        rule.name,
        time=_time(spoken, groups, "a") or _time(spoken, groups, "b"),
        year=year,
        first_year=first_year,
        month=month,
        first_month=_month(spoken, groups, "first_month"),
        again=(int(groups["again_day"]), int(groups["again_month"])) if "again_day" in groups else None,
        is_this_month="this_month" in groups,
        old=old,
        may_lead=may_lead,
        day=day,
    )
    found_days = _with_other_day(found, groups, match) if "first" in groups or "last" in groups else found
    return _with_list(found_days, match) if found_days and "listed" in groups else found_days


def _is_one_day(old: tuple[int, int], new: tuple[int, int], groups: dict[str, str]) -> bool:
    """Whether two days are one in the Julian and the Gregorian calendar: 11 days apart from 1700, 12 from 1800, 13 from
    1900 (the month between them may have from 28 to 31 days). Of two years the later is the new style's, in January."""
    (old_month, old_day), (month, day) = old, new
    is_new_year = (old_month, month) == (12, 1)
    years = [int(groups[name]) for name in ("first_of_years", "year", "year_within") if name in groups]
    if len(years) > 1 and abs(years[0] - years[1]) != is_new_year:
        return False
    if old_month == month:
        return 11 <= day - old_day <= 13
    return old_month % 12 + 1 == month and any(11 <= day + length - old_day <= 13 for length in (28, 29, 30, 31))


def _extent(groups: dict[str, str], rule: Rule, match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span("core")
    if rule.name.startswith("time"):
        return start, end
    has_time_before = any(name.endswith("_a") for name in groups)
    has_time_after = any(name.endswith("_b") for name in groups)
    return (match.start() if has_time_before else start), (match.end() if has_time_after else end)


def _month(spoken: Grammar, groups: dict[str, str], name: str) -> int:
    if name == "month" and "roman" in groups:
        return roman_month(groups["roman"])
    if name == "month" and "figure" in groups:
        return int(groups["figure"])
    word = groups.get(name) or groups.get(f"{name}_short") or ""
    return spoken.months.get(word.lower(), 0)


def _year(groups: dict[str, str]) -> str:
    if "this_year" in groups:
        return "this"
    if "that_year" in groups:
        return "that"
    if "first_of_years" in groups and "year" not in groups and "year_within" not in groups:
        return groups["first_of_years"]
    years = [groups[name] for name in _YEARS if name in groups]
    return max([*years[:1], *(groups[name] for name in ("first_of_years",) if name in groups)], default="")


_YEARS = ("year", "year_within", "short_year", "elided_year", "supplied_year", "dashed_year", "bare_year")


def _last_year(first: int, written: str) -> str:
    """`1931-34`: two figures are of the first year's century."""
    return written if len(written) == 4 else f"{first // 100}{written}"


def _time(spoken: Grammar, groups: dict[str, str], which: str) -> str:
    if sharp := groups.get(f"sharp_{which}"):
        return f"{sharp[:2]}:{sharp[2:]}"
    if f"hour_{which}" not in groups:
        return ""
    hour = int(groups[f"hour_{which}"])
    minute = int(groups.get(f"minute_{which}") or groups.get(f"minutes_{which}") or 0)
    if half := groups.get(f"half_{which}"):
        afternoon = half in spoken.afternoon
        hour = hour + 12 if afternoon and hour < 12 else 0 if not afternoon and hour == 12 else hour
    return f"{hour:02}:{minute:02}" if hour < 24 or minute == 0 else ""


def _with_other_day(found: Written, groups: dict[str, str], match: re.Match[str]) -> Written | None:
    earlier, later = ("first", "day") if "first" in groups else ("day", "last")
    day, other = int(groups[earlier]), int(groups[later])
    if day >= other:
        return None
    return replace(
        found,
        day=day,
        other_day=other,
        day_end=match.end(earlier),
        other_start=match.start(later),
        is_range="to" in groups,
    )


def _with_list(found: Written, match: re.Match[str]) -> Written | None:
    begin = match.start("listed")
    days = tuple(
        (begin + day.start(), begin + day.end(), int(day[1]))
        for day in re.finditer(r"(\d{1,2})[^\d,]*", match["listed"])
    )
    in_order = [day for *_, day in days] + [found.day]
    if any(one >= other for one, other in itertools.pairwise(in_order)):
        return None
    return replace(found, listed=days, listed_end=match.start("first"))


def _is_number(groups: dict[str, str], month: int) -> bool:
    """Whether figures are a list or a decimal: no such month, or a short year that nothing confirms."""
    if "mark1" not in groups:
        return "roman" in groups and not month
    first, second = groups["mark1"], groups["mark2"]
    if not 1 <= month <= 12:
        return True
    if "roman" in groups or "year_word" in groups:
        return False
    if "-" in (first[0], second[0]) and (first != second or len(groups["year"]) == 2):
        return True
    if (first == "/") != (second == "/"):
        return True
    return len(groups["year"]) == 2 and sum(map(str.isspace, groups["spaced"])) > 1


def _is_word(spoken: Grammar, groups: dict[str, str], match: re.Match[str]) -> bool:
    """Whether a month's name is another word, or part of a name: "May 3 divisions cross", "the May 4th Movement"."""
    if "month_day" not in groups or _year(groups):
        return False
    before, after = match.string[: match.start()], match.string[match.end() :]
    if re.search(r"(?i:\bthe)\s+\Z", before[-8:]) and re.match(r"\s+[A-Z][a-z]", after[:30]):
        return True
    is_word_too = (groups.get("month") or "").lower() in spoken.also_words and not groups.get("ordinal")
    begins = re.search(r"(?:\A|[.!?][”\"’')]?\s|\n)\s*\Z", before[-8:]) is not None
    return is_word_too and begins and re.match(r"\s+[a-z]", after[:30]) is not None

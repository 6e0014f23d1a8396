r"""Turn the words of a language into the patterns by which dates are found in it.

    date     = [time connector] core | core connector time
    core     = figures | ISO | day month [year] [again] | month day [year] | year month day | month year | month | years
             | day this-month | day four figures letter month year                   7 с.м.   050500Z OCT 50
             | both, in either order: old-style day and new-style day               18 (31) октября 1917 г.
             | day "," … day month [year]                                            10, 11 и 12 октября
    both     = day [month [year]] "(" day [month] ")" month [year] | day [month] "/" day month year
             | month day [year] "(" month day ")" year                               October 25 (November 7), 1917
    figures  = [day "-"] day mark month mark year [year-word]         1.X..50 г.   3 .10.1950   1/1/51
    mark     = "." | ".." | "/" | "-", one space about it
    month    = 1 to 12 | Roman numeral, also typed with Cyrillic keys (УП, Ш, Х)
    day      = 1 to 31 [ordinal], perhaps in quotation marks; two of them joined by "and" or a dash   24–26 March 2004
    year     = four figures | two figures | "this year" | "that year" | [, four figures] in square brackets
    years    = [four figures dash] year, after a word that leads to one, before "года" or alone in round brackets
    again    = day month, a second date run into the first              19 янв 1951 г. 27 1
    time     = 12:50 | 12.50 | 12.50 p.m. | 19 hours 35 minutes | at 1700

Every repetition is bounded, so a search is linear in the text. White space may be any, with one line break at most.
Each pattern has a group `core`, the extent of the date without its time; a time before it is in the groups `…_a`, one
after it in `…_b`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.annotation.dating_words import (
    BREAK,
    DASH,
    DAY,
    GAP,
    MEANINGS,
    MONTH_FIGURE,
    ROMAN,
    SPACE,
    WORD_END,
    YEAR,
    Words,
    any_case,
    cased,
)
from pipeline.languages import is_known, language

START = r"(?<![^\W_])(?<!\d[.,/:])"
ISOLATED = rf"(?={GAP}(?:\Z|\n|[,;:)\[\]”»_№]|\.(?:\s|\Z)))"
"""What must follow figures that could be a decimal."""

_STOP_IN_SENTENCE = rf"\.{BREAK}[a-zа-яё]"
_CYRILLIC_KEYS = str.maketrans({"І": "I", "Х": "X", "У": "V", "П": "II", "Ш": "III", "1": "I"})
_ROMAN_MONTHS = {
    numeral: number for number, numeral in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), start=1)
}


_FIGURE = re.compile(r"\d(?<![^\W_]\d)")
_LEADS = {
    "month-year": ("month",),
    "month-word": ("month",),
    "month": ("before-month",),
    "old-and-new-month-first": ("month",),
    "new-and-old-month-first": ("month",),
    "figures-after-word": ("number", "before-figures"),
    "figures-with-stop": ("before-month",),
    "year-after": ("before-year",),
    "year-of": ("before-any-year",),
    "year-and": ("before-year",),
    "years": ("before-year", "before-any-year", "before-years"),
    "time-announced": ("before-time",),
}
"""What a date begins with, a month or a word of these meanings; those that are not here begin with figures."""

_KINDS = {"figure": ("figure",), "month": ("month",), "word": MEANINGS}


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing a date."""

    name: str
    pattern: re.Pattern[str]
    leads: tuple[str, ...]
    """What it can begin with: `figure`, `month`, or meanings of words."""


Ranked = tuple[tuple[int, Rule], ...]
"""Rules with their ranks, in order."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """All ways of writing a date in one language."""

    rules: Mapping[str, Ranked]
    """By what they begin with: `figure`, `month`, `word`."""
    after_word: Mapping[str, Ranked]
    """Of the rules that begin with a word, those that begin with this one, in lower case."""
    words: re.Pattern[str]
    """The months and words that a date can begin with, in groups `month` and `word`."""
    months: Mapping[str, int]
    """By form, in lower case."""
    afternoon: frozenset[str]
    also_words: frozenset[str]
    """Months that are also words, in lower case."""
    month_may_lead: bool
    """Whether figures with strokes may begin with the month."""

    def beginnings(self, text: str) -> Iterator[tuple[int, Ranked]]:
        """Yield where a date can begin, with the ways of writing it that begin so; looking for these first makes prose
        cheap."""
        for figure in _FIGURE.finditer(text):
            yield figure.start(), self.rules["figure"]
        for found in self.words.finditer(text):
            word = self.after_word.get(found[0].lower()) if found.lastgroup == "word" else None
            yield found.start(), word or self.rules[found.lastgroup or ""]


def roman_month(numeral: str) -> int:
    """Return the month of a Roman numeral, 0 where there is none.

    Soviet typewriters had no Latin keys: У stands for V, П for II, Ш for III, Х for X (`13.УП.50`).
    """
    return _ROMAN_MONTHS.get(numeral.translate(_CYRILLIC_KEYS), 0)


@functools.cache
def grammar(tag: str) -> Grammar:
    """Return the grammar for a language tag; without data for the language, dates in figures only."""
    spoken = language(tag) if is_known(tag) else None
    dates = spoken.dates if spoken else {}
    words = Words(dates, spoken.months if spoken else {})
    rules = tuple(enumerate(_rules(words)))
    return Grammar(
        rules={lead: _beginning(rules, meanings) for lead, meanings in _KINDS.items()},
        after_word={word: _beginning(rules, words.meanings(word)) for word in words.leading()},
        words=_words_before(words),
        months=MappingProxyType({form.lower(): number for form, number in words.months.items()}),
        afternoon=frozenset(dates.get("afternoon", ())),
        also_words=frozenset(word.lower() for word in dates.get("also-words", ())),
        month_may_lead=spoken is None or "month-day" in dates.get("figures", ()),
    )


def _words_before(words: Words) -> re.Pattern[str]:
    """The months, and the words before figures or a month; what begins with no letter of theirs is passed over."""
    month, word = cased(words.months), any_case(words.leading())
    first = f"(?=[{_initials((*words.months, *words.leading()))}])" if words.months or words.leading() else "(?!)"
    follows = rf"(?=[\s-]{{0,49}}[\d{_initials(words.months)}])"
    return re.compile(rf"(?<!\w){first}(?:(?P<month>{month})(?!\w)|(?P<word>{word}{WORD_END}){follows})")


def _initials(forms: Iterable[str]) -> str:
    """The letters that forms begin with, in either case, for a set in a pattern."""
    letters = {form[0] for form in forms}
    return re.escape("".join(sorted({case for letter in letters for case in (letter.lower(), letter.upper())})))


def _beginning(rules: Ranked, leads: Iterable[str]) -> Ranked:
    return tuple((rank, rule) for rank, rule in rules if not set(rule.leads).isdisjoint(leads))


def _rules(words: Words) -> tuple[Rule, ...]:
    dated = {"iso": _iso(), "figures": _figures(words)}
    if words.has_form("day-month-year"):
        dated["day-month"] = _day_month(words)
        dated["figures-this-year"] = _figures_this_year(words)
        dated["this-month"] = _this_month(words)
    if words.has_form("month-day-year"):
        dated["month-day"] = _month_day(words)
    rules = [rule for name, core in dated.items() for rule in _with_times(words, name, core)]
    alone = {
        **{name: rf"{START}(?P<core>{core})" for name, core in _in_another_order(words).items()},
        "figures-after-time": _figures_after_time(words),
        "figures-after-word": _figures_after_word(words),
        "figures-with-stop": _figures_with_stop(words),
        **_coarse(words),
        **_times(words),
    }
    return (*rules, *(Rule(name, re.compile(form), _LEADS.get(name, ("figure",))) for name, form in alone.items()))


def _with_times(words: Words, name: str, core: str) -> Iterable[Rule]:
    """Yield the rules for a date alone or after its time, and for a date before its time."""
    first = "month" if name == "month-day" else "figure"
    linked = rf"(?:{GAP}[/,;]{GAP}|{BREAK}{words.any_of('time-and-date')}{BREAK}|{BREAK})"
    before = rf"(?:(?<!\d[.,]){words.time('a')}{linked})?"
    yield Rule(name, re.compile(rf"{START}{before}(?P<core>{core})"), (first, "figure", "before-time"))
    ends = rf"(?![.,:/]?\d|{BREAK}\d{{1,2}}[./])"
    after = rf"{GAP}[,/]?{BREAK}(?:{words.any_of('before-time')}{BREAK})?{words.time('b')}{ends}"
    yield Rule(name, re.compile(rf"{START}(?P<core>{core}){after}"), (first,))


def _iso() -> str:
    return rf"(?P<year>{YEAR})-(?P<figure>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\w-])"


def _figures(words: Words) -> str:
    mark1, mark2 = (rf"\s?(?P<mark{number}>\.{{1,2}}|/|-)\s?" for number in (1, 2))
    return (
        rf"(?:(?P<first>{DAY})(?P<to>[-–]))?"
        rf"(?P<spaced>(?P<day>{DAY}){mark1}(?:(?P<figure>{DAY})|(?P<roman>{ROMAN})){mark2})"
        rf"(?P<year>{YEAR}|\d\d(?!\d))(?![.,:/]\d)(?P<year_word>{GAP}{words.any_of('year')})?"
    )


def _day_month(words: Words) -> str:
    again = rf"(?:{BREAK}(?P<again_day>{DAY})[ .](?P<again_month>{MONTH_FIGURE})(?![.,:]\d))?"
    listed = rf"(?:(?P<listed>(?:{DAY}{words.ordinal()},{GAP}){{1,6}}))?"
    first = rf"(?:{listed}(?P<first>{DAY}){words.ordinal()}{words.joiner()})?"
    bare = rf"(?(month_short)(?:{SPACE}{{1,4}}(?P<bare_year>\d\d)(?!\d){ISOLATED})|(?!))"
    return (
        rf"{first}(?P<day>{DAY}){words.ordinal()}[»”\"]?(?:{GAP}|{BREAK}of{BREAK}|-){words.month()}"
        rf"(?:{words.year()}{again}|-(?P<dashed_year>{YEAR}|\d\d(?!\d))(?![.,:/-]\d)|{bare})?"
    )


def _year_month_day(words: Words) -> str:
    """1950 г., октября 5 дня."""
    year_word, of_day = words.any_of("year"), words.any_of("of-day")
    return (
        rf"(?P<year>{YEAR})(?:{GAP}{year_word})?,?{BREAK}{words.month()}{BREAK}(?P<day>{DAY})(?![.,:]?\d)"
        rf"{words.ordinal()}(?:{BREAK}{of_day})?"
    )


def _in_another_order(words: Words) -> dict[str, str]:
    """Days of which the year stands first or the month is not all that is joined to them."""
    found: dict[str, str] = {}
    if words.has_form("day-month-year"):
        found = {"year-month-day": _year_month_day(words), "date-time-group": _date_time_group(words)}
        found |= {f"{name}{which}": form for name in _STYLES for which, form in _both_styles(words, name).items()}
    if words.has_form("month-day-year"):
        found |= {f"{name}-month-first": _both_styles_month_first(words, name) for name in _STYLES}
    return found


_STYLES = ("old-and-new", "new-and-old")


def _both_styles(words: Words, order: str) -> dict[str, str]:
    """A day by the Julian and by the Gregorian calendar, one of them in round brackets or after a stroke.

    Of `18/31 октября` the year must be written: else it may be a number and its part.
    """
    (first, first_month), (second, second_month) = (
        ("old_day", "old_month"), ("day", "month")
    )[:: 1 if order == "old-and-new" else -1]  # fmt: skip
    year, word = rf"(?:,?{GAP}(?P<first_of_years>{YEAR})(?:{GAP}{words.any_of('year')})?)?", words.any_of("year")
    one = rf"(?P<{first}>{DAY}){words.ordinal()}"
    other = rf"(?P<{second}>{DAY}){words.ordinal()}"
    after_stroke = rf",?{GAP}(?P<year>{YEAR})(?:{GAP}{word})?"
    return {
        "-day": rf"{one}{GAP}\({SPACE}?{other}{SPACE}?\){GAP}{words.month()}{words.year()}?",
        "-month": (
            rf"{one}{GAP}{words.month(first_month)}{year}{GAP}\({SPACE}?{other}{GAP}{words.month(second_month)}"
            rf"(?:{SPACE}?\){words.year()}?|,?{GAP}(?P<year_within>{YEAR})(?:{GAP}{word})?{SPACE}?\))"
        ),
        "-day-stroke": rf"{one}/{other}{GAP}{words.month()}{after_stroke}",
        "-month-stroke": (
            rf"{one}{GAP}{words.month(first_month)}{SPACE}?/{SPACE}?{other}{GAP}{words.month(second_month)}"
            rf"{after_stroke}"
        ),
    }


def _both_styles_month_first(words: Words, order: str) -> str:
    (first, first_month), (second, second_month) = (
        ("old_day", "old_month"), ("day", "month")
    )[:: 1 if order == "old-and-new" else -1]  # fmt: skip
    year = rf"(?:,{GAP}(?P<first_of_years>{YEAR}))?"
    return (
        rf"{words.month(first_month)}{BREAK}(?P<{first}>{DAY}){words.ordinal()}{year}{GAP}\({SPACE}?"
        rf"{words.month(second_month)}{BREAK}(?P<{second}>{DAY}){words.ordinal()}"
        rf"(?:{SPACE}?\),?{GAP}(?P<year>{YEAR})|,{GAP}(?P<year_within>{YEAR}){SPACE}?\)|{SPACE}?\))"
    )


def _this_month(words: Words) -> str:
    """7 с.м., the 5th inst."""
    return rf"(?P<day>{DAY}){words.ordinal()}{BREAK}(?P<this_month>(?i:{words.any_of('this-month')}))"


def _figures_this_year(words: Words) -> str:
    """12.XI с.г."""
    return (
        rf"(?P<day>{DAY})[./]{{1,2}}(?:(?P<figure>{MONTH_FIGURE})|(?P<roman>{ROMAN}))\.?{GAP}"
        rf"(?P<this_year>(?i:{words.any_of('this-year')}))"
    )


def _date_time_group(words: Words) -> str:
    """050500Z OCT 50: day and hour of a zone that a letter names; the hour is no time of the place."""
    hour = r"(?:[01]\d|2[0-3])[0-5]\d[A-Z]"
    return rf"(?P<day>0[1-9]|[12]\d|3[01]){hour}{BREAK}{words.month()}{BREAK}(?P<year>{YEAR}|\d\d(?!\d))"


def _month_day(words: Words) -> str:
    last = rf"(?:{words.joiner()}(?P<last>{DAY})(?![.,:]?\d){words.ordinal()})?"
    return (
        rf"(?P<month_day>{words.month()}){BREAK}(?P<day>{DAY})(?P<ordinal>{words.ordinal()}){last}"
        rf"(?:{words.year()}|(?![.,:%]?\d|%))"
    )


def _figures_after_time(words: Words) -> str:
    """12.50 3.10, as cipher clerks signed; a row of decimals is none."""
    return (
        rf"(?<![\d.,])(?P<hour_a>[01]\d|2[0-4])[.:](?P<minute_a>[0-5]\d){BREAK}"
        rf"(?P<core>(?P<day>{DAY})[./]{{1,2}}(?:(?P<figure>{MONTH_FIGURE})|(?P<roman>{ROMAN})))"
        rf"(?![.,:/]\d|{BREAK}\d{{1,4}}[.,]\d)"
    )


def _figures_with_stop(words: Words) -> str:
    """к 15.10. закончить: a full stop within a sentence belongs to a date; a time has none."""
    return (
        rf"(?<!\w)(?i:{words.any_of('before-month')}){BREAK}"
        rf"(?P<core>(?P<day>{DAY})\.(?P<figure>{MONTH_FIGURE}))(?={_STOP_IN_SENTENCE})"
    )


def _figures_after_word(words: Words) -> str:
    """No. 2270 3.10: a day and month after a document's number or a word that announces a date."""
    numbered = rf"{words.any_of('number')}{GAP}\d{{1,6}}(?:[/-]\d{{1,4}})?"
    return (
        rf"(?<!\w)(?:{numbered}|{words.any_of('before-figures')}){BREAK}"
        rf"(?P<core>(?P<day>{DAY})[./]{{1,2}}(?:(?P<figure>{MONTH_FIGURE})|(?P<roman>{ROMAN}))){ISOLATED}"
    )


def _coarse(words: Words) -> dict[str, str]:
    """Months and years without a day, where the language writes them so."""
    pair = rf"(?:{words.month('first_month')}{DASH})?{words.month()}"
    short = rf"(?:{YEAR}|\d\d(?!\d))(?![.,:/]\d)"
    span, last = rf"(?:(?P<first_year>{YEAR}){DASH})?", rf"(?:{YEAR}|(?<=[-–—])\d\d(?!\d))"
    forms = {
        "month-year": rf"(?<![\w-])(?P<core>{pair}{words.year()})",
        "month": (
            rf"(?<!\w)(?:(?i:{words.any_of('before-month')})(?:{BREAK}|-)(?P<core>{pair})"
            rf"(?!{BREAK}(?:\d|[A-Z][a-z])|-\w))"
        ),
        "month-word": rf"(?<!\w)(?P<core>{pair}{BREAK}{words.any_of('after-month')})",
        "year-word": rf"(?<![\w.,–—-])(?P<core>{span}(?P<year>{last}){GAP}{words.any_of('year')})",
        "year-of": rf"(?<!\w)(?i:{words.any_of('before-any-year')}){BREAK}(?P<core>(?P<year>{YEAR}))(?![.,]?\d|[-–—])",
        "year-and": (
            rf"(?<!\w)(?i:{words.any_of('before-year')}){BREAK}{YEAR}{BREAK}{words.any_of('day-and-day')}{BREAK}"
            rf"(?P<core>(?P<year>{YEAR})){ISOLATED}"
        ),
        "years": (
            rf"(?<!\w)(?i:{words.any_of('before-year', 'before-any-year', 'before-years')}){BREAK}"
            rf"(?P<core>(?P<first_year>{YEAR})(?:{DASH}|{BREAK}{words.any_of('day-to-day')}{BREAK})(?P<year>{short}))"
        ),
        "year-in-brackets": rf"(?<=\()(?P<core>(?:(?P<first_year>{YEAR}){DASH})?(?P<year>{last}))(?=\))",
        "year-after": (
            rf"(?<!\w)(?i:{words.any_of('before-year')}){BREAK}(?P<core>(?P<year>{YEAR}))"
            rf"(?={GAP}(?:\Z|[.,;:)\[\]”\"](?!\d)|[A-Z])|{BREAK}{words.any_of('after-year')})"
        ),
    }
    return {name: form for name, form in forms.items() if words.has_form(name)}


def _times(words: Words) -> dict[str, str]:
    """Times without a date, where they can't be decimals or durations."""
    hour = r"(?P<hour_b>[01]?\d|2[0-4])"
    minute = r"(?P<minute_b>[0-5]\d)(?![\d:])"
    half = rf"{GAP}(?P<half_b>{words.any_of('morning', 'afternoon')})"
    spoken = rf"{GAP}{words.any_of('hour')}(?:{GAP}(?P<minutes_b>[0-5]?\d){GAP}{words.any_of('minute')})?"
    sharp = rf"(?P<sharp_b>(?:[01]\d|2[0-4])[0-5]\d)(?!\d)(?={GAP}(?:{words.any_of('hour')}|[a-zа-я.,;)]|\Z))"
    return {
        "time": rf"(?<![\w.,:/-])(?P<core>{hour}:{minute}(?:{half})?)",
        "time-of-half-day": rf"(?<![\w.,:/-])(?P<core>{hour}(?:[.:]{minute}|{spoken})?{half})",
        "time-announced": (
            rf"(?<!\w)(?i:{words.any_of('before-time')}){BREAK}(?P<core>(?:{hour}(?:{spoken}|\.{minute}(?!{_STOP_IN_SENTENCE}){ISOLATED})|{sharp}))"
        ),
    }

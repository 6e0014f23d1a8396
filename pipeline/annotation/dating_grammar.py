r"""Turn the words of a language into the patterns by which dates are found in it.

    date     = [time connector] core | core connector time
    core     = figures | ISO | day month [year] [again] | month day [year] | year month day | month year | month | years
             | day this-month | day four figures letter month year                   7 с.м.   050500Z OCT 50
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

from pipeline.languages import alternatives, is_known, language

SPACE = r"[^\S\n]"
GAP = rf"(?:{SPACE}{{0,24}}(?:\n{SPACE}{{0,24}})?)"
BREAK = rf"(?:{SPACE}{{1,24}}(?:\n{SPACE}{{0,24}})?|\n{SPACE}{{0,24}})"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
MONTH_FIGURE = r"(?:0?[1-9]|1[0-2])(?!\d)"
YEAR = r"(?:1[0-9]|20)\d\d(?!\d)"
ROMAN = r"(?=[IVXІХУПШ])[IVXІХУПШ1]{1,5}(?!\w)"
DASH = rf"{GAP}[-–—]{GAP}"
START = r"(?<![^\W_])(?<!\d[.,/:])"
ISOLATED = rf"(?={GAP}(?:\Z|\n|[,;:)\[\]”»_№]|\.(?:\s|\Z)))"
"""What must follow figures that could be a decimal."""

_CYRILLIC_KEYS = str.maketrans({"І": "I", "Х": "X", "У": "V", "П": "II", "Ш": "III", "1": "I"})
_ROMAN_MONTHS = {
    numeral: number for number, numeral in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), start=1)
}


_FIGURE = re.compile(r"\d(?<![^\W_]\d)")
_WORD_END = r"(?:(?<=\W)|(?!\w))"
"""After a full stop the next word may follow at once (`г.получена`)."""

_LEADS = {
    "month-year": ("month",),
    "month-word": ("month",),
    "month": ("before-month",),
    "figures-after-word": ("number", "before-figures"),
    "year-after": ("before-year",),
    "year-of": ("before-any-year",),
    "year-and": ("before-year",),
    "years": ("before-year", "before-any-year", "before-years"),
    "time-announced": ("before-time",),
}
"""What a date begins with, a month or a word of these meanings; those that are not here begin with figures."""

MEANINGS = ("before-time", "before-month", "before-year", "before-any-year", "before-years", "before-figures", "number")
"""Meanings of the words that a date can begin with."""

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
    words = _Words(dates, spoken.months if spoken else {})
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


def _words_before(words: _Words) -> re.Pattern[str]:
    """The months, and the words before figures or a month; what begins with no letter of theirs is passed over."""
    month, word = _cased(words.months), _any_case(words.leading())
    first = f"(?=[{_initials((*words.months, *words.leading()))}])" if words.months or words.leading() else "(?!)"
    follows = rf"(?=[\s-]{{0,49}}[\d{_initials(words.months)}])"
    return re.compile(rf"(?<!\w){first}(?:(?P<month>{month})(?!\w)|(?P<word>{word}{_WORD_END}){follows})")


def _initials(forms: Iterable[str]) -> str:
    """The letters that forms begin with, in either case, for a set in a pattern."""
    letters = {form[0] for form in forms}
    return re.escape("".join(sorted({case for letter in letters for case in (letter.lower(), letter.upper())})))


def _beginning(rules: Ranked, leads: Iterable[str]) -> Ranked:
    return tuple((rank, rule) for rank, rule in rules if not set(rule.leads).isdisjoint(leads))


@dataclass(frozen=True, slots=True)
class _Words:
    """A language's words as regular expressions."""

    dates: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]

    def has_form(self, form: str) -> bool:
        return form in self.dates.get("forms", ())

    def any_of(self, *meanings: str) -> str:
        """Any whole word of these meanings."""
        return alternatives(word for meaning in meanings for word in self.dates.get(meaning, ())) + _WORD_END

    def leading(self) -> frozenset[str]:
        """The words that a date can begin with, in lower case."""
        return frozenset(word.lower() for meaning in MEANINGS for word in self.dates.get(meaning, ()))

    def meanings(self, lead: str) -> tuple[str, ...]:
        """What a word that a date can begin with means, or a shorter one that it begins with."""
        return tuple(meaning for meaning in MEANINGS if re.match(f"(?i:{self.any_of(meaning)})", lead))

    def month(self, group: str = "month") -> str:
        """A month's name; an abbreviation takes its full stop, in a group of its own."""
        short = {form for form in self.months if any(self._shortens(form, other) for other in self.months)}
        return (
            rf"(?:(?P<{group}>{_cased(self.months.keys() - short)})(?!\w)"
            rf"|(?P<{group}_short>{_cased(short)})(?!\w)\.?)"
        )

    def _shortens(self, form: str, other: str) -> bool:
        return form != other and other.startswith(form) and self.months[form] == self.months[other]

    def year(self) -> str:
        """A year after a month; two figures need the word for year or an apostrophe."""
        word = self.any_of("year")
        return (
            rf"(?:,?{GAP}(?P<year>{YEAR})(?!{GAP}{self.any_of('hour')})(?:{GAP}{word})?"
            rf"|{GAP}(?P<short_year>\d\d){GAP}{word}|{BREAK}[’'](?P<elided_year>\d\d)(?!\d)"
            rf"|{GAP}\[,?{SPACE}?(?P<supplied_year>{YEAR})\]"
            rf"|,?{BREAK}(?P<this_year>(?i:{self.any_of('this-year')}))"
            rf"|,?{BREAK}(?P<that_year>(?i:{self.any_of('that-year')})))"
        )

    def ordinal(self) -> str:
        return rf"(?:-?{self.any_of('ordinal')})?"

    def joiner(self) -> str:
        """What stands between two days of one month."""
        to = rf"(?P<to>{DASH}|{BREAK}{self.any_of('day-to-day')}{BREAK})"
        return rf"(?:{to}|{BREAK}{self.any_of('day-and-day')}{BREAK})"

    def time(self, which: str) -> str:
        """A time of day: minutes in figures, hours in words, or four figures after "at"."""
        half = rf"(?:{GAP}(?P<half_{which}>{self.any_of('morning', 'afternoon')}))?"
        minutes = rf"(?:{GAP}(?P<minutes_{which}>[0-5]?\d){GAP}{self.any_of('minute')})?"
        return (
            rf"(?:(?P<hour_{which}>[01]?\d|2[0-4])"
            rf"(?:[.:](?P<minute_{which}>[0-5]\d)(?!\d)|{GAP}{self.any_of('hour')}{minutes}){half}"
            rf"|{self.any_of('before-time')}{BREAK}(?P<sharp_{which}>(?:[01]\d|2[0-4])[0-5]\d)(?!\d))"
        )


def _cased(forms: Iterable[str]) -> str:
    """Any of these forms; one with a capital is found capitalised or in capitals only, others in any case."""
    forms = tuple(forms)
    capitalised = [variant for form in forms if form[0].isupper() for variant in (form, form.upper())]
    return rf"(?:{alternatives(capitalised)}|{_any_case(form for form in forms if not form[0].isupper())})"


def _any_case(words: Iterable[str]) -> str:
    """Any of these words in any case, the longest first, each tried only where its first letter stands."""
    rests: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        rest = r"\s{1,4}".join(map(re.escape, word[1:].split(" ")))
        rests.setdefault(word[0].lower(), []).append(rest)
    tried = (f"[{re.escape(first + first.upper())}](?i:{'|'.join(ends)})" for first, ends in rests.items())
    return f"(?:{'|'.join(tried)})" if rests else r"(?!)"


def _rules(words: _Words) -> tuple[Rule, ...]:
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
        **_coarse(words),
        **_times(words),
    }
    return (*rules, *(Rule(name, re.compile(form), _LEADS.get(name, ("figure",))) for name, form in alone.items()))


def _with_times(words: _Words, name: str, core: str) -> Iterable[Rule]:
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


def _figures(words: _Words) -> str:
    mark1, mark2 = (rf"\s?(?P<mark{number}>\.{{1,2}}|/|-)\s?" for number in (1, 2))
    return (
        rf"(?:(?P<first>{DAY})(?P<to>[-–]))?"
        rf"(?P<spaced>(?P<day>{DAY}){mark1}(?:(?P<figure>{DAY})|(?P<roman>{ROMAN})){mark2})"
        rf"(?P<year>{YEAR}|\d\d(?!\d))(?![.,:/]\d)(?P<year_word>{GAP}{words.any_of('year')})?"
    )


def _day_month(words: _Words) -> str:
    again = rf"(?:{BREAK}(?P<again_day>{DAY})[ .](?P<again_month>{MONTH_FIGURE})(?![.,:]\d))?"
    first = rf"(?:(?P<first>{DAY}){words.ordinal()}{words.joiner()})?"
    bare = rf"(?(month_short)(?:{SPACE}{{1,4}}(?P<bare_year>\d\d)(?!\d){ISOLATED})|(?!))"
    return (
        rf"{first}(?P<day>{DAY}){words.ordinal()}[»”\"]?(?:{GAP}|{BREAK}of{BREAK}|-){words.month()}"
        rf"(?:{words.year()}{again}|-(?P<dashed_year>{YEAR}|\d\d(?!\d))(?![.,:/-]\d)|{bare})?"
    )


def _year_month_day(words: _Words) -> str:
    """1950 г., октября 5 дня."""
    year_word, of_day = words.any_of("year"), words.any_of("of-day")
    return (
        rf"(?P<year>{YEAR})(?:{GAP}{year_word})?,?{BREAK}{words.month()}{BREAK}(?P<day>{DAY})(?![.,:]?\d)"
        rf"{words.ordinal()}(?:{BREAK}{of_day})?"
    )


def _in_another_order(words: _Words) -> dict[str, str]:
    """Days of which the year stands first or the month is not all that is joined to them."""
    if not words.has_form("day-month-year"):
        return {}
    return {"year-month-day": _year_month_day(words), "date-time-group": _date_time_group(words)}


def _this_month(words: _Words) -> str:
    """7 с.м., the 5th inst."""
    return rf"(?P<day>{DAY}){words.ordinal()}{BREAK}(?P<this_month>(?i:{words.any_of('this-month')}))"


def _figures_this_year(words: _Words) -> str:
    """12.XI с.г."""
    return (
        rf"(?P<day>{DAY})[./]{{1,2}}(?:(?P<figure>{MONTH_FIGURE})|(?P<roman>{ROMAN}))\.?{GAP}"
        rf"(?P<this_year>(?i:{words.any_of('this-year')}))"
    )


def _date_time_group(words: _Words) -> str:
    """050500Z OCT 50: day and hour of a zone that a letter names; the hour is no time of the place."""
    hour = r"(?:[01]\d|2[0-3])[0-5]\d[A-Z]"
    return rf"(?P<day>0[1-9]|[12]\d|3[01]){hour}{BREAK}{words.month()}{BREAK}(?P<year>{YEAR}|\d\d(?!\d))"


def _month_day(words: _Words) -> str:
    last = rf"(?:{words.joiner()}(?P<last>{DAY})(?![.,:]?\d){words.ordinal()})?"
    return (
        rf"(?P<month_day>{words.month()}){BREAK}(?P<day>{DAY})(?P<ordinal>{words.ordinal()}){last}"
        rf"(?:{words.year()}|(?![.,:%]?\d|%))"
    )


def _figures_after_time(words: _Words) -> str:
    """12.50 3.10, as cipher clerks signed; a row of decimals is none."""
    return (
        rf"(?<![\d.,])(?P<hour_a>[01]\d|2[0-4])[.:](?P<minute_a>[0-5]\d){BREAK}"
        rf"(?P<core>(?P<day>{DAY})[./]{{1,2}}(?:(?P<figure>{MONTH_FIGURE})|(?P<roman>{ROMAN})))"
        rf"(?![.,:/]\d|{BREAK}\d{{1,4}}[.,]\d)"
    )


def _figures_after_word(words: _Words) -> str:
    """No. 2270 3.10: a day and month after a document's number or a word that announces a date."""
    numbered = rf"{words.any_of('number')}{GAP}\d{{1,6}}(?:[/-]\d{{1,4}})?"
    return (
        rf"(?<!\w)(?:{numbered}|{words.any_of('before-figures')}){BREAK}"
        rf"(?P<core>(?P<day>{DAY})[./]{{1,2}}(?:(?P<figure>{MONTH_FIGURE})|(?P<roman>{ROMAN}))){ISOLATED}"
    )


def _coarse(words: _Words) -> dict[str, str]:
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


def _times(words: _Words) -> dict[str, str]:
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
            rf"(?<!\w)(?i:{words.any_of('before-time')}){BREAK}(?P<core>(?:{hour}(?:{spoken}|\.{minute}{ISOLATED})|{sharp}))"
        ),
    }

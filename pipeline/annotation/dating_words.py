"""Turn a language's words about dates into regular expressions, of which `dating_grammar` makes ways of writing dates.

Every repetition is bounded, so a search is linear in the text. White space may be any, with one line break at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.languages import alternatives

SPACE = r"[^\S\n]"
GAP = rf"(?:{SPACE}{{0,24}}(?:\n{SPACE}{{0,24}})?)"
BREAK = rf"(?:{SPACE}{{1,24}}(?:\n{SPACE}{{0,24}})?|\n{SPACE}{{0,24}})"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
MONTH_FIGURE = r"(?:0?[1-9]|1[0-2])(?!\d)"
YEAR = r"(?:1[0-9]|20)\d\d(?!\d)"
ROMAN = r"(?=[IVXІХУПШ])[IVXІХУПШ1]{1,5}(?!\w)"
DASH = rf"{GAP}[-–—]{GAP}"

WORD_END = r"(?:(?<=\W)|(?!\w))"
"""After a full stop the next word may follow at once (`г.получена`)."""

MEANINGS = ("before-time", "before-month", "before-year", "before-any-year", "before-years", "before-figures", "number")
"""Meanings of the words that a date can begin with."""


@dataclass(frozen=True, slots=True)
class Words:
    """A language's words as regular expressions."""

    dates: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]

    def has_form(self, form: str) -> bool:
        return form in self.dates.get("forms", ())

    def any_of(self, *meanings: str) -> str:
        """Any whole word of these meanings."""
        return alternatives(word for meaning in meanings for word in self.dates.get(meaning, ())) + WORD_END

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
            rf"(?:(?P<{group}>{cased(self.months.keys() - short)})(?!\w)"
            rf"|(?P<{group}_short>{cased(short)})(?!\w)\.?)"
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


def cased(forms: Iterable[str]) -> str:
    """Any of these forms; one with a capital is found capitalised or in capitals only, others in any case."""
    forms = tuple(forms)
    capitalised = [variant for form in forms if form[0].isupper() for variant in (form, form.upper())]
    return rf"(?:{alternatives(capitalised)}|{any_case(form for form in forms if not form[0].isupper())})"


def any_case(words: Iterable[str]) -> str:
    """Any of these words in any case, the longest first, each tried only where its first letter stands."""
    rests: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        rest = r"\s{1,4}".join(map(re.escape, word[1:].split(" ")))
        rests.setdefault(word[0].lower(), []).append(rest)
    tried = (f"[{re.escape(first + first.upper())}](?i:{'|'.join(ends)})" for first, ends in rests.items())
    return f"(?:{'|'.join(tried)})" if rests else r"(?!)"

r"""Turn a text into the numbers that stand in it, in figures or in words, each with its value or its range.

    numeral   = range | single
    range     = single dash single { dash single } | single "or" single | ["from"] single "to" single
    single    = figures [multiplier] | words | ordinal
    figures   = digits { grouping digits×3 } | digits decimal digits          200.000   1,500,000   1,5 млн
    ordinal   = figures ["-"] suffix | words                                  38-ю   39th   первую
    words     = cardinal { cardinal } [multiplier …] ["and a half"]           тысяча двести   two hundred and five

    пять-шесть дивизий           5 to 6
    3-4-5000 человек             3000 to 5000, low: what the first figures leave out is read off the last
    несколько десятков тонн      nothing

The words and signs are data of the language (`[numerals]` in `languages/*.toml`); a language without them has figures
only. A number is not judged: dates, numbers of documents and shelfmarks are found elsewhere, and who reads numbers
leaves out what lies in them. Every repetition is bounded, so a search is linear in the text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from pipeline.languages import alternatives, is_known, language

Value = int | Decimal

_GAP = r"(?:[^\S\n]{1,8}\n?[^\S\n]{0,8}|\n[^\S\n]{0,8})"
_FIGURE = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_SPACE = re.compile(_GAP)
_DASH = re.compile(r"\s?[-–—]\s?")
_UNTIL_SUFFIX = r"(?:\s?[-–]\s?|)"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text, or a range of numbers."""

    start: int
    end: int
    """Half-open, in code points of the given text."""
    at_least: Value
    at_most: Value
    """The same as `at_least` where it is no range."""
    is_ordinal: bool = False
    """A place in a row, `39th`, rather than a number of things."""
    certainty: str = ""
    """`low`, `medium`; empty where the grammar leaves no choice."""
    rule: str = "figures"
    """`figures`, `words`, `multiplied` (by a thousand …), `compound` (first in a hyphened word), `range`,
    `elided-range`."""

    @property
    def value(self) -> Value | None:
        """The number; nothing where it is a range."""
        return self.at_least if self.at_least == self.at_most else None


@dataclass(frozen=True, slots=True)
class _Words:
    """A language's words and signs for numbers; words in lower case."""

    figure: re.Pattern[str]
    cardinals: Mapping[str, Value]
    ordinals: Mapping[str, Value]
    multipliers: Mapping[str, Value]
    alone: frozenset[str]
    """Multipliers that mean one of them."""
    articles: frozenset[str]
    """Words that mean one before a multiplier."""
    not_after: frozenset[str]
    """Words after which an article does not."""
    decimals: tuple[str, ...]
    ordinal_suffix: re.Pattern[str]
    cardinal_suffix: re.Pattern[str]
    half: re.Pattern[str]
    inside: frozenset[str]
    """Words between a hundred and what follows."""
    either: re.Pattern[str]
    before: re.Pattern[str]
    until: re.Pattern[str]
    beginnings: frozenset[str]
    """Words with which a number may begin."""
    counting: frozenset[str]
    """Those of them that are no articles."""


def find_numerals(text: str, tag: str) -> list[Numeral]:
    """Return the numbers in a text, in order, none overlapping; `tag` is a language tag (BCP 47)."""
    return list(_numerals_in(text, tag))


@functools.lru_cache(maxsize=1024)
def _numerals_in(text: str, tag: str) -> tuple[Numeral, ...]:
    """Return the numbers in a text; several recognisers ask for the same text."""
    words = _words(tag)
    if not _FIGURE.search(text) and not _may_count(_LETTERS.findall(text.lower()), words):
        return ()
    return tuple(_with_ranges(text, list(_singles(text, words)), words))


def _may_count(found: Sequence[str], words: _Words) -> bool:
    """Whether a number may be among these words; an article is one only where a multiplier stands too."""
    begins = not words.beginnings.isdisjoint(found)
    return begins and not (words.counting.isdisjoint(found) and words.multipliers.keys().isdisjoint(found))


@functools.cache
def _words(tag: str) -> _Words:
    data: Mapping[str, Any] = language(tag).tables.get("numerals", {}) if is_known(tag) else {}
    stems = {stem: number for number, forms in data.get("ordinal-stems", {}).items() for stem in forms}
    endings = data.get("ordinal-endings", {}).get("words", ())
    inflected = {stem + ending: _number(number) for stem, number in stems.items() for ending in endings}
    grouping = "".join(map(re.escape, data.get("grouping", ())))
    cardinals = _by_form(data.get("cardinals", {}))
    ordinals = MappingProxyType(inflected | dict(_by_form(data.get("ordinals", {}))))
    alone = frozenset(data.get("alone", {}).get("words", ()))
    articles = frozenset(data.get("alone", {}).get("before", ()))
    return _Words(
        figure=_figure(grouping.replace(r"\ ", " \u00a0"), data.get("decimal", (".",))),
        cardinals=cardinals,
        ordinals=ordinals,
        multipliers=_by_form(data.get("multipliers", {})),
        alone=alone,
        articles=articles,
        not_after=frozenset(data.get("alone", {}).get("not-after", ())),
        decimals=tuple(data.get("decimal", (".",))),
        ordinal_suffix=_suffix(data.get("ordinal-suffixes", ())),
        cardinal_suffix=_suffix(data.get("cardinal-suffixes", ())),
        half=re.compile(rf"{_GAP}(?i:{alternatives(data.get('halves', ()))})(?!\w)"),
        inside=frozenset(data.get("inside", ())),
        either=_between(data.get("range-or", ())),
        before=re.compile(rf"(?i:(?<!\w){alternatives(data.get('range-before', ()))}){_GAP}\Z"),
        until=_between(data.get("range-to", ())),
        beginnings=frozenset({*cardinals, *ordinals, *alone, *articles}),
        counting=frozenset({*cardinals, *ordinals, *alone}),
    )


def _figure(grouping: str, decimals: Sequence[str]) -> re.Pattern[str]:
    """Figures or a word; figures that are part of a word, a fraction, a time or a date are none."""
    point = "".join(map(re.escape, decimals))
    grouped = rf"\d{{1,3}}(?:(?P<sign>[{grouping or ','}])\d{{3}}(?:(?P=sign)\d{{3}}){{0,3}})"
    figures = rf"(?:{grouped}|\d{{1,12}}[{point}]\d{{1,2}}|\d{{1,12}})(?!\d|[.,/:]\d)"
    return re.compile(
        rf"(?<![\w/:])(?<!\d[.,])(?<![^\W\d_][-–])(?P<figures>{figures})|(?P<word>[^\W\d_]+(?:\.[^\W\d_](?!\w))?)"
    )


def _suffix(suffixes: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"{_UNTIL_SUFFIX}(?i:{alternatives(suffixes)})(?![\w-])")


def _between(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"{_GAP}(?i:{alternatives(words)}){_GAP}")


def _by_form(table: Mapping[str, Iterable[str]]) -> Mapping[str, Value]:
    return MappingProxyType({form: _number(number) for number, forms in table.items() for form in forms})


def _number(figures: str) -> Value:
    value = Decimal(figures)
    return int(value) if value == value.to_integral_value() else value


@dataclass(slots=True)
class _Run:
    """A number in the making: words and figures that follow each other."""

    start: int
    end: int
    total: Value = 0
    """What stands before the last multiplier."""
    current: Value = 0
    room: Value = 0
    """The next word can add less than this."""
    multiplied: Value = field(default=10**15)
    """The next multiplier must be smaller than this."""
    rule: str = "words"
    is_ordinal: bool = False

    def numeral(self) -> Numeral:
        value = self.total + self.current
        value = int(value) if value == int(value) else value
        return Numeral(self.start, self.end, value, value, self.is_ordinal, rule=self.rule)


def _singles(text: str, words: _Words) -> Iterator[Numeral]:
    run: _Run | None = None
    last = ""
    for found in words.figure.finditer(text):
        token = found[0].lower()
        if run is None and found.lastgroup == "word" and token not in words.beginnings:
            last = token
            continue
        if run and (_waits(run, token, words) or _extends(text, run, found, token, words)):
            continue
        if run:
            yield from _finished(text, run, words)
        run = _begun(text, found, token, last, words)
        last = token
    if run:
        yield from _finished(text, run, words)


def _finished(text: str, run: _Run, words: _Words) -> Iterator[Numeral]:
    """Yield a number, unless it was only an article; one before a hyphen and a word is part of a compound."""
    if run.current == 0 and run.total == 0 and run.rule == "article":
        return
    if run.rule in {"words", "multiplied"} and re.match(r"[-–][^\W\d_]", text[run.end : run.end + 2]):
        run.rule = "compound"
    elif not run.is_ordinal and (half := words.half.match(text, run.end)):
        run.current, run.end = run.current + Decimal("0.5"), half.end()
        following = re.compile(rf"{_GAP}([^\W\d_]+)").match(text, run.end)
        if following and following[1].lower() in words.multipliers:
            run.current, run.end = run.current * words.multipliers[following[1].lower()], following.end()
            run.rule = "multiplied"
    yield run.numeral()


def _begun(text: str, found: re.Match[str], token: str, last: str, words: _Words) -> _Run | None:
    start, end = found.span()
    if found.lastgroup == "figures":
        return _of_figures(text, found, words)
    if token in words.cardinals or token in words.ordinals:
        is_ordinal = token not in words.cardinals
        value = words.ordinals[token] if is_ordinal else words.cardinals[token]
        return _Run(start, end, 0, value, 0 if is_ordinal else _room(value), is_ordinal=is_ordinal)
    if token in words.alone:
        return _Run(start, end, words.multipliers[token], 0, words.multipliers[token], words.multipliers[token])
    if token in words.articles and last not in words.not_after:
        return _Run(start, end, rule="article")
    return None


def _of_figures(text: str, found: re.Match[str], words: _Words) -> _Run:
    start, end = found.span("figures")
    run = _Run(start, end, 0, _value(found, words.decimals), rule="figures")
    if suffix := words.ordinal_suffix.match(text, end):
        run.end, run.is_ordinal, run.multiplied = suffix.end(), True, 0
    elif suffix := words.cardinal_suffix.match(text, end):
        run.end = suffix.end()
    elif re.match(r"[-–][^\W\d_]", text[end : end + 2]):
        run.rule = "compound"
    return run


def _value(found: re.Match[str], decimals: Sequence[str]) -> Value:
    figures = found["figures"]
    if found["sign"]:
        return int(re.sub(r"\D", "", figures))
    sign = next((sign for sign in decimals if sign in figures), "")
    return _number(figures.replace(sign, ".")) if sign else int(figures)


def _room(value: Value) -> Value:
    """Return below what a word can add to this one: units to tens, tens to hundreds."""
    if value >= 100:
        return 100 if value < 1000 else 0
    return 10 if value >= 20 else 0


def _waits(run: _Run, token: str, words: _Words) -> bool:
    """Whether what follows may still belong to the number: two hundred and five."""
    return run.room == 100 and token in words.inside


def _extends(text: str, run: _Run, found: re.Match[str], token: str, words: _Words) -> bool:
    """Take a word into the number before it if the two are one number."""
    between = text[run.end : found.start()]
    is_apart = _SPACE.fullmatch(between) is not None or between.strip().lower() in words.inside
    if run.is_ordinal or not (is_apart or between in {"", "-"}):
        return False
    if token in words.multipliers and between != "-" and _may_multiply(run, words.multipliers[token]):
        return _multiply(run, found.end(), words.multipliers[token])
    value: Value
    if found.lastgroup == "figures":
        value, fits = int(token) if token.isdigit() else 0, run.total > 0 and run.current == 0
    else:
        value = words.cardinals.get(token) or words.ordinals.get(token, 0)
        fits = run.rule != "figures" and (between != "-" or run.room == 10)
    if not (fits and 0 < value < run.room):
        return False
    run.current += value
    run.end, run.room, run.is_ordinal = found.end(), _room(value), token in words.ordinals
    return True


def _may_multiply(run: _Run, multiplier: Value) -> bool:
    return multiplier < run.multiplied and (run.current > 0 or run.rule == "article")


def _multiply(run: _Run, end: int, multiplier: Value) -> bool:
    current = run.current or 1
    if multiplier < 1000:
        run.current, run.room = current * multiplier, 100 if multiplier == 100 else 0
    else:
        run.total += current * multiplier
        run.current, run.room, run.multiplied = 0, multiplier, multiplier
    run.end, run.rule = end, "multiplied"
    return True


def _with_ranges(text: str, singles: Sequence[Numeral], words: _Words) -> Iterator[Numeral]:
    """Yield the numbers, those that are the ends of one range as one."""
    reached = 0
    while reached < len(singles):
        chain = [singles[reached]]
        for following in singles[reached + 1 : reached + 4]:
            if not _DASH.fullmatch(text, chain[-1].end, following.start):
                break
            chain.append(following)
        joined = _range(chain) if len(chain) > 1 else _spoken_range(text, singles[reached : reached + 2], words)
        yield joined or singles[reached]
        reached += (len(chain) if len(chain) > 1 else 2) if joined else 1


def _range(chain: Sequence[Numeral]) -> Numeral | None:
    """`5–6`, `пять-шесть`, `3-4-5000`, `2-3 тысячи`: from the first number to the last, if each is greater."""
    if any(one.is_ordinal for one in chain):
        return None
    values = [one.at_least for one in chain]
    scale, certainty = _left_out(chain)
    scaled = [value * scale for value in values[:-1]] + values[-1:]
    if any(one >= other for one, other in pairwise(scaled)):
        return None
    rule = "elided-range" if scale > 1 else "range"
    return replace(chain[-1], start=chain[0].start, at_least=scaled[0], certainty=certainty, rule=rule)


def _left_out(chain: Sequence[Numeral]) -> tuple[int, str]:
    """Return by what the first numbers are to be multiplied, and how sure that is: `3-5000`, `2-3 тысячи`."""
    last = chain[-1]
    if not isinstance(last.at_most, int) or last.at_most < 1000 or isinstance(chain[0].at_least, Decimal):
        return 1, ""
    digits = str(last.at_most)
    leading = digits.rstrip("0")
    zeros = len(digits) - len(leading)
    scale = 10 ** (zeros - zeros % 3)
    leading_value = last.at_most // scale
    fits = all(one.at_least < leading_value and len(str(one.at_least)) == len(str(leading_value)) for one in chain[:-1])
    certainty = "" if last.rule == "multiplied" else "low"
    return (scale, certainty) if scale > 1 and fits else (1, "")


def _spoken_range(text: str, pair: Sequence[Numeral], words: _Words) -> Numeral | None:
    """`пять или шесть`, `five to six`, `от 3 до 5`, `between 3 and 5`."""
    if len(pair) < 2 or pair[0].is_ordinal or pair[1].is_ordinal or pair[0].at_least >= pair[1].at_least:
        return None
    one, other = pair
    between = text[one.end : other.start]
    announced = words.before.search(text, max(0, one.start - 20), one.start)
    if announced and words.until.fullmatch(between):
        return replace(other, start=one.start, at_least=one.at_least, certainty="medium", rule="range")
    is_near = other.at_least == one.at_least + 1 or one.at_least % 10 == other.at_least % 10 == 0
    if not announced and words.either.fullmatch(between) and is_near:
        return replace(other, start=one.start, at_least=one.at_least, rule="range")
    return None

r"""Turn figures and words for numbers, in any language with data, into values that can be compared between languages.

    number  = figures | words | figures multiplier              200.000 / пять-шесть / 20 тыс.
    figures = group (mark group)* | digits mark digits          1.500.000, 3,000 / 1,5 тыс.
    row     = digit ("-" digit)* "-" thousands                  3-4-5000 человек: 3000, 4000 and 5000
    words   = cardinals that add up, by the usual grammar       двадцать пять; two hundred and five

Ordinals have the value of their cardinals and are marked, as is the word for one: it is often no number at all. Words
stand in `pipeline/languages/*.toml`, table `[numbers]`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from pipeline.languages import is_known, language


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text; its extent is half-open."""

    start: int
    end: int
    value: str
    """In figures without marks, a fraction with a full stop: `200000`, `1.5`."""
    is_sure: bool
    """Whether it certainly counts something: figures do, ordinals and the word for one may not."""


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words for numbers in one language, in lower case."""

    cardinals: Mapping[str, int]
    multipliers: Mapping[str, int]
    ordinals: Mapping[str, int]
    articles: frozenset[str]
    """Make a multiplier a number: `a hundred`."""
    joints: frozenset[str]
    """Stand between hundreds and what is less: `and`."""
    figures: re.Pattern[str]
    grouped: re.Pattern[str]
    """Figures whose marks part thousands."""
    all: frozenset[str]
    """Every word that can begin a number."""


LONGEST = 24
"""Characters; a longer row of figures counts nothing."""

_WORD = re.compile(r"\d|[^\W\d_]+")
_FIGURE = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_ROW = re.compile(r"(?<![\d.,])([1-9](?:-[1-9]){0,6})-([1-9])000(?!\d)")


@functools.lru_cache(maxsize=64)
def number_words(tag: str) -> NumberWords:
    """Return the words of a language; a language without data has figures only."""
    table = language(tag).tables.get("numbers", {}) if is_known(tag) else {}
    mark = table.get("thousands", ",")
    endings = table.get("ordinal-endings", [""])
    grouped = rf"(?:\d{{1,3}}(?:[{re.escape(mark)}\u00a0]\d{{3}})+|\d{{1,3}}(?:[.,]000)+)(?!\d)"
    after = "|".join(re.escape(one) for one in sorted(table.get("after-figures", ()), key=len, reverse=True)) or "(?!)"
    decimal = r"\d+[.,]\d{1,2}(?![\d.,])"
    cardinals, multipliers = (_by_form(table.get(name, {})) for name in ("cardinals", "multipliers"))
    ordinals = _by_form({value: [stem + end for stem in stems for end in endings] for value, stems in _ordinals(table)})
    return NumberWords(
        cardinals=cardinals,
        multipliers=multipliers,
        ordinals=ordinals,
        articles=frozenset(table.get("a", ())),
        joints=frozenset(table.get("and", ())),
        figures=re.compile(rf"(?<![\d.,/])(?P<figures>{grouped}|{decimal}|\d+)(?:-?(?:{after})(?!\w))?"),
        grouped=re.compile(rf"\d{{1,3}}(?:[{re.escape(mark)}\u00a0]\d{{3}})+|\d{{1,3}}(?:[.,]000)+"),
        all=frozenset({*cardinals, *multipliers, *ordinals}),
    )


def _ordinals(table: Mapping[str, Mapping[str, list[str]]]) -> list[tuple[str, list[str]]]:
    return list(table.get("ordinals", {}).items())


def _by_form(table: Mapping[str, list[str]]) -> Mapping[str, int]:
    return MappingProxyType({form: int(value) for value, forms in table.items() for form in forms})


def find_numbers(text: str, tag: str) -> list[Number]:
    """Return the numbers in a text, in order."""
    words = number_words(tag)
    found: list[Number] = []
    if _FIGURE.search(text):
        found += _rows(text)
        found += list(_in_figures(text, words, found))
    if not words.all.isdisjoint(_LETTERS.findall(text.casefold())):
        found += _in_words(text, words)
    return sorted(found, key=lambda one: (one.start, one.end, one.value))


def _rows(text: str) -> Iterator[Number]:
    """Yield the numbers of rows whose thousands stand only at the last: `3-4-5000`."""
    for found in _ROW.finditer(text):
        digits = [*found[1].split("-"), found[2]]
        if digits == sorted(set(digits)):
            yield from (Number(*found.span(), f"{digit}000", is_sure=True) for digit in digits)


def _in_figures(text: str, words: NumberWords, taken: list[Number]) -> Iterator[Number]:
    in_rows = {place for one in taken for place in range(one.start, one.end)}
    for found in words.figures.finditer(text):
        if found.start() in in_rows or len(found["figures"]) > LONGEST:
            continue
        value, end = _value_of(found["figures"], words), found.end()
        following = _WORD.match(text, end + len(text[end : end + 1]) - len(text[end : end + 1].lstrip()))
        if following and (factor := words.multipliers.get(following.group().casefold(), 0)) and following.start() > end:
            value, end = value * factor, following.end()
        yield Number(found.start(), end, _written(value), is_sure=True)


def _value_of(figures: str, words: NumberWords) -> int | Fraction:
    if figures.isdecimal():
        return int(figures)
    if words.grouped.fullmatch(figures):
        return Fraction(re.sub(r"\D", "", figures))
    return Fraction(figures.replace(",", "."))


def _written(value: int | Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


@dataclass(slots=True)
class _Sum:
    """A number in words, as far as it has been read."""

    start: int
    end: int
    total: int = 0
    current: int = 0
    smallest: int = 1_000_000_000_000
    """The next cardinal must be less than the place of the last: after `twenty`, 1 to 9."""
    multiplier: int = 1_000_000_000_000
    """The next multiplier must be less than the last: after `million`, `thousand`."""

    def number(self) -> Number:
        value = self.total + self.current
        return Number(self.start, self.end, str(value), is_sure=value != 1)


def _in_words(text: str, words: NumberWords) -> Iterator[Number]:
    """Yield numbers in words; a cardinal that cannot be added to what stands before it begins a new number."""
    if not words.cardinals:
        return
    sum_: _Sum | None = None
    previous = ""
    for found in _WORD.finditer(text):
        word = found.group().casefold()
        is_next = sum_ is not None and len(text[sum_.end : found.start()].strip(" -\u00a0")) == 0
        if sum_ and is_next and word in words.joints and sum_.smallest == 100:
            sum_.end = found.end()
            continue
        if sum_ and not (is_next and _add(sum_, word, words)):
            yield sum_.number()
            sum_ = None
        elif sum_:
            sum_.end = found.end()
            continue
        sum_ = _begun(found, word, previous, words)
        if sum_ is None and word in words.ordinals:
            yield Number(found.start(), found.end(), str(words.ordinals[word]), is_sure=False)
        previous = word
    if sum_:
        yield sum_.number()


def _begun(found: re.Match[str], word: str, previous: str, words: NumberWords) -> _Sum | None:
    if word in words.cardinals:
        sum_ = _Sum(found.start(), found.end())
        _add(sum_, word, words)
        return sum_
    if word in words.multipliers and previous in words.articles:
        return _Sum(found.start(), found.end(), current=words.multipliers[word], smallest=words.multipliers[word])
    return None


def _add(sum_: _Sum, word: str, words: NumberWords) -> bool:
    """Add a word to a number; whether it belongs to it."""
    if value := words.cardinals.get(word):
        if value >= sum_.smallest:
            return False
        sum_.current += value
        sum_.smallest = 1 if value < 20 else 10 if value < 100 else 100
        return True
    factor = words.multipliers.get(word)
    if not factor:
        return False
    if factor == 100 and 0 < sum_.current < 100:
        sum_.current *= 100
        sum_.smallest = 100
        return True
    if factor == 100 or not sum_.current or factor >= sum_.multiplier:
        return False
    sum_.total += sum_.current * factor
    sum_.current = 0
    sum_.smallest = sum_.multiplier = factor
    return True

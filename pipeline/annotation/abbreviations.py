r"""Turn a text into its abbreviations that can be written out for certain, each in the case that its place demands.

    N 1-тов. Сталину          товарищу: lists of copies and addresses are in the dative
    беседа с тов. Сталиным    товарищем, as the name's form tells
    1.500.000 чел.            человек, as the number demands
    Cde. Molotov              Comrade

An abbreviation whose case nothing tells stays as it is. The words are data of the language (`[abbreviations]`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.annotation.numerals import Numeral, find_numerals
from pipeline.annotation.russian_words import name_cases
from pipeline.languages import alternatives, is_known, language

_NAME = r"\s{0,3}(?P<name>[^\W\d_a-zа-яё][\w’'-]+)"


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation that can be written out."""

    start: int
    end: int
    """Half-open, in code points of the given text."""
    expansion: str
    certainty: str
    """`high` where the place tells the case but the name does not show it; else empty."""
    rule: str


def find_abbreviations(text: str, tag: str, *, is_addressed: bool = False) -> list[Abbreviation]:
    """Return the abbreviations of a text, in order; in an address or a list of copies (`is_addressed`) names follow
    in the case of those."""
    data: Mapping[str, Any] = language(tag).tables.get("abbreviations", {}) if is_known(tag) else {}
    if not data:
        return []
    found = [*_titles(text, data, is_addressed), *_counted(text, tag, data)]
    return sorted(found, key=lambda abbreviation: abbreviation.start)


def _titles(text: str, data: Mapping[str, Any], is_addressed: bool) -> Iterator[Abbreviation]:
    lower = text.lower()
    if not any(title.lower() in lower for title in data["titles"]):
        return
    for found in _before_name(tuple(data["titles"])).finditer(text):
        cases = name_cases(found["name"].lower()) if "any" not in data["title"] else frozenset({"any"})
        case = data["addressed"] if is_addressed and "any" not in cases else next(iter(cases), "")
        if len(cases) > 1 and not is_addressed:
            continue
        if expansion := data["title"].get(case):
            is_capital = found["title"][0].isupper() and case != "any"
            written = expansion.capitalize() if is_capital else expansion
            yield Abbreviation(*found.span("title"), written, "" if case in cases else "high", "title")


@functools.cache
def _before_name(titles: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?P<title>(?i:{alternatives(titles)}))(?:(?<=\.)|(?!\w)[,.]){_NAME}")


@functools.cache
def _after_number(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s{{0,3}}(?P<form>{alternatives(forms)})(?!\w)")


def _counted(text: str, tag: str, data: Mapping[str, Any]) -> Iterator[Abbreviation]:
    """Yield what is counted by a number after which Russian has the genitive plural: 5 to 20, 25, 30, 1000 …"""
    forms = data.get("counted", {})
    if not forms:
        return
    counted = _after_number(tuple(forms))
    for number in find_numerals(text, tag):
        reached = _before_multiplier(text, number)
        found = counted.match(text, reached)
        while found:
            if reached > number.start + 1 and _demands_many(text[number.start : reached], number):
                yield Abbreviation(*found.span("form"), forms[found["form"]], "", "counted")
            found = counted.match(text, found.end())


def _before_multiplier(text: str, number: Numeral) -> int:
    """Return where the figures of a number end, before a multiplier that is written short: 400 тыс."""
    figures = re.compile(r"[\d.,\s–-]*\d").match(text, number.start, number.end)
    return figures.end() if figures else number.end


def _demands_many(figures: str, number: Numeral) -> bool:
    last = re.findall(r"\d+", figures)
    value = int(last[-1]) if last else number.at_most
    return value % 100 in range(5, 21) or value % 10 in {0, *range(5, 10)}

r"""Turn a text into the military units that it names by number.

    unit      = numbers { adjective } noun
    numbers   = number { ("," | "и" | "and") number }
    number    = ordinal | Roman numeral | figures where the noun has not the form of counting
    noun      = army | corps | division | brigade | regiment | battalion | "army" group

    1 и 2 армейских групп       первую и вторую армейские группы       26 бригада       39 корпуса
    39th corps                  4th Field Army                         First and Second Army Groups

An ordinal in words is a name only in capitals, in a list or before the adjective of a kind of troops: the fourth
division of a corps is one of four. The armies are those of the document; which is meant is not said here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.annotation.numerals import Numeral, find_numerals
from pipeline.languages import alternatives
from pipeline.languages.quantities import Noun, QuantityWords, quantity_words

_ROMAN = re.compile(r"(?<![\w.])(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})(?!\w)")
_ROMAN_FIGURES = {"I": 1, "V": 5, "X": 10}
_BRACKETS = re.compile(r"\s?\[[^\[\]]*\]")
_BRACKETED_WORD = re.compile(r"\[[^\s\[\]]*\]")
"""What a translator says of a number beside it: 1 [First] and 2 [Second] Army Groups."""
_GLOSS = r"(?:\s?\[[^\[\]]{1,24}\])?"


@dataclass(frozen=True, slots=True)
class MilitaryUnit:
    """One unit, or several with one noun."""

    start: int
    end: int
    """Half-open, in code points of the given text."""
    certainty: str
    """`medium` where the number could count; else empty."""
    rule: str = "military-unit"


@dataclass(frozen=True, slots=True)
class _Forms:
    """A language's words as patterns over what follows a number."""

    noun: re.Pattern[str]
    joint: re.Pattern[str]
    words: QuantityWords


def find_military_units(text: str, tag: str) -> list[MilitaryUnit]:
    """Return the units that a text names by number, in order; `tag` is a language tag (BCP 47)."""
    forms = _forms(tag)
    if forms is None:
        return []
    numbers = sorted([*find_numerals(text, tag), *_roman(text)], key=lambda number: number.start)
    glosses = [found.span() for found in _BRACKETED_WORD.finditer(text)]
    numbers = [number for number in numbers if number.value is not None and not _is_in(number, glosses)]
    return list(_units(text, numbers, forms))


def _is_in(number: Numeral, extents: Iterable[tuple[int, int]]) -> bool:
    return any(start <= number.start and number.end <= end for start, end in extents)


def designations(name: str, tag: str) -> tuple[tuple[int, str], ...]:
    """Return number and formation of each unit in a name, the formation as the guidelines call it.

    `1 и 2 армейских групп` is (1, group) and (2, group), `39th corps` is (39, corps); brackets are not read.
    """
    forms = _forms(tag)
    bare = _BRACKETS.sub("", name)
    named = forms.noun.search(bare) if forms else None
    if forms is None or named is None:
        return ()
    formation = "group" if named["group"] else forms.words.nouns[" ".join(named["noun"].lower().split())].unit
    before = bare[: named.start()]
    numbers = sorted([*find_numerals(before, tag), *_roman(before)], key=lambda number: number.start)
    return tuple((number.value, formation) for number in numbers if isinstance(number.value, int))


@functools.cache
def _forms(tag: str) -> _Forms | None:
    words = quantity_words(tag)
    nouns = [form for form, noun in words.nouns.items() if noun.is_military]
    if not nouns:
        return None
    endings = words.words.get("adjective-endings")
    stems = alternatives(words.military.get("adjectives", ()))
    adjective = rf"{stems}{alternatives(endings)}" if endings else stems
    groups = alternatives(words.military.get("groups", ()))
    before = alternatives(words.military.get("group-adjectives", ()))
    before += alternatives(endings) if endings else ""
    noun = rf"(?P<adjectives>(?:\s{{1,4}}{adjective}){{0,3}})\s{{1,4}}(?:(?P<group>{before}\s{{1,4}}{groups})"
    noun += rf"|(?P<noun>{alternatives(nouns)}))(?!\w)"
    joint = rf"{_GLOSS}(?:\s?,\s{{0,4}}(?:{alternatives(words.military['and'])}\s{{1,4}})?"
    joint += rf"|\s{{1,4}}{alternatives(words.military['and'])}\s{{1,4}})"
    return _Forms(re.compile(_GLOSS + noun, re.IGNORECASE), re.compile(joint), words)


def _roman(text: str) -> Iterator[Numeral]:
    for found in _ROMAN.finditer(text) if "I" in text or "V" in text or "X" in text else ():
        if found[0]:
            value = _value_of_roman(found[0])
            yield Numeral(found.start(), found.end(), value, value, is_ordinal=True, rule="roman")


def _value_of_roman(figures: str) -> int:
    values = [_ROMAN_FIGURES[figure] for figure in figures]
    return sum(-one if one < other else one for one, other in pairwise((*values, 0)))


def _units(text: str, numbers: list[Numeral], forms: _Forms) -> Iterator[MilitaryUnit]:
    """Yield a unit for each run of numbers that a noun follows."""
    run: list[Numeral] = []
    for number in numbers:
        if run and not forms.joint.fullmatch(text, run[-1].end, number.start):
            run = []
        run.append(number)
        if named := forms.noun.match(text, number.end):
            while run and not _names(run, named, forms.words):
                run = run[1:]
            if run:
                yield MilitaryUnit(run[0].start, named.end(), _certainty(run, named, forms.words))
            run = []


def _names(run: list[Numeral], named: re.Match[str], words: QuantityWords) -> bool:
    """Whether numbers are names: places in a row, or figures that do not count this noun."""
    if any(number.rule not in {"figures", "words", "roman"} for number in run):
        return False
    if any(number.rule == "words" and not number.is_ordinal for number in run):
        return False
    text = named.string
    if any(number.rule == "words" for number in run):
        is_capital = all(text[number.start].isupper() for number in run)
        return is_capital or len(run) > 1 or bool(named["adjectives"].strip() or named["group"])
    if named["group"] or len(run) > 1 or run[0].is_ordinal:
        return True
    return _cannot_count(run[0], words.nouns[named["noun"].lower()], named["noun"].lower())


def _cannot_count(number: Numeral, noun: Noun, form: str) -> bool:
    """Whether a noun after figures has not the form of counting: 26 бригада, 39 корпуса, 1 корпуса."""
    if not isinstance(number.value, int) or form in noun.plural:
        return False
    tens, units = number.value % 100 // 10, number.value % 10
    if noun.few and tens != 1 and 2 <= units <= 4:
        return form not in noun.few
    if noun.few and tens != 1 and units == 1 and number.value > 1:
        return False
    return form in noun.singular


def _certainty(run: list[Numeral], named: re.Match[str], words: QuantityWords) -> str:
    is_one = len(run) == 1 and run[0].value == 1 and not run[0].is_ordinal
    return "medium" if is_one and not named["group"] else ""

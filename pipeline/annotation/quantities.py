r"""Turn a text into the quantities that stand in it: a number, a unit, and what is counted.

    quantity   = numeral { between } noun [["of"] commodity] | numeral percent | numeral
    numeral    = a number or range (`numerals`) | "несколько" ["десятков"] …
    between    = adjective | "and other" | …, three of them at most

    хотя бы пять-шесть боеспособных дивизий      5 to 6 division
    200.000 противотанковых и других мин         200000 piece mine
    несколько десятков тонн продовольствия       t food, no value: nobody says how many
    26 бригада                                   none: 26 is the brigade's name (`military`)

A number in figures is a quantity only where the noun has the form that the language demands after it: 4 корпуса, but
39 корпуса is a name. Numbers after words that number things (No., Chapter), in dates and in brackets are none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pipeline.annotation.numerals import Numeral, Value, find_numerals
from pipeline.languages import alternatives, is_known, language
from pipeline.languages.quantities import Noun, QuantityWords, quantity_words

LONGEST = 3
"""Words between a number and its noun."""

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NEXT = re.compile(r"\s{1,4}([^\W\d_]+(?:[-–’'][^\W\d_]+)*)")
_BEFORE = 24
"""Characters before a number in which a word that numbers things may stand."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text."""

    start: int
    end: int
    """Half-open, in code points of the given text."""
    at_least: Value | None = None
    at_most: Value | None = None
    """Both the same where the number is exact; both nothing where nobody says how many."""
    unit: str = ""
    commodity: str = ""
    type: str = ""
    """What is measured, for a measure; `cardinal`, `range` or `percentage` for a number without unit."""
    certainty: str = ""
    rule: str = ""


def find_quantities(text: str, tag: str, taken: Collection[tuple[int, int]] = ()) -> list[Quantity]:
    """Return the quantities in a text, in order; `taken` are extents in which numbers are something else."""
    words = quantity_words(tag)
    if not words.nouns:
        return []
    found = [*_counted(text, tag, words, taken), *_indefinite(text, words)]
    return sorted(found, key=lambda quantity: quantity.start)


def _counted(text: str, tag: str, words: QuantityWords, taken: Collection[tuple[int, int]]) -> Iterator[Quantity]:
    numbering = _numbering(tag)
    for number in find_numerals(text, tag):
        if number.is_ordinal or number.rule == "compound" or _is_taken(number, taken):
            continue
        if _is_note(text, number) or numbering.search(text, max(0, number.start - _BEFORE), number.start):
            continue
        if quantity := _measured(text, tag, number, words) or _bare(text, number, words):
            yield quantity


def _is_taken(number: Numeral, taken: Collection[tuple[int, int]]) -> bool:
    return any(start < number.end and number.start < end for start, end in taken)


@functools.cache
def _numbering(tag: str) -> re.Pattern[str]:
    """Match, before a number, what says that it is a name: "No.", "Chapter"."""
    words = quantity_words(tag)
    signs = language(tag).dates.get("number", ()) if is_known(tag) else ()
    said = alternatives((*signs, *words.words.get("identifying", ())))
    joined = rf"(?:[\s\d,–-]|{alternatives(words.military.get('and', ()))}){{0,8}}"
    return re.compile(rf"(?:(?i:(?<!\w){said})\.?{joined}|#)\Z")


def _is_note(text: str, number: Numeral) -> bool:
    """Whether a number stands alone in brackets, as the signs of notes do."""
    return text[number.start - 1 : number.start] in {"(", "["} and text[number.end : number.end + 1] in {")", "]"}


def _measured(text: str, tag: str, number: Numeral, words: QuantityWords) -> Quantity | None:
    """Return the quantity whose number this is, where a noun that counts follows it."""
    is_shortened = number.rule in {"multiplied", "elided-range"} and text[number.end : number.end + 1] == "."
    found = _noun_after(text, number.end + is_shortened, words)
    if not found:
        return None
    noun, form, end = found
    if not _agrees(number, noun, form) or _is_time(text, tag, noun, end):
        return None
    commodity, end = _commodity(text, end, words) if not noun.commodity else (noun.commodity, end)
    value = (number.at_least, number.at_most)
    return Quantity(number.start, end, *value, noun.unit, commodity, noun.type, number.certainty, "unit")


def _noun_after(text: str, place: int, words: QuantityWords) -> tuple[Noun, str, int] | None:
    """Return the noun that follows, as it stands, and where it ends."""
    for _ in range(LONGEST + 1):
        following = _NEXT.match(text, place)
        if not following:
            return None
        word, end = following[1].lower(), following.end()
        pair = _NEXT.match(text, end)
        if pair and f"{word} {pair[1].lower()}" in words.nouns:
            word, end = f"{word} {pair[1].lower()}", pair.end()
        if word in words.nouns:
            end += word in words.words.get("shortened", ()) and text[end : end + 1] == "."
            is_name = following[1][0].isupper() and not following[1].isupper()
            return None if is_name else (words.nouns[word], word, end)
        if not _may_stand_between(word, words):
            return None
        place = following.end()
    return None


def _may_stand_between(word: str, words: QuantityWords) -> bool:
    if word in words.words.get("between", ()):
        return True
    if endings := words.words.get("adjective-endings"):
        return word.endswith(endings)
    return word not in words.words.get("never-between", ())


def _agrees(number: Numeral, noun: Noun, form: str) -> bool:
    """Whether a noun has the form that counting demands; in words only cardinals count, so there it always has."""
    if number.rule in {"words", "multiplied", "range", "elided-range"} or not isinstance(number.value, int):
        return True
    if number.value == 1:
        return form in noun.singular and not noun.is_military
    if noun.few:
        tens, units = number.value % 100 // 10, number.value % 10
        if tens != 1 and units == 1:
            return form in noun.singular
        if tens != 1 and 2 <= units <= 4:
            return form in noun.few or form in noun.plural
    return form in noun.plural and (form not in noun.singular or not noun.is_military)


def _is_time(text: str, tag: str, noun: Noun, end: int) -> bool:
    """Whether hours are a time of day: 5-6 часов вечера."""
    if noun.unit != "hour":
        return False
    dates = language(tag).dates
    halves = alternatives((*dates.get("morning", ()), *dates.get("afternoon", ())))
    return re.compile(rf"\s{{1,4}}{halves}").match(text, end) is not None


def _commodity(text: str, end: int, words: QuantityWords) -> tuple[str, int]:
    place = end
    for _ in range(2):
        following = _NEXT.match(text, place)
        if following and following[1].lower() in words.commodities:
            return words.commodities[following[1].lower()], following.end()
        if not following or following[1].lower() not in words.words.get("of", ()):
            break
        place = following.end()
    return "", end


def _bare(text: str, number: Numeral, words: QuantityWords) -> Quantity | None:
    """Return a percentage, a number in words or a range, or a number in figures with a counted noun after it."""
    percent = _percent(words.words.get("percent", ())).match(text, number.end)
    value = (number.at_least, number.at_most)
    if percent:
        certainty = number.certainty
        return Quantity(number.start, percent.end(), *value, type="percentage", certainty=certainty, rule="percent")
    is_counted = number.value != 1 if number.rule != "figures" else _counts(text, number, words)
    if number.value is None and number.rule == "range" and text[number.start].isdigit():
        is_counted = _counts(text, number, words)
    if not is_counted:
        return None
    kind = "cardinal" if number.value is not None else "range"
    is_shortened = number.rule in {"multiplied", "elided-range"} and re.match(
        r"\.\s+[^\W\d_A-ZА-ЯЁ]", text[number.end :]
    )
    return Quantity(
        number.start, number.end + bool(is_shortened), *value, type=kind, certainty=number.certainty, rule="number"
    )


@functools.cache
def _percent(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s?{alternatives(words)}(?!\w)")


def _counts(text: str, number: Numeral, words: QuantityWords) -> bool:
    """Whether one of the words after figures is a counted noun; at once no other number may follow."""
    if number.value is not None and number.value < 2:
        return False
    place = number.end
    for _ in range(LONGEST):
        following = _NEXT.match(text, place)
        if not following or not following[1].islower():
            return False
        if following[1].endswith(words.words.get("counted-endings", ())):
            return True
        if not _may_stand_between(following[1], words):
            return False
        place = following.end()
    return False


@functools.cache
def _nobody_says(said: tuple[str, ...], tens: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{alternatives(said)})(?:\s{{1,4}}(?i:{alternatives(tens)}))?(?!\w)")


def _indefinite(text: str, words: QuantityWords) -> Iterator[Quantity]:
    """Yield quantities of which nobody says how many: несколько десятков тонн."""
    pattern = _nobody_says(words.words.get("indefinite", ()), words.words.get("indefinite-multipliers", ()))
    for found in pattern.finditer(text):
        if noun_after := _noun_after(text, found.end(), words):
            noun, form, end = noun_after
            if form not in noun.plural:
                continue
            commodity, end = _commodity(text, end, words) if not noun.commodity else (noun.commodity, end)
            yield Quantity(
                found.start(), end, unit=noun.unit, commodity=commodity, type=noun.type, rule="nobody-says-how-many"
            )

"""Turn a Russian word that no dictionary knows into the known words that a slip would turn into it.

One slip is one letter wrong, missing or too many, two letters exchanged, or two words run into one. Known is what
stands in the dictionary of OpenCorpora (`pymorphy3`), archaic and distorted forms apart.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pymorphy3

_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_RARE = frozenset({"V-oy", "V-ey", "V-ie", "V-bi", "V-be", "V-en", "Arch", "Erro", "Dist", "Infr", "Slng", "Abbr"})
"""Grammemes of forms that are no correction: archaic endings, distortions, abbreviations."""


@functools.cache
def dictionary() -> pymorphy3.MorphAnalyzer:
    """Return the dictionary, read once in each process."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@functools.lru_cache(maxsize=200_000)
def is_word(word: str) -> bool:
    """Whether the dictionary knows a word, in lower case."""
    return bool(dictionary().word_is_known(word))


@functools.lru_cache(maxsize=20_000)
def is_current(word: str) -> bool:
    """Whether the dictionary knows a word in a form that is in use."""
    if not is_word(word):
        return False
    return any(not _RARE & set(reading.tag.grammemes) for reading in dictionary().parse(word))


def is_verb(word: str) -> bool:
    """Whether a known word can be a finite verb, an infinitive or a verbal adverb."""
    return is_current(word) and any(reading.tag.POS in {"VERB", "INFN", "GRND"} for reading in dictionary().parse(word))


def has_case(word: str, cases: tuple[str, ...]) -> bool:
    """Whether a known word can stand in one of these cases (OpenCorpora's names)."""
    return is_current(word) and any(reading.tag.case in cases for reading in dictionary().parse(word))


def name_cases(name: str) -> frozenset[str]:
    """Return the cases (OpenCorpora's names) in which a surname or given name can stand, a man's if it can be one."""
    if not is_word(name):
        return frozenset()
    tags = [reading.tag for reading in dictionary().parse(name)]
    named = [tag for tag in tags if tag.number == "sing" and {"Surn", "Name"} & set(tag.grammemes)]
    of_men = [tag for tag in named if tag.gender == "masc"]
    return frozenset(str(tag.case) for tag in of_men or named)


def is_other_word(word: str) -> bool:
    """Whether a word in lower case is known, and as no surname, given name or patronymic."""
    marks = {"Surn", "Name", "Patr"}
    return is_word(word) and not any(marks & set(reading.tag.grammemes) for reading in dictionary().parse(word))


@functools.lru_cache(maxsize=4096)
def one_letter_off(word: str) -> tuple[tuple[str, str, str], ...]:
    """Return the current words that differ in one letter, each with the letters there and those in their place.

    A letter too many has nothing in its place, a missing one stands for nothing; two exchanged are two letters.
    Hundreds of words are tried, and what no dictionary knows is often said again, so the last words are remembered.
    """
    return tuple(_one_letter_off(word))


def _one_letter_off(word: str) -> Iterator[tuple[str, str, str]]:
    seen = {word}
    for place in range(len(word) + 1):
        left, right = word[:place], word[place:]
        changes = [(left + letter + right, "", letter) for letter in _LETTERS]
        if right:
            changes += [(left + letter + right[1:], right[0], letter) for letter in _LETTERS]
            changes.append((left + right[1:], right[0], ""))
        if len(right) > 1:
            changes.append((left + right[1] + right[0] + right[2:], right[:2], right[1] + right[0]))
        for candidate, there, instead in changes:
            if candidate not in seen:
                seen.add(candidate)
                if is_current(candidate):
                    yield candidate, there, instead

"""Turn a Russian name into its cases.

Surnames, forenames and the names of Chinese and Koreans follow a small table of classes (`declension.toml`), after
N. A. Eskova, "Trudnosti slovoizmeneniia sushchestvitel'nykh" (1990), and the rules for surnames: no dictionary knows
them, and lemmatising unknown names fails. Words of the language (`Северная Корея`, `Народно-освободительная армия`)
follow the dictionary of pymorphy3.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from pipeline.annotation.russian_words import dictionary

CASES = ("gent", "datv", "accs", "ablt", "loct")
"""The oblique cases, in the order of the table's endings, as pymorphy3 calls them."""


_NO_Y = "гкхжшчщ"
"""Letters after which `ый` is spelt `ий`."""

SHORTEST_STEM = 4
"""Letters that all cases of a surname share at least, where its nominative is guessed."""


class _Word(Protocol):
    """A reading of a word, as pymorphy3 gives it."""

    word: str
    tag: Container[str]

    def inflect(self, marks: set[str]) -> _Word | None:
        """Return the word with these marks of case, number and gender; None where it has no such form."""


_ORDINAL = re.compile(r"(\d+)-?(?:я|й|е|ая|ый|ой|ое)")
_ORDINAL_ENDINGS = ("й", "ой", "я", "ю", "ую", "го", "ого", "му", "м", "ом")


@functools.cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@functools.cache
def _classes(name: str) -> Sequence[tuple[re.Pattern[str], int, tuple[str, ...]]]:
    return [
        (
            re.compile(f"(?<={one['after']}){one['words']}$" if "after" in one else f"{one['words']}$"),
            one.get("stem", 0),
            tuple(one.get("endings", ())),
        )
        for one in _tables()[name]
    ]


def is_womans(surname: str) -> bool:
    """Whether only a woman bears a Russian surname of this ending."""
    return _womans().search(surname.lower()) is not None


@functools.cache
def _womans() -> re.Pattern[str]:
    return re.compile(f"{_tables()['women']['words']}$")


@functools.lru_cache(maxsize=4096)
def cases_of(word: str, gender: str) -> tuple[str, ...]:
    """Return the five oblique cases of a word by the classes of a gender; none where it is not declined.

    `gender` is `masculine`, `feminine` or `eastern`.
    """
    low = word.lower()
    if stem := _tables()["fleeting"].get(low):
        own = word[: len(stem)] if word[: len(stem)].lower() == stem else word[:1] + stem[1:]
        return tuple(own + ending for ending in ("а", "у", "а", "ом", "е"))
    for pattern, cut, endings in _classes(gender):
        if pattern.search(low):
            return tuple(word[: len(word) - cut] + ending for ending in endings)
    return ()


def person_cases(words: Sequence[str], gender: str) -> tuple[str, ...]:
    """Return the oblique cases of a person's name, its words all declined; of an eastern name, the last word only."""
    if gender == "eastern":
        *before, last = words
        return tuple(" ".join([*before, case]) for case in _last_part(last))
    declined = [cases_of(word, gender) or (word,) * len(CASES) for word in words]
    forms = tuple(" ".join(case) for case in zip(*declined, strict=True))
    return tuple(form for form in dict.fromkeys(forms) if form != " ".join(words))


def _last_part(word: str) -> tuple[str, ...]:
    """Return the cases of the last word of an eastern name, of which only what follows a hyphen may change."""
    head, hyphen, last = word.rpartition("-")
    return tuple(dict.fromkeys(head + hyphen + case for case in cases_of(last, "eastern")))


def other_cases(surname: str) -> tuple[str, ...]:
    """Return the cases of a man's surname that stands in an unknown case, in order; none where no class has it.

    `Вышинского`: Вышинский, Вышинскому …; every nominative of which it can be a case counts.
    """
    stems = (surname[: len(surname) - cut] for cut in range(4) if len(surname) - cut >= SHORTEST_STEM)
    nominatives = [stem + ending for stem in stems for ending in ("", "ой", "ий" if stem[-1] in _NO_Y else "ый")]
    found = {
        form
        for nominative in nominatives
        if surname in (cases := (nominative, *cases_of(nominative, "masculine"))) and len(cases) > 1
        for form in cases
    }
    return tuple(sorted(found - {surname}))


def phrase_cases(phrase: str) -> tuple[str, ...]:
    """Return the oblique cases of a name of a place or body: the words up to its first noun change, the rest stay.

    `Северная Корея`: Северной Кореи …; `Совет Безопасности`: Совета Безопасности … . An ordinal in figures may stand
    with any ending or none: `38-я параллель`, `38 параллели`.
    """
    words = phrase.split()
    nouns = [(number, noun) for number, word in enumerate(words) if (noun := _noun(word)) is not None]
    head, noun = next((one for one in nouns if _adjective(words[one[0]]) is None), (-1, None))
    if noun is None:
        return (*_last_part(phrase), *_as_feminine(phrase)) if len(words) == 1 else ()
    forms: dict[str, None] = {}
    for case in CASES:
        before = [_attribute(word, case, noun) for word in words[:head]]
        for form in _with_ordinals([*before, _head(words[head], case, noun), *words[head + 1 :]]):
            forms[form] = None
    for form in _with_ordinals(words):
        forms[form] = None
    forms.pop(phrase, None)
    return tuple(forms)


def _as_feminine(place: str) -> tuple[str, ...]:
    """Return the cases of a place that no dictionary knows, where it ends as a feminine noun may.

    `Формоза`; and beside those of a masculine noun `Сычуань`, `Юньнань`, which the ending does not tell from `Тайвань`.
    """
    if place.endswith("ань"):
        return (f"{place[:-1]}и", f"{place}ю")
    return tuple(dict.fromkeys(cases_of(place, "masculine"))) if place.endswith(("а", "я")) else ()


def _with_ordinals(words: Sequence[str]) -> list[str]:
    found = _ORDINAL.fullmatch(words[0])
    if not found:
        return [" ".join(words)]
    rest = " ".join(words[1:])
    return [f"{found[1]} {rest}", *(f"{found[1]}-{ending} {rest}" for ending in _ORDINAL_ENDINGS)]


def _noun(word: str) -> _Word | None:
    """Return the reading of a word as a noun in the nominative; None where it is none, or no word of the language."""
    parts = dictionary()
    if len(word) == 1 or not parts.word_is_known(word.lower()) or word.isupper():
        return None
    readings = [one for one in parts.parse(word) if "NOUN" in one.tag and "nomn" in one.tag]
    geographical = [one for one in readings if "Geox" in one.tag]
    return next(iter(geographical or readings), None)


def _head(word: str, case: str, noun: _Word) -> str:
    changed = noun.inflect({case, "plur" if "plur" in noun.tag else "sing"})
    return _like(changed.word, word) if changed else word


def _attribute(word: str, case: str, noun: _Word) -> str:
    """Return an adjective before the noun in a case; in the accusative it shows whether the noun is animate."""
    reading = _adjective(word)
    if reading is None:
        return word
    marks = {mark for mark in ("sing", "plur", "masc", "femn", "neut") if mark in reading.tag}
    if case == "accs":
        marks.add("anim" if "anim" in noun.tag else "inan")
    changed = reading.inflect({case, *marks}) or reading.inflect({case, *marks} - {"anim", "inan"})
    return _like(changed.word, word) if changed else word


def _adjective(word: str) -> _Word | None:
    readings = (one for one in dictionary().parse(word) if "nomn" in one.tag)
    return next((one for one in readings if "ADJF" in one.tag or "PRTF" in one.tag), None)


def _like(form: str, model: str) -> str:
    """Return a form with the capitals of the nominative."""
    capitals = {number for number, part in enumerate(model.split("-")) if part[:1].isupper()}
    return "-".join(
        part[:1].upper() + part[1:] if number in capitals else part for number, part in enumerate(form.split("-"))
    )

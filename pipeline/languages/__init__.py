"""Turn a language's data file into words that recognisers work with: months, words of dates, words of shelfmarks.

One file for each language, `<code>.toml`; a new language is a new file. Tables other than those named here are kept as
they are (`Language.tables`), for recognisers that bring words of their own.

    script = "Cyrl"
    [names]                      # the language's own name, by interface language
    en = "Russian"
    [months]                     # every form that stands for a month: cases, abbreviations
    "1" = ["январь", "января", "янв"]
    [dates]                      # lists of words, by what they mean in a date
    year = ["года", "г."]
    [shelfmarks]                 # labels of the parts of an archival reference, by part
    fond = ["фонд", "ф"]
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.problems import EngineMissing

DATA = Path(__file__).parent

Words = Mapping[str, tuple[str, ...]]
"""Lists of words by what they mean."""

_NAMED = frozenset({"script", "names", "months", "dates", "shelfmarks"})


class LanguageUnknown(EngineMissing):
    """No data file for a language."""


@dataclass(frozen=True, slots=True)
class Language:
    """What recognisers know of one language."""

    code: str
    """ISO 639-1, such as `ru`."""
    script: str
    """ISO 15924, such as `Cyrl`."""
    names: Mapping[str, str]
    """The language's name by interface language."""
    months: Mapping[str, int]
    """Number of the month, 1 to 12, by form, as the data file writes it."""
    dates: Words
    shelfmarks: Words
    tables: Mapping[str, Any]
    """Every other table of the file."""


@functools.cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have data, sorted."""
    return tuple(sorted(file.stem for file in DATA.glob("*.toml")))


def is_known(tag: str) -> bool:
    """Whether there is data for a language tag (BCP 47); `ru-Latn` is Russian."""
    return _code(tag) in languages()


def language(tag: str) -> Language:
    """Return what is known of a language, by its tag (BCP 47); raise `LanguageUnknown`."""
    return _language(_code(tag))


def _code(tag: str) -> str:
    return tag.partition("-")[0].lower()


@functools.cache
def _language(code: str) -> Language:
    if code not in languages():
        raise LanguageUnknown(f"no words for the language {code!r}; there are {', '.join(languages())}")
    return read_language(DATA / f"{code}.toml")


def read_language(file: Path) -> Language:
    """Return the language in a data file; a form that stands for two months is refused with `ValueError`."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Language(
        code=file.stem,
        script=data["script"],
        names=MappingProxyType(data["names"]),
        months=_months(data.get("months", {}), file.name),
        dates=_words(data.get("dates", {})),
        shelfmarks=_words(data.get("shelfmarks", {})),
        tables=MappingProxyType({key: table for key, table in data.items() if key not in _NAMED}),
    )


def _words(table: Mapping[str, list[str]]) -> Words:
    return MappingProxyType({meaning: tuple(words) for meaning, words in table.items()})


def _months(table: Mapping[str, list[str]], file: str) -> Mapping[str, int]:
    months: dict[str, int] = {}
    for number, forms in table.items():
        for form in forms:
            if months.setdefault(form, int(number)) != int(number):
                raise ValueError(f"{file}: {form} stands for two months")
    return MappingProxyType(months)


def alternatives(words: Iterable[str]) -> str:
    """Return a regular expression for any of these words, the longest first; a space in a word is any white space.

    Without words the expression matches nothing.
    """
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    if not longest_first:
        return r"(?!)"
    return "(?:" + "|".join(r"\s{1,4}".join(map(re.escape, word.split())) for word in longest_first) + ")"

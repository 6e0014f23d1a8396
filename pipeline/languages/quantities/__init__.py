"""Turn the nouns that count and are counted in a language, one TOML file each, into look-up tables by their forms.

Units and types are those of the encoding guidelines (`measure/@unit`, `@type`); commodities are the same in all files.
A language without a file has no such words, and no quantities.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that counts, such as "ton", or is counted, such as "mine"."""

    unit: str
    commodity: str
    type: str
    is_military: bool
    """Whether it names units of an army, which have numbers as names."""
    singular: frozenset[str]
    few: frozenset[str]
    """Forms after 2, 3, 4, where the language has such."""
    plural: frozenset[str]


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """What is said of quantities in one language; all forms in lower case."""

    nouns: Mapping[str, Noun]
    """By form; a form of several words has single spaces."""
    commodities: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    military: Mapping[str, tuple[str, ...]]


@functools.cache
def quantity_words(tag: str) -> QuantityWords:
    """Return the words of a language, by its tag (BCP 47); empty where there are none."""
    file = FOLDER / f"{tag.partition('-')[0].lower()}.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    nouns: dict[str, Noun] = {}
    for entry in data.get("nouns", ()):
        noun = Noun(
            unit=entry["unit"],
            commodity=entry.get("commodity", ""),
            type=entry.get("type", ""),
            is_military=entry.get("military", False),
            singular=frozenset(entry.get("singular", ())),
            few=frozenset(entry.get("few", ())),
            plural=frozenset(entry.get("plural", ())),
        )
        nouns |= dict.fromkeys((*noun.singular, *noun.few, *noun.plural), noun)
    commodities = {form: name for name, forms in data.get("commodities", {}).items() for form in forms}
    return QuantityWords(
        nouns=MappingProxyType(nouns),
        commodities=MappingProxyType(commodities),
        words=_lists(data.get("words", {})),
        military=_lists(data.get("military", {})),
    )


def _lists(table: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: tuple(words) for name, words in table.items()})

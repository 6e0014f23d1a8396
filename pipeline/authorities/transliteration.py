"""Turn names from one script into another as documents of the time do: Japanese reading → Cyrillic → Latin.

Soviet documents of 1950 call Korean places by their Japanese names in Cyrillic (E. D. Polivanov, 1917), and their
translators put these into Latin letters by the Library of Congress table: Kaishu → Кайсю → KAISIU.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

_DIPHTHONG = re.compile("(?<=[аоуэ])и")


@functools.cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def cyrillic_of_japanese(reading: str) -> tuple[str, ...]:
    """Return a Japanese reading in Cyrillic, Polivanov's form first; none where it is no Japanese reading."""
    plain = polivanov(reading)
    return tuple(_variants(plain, _tables()["usage"])) if plain else ()


def polivanov(reading: str) -> str:
    """Return a reading in Latin letters by Polivanov's table; "" where a part of it is no Japanese syllable."""
    syllables, doubled = _tables()["polivanov"], _tables()["doubled"]
    decomposed = unicodedata.normalize("NFKD", reading)
    text = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
    parts: list[str] = []
    at = 0
    while at < len(text):
        size = next((size for size in (3, 2, 1) if text[at : at + size] in syllables), 0)
        if size:
            parts.append(syllables[text[at : at + size]])
        elif text[at : at + 1] == text[at + 1 : at + 2] and text[at] in doubled:
            parts.append(doubled[text[at]])
        else:
            return ""
        at += size or 1
    return _capitalised(_DIPHTHONG.sub("й", "".join(parts)), reading)


def latin_of_cyrillic(name: str) -> str:
    """Return a Cyrillic name by the Library of Congress table."""
    table = _tables()["latin"]
    return _capitalised("".join(table.get(letter, letter) for letter in name.lower()), name)


def english_of_russian(surname: str) -> tuple[str, ...]:
    """Return a Russian name in the spellings that English texts have for it, the library's first."""
    return tuple(_variants(latin_of_cyrillic(surname), _tables()["english"]))


def latin_through_russian(name: str) -> tuple[str, ...]:
    """Return a Chinese or Korean name in Cyrillic as English translators of Russian texts spell it."""
    tables = _tables()
    return tuple(_variants(latin_of_cyrillic(name), (*tables["english"], *tables["through-russian"])))


def spelt_otherwise(name: str, tag: str) -> tuple[str, ...]:
    """Return other spellings of a Chinese or Korean name in Cyrillic or Latin letters; `tag` is `ko-Cyrl` and such.

    Each rule changes every place in the name or none; the name as it is given is not among them.
    """
    rules = [(re.compile(one["from"]), one["to"]) for one in _tables()["otherwise"].get(tag, ())]
    variants: dict[str, None] = {}
    for chosen in product((False, True), repeat=len(rules)):
        variant = name.lower()
        for (pattern, instead), is_used in zip(rules, chosen, strict=True):
            variant = pattern.sub(instead, variant) if is_used else variant
        variants[_capitalised(variant, name)] = None
    return tuple(variant for variant in variants if variant.lower() != name.lower())


def _variants(name: str, replacements: Sequence[Mapping[str, str]]) -> list[str]:
    usable = [one for one in replacements if one["from"] in name.lower()]
    variants: dict[str, None] = {}
    for chosen in product((False, True), repeat=len(usable)):
        variant = name.lower()
        for one, is_used in zip(usable, chosen, strict=True):
            variant = variant.replace(one["from"], one["to"]) if is_used else variant
        variants[_capitalised(variant, name)] = None
    return list(variants)


def _capitalised(name: str, model: str) -> str:
    """Return a name with capitals at the beginnings of its words where the model begins with one."""
    return re.sub(r"(?<![\w'])\w", lambda first: first[0].upper(), name) if model[:1].isupper() else name

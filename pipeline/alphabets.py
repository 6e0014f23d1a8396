"""Turn a name into what a register sorts it by, as the script that it is written in sorts.

Latin letters sort without their marks; Russian Ё sorts as Е, as Russian registers have it; Й is a letter of its own.
Hangul syllables and Han characters sort by their code points: the former is the order of Korean dictionaries, the
latter for the common characters the order of radicals and strokes (The Unicode Standard, chapter 18).
"""

from __future__ import annotations

import functools
import unicodedata

LATIN, CYRILLIC = "LATIN", "CYRILLIC"

FIRST = {"ru": CYRILLIC, "uk": CYRILLIC, "bg": CYRILLIC, "mn": CYRILLIC}
"""The script that comes first in a register for readers of a language; Latin for all others."""

OTHERS = "…"
"""Stands in the line of letters for all scripts that have no short alphabet."""

SCRIPTS = {"CJK": "Han", "HANGUL": "Hangul"}
"""Those of them that a long register tells apart (ISO 15924), by the first word of their letters' names."""

SAME = str.maketrans({"ё": "е", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that sort as others, by no decomposition of Unicode."""


def sort_key(name: str, language: str) -> tuple[int, str, str]:
    """Return what a name sorts by in a register for readers of a language: script, letters, the name itself."""
    letters = _letters(name)
    return _rank(letters, language), letters, name


def initial(name: str) -> str:
    """Return the letter under which a register lists a name, or `OTHERS`."""
    first = _letters(name)[:1]
    return first.upper() if _script(first) in {LATIN, CYRILLIC} else OTHERS


def heading(name: str) -> str:
    """Return under what a long register lists a name: a letter, one of the `SCRIPTS`, or `OTHERS`."""
    return SCRIPTS.get(_script(_letters(name)[:1]), initial(name))


@functools.lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    """Return a name in small letters, without punctuation and without the marks on Latin letters."""
    small = unicodedata.normalize("NFC", name).casefold().translate(SAME)
    kept = "".join(_bare(letter) if letter.isalnum() else " " for letter in small if letter not in "’ʼ'ʹ")
    return " ".join(kept.split())


def _bare(letter: str) -> str:
    if _script(letter) != LATIN:
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def _rank(letters: str, language: str) -> int:
    """Return 0 for the script that readers of a language look in first, 1 for the other alphabet, more for the rest."""
    first = _script(letters[:1])
    if first == FIRST.get(language, LATIN):
        return 0
    return 1 if first in {LATIN, CYRILLIC} else 2 + [OTHERS, *SCRIPTS].index(first if first in SCRIPTS else OTHERS)

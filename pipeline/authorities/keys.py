"""Turn a name, or a stretch of text, into the letters by which the two are compared.

What the spelling of a name does not settle is folded away: capitals, hyphens, apostrophes and spaces between its parts,
diacritics, `ё` and `э` for `е`, `й` for `и`. Two forms with one key need not be equal: `surface` tells.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

JOINERS = "\\-\u2010\u2011\u2012\u2013\u2014'’ʼ`´\u00ad."
"""What may stand between the letters of one name besides white space."""

SEPARATORS = frozenset("-\u2010\u2011\u2012\u2013\u2014'’ʼ`´\u00ad. \n\t\u00a0")
_REMOVED = {ord(sign): None for sign in SEPARATORS}
_FOLDED = str.maketrans("ёэйѐѣі", "ееиееи")
_NOT_LETTERS = re.compile(r"[\W_]+")

_LOOKALIKES = dict(zip("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху", strict=True))
TO_CYRILLIC = str.maketrans(_LOOKALIKES)
TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in _LOOKALIKES.items()})
_ALIKE = "".join(_LOOKALIKES)
_CYRILLIC = re.compile(r"[А-яЁё]")
_LIKE_CYRILLIC = re.compile(rf"(?<![^\W\d_])[А-яЁё]*[{_ALIKE}][{_ALIKE}А-яЁё]*(?![^\W\d_])")
_MIXED = re.compile(r"(?<![^\W\d_])(?:[A-Za-z]+[А-яЁё]|[А-яЁё]+[A-Za-z])[A-Za-zА-яЁё]*")
_MARKED = re.compile("[\u00c0-\u03ff\u1e00-\u1fff]")


def folded(text: str) -> str:
    """Return a text in small letters without diacritics, as long as it was: one character for each."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    if not lowered.isascii():
        lowered = lowered.translate(_FOLDED)
        lowered = "".join(map(_plain, lowered)) if _has_marks(lowered) else lowered
    return lowered


def _has_marks(text: str) -> bool:
    return _MARKED.search(text) is not None


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    first = unicodedata.normalize("NFKD", character)[0]
    return first if first.isalpha() or not character.isalpha() else character


def squashed(text: str) -> str:
    """Return a folded stretch without what stands between its letters."""
    return text.translate(_REMOVED)


def key_of(form: str) -> str:
    """Return the key of a form."""
    return _NOT_LETTERS.sub("", folded(form))


def surface(form: str) -> str:
    """Return what is compared where a form must be exactly the listed one: letters, whatever case and separators."""
    return squashed(" ".join(form.split()).lower())


def in_one_script(text: str, language: str) -> str:
    """Return a text whose words are not mixed of Latin and Cyrillic letters that look alike; it keeps its length.

    `Maо`, the last letter Cyrillic, or `CCCP` in Latin letters within a Russian text.
    """
    if language == "ru":
        return _LIKE_CYRILLIC.sub(lambda word: word.group().translate(TO_CYRILLIC), text)
    return _MIXED.sub(lambda word: word.group().translate(TO_LATIN), text) if _CYRILLIC.search(text) else text

"""Turn words of any alphabet with known letters into their consonants, so that names and borrowed words can be matched.

`Цзэдун` and `Zedong` are both `SDN`, `дивизий` and `division` both begin with `DVS`. Letters that transliterations of
Chinese, Korean and Russian names exchange fall together (ж ч ш with zh ch sh j q; з с ц with z s ts x; г х with g kh);
vowels count only at the beginning. A likeness of sound is evidence for alignment, never for identification.
"""

from __future__ import annotations

import functools
import re
import unicodedata

SHORTEST = 3
"""Consonants that a word needs; a name, which begins with a capital, needs one less."""

LONGEST = 5
"""Consonants that are compared: endings differ between languages."""

_CYRILLIC = dict(zip("бвгджзклмнпрстфхцчшщ", "BVGDJSKLMNPRSTVGSJJJ", strict=True))
_CYRILLIC |= dict.fromkeys("аеёиоуыэюяіїє", "A") | dict.fromkeys("йьъ", "")
_LATIN = dict(zip("bcdfgjklmnpqrstvwxz", "BKDVGJKLMNPJRSTVVSS", strict=True)) | dict.fromkeys("aeiou", "A") | {"y": ""}
_LETTERS = _CYRILLIC | _LATIN

_GROUPS = re.compile(r"sch|shch|sh|ch|zh|ts|tz|kh|ph|th|ck|ng(?![aeiou])|c(?=[eiy])|h")
_SOUND_OF_GROUP = {
    "sch": "J",
    "shch": "J",
    "sh": "J",
    "ch": "J",
    "zh": "J",
    "ts": "S",
    "tz": "S",
    "kh": "G",
    "ph": "V",
    "th": "T",
    "ck": "K",
    "ng": "N",
    "c": "S",
}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_REPEATED = re.compile(r"(.)\1+")


def sounds_of(text: str) -> set[str]:
    """Return the sounds by which the words of a text can be found in another language: beginnings of three and five."""
    found: set[str] = set()
    return found.union(*map(_keys_of_word, _WORD.findall(text)))


@functools.lru_cache(maxsize=65536)
def _keys_of_word(word: str) -> frozenset[str]:
    """Return the sounds of a word; those of a compound are those of its parts."""
    return frozenset[str]().union(*map(_keys, word.split("-")))


def _keys(word: str) -> frozenset[str]:
    sound = sound_of(word)
    shortest = SHORTEST - 1 if word[:1].isupper() else SHORTEST
    if len(sound) < shortest:
        return frozenset()
    return frozenset({sound[:SHORTEST], sound[:LONGEST]})


def sound_of(word: str) -> str:
    """Return the consonants of a word, with A for a vowel at its beginning; empty where its letters are unknown."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter.isalpha())
    plain = _GROUPS.sub(_of_group, plain)
    sounds = [letter if letter.isupper() else _LETTERS.get(letter, "") for letter in plain]
    spoken = [sound for sound in sounds if sound]
    joined = "".join(spoken[:1] + [sound for sound in spoken[1:] if sound != "A"])
    return _REPEATED.sub(r"\1", joined)


@functools.lru_cache(maxsize=4096)
def sound_of_name(name: str) -> str:
    """Return the sound by which names are compared; г, х, g and h are exchanged too often to tell names apart."""
    return sound_of(name).replace("G", "")


def _of_group(group: re.Match[str]) -> str:
    if group.group() == "h":
        return "G" if group.start() == 0 else ""
    return _SOUND_OF_GROUP[group.group()]

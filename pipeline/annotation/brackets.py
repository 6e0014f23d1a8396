"""Turn square brackets in a text into what they are: a cover name resolved, a word added, an explanation, an omission.

Brackets are the translator's or publisher's voice inside the document. They stay in the text, `[` first and `]` last
inside their element; only their kind is inferred, from what stands in them and before them (ENCODING.md, "Brackets"):

    Dec[iphered by]                completion: the bracket hangs on a word           expan (abbr, ex)
    FILIPPOV [STALIN]              a name after a name in a signature or address     gloss cover-name
    CC CPC [Central Committee …]   words that begin with an acronym's letters        gloss expansion
    1.X.50 [1 October 1950]        a date                                            gloss date
    large [kraine bol'shim]        romanised Russian                                 gloss original-wording
    [and] actively prepare         small letters that stand alone                    supplied, subaudible
    [mutual?]                      with a question mark: read with doubt             supplied, illegible
    [one word missing]             the source says what is not there                 ellipsis
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pipeline.annotation.dating import find_dates
from pipeline.annotation.readings import Reading
from pipeline.annotation.spans import Span, span
from pipeline.tei import XML_LANG

LONGEST_IDENTIFICATION = 8
"""Words; a longer bracket explains rather than says who is meant."""

LONGEST_ACRONYM = 4
"""Letters; words in brackets after so short an acronym say what it stands for, in whatever language it is one."""

CONTEXT = 120
"""Characters before a bracket that are looked at."""

LONGEST_WORDING = 5
"""Words of the original that a translator quotes."""

WORDS = Path(__file__).with_suffix(".toml")

_BRACKET = re.compile(r"\[([^\[\]]{1,400})\]")
_COMPLETED = re.compile(r"[^\W\d_]+(?:\[[^\[\]\d]*[^\W\d_][^\[\]\d]*\][^\W\d_]*)+")
_PART_OF_WORD = re.compile(r"\[[^\[\]]*\]|[^\[\]]+")
_ACRONYM = re.compile(r"(?:\b[A-ZА-ЯЁ]{2,8}\b[ ()a-zа-я]{0,4}){1,3}$")
_CAPITALISED = r"[A-ZА-ЯЁ][\w'’.-]*"
_CAPITALISED_BEFORE = re.compile(rf"(?:(\w+)\s+)?(?<!\w){_CAPITALISED}(?:\s{_CAPITALISED})*$")
_NAME = re.compile(rf"{_CAPITALISED}(?:\s{_CAPITALISED}){{0,4}}")


@dataclass(frozen=True, slots=True)
class _Words:
    omission: re.Pattern[str]
    description: re.Pattern[str]
    remark: re.Pattern[str]
    number: re.Pattern[str]
    romanised: re.Pattern[str]
    place_before: frozenset[str]
    function_words: frozenset[str]


@functools.cache
def _words() -> _Words:
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))

    def pattern(name: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{one})" for one in data[name]), re.IGNORECASE)

    return _Words(
        omission=pattern("omission"),
        description=pattern("description"),
        remark=pattern("remark"),
        number=pattern("number"),
        romanised=pattern("romanised"),
        place_before=frozenset(data["place-before"]),
        function_words=frozenset(data["function-words"]),
    )


def find_brackets(reading: Reading, language: str, resp: str, *, names_persons: bool) -> list[Span]:
    """Return spans for the brackets of a reading.

    `resp` points to whoever speaks in them; `names_persons` says that the reading is a signature or an address, where a
    name after a name resolves a cover name.
    """
    if "[" not in reading.text:
        return []
    spans: list[Span] = []
    completed = 0
    for word in _COMPLETED.finditer(reading.text):
        spans += _completion(reading, word)
    ends = [word.span() for word in _COMPLETED.finditer(reading.text)]
    for found in _BRACKET.finditer(reading.text):
        while completed < len(ends) and ends[completed][1] <= found.start():
            completed += 1
        if completed < len(ends) and ends[completed][0] <= found.start():
            continue
        if kind := _kind(reading.text, found, language, names_persons):
            spans += _spans(reading, found, kind, resp)
    return spans


def _kind(text: str, found: re.Match[str], language: str, names_persons: bool) -> str:
    """Return what a bracket is, "" where it is no more than a reference mark."""
    inside, before = found[1].strip(), text[max(found.start() - CONTEXT, 0) : found.start()]
    words = _words()
    if not inside or inside.isdigit():
        return ""
    if words.omission.fullmatch(inside):
        return "omission"
    if not any(character.isalnum() for character in inside) or text[found.end() : found.end() + 1].isalpha():
        return "subaudible"
    if inside.endswith("?"):
        return "illegible"
    if _is_function_word(inside):
        return "subaudible"
    if words.remark.fullmatch(inside) or words.description.fullmatch(inside):
        return "explanation"
    return _explaining_kind(inside, before.rstrip(), language, names_persons)


def _is_function_word(inside: str) -> bool:
    """Whether a bracket begins with a capital only because a sentence does: `[We]`, `[He will]`."""
    first, *rest = inside.split()
    return first in _words().function_words and len(rest) <= 2 and all(word[0].islower() for word in rest)


def _is_romanised(inside: str) -> bool:
    """Whether most words of a short bracket look like Russian in Latin letters."""
    found = inside.split()
    looks = sum(1 for word in found if _words().romanised.fullmatch(word))
    return inside[0].islower() and len(found) <= LONGEST_WORDING and looks * 2 >= len(found)


def _explaining_kind(inside: str, before: str, language: str, names_persons: bool) -> str:
    words = _words()
    dates = find_dates(inside, language)
    if dates and dates[0].end - dates[0].start >= len(inside) - 2:
        return "date"
    if re.search(r"\d$", before) and words.number.fullmatch(inside):
        return "number"
    if language == "en" and _is_romanised(inside):
        return "original-wording"
    if _abbreviates(before, inside):
        return "expansion"
    if inside[0].islower():
        return "explanation" if "," in inside or not before else "subaudible"
    return _naming_kind(inside, before, names_persons)


def _abbreviates(before: str, inside: str) -> bool:
    """Whether the acronym before the bracket has the first letters of the words in it, in order."""
    acronym = _ACRONYM.search(before)
    if not acronym:
        return False
    if len(acronym.group().strip()) <= LONGEST_ACRONYM and len(inside.split()) > 1 and inside[0].isupper():
        return True
    letters = [
        letter for letter in acronym.group().casefold() if letter.isalpha() and letter.upper() in acronym.group()
    ]
    initials = [word[0].casefold() for word in re.findall(r"[^\W\d_]+", inside)]
    return len(initials) > 1 and bool(letters) and letters[0] in initials and set(letters[-1:]) <= set(initials)


def _naming_kind(inside: str, before: str, names_persons: bool) -> str:
    name_before = _CAPITALISED_BEFORE.search(before)
    if not _NAME.fullmatch(inside):
        is_phrase = len(inside.split()) <= LONGEST_IDENTIFICATION and not inside.endswith(".")
        return "identification" if inside[0].isupper() and name_before is None and is_phrase else "explanation"
    if not name_before:
        return "identification"
    if names_persons:
        return "cover-name"
    leading = (name_before[1] or "").casefold()
    return "place" if leading in _words().place_before else "identification"


def _spans(reading: Reading, found: re.Match[str], kind: str, resp: str) -> list[Span]:
    start, end = reading.extent(found.start(), found.end())
    rule = f"bracket-{kind}"
    if kind == "omission":
        return [span(start, end, "omission", rule)]
    if kind in {"subaudible", "illegible"}:
        return [span(start, end, "supplied", rule, reason=kind, resp=resp)]
    spans = [span(start, end, "gloss", rule, type=kind, resp=resp)]
    if kind == "original-wording":
        inner = reading.extent(found.start(1), found.end(1))
        spans.append(Span(*inner, "foreign", ((XML_LANG, "ru-Latn"),), rule))
    return spans


def _completion(reading: Reading, word: re.Match[str]) -> list[Span]:
    """`ш[ифро]т[елеграмма]`: the whole word is `expan`, what was written `abbr`, what is completed `ex`."""
    spans = [span(*reading.extent(*word.span()), "expan", "bracket-completion")]
    for part in _PART_OF_WORD.finditer(reading.text, *word.span()):
        kind = "ex" if part.group().startswith("[") else "abbr"
        if part.end() < word.end() or kind == "ex":
            spans.append(span(*reading.extent(*part.span()), kind, "bracket-completion"))
    return spans

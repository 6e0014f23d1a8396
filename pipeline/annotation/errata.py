r"""Turn a text into its apparent errors: words that seem to be slips of typist, printer or transcriber.

    отвнсти               отвести, high: neighbouring keys
    неможет               не может, high: written apart from verbs
    Maо                   Мао, high: Latin letters that look like Cyrillic ones
    SOVIET SOVIET         SOVIET, high: doubled

Precision first. Only a word in lower case that no dictionary knows, with one known word that one slip turns into it,
gets a correction; names, words of an office and a period's spellings are no errors. Where more than one reading is
possible, or the word may be a name, there is a proposal for the editor and no correction. Nothing here changes a text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.annotation.russian_words import has_case, is_current, is_verb, is_word, one_letter_off
from pipeline.annotation.suggestions import Candidate
from pipeline.languages import is_known, language

SHORTEST = 5
"""Letters of a word that is corrected: of shorter ones too many are one letter apart."""

_WORD = re.compile(r"(?<![\w*-])[^\W\d_]+(?![\w*])")
_DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]{3,})(\s+)\1(?![\w-])")
_CUT = re.compile(r"-|\.(?!\s*\Z|\s*[А-ЯЁ])")
"""After a word that is only the beginning of one: a hyphen, or a full stop within a sentence."""

_CYRILLIC = re.compile("[А-Яа-яЁё]")
_LATIN = re.compile("[A-Za-z]")
_ALIKE = dict(zip("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху", strict=True))
_TO_CYRILLIC = str.maketrans(_ALIKE)
_TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in _ALIKE.items()})


@dataclass(frozen=True, slots=True)
class ApparentError:
    """A place where something seems to be wrong."""

    start: int
    end: int
    """Half-open, in code points of the given text."""
    candidates: tuple[Candidate, ...]
    """What may have been meant, the best first."""
    certainty: str
    """Of the first candidate, where it may stand beside the text as a correction; empty for a proposal only."""
    rule: str

    @property
    def correction(self) -> str:
        """What stands in `corr`; empty for a proposal only."""
        return self.candidates[0].value if self.certainty else ""


def find_errors(text: str, tag: str, *, is_form: bool = False) -> list[ApparentError]:
    """Return the apparent errors in a text, in order; `tag` is a language tag (BCP 47).

    A form's parts begin with a word of the form (`is_form`), so there a capital does not make a name.
    """
    data: Mapping[str, Any] = language(tag).tables.get("errata", {}) if is_known(tag) else {}
    if not data:
        return []
    found = [*_doubled(text, data), *_mixed(text, language(tag).script)]
    if language(tag).code == "ru":
        found += _unknown(text, data, is_form)
    return sorted(found, key=lambda error: error.start)


def _doubled(text: str, data: Mapping[str, Any]) -> Iterator[ApparentError]:
    """Yield a word that stands twice; a capitalised one may be a name, such as Bang Bang."""
    for found in _DOUBLED.finditer(text):
        word = found[1]
        if word.lower() in data.get("doubled", ()):
            continue
        is_plain = word.islower() or (word.isupper() and len(word) >= SHORTEST)
        candidate = Candidate(word, 0.9 if is_plain else 0.5, "doubled-word")
        yield ApparentError(*found.span(), (candidate,), "high" if is_plain else "", "doubled-word")


def _mixed(text: str, script: str) -> Iterator[ApparentError]:
    """Yield words of two scripts whose foreign letters all look like letters of the text's script."""
    if not (_LATIN.search(text) and _CYRILLIC.search(text)):
        return
    table, foreign = (_TO_CYRILLIC, _LATIN) if script == "Cyrl" else (_TO_LATIN, _CYRILLIC)
    for found in _WORD.finditer(text):
        word = found[0]
        if not (_LATIN.search(word) and _CYRILLIC.search(word)):
            continue
        meant = word.translate(table)
        if not foreign.search(meant):
            candidate = Candidate(meant, 0.95, "letters-alike")
            yield ApparentError(*found.span(), (candidate,), "high", "mixed-scripts")


def _unknown(text: str, data: Mapping[str, Any], is_form: bool) -> Iterator[ApparentError]:
    for found in _WORD.finditer(text):
        word = found[0]
        if len(word) < SHORTEST or is_word(word.lower()) or _LATIN.search(word) or word.lower() in data["period"]:
            continue
        if _CUT.match(text, found.end()):
            continue
        if word[0].lower() in data["never-first"] and word[1:].islower():
            yield from _impossible(found, data)
        elif word.islower() and (error := _slip(found.span(), word, data)):
            yield error
        elif is_form and not text[: found.start()].strip() and (error := _slip(found.span(), word.lower(), data)):
            yield replace(error, certainty="", candidates=tuple(map(_capitalised, error.candidates)))


def _capitalised(candidate: Candidate) -> Candidate:
    return replace(candidate, value=candidate.value.capitalize())


def _impossible(found: re.Match[str], data: Mapping[str, Any]) -> Iterator[ApparentError]:
    """Yield a word that begins as none can (Ьулганину): what is meant may be a name that no dictionary has."""
    first = found[0][0].lower()
    letters = [pair.replace(first, "") for pair in data["confounded"] if first in pair]
    meant = [letter.upper() if found[0][0].isupper() else letter for letter in letters if letter]
    candidates = tuple(Candidate(letter + found[0][1:], 0.6, "letters-confounded") for letter in meant)
    yield ApparentError(*found.span(), candidates, "", "impossible-beginning")


def _slip(extent: tuple[int, int], word: str, data: Mapping[str, Any]) -> ApparentError | None:
    candidates = sorted({*_joined(word, data), *_letters(word, data)}, key=lambda one: (-one.score, one.value))
    if not candidates:
        return None
    is_only = len(candidates) == 1 or candidates[0].reason == "negation-joined"
    certainty = _CERTAINTY.get(candidates[0].reason, "") if is_only else ""
    return ApparentError(*extent, tuple(candidates), certainty, candidates[0].reason)


_CERTAINTY = {
    "negation-joined": "high",
    "neighbouring-key": "high",
    "letter-missing": "high",
    "letter-too-many": "high",
    "letters-exchanged": "high",
    "letters-confounded": "medium",
}
"""How sure a correction is that is the only one; of other slips there is a proposal only."""

_SCORES = {"high": 0.9, "medium": 0.7, "": 0.4}


def _joined(word: str, data: Mapping[str, Any]) -> Iterator[Candidate]:
    """Yield two words that may have run into one."""
    negation = data["negation"]
    rest = word.removeprefix(negation)
    if rest != word and len(rest) > 2 and not word.startswith(tuple(data["not-negation"])) and is_verb(rest):
        yield Candidate(f"{negation} {rest}", 0.95, "negation-joined")
    for preposition, cases in data["prepositions"].items():
        rest = word.removeprefix(preposition)
        if rest != word and len(rest) >= SHORTEST and has_case(rest, tuple(cases)):
            yield Candidate(f"{preposition} {rest}", 0.5, "words-joined")
    for place in range(SHORTEST, len(word) - SHORTEST + 1):
        if is_current(word[:place]) and is_current(word[place:]):
            yield Candidate(f"{word[:place]} {word[place:]}", 0.5, "words-joined")


def _letters(word: str, data: Mapping[str, Any]) -> Iterator[Candidate]:
    for candidate, there, instead in one_letter_off(word):
        reason = _reason(word, there, instead, data)
        if reason:
            yield Candidate(candidate, _SCORES[_CERTAINTY.get(reason, "")], reason)


def _reason(word: str, there: str, instead: str, data: Mapping[str, Any]) -> str:
    """Return what slip it would be; nothing where the letters are a matter of spelling."""
    pair = "".join(sorted(there + instead))
    variants = {"".join(sorted(letters)) for letters in data["variants"]}
    if pair in variants or (not instead and there * 2 in word):
        return ""
    if len(there) == 2:
        return "letters-exchanged"
    if not there:
        return "letter-missing" if instead * 2 not in word else ""
    if not instead:
        return "letter-too-many"
    if instead in _neighbours(tuple(data["keyboard"])).get(there, ""):
        return "neighbouring-key"
    if pair in {"".join(sorted(letters)) for letters in data["confounded"]}:
        return "letters-confounded"
    return "other-letter"


@functools.cache
def _neighbours(rows: tuple[str, ...]) -> Mapping[str, str]:
    """Return for each key the keys beside it, above and below it."""
    places = {key: (line, column) for line, row in enumerate(rows) for column, key in enumerate(row)}
    return {
        key: "".join(
            other for other, (y, x) in places.items() if other != key and abs(y - line) <= 1 and abs(x - column) <= 1
        )
        for key, (line, column) in places.items()
    }

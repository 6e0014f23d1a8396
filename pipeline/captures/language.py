"""Turn lines of text into the languages they are written in.

The script decides first (Cyrillic, Han, Hangul, Latin …); among the languages of one script frequent words and letters
of their own decide. A document changes its language rarely, so lines are judged together: the cheapest sequence of
languages is chosen, where a letter in the wrong script costs one and a change of language costs `CHANGE`. What stands
in square brackets does not count, for translators and archivists write there in their own language:

    question would thus become extremely large [kraine bol'shim].
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("languages.toml")

CHANGE = 24
"""Cost of a change of language, in letters: a stamp or a name in another script is shorter, a message longer."""

WORD = 4
"""What a frequent word of another language weighs, in letters."""

EXPECTED_WORD = 8
"""What it weighs where the record names languages: both are known to be there."""

FEWEST = 2
"""Letters; a line with fewer speaks for no language where two texts meet."""

HAN_IN_JAPANESE = 4
"""A line with more characters to each kana than this is Chinese, though it may quote Japanese."""

_SCRIPTS = {
    "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff",
    "Cyrillic": "\u0400-\u052f",
    "Han": "\u2e80-\u2fd5\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff",
    "Kana": "\u3040-\u30ff",
    "Hangul": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "Georgian": "\u10a0-\u10ff",
    "Armenian": "\u0530-\u058f",
    "Arabic": "\u0600-\u06ff",
    "Hebrew": "\u0590-\u05ff",
    "Greek": "\u0370-\u03ff",
}
_LETTERS = {script: re.compile(f"[{letters}]+") for script, letters in _SCRIPTS.items()}
_ANY_LETTER = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Language:
    """A language as `languages.toml` describes it."""

    code: str
    """ISO 639-1."""
    names: tuple[str, ...]
    """In English, as records write them."""
    script: str
    words: frozenset[str]
    letters: str


@functools.cache
def languages() -> dict[str, Language]:
    """Return every known language by its code."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {
        code: Language(
            code,
            tuple(entry["names"]),
            entry["script"],
            frozenset(entry.get("words", "").split()),
            entry.get("letters", ""),
        )
        for code, entry in table.items()
    }


@functools.cache
def _names() -> re.Pattern[str]:
    names = sorted((name for language in languages().values() for name in language.names), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(names)})\b", re.IGNORECASE)


@functools.cache
def _codes() -> dict[str, str]:
    return {name.lower(): language.code for language in languages().values() for name in language.names}


@functools.lru_cache(maxsize=1024)
def languages_named(text: str) -> tuple[str, ...]:
    """Return the codes of the languages that a text names in English, in order: `Russian, Chinese` → ru, zh."""
    codes = _codes()
    return tuple(dict.fromkeys(codes[found.group().lower()] for found in _names().finditer(text)))


@functools.lru_cache(maxsize=4096)
def letters_in(text: str) -> Counter[str]:
    """Return how many letters of each script a text has; not to be changed, since it is kept."""
    counts: Counter[str] = Counter()
    for script, letters in _LETTERS.items():
        rest = letters.sub("", text)
        if len(rest) < len(text):
            counts[script] = len(text) - len(rest)
        text = rest
        if not _ANY_LETTER.search(text):
            break
    return counts


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What one line says of its language."""

    letters: Counter[str]
    words: Mapping[str, int]
    """Frequent words by language."""

    best: dict[str, int]
    """How often the language that is heard most is heard, by script."""

    def cost(self, language: Language, word: int) -> int:
        if not self.letters:
            return 0
        scripts = ("Han", "Kana") if language.script == "Kana" else (language.script,)
        foreign = sum([count for script, count in self.letters.items() if script not in scripts])
        if language.script == "Kana" and self.letters["Han"] > HAN_IN_JAPANESE * self.letters["Kana"]:
            foreign += self.letters["Han"]
        return foreign + word * (self.best.get(language.script, 0) - self.words.get(language.code, 0))


@functools.lru_cache(maxsize=4096)
def _evidence(line: str) -> _Evidence:
    outside = _BRACKETED.sub(" ", line) if "[" in line else line
    letters = letters_in(outside)
    if not letters:
        return _Evidence(letters, {}, {})
    words: dict[str, int] = {}
    for word in _WORDS.findall(outside):
        for code in _languages_with(word):
            words[code] = words.get(code, 0) + 1
    best: dict[str, int] = {}
    for code, count in words.items():
        script = languages()[code].script
        best[script] = max(best.get(script, 0), count)
    return _Evidence(letters, words, best)


@functools.lru_cache(maxsize=20_000)
def _languages_with(word: str) -> tuple[str, ...]:
    """Return the languages that a word speaks for: once for being frequent there, once for a letter of their own."""
    word = word.lower()
    lettered = [code for code, letters in _letters_of_their_own() if not letters.isdisjoint(word)]
    return (*_frequent_words().get(word, ()), *lettered)


@functools.cache
def _frequent_words() -> dict[str, list[str]]:
    """Return the codes of the languages in which each word is frequent."""
    found: dict[str, list[str]] = {}
    for language in languages().values():
        for word in language.words:
            found.setdefault(word, []).append(language.code)
    return found


@functools.cache
def _letters_of_their_own() -> list[tuple[str, frozenset[str]]]:
    return [(language.code, frozenset(language.letters)) for language in languages().values() if language.letters]


def languages_of(lines: Sequence[str], expected: Collection[str] = ()) -> list[str]:
    """Return the language of each line; "" for lines that say nothing where no line says anything.

    `expected` are the codes of languages that the record names: few words are enough for these.
    """
    evidence = [_evidence(line) for line in lines]
    candidates = _candidates(evidence, expected)
    if not candidates:
        return [""] * len(lines)
    return _cheapest(evidence, candidates, EXPECTED_WORD if expected else WORD)


def tells_apart(line: str, one: str, other: str) -> bool:
    """Whether a line speaks for one of two languages: a number, an omission mark, `<<л. 3>>` do not."""
    evidence = _evidence(line)
    known = languages()
    if sum(evidence.letters.values()) < FEWEST or one not in known or other not in known:
        return False
    return evidence.cost(known[one], WORD) != evidence.cost(known[other], WORD)


def _candidates(evidence: Sequence[_Evidence], expected: Collection[str]) -> list[Language]:
    """Return the languages that the lines may be in: of each script the best, and others with lines of their own."""
    scripts: dict[str, None] = {}
    hits: Counter[str] = Counter()
    for line in evidence:
        scripts |= dict.fromkeys(line.letters)
        for code, count in line.words.items():
            hits[code] += count
    return [language for script in scripts for language in _of_script(script, evidence, hits, expected)]


def _of_script(
    script: str, evidence: Sequence[_Evidence], hits: Counter[str], expected: Collection[str]
) -> list[Language]:
    known = [language for language in languages().values() if language.script == script]
    best = max(known, key=lambda language: hits[language.code])
    others = [language for language in known if language is not best]
    heard = [one for one in others if hits[one.code] * WORD > CHANGE and _has_lines_of_its_own(one, best, evidence)]
    return [best, *(one for one in others if one.code in expected or one in heard)]


def _has_lines_of_its_own(language: Language, best: Language, evidence: Iterable[_Evidence]) -> bool:
    ahead = [line.words.get(language.code, 0) - line.words.get(best.code, 0) for line in evidence]
    return sum(lead for lead in ahead if lead > 0) * WORD > CHANGE and max(ahead) > 1


def _cheapest(evidence: Sequence[_Evidence], candidates: Sequence[Language], word: int) -> list[str]:
    """Return the sequence of languages that costs least (Viterbi's algorithm)."""
    if len(candidates) == 1:
        return [candidates[0].code] * len(evidence)
    costs = {language.code: 0 for language in candidates}
    steps: list[dict[str, str]] = []
    for line in evidence:
        cheapest = min(costs, key=costs.__getitem__)
        step = {code: code if costs[code] <= costs[cheapest] + CHANGE else cheapest for code in costs}
        costs = {
            language.code: min(costs[language.code], costs[cheapest] + CHANGE) + line.cost(language, word)
            for language in candidates
        }
        steps.append(step)
    code = min(costs, key=costs.__getitem__)
    chosen = []
    for step in reversed(steps):
        chosen.append(code)
        code = step[code]
    return chosen[::-1]

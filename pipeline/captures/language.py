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

WORDS_KEPT = 50_000
"""Words, with the signs about them, of which it is remembered what they say."""

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
    return Counter(_letters_by_script(text))


def _letters_by_script(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for script, letters in _LETTERS.items():
        rest = letters.sub("", text)
        if len(rest) < len(text):
            counts[script] = len(text) - len(rest)
            if not _ANY_LETTER.search(rest):
                break
        text = rest
    return counts


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What one line says of its language."""

    count: int
    """Letters, whatever their script."""
    letters: Mapping[str, int]
    """Letters by script."""
    words: Mapping[str, int]
    """Frequent words by language."""

    best: dict[str, int]
    """How often the language that is heard most is heard, by script."""

    def cost(self, language: Language, word: int) -> int:
        foreign = self.count - self.letters.get(language.script, 0)
        han = self.letters.get("Han", 0) if language.script == "Kana" else 0
        if han and han <= HAN_IN_JAPANESE * self.letters.get("Kana", 0):
            foreign -= han
        return foreign + word * (self.best.get(language.script, 0) - self.words.get(language.code, 0))


@functools.lru_cache(maxsize=4096)
def _evidence(line: str) -> _Evidence:
    letters: dict[str, int] = {}
    words: dict[str, int] = {}
    for counts, codes in map(_evidence_of_word, (_BRACKETED.sub(" ", line) if "[" in line else line).split()):
        for script, count in counts:
            letters[script] = letters.get(script, 0) + count
        for code in codes:
            words[code] = words.get(code, 0) + 1
    best: dict[str, int] = {}
    for code, count in words.items():
        script = languages()[code].script
        best[script] = max(best.get(script, 0), count)
    if len(letters) > 1:
        letters = {script: letters[script] for script in _SCRIPTS if script in letters}
    return _Evidence(sum(letters.values()), letters, words, best)


def letter_count(line: str) -> int:
    """Return how many letters a line has, brackets included."""
    return sum(letters_in(line).values()) if "[" in line else _evidence(line).count


@functools.lru_cache(maxsize=WORDS_KEPT)
def _evidence_of_word(token: str) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """Return how many letters of each script stand between two spaces, and the languages that they speak for.

    A word speaks for those in which it is frequent, and for those of which it has a letter that others have not.
    """
    codes: list[str] = []
    for word in map(str.lower, _WORDS.findall(token)):
        codes += _frequent_words().get(word, ())
        codes += [code for code, letters in _letters_of_their_own() if not letters.isdisjoint(word)]
    return tuple(_letters_by_script(token).items()), tuple(codes)


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
    if evidence.count < FEWEST or one not in known or other not in known:
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
    costs = [0] * len(candidates)
    steps: list[Sequence[int]] = []
    stay = range(len(candidates))
    for line in evidence:
        least = min(costs)
        if max(costs) > least + CHANGE:
            cheapest = costs.index(least)
            steps.append([at if cost <= least + CHANGE else cheapest for at, cost in enumerate(costs)])
            costs = [min(cost, least + CHANGE) for cost in costs]
        else:
            steps.append(stay)
        if line.letters:
            costs = [cost + line.cost(one, word) for cost, one in zip(costs, candidates, strict=True)]
    at = costs.index(min(costs))
    chosen = []
    for step in reversed(steps):
        chosen.append(candidates[at].code)
        at = step[at]
    return chosen[::-1]

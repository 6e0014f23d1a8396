"""Turn the words that mark the parts of a message, one TOML file for each language, into regular expressions.

A language without a file has no such words: its documents come out as paragraphs, with what layout alone tells.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

Patterns = Mapping[str, re.Pattern[str]]
"""A compiled alternative for each type of part."""


@dataclass(frozen=True, slots=True)
class AnatomyWords:
    """What marks the parts of a message in one language; white space in the texts is folded before matching."""

    opener: Patterns
    salute: Patterns
    closer: Patterns
    postscript: Patterns
    furniture: Patterns
    message_noun: re.Pattern[str]
    own: re.Pattern[str]
    """Announces a message that the writer sent: `I replied to him with the following letter:`."""
    transmission: re.Pattern[str]
    run_on: re.Pattern[str]
    """What begins or ends a part where all line breaks were lost; case counts."""


@functools.cache
def anatomy_words(language: str) -> AnatomyWords:
    """Return the words of a language; empty where there are none."""
    file = FOLDER / f"{language}.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    postscript = data.get("postscript", {}) | _citations()
    embedded = data.get("embedded", {})
    return AnatomyWords(
        **{part: _patterns(data.get(part, {})) for part in ("opener", "salute", "closer", "furniture")},
        postscript=_patterns(postscript),
        message_noun=_pattern([embedded.get("message-noun", "(?!)")]),
        own=_pattern([embedded.get("own", "(?!)")]),
        transmission=_pattern([embedded.get("transmission", "(?!)")]),
        run_on=_pattern(data.get("run-on", {}).get("parts", []), re.NOFLAG),
    )


@functools.cache
def _citations() -> dict[str, list[str]]:
    """Return how archives and printed sources are cited, in all languages: a translation is cited like its original."""
    found: dict[str, list[str]] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        postscript = tomllib.loads(file.read_text(encoding="utf-8")).get("postscript", {})
        for name in ("archival-reference", "source-line"):
            found.setdefault(name, []).extend(postscript.get(name, []))
    return found


def _patterns(section: Mapping[str, Any]) -> Patterns:
    return {name: _pattern(alternatives) for name, alternatives in section.items()}


def _pattern(alternatives: list[str], flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in alternatives) or "(?!)", flags)

"""Turn the words of an office, in all languages, into regular expressions: who wrote to whom, what kind of document.

Heads, titles and records name parties and kinds in the document's language, in the translator's or in the publisher's,
so the words of all languages hold everywhere. They stand in `<code>.toml`: `[correspondence]`, `[genres]`, `[secrecy]`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

from pipeline.languages import language, languages


@functools.cache
def said(meaning: str) -> str:
    """Return a regular expression for what is said of a message, in any language; one that never matches if nothing."""
    found = [language(code).tables.get("correspondence", {}).get(meaning, "") for code in languages()]
    return "|".join(filter(None, found)) or "(?!)"


@functools.cache
def kinds(table: str) -> Mapping[str, re.Pattern[str]]:
    """Return the kinds of a taxonomy (`genres`, `secrecy`) with what names each, in any language, in their order."""
    words: dict[str, list[str]] = {}
    for code in languages():
        for name, pattern in language(code).tables.get(table, {}).items():
            words.setdefault(name, []).append(pattern)
    return MappingProxyType(
        {name: re.compile(rf"\b(?:{'|'.join(found)})\b", re.IGNORECASE) for name, found in words.items()}
    )

r"""Turn a text into its credits: who translated, transcribed, obtained, contributed or edited a document.

credit  = role { ["," | "and"] role } ["for" organisation] ["from" language] "by" name { ["," | "and"] name }
        | "Перевод" | "Перевёл" | "Пер." ["с" language] name { "и" name }
        | "AI translated" | "machine translation", which names nobody
name    = capitalised words and initials, four at most; brackets about "by" or about the name may stand

Translated by Kathryn Weathersby and Alexandre Mansourov.      Translated for CWIHP by Sergey Radchenko.
Contributed, transcribed, and translated by Stephan Kieninger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROLES = {
    "translator": r"translat(?:ed|ion)",
    "transcriber": r"transcri(?:bed|ption)",
    "contributor": r"contributed",
    "provider": r"(?:obtained|provided|donated)",
    "editor": r"edited",
    "introducer": r"introduc(?:ed|tion)",
}
_ROLE = rf"(?i:{'|'.join(_ROLES.values())})"
_PARTICLE = r"(?:de|van|von|der|la|al)"
_WORD = r"[^\W\d_a-zа-яё](?:[^\W\d_]|[’'-](?=[^\W\d_])){1,30}"
_INITIAL = r"[^\W\d_a-zа-яё]\."
_NAME = rf"(?:{_INITIAL}\s{{0,9}}|{_WORD}\s{{1,9}}|{_PARTICLE}\s{{1,9}}){{0,4}}{_WORD}"
_AND = r"\s{0,9}(?:,\s{0,9}(?:and\s{1,9}|и\s{1,9})?|(?<=\s)(?:and|и|&)\s{1,9})"
_NAMES = rf"(?P<names>{_NAME}(?:{_AND}{_NAME}){{0,6}})"

_ENGLISH = re.compile(
    rf"(?<!\w)(?P<roles>{_ROLE}(?:(?:,\s{{0,9}}and\s|,|\s{{1,9}}and|\s{{1,9}}&)\s{{0,9}}{_ROLE}){{0,4}})"
    r"(?:\s{1,9}for\s{1,9}[\w&.-]{1,30}(?:\s{1,9}[A-Z][\w&.-]{0,30}){0,4})?"
    r"(?:\s{1,9}from\s{1,9}(?:the\s{1,9})?[A-Z]\w{1,20})?"
    rf"\s{{1,9}}\[?by\]?\s{{1,9}}(?P<bracket>\()?{_NAMES}(?(bracket)\)?)"
)
_RUSSIAN = re.compile(
    rf"(?<!\w)(?P<roles>Перев(?:од(?:чик)?|[её]л[аи]?)|Пер\.)(?:\s{{1,9}}с\s{{1,9}}[а-яё]{{3,20}}\.?)?:?\s{{1,9}}{_NAMES}"
)
_MACHINE = re.compile(r"(?<!\w)(?:AI|[Mm]achine)[ -][Tt]ranslat(?:ed|ion)(?!\w)|(?i:машинный перевод)(?!\w)")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in a credit."""

    start: int
    end: int
    text: str
    """As it stands."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who did what for a document."""

    start: int
    end: int
    """Half-open, in code points of the given text."""
    roles: tuple[str, ...]
    """Of `translator`, `transcriber`, `contributor`, `provider`, `editor`, `introducer`, in the order of the text."""
    names: tuple[Name, ...]
    """Empty for a machine's work."""

    @property
    def is_machine(self) -> bool:
        return not self.names


def find_credits(text: str) -> list[Credit]:
    """Return all credits in a text, in order."""
    found = [
        *(_credit(match, _roles(match["roles"])) for match in _ENGLISH.finditer(text)),
        *(_credit(match, ("translator",)) for match in _RUSSIAN.finditer(text)),
        *(Credit(*match.span(), ("translator",), ()) for match in _MACHINE.finditer(text)),
    ]
    return sorted(found, key=lambda credit: credit.start)


def find_translators(text: str) -> list[Credit]:
    """Return the credits for translation, a machine's included."""
    return [credit for credit in find_credits(text) if "translator" in credit.roles]


def _roles(words: str) -> tuple[str, ...]:
    found = [(match.start(), role) for role, form in _ROLES.items() for match in re.finditer(rf"(?i:{form})", words)]
    return tuple(role for _, role in sorted(found))


def _credit(match: re.Match[str], roles: tuple[str, ...]) -> Credit:
    return Credit(match.start(), match.end(), roles, tuple(_names(match)))


def _names(match: re.Match[str]) -> Iterator[Name]:
    start, end = match.span("names")
    for name in re.finditer(_NAME, match.string[start:end]):
        yield Name(start + name.start(), start + name.end(), name[0])

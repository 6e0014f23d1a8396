r"""Turn a text into the printed sources that it names, with what can be read of them without guessing.

    periodical = title "." year "." "№" issue "." "С." pages          Вестник. 1996. № 1. С. 132–133.
               | title "," year "," "No." issue "," "pp." pages       Vestnik, 1996, No. 1, pp. 132-133.
    book       = "Reprinted in" contributors and title "(" place ":" publisher "," year ")" "," "pp." pages
    volume     = author or title "," "vol." volume [pages]            Stalin, Works, vol. 18    SWM Vol. IV, pg. 411-424
               | title "." "Т." volume ["С." pages]                   Сталин И. В. Сочинения. Т. 18. С. 33
    series     = "Working Paper No." issue ["pp." pages]
    bare       = "Том" volume | "Tom" volume, a line by itself or after "Source:"

The whole extent is kept as it stands; contributors and title of a book are not divided. Pages are `132-133`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PAGES = r"(?P<pages>\d{1,5}(?:\s?[-–—]\s?\d{1,5})?)"
_ENGLISH_PAGES = rf"(?:pp?\.|pgs?\.|pages?)\s{{0,40}}{_PAGES}"
_RUSSIAN_PAGES = rf"[Сс]\.\s?{_PAGES}"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
_VOLUME = r"(?P<volume>\d{1,3}|[IVXL]{1,7})(?!\w|-\d)"
_CAPITALISED = r"[^\W\d_a-zа-яё][\w’'-]{0,30}"
_NAMES = rf"{_CAPITALISED}(?:[ ,]{{1,2}}(?:{_CAPITALISED}|and|of|the|i|и)){{0,5}}"

_GRAMMAR = {
    "periodical-ru": rf"(?P<title>{_CAPITALISED}(?: [^\W\d_][\w-]{{0,30}}){{0,8}})\.\s+{_YEAR}\.\s+(?:№|N)\s?"
    rf"(?P<issue>\d{{1,4}}(?:[-–/]\d{{1,4}})?)\.\s+{_RUSSIAN_PAGES}",
    "periodical-en": rf"(?P<title>{_CAPITALISED}(?: [^\W\d_][\w-]{{0,30}}){{0,8}}),\s+{_YEAR},\s+[Nn]o\.\s?"
    rf"(?P<issue>\d{{1,4}}(?:[-–/]\d{{1,4}})?),\s+{_ENGLISH_PAGES}",
    "book": r"(?i:(?:re)?printed|published)\s+in\s+(?P<core>(?P<title>[^()]{3,400}?)\s*"
    rf"\([^():,]{{2,40}}:\s*[^()]{{2,100}},\s*{_YEAR}\)(?:,\s*{_ENGLISH_PAGES})?)",
    "volume-en": rf"(?!(?:See|Cf|In|From)\b)(?P<title>{_NAMES}),?\s+[Vv]ol(?:ume|\.)\s?"
    rf"{_VOLUME}(?:,\s*{_ENGLISH_PAGES})?",
    "volume-ru": rf"(?P<title>{_CAPITALISED}(?:[ .]{{1,2}}[^\W\d_][\w-]{{0,30}}){{0,8}})\.\s+"
    rf"(?:[–—]\s+)?Т(?:ом)?\.?\s?{_VOLUME}(?:\.\s+{_RUSSIAN_PAGES})?",
    "series": rf"(?P<title>Working Paper)\s+No\.\s?(?P<issue>\d{{1,4}})(?:,?\s+{_ENGLISH_PAGES})?",
    "bare": r"(?m:^)[ \t]{0,20}(?:Source:\s?)?(?P<core>(?:Том|Tom)\s(?P<volume>\d{1,3}))(?=[ \t]{0,20}(?m:$))",
}
_RULES = {name: re.compile(rf"(?<!\w)(?:{form})") for name, form in _GRAMMAR.items()}


@dataclass(frozen=True, slots=True)
class PrintedSource:
    """A book, volume or periodical that a text names; what cannot be read safely is empty."""

    start: int
    end: int
    """Half-open, in code points of the given text."""
    text: str
    rule: str
    title: str = ""
    """As it stands, with the names before it; white space folded."""
    year: str = ""
    volume: str = ""
    """As it stands, `18` or `IV`."""
    issue: str = ""
    pages: str = ""
    """`132-133`."""


def find_printed_sources(text: str) -> list[PrintedSource]:
    """Return the printed sources that a text names, in order; of two readings of one place the longer."""
    found: list[PrintedSource] = []
    for source in sorted(_sources(text), key=lambda source: (source.start - source.end, source.start)):
        if all(source.end <= other.start or other.end <= source.start for other in found):
            found.append(source)
    return sorted(found, key=lambda source: source.start)


def _sources(text: str) -> Iterator[PrintedSource]:
    for name, pattern in _RULES.items():
        for match in pattern.finditer(text):
            groups = {group: value or "" for group, value in match.groupdict().items()}
            start, end = match.span("core") if "core" in groups else match.span()
            yield PrintedSource(
                start,
                end,
                text[start:end],
                name,
                title=" ".join(groups.get("title", "").split()).rstrip(","),
                year=groups.get("year", ""),
                volume=groups.get("volume") or _volume_within(groups.get("title", "")),
                issue=groups.get("issue", ""),
                pages=re.sub(r"\s?[-–—]\s?", "-", groups.get("pages", "")),
            )


def _volume_within(title: str) -> str:
    """The volume that a book's title gives; empty where it gives two."""
    volumes = re.findall(rf"\bVol\.\s?{_VOLUME}", title)
    return volumes[0] if len(volumes) == 1 else ""

"""Turn what documents say of persons, places and bodies into all mentions of an edition, on disk.

    one extract of each document (xslt/web/mentions.xsl) → a data base (`gathering.py`) → who is found in it, sorted

Names are sorted here, since XSLT's home edition has no collations (`pipeline.alphabets`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from lxml import etree

from pipeline.alphabets import sort_key
from pipeline.tei import parse_tei
from pipeline.website.gathering import Row, gathered, index, state_of

NAMESPACE = "urn:despatch:register"

KINDS = ("persons", "places", "organisations")
"""The registers; also the names of their pages."""

ON_A_PAGE = 500
"""Mentions on one page of an entry's own."""

_TABLES = {
    "about": "about TEXT",
    "facet": "name TEXT, value TEXT, language TEXT, label TEXT",
    "mention": "kind TEXT, key TEXT, sort TEXT, name TEXT, content TEXT, state TEXT",
}

_ORDER = "mention (kind, key, sort, document)"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the authorities, as a register heads it."""

    kind: str
    key: str
    file: str
    heads: Mapping[str, tuple[str, str]]
    """What it is called and what it is sorted by (its surname first), by interface language."""
    is_placed: bool = False
    """Whether it has coordinates."""


@dataclass(frozen=True, slots=True)
class Found:
    """A person, place or body that is mentioned."""

    key: str
    """`@xml:id` of the entry, or the name in small letters where there is none."""
    head: str
    sort: str
    count: int
    entry: Entry | None
    states: tuple[str, ...]
    """What the mentions on each page of its own are known by."""


def read_entries(heads: str) -> dict[tuple[str, str], Entry]:
    """Return the entries of the authorities by kind and id, from what `heads.xsl` writes; of two the first counts."""
    found: dict[tuple[str, str], Entry] = {}
    for element in parse_tei(heads.encode(), "heads").getroot():
        called = element.iterfind(f"{{{NAMESPACE}}}head")
        names = {str(head.get("for")): (head.text or "", str(head.get("sort"))) for head in called}
        is_placed = element.get("placed") == "true"
        entry = Entry(str(element.get("kind")), str(element.get("key")), str(element.get("file")), names, is_placed)
        found.setdefault((entry.kind, entry.key), entry)
    return found


@contextmanager
def mentions_in(files: Iterable[Path], entries: Mapping[tuple[str, str], Entry], base: Path) -> Iterator[Mentions]:
    """Give all mentions in these files, one of each document, from a data base that is kept in a file."""
    with gathered(base, _TABLES, files, _rows) as found:
        index(found, "by_entry", _ORDER)
        yield Mentions(found, entries)


def _rows(document: etree._Element) -> Iterator[Row]:
    about = b"".join(_as_xml(part) for part in document.iterfind(f"{{{NAMESPACE}}}about"))
    yield "about", (about.decode(),)
    for facet in document.iterfind(f"{{{NAMESPACE}}}facet"):
        yield "facet", (facet.get("name"), facet.get("value"), facet.get("for"), facet.text)
    for mention in document.iterfind(f"{{{NAMESPACE}}}mention"):
        yield "mention", _mention(str(document.get("sort")), mention, about.decode())


def _as_xml(element: etree._Element) -> bytes:
    return bytes(etree.tostring(element, encoding="utf-8", with_tail=False))


def _mention(sort: str, mention: etree._Element, about: str) -> tuple[str | None, ...]:
    """Return a mention as the data base keeps it; the key of a name not identified has a space before it."""
    name = mention.findtext(f"{{{NAMESPACE}}}name") or ""
    key = mention.get("key") or f" {name.casefold()}"
    content = _as_xml(mention).decode()
    return mention.get("kind"), key, sort, name, content, state_of(about, sort, content)


class Mentions:
    """All mentions of an edition, on disk."""

    def __init__(self, base: sqlite3.Connection, entries: Mapping[tuple[str, str], Entry]) -> None:
        self._base = base
        self._entries = entries
        self._states = {kind: dict(self._states_of(kind)) for kind in KINDS}

    def _states_of(self, kind: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield every key of a register with what its mentions are known by, page for page."""
        rows = self._base.execute(
            "SELECT key, document, state FROM mention WHERE kind = ? ORDER BY key, sort, document, rowid", (kind,)
        )
        for key, group in groupby(rows, key=lambda row: row[0]):
            known = [document + state for _, document, state in group]
            yield key, tuple(state_of(*known[start : start + ON_A_PAGE]) for start in range(0, len(known), ON_A_PAGE))

    def found(self, kind: str, language: str, *, identified: bool = True) -> list[Found]:
        """Return who or what is mentioned, sorted for readers of a language."""
        names, which = ("''", ">= '!'") if identified else ("min(name)", "< '!'")
        rows = self._base.execute(
            f"SELECT key, {names}, count(*) FROM mention WHERE kind = ? AND key {which} GROUP BY key", (kind,)
        )
        found = [self._one(kind, language, *row) for row in rows]
        return sorted(found, key=lambda one: sort_key(one.sort, language))

    def _one(self, kind: str, language: str, key: str, name: str, count: int) -> Found:
        entry = self._entries.get((kind, key))
        head, sort = entry.heads[language] if entry else (name or key, name or key)
        return Found(key, head, sort, count, entry, self._states[kind][key])

    def facet(self, name: str, language: str) -> list[tuple[str, str]]:
        """Return the values of a facet with what they are called, sorted for readers of a language."""
        rows = self._base.execute(
            "SELECT DISTINCT value, label FROM facet WHERE name = ? AND language = ?", (name, language)
        )
        return sorted(rows, key=lambda row: sort_key(row[1], language))

    def of(self, kind: str, key: str, most: int, before: int = 0) -> list[tuple[str, str, str]]:
        """Return so many mentions of an entry, after so many others, in the order of their documents: document, what
        it is called, the mention."""
        return self._base.execute(
            "SELECT mention.document, about, content FROM mention JOIN about ON about.document = mention.document"
            " WHERE kind = ? AND key = ? ORDER BY sort, mention.document, mention.rowid LIMIT ? OFFSET ?",
            (kind, key, most, before),
        ).fetchall()

    def on_page(self, kind: str, key: str, number: int) -> list[tuple[str, str, str]]:
        """Return the mentions on a page of an entry's own, the same way."""
        return self.of(kind, key, ON_A_PAGE, (number - 1) * ON_A_PAGE)

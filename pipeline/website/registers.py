"""Turn what documents say of persons, places and bodies into registers: every name with every mention.

    one extract of each document (xslt/web/mentions.xsl) → sorted lists (XML) → pages (xslt/web/register.xsl)

The mentions of all documents wait in a data base on disk (`gathering.py`). A register is sorted here, since
XSLT's home edition has no collations (`pipeline.alphabets`). Who is mentioned more often than a reader of a list wants
to scroll has pages of his own, which the register leads to; where a whole register is too long to be read, it only
names its entries, and every one has its own page.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from pipeline.alphabets import initial, sort_key
from pipeline.tei import parse_tei
from pipeline.website.gathering import Page, Row, gathered, index, page_of, state_of

NAMESPACE = "urn:despatch:register"

KINDS = ("persons", "places", "organisations")
"""The registers; also the names of their pages."""

MAP = "map"
"""The page with the places on a map."""

SEARCH = "search"
"""The page for looking by words, by names, and by the facets."""

FILTERS = {"persons": "person", "places": "place", "organisations": "body"}
"""What the search calls a name of each register."""

FACETS = ("year", "archive", "language")
"""By what else one looks for a document."""

MANY = 60
"""Mentions of one entry beyond which they stand on pages of their own."""

SHOWN = 20
"""Mentions that the register shows of such an entry."""

ON_A_PAGE = 1000
"""Mentions on one page of an entry's own."""

UNIDENTIFIED = "0"
"""Stands in the name of a page for names that nobody has identified: no entry's id is a figure."""

LONG = 1000
"""Mentions that a register shows with their words; one with more only names its entries, and each has its own page."""

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
        entry = Entry(str(element.get("kind")), str(element.get("key")), str(element.get("file")), names)
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


def _documents(mentions: Iterable[tuple[str, str, str]]) -> str:
    """Return mentions as XML, by document."""
    parts = []
    for (identifier, about), group in groupby(mentions, key=lambda row: (row[0], row[1])):
        parts.append(f"<register:document id={quoteattr(identifier)}>{about}")
        parts += [content for _, _, content in group]
        parts.append("</register:document>")
    return "".join(parts)


def pages(mentions: Mentions, languages: Iterable[str], indexes: Iterable[str]) -> Iterator[Page]:
    """Yield every page made of names."""
    bundles = " ".join(indexes)
    for language in languages:
        for kind in KINDS:
            is_long = _is_long(mentions, kind, language)
            yield page_of("register", kind, language, register(mentions, kind, language, is_long=is_long))
            yield from own_pages(mentions, kind, language, beyond=0 if is_long else MANY)
            if is_long:
                yield from unidentified_pages(mentions, kind, language)
        yield page_of("map", MAP, language, places(mentions, language))
        yield page_of("search", SEARCH, language, form(mentions, language, bundles))


def _is_long(mentions: Mentions, kind: str, language: str) -> bool:
    """Whether a register would be too heavy with the words of all mentions that it shows."""
    found = mentions.found(kind, language) + mentions.found(kind, language, identified=False)
    return sum(one.count if one.count <= MANY else SHOWN for one in found) > LONG


def places(mentions: Mentions, language: str) -> str:
    """Return the places that the authorities know, those mentioned most often first, for `map.xsl`."""
    found = sorted(mentions.found("places", language), key=lambda one: -one.count)
    known = "".join(f"{_opening(one)}</register:entry>" for one in found if one.entry)
    return f'<register:map xmlns:register="{NAMESPACE}">{known}</register:map>'


def form(mentions: Mentions, language: str, bundles: str) -> str:
    """Return what one can look by, sorted for readers of a language, for `search.xsl`."""
    parts = [f"<register:search xmlns:register={quoteattr(NAMESPACE)} bundles={quoteattr(bundles)}>"]
    options = {FILTERS[kind]: [(one.key, one.head) for one in mentions.found(kind, language)] for kind in KINDS}
    options |= {name: mentions.facet(name, language) for name in FACETS}
    for name, values in options.items():
        parts.append(f'<register:facet name="{name}">')
        parts += [
            f"<register:option value={quoteattr(value)}>{escape(label)}</register:option>" for value, label in values
        ]
        parts.append("</register:facet>")
    return "".join((*parts, "</register:search>"))


def register(mentions: Mentions, kind: str, language: str, *, is_long: bool) -> str:
    """Return a whole register in the order of an interface language, for `register.xsl`; the last part is of names
    that nobody has identified. A long one is without mentions, and its last part says how many pages that has."""
    found = mentions.found(kind, language)
    unknown = mentions.found(kind, language, identified=False)
    parts = [f'<register:register xmlns:register="{NAMESPACE}" kind="{kind}">']
    brief = ' brief="true"' if is_long else ""
    for letter, group in groupby(found, key=lambda one: initial(one.sort)):
        parts.append(f"<register:letter name={quoteattr(letter)}{brief}>")
        parts += [f"{_opening(one)}</register:entry>" if is_long else _entry(mentions, kind, one) for one in group]
        parts.append("</register:letter>")
    elsewhere = f' pages="{len(_portions(unknown))}" count="{len(unknown)}"' if is_long else ""
    parts.append(f"<register:unidentified{elsewhere}>")
    parts += [] if is_long else [_entry(mentions, kind, one) for one in unknown]
    parts.append("</register:unidentified></register:register>")
    return "".join(parts)


def unidentified_pages(mentions: Mentions, kind: str, language: str) -> Iterator[Page]:
    """Yield the pages of names that nobody has identified, where the register is too long for them."""
    portions = _portions(mentions.found(kind, language, identified=False))
    for number, portion in enumerate(portions, 1):
        opening = (
            f'<register:others xmlns:register="{NAMESPACE}" kind="{kind}" page="{number}" pages="{len(portions)}">'
        )
        state = state_of(opening, *(part for one in portion for part in (_opening(one), *one.states)))
        content = functools.partial(_unidentified, mentions, kind, portion, opening)
        yield Page("register", own_page(kind, UNIDENTIFIED, number), language, state, content)


def _unidentified(mentions: Mentions, kind: str, portion: list[Found], opening: str) -> str:
    entries = "".join(_entry(mentions, kind, one) for one in portion)
    return f"{opening}<register:unidentified>{entries}</register:unidentified></register:others>"


def _portions(found: Iterable[Found]) -> list[list[Found]]:
    """Return names as pages hold them, each with about as many mentions as one of an entry's own."""
    portions: list[list[Found]] = []
    room = 0
    for one in found:
        if room <= 0:
            portions.append([])
            room = ON_A_PAGE
        portions[-1].append(one)
        room -= min(one.count, MANY)
    return portions


def _entry(mentions: Mentions, kind: str, one: Found) -> str:
    shown = one.count if one.count <= MANY else SHOWN
    return _opening(one) + _documents(mentions.of(kind, one.key, shown)) + "</register:entry>"


def _opening(one: Found) -> str:
    identified = f" key={quoteattr(one.key)} file={quoteattr(one.entry.file)}" if one.entry else ""
    all_shown = "" if one.count <= MANY or not one.entry else ' more="true"'
    return f'<register:entry name={quoteattr(one.head)} count="{one.count}"{identified}{all_shown}>'


def own_pages(mentions: Mentions, kind: str, language: str, beyond: int) -> Iterator[Page]:
    """Yield the pages of those mentioned more often than that."""
    for one in mentions.found(kind, language):
        if one.count <= beyond or not one.entry:
            continue
        for number, known in enumerate(one.states, 1):
            opening = (
                f'<register:own xmlns:register="{NAMESPACE}" kind="{kind}" page="{number}" pages="{len(one.states)}">'
                f"{_opening(one)}"
            )
            content = functools.partial(_own, mentions, kind, one.key, number, opening)
            yield Page("register", own_page(kind, one.key, number), language, state_of(opening, known), content)


def _own(mentions: Mentions, kind: str, key: str, number: int, opening: str) -> str:
    batch = mentions.of(kind, key, ON_A_PAGE, (number - 1) * ON_A_PAGE)
    return f"{opening}{_documents(batch)}</register:entry></register:own>"


def own_page(kind: str, key: str, number: int = 1) -> str:
    """Return the name of a page of an entry's own; no document can be called so (`is_taken`), and no entry's id
    begins with a figure."""
    return f"{kind}.{key}" if number == 1 else f"{kind}.{number}.{key}"


def is_taken(name: str) -> bool:
    """Whether a name is one that pages of the registers may have."""
    return name.partition(".")[0] in KINDS

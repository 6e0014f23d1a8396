"""Turn what documents give to the lists of the edition into pages: by date, correspondent, archive, kind, change.

    one file of each document (xslt/web/lists.xsl) → rows in their order (XML) → pages (xslt/web/index.xsl and others)

A list that fits one page is one. A longer one is split by its parts (year, sender, archive, kind), and long parts by
number; the list's own page then says which parts there are. A page's name is made of the list's and the part's, so that
it stays when documents are added:

    chronology.html   chronology.1950.html   chronology.2.1950.html   archives.rgaspi.html
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate, count
from pathlib import Path
from xml.sax.saxutils import quoteattr

from lxml import etree

from pipeline.website.gathering import Page, Row, gathered, index, page_of

NAMESPACE = "urn:despatch:lists"

LISTS = {name: name for name in ("index", "chronology", "correspondents", "archives", "changes")} | {
    "types": "archives"
}
"""The lists, which are the names of their pages, and their stylesheets."""

ON_A_PAGE = 500
"""Rows on one page: more than a reader scrolls through."""

PAIRS = 200
"""Pairs of correspondents that the picture is made of, the busiest first; it has room for fewer."""

_TABLES = {
    "row": "list TEXT, language TEXT, part TEXT, head TEXT, sort TEXT, pair TEXT, content TEXT",
}

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")

_OPENING = f'xmlns:lists="{NAMESPACE}"'


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list that is split."""

    key: str
    head: str
    """What readers call it, in the language of the list."""
    rows: int

    @property
    def slug(self) -> str:
        """Return what stands for the part in the name of its page, the same in every language."""
        plain = _PLAIN.fullmatch(self.key)
        return self.key if plain else "_" + hashlib.sha256(self.key.encode()).hexdigest()[:10]

    @property
    def pages(self) -> int:
        return (self.rows - 1) // ON_A_PAGE + 1


@contextmanager
def lists_in(files: Iterable[Path], base: Path) -> Iterator[sqlite3.Connection]:
    """Give all rows of the lists in these files, from a data base that is kept in a file."""
    with gathered(base, _TABLES, files, _rows) as found:
        index(found, "by_part", "row (list, language, part, sort, document)")
        yield found


def _rows(documents: etree._Element) -> Iterator[Row]:
    """Yield what a document gives to each list in each language."""
    for row in documents.iter(f"{{{NAMESPACE}}}row"):
        content = etree.tostring(row, encoding="unicode", with_tail=False)
        named = (row.get(name) for name in ("list", "for", "part", "head", "sort", "pair"))
        yield "row", (*named, content)


def pages(base: sqlite3.Connection, languages: Iterable[str], documents: int) -> Iterator[Page]:
    """Yield every page of every list."""
    for language in languages:
        for name, sheet in LISTS.items():
            parts = _parts(base, name, language)
            if sum(part.rows for part in parts) <= ON_A_PAGE:
                rows = "".join((*_drawn(base, name, language, parts, ("changes",)), *_content(base, name, language)))
                yield page_of(sheet, name, language, _element("list", rows, name=name, count=documents))
                continue
            yield page_of(sheet, name, language, _overview(base, name, language, parts, documents))
            for part_page, content in _part_pages(base, name, language, parts):
                yield page_of(sheet, part_page, language, content)


def _parts(base: sqlite3.Connection, name: str, language: str) -> list[Part]:
    """Return the parts of a list: dates in their order, of changes the newest first, others by what they are called."""
    rows = base.execute(
        "SELECT part, min(head), count(*) FROM row WHERE list = ? AND language = ? GROUP BY part", (name, language)
    )
    parts = [Part(*row) for row in rows]
    newest_first = name == "changes"
    return sorted(parts, key=lambda part: part.key if part.key[:4].isdecimal() else part.head, reverse=newest_first)


def _content(base: sqlite3.Connection, name: str, language: str) -> Iterator[str]:
    rows = base.execute(
        "SELECT content FROM row WHERE list = ? AND language = ? ORDER BY sort, document, rowid", (name, language)
    )
    return (content for (content,) in rows)


def _overview(base: sqlite3.Connection, name: str, language: str, parts: list[Part], documents: int) -> str:
    """Return the page of a list that is split: its parts, and what the picture on it is made of."""
    listed = "".join(
        _element("part", "", name=page_name(name, part), head=part.head, count=part.rows) for part in parts
    )
    return _element("overview", listed + "".join(_drawn(base, name, language, parts)), name=name, count=documents)


def _drawn(
    base: sqlite3.Connection, name: str, language: str, parts: list[Part], names: Container[str] = LISTS
) -> Iterator[str]:
    """Yield what stands above a list, if it is one of these names: a picture, or how many documents are how far."""
    drawn = {"chronology": _months, "correspondents": _pairs, "changes": _states}.get(name)
    return drawn(base, language, parts) if drawn and name in names else iter(())


def _months(base: sqlite3.Connection, language: str, parts: list[Part]) -> Iterator[str]:
    """Yield the months that have events, with how many, and the page where each begins."""
    for part in parts:
        rows = base.execute(
            "SELECT substr(sort, 1, 7), count(*) FROM row WHERE list = 'chronology' AND language = ? AND part = ?"
            " GROUP BY 1 ORDER BY 1",
            (language, part.key),
        ).fetchall()
        before = accumulate((number for _, number in rows), initial=0)
        for (month, number), start in zip(rows, before, strict=False):
            if re.fullmatch(r"\d{4}-\d\d", month):
                page = page_name("chronology", part, start // ON_A_PAGE + 1)
                yield _element("month", "", name=month, count=number, page=page)


def _pairs(base: sqlite3.Connection, language: str, _parts: list[Part]) -> Iterator[str]:
    """Yield the busiest pairs of correspondents, each with one message of theirs."""
    rows = base.execute(
        "SELECT count(*), min(content) FROM row WHERE list = 'correspondents' AND language = ?"
        " GROUP BY pair ORDER BY 1 DESC, min(sort), pair LIMIT ?",
        (language, PAIRS),
    )
    return (_element("pair", content, count=number) for number, content in rows)


def _states(base: sqlite3.Connection, language: str, _parts: list[Part]) -> Iterator[str]:
    """Yield how many documents are how far, in the order in which they get there."""
    rows = base.execute(
        "SELECT min(head), count(*) FROM row WHERE list = 'states' AND language = ? GROUP BY part ORDER BY min(sort)",
        (language,),
    )
    return (_element("state", "", head=head, count=number) for head, number in rows)


def _part_pages(base: sqlite3.Connection, name: str, language: str, parts: list[Part]) -> Iterator[tuple[str, str]]:
    """Yield the pages of each part, with the ways to the part before and after it."""
    for before, part, after in zip([None, *parts], parts, [*parts[1:], None], strict=False):
        ways = _way("previous", name, before) + _way("next", name, after)
        rows = base.execute(
            "SELECT content FROM row WHERE list = ? AND language = ? AND part = ? ORDER BY sort, document, rowid",
            (name, language, part.key),
        )
        for number in count(1):
            batch = rows.fetchmany(ON_A_PAGE)
            if not batch:
                break
            content = ways + "".join(row for (row,) in batch)
            own: dict[str, str | int] = {"part": part.slug, "head": part.head, "page": number, "pages": part.pages}
            yield page_name(name, part, number), _element("list", content, name=name, count=part.rows, **own)


def _way(kind: str, name: str, part: Part | None) -> str:
    return _element(kind, "", name=page_name(name, part), head=part.head) if part else ""


def _element(tag: str, content: str, /, **attributes: str | int) -> str:
    named = " ".join(f"{key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<lists:{tag} {_OPENING} {named}>{content}</lists:{tag}>"


def page_name(name: str, part: Part, number: int = 1) -> str:
    """Return the name of a page of a part; no document can be called so (`is_part`)."""
    return f"{name}.{part.slug}" if number == 1 else f"{name}.{number}.{part.slug}"


def is_part(name: str) -> bool:
    """Whether a name is one that pages of the lists may have."""
    return name.partition(".")[0] in LISTS

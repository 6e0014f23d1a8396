"""Turn many small files, one of each document, into one data base on disk, from which lists are read in their order.

The base stays from build to build, and only documents whose file changed are taken in again, so that neither the memory
nor the time for one changed document grows with the edition. Losing the base costs time, nothing else.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.freshness import fingerprint_of
from pipeline.tei import parse_tei

PATIENCE = 600
"""Seconds to wait for another build of the same edition."""

Row = tuple[str, tuple[str | None, ...]]
"""The name of a table and what stands in a row of it, after the document's id."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is made of many documents."""

    sheet: str
    """Its stylesheet."""
    name: str
    language: str
    state: str
    """What it is known by: another wherever its content is."""
    content: Callable[[], str]
    """What it is made of, as XML; read from the base when it is wanted, since most pages stay as they are."""


def page_of(sheet: str, name: str, language: str, content: str) -> Page:
    """Return a page whose content is at hand, and is what it is known by."""
    return Page(sheet, name, language, content, lambda: content)


def state_of(*parts: str) -> str:
    """Return what a row is known by."""
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


@contextmanager
def gathered(
    file: Path, tables: Mapping[str, str], files: Iterable[Path], rows: Callable[[etree._Element], Iterable[Row]]
) -> Iterator[sqlite3.Connection]:
    """Give the rows that documents' files have, in a base with a table `name (document TEXT, …)` for each name.

    A document's id is the name of its file. Rows of documents that are gone are removed.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        base = _gathered(file, tables, files, rows)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # no data base any more, or a damaged one
        file.unlink()
        base = _gathered(file, tables, files, rows)
    with closing(base):
        yield base


def _gathered(
    file: Path, tables: Mapping[str, str], files: Iterable[Path], rows: Callable[[etree._Element], Iterable[Row]]
) -> sqlite3.Connection:
    base = sqlite3.connect(file, timeout=PATIENCE)
    try:
        with base:
            base.execute("BEGIN IMMEDIATE")
            _make_tables(base, tables)
            _renew(base, tables, files, rows)
    except BaseException:
        base.close()
        raise
    return base


def _make_tables(base: sqlite3.Connection, tables: Mapping[str, str]) -> None:
    """Make the tables, unless they are there as they are wanted: an older program may have made them otherwise."""
    wanted = fingerprint_of(repr(sorted(tables.items())))
    base.execute("CREATE TABLE IF NOT EXISTS made (tables TEXT)")
    if base.execute("SELECT tables FROM made").fetchall() == [(wanted,)]:
        return
    for name in [*tables, "file", "made"]:
        base.execute(f"DROP TABLE IF EXISTS {name}")
    for name, columns in tables.items():
        base.execute(f"CREATE TABLE {name} (document TEXT, {columns})")
        base.execute(f"CREATE INDEX {name}_of_document ON {name} (document)")
    base.execute("CREATE TABLE file (document TEXT PRIMARY KEY, state TEXT)")
    base.execute("CREATE TABLE made (tables TEXT)")
    base.execute("INSERT INTO made VALUES (?)", (wanted,))


def _renew(
    base: sqlite3.Connection,
    tables: Mapping[str, str],
    files: Iterable[Path],
    rows: Callable[[etree._Element], Iterable[Row]],
) -> None:
    """Take in what changed since the last time."""
    known = dict(base.execute("SELECT document, state FROM file"))
    for file in files:
        content = file.read_bytes()
        state = fingerprint_of(content)
        if known.pop(file.stem, None) == state:
            continue
        _forget(base, tables, file.stem)
        base.execute("INSERT INTO file VALUES (?, ?)", (file.stem, state))
        for table, row in rows(parse_tei(content, file.name).getroot()):
            base.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * (len(row) + 1))})", (file.stem, *row))
    for document in known:
        _forget(base, tables, document)


def _forget(base: sqlite3.Connection, tables: Mapping[str, str], document: str) -> None:
    for table in (*tables, "file"):
        base.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def index(base: sqlite3.Connection, name: str, columns: str) -> None:
    """Make an index, if it is not there: `columns` is `table (column, …)`."""
    with base:
        base.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")

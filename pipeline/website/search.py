"""Turn documents into an index that a reader's browser searches by itself: the only door to Pagefind.

    build/.state/website/shadows/<language>/<shelf>/<id>.html   a document as the engine reads it (shadows.xsl)
    build/site/search/<language>/                               the index of all documents in a language
    build/site/search/<language>.<number>/                      where there are many, the indexes that share them

Pagefind takes one language for a page and knows the forms of its words (телеграмму finds телеграммой), so each language
has an index of its own. It holds all pages of an index in memory and writes all of it anew (Pagefind's issue 842: no
memory left above 30,000 pages), so the documents of a large edition are shared out among several, which the reader's
browser asks together. The program writes its index with filters in another order each time: of the whole site the index
alone is not the same, byte for byte, from build to build.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import shutil
import subprocess
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

import pagefind_bin
from lxml import etree

from pipeline.files import write_file
from pipeline.problems import EngineMissing, PipelineError
from pipeline.tei import parse_tei

UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")
"""What Pagefind writes for forms other than ours."""

IN_ONE = 2_500
"""Documents of a language in one index: as many as memory of a small machine holds, since each index more is one more
that a reader's browser loads."""

SHELVES = 64
"""Folders among which the shadows of a language are shared out by name; a document stays in its own, however many
documents and indexes there come to be."""

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Index:
    """One of the indexes that share the documents of a language."""

    language: str
    number: int
    of: int
    """How many indexes the language has: a power of two."""

    @property
    def name(self) -> str:
        return self.language if self.of == 1 else f"{self.language}.{self.number}"

    @property
    def shelves(self) -> list[str]:
        """Return the folders of shadows that it is made of."""
        return [_shelf(number) for number in range(self.number, SHELVES, self.of)]

    def pages(self, shadows: Path) -> list[Path]:
        """Return the shadows that it is made of."""
        folder = shadows / self.language
        return sorted(path for shelf in self.shelves for path in (folder / shelf).glob("*.html"))


def engine() -> str:
    """Return the name and version of the search engine."""
    return f"Pagefind {importlib.metadata.version('pagefind-bin')}"


def write_shadows(folder: Path, name: str, shadows: str) -> None:
    """Write a document's shadows, as `shadows.xsl` makes them, one for each of its languages, and remove others.

    A language without a word has none: Pagefind refuses to index nothing.
    """
    pages = parse_tei(shadows.encode(), name).getroot()
    written = set()
    for page in pages:
        if not any(_WORD.search(str(text)) for text in page.itertext("{*}p")):
            continue
        path = folder / str(page.get("lang")) / shelf_of(name) / f"{name}.html"
        content = etree.tostring(page, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
        write_file(path, bytes(content), remade=True)
        written.add(path)
    for path in set(folder.glob(f"*/{shelf_of(name)}/{name}.html")) - written:
        path.unlink()


def shelf_of(name: str) -> str:
    """Return the folder in which the shadows of a document lie."""
    return _shelf(hashlib.blake2b(name.encode(), digest_size=8).digest()[0] % SHELVES)


def _shelf(number: int) -> str:
    return f"{number:02}"


def remove_shadows(folder: Path, names: set[str]) -> None:
    """Remove the shadows of all documents but these."""
    for path in folder.rglob("*.html"):
        if path.stem not in names or path.parent.name != shelf_of(path.stem):
            path.unlink()


def indexes_of(folder: Path) -> list[Index]:
    """Return the indexes that the shadows in a folder make, sorted: more where a language has many documents."""
    found = []
    for language in sorted({path.parent.parent.name for path in folder.glob("*/*/*.html")}):
        documents = sum(1 for _ in (folder / language).glob("*/*.html"))
        needed = -(-documents // IN_ONE)
        of = min(SHELVES, 1 << (needed - 1).bit_length())
        found += [Index(language, number, of) for number in range(of)]
    return [index for index in found if index.pages(folder)]


def write_index(shadows: Path, site: Path, index: Index) -> None:
    """Write an index anew; raise `EngineMissing` or `PipelineError` where Pagefind cannot."""
    target = site / "search" / index.name
    shutil.rmtree(target, ignore_errors=True)
    pages = ("--site", shadows / index.language, "--glob", f"{{{','.join(index.shelves)}}}/*.html")
    _run(*pages, "--output-path", target, "--force-language", index.language, "--silent")
    for pattern in UNUSED:
        for path in target.glob(pattern):
            path.unlink()


def remove_indexes(site: Path, names: Container[str]) -> None:
    """Remove all indexes but these."""
    for folder in (site / "search").glob("*"):
        if folder.name not in names:
            shutil.rmtree(folder)


def _run(*arguments: str | Path) -> None:
    try:
        program = pagefind_bin.get_executable()
    except FileNotFoundError:
        raise EngineMissing("Pagefind is not there; install the edition's environment anew (make edition)") from None
    done = subprocess.run([program, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise PipelineError(f"Pagefind stopped: {(done.stderr or done.stdout).strip()}")

"""Turn documents into an index that a reader's browser searches by itself: the only door to Pagefind.

    build/.state/website/shadows/<language>/<id>.html    a document as the engine reads it (xslt/web/shadows.xsl)
    build/site/search/<language>/                        the index of all documents in a language

Pagefind takes one language for a page and knows the forms of its words (телеграмму finds телеграммой), so each language
has an index of its own. The program writes its index with filters in another order each time: of the whole site
the index alone is not the same, byte for byte, from build to build.
"""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
from collections.abc import Container
from pathlib import Path

import pagefind_bin
from lxml import etree

from pipeline.files import write_file
from pipeline.problems import EngineMissing, PipelineError
from pipeline.tei import parse_tei

UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")
"""What Pagefind writes for forms other than ours."""

_WORD = re.compile(r"\w")


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
        path = folder / str(page.get("lang")) / f"{name}.html"
        content = etree.tostring(page, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
        write_file(path, bytes(content), remade=True)
        written.add(path)
    for path in set(folder.glob(f"*/{name}.html")) - written:
        path.unlink()


def remove_shadows(folder: Path, names: set[str]) -> None:
    """Remove the shadows of all documents but these."""
    for path in folder.glob("*/*.html"):
        if path.stem not in names:
            path.unlink()


def languages_of(folder: Path) -> list[str]:
    """Return the languages that there are shadows in."""
    return sorted({path.parent.name for path in folder.glob("*/*.html")})


def write_index(shadows: Path, site: Path, language: str) -> None:
    """Write the index of a language anew; raise `EngineMissing` or `PipelineError` where Pagefind cannot."""
    target = site / "search" / language
    shutil.rmtree(target, ignore_errors=True)
    _run("--site", shadows / language, "--output-path", target, "--force-language", language, "--silent")
    for pattern in UNUSED:
        for path in target.glob(pattern):
            path.unlink()


def remove_indexes(site: Path, languages: Container[str]) -> None:
    """Remove the indexes of all languages but these."""
    for folder in (site / "search").glob("*"):
        if folder.name not in languages:
            shutil.rmtree(folder)


def _run(*arguments: str | Path) -> None:
    try:
        program = pagefind_bin.get_executable()
    except FileNotFoundError:
        raise EngineMissing("Pagefind is not there; install the edition's environment anew (make edition)") from None
    done = subprocess.run([program, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise PipelineError(f"Pagefind stopped: {(done.stderr or done.stdout).strip()}")

"""Turn a document into its pages on the website, one in each interface language, and the files beside them."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pipeline.files import write_file
from pipeline.problems import Problem
from pipeline.stylesheets import Source, StylesheetStopped, Value
from pipeline.tei import UnreadableXML, read_tei
from pipeline.website.folder import Site
from pipeline.website.rendering import ALL_LANGUAGES, MARKS, in_language, problem_of, transformed

MAIN = '<main id="page-content">'
"""After this the frame of a document's page has the place of its content."""


def make_pages(site: Site, task: tuple[Path, str, Path | None]) -> list[Problem]:
    """Write a document's pages and files and its PDF; `neighbours.py` made what the pages say of other documents.

    The PDF is None where there is none that is current. Return what kept them from being made, in which case none is
    written.
    """
    document, around, pdf = task
    name = site.edition.name(document)
    try:
        tree = read_tei(document, name)
    except UnreadableXML as error:
        return [error.problem]
    source = Source(tree, document)
    try:
        pages = _pages(site, source, around, has_pdf=pdf is not None) | _files(site, source)
    except StylesheetStopped as stopped:
        return [problem_of(stopped, tree, name)]
    _copy_pdf(pdf, site.pdf(document.stem))
    for path, content in pages.items():
        write_file(path, content, remade=True)
    for other in set((site.folder / "text").glob(f"{document.stem}.*.txt")) - pages.keys():
        other.unlink()
    return []


def _copy_pdf(pdf: Path | None, copy: Path) -> None:
    """Let the site hold a document's PDF, or none."""
    if pdf is None:
        copy.unlink(missing_ok=True)
    else:
        write_file(copy, pdf.read_bytes(), remade=True)


def _pages(site: Site, source: Source, around: str, *, has_pdf: bool) -> dict[Path, bytes]:
    """Return a document's pages by the paths where they go."""
    own: dict[str, Value] = {"around": around, "has-pdf": has_pdf, "lenient": site.is_lenient}
    frames = {language: transformed(site, "document", source, language, own) for language in site.languages}
    contents = _contents(site, source, own)
    name = source.base.stem
    return {
        site.page(name, tag): f"{frame.replace(MAIN, MAIN + contents[tag])}\n".encode() for tag, frame in frames.items()
    }


def _files(site: Site, source: Source) -> dict[Path, bytes]:
    """Return the files for download beside a document's page."""
    files = etree.fromstring(transformed(site, "files", source, site.languages[0]).encode())
    made = {site.folder / str(file.get("path")): (file.text or "").encode() for file in files}
    made[site.folder / "tei" / source.base.name] = source.base.read_bytes()
    return made


def _contents(site: Site, source: Source, own: dict[str, Value]) -> dict[str, str]:
    """Return what stands in the frame of a document's page, by interface language.

    It is made once for all languages, unless a mark that tells their words apart stands in the document itself.
    """
    if len(site.languages) == 1 or site.has_marks or source.holds(MARKS):
        return {language: transformed(site, "content", source, language, own) for language in site.languages}
    content = transformed(site, "content", source, ALL_LANGUAGES, own)
    return {language: in_language(content, language) for language in site.languages}

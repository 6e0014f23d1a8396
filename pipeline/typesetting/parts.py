"""Turn documents and `tei/corpus.xml` into modules of Typst code, each document again only when it changed."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.edition import CORPUS, Edition
from pipeline.files import write_file
from pipeline.freshness import Freshness, fingerprint_of
from pipeline.problems import Problem, UnreadableInput, problem
from pipeline.resources import fingerprint, resource
from pipeline.stylesheets import Source, StylesheetStopped, Value, element_at, stylesheet
from pipeline.tei import UnreadableXML, read_tei
from pipeline.typesetting.workshop import DESIGN, Workshop
from pipeline.workers import each


@dataclass(frozen=True, slots=True)
class Part:
    """A document on its way into the volume."""

    path: Path
    name: str
    """The file's name without `.xml`: what the volume calls the document."""
    code: str = ""
    """Typst; empty where the document could not be set."""
    facts: str = ""
    """What lists and indexes need to know of it, JSON."""
    source: bytes = b""
    """The TEI file as it was read."""
    problems: tuple[Problem, ...] = ()


def write_parts(
    workshop: Workshop, authorities: tuple[Path, ...], freshness: Freshness, jobs: int
) -> Iterator[Problem]:
    """Write the code of every document that changed, remove that of those that are gone; yield what was wrong."""
    edition, interface, parallel = workshop.edition, workshop.facts.languages[0], workshop.facts.parallel
    program = fingerprint("xslt/print", "xslt/common") + fingerprint("pipeline")
    shared = fingerprint_of(program, interface, parallel, edition.corpus, *authorities)
    prints = {path: fingerprint_of(path, shared) for path in edition.documents()}
    stale = [
        path for path in prints if not freshness.is_fresh(path.stem, prints[path], workshop.part(path.stem).is_file)
    ]
    set_one = functools.partial(
        set_document, edition=edition, interface=interface, parallel=parallel, authorities=authorities
    )
    for part in each(set_one, stale, jobs):
        yield from part.problems
        if part.code:
            write_file(workshop.part(part.name), part.code.encode())
            write_file(workshop.mentioned(part.name), part.facts.encode())
            write_file(workshop.source(part.name), part.source)
            freshness.made(part.name, prints[part.path])
        else:
            workshop.part(part.name).unlink(missing_ok=True)
    for gone in set(workshop.names()) - {path.stem for path in prints}:
        workshop.part(gone).unlink()
        workshop.mentioned(gone).unlink(missing_ok=True)
        workshop.source(gone).unlink(missing_ok=True)


def set_document(
    path: Path, edition: Edition, interface: str, parallel: str, authorities: tuple[Path, ...] = ()
) -> Part:
    """Return a document as Typst code, or without code and with the problem that says why.

    `interface` is the language of the volume's own words, `parallel` how the texts stand (`Facts.parallel`).
    """
    name = edition.name(path)
    try:
        tree = read_tei(path, name)
    except UnreadableXML as error:
        return Part(path, path.stem, problems=(error.problem,))
    known: dict[str, Value] = {"interface": interface, "parallel": parallel, "file": path.stem}
    known |= {"corpus": (edition.corpus,), "authorities": authorities}
    source = Source(tree, path)
    try:
        code = stylesheet(resource("xslt/print/document.xsl")).apply(source, known)
        facts = stylesheet(resource("xslt/print/facts.xsl")).apply(source, {})
    except StylesheetStopped as stopped:
        return Part(path, path.stem, problems=(_not_set(tree, name, stopped),))
    return Part(path, path.stem, code, facts, path.read_bytes())


def _not_set(tree: etree._ElementTree, name: str, stopped: StylesheetStopped) -> Problem:
    """Return the problem of a document that a stylesheet stopped at, at the line of the element that it names."""
    element = element_at(tree, stopped.place)
    line = 0 if element is None else element.sourceline or 0
    return problem("T002", name, line, reason=stopped.reason)


def write_front(workshop: Workshop) -> None:
    """Write the code of title, imprint and introduction, and lay the design beside it."""
    edition = workshop.edition
    try:
        tree = read_tei(edition.corpus, CORPUS)
    except UnreadableXML as error:
        raise UnreadableInput(f"{CORPUS} cannot be read: {error}") from error
    front = stylesheet(resource("xslt/print/front.xsl"))
    code = front.transform(tree, {"interface": workshop.facts.languages[0]}, edition.corpus)
    write_file(workshop.front, code.encode())
    for file in DESIGN:
        write_file(workshop.folder / file, resource(f"xslt/print/{file}").read_bytes())

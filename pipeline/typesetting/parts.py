"""Turn documents and `tei/corpus.xml` into modules of Typst code, each document again only when it changed."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.edition import CORPUS, Edition, Facts
from pipeline.files import write_file
from pipeline.freshness import Freshness, fingerprint_of
from pipeline.problems import Problem, UnreadableInput, problem
from pipeline.resources import fingerprint, resource
from pipeline.stylesheets import StylesheetStopped, element_at, stylesheet
from pipeline.tei import UnreadableXML, read_tei
from pipeline.workers import each

DESIGN = ("volume.typ", "design.typ", "probe.typ")


@dataclass(frozen=True, slots=True)
class Part:
    """A document on its way into the volume."""

    path: Path
    name: str
    """The file's name without `.xml`: what the volume calls the document."""
    code: str
    """Typst; empty where the document could not be set."""
    problems: tuple[Problem, ...] = ()


def write_parts(edition: Edition, workshop: Path, facts: Facts, freshness: Freshness, jobs: int) -> Iterator[Problem]:
    """Write the code of every document that changed, remove that of those that are gone; yield what was wrong."""
    interface = facts.languages[0]
    shared = fingerprint("xslt/print", "xslt/common") + fingerprint("pipeline") + interface
    prints = {path: fingerprint_of(path, shared) for path in edition.documents()}
    stale = [path for path in prints if not freshness.is_fresh(path.stem, prints[path], _part(workshop, path).is_file)]
    set_one = functools.partial(set_document, edition=edition, interface=interface)
    for part in each(set_one, stale, jobs):
        yield from part.problems
        if part.code:
            write_file(_part(workshop, part.path), part.code.encode())
            freshness.made(part.name, prints[part.path])
        else:
            _part(workshop, part.path).unlink(missing_ok=True)
    for gone in set((workshop / "documents").glob("*.typ")) - {_part(workshop, path) for path in prints}:
        gone.unlink()


def _part(workshop: Path, document: Path) -> Path:
    return workshop / "documents" / f"{document.stem}.typ"


def set_document(path: Path, edition: Edition, interface: str) -> Part:
    """Return a document as Typst code, or without code and with the problem that says why."""
    name = edition.name(path)
    try:
        tree = read_tei(path, name)
    except UnreadableXML as error:
        return Part(path, path.stem, "", (error.problem,))
    try:
        code = stylesheet(resource("xslt/print/document.xsl")).transform(tree, {"interface": interface}, path)
    except StylesheetStopped as stopped:
        return Part(path, path.stem, "", (_not_set(tree, name, stopped),))
    return Part(path, path.stem, code)


def _not_set(tree: etree._ElementTree, name: str, stopped: StylesheetStopped) -> Problem:
    """Return the problem of a document that a stylesheet stopped at, at the line of the element that it names."""
    element = element_at(tree, stopped.place)
    line = 0 if element is None else element.sourceline or 0
    return problem("T002", name, line, reason=stopped.reason)


def write_front(edition: Edition, workshop: Path, facts: Facts) -> None:
    try:
        tree = read_tei(edition.corpus, CORPUS)
    except UnreadableXML as error:
        raise UnreadableInput(f"{CORPUS} cannot be read: {error}") from error
    front = stylesheet(resource("xslt/print/front.xsl"))
    code = front.transform(tree, {"interface": facts.languages[0]}, edition.corpus)
    write_file(workshop / "front.typ", code.encode())
    for file in DESIGN:
        write_file(workshop / file, resource(f"xslt/print/{file}").read_bytes())


def write_settings(workshop: Path, facts: Facts, names: Sequence[str], unshowable: Iterable[str]) -> None:
    """Write what the design asks of the program: documents, page in millimetres, an expression for unshowable signs."""
    settings = {
        "documents": list(names),
        "width": facts.trim[0],
        "height": facts.trim[1],
        "unshowable": "|".join("".join(f"\\x{{{ord(c):X}}}" for c in sign) for sign in unshowable),
    }
    write_file(workshop / "volume.json", json.dumps(settings, indent=1).encode())

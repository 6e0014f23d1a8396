"""Turn a folder into an edition: where its parts lie, and the facts that all its documents share.

    seeds/                  captures, read only
    tei/<id>.xml            the documents, owned by the editors
    tei/corpus.xml          title, responsibility, licence, editorial declaration, settings, introduction
    tei/authorities/        persons, places, organisations
    tei/.despatch/          what conversion remembers (see `pipeline.reconciliation`)
    build/                  everything that can be made again

Settings live in `tei/corpus.xml` alone, in the places that TEI gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.problems import Problem, UnreadableInput
from pipeline.tei import NAMESPACES, UnreadableXML, read_tei

CORPUS = "tei/corpus.xml"


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition's folder; every path below it is derived."""

    root: Path

    @property
    def seeds(self) -> Path:
        return self.root / "seeds"

    @property
    def tei(self) -> Path:
        return self.root / "tei"

    @property
    def corpus(self) -> Path:
        return self.root / CORPUS

    @property
    def memory(self) -> Path:
        """What conversion remembers of its own work; committed with the edition."""
        return self.tei / ".despatch"

    @property
    def build(self) -> Path:
        return self.root / "build"

    def authorities(self) -> list[Path]:
        """Return the files that list persons, places and bodies, sorted."""
        return sorted((self.tei / "authorities").glob("*.xml"))

    def documents(self) -> Iterator[Path]:
        """Yield the documents' files, sorted by name, which is by date."""
        yield from sorted(path for path in self.tei.glob("*.xml") if path != self.corpus)

    def name(self, path: Path) -> str:
        """Return what problems call a file: its path in the edition, else as it is."""
        path = path.parent.resolve() / path.name  # a link is called by its own name, not by what it points to
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


@dataclass(frozen=True, slots=True)
class Facts:
    """What `tei/corpus.xml` says of the edition as a whole."""

    title: str
    publisher: str
    licence: str
    """Address of the edition's own licence, or empty (`availability/licence/@target`)."""
    languages: tuple[str, ...]
    """Interface languages, ISO 639; the first is the default (`profileDesc/langUsage`)."""
    date: str
    """The date of this state of the edition, ISO 8601 (`publicationStmt/date/@when`); stands in every output."""
    site: str
    """Address of the website, with a slash at its end, or empty (`publicationStmt/idno[@type='url']`)."""
    trim: tuple[float, float]
    """Width and height of the volume's page, in millimetres (`rendition[@selector='@page']`)."""
    parallel: str
    """How original and translation stand in the volume: `columns`, `facing` (pages), or the language that is set alone
    (`--parallel-texts` beside the page's size)."""


def readable_authorities(edition: Edition) -> tuple[dict[Path, etree._ElementTree], list[Problem]]:
    """Return the authority files that can be read, and problems for the others, whose entries are missing."""
    readable: dict[Path, etree._ElementTree] = {}
    problems = []
    for path in edition.authorities():
        try:
            readable[path] = read_tei(path, edition.name(path))
        except UnreadableXML as error:
            problems.append(error.problem)
    return readable, problems


def find_edition(start: Path) -> Edition:
    """Return the edition whose folder is `start` or the nearest above; raise `UnreadableInput` where there is none."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CORPUS).is_file():
            return Edition(folder)
    raise UnreadableInput(f"no edition here: neither {start} nor a folder above has {CORPUS}; `despatch new` makes one")


def read_facts(edition: Edition) -> Facts:
    """Return the facts in `tei/corpus.xml`; raise `UnreadableInput` where it cannot be read or lacks a title."""
    try:
        root = read_tei(edition.corpus, CORPUS).getroot()
    except UnreadableXML as error:
        raise UnreadableInput(f"{CORPUS} cannot be read: {error}") from error
    title = _text(root, "tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:title")
    if not title:
        raise UnreadableInput(f"{CORPUS} gives the edition no title; write one in titleStmt/title")
    publication = "tei:teiHeader/tei:fileDesc/tei:publicationStmt"
    site = _text(root, f"{publication}/tei:idno[@type='url']")
    page = _text(root, "tei:teiHeader/tei:encodingDesc/tei:tagsDecl/tei:rendition[@selector='@page']")
    return Facts(
        title=title,
        publisher=_text(root, f"{publication}/tei:publisher"),
        licence="".join(_values(root, f"{publication}/tei:availability/tei:licence/@target")[:1]),
        languages=tuple(_values(root, "tei:teiHeader/tei:profileDesc/tei:langUsage/tei:language/@ident")) or ("en",),
        date="".join(_values(root, f"{publication}/tei:date/@when")[:1]),
        site=site if not site or site.endswith("/") else site + "/",
        trim=_trim(page),
        parallel=_parallel(page),
    )


SHEETS = {"a4": (210.0, 297.0), "a5": (148.0, 210.0), "b5": (176.0, 250.0), "letter": (215.9, 279.4)}
"""Width and height of the sheets that a rule can name, in millimetres (CSS Paged Media Level 3, 6.1)."""

MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4}


def _trim(rule: str) -> tuple[float, float]:
    """Return the page size from a CSS declaration such as `size: 170mm 240mm`, `size: 6in 9in` or `size: A5`.

    A press's usual size by default.
    """
    found = re.search(r"(?<![\w-])size:\s*(?:([\d.]+)(mm|cm|in)\s+([\d.]+)(mm|cm|in)|(\w+))", rule)
    if found and found[1]:
        return round(float(found[1]) * MILLIMETRES[found[2]], 2), round(float(found[3]) * MILLIMETRES[found[4]], 2)
    return SHEETS.get(found[5].lower() if found else "", (170.0, 240.0))


def _parallel(rule: str) -> str:
    """Return how the texts stand, from a CSS declaration such as `--parallel-texts: facing`; columns by default."""
    found = re.search(r"--parallel-texts:\s*([\w-]+)", rule)
    return found[1].lower() if found else "columns"


def _values(root: etree._Element, path: str) -> list[str]:
    result = root.xpath(path, namespaces=NAMESPACES)
    return [str(value) for value in result] if isinstance(result, list) else []


def _text(root: etree._Element, path: str) -> str:
    found = root.find(path, NAMESPACES)
    return "" if found is None else " ".join("".join(str(part) for part in found.itertext()).split())

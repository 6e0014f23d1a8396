"""Turn the names of pages and files into the places where they lie in the folder of the website.

build/site/index.html, about.html, <id>.html     in the first interface language of tei/corpus.xml
build/site/persons.html, chronology.html, …      registers and other ways into the edition
build/site/<language>/…                          the same pages in the other ones
build/site/search/                               what the search looks in (see `pipeline.website.search`)
build/site/names/                                names from which its page offers those that fit what a reader types
build/site/tei/, text/, citation/, pdf/          the files of each document
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.edition import CORPUS, Edition
from pipeline.files import write_file
from pipeline.resources import resource
from pipeline.stylesheets import Value
from pipeline.website.lists import LISTS
from pipeline.website.mentions import KINDS
from pipeline.website.registers import MAP, SEARCH

ABOUT = "about"
GUIDELINES = "guidelines"
RESERVED = frozenset({*LISTS, ABOUT, GUIDELINES, MAP, SEARCH, *KINDS})
"""Pages of the site that are no documents."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages go, and what all of them share."""

    edition: Edition
    languages: tuple[str, ...]
    """Interface languages that the stylesheets have words for; the first is the default."""
    authorities: tuple[Path, ...]
    has_marks: bool
    """Whether one of the marks stands in the authorities."""
    is_lenient: bool = False
    """Whether elements without a rendering are shown as text."""

    @property
    def folder(self) -> Path:
        return self.edition.build / "site"

    def page(self, name: str, language: str) -> Path:
        """Return where a page lies: the default language's in the site's own folder, which keeps its address."""
        folder = self.folder if language == self.languages[0] else self.folder / language
        return folder / f"{name}.html"

    def names(self, facet: str, language: str) -> Path:
        """Return where the names lie that the search page offers for what a reader types."""
        return self.folder / "names" / f"{facet}.{language}.json"

    @property
    def state(self) -> Path:
        """Return where what is made of documents for other pages lies."""
        return self.edition.build / ".state" / "website"

    def extract(self, name: str) -> Path:
        """Return where a document's extract lies."""
        return self.state / f"{name}.xml"

    def mentions(self, name: str) -> Path:
        """Return where the names in a document lie."""
        return self.state / "mentions" / f"{name}.xml"

    def listed(self, name: str) -> Path:
        """Return where what a document gives to the lists lies."""
        return self.state / "lists" / f"{name}.xml"

    def base(self, name: str) -> Path:
        """Return where a data base of all documents lies."""
        return self.state / f"{name}.sqlite"

    @property
    def shadows(self) -> Path:
        """Return where the documents lie as the search engine reads them."""
        return self.state / "shadows"

    def products(self, name: str) -> list[Path]:
        """Return every file that is made from one document."""
        folder, state = self.folder, self.state
        own, data = f"{name}.html", f"{name}.xml"
        pages = [folder / own, *(folder / language / own for language in self.languages[1:])]
        files = [folder / "citation" / f"{name}{ending}" for ending in (".bib", ".ris", ".json")]
        return [*pages, *files, folder / "tei" / data, state / data, state / "mentions" / data, state / "lists" / data]

    def pdf(self, name: str) -> Path:
        """Return where the site holds a document's PDF, if there is a current one."""
        return self.folder / "pdf" / f"{name}.pdf"

    def parameters(self, name: str, language: str) -> dict[str, Value]:
        """Return what the stylesheet of a page is told."""
        return {
            "page": name,
            "lang": language,
            "languages": " ".join(self.languages),
            "corpus": (self.edition.corpus,),
            "authorities": self.authorities,
        }


def are_whole(pages: Iterable[Path]) -> bool:
    """Whether files are there as they were written: a power cut can leave empty ones."""
    return all(path.is_file() and path.stat().st_size for path in pages)


def copy_assets(site: Site) -> None:
    """Copy style sheet and scripts, and what the TEI files point to, so that they are whole where they lie."""
    copies = {f"assets/{path.name}": path for path in resource("xslt/web/assets").iterdir()}
    copies |= {f"schemas/{name}": resource(f"schemas/{name}") for name in ("edition.rng", "edition.sch")}
    copies |= {f"tei/authorities/{path.name}": path for path in site.authorities} | {CORPUS: site.edition.corpus}
    for name, path in sorted(copies.items()):
        write_file(site.folder / name, path.read_bytes(), remade=True)


def remove_others(site: Site, names: set[str], listed: set[Path]) -> None:
    """Remove pages, files and extracts of documents that are gone or cannot be shown, of languages not spoken, and
    of parts of lists that there are no longer; `listed` are those that there are."""
    kept = {site.page(name, language) for name in names | RESERVED for language in site.languages}
    kept |= {path for name in names for path in site.products(name)} | {site.folder / CORPUS}
    kept |= {path for path in site.folder.glob("text/*.txt") if path.name.rsplit(".", 2)[0] in names}
    kept |= {site.pdf(name) for name in names}
    kept |= listed
    made = [*site.folder.rglob("*.html"), *site.state.rglob("*.xml"), *site.folder.glob("tei/*.xml")]
    made += site.folder.glob("names/*.json")
    for folder in ("text", "citation", "pdf"):
        made += site.folder.glob(f"{folder}/*")
    for path in set(made) - kept:
        path.unlink()

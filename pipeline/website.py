"""Turn an edition's TEI files into a static website: a page for each document, a list of all, a page about the edition.

    build/site/index.html, about.html, <id>.html     in the first interface language of tei/corpus.xml
    build/site/persons.html, chronology.html, …      registers and other ways into the edition
    build/site/<language>/…                          the same pages in the other ones
    build/site/assets/                               the style sheet
    build/.state/website/<id>.xml                    a document's extract: what the lists need of it
    build/.state/website/mentions/<id>.xml           the names in it
    build/site/search/                               what the search looks in (see `pipeline.search`)

Everything that a reader sees is XSLT over TEI (`xslt/web`); here stands what is made when. A document is one unit of
work: a changed one costs its own pages and the list. Pages are plain HTML with relative links, so that the site can be
read from a folder and served from anywhere.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline import __version__
from pipeline.edition import CORPUS, Edition, Facts, read_facts
from pipeline.files import write_file
from pipeline.freshness import Freshness, fingerprint_of
from pipeline.problems import Outcome, Problem, problem
from pipeline.registers import KINDS, MAP, SEARCH, is_taken
from pipeline.registers import pages as register_pages
from pipeline.resources import fingerprint, resource
from pipeline.search import languages_of, remove_shadows, write_indexes, write_shadows
from pipeline.stylesheets import Source, StylesheetStopped, Value, element_at, short_path, stylesheet
from pipeline.tei import TEI, UnreadableXML, parse_tei, read_tei
from pipeline.workers import each

INDEX = "index"
ABOUT = "about"
GUIDELINES = "guidelines"
LISTS = {name: name for name in (INDEX, "chronology", "correspondents", "archives")} | {"types": "archives"}
"""Pages made of all documents' extracts, and their stylesheets."""

RESERVED = frozenset({*LISTS, ABOUT, GUIDELINES, MAP, SEARCH, *KINDS})
"""Pages of the site that are no documents."""

ALL_LANGUAGES = "mul"
"""What the stylesheets call all interface languages at once (ISO 639-2)."""

MARKS = "\ufdd0\ufdd1\ufdd2"
"""What stands before, between and after the words of all languages: noncharacters, which no capture should have."""

MAIN = '<main id="page-content">'
"""After this the frame of a document's page has the place of its content."""

_WORDS = re.compile(f"{MARKS[0]}([^{MARKS[0]}{MARKS[2]}]*){MARKS[2]}")
"""The words of all languages in one place; theirs may have such words in them, so the inner ones are taken first."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages go, and what all of them share."""

    edition: Edition
    languages: tuple[str, ...]
    """Interface languages that the stylesheets have words for; the first is the default."""
    authorities: tuple[Path, ...]
    has_marks: bool
    """Whether one of the marks stands in the authorities."""

    @property
    def folder(self) -> Path:
        return self.edition.build / "site"

    def page(self, name: str, language: str) -> Path:
        """Return where a page lies: the default language's in the site's own folder, which keeps its address."""
        folder = self.folder if language == self.languages[0] else self.folder / language
        return folder / f"{name}.html"

    def extract(self, name: str) -> Path:
        """Return where a document's extract lies."""
        return self.edition.build / ".state" / "website" / f"{name}.xml"

    def mentions(self, name: str) -> Path:
        """Return where the names in a document lie."""
        return self.extract("").parent / "mentions" / f"{name}.xml"

    @property
    def shadows(self) -> Path:
        """Return where the documents lie as the search engine reads them."""
        return self.extract("").parent / "shadows"

    def products(self, name: str) -> list[Path]:
        """Return every file that is made from one document."""
        return [*(self.page(name, language) for language in self.languages), self.extract(name), self.mentions(name)]

    def parameters(self, name: str, language: str) -> dict[str, Value]:
        """Return what the stylesheet of a page is told."""
        return {
            "page": name,
            "lang": language,
            "languages": " ".join(self.languages),
            "corpus": (self.edition.corpus,),
            "authorities": self.authorities,
        }


def build_website(edition: Edition, jobs: int = 0, *, searching: bool = True) -> Outcome:
    """Make the website, and what its search looks in unless that is left as it is; the outcome counts documents.

    A document that cannot be shown is reported and left out, the others are made. Pages of documents that are gone are
    removed. Raise `UnreadableInput` where `tei/corpus.xml` cannot be read.
    """
    facts = read_facts(edition)
    site, problems = _site(edition, facts)
    freshness = Freshness(edition.build, "website")
    shared = fingerprint_of(edition.corpus, *site.authorities, fingerprint("xslt/common", "xslt/web"), __version__)
    documents, misnamed = _named_documents(edition)
    fingerprints = {path.stem: fingerprint_of(path, shared) for path in documents}
    stale = [path for path in documents if not _is_fresh(site, freshness, path.stem, fingerprints[path.stem])]
    shown = {path.stem for path in documents}
    problems += misnamed
    for path, found in zip(stale, each(functools.partial(make_pages, site), stale, jobs), strict=True):
        problems += found
        if found:
            shown.discard(path.stem)
        else:
            freshness.made(path.stem, fingerprints[path.stem])
    problems += _make_shared_pages(site, freshness, sorted(shown), shared)
    remove_shadows(site.shadows, shown)
    _make_registers(site, freshness, sorted(shown), shared)
    if searching:
        _make_indexes(site, freshness, [fingerprints[name] for name in sorted(shown)])
    problems += _make_guidelines(site, freshness, shared)
    _copy_assets(site)
    _remove_others(site, shown)
    freshness.write()
    return Outcome(len(shown & {path.stem for path in stale}), len(documents) - len(stale), tuple(sorted(problems)))


def make_pages(site: Site, document: Path) -> list[Problem]:
    """Write a document's pages and extract; return what kept them from being made, in which case none is written."""
    name = site.edition.name(document)
    try:
        tree = read_tei(document, name)
    except UnreadableXML as error:
        return [error.problem]
    source = Source(tree, document)
    try:
        pages = _pages(site, source)
        shadows = _shadows(site, source, pages[site.mentions(document.stem)])
    except StylesheetStopped as stopped:
        return [_problem(stopped, tree, name)]
    for path, content in pages.items():
        write_file(path, f"{content}\n".encode(), remade=True)
    write_shadows(site.shadows, document.stem, shadows)
    return []


def _pages(site: Site, source: Source) -> dict[Path, str]:
    """Return a document's pages and extract by the paths where they go."""
    frames = {language: _transformed(site, "document", source, language) for language in site.languages}
    contents = _contents(site, source)
    name = source.base.stem
    return {
        **{site.page(name, tag): frame.replace(MAIN, MAIN + contents[tag]) for tag, frame in frames.items()},
        site.extract(name): _transformed(site, "extract", source, site.languages[0]),
        site.mentions(name): _transformed(site, "mentions", source, site.languages[0]),
    }


def _shadows(site: Site, source: Source, names: str) -> str:
    """Return a document as the search engine reads it."""
    sheet = stylesheet(resource("xslt/web/shadows.xsl"))
    return sheet.apply(source, {**site.parameters(source.base.stem, site.languages[0]), "names": names})


def _contents(site: Site, source: Source) -> dict[str, str]:
    """Return what stands in the frame of a document's page, by interface language.

    It is made once for all languages, unless a mark that tells their words apart stands in the document itself.
    """
    if len(site.languages) == 1 or site.has_marks or source.holds(MARKS):
        return {language: _transformed(site, "content", source, language) for language in site.languages}
    content = _transformed(site, "content", source, ALL_LANGUAGES)
    return {language: in_language(content, language) for language in site.languages}


def in_language(text: str, language: str) -> str:
    """Return a text that has our words in all interface languages with those of one (see `xslt/common/labels.xsl`)."""
    number = interface_languages().index(language)
    found = 1
    while found:
        text, found = _WORDS.subn(lambda words: words[1].split(MARKS[1])[number], text)
    return text


def _transformed(site: Site, name: str, source: Source, language: str, page: str = "") -> str:
    """Return what a stylesheet of the website makes of a file of the edition, as a page of its name or another's."""
    page = page or (name if name in RESERVED else source.base.stem)
    sheet = stylesheet(resource(f"xslt/web/{name}.xsl"))
    return sheet.apply(source, site.parameters(page, language)).rstrip("\n")


def _problem(stopped: StylesheetStopped, tree: etree._ElementTree, name: str) -> Problem:
    """Return why a stylesheet stopped, as a problem at the element that it named."""
    element = element_at(tree, stopped.place)
    line = 0 if element is None else int(element.sourceline or 0)
    unknown = re.match(r"no rendering for (\S+) at ", stopped.reason)
    if unknown:
        return problem("W001", name, line, element=unknown[1], place=short_path(stopped.place))
    return problem("W002", name, line, reason=stopped.reason)


def _site(edition: Edition, facts: Facts) -> tuple[Site, list[Problem]]:
    """Return the site with what can be read and said, and problems for what cannot."""
    known = interface_languages()
    problems = [
        problem("W004", CORPUS, language=language, known=", ".join(known))
        for language in facts.languages
        if language not in known
    ]
    authorities, names = [], ""
    for path in sorted((edition.tei / "authorities").glob("*.xml")):
        try:
            names += "".join(map(str, read_tei(path, edition.name(path)).getroot().itertext()))
        except UnreadableXML as error:
            problems.append(error.problem)
        else:
            authorities.append(path)
    spoken = tuple(language for language in facts.languages if language in known) or ("en",)
    return Site(edition, spoken, tuple(authorities), not set(MARKS).isdisjoint(names)), problems


@functools.cache
def interface_languages() -> tuple[str, ...]:
    """Return the languages that the stylesheets have words for."""
    labels = etree.parse(resource("xslt/common/labels.xml")).getroot()
    return tuple(sorted(str(name) for name in labels[-1].attrib if name != "key"))


def _named_documents(edition: Edition) -> tuple[list[Path], list[Problem]]:
    """Return the documents that can have a page of their name, and problems for the others."""
    documents = list(edition.documents())
    refused = [path for path in documents if path.stem in RESERVED or is_taken(path.stem)]
    problems = [problem("W003", edition.name(path), name=path.stem) for path in refused]
    return [path for path in documents if path not in refused], problems


def _is_fresh(site: Site, freshness: Freshness, name: str, fingerprint: str) -> bool:
    return freshness.is_fresh(name, fingerprint, lambda: _are_whole(site.products(name)))


def _are_whole(pages: Iterable[Path]) -> bool:
    """Whether files are there as they were written: a power cut can leave empty ones."""
    return all(path.is_file() and path.stat().st_size for path in pages)


def _make_shared_pages(site: Site, freshness: Freshness, names: Iterable[str], shared: str) -> list[Problem]:
    """Write the lists of documents and the page about the edition, where anything in them changed."""
    extracts = [site.extract(name) for name in names]
    now = fingerprint_of(shared, *extracts)
    pages = [site.page(name, language) for name in (*LISTS, ABOUT) for language in site.languages]
    if freshness.is_fresh("/", now, lambda: _are_whole(pages)):
        return []
    corpus = read_tei(site.edition.corpus, CORPUS)
    listed = parse_tei(b"".join(_corpus_of(extracts)), INDEX)
    sources = {**dict.fromkeys(LISTS, Source(listed, site.edition.corpus)), ABOUT: Source(corpus, site.edition.corpus)}
    try:
        for name, source in sources.items():
            for language in site.languages:
                page = _transformed(site, LISTS.get(name, name), source, language, name)
                write_file(site.page(name, language), f"{page}\n".encode(), remade=True)
    except StylesheetStopped as stopped:
        return [_problem(stopped, corpus, CORPUS)]
    freshness.made("/", now)
    return []


def _make_registers(site: Site, freshness: Freshness, names: Iterable[str], shared: str) -> None:
    """Write the registers of names, where any name changed; remove pages of those no longer mentioned often."""
    mentions = [site.mentions(name) for name in names]
    indexes = languages_of(site.shadows)
    now = fingerprint_of(shared, *indexes, *mentions)
    pages = [site.page(kind, language) for kind in (*KINDS, MAP, SEARCH) for language in site.languages]
    if freshness.is_fresh("registers", now, lambda: _are_whole(pages)):
        return
    corpus = site.edition.corpus
    heads = _transformed(site, "heads", Source(read_tei(corpus, CORPUS), corpus), site.languages[0])
    written = set()
    for sheet, page, language, content in register_pages(mentions, heads, site.languages, indexes):
        source = Source(parse_tei(content.encode(), page), corpus)
        made = _transformed(site, sheet, source, language, page)
        write_file(site.page(page, language), f"{made}\n".encode(), remade=True)
        written.add(site.page(page, language))
    for path in site.folder.rglob("*.html"):
        if is_taken(path.stem) and path not in written:
            path.unlink()
    freshness.made("registers", now)


def _make_indexes(site: Site, freshness: Freshness, documents: Iterable[str]) -> None:
    """Write what the search looks in, where any document changed."""
    now = fingerprint_of(*documents)
    indexes = [site.folder / "search" / language / "pagefind-entry.json" for language in languages_of(site.shadows)]
    if not freshness.is_fresh("search", now, lambda: _are_whole(indexes)):
        write_indexes(site.shadows, site.folder)
        freshness.made("search", now)


def _make_guidelines(site: Site, freshness: Freshness, shared: str) -> list[Problem]:
    """Write the encoding guidelines, from the ODD, where anything in them changed."""
    odd = resource("schemas/edition.odd")
    now = fingerprint_of(shared, odd, fingerprint("xslt/schema"))
    pages = {language: site.page(GUIDELINES, language) for language in site.languages}
    if freshness.is_fresh(GUIDELINES, now, lambda: _are_whole(pages.values())):
        return []
    tree = read_tei(odd)
    sheet = stylesheet(resource("xslt/schema/odd-to-guidelines.xsl"))
    source = Source(tree, odd)
    try:
        for language, path in pages.items():
            parameters = {**site.parameters(GUIDELINES, language)}
            del parameters["authorities"]
            write_file(path, f"{sheet.apply(source, parameters)}\n".encode(), remade=True)
    except StylesheetStopped as stopped:
        return [_problem(stopped, tree, odd.name)]
    freshness.made(GUIDELINES, now)
    return []


def _corpus_of(extracts: Iterable[Path]) -> Iterator[bytes]:
    """Yield a TEI corpus of the documents' extracts."""
    yield f'<teiCorpus xmlns="{TEI}">'.encode()
    for extract in extracts:
        yield extract.read_bytes()
    yield b"</teiCorpus>"


def _copy_assets(site: Site) -> None:
    for asset in sorted(resource("xslt/web/assets").iterdir()):
        write_file(site.folder / "assets" / asset.name, asset.read_bytes(), remade=True)


def _remove_others(site: Site, names: set[str]) -> None:
    """Remove pages and extracts of documents that are gone or cannot be shown, and of languages no longer spoken."""
    pages = {site.page(name, language) for name in names | RESERVED for language in site.languages}
    extracts = {path for name in names for path in (site.extract(name), site.mentions(name))}
    made = [*site.folder.rglob("*.html"), *site.extract("").parent.rglob("*.xml")]
    for path in set(made) - pages - extracts:
        if not (is_taken(path.stem) and path.parent in {page.parent for page in pages}):
            path.unlink()

"""Turn what changed in an edition into the pages that it stands on: what is made when, and what is left as it is."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline import __version__
from pipeline.edition import CORPUS, Edition, Facts, read_facts, readable_authorities
from pipeline.files import write_file
from pipeline.freshness import Freshness, fingerprint_of
from pipeline.printed import read_printed
from pipeline.problems import Outcome, Problem, problem
from pipeline.resources import fingerprint, resource
from pipeline.stylesheets import Source, StylesheetStopped, stylesheet
from pipeline.tei import UnreadableXML, read_tei
from pipeline.website.documents import make_pages
from pipeline.website.folder import (
    ABOUT,
    GUIDELINES,
    RESERVED,
    Site,
    are_whole,
    copy_assets,
    remove_others,
)
from pipeline.website.fonts import write_fonts
from pipeline.website.gathering import Page
from pipeline.website.leniency import shown_as_text
from pipeline.website.lists import is_part, lists_in
from pipeline.website.lists import pages as list_pages
from pipeline.website.mentions import mentions_in, read_entries
from pipeline.website.neighbours import Neighbours
from pipeline.website.registers import NAMES, is_taken
from pipeline.website.registers import pages as register_pages
from pipeline.website.rendering import MARKS, interface_languages, problem_of, transformed
from pipeline.website.search import (
    engine,
    indexes_of,
    remove_indexes,
    remove_shadows,
    write_index,
    write_shadows,
)
from pipeline.workers import each

Task = tuple[str, str, str, str]
"""A page of a list: its stylesheet, its name, its language, and what it is made of, as XML."""


def build_website(edition: Edition, jobs: int = 0, *, searching: bool = True, lenient: bool = False) -> Outcome:
    """Make the website, and what its search looks in unless that is left as it is; the outcome counts documents.

    A document that cannot be shown is reported and left out, the others are made; `lenient` shows elements without a
    rendering as text, and reports them. Pages of documents that are gone are removed. Raise `UnreadableInput` where
    `tei/corpus.xml` cannot be read.
    """
    facts = read_facts(edition)
    site, problems = _site(edition, facts, lenient)
    freshness = Freshness(edition.build, "website")
    shared = fingerprint_of(
        edition.corpus,
        *site.authorities,
        fingerprint("xslt/common", "xslt/web", "xslt/print"),
        __version__,
        str(lenient),
    )
    documents, misnamed = _named_documents(edition)
    extracted, unreadable = _extract(site, documents, shared, jobs)
    shown, tried, failed = _make_documents(site, freshness, extracted, shared, jobs)
    problems += [*misnamed, *unreadable, *failed]
    problems += _make_about(site, freshness, shared)
    remove_shadows(site.shadows, shown)
    listed, failed = _make_lists(site, sorted(shown), shared, jobs)
    problems += failed
    if searching:
        _make_indexes(site, [path.stem + state for path, state in extracted.items() if path.stem in shown])
    problems += _make_guidelines(site, freshness, shared)
    copy_assets(site)
    write_fonts(site, freshness, {path: state for path, state in extracted.items() if path.stem in shown})
    remove_others(site, shown, listed)
    problems += shown_as_text(site, (path for path in extracted if lenient and path.stem in shown))
    freshness.write()
    kept = len(extracted) - len(tried)
    return Outcome(len(shown & tried), kept, tuple(sorted(problems)))


def _extract(site: Site, documents: list[Path], shared: str, jobs: int) -> tuple[dict[Path, str], list[Problem]]:
    """Write the extracts of documents that changed.

    Return the documents that have them, with what each state of one is known by, and why others have none.
    """
    freshness = Freshness(site.edition.build, "extracts")
    prints = {path: fingerprint_of(path, shared) for path in documents}
    stale = [path for path in documents if not _has_extract(site, freshness, path.stem, prints[path])]
    problems: list[Problem] = []
    for path, found in zip(stale, each(functools.partial(make_extract, site), stale, jobs), strict=True):
        problems += found
        if not found:
            freshness.made(path.stem, prints[path])
    freshness.write()
    refused = {found.file for found in problems}
    return {path: prints[path] for path in documents if site.edition.name(path) not in refused}, problems


def _is_fresh(site: Site, freshness: Freshness, name: str, fingerprint: str) -> bool:
    return freshness.is_fresh(name, fingerprint, lambda: are_whole(site.products(name)))


def _has_extract(site: Site, freshness: Freshness, name: str, fingerprint: str) -> bool:
    return freshness.is_fresh(
        name, fingerprint, lambda: are_whole([site.extract(name), site.mentions(name), site.listed(name)])
    )


def make_extract(site: Site, document: Path) -> list[Problem]:
    """Write what lists, registers, search and other pages need of a document; return what kept it from being made."""
    name = site.edition.name(document)
    try:
        tree = read_tei(document, name)
        source = Source(tree, document)
        extract = transformed(site, "extract", source, site.languages[0])
        mentions = transformed(site, "mentions", source, site.languages[0])
        shadows = transformed(site, "shadows", source, site.languages[0], {"names": mentions})
        light = Source(extract, document)
        rows = "".join(transformed(site, "lists", light, language) for language in site.languages)
    except UnreadableXML as error:
        return [error.problem]
    except StylesheetStopped as stopped:
        return [problem_of(stopped, tree, name)]
    write_file(site.extract(document.stem), f"{extract}\n".encode(), remade=True)
    write_file(site.mentions(document.stem), f"{mentions}\n".encode(), remade=True)
    write_file(site.listed(document.stem), f"<lists>{rows}</lists>\n".encode(), remade=True)
    write_shadows(site.shadows, document.stem, shadows)
    return []


def _make_documents(
    site: Site, freshness: Freshness, documents: Iterable[Path], shared: str, jobs: int
) -> tuple[set[str], set[str], list[Problem]]:
    """Make the pages that are not fresh; return the documents shown and those tried, and what kept others away.

    A document that cannot be shown is named by no other: where one turns out so, its neighbours are made again.
    """
    shown = {path.stem: path for path in documents}
    printed = read_printed(site.edition)
    pdfs = {path.stem: printed.current(path) for path in shown.values()}
    made: dict[str, str] = {}
    problems: list[Problem] = []
    while True:
        neighbours = Neighbours(site.extract, shown, site.edition.build / "links.json")
        prints = {
            name: fingerprint_of(path, shared, neighbours.around(name), pdfs[name] or "")
            for name, path in shown.items()
        }
        changed = [name for name in shown if made.get(name) != prints[name]]
        stale = [name for name in changed if not _is_fresh(site, freshness, name, prints[name])]
        tasks = ((shown[name], neighbours.around(name), pdfs[name]) for name in stale)
        found = dict(zip(stale, each(functools.partial(make_pages, site), tasks, jobs), strict=True))
        for name, troubles in found.items():
            made[name] = prints[name]
            problems += troubles
            if troubles:
                del shown[name]
            else:
                freshness.made(name, prints[name])
        if not any(found.values()):
            return set(shown), set(made), problems


def _site(edition: Edition, facts: Facts, is_lenient: bool) -> tuple[Site, list[Problem]]:
    """Return the site with what can be read and said, and problems for what cannot."""
    known = interface_languages()
    problems = [
        problem("W004", CORPUS, language=language, known=", ".join(known))
        for language in facts.languages
        if language not in known
    ]
    authorities, unreadable = readable_authorities(edition)
    names = "".join(str(text) for tree in authorities.values() for text in tree.getroot().itertext())
    spoken = tuple(language for language in facts.languages if language in known) or ("en",)
    return Site(
        edition, spoken, tuple(authorities), not set(MARKS).isdisjoint(names), is_lenient
    ), problems + unreadable


def _named_documents(edition: Edition) -> tuple[list[Path], list[Problem]]:
    """Return the documents that can have a page of their name, and problems for the others."""
    documents = list(edition.documents())
    refused = [path for path in documents if path.stem in RESERVED or is_taken(path.stem) or is_part(path.stem)]
    problems = [problem("W003", edition.name(path), name=path.stem) for path in refused]
    return [path for path in documents if path not in refused], problems


def _make_about(site: Site, freshness: Freshness, shared: str) -> list[Problem]:
    """Write the page about the edition, where anything in it changed."""
    pages = [site.page(ABOUT, language) for language in site.languages]
    if freshness.is_fresh(ABOUT, shared, lambda: are_whole(pages)):
        return []
    corpus = read_tei(site.edition.corpus, CORPUS)
    try:
        source = Source(corpus, site.edition.corpus)
        for language, path in zip(site.languages, pages, strict=True):
            write_file(path, f"{transformed(site, ABOUT, source, language)}\n".encode(), remade=True)
    except StylesheetStopped as stopped:
        return [problem_of(stopped, corpus, CORPUS)]
    freshness.made(ABOUT, shared)
    return []


def _make_lists(site: Site, names: list[str], shared: str, jobs: int) -> tuple[set[Path], list[Problem]]:
    """Write the pages made of all documents where anything in one changed; return those that there are.

    Each is known by what it is made of, so that a changed document costs the pages that it stands on.
    """
    freshness = Freshness(site.edition.build, "lists")
    indexes = [index.name for index in indexes_of(site.shadows)]
    files = [path for name in names for path in (site.mentions(name), site.listed(name))]
    now = fingerprint_of(shared, *indexes, *files)
    before = {site.folder / path for path in freshness.known() if path != "/"}
    if freshness.is_fresh("/", now, lambda: are_whole(before)):
        return before, []
    pages: set[Path] = set()

    def stale() -> Iterator[Task]:
        for page in _list_pages(site, names, indexes):
            path = _file_of(site, page.sheet, page.name, page.language)
            own, state = path.relative_to(site.folder).as_posix(), fingerprint_of(shared, page.sheet, page.state)
            pages.add(path)
            if not freshness.is_fresh(own, state, functools.partial(are_whole, [path])):
                freshness.made(own, state)
                yield page.sheet, page.name, page.language, page.content()

    problems = [found for found in each(functools.partial(make_list_page, site), stale(), jobs) if found]
    if not problems:
        freshness.made("/", now)
        freshness.write()
    return pages, problems


def _list_pages(site: Site, names: list[str], indexes: list[str]) -> Iterator[Page]:
    """Yield each page of a list or register."""
    corpus = site.edition.corpus
    heads = transformed(site, "heads", Source(read_tei(corpus, CORPUS), corpus), site.languages[0])
    with mentions_in(map(site.mentions, names), read_entries(heads), site.base("mentions")) as mentions:
        yield from register_pages(mentions, site.languages, indexes)
    with lists_in(map(site.listed, names), site.base("lists")) as rows:
        yield from list_pages(rows, site.languages, len(names))


def _file_of(site: Site, sheet: str, page: str, language: str) -> Path:
    return site.names(page, language) if sheet == NAMES else site.page(page, language)


def make_list_page(site: Site, task: Task) -> Problem | None:
    """Write one page of a list or register, or its names for the search; return what kept it from being made."""
    sheet, page, language, content = task
    if sheet == NAMES:
        write_file(site.names(page, language), f"{content}\n".encode(), remade=True)
        return None
    try:
        made = transformed(site, sheet, Source(content, site.edition.corpus), language, {"page": page})
    except StylesheetStopped as stopped:
        return problem("W002", CORPUS, reason=stopped.reason)
    write_file(site.page(page, language), f"{made}\n".encode(), remade=True)
    return None


def _make_indexes(site: Site, documents: Iterable[str]) -> None:
    """Write those indexes of the search in which anything that it looks in changed."""
    freshness = Freshness(site.edition.build, "search")
    indexes = {index: site.folder / "search" / index.name / "pagefind-entry.json" for index in indexes_of(site.shadows)}
    remove_indexes(site.folder, {index.name for index in indexes})
    now = fingerprint_of(engine(), *documents)
    if freshness.is_fresh("/", now, lambda: are_whole(indexes.values())):
        return
    for index, made in indexes.items():
        shadows = index.pages(site.shadows)
        own = fingerprint_of(engine(), *(part for path in shadows for part in (path.name, path)))
        if not freshness.is_fresh(index.name, own, functools.partial(are_whole, [made])):
            write_index(site.shadows, site.folder, index)
            freshness.made(index.name, own)
    freshness.made("/", now)
    freshness.write()


def _make_guidelines(site: Site, freshness: Freshness, shared: str) -> list[Problem]:
    """Write the encoding guidelines, from the ODD, where anything in them changed."""
    odd = resource("schemas/edition.odd")
    now = fingerprint_of(shared, odd, fingerprint("xslt/schema"))
    pages = {language: site.page(GUIDELINES, language) for language in site.languages}
    if freshness.is_fresh(GUIDELINES, now, lambda: are_whole(pages.values())):
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
        return [problem_of(stopped, tree, odd.name)]
    freshness.made(GUIDELINES, now)
    return []

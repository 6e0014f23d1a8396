"""Turn the edition's documents into PDFs: one of each document, and a printed volume of all.

    build/print/volume.pdf               the volume; volume-1.pdf, volume-2.pdf … where it would be too large
    build/print/documents/<id>.pdf       a document by itself, its TEI file attached
    build/print/documents.json           which of these are current (see `pipeline.printed`)
    build/.state/print/                  code and design from which Typst sets them

Each document becomes a module of Typst code by one transform (`xslt/print/document.xsl`), so that only changed
documents are transformed again; `front.xsl` makes title, imprint and introduction from `tei/corpus.xml`. The design is
in `volume.typ` and `single.typ`, and what both share in `page.typ` and `design.typ`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.edition import CORPUS, Edition, read_facts, readable_authorities
from pipeline.freshness import Freshness
from pipeline.problems import Outcome, Problem, problem
from pipeline.typesetting.compiler import TypesettingFailed, engine, families
from pipeline.typesetting.indexes import write_lists
from pipeline.typesetting.parts import Part, set_document, write_front, write_parts
from pipeline.typesetting.signs import problems_of_signs, signs_without_font
from pipeline.typesetting.single import write_singles
from pipeline.typesetting.volume import write_volumes
from pipeline.typesetting.workshop import Workshop

WITH_BOTH = ("columns", "facing")
"""How original and translation can stand together (`Facts.parallel`); any other value is the language set alone."""

__all__ = ["Part", "TypesettingFailed", "build_print", "engine", "families", "set_document"]


def build_print(edition: Edition, jobs: int = 0) -> Outcome:
    """Set what is not good any more, and return how many PDFs were made and kept.

    A document that cannot be set is a problem and is left out. Raise `StylesheetFailed` where the front matter cannot
    be set, `TypesettingFailed` where Typst refuses the whole.
    """
    workshop = Workshop(edition, read_facts(edition))
    freshness = Freshness(edition.build, "print")
    known, problems = readable_authorities(edition)
    authorities = tuple(known)
    problems += write_parts(workshop, authorities, freshness, jobs)
    write_front(workshop)
    names = workshop.names()
    write_lists(workshop, names, authorities)
    unshowable = signs_without_font(workshop, names)
    problems += problems_of_signs(workshop, names, unshowable)
    problems += _problem_of_language(workshop, names)
    if not workshop.timestamp:
        problems.append(problem("T003", CORPUS))
    singles = write_singles(workshop, names, unshowable, freshness, jobs)
    settable = [name for name in names if name not in singles.refused]
    try:
        made, kept = write_volumes(workshop, settable, unshowable, freshness)
    finally:  # the PDFs of documents are good, whatever becomes of the volume
        freshness.write()
    return Outcome(made + singles.made, kept + singles.kept, (*problems, *singles.problems))


def _problem_of_language(workshop: Workshop, names: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem where the volume is to be in one language, and no document has a text in it."""
    parallel = workshop.facts.parallel
    if names and parallel not in WITH_BOTH:
        # document.xsl begins a text so and nothing else, since a literal has " escaped
        primary = parallel.partition("-")[0].lower()
        text = re.compile(rf', \("{re.escape(primary)}(?:-[A-Z]+)?", \[')
        if not any(text.search(workshop.code(name)) for name in names):
            yield problem("T005", CORPUS, value=parallel)

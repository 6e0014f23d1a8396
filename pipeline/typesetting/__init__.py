"""Turn the edition's documents into a printed volume, one PDF.

Each document becomes a module of Typst code by one transform (`xslt/print/document.xsl`) and is kept in
`build/.state/print/`, so that only changed documents are transformed again; `front.xsl` makes title, imprint and
introduction from `tei/corpus.xml`. One compilation sets them by the design in `volume.typ` and `design.typ`.

The PDF follows ISO 19005-3 (PDF/A-3a) and ISO 14289-1 (PDF/UA-1), uses no font of the system, and bears the edition's
date: the same edition gives the same bytes.
"""

from __future__ import annotations

from pipeline.edition import CORPUS, Edition, read_facts
from pipeline.freshness import Freshness
from pipeline.problems import Outcome, problem
from pipeline.typesetting.compiler import TypesettingFailed, engine, timestamp_of
from pipeline.typesetting.parts import Part, set_document, write_front, write_parts, write_settings
from pipeline.typesetting.signs import problems_of_signs, signs_without_font
from pipeline.typesetting.volume import write_volume

__all__ = ["Part", "TypesettingFailed", "build_print", "engine", "set_document"]


def build_print(edition: Edition, jobs: int = 0) -> Outcome:
    """Write `build/print/volume.pdf` unless it is still good, and return what was done.

    A document that cannot be set is a problem and is left out. Raise `StylesheetFailed` where the front matter cannot
    be set, `TypesettingFailed` where Typst refuses the whole.
    """
    facts = read_facts(edition)
    freshness = Freshness(edition.build, "print")
    workshop = edition.build / ".state" / "print"
    problems = list(write_parts(edition, workshop, facts, freshness, jobs))
    write_front(edition, workshop, facts)
    names = sorted(path.stem for path in (workshop / "documents").glob("*.typ"))
    unshowable = signs_without_font(workshop, names)
    write_settings(workshop, facts, names, unshowable)
    problems += problems_of_signs(edition, workshop, names, unshowable)
    if not timestamp_of(facts.date):
        problems.append(problem("T003", CORPUS))
    made = write_volume(edition, workshop, names, facts, freshness)
    freshness.write()
    return Outcome(int(made), int(not made), tuple(problems))

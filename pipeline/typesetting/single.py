"""Turn the code of each document into a PDF of its own, with its TEI file attached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.files import write_file
from pipeline.freshness import Freshness, fingerprint_of
from pipeline.printed import pdf_of, state_of, write_printed
from pipeline.problems import Problem, problem
from pipeline.typesetting.compiler import TypesettingFailed, compile_pdf
from pipeline.typesetting.settings import Settings, references
from pipeline.typesetting.workshop import Workshop
from pipeline.workers import each_unlocked


@dataclass(frozen=True, slots=True)
class Single:
    """A document on its way into a PDF of its own."""

    workshop: Workshop
    name: str
    settings: bytes

    @property
    def target(self) -> Path:
        return pdf_of(self.workshop.edition, self.name)

    @property
    def product(self) -> str:
        """Return what the record of freshness calls it."""
        return f"print/documents/{self.name}.pdf"


@dataclass(frozen=True, slots=True)
class Singles:
    """What became of the documents' own PDFs."""

    made: int
    kept: int
    refused: frozenset[str]
    """The names of the documents that Typst does not set."""
    problems: tuple[Problem, ...]


def write_singles(
    workshop: Workshop, names: Sequence[str], unshowable: Sequence[str], freshness: Freshness, jobs: int
) -> Singles:
    """Set every document whose PDF is not good any more, and remove the PDFs of those that are gone or refused.

    A document that Typst refuses is found here, alone, and must not go into the volume.
    """
    edition = workshop.edition
    states = {name: state_of(edition, edition.tei / f"{name}.xml") for name in names}
    prints = dict(_prints(workshop, names, unshowable))
    stale = [one for one, state in prints.items() if not freshness.is_fresh(one.product, state, one.target.is_file)]
    if stale:
        write_printed(edition, {})
    refused: dict[str, Problem] = {}
    for one, reason in zip(stale, each_unlocked(set_single, stale, jobs), strict=True):
        if reason:
            refused[one.name] = problem("T004", edition.name(edition.tei / f"{one.name}.xml"), reason=reason)
        else:
            freshness.made(one.product, prints[one])
    kept = {one.target for one in prints if one.name not in refused}
    for gone in {*pdf_of(edition, "").parent.glob("*.pdf")} - kept:
        gone.unlink()
    write_printed(edition, {name: state for name, state in states.items() if name not in refused})
    made = len(stale) - len(refused)
    return Singles(made, len(prints) - len(stale), frozenset(refused), tuple(refused.values()))


def _prints(workshop: Workshop, names: Sequence[str], unshowable: Sequence[str]) -> Iterator[tuple[Single, str]]:
    """Yield each document with the fingerprint of everything that its PDF is made from."""
    front = workshop.front.read_text(encoding="utf-8")
    shared, known = workshop.state(), set(names)
    for name in names:
        code = workshop.code(name)
        signs = [sign for sign in unshowable if sign in code or sign in front]
        settings = Settings(workshop.facts, [name], references(code) & known - {name}, signs, on_screen=True).as_json()
        one = Single(workshop, name, settings)
        yield one, fingerprint_of(shared, settings, code, workshop.source(name))


def set_single(one: Single) -> str:
    """Write a document's PDF; return why Typst refuses it, or nothing."""
    settings = f"settings/{one.name}.json"
    write_file(one.workshop.folder / settings, one.settings, remade=True)
    try:
        content = compile_pdf(one.workshop.folder, "single.typ", {"settings": f"/{settings}"}, one.workshop.timestamp)
    except TypesettingFailed as error:
        return error.reason
    write_file(one.target, content, remade=True)
    return ""

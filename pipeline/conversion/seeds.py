"""Turn one seed into TEI, by itself: what runs in every worker."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.annotation.diagnosis import diagnose, unplaced
from pipeline.annotation.ledger import Entry, ledger
from pipeline.annotation.recognition import recognise
from pipeline.annotation.spans import Arrangement, Span, arrange
from pipeline.authorities.index import Index, read_index
from pipeline.captures.capture import Capture, RefusedSeed, read_seed
from pipeline.captures.reading import ReadSeed, read_captures
from pipeline.edition import Edition, Facts
from pipeline.encoding.document import encode_document
from pipeline.encoding.header import Licence, shelfmarks_of
from pipeline.encoding.responsibility import with_agents
from pipeline.problems import Problem, problem

FAULT = "E020"
"""Code of the problem that the program failed on a seed; such a seed is tried again in every run."""

IGNORED = (".", "~", "Thumbs.db")
"""Names that file managers and editors leave in folders begin or end so."""


@dataclass(frozen=True, slots=True)
class ConvertedCapture:
    """A capture as TEI, before it has an identifier."""

    key: str
    format: str
    wanted: str
    """The identifier that the document asks for."""
    content: bytes
    plain: str
    """The capture's text, white space folded: for comparing captures."""


@dataclass(frozen=True, slots=True)
class ConvertedSeed:
    """All that became of one seed."""

    seed: str
    sha256: str
    captures: tuple[ConvertedCapture, ...]
    problems: tuple[Problem, ...]
    seen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Format of each capture and the evidence for it."""
    is_fresh: bool = False
    """Whether nothing changed since the last run, so that nothing was done."""


@dataclass(frozen=True, slots=True)
class Account:
    """The ledger of one capture, with its text: how every character is accounted for."""

    capture: Capture
    entries: tuple[Entry, ...]


def seeds_of(edition: Edition) -> list[Path]:
    """Return the seeds of an edition, sorted by path; hidden files and editors' leftovers are none.

    A link to a file that is gone is one, so that it is reported.
    """
    files = (path for path in edition.seeds.rglob("*") if path.is_file() or (path.is_symlink() and not path.exists()))
    return sorted(
        path for path in files if not any(_is_ignored(part) for part in path.relative_to(edition.seeds).parts)
    )


def _is_ignored(name: str) -> bool:
    return name.startswith(IGNORED) or name.endswith(IGNORED[1:])


def convert_or_report(path: Path, edition: Edition, facts: Facts, names: Path | None = None) -> ConvertedSeed:
    """Convert one seed; a fault of the program becomes a problem of that seed, so that the others go on.

    The only place beside the command where any exception is caught: a run over a hundred thousand captures must not
    end at the first that nobody foresaw.
    """
    try:
        return convert_seed(path, edition, facts, names)
    except Exception as fault:
        place = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        name = edition.name(path)
        told = problem(FAULT, name, fault=f"{type(fault).__name__}: {fault}", place=where)
        return ConvertedSeed(name, "", (), (told,))


def convert_seed(path: Path, edition: Edition, facts: Facts, names: Path | None = None) -> ConvertedSeed:
    """Convert one seed by itself; `names` is the file of the index of names, if the edition has one."""
    name = edition.name(path)
    sha256 = ""
    try:
        seed = read_seed(path, name)
        sha256 = seed.sha256
        read = read_captures(seed)
    except RefusedSeed as refused:
        return ConvertedSeed(name, sha256, (), (refused.problem,))
    problems = list(read.problems)
    captures = []
    index = read_index(names) if names else None
    for capture in read.captures:
        converted, found = _convert_capture(capture, read, facts, index)
        captures.append(converted)
        problems += found
    seen = tuple((read.format, read.seen) for _ in captures)
    return ConvertedSeed(name, sha256, tuple(captures), tuple(problems), seen)


def _convert_capture(
    capture: Capture, read: ReadSeed, facts: Facts, index: Index | None
) -> tuple[ConvertedCapture, list[Problem]]:
    attributed = with_agents(capture)
    recognised = recognise(attributed, index)
    arrangement, problems = _arranged(attributed, recognised.spans)
    holdings = shelfmarks_of(attributed, arrangement.roots)
    problems += diagnose(attributed, holdings, recognised)
    encoded = encode_document(attributed, recognised, arrangement, Licence(facts.publisher, facts.licence))
    plain = " ".join(capture.text.split())
    return (
        ConvertedCapture(capture.key, read.format, encoded.identifier, encoded.content, plain),
        problems,
    )


def _arranged(capture: Capture, spans: Sequence[Span]) -> tuple[Arrangement, list[Problem]]:
    """Return the tree over a capture; text that no witness claims gets a witness of its own, and is reported."""
    arrangement = arrange(spans)
    strays = unplaced(capture.text, arrangement.roots)
    if not strays:
        return arrangement, []
    problems = []
    for stray in strays:
        line, column = capture.place(stray.start)
        quote = " ".join(capture.text[stray.start : stray.end].split())[:60]
        problems.append(problem("C013", capture.origin.seed, line, column, quote=quote))
    return arrange([*spans, *strays]), problems


def accounts(edition: Edition, path: Path) -> list[Account]:
    """Return the ledger of every capture in a seed; raise `RefusedSeed`."""
    found = []
    for capture in read_captures(read_seed(path, edition.name(path))).captures:
        arrangement, _ = _arranged(capture, recognise(capture).spans)
        found.append(Account(capture, ledger(capture.text, arrangement.roots)))
    return found

"""Turn the captures in `seeds/` into TEI documents in `tei/`, leaving what editors changed as it is.

    seed → captures → spans → tree and ledger → TEI → reconciled with tei/<id>.xml

Each seed is converted by itself, in any process; identifiers are given afterwards, in the order of capture keys, so
that they do not depend on how the work was shared out. A seed that is refused never stops the others. A seed whose
bytes, and the program, have not changed since the last run is not converted again.
"""

from __future__ import annotations

import contextlib
import difflib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from pipeline.annotation.diagnosis import diagnose, unplaced
from pipeline.annotation.ledger import Entry, ledger
from pipeline.annotation.recognition import recognise
from pipeline.annotation.spans import Arrangement, Span, arrange
from pipeline.captures.capture import Capture, RefusedSeed, read_seed
from pipeline.captures.reading import ReadSeed, read_captures
from pipeline.edition import Edition, Facts, read_facts
from pipeline.encoding.document import PLACEHOLDER, encode_document
from pipeline.encoding.header import Licence, shelfmarks_of
from pipeline.encoding.identity import distinct
from pipeline.encoding.responsibility import with_agents
from pipeline.files import remove_leftovers, write_file
from pipeline.freshness import fingerprint_of
from pipeline.problems import Outcome, PipelineError, Problem, problem, problem_texts
from pipeline.reconciliation import Known, Placed, place, read_known, write_known
from pipeline.resources import fingerprint
from pipeline.workers import each

IGNORED = (".", "~", "Thumbs.db")
"""Names that file managers and editors leave in folders begin or end so."""


@dataclass(frozen=True, slots=True)
class ConvertedCapture:
    """A capture as TEI, before it has an identifier."""

    key: str
    format: str
    seen: tuple[str, ...]
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
    is_fresh: bool = False
    """Whether nothing changed since the last run, so that nothing was done."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a run did: the outcome, and what became of each document."""

    outcome: Outcome
    placed: tuple[tuple[str, Placed], ...]
    seen: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Seed, format and evidence of what was read."""
    changes: tuple[str, ...] = ()
    """On a dry run, the lines of a unified difference between `tei/` and what it would become."""


@dataclass(frozen=True, slots=True)
class Account:
    """The ledger of one capture, with its text: how every character is accounted for."""

    capture: Capture
    entries: tuple[Entry, ...]


def seeds_of(edition: Edition) -> list[Path]:
    """Return the seeds of an edition, sorted by path; hidden files and editors' leftovers are none."""
    files = (path for path in edition.seeds.rglob("*") if path.is_file())
    return sorted(
        path for path in files if not any(_is_ignored(part) for part in path.relative_to(edition.seeds).parts)
    )


def _is_ignored(name: str) -> bool:
    return name.startswith(IGNORED) or name.endswith(IGNORED[1:])


def convert(edition: Edition, seeds: Sequence[Path] = (), jobs: int = 0, *, dry_run: bool = False) -> Conversion:
    """Convert the given seeds, or all of the edition, and return what was done.

    Raise `UnreadableInput` where `tei/corpus.xml` cannot be read.
    """
    facts = read_facts(edition)
    with _alone(edition):
        remove_leftovers(edition.tei)
        known, problems = read_known(edition)
        if any(found.severity == "error" for found in problems):
            return Conversion(Outcome(0, 0, tuple(problems)), (), ())
        run = _Run(edition, known, problems, dry_run, is_whole=not seeds)
        state = _State(edition, facts)
        paths = sorted(seeds) or seeds_of(edition)
        converted = each(partial(_convert_or_keep, edition=edition, facts=facts, state=state.before), paths, jobs)
        for result in converted:
            run.take(result)
            state.keep(result)
        run.finish()
        if not dry_run:
            state.write(is_whole=not seeds)
        return run.conversion()


def convert_seed(path: Path, edition: Edition, facts: Facts) -> ConvertedSeed:
    """Convert one seed by itself."""
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
    for capture in read.captures:
        converted, found = _convert_capture(capture, read, facts)
        captures.append(converted)
        problems += found
    return ConvertedSeed(name, sha256, tuple(captures), tuple(problems))


def _convert_capture(capture: Capture, read: ReadSeed, facts: Facts) -> tuple[ConvertedCapture, list[Problem]]:
    attributed = with_agents(capture)
    recognised = recognise(attributed)
    arrangement, entries, problems = _arranged(attributed, recognised.spans)
    holdings = shelfmarks_of(attributed, arrangement.roots)
    problems += diagnose(attributed, entries, holdings, recognised.date)
    encoded = encode_document(attributed, recognised, arrangement, Licence(facts.publisher, facts.licence))
    plain = " ".join(capture.text.split())
    return (
        ConvertedCapture(capture.key, read.format, read.seen, encoded.identifier, encoded.content, plain),
        problems,
    )


def _arranged(capture: Capture, spans: Sequence[Span]) -> tuple[Arrangement, tuple[Entry, ...], list[Problem]]:
    """Return the tree over a capture and its ledger; text that no witness claims gets a witness of its own."""
    arrangement = arrange(spans)
    entries = ledger(capture.text, arrangement.roots)
    strays = unplaced(entries, arrangement.roots)
    if not strays:
        return arrangement, entries, []
    problems = []
    for stray in strays:
        line, column = capture.place(stray.start)
        quote = capture.text[stray.start : stray.end][:60]
        problems.append(problem("C013", capture.origin.seed, line, column, quote=quote))
    arrangement = arrange([*spans, *strays])
    return arrangement, ledger(capture.text, arrangement.roots), problems


def accounts(edition: Edition, path: Path) -> list[Account]:
    """Return the ledger of every capture in a seed; raise `RefusedSeed`."""
    found = []
    for capture in read_captures(read_seed(path, edition.name(path))).captures:
        _, entries, _ = _arranged(capture, recognise(capture).spans)
        found.append(Account(capture, entries))
    return found


# What a run remembers


def _convert_or_keep(path: Path, edition: Edition, facts: Facts, state: Mapping[str, Any]) -> ConvertedSeed:
    """Convert a seed unless the state says that it, and the program, are as they were."""
    name = edition.name(path)
    before = state.get(name)
    if before and before["made-from"] == _made_from(path, facts) and _has_documents(edition, before["documents"]):
        problems = tuple(_problem_from(record) for record in before["problems"])
        return ConvertedSeed(name, "", (), problems, is_fresh=True)
    return convert_seed(path, edition, facts)


def _has_documents(edition: Edition, identifiers: Sequence[str]) -> bool:
    folders = (edition.tei, edition.memory / "generated")
    return all((folder / f"{name}.xml").is_file() for name in identifiers for folder in folders)


def _made_from(path: Path, facts: Facts) -> str:
    return fingerprint_of(path, fingerprint("pipeline"), repr(facts))


def _problem_from(record: Mapping[str, Any]) -> Problem:
    return Problem(**{**record, "arguments": tuple((key, value) for key, value in record["arguments"])})


class _State:
    """What was converted from what, in `build/.state/conversion.json`; losing it costs time only."""

    def __init__(self, edition: Edition, facts: Facts) -> None:
        self._edition = edition
        self._facts = facts
        self._file = edition.build / ".state" / "conversion.json"
        self.before = self._read()
        self._now: dict[str, Any] = {}

    def _read(self) -> dict[str, Any]:
        try:
            record = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}

    def keep(self, result: ConvertedSeed) -> None:
        if result.is_fresh:
            self._now[result.seed] = self.before[result.seed]
            return
        self._now[result.seed] = {
            "made-from": _made_from(self._edition.root / result.seed, self._facts),
            "documents": [],
            "keys": [capture.key for capture in result.captures],
            "problems": [asdict(found) for found in result.problems],
        }

    def write(self, *, is_whole: bool) -> None:
        known, _ = read_known(self._edition)
        for entry in self._now.values():
            entry["documents"] = sorted(known[key].id for key in entry["keys"] if key in known)
        record = self._now if is_whole else {**self.before, **self._now}
        write_file(self._file, json.dumps(record, ensure_ascii=False, sort_keys=True).encode())


@dataclass(slots=True)
class _Run:
    """Gathers converted seeds, gives new documents their identifiers, and puts all in their places."""

    edition: Edition
    known: dict[str, Known]
    problems: list[Problem]
    dry_run: bool
    is_whole: bool
    made: int = 0
    kept: int = 0
    placed: list[tuple[str, Placed]] = field(default_factory=list)
    seen: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    first: dict[str, str] = field(default_factory=dict)
    """Seed of the capture that is converted, by key."""
    new: list[tuple[ConvertedSeed, ConvertedCapture]] = field(default_factory=list)
    seeds: set[str] = field(default_factory=set)
    changes: list[str] = field(default_factory=list)

    def take(self, result: ConvertedSeed) -> None:
        """Take in what became of a seed; documents known from before are put in their places at once."""
        self.problems += result.problems
        self.seeds.add(result.seed)
        if result.is_fresh:
            self.kept += 1
            self._mark_fresh(result.seed)
        for capture in result.captures:
            self.seen.append((result.seed, capture.format, capture.seen))
            if capture.key in self.first:
                self._report_twin(result.seed, capture)
                continue
            self.first[capture.key] = result.seed
            if capture.key in self.known:
                self._place(self.known[capture.key].id, result, capture)
            else:
                self.new.append((result, capture))

    def _mark_fresh(self, seed: str) -> None:
        for key, entry in self.known.items():
            if entry.seed == seed:
                self.first.setdefault(key, seed)

    def finish(self) -> None:
        """Give new documents their identifiers, in the order of their keys, and keep the record."""
        for result, capture in sorted(self.new, key=lambda pair: pair[1].key):
            self._place(self._identifier(result, capture), result, capture)
        if self.is_whole:
            self._report_orphans()
        if not self.dry_run:
            write_known(self.edition, self.known.values())

    def _identifier(self, result: ConvertedSeed, capture: ConvertedCapture) -> str:
        """Return the identifier of a capture with a new key: that of the same seed's document, else a new one."""
        changed = [key for key, entry in self.known.items() if entry.seed == result.seed and key not in self.first]
        if len(changed) == 1:
            return self.known.pop(changed[0]).id
        return distinct(capture.wanted, {entry.id for entry in self.known.values()})

    def _place(self, identifier: str, result: ConvertedSeed, capture: ConvertedCapture) -> None:
        content = capture.content.replace(PLACEHOLDER.encode(), identifier.encode(), 1)
        decision = place(self.edition, identifier, content, dry_run=self.dry_run)
        self.placed.append((identifier, decision.placed))
        self.problems += decision.problems
        self.known[capture.key] = Known(identifier, capture.key, result.sha256, result.seed, capture.format)
        if self.dry_run and decision.placed is not Placed.UNCHANGED:
            self.changes += _difference(self.edition, identifier, content)
        if decision.placed in {Placed.CREATED, Placed.UPDATED}:
            self.made += 1
        else:
            self.kept += 1

    def _report_twin(self, seed: str, capture: ConvertedCapture) -> None:
        """Report a record that another seed holds too, with how far the two texts agree."""
        other = self.first[capture.key]
        share = _agreement(self.edition, other, capture)
        self.problems.append(problem("C009", seed, other=other, key=capture.key, share=share))

    def _report_orphans(self) -> None:
        for entry in self.known.values():
            if entry.seed not in self.seeds and not (self.edition.root / entry.seed).is_file():
                self.problems.append(problem("E008", f"tei/{entry.id}.xml", seed=entry.seed))

    def conversion(self) -> Conversion:
        outcome = Outcome(self.made, self.kept, tuple(sorted(self.problems)))
        return Conversion(outcome, tuple(self.placed), tuple(self.seen), tuple(self.changes))


def _difference(edition: Edition, identifier: str, content: bytes) -> list[str]:
    """Return the lines of a unified difference between a document and what conversion makes of it now."""
    document = edition.tei / f"{identifier}.xml"
    before = document.read_text(encoding="utf-8") if document.is_file() else ""
    name = f"tei/{identifier}.xml"
    old, new = (text.splitlines(keepends=True) for text in (before, content.decode()))
    return list(difflib.unified_diff(old, new, name, name))


def _agreement(edition: Edition, other: str, capture: ConvertedCapture) -> int:
    """Return how far the captures of the same record agree, in per cent of their words in order."""
    texts = [
        " ".join(found.text.split())
        for found in read_captures(read_seed(edition.root / other, other)).captures
        if found.key == capture.key
    ]
    return round(100 * Indel.normalized_similarity(texts[0].split(), capture.plain.split())) if texts else 0


class ConversionRunning(PipelineError):
    """Another conversion of the same edition is under way."""


@contextlib.contextmanager
def _alone(edition: Edition) -> Iterator[None]:
    """Hold the edition's lock; raise `ConversionRunning` where another process that is alive holds it."""
    lock = edition.build / ".state" / "conversion.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        if _is_alive(lock):
            raise ConversionRunning(problem_texts()["E009"].message["en"]) from None
        lock.unlink(missing_ok=True)
        handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    try:
        os.write(handle, str(os.getpid()).encode())
        os.close(handle)
        yield
    finally:
        lock.unlink(missing_ok=True)


def _is_alive(lock: Path) -> bool:
    try:
        os.kill(int(lock.read_text() or "0"), 0)
    except (ValueError, ProcessLookupError, FileNotFoundError):
        return False
    except OSError:
        return True
    return True

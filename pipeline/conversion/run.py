"""Turn converted seeds into documents of the edition: identifiers, twins, orphans, and each in its place."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from pipeline.captures.capture import read_seed
from pipeline.captures.reading import read_captures
from pipeline.conversion.copies import copies
from pipeline.conversion.seeds import FAULT, ConvertedCapture, ConvertedSeed
from pipeline.edition import Edition
from pipeline.encoding.document import PLACEHOLDER
from pipeline.encoding.identity import distinct
from pipeline.problems import Outcome, Problem, problem
from pipeline.reconciliation import Known, Placed, Settling, likeness, place, write_known

ALIKE = 90
"""Per cent of the words in order in which a new capture must agree with a vanished one to be the same document."""

PASSING = frozenset({"E003", "E005", "E013"})
"""Problems of placing that hold for one run: the next looks again."""


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
class NewDocument:
    """A converted capture whose content waits for its identifier."""

    key: str
    format: str
    wanted: str
    seed: str
    sha256: str
    start: int = 0
    """Where its content begins among all that wait."""
    length: int = 0


class Run:
    """Gathers converted seeds, gives new documents their identifiers, and puts all in their places."""

    def __init__(
        self, edition: Edition, known: dict[str, Known], problems: list[Problem], *, dry_run: bool, is_whole: bool
    ) -> None:
        self.edition = edition
        self.known = known
        """What conversion remembers, by capture key."""
        self.problems = problems
        self.dry_run = dry_run
        self.is_whole = is_whole
        """Whether all seeds are converted, so that documents without one can be told."""
        self.made = 0
        self.kept = 0
        self.placed: list[tuple[str, Placed]] = []
        self.seen: list[tuple[str, str, tuple[str, ...]]] = []
        self.changes: list[str] = []
        self.first: dict[str, str] = {}
        """Seed of the capture that is converted, by key."""
        self.new: list[NewDocument] = []
        self.waiting = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the run)
        """Content of new documents until they have identifiers: on disk, so that memory stays flat."""
        self.keys_of: dict[str, list[str]] = {}
        """Keys known from before, by seed."""
        for key, entry in known.items():
            self.keys_of.setdefault(entry.seed, []).append(key)
        self.told: dict[str, list[Problem]] = {}
        """What was told when documents were put in their places, by seed."""
        self.copies: Sequence[Problem] = ()
        """What the last run told of documents that are two captures of one; after this run, what it tells."""
        self.seeds: set[str] = set()
        self.settled: Mapping[str, Settling] = {}
        """How an editor has settled what was only proposed, by identifier."""
        self.taken = {entry.id for entry in known.values()}
        """Identifiers that no new document may have."""
        self.unsettled: set[str] = set()
        """Seeds of which an editor has to be told more than what stands in them, in every run until it is settled."""

    def take(self, result: ConvertedSeed) -> None:
        """Take in what became of a seed; documents known from before are put in their places at once."""
        self.problems += result.problems
        self.seeds.add(result.seed)
        if any(found.code == FAULT for found in result.problems):
            self.unsettled.add(result.seed)
        if result.is_fresh:
            self.kept += len(self.keys_of.get(result.seed, ()))
            for key in self.keys_of.get(result.seed, ()):
                self.first.setdefault(key, result.seed)
        self.seen += [(result.seed, format_, words) for format_, words in result.seen]
        for capture in result.captures:
            if capture.key in self.first:
                self._report_twin(result.seed, capture)
                continue
            self.first[capture.key] = result.seed
            document = NewDocument(capture.key, capture.format, capture.wanted, result.seed, result.sha256)
            if capture.key in self.known:
                self._place(self.known[capture.key].id, document, capture.content)
            else:
                start = self.waiting.seek(0, os.SEEK_END)
                self.waiting.write(capture.content)
                self.new.append(replace(document, start=start, length=len(capture.content)))

    def finish(self) -> None:
        """Give new documents their identifiers, in the order of their keys, and keep the record."""
        free = {key: entry for key, entry in self.known.items() if key not in self.first}
        for document in sorted(self.new, key=lambda document: document.key):
            self.waiting.seek(document.start)
            content = self.waiting.read(document.length)
            self._place(self._identifier(document, content, free), document, content)
        if self.is_whole:
            self._report_orphans()
        if not self.dry_run:
            write_known(self.edition, self.known.values())
            changed = [name for name, placed in self.placed if placed is not Placed.UNCHANGED]
            self.copies = list(copies(self.edition, self.known.values(), changed, self.copies))
            self.problems += self.copies

    def _identifier(self, document: NewDocument, content: bytes, free: dict[str, Known]) -> str:
        """Return the identifier of a capture with a new key: that of the document that it replaces, else a new one.

        `free` are the documents that no seed of this run gave; the one that is replaced is taken out of them.
        """
        replaced = self._replaced(document, content, free)
        if replaced:
            del free[replaced]
            return self.known.pop(replaced).id
        identifier = distinct(document.wanted, self.taken)
        self.taken.add(identifier)
        return identifier

    def _replaced(self, document: NewDocument, content: bytes, free: Mapping[str, Known]) -> str:
        """Return the key of the document that a capture replaces: of the same seed, or of a vanished one much alike."""
        same_seed = [key for key in self.keys_of.get(document.seed, ()) if key in free]
        if len(same_seed) == 1:
            return same_seed[0]
        for key, entry in sorted(free.items()):
            if (self.edition.root / entry.seed).is_file():
                continue
            share = likeness(self.edition, entry.id, content)
            if share >= ALIKE:
                told = problem("E010", document.seed, id=entry.id, seed=entry.seed, share=share)
                self.problems.append(told)
                return key
        return ""

    def _place(self, identifier: str, document: NewDocument, content: bytes) -> None:
        content = content.replace(PLACEHOLDER.encode(), identifier.encode(), 1)
        settling = self.settled.get(identifier, Settling.NOT)
        decision = place(self.edition, identifier, content, settling, dry_run=self.dry_run)
        self.placed.append((identifier, decision.placed))
        self.problems += decision.problems
        self.told.setdefault(document.seed, []).extend(decision.problems)
        if any(found.code in PASSING for found in decision.problems):
            self.unsettled.add(document.seed)
        self.known[document.key] = Known(identifier, document.key, document.sha256, document.seed, document.format)
        if self.dry_run and decision.placed is not Placed.UNCHANGED:
            now = decision.content or decision.proposal
            self.changes += _difference(self.edition, identifier, now) if now else []
        if decision.is_written:
            self.made += 1
        else:
            self.kept += 1

    def _report_twin(self, seed: str, capture: ConvertedCapture) -> None:
        """Report a record that another seed holds too, with how far the two texts agree."""
        other = self.first[capture.key]
        self.unsettled.add(seed)
        share = _agreement(self.edition, other, capture)
        self.problems.append(problem("C009", seed, other=other, key=capture.key, share=share))

    def _report_orphans(self) -> None:
        for entry in self.known.values():
            if entry.key not in self.first:
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

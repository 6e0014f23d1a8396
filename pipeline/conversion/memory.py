"""Turn a run of conversion into what the next one needs to know: what was made from what, and who is at work.

Both lie in `build/.state/`; losing them costs time only.
"""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.conversion.seeds import ConvertedSeed
from pipeline.edition import Edition, Facts
from pipeline.files import write_file
from pipeline.freshness import fingerprint_of
from pipeline.problems import PipelineError, Problem, problem_texts
from pipeline.reconciliation import files_of, read_known
from pipeline.resources import fingerprint


def _made_from(path: Path, facts: Facts, names: str) -> str:
    return fingerprint_of(path, fingerprint("pipeline"), repr(facts), names)


def _problem_from(record: Mapping[str, Any]) -> Problem:
    return Problem(**{**record, "arguments": tuple((key, value) for key, value in record["arguments"])})


def _state_of(edition: Edition, identifier: str) -> str:
    """Return what stands of a document in the edition, so that any change of it is noticed."""
    return fingerprint_of(*files_of(edition, identifier))


class State:
    """What was converted from what, in `build/.state/conversion.json`; losing it costs time only."""

    def __init__(self, edition: Edition, facts: Facts, names: str) -> None:
        """`names` is the fingerprint of the lists of persons, places and bodies: each document depends on them."""
        self._edition = edition
        self._facts = facts
        self._names = names
        self._file = edition.build / ".state" / "conversion.json"
        record = self._read()
        self.before: dict[str, Any] = record.get("seeds", {})
        self.copies = [_problem_from(told) for told in record.get("copies", ())]
        self._now: dict[str, Any] = {}

    def _read(self) -> dict[str, Any]:
        try:
            record = json.loads(self._file.read_bytes())
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}

    def kept(self, path: Path) -> ConvertedSeed | None:
        """Return what is remembered of a seed if it, the program and its documents are as they were."""
        name = self._edition.name(path)
        entry = self.before.get(name)
        if not entry or entry["made-from"] != _made_from(path, self._facts, self._names):
            return None
        if any(_state_of(self._edition, identifier) != state for identifier, state in entry["documents"].items()):
            return None
        problems = tuple(_problem_from(record) for record in [*entry["problems"], *entry["told"]])
        seen = tuple((format_, tuple(words)) for format_, words in entry["seen"])
        return ConvertedSeed(name, "", (), problems, seen, is_fresh=True)

    def keep(self, result: ConvertedSeed) -> None:
        """Remember what became of a seed."""
        if result.is_fresh:
            self._now[result.seed] = self.before[result.seed]
            return
        self._now[result.seed] = {
            "made-from": _made_from(self._edition.root / result.seed, self._facts, self._names),
            "documents": {},
            "told": [],
            "keys": [capture.key for capture in result.captures],
            "problems": [asdict(found) for found in result.problems],
            "seen": result.seen,
        }

    def forget(self, seeds: Iterable[str]) -> None:
        """Forget seeds of which there is more to tell than their own problems: the next run looks at them again."""
        for seed in seeds:
            self._now.pop(seed, None)
            self.before.pop(seed, None)

    def tell(self, told: Mapping[str, Iterable[Problem]]) -> None:
        """Remember what an editor was told when documents were put in their places, by seed."""
        for seed, problems in told.items():
            self._now[seed]["told"] = [asdict(found) for found in problems]

    def write(self, *, is_whole: bool) -> None:
        known, _ = read_known(self._edition)
        for entry in self._now.values():
            documents = [known[key].id for key in entry["keys"] if key in known]
            entry["documents"] = {name: _state_of(self._edition, name) for name in documents}
        seeds = self._now if is_whole else {**self.before, **self._now}
        record = {"seeds": seeds, "copies": [asdict(told) for told in self.copies]}
        write_file(self._file, json.dumps(record, ensure_ascii=False, sort_keys=True).encode())


class ConversionRunning(PipelineError):
    """Another conversion of the same edition is under way."""


@contextlib.contextmanager
def alone(edition: Edition) -> Iterator[None]:
    """Hold the edition's lock; raise `ConversionRunning` where another process holds it.

    The operating system gives the lock back when a process ends, however it ends.
    """
    file = edition.build / ".state" / "conversion.lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as handle:
        try:
            _lock(handle.fileno())
        except OSError as error:
            raise ConversionRunning(problem_texts()["E009"].message["en"]) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

"""Turn a run of conversion into what the next one needs to know: what was made from what, and who is at work.

Both lie in `build/.state/`; losing them costs time only.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.conversion.seeds import FAULT, ConvertedSeed, convert_or_report
from pipeline.edition import Edition, Facts
from pipeline.files import write_file
from pipeline.freshness import fingerprint_of
from pipeline.problems import PipelineError, Problem, problem_texts
from pipeline.reconciliation import read_known
from pipeline.resources import fingerprint


def convert_or_keep(path: Path, edition: Edition, facts: Facts, state: Mapping[str, Any]) -> ConvertedSeed:
    """Convert a seed unless the state says that it, and the program, are as they were."""
    name = edition.name(path)
    before = state.get(name)
    if before and before["made-from"] == _made_from(path, facts) and _has_documents(edition, before["documents"]):
        problems = tuple(_problem_from(record) for record in before["problems"])
        return ConvertedSeed(name, "", (), problems, is_fresh=True)
    return convert_or_report(path, edition, facts)


def _has_documents(edition: Edition, identifiers: Sequence[str]) -> bool:
    folders = (edition.tei, edition.memory / "generated")
    return all((folder / f"{name}.xml").is_file() for name in identifiers for folder in folders)


def _made_from(path: Path, facts: Facts) -> str:
    return fingerprint_of(path, fingerprint("pipeline"), repr(facts))


def _problem_from(record: Mapping[str, Any]) -> Problem:
    return Problem(**{**record, "arguments": tuple((key, value) for key, value in record["arguments"])})


class State:
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
        if any(found.code == FAULT for found in result.problems):
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


class ConversionRunning(PipelineError):
    """Another conversion of the same edition is under way."""


@contextlib.contextmanager
def alone(edition: Edition) -> Iterator[None]:
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

"""Turn what conversion remembers of its captures into values, and back: `tei/.despatch/captures.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from pipeline.edition import Edition
from pipeline.files import write_file
from pipeline.problems import Problem, problem


@dataclass(frozen=True, slots=True)
class Known:
    """One line of `captures.jsonl`: a capture and the document that it became."""

    id: str
    key: str
    sha256: str
    seed: str
    format: str


def read_known(edition: Edition) -> tuple[dict[str, Known], list[Problem]]:
    """Return what conversion remembers, by capture key, and lines of the record that cannot be read."""
    file = edition.memory / "captures.jsonl"
    known: dict[str, Known] = {}
    problems: list[Problem] = []
    if not file.is_file():
        return known, problems
    for number, line in enumerate(file.read_bytes().rstrip(b"\n").split(b"\n"), start=1):
        try:
            entry = Known(**json.loads(line))
        except (ValueError, TypeError):
            problems.append(problem("E006", edition.name(file), number))
            continue
        known[entry.key] = entry
    return known, problems


def write_known(edition: Edition, known: Iterable[Known]) -> None:
    """Keep the record, one line a document, sorted by identifier."""
    lines = [json.dumps(asdict(entry), ensure_ascii=False) for entry in sorted(known, key=lambda entry: entry.id)]
    write_file(edition.memory / "captures.jsonl", "".join(f"{line}\n" for line in lines).encode())

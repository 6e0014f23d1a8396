"""Turn fingerprints of what went into a product into the answer whether it must be made again.

A stage keeps one file, `build/.state/<stage>.json`: each product's name and the hash over everything that it was made
from (its document, the settings, the stylesheets, the program). Losing the file costs time, nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.files import write_file


def fingerprint_of(*parts: str | bytes | Path) -> str:
    """Return a hash over texts and files; a file that is not there counts as empty."""
    digest = hashlib.sha256()
    for part in parts:
        content = _content(part)
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def _content(part: str | bytes | Path) -> bytes:
    if isinstance(part, Path):
        return part.read_bytes() if part.is_file() else b""
    return part.encode() if isinstance(part, str) else part


class Freshness:
    """What a stage made last time, and from what."""

    def __init__(self, build: Path, stage: str) -> None:
        self._file = build / ".state" / f"{stage}.json"
        self._before = _read(self._file)
        self._now: dict[str, str] = {}

    def known(self) -> Iterable[str]:
        """Return the products of last time."""
        return sorted(self._before)

    def is_fresh(self, product: str, fingerprint: str, exists: Callable[[], bool]) -> bool:
        """Whether a product was made from the same and is still there; what is fresh stays recorded."""
        fresh = self._before.get(product) == fingerprint and exists()
        if fresh:
            self._now[product] = fingerprint
        return fresh

    def made(self, product: str, fingerprint: str) -> None:
        """Record that a product was made."""
        self._now[product] = fingerprint

    def gone(self) -> Iterable[str]:
        """Return the products of last time that are neither fresh nor made now: their files are to be removed."""
        return sorted(self._before.keys() - self._now.keys())

    def write(self) -> None:
        """Keep the record for the next run."""
        write_file(self._file, json.dumps(self._now, indent=0, sort_keys=True).encode())


def _read(file: Path) -> dict[str, str]:
    try:
        record = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}

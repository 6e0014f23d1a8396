"""Turn the name of a message into its words in the editor's language; the words stand in `wording.toml`."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

from pipeline.agreement import filled


@functools.cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def say(name: str, language: str, **arguments: object) -> str:
    """Return a message in a language, with its placeholders filled; a dotted name is that of a table in a table."""
    entry: Any = _texts()
    for part in name.split("."):
        entry = entry[part]
    return filled(str(entry[language]), arguments)

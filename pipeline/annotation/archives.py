"""Turn the name of an archive, in any spelling under which it is cited, into the archive.

The table stands in `archives.toml`; an archive that is not there keeps the name that the document gives it.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.languages import alternatives

TABLE = Path(__file__).with_name("archives.toml")


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive; names by interface language."""

    key: str
    abbreviation: Mapping[str, str]
    name: Mapping[str, str]
    settlement: Mapping[str, str]
    has_fonds: bool
    """Whether its references have fond, opis and delo; else a notation of its own."""
    forms: tuple[str, ...]
    """Every spelling under which it is cited."""


@functools.cache
def archives() -> Mapping[str, Archive]:
    """Return all archives by key."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {
        key: Archive(
            key=key,
            abbreviation=entry["abbreviation"],
            name=entry["name"],
            settlement=entry["settlement"],
            has_fonds=entry["notation"] == "fonds",
            forms=(
                *entry["abbreviation"].values(),
                *entry["name"].values(),
                *entry.get("forms", ()),
                *entry.get("former", ()),
            ),
        )
        for key, entry in table.items()
    }


@functools.cache
def _by_form() -> Mapping[str, Archive]:
    return {_folded(form): archive for archive in archives().values() for form in archive.forms}


def _folded(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).casefold()


def archive_named(name: str) -> Archive | None:
    """Return the archive that a name stands for, whatever its white space and capitals."""
    return _by_form().get(_folded(name))


def names(has_fonds: bool | None = None) -> str:
    """Return a regular expression for the names of all archives, or of those with a notation of one kind."""
    forms = [
        form
        for archive in archives().values()
        if has_fonds in (None, archive.has_fonds)
        for spelling in archive.forms
        for form in (spelling, spelling.replace("'", "’"))
    ]
    return rf"(?<!\w){alternatives(forms)}(?!\w)"


NAME = re.compile(names())

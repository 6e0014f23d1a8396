"""Turn what the program knows of a PDF into what the design reads of it: `settings` in `xslt/print/design.typ`."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipeline.edition import Facts

REFERENCE = re.compile(r'#reference\("(?:[^"#]*/)?([^"#/]+?)(?:\.xml)?[#"]')
"""A reference to a file in a document's code; a document of the edition is known by the file's name."""

MOMENT = re.compile(r'^#let moment = "([^"]*)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the design asks of the program for one PDF."""

    facts: Facts
    documents: Sequence[str]
    """The names of the documents in it, in their order."""
    elsewhere: Collection[str]
    """The names of the edition's other documents that it refers to."""
    unshowable: Iterable[str]
    """Signs in it that no font has."""
    first: int = 1
    """The number of the first document."""
    volume: int = 0
    """The number of the volume; 0, where there is only one."""
    on_new_pages: Collection[str] = ()
    """The names of documents that begin on a new page."""
    on_screen: bool = False
    """Whether it is read on a screen rather than printed."""

    def as_json(self) -> bytes:
        """Return the settings as the design reads them: page in millimetres, the signs as one regular expression."""
        settings = {
            "documents": list(self.documents),
            "elsewhere": sorted(self.elsewhere),
            "width": self.facts.trim[0],
            "height": self.facts.trim[1],
            "parallel": self.facts.parallel,
            "site": self.facts.site,
            "first": self.first,
            "volume": self.volume,
            "on-new-pages": sorted(self.on_new_pages),
            "on-screen": self.on_screen,
            "unshowable": "|".join("".join(f"\\x{{{ord(c):X}}}" for c in sign) for sign in self.unshowable),
        }
        return json.dumps(settings, indent=1).encode()


def references(code: str) -> set[str]:
    """Return the names of the files that a document's code refers to."""
    return set(REFERENCE.findall(code))


def moment(code: str) -> str:
    """Return what the documents of the volume are ordered by (`meta:sort-key` in `xslt/common/metadata.xsl`)."""
    found = MOMENT.search(code)
    return found[1] if found else ""

"""Turn a new conversion into one that calls every passage what it was called before.

Identifiers of passages come from offsets in the capture, so that a better capture would rename all that follows its
first change. An identifier is given once: what corresponds to a passage of the last conversion keeps its name, and no
name is given to another passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from pipeline.reconciliation.correspondence import NOWHERE, Correspondence
from pipeline.reconciliation.versions import Version

_IDENTIFIER = re.compile(r"""(\sxml:id\s*=\s*["'])([^"']*)(?=["'])""")
_POINTER = re.compile(r"""(?<=[\s"']#)[^\s"'#]+(?=[\s"'])""")
_TAG = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<[^/][^>]*>", re.DOTALL)


def carried_names(both: Correspondence, used: Set[str]) -> dict[str, str]:
    """Return what identifiers of the second version become; `used` were given to passages at any time."""
    names = dict(_corresponding(both))
    renamed = {new: old for new, old in names.items() if new != old}
    taken = used | set(names.values())
    for name in _names(both.second):
        if name not in names and name in taken:
            renamed[name] = _free(name, taken | set(_names(both.second)))
            taken |= {renamed[name]}
    return renamed


def names_of_editor(both: Correspondence) -> dict[str, str]:
    """Return what identifiers of the first version an editor has changed, and to what."""
    there = names_of(both.second)
    return {one.id: other.id for one, other in both.marks.items() if one.id and other.id and one.id not in there}


def _corresponding(both: Correspondence) -> Iterator[tuple[str, str]]:
    for first, second in both.marks.items():
        if first.id and second.id:
            yield second.id, first.id
    for at, atom in both.first.atoms.items():
        other = both.second.atoms.get(both.forward[at]) if both.forward[at] != NOWHERE else None
        if other and "xml:id" in atom.attributes and "xml:id" in other.attributes:
            yield other.attributes["xml:id"], atom.attributes["xml:id"]


def _names(version: Version) -> Iterator[str]:
    yield from (mark.id for mark in version.marks if mark.id)
    yield from (atom.attributes["xml:id"] for atom in version.atoms.values() if "xml:id" in atom.attributes)


def names_of(version: Version) -> set[str]:
    """Return the identifiers that a version gives."""
    return set(_names(version))


def _free(name: str, taken: Set[str]) -> str:
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def renamed(raw: str, names: Mapping[str, str]) -> str:
    """Return a document with identifiers, and pointers to them within it, renamed."""
    if not names:
        return raw

    def rename(tag: re.Match[str]) -> str:
        if tag.group().startswith(("<!", "<?")):
            return tag.group()
        text = _IDENTIFIER.sub(lambda found: found[1] + names.get(found[2], found[2]), tag.group())
        return _POINTER.sub(lambda found: names.get(found.group(), found.group()), text)

    return _TAG.sub(rename, raw)

"""Turn the code of all documents into the volume, or into several where one would be too large to set at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.files import write_file
from pipeline.freshness import Freshness, fingerprint_of
from pipeline.typesetting.compiler import TypesettingFailed, compile_pdf
from pipeline.typesetting.settings import Settings, moment, references
from pipeline.typesetting.workshop import Workshop
from pipeline.workers import WorkerLost, apart

LARGEST = 8_000_000
"""Characters of code in one volume: some 1,600 pages, more than a binder binds. Typst holds a volume in memory whole,
with its indexes below 4 GB of so much (`make bench` measures the memory of 500 documents).
"""

LARGEST_FACING = 4_000_000
"""The same on facing pages, each of which is measured before it is set, which takes almost twice the memory."""

STRETCH = 300_000
"""Characters of code, some 60 pages, after which a document begins on a new page: what lies between such breaks is all
that Typst sets on several processors at once.
"""

SMALL = 500_000
"""Characters of code that are set in this process; more has one of its own, as Typst keeps the memory of a volume."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A document on its way into a volume; sorted as the volume is."""

    moment: str
    name: str
    size: int
    """Characters of code."""
    references: frozenset[str]


def write_volumes(
    workshop: Workshop, names: Sequence[str], unshowable: Sequence[str], freshness: Freshness
) -> tuple[int, int]:
    """Set the volumes that are not good any more and remove others; return how many were set and how many kept."""
    folder = workshop.edition.build / "print"
    made, files = 0, []
    for settings in divide(workshop, names, unshowable):
        files.append(folder / (f"volume-{settings.volume}.pdf" if settings.volume else "volume.pdf"))
        made += _write_volume(workshop, files[-1].stem, settings, freshness)
    for gone in {*folder.glob("volume*.pdf")} - {*files}:
        gone.unlink()
    return made, len(files) - made


def divide(workshop: Workshop, names: Sequence[str], unshowable: Sequence[str]) -> Iterator[Settings]:
    """Yield the volumes: the documents in the order of their dates, in as few parts of about one size as they need."""
    entries = sorted(_entry(name, workshop.code(name)) for name in names)
    volumes = _parts(entries, LARGEST_FACING if workshop.facts.parallel == "facing" else LARGEST)
    first = 1
    for number, volume in enumerate(volumes, start=1):
        documents = [entry.name for entry in volume]
        elsewhere = frozenset[str]().union(*(entry.references for entry in volume)) & {*names} - {*documents}
        alone = len(volumes) == 1
        new_pages = [stretch[0].name for stretch in _parts(volume, STRETCH)[1:]]
        yield Settings(workshop.facts, documents, elsewhere, unshowable, first, 0 if alone else number, new_pages)
        first += len(documents)


def _entry(name: str, code: str) -> Entry:
    return Entry(moment(code), name, len(code), frozenset(references(code)))


def _parts(entries: Sequence[Entry], largest: int) -> list[list[Entry]]:
    """Return the documents by volumes: each goes where its middle falls, if all are laid in a row and cut evenly."""
    whole = sum(entry.size for entry in entries)
    count = max(1, -(-whole // largest))
    parts: list[list[Entry]] = [[] for _ in range(count)]
    before = 0
    for entry in entries:
        parts[(before + entry.size // 2) * count // whole].append(entry)
        before += entry.size
    return [part for part in parts if part] or [[]]


def _write_volume(workshop: Workshop, name: str, settings: Settings, freshness: Freshness) -> bool:
    """Set a volume, unless it was set from the same before; return whether it was set."""
    file, product, content = workshop.edition.build / "print" / f"{name}.pdf", f"print/{name}.pdf", settings.as_json()
    codes = map(workshop.part, settings.documents)
    sources = map(workshop.source, settings.documents)
    state = fingerprint_of(workshop.state(), workshop.lists, content, *codes, *sources)
    if freshness.is_fresh(product, state, file.is_file):
        return False
    write_file(workshop.folder / f"{name}.json", content)
    task = (workshop, name, file)
    if sum(workshop.part(document).stat().st_size for document in settings.documents) < SMALL:
        set_volume(task)
    else:
        _set_apart(task)
    freshness.made(product, state)
    return True


def set_volume(task: tuple[Workshop, str, Path]) -> None:
    """Set the volume of a name, whose settings are written, and write it to a file."""
    workshop, name, file = task
    write_file(file, compile_pdf(workshop.folder, "volume.typ", {"settings": f"/{name}.json"}, workshop.timestamp))


def _set_apart(task: tuple[Workshop, str, Path]) -> None:
    try:
        apart(set_volume, task)
    except WorkerLost as lost:
        reason = (
            "the system ended the process that set it, most likely for lack of memory: a full volume takes 4 GB; "
            "close other programs, or move a part of the documents to an edition of their own"
        )
        raise TypesettingFailed(f"{task[1]}.pdf", reason, reason) from lost

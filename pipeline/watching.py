"""Turn an edition into the moments at which it must be looked at again: the one watcher of its files.

Editors save in their own ways: in place, or as a new file that takes the old one's name. Therefore folders are watched,
and a burst of changes is one moment.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch

from pipeline.edition import Edition

SETTLED = 100
"""Milliseconds without a change after which a burst is over."""

LONGEST = 1000
"""Milliseconds after which a burst that goes on is taken as over."""


WAKE = 250
"""Milliseconds after which the watcher says that nothing happened; so long the first moment waits for it to stand."""


def moments(edition: Edition, further: Sequence[Path] = ()) -> Iterator[None]:
    """Yield once as soon as the watcher stands, then after each burst of changes to what a check reads.

    That is the documents, the shared files, and the `further` files. A change during the work on a moment is not lost.
    """
    concerns = functools.partial(_concerns, further=frozenset(path.resolve() for path in further))
    while True:
        folders = _folders(edition, further)
        bursts = watch(
            *folders,
            watch_filter=concerns,
            debounce=LONGEST,
            step=SETTLED,
            rust_timeout=WAKE,
            yield_on_timeout=True,
            recursive=False,
        )
        next(bursts)
        yield
        for burst in bursts:
            if _folders(edition, further) != folders:
                break
            if burst:
                yield


def _folders(edition: Edition, further: Sequence[Path]) -> list[Path]:
    """Return the folders that hold these files."""
    own = [edition.tei, edition.tei / "authorities"]
    return sorted({folder.resolve() for folder in (*own, *(path.parent for path in further)) if folder.is_dir()})


def _concerns(change: Change, path: str, further: frozenset[Path]) -> bool:
    """Whether a change matters: to XML, or a folder that documents can lie in; not to what a program keeps beside."""
    del change
    file = Path(path)
    return file in further or (file.suffix in (".xml", "") and not file.name.startswith((".", "#")))

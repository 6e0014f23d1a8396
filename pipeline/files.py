"""Turn values into files so that nobody ever sees half of one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO


def write_file(path: Path, content: bytes, *, remade: bool = False) -> bool:
    """Write a file whole or not at all, and only when its content differs; return whether it was written.

    The new content goes to a temporary file beside the target (same file system) and takes its place in one step,
    so that an interrupted run leaves the old file. It outlives a power cut too, unless it can be `remade` from what
    does: waiting for the disk costs more than a page. What a power cut can leave of such a file is an empty one.
    """
    if _holds(path, content):
        return False
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _opened(temporary) as file:
            file.write(content)
            file.flush()
            if not remade:
                os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        error.filename = error.filename or path.as_posix()
        raise
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file is there and has this content; one of another size is not read."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except FileNotFoundError:
        return False


def _opened(path: Path) -> BinaryIO:
    """Return a file opened for writing, in a folder that is there from now on."""
    try:
        return path.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")


def remove_leftovers(folder: Path) -> int:
    """Remove what a killed run left half-written; return how many files that were."""
    leftovers = [path for path in folder.rglob(".*.part") if path.is_file()]
    for path in leftovers:
        path.unlink()
    return len(leftovers)

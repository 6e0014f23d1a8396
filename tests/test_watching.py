"""Turn the check that waits for saved files into tests: what is broken is told, what is mended is told no more."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cli import CHECK_BEGINS, CHECK_ENDS
from pipeline.edition import Edition
from pipeline.watching import moments

CLONE = Path(__file__).resolve().parent.parent
VALID = CLONE / "tests" / "cases" / "validation" / "valid-edition"
NAME = "d1950-10-03-roshchin-stalin"
PATIENCE = 30
"""Seconds until a test gives up; a machine may be busy."""


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    shutil.copytree(VALID / "tei", tmp_path / "tei")
    return Edition(tmp_path.resolve())


INTERRUPTIBLE = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from pipeline.cli import main; main()"
)
"""The program as a terminal starts it: what a shell starts in the background ignores Ctrl-C, and so do its children."""

ENDED = "(the program has ended)"


class Watched:
    """A running `despatch check --watch`, the lines of which are read as they come."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-c", INTERRUPTIBLE, "check", "--watch", *arguments]
        environment = {**os.environ, "PYTHONPATH": str(CLONE), "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(ENDED)

    def check(self) -> list[str]:
        """Return the lines of the next check, without those that begin and end it."""
        assert self._lines.get(timeout=PATIENCE) == CHECK_BEGINS
        lines: list[str] = []
        while (line := self._lines.get(timeout=PATIENCE)) != CHECK_ENDS:
            assert line != ENDED
            lines.append(line)
        return lines

    def until(self, wanted: str) -> list[str]:
        """Return the lines of the first check that says this; a burst may be seen as two."""
        lines = self.check()
        while not any(wanted in line for line in lines):
            lines = self.check()
        return lines


@pytest.fixture
def watched(edition: Edition) -> Iterator[Watched]:
    running = Watched(edition.root)
    yield running
    running.process.kill()
    running.process.communicate()


def problems(lines: list[str]) -> list[str]:
    return [line for line in lines if re.match(r".+:\d+: (error|warning|note): ", line)]


@pytest.mark.slow
def test_a_broken_file_is_told_when_it_is_saved_and_no_more_when_it_is_mended(
    edition: Edition, watched: Watched
) -> None:
    document = edition.tei / f"{NAME}.xml"
    text = document.read_text(encoding="utf-8")
    assert problems(watched.check()) == []
    document.write_text(text.replace("<body>", "<body><q/>"), encoding="utf-8")
    told = problems(watched.until("<q>"))
    assert {line.split(":")[0] for line in told} == {f"tei/{NAME}.xml"}
    beside = document.with_name(f".{NAME}.xml.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(document)
    assert problems(watched.until("1 file checked")) == []


@pytest.mark.slow
def test_what_stops_a_check_does_not_stop_the_watcher_and_ctrl_c_does(edition: Edition, tmp_path: Path) -> None:
    schema = tmp_path / "own.rng"
    grammar = '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="x"><{}/></element></start>'
    schema.write_text((grammar + "</grammar>").format("frame"), encoding="utf-8")
    watched = Watched(edition.root, "--schema", str(schema))
    assert watched.check() == []
    schema.write_text((grammar + "</grammar>").format("text"), encoding="utf-8")
    assert any("U008" in line for line in watched.until("own.rng"))
    watched.process.send_signal(signal.SIGINT)
    _, told = watched.process.communicate(timeout=PATIENCE)
    assert watched.process.returncode == 0
    assert "<frame> is not supported" in told
    assert "Traceback" not in told


def test_the_first_moment_is_now_and_a_change_while_it_lasts_is_not_lost(edition: Edition) -> None:
    waiting = moments(edition)
    next(waiting)
    edition.corpus.touch()
    next(waiting)


def test_a_folder_of_authorities_that_is_made_later_is_watched_too(edition: Edition) -> None:
    shutil.move(edition.tei / "authorities", edition.root / "authorities")
    waiting = moments(edition)
    next(waiting)
    shutil.move(edition.root / "authorities", edition.tei / "authorities")
    next(waiting)
    (edition.tei / "authorities" / "persons.xml").touch()
    next(waiting)

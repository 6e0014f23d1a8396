"""Turn the files of a site into the Nu HTML checker's opinion of them, which the W3C's own service gives too.

It checks HTML, the SVG in it, and style sheets; it needs Java, and its package from npm. All files are read in one run.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.npm import npm_file


def errors_by_vnu(folder: Path) -> list[tuple[str, str]]:
    """Return each error in the pages and style sheets of a folder: the file's name and what the checker says."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("the Nu HTML checker needs Java (Debian default-jre-headless)")
    jar = npm_file("vnu-jar/build/dist/vnu.jar")
    files = [str(path) for path in sorted(folder.rglob("*")) if path.suffix in {".html", ".css"}]
    options = ["--format", "json", "--also-check-css", "--exit-zero-always"]
    done = subprocess.run([java, "-jar", str(jar), *options, *files], capture_output=True, check=True, timeout=500)
    found = json.loads(done.stderr)["messages"]
    return [(Path(one.get("url", "")).name, one["message"]) for one in found if one["type"] != "info"]

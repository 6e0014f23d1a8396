"""Turn the lock in `requirements/npm` into the files of its packages, as `make test` installs them.

Without npm the tests that ask for one are skipped by name.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest


def npm_file(name: str) -> Path:
    """Return a file of an installed package, `axe-core/axe.min.js`; skip the test where it is missing."""
    path = Path(sys.prefix) / "npm" / "node_modules" / name
    if not path.is_file():
        pytest.skip(f"{name} is not at hand: install npm and run `make npm-packages`")
    return path

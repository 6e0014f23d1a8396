"""Turn the name of a schema or stylesheet into the path where it lies.

In a clone they lie in the folders that editors see, `schemas/` and `xslt/`; in an installed package they lie in
`_resources` beside this module, put there by the build (`[tool.hatch.build.targets.wheel.force-include]`).
"""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from pipeline.problems import EngineMissing


@functools.cache
def resources() -> Path:
    """Return the folder that holds `schemas/` and `xslt/`; raise `EngineMissing` where neither place has it."""
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    if installed.is_dir():
        return installed
    clone = package.parent
    if (clone / "pyproject.toml").is_file() and (clone / "xslt").is_dir():
        return clone
    raise EngineMissing("the schemas and stylesheets are not installed; install Despatch again")


def resource(name: str) -> Path:
    """Return the path of one resource, such as `schemas/edition.rng`; raise `EngineMissing` where it is not there."""
    path = resources() / name
    if not path.exists():
        raise EngineMissing(f"{name} is missing; install Despatch again")
    return path


@functools.cache
def fingerprint(*folders: str) -> str:
    """Return a hash over every file in these folders: of resources, or `pipeline` for the program itself.

    What was made with another fingerprint is made again.
    """
    digest = hashlib.sha256()
    for folder in folders:
        root = Path(__file__).resolve().parent if folder == "pipeline" else resource(folder)
        files = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        for file in sorted(files):
            digest.update(file.relative_to(root).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()

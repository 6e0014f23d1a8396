"""Turn one run of one stage into figures: `python -m tests.benchmarks.stage STAGE FOLDER JOBS` prints them as JSON.

Each run has a process of its own, so that its peak memory is its own and nothing is compiled beforehand.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.edition import Edition
from pipeline.problems import Outcome
from tests.tei_all import tei_all_path

STAGES = {
    "convert": ("pipeline.conversion", "convert"),
    "check": ("pipeline.validation", "check"),
    "check by tei_all": ("pipeline.validation", "check"),
    "site": ("pipeline.website", "build_website"),
    "print": ("pipeline.typesetting", "build_print"),
}


def run(stage: str, edition: Edition, jobs: int) -> Outcome:
    """Run a stage over an edition."""
    module, name = STAGES[stage]
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    done = function(edition, jobs=jobs, **(named_schemas() if stage == "check by tei_all" else {}))
    return done if isinstance(done, Outcome) else done.outcome


def named_schemas() -> dict[str, list[Path]]:
    """Return TEI's own schema, with its embedded rules, as the schema that the documents must agree with too."""
    path = tei_all_path()
    if path is None:
        raise SystemExit("tei_all is not at hand: name its file in DESPATCH_TEI_ALL")
    return {"schemas": [path]}


def measure(stage: str, edition: Edition, jobs: int) -> dict[str, float]:
    """Return seconds, those of processors, what was made and kept, the problems, and peak memory in megabytes."""
    begin = time.perf_counter()
    outcome = run(stage, edition, jobs)
    return {
        "seconds": time.perf_counter() - begin,
        "cpu": processor_seconds(),
        "made": outcome.made,
        "kept": outcome.kept,
        "problems": len(outcome.problems),
        "memory": megabytes(resource.RUSAGE_SELF),
        "worker": megabytes(resource.RUSAGE_CHILDREN),
    }


def processor_seconds() -> float:
    """Return the seconds that processors have worked for this process and its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def megabytes(who: int) -> float:
    """Return the peak memory of this process, or of the largest of its children, as Linux counts it in kilobytes."""
    return resource.getrusage(who).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Edition(Path(sys.argv[2]).resolve()), int(sys.argv[3]))))

"""Turn the captures in `seeds/` into TEI documents in `tei/`, leaving what editors changed as it is.

    seed → captures → spans → tree and ledger → TEI → reconciled with tei/<id>.xml

Each seed is converted by itself, in any process (`seeds`); identifiers are given afterwards, in the order of capture
keys, so that they do not depend on how the work was shared out (`run`). A seed that is refused never stops the others.
A seed whose bytes, and the program, have not changed since the last run is not converted again (`memory`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pipeline.conversion.memory import ConversionRunning, State, alone, convert_or_keep
from pipeline.conversion.run import Conversion, Run
from pipeline.conversion.seeds import Account, ConvertedSeed, accounts, convert_seed, seeds_of
from pipeline.edition import Edition, read_facts
from pipeline.files import remove_leftovers
from pipeline.problems import Outcome
from pipeline.reconciliation import read_known
from pipeline.workers import each

__all__ = [
    "Account",
    "Conversion",
    "ConversionRunning",
    "ConvertedSeed",
    "accounts",
    "convert",
    "convert_seed",
    "seeds_of",
]


def convert(edition: Edition, seeds: Sequence[Path] = (), jobs: int = 0, *, dry_run: bool = False) -> Conversion:
    """Convert the given seeds, or all of the edition, and return what was done.

    Raise `UnreadableInput` where `tei/corpus.xml` cannot be read.
    """
    facts = read_facts(edition)
    with alone(edition):
        remove_leftovers(edition.tei)
        known, problems = read_known(edition)
        if any(found.severity == "error" for found in problems):
            return Conversion(Outcome(0, 0, tuple(problems)), (), ())
        run = Run(edition, known, problems, dry_run=dry_run, is_whole=not seeds)
        state = State(edition, facts)
        paths = sorted(seeds) or seeds_of(edition)
        converted = each(partial(convert_or_keep, edition=edition, facts=facts, state=state.before), paths, jobs)
        for result in converted:
            run.take(result)
            state.keep(result)
        run.finish()
        if not dry_run:
            state.write(is_whole=not seeds)
        return run.conversion()

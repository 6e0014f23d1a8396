"""Turn the captures in `seeds/` into TEI documents in `tei/`, leaving what editors changed as it is.

    seed → captures → spans → tree and ledger → TEI → reconciled with tei/<id>.xml

Each seed is converted by itself, in any process (`seeds`); identifiers are given afterwards, in the order of capture
keys, so that they do not depend on how the work was shared out (`run`). A seed that is refused never stops the others.
A seed whose bytes, and the program, have not changed since the last run is not converted again (`memory`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from pipeline.authorities.index import authority_fingerprint, make_index
from pipeline.conversion.memory import ConversionRunning, State, alone
from pipeline.conversion.run import Conversion, Run
from pipeline.conversion.seeds import Account, ConvertedSeed, accounts, convert_or_report, convert_seed, seeds_of
from pipeline.edition import Edition, Facts, read_facts
from pipeline.files import remove_leftovers
from pipeline.problems import Outcome
from pipeline.reconciliation import Settling, read_known
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

_NOTHING: Mapping[str, Settling] = MappingProxyType({})


def convert(
    edition: Edition,
    seeds: Sequence[Path] = (),
    jobs: int = 0,
    *,
    dry_run: bool = False,
    settled: Mapping[str, Settling] = _NOTHING,
) -> Conversion:
    """Convert the given seeds, or all of the edition, and return what was done; a dry run writes nothing.

    `settled` says, by identifier, of which documents an editor has settled what conversion had only proposed.

    Raise `UnreadableInput` where `tei/corpus.xml` cannot be read, `ConversionRunning` where another run is under way.
    """
    facts = read_facts(edition)
    if dry_run:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            return _convert(edition, facts, seeds, jobs, settled, for_trial=Path(folder))
    with alone(edition):
        remove_leftovers(edition.tei)
        return _convert(edition, facts, seeds, jobs, settled)


def _convert(
    edition: Edition,
    facts: Facts,
    seeds: Sequence[Path],
    jobs: int,
    settled: Mapping[str, Settling],
    *,
    for_trial: Path | None = None,
) -> Conversion:
    """Convert; a trial writes only into the folder that is given for it."""
    dry_run = for_trial is not None
    known, problems = read_known(edition)
    names, told = make_index(edition, for_trial, jobs)
    problems = [*problems, *told]
    if any(found.severity == "error" for found in problems):
        return Conversion(Outcome(0, 0, tuple(problems)), (), ())
    run = Run(edition, known, problems, dry_run=dry_run, is_whole=not seeds)
    state = State(edition, facts, authority_fingerprint(edition))
    run.copies = state.copies
    run.settled = settled
    state.forget(entry.seed for entry in known.values() if entry.id in settled)
    convert_one = partial(convert_or_report, edition=edition, facts=facts, names=names)
    with run.waiting:
        for result in _converted(sorted(seeds) or seeds_of(edition), convert_one, state, jobs):
            run.take(result)
            state.keep(result)
        run.finish()
    state.tell(run.told)
    state.forget(run.unsettled)
    state.copies = list(run.copies)
    if not dry_run:
        state.write(is_whole=not seeds)
    return run.conversion()


def _converted(
    paths: Sequence[Path], convert_one: Callable[[Path], ConvertedSeed], state: State, jobs: int
) -> Iterator[ConvertedSeed]:
    """Yield each seed's result in the order of paths; what has not changed is not handed to a worker."""
    kept = {path: found for path in paths if (found := state.kept(path))}
    results = each(convert_one, [path for path in paths if path not in kept], jobs)
    for path in paths:
        yield kept.get(path) or next(results)

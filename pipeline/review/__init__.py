"""Turn an edition into the matters that wait for its editors, and their decisions into the documents.

    tei/<id>.xml + authority + build/links.json → matters → terminal, JSON, table
    table → decisions → tei/.despatch/decisions/<id>.jsonl and tei/<id>.xml, as by an editor's hand

`finding` finds matters, `deciding` and `carrying` carry decisions out, `table` is the file that an editor fills in.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.authorities.entries import read_authority
from pipeline.authorities.index import Index, authority_fingerprint, empty_index, make_index, read_index
from pipeline.edition import Edition
from pipeline.files import write_file
from pipeline.freshness import fingerprint_of
from pipeline.problems import Outcome
from pipeline.reconciliation import files_of
from pipeline.reconciliation.decisions import read_decisions
from pipeline.review.carrying import Surroundings, carry_out, with_editor
from pipeline.review.editors import names_of_editors
from pipeline.review.finding import Comparing, Leading, Reader
from pipeline.review.matters import Matter
from pipeline.review.settled import Closed, count_settled, decisions_on
from pipeline.review.source import Source
from pipeline.review.table import Row, read_table, write_table
from pipeline.tei import UnreadableXML
from pipeline.workers import each

__all__ = [
    "Matter",
    "Row",
    "count_decisions",
    "count_waiting",
    "decide",
    "read_table",
    "review",
    "with_editor",
    "write_table",
]


def review(edition: Edition, documents: Iterable[Path], compare: Comparing, jobs: int = 0) -> Iterator[Matter]:
    """Yield what waits for an editor, document by document; one that cannot be read is left to a check."""
    names, _ = make_index(edition)
    read = functools.partial(_read_document, edition, names, compare, _read_links(edition))
    for matters in each(read, documents, jobs):
        yield from matters


def count_waiting(edition: Edition, compare: Comparing, jobs: int = 0) -> int:
    """Return how many matters wait, but sure links of sentences; a document that did not change is not read again."""
    file = edition.build / ".state" / "review.json"
    paths = list(edition.documents())
    on_all = (edition.build / "links.json", authority_fingerprint(edition))
    prints = {path.stem: fingerprint_of(*files_of(edition, path.stem)[:3], *on_all) for path in paths}
    before = _read_counts(file)
    known = {name: before[name] for name, now in prints.items() if before.get(name, ("", 0))[0] == now}
    counts = dict.fromkeys((path.stem for path in paths if path.stem not in known), 0)
    stale = [path for path in paths if path.stem in counts]
    for matter in review(edition, stale, compare, jobs) if stale else ():
        counts[matter.document] += not matter.is_routine
    known |= {name: (prints[name], count) for name, count in counts.items()}
    write_file(file, json.dumps(known, sort_keys=True).encode(), remade=True)
    return sum(count for _, count in known.values())


def _read_counts(file: Path) -> dict[str, tuple[str, int]]:
    """Return the fingerprint of each document when it was counted, and the count; losing them costs time only."""
    try:
        return {name: (str(now), int(count)) for name, (now, count) in json.loads(file.read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def decide(edition: Edition, rows: Sequence[Row], compare: Comparing, named: Mapping[str, str]) -> Outcome:
    """Carry out editors' decisions; `named` are editors, by identifier, whom no document need declare yet."""
    around = Surroundings(
        index=_index(make_index(edition)[0]),
        entries={entry.reference: entry for entry in read_authority(edition).entries},
        names={**names_of_editors(edition), **named},
        compare=compare,
        leading=_read_links(edition),
    )
    return carry_out(edition, rows, around)


def count_decisions(edition: Edition) -> int:
    """Return how many decisions editors have taken on the documents of an edition."""
    files = (files_of(edition, path.stem)[2] for path in edition.documents())
    return sum(count_settled(read_decisions(file.read_bytes())) for file in files if file.is_file())


def _read_document(
    edition: Edition, names: Path | None, compare: Comparing, leading: Leading, path: Path
) -> list[Matter]:
    try:
        source = Source(path.read_bytes(), edition.name(path))
    except (UnreadableXML, OSError):
        return []
    closed = Closed(decisions_on(edition, path.stem, source.content))
    return Reader(source, path.stem, _index(names), closed).read(compare, leading)


def _index(names: Path | None) -> Index:
    return read_index(names) if names else empty_index()


def _read_links(edition: Edition) -> Leading:
    """Return what `linking` has found out, as far as an editor may accept it; nothing where it has not been run."""
    try:
        record = json.loads((edition.build / "links.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return {(link["message"], link["type"], link["words"]): link for link in record["links"] if link["status"] in _OPEN}


_OPEN = frozenset({"resolved", "possible"})

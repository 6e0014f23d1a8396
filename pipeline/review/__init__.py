"""Turn an edition into the matters that wait for its editors, and their decisions into the documents.

    tei/<id>.xml + authority + build/links.json → matters → terminal, JSON, table
    table → decisions → tei/.despatch/decisions/<id>.jsonl and tei/<id>.xml, as by an editor's hand

`finding` finds matters, `deciding` and `carrying` carry decisions out, `table` is the file that an editor fills in.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from pipeline.authorities.entries import read_authority
from pipeline.authorities.index import Index, authority_fingerprint, empty_index, make_index, read_index
from pipeline.authorities.same_name import Written, same_names
from pipeline.edition import Edition
from pipeline.files import write_file
from pipeline.freshness import fingerprint_of
from pipeline.problems import Outcome
from pipeline.reconciliation import files_of
from pipeline.reconciliation.decisions import read_decisions
from pipeline.review.carrying import Surroundings, carry_out, with_editor
from pipeline.review.editors import names_of_editors
from pipeline.review.entering import enter
from pipeline.review.finding import Comparing, Leading, Reader
from pipeline.review.groups import Group, by_key, gathered
from pipeline.review.matters import Matter
from pipeline.review.settled import Closed, count_settled, decisions_on
from pipeline.review.source import Source
from pipeline.review.spreading import Waiting, spread
from pipeline.review.table import Row, read_table, write_table
from pipeline.tei import UnreadableXML
from pipeline.workers import each

__all__ = [
    "Group",
    "Matter",
    "Row",
    "by_key",
    "count_decisions",
    "count_waiting",
    "decide",
    "gathered",
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
    """Return how many matters wait, but sure links of sentences; a name that no list has is one, wherever it stands.

    A document that did not change is not read again.
    """
    file = edition.build / ".state" / "review.json"
    paths = list(edition.documents())
    on_all = (edition.build / "links.json", authority_fingerprint(edition))
    prints = {path.stem: fingerprint_of(*files_of(edition, path.stem)[:3], *on_all) for path in paths}
    before = _read_counts(file)
    counts = {name: count for name, count in before.items() if prints.get(name) == count.fingerprint}
    stale = [path for path in paths if path.stem not in counts]
    found: dict[str, list[Matter]] = {path.stem: [] for path in stale}
    for matter in review(edition, stale, compare, jobs) if stale else ():
        found[matter.document].append(matter)
    counts |= {name: _counted(prints[name], matters) for name, matters in found.items()}
    write_file(file, json.dumps({name: astuple(counts[name]) for name in sorted(counts)}).encode(), remade=True)
    names = [Written(*name, document) for document, count in counts.items() for name in count.names]
    return sum(count.others for count in counts.values()) + len(same_names(names))


@dataclass(frozen=True, slots=True)
class _Count:
    """What waits in a document."""

    fingerprint: str
    """Of all that it was counted from."""
    others: int
    """Matters but sure links of sentences and names that no list has."""
    names: tuple[tuple[str, str, str], ...]
    """Kind, words and language of each place of a name that no list has."""


def _counted(fingerprint: str, matters: Iterable[Matter]) -> _Count:
    waiting = [one for one in matters if not one.is_routine]
    names = tuple((one.kind, one.text, one.language) for one in waiting if one.is_unlisted)
    return _Count(fingerprint, len(waiting) - len(names), names)


def _read_counts(file: Path) -> dict[str, _Count]:
    """Return what each document was counted to have; losing it costs time only."""
    try:
        record = json.loads(file.read_bytes()).items()
        return {
            name: _Count(str(fingerprint), int(others), tuple((kind, text, lang) for kind, text, lang in names))
            for name, (fingerprint, others, names) in record
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def decide(edition: Edition, rows: Sequence[Row], compare: Comparing, named: Mapping[str, str]) -> Outcome:
    """Carry out editors' decisions; `named` are editors, by identifier, whom no document need declare yet.

    Entries that are wanted are made first. Until all is decided, names are read by the lists as they were: what the
    editor was shown is what is decided.
    """
    index, leading = _index(make_index(edition)[0]), _read_links(edition)
    editors = {**names_of_editors(edition), **named}
    waiting = Waiting(edition, functools.partial(_read_again, edition, index, compare, leading))
    single, problems = spread(rows, waiting)
    if any(row.new for row in single):
        single, told = enter(edition, single, waiting, read_authority(edition).entries, editors)
        problems += told
    around = Surroundings(
        index=index,
        entries={entry.reference: entry for entry in read_authority(edition).entries},
        names=editors,
        compare=compare,
        leading=leading,
    )
    outcome = carry_out(edition, single, around)
    return replace(outcome, problems=tuple(sorted([*problems, *outcome.problems])))


def _read_again(edition: Edition, index: Index, compare: Comparing, leading: Leading, document: str) -> list[Matter]:
    return _read(edition, index, compare, leading, edition.tei / f"{document}.xml")


def count_decisions(edition: Edition) -> int:
    """Return how many decisions editors have taken on the documents of an edition."""
    files = (files_of(edition, path.stem)[2] for path in edition.documents())
    return sum(count_settled(read_decisions(file.read_bytes())) for file in files if file.is_file())


def _read_document(
    edition: Edition, names: Path | None, compare: Comparing, leading: Leading, path: Path
) -> list[Matter]:
    return _read(edition, _index(names), compare, leading, path)


def _read(edition: Edition, index: Index, compare: Comparing, leading: Leading, path: Path) -> list[Matter]:
    try:
        source = Source(path.read_bytes(), edition.name(path))
    except (UnreadableXML, OSError):
        return []
    closed = Closed(decisions_on(edition, path.stem, source.content))
    return Reader(source, path.stem, index, closed).read(compare, leading)


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

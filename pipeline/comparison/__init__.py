"""Turn the documents in `tei/` into what their languages disagree about: numbers, dates, names, what one leaves out.

Findings are computed each time, from the links in `standOff` or, where there are none, from links made at once; nothing
is written. What an editor has settled, `note type="discrepancy"` in `standOff`, is not reported again (ENCODING.md §6).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.alignment import align
from pipeline.alignment.disagreement import Finding, disagreements
from pipeline.alignment.links import Link, read_links
from pipeline.alignment.units import Unit, pairs_of, read_units
from pipeline.authorities.index import Index, make_index, read_index
from pipeline.comparison.description import contradictions
from pipeline.edition import Edition
from pipeline.problems import Outcome, Problem, problem
from pipeline.tei import NAMESPACES, UnreadableXML, read_tei
from pipeline.workers import each

LONGEST = 90
"""Characters of a passage that is quoted."""

CITED = frozenset({"ab:archival-reference", "ab:source-line"})
"""Kinds of units that the source added to one of the texts: where it is kept and printed."""

SUBTYPES = {
    "L001": "number", "L002": "date", "L003": "date", "L004": "name", "L005": "name", "L006": "enumeration",
    "L007": "wording", "L008": "omission", "L009": "omission", "L010": "omission", "L011": "omission",
    "L012": "metadata", "L013": "metadata", "L014": "name", "L015": "summary", "L016": "summary", "L017": "arithmetic",
}  # fmt: skip
"""What kind of discrepancy settles a finding, by the code of its problem."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A discrepancy that an editor has settled: its kind, and the passages."""

    subtype: str
    targets: frozenset[str]


def compare(edition: Edition, jobs: int = 0, paths: Sequence[Path] = ()) -> Outcome:
    """Return what the languages of the given documents, or of all, disagree about."""
    files = list(paths) or list(edition.documents())
    names, _ = make_index(edition)
    found = each(functools.partial(compare_file, edition, names), files, jobs)
    return Outcome(len(files), 0, tuple(sorted(one for problems in found for one in problems)))


def compare_file(edition: Edition, names: Path | None, path: Path) -> list[Problem]:
    """Return what the languages of one document disagree about; a file that cannot be read has nothing to compare.

    `names` is the file of the index of names, if the edition has one.
    """
    name = edition.name(path)
    try:
        root = read_tei(path, name).getroot()
    except UnreadableXML:
        return []
    return sorted(compare_document(root, name, read_index(names) if names else None))


def compare_document(root: etree._Element, name: str, index: Index | None = None) -> Iterator[Problem]:
    """Yield what the languages of a document disagree about, and its text and its description.

    `index` are the names that the edition's lists have; without it the names of a summary are not compared.
    """
    settled = list(_settled(root))
    for finding, _ in find_discrepancies(root):
        yield _problem(finding, name)
    for original, translation in pairs_of(root):
        sides = (read_units(original), read_units(translation))
        links = read_links(root, (original, translation), sides) or align(*sides)
        yield from _frames(links, sides, name, settled)
    yield from _of_description(root, name, settled, index)


def find_discrepancies(root: etree._Element) -> Iterator[tuple[Finding, str]]:
    """Yield what linked passages disagree about and no editor has settled, with the kind of discrepancy it is."""
    settled = list(_settled(root))
    for original, translation in pairs_of(root):
        sides = (read_units(original), read_units(translation))
        links = read_links(root, (original, translation), sides) or align(*sides)
        for finding in disagreements(links, *sides):
            if not _is_settled(finding.code, _identifiers(finding.originals, finding.translations), settled):
                yield finding, SUBTYPES[finding.code]


def _settled(root: etree._Element) -> Iterator[Settled]:
    for note in root.iterfind("tei:standOff/tei:note[@type='discrepancy']", NAMESPACES):
        targets = frozenset(target.removeprefix("#") for target in note.get("target", "").split())
        yield Settled(note.get("subtype", ""), targets)


def _is_settled(code: str, identifiers: Iterable[str], settled: Iterable[Settled]) -> bool:
    """Whether an editor has settled a discrepancy of this kind in one of these passages."""
    own = {identifier for identifier in identifiers if identifier}
    return any(one.subtype == SUBTYPES[code] and one.targets & own for one in settled)


def _identifiers(*sides: Iterable[Unit]) -> list[str]:
    return [unit.id for side in sides for unit in side]


def _problem(finding: Finding, name: str) -> Problem:
    """Return a finding as a problem, at the line where its first passage begins."""
    texts = [" ".join(unit.text for unit in side) for side in (finding.originals, finding.translations)]
    line = (*finding.originals, *finding.translations)[0].line
    passages = [quoted(text, finding.written) for text in texts]
    if not all(texts):
        return problem(finding.code, name, line, passage="".join(passages))
    return problem(
        finding.code,
        name,
        line,
        original=finding.ours or "—",
        translation=finding.theirs or "—",
        passage=passages[0],
        other=passages[1],
    )


def quoted(text: str, written: Sequence[str] = ()) -> str:
    """Return a passage short enough to be read in a list of problems, with what is in question in it."""
    if len(text) <= LONGEST:
        return text
    place = next((text.find(one) for one in written if one and one in text), 0)
    start = max(0, min(place - LONGEST // 2, len(text) - LONGEST))
    return ("…" if start else "") + text[start : start + LONGEST].strip() + ("…" if start + LONGEST < len(text) else "")


def _frames(
    links: Sequence[Link], sides: tuple[Sequence[Unit], Sequence[Unit]], name: str, settled: Sequence[Settled]
) -> Iterator[Problem]:
    """Yield, once for each side, the parts of its frame that the other has not."""
    for code, units, places in (
        ("L010", sides[0], [place for link in links if not link.translations for place in link.originals]),
        ("L011", sides[1], [place for link in links if not link.originals for place in link.translations]),
    ):
        missing = [units[place] for place in places if not units[place].is_running and units[place].kind not in CITED]
        missing = [unit for unit in missing if not _is_settled(code, [unit.id], settled)]
        parts = list(dict.fromkeys(quoted(unit.text) for unit in missing if unit.kind != "cell"))
        if parts:
            yield problem(code, name, missing[0].line, parts="; ".join(parts))


def _of_description(
    root: etree._Element, name: str, settled: Sequence[Settled], index: Index | None
) -> Iterator[Problem]:
    """Yield what the document says otherwise in two places, what editors settled apart."""
    for found in contradictions(root, name, index):
        if not any(one.subtype == SUBTYPES[found.code] for one in settled):
            yield found

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
from pipeline.alignment.numbers import find_numbers
from pipeline.alignment.units import Unit, pairs_of, read_units
from pipeline.annotation.dating import parse_date
from pipeline.edition import Edition
from pipeline.problems import Outcome, Problem, problem
from pipeline.tei import NAMESPACES, XML_LANG, UnreadableXML, read_tei
from pipeline.workers import each

LONGEST = 90
"""Characters of a passage that is quoted."""

CITED = frozenset({"ab:archival-reference", "ab:source-line"})
"""Kinds of units that the source added to one of the texts: where it is kept and printed."""

SUBTYPES = {
    "L001": "number", "L002": "date", "L003": "date", "L004": "name", "L005": "name", "L006": "enumeration",
    "L007": "wording", "L008": "omission", "L009": "omission", "L010": "omission", "L011": "omission",
    "L012": "metadata", "L013": "metadata",
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
    found = each(functools.partial(compare_file, edition), files, jobs)
    return Outcome(len(files), 0, tuple(sorted(one for problems in found for one in problems)))


def compare_file(edition: Edition, path: Path) -> list[Problem]:
    """Return what the languages of one document disagree about; a file that cannot be read has nothing to compare."""
    name = edition.name(path)
    try:
        root = read_tei(path, name).getroot()
    except UnreadableXML:
        return []
    return sorted(compare_document(root, name))


def compare_document(root: etree._Element, name: str) -> Iterator[Problem]:
    """Yield what the languages of a document disagree about, and its text and its description."""
    settled = list(_settled(root))
    for finding, _ in find_discrepancies(root):
        yield _problem(finding, name)
    for original, translation in pairs_of(root):
        sides = (read_units(original), read_units(translation))
        links = read_links(root, (original, translation), sides) or align(*sides)
        yield from _frames(links, sides, name, settled)
    yield from _of_description(root, name, settled)


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


# The document as a whole


def _of_description(root: etree._Element, name: str, settled: Sequence[Settled]) -> Iterator[Problem]:
    """Yield what the description of a document and the text, or two places of the text, disagree about."""
    for found in (*_numbers_of_sheets(root, name), *_date_of_record(root, name)):
        if not any(one.subtype == SUBTYPES[found.code] for one in settled):
            yield found


def _numbers_of_sheets(root: etree._Element, name: str) -> Iterator[Problem]:
    """Yield a telegram's number on the continued sheets that is not the one in its head: `№ 149` and `№ 15994`."""
    for witness in root.iterfind(".//tei:body/tei:div", NAMESPACES):
        language = witness.get(XML_LANG) or "und"
        heads = witness.iterfind(".//tei:opener/tei:seg[@type='document-type']", NAMESPACES)
        sheets = list(witness.iterfind(".//tei:fw[@type='continuation']", NAMESPACES))
        head, found = _numbers(heads, language), _numbers(sheets, language)
        if head and (others := [value for value in found if value not in head]):
            yield problem("L012", name, sheets[0].sourceline or 0, sheets=", ".join(others), head=", ".join(head))


def _numbers(elements: Iterable[etree._Element], language: str) -> list[str]:
    texts = ["".join(map(str, element.itertext())) for element in elements]
    return list(dict.fromkeys(one.value for text in texts for one in find_numbers(text, language)))


def _date_of_record(root: etree._Element, name: str) -> Iterator[Problem]:
    """Yield a date in the record of the capture that is not that of the document."""
    date = root.find(".//tei:creation/tei:date[@when]", NAMESPACES)
    fields = root.iterfind(".//tei:bibl[@type='capture']/tei:note[@n='date']", NAMESPACES)
    for field in fields if date is not None else ():
        recorded = parse_date("".join(map(str, field.itertext())), "en")
        document = date.get("when", "") if date is not None else ""
        if recorded and recorded.value and not _agree(recorded.value, document):
            yield problem("L013", name, field.sourceline or 0, record=recorded.value, document=document)


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)

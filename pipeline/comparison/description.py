"""Turn what a document says of itself in two places into what they disagree about: sheets, record, summary, copies.

Findings have the whole document as their place; an editor settles one with a note of its kind (`comparison.SUBTYPES`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from pipeline.alignment.units import number_anchors
from pipeline.annotation.dating import parse_date
from pipeline.authorities.index import Index
from pipeline.comparison.copies import miscounted_copies
from pipeline.comparison.summary import choices_not_left, not_in_text
from pipeline.problems import Problem, problem
from pipeline.tei import NAMESPACES, XML_LANG


def contradictions(root: etree._Element, name: str, index: Index | None) -> Iterator[Problem]:
    """Yield what the description of a document and the text, or two places of the text, disagree about."""
    yield from _numbers_of_sheets(root, name)
    yield from _date_of_record(root, name)
    yield from _summaries(root, name, index)
    yield from _copies(root, name)


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
    return list(dict.fromkeys(one.value for text in texts for one in number_anchors(text, language)))


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


def _summaries(root: etree._Element, name: str, index: Index | None) -> Iterator[Problem]:
    """Yield what summaries name that the text does not, and choices that the text leaves and they do not."""
    for summary in root.iterfind(".//tei:profileDesc/tei:abstract", NAMESPACES):
        line = summary.sourceline or 0
        if found := list(not_in_text(summary, root, index)):
            yield problem("L015", name, line, found=", ".join(found))
        for both, either in choices_not_left(summary, root, index):
            yield problem("L016", name, line, summary=both, text=either)


def _copies(root: etree._Element, name: str) -> Iterator[Problem]:
    """Yield counts of copies that do not add up."""
    for witness in root.iterfind(".//tei:body/tei:div", NAMESPACES):
        if counted := miscounted_copies(witness):
            typed, named, filed, line = counted
            yield problem("L017", name, line, typed=typed, named=named, filed=filed)

"""Turn what a message says of other messages into `correspContext/ref`: its own words, with day, number, name in them.

Which document of the edition is meant is not said here: `linking` works that out over all of them (ENCODING.md §3).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.annotation.dating import DateContext
from pipeline.annotation.phrases import date_attributes
from pipeline.annotation.references import MessageReference, find_references, same_message
from pipeline.encoding.text import append_text
from pipeline.tei import tag


@dataclass(frozen=True, slots=True)
class Related:
    """What a message says of another: its words, and where in them day, number and name stand."""

    words: str
    reference: MessageReference
    """With offsets in the words."""


def read_related(text: str, language: str, context: DateContext | None) -> Iterator[Related]:
    """Yield what a paragraph says of other messages."""
    for found in find_references(text, language, context):
        start = found.start
        date = found.date and replace(found.date, start=found.date.start - start, end=found.date.end - start)
        name = found.name and (found.name[0] - start, found.name[1] - start)
        yield Related(text[start : found.end], replace(found, start=0, end=found.end - start, date=date, name=name))


def distinct(related: Iterable[Related], conveyed: Collection[str]) -> tuple[Related, ...]:
    """Return each message once, with what is said of it first; those of the days of conveyed ones are left out."""
    found: list[Related] = []
    for one in related:
        if one.reference.date and one.reference.date.value in conveyed:
            continue
        if not any(same_message(one.reference, other.reference) for other in found):
            found.append(one)
    return tuple(found)


def write_related(context: etree._Element, related: Related) -> None:
    """Write what the document says of another message in its own words, with day, number and name marked in them."""
    reference = related.reference
    marked: list[tuple[int, int, str, dict[str, str]]] = []
    if reference.date and (attributes := date_attributes(reference.date)):
        marked.append((reference.date.start, reference.date.end, "date", attributes))
    if reference.number:
        start = related.words.index(reference.number)
        marked.append((start, start + len(reference.number), "idno", {}))
    if reference.name:
        marked.append((*reference.name, "persName", {}))
    element = etree.SubElement(context, tag("ref"), type=reference.type)
    reached = 0
    for start, end, name, attributes in sorted(marked, key=lambda one: one[0]):
        append_text(element, related.words[reached:start])
        append_text(etree.SubElement(element, tag(name), attributes), related.words[start:end])
        reached = end
    append_text(element, related.words[reached:])

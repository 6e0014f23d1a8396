"""Turn a document's summary (`abstract`) into what it says and the text does not.

Only what can be looked up is compared: numbers, dates, names that the authority knows, and two names of which the text
leaves a choice, `или`, while the summary joins them, `and`. Whether a summary tells an argument rightly, nobody sees
here. A country counts as named where the text has a word of its stem: `China`, `Chinese`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from pipeline.alignment.disagreement import has_number
from pipeline.alignment.units import Anchor, Unit, number_anchors, read_units, witnesses_of
from pipeline.annotation.dating import DateFound, find_dates
from pipeline.annotation.names import Sighting, find_names
from pipeline.annotation.readings import Reading
from pipeline.authorities.forms import Kind
from pipeline.authorities.index import Index
from pipeline.languages import alternatives, is_known, language
from pipeline.tei import NAMESPACES, XML_LANG, tag

TITLES = ".//tei:titleStmt/tei:title"
"""Who is named in a title may be meant in the text without a name: a speaker, the author of a diary."""

STEM = 4
"""Letters that a name and an adjective of it share at their beginning."""

_NAMES = frozenset(map(tag, ("persName", "placeName", "orgName", "rs")))
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Summary:
    text: str
    language: str
    names: tuple[Sighting, ...]


def _read(summary: etree._Element, index: Index | None) -> _Summary:
    tagged = summary.get(XML_LANG) or "und"
    text = " ".join("".join(map(str, summary.itertext())).split())
    names = find_names(Reading(text, lambda: ((), None)), tagged, index) if index else ()
    return _Summary(text, tagged, tuple(names))


def not_in_text(summary: etree._Element, root: etree._Element, index: Index | None) -> Iterator[str]:
    """Yield the numbers, dates and names of a summary that no text of the document has."""
    read = _read(summary, index)
    units = [unit for witness in witnesses_of(root) for unit in read_units(witness)]
    if not units:
        return
    anchors = [anchor for unit in units for anchor in unit.anchors]
    dates = [date for date in find_dates(read.text, read.language) if date.value]
    yield from _numbers(read, dates, anchors)
    days = {element.get("when", "") for element in root.iter(tag("date"))} | {one.value for one in anchors}
    for date in dates:
        if not any(_is_day(date.value, day) for day in days):
            yield read.text[date.start : date.end]
    yield from _names(read, root, units)


def _numbers(read: _Summary, dates: Sequence[DateFound], anchors: Sequence[Anchor]) -> Iterator[str]:
    places = [(found.start, found.end) for found in dates] + [(found.start, found.end) for found in read.names]
    text = list(read.text)
    for start, end in places:
        text[start:end] = " " * (end - start)
    missing = [one for one in number_anchors("".join(text), read.language) if one.is_sure]
    yield from dict.fromkeys(one.written for one in missing if not has_number(one, anchors))


def _is_day(date: str, day: str) -> bool:
    """Whether a day of the text is that of a summary, as far as this says it: `1950-10`, `--10-03`."""
    return bool(day) and (day.endswith(date[1:]) if date.startswith("--") else day.startswith(date))


def _names(read: _Summary, root: etree._Element, units: Sequence[Unit]) -> Iterator[str]:
    known = _references(root)
    titles = ["".join(map(str, title.itertext())) for title in root.iterfind(TITLES, NAMESPACES)]
    texts = [*titles, *(unit.text for unit in units)]
    stems = {word[:STEM] for text in texts for word in _WORD.findall(text.casefold())}
    for found in read.names:
        references = {meaning.reference for meaning in found.meanings if meaning.kind in {Kind.LISTED, Kind.MADE}}
        written = read.text[found.start : found.end]
        words = _WORD.findall(written.casefold())
        if references and not references & known and stems.isdisjoint(word[:STEM] for word in words):
            yield written


def _references(root: etree._Element) -> set[str]:
    """Return everybody and everything that the text and the description of its sending refer to."""
    return {element.get("ref", "") for element in root.iter(*_NAMES)} - {""}


def choices_not_left(summary: etree._Element, root: etree._Element, index: Index | None) -> Iterator[tuple[str, str]]:
    """Yield two names that a summary joins, with those words of the text that leave a choice between them."""
    read = _read(summary, index)
    joined = _between(read.language, "and")
    choices = _choices(root)
    for one, other in pairwise(read.names):
        if not joined.fullmatch(read.text, one.end, other.start):
            continue
        meant = [{meaning.reference for meaning in found.meanings} for found in (one, other)]
        for pair, words in choices.items():
            if any(first in meant[0] and second in meant[1] for first, second in (pair, pair[::-1])):
                yield read.text[one.start : other.end], words


def _choices(root: etree._Element) -> Mapping[tuple[str, str], str]:
    """Return the first words of the text that leave a choice between two references."""
    found: dict[tuple[str, str], str] = {}
    for witness in root.iterfind(".//tei:body/tei:div", NAMESPACES):
        choice = _between(witness.get(XML_LANG) or "und", "or")
        for element in witness.iter(*_NAMES):
            other = element.getnext()
            if other is not None and other.tag in _NAMES and choice.fullmatch(element.tail or ""):
                pair = (element.get("ref", ""), other.get("ref", ""))
                words = "".join(map(str, (*element.itertext(), element.tail or "", *other.itertext())))
                if all(pair) and not _is_known(pair, found):
                    found[pair] = " ".join(words.split())
    return found


def _is_known(pair: tuple[str, str], others: Collection[tuple[str, str]]) -> bool:
    return pair in others or pair[::-1] in others


@functools.lru_cache(maxsize=64)
def _between(tagged: str, word: str) -> re.Pattern[str]:
    """Return the pattern of a language's `and` or `or` between two names."""
    table: Mapping[str, Sequence[str]] = language(tagged).tables.get("comparison", {}) if is_known(tagged) else {}
    return re.compile(rf"\s+(?i:{alternatives(table.get(word, ()))})\s+")

"""Turn a document as it stands now into the matters that wait for an editor.

What the program has inferred says so in the document (`resp="#despatch"` with `cert`, ENCODING.md §1.4). Names that are
not linked, apparent errors and links to other documents are worked out anew from the words and the lists of names, so
that they hold after edits and for documents that no conversion made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from lxml import etree

from pipeline.alignment.disagreement import Finding
from pipeline.annotation.errata import find_errors
from pipeline.annotation.own_text import ADDED_IN_CHOICE, Passage, folded, occurrence, read_passages
from pipeline.annotation.phrases import REFERENCES
from pipeline.annotation.suggestions import Candidate
from pipeline.annotation.suggestions import Suggestion as Transfer
from pipeline.annotation.transfer import find_transfers
from pipeline.authorities.index import Index
from pipeline.authorities.suggestions import NAMES, SAME, Suggestion, find_candidates, find_suggestions
from pipeline.review.matters import Matter
from pipeline.review.settled import Closed
from pipeline.review.source import Source
from pipeline.tei import NAMESPACES, XML_ID, XML_LANG, local_name, tag

MACHINE = "#despatch"

ABOUT = 40
"""Characters of context on either side."""

BEGINNING = 60
"""Characters by which a whole passage is named."""

FORM = frozenset({"dateline", "seg"})
"""Parts of a telegram's form: a capital at their beginning makes no name."""

Comparing = Callable[[etree._Element], Iterable[tuple[Finding, str]]]
"""What finds the disagreements of a document's languages, and the kind of each."""

Leading = Mapping[tuple[str, str, str], Mapping[str, object]]
"""What references to other documents lead to, by message, type and words: entries of `build/links.json`."""

_KINDS = {
    "date": "date", "num": "quantity", "measure": "quantity", "corr": "correction", "expan": "abbreviation",
    "link": "alignment", "ptr": "alignment", "p": "division", "opener": "division", "closer": "division",
    "postscript": "division", "head": "division", "ab": "division", "item": "division", "list": "division",
}  # fmt: skip
_VALUES = ("when", "when-iso", "from", "to", "notBefore", "notAfter", "quantity", "atLeast", "atMost", "value", "unit")
_CYRILLIC = re.compile("[А-яЁё]")
_SILENT = frozenset(map(tag, ("fw", "pb")))
_SCORES = {"high": 0.9, "medium": 0.6, "low": 0.3}


class Reader:
    """Reads the matters of one document."""

    def __init__(self, source: Source, document: str, index: Index, closed: Closed) -> None:
        self.source = source
        self.document = document
        self.index = index
        self.closed = closed
        passages = read_passages(source.root, source.offsets, _is_silent, frozenset(NAMES))
        self.passages = passages
        self.where = {one: (passage, start, end) for passage in passages.values() for start, end, one in passage.marks}

    def read(self, compare: Comparing, leading: Leading) -> list[Matter]:
        """Return the matters in the order of the file, each with its own name."""
        transfers = find_transfers(self.source.root)
        suggested = [_with_linked(one, transfers) for one in self._names()]
        taken = {one.element for one in suggested}
        marked = [one for one in self._inferred() if one.element not in taken]
        known = {(one.passage, one.text) for one in suggested}
        names = [*suggested, *self._transfers(known, transfers)]
        found = [*names, *marked, *self._errors(), *self._links(leading), *self._discrepancies(compare)]
        return list(_distinct(sorted(found, key=lambda one: (one.kind == "alignment", one.line, one.start, one.kind))))

    # What the document says was inferred

    def _inferred(self) -> Iterator[Matter]:
        for number, element in enumerate(self.source.elements):
            if element.get("resp") == MACHINE and element.get("cert"):
                yield self._inferred_one(number, element)

    def _inferred_one(self, number: int, element: etree._Element) -> Matter:
        name = local_name(element)
        kind = NAMES.get(str(element.tag)) or _KINDS.get(name, "reading")
        certainty = element.get("cert", "")
        if kind == "alignment":
            return self._alignment(number, element, certainty)
        own = element.getparent() if element.tag in ADDED_IN_CHOICE else element
        if own is None or own not in self.where:
            own = element
        passage, start, end = self.where[own]
        if kind == "division" or start == end:
            text = folded("".join(map(str, element.itertext())))[:BEGINNING].strip() or _values(element)
            count, context = 1, f"‹{text}›"
        else:
            text, count = occurrence(passage.text, start, end)
            count += _nested(element)
            context = _context(passage, start, end)
        candidates = self._proposed(element, kind, text, certainty)
        extent = passage.place(start, end)
        line = self.source.line(self.source.extents[number].start)
        return Matter(
            self.document, passage.identifier, text, count, kind, "inferred", candidates, certainty, line, context,
            number, *extent,
        )  # fmt: skip

    def _proposed(self, element: etree._Element, kind: str, text: str, certainty: str) -> tuple[Candidate, ...]:
        score = _SCORES.get(certainty, 0.0)
        if element.tag in NAMES:
            reference = element.get("ref", "")
            others = find_candidates(text, kind, _language(element), self.index) if reference else ()
            alternatives = [_candidate(one) for one in others if one.reference != reference]
            return (Candidate(reference, score, "inferred"), *alternatives)
        if kind in {"correction", "abbreviation"}:
            return (Candidate(folded("".join(map(str, element.itertext()))), score, "inferred"),)
        return (Candidate(_values(element) or local_name(element), score, "inferred"),)

    def _alignment(self, number: int, element: etree._Element, certainty: str) -> Matter:
        targets = element.get("target", "").replace("#", "").split()
        quoted = " — ".join(f"“{_shortened(self._words(target))}”" for target in targets)
        return Matter(
            document=self.document,
            passage=targets[0] if targets else "",
            text=element.get("target", ""),
            occurrence=1,
            kind="alignment",
            why="no-counterpart" if local_name(element) == "ptr" else "inferred",
            candidates=(Candidate(element.get("target", ""), _SCORES.get(certainty, 0.0), "inferred"),),
            certainty=certainty,
            line=self.source.line(self.source.extents[number].start),
            context=quoted,
            element=number,
        )

    def _words(self, identifier: str) -> str:
        passage = self.passages.get(identifier)
        return folded(passage.text) if passage else ""

    # Names

    def _names(self) -> Iterator[Matter]:
        for one in find_suggestions(self.source.root, self.index):
            number = self.source.number(one.element) if one.element is not None else -1
            start, end = self._within(one.passage, one.start, one.end)
            if not one.text or start < 0:
                continue
            passage = self.passages[one.passage]
            text, count = occurrence(passage.text, start, end)
            place = (one.passage, text, count + _nested(one.element), one.kind)
            if not self.closed.has(place):
                yield self._name(place, one, number, passage, _context(passage, start, end))
        for element in self.source.root.iterfind(f".//{tag('correspAction')}/*"):
            if element.tag in NAMES and not element.get("ref") and not element.get("resp"):
                yield from self._name_in_header(element)

    def _transfers(self, known: Set[tuple[str, str]], transfers: Iterable[Transfer]) -> Iterator[Matter]:
        """Yield names that the linked sentence of the other language has, where one may stand unmarked here."""
        for one in transfers:
            passage = self.passages.get(one.passage)
            place = (one.passage, one.text, one.occurrence, one.kind)
            starts = [found.start() for found in re.finditer(re.escape(one.text), passage.text)] if passage else []
            if passage is None or len(starts) < one.occurrence or place[:2] in known or self.closed.has(place):
                continue
            start = starts[one.occurrence - 1]
            begin, end = passage.place(start, start + len(one.text))
            context = _context(passage, start, start + len(one.text))
            yield Matter(
                self.document, *place, "unmarked", one.candidates, "", self._line(begin), context, -1, begin, end,
            )  # fmt: skip

    def _name(
        self, place: tuple[str, str, int, str], found: Suggestion, number: int, passage: Passage, context: str
    ) -> Matter:
        return Matter(
            self.document,
            *place,
            why=found.reason,
            candidates=tuple(_candidate(one) for one in found.candidates),
            certainty=found.element.get("cert", "") if found.element is not None else "",
            line=self._line(found.start, number),
            context=context,
            element=number,
            start=found.start,
            end=found.end,
            language=_language(passage.element),
        )

    def _name_in_header(self, element: etree._Element) -> Iterator[Matter]:
        passage, start, end = self.where[element]
        text, count = occurrence(passage.text, start, end)
        kind = NAMES[str(element.tag)]
        if not text or self.closed.has((passage.identifier, text, count, kind)):
            return
        language = "ru" if _CYRILLIC.search(text) else "en"
        found = find_candidates(text, kind, language, self.index)
        number = self.source.number(element)
        yield Matter(
            self.document,
            *(passage.identifier, text, count, kind),
            why="ambiguous" if found and found[0].reason == SAME else "unknown",
            candidates=tuple(_candidate(one) for one in found),
            line=self._line(-1, number),
            context=_context(passage, start, end),
            element=number,
            language=language,
        )

    def _line(self, start: int, number: int = -1) -> int:
        if number >= 0:
            return self.source.line(self.source.extents[number].start)
        return self.source.line(self.source.begins[start]) if start >= 0 else 0

    def _within(self, identifier: str, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the document lies in the text of a passage; (-1, -1) where it does not."""
        passage = self.passages.get(identifier)
        if passage is None or start < 0 or start not in passage.places or end - 1 not in passage.places:
            return -1, -1
        return passage.places.index(start), passage.places.index(end - 1) + 1

    # Apparent errors

    def _errors(self) -> Iterator[Matter]:
        for passage in self.passages.values():
            division = _division(passage.element)
            if division is None or _is_citation(passage.element):
                continue
            is_form = local_name(passage.element) in FORM
            taken = [(start, end) for start, end, one in passage.marks if local_name(one) in {"choice", "foreign"}]
            for found in find_errors(passage.text, division.get(XML_LANG, "und"), is_form=is_form):
                if any(found.start < end and start < found.end for start, end in taken):
                    continue
                place = (passage.identifier, *occurrence(passage.text, found.start, found.end), "correction")
                if not passage.identifier or self.closed.has(place):
                    continue
                start, end = passage.place(found.start, found.end)
                context = _context(passage, found.start, found.end)
                yield Matter(
                    self.document, *place, "proposed", found.candidates, found.certainty, self._line(start), context,
                    -1, start, end,
                )  # fmt: skip

    # Other documents

    def _links(self, leading: Leading) -> Iterator[Matter]:
        for message in self.source.root.iterfind(f".//{tag('correspDesc')}"):
            identifier = message.get(XML_ID, "")
            seen: list[tuple[str, str]] = []
            for ref in message.iterfind(f"{tag('correspContext')}/{tag('ref')}"):
                words = folded("".join(map(str, ref.itertext())))
                seen.append((ref.get("type", ""), words))
                place = (identifier, words, sum(one[1] == words for one in seen), "link")
                link = leading.get((f"{self.document}#{identifier}", *seen[-1]))
                if link and not ref.get("target") and not self.closed.has(place):
                    yield self._link(self.source.number(ref), place, link)

    def _link(self, number: int, place: tuple[str, str, int, str], link: Mapping[str, object]) -> Matter:
        certainty, reason = str(link["certainty"]), str(link["reason"])
        targets = link["targets"]
        names = [str(target) for target in targets] if isinstance(targets, list) else []
        return Matter(
            self.document,
            *place,
            why=str(link["status"]),
            candidates=tuple(
                Candidate(name.replace("#", ".xml#", 1), _SCORES.get(certainty, 0.0), reason) for name in names
            ),
            certainty=certainty,
            line=self._line(-1, number),
            context=f"‹{place[1]}›",
            element=number,
        )

    # Original and translation

    def _discrepancies(self, compare: Comparing) -> Iterator[Matter]:
        for finding, kind in compare(self.source.root):
            units = (*finding.originals, *finding.translations)
            targets = " ".join(f"#{unit.id}" for unit in units if unit.id)
            if not targets:
                continue
            said = [one or "—" for one in (finding.ours, finding.theirs)]
            text = " | ".join(said) if any((finding.ours, finding.theirs)) else _shortened(units[0].text)
            place = (units[0].id, text, 1, "discrepancy")
            quoted = " — ".join(f"“{_shortened(unit.text, finding.written)}”" for unit in units)
            if not self.closed.has(place):
                yield Matter(
                    self.document, *place, kind, (Candidate(targets, 0.5, finding.code),), "", units[0].line, quoted
                )


def _nested(element: etree._Element | None) -> int:
    """Return what tells a name within a name of the same words from the one about it: a hundred for each about it."""
    if element is None or element.tag not in NAMES:
        return 0
    words = folded("".join(map(str, element.itertext())))
    about = (one for one in element.iterancestors(str(element.tag)))
    return 100 * sum(folded("".join(map(str, one.itertext()))) == words for one in about)


def _is_silent(element: etree._Element) -> bool:
    if element.tag in ADDED_IN_CHOICE:
        parent = element.getparent()
        return parent is not None and parent.tag == tag("choice")
    return element.tag in _SILENT or (element.tag == tag("note") and bool(element.get("resp")))


def _is_citation(element: etree._Element) -> bool:
    return element.get("type") in REFERENCES or local_name(element) == "stamp"


def _division(element: etree._Element) -> etree._Element | None:
    """Return the original or the translation in which an element stands; none in the header."""
    around = element.xpath("ancestor-or-self::tei:div[@xml:lang][1][ancestor::tei:body]", namespaces=NAMESPACES)
    return around[0] if isinstance(around, list) and around and isinstance(around[0], etree._Element) else None


def _language(element: etree._Element) -> str:
    division = _division(element)
    return division.get(XML_LANG, "") if division is not None else ""


def _with_linked(matter: Matter, transfers: Iterable[Transfer]) -> Matter:
    """Return a name with what the linked sentence of the other language has in its place, as the first candidate."""
    place = (matter.passage, matter.text, matter.occurrence, matter.kind)
    linked = [
        found
        for one in transfers
        if (one.passage, one.text, one.occurrence, one.kind) == place
        for found in one.candidates
    ]
    if not linked:
        return matter
    values = {one.value for one in linked}
    return replace(matter, candidates=(*linked, *(one for one in matter.candidates if one.value not in values)))


def _candidate(found: object) -> Candidate:
    reference, score, reason = (getattr(found, name) for name in ("reference", "score", "reason"))
    return Candidate(str(reference), score / 100, str(reason))


def _values(element: etree._Element) -> str:
    return " ".join(f"{name}={value}" for name in _VALUES if (value := element.get(name)))


def _context(passage: Passage, start: int, end: int) -> str:
    text = passage.text
    before, after = folded(text[max(0, start - ABOUT) : start]), folded(text[end : end + ABOUT])
    left = " " if start and text[start - 1].isspace() else ""
    right = " " if text[end : end + 1].isspace() else ""
    opening = "…" if start > ABOUT else ""
    closing = "…" if end + ABOUT < len(text) else ""
    return f"{opening}{before}{left}‹{folded(text[start:end])}›{right}{after}{closing}".strip()


def _shortened(text: str, written: Sequence[str] = ()) -> str:
    place = next((text.find(one) for one in written if one and one in text), 0)
    start = max(0, min(place - BEGINNING // 2, len(text) - BEGINNING))
    return (
        f"{'…' if start else ''}{text[start : start + BEGINNING].strip()}{'…' if start + BEGINNING < len(text) else ''}"
    )


def _distinct(matters: Iterable[Matter]) -> Iterator[Matter]:
    """Yield matters so that no two have one name: of several that would have it, each later one counts one on."""
    seen: set[tuple[str, str, int, str]] = set()
    for matter in matters:
        count = matter.occurrence
        while (matter.passage, matter.text, count, matter.kind) in seen:
            count += 1
        seen.add((matter.passage, matter.text, count, matter.kind))
        yield matter if count == matter.occurrence else replace(matter, occurrence=count)

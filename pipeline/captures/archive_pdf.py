"""Turn the text of an archive's PDF into a capture: a head with labelled parts, then the document.

    capture  = {running head} date title part {part} document
    part     = label ":" value                     value: to the next label, over any number of lines
    label    = "Citation" | "Summary" | "Credits" | "Original Language" | "Contents" | …
    contents = {item}                              each on a line: "Transcript - Russian", "English Translation"

The parts stand in any order; `Contents` ends the head. A title may run over lines, in markdown's `**`. Text taken from
a web page may be one line; then the labels are found inside it. From seed 002:

    "Cable No. 3355, …", July 13, 1950, Wilson Center Digital Archive, RGASPI, f. 558, op. 11, d. 334, ll.0085.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.annotation.spans import Span
from pipeline.captures.capture import Capture, Evidence, Line, Seed, lines_of
from pipeline.captures.completing import complete
from pipeline.captures.fields import (
    DATE,
    LABELS,
    date_in_line,
    dropped,
    field,
    field_in_markup,
    field_with_address,
)
from pipeline.captures.language import languages
from pipeline.captures.site import is_site_line

NAME = "archive-pdf"

_WORDS = (
    r"Citation|Summary|Abstract|Credits?|Original\s+Languages?(?:\(s\))?|Contents|Authors?(?:\(s\))?|Keywords|Rights"
    r"|Classification|Original\s+Archive|Collections?|Translator"
)
_LABEL_LINE = re.compile(rf"^[ \t]*(?:\*\*|__|#{{1,6}}[ \t]*)?(?P<label>{_WORDS})[ \t]*:?(?:\*\*|__)?:?", re.MULTILINE)
_LABEL_INSIDE = re.compile(rf"(?:^|(?<=\s))(?P<label>{_WORDS}):(?=\s)")
_BLANK = re.compile("(?:\r\n|[\n\r\x0c\x85\u2028\u2029])[^\\S\n\r]*(?:\r\n|[\n\r\x0c\x85\u2028\u2029])|\x0c")
_SITE_INSIDE = re.compile(
    r"(?:\s*(?:Wilson Center Digital Archive|Digital Archive|digitalarchive\.wilsoncenter\.org"
    r"|International History Declassified))+",
    re.IGNORECASE,
)
_DATE_INSIDE = re.compile(rf"\s*(?P<date>{DATE})", re.VERBOSE)
_QUOTED = re.compile(r"Citation:\s*[“\"](?P<title>[^”\"]{8,400}?)[,.]?[”\"]")
FARTHEST = 6000
"""Characters from one label to the next; a label farther off belongs to the document."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A label of the head and where it stands."""

    start: int
    end: int
    name: str
    """The field that it labels."""


def recognise(seed: Seed, text: str) -> Evidence:
    """Say how much a citation with other labelled parts beside it speaks for this format."""
    labels = _labels(text) if "Citation" in text else ()
    names = [label.name for label in labels]
    if "citation" not in names or len(names) < 2:
        return Evidence(0)
    seen = tuple(text[label.start : label.end].strip(" \t*#:\n") for label in labels)
    return Evidence(min(90, 50 + 10 * len(names)), seen)


def read(seed: Seed, text: str) -> list[Capture]:
    """Return a capture for each head in the file."""
    edges = sorted({0, *_further_heads(text), len(text)})
    parts = [text[start:end] for start, end in itertools.pairwise(edges)]
    return [complete(seed, part, NAME, head(part)) for part in parts]


def _further_heads(text: str) -> list[int]:
    """Return where documents after the first begin: at the date, or the running head above it, of a further citation.

    A citation inside a document has no date and title above it, or no other part of a head below it.
    """
    lines = [line for line in lines_of(text) if not line.is_blank]
    citations = [at for at, line in enumerate(lines) if _is_citation(line) and _has_parts(text, line.start)]
    return [lines[first].start for at in citations[1:] if (first := _first_of_head(lines, at)) is not None]


def _is_citation(line: Line) -> bool:
    found = _LABEL_LINE.match(line.text) if "Citation" in line.text else None
    return bool(found and LABELS.get(_folded_label(found)) == "citation" and ":" in found.group())


def _has_parts(text: str, start: int) -> bool:
    return len(_labels(text[start : start + FARTHEST])) > 1


def _first_of_head(lines: Sequence[Line], citation: int) -> int | None:
    """Return the line that begins a head: its date, not more than a title above the citation."""
    dated = (at for at in range(citation - 1, max(citation - 8, 0), -1) if date_in_line(lines[at].text))
    first = next(dated, None)
    while first and is_site_line(lines[first - 1].text):
        first -= 1
    return first


@functools.lru_cache(maxsize=4)
def head(text: str) -> tuple[Span, ...]:
    """Return the fields and drops of the head; none where damage left no label."""
    labels = _labels(text)
    if not labels:
        return ()
    spans = _above(text, labels[0].start) if _by_lines(text) else _above_in_one_line(text, labels[0].start)
    for at, label in enumerate(labels):
        spans += dropped(text, label.start, label.end, "label")
        if at + 1 < len(labels):
            spans += _value(text, label.end, labels[at + 1].start, label.name)
        else:
            spans += _last_value(text, label)
    return tuple(spans)


@functools.lru_cache(maxsize=4)
def _by_lines(text: str) -> bool:
    return any(LABELS.get(_folded_label(found)) == "citation" for found in _LABEL_LINE.finditer(text))


def _folded_label(found: re.Match[str]) -> str:
    return " ".join(found["label"].lower().split())


@functools.lru_cache(maxsize=4)
def _labels(text: str) -> tuple[_Label, ...]:
    """Return the labels of the head, each field's first, none after `Contents`."""
    pattern = _LABEL_LINE if _by_lines(text) else _LABEL_INSIDE
    labels: list[_Label] = []
    for found in pattern.finditer(text):
        name = LABELS[_folded_label(found)]
        if ":" not in found.group() and not _ends_line(text, found.end()):
            continue
        if labels and (found.start() - labels[-1].end > FARTHEST or labels[-1].name == "contents"):
            break
        if name not in {label.name for label in labels}:
            labels.append(_Label(found.start(), found.end(), name))
    return tuple(labels)


def _ends_line(text: str, offset: int) -> bool:
    return not text[offset : offset + 200].partition("\n")[0].strip()


def _above(text: str, end: int) -> list[Span]:
    """Return date and title, the lines above the first label; furniture of the site is dropped later."""
    lines = [line for line in lines_of(text, 0, end) if not line.is_blank and not is_site_line(line.text)]
    dated = next((line for line in lines if date_in_line(line.text)), None)
    below = [line for line in lines if dated and line.start > dated.start]
    titles = below or [line for line in lines if line is not dated]
    spans = _date(text, dated) if dated else []
    if titles:
        spans += field_in_markup(text, titles[0].start, titles[-1].end, "title")
    return spans


def _date(text: str, line: Line) -> list[Span]:
    start, end = date_in_line(line.text) or (0, len(line.text))
    around = dropped(text, line.start, line.start + start, "chrome") + dropped(
        text, line.start + end, line.end, "chrome"
    )
    return [*around, *field(text, line.start + start, line.start + end, "date")]


def _above_in_one_line(text: str, end: int) -> list[Span]:
    """Return date and title where no lines tell them: furniture, date and title follow each other.

    Where the citation quotes a title that stands in the head, this is the title, and what stands before it, apart from
    its date, is the page's: sites of copied PDFs repeat title and size of the file above the text.
    """
    if cited := _cited_title(text, end):
        return _cited(text, *cited, end)
    site = _SITE_INSIDE.match(text)
    start = site.end() if site else 0
    spans = dropped(text, 0, start, "chrome")
    dated = _DATE_INSIDE.match(text, start, end)
    if dated:
        spans += field(text, dated.start("date"), dated.end("date"), "date")
        start = dated.end()
    return spans + field_in_markup(text, start, end, "title")


def _cited_title(text: str, end: int) -> tuple[int, int] | None:
    """Return where the title that the citation quotes stands last before `end`, the head's first label."""
    quoted = _QUOTED.search(text, end)
    words = quoted["title"].split() if quoted else []
    found = list(re.finditer(r"\s+".join(map(re.escape, words)), text[:end])) if words else []
    return found[-1].span() if found else None


def _cited(text: str, start: int, stop: int, end: int) -> list[Span]:
    dates = reversed(list(_DATE_INSIDE.finditer(text, 0, start)))
    dated = next((found for found in dates if not text[found.end() : start].strip("*#_ \t\r\n")), None)
    spans = field_in_markup(text, start, stop, "title") + dropped(text, stop, end, "chrome")
    if dated:
        spans += field(text, dated.start("date"), dated.end(), "date") + dropped(text, dated.end(), start, "chrome")
    return [*dropped(text, 0, dated.start("date") if dated else start, "chrome"), *spans]


def _value(text: str, start: int, end: int, name: str) -> list[Span]:
    if name == "contents":
        return _items(text, start, end)
    return field_with_address(text, start, end, name)


def _last_value(text: str, label: _Label) -> list[Span]:
    """Return the value of the last label: the items of the contents, else the first paragraph."""
    if label.name == "contents":
        return _items(text, label.end, len(text))
    start = label.end + len(text[label.end :]) - len(text[label.end :].lstrip())
    blank = _BLANK.search(text, start)
    return field_with_address(text, start, blank.start() if blank else len(text), label.name)


def _items(text: str, start: int, end: int) -> list[Span]:
    """Return one field for each item of the contents; the first line that is none begins the document."""
    spans: list[Span] = []
    while found := _item_line().match(text, start, end):
        spans += dropped(text, found.start(), found.start("item"), "chrome")
        spans += field(text, found.start("item"), found.end("item"), "contents")
        start = found.end()
    while not _by_lines(text) and (found := _item_inside().match(text, start, end)):
        spans += field(text, found.start("item"), found.end("item"), "contents")
        start = found.end()
    return spans


@functools.cache
def _language_names() -> str:
    return "|".join(name for language in languages().values() for name in language.names)


@functools.cache
def _item_line() -> re.Pattern[str]:
    parts = "Transcript(?:ion)?s?|Translations?|Scans?|Scanned|Original|Typescript|Document|Copy|PDF|of"
    words = f"{parts}|{_language_names()}"
    return re.compile(
        rf"\s*(?:[-*•·][ \t]+)?(?P<item>(?:{words})(?:[ \t]*[-–—:,/()&]*[ \t]*(?:{words})\b)*\)?)"
        r"[ \t]*(?=[\n\r\x0c\x85\u2028\u2029]|\Z)",
        re.IGNORECASE,
    )


@functools.cache
def _item_inside() -> re.Pattern[str]:
    part = r"(?:Transcript(?:ion)?|Translation)"
    named = _language_names()
    return re.compile(rf"\s*(?P<item>Original Scan|{part}\s*[-–—]\s*(?:{named})|(?:{named}) {part})(?=\s|\Z)")

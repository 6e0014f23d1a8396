"""Turn the text of an archive's record page into a capture.

    capture  = {furniture} date title text [summary] ["Author(s):" value] "Document Information" {field}
    field    = label value                        the label on a line, or "label: value"; a value may be missing
    summary  = the last paragraph before the fields, if it speaks about the document

The fields come in any order. From seed 001:

    Original Uploaded Date

    2011-11-20
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.annotation.spans import Span
from pipeline.captures.capture import Capture, Evidence, Line, RefusedSeed, Seed, lines_of
from pipeline.captures.completing import WILSON, complete
from pipeline.captures.fields import LABELS, date_in_line, dropped, field, field_in_markup, field_with_address
from pipeline.captures.language import letters_in
from pipeline.captures.site import is_navigation, is_site_line
from pipeline.captures.summary import begins_a_summary, speaks_about_the_document
from pipeline.problems import problem

NAME = "record-page"

HEADING = "document information"
_ONE_LINE = frozenset({"record", "uploaded", "type"})
"""Fields whose value is one line; what stands below belongs to something else."""
LONGEST_LABEL = 200
"""Characters, the white space about a label included."""
_RECORD_ID = re.compile(r"(?=\S*\d)[\w-]+")
_RIGHTS = re.compile(
    r"^[ \t]*(?:The History and Public Policy Program welcomes|To [ei]nquire about (?:this|the) document)", re.MULTILINE
)
"""How the publisher's statement on rights begins, where the page's labels were lost."""
_HOLDING = re.compile(
    r"\b(?:[Tt]ranslated|[Oo]btained|[Pp]rovided|[Cc]ontributed) (?:for|by)\b|\b[A-ZА-Я]{2}[\w/.-]*\b[^\n]*\d"
    r"|\b(?:[Ff]ond|[Oo]pis|[Dd]elo|[Ll]ist[yi]?|[Ff]\.|[Oo]p\.|[Dd]\.|[Ll]{1,2}\.)\s*\d"
)
"""What says that a paragraph names archive and reference: who translated, an archive's letters, a folder's number."""
_WORDS_OF_RECORDS = (HEADING, "author", "record", "document id")
"""One of these stands in every record."""
HEAD = 3
"""Lines at the top among which the date stands; a date farther down may be the document's own."""
TOP = 15
"""Lines among which the date and title of a page with much navigation stand."""
FARTHEST = 30
"""Lines with text between the authors and the record's heading: the names of persons, places and subjects."""
_CREDITS = re.compile(r"\s*This document was made possible (?:by|with|through)\b.*")
_TAIL = re.compile(
    r"\s*(?:Related (?:Documents|Topics|Collections|Resources|People)|You may also like|Recommended(?: publications)?"
    r"|Explore (?:more|related)|More (?:from|in) this collection|About the (?:Digital )?Archive|Newsletter|Follow us"
    r"|©.*)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Label:
    """A line that labels a field; `name` is empty for the heading over the fields."""

    line: Line
    name: str
    end: int
    """Where the label ends and its value begins."""


def recognise(seed: Seed, text: str) -> Evidence:
    """Say how much the heading and the labels of a record speak for this format."""
    lower = text.lower()
    labels = _labels(lines_of(text)) if any(word in lower for word in _WORDS_OF_RECORDS) else []
    names = {label.name for label in labels} - {""}
    if len(names) < 2:
        return _evidence_of_heading(text)
    weight = 8 * len(names) + 40 * (len(names) < len({label.name for label in labels}))
    return Evidence(min(95, weight), tuple(label.line.stripped for label in labels))


def _evidence_of_heading(text: str) -> Evidence:
    """Say how much the top of a page speaks for this format where its record was cut off."""
    top = [line.stripped for line in lines_of(text[:2000]) if not line.is_blank][:3]
    cut_off = len(top) == 3 and is_site_line(top[0]) and date_in_line(top[1])
    return Evidence(30, tuple(top)) if cut_off else Evidence(0)


def read(seed: Seed, text: str) -> list[Capture]:
    """Return the one capture in the file; raise `RefusedSeed` where the record has no text."""
    lines = lines_of(text)
    labels = _labels(lines)
    spans = _record(text, labels)
    above = [line for line in lines if not labels or line.end <= labels[0].line.start]
    heading = _heading(text, above)
    summary = _summary(text, above, heading) if labels else []
    publisher = WILSON if {"", "record"} <= {label.name for label in labels} else ""
    capture = complete(seed, text, NAME, [*spans, *heading, *summary], publisher=publisher)
    if not any(letters_in(text[found.start : found.end]) for found in capture.spans if found.kind == "witness"):
        raise RefusedSeed(problem("C008", seed.name, seen="a record without the document's text"))
    return [capture]


def _labels(lines: Sequence[Line]) -> list[_Label]:
    """Return the labels of the record: from its heading on, and the authors just above it."""
    headings = [at for at, line in enumerate(lines) if _is_heading(line)]
    first = headings[-1] if headings else _first_without_heading(lines)
    labels = [label for line in lines[first:] if (label := _label(line, anywhere=bool(headings)))]
    authors = next((at for at in range(first - 1, -1, -1) if _author(lines[at])), None)
    if authors is None and headings:
        authors = _first_of_labels(lines, first)
    if authors is None or sum(1 for line in lines[authors:first] if not line.is_blank) > FARTHEST:
        return labels
    between = [label for line in lines[authors:first] if (label := _author(line) or _label(line, anywhere=False))]
    return [*between, *labels]


_RELATED = re.compile(r"\s*(?:Related Documents|[A-Z][a-z]+ \d{1,2}, \d{4} \|.*)\s*")


def _first_of_labels(lines: Sequence[Line], heading: int) -> int | None:
    """Return the first of the labels that stand without a value directly above the record's heading; None for none."""
    first = None
    for at in range(heading - 1, -1, -1):
        label = _label(lines[at], anywhere=False)
        if label and label.name == "keywords":
            first = at
        elif not lines[at].is_blank and not _RELATED.fullmatch(lines[at].text):
            break
    return first


def _is_heading(line: Line) -> bool:
    return len(line.text) < LONGEST_LABEL and line.stripped.strip("#*: ").lower() == HEADING


def _first_without_heading(lines: Sequence[Line]) -> int:
    """Return the first line of the last run of labels that stand alone; the number of lines where there is none."""
    short = ((at, line) for at, line in enumerate(lines) if len(line.text) < LONGEST_LABEL)
    alone = [at for at, line in short if line.stripped.rstrip(":").lower() in LABELS]
    return alone[0] if len(alone) > 2 and any(_names_record(lines[at]) for at in alone) else len(lines)


def _names_record(line: Line) -> bool:
    return LABELS.get(line.stripped.rstrip(":").lower()) == "record"


def _label(line: Line, anywhere: bool) -> _Label | None:
    if _is_heading(line):
        return _Label(line, "", line.end)
    text = line.stripped.strip("#* ")
    if (name := LABELS.get(text.rstrip(": ").lower())) is not None:
        return _Label(line, name, line.end)
    label, colon, _ = line.text.partition(":")
    if anywhere and colon and (name := LABELS.get(label.strip().lower())):
        return _Label(line, name, line.start + len(label) + 1)
    return None


def _author(line: Line) -> _Label | None:
    if "uthor" not in line.text.lower():
        return None
    label, colon, _ = line.text.partition(":")
    is_author = label.strip().lower() in {"author(s)", "authors", "author"} and (colon or "(s)" in label)
    return _Label(line, "author", line.start + len(label) + len(colon)) if is_author else None


def _record(text: str, labels: Sequence[_Label]) -> list[Span]:
    spans: list[Span] = []
    ends = [*(label.line.start for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=False):
        spans += dropped(text, label.line.start, label.end, "label")
        spans += _value(text, label, end)
        spans += _related(text, label.end, end) if label is not labels[-1] else []
    return [*spans, *_tail(text, labels[-1].end)] if labels else spans


def _value(text: str, label: _Label, end: int) -> list[Span]:
    """Return what stands below a label: its value, and behind it a statement on rights that lost its own label."""
    if label.name == "author":
        return _values(text, label.end, end)
    stop = _value_end(text, label, end)
    rights = _RIGHTS.search(text, label.end, stop) if label.name != "rights" else None
    below = field_with_address(text, rights.start(), stop, "rights", "wording") if rights else []
    stop = rights.start() if rights else stop
    if not label.name:
        return [*_source(text, label.end, stop), *below]
    return [*field_with_address(text, label.end, stop, _name_of_value(text[label.end : stop], label.name)), *below]


def _name_of_value(value: str, name: str) -> str:
    """Return which field a value is: words where a record id is wanted are the credits that follow it on the page."""
    return "credits" if name == "record" and not _RECORD_ID.fullmatch(value.strip()) else name


def _source(text: str, start: int, end: int) -> list[Span]:
    """Return the first paragraph below the record's heading, if it names archive and reference without a label."""
    filled = itertools.dropwhile(lambda line: line.is_blank, lines_of(text, start, end))
    first = list(itertools.takewhile(lambda line: not line.is_blank and not _RELATED.fullmatch(line.text), filled))
    if not first or not _HOLDING.search(text, first[0].start, first[-1].end):
        return []
    return field_with_address(text, first[0].start, first[-1].end, "source", "wording")


def _related(text: str, start: int, end: int) -> list[Span]:
    """Return the site's list of other documents between two labels as its furniture."""
    related = (line for line in lines_of(text, start, end) if _RELATED.fullmatch(line.text))
    return [found for line in related for found in dropped(text, line.start, line.end, "chrome")]


def _tail(text: str, start: int) -> list[Span]:
    """Return what the site sets below the record, from a heading of its own on, as its furniture."""
    heading = next((line for line in lines_of(text, start) if _TAIL.fullmatch(line.text)), None)
    return dropped(text, heading.start, len(text), "chrome") if heading else []


def _values(text: str, start: int, end: int) -> list[Span]:
    """Return one field for each line: an author each."""
    named = itertools.takewhile(lambda line: not _ends_values(line), lines_of(text, start, end))
    return [found for line in named for found in field(text, line.start, line.end, "author")]


def _value_end(text: str, label: _Label, end: int) -> int:
    """Return where a value ends: at furniture of the site, for some fields after a line, else before the next label."""
    filled = [line for line in lines_of(text, label.end, end) if not line.is_blank]
    for at, line in enumerate(filled):
        if is_site_line(line.text) or _ends_values(line) or (at and label.name in _ONE_LINE):
            return line.start
    return end


def _ends_values(line: Line) -> bool:
    return bool(_TAIL.fullmatch(line.text) or _RELATED.fullmatch(line.text))


def _heading(text: str, above: Sequence[Line]) -> list[Span]:
    """Return date and title: a date that stands alone at the top and the line below it; and credits without a label."""
    filled = [line for line in above if not line.is_blank and not is_site_line(line.text)]
    dated = next((line for at, line in enumerate(filled[:TOP]) if _dates_the_record(filled, at)), None)
    named = [line for line in filled if not _CREDITS.fullmatch(line.text) and not is_navigation(line.text)]
    title = [line for line in named if not dated or line.start > dated.start][:1]
    if dated and not title:
        title = [line for line in named if line is not dated][:1]
    spans = [found for line in title for found in field_in_markup(text, line.start, line.end, "title")]
    for line in (line for line in filled if _CREDITS.fullmatch(line.text)):
        spans += field(text, line.start, line.end, "credits")
    for line in (line for line in filled if dated and line.start < dated.start and is_navigation(line.text)):
        spans += dropped(text, line.start, line.end, "chrome")
    if dated:
        start, end = date_in_line(dated.text) or (0, 0)
        spans += dropped(text, dated.start, dated.start + start, "chrome")
        spans += field(text, dated.start + start, dated.start + end, "date")
        spans += dropped(text, dated.start + end, dated.end, "chrome")
    return spans


def _dates_the_record(filled: Sequence[Line], at: int) -> bool:
    """Whether a line is the record's date: at the top, or farther down with a title below it."""
    below = filled[at + 1].text if at + 1 < len(filled) else ""
    return date_in_line(filled[at].text) is not None and (at < HEAD or begins_a_summary(below))


def _summary(text: str, above: Sequence[Line], heading: Sequence[Span]) -> list[Span]:
    """Return the last paragraph above the record, if it speaks about the document and is not all there is."""
    body = [line for line in above if not any(found.start < line.end and line.start < found.end for found in heading)]
    filled = [at for at, line in enumerate(body) if not line.is_blank and not is_site_line(line.text)]
    if not filled:
        return []
    first = filled[-1]
    while first > 0 and not body[first - 1].is_blank and any(line.is_blank for line in body):
        first -= 1
    paragraph = text[body[first].start : body[filled[-1]].end]
    if not speaks_about_the_document(paragraph, is_apart=first != filled[0]):
        return []
    return field(text, body[first].start, body[filled[-1]].end, "summary", "last-paragraph")

"""Turn what a format finds into spans: the fields that a publisher's record has, and what is dropped and why.

Every name of a field stands here once, with what it holds. A field keeps its text as it stands; one that is set in two
columns, or interrupted by markup, is several spans of one name, in order.
"""

from __future__ import annotations

import re

from pipeline.annotation.ledger import SPACES
from pipeline.annotation.spans import DROP_REASONS, Span, span
from pipeline.captures.capture import lines_of
from pipeline.captures.site import is_running_head

FIELDS = {
    "title": "what the publisher calls the document, in the language of the page",
    "original-title": "the title in the language of the original",
    "date": "the date that the publisher gives the document",
    "number": "the document's number in a printed or numbered volume",
    "citation": "how the publisher wants the document cited, without its address",
    "address": "the address (URL) of the record, without brackets around it",
    "summary": "what the publisher says the document is about",
    "credits": "who made the publication possible",
    "original-language": "the language, or languages, of the original",
    "contents": "one part that the record offers: a scan, a transcript, a translation",
    "source": "archive and reference, or the printed work, from which the publisher has the document",
    "original-archive": "the archive that keeps the original",
    "rights": "the publisher's statement on rights",
    "uploaded": "the day on which the publisher put the record online",
    "type": "the kind of document",
    "language": "the language that a web record names",
    "record": "the publisher's record id",
    "author": "who wrote the document, one or several",
    "description": "what a labelled sheet says of the document",
    "collection": "the collection or series in which the document stands",
    "classification": "the degree of secrecy that the record names",
    "keywords": "subjects, persons and places that the record names",
    "translator": "who translated, where a label of its own says so",
    "place": "where the document was written, where a label of its own says so",
    "versions": "which text of each language is shown: ru:tom18;en:AI",
    "translation-badge": "what the page says of its translation: AI translated",
    "version-source": "what one of several texts names as its source: Tom 18",
    "version-date": "the date at the head of one of several texts",
}
"""Every name that a field may have."""

LABELS = {
    "citation": "citation",
    "cite": "citation",
    "summary": "summary",
    "abstract": "summary",
    "credits": "credits",
    "credit": "credits",
    "acknowledgements": "credits",
    "original language": "original-language",
    "original languages": "original-language",
    "original language(s)": "original-language",
    "contents": "contents",
    "source": "source",
    "sources": "source",
    "original archive": "original-archive",
    "archive": "original-archive",
    "rights": "rights",
    "copyright": "rights",
    "original uploaded date": "uploaded",
    "uploaded": "uploaded",
    "date uploaded": "uploaded",
    "type": "type",
    "document type": "type",
    "language": "language",
    "languages": "language",
    "record id": "record",
    "record": "record",
    "document id": "record",
    "author": "author",
    "authors": "author",
    "author(s)": "author",
    "description": "description",
    "title": "title",
    "date": "date",
    "document date": "date",
    "collection": "collection",
    "collections": "collection",
    "original classification": "classification",
    "classification": "classification",
    "keywords": "keywords",
    "subjects": "keywords",
    "subjects discussed": "keywords",
    "subject": "keywords",
    "topics": "keywords",
    "associated topics": "keywords",
    "associated places": "keywords",
    "associated people & organizations": "keywords",
    "associated people and organizations": "keywords",
    "persons": "keywords",
    "geographic subjects": "keywords",
    "translator": "translator",
    "translated by": "translator",
    "place": "place",
    "url": "address",
    "link": "address",
    "permalink": "address",
}
"""What records write before a field, in lower case and without the colon, and which field it is."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?:{_MONTHS}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ONE_DATE = rf"""(?:{_MONTH}\s+(?:{_DAY}(?:\s*[-–—]\s*{_DAY})?\s*,?\s+)?\d{{4}}
    |{_DAY}(?:\s*[-–—]\s*{_DAY})?\s+{_MONTH},?\s+\d{{4}}|\d{{4}}-\d\d(?:-\d\d)?
    |(?:Spring|Summer|Autumn|Fall|Winter|Early|Mid|Late)[\s-]+(?:{_MONTH}\s+)?\d{{4}}|(?:1[89]|20)\d\d)"""
_QUALIFIER = r"(?:circa|ca?\.|about|after|before|early|mid|late|not\s+(?:before|after|earlier\s+than|later\s+than))"
DATE = rf"""(?:(?:{_QUALIFIER}[\s-]+)?{_ONE_DATE}(?:\s*(?:[-–—]|to)\s*{_ONE_DATE})?
    |[Uu]ndated|[Nn]o\s+date|n\.\s?d\.)"""
"""A date as publishers write it above a document; to be used with `re.VERBOSE`."""

_DATE_LINE = re.compile(rf"[\s*#]*(?P<date>\[?{DATE}\]?)[\s*]*", re.VERBOSE)
ADDRESS = re.compile(r"https?://(?:[^\s<>\"”»)\]]|(?<=[/\-_])\s*\n\s*(?=[\w\-/]+\s*[>\n]))+(?<![.,;])")
_RECORD_IN_ADDRESS = re.compile(r"/document/([\w\-]+)")
_MARKUP = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|^[ \t]*#{1,6}(?=\s)", re.MULTILINE)


def field(text: str, start: int, end: int, name: str, rule: str = "") -> list[Span]:
    """Return the span of a field without the white space about it; none where nothing stands there."""
    if name not in FIELDS:
        raise ValueError(f"no such field: {name}")
    start, end = trimmed(text, start, end)
    return [span(start, end, "field", rule, name=name)] if start < end else []


def dropped(text: str, start: int, end: int, reason: str, rule: str = "") -> list[Span]:
    """Return the span of what is dropped without the white space about it; none where nothing stands there."""
    if reason not in DROP_REASONS:
        raise ValueError(f"no such reason: {reason}")
    start, end = trimmed(text, start, end)
    return [span(start, end, "dropped", rule, reason=reason)] if start < end else []


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the white space at its ends."""
    while start < end and is_space(text[start]):
        start += 1
    while end > start and is_space(text[end - 1]):
        end -= 1
    return start, end


def is_space(character: str) -> bool:
    """Whether a character is white space as the ledger counts it: `str.strip` takes U+001C–U+001F too."""
    return character in _SPACE


def is_only_space(text: str) -> bool:
    """Whether a text is empty or white space as the ledger counts it."""
    return not text.strip(SPACES)


_SPACE = frozenset(SPACES)


def folded(text: str) -> str:
    """Return a text as two are compared: white space folded, markup of bold type and headings apart."""
    has_marks = "*" in text or "_" in text or "#" in text
    return " ".join((_MARKUP.sub("", text) if has_marks else text).split())


def field_in_markup(text: str, start: int, end: int, name: str, rule: str = "") -> list[Span]:
    """Return a field with the markup in it (`**`, `#`) dropped as chrome; markup inside cuts the field in parts."""
    spans: list[Span] = []
    for mark in _MARKUP.finditer(text, start, end):
        spans += field(text, start, mark.start(), name, rule)
        spans += dropped(text, mark.start(), mark.end(), "chrome", rule)
        start = mark.end()
    return spans + field(text, start, end, name, rule)


def field_with_address(text: str, start: int, end: int, name: str, rule: str = "") -> list[Span]:
    """Return a field and the addresses in it as fields of their own; pointed brackets around them are dropped.

    A running head in the middle cuts the field in parts, for its value runs on over a page.

    `… Translated by Gary Goldberg. <https://…/document/134278>`
    """
    spans: list[Span] = []
    for line_start, line_end in _running_heads(text, start, end):
        spans += _with_addresses(text, start, line_start, name, rule)
        spans += dropped(text, line_start, line_end, "chrome", rule)
        start = line_end
    return spans + _with_addresses(text, start, end, name, rule)


def _running_heads(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the lines in a value that a PDF's page prints at its head; none where they are all that there is."""
    lines = [line for line in lines_of(text, start, end) if not line.is_blank]
    heads = [(line.start, line.end) for line in lines if is_running_head(line.text)]
    return heads if len(heads) < len(lines) else []


def _with_addresses(text: str, start: int, end: int, name: str, rule: str) -> list[Span]:
    spans: list[Span] = []
    for found in ADDRESS.finditer(text, start, end):
        opening = found.start() - 1 if text[found.start() - 1 : found.start()] == "<" else found.start()
        closing = found.end() + 1 if text[found.end() : found.end() + 1] == ">" and found.end() < end else found.end()
        spans += field(text, start, opening, name, rule)
        spans += dropped(text, opening, found.start(), "chrome", rule)
        spans += field(text, found.start(), found.end(), "address", rule)
        spans += dropped(text, found.end(), closing, "chrome", rule)
        start = closing
    return spans + field(text, start, end, name, rule)


def date_in_line(line: str) -> tuple[int, int] | None:
    """Return where in a line its date stands, if the line is a date and nothing else."""
    found = _DATE_LINE.fullmatch(line)
    return found.span("date") if found else None


def record_in(address: str) -> str:
    """Return the record id in an address such as `https://…/document/134278`, on whatever host; else ""."""
    found = _RECORD_IN_ADDRESS.search("".join(address.split()))
    return found[1] if found else ""

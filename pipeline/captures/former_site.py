"""Turn the text of a page of the archive's former site into a capture: date, title, citation, then the document.

    capture  = {furniture} date title furniture "get citation" [summary] citation "share document" address
               "VIEW DOCUMENT IN" {language form} text

Around these stand the buttons of the page. From such a page, of a report from Pyongyang:

    CITATION SHARE DOWNLOAD
      • Citation

        get citation
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.annotation.spans import Span
from pipeline.captures.capture import Capture, Evidence, Line, Seed, lines_of
from pipeline.captures.completing import complete
from pipeline.captures.fields import ADDRESS, date_in_line, dropped, field, field_in_markup, field_with_address
from pipeline.captures.site import is_site_line

NAME = "former-site"

_MARKERS = {
    "buttons": re.compile(r"\s*citation\s+share\s+download\s*", re.IGNORECASE),
    "citation": re.compile(r"\s*get citation\s*", re.IGNORECASE),
    "share": re.compile(r"\W*share document\s*", re.IGNORECASE),
    "view": re.compile(r"\s*view document in\s*", re.IGNORECASE),
}
_BUTTON = re.compile(
    r"\W*(?:Citation|Download|Share|Search in|ADD SEARCH FILTER|CANCEL SEARCH FILTER|\s)+", re.IGNORECASE
)
_EDITION = re.compile(r"\s*(?:[A-Z][a-z]+\s+(?:HTML|PDF|Translation|Transcript(?:ion)?|Original Scan)\s*)+")
_QUOTED = re.compile(r"\s*[“\"].*")


def recognise(seed: Seed, text: str) -> Evidence:
    """Say how much the page's buttons speak for this format; a citation alone stands on many pages."""
    lower = text.lower()
    found = _markers(lines_of(text)) if "view document in" in lower or "get citation" in lower else {}
    seen = tuple(line.stripped for line in found.values())
    return Evidence(24 * len(found) if len(found) > 1 else 0, seen)


def read(seed: Seed, text: str) -> list[Capture]:
    """Return the one capture in the file."""
    lines = [line for line in lines_of(text) if not line.is_blank]
    markers = _markers(lines)
    first = next((at for at, line in enumerate(lines) if line in markers.values()), len(lines))
    view = markers.get("view")
    last = lines.index(view) if view else max(lines.index(line) for line in markers.values())
    spans = _heading(text, lines[:first])
    spans += _card(text, [line for line in lines[first : last + 1] if line not in markers.values()])
    for line in markers.values():
        spans += dropped(text, line.start, line.end, "label")
    for line in lines[last + 1 : last + 3]:
        if not _EDITION.fullmatch(line.text):
            break
        spans += dropped(text, line.start, line.end, "chrome")
    return [complete(seed, text, NAME, spans)]


def _markers(lines: Sequence[Line]) -> dict[str, Line]:
    """Return the first line for each of the page's markers, in the order of the page."""
    found: dict[str, Line] = {}
    for line in lines:
        name = next((name for name, marker in _MARKERS.items() if marker.fullmatch(line.text)), "")
        if name:
            found.setdefault(name, line)
    return found


def _heading(text: str, above: Sequence[Line]) -> list[Span]:
    """Return date and title: the last date on a line of its own, and the lines below it; buttons are the site's."""
    dated = next((line for line in reversed(above) if date_in_line(line.text)), None)
    spans = [found for line in above if _is_button(line) for found in dropped(text, line.start, line.end, "chrome")]
    if not dated:
        return spans
    start, end = date_in_line(dated.text) or (0, 0)
    spans += field(text, dated.start + start, dated.start + end, "date")
    below = itertools.dropwhile(_is_furniture, (line for line in above if line.start > dated.start))
    titles = list(itertools.takewhile(lambda line: not _is_furniture(line), below))
    return [*spans, *(field_in_markup(text, titles[0].start, titles[-1].end, "title") if titles else [])]


def _is_button(line: Line) -> bool:
    return bool(_BUTTON.fullmatch(line.text)) and not is_site_line(line.text)


def _is_furniture(line: Line) -> bool:
    return _is_button(line) or is_site_line(line.text)


def _card(text: str, lines: Sequence[Line]) -> list[Span]:
    """Return what stands between the buttons: a summary, the citation in quotation marks, the page's address."""
    spans: list[Span] = []
    quoted = next((at for at, line in enumerate(lines) if _QUOTED.match(line.text)), len(lines))
    for at, line in enumerate(lines):
        if _is_button(line):
            spans += dropped(text, line.start, line.end, "chrome")
        elif ADDRESS.fullmatch(line.stripped):
            spans += _address(text, line, spans)
        else:
            spans += field_with_address(text, line.start, line.end, "summary" if at < quoted else "citation")
    return spans


def _address(text: str, line: Line, spans: Sequence[Span]) -> list[Span]:
    """Return the address on a line of its own, as a repeat where the citation has it."""
    known = {text[found.start : found.end] for found in spans if found.get("name") == "address"}
    if line.stripped in known:
        return dropped(text, line.start, line.end, "repeat")
    return field(text, line.start, line.end, "address")

"""Turn bare text without a record into a capture: the document in one language or several, and at most a summary.

    capture = [head] text {text} [summary]
    head    = date title | title date | genre … date       on two lines or one; a site's blurb may stand above
    text    = [label] paragraphs in one language           label: "Transcription", "Translation" on a line

A summary may stand last, without a heading: below the last signature and date it speaks about the document in the third
person. This is the format of last resort; pages that hold no document are refused here. From seed 000:

    1 October 1950
     Telegram from Stalin to Mao and Zhou Enlai asking that they consider moving 5-6 divisions …
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.annotation.spans import Span
from pipeline.captures.capture import Capture, Evidence, Line, RefusedSeed, Seed, lines_of
from pipeline.captures.completing import complete
from pipeline.captures.fields import DATE, date_in_line, dropped, field, field_in_markup
from pipeline.captures.language import letters_in
from pipeline.captures.site import is_site_line
from pipeline.captures.summary import begins_a_summary, speaks_about_the_document
from pipeline.captures.witnesses import changes_of_script
from pipeline.problems import problem

NAME = "transcript"

FEWEST = 20
"""Letters; with less there is no document."""

_NOTICES = (
    r"(?:error\s*)?(?:400|401|403|404|410|429|500|502|503|504)\b.*",
    r".*\bpage (?:not|can(?:not|'t) be) found\b.*",
    r"access denied.*",
    r"forbidden",
    r".*\bnot found\b",
    r"(?:please )?(?:log|sign) ?in\b.*",
    r".*\benable (?:javascript|cookies)\b.*",
    r"just a moment\W*",
    r"checking your browser.*",
    r".*\bverify (?:that )?you are (?:a )?human\b.*",
    r".*\bservice unavailable\b.*",
    r"(?:bad gateway|internal server error|attention required|session (?:has )?expired).*",
    r".*\bsite is (?:under|down for) maintenance\b.*",
    r"(?:страница не найдена|ошибка \d{3}|доступ запрещ[её]н).*",
)
_NO_DOCUMENT = re.compile(rf"\s*(?:{'|'.join(_NOTICES)})\s*", re.IGNORECASE)
_GENRE = (
    r"(?:The\s+)?(?:(?:[Ee]n|[Dd]e)?[Cc]ipher(?:ed)?\s+|[Cc]oded\s+|[Ss]ecret\s+)?(?:[Tt]elegram|[Cc]able|[Ll]etter|[Mm]essage|[Nn]ote|[Mm]emorandum|[Rr]eport)"
    r"|(?:Личная\s+)?(?:[Тт]елеграмма|[Шш]ифр[-о]?\s?телеграмма|Письмо|Записка|Послание|Докладная\s+записка|Сообщение)"
)
_YEAR = r"(?:1[89]|20)\d\d"
_DAY_IN_RUSSIAN = rf"\d{{1,2}}\s+[а-я]+\s+{_YEAR}(?:\s*(?:г\.|года))?"
_TITLE_WITH_DATE = re.compile(
    rf"\s*(?P<title>(?:{_GENRE})\b(?=\W+(?:\w+\W+){{3}})[^\n]{{4,300}}?)[,.]?\s*\(?"
    rf"(?P<date>{_DAY_IN_RUSSIAN}|\d{{1,2}}\s+[A-Z][a-z]+\s+{_YEAR}|[A-Z][a-z]+\s+\d{{1,2}},\s+{_YEAR})"
    r"[)\].]*\s*\Z"
)
_DATE_WITH_TITLE = re.compile(
    rf"\s*(?P<date>{DATE})\s*[/|–—:]\s*(?P<title>(?:{_GENRE})\b[^\n]{{4,300}}?)\s*\Z", re.VERBOSE
)
"""As sites write it above a translation: `26 October 1962 / Enciphered cable from Havana, …`."""
_PART = re.compile(
    r"\s*(?:(?:English|Russian|Original)\s+)?(?:Transcription|Transcript|Translation)\s*:?\s*", re.IGNORECASE
)
"""A line that says which text follows, where no record lists them."""
_RUNNING_HEAD = re.compile(r"\s*(?:(?P<left>\d{1,4})\s{3,})?(?P<head>\S.*?)(?:\s{3,}(?P<right>\d{1,4}))?\s*")
"""What a printed page has above its text: a title, and far from it the page's number."""
GENRE_AND_PARTIES = 4
"""Words; a line of as many that begins with a kind of document is its title: `Телеграмма посла СССР в Венгрии …`."""
GOES_ON = 60
"""Characters; a line as long that ends in no full stop goes on in the next."""
TOP = 4
"""Lines among which the head of a text without a record stands."""
_PAGING = re.compile(
    r"\s*(?:(?:showing|displaying|results?)\W*)?\d+\s*[-–—]\s*\d+\s+of\s+(?:about\s+)?\d[\d,.]*\b.{0,40}", re.IGNORECASE
)
"""The count above the results of a search: `531 - 540 of 623`."""
_DATE_IN_LIST = re.compile(rf"(?:^|[\s,(|])(?P<date>{DATE})(?=$|[\s,)|])", re.VERBOSE)
_TITLE_IN_LIST = re.compile(
    r"\b(?:Telegram|Cable|Letter|Memorandum|Report|Note|Message|Conversation|Minutes|Record|Ciphered|Телеграмма|Письмо"
    r"|Шифртелеграмма|Записка|Запись|Протокол)\b"
)


def recognise(seed: Seed, text: str) -> Evidence:
    """Any text may be a transcript: the weakest evidence, so that every other format goes before."""
    return Evidence(5, ("text without a record",) if text.strip() else ())


def read(seed: Seed, text: str) -> list[Capture]:
    """Return the one capture in the file; raise `RefusedSeed` for a page that holds no document."""
    lines = [line for line in lines_of(text) if not line.is_blank]
    refuse_what_holds_none(seed, text, lines)
    heading = _heading(text, lines)
    heading += _running_heads(text, lines)
    reached = max((found.end for found in heading if found.kind == "field"), default=0)
    summary = _summary(text, [line for line in lines if line.start >= reached])
    return [complete(seed, text, NAME, [*heading, *summary])]


def _heading(text: str, lines: Sequence[Line]) -> list[Span]:
    """Return title and date where both stand above the text, on two lines or one, and the labels of its parts.

    A date alone may be the document's own, a title alone its own heading.
    """
    top = [line for line in lines if not is_site_line(line.text)][:TOP]
    labels = [line for line in lines if _PART.fullmatch(line.text)]
    heading = _on_two_lines(text, top) if len(lines) > 3 else []
    heading = heading or _on_one_line(text, top) or _above_labels(text, lines, labels)
    taken = {found.start for found in heading}
    spans = [
        found for line in labels if line.start not in taken for found in dropped(text, line.start, line.end, "label")
    ]
    return [*heading, *spans]


def _on_two_lines(text: str, top: Sequence[Line]) -> list[Span]:
    """Return date and title that follow each other; below a blurb the date comes first, as on the archive's pages."""
    for at, (first, second) in enumerate(itertools.pairwise(top)):
        for dated, titled in ((first, second), (second, first))[: 1 if at else 2]:
            if _is_date(dated) and _is_title(titled) and not _is_date(titled):
                return [
                    *field_in_markup(text, dated.start, dated.end, "date"),
                    *field_in_markup(text, titled.start, titled.end, "title"),
                ]
    return []


def _running_heads(text: str, lines: Sequence[Line]) -> list[Span]:
    """Drop the lines above printed pages: the same words again, with a number that grows from page to page."""
    pages: dict[str, list[tuple[int, Line]]] = {}
    for line in lines:
        found = _RUNNING_HEAD.fullmatch(line.text)
        if found and (number := found["left"] or found["right"]) and letters_in(found["head"]).total():
            pages.setdefault(" ".join(found["head"].split()), []).append((int(number), line))
    return [
        drop
        for found in pages.values()
        if len(found) > 1 and all(one[0] < other[0] for one, other in itertools.pairwise(found))
        for _, line in found
        for drop in dropped(text, line.start, line.end, "chrome", "running-head")
    ]


def _is_date(line: Line) -> bool:
    return bool(date_in_line(line.text) or re.fullmatch(_DAY_IN_RUSSIAN, line.stripped))


def _is_title(line: Line) -> bool:
    by_kind = re.match(_GENRE, line.stripped) and len(line.stripped.split()) >= GENRE_AND_PARTIES
    return bool(by_kind or begins_a_summary(line.text)) and not line.stripped.endswith((".", ":"))


def _on_one_line(text: str, top: Sequence[Line]) -> list[Span]:
    """Return title and date of the first line that holds both: genre … date in words, or date, stroke, genre …"""
    found = next((match for line in top if (match := _TITLE_WITH_DATE.match(text, line.start, line.end))), None)
    if not found:
        return _date_with_title(text, top)
    return [
        *field_in_markup(text, found.start("title"), found.end("title"), "title"),
        *dropped(text, found.end("title"), found.start("date"), "chrome"),
        *field(text, found.start("date"), found.end("date"), "date"),
        *dropped(text, found.end("date"), found.end(), "chrome"),
    ]


def _date_with_title(text: str, top: Sequence[Line]) -> list[Span]:
    found = next((match for line in top if (match := _DATE_WITH_TITLE.match(text, line.start, line.end))), None)
    if not found:
        return []
    return [
        *field(text, found.start("date"), found.end("date"), "date"),
        *dropped(text, found.end("date"), found.start("title"), "chrome"),
        *field_in_markup(text, found.start("title"), found.end("title"), "title"),
    ]


def _above_labels(text: str, lines: Sequence[Line], labels: Sequence[Line]) -> list[Span]:
    """Return the title above the label of the first part, cut where its script changes: one for each language."""
    above = list(itertools.takewhile(lambda line: line not in labels[:1], lines)) if labels else []
    if not 0 < len(above) < 3 or any(line.stripped.endswith((".", ":", ";")) for line in above):
        return []
    spans: list[Span] = []
    for line in above:
        edges = [0, *changes_of_script(line.text)[:1], len(line.text)]
        for start, end in itertools.pairwise(edges):
            name = "title" if letters_in(line.text[start:end])["Latin"] else "original-title"
            spans += field_in_markup(text, line.start + start, line.start + end, name)
    return spans


def refuse_what_holds_none(seed: Seed, text: str, lines: Sequence[Line]) -> None:
    """Raise `RefusedSeed` for an error page, a login page, a list of documents, or next to no text."""
    letters = sum(letters_in(text).values())
    notice = next((line.stripped for line in lines[:8] if _NO_DOCUMENT.fullmatch(line.text)), "")
    if notice and letters < 1500:
        raise RefusedSeed(problem("C008", seed.name, seen=notice))
    entries = entries_of_a_list(lines)
    if entries:
        raise RefusedSeed(problem("C006", seed.name, seen="; ".join(entries[:2])))
    if text.lstrip().startswith("<?xml"):
        raise RefusedSeed(problem("C008", seed.name, seen=lines[0].stripped[:80]))
    if letters < FEWEST:
        raise RefusedSeed(problem("C008", seed.name, seen=f"{letters} letters"))


def entries_of_a_list(lines: Sequence[Line]) -> list[str]:
    """Return the titles of a list of documents: five or more titles of records, each with its date; else none.

    Where the page counts its results, one such title tells enough.
    """
    entries = []
    for above, line, below in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        is_title = len(line.stripped) < 250 and _TITLE_IN_LIST.search(line.text)
        beside = [line.text, *(other.text for other in (above, below) if other and len(other.stripped) < 80)]
        if is_title and not line.stripped.endswith((".", ":")) and any(_DATE_IN_LIST.search(text) for text in beside):
            entries.append(line.stripped)
    if any(_PAGING.fullmatch(line.text) for line in lines[:20]):
        return entries
    prose = sum(1 for line in lines if len(line.stripped) > 300 or line.stripped.endswith((".", "!", "?", ":", ";")))
    return entries if len(entries) >= 5 and len(entries) * 3 > prose and len(entries) * 5 > len(lines) else []


def _summary(text: str, lines: Sequence[Line]) -> list[Span]:
    """Return the last lines, if they are a summary below a document."""
    for at in range(len(lines) - 1, max(0, len(lines) - 8), -1):
        above = lines[at - 1].stripped
        goes_on = len(above) >= GOES_ON and not above.endswith((".", "!", "?", "”", '"', "»", ")", "]"))
        if begins_a_summary(lines[at].text) and not goes_on:
            start, end = lines[at].start, lines[-1].end
            if speaks_about_the_document(text[start:end], is_apart=False):
                return field(text, start, end, "summary", "third-person")
    return []

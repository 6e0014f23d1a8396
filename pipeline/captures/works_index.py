"""Turn a page of an index of collected works into a capture: both languages on one page, each with its own head.

    capture  = "← Back to index" title [original title] versions text {text}
    versions = date language ":" edition {";" language ":" edition} [badge]
    text     = [title] ["Source:" edition] [edition] [date] message

A title repeated at the head of a text is dropped; whatever differs from it stays. `AI` as an edition means that the
translation was made by machine. From seed 003:

    1950-10-08 ru:tom18;en:AI AI translated
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.annotation.spans import Span
from pipeline.captures.capture import Capture, Evidence, Line, RefusedSeed, Seed, lines_of
from pipeline.captures.completing import complete
from pipeline.captures.fields import date_in_line, dropped, field, field_in_markup, folded
from pipeline.captures.language import languages_of, letters_in
from pipeline.captures.site import is_site_line
from pipeline.problems import problem

NAME = "works-index"

_VERSIONS = re.compile(
    r"\s*(?P<date>\S[^:]{0,40}?)?\s+(?P<versions>[a-z]{2}:[^\s;]+(?:;\s?[a-z]{2}:[^\s;]+)*)"
    r"(?:[ \t]+(?P<badge>\S.{0,40}?))?\s*"
)
_BACK = re.compile(r"\s*[←<«]+\s*Back to (?:index|list)\s*", re.IGNORECASE)
_EDITION = re.compile(r"(?:Source|Источник)\s*:\s*(?P<named>\S.*)|(?P<alone>(?:Том|Tom|Vol(?:ume)?\.?)\s*\d+)\s*")
_RUSSIAN_DATE = re.compile(r"\d{1,2}\s+[а-я]+\s+\d{4}\s*(?:г\.|года)?")
HEAD = 5
"""Lines at the beginning of a text that may repeat the page's head."""


def recognise(seed: Seed, text: str) -> Evidence:
    """Say how much the line of versions and the way back to the index speak for this format."""
    lines = [line for line in lines_of(text) if not line.is_blank]
    versions = [line.stripped for line in lines if _names_versions(line)]
    back = [line.stripped for line in lines[:3] if _BACK.fullmatch(line.text)]
    weight = 60 * bool(versions) + 30 * bool(back)
    return Evidence(weight if versions else 0, (*back, *versions[:1]))


def read(seed: Seed, text: str) -> list[Capture]:
    """Return the one capture in the file; raise `RefusedSeed` for the index itself."""
    lines = [line for line in lines_of(text) if not line.is_blank]
    versions = [at for at, line in enumerate(lines) if _names_versions(line)]
    if len(versions) > 1:
        raise RefusedSeed(problem("C006", seed.name, seen=lines[versions[1]].stripped))
    above, body = lines[: versions[0]], lines[versions[0] + 1 :]
    spans = _titles(text, above) + _versions(text, lines[versions[0]])
    titles = {folded(text[found.start : found.end]) for found in spans if found.get("name") in _TITLES}
    spans += _heads(text, body, titles)
    capture = complete(seed, text, NAME, spans, translators=_machines(text, spans))
    if not any(letters_in(text[found.start : found.end]) for found in capture.spans if found.kind == "witness"):
        raise RefusedSeed(problem("C008", seed.name, seen="a title without the document's text"))
    return [capture]


def _names_versions(line: Line) -> bool:
    return ":" in line.text and bool(_VERSIONS.fullmatch(line.text))


_TITLES = ("title", "original-title")


def _titles(text: str, above: Sequence[Line]) -> list[Span]:
    """Return the title of the page, and below it the one in the original's language, told by its script."""
    lines = [line for line in above if not is_site_line(line.text)]
    scripts = [max(letters_in(line.text), key=letters_in(line.text).__getitem__, default="") for line in lines]
    second = next((at for at, script in enumerate(scripts) if at and script != scripts[0]), len(lines))
    spans = field_in_markup(text, lines[0].start, lines[second - 1].end, "title") if lines else []
    if second < len(lines):
        spans += field_in_markup(text, lines[second].start, lines[-1].end, "original-title")
    return spans


def _versions(text: str, line: Line) -> list[Span]:
    found = _VERSIONS.fullmatch(line.text)
    names = (("date", "date"), ("versions", "versions"), ("badge", "translation-badge"))
    return [
        part
        for group, name in names
        if found and found[group]
        for part in field(text, line.start + found.start(group), line.start + found.end(group), name)
    ]


def _machines(text: str, spans: Sequence[Span]) -> dict[str, str]:
    """Return the languages whose text a machine translated: `en:AI`."""
    versions = [text[found.start : found.end] for found in spans if found.get("name") == "versions"]
    editions = dict(part.strip().split(":", 1) for value in versions for part in value.split(";"))
    return {language: "AI" for language, edition in editions.items() if edition.upper() in {"AI", "MT", "MACHINE"}}


def _heads(text: str, body: Sequence[Line], titles: set[str]) -> list[Span]:
    """Return what stands at the head of each text: a repeated title, its edition, its date."""
    languages = languages_of([line.text for line in body])
    spans: list[Span] = []
    in_head = 0
    for at, line in enumerate(body):
        changed = at == 0 or languages[at] != languages[at - 1] or _names_edition(line)
        in_head = HEAD if changed else in_head - 1
        found = _of_head(text, line, titles) if in_head > 0 else []
        in_head = in_head if found else 0
        spans += found
    return spans


def _names_edition(line: Line) -> bool:
    return bool(_EDITION.fullmatch(line.stripped))


def _of_head(text: str, line: Line, titles: set[str]) -> list[Span]:
    if folded(line.text) in titles:
        return dropped(text, line.start, line.end, "repeat")
    if edition := _EDITION.fullmatch(line.stripped):
        start = line.content_start + edition.start("named" if edition["named"] else "alone")
        label = dropped(text, line.content_start, start, "label")
        return [*label, *field(text, start, line.end, "version-source")]
    if date_in_line(line.text) or _RUSSIAN_DATE.fullmatch(line.stripped):
        return field(text, line.start, line.end, "version-date")
    return []

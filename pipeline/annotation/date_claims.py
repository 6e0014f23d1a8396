"""Turn what a capture says of its document's date, in several places, into the places that contradict each other.

A document is dated by its signature in each language, by the date, the citation and the title in the capture's record.
A telegram is often filed under the day on which it came in: which date is right is for the editor to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.annotation.dating import DateFound, find_dates
from pipeline.annotation.readings import read_stretch
from pipeline.annotation.spans import Span
from pipeline.captures.capture import Capture
from pipeline.captures.language import languages_of

DAY = len("1950-10-03")

_FIELDS = ("date", "citation", "title", "original-title")


@dataclass(frozen=True, slots=True)
class Claim:
    """A place at which a capture dates its document to a day."""

    offset: int
    """In the capture."""
    text: str
    """As it stands, white space folded."""
    day: str
    """ISO 8601."""


def contradictions(capture: Capture, datelines: Sequence[tuple[str, Span]]) -> list[tuple[Claim, Claim]]:
    """Return the claims that contradict the signature, or else the first claim, each with that one and each day once.

    `datelines` are those of signatures, with the language of their witness, those of messages inside left out.
    """
    claims = [*_signed(capture, datelines), *_recorded(capture)]
    others = {claim.day: claim for claim in reversed(claims[1:]) if claim.day != claims[0].day}
    return [(claims[0], other) for other in sorted(others.values(), key=lambda claim: claim.offset)]


def _signed(capture: Capture, datelines: Sequence[tuple[str, Span]]) -> Iterator[Claim]:
    for language, dateline in datelines:
        reading = read_stretch(capture.text, dateline.start, dateline.end)
        days = [found for found in find_dates(reading.text, language) if _is_day(found)]
        if len(days) == 1:
            yield _claim(reading.text, days[0], dateline.start)


def _recorded(capture: Capture) -> Iterator[Claim]:
    """Yield the days of the record; in a citation that of the document, not those in its title; of a title the last."""
    titles = [" ".join(title.split()) for title in capture.fields("title")]
    for field in capture.spans:
        if field.kind != "field" or field.get("name") not in _FIELDS:
            continue
        text = " ".join(capture.text[field.start : field.end].split())
        if field.get("name") == "date" and capture.field("date").startswith(f"{text} "):
            text = capture.field("date")
        for title in titles if field.get("name") == "citation" else ():
            text = text.replace(title, "")
        for language in dict.fromkeys(["en", *languages_of([text])]):
            days = [found for found in find_dates(text, language) if _is_day(found)]
            if "title" in field.get("name"):
                days = [found for found in days if not text[found.end :].strip(" .)]")]
            if len({found.value for found in days}) == 1:
                yield _claim(text, days[0], field.start)
                break


def _is_day(found: DateFound) -> bool:
    return len(found.value) == DAY and not found.value.startswith("-")


def _claim(text: str, found: DateFound, offset: int) -> Claim:
    return Claim(offset, text[found.start : found.end], found.value)

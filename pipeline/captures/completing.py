"""Turn the fields and drops that a format finds into a capture in which nothing is left unclaimed.

What every format shares: rules drawn across the page, repeated headings of its parts, furniture of the site; then the
witnesses over all the rest, the record's key, and who published it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from pipeline.annotation.spans import Span
from pipeline.captures.capture import Capture, Origin, Seed, content_key, lines_of
from pipeline.captures.fields import dropped, folded, record_in
from pipeline.captures.site import is_site_line
from pipeline.captures.witnesses import unclaimed, witnesses

WILSON = "Wilson Center Digital Archive"
_WILSON = re.compile(r"wilson\s?center|history\s+and\s+public\s+policy\s+program", re.IGNORECASE)

LONGEST = 400
"""Characters; a longer line is no rule and no furniture."""
_RULE = re.compile(r"\s*(?:[=_\-–—]{3,}|#+|\*{3,})\s*")


def complete(
    seed: Seed,
    text: str,
    format_: str,
    spans: Sequence[Span],
    *,
    translators: Mapping[str, str] | None = None,
    publisher: str = "",
) -> Capture:
    """Return the capture: every character in a field, a drop or a witness, white space apart.

    The key is the publisher's record id where the fields give one, else a hash of the text. `translators` says who
    translated into a language, `publisher` who published, where the format alone tells; else the fields are asked.
    """
    found = [*spans, *_furniture(text, spans)]
    found += witnesses(text, found, translators)
    publisher = publisher or (WILSON if _WILSON.search(_fields_and_drops(text, found)) else "")
    origin = Origin(seed.name, seed.sha256, "")
    return Capture(_key(text, found, publisher), format_, origin, text, tuple(found), publisher)


def _furniture(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return drops for whole lines outside the fields: rules, furniture of the site, repeated headings of parts."""
    contents = {folded(value) for value in _fields(text, spans, "contents")}
    drops: list[Span] = []
    for start, end in unclaimed(text, spans):
        for line in lines_of(text, start, end):
            if line.is_blank:
                continue
            reason = _reason(line.text, contents)
            drops += dropped(text, line.start, line.end, reason) if reason else []
    return [drop for drop in drops if not any(_overlaps(drop, other) for other in spans)]


def _reason(line: str, contents: Collection[str]) -> str:
    if len(line) > LONGEST:
        return ""
    if _RULE.fullmatch(line):
        return "rule"
    if is_site_line(line):
        return "chrome"
    return "repeat" if contents and folded(line) in contents else ""


def _overlaps(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _fields(text: str, spans: Iterable[Span], name: str) -> list[str]:
    return [text[found.start : found.end] for found in spans if found.kind == "field" and found.get("name") == name]


def _fields_and_drops(text: str, spans: Iterable[Span]) -> str:
    return "\n".join(text[found.start : found.end] for found in spans if found.kind != "witness")


def _key(text: str, spans: Sequence[Span], publisher: str) -> str:
    records = _fields(text, spans, "record") + [record_in(value) for value in _fields(text, spans, "address")]
    record = next((value for value in records if value), "")
    return f"wilson-center:{record}" if record and publisher == WILSON else content_key(text)

r"""Turn a text into the other messages of which it speaks: which it answers, and which it mentions.

    reply    = "Ваша" [noun] when | "your" [noun] when            Ваша телеграмма от 1.10.50 г.    на Ваш N 4581
    mention  = [day] "я послал" noun name | "я получил от" name day noun | noun name "от" day | …
    when     = [number] ["от" day]

    1 октября я послал запрос Мао Цзэдуну                 of 1950-10-01, to or from Мао Цзэдуну
    In response to this, I received from Mao on October 7 a letter

The words are data of the language (`[references]` in `languages/*.toml`). A reference has a day, a number or a name;
without these nothing tells which message is meant. Days are read as everywhere (`dating`).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from pipeline.annotation.dating import DateContext, DateFound, find_dates
from pipeline.languages import is_known, language

_DAY = "\ufdd0"
"""Stands for a date while patterns are tried: a code point that no text may use."""

_NAME = r"(?:[A-ZА-ЯЁ][\w’'-]+)(?:\s[A-ZА-ЯЁ][\w’'-]+){0,2}"
_NUMBER = re.compile(r"(?:№|No\.?|N)\s{0,3}(\d[\w/-]*)")


@dataclass(frozen=True, slots=True)
class MessageReference:
    """What a text says of another message."""

    start: int
    end: int
    """Half-open, in code points of the given text."""
    type: str
    """`replyTo` or `mentions`."""
    date: DateFound | None = None
    number: str = ""
    """As it stands, `N 4581`."""
    name: tuple[int, int] | None = None
    """Extent of the name of the other party, where the text gives one."""


def find_references(text: str, tag: str, context: DateContext | None = None) -> list[MessageReference]:
    """Return the other messages of which a text speaks, in order, none overlapping; `tag` is a language tag."""
    patterns = _patterns(tag)
    if not patterns:
        return []
    dates = find_dates(text, tag, context)
    is_told_when = bool(dates) or _NUMBER.search(text) is not None
    masked, offsets = _masked(text, dates)
    found: list[MessageReference] = []
    for kind, tells_when, pattern in patterns:
        for match in () if tells_when and not is_told_when else pattern.finditer(masked):
            reference = _reference(text, match, kind, offsets, dates)
            if not any(one.start < reference.end and reference.start < one.end for one in found):
                found.append(reference)
    return sorted(found, key=lambda reference: reference.start)


@functools.cache
def _patterns(tag: str) -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    """Return the patterns of a language, each with the relation, and whether it needs a day or a number."""
    words = language(tag).tables.get("references", {}) if is_known(tag) else {}
    if not words:
        return ()
    name = rf"(?:{words['title']})?(?P<name>{_NAME})"
    when = f"(?:{words['when']})"
    return tuple(
        (
            kind,
            "{day}" in pattern or "{when}" in pattern,
            re.compile(r"(?<!\w)(?:" + _filled(pattern, words["noun"], name, when) + ")"),
        )
        for kind in ("replyTo", "mentions")
        for pattern in words[kind]
    )


def _filled(pattern: str, noun: str, name: str, when: str) -> str:
    filled = pattern.replace("{when}", when).replace("{noun}", f"(?:{noun})").replace("{name}", name)
    return filled.replace("{day}", _DAY)


def _masked(text: str, dates: list[DateFound]) -> tuple[str, list[int]]:
    """Return a text with one sign for each date, and the offset in the text of each of its characters."""
    parts: list[str] = []
    offsets: list[int] = []
    reached = 0
    for start, end in [(date.start, date.end) for date in dates]:
        parts += [text[reached:start], _DAY]
        offsets += [*range(reached, start), start]
        reached = end
    return "".join([*parts, text[reached:]]), [*offsets, *range(reached, len(text) + 1)]


def _reference(
    text: str, match: re.Match[str], kind: str, offsets: list[int], dates: list[DateFound]
) -> MessageReference:
    start, last = offsets[match.start()], offsets[match.end() - 1]
    date = next((date for date in dates if start <= date.start <= last), None)
    end = max(date.end if date and date.start == last else 0, last + 1)
    number = _NUMBER.search(text, start, end)
    has_name = "name" in match.re.groupindex and match["name"]
    name = (offsets[match.start("name")], offsets[match.end("name") - 1] + 1) if has_name else None
    return MessageReference(start, end, kind, date, number[0] if number else "", name)


def same_message(one: MessageReference, other: MessageReference) -> bool:
    """Whether two references of one document, in its two languages or twice in one, seem to be to one message."""
    if one.number or other.number:
        return re.sub(r"\D", "", one.number) == re.sub(r"\D", "", other.number)
    first, second = (reference.date.value if reference.date else "" for reference in (one, other))
    return one.type == other.type and first == second

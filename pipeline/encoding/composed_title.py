"""Turn who wrote to whom and when into a title for a document that has none, in the language of the names.

    From Stalin (“Filippov”) to Mao Zedong and Zhou Enlai, 1 October 1950
    Нота № 42, 5 сентября 1957 г.            of nobody known, by the document's own heading

Names keep their words; only capitals throughout, as telegrams have them, become a capital at the beginning of each
word, and where the document writes the name so elsewhere, its spelling. What can't be cased for certain (MACARTHUR,
USSR) stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.encoding.correspondence import Message
from pipeline.languages import language

LONGEST_SHORT = 3
"""Letters of a name in capitals that may be an abbreviation."""

_COVER = re.compile(r"^(?P<cover>[^\[\]]+?)\s*\[(?P<name>[^\[\]]+)\]$")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_UNSURE = re.compile(r"^(?:MAC|MC|O[’'])|^(?=\w{2,5}$)\w*[BCDFGHJKLMNPQRSTVWXZБВГДЖЗКЛМНПРСТФХЦЧШЩ]{3}")
"""Words that may have a capital inside, or be abbreviations."""


@dataclass(frozen=True, slots=True)
class ComposedTitle:
    """A title that the machine composed."""

    text: str
    undated: str
    """The same without the date."""
    language: str
    """Of its words, ISO 639-1."""


def composed_title(message: Message, date: str, text: str, spoken: str = "en", heading: str = "") -> ComposedTitle:
    """Return a title from a document's own message and date (ISO 8601); `text` is the captured text.

    `spoken` is the language of the document (BCP 47) and `heading` what it calls itself: of them a title is made where
    neither sender nor recipient is known.
    """
    senders = _names(message, "sent", ("",))
    recipients = _names(message, "received", ("to",))
    known = " ".join((*senders, *recipients))
    code = "ru" if re.search("[А-Яа-яЁё]", known) or (not known and spoken[:2] == "ru") else "en"
    words = language(code).tables["titles"]
    told = {
        side: words["and"].join(_written(name, text, words) for name in names)
        for side, names in (("senders", senders), ("recipients", recipients))
    }
    kind = "both" if senders and recipients else "senders" if senders else "recipients" if recipients else "nobody"
    day = written_date(date, code)
    title = _sentence(heading) if kind == "nobody" and heading else words[kind].format(**told)
    return ComposedTitle(title + (f", {day}" if day else ""), title, code)


def _sentence(heading: str) -> str:
    """Return a heading with capitals throughout as a sentence has them: `НОТА № 42` as `Нота № 42`."""
    folded = " ".join(heading.split()).rstrip(".")
    words = _WORD.findall(folded)
    return folded.capitalize() if len(words) == 1 and folded.isupper() else folded


def _names(message: Message, kind: str, subtypes: tuple[str, ...]) -> list[str]:
    return [one.name for one in message.actions if one.type == kind and one.subtype in subtypes and one.name]


def written_date(date: str, code: str) -> str:
    """Return a date in the words of a language: 1 October 1950, October 1950, 1950; "" where there is none."""
    words = language(code).tables["titles"]
    year, month, day = [*date.split("-"), "", "", ""][:3]
    if not month or not year:
        return year
    months = words["months"] if day else words.get("months-alone", words["months"])
    return str(words["day" if day else "month"].format(day=int(day or 0), month=months[int(month) - 1], year=year))


def _written(name: str, text: str, words: Mapping[str, Any]) -> str:
    """Return a name for a title, the real one first where a cover name is resolved."""
    if resolved := _COVER.match(name):
        cover, real = _cased(resolved["cover"], text), _cased(resolved["name"], text)
        return str(words["cover-name"].format(name=real, cover=cover))
    return _cased(name, text)


def _cased(name: str, text: str) -> str:
    letters = [word for word in _WORD.findall(name) if len(word) > 1]
    if not letters or not all(word.isupper() for word in letters) or max(map(len, letters)) <= LONGEST_SHORT:
        return name
    spaced = r"\s+".join(map(re.escape, name.split()))
    in_text = re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)
    mixed = next((found[0] for found in in_text.finditer(text) if _is_mixed(found[0])), "")
    if mixed:
        return " ".join(mixed.split())
    if any(_UNSURE.match(word) for word in letters):
        return name
    return _WORD.sub(lambda word: word[0].capitalize(), name)


def _is_mixed(name: str) -> bool:
    return all(word[0].isupper() for word in _WORD.findall(name)) and not name.isupper()

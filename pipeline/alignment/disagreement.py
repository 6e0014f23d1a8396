"""Turn links between two texts into what the linked passages disagree about.

Only what an anchor shows is found: a number, a date, a military unit, a name, a mark of an enumeration that the other
side has not, a choice that only one side leaves, and passages without a counterpart. What may be no more than a word
(ordinals, "one", what a translator added in brackets) may answer an anchor of the other side, but is itself never
missed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.alignment.links import Link
from pipeline.alignment.sounds import sound_of_name
from pipeline.alignment.units import Anchor, Unit
from pipeline.languages import alternatives, is_known, language

SHORTEST_NAME = 5
"""Letters; a shorter word in capitals is mostly an abbreviation, which is translated and not transcribed."""


CASE_ENDINGS = frozenset("MVGJ")
"""Sounds that endings add to a name: Сталиным, Конновым."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in which two linked passages disagree, or a passage without a counterpart."""

    code: str
    originals: tuple[Unit, ...]
    translations: tuple[Unit, ...]
    ours: str = ""
    """What the original has, as it stands there; "" where it has nothing."""
    theirs: str = ""
    written: tuple[str, ...] = ()
    """What to show of the passages."""


def disagreements(links: Sequence[Link], originals: Sequence[Unit], translations: Sequence[Unit]) -> Iterator[Finding]:
    """Yield what the linked passages disagree about, and the sentences without a counterpart."""
    for link in links:
        ours = tuple(originals[place] for place in link.originals)
        theirs = tuple(translations[place] for place in link.translations)
        if ours and theirs:
            for check in CHECKS:
                yield from check(ours, theirs)
        elif any(unit.is_running for unit in (*ours, *theirs)):
            yield Finding("L008" if ours else "L009", ours, theirs)


Passage = tuple[Unit, ...]
Answer = Callable[[Anchor, Sequence[Anchor]], bool]


def _anchors(passage: Passage, kind: str) -> list[Anchor]:
    return [anchor for unit in passage for anchor in unit.anchors if anchor.kind == kind]


def _unanswered(passage: Passage, other: Passage, kind: str, answer: Answer) -> list[Anchor]:
    """Return what one passage says for sure and the other does not."""
    others = [anchor for unit in other for anchor in unit.anchors]
    found = [anchor for anchor in _anchors(passage, kind) if anchor.is_sure and not answer(anchor, others)]
    return list({anchor.value: anchor for anchor in found}.values())


def _compare(code: str, ours: Passage, theirs: Passage, kind: str, answer: Answer) -> Iterator[Finding]:
    """Yield one finding for all anchors of one kind that are not answered."""
    sides = _unanswered(ours, theirs, kind, answer), _unanswered(theirs, ours, kind, answer)
    if sides[0] or sides[1]:
        said = [", ".join(anchor.written for anchor in side) for side in sides]
        written = tuple(anchor.written for side in sides for anchor in side)
        yield Finding(code, ours, theirs, said[0], said[1], written)


def _numbers(ours: Passage, theirs: Passage) -> Iterator[Finding]:
    """Yield numbers; not those of datelines, which are dates, nor a list's numbering where one passage is the list."""
    is_dateline = any(unit.kind == "dateline" for unit in (*ours, *theirs))
    is_list = any(len(side) > 1 and {unit.kind for unit in side} <= {"item", "cell"} for side in (ours, theirs))
    if not is_dateline and not is_list:
        yield from _compare("L001", ours, theirs, "number", has_number)


def has_number(anchor: Anchor, others: Sequence[Anchor]) -> bool:
    """Whether others say a number too, be it in a date, a time, the mark of a list or the name of a unit."""
    for other in others:
        if other.kind == "number" and other.value == anchor.value:
            return True
        if other.kind == "mark" and other.value == anchor.value:
            return True
        if other.kind == "unit" and other.value.split()[0] == anchor.value:
            return True
        if other.kind == "date" and anchor.value in {part.lstrip("0") for part in re.split(r"\D+", other.value)}:
            return True
        if other.kind == "time" and anchor.value in _in_time(other.value):
            return True
    return False


def _in_time(time: str) -> set[str]:
    found = re.match(r"(\d\d):(\d\d)", time)
    return {found[1].lstrip("0"), found[2].lstrip("0"), f"{float(f'{found[1]}.{found[2]}'):g}"} if found else set()


def _dates(ours: Passage, theirs: Passage) -> Iterator[Finding]:
    """Yield dates; times only where the dates agree."""
    found = list(_compare("L002", ours, theirs, "date", _has_date))
    yield from found or _compare("L003", ours, theirs, "time", _has_time)


def _has_date(anchor: Anchor, others: Sequence[Anchor]) -> bool:
    """Whether the other side has the date, or one that is the same as far as it goes."""
    values = [other.value for other in others if other.kind == "date"]
    if any(one.startswith(anchor.value) or anchor.value.startswith(one) for one in values):
        return True
    figures = {other.value for other in others if other.kind == "number"}
    return any(form <= figures for form in _as_figures(anchor.value))


def _as_figures(date: str) -> list[set[str]]:
    """Return the numbers as which an unmarked date may be read: `3.10`, or day and year of `1 октября 1950`."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", date)
    if not found:
        return []
    year, month, day = found[1], int(found[2]), int(found[3])
    return [{f"{float(f'{day}.{month:02}'):g}"}, {f"{float(f'{day}.{month}'):g}"}, {str(day), year}]


def _has_time(anchor: Anchor, others: Sequence[Anchor]) -> bool:
    return any(other.kind == "time" and other.value[:5] == anchor.value[:5] for other in others)


def _units(ours: Passage, theirs: Passage) -> Iterator[Finding]:
    """Yield military units by number and formation: `39 корпуса` is `39th corps`, not `38th corps`.

    Of a name that stands on one side only, no number may stand on the other: it may be a unit that nobody marked.
    """
    own, other = _unanswered(ours, theirs, "unit", _has_unit), _unanswered(theirs, ours, "unit", _has_unit)
    if not (own and other):
        own, other = _whole(own, ours), _whole(other, theirs)
    if own or other:
        said = [", ".join(dict.fromkeys(anchor.written for anchor in side)) for side in (own, other)]
        yield Finding("L014", ours, theirs, said[0], said[1], tuple(anchor.written for anchor in (*own, *other)))


def _whole(units: Sequence[Anchor], passage: Passage) -> list[Anchor]:
    """Return the units of those names of which every unit is among them."""
    values = {anchor.value for anchor in units}
    partial = {anchor.written for anchor in _anchors(passage, "unit") if anchor.value not in values}
    return [anchor for anchor in units if anchor.written not in partial]


def _has_unit(anchor: Anchor, others: Sequence[Anchor]) -> bool:
    number = anchor.value.split()[0]
    return any((one.kind, one.value) in {("unit", anchor.value), ("number", number)} for one in others)


def _names(ours: Passage, theirs: Passage) -> Iterator[Finding]:
    """Yield persons, places or bodies that are others on either side.

    A name on one side only is ordinary: the other has a pronoun, or an adjective of the country.
    """
    own, other = _unanswered(ours, theirs, "name", _has_name), _unanswered(theirs, ours, "name", _has_name)
    for file in dict.fromkeys(_file(anchor) for anchor in own):
        sides = [[anchor.written for anchor in side if _file(anchor) == file] for side in (own, other)]
        if all(sides):
            said = [", ".join(side) for side in sides]
            yield Finding("L004", ours, theirs, said[0], said[1], (*sides[0], *sides[1]))


def _file(anchor: Anchor) -> str:
    return anchor.value.partition("#")[0]


def _has_name(anchor: Anchor, others: Sequence[Anchor]) -> bool:
    return any(other.kind == "name" and other.value == anchor.value for other in others)


def _spellings(ours: Passage, theirs: Passage) -> Iterator[Finding]:
    """Yield pairs of names that resemble each other and are not the same in sound: `ПЕНЗАН` and `GENZAN`.

    One of the two has no reference. Where the other has one, it must have no counterpart in the first passage.
    """
    own, other = _spelt(ours), _spelt(theirs)
    known, others = _linked(ours), _linked(theirs)
    free, rest = _without_counterpart(ours, theirs), _without_counterpart(theirs, ours)
    rest |= {one: sound for one, sound in other.items() if not _is_among(sound, {**own, **known})}
    free |= {one: sound for one, sound in own.items() if not _is_among(sound, {**other, **others})}
    for name, sound in free.items():
        near = [one for one, theirs_ in rest.items() if (name in own or one in other) and _resemble(sound, theirs_)]
        if len(near) == 1:
            del rest[near[0]]
            yield Finding("L005", ours, theirs, name, near[0], (name, near[0]))


def _linked(passage: Passage) -> dict[str, str]:
    """Return the names with a reference as written, with their sound."""
    return {anchor.written: sound_of_name(anchor.written) for anchor in _anchors(passage, "name")}


def _without_counterpart(passage: Passage, other: Passage) -> dict[str, str]:
    """Return the names whose references the other passage has not, with their sound."""
    return {anchor.written: sound_of_name(anchor.written) for anchor in _unanswered(passage, other, "name", _has_name)}


def _is_among(sound: str, others: Mapping[str, str]) -> bool:
    return any(_are_one(sound, other) for other in others.values())


_CAPITALS = re.compile(rf"[^\W\d_]{{{SHORTEST_NAME},}}(?:['’-][^\W\d_]+)*|[^\W\d_]+(?:['’-][^\W\d_]+){{1,2}}")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_REMARK = re.compile(r"\[[^\[\]]*\]")


def _spelt(passage: Passage) -> dict[str, str]:
    """Return names as written, with their sound: words in capitals within running text, and names without reference."""
    found: dict[str, str] = {}
    for unit in passage:
        words = _words_in_capitals(_REMARK.sub(" ", unit.text))
        known = {anchor.written for anchor in unit.anchors if anchor.kind == "name"}
        words += [anchor.written for anchor in unit.anchors if anchor.kind == "spelling" and anchor.is_sure]
        if not unit.kind.startswith("seg"):
            for word in words:
                name = _POSSESSIVE.sub("", word)
                if len(name) >= SHORTEST_NAME and not any(name in one for one in known):
                    found[name] = sound_of_name(name)
    return found


def _words_in_capitals(text: str) -> list[str]:
    """Return words in capitals; none of a text that is all in capitals."""
    small = sum(1 for letter in text if letter.islower())
    words = [word for word in _CAPITALS.findall(text) if word.isupper()]
    return words if 2 * small > sum(map(len, words)) else []


def _are_one(ours: str, theirs: str) -> bool:
    """Whether two sounds are of one name, an ending of a case apart."""
    longer, shorter = sorted((ours, theirs), key=len, reverse=True)
    return longer == shorter or (len(shorter) > 1 and longer[:-1] == shorter and longer[-1] in CASE_ENDINGS)


def _resemble(ours: str, theirs: str) -> bool:
    shortest = min(len(ours), len(theirs))
    return shortest >= 2 and Levenshtein.distance(ours, theirs) <= 1 + (shortest > 4)


def _enumerations(ours: Passage, theirs: Passage) -> Iterator[Finding]:
    if len(ours) == len(theirs) == 1:
        yield from _compare("L006", ours, theirs, "mark", _has_mark)


def _has_mark(anchor: Anchor, others: Sequence[Anchor]) -> bool:
    return any(other.kind in {"mark", "number"} and other.is_sure and other.value == anchor.value for other in others)


def _choices(ours: Passage, theirs: Passage) -> Iterator[Finding]:
    """Yield a choice that only one side leaves: `Чжоу Энляю или Мао Цзэдуну`; one between numbers is none."""
    own, other = _choice_in(ours), _choice_in(theirs)
    if bool(own) != bool(other):
        yield Finding("L007", ours, theirs, own, other, (f" {own or other} ",))


def _choice_in(passage: Passage) -> str:
    found = (_choice_words(unit.language).search(unit.text) for unit in passage)
    return next((one.group(1) for one in found if one), "")


@functools.lru_cache(maxsize=64)
def _choice_words(tag: str) -> re.Pattern[str]:
    """Return the pattern of a language's `or` between two names; where none is known nothing is found."""
    table: Mapping[str, Sequence[str]] = language(tag).tables.get("comparison", {}) if is_known(tag) else {}
    return re.compile(rf"(?<=\w)\s(?i:({alternatives(table.get('or', ()))}))\s(?:the\s)?(?=[^\W\d_a-zа-яё])")


CHECKS = (_numbers, _dates, _units, _names, _spellings, _enumerations, _choices)
"""In the order in which findings of one passage are told."""

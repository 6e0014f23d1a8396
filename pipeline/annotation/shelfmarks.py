r"""Turn a text into the archival references that stand in it, each part with its place and its normal form.

    reference  = [archive separator] part { separator part } | archive separator notation-of-its-own
    part       = label ["."] ["No."] number
    label      = fond | opis | papka | portfel | delo | list, Russian or English, whole or abbreviated
    delo       = number [volume]                                        д. 12, т. 1
    number     = ["Р-" | "R-"] leaf [dash leaf] { ("," | "and") leaf [dash leaf] }   of leaves; of the others one number
    leaf       = figures [letter] ["об" | "ob"]

    RGASPI, f. 558, op. 11, d. 334, ll.0085               РГАСПИ.ФН 558, ОП. N 11, Д N 334. Л. N 85
    АП РФ. Ф. 45. Оп. 1. Д. 347. Л. 65–67.                AVPRF, f. 0100, op. 42, por. 19, pap. 288, ll. 81-85
    BArch, B 136/59748, 326-334                           only the archive is read

A reference has a fond and an opis, or an archive, a fond and one part more; separators may be any, parts in any order.
A part that comes again begins the next reference. Leaves lose the zeros before them (`ll.0085`: 85), fonds do not: in
the Foreign Ministry's archive 0100 and 100 are two fonds. The same leaf cited in Russian and in English has one key and
one citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.annotation.archives import Archive, archive_named, names
from pipeline.languages import alternatives, language

KINDS = ("fond", "opis", "portfel", "papka", "delo", "list")
"""The parts of a reference, from the widest to the narrowest."""


def _words(meaning: str) -> str:
    """A word of a meaning in either language of archival references."""
    return rf"(?i:{alternatives((*language('ru').shelfmarks[meaning], *language('en').shelfmarks[meaning]))})"


_LEAF = rf"\d{{1,6}}(?:\s?{_words('verso')}(?!\w)|[а-яёa-z]?{_words('verso')}?(?!\w))"
_LEAVES = rf"{_LEAF}(?:\s?[-–—]\s?{_LEAF})?"
_PAPKA = rf"{_words('papka')}|(?i:p)(?=\.?\s{{0,3}}\d{{1,4}}[a-zа-я]?[\s,;.]{{1,4}}(?i:d|delo|por|ll?)\b)"
"""English `p.` is a papka where a delo or leaves follow, else a page."""
_LABELS = "|".join(rf"(?P<{kind}>{_PAPKA if kind == 'papka' else _words(kind)})" for kind in KINDS)
_PART = re.compile(
    rf"(?<!\w)(?:{_LABELS})(?![^\W\d_])[.’']?\s{{0,3}}(?:{_words('number')}\.?\s{{0,3}})?"
    rf"(?P<number>(?:[РR][-–]?)?{_LEAVES})"
)
_MORE_LEAVES = re.compile(rf"(?:(?:\s?,\s{{0,3}}|\s(?:и|and|&)\s){_LEAVES}(?!\s?[^\W\d_]{{3}})){{1,40}}")
_VOLUME = re.compile(rf"[\s.,;]{{1,4}}{_words('volume')}(?![^\W\d_])\.?\s{{0,3}}(?P<volume>\d{{1,3}})(?!\w)")
_SEPARATOR = re.compile(r"[\s.,;:]{0,6}")
_CAPITAL = r"[^\W\d_a-zа-яё]"
_BEFORE = re.compile(
    rf"(?:(?P<known>{names(has_fonds=True)})|(?<![\w-])(?P<unknown>{_CAPITAL}\w{{0,6}}{_CAPITAL}(?:\s{_CAPITAL}{{2,5}})?))"
    r"[\s.,:;]{1,5}\Z"
)
_OWN_NOTATION = re.compile(
    rf"(?P<archive>{names(has_fonds=False)})(?:[,:.]\s{{0,3}}|\s{{1,3}})"
    r"(?P<rest>(?=[^\n;()\[\]]{0,80}\d)[^\s;()\[\]][^\n;()\[\]]{0,100}?)"
    rf"(?=\.\s+{_CAPITAL}[^\W\d_A-ZА-ЯЁ]|\s+https?:|\.?\s*(?:\Z|\n)|[;()\[\]])"
)
_INSTITUTION = re.compile(
    r"(?P<archive>[^,:;\n]{0,80}(?:[Aa]rchi[vf]|[Аа]рхив|Library|Museum|Музей|Библиотека)[^,:;\n]{0,60})[,:]\s{0,3}"
    r"(?P<rest>[^\n]{0,100}\d[^\n]{0,100})"
)
_LONGEST_NAME = 120

_CYRILLIC = "абвгдежзик"
_LATIN = ("a", "b", "v", "g", "d", "e", "zh", "z", "i", "k")
_TO_LATIN = dict(zip(_CYRILLIC, _LATIN, strict=True))
_TO_CYRILLIC = dict(zip(_LATIN, _CYRILLIC, strict=True))
_ENGLISH = {"fond": "f.", "opis": "op.", "portfel": "por.", "papka": "pap.", "delo": "d.", "list": "l."}
_RUSSIAN = {"fond": "Ф.", "opis": "Оп.", "portfel": "Пор.", "papka": "П.", "delo": "Д.", "list": "Л."}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a reference, with its label."""

    kind: str
    """One of `KINDS`."""
    start: int
    end: int
    """Half-open, in code points of the given text."""
    text: str
    """As it stands, `ll.0085`."""
    normal: str
    """`85`, `105-106`, `40ob`, `1-3, 5`, `059a`, `12, vol. 1`: letters Latin, dashes hyphens."""


@dataclass(frozen=True, slots=True)
class Shelfmark:
    """An archival reference."""

    start: int
    end: int
    """Half-open, in code points of the given text."""
    text: str
    repository: str
    """The archive's name as it stands; empty where the reference names none."""
    archive: Archive | None
    """The archive, where it is in the table."""
    parts: tuple[Part, ...]
    """In the order of the text."""
    rest: str = ""
    """What follows the archive in a notation of its own, unread."""

    def part(self, kind: str) -> Part | None:
        """Return the part of a kind."""
        return next((part for part in self.parts if part.kind == kind), None)

    @property
    def key(self) -> str | None:
        """The archive's key, such as `rgaspi`."""
        return self.archive.key if self.archive else None

    @property
    def locus(self) -> tuple[str, str] | None:
        """First and last leaf."""
        leaves = self.part("list")
        if leaves is None:
            return None
        first, *_, last = [*re.split(r"-|, ", leaves.normal)] * 2
        return first, last

    @property
    def sort_key(self) -> str:
        """By archive, then part by part as numbers: sorts as the files stand on the shelf."""
        name = self.key or self.repository.casefold()
        numbers = [part.normal if (part := self.part(kind)) else "0" for kind in KINDS] if self.parts else [self.rest]
        return " ".join([name, *(re.sub(r"\d+", lambda figures: f"{int(figures[0]):06}", text) for text in numbers)])

    def citation(self, interface: str) -> str:
        """Return the reference in the archival style of a language: Russian for `ru`, else English."""
        name = self.archive.abbreviation[interface] if self.archive else self.repository
        ordered = [part for kind in KINDS if (part := self.part(kind))]
        if not ordered:
            return f"{name}, {self.rest}"
        if interface == "ru":
            return " ".join(f"{piece}." for piece in (name, *map(_in_russian, ordered)) if piece)
        return ", ".join(piece for piece in (name, *map(_in_english, ordered)) if piece)


def _in_russian(part: Part) -> str:
    if part.kind == "delo" and ", vol. " in part.normal:
        return f"{_RUSSIAN[part.kind]} {part.normal.replace(', vol. ', ', т. ')}"
    figures = re.sub(r"(?<=\d)(zh|[abvgdezik](?!h))?(ob)?", _suffix_in_russian, part.normal)
    return f"{_RUSSIAN[part.kind]} {figures.replace('R-', 'Р-') if part.kind == 'fond' else figures.replace('-', '–')}"


def _suffix_in_russian(suffix: re.Match[str]) -> str:
    return _TO_CYRILLIC.get(suffix[1] or "", "") + ("об" if suffix[2] else "")


def _in_english(part: Part) -> str:
    label = "ll." if part.kind == "list" and re.search("[-,]", part.normal) else _ENGLISH[part.kind]
    return f"{label} {part.normal}"


def find_shelfmarks(text: str) -> list[Shelfmark]:
    """Return the archival references in a text, in order; two holdings in one sentence are two references."""
    found = [*_with_fonds(text), *_with_own_notation(text)]
    return sorted(found, key=lambda mark: mark.start)


def parse_shelfmark(text: str) -> Shelfmark | None:
    """Return the reference that a whole text is; nothing where it is none, or more than one, or more than that.

    Here the name of an archive that is not in the table is enough, if a number follows it.
    """
    found = find_shelfmarks(text)
    if len(found) == 1 and not (text[: found[0].start] + text[found[0].end :]).strip(" \t\r\n\u00a0.,;[]()"):
        return found[0]
    if found or not (whole := _INSTITUTION.fullmatch(text.strip(" \t\r\n\u00a0.;[]()"))):
        return None
    start = text.index(whole[0])
    return Shelfmark(start, start + len(whole[0]), whole[0], whole["archive"].strip(), None, (), whole["rest"])


def same_file(one: Shelfmark, other: Shelfmark) -> bool:
    """Whether two references to different archives give the same delo and the same leaves."""
    return one.key != other.key and all(
        (first := one.part(kind)) and (second := other.part(kind)) and first.normal == second.normal
        for kind in ("delo", "list")
    )


def _with_fonds(text: str) -> Iterator[Shelfmark]:
    run: list[Part] = []
    for part in _parts(text):
        follows = run and _SEPARATOR.fullmatch(text, run[-1].end, part.start)
        if not follows or any(part.kind == earlier.kind for earlier in run):
            yield from _reference(text, run)
            run = []
        run.append(part)
    yield from _reference(text, run)


def _parts(text: str) -> Iterator[Part]:
    for match in _PART.finditer(text):
        kind = next(kind for kind in KINDS if match[kind])
        end = match.end()
        if kind == "list" and (more := _MORE_LEAVES.match(text, end)):
            end = more.end()
        volume = _VOLUME.match(text, end) if kind == "delo" else None
        if volume:
            number = _normal(kind, text[match.start("number") : end])
            stretch = text[match.start() : volume.end()]
            yield Part(kind, match.start(), volume.end(), stretch, f"{number}, vol. {volume['volume']}")
            continue
        yield Part(
            kind, match.start(), end, text[match.start() : end], _normal(kind, text[match.start("number") : end])
        )


def _normal(kind: str, number: str) -> str:
    bare = re.sub(r"\s(?:и|and|&)\s", ", ", number.casefold())
    bare = re.sub(r"\s*[-–—]\s*", "-", bare)
    bare = re.sub(r"(?<=\d)\s*(?!об|ob|с\s)([а-яёa-z]?)(?=\W|об|ob|\Z)", _letter_in_latin, bare)
    bare = re.sub(r"\s?(?:с\s)?(?:об|ob|оборот|verso)\b\.?", "ob", bare)
    bare = re.sub(r"^[рr](?=[-\d])", "R", bare)
    bare = re.sub(r"\s*,\s*", ", ", bare)
    return re.sub(r"\b0+(?=\d)", "", bare) if kind == "list" else bare


def _letter_in_latin(letter: re.Match[str]) -> str:
    return _TO_LATIN.get(letter[1], letter[1])


def _reference(text: str, run: list[Part]) -> Iterator[Shelfmark]:
    kinds = {part.kind for part in run}
    if "fond" not in kinds:
        return
    first = run[0].start
    before = _BEFORE.search(text, max(0, first - _LONGEST_NAME), first)
    if len(kinds) < 2 or not (before or "opis" in kinds):
        return
    group = "known" if before and before["known"] else "unknown"
    name = before[group] if before else ""
    start = before.start(group) if before else first
    yield Shelfmark(start, run[-1].end, text[start : run[-1].end], name, archive_named(name), tuple(run))


def _with_own_notation(text: str) -> Iterator[Shelfmark]:
    for match in _OWN_NOTATION.finditer(text):
        name = match["archive"]
        yield Shelfmark(*match.span(), match[0], name, archive_named(name), (), match["rest"].rstrip(" ."))

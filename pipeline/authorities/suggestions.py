"""Turn the names in a document that are not linked into suggestions of whom or what they may mean.

Nothing of it is stored: a suggestion is worked out from the document as it stands, after whatever editors did in it,
and from the authority. It holds what a decision needs to find its place again: passage, exact text, which of several.

    unknown     a name that no entry has; candidates are forms much like it:  ПЕНЗАН → Гензан
    ambiguous   a name of several entries
    unmarked    words that are no name yet but much like a form:  Кореической Трудовой партии
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree
from rapidfuzz import fuzz, process

from pipeline.authorities.forms import SHORT, Kind
from pipeline.authorities.index import Index, Meaning
from pipeline.authorities.keys import in_one_script, key_of
from pipeline.tei import XML_ID, XML_LANG, tag

NAMES = {tag("persName"): "person", tag("placeName"): "place", tag("orgName"): "organisation", tag("rs"): "person"}

LIKE = 66
"""Per cent of the letters that a name must share with a form, in order, to be taken for a misspelling of it."""

VERY_LIKE = 86
"""The same for words that are not marked as a name."""

CANDIDATES = 3

_KINDS = {"person": "person", "place": "place", "organisation": "org"}
_SKIPPED = frozenset(map(tag, ("fw", "pb", "corr", "reg", "note", "idno", "date")))
_BREAKS = frozenset(map(tag, ("p", "item", "cell", "addrLine", "seg", "signed", "dateline", "salute", "ab", "head")))
_CAPITAL = re.compile(r"(?<![\w-])[A-ZА-ЯЁ]")
_WORDS = re.compile(r"[\w'’-]+(?:\s[\w'’-]+){0,3}")
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a name may stand for."""

    reference: str
    form: str
    """Key of the form that the name is like."""
    score: int
    """0 to 100: how far the letters agree."""
    reason: str
    """`same-form` or `like-form`."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name, or what looks like one, that an editor may settle."""

    passage: str
    """The nearest xml:id around it, names apart."""
    text: str
    """Exactly as the document has it, white space folded, without furniture of the sheet."""
    occurrence: int
    """From 1: which of the places in the passage's own text that read so."""
    kind: str
    """`person`, `place` or `organisation`."""
    reason: str
    """`unknown`, `ambiguous` or `unmarked`."""
    candidates: tuple[Candidate, ...]
    line: int
    """In the file; 0 where unknown."""


@dataclass(slots=True)
class _Passage:
    """What stands under one xml:id and under none within it."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    names: list[tuple[int, int, etree._Element]] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)


def find_suggestions(root: etree._Element, index: Index) -> tuple[Suggestion, ...]:
    """Return suggestions for the text of a document, in the order of its passages."""
    suggestions: list[Suggestion] = []
    for division in root.iterfind(".//" + tag("body") + "/" + tag("div")):
        language = division.get(XML_LANG, "")
        passages: dict[str, _Passage] = {}
        _gather(division, "", passages)
        for identifier, passage in passages.items():
            suggestions += _in_passage(identifier, passage, language, index)
    return tuple(suggestions)


def _gather(element: etree._Element, identifier: str, passages: dict[str, _Passage]) -> None:
    own = identifier if element.tag in NAMES else element.get(XML_ID) or identifier
    passage = passages.setdefault(own, _Passage())
    start = passage.length
    if element.tag in _BREAKS:
        passage.add("\n")
    if element.tag not in _SKIPPED:
        passage.add(element.text or "")
        for child in element.iterchildren(etree.Element):
            _gather(child, own, passages)
            passage.add(child.tail or "")
    if element.tag in _BREAKS:
        passage.add("\n")
    if element.tag in NAMES:
        passage.names.append((start, passage.length, element))


def _in_passage(identifier: str, passage: _Passage, language: str, index: Index) -> Iterator[Suggestion]:
    text = "".join(passage.text)
    for start, end, element in passage.names:
        if not element.get("ref") and not _is_settled(element):
            kind = NAMES[str(element.tag)]
            key = key_of(in_one_script(text[start:end], language))
            same = _same(key, kind, index)
            candidates = tuple(same or _like(key, kind, index, LIKE))
            reason = "ambiguous" if same else "unknown"
            name, occurrence = _place(text, start, end)
            yield Suggestion(identifier, name, occurrence, kind, reason, candidates, element.sourceline or 0)
    marked = [(start, end) for start, end, _ in passage.names]
    for start, end, kind, found in _unmarked(text, marked, language, index):
        name, occurrence = _place(text, start, end)
        yield Suggestion(identifier, name, occurrence, kind, "unmarked", tuple(found), 0)


def _place(text: str, start: int, end: int) -> tuple[str, int]:
    """Return a stretch of a passage with white space folded, and which of the places that read so it is."""
    name = _folded(text[start:end])
    return name, _folded(text[:start]).count(name) + 1


def _is_settled(element: etree._Element) -> bool:
    """Whether an editor has said that nobody knows: the name has a @resp that is not the program's."""
    return element.get("resp", "#despatch") not in {"#despatch", "#source"}


def _folded(text: str) -> str:
    return " ".join(text.split())


# Candidates


def _same(key: str, kind: str, index: Index) -> list[Candidate]:
    meanings = [one for one in index.meanings(key) if one.kind is not Kind.OFFICE and one.entry == _KINDS[kind]]
    return [Candidate(reference, key, 100, "same-form") for reference in _references(meanings)]


def _references(meanings: Iterable[Meaning]) -> list[str]:
    return list(dict.fromkeys(meaning.reference for meaning in meanings))


def _like(key: str, kind: str, index: Index, least: int) -> list[Candidate]:
    """Return the entries of a kind with forms much like a key, the likest first."""
    if len(key) <= SHORT:
        return []
    found: dict[str, Candidate] = {}
    near = process.extract(key, index.like(key), scorer=fuzz.ratio, score_cutoff=least, limit=10 * CANDIDATES)
    for form, score, _ in near:
        for meaning in index.meanings(form):
            if meaning.entry == _KINDS[kind] and meaning.kind is not Kind.OFFICE:
                candidate = Candidate(meaning.reference, form, round(score), "like-form")
                found.setdefault(meaning.reference, candidate)
    return list(found.values())[:CANDIDATES]


def _unmarked(
    text: str, marked: Sequence[tuple[int, int]], language: str, index: Index
) -> Iterator[tuple[int, int, str, list[Candidate]]]:
    """Yield words that begin with a capital, are no name, and are much like a form of the same number of words.

    Words that only go on where the form ends are others: `South Korean`.
    """
    reached = 0
    for capital in _CAPITAL.finditer(text):
        limit = min((start for start, end in marked if end > capital.start()), default=len(text))
        words = _WORDS.match(text, capital.start(), limit)
        if words is None or capital.start() < reached:
            continue
        if best := _best(text, words, language, index):
            reached, kind, candidates = best
            yield capital.start(), reached, kind, candidates


def _best(text: str, found: re.Match[str], language: str, index: Index) -> tuple[int, str, list[Candidate]] | None:
    ends = [word.end() for word in re.finditer(r"[\w'’-]+", text[: found.end()]) if word.start() >= found.start()]
    choices: list[tuple[int, int, str, list[Candidate]]] = []
    for words, end in enumerate(ends[:_LONGEST_NAME], start=1):
        key = key_of(in_one_script(text[found.start() : end], language))
        if len(key) <= 2 * SHORT or index.meanings(key):
            continue
        for kind in _KINDS:
            like = (one for one in _like(key, kind, index, VERY_LIKE) if _has_words(one, words, index))
            candidates = [one for one in like if not (key.startswith(one.form) or one.form.startswith(key))]
            if candidates:
                choices.append((candidates[0].score, end, kind, candidates))
    best = max(choices, key=lambda choice: choice[:2], default=None)
    return best[1:] if best else None


def _has_words(candidate: Candidate, words: int, index: Index) -> bool:
    return any(meaning.words == words for meaning in index.meanings(candidate.form))

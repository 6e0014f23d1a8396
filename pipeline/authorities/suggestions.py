"""Turn the names in a document that are not linked into suggestions of whom or what they may mean.

Nothing of it is stored: a suggestion is worked out from the document as it stands, after whatever editors did in it,
and from the authority. It holds what a decision needs to find its place again: passage, exact text, which of several.

This is not the `Suggestion` of `annotation.suggestions`, which is a value alone: that one is found where text is
compared with text, and what it proposes may be anything. Here it points into the document that is being reviewed (line,
extent, element), so that whoever decides need not look for the name again, and what it proposes is always an entry of
the lists, found by a form with its share of letters. One type for both would be half empty wherever it is used.

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

from pipeline.annotation.own_text import Passage, occurrence, offsets_of, read_passages
from pipeline.authorities.forms import SHORT, Kind
from pipeline.authorities.index import Index, Meaning
from pipeline.authorities.keys import in_one_script, key_of
from pipeline.tei import XML_LANG, tag

NAMES = {tag("persName"): "person", tag("placeName"): "place", tag("orgName"): "organisation", tag("rs"): "person"}

LIKE = 66
"""Per cent of the letters that a name must share with a form, in order, to be taken for a misspelling of it."""

VERY_LIKE = 86
"""The same for words that are not marked as a name."""

CANDIDATES = 3

SAME = "same-form"

NOT_A_NAME = "not-a-name"
"""`seg/@type` of words of which an editor has decided so."""

_KINDS = {"person": "person", "place": "place", "organisation": "org"}
_SKIPPED = frozenset(map(tag, ("fw", "pb", "corr", "reg", "note", "idno", "date")))
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
    start: int = -1
    """Where it begins and ends in the document: `annotation.own_text`."""
    end: int = -1
    element: etree._Element | None = field(default=None, compare=False, repr=False)
    """What is marked; none where nothing is."""


def find_suggestions(root: etree._Element, index: Index) -> tuple[Suggestion, ...]:
    """Return suggestions for the text of a document, in the order of its passages."""
    suggestions: list[Suggestion] = []
    offsets = offsets_of(root)
    for division in root.iterfind(".//" + tag("body") + "/" + tag("div")):
        language = division.get(XML_LANG, "")
        for passage in read_passages(division, offsets, _is_silent, frozenset(NAMES)).values():
            suggestions += _in_passage(passage, language, index)
    return tuple(suggestions)


def find_candidates(name: str, kind: str, language: str, index: Index) -> tuple[Candidate, ...]:
    """Return whom or what a name may mean: the entries that bear it, else those with forms much like it."""
    key = key_of(in_one_script(name, language))
    return tuple(_same(key, kind, index) or _like(key, kind, index, LIKE))


def _is_silent(element: etree._Element) -> bool:
    return element.tag in _SKIPPED


def _in_passage(passage: Passage, language: str, index: Index) -> Iterator[Suggestion]:
    text = passage.text
    names = [mark for mark in passage.marks if mark[2].tag in NAMES]
    for start, end, element in names:
        if not element.get("ref") and not _is_settled(element):
            kind = NAMES[str(element.tag)]
            candidates = find_candidates(text[start:end], kind, language, index)
            reason = "ambiguous" if candidates and candidates[0].reason == SAME else "unknown"
            name, count = occurrence(text, start, end)
            line = element.sourceline or 0
            extent = passage.place(start, end)
            yield Suggestion(passage.identifier, name, count, kind, reason, candidates, line, *extent, element)
    taken = [(start, end) for start, end, one in passage.marks if one.tag in NAMES or one.get("type") == NOT_A_NAME]
    for start, end, kind, found in _unmarked(text, taken, language, index):
        name, count = occurrence(text, start, end)
        extent = passage.place(start, end)
        yield Suggestion(passage.identifier, name, count, kind, "unmarked", tuple(found), 0, *extent)


def _is_settled(element: etree._Element) -> bool:
    """Whether an editor has said that nobody knows: the name has a @resp that is not the program's."""
    return element.get("resp", "#despatch") not in {"#despatch", "#source"}


# Candidates


def _same(key: str, kind: str, index: Index) -> list[Candidate]:
    meanings = [one for one in index.meanings(key) if one.kind is not Kind.OFFICE and one.entry == _KINDS[kind]]
    return [Candidate(reference, key, 100, SAME) for reference in _references(meanings)]


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

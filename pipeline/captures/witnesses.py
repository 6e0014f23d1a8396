"""Turn what no field and no drop claims into witnesses: the text of the original, and translations of it.

A witness reaches from its first character to its last, whatever furniture stands between. Languages are told apart
line by line (`language`). Which witness is the original follows from what the record says (`Original Language`,
`Contents`, "Translated by"); where it says nothing, the text that is not English is taken for the original, and
certainty says so.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.annotation.spans import Span, span
from pipeline.captures.capture import Line, lines_of
from pipeline.captures.fields import is_only_space, trimmed
from pipeline.captures.language import languages_named, languages_of, letter_count, letters_in, tells_apart

STRAY = 60
"""Letters; less than this outside the largest stretch is not a witness of its own but text that stands apart."""

LEAST = 48
"""Letters; less than this at an edge, in a language that has a text elsewhere, is a note to the text beside."""

QUOTED = 5
"""A passage that is shorter than the text around it by as much is a quotation in it."""

LONG = 100
"""Letters; a line with as many in a second script holds two texts."""

ONLY_TEXT = "only-text"
"""The rule of a witness that is called the original only because there is no other."""

_WORD_OR_BRACKET = re.compile(r"\[[^\[\]]*\]|\S+")
_OMISSION = re.compile(r"\W*(?:\.{3}|…)\W*")
_TRANSLATED = re.compile(r"\b(?:translat(?:ed|ion)|machine-translated)\b", re.IGNORECASE)
_TRANSLATORS_NOTE = re.compile(r"\[(?:[Tt]rans(?:lator(?:[’'`]s)?|\.|l\.)\s+[Nn]ote|[Tt]ranslator:)")
_SOVIET_REFERENCE = re.compile(
    r"\b(?:AP\s?RF|APRF|RGANI|RGASPI|AVP\s?RF|AVPRF|GARF|RGAE|RGVA|TsAMO|TsKhSD)\b[^\n]{0,40}\b(?:[Ff]|[Ff]ond)\b\.?"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a capture in one language."""

    start: int
    end: int
    language: str
    """ISO 639-1, or "" where no letter tells."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a record says of the languages of its document."""

    originals: frozenset[str] = frozenset()
    transcripts: frozenset[str] = frozenset()
    translations: frozenset[str] = frozenset()
    is_translated: bool = False
    """Whether the record says that somebody translated."""

    @property
    def named(self) -> frozenset[str]:
        """Every language that the record names."""
        return self.originals | self.transcripts | self.translations


def record_of(text: str, spans: Iterable[Span]) -> Record:
    """Return what the fields of a record say of languages."""
    fields = [(found.get("name"), text[found.start : found.end]) for found in spans if found.kind == "field"]
    contents = [value for name, value in fields if name == "contents"]
    translations = [value for value in contents if "translat" in value.lower()]
    transcripts = [value for value in contents if re.search("transcri|original(?! scan)", value, re.IGNORECASE)]
    originals = [value for name, value in fields if name in {"original-language", "language"}]
    spoken_of = [value for name, value in fields if name in {"citation", "source", "credits", "rights", "translator"}]
    return Record(
        frozenset(languages_named(" ".join(originals))),
        frozenset(languages_named(" ".join(transcripts))),
        frozenset(languages_named(" ".join(translations))),
        any(_TRANSLATED.search(value) for value in spoken_of),
    )


def unclaimed(text: str, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Return the stretches between fields, without the white space and drops at their ends."""
    claimed = sorted((found.start, found.end) for found in spans if found.kind == "field")
    drops = sorted((found.start, found.end) for found in spans if found.kind == "dropped")
    stretches = []
    reached = 0
    for start, end in [*claimed, (len(text), len(text))]:
        stretches.append(_without_edges(text, reached, start, drops))
        reached = max(reached, end)
    return [(start, end) for start, end in stretches if start < end]


def _without_edges(text: str, start: int, end: int, drops: Sequence[tuple[int, int]]) -> tuple[int, int]:
    start, end = trimmed(text, start, end)
    for drop_start, drop_end in drops:
        if drop_start <= start < drop_end:
            start, end = trimmed(text, min(drop_end, end), end)
    for drop_start, drop_end in reversed(drops):
        if drop_start < end <= drop_end:
            start, end = trimmed(text, start, max(drop_start, start))
    return start, end


def witnesses(text: str, spans: Sequence[Span], translators: Mapping[str, str] | None = None) -> list[Span]:
    """Return the witnesses over all that these spans leave unclaimed.

    `translators` says who translated into a language, where the format knows. Text that stands apart from the document
    is a witness of type `unplaced`.
    """
    free = unclaimed(text, spans)
    if not free:
        return []
    body = max(free, key=lambda stretch: _weight(text, stretch)) if len(free) > 1 else free[0]
    drops = sorted((found.start, found.end) for found in spans if found.kind == "dropped")
    record = record_of(text, spans)
    main = _by_language(text, *body, drops, record.named)
    stretches: list[Stretch] = []
    strays: list[Span] = []
    for start, end in free:
        found = main if (start, end) == body else _by_language(text, start, end, drops, record.named)
        if found is not main and _stands_apart(text, found, main):
            strays.append(span(start, end, "witness", "outside", type="unplaced", lang=found[0].language))
        else:
            stretches += found
    return [*strays, *_typed(text, stretches, record, translators or {})]


def _weight(text: str, stretch: tuple[int, int]) -> int:
    return sum(letters_in(text[stretch[0] : stretch[1]]).values())


def _stands_apart(text: str, stretches: Sequence[Stretch], main: Sequence[Stretch]) -> bool:
    """Whether stretches outside the body are no witnesses: too short, or in a language that the body has already."""
    letters = sum(_weight(text, (one.start, one.end)) for one in stretches)
    enough = sum(_weight(text, (one.start, one.end)) for one in main) > STRAY
    known = {one.language for one in stretches} <= {one.language for one in main}
    return enough and (letters < STRAY or known)


def _by_language(
    text: str, start: int, end: int, drops: Sequence[tuple[int, int]], expected: frozenset[str]
) -> list[Stretch]:
    """Return a stretch cut where its language changes; what stands between two belongs to the nearer."""
    lines = [part for line in lines_of(text, start, end) if not _is_empty(line, drops) for part in _parts(line)]
    runs = _runs(lines, languages_of([line.text for line in lines], expected))
    edges = [_edge(lines, before, after) for before, after in itertools.pairwise(runs)]
    starts = [0, *edges]
    ends = [*edges, len(lines)]
    return [
        Stretch(*_without_edges(text, lines[first].start, lines[last - 1].end, drops), run.language)
        for run, first, last in zip(runs, starts, ends, strict=True)
        if first < last
    ]


def _parts(line: Line) -> list[Line]:
    """Return a line cut where its script changes, if it holds running text in two scripts: a page without breaks."""
    if len(line.text) < 2 * LONG:
        return [line]
    counts = letters_in(line.text).most_common(2)
    if len(counts) < 2 or counts[1][1] < LONG:
        return [line]
    edges = [0, *changes_of_script(line.text), len(line.text)]
    return [
        Line(line.start + start, line.start + end, line.text[start:end]) for start, end in itertools.pairwise(edges)
    ]


def changes_of_script(text: str) -> list[int]:
    """Return where words in another script begin, brackets apart."""
    changes: list[int] = []
    before = ""
    for word in _WORD_OR_BRACKET.finditer(text):
        script = letters_in(word.group()).most_common(1)
        if not script or word.group().startswith("["):
            continue
        if before and script[0][0] != before:
            changes.append(word.start())
        before = script[0][0]
    return changes


def _is_empty(line: Line, drops: Sequence[tuple[int, int]]) -> bool:
    """Whether a line has nothing but white space and drops, which come in order and do not overlap."""
    if line.is_blank or not drops:
        return line.is_blank
    first = max(bisect_right(drops, (line.start, 0)) - 1, 0)
    start = line.start
    for drop_start, drop_end in itertools.islice(drops, first, None):
        if drop_start >= line.end:
            break
        if not is_only_space(line.text[start - line.start : max(drop_start, start) - line.start]):
            return False
        start = max(start, min(drop_end, line.end))
    return is_only_space(line.text[start - line.start :])


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines in one language, `first` to before `last`."""

    first: int
    last: int
    language: str
    letters: int


def _runs(lines: Sequence[Line], languages: Sequence[str]) -> list[_Run]:
    runs: list[_Run] = []
    first = 0
    for language, group in itertools.groupby(languages):
        last = first + len(list(group))
        runs.append(_Run(first, last, language, sum(letter_count(line.text) for line in lines[first:last])))
        first = last
    return _without_quotations(runs)


def _without_quotations(runs: list[_Run]) -> list[_Run]:
    """Join what stands on both sides of a passage in another language that is short beside them: a quotation."""
    around = zip(runs, runs[1:], runs[2:], strict=False)
    quoted = {
        one.first
        for before, one, after in around
        if before.language == after.language and one.letters * QUOTED < before.letters + after.letters
    }
    joined: list[_Run] = []
    for run in runs:
        if joined and (run.first in quoted or joined[-1].language == run.language):
            last = joined.pop()
            joined.append(_Run(last.first, run.last, last.language, last.letters + run.letters))
        else:
            joined.append(run)
    return _without_notes(joined)


def _without_notes(runs: list[_Run]) -> list[_Run]:
    """Join a few words at the beginning or end to the text beside them, if their language has a text elsewhere."""
    for edge, beside in ((0, 1), (-1, -2)):
        note = runs[edge] if len(runs) > 2 else None
        if note and note.letters < LEAST and any(run.language == note.language for run in runs if run is not note):
            other = runs[beside]
            first, last = min(note.first, other.first), max(note.last, other.last)
            joined = _Run(first, last, other.language, note.letters + other.letters)
            return _without_notes([joined, *runs[2:]] if edge == 0 else [*runs[:-2], joined])
    return runs


def _edge(lines: Sequence[Line], before: _Run, after: _Run) -> int:
    """Return the index of the line that begins the later of two witnesses.

    Lines that speak for neither language go to the nearer; an omission mark at equal distance begins the later one,
    for a translation leaves out what stands above: 002's `[...]` before SPECIAL.
    """
    first, last = after.first, after.first
    languages = before.language, after.language
    while first - 1 > before.first and not tells_apart(lines[first - 1].text, *languages):
        first -= 1
    while last < after.last - 1 and not tells_apart(lines[last].text, *languages):
        last += 1
    gaps = [lines[at].start - lines[at - 1].end for at in range(first, last + 1)]
    widest = max(gaps)
    candidates = [first + at for at, gap in enumerate(gaps) if gap == widest]
    marks = [at for at in candidates if at < last and _OMISSION.fullmatch(lines[at].text)]
    return marks[0] if marks else candidates[-1]


def _typed(text: str, stretches: list[Stretch], record: Record, translators: Mapping[str, str]) -> list[Span]:
    found = []
    for stretch in stretches:
        kind, certainty, rule = _type(text, stretch, stretches, record)
        if stretch.language in translators:
            kind, certainty, rule = "translation", "", "versions"
        by = translators.get(stretch.language, "")
        attributes = {"type": kind, "lang": stretch.language, "translator": by}
        found.append(span(stretch.start, stretch.end, "witness", rule, certainty, **attributes))
    return found


def _type(text: str, stretch: Stretch, all_: Sequence[Stretch], record: Record) -> tuple[str, str, str]:
    """Return whether a stretch is original or translation, how certain that is, and which rule says so."""
    language = stretch.language
    if language in record.transcripts - record.translations:
        return "original", "", "contents"
    if language in record.translations and record.originals != {language}:
        return "translation", "", "contents"
    if language in record.originals:
        return "original", "", "original-language"
    if record.originals:
        return "translation", "", "original-language"
    beside = [other.language for other in all_ if other.language not in {"en", ""}]
    certainty = "" if record.is_translated else "medium"
    if beside and language != "en":
        return ("original" if language == beside[0] else "translation"), certainty, "not-english"
    if beside or record.is_translated:
        return "translation", certainty, "english"
    if _TRANSLATORS_NOTE.search(text, stretch.start, stretch.end):
        return "translation", "medium", "translators-note"
    if _SOVIET_REFERENCE.search(text):
        return "translation", "medium", "archival-reference"
    return "original", "low", ONLY_TEXT

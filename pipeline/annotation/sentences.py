r"""Turn the parts of a message into its sentences: the units that translations are compared by (ENCODING.md §6).

    sentence  = what stands between two ends; the first begins after the part's numbering
    end       = (full stop | "!" | "?" | "…") closing-mark* before white space and a capital, figure or opening mark
              | 。 ！ ？ closing-mark*
              | full stop between two words run together            событий в Корее.Однако по поступившим
              | colon before the first number of a row              the results of our meeting: 1. Comrade KIM
    no end    = after an abbreviation, an initial or a number of a row; before the next part of a citation (Ф. 45.);
                within brackets; within a phrase

A part that is a heading, an address or a signature is one unit by itself and has no sentences in it. Words that differ
between languages stand in `pipeline/languages/*.toml`, table `[sentences]`; a language without words has the rules.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.annotation.readings import Reading
from pipeline.annotation.spans import Layer, Span, span
from pipeline.languages import is_known, language

RUNNING = frozenset({"paragraph", "item", "cell", "ab"})
"""Kinds of parts whose text is divided into sentences."""

WHOLE = frozenset({"archival-reference", "source-line", "processing"})
"""Types of parts that are one unit, whatever full stops they hold: citations and clerks' notes."""

CLOSING = "\"”»’')\\]"
OPENING = "\"“«„‘'(\\["
SHORTEST_WORD = 3
"""Letters; what is shorter is an abbreviation even where no figures stand before it: `г.`, but not `мин`."""

LONGEST_BRACKET = 240
"""Characters within which a bracket is looked for that closes one: what never closes must not hold a text together."""

_END = re.compile(rf"(?P<mark>[.!?…]+|[。！？]+)[{CLOSING}]*(?P<space>\s*)(?P<next>[—–-]?\s?[{OPENING}]*\w|\Z)")
_ROW = re.compile(rf":\s+(?=[{OPENING}]*(?:1|[aаI])[.)]\s+[{OPENING}]*[^\W\d_a-zа-яё])")
_WORD_BEFORE = re.compile(r"(?:(?P<figures>\d)\s?)?(?P<word>[^\W_](?:[^\W_]|[.'’-](?=[^\W_]))*)\s?\Z")
_WORD_REACH = 32
_NUMBER_OF_A_ROW = re.compile(rf"(?:\A|[.:;!?…]\s)[{OPENING}]*\d{{1,2}}\s?\Z")
_LABEL = re.compile(r"([^\W\d_]{1,4})\.\s?\d")
_CONTENT = re.compile(r"[^\W_]")
_RUNS_ON = re.compile(r"[^\W_]|[,—–-]")
_CLOSING_MARKS = CLOSING.replace("\\", "")

Stretch = tuple[int, int]
"""Half-open, in a reading."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Which words before a full stop do not end a sentence, in one language; in lower case, without the full stop."""

    abbreviations: frozenset[str] = frozenset()
    """Never at an end: `т`, `им`, `cde`, `no`."""
    after_figures: frozenset[str] = frozenset()
    """May be at an end after figures, where a capital follows: `1950 г.`; if of one or two letters, only then."""
    may_end: frozenset[str] = frozenset()
    """May be at an end, where a capital follows: `и т.д.`, `p.m.`"""
    has_ordinal_points: bool = False
    """Whether figures and a full stop are an ordinal (German `5. Armee`)."""


@functools.lru_cache(maxsize=64)
def ends_of(tag: str) -> Ends:
    """Return what is known of a language's abbreviations; nothing of a language without data."""
    table = language(tag).tables.get("sentences", {}) if is_known(tag) else {}
    return Ends(
        **{name: frozenset(table.get(name.replace("_", "-"), ())) for name in ("abbreviations", "may_end")},
        after_figures=frozenset(table.get("after-figures", ())),
        has_ordinal_points=bool(table.get("ordinal-points", False)),
    )


def sentences_of(text: str, tag: str, start: int = 0, phrases: Sequence[Stretch] = ()) -> list[Stretch]:
    """Return where the sentences of a reading stand, from `start` on; no boundary lies within one of the phrases."""
    found = []
    begun = start
    whole = _merged(phrases)
    for end, following in _boundaries(text, ends_of(tag), start):
        place = bisect_left(whole, (end, 0)) - 1
        if (place >= 0 and end < whole[place][1]) or _is_in_brackets(text, begun, end):
            continue
        found.append((begun, end))
        begun = following
    found.append((begun, len(text)))
    trimmed = (_trimmed(text, first, last) for first, last in found)
    return [(first, last) for first, last in trimmed if _CONTENT.search(text, first, last)]


def _merged(phrases: Sequence[Stretch]) -> list[Stretch]:
    """Return stretches as few that do not overlap, in order."""
    merged: list[Stretch] = []
    for start, end in sorted(phrases):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _trimmed(text: str, start: int, end: int) -> Stretch:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _boundaries(text: str, ends: Ends, start: int) -> Iterator[Stretch]:
    """Yield where a sentence ends and the next begins."""
    rows = {found.start() + 1: found.end() for found in _ROW.finditer(text, start)}
    stops = {
        found.start("space"): found.end("space")
        for found in _END.finditer(text, start)
        if found["next"] and _is_end(text, found, ends, start)
    }
    yield from sorted((rows | stops).items())


def _is_end(text: str, found: re.Match[str], ends: Ends, start: int) -> bool:
    letter = found["next"][-1]
    if found["mark"][0] in "。！？":
        return True
    if letter.islower():
        return False
    if not found["space"] and not (found["mark"] == "." and _is_run_together(text, found)):
        return False
    return found["mark"] != "." or (_may_end(text, found, ends, start) and not _is_label(text, found.end() - 1, ends))


def _is_label(text: str, place: int, ends: Ends) -> bool:
    """Whether an abbreviation with a number stands here, as in a citation: `АП РФ. Ф. 45. Оп. 1.`"""
    label = _LABEL.match(text, place)
    return label is not None and label[1].casefold() in ends.abbreviations


def _is_run_together(text: str, found: re.Match[str]) -> bool:
    """Whether a full stop without a space stands between two words: two small letters, then a capital and a small."""
    before = text[max(found.start() - 3, 0) : found.start()].rstrip()[-2:]
    after = text[found.end() - 1 : found.end() + 1]
    return len(before) == 2 and before.islower() and after[:1].isupper() and (len(after) < 2 or not after[1].isupper())


def _may_end(text: str, found: re.Match[str], ends: Ends, start: int) -> bool:
    """Whether the word before a full stop can end a sentence."""
    before = text[max(found.start() - _WORD_REACH, start) : found.start()]
    if _NUMBER_OF_A_ROW.search(before):
        return False
    last = _WORD_BEFORE.search(before)
    if last is None:
        return True
    word = last["word"].rpartition("-")[2]
    small = last["word"].casefold()
    small = small if small in ends.abbreviations else word.casefold()
    if small in ends.may_end:
        return not found["next"][-1].isdigit()
    if small in ends.after_figures and (last["figures"] or len(small) < SHORTEST_WORD):
        return bool(last["figures"]) and not found["next"][-1].isdigit()
    if word.isdigit():
        return not ends.has_ordinal_points
    is_initial = len(word) == 1 and word.isalpha()
    return not (is_initial or small in ends.abbreviations or _is_dotted_capitals(word))


def _is_dotted_capitals(word: str) -> bool:
    return "." in word and all(len(part) <= 2 and part[:1].isupper() for part in word.split("."))


def _is_in_brackets(text: str, begun: int, place: int) -> bool:
    """Whether a bracket that a sentence opened is closed only after a place in it."""
    before = text[max(begun, place - LONGEST_BRACKET) : place]
    if before.count("(") <= before.count(")"):
        return False
    after = text[place : place + LONGEST_BRACKET]
    closing, opening = after.find(")"), after.find("(")
    return closing >= 0 and (opening < 0 or closing < opening)


def find_sentences(parts: Iterable[tuple[Span, Reading]], others: Iterable[Span], tag: str) -> Iterator[Span]:
    """Yield the sentences in the parts of one witness.

    `others` are its other spans: numbering is left out of sentences, and no phrase is cut. A sentence that runs on from
    one paragraph into the next, also past an embedded message, is a piece in each; all pieces name the whole in `part`.
    """
    known = list(others)
    labels = sorted(found.end for found in known if found.kind == "label")
    phrases = sorted((found.start, found.end) for found in known if found.layer is Layer.PHRASE)
    messages = [found for found in known if found.kind == "embedded"]
    open_: dict[int, list[Span]] = {}
    """By message, the pieces of the sentence that its last paragraph left open."""
    for part, reading in sorted(parts, key=lambda one: one[0].start):
        message = max((one.start for one in messages if one.start <= part.start and part.end <= one.end), default=-1)
        found = list(_sentences_in(part, reading, tag, labels, phrases))
        pieces = open_.pop(message, [])
        is_paragraph = part.kind == "paragraph"
        if found and pieces and is_paragraph and reading.text[:1].islower() and found[0].start == reading.offsets[0]:
            pieces.append(found.pop(0))
        if pieces and (found or not is_paragraph or _is_closed(reading.text)):
            yield from _joined(pieces)
            pieces = []
        if is_paragraph and not _is_closed(reading.text):
            pieces = pieces or ([found.pop()] if found else [])
        if pieces:
            open_[message] = pieces
        yield from found
    for pieces in open_.values():
        yield from _joined(pieces)


def _is_closed(text: str) -> bool:
    """Whether a paragraph ends where a sentence may end."""
    return not _RUNS_ON.match(text.rstrip(_CLOSING_MARKS)[-1:])


def _joined(pieces: Sequence[Span]) -> Iterator[Span]:
    """Yield a sentence, or the pieces of one that is broken."""
    whole = f"{pieces[0].start}-{pieces[-1].end}"
    yield from (piece.with_attributes(part=whole) if len(pieces) > 1 else piece for piece in pieces)


def _sentences_in(
    part: Span, reading: Reading, tag: str, labels: Sequence[int], phrases: Sequence[Stretch]
) -> Iterator[Span]:
    """Yield the sentences of one part."""
    if part.kind not in RUNNING:
        return
    if part.get("type") in WHOLE:
        stretches = [(0, len(reading.text))] if _CONTENT.search(reading.text) else []
    else:
        label = labels[bisect_left(labels, part.start + 1) :][:1]
        start = bisect_left(reading.offsets, label[0]) if label and label[0] < part.end else 0
        stretches = sentences_of(reading.text, tag, start, _inside(reading, phrases, part))
    for first, last in stretches:
        yield span(*reading.extent(first, last), "sentence", "sentence")


def _inside(reading: Reading, phrases: Sequence[Stretch], part: Span) -> list[Stretch]:
    """Return the phrases of a part as stretches of its reading."""
    own = phrases[bisect_left(phrases, (part.start, 0)) : bisect_left(phrases, (part.end, 0))]
    return [(bisect_left(reading.offsets, start), bisect_left(reading.offsets, end)) for start, end in own]

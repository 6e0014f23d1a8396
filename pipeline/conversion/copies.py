"""Turn the documents of an edition into those that seem to be two captures of one document.

    page.html   1 October 1950, Stalin to Mao Zedong    Russian, English
    sheet.pdf   1 October 1950, Filippov to Mao         English            → told, if the English texts agree

A record id tells this at once (C009). Else the texts do, language by language: of two captures one often lacks the
original, or a translation. Two documents are compared, unless their record ids say that they are two, if they are of
one day, sender and recipient; and captures of different formats, whatever their record ids and whoever they say wrote
to whom, if they are of one day and share a phrase: an archive has a page, a PDF and a list of the same telegram, each
with a head of its own. Captures of one format to different addressees are not: a circular is as many documents as it
has addressees.
"""

from __future__ import annotations

import functools
import heapq
import itertools
import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import Indel

from pipeline.edition import Edition
from pipeline.problems import Problem, problem
from pipeline.reconciliation import Known, witnesses_as_converted

ALIKE = 90
"""Per cent of the words in order in which two texts of one language agree that are one."""

LONG = 40
"""Words of a text that does not agree with another of the day by chance or by formula."""

MOST = 50
"""Documents of one day and the same parties. Where there are more, their identifiers tell too little, and comparing
each with each, which grows with the square, would take as long as their conversion."""

MOST_OF_A_DAY = 1000
"""Documents of one day, or without a day, that are read again when one of them changes."""

PHRASE = 5
"""Words of a phrase; so long a one is hardly in two documents of a day that do not quote each other."""

PHRASES = 16
"""Phrases of each text that are looked at: those of which the checksums are lowest, the same in every copy of it. Of
two texts that agree to 90 %, three phrases in five are the same."""

_DAY = re.compile(r"d(?:nd|\d{4}(?:-\d\d){0,2})(?=-|\Z)")

_Witnesses = Mapping[str, Sequence[str]]
"""The words of a document by language."""


def copies(
    edition: Edition, known: Iterable[Known], changed: Collection[str], before: Iterable[Problem]
) -> Iterator[Problem]:
    """Yield a warning for each pair of documents that are of one day and whose texts in a language agree.

    Only days of which a document `changed` (identifiers) are looked at again; of the others what was told `before`
    still holds.
    """
    days: dict[str, list[Known]] = defaultdict(list)
    for entry in sorted(known, key=lambda entry: entry.id):
        days[_day(entry.id)].append(entry)
    there = {entry.id for entries in days.values() for entry in entries}
    stale = {_day(identifier) for identifier in changed}
    for told in before:
        pair = [value for name, value in told.arguments if name in {"id", "other_id"}]
        if there.issuperset(pair) and stale.isdisjoint(map(_day, pair)):
            yield told
    for day in sorted(stale & days.keys()):
        read = functools.cache(functools.partial(witnesses_as_converted, edition))
        for first, second in sorted(_pairs(days[day], read), key=lambda pair: (pair[0].id, pair[1].id)):
            share = _agreement(read(first.id), read(second.id), 0 if _stem(first.id) == _stem(second.id) else LONG)
            if share >= ALIKE:
                yield problem("E021", second.seed, other=first.seed, share=share, id=second.id, other_id=first.id)


def _day(identifier: str) -> str:
    found = _DAY.match(identifier)
    return found.group() if found else ""


def _stem(identifier: str) -> str:
    """Return an identifier without the number that tells documents of one day and the same parties apart."""
    return re.sub(r"-\d+\Z", "", identifier)


def _pairs(entries: Sequence[Known], read: Callable[[str], _Witnesses]) -> set[tuple[Known, Known]]:
    """Return the documents of a day that are to be compared with each other."""
    pairs: set[tuple[Known, Known]] = set()
    stems: dict[str, list[Known]] = defaultdict(list)
    for entry in entries:
        stems[_stem(entry.id)].append(entry)
    for of_parties in stems.values():
        if len(of_parties) <= MOST:
            pairs |= {pair for pair in itertools.combinations(of_parties, 2) if not _are_two_records(*pair)}
    if len({entry.format for entry in entries}) > 1 and len(entries) <= MOST_OF_A_DAY:
        pairs |= _sharing_phrases(entries, read)
    return pairs


def _are_two_records(first: Known, second: Known) -> bool:
    """Whether record ids say that an archive holds two: a number and a name may be an old and a new id of one."""
    records = [entry.key.rpartition(":")[2] for entry in (first, second) if not entry.key.startswith("sha256:")]
    return len({record.isdecimal() for record in records}) == 1 and len(records) > 1


def _sharing_phrases(entries: Iterable[Known], read: Callable[[str], _Witnesses]) -> set[tuple[Known, Known]]:
    """Return the pairs of captures of different formats that share a phrase of those that are looked at."""
    having: dict[tuple[str, int], list[Known]] = defaultdict(list)
    for entry in entries:
        for language, words in read(entry.id).items():
            for phrase in _phrases(words):
                having[language, phrase].append(entry)
    return {
        pair
        for sharing in having.values()
        if len(sharing) <= MOST
        for pair in itertools.combinations(sharing, 2)
        if pair[0].format != pair[1].format
    }


def _phrases(words: Sequence[str]) -> list[int]:
    """Return the lowest checksums of the phrases of a text."""
    starts = range(len(words) - PHRASE + 1)
    return heapq.nsmallest(PHRASES, {zlib.crc32(" ".join(words[one : one + PHRASE]).encode()) for one in starts})


def _agreement(first: _Witnesses, second: _Witnesses, least: int) -> int:
    """Return how far two documents agree in the language in which they do most, in per cent of words.

    0 where that is less than `ALIKE`, or where the shorter text has less than `least` words.
    """
    shares = (
        round(100 * Indel.normalized_similarity(first[one], second[one], score_cutoff=(ALIKE - 0.5) / 100))
        for one in sorted(first.keys() & second.keys())
        if min(len(first[one]), len(second[one])) >= max(least, 1)
    )
    return max(shares, default=0)

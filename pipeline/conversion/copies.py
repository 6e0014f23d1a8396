"""Turn the documents of an edition into those that seem to be two captures of one document.

A record id tells this at once (C009). Where a capture has none, its document is compared with those of the same day,
sender and recipient, whose identifiers differ in their number alone.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from rapidfuzz.distance import Indel

from pipeline.edition import Edition
from pipeline.problems import Problem, problem
from pipeline.reconciliation import Known, words_as_converted

ALIKE = 90
"""Per cent of the words in order in which two documents agree that are one."""

MOST = 50
"""Documents of one day and the same parties. Where there are more, their identifiers tell too little, and comparing
each with each, which grows with the square, would take as long as their conversion."""


def copies(
    edition: Edition, known: Iterable[Known], changed: Collection[str], before: Iterable[Problem]
) -> Iterator[Problem]:
    """Yield a warning for each pair of documents of which one has no record id and whose texts agree.

    Only documents of the same day and parties as one that `changed` (identifiers) are compared again; of the others
    what was told `before` still holds.
    """
    groups = _same_day_and_parties(known)
    stems = {_stem(identifier) for identifier in changed}
    there = {entry.id for entries in groups.values() for entry in entries}
    for told in before:
        pair = [value for name, value in told.arguments if name in {"id", "other_id"}]
        if there.issuperset(pair) and _stem(pair[0]) not in stems:
            yield told
    for stem in sorted(stems & groups.keys()):
        entries = groups[stem]
        words = functools.cache(functools.partial(words_as_converted, edition))
        for first, second in itertools.combinations(entries, 2):
            by_content = first.key.startswith("sha256:") or second.key.startswith("sha256:")
            share = _agreement(words(first.id), words(second.id)) if by_content else 0
            if share >= ALIKE:
                yield problem("E021", second.seed, other=first.seed, share=share, id=second.id, other_id=first.id)


def _stem(identifier: str) -> str:
    """Return an identifier without the number that tells documents of one day and the same parties apart."""
    return re.sub(r"-\d+\Z", "", identifier)


def _same_day_and_parties(known: Iterable[Known]) -> dict[str, list[Known]]:
    groups: dict[str, list[Known]] = {}
    for entry in sorted(known, key=lambda entry: entry.id):
        groups.setdefault(_stem(entry.id), []).append(entry)
    return {stem: entries for stem, entries in groups.items() if len(entries) <= MOST}


def _agreement(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how far the texts of two documents agree, in per cent of words; 0 where that is less than `ALIKE`."""
    return round(100 * Indel.normalized_similarity(first, second, score_cutoff=(ALIKE - 0.5) / 100))

"""Turn the documents of an edition into those that seem to be two captures of one document.

A record id tells this at once (C009). Where a capture has none, its document is compared with those of the same day,
sender and recipient, whose identifiers differ in their number alone.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Indel

from pipeline.edition import Edition
from pipeline.problems import Problem, problem
from pipeline.reconciliation import Known, words_as_converted

ALIKE = 90
"""Per cent of the words in order in which two documents agree that are one."""

MOST = 200
"""Documents of one day and the same parties; where there are more, their identifiers tell too little to compare all."""


def copies(edition: Edition, known: Iterable[Known]) -> Iterator[Problem]:
    """Yield a warning for each pair of documents of which one has no record id and whose texts agree."""
    for entries in _same_day_and_parties(known):
        words = functools.cache(functools.partial(words_as_converted, edition))
        for first, second in itertools.combinations(entries, 2):
            by_content = first.key.startswith("sha256:") or second.key.startswith("sha256:")
            share = _agreement(words(first.id), words(second.id)) if by_content else 0
            if share >= ALIKE:
                yield problem("E021", second.seed, other=first.seed, share=share, id=second.id, other_id=first.id)


def _same_day_and_parties(known: Iterable[Known]) -> list[list[Known]]:
    groups: dict[str, list[Known]] = {}
    for entry in sorted(known, key=lambda entry: entry.id):
        groups.setdefault(re.sub(r"-\d+\Z", "", entry.id), []).append(entry)
    return [entries for entries in groups.values() if len(entries) <= MOST]


def _agreement(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how far the texts of two documents agree, in per cent of words; 0 where that is less than `ALIKE`."""
    return round(100 * Indel.normalized_similarity(first, second, score_cutoff=(ALIKE - 0.5) / 100))

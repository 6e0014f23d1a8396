"""Turn the units of an original and of its translation into links between them, each with how sure it is.

    units → keys that they share → band about the expected path → best division into beads → links across the order

Nothing but the units is looked at: no model, no network, and the same units give the same links. The steps stand in
`units` (TEI to units), `evidence`, `band`, `path`, `crossing`; `links` reads and writes links in TEI.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.alignment.band import band_of
from pipeline.alignment.crossing import linked_across
from pipeline.alignment.evidence import gather, shared_keys
from pipeline.alignment.links import Link
from pipeline.alignment.path import best_path
from pipeline.alignment.units import Unit

__all__ = ["Link", "align"]

SURE, LIKELY = 4.0, 1.5
"""Margins from which on a link is of high and of medium certainty; held by the test of the seeds."""


def align(originals: Sequence[Unit], translations: Sequence[Unit]) -> list[Link]:
    """Return the links between two texts, in the order of the original; every unit stands in exactly one."""
    lengths = [len(unit.text) for unit in originals]
    others = [len(unit.text) for unit in translations]
    keys = shared_keys(originals, translations)
    band = band_of(lengths, others, keys)
    beads = best_path(lengths, others, gather(originals, translations, keys, band), band)
    links = [
        Link(tuple(range(one.start, one.end)), tuple(range(one.other_start, one.other_end)), certainty_of(one.margin))
        for one in beads
    ]
    return linked_across(links, originals, translations)


def certainty_of(margin: float) -> str:
    """Return how certain a link is by its margin to the next best."""
    return "high" if margin >= SURE else "medium" if margin >= LIKELY else "low"

"""Links between languages on harder material, some of it never looked at while the alignment was made.

The seeds were looked at; what is done to them here was not. Nor were the program's own messages, English and Russian:
short technical sentences, nearly without names and numbers, much alike. Their placeholders, which both languages share,
are taken out. The least shares are a little below what was measured.
"""

from __future__ import annotations

import random
import re

import pytest

from pipeline.alignment.units import Unit, number_anchors, pairs_of, read_units
from pipeline.edition import Edition, read_facts
from pipeline.problems import problem_texts
from tests.hardships import HARDSHIPS, Material, agreement
from tests.test_alignment import CLONE, SEEDS, converted, gold

LOTS = 6
"""How often each hardship is drawn."""


@pytest.fixture(scope="module")
def seeds() -> list[Material]:
    """The seeds with their links."""
    facts = read_facts(Edition(CLONE))
    found = []
    for path in SEEDS:
        ((original, translation),) = pairs_of(converted(path, facts))
        pairs, free = gold(path.stem)
        beads = frozenset((frozenset(ours), frozenset(theirs)) for ours, theirs in pairs)
        found.append(Material(tuple(read_units(original)), tuple(read_units(translation)), beads, frozenset(free)))
    return found


@pytest.fixture(scope="module")
def messages() -> Material:
    """What the program says in English and in Russian, one message a sentence."""
    texts = [text for _, text in sorted(problem_texts().items())]
    ours = [_unit(f"r{number}", "ru", text.message["ru"]) for number, text in enumerate(texts)]
    theirs = [_unit(f"e{number}", "en", text.message["en"]) for number, text in enumerate(texts)]
    beads = [(frozenset({one.id}), frozenset({other.id})) for one, other in zip(ours, theirs, strict=True)]
    return Material(tuple(ours), tuple(theirs), frozenset(beads))


def _unit(identifier: str, language: str, text: str) -> Unit:
    plain = re.sub(r"\{\w+\}", "", text)
    return Unit(identifier, language, plain, tuple(number_anchors(plain, language)))


def after(hardship: str, material: list[Material]) -> float:
    """Return the lesser of precision and recall after a hardship, drawn several times."""
    (act,) = [one for one in HARDSHIPS if one.__name__ == hardship]
    return min(agreement([act(one, random.Random(lot)) for lot in range(LOTS) for one in material]))


@pytest.mark.parametrize(
    ("hardship", "least"),
    [
        ("left_out", 0.9),
        ("paragraph_lost", 0.93),
        ("joined", 0.96),
        ("cut", 0.96),
        ("unmarked", 0.98),
        ("all_at_once", 0.78),
    ],
)
def test_the_seeds_are_linked_when_they_are_made_harder(seeds: list[Material], hardship: str, least: float) -> None:
    assert after(hardship, seeds) >= least


@pytest.mark.parametrize(
    ("hardship", "least"), [("left_out", 0.66), ("paragraph_lost", 0.94), ("joined", 0.8), ("cut", 0.9)]
)
def test_sentences_without_names_are_linked_by_length_and_sound(
    messages: Material, hardship: str, least: float
) -> None:
    assert after(hardship, [messages]) >= least

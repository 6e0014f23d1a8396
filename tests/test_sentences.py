"""Sentences: the pairs in `pairs/sentences.txt`, the seeds as they were read by hand, and what holds for every text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.annotation.recognition import recognise
from pipeline.annotation.sentences import sentences_of
from pipeline.annotation.spans import Layer, Node, arrange
from pipeline.captures.capture import Seed
from pipeline.captures.reading import read_captures
from tests.test_anatomy import message
from tests.test_spans import walk

CLONE = Path(__file__).resolve().parent.parent
PAIRS = CLONE / "tests" / "pairs" / "sentences.txt"
SEEDS = sorted((CLONE / "seeds").iterdir())


def blocks() -> Iterator[tuple[str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, *lines = block.splitlines()
        yield title, lines


@pytest.mark.parametrize(("title", "lines"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_sentences_end_where_the_pair_says(title: str, lines: list[str]) -> None:
    text = "".join(line[1:] if line.startswith("+") else f" {line}" for line in lines).strip()
    found = [text[start:end] for start, end in sentences_of(text, title.rpartition(" | ")[2])]
    assert found == [line.removeprefix("+") for line in lines]


def sentences_in(text: str, language: str = "en") -> list[tuple[Node, str]]:
    """Return the sentences of a message with their texts, white space folded."""
    capture = message(text, language)
    nodes = (node for node, _ in walk(arrange(recognise(capture).spans).roots))
    return [
        (node, " ".join(capture.text[node.span.start : node.span.end].split()))
        for node in nodes
        if node.span.kind == "sentence"
    ]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_sentences_of_a_seed_are_those_that_were_read_by_hand(path: Path, save_golden: bool) -> None:
    golden = CLONE / "tests" / "cases" / "sentences" / f"{path.stem}.txt"
    (capture,) = read_captures(Seed(path.name, path.read_bytes())).captures
    nodes = [node for node, _ in walk(arrange(recognise(capture).spans).roots) if node.span.kind == "sentence"]
    found = "".join(f"{' '.join(capture.text[one.span.start : one.span.end].split())}\n" for one in nodes)
    if save_golden:
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_numbering_is_no_part_of_a_sentence() -> None:
    texts = [text for _, text in sentences_in("Report follows.\n\n1. We came. We saw.\n\n2. They left.")]
    assert texts == ["Report follows.", "We came.", "We saw.", "They left."]


def test_a_sentence_that_runs_on_into_the_next_paragraph_is_one_in_two_pieces() -> None:
    found = sentences_in("We came. The enemy, as we had been told,\n\nretreats to the north. We follow.")
    wholes = [node.span.get("part") for node, _ in found]
    assert [text for _, text in found][1:3] == ["The enemy, as we had been told,", "retreats to the north."]
    assert wholes[1] == wholes[2] != ""
    assert wholes[0] == wholes[3] == ""


def test_a_paragraph_that_is_numbered_with_a_small_letter_begins_a_sentence() -> None:
    found = sentences_in("The questions of the region\n\na) Relations with Russia are normal.")
    assert [node.span.get("part") for node, _ in found] == ["", ""]


pieces = some.sampled_from(
    [
        "We came. ",
        "1950 г. ",
        "[i.e. Stalin. He] ",
        "3. 10. 1950 ",
        "т. ",
        "Мао. ",
        "(a. B) ",
        "«Да». ",
        "…",
        "? ",
        "1) ",
    ]
)


@given(some.lists(pieces | some.text(max_size=6), max_size=12).map("".join), some.sampled_from(["ru", "en", "xx"]))
def test_law_every_word_of_a_text_stands_in_exactly_one_sentence(text: str, language: str) -> None:
    stretches = sentences_of(text, language)
    assert stretches == sorted(stretches)
    assert all(one[1] <= other[0] for one, other in pairwise(stretches))
    held = {place for start, end in stretches for place in range(start, end)}
    assert {place for place, character in enumerate(text) if character.isalnum()} <= held


@given(some.lists(pieces, max_size=12).map("".join))
def test_law_no_phrase_is_cut_by_a_sentence(text: str) -> None:
    capture = message(f"Dear Sir,\n\nWe report. {text}\n\nIt is so.", "ru")
    spans = recognise(capture).spans
    found = [node.span for node, _ in walk(arrange(spans).roots)]
    without = arrange([one for one in spans if one.kind != "sentence"])
    phrases = [one for one in found if one.layer is Layer.PHRASE]
    assert phrases == [node.span for node, _ in walk(without.roots) if node.span.layer is Layer.PHRASE]

"""Turn the cases of anatomy into tests: a message in a known form, and the tree of its parts.

A case is a folder: `input.txt` a message, `options.toml` its language, `expected.txt` the tree of its divisions,
blocks, units and signs, one a line, with the first and last words of each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pipeline.annotation.recognition import recognise
from pipeline.annotation.spans import Layer, Node, arrange, span
from pipeline.captures.capture import Capture, Origin
from tests.test_spans import walk

CASES = sorted((Path(__file__).parent / "cases" / "anatomy").iterdir())
MUCH = 64
"""Characters of a text that are shown whole."""


def message(text: str, language: str) -> Capture:
    """Return a capture that holds nothing but one message, with a blank line before and after it."""
    text = f"\n{text}\n"
    witness = span(0, len(text), "witness", type="original", lang=language)
    return Capture("invented:1", "invented", Origin("invented.txt", "", "utf-8"), text, (witness,))


def parts(capture: Capture) -> tuple[Node, ...]:
    """Return the anatomy of a message: its tree without sentences and phrases."""
    spans = [
        found for found in recognise(capture).spans if found.layer is not Layer.PHRASE and found.kind != "sentence"
    ]
    (witness,) = arrange(spans).roots
    return witness.children


def outline(text: str, nodes: Iterable[Node], depth: int = 0) -> Iterator[str]:
    for node in nodes:
        attributes = "".join(f" {name}={value}" for name, value in node.span.attributes)
        doubt = f" ?{node.span.certainty}" if node.span.certainty else ""
        yield f"{'  ' * depth}{node.span.kind}{attributes}{doubt}: {shown(text[node.span.start : node.span.end])}"
        yield from outline(text, node.children, depth + 1)


def shown(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= MUCH else f"{folded[: MUCH // 2]} … {folded[-MUCH // 2 :]}"


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_message_has_the_parts_that_its_case_says(folder: Path, save_golden: bool) -> None:
    text = (folder / "input.txt").read_text(encoding="utf-8")
    options = tomllib.loads((folder / "options.toml").read_text(encoding="utf-8"))
    capture = message(text, options["language"])
    found = "".join(f"{line}\n" for line in outline(capture.text, parts(capture)))
    golden = folder / "expected.txt"
    if save_golden:
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


LINES = some.sampled_from(
    sorted({line for folder in CASES for line in (folder / "input.txt").read_text(encoding="utf-8").splitlines()})
)
messages = some.lists(LINES, min_size=1, max_size=25).map("\n".join)
HOLDS_TEXT = frozenset(
    """paragraph ab head item cell dateline salute signed seg address-line label furniture stamp omission weak-hyphen
    dropped""".split()
)
"""Kinds in which text stands; in all others only parts do."""


def in_no_part(text: str, nodes: Iterable[Node], start: int, end: int) -> str:
    """Return what shows between start and end and lies in none of these parts, nor in a part of theirs."""
    left = ""
    for node in nodes:
        left += text[start : node.span.start]
        if node.span.kind not in HOLDS_TEXT:
            left += in_no_part(text, node.children, node.span.start, node.span.end)
        start = max(start, node.span.end)
    return (left + text[start:end]).strip()


def no_rest_law(text: str, language: str) -> None:
    capture = message(text, language)
    assert in_no_part(capture.text, parts(capture), 0, len(capture.text)) == ""


@settings(max_examples=60, deadline=None)
@given(messages, some.sampled_from(["ru", "en"]))
def test_law_every_word_of_a_message_stands_in_one_of_its_parts(text: str, language: str) -> None:
    no_rest_law(text, language)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(messages, some.sampled_from(["ru", "en"]))
def test_law_the_parts_of_thousands_of_messages_leave_no_rest(text: str, language: str) -> None:
    no_rest_law(text, language)


def test_an_embedded_message_is_counted_after_the_one_that_holds_it() -> None:
    text = (CASES[0].parent / "telegram-inside-a-telegram" / "input.txt").read_text(encoding="utf-8")
    kinds = [(node.span.kind, parent) for node, parent in walk(parts(message(text, "ru")))]
    assert ("embedded", "text") in kinds
    assert ("closer", "embedded") in kinds
    assert ("closer", "text") in kinds

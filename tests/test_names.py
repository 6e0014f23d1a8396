"""Names of persons, places and bodies: the pairs in `pairs/names.txt`, and the seeds as they were read by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from pipeline.annotation.identification import Identification
from pipeline.annotation.name_meaning import Passage
from pipeline.annotation.readings import read_stretch
from pipeline.annotation.recognition import recognise
from pipeline.annotation.spans import span
from pipeline.authorities.entries import read_authority
from pipeline.authorities.index import Index, build_index
from pipeline.captures.capture import read_seed
from pipeline.captures.reading import read_captures
from pipeline.edition import Edition
from tests.tei_all import CLONE

EDITION = Edition(CLONE)
PAIRS = CLONE / "tests" / "pairs" / "names.txt"
LISTS = Edition(CLONE / "tests" / "cases" / "names" / "lists")
GOLD = sorted((CLONE / "tests" / "cases" / "names").glob("seed-*/gold.txt"))
UNSEEN = sorted((CLONE / "tests" / "cases" / "names").glob("[ci]*-*/gold.txt"))
CAPTURES = CLONE.parent / "shared" / "captures"
"""Captures that are no part of the project; without them the tests that need one are skipped by name."""

KINDS = {"person": "person", "description": "person", "place": "place", "organisation": "organisation"}


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name in a capture, and the entry that it stands for, if the program or the reader says so."""

    start: int
    end: int
    kind: str
    entry: str = ""


@cache
def index(edition: Edition = EDITION) -> Index:
    return build_index(read_authority(edition).entries)


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, text, *expected = block.splitlines()
        yield title, text, [] if expected == ["none"] else expected


@pytest.mark.parametrize(("title", "text", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_a_name_means_what_the_pair_says(title: str, text: str, expected: list[str]) -> None:
    language, date, kind, text = text.split(" ", 3)
    is_seg = kind in {"distribution", "processing"}
    part = span(0, len(text), "seg", type=kind) if is_seg else span(0, len(text), kind)
    passage = Passage(part, read_stretch(text, 0, len(text)), language)
    found = Identification(index(LISTS), (), date).find([passage])
    lines = [
        f"{text[one.start : one.end]} | {one.kind} | {one.reference.partition('#')[2] or '-'} | {one.certainty}".strip()
        for _, one in sorted(found, key=lambda pair: pair[1].start)
    ]
    assert lines == expected


def read_gold(file: Path, text: str) -> Iterator[Mention]:
    """Yield the mentions that a reader listed, each the next such words after the one before; `@` begins anew."""
    at = 0
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        kind, _, rest = line.partition(" ")
        entry, _, words = rest.strip().partition(" ") if kind != "@" else ("", "", rest)
        entry = entry.strip("-")
        pattern = r"\s+".join(map(re.escape, words.split()))
        found = re.compile(pattern if kind == "@" else rf"(?<!\w){pattern}(?!\w)").search(text, at)
        assert found, f"{file}: {line}"
        at = found.start() if kind == "@" else found.end()
        if kind != "@":
            yield Mention(found.start(), found.end(), kind, entry)


@cache
def compared(file: Path) -> tuple[tuple[Mention, ...], tuple[Mention, ...], str]:
    """Return the mentions of a seed as read by hand and as found, with its text."""
    kind, name = file.read_text(encoding="utf-8").splitlines()[0].split(" ")[:2]
    folder = {"seed": EDITION.seeds, "capture": CAPTURES, "invented": file.parent}[kind]
    (capture,) = read_captures(read_seed(folder / name, name)).captures
    spans = [span for span in recognise(capture, index()).spans if span.kind in KINDS]
    found = [Mention(one.start, one.end, KINDS[one.kind], one.get("ref").partition("#")[2]) for one in spans]
    return tuple(read_gold(file, capture.text)), tuple(sorted(found)), capture.text


def places(mentions: Iterable[Mention]) -> dict[tuple[int, int, str], str]:
    return {(one.start, one.end, one.kind): one.entry for one in mentions}


def differences(file: Path) -> list[str]:
    """Return what is missing, too much, or led elsewhere, for the reader of a failed test."""
    gold, found, text = compared(file)
    expected, got = places(gold), places(found)
    lines = [f"missing {key[2]} {text[key[0] : key[1]]!r}" for key in expected if key not in got]
    lines += [f"too much: {key[2]} {text[key[0] : key[1]]!r}" for key in got if key not in expected]
    lines += [
        f"{text[key[0] : key[1]]!r} is {expected[key]}, not {entry or 'linked'}"
        for key, entry in got.items()
        if key in expected and entry != expected[key]
    ]
    return [f"{file.parent.name}: {line}" for line in lines]


def test_every_name_in_the_seeds_is_marked_and_led_to_whom_it_means() -> None:
    gold = {(file, key): entry for file in GOLD for key, entry in places(compared(file)[0]).items()}
    found = {(file, key): entry for file in GOLD for key, entry in places(compared(file)[1]).items()}
    both = gold.keys() & found.keys()
    linked = [key for key in both if found[key]]
    right = [key for key in linked if found[key] == gold[key]]
    told = "\n".join(line for file in GOLD for line in differences(file))
    figures = (
        f"{len(gold)} names, {len(found)} found, {len(both)} of them names, {len(linked)} linked, {len(right)} right"
    )
    assert len(both) >= 0.97 * len(gold), f"{figures}\n{told}"
    assert len(both) >= 0.98 * len(found), f"{figures}\n{told}"
    assert len(right) >= 0.97 * len(linked), f"{figures}\n{told}"
    assert len(right) >= 0.94 * len(gold), f"{figures}\n{told}"


@pytest.mark.parametrize("file", UNSEEN, ids=lambda file: file.parent.name)
def test_names_in_a_document_never_seen_are_found_and_no_certain_link_is_wrong(file: Path) -> None:
    if file.parent.name.startswith("capture") and not CAPTURES.is_dir():
        pytest.skip("the captures are not at hand beside the clone")
    gold, found, _ = (places(compared(file)[0]), places(compared(file)[1]), compared(file)[2])
    both = gold.keys() & found.keys()
    wrong = [key for key, entry in found.items() if entry and entry != gold.get(key)]
    told = "\n".join(differences(file))
    assert not wrong, told
    assert len(both) >= 0.95 * len(gold), f"{len(both)} of {len(gold)}\n{told}"
    assert len(both) >= 0.98 * len(found), f"{len(both)} of {len(found)}\n{told}"

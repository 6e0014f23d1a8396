"""Titles of documents: the pairs in `pairs/titles.txt`, and what holds for every title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.annotation.titles import Party, Title, genre_of, read_title, real_name
from pipeline.languages.office import kinds

PAIRS = Path(__file__).parent / "pairs" / "titles.txt"
TAXONOMY = Path(__file__).resolve().parent.parent / "schemas" / "corpus-template.xml"


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, text, *expected = block.splitlines()
        yield title, "" if text == "-" else text, [] if expected == ["none"] else expected


def as_lines(title: Title) -> Iterator[str]:
    if title.genre:
        yield f"genre: {title.genre}"
    if title.number:
        yield f"number: {title.number}"
    sides = {"from": title.senders, "to": title.recipients, "via": title.via, "between": title.participants}
    for side, parties in sides.items():
        if parties:
            yield f"{side}: {named(parties)}"


def named(parties: Iterable[Party]) -> str:
    return "; ".join(f"{party.name} @ {party.place}" if party.place else party.name for party in parties)


@pytest.mark.parametrize(("name", "text", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_a_title_is_read_as_the_pair_says(name: str, text: str, expected: list[str]) -> None:
    assert list(as_lines(read_title(text))) == expected, name


@pytest.mark.parametrize(
    ("name", "real"),
    [
        ("Filippov [Stalin]", "Stalin"),
        ("Примеров", "Примеров"),
        ("Li Shili [deputy]", "Li Shili [deputy]"),
        (" VYDUMKIN [PRIMEROV] ", "PRIMEROV"),
    ],
)
def test_a_name_in_brackets_is_the_real_one(name: str, real: str) -> None:
    assert real_name(name) == real


def test_the_genre_that_a_text_names_first_is_its_genre() -> None:
    assert genre_of("Letter conveying a telegram") == "letter"
    assert genre_of("Шифртелеграмма о письме") == "telegram"
    assert genre_of("Rain") == ""


def test_every_degree_of_secrecy_has_a_category_in_the_edition_s_taxonomy() -> None:
    taxonomy = TAXONOMY.read_text(encoding="utf-8")
    assert [degree for degree in kinds("secrecy") if f'xml:id="classification.{degree}"' not in taxonomy] == []


def test_every_genre_has_a_category_in_the_edition_s_taxonomy() -> None:
    taxonomy = TAXONOMY.read_text(encoding="utf-8")
    assert [genre for genre in kinds("genres") if f'xml:id="type.{genre}"' not in taxonomy] == []


NAMES = some.sampled_from(
    ["Primerov", "Li Shili", "Ivan Primerov", "I. I. Vydumkin", "Vydumkin [Primerov]", "Примеров"]
)
GENRE = some.sampled_from(["Telegram", "Letter", "Ciphered Telegram", "Cable No. 12", "Report", "Memorandum"])


@given(GENRE, NAMES, NAMES, some.sampled_from([" from ", ", "]))
def test_law_sender_and_recipient_are_read_as_written(genre: str, sender: str, recipient: str, link: str) -> None:
    title = read_title(f"{genre}{link}{sender} to {recipient}")
    assert (title.senders, title.recipients) == ((Party(sender),), (Party(recipient),))


@given(some.text(max_size=60))
def test_law_a_name_that_is_read_stands_in_the_title(text: str) -> None:
    title = read_title(f"Telegram from {text} to {text}")
    whole = " ".join(f"Telegram from {text} to {text}".split())
    for party in (*title.senders, *title.recipients, *title.via, *title.participants):
        assert party.name in whole
        assert party.place in whole

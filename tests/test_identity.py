"""Turn what is promised of identifiers into tests: what they are made of, that they differ, and that they stay."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pipeline.annotation.titles import Title, read_title
from pipeline.conversion import convert
from pipeline.edition import Edition
from pipeline.encoding.correspondence import Action, Message
from pipeline.encoding.identity import distinct, identifier
from pipeline.founding import found_edition
from pipeline.reconciliation import read_known

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
CASES = Path(__file__).parent / "cases" / "captures"
WELL_FORMED = re.compile(r"d(?:nd|\d{4}(?:-\d\d){0,2})(?:-[a-z0-9]+)+")


def sent(sender: str, recipient: str = "") -> Message:
    actions = [Action("sent", name=sender)] if sender else []
    actions += [Action("received", "cc", "Небылов"), Action("received", "to", recipient)] if recipient else []
    return Message("cd1", tuple(actions))


@pytest.mark.parametrize(
    ("date", "sender", "recipient", "expected"),
    [
        ("1950-10-03", "Roshchin", "Filippov [Stalin]", "d1950-10-03-roshchin-stalin"),
        ("1950-10", "Mao Zedong", "I.V. Stalin", "d1950-10-mao-zedong-stalin"),
        ("", "ВЫДУМКИН", "ПРИМЕРОВ", "dnd-vydumkin-primerov"),
        ("1951", "Primerov", "", "d1951-primerov-unknown"),
        ("1951", "", "Li Shili", "d1951-unknown-li-shili"),
    ],
)
def test_an_identifier_says_date_sender_and_recipient(date: str, sender: str, recipient: str, expected: str) -> None:
    assert identifier(date, sent(sender, recipient), Title(), "A Title") == expected


def test_a_conversation_is_named_for_those_who_spoke() -> None:
    title = read_title("Record of Conversation between Primerov and Li Shili")
    assert identifier("1951-02-03", Message("cd1", ()), title, "x") == "d1951-02-03-primerov-li-shili"


def test_a_document_without_parties_is_named_for_its_title() -> None:
    words = "On the Rain in Nowhere and What Became of It"
    assert identifier("1951", Message("cd1", ()), Title(), words) == "d1951-on-the-rain-in-nowhere-and"
    assert identifier("", Message("cd1", ()), Title(), "…") == "dnd-unknown-unknown"


@given(some.text(max_size=40), some.text(max_size=40), some.sampled_from(["", "1950", "1950-10", "1950-10-03"]))
def test_law_every_identifier_is_a_file_name_and_an_xml_name(sender: str, recipient: str, date: str) -> None:
    assert WELL_FORMED.fullmatch(identifier(date, sent(sender, recipient), Title(), sender))


@given(some.lists(some.sampled_from(["d1-a-b", "d1-a-b-2", "d2-a-b"]), max_size=8))
def test_law_no_identifier_is_given_twice(wanted: list[str]) -> None:
    taken: set[str] = set()
    for one in wanted:
        name = distinct(one, taken)
        assert name not in taken
        assert name.startswith(one)
        taken.add(name)


def edition_with(folder: Path, *seeds: Path) -> Edition:
    edition = found_edition(folder, "Invented", "2026-01-01")
    for seed in seeds:
        shutil.copy(seed, edition.seeds / f"{seed.parent.name}-{seed.name}")
    return edition


def given_to(edition: Edition) -> dict[str, str]:
    """Return the identifier of every capture key."""
    return {key: entry.id for key, entry in read_known(edition)[0].items()}


MATERIAL = [CASES / name / "input.txt" for name in ("transcript-with-title-and-date", "pdf-of-two-documents")]


def test_identifiers_stay_when_documents_are_added(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, *MATERIAL)
    convert(edition, jobs=1)
    before = given_to(edition)
    twin = MATERIAL[0].read_text(encoding="utf-8").replace("поезд", "пароход")
    (edition.seeds / "0.txt").write_text(twin, encoding="utf-8")
    convert(edition, jobs=1)
    after = given_to(edition)
    assert before.items() <= after.items()
    assert len(set(after.values())) == len(after) == len(before) + 1


def test_identifiers_do_not_depend_on_how_the_work_is_shared_out(tmp_path: Path) -> None:
    together = edition_with(tmp_path / "together", *MATERIAL)
    convert(together, jobs=1)
    apart = edition_with(tmp_path / "apart", *MATERIAL)
    for seed in sorted(apart.seeds.iterdir(), reverse=True):
        convert(apart, [seed], jobs=1)
    assert given_to(apart) == given_to(together)


def test_documents_that_ask_for_one_identifier_get_it_in_the_order_of_their_keys(tmp_path: Path) -> None:
    edition = found_edition(tmp_path, "Invented", "2026-01-01")
    text = MATERIAL[0].read_text(encoding="utf-8")
    for number, weather in enumerate(["дождь", "снег", "ветер"]):
        (edition.seeds / f"{number}.txt").write_text(text.replace("поезд", weather), encoding="utf-8")
    convert(edition, jobs=1)
    found = [name for _, name in sorted(given_to(edition).items())]
    assert found == [found[0], f"{found[0]}-2", f"{found[0]}-3"]


def test_an_identifier_stays_though_the_document_is_now_read_otherwise(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, MATERIAL[0])
    convert(edition, jobs=1)
    before = given_to(edition)
    (seed,) = edition.seeds.iterdir()
    text = seed.read_text(encoding="utf-8").replace("October 1, 1950", "May 2, 1951").replace("Li\n", "Nobody\n")
    seed.write_text(text, encoding="utf-8")
    convert(edition, jobs=1)
    assert list(given_to(edition).values()) == list(before.values())


def test_the_seeds_have_these_identifiers(tmp_path: Path) -> None:
    edition = edition_with(tmp_path, *sorted(SEEDS.iterdir()))
    convert(edition, jobs=1)
    assert sorted(given_to(edition).values()) == [
        "d1950-07-13-stalin-zhou-enlai",
        "d1950-10-01-stalin-mao-zedong",
        "d1950-10-03-roshchin-stalin",
        "d1950-10-08-fyn-si-kim-il-sung",
        "d1951-01-26-mao-zedong-stalin",
    ]

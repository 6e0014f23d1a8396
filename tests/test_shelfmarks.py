"""Archival references: the pairs in `pairs/shelfmarks.txt`, and what holds for every reference."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annotation.archives import archive_named, archives
from pipeline.annotation.shelfmarks import Shelfmark, find_shelfmarks, parse_shelfmark, same_file

PAIRS = Path(__file__).parent / "pairs" / "shelfmarks.txt"


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, text, *expected = block.splitlines()
        yield title, text, [] if expected == ["none"] else expected


def as_line(mark: Shelfmark) -> str:
    parts = ", ".join(f"{part.kind} {part.normal}" for part in mark.parts) or mark.rest
    return f"{mark.text} | {mark.key or '-'} | {parts}".replace("\n", "⏎").replace("\u00a0", "~")


@pytest.mark.parametrize(("title", "text", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_a_reference_is_read_as_the_pair_says(title: str, text: str, expected: list[str]) -> None:
    text = text.replace("⏎", "\n").replace("~", "\u00a0")
    found = find_shelfmarks(text)
    assert [as_line(mark) for mark in found] == expected
    for mark in found:
        assert text[mark.start : mark.end] == mark.text
        assert all(text[part.start : part.end] == part.text for part in mark.parts)


def only(text: str) -> Shelfmark:
    (mark,) = find_shelfmarks(text)
    return mark


def test_one_leaf_cited_in_russian_and_in_english_has_one_key_and_one_citation() -> None:
    spellings = [
        "RGASPI, f. 558, op. 11, d. 334, ll.0085",
        "РГАСПИ.ФН 558, ОП. N 11, Д N 334. Л. N 85",
        "РГАСПИ. Ф. 558. Оп. 11. Д. 334. Л. 85.",
        "RGASPI: fond 558, opis' 11, list 85, delo 334",
    ]
    marks = [only(text) for text in spellings]
    assert {mark.citation("ru") for mark in marks} == {"РГАСПИ. Ф. 558. Оп. 11. Д. 334. Л. 85."}
    assert {mark.citation("en") for mark in marks} == {"RGASPI, f. 558, op. 11, d. 334, l. 85"}
    assert len({mark.sort_key for mark in marks}) == 1


@given(
    name=st.sampled_from(["АП РФ", "РГАСПИ", "РГАНИ", "ГАРФ", "АВП РФ", "ЦАМО"]),
    fond=st.from_regex(r"0?[1-9]\d{0,3}[абв]?", fullmatch=True),
    delo=st.integers(1, 9999),
    leaves=st.from_regex(r"[1-9]\d{0,2}(об)?(–[1-9]\d{3}(об)?)?", fullmatch=True),
)
def test_law_a_citation_is_read_as_the_reference_that_it_cites(name: str, fond: str, delo: int, leaves: str) -> None:
    given_mark = only(f"{name}, фонд {fond}, опись 1, дело {delo}, листы {leaves}")
    for interface in ("ru", "en"):
        again = only(given_mark.citation(interface))
        assert (again.key, again.sort_key, again.locus) == (given_mark.key, given_mark.sort_key, given_mark.locus)
        assert again.citation("ru") == given_mark.citation("ru")


def test_a_leaf_range_has_its_first_and_last_leaf() -> None:
    assert only("APRF, f. 45, op. 1, d. 337, ll. 37-40ob").locus == ("37", "40ob")
    assert only("АП РФ. Ф. 45. Оп. 1. Д. 337. Л. 1–3, 5, 7–9").locus == ("1", "9")
    assert only("RGASPI, f. 558, op. 11, d. 334, l. 85").locus == ("85", "85")
    assert only("RGASPI, f. 558, op. 11, d. 334").locus is None


def test_references_sort_as_the_files_stand_on_the_shelf() -> None:
    texts = ["f. 45, op. 1, d. 9", "f. 45, op. 1, d. 334, l. 2", "f. 45, op. 1, d. 334, l. 10", "f. 558, op. 1, d. 1"]
    assert sorted(texts, key=lambda text: only(text).sort_key) == texts


def test_two_archives_with_the_same_delo_and_leaves_are_told() -> None:
    one, other = find_shelfmarks(
        "APRF, f. 45, op. 1, d. 334, ll. 105-106, and RGASPI, f. 558, op. 11, d. 334, ll. 105-106"
    )
    assert same_file(one, other)
    assert not same_file(one, one)
    assert not same_file(one, only("RGASPI, f. 558, op. 11, d. 334, ll. 105-107"))
    assert not same_file(one, only("RGASPI, f. 558, op. 11, d. 334"))


@pytest.mark.parametrize("key", sorted(archives()))
def test_an_archive_is_known_by_every_spelling(key: str) -> None:
    archive = archives()[key]
    assert {found.key for form in archive.forms if (found := archive_named(form.upper().replace(" ", "\n")))} == {key}
    assert set(archive.name) == set(archive.abbreviation) == set(archive.settlement) == {"en", "ru"}


def test_no_spelling_stands_for_two_archives() -> None:
    owners: dict[str, str] = {}
    for archive in archives().values():
        for form in archive.forms:
            assert owners.setdefault(form, archive.key) == archive.key


def test_a_whole_text_is_a_reference_or_none() -> None:
    mark = parse_shelfmark(" RGASPI, f. 558, op. 11, d. 334, ll.0085.\n")
    assert mark is not None
    assert (mark.key, mark.start) == ("rgaspi", 1)
    assert parse_shelfmark("see RGASPI, f. 558, op. 11") is None
    assert parse_shelfmark("APRF, f. 45, op. 1; RGASPI, f. 558, op. 11") is None
    assert parse_shelfmark("German Federal Archives (BArch)") is None


def test_an_institution_that_is_not_in_the_table_keeps_its_name_and_its_notation() -> None:
    mark = parse_shelfmark("Hungarian National Archives, XIX-J-1-j, box 5.")
    assert mark is not None
    assert (mark.repository, mark.key, mark.rest, mark.parts) == (
        "Hungarian National Archives",
        None,
        "XIX-J-1-j, box 5",
        (),
    )
    assert mark.citation("ru") == "Hungarian National Archives, XIX-J-1-j, box 5"


@given(text=st.text(alphabet="АПРФФОплдfopdl. ,:;0123456789-абob\n", max_size=150))
def test_law_references_lie_in_the_text_and_apart(text: str) -> None:
    found = find_shelfmarks(text)
    ends = [0, *(mark.end for mark in found)]
    assert all(before <= mark.start < mark.end <= len(text) for before, mark in zip(ends, found, strict=False))
    assert all(mark.start <= part.start < part.end <= mark.end for mark in found for part in mark.parts)
    assert all(mark.citation("ru") and mark.citation("en") and mark.sort_key for mark in found)


@pytest.mark.parametrize("piece", ["1, ", "f. 1, ", "f. 5 op. 3 ", "AB ", "l. 1-2, 3-4, ", "BArch, a ", "1.", "Архив "])
def test_a_long_text_is_searched_in_time_linear_in_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        begin = time.process_time()
        find_shelfmarks(text)
        return time.process_time() - begin

    assert seconds(40_000) < max(20 * seconds(4_000), 5.0)


def test_the_volume_of_a_delo_is_cited_in_both_styles() -> None:
    mark = only("АВП РФ, ф. 0138, оп. 29, п. 145, д. 12, т. 1, л. 33-35.")
    assert mark.citation("ru") == "АВП РФ. Ф. 0138. Оп. 29. П. 145. Д. 12, т. 1. Л. 33–35."
    assert mark.citation("en") == "AVPRF, f. 0138, op. 29, pap. 145, d. 12, vol. 1, ll. 33-35"

"""Turn what is promised of readings into tests: folded, composed, without furniture, and always a way back."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as some

from pipeline.annotation.ledger import WHITE_SPACE
from pipeline.annotation.readings import read_stretch

SPACES = re.compile(f"[{WHITE_SPACE}]+")
LETTERS = "аи\u0306е\u0308e\u0301 \n\u00a0\t\u1112\u1161\u11abй-"
"""Letters alone and with combining marks, white space of several kinds, a Hangul syllable in its parts."""

texts = some.text(some.sampled_from(LETTERS), max_size=30)


@some.composite
def skipped(draw: some.DrawFn, length: int) -> list[tuple[int, int]]:
    """Return extents in order that do not overlap."""
    places = sorted(draw(some.sets(some.integers(0, length), max_size=6)))
    return list(zip(places[::2], places[1::2], strict=False))


def masked(text: str, extents: list[tuple[int, int]]) -> str:
    """Return a text in which white space stands for what is skipped."""
    for start, end in extents:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def folded(text: str) -> str:
    return SPACES.sub(" ", text)


@settings(deadline=None)
@given(texts, some.data())
def test_law_a_reading_is_the_text_composed_and_folded_without_what_is_skipped(
    text: str, data: some.DataObject
) -> None:
    extents = data.draw(skipped(len(text)))
    reading = read_stretch(text, 0, len(text), extents)
    assert reading.text == unicodedata.normalize("NFC", folded(masked(text, extents)).strip(" "))


@settings(deadline=None)
@given(texts, some.data())
def test_law_each_character_of_a_reading_is_what_stands_at_its_offset(text: str, data: some.DataObject) -> None:
    extents = data.draw(skipped(len(text)))
    reading = read_stretch(text, 0, len(text), extents)
    assert len(reading.offsets) == len(reading.text)
    assert list(reading.offsets) == sorted(reading.offsets)
    source = masked(text, extents)
    for start, end in pairwise([*dict.fromkeys(reading.offsets), len(source)]):
        here = "".join(
            character for character, offset in zip(reading.text, reading.offsets, strict=True) if offset == start
        )
        stretch = folded(source[start:end])
        assert unicodedata.normalize("NFC", stretch if end < len(source) else stretch.rstrip(" ")) == here


@settings(deadline=None)
@given(texts, some.data())
def test_law_a_stretch_is_read_as_if_it_were_the_whole(text: str, data: some.DataObject) -> None:
    start = data.draw(some.integers(0, len(text)))
    end = data.draw(some.integers(start, len(text)))
    inside = read_stretch(text, start, end)
    alone = read_stretch(text[start:end], 0, end - start)
    assert inside.text == alone.text
    assert list(inside.offsets) == [offset + start for offset in alone.offsets]


@settings(deadline=None)
@given(texts)
def test_law_a_reading_never_begins_or_ends_with_white_space_nor_has_two_in_a_row(text: str) -> None:
    reading = read_stretch(text, 0, len(text)).text
    assert reading == folded(reading).strip(" ")


def test_a_word_of_the_reading_leads_back_to_its_place_in_the_capture() -> None:
    text = "Товарищ \n\u00a0 КИМ  ИР-СЕН"
    reading = read_stretch(text, 0, len(text))
    assert reading.text == "Товарищ КИМ ИР-СЕН"
    start, end = reading.extent(8, 18)
    assert text[start:end] == "КИМ  ИР-СЕН"


def test_a_word_that_is_broken_at_a_sheet_turn_is_one_word() -> None:
    text = "промежуточ-\n(см. сл. лист)\nЛист 4\nных элементов"
    hyphen = text.index("-")
    turn = (text.index("("), text.index("ных") - 1)
    reading = read_stretch(text, 0, len(text), [(hyphen, hyphen + 1), turn], [(hyphen, hyphen + 1)])
    assert reading.text == "промежуточных элементов"
    assert text[reading.offsets[10]] == "н"


def test_a_sentence_runs_on_across_furniture_as_if_nothing_stood_there() -> None:
    text = "состав каждой\n(см. сл. лист)\nдивизии"
    turn = (text.index("("), text.index(")") + 1)
    assert read_stretch(text, 0, len(text), [turn]).text == "состав каждой дивизии"


def test_what_is_skipped_parts_the_words_to_both_sides_of_it() -> None:
    assert read_stretch("один[1]два", 0, 10, [(4, 7)]).text == "один два"


def test_a_skipped_extent_that_begins_before_the_stretch_is_passed_over() -> None:
    assert read_stretch("abc def", 2, 7, [(0, 3)]).text == "c def"


def test_a_letter_and_its_mark_become_one_character() -> None:
    reading = read_stretch("и\u0306е\u0308", 0, 4)
    assert reading.text == "йё"
    assert list(reading.offsets) == [0, 2]


@settings(deadline=None)
@given(texts, some.data())
def test_law_a_part_of_a_reading_leads_back_to_the_same_places(text: str, data: some.DataObject) -> None:
    whole = read_stretch(text, 0, len(text))
    start = data.draw(some.integers(0, len(whole.text)))
    end = data.draw(some.integers(start, len(whole.text)))
    part = whole.part(start, end)
    assert part.text == whole.text[start:end]
    assert list(part.offsets) == list(whole.offsets)[start:end]

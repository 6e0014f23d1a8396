"""Turn what layout shows into tests: lines, wrapped lines and run-on text, and nothing shown twice or not at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pipeline.annotation.furniture import SheetTurn, find_sheet_turns
from pipeline.annotation.layout import Chunk, chunks, is_run_on, margin
from pipeline.annotation.restoration import restore
from pipeline.annotation.spans import Span, span
from pipeline.captures.capture import lines_of
from pipeline.languages.anatomy import anatomy_words

FILLED = "the rain falls on the roofs of the town of Tutin and nobody there has an"


def chunked(text: str, language: str = "en", dropped: tuple[Span, ...] = ()) -> list[Chunk]:
    lines = lines_of(text)
    return chunks(text, lines, turns_of(text, language), dropped)


def turns_of(text: str, language: str) -> list[SheetTurn]:
    return find_sheet_turns(lines_of(text), anatomy_words(language))


def shown(text: str, language: str = "en") -> list[str]:
    return [chunk.text for chunk in chunked(text, language)]


def wrapped(*paragraphs: str) -> str:
    """Return paragraphs of lines of one width, the last of each shorter."""
    return "\n".join(paragraphs)


SHEETS = """Сообщаю о погоде и о привлечении промежуточ-
(см. сл. лист)
Продолжение шифртелеграммы № 12
Экз. № 1
Лист 4
ных организаций.
Конец."""


def test_long_lines_are_paragraphs_each() -> None:
    assert shown(f"{'First. ' * 30}\n{'Second. ' * 30}") == [("First. " * 30).strip(), ("Second. " * 30).strip()]


def test_short_lines_are_parts_each() -> None:
    assert shown("Пекин\nСовпосол\n\nДля передачи", "ru") == ["Пекин", "Совпосол", "Для передачи"]


def test_a_sentence_goes_on_across_a_dropped_running_head_and_a_paragraph_ends_there() -> None:
    text = "They were empowered to discuss\n\nPAPERS     2\n\nthe line.\n\nPAPERS     3\n\nThe next day he left."
    heads = tuple(
        span(start, start + 12, "dropped", reason="chrome") for start in (text.index("PAPERS"), text.rindex("PAPERS"))
    )
    assert [one.text for one in chunked(text, dropped=heads)] == [
        "They were empowered to discuss the line.",
        "The next day he left.",
    ]


def test_one_long_line_that_goes_on_small_shows_the_width_of_a_short_text() -> None:
    text = f"{FILLED} \numbrella.\n\nNo.\n\nYes."
    assert shown(text) == [f"{FILLED} umbrella.", "No.", "Yes."]


ONE = "The train came yesterday evening and stands at the station of the port"
REST = "\n\nNo.\n\nYes."


def test_a_sentence_of_two_lines_is_one_paragraph_though_the_second_begins_with_a_name() -> None:
    assert shown(f"{ONE}\nNampo.{REST}") == [f"{ONE} Nampo.", "No.", "Yes."]
    russian = "Поезд пришел вчера вечером и стоит на станции, откуда идет дорога в порт"
    assert shown(f"Товарищу Петрову.\n\n{russian}\nНампо.\n\nИВАНОВ", "ru")[1] == f"{russian} Нампо."


@pytest.mark.parametrize(
    "block",
    [
        f"{ONE}.\nNampo is near.",
        f"{ONE},\nNampo.",
        f"{ONE}\nNampo",
        f"{ONE.upper()}\nNampo is near.",
        "Report of the Ambassador on the Harvest in the South of the Land\nThe harvest is in.",
        f"{ONE}\n2. Nampo is near.",
        f"{ONE}\nThe harvest is in, and the trains that carry it go by night to the coast.",
        "The harvest\nNampo is near.",
    ],
)
def test_two_lines_that_may_be_two_parts_stay_two(block: str) -> None:
    assert len(shown(f"{block}{REST}")) == 4


def test_without_blank_lines_nothing_says_that_two_lines_are_one_paragraph() -> None:
    assert len(shown(f"{ONE}\nNampo.")) == 2


def test_lines_of_one_width_are_one_paragraph_up_to_a_blank_line() -> None:
    text = wrapped(*[FILLED] * 4, "umbrella.", "", *[FILLED] * 3, "end.")
    assert margin(lines_of(text)) == len(FILLED)
    assert [one.split()[-1] for one in shown(text)] == ["umbrella.", "end."]


def test_a_short_line_that_ends_a_sentence_ends_a_paragraph_of_wrapped_lines() -> None:
    text = wrapped(*[FILLED] * 4, "umbrella.", FILLED.capitalize(), *[FILLED] * 3, "end.")
    assert [(one.text.split()[-1], one.certainty) for one in chunked(text)] == [("umbrella.", ""), ("end.", "high")]


def test_an_indent_begins_a_paragraph_of_wrapped_lines() -> None:
    text = wrapped(*[FILLED] * 4, f"     {FILLED.capitalize()}", *[FILLED] * 3)
    assert [one.split()[0] for one in shown(text)] == ["the", "The"]


def test_text_whose_paragraphs_were_lost_is_known() -> None:
    lost = wrapped(*[FILLED] * 14)
    assert is_run_on(lines_of(lost))
    assert not is_run_on(lines_of(wrapped(*[*[FILLED] * 4, "umbrella.", ""] * 3)))


def test_numbering_that_counts_up_restores_lost_paragraphs() -> None:
    lines = [FILLED] * 4 + ["umbrella. 1. The first is that " + FILLED[:40]] + [FILLED] * 4
    lines += ["umbrella. 2. The second is that " + FILLED[:40], *[FILLED] * 4]
    (whole,) = chunked("\n".join(lines))
    pieces = restore(whole, anatomy_words("en"))
    assert [(piece.text[:2], piece.certainty) for piece in pieces] == [("th", ""), ("1.", "high"), ("2.", "high")]


def test_a_number_alone_restores_no_paragraph() -> None:
    (whole,) = chunked("\n".join([*[FILLED] * 7, "umbrella. 5. The fifth is that " + FILLED[:40], *[FILLED] * 7]))
    assert len(restore(whole, anatomy_words("en"))) == 1


def test_a_word_goes_on_across_a_sheet_turn() -> None:
    first, last = chunked(SHEETS, "ru")
    assert first.text == "Сообщаю о погоде и о привлечении промежуточных организаций."
    assert last.text == "Конец."
    assert [SHEETS[sign.start : sign.end] for sign in first.signs] == ["-"]


def test_a_sheet_turn_has_its_notes_and_the_number_of_the_sheet_that_begins() -> None:
    (turn,) = turns_of(SHEETS, "ru")
    assert turn.number == 4
    assert [(one.kind, one.get("type"), one.get("place")) for one in turn.spans] == [
        ("furniture", "continuation", "bottom"),
        ("sheet-break", "", ""),
        ("furniture", "continuation", "top"),
        ("furniture", "copy-number", "top"),
        ("furniture", "sheet-number", "top"),
    ]


@pytest.mark.parametrize(("read", "numbers"), [("Лист 3", [3, 4]), ("Лист , /", [2, 3])])
def test_a_sheet_whose_number_cannot_be_read_follows_the_one_before(read: str, numbers: list[int]) -> None:
    foot = "\n(см. сл. лист)\nПродолжение шифртелеграммы № 12\n"
    text = f"Дождь идет.{foot}{read}\nДождь идет.{foot}Дождь прошел."
    assert [turn.number for turn in turns_of(text, "ru")] == numbers


def test_the_number_of_a_copy_is_furniture_at_a_sheet_turn_only() -> None:
    assert turns_of("Экз. № 1\nЛист 2\nТоварищу Примерову", "ru") == []


def test_a_paragraph_ends_at_a_sheet_turn_that_follows_a_sentence() -> None:
    text = "Дождь идет.\n(см. сл. лист)\nПродолжение шифртелеграммы № 12\nСнега нет."
    assert shown(text, "ru") == ["Дождь идет.", "Снега нет."]


def test_a_page_of_the_file_ends_no_sentence() -> None:
    assert shown("The rain falls on the\n\x0croofs.\nIt stops.") == ["The rain falls on the roofs.", "It stops."]


def test_what_is_dropped_at_the_ends_of_a_line_is_not_read() -> None:
    text = "### Rain ###\nSun"
    dropped = (span(0, 3, "dropped", reason="rule"), span(9, 12, "dropped", reason="rule"))
    assert [chunk.text for chunk in chunked(text, dropped=dropped)] == ["Rain", "Sun"]


LINES = some.sampled_from(
    ["", " ", FILLED, FILLED.capitalize(), "umbrella.", "     Indented", "1. One", "\x0cPage", *SHEETS.splitlines()]
)


@settings(deadline=None)
@given(some.lists(LINES, max_size=24).map("\n".join), some.sampled_from(["ru", "en"]))
def test_law_what_shows_stands_in_one_chunk_or_one_sheet_turn(text: str, language: str) -> None:
    turns = [(turn.start, turn.end) for turn in turns_of(text, language)]
    extents = [(chunk.start, chunk.end) for chunk in chunked(text, language)]
    assert all(end <= start for (_, end), (start, _) in pairwise(extents))
    for offset, character in enumerate(text):
        in_turn = any(start <= offset < end for start, end in turns)
        in_chunk = any(start <= offset < end for start, end in extents)
        assert character.isspace() or in_turn or in_chunk


@settings(deadline=None)
@given(some.lists(LINES, max_size=24).map("\n".join), some.sampled_from(["ru", "en"]))
def test_law_chunks_say_the_words_of_the_text_in_order(text: str, language: str) -> None:
    turns = turns_of(text, language)
    rest, reached = "", 0
    for turn in turns:
        rest += text[reached : turn.start]
        reached = turn.end
    rest += text[reached:]
    hyphens = {sign.start for chunk in chunked(text, language) for sign in chunk.signs}
    said = "".join(chunk.text for chunk in chunked(text, language)).replace(" ", "")
    assert len(said) == len("".join(rest.split())) - len(hyphens)
    assert said.replace("-", "") == "".join(rest.split()).replace("-", "")

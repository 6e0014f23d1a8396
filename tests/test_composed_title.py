"""Titles that the machine composes for documents without one; the names are invented but for the seed's."""

from __future__ import annotations

import pytest

from pipeline.encoding.composed_title import composed_title, written_date
from pipeline.encoding.correspondence import Action, Message
from pipeline.languages import languages


def title_of(senders: list[str], recipients: list[str], date: str = "", text: str = "") -> tuple[str, str]:
    actions = [Action("sent", name=name) for name in senders]
    actions += [Action("received", "to", name) for name in recipients]
    composed = composed_title(Message("cd1", tuple(actions)), date, text)
    return composed.text, composed.language


def test_names_in_capitals_are_written_as_names_and_the_real_name_comes_first() -> None:
    title = title_of(["FILIPPOV [STALIN]"], ["MAO ZEDONG", "KIM IL SUNG"], "1950-10-01")
    assert title == ("From Stalin (“Filippov”) to Mao Zedong and Kim Il Sung, 1 October 1950", "en")


def test_a_title_of_russian_names_is_russian_and_keeps_their_cases() -> None:
    title = title_of(["ЛИ ШИЛИ"], ["ПРИМЕРОВУ"], "1951-02")
    assert title == ("Ли Шили — Примерову, февраль 1951 г.", "ru")


@pytest.mark.parametrize("name", ["MACARTHUR", "USSR", "O'PRIMER", "de Sample"])
def test_a_name_that_cannot_be_cased_for_certain_stays_as_it_is(name: str) -> None:
    assert title_of([name], []) == (f"From {name}", "en")


def test_a_name_is_cased_as_the_document_cases_it() -> None:
    assert title_of(["MACARTHUR"], [], text="said MacArthur, and") == ("From MacArthur", "en")


def test_a_document_of_nobody_has_no_title_but_its_date() -> None:
    assert title_of([], [], "1950") == ("Untitled document, 1950", "en")


@pytest.mark.parametrize(
    ("heading", "spoken", "title"),
    [
        ("НОТА № 42", "ru", "Нота № 42, 5 сентября 1957 г."),
        ("NOTE VERBALE", "en", "NOTE VERBALE, 5 September 1957"),
        ("", "ru", "Документ без заглавия, 5 сентября 1957 г."),
        ("", "zh", "Untitled document, 5 September 1957"),
    ],
)
def test_a_document_of_nobody_is_called_what_it_calls_itself(heading: str, spoken: str, title: str) -> None:
    assert composed_title(Message("cd1", ()), "1957-09-05", "", spoken, heading).text == title


@pytest.mark.parametrize("code", languages())
def test_a_date_is_written_in_every_language(code: str) -> None:
    assert [written_date(date, code) != "" for date in ("1950-10-01", "1950-10", "1950", "")] == [True] * 3 + [False]

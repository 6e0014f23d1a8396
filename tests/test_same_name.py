"""Turn names that no list has into tests: forms of one name are held together, and none that may be of another."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.authorities.declension import cases_of
from pipeline.authorities.same_name import Written, same_names

CYRILLIC = re.compile("[А-яЁё]")


def joined(*names: str, kind: str = "person") -> set[frozenset[str]]:
    """Return which names are one; `name@2` stands in a second document."""
    written = [
        Written(kind, text, "ru" if CYRILLIC.search(text) else "en", document or "1")
        for text, _, document in (name.partition("@") for name in names)
    ]
    return {frozenset(names[number] for number in numbers) for numbers in same_names(written)}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("person", ["Шверник", "Швернику@2", "ШВЕРНИКА@3"]),
        ("person", ["Вышинского", "Вышинскому@2", "Вышинским@3"]),
        ("person", ["А. Я. Вышинского", "А.Я.Вышинскому@2"]),
        ("person", ["Теребин", "Теребиным@2"]),
        ("person", ["Петров", "Петрову"]),
        ("person", ["Пын Дэхуай", "ПЫН ДЭ-ХУАЮ@2"]),
        ("person", ["Kovalev", "KOVALEV@2"]),
        ("person", ["Maо", "Мао@2"]),
        ("place", ["Формоза", "Формозе@2", "Формозу"]),
        ("organisation", ["6 корпус", "6 корпуса@2"]),
    ],
)
def test_the_cases_of_one_name_are_one(kind: str, names: list[str]) -> None:
    assert joined(*names, kind=kind) == {frozenset(names)}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("person", ["Kovalev", "Ковалев"]),
        ("person", ["Петрова", "Петрову"]),
        ("person", ["Петров", "Петрову@2"]),
        ("person", ["Петров", "Петрову", "Петровой"]),
        ("person", ["Вышинского", "Вышинской"]),
        ("person", ["А. Вышинского", "Вышинскому"]),
        ("person", ["А. Вышинского", "Б. Вышинскому"]),
        ("person", ["Ким", "Кимов"]),
        ("organisation", ["6 корпус", "7 корпуса"]),
        ("place", ["Формозе", "Формозу"]),
    ],
)
def test_what_may_be_of_two_names_is_left_apart(kind: str, names: list[str]) -> None:
    assert joined(*names, kind=kind) == {frozenset([name]) for name in names}


def test_a_person_and_a_place_of_one_name_are_two() -> None:
    names = [Written("person", "Lenin", "en", "1"), Written("place", "Lenin", "en", "1")]
    assert same_names(names) == [[0], [1]]


@given(st.lists(st.tuples(st.sampled_from("123"), st.text("АБВГабвгеиорн -.", max_size=12)), max_size=12))
def test_every_name_is_in_one_group_whatever_the_order(drawn: list[tuple[str, str]]) -> None:
    names = [Written("person", text, "ru", document) for document, text in drawn]
    groups = same_names(names)
    assert sorted(number for group in groups for number in group) == list(range(len(names)))
    backwards = same_names(names[::-1])
    assert {frozenset(names[one] for one in group) for group in groups} == {
        frozenset(names[::-1][one] for one in group) for group in backwards
    }


@given(st.sampled_from(["Вышинский", "Шверник", "Гармаш", "Теребин", "Рокоссовский"]), st.data())
def test_any_two_cases_of_a_man_s_surname_in_one_document_are_one(surname: str, data: st.DataObject) -> None:
    forms = sorted({surname, *cases_of(surname, "masculine")})
    chosen = data.draw(st.lists(st.sampled_from(forms), min_size=2, unique=True))
    groups = joined(*chosen)
    # `Теребина` and `Теребину` alone may be a woman's.
    assert len(groups) == 1 or set(chosen) <= {"Теребина", "Теребину"}

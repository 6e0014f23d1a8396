"""Turn names into the order in which registers list them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alphabets import OTHERS, initial, sort_key


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Acheson", "Ács", "Östlund", "Ostrov", "Rákosi", "Zhou", "Берия", "毛泽东"]),
        ("ru", ["Еж", "Ёжиков", "Ежов", "Ильин", "Йодль", "Кан", "Ясс", "Acheson", "서울"]),
        ("en", ["Ch'oe", "Choe Yong-gon", "Li Sang-jo", "Lin Biao"]),
        ("ru", ["Пхеньян", "Ch’oe", "38-я параллель"]),
    ],
)
def test_a_register_is_sorted_as_its_readers_look_names_up(language: str, names: list[str]) -> None:
    turned = list(reversed(names))
    assert sorted(turned, key=lambda name: sort_key(name, language)) == names


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Ács", "A"), ("Ёжиков", "Е"), ("Йодль", "Й"), ("“Filippov”", "F"), ("38th parallel", OTHERS), ("毛泽东", OTHERS)],
)
def test_a_name_stands_under_its_letter(name: str, letter: str) -> None:
    assert initial(name) == letter


@given(st.lists(st.text(max_size=4)), st.sampled_from(["en", "ru"]))
def test_law_names_under_one_letter_stand_together(names: list[str], language: str) -> None:
    letters = [initial(name) for name in sorted(names, key=lambda name: sort_key(name, language))]
    runs = [letter for number, letter in enumerate(letters) if number == 0 or letters[number - 1] != letter]
    assert len(runs) == len(set(runs))

"""Credits: who is named, in which role, and where."""

from __future__ import annotations

import pytest

from pipeline.annotation.credits import find_credits, find_translators


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ll.0085. Translated by Gary Goldberg. <https", [("translator", "Gary Goldberg")]),
        (
            "Translated by Kathryn Weathersby and Alexandre Mansourov.",
            [("translator", "Kathryn Weathersby; Alexandre Mansourov")],
        ),
        ("Translated for CWIHP by Sergey\nRadchenko.\nhttp", [("translator", "Sergey\nRadchenko")]),
        ("translation from Russian by David Wolff. “One Finger’s", [("translator", "David Wolff")]),
        (
            "Contributed, transcribed, and translated by Stephan Kieninger.",
            [("contributor transcriber translator", "Stephan Kieninger")],
        ),
        (
            "Obtained by Amitav Acharya and translated by Yang Shanhou",
            [("provider", "Amitav Acharya"), ("translator", "Yang Shanhou")],
        ),
        ("Translated by Zhang Shu Guang and Chen Jian.", [("translator", "Zhang Shu Guang; Chen Jian")]),
        ("Translated from Chinese [by] (S. P. Andreyev) [signature]", [("translator", "S. P. Andreyev")]),
        ("Перевод с китайского С. П. Андреева", [("translator", "С. П. Андреева")]),
        ("Перевёл А. Иванов и Н. Федоренко.", [("translator", "А. Иванов; Н. Федоренко")]),
        ("The note was translated by the embassy; translators of Beijing", []),
        ("The delegation provided translation into Russian", []),
    ],
)
def test_a_credit_names_role_and_persons(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_credits(text)
    assert [(" ".join(credit.roles), "; ".join(name.text for name in credit.names)) for credit in found] == expected
    assert all(text[name.start : name.end] == name.text for credit in found for name in credit.names)


def test_a_machine_s_translation_names_nobody() -> None:
    (credit,) = find_translators("1950-10-08 ru:tom18;en:AI AI translated")
    assert credit.is_machine
    assert credit.roles == ("translator",)


def test_only_credits_for_translation_are_translators() -> None:
    found = find_translators("Obtained by Amitav Acharya and translated by Yang Shanhou")
    assert [name.text for credit in found for name in credit.names] == ["Yang Shanhou"]

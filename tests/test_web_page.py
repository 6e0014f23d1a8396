"""Turn pages into tests of their text; all pages here are invented."""

from __future__ import annotations

import pytest

from pipeline.captures.web_page import page_of


@pytest.mark.parametrize(
    ("captured", "text"),
    [
        ("Поезд<sup>1</sup> пришел.", "Поезд 1 пришел."),
        ("Army<sup><a href='#n3'>3</a></sup>, he said<sup>[4]</sup>.", "Army 3, he said [4]."),
        ("в 1950 г.<sup>4</sup> и в 1951<sup>5</sup>", "в 1950 г. 4 и в 1951 5"),
        ("слово<sup>*</sup>", "слово *"),
        ("слово <sup>5</sup>", "слово 5"),
        ("10<sup>th</sup> Army, M<sup>me</sup> X", "10th Army, Mme X"),
        ("5 км<sup>2</sup>, 7 m<sup>3</sup>", "5 км2, 7 m3"),
        ("5 км<sup><a href='#n2'>2</a></sup>", "5 км 2"),
        ("<sup>1</sup> A goods train.", "1 A goods train."),
    ],
)
def test_the_raised_mark_of_a_note_does_not_run_into_the_word_before(captured: str, text: str) -> None:
    assert page_of(f"<html><body><p>{captured}</p></body></html>").text.strip() == text

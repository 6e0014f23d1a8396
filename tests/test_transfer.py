"""Names that one language of a document has and the other may have: invented documents, and the seeds as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline.annotation.suggestions import Suggestion
from pipeline.annotation.transfer import find_transfers
from pipeline.edition import Edition
from pipeline.tei import TEI, read_tei

CLONE = Path(__file__).resolve().parent.parent
MAO = "authorities/persons.xml#mao"


def transfers(original: str, translation: str) -> list[str]:
    """Return passage, words, kind and best candidate of each suggestion, of one invented sentence in two languages."""
    root = etree.fromstring(
        f'<TEI xmlns="{TEI}"><teiHeader/><text><body>'
        f'<div type="original" xml:lang="ru" xml:id="ru"><p><s xml:id="o">{original}</s></p></div>'
        f'<div type="translation" xml:lang="en" xml:id="en"><p><s xml:id="t">{translation}</s></p></div>'
        "</body></text></TEI>"
    )
    before = etree.tostring(root)
    found = find_transfers(root)
    assert etree.tostring(root) == before
    return [told(one) for one in found]


def told(one: Suggestion) -> str:
    best = one.candidates[0].value if one.candidates else "nobody known"
    return f"{one.passage} {one.text} ({one.occurrence}) {one.kind} {best}"


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        (
            f'Пишет <persName ref="{MAO}">Мао Цзэдун</persName>.',
            "Thus Mao Zedong's answer.",
            [f"t Mao Zedong (1) person {MAO}"],
        ),
        (
            "Пишет <persName>МАО ЦЭ-ДУН</persName>.",
            f'<persName ref="{MAO}">MAO ZEDONG</persName> writes.',
            [f"o МАО ЦЭ-ДУН (1) person {MAO}"],
        ),
        (
            "Пишет <persName>Крымов</persName> Крымову.",
            "Thus Krymov writes to Krymov.",
            ["t Krymov (1) person nobody known"],
        ),
        (f'Пишет <persName ref="{MAO}">Мао Цзэдун</persName>.', "The Chairman writes.", []),
        (
            f'Пишет <persName ref="{MAO}">Мао Цзэдун</persName>.',
            f'<persName ref="{MAO}">He</persName> writes to Mao Zedong.',
            [],
        ),
        (
            '<placeName ref="authorities/places.xml#korea">Корее</placeName> помогут.',
            "The Koreans will be helped.",
            [],
        ),
        (
            "Пишет <persName>Крымов</persName>.",
            '<placeName ref="authorities/places.xml#crimea">Krymov</placeName> writes.',
            [],
        ),
        (
            'Пишет <persName resp="#ivanova">МАО ЦЭ-ДУН</persName>.',
            f'<persName ref="{MAO}">MAO ZEDONG</persName> writes.',
            [],
        ),
        (
            'Выступил <orgName type="military">39 корпус</orgName>.',
            "The 39th Corps moved.",
            [],
        ),
    ],
)
def test_a_name_is_proposed_where_the_linked_sentence_has_it(
    original: str, translation: str, expected: list[str]
) -> None:
    assert transfers(original, translation) == expected


def test_a_name_in_the_second_part_of_a_broken_sentence_is_proposed_there() -> None:
    root = etree.fromstring(
        f'<TEI xmlns="{TEI}"><teiHeader/><text><body><div type="original" xml:lang="ru" xml:id="ru"><p>'
        f'<s xml:id="o">Нам пишет <persName ref="{MAO}">Мао Цзэдун</persName>.</s></p></div>'
        '<div type="translation" xml:lang="en" xml:id="en"><p><s xml:id="t1" part="I" next="#t2">To us</s></p>'
        '<p><s xml:id="t2" part="F" prev="#t1">writes Mao Zedong.</s></p></div></body></text></TEI>'
    )
    assert [told(one) for one in find_transfers(root)] == [f"t2 Mao Zedong (1) person {MAO}"]


def test_misspelt_names_of_the_edition_are_proposed_for_whom_the_other_language_names() -> None:
    found = {
        (one.text, one.candidates[0].value.partition("#")[2])
        for document in Edition(CLONE).documents()
        for one in find_transfers(read_tei(document).getroot())
        if one.candidates
    }
    assert {("Чжоу Энляю", "zhou"), ("СИЛИПОВУ", "stalin"), ("Ьулганину", "bulganin"), ("ПЕНЗАН", "wonsan")} <= found

"""Turn what all documents of the first edition share into tests: valid, told in every interface language, complete."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline.annotation.dating import DateContext, find_dates
from pipeline.edition import Edition, Facts, read_facts
from pipeline.tei import NAMESPACES, XML_ID, XML_LANG, lay_out, read_tei, serialise

EDITION = Edition(Path(__file__).resolve().parent.parent)


@pytest.fixture(scope="module")
def corpus() -> etree._ElementTree:
    return read_tei(EDITION.corpus)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return read_facts(EDITION)


def elements(tree: etree._ElementTree, path: str) -> list[etree._Element]:
    return tree.getroot().findall(path, NAMESPACES)


@pytest.mark.slow
def test_the_corpus_is_valid_tei(corpus: etree._ElementTree, tei_all: etree.RelaxNG) -> None:
    assert tei_all.validate(corpus), tei_all.error_log


def test_the_corpus_is_laid_out_as_we_write_tei(corpus: etree._ElementTree) -> None:
    before = serialise(corpus)
    lay_out(corpus.getroot())
    assert serialise(corpus) == before == EDITION.corpus.read_bytes()


def test_the_edition_has_a_title_a_publisher_and_a_date(facts: Facts) -> None:
    assert facts.title
    assert facts.publisher
    assert len(facts.date.split("-")) == 3


def test_the_introduction_speaks_every_interface_language(corpus: etree._ElementTree, facts: Facts) -> None:
    introductions = {div.get(XML_LANG): div for div in elements(corpus, "tei:text/tei:body/tei:div")}
    assert tuple(introductions) == facts.languages == ("en", "ru")
    shapes = [[etree.QName(element).localname for element in div.iter()] for div in introductions.values()]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", ["editorialDecl/*", "classDecl/tei:taxonomy", "classDecl//tei:category"])
def test_every_statement_is_made_in_every_interface_language(
    corpus: etree._ElementTree, facts: Facts, name: str
) -> None:
    statements = elements(corpus, f"tei:teiHeader/tei:encodingDesc/tei:{name}")
    assert len(statements) > 1
    for statement in statements:
        told = [child.get(XML_LANG) for child in statement if child.get(XML_LANG)]
        assert tuple(told) == facts.languages, etree.tostring(statement, encoding="unicode")


@pytest.mark.parametrize(
    ("text", "language", "document", "reason"),
    [
        ("16 сентября", "ru", "1950-10-01", "year-from-document"),
        ("28 декабря", "ru", "1951-01-10", "year-nearest-document"),
        ("16 сентября", "ru", "", "year-unknown"),
        ("16 сентября того же года", "ru", "", "another-year"),
        ("13.7.50", "ru", "1950-07-13", "century-from-document"),
        ("13.7.50", "ru", "", "century-assumed"),
        ("19 янв 1951 г. 27 1", "ru", "1951-01-27", "contradictory"),
        ("7/8/1950", "en", "", "day-or-month-first"),
        ("31.2.50", "ru", "1950-07-13", "impossible"),
    ],
)
def test_how_a_date_was_come_by_is_explained(
    corpus: etree._ElementTree, text: str, language: str, document: str, reason: str
) -> None:
    (date,) = find_dates(text, language, DateContext(document) if document else None)
    assert date.reason == reason
    assert f"date.{reason}" in {category.get(XML_ID) for category in elements(corpus, ".//tei:category")}

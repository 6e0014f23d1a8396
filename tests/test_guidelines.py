"""Turn the guidelines page into tests: everything that the ODD specifies is there, in the language of the page."""

from __future__ import annotations

import functools

import pytest
from lxml import etree, html

from pipeline import schema
from pipeline.resources import resource
from pipeline.stylesheets import Value, stylesheet
from pipeline.tei import XML_LANG, read_tei, tag
from tests.tei_all import CLONE

ROOT = read_tei(resource(schema.ODD)).getroot()
SPECIFIED = ("elementSpec", "classSpec", "macroSpec", "dataSpec", "constraintSpec")


@functools.cache
def page(language: str) -> html.HtmlElement:
    """Return the guidelines in an interface language."""
    parameters: dict[str, Value] = {
        "lang": language,
        "languages": "en ru",
        "page": "guidelines",
        "corpus": (CLONE / "tei" / "corpus.xml",),
    }
    path = resource(schema.ODD)
    sheet = stylesheet(resource("xslt/schema/odd-to-guidelines.xsl"))
    return html.document_fromstring(sheet.transform(ROOT.getroottree(), parameters, path))


def words(node: etree._Element) -> str:
    return " ".join("".join(map(str, node.itertext())).split())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_everything_specified_has_its_place_and_explanation(language: str) -> None:
    sections = {node.get("id"): words(node) for node in page(language).iter("section", "dd") if node.get("id")}
    for specification in ROOT.iter(*map(tag, SPECIFIED)):
        section = sections[specification.get("ident")]
        explained = [node for node in specification.iterchildren(tag("gloss")) if node.get(XML_LANG) == language]
        assert all(words(node) in section for node in explained)
        for value in specification.iter(tag("valItem")):
            (meant,) = (words(node) for node in value.iterchildren(tag("desc")) if node.get(XML_LANG) == language)
            assert f"{value.get('ident')} — {meant}" in section


def test_the_prose_stands_in_the_language_of_the_page() -> None:
    for language, other in (("en", "ru"), ("ru", "en")):
        text = words(page(language)).replace("@", "")
        for paragraph in ROOT.iter(tag("p")):
            beginning = words(paragraph)[:24]
            if paragraph.get(XML_LANG) == language:
                assert beginning in text
            elif paragraph.get(XML_LANG) == other:
                assert beginning not in text


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_link_within_the_page_leads_somewhere_and_no_anchor_stands_twice(language: str) -> None:
    anchors = [str(node.get("id")) for node in page(language).iter(etree.Element) if node.get("id")]
    assert sorted(set(anchors)) == sorted(anchors)
    targets = {str(node.get("href"))[1:] for node in page(language).iter("a") if str(node.get("href")).startswith("#")}
    assert targets <= set(anchors)


def test_an_example_stands_as_an_editor_types_it() -> None:
    (section,) = (node for node in page("en").iter("section") if node.get("id") == "abbr")
    assert "<choice><abbr>тов.</abbr><expan>товарищ</expan></choice>" in words(section)


def test_what_an_element_may_hold_is_what_the_schema_lets_in() -> None:
    (section,) = (node for node in page("en").iter("section") if node.get("id") == "choice")
    held = next(node for node in section.iter("dt") if words(node) == "May hold").getnext()
    assert held is not None
    assert [words(link) for link in held.iter("a")] == ["abbr", "corr", "expan", "orig", "reg", "sic"]

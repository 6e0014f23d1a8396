"""Turn TEI of other projects, here all invented, into pages: refused by name, or shown as text and reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline.edition import Edition
from pipeline.tei import read_tei
from pipeline.website import build_website
from tests.test_website import add, edition_of, having, page

FOREIGN = {
    "a verse letter": "<div><head>To B.</head><lg><l>First line,</l><l>second <emph>line</emph>.</l></lg></div>",
    "a play": "<div><sp><speaker>A.</speaker><p>Speaks.</p><stage>exit</stage></sp></div>",
    "a picture": '<p>Before <figure><graphic url="x.png"/><head>Its title</head><figDesc>A seal</figDesc></figure></p>',
    "an apparatus": '<p>He <app><lem wit="#A">came</lem><rdg wit="#B">went</rdg></app> home.</p>',
    "choices": "<p><choice><orig>vpon</orig><reg>upon</reg><unclear>apon</unclear></choice>"
    " it; <choice><seg>x</seg></choice></p>",
    "a table": "<table><head>Sums</head><row><cell>1</cell><cell><formula>a+b</formula></cell></row></table>",
    "a letter in a letter": "<p>Copy:</p><floatingText><body><opener><salute>Sir,</salute></opener><p>text</p>"
    "<closer><signed>X</signed></closer></body></floatingText>",
    "notes": '<p>Word<note place="margin">a <ab>note</ab></note> and<note resp="#ed"><p>another</p></note>.</p>',
    "a list": "<list><head>Things</head><label>1</label><item>one <floruit>1900</floruit></item></list>",
    "a closing page": "<div><titlePage><docTitle><titlePart>Letters</titlePart></docTitle></titlePage></div>",
    "an envelope": '<div type="envelope"><ab><postmark>Wien</postmark></ab></div>',
    "a gap": '<p>and <gap reason="damage"><desc>a hole</desc></gap> so</p>',
}


def characters(element: etree._Element) -> str:
    return "".join("".join(str(part) for part in element.itertext()).split())


@pytest.fixture(scope="module")
def lenient(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    edition = edition_of(tmp_path_factory.mktemp("lenient"), [])
    for number, body in enumerate(FOREIGN.values()):
        add(edition, f"f{number}", body)
    group = add(edition, "group", "<p>one</p>")
    text = group.read_text(encoding="utf-8")
    body = text[text.index("<body>") : text.index("</text>")]
    group.write_text(text.replace(body, f"<group><text>{body}</text><text>{body}</text></group>"), encoding="utf-8")
    outcome = build_website(edition, jobs=1, lenient=True)
    assert {found.code for found in outcome.problems} == {"W005"}
    return edition


@pytest.mark.parametrize("number", range(len(FOREIGN)), ids=list(FOREIGN))
def test_all_words_of_a_foreign_text_stand_on_its_page_in_lenient_mode(lenient: Edition, number: int) -> None:
    body = read_tei(lenient.tei / f"f{number}.xml").getroot().find("{*}text/{*}body")
    assert body is not None
    shown = characters(page(lenient, f"f{number}.html")) + "".join(
        str(title) for title in page(lenient, f"f{number}.html").xpath("//@title")
    )
    for words in body.itertext():
        assert "".join(str(words).split()) in shown


def test_a_text_made_of_texts_is_shown_whole(lenient: Edition) -> None:
    assert characters(having(page(lenient, "group.html"), "witness")[0]).count("one") == 2


def test_what_is_shown_as_text_is_reported_once_for_each_name_with_its_line(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [])
    add(edition, "d1", "<p>One</p>\n<p>Two <formula>a</formula> <formula>b</formula></p>")
    for _ in range(2):
        found = build_website(edition, jobs=1, lenient=True).problems
        assert [(one.code, one.file, one.line) for one in found] == [("W005", "tei/d1.xml", 4)]
        assert "formula" in found[0].message()
        assert "2" in found[0].message()
    assert [one.code for one in build_website(edition, jobs=1).problems] == ["W001"]

"""Turn small stylesheets into what the door to Saxon promises: parameters, refusals, errors that lead somewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from lxml import etree

from pipeline.problems import ExitCode, StylesheetFailed
from pipeline.resources import resource
from pipeline.stylesheets import Source, StylesheetStopped, element_at, engine, short_path, stylesheet

TEI = "http://www.tei-c.org/ns/1.0"
DATING = "{urn:despatch:dating}text"


def sheet(folder: Path, body: str, name: str = "sheet.xsl") -> Path:
    """Write a stylesheet with this body."""
    path = folder / name
    path.write_text(
        '<xsl:stylesheet version="3.0" expand-text="yes" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema" xpath-default-namespace="{TEI}" exclude-result-prefixes="#all">'
        f'<xsl:output method="text"/>{body}</xsl:stylesheet>',
        encoding="utf-8",
    )
    return path


def tree(content: str) -> etree._ElementTree:
    return etree.fromstring(f'<TEI xmlns="{TEI}">{content}</TEI>').getroottree()


def transform(path: Path, document: etree._ElementTree, **parameters: str | int | bool | tuple[Path, ...]) -> str:
    return stylesheet(path).transform(document, parameters, path.with_name("document.xml"))


def test_parameters_keep_their_type(tmp_path: Path) -> None:
    body = """<xsl:param name="a" as="xs:string"/><xsl:param name="b" as="xs:integer"/>
        <xsl:param name="c" as="xs:boolean"/>
        <xsl:template match="/">{$a}, {$b + 1}, {not($c)}</xsl:template>"""
    assert transform(sheet(tmp_path, body), tree(""), a="Мао", b=3, c=True) == "Мао, 4, false"


def test_a_parameter_of_the_wrong_type_stops_the_stylesheet(tmp_path: Path) -> None:
    path = sheet(tmp_path, '<xsl:param name="a" as="xs:integer"/><xsl:template match="/">{$a}</xsl:template>')
    with pytest.raises(StylesheetStopped):
        transform(path, tree(""), a="three")


def test_a_parameter_is_forgotten_with_its_transform(tmp_path: Path) -> None:
    path = sheet(
        tmp_path, """<xsl:param name="a" as="xs:string" select="'none'"/><xsl:template match="/">{$a}</xsl:template>"""
    )
    assert transform(path, tree(""), a="given") == "given"
    assert transform(path, tree("")) == "none"


def test_a_stylesheet_gets_whole_files_and_sees_them_change(tmp_path: Path) -> None:
    path = sheet(
        tmp_path, '<xsl:param name="f" as="document-node()*"/><xsl:template match="/">{$f ! string()}</xsl:template>'
    )
    one, other = tmp_path / "one.xml", tmp_path / "other.xml"
    one.write_text("<a>1</a>", encoding="utf-8")
    other.write_text('<?xml version="1.0" encoding="windows-1251"?><a>два</a>', encoding="windows-1251")
    assert transform(path, tree(""), f=(one, other)) == "1 два"
    assert transform(path, tree(""), f=(other,)) == "два"
    assert transform(path, tree(""), f=()) == ""
    one.write_text("<a>2</a>", encoding="utf-8")
    os.utime(one, ns=(1, 1))
    assert transform(path, tree(""), f=(one,)) == "2"


def test_a_file_with_a_doctype_is_refused(tmp_path: Path) -> None:
    path = sheet(
        tmp_path, '<xsl:param name="f" as="document-node()*"/><xsl:template match="/">{$f ! string()}</xsl:template>'
    )
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    hostile = tmp_path / "hostile.xml"
    hostile.write_text(f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>', encoding="utf-8")
    with pytest.raises(StylesheetStopped, match="DOCTYPE"):
        transform(path, tree(""), f=(hostile,))
    reading = sheet(tmp_path, f'<xsl:template match="/">{{doc("{hostile.as_uri()}")}}</xsl:template>', "reading.xsl")
    with pytest.raises(StylesheetStopped):
        transform(reading, tree(""))


def test_an_error_leads_to_the_element_that_it_named(tmp_path: Path) -> None:
    body = """<xsl:template match="/"><xsl:apply-templates select="//hi"/></xsl:template>
        <xsl:template match="hi">
          <xsl:sequence select="error((), 'no rendering at ' || path(.) || ', sorry')"/>
        </xsl:template>"""
    document = tree("\n<p>One</p>\n<p>Two\n<hi>three</hi></p>")
    with pytest.raises(StylesheetStopped) as stopped:
        transform(sheet(tmp_path, body), document)
    assert stopped.value.reason == "no rendering at /TEI/p[2]/hi, sorry"
    assert str(stopped.value) == "sheet.xsl stopped at document.xml: no rendering at /TEI/p[2]/hi, sorry"
    assert stopped.value.exit_code is ExitCode.STYLESHEET
    element = element_at(document, stopped.value.place)
    assert element is not None
    assert (element.tag, element.sourceline) == (f"{{{TEI}}}hi", 4)


def test_an_error_prints_nothing_of_its_own(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = sheet(tmp_path, """<xsl:template match="/"><xsl:sequence select="error()"/></xsl:template>""")
    with pytest.raises(StylesheetStopped):
        transform(path, tree(""))
    assert capfd.readouterr().err == ""


def test_an_error_without_a_place_says_so(tmp_path: Path) -> None:
    path = sheet(tmp_path, """<xsl:template match="/"><xsl:sequence select="xs:integer('x')"/></xsl:template>""")
    document = tree("")
    with pytest.raises(StylesheetStopped) as stopped:
        transform(path, document)
    assert stopped.value.place == ""
    assert element_at(document, "") is None


def test_a_path_to_a_text_or_attribute_leads_to_its_element() -> None:
    document = tree("<p>One</p><p n='2'>Two</p>")
    place = f"/Q{{{TEI}}}TEI[1]/Q{{{TEI}}}p[2]"
    assert {element_at(document, place + end) for end in ("", "/text()[1]", "/@n")} == {document.getroot()[1]}
    assert element_at(document, f"/Q{{{TEI}}}TEI[1]/Q{{{TEI}}}p[3]") is None
    assert short_path(place) == "/TEI/p[2]"


def test_a_stylesheet_with_a_mistake_does_not_compile(tmp_path: Path) -> None:
    with pytest.raises(StylesheetFailed, match=r"sheet\.xsl does not compile"):
        stylesheet(sheet(tmp_path, '<xsl:template match="["/>'))


def test_a_stylesheet_is_compiled_once(tmp_path: Path) -> None:
    path = sheet(tmp_path, '<xsl:template match="/">x</xsl:template>')
    assert stylesheet(path) is stylesheet(path)


def test_one_document_goes_through_several_transforms(tmp_path: Path) -> None:
    count = sheet(tmp_path, '<xsl:template match="/">{count(//p)}</xsl:template>', "count.xsl")
    base = sheet(
        tmp_path, """<xsl:template match="/">{tokenize(base-uri(.), '/')[last()]}</xsl:template>""", "base.xsl"
    )
    source = Source(tree("<p/><p/>"), tmp_path / "d1.xml")
    assert [stylesheet(path).apply(source, {}) for path in (count, base, count)] == ["2", "d1.xml", "2"]


def test_the_engine_says_its_version() -> None:
    assert engine().startswith("SaxonC-HE ")


@pytest.mark.parametrize(
    ("iso", "language", "words"),
    [
        ("1950-10-03", "en", "3 October 1950"),
        ("1950-10-03", "ru", "3 октября 1950 г."),
        ("1950-10-03T12:50", "ru", "3 октября 1950 г., 12:50"),
        ("1950-10-03T12:50:00", "en", "3 October 1950, 12:50"),
        ("1950-05", "ru", "май 1950 г."),
        ("1950", "en", "1950"),
        ("--05-01", "ru", "1 мая"),
        ("1950-13-01", "en", "1950-13-01"),
        ("spring", "en", "spring"),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(iso: str, language: str, words: str) -> None:
    assert stylesheet(resource("xslt/common/metadata.xsl")).call(DATING, iso, language) == words


def test_a_language_without_month_names_is_an_error() -> None:
    with pytest.raises(StylesheetStopped, match=r"dates\.xml says nothing of the language vi"):
        stylesheet(resource("xslt/common/metadata.xsl")).call(DATING, "1950-10-03", "vi")


@pytest.mark.parametrize(
    ("tag", "known"),
    [
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-HK", "zh-HK"),
        ("zh-Hans", "zh"),
        ("zh-Latn-wadegile", "zh"),
        ("ja", "ja"),
        ("en-x-tv", "en"),
        ("", "und"),
    ],
)
def test_the_typesetter_is_told_the_region_whose_forms_of_han_a_language_has(tag: str, known: str) -> None:
    sheet = stylesheet(resource("xslt/print/typst.xsl"))
    assert sheet.call("{urn:despatch:typst}tongue", tag) == known

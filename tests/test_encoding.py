"""Turn the cases of encoding into tests: a small invented capture, and the TEI document that it becomes.

A case is a folder: `input.txt` a capture, `expected.xml` the document, under the name that it asks for.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from pipeline.annotation.identification import Identification
from pipeline.annotation.spans import Span, arrange, span
from pipeline.authorities.entries import Entry, Name
from pipeline.authorities.index import build_index
from pipeline.conversion import convert_seed
from pipeline.edition import Edition, Facts
from pipeline.encoding.document import PLACEHOLDER
from pipeline.encoding.identified import identify_header
from pipeline.encoding.text import ELEMENTS, append_text, encode_body
from pipeline.relaxng import explain, read_grammar
from pipeline.resources import resource
from pipeline.tei import XML_ID, parse_tei, tag
from tests.tei_all import TeiAll
from tests.trees import first_difference

CASES = sorted((Path(__file__).parent / "cases" / "encoding").iterdir())
FACTS = Facts("Invented", "Nobody", "", ("en",), "2026-01-01", "", (170.0, 240.0), "columns")


def encoded(folder: Path) -> bytes:
    """Return the document that a case's capture becomes, with the identifier that it asks for."""
    (capture,) = convert_seed(folder / "input.txt", Edition(folder), FACTS).captures
    return capture.content.replace(PLACEHOLDER.encode(), capture.wanted.encode(), 1)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_capture_becomes_the_document_of_its_case(folder: Path, save_golden: bool) -> None:
    golden = folder / "expected.xml"
    found = encoded(folder)
    if save_golden:
        golden.write_bytes(found)
    expected, made = (parse_tei(content, folder.name).getroot() for content in (golden.read_bytes(), found))
    assert first_difference(expected, made) == ""
    assert found == golden.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_document_of_a_case_is_valid_tei_and_valid_in_the_edition(folder: Path, tei_all: TeiAll) -> None:
    root = parse_tei(encoded(folder), folder.name).getroot()
    assert tei_all.validate(root), tei_all.error_log
    assert list(explain(read_grammar(resource("schemas/edition.rng")), root)) == []


# Spans to elements


def body(text: str, *spans: Span) -> str:
    """Return the witness that spans over a text become."""
    frame = span(0, len(text), "witness", lang="ru")
    return as_written(encode_body(text, arrange([frame, *spans]).roots)[0])


def as_written(element: etree._Element) -> str:
    """Return an element as text, without its namespace."""
    return re.sub(r' xmlns:ns0="[^"]*"|\bns0:', "", etree.tostring(element, encoding="unicode"))


def inner(text: str, *spans: Span) -> str:
    """Return what becomes of spans in a paragraph over the whole text."""
    whole = body(text, span(0, len(text), "paragraph"), *spans)
    return whole.partition('<p xml:id="p0">')[2].removesuffix("</p></div>")


def test_a_witness_says_what_it_is_in_which_language_and_who_translated() -> None:
    frame = span(0, 1, "witness", type="translation", lang="en", resp="#nobody")
    root = encode_body("a", arrange([frame]).roots)
    assert dict(root[0].attrib) == {
        "type": "translation",
        "{http://www.w3.org/XML/1998/namespace}lang": "en",
        XML_ID: "en",
        "resp": "#nobody",
    }


def test_the_original_stands_first_and_two_witnesses_of_a_language_have_their_own_identifiers() -> None:
    frames = [span(0, 1, "witness", type="translation", lang="en"), span(1, 2, "witness", type="original", lang="ru")]
    frames.append(span(2, 3, "witness", type="translation", lang="en"))
    assert [one.get(XML_ID) for one in encode_body("abc", arrange(frames).roots)] == ["ru", "en", "en.2"]


def test_text_and_white_space_between_phrases_stay_as_they_stand() -> None:
    assert inner("от  1.2.51 г.получена", span(4, 13, "date", when="1951-02-01")) == (
        'от  <date when="1951-02-01">1.2.51 г.</date>получена'
    )


def test_what_is_inferred_says_so_and_what_a_rule_decides_does_not() -> None:
    assert inner("abc", span(0, 1, "date", "r", "medium", when="1951")) == (
        '<date when="1951" resp="#despatch" cert="medium">a</date>bc'
    )
    assert inner("abc", span(0, 1, "gloss", "r", type="date", resp="#nobody")) == (
        '<gloss type="date" resp="#nobody">a</gloss>bc'
    )


def test_a_phrase_over_two_paragraphs_is_two_elements_that_point_to_each_other() -> None:
    spans = [span(0, 3, "paragraph"), span(3, 6, "paragraph"), span(2, 4, "person")]
    found = body("abcdef", *spans)
    assert '<persName xml:id="f2.person" next="#f3.person">c</persName>' in found
    assert '<persName xml:id="f3.person" prev="#f2.person">d</persName>' in found


def test_an_embedded_message_points_to_its_counterpart() -> None:
    found = body("abc", span(0, 3, "embedded", n="m2", corresp="#m2.en"), span(0, 3, "paragraph"))
    assert '<floatingText type="embedded" xml:id="m2.ru" corresp="#m2.en"><body><p' in found


def test_an_embedded_message_points_to_its_description_where_the_header_has_one() -> None:
    spans = [span(0, 1, "witness", lang="ru"), span(0, 1, "embedded", n="m2")]
    for described, expected in (({"cd1", "cd2"}, "#cd2"), ({"cd1"}, None)):
        (embedded,) = encode_body("a", arrange(spans).roots, described).iter("{*}floatingText")
        assert embedded.get("decls") == expected


def test_a_sheet_turn_in_a_word_keeps_the_hyphen_as_weak() -> None:
    turn = [span(2, 3, "weak-hyphen"), span(4, 5, "furniture", type="continuation"), span(5, 5, "sheet-break", n="2")]
    assert (
        inner("ab- *\nde", *turn)
        == 'ab<pc force="weak">-</pc> <fw type="continuation">*</fw><pb n="2" break="no"/>\nde'
    )


def test_what_is_dropped_is_not_there() -> None:
    assert inner("ab==cd", span(2, 4, "dropped", reason="rule")) == "abcd"


def test_an_omission_marked_by_the_source_is_an_ellipsis() -> None:
    assert inner("a[...]b", span(1, 6, "omission")) == (
        'a<ellipsis resp="#source"><metamark>[...]</metamark></ellipsis>b'
    )


def test_text_that_no_part_of_a_division_claims_is_kept_and_marked() -> None:
    assert '<ab type="unplaced">rest</ab>' in body("rest", span(0, 0, "sheet-break"))


def test_forbidden_characters_become_empty_elements_and_line_ends_line_feeds() -> None:
    element = etree.Element(tag("p"))
    append_text(element, "a\x01b\r\nc\x0cd\re")
    assert as_written(element) == '<p>a<g n="U+0001"/>b\nc\nd\ne</p>'


def test_every_kind_becomes_an_element_of_tei(tei_all: TeiAll) -> None:
    names = set(ELEMENTS.values())
    schema = tei_all.path.read_text(encoding="utf-8")
    assert [name for name in names if f'<element name="{name}"' not in schema] == []


@pytest.mark.parametrize(
    ("captured", "stands"),
    [
        ("Праги", "Прага"),
        ("ПРАГИ", "ПРАГА"),
        ("Прага", "Прага"),
        ("Prague", "Prague"),
        ("Брно", "Брно"),
        ("Вены", "Вены"),
    ],
)
def test_a_place_of_sending_stands_in_the_nominative_where_the_authority_knows_it(captured: str, stands: str) -> None:
    prague = Entry("place", "prague", (Name("Прага", "ru", "main"), Name("Prague", "en", "main")))
    brno = Entry("place", "brno", (Name("Брно", "ru", "main"),))
    header = etree.fromstring(
        f"<teiHeader xmlns='http://www.tei-c.org/ns/1.0'><correspAction type='sent'><placeName>{captured}</placeName>"
        f"</correspAction><bibl><placeName>{captured}</placeName></bibl></teiHeader>"
    )
    identify_header(header, Identification(build_index([prague, brno]), (), "1950-10-03"))
    sent, quoted = header.iter(tag("placeName"))
    assert (sent.text, quoted.text) == (stands, captured)
    assert bool(sent.get("ref")) == (captured != "Вены")

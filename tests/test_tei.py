"""Turn what the TEI reader and serialiser promise into tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.tei import (
    FORBIDDEN,
    TEI,
    UnreadableXML,
    canonical,
    lay_out,
    local_name,
    parse_tei,
    read_tei,
    serialise,
    tag,
)

VALID = Path(__file__).parent / "cases" / "validation" / "valid-edition" / "tei"
CHARACTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])).filter(
    lambda text: not FORBIDDEN.search(text)
)


def parse(text: str) -> etree._ElementTree:
    return parse_tei(text.encode(), "d.xml")


def tei(content: str) -> etree._ElementTree:
    return parse(f'<TEI xmlns="{TEI}">{content}</TEI>')


@pytest.mark.parametrize("path", sorted(VALID.rglob("*.xml")), ids=lambda path: path.name)
def test_writing_what_was_read_and_reading_it_again_changes_nothing(path: Path) -> None:
    written = serialise(read_tei(path))
    again = parse_tei(written, path.name)
    assert serialise(again) == written
    assert canonical(again) == canonical(read_tei(path))


@given(CHARACTERS, CHARACTERS)
def test_text_and_attributes_survive_writing(text: str, value: str) -> None:
    root = etree.Element(tag("p"), n=value)
    root.text = text
    again = parse_tei(serialise(root.getroottree()), "d.xml").getroot()
    assert again.get("n") == value
    assert (again.text or "") == text


@given(st.characters())
def test_a_character_is_forbidden_exactly_where_the_parser_refuses_it(character: str) -> None:
    element = etree.Element("p")
    try:
        element.text = character
    except (ValueError, UnicodeEncodeError):
        assert FORBIDDEN.search(character)
    else:
        assert not FORBIDDEN.search(character)


def test_a_file_is_written_in_utf8_with_its_declaration_instructions_and_a_line_break_at_its_end() -> None:
    written = serialise(parse('<?xml-model href="a.rng"?><!-- note --><p>ё</p><?end?>'))
    assert written.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?xml-model href="a.rng"?>\n<!-- note -->\n<p>ё</p>\n<?end?>\n'
    )


def test_lines_break_between_elements_that_hold_no_text() -> None:
    tree = tei("<text><body><div><p>one</p><p>two</p></div></body></text>")
    lay_out(tree.getroot())
    assert serialise(tree).decode().splitlines()[2:8] == [
        " <text>",
        "  <body>",
        "   <div>",
        "    <p>one</p>",
        "    <p>two</p>",
        "   </div>",
    ]


def test_no_white_space_is_added_where_text_stands() -> None:
    text = "<text><body><p>a<s>b</s> <s><persName>c</persName></s></p></body></text>"
    tree = tei(text)
    lay_out(tree.getroot())
    paragraph = next(tree.iter(tag("p")))
    assert etree.tostring(paragraph, encoding="unicode", with_tail=False) == (
        f'<p xmlns="{TEI}">a<s>b</s> <s><persName>c</persName></s></p>'
    )


def test_laying_out_twice_changes_nothing() -> None:
    tree = read_tei(VALID / "corpus.xml")
    lay_out(tree.getroot())
    once = serialise(tree)
    lay_out(tree.getroot())
    assert serialise(tree) == once


def test_documents_that_differ_in_indentation_and_attribute_order_are_the_same() -> None:
    one = tei('<text><body><div type="a" n="1"><p>x</p></div></body></text>')
    other = tei('<text>\n <body><div n="1" type="a">\n<p>x</p></div></body></text>')
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    "changed",
    [
        '<text><body><div type="a"><p>x </p></div></body></text>',
        '<text><body><div type="b"><p>x</p></div></body></text>',
        '<text><body><div type="a"><p><s>x</s></p></div></body></text>',
    ],
)
def test_documents_that_say_something_else_are_not_the_same(changed: str) -> None:
    assert canonical(tei('<text><body><div type="a"><p>x</p></div></body></text>')) != canonical(tei(changed))


def test_the_trouble_in_a_file_is_named_with_line_and_column() -> None:
    with pytest.raises(UnreadableXML) as caught:
        parse("<p>\n<s>x</p>")
    assert (caught.value.problem.file, caught.value.problem.line, caught.value.problem.code) == ("d.xml", 2, "X005")
    assert caught.value.problem.column > 1


def test_an_element_s_name_is_told_without_its_namespace() -> None:
    assert local_name(tei("").getroot()) == "TEI"


@pytest.mark.parametrize("before", [b"<?xml-model href='x.rng'?>", b"<!-- seen by an editor -->"])
def test_an_instruction_or_comment_above_the_root_is_part_of_the_document(before: bytes) -> None:
    root = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>'
    with_it, without = (parse_tei(content, "x.xml") for content in (before + root, root))
    assert canonical(with_it) != canonical(without)

"""Turn the promise that the explaining validator judges as libxml2 does, and says where and what, into tests."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.relaxng import Grammar, Kind, UnsupportedSchema, Violation, explain, read_grammar
from pipeline.relaxng.datatypes import RELAXNG, XSD, Datatype
from pipeline.tei import local_name, parse_tei, read_tei
from tests.tei_all import CLONE, TeiAll

SCHEMA = CLONE / "schemas" / "edition.rng"
VALID = sorted((CLONE / "tests" / "cases" / "validation" / "valid-edition" / "tei").rglob("*.xml"))
TREES = [read_tei(path) for path in VALID]
NODES = [(tree, number) for tree in TREES for number in range(1, len(list(tree.iter(etree.Element))))]
NAMES = sorted({str(element.tag) for tree in TREES for element in tree.iter(etree.Element)})
ATTRIBUTES = sorted({str(name) for tree in TREES for element in tree.iter(etree.Element) for name in element.attrib})
VALUES = ["x", "", " ", "1", "-1", "1950", "1950-13-01", "#a", "a b", "high", "ru", "true", "\u00a0"]

EDITION = read_grammar(SCHEMA)
LIBXML2 = etree.RelaxNG(etree.parse(SCHEMA))


def small(pattern: str) -> Grammar:
    """Return a grammar for one element `a` with this content."""
    return Grammar(etree.fromstring(small_schema(pattern)))


def small_schema(pattern: str) -> str:
    start = f'<start><element name="a">{pattern}</element></start>'
    others = '<define name="b"><element name="b"><empty/></element></define>'
    others += '<define name="c"><element name="c"><text/></element></define>'
    return f'<grammar xmlns="{RELAXNG}" datatypeLibrary="{XSD}">{start}{others}</grammar>'


def only(grammar: Grammar, document: str) -> Violation:
    """Return the one violation of a document."""
    found = explain(grammar, etree.fromstring(document))
    assert len(found) == 1
    return found[0]


def delete(node: etree._Element, name: str, attribute: str, value: str) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def rename(node: etree._Element, name: str, attribute: str, value: str) -> None:
    node.tag = name


def insert(node: etree._Element, name: str, attribute: str, value: str) -> None:
    node.insert(0, etree.Element(name))


def append(node: etree._Element, name: str, attribute: str, value: str) -> None:
    node.addnext(etree.Element(name))


def repeat(node: etree._Element, name: str, attribute: str, value: str) -> None:
    node.addnext(copy.deepcopy(node))


def describe(node: etree._Element, name: str, attribute: str, value: str) -> None:
    node.set(attribute, value)


def strip(node: etree._Element, name: str, attribute: str, value: str) -> None:
    node.attrib.clear()


def write(node: etree._Element, name: str, attribute: str, value: str) -> None:
    node.text = (node.text or "") + value


Edit = Callable[[etree._Element, str, str, str], None]
EDITS: list[Edit] = [delete, rename, insert, append, repeat, describe, strip, write]


@settings(max_examples=250, deadline=None, derandomize=True)
@given(
    st.sampled_from(NODES),
    st.sampled_from(EDITS),
    st.sampled_from(NAMES),
    st.sampled_from(ATTRIBUTES),
    st.sampled_from(VALUES),
)
def test_after_any_edit_both_validators_agree_and_none_names_a_line_before_the_element(
    place: tuple[etree._ElementTree, int], edit: Edit, name: str, attribute: str, value: str
) -> None:
    tree, number = place
    changed = copy.deepcopy(tree)
    edit(list(changed.iter(etree.Element))[number], name, attribute, value)
    document = parse_tei(etree.tostring(changed), "d.xml")
    violations = explain(EDITION, document.getroot())
    assert LIBXML2.validate(document) == (not violations)
    if violations:
        assert violations[0].line >= min(entry.line for entry in LIBXML2.error_log if entry.line)


@pytest.mark.slow
def test_both_validators_agree_on_tei_s_own_schema(tei_all: TeiAll) -> None:
    libxml2 = etree.RelaxNG(etree.parse(tei_all.path))
    cases = CLONE / "tests" / "cases" / "validation"
    # libxml2 counts identifiers given twice against TEI's type ID; here that is the work of `validation`.
    for case in sorted(set(cases.iterdir()) - {cases / "unreadable", cases / "identifier-twice"}):
        for path in sorted(case.glob("tei/**/*.xml")):
            tree = read_tei(path)
            assert tei_all.validate(tree) == libxml2.validate(tree), path


PATTERNS = [
    ("<empty/>", ["<a/>", "<a> </a>"], ["<a>x</a>", "<a><b/></a>", '<a b="1"/>']),
    ("<text/>", ["<a/>", "<a>x<!-- y -->z</a>"], ["<a><b/></a>"]),
    ('<ref name="b"/><ref name="c"/>', ["<a><b/><c/></a>"], ["<a><c/><b/></a>", "<a><b/></a>", "<a><b/>x<c/></a>"]),
    (
        '<interleave><ref name="b"/><ref name="c"/></interleave>',
        ["<a><c/><b/></a>", "<a><b/><c/></a>"],
        ["<a><b/></a>"],
    ),
    ('<mixed><zeroOrMore><ref name="b"/></zeroOrMore></mixed>', ["<a>x<b/>y<b/></a>", "<a/>"], ["<a><c/></a>"]),
    ('<oneOrMore><choice><ref name="b"/><ref name="c"/></choice></oneOrMore>', ["<a><c/><b/><c/></a>"], ["<a/>"]),
    ('<attribute name="n"><data type="integer"/></attribute>', ['<a n=" 7 "/>'], ["<a/>", '<a n="x"/>']),
    ('<attribute name="xml:id"/>', ['<a xml:id="x"/>'], ['<a id="x"/>']),
    ('<data type="date"/>', ["<a>1950-10-03</a>", "<a>1950-<!-- x -->10-03</a>"], ["<a>3.10.1950</a>", "<a/>"]),
    ('<data type="token"><except><value>no</value></except></data>', ["<a>yes</a>"], ["<a>no</a>", "<a> no </a>"]),
    ('<data type="string"><param name="pattern">\\d\\d</param></data>', ["<a>12</a>"], ["<a>123</a>", "<a> 12</a>"]),
    ("<value>x y</value>", ["<a>x  y</a>", "<a> x y </a>"], ["<a>xy</a>", "<a/>"]),
    ('<value type="string">x y</value>', ["<a>x y</a>"], ["<a>x  y</a>"]),
    ('<list><oneOrMore><data type="integer"/></oneOrMore></list>', ["<a>1 2  3</a>"], ["<a>1 x</a>", "<a/>"]),
    (
        '<optional><group><ref name="b"/><ref name="c"/></group></optional>',
        ["<a/>", "<a><b/><c/></a>"],
        ["<a><b/></a>"],
    ),
    ("<element><anyName><except><name>b</name></except></anyName><empty/></element>", ["<a><z/></a>"], ["<a><b/></a>"]),
    ('<element><nsName ns="urn:x"/><empty/></element>', ['<a><z xmlns="urn:x"/></a>'], ["<a><z/></a>"]),
    ("<element><choice><name>d</name><name>e</name></choice><empty/></element>", ["<a><e/></a>"], ["<a><b/></a>"]),
    ('<choice><ref name="b"/><notAllowed/></choice>', ["<a><b/></a>"], ["<a/>"]),
]


@pytest.mark.parametrize(("pattern", "valid", "invalid"), PATTERNS, ids=[pattern for pattern, _, _ in PATTERNS])
def test_every_construct_of_relax_ng_means_what_it_means_in_libxml2(
    pattern: str, valid: list[str], invalid: list[str]
) -> None:
    libxml2 = etree.RelaxNG(etree.fromstring(small_schema(pattern)))
    for document, expected in [*((one, True) for one in valid), *((one, False) for one in invalid)]:
        root = etree.fromstring(document)
        assert (explain(small(pattern), root) == []) is expected, document
        assert libxml2.validate(root) is expected, document


def test_definitions_of_one_name_are_combined() -> None:
    text = f"""<grammar xmlns="{RELAXNG}"><start><element name="a"><ref name="x"/></element></start>
      <define name="x" combine="interleave"><element name="b"><empty/></element></define>
      <define name="x" combine="interleave"><element name="c"><empty/></element></define></grammar>"""
    grammar = Grammar(etree.fromstring(text))
    assert explain(grammar, etree.fromstring("<a><c/><b/></a>")) == []
    assert only(grammar, "<a><b/></a>").kind is Kind.INCOMPLETE


def test_one_mistake_is_one_violation_and_reading_goes_on() -> None:
    grammar = small('<ref name="b"/><ref name="c"/><ref name="b"/>')
    found = explain(grammar, etree.fromstring('<a>\n<b/>\n<z><z/></z>\n<c/>\n<b n="1"/>\n</a>'))
    assert [(one.line, one.kind) for one in found] == [(3, Kind.UNKNOWN_ELEMENT), (5, Kind.UNKNOWN_ATTRIBUTE)]


def test_a_violation_says_what_was_possible() -> None:
    grammar = small('<attribute name="n"><choice><value>1</value><value>2</value></choice></attribute><ref name="b"/>')
    assert only(grammar, '<a n="3"><b/></a>') == Violation(
        Kind.WRONG_VALUE, 1, "a", attribute="n", found="3", possible=('"1"', '"2"')
    )
    assert only(grammar, '<a n="1"><c/></a>').possible == ("b",)
    assert only(grammar, "<a><b/></a>").attribute == "n"
    assert only(grammar, '<a n="1"/>').possible == ("b",)


def test_an_element_at_the_wrong_place_is_told_from_one_that_never_stands_there() -> None:
    grammar = small('<ref name="b"/><optional><ref name="c"/></optional>')
    assert only(grammar, "<a><c/><b/></a>").kind is Kind.MISPLACED_ELEMENT
    assert only(grammar, "<a><b/><c/><a><b/></a></a>").kind is Kind.FOREIGN_ELEMENT


def test_a_name_of_another_namespace_is_told_as_the_file_has_it() -> None:
    grammar = small('<attribute name="n"/><ref name="b"/>')
    strange = only(grammar, '<a n="1"><x:b xmlns:x="urn:else"/></a>')
    assert dict(strange.words())["element"] == 'b xmlns="urn:else"'
    attribute = explain(grammar, etree.fromstring('<a n="1" x:n="2" xmlns:x="urn:else"><b/></a>'))
    assert [found.attribute for found in attribute] == ["x:n"]
    assert dict(only(grammar, '<a n="1"><d/></a>').words())["element"] == "d"


def test_a_root_that_the_schema_has_elsewhere_alone_is_told_by_itself() -> None:
    found = only(small('<ref name="b"/>'), "<b/>")
    assert (found.kind, found.parent, found.possible) == (Kind.UNKNOWN_ELEMENT, "", ("a",))


def test_a_text_that_cannot_be_seen_is_named() -> None:
    assert dict(only(small("<empty/>"), "<a>\u200b</a>").words())["found"] == "[U+200B]"
    assert dict(only(small('<data type="date"/>'), "<a>1950\u00a0</a>").words())["found"] == "1950[U+00A0]"


def test_a_wrong_text_is_told_once_with_the_form_that_it_must_have() -> None:
    found = only(small('<data type="date"/>'), "<a>3 Oct</a>")
    assert (found.kind, found.found, found.possible) == (Kind.WRONG_CONTENT, "3 Oct", ("1950-10-03",))


def test_all_attributes_that_are_missing_are_named() -> None:
    assert only(small('<attribute name="n"/><attribute name="m"/>'), "<a/>").attribute == "m, n"


@pytest.mark.parametrize("pattern", ['<externalRef href="x.rng"/>', '<ref name="nowhere"/>', "<grammar/>"])
def test_a_schema_that_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(UnsupportedSchema):
        explain(small(pattern), etree.fromstring("<a/>"))


def test_a_file_that_is_no_grammar_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.rng"
    path.write_text("<schema/>", encoding="utf-8")
    with pytest.raises(UnsupportedSchema):
        read_grammar(path)


def test_every_element_of_the_schema_stands_in_the_valid_edition() -> None:
    used = {local_name(element) for tree in TREES for element in tree.iter(etree.Element)}
    assert {name.rpartition("}")[2] for name in EDITION.names()} - used == set()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_a_word_holds_no_space_and_no_control_character(word: str) -> None:
    datatype = Datatype("token", (("pattern", r"[^\p{C}\p{Z}]+"),))
    assert datatype.allows(word)
    assert not datatype.allows(f"{word} {word}")


def test_a_text_is_found_in_its_own_line_and_what_is_missing_at_the_end_tag() -> None:
    grammar = small('<ref name="b"/><ref name="c"/>')
    document = "<a>\n<b/>\n<!-- one\ntwo -->\n\nstray\n<c>x\ny</c>\n</a>"
    assert [(one.kind, one.line) for one in explain(grammar, etree.fromstring(document))] == [(Kind.TEXT, 6)]
    assert only(grammar, "<a>\n<b/>\n\n</a>").line == 4
    unknown = explain(grammar, etree.fromstring("<a>\n<b/>\n<z>x\n<z/>\n</z>\n<c/>\nstray</a>"))
    assert [(one.kind, one.line) for one in unknown] == [(Kind.UNKNOWN_ELEMENT, 3), (Kind.TEXT, 7)]


@pytest.mark.parametrize(
    ("found", "possible", "first"),
    [
        ("orginal", ("introduction", "original", "translation"), "original?, introduction, translation"),
        ("xyz", ("introduction", "original"), "introduction, original"),
    ],
)
def test_what_is_spelt_nearly_like_the_slip_is_named_first(found: str, possible: tuple[str, ...], first: str) -> None:
    told = Violation(Kind.WRONG_VALUE, 1, "div", attribute="type", found=found, possible=possible)
    assert dict(told.words())["possible"] == first

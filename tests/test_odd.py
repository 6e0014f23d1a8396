"""Turn the promises of the ODD into tests: it is TEI, complete in both languages, and what is made from it is fresh."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from lxml import etree

from pipeline import schema
from pipeline.relaxng import Grammar, explain, read_grammar
from pipeline.resources import resource
from pipeline.tei import NAMESPACES, TEI, XML_LANG, local_name, read_tei, tag
from tests.tei_all import CLONE, TeiAll

EXAMPLES = "http://www.tei-c.org/ns/Examples"
LANGUAGES = {"en", "ru"}

ROOT = read_tei(resource(schema.ODD)).getroot()
ELEMENTS = list(ROOT.iter(tag("elementSpec")))
EDITION = read_grammar(resource("schemas/edition.rng"))


def named(node: etree._Element) -> str:
    return node.get("ident", "")


def texts(node: etree._Element, name: str) -> dict[str, str]:
    """Return an explanation by its language."""
    return {child.get(XML_LANG, ""): "".join(map(str, child.itertext())).strip() for child in node.findall(tag(name))}


def example(specification: etree._Element) -> etree._Element:
    """Return an element's example as TEI."""
    found = specification.find(f"tei:exemplum/{{{EXAMPLES}}}egXML/*", NAMESPACES)
    assert found is not None
    tree = copy.deepcopy(found)
    tree.tail = None
    for element in tree.iter(etree.Element):
        element.tag = str(element.tag).replace(EXAMPLES, TEI)
    return tree


def beginning_with(grammar: Grammar, element: etree._Element) -> Grammar:
    """Return a grammar whose documents begin with this element."""
    partial = copy.copy(grammar)
    partial.start = grammar.elements(str(element.tag))[0]
    return partial


def test_what_is_made_from_the_odd_is_fresh() -> None:
    for path, content in schema.made_from_odd().items():
        assert path.read_bytes() == content, f"{path.name} is not fresh: python -m pipeline.schema"


def test_the_odd_is_valid_tei(tei_all: TeiAll) -> None:
    assert tei_all.validate(ROOT), tei_all.error_log


def test_the_modules_list_the_elements_that_are_specified() -> None:
    listed = {
        (module.get("key"), name)
        for module in ROOT.iter(tag("moduleRef"))
        for name in module.get("include", "").split()
    }
    assert listed == {(element.get("module"), named(element)) for element in ELEMENTS}


def test_every_group_of_specifications_is_in_the_schema() -> None:
    groups = {f"#{group.get('{http://www.w3.org/XML/1998/namespace}id')}" for group in ROOT.iter(tag("specGrp"))}
    assert groups == {reference.get("target") for reference in ROOT.iter(tag("specGrpRef"))}


@pytest.mark.parametrize("element", ELEMENTS, ids=named)
def test_an_element_is_explained_in_both_languages(element: etree._Element) -> None:
    assert element.get("mode") == "replace"
    for name in ("gloss", "desc"):
        explained = texts(element, name)
        assert explained.keys() == LANGUAGES
        assert all(explained.values())


def test_every_attribute_value_and_class_is_explained_in_both_languages() -> None:
    for node in ROOT.iter(*map(tag, ("attDef", "valItem", "classSpec", "macroSpec", "dataSpec"))):
        explained = texts(node, "desc")
        assert explained.keys() == LANGUAGES, named(node)
        assert all(explained.values()), named(node)


@pytest.mark.parametrize("element", ELEMENTS, ids=named)
def test_the_example_of_an_element_shows_it_and_is_valid(element: etree._Element, tei_all: TeiAll) -> None:
    shown = example(element)
    assert named(element) in {local_name(node) for node in shown.iter(etree.Element)}
    assert explain(beginning_with(EDITION, shown), shown) == []
    assert explain(beginning_with(tei_all.grammar, shown), shown) == []


def test_every_paragraph_stands_in_both_languages() -> None:
    for chapter in ROOT.iterfind("tei:text/tei:body/tei:div", NAMESPACES):
        languages = [paragraph.get(XML_LANG) for paragraph in chapter.iterchildren(tag("p"))]
        assert languages == ["en", "ru"] * (len(languages) // 2)
        assert languages


def closed_lists() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield each element with an attribute that takes only listed values, and these values."""
    classes = {named(one): one for one in ROOT.iter(tag("classSpec"))}
    for element in ELEMENTS:
        for attribute in attributes(element, classes):
            values = frozenset(map(named, attribute.iterfind("tei:valList/tei:valItem", NAMESPACES)))
            if values:
                yield named(element), named(attribute), values


def attributes(specification: etree._Element, classes: dict[str, etree._Element]) -> Iterator[etree._Element]:
    """Yield the attributes of an element or class, those of its classes too."""
    yield from specification.iterfind("tei:attList/tei:attDef", NAMESPACES)
    for member in specification.iterfind("tei:classes/tei:memberOf", NAMESPACES):
        yield from attributes(classes[member.get("key", "")], classes)


@pytest.mark.parametrize(
    ("element", "attribute", "values"), list(closed_lists()), ids=lambda part: part if isinstance(part, str) else ""
)
def test_a_closed_list_takes_its_values_and_no_other(element: str, attribute: str, values: frozenset[str]) -> None:
    declared = [one for one in EDITION.elements(tag(element))[0].content.attributes() if attribute in one.names]
    assert declared
    for value in values:
        assert any(one.allows(attribute, value) for one in declared), value
    assert not any(one.allows(attribute, "no-such-value") for one in declared)


def test_the_schema_refuses_what_only_tei_allows(tei_all: TeiAll) -> None:
    document = next(iter(sorted((CLONE / "tei").glob("d*.xml"))))
    for name, attribute, value in [("seg", "type", "heading"), ("div", "type", "letter"), ("idno", "type", "number")]:
        root = read_tei(document).getroot()
        changed = next(root.iter(tag(name)))
        changed.set(attribute, value)
        assert tei_all.validate(root)
        assert [(found.line, found.attribute) for found in explain(EDITION, root)] == [(changed.sourceline, attribute)]

"""Turn the cases of the rules into tests: each rule has a folder with a document that keeps it and one that breaks it.

TEI's own rules, which its schema carries, go through the same stylesheet, so that it is tried on rules that we did not
write, and the documents on TEI's.
"""

from __future__ import annotations

import copy
import random
from pathlib import Path

import pytest
from lxml import etree

from pipeline.problems import as_text, problem_texts
from pipeline.relaxng import explain, read_grammar
from pipeline.resources import resource
from pipeline.rules import findings_of, rule_problems
from pipeline.stylesheets import Stylesheet, stylesheet
from pipeline.tei import read_tei, tag
from tests.tei_all import CLONE, TeiAll

SCH = "{http://purl.oclc.org/dsdl/schematron}"
CASES = CLONE / "tests" / "cases" / "schematron"
RULES = sorted({node.get("id", "") for node in etree.parse(resource("schemas/edition.sch")).iter(f"{SCH}assert")})
DOCUMENTS = sorted((CLONE / "tei").rglob("*.xml"))
SAMPLES = sorted((CLONE.parent / "shared" / "samples" / "tei").rglob("*.xml"))
"""Examples of the encoding by hand, where they are at hand."""
EDITION = read_grammar(resource("schemas/edition.rng"))


def found_in(path: Path, rule: str) -> list[str]:
    """Return what one rule finds in a document, as an editor reads it."""
    return [as_text(found) for found in rule_problems(read_tei(path), path.name, path) if found.code == rule]


def test_every_rule_has_its_cases_and_every_case_its_rule() -> None:
    assert sorted(case.name for case in CASES.iterdir()) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_what_breaks_it_and_nothing_else(rule: str, save_golden: bool) -> None:
    case = CASES / rule
    found = "".join(line + "\n" for line in found_in(case / "invalid.xml", rule))
    if save_golden:
        (case / "expected.txt").write_text(found, encoding="utf-8", newline="\n")
    assert found == (case / "expected.txt").read_text(encoding="utf-8")
    assert found
    assert found_in(case / "valid.xml", rule) == []


@pytest.mark.parametrize("rule", RULES)
def test_what_a_rule_forbids_no_grammar_forbids(rule: str, tei_all: TeiAll) -> None:
    for name in ("valid.xml", "invalid.xml"):
        root = read_tei(CASES / rule / name).getroot()
        assert explain(EDITION, root) == []
        assert explain(tei_all.grammar, root) == []


def test_the_documents_break_no_rule_that_makes_them_unusable() -> None:
    for path in (path for path in DOCUMENTS if "authorities" not in path.parts):
        severe = [found for found in rule_problems(read_tei(path), path.name, path) if found.severity == "error"]
        assert severe == []


def test_the_words_of_a_rule_have_a_place_for_each_value() -> None:
    for rule in RULES:
        values = list(rule_problems_of(rule))
        assert values
        for arguments in values:
            text = problem_texts()[rule].message
            assert {name for name, _ in arguments} == {part for part in ("value1", "value2") if part in text["en"]}


def rule_problems_of(rule: str) -> list[tuple[tuple[str, str], ...]]:
    path = CASES / rule / "invalid.xml"
    return [found.arguments for found in rule_problems(read_tei(path), path.name, path) if found.code == rule]


@pytest.mark.parametrize("seed", range(20))
def test_the_rules_can_be_asked_of_a_broken_document(seed: int) -> None:
    chance = random.Random(seed)
    path = chance.choice(DOCUMENTS)
    tree = read_tei(path)
    for element in chance.sample(list(tree.getroot().iter(etree.Element)), 15):
        for attribute in list(element.attrib):
            element.set(attribute, chance.choice(["", "x", "#x", "1950", "1950-10-03 1951", "-"]))
        parent = element.getparent()
        if parent is not None and chance.random() < 0.3:
            parent.append(copy.deepcopy(element))
    assert rule_problems(tree, path.name, path) is not None


@pytest.fixture(scope="module")
def tei_rules(tei_all: TeiAll, tmp_path_factory: pytest.TempPathFactory) -> Stylesheet:
    """Return the Schematron rules that TEI's schema carries, as a stylesheet."""
    embedded = etree.parse(tei_all.path).getroot()
    schema = etree.Element(f"{SCH}schema", nsmap={"sch": SCH[1:-1]}, queryBinding="xslt3")
    spaces = {node.get("prefix"): node.get("uri") for node in embedded.iter(f"{SCH}ns")}
    for prefix, uri in spaces.items():
        etree.SubElement(schema, f"{SCH}ns", prefix=str(prefix), uri=str(uri))
    schema.extend(list(embedded.iter(f"{SCH}pattern")))
    folder = tmp_path_factory.mktemp("tei")
    made = stylesheet(resource("xslt/schema/schematron-to-xslt.xsl")).transform(schema.getroottree(), {}, tei_all.path)
    (folder / "tei-rules.xsl").write_text(made, encoding="utf-8")
    return stylesheet(folder / "tei-rules.xsl")


def errors_of(tests: Stylesheet, tree: etree._ElementTree, path: Path) -> list[str]:
    """Return the sentences of what is no mere warning."""
    findings = findings_of(tests, tree, path)
    return [
        " ".join("".join(map(str, finding.itertext())).split())
        for finding in findings
        if finding.get("role") not in ("warning", "information", "nonfatal")
    ]


def test_the_documents_and_the_odd_keep_tei_s_own_rules(tei_rules: Stylesheet) -> None:
    for path in [*DOCUMENTS, *SAMPLES, resource("schemas/edition.odd"), *CASES.glob("*/valid.xml")]:
        assert errors_of(tei_rules, read_tei(path), path) == [], path


def test_what_breaks_a_rule_of_tei_is_found(tei_rules: Stylesheet) -> None:
    path = DOCUMENTS[1]
    tree = read_tei(path)
    next(tree.iter(tag("seg"))).attrib.update({"subtype": "x"})
    del next(tree.iter(tag("seg"))).attrib["type"]
    assert any("@type" in sentence for sentence in errors_of(tei_rules, tree, path))


UNCLOSED = CASES / "R015" / "invalid.xml"


def with_exception(rule: str, target: str) -> list[str]:
    """Return the codes of what the rules find in a document with a quotation never closed, a place of it excepted."""
    tree = read_tei(UNCLOSED)
    apart = etree.Element(tag("standOff"))
    note = etree.SubElement(apart, tag("note"), type="exception", n=rule, target=target, resp="#editor-a")
    note.text = "The quotation is never closed in the source."
    header = tree.getroot()[0]
    header.addnext(apart)
    assert explain(EDITION, tree.getroot()) == []
    return sorted(found.code for found in rule_problems(tree, UNCLOSED.name, UNCLOSED))


def test_where_an_editor_excepts_a_place_the_rule_is_silent() -> None:
    assert with_exception("R015", "#ru") == []


@pytest.mark.parametrize(("rule", "target"), [("R015", "#editor-a"), ("R016", "#ru")], ids=["place", "rule"])
def test_an_exception_that_nothing_needs_is_a_problem(rule: str, target: str) -> None:
    assert with_exception(rule, target) == ["Q001", "R015"]

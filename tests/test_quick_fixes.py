"""Turn the promise of each quick-fix into tests: the fault is gone, nothing else is broken, no word changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline.relaxng import explain, read_grammar
from pipeline.resources import resource
from pipeline.rules import findings_of, rule_problems
from pipeline.stylesheets import stylesheet
from pipeline.tei import NAMESPACES, read_tei
from tests.quick_fixes import SCH, SQF, fixed, offers
from tests.tei_all import CLONE

CASES = CLONE / "tests" / "cases" / "schematron"
SCHEMA = etree.parse(resource("schemas/edition.sch")).getroot()
FIXES = {fix.get("id", ""): fix for fix in SCHEMA.iter(f"{SQF}fix")}
EDITION = read_grammar(resource("schemas/edition.rng"))


def words_of(tree: etree._ElementTree) -> str:
    """Return the words of the documents, without what the edition says of them."""
    bodies = tree.getroot().iterfind("tei:text/tei:body", NAMESPACES)
    return "".join("".join(map(str, body.itertext())) for body in bodies)


def codes(tree: etree._ElementTree) -> list[str]:
    return sorted(found.code for found in rule_problems(tree, "document.xml", Path("document.xml")))


def places(tree: etree._ElementTree, rule: str) -> list[str]:
    found = findings_of(stylesheet(resource("schemas/edition-rules.xsl")), tree, Path("document.xml"))
    return [finding.get("path", "") for finding in found if finding.get("rule") == rule]


@pytest.mark.parametrize("name", FIXES)
def test_a_quick_fix_mends_what_the_rule_found_and_changes_no_word(name: str, tmp_path: Path) -> None:
    rule = name.partition(".")[0]
    tree = read_tei(CASES / rule / "invalid.xml")
    before = codes(tree)
    choices = [(place, choice) for place in places(tree, rule) for choice in offers(FIXES[name], tree, place, tmp_path)]
    assert choices
    for place, choice in choices:
        after = fixed(FIXES[name], tree, place, choice, tmp_path)
        left = codes(after)
        mended = before.count(rule) - left.count(rule)
        assert mended >= 1 if name.endswith(".except") else mended == 1
        assert set(left) <= set(before)
        assert explain(EDITION, after.getroot()) == []
        assert words_of(after) == words_of(tree)


def test_a_quick_fix_is_offered_where_it_can_be_used_only(tmp_path: Path) -> None:
    tree = read_tei(CASES / "R002" / "invalid.xml")
    first, *_ = places(tree, "R002")
    offered = {name for name, fix in FIXES.items() if name.startswith("R002") and offers(fix, tree, first, tmp_path)}
    assert offered == {"R002.keep-value", "R002.keep-range"}


def test_a_rule_offers_the_quick_fixes_that_stand_beside_it() -> None:
    for rule in SCHEMA.iter(f"{SCH}rule"):
        offered = " ".join(test.get(f"{SQF}fix", "") for test in rule.iter(f"{SCH}assert", f"{SCH}report")).split()
        assert offered == [fix.get("id") for fix in rule.findall(f"{SQF}fix")]
    assert len(FIXES) == len(list(SCHEMA.iter(f"{SQF}fix")))


def test_whatever_a_quick_fix_says_it_says_in_russian_too() -> None:
    russian = {one.get("id"): one for one in SCHEMA.iter(f"{SCH}diagnostic")}
    for title in SCHEMA.iter(f"{SQF}title"):
        other = russian[title.get("ref")]
        assert other.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"
        assert [value.get("select") for value in title] == [value.get("select") for value in other]


def test_a_rule_that_is_no_error_can_be_excepted_with_a_reason() -> None:
    for test in SCHEMA.iter(f"{SCH}assert"):
        assert (f"{test.get('id')}.except" in FIXES) == (test.get("role") != "error")

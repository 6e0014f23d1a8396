"""Turn a document into the problems that no grammar can state: the edition's rules, `schemas/edition.sch`.

The rules stand in the ODD, in the elements that they constrain; from there come the stylesheet that tests them and the
words of their problems (see `pipeline.schema`). The code of a problem is the rule's identifier.

Source: ISO/IEC 19757-3:2020, Schematron.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pipeline.problems import Problem
from pipeline.resources import resource
from pipeline.stylesheets import Stylesheet, element_at, stylesheet

TESTS = "schemas/edition-rules.xsl"


def rule_problems(tree: etree._ElementTree, name: str, path: Path) -> list[Problem]:
    """Return what the rules find in a document; `name` is what problems call it, `path` where it was read from."""
    findings = findings_of(stylesheet(resource(TESTS)), tree, path)
    return [_problem(finding, tree, name) for finding in findings]


def findings_of(tests: Stylesheet, tree: etree._ElementTree, path: Path) -> list[etree._Element]:
    """Return the findings that a stylesheet made from Schematron reports of a document."""
    return list(etree.fromstring(tests.transform(tree, {}, path)))


def _problem(finding: etree._Element, tree: etree._ElementTree, name: str) -> Problem:
    place = element_at(tree, finding.get("path", ""))
    line = 0 if place is None else place.sourceline or 0
    values = enumerate(finding.iterfind("value"), 1)
    arguments = tuple((f"value{number}", value.text or "") for number, value in values)
    return Problem(name, line, 0, finding.get("rule", ""), arguments)

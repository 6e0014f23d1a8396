"""Turn a document into the problems that no grammar can state: the edition's rules, `schemas/edition.sch`.

The rules stand in the ODD, in the elements that they constrain; from there come the stylesheet that tests them and the
words of their problems (see `pipeline.schema`). The code of a problem is the rule's identifier. An editor can except a
place from a rule, and says why; an exception that nothing needs any more is a problem itself.

Source: ISO/IEC 19757-3:2020, Schematron.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.places import Places
from pipeline.problems import Problem, problem
from pipeline.resources import resource
from pipeline.stylesheets import Stylesheet, element_at, stylesheet
from pipeline.tei import NAMESPACES, XML_ID

TESTS = "schemas/edition-rules.xsl"


@dataclass(frozen=True, slots=True)
class Exempted:
    """A place that an editor has excepted from a rule: `note type="exception" n="R015" target="#ru"` in `standOff`."""

    rule: str
    targets: frozenset[str]
    """Identifiers of the elements in which the rule may fail."""
    line: int


def rule_problems(tree: etree._ElementTree, name: str, path: Path) -> list[Problem]:
    """Return what the rules find in a document; `name` is what problems call it, `path` where it was read from."""
    places = Places(path)
    exceptions = set(_exceptions(tree.getroot()))
    needed: set[Exempted] = set()
    problems = []
    for finding in findings_of(stylesheet(resource(TESTS)), tree, path):
        place = element_at(tree, finding.get("path", ""))
        excepting = {one for one in exceptions if one.rule == finding.get("rule") and one.targets & _around(place)}
        needed |= excepting
        if not excepting:
            problems.append(_problem(finding, name, *places.place_of(place)))
    unneeded = sorted(exceptions - needed, key=lambda one: (one.line, one.rule))
    return problems + [problem("Q001", name, one.line, rule=one.rule) for one in unneeded]


def findings_of(tests: Stylesheet, tree: etree._ElementTree, path: Path) -> list[etree._Element]:
    """Return the findings that a stylesheet made from Schematron reports of a document."""
    return list(etree.fromstring(tests.transform(tree, {}, path)))


def _exceptions(root: etree._Element) -> Iterator[Exempted]:
    for note in root.iterfind("tei:standOff/tei:note[@type='exception']", NAMESPACES):
        targets = frozenset(target.removeprefix("#") for target in note.get("target", "").split())
        yield Exempted(note.get("n", ""), targets, note.sourceline or 0)


def _around(place: etree._Element | None) -> frozenset[str]:
    """Return the identifiers of an element and of all that it stands in."""
    around = () if place is None else (place, *place.iterancestors())
    return frozenset(element.get(XML_ID, "") for element in around) - {""}


def _problem(finding: etree._Element, name: str, line: int, column: int) -> Problem:
    values = enumerate(finding.iterfind("value"), 1)
    arguments = tuple((f"value{number}", value.text or "") for number, value in values)
    return Problem(name, line, column, finding.get("rule", ""), arguments)

"""Turn thousands of slips of the pen into one question to three validators: libxml2, our own, and jing as oracle.

Each mutant is a valid document with one edit. jing (by the author of RELAX NG, in Java) has the last word: all three
must agree whether a document is valid, and our own must name jing's first line. The JVM is started once for all files.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from lxml import etree

from pipeline.relaxng import Grammar, explain, read_grammar
from pipeline.tei import TEI, parse_tei, read_tei
from tests.jing import first_lines_by_jing
from tests.tei_all import CLONE, TeiAll

SCHEMA = CLONE / "schemas" / "edition.rng"
CASES = CLONE / "tests" / "cases"
DOCUMENTS = sorted([*(CLONE / "tei").rglob("*.xml"), *CASES.glob("schematron/*/valid.xml")])

MUTANTS = 1000
SAME_LINE = 0.98
"""So many of the invalid mutants at least have the same first line by jing and by us."""

NAMES = sorted({str(element.tag) for path in DOCUMENTS for element in etree.parse(path).iter(etree.Element)})
ATTRIBUTES = sorted({str(name) for path in DOCUMENTS for node in etree.parse(path).iter("*") for name in node.attrib})
VALUES = [
    "x",
    "",
    " ",
    "1",
    "-1",
    "1950",
    "1950-13-01",
    "#a",
    "a b",
    "high",
    "ru",
    "true",
    "\u00a0",
    "R\u00e9sum\u00e9",
]
UNKNOWN = f"{{{TEI}}}unheard-of"

Edit = Callable[[etree._Element, random.Random], None]


def rename(node: etree._Element, chance: random.Random) -> None:
    node.tag = chance.choice([*NAMES, UNKNOWN, "p", "{urn:else}p"])


def drop(node: etree._Element, chance: random.Random) -> None:
    above(node).remove(node)


def unwrap(node: etree._Element, chance: random.Random) -> None:
    parent = above(node)
    place = parent.index(node)
    parent[place : place + 1] = list(node)


def duplicate(node: etree._Element, chance: random.Random) -> None:
    node.addnext(parse(etree.tostring(node, with_tail=False)))


def move(node: etree._Element, chance: random.Random) -> None:
    outside = [other for other in node.getroottree().iter(etree.Element) if node not in (other, *other.iterancestors())]
    target = chance.choice(outside)
    target.insert(chance.randint(0, len(target)), node)


def swap(node: etree._Element, chance: random.Random) -> None:
    after = node.getnext()
    if after is not None:
        after.addnext(node)


def insert(node: etree._Element, chance: random.Random) -> None:
    node.insert(chance.randint(0, len(node)), etree.Element(chance.choice([*NAMES, UNKNOWN])))


def lose_attribute(node: etree._Element, chance: random.Random) -> None:
    if node.attrib:
        del node.attrib[chance.choice(sorted(map(str, node.attrib)))]


def rename_attribute(node: etree._Element, chance: random.Random) -> None:
    if node.attrib:
        old = chance.choice(sorted(map(str, node.attrib)))
        node.set(chance.choice([*ATTRIBUTES, "unheard-of", "{urn:else}n"]), node.attrib.pop(old))


def change_attribute(node: etree._Element, chance: random.Random) -> None:
    node.set(chance.choice(sorted(map(str, node.attrib)) or ATTRIBUTES), chance.choice(VALUES))


def add_attribute(node: etree._Element, chance: random.Random) -> None:
    node.set(chance.choice(ATTRIBUTES), chance.choice(VALUES))


def write(node: etree._Element, chance: random.Random) -> None:
    node.text = (node.text or "") + chance.choice(VALUES)


def write_after(node: etree._Element, chance: random.Random) -> None:
    node.tail = (node.tail or "") + chance.choice(VALUES)


def empty(node: etree._Element, chance: random.Random) -> None:
    for child in list(node):
        node.remove(child)
    node.text = None


EDITS: Sequence[Edit] = [
    *(rename, drop, unwrap, duplicate, move, swap, insert, write, write_after, empty),
    *(lose_attribute, rename_attribute, change_attribute, add_attribute),
]


def above(node: etree._Element) -> etree._Element:
    parent = node.getparent()
    assert parent is not None
    return parent


def parse(content: bytes) -> etree._Element:
    return parse_tei(content, "d.xml").getroot()


def mutants(folder: Path, documents: Sequence[Path], count: int) -> Iterator[Path]:
    """Write so many mutants, each with one edit, and yield their files; the same in every run."""
    chance = random.Random(1950)
    contents = [etree.tostring(read_tei(path)) for path in documents]
    for number in range(count):
        content = chance.choice(contents)
        root = parse(content)
        edit = EDITS[number % len(EDITS)]
        edit(chance.choice(list(root.iter(etree.Element))[1:]), chance)
        path = folder / f"{number:05}-{edit.__name__}.xml"
        path.write_bytes(etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True))
        yield path


@pytest.mark.slow
def test_after_any_edit_three_validators_agree_and_name_the_same_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    paths = list(mutants(tmp_path, DOCUMENTS, MUTANTS))
    expected = first_lines_by_jing(SCHEMA, paths)
    found = first_lines_by_us(read_grammar(SCHEMA), paths)
    libxml2 = etree.RelaxNG(etree.parse(SCHEMA))
    assert {path for path in paths if not libxml2.validate(read_tei(path))} == found.keys() == expected.keys()
    same = sum(found[path] == line for path, line in expected.items()) / len(expected)
    with capsys.disabled():
        told = f"{len(paths)} mutants, {len(expected)} of them invalid; in {same:.1%} the first line is jing's"
        request.config.get_terminal_writer().line(f"\n{told}")
    assert len(expected) > MUTANTS / 2
    assert same >= SAME_LINE


@pytest.mark.slow
def test_by_tei_s_own_schema_jing_and_we_judge_alike(tmp_path: Path, tei_all: TeiAll) -> None:
    paths = list(mutants(tmp_path, DOCUMENTS, MUTANTS // 5))
    expected = first_lines_by_jing(tei_all.path, paths)
    found = first_lines_by_us(tei_all.grammar, paths)
    assert found.keys() == expected.keys()
    assert sum(found[path] == line for path, line in expected.items()) >= SAME_LINE * len(expected) > 0


def first_lines_by_us(grammar: Grammar, paths: Sequence[Path]) -> dict[Path, int]:
    """Return the first line of the first violation in each file that is invalid."""
    violations = {path: explain(grammar, read_tei(path).getroot()) for path in paths}
    return {path: found[0].line for path, found in violations.items() if found}

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
from pipeline.tei import TEI, XML, XML_ID, local_name, parse_tei, read_tei
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
# White space is tried about numbers alone: libxml2 does not take it away before it tries a pattern, as about a pointer
# (XML Schema, part 2, 4.3.6: it should).
VALUES = [
    *("x", "", " ", "1", "-1", "1950", "1950-13-01", "#a", "a b", "high", "ru", "true", "\u00a0", "R\u00e9sum\u00e9"),
    *(
        " 1950 ",
        "1900-02-29",
        "--02-30",
        "---31",
        "1950-10-03Z",
        "0000",
        "12345-01-01",
        "24:00:00",
        "2000-01-01T25:00:00",
    ),
    *("1.5e3", "INF", ".5", "+1", "01", "18446744073709551616", "P1D", "P", "TRUE", "http://[", "%zz", "a:b"),
    *("en-", "i-klingon", "ru-Latn-RU-x-a", "1a", "-", "_", "e\u0301", "\u0661", "a\u2028b", "\U0001d400", "\u200b"),
]
"""Values of every datatype, and what is nearly one: days that no month has, spaces that XML does not count as such."""

UNKNOWN = f"{{{TEI}}}unheard-of"
ELSEWHERE = [TEI, XML, "urn:else", "http://www.w3.org/2001/XMLSchema-instance"]
SPACES = [" ", "\n\t ", "\u00a0", "\u2003", "\u200b", "\u0085", " \u00a0 "]

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


def nest(node: etree._Element, chance: random.Random) -> None:
    """Put an element into copies of its tags, up to forty deep."""
    for _ in range(chance.randint(2, 40)):
        around = etree.Element(str(node.tag), dict(node.attrib))
        above(node).replace(node, around)
        around.append(node)


def shuffle(node: etree._Element, chance: random.Random) -> None:
    children = list(node)
    chance.shuffle(children)
    node[:] = children


def leave_namespace(node: etree._Element, chance: random.Random) -> None:
    namespace = chance.choice(["", f"{TEI}/", "http://www.w3.org/1999/xhtml"])
    node.tag = etree.QName(namespace or None, local_name(node))


def move_attribute_elsewhere(node: etree._Element, chance: random.Random) -> None:
    name = chance.choice(sorted(map(str, node.attrib)) or ["type"])
    value = node.attrib.pop(name, "x")
    node.set(etree.QName(chance.choice(ELSEWHERE), name.rpartition("}")[2]), value)


def leave_only_space(node: etree._Element, chance: random.Random) -> None:
    empty(node, chance)
    node.text = chance.choice(SPACES)


def repeat_identifier(node: etree._Element, chance: random.Random) -> None:
    node.set(XML_ID, chance.choice([str(one.get(XML_ID)) for one in node.getroottree().iter("*") if one.get(XML_ID)]))


def lose_all_attributes(node: etree._Element, chance: random.Random) -> None:
    node.attrib.clear()


def interrupt(node: etree._Element, chance: random.Random) -> None:
    """Put a comment or an instruction between the children, and one into the text."""
    node.insert(chance.randint(0, len(node)), etree.ProcessingInstruction("xml-model", 'href="http://x.example/x.rng"'))
    half = len(node.text or "") // 2
    comment = etree.Comment(" <p> ")
    node.text, comment.tail = (node.text or "")[:half], (node.text or "")[half:]
    node.insert(0, comment)


def misspell(node: etree._Element, chance: random.Random) -> None:
    name = local_name(node)
    node.tag = f"{{{TEI}}}{chance.choice([name.lower(), name.upper(), name + 's', name[0] + name])}"


def turn_root_round(node: etree._Element, chance: random.Random) -> None:
    root = node.getroottree().getroot()
    root[:] = list(root)[::-1]


def several(node: etree._Element, chance: random.Random) -> None:
    """Make three slips: what follows the first must not hide that the document is invalid."""
    for edit in chance.sample([write, misspell, add_attribute, change_attribute, leave_only_space], 3):
        edit(chance.choice(list(node.getroottree().getroot().iter(etree.Element))[1:]), chance)


EDITS: Sequence[Edit] = [
    *(rename, drop, unwrap, duplicate, move, swap, insert, write, write_after, empty),
    *(lose_attribute, rename_attribute, change_attribute, add_attribute),
    *(nest, shuffle, leave_namespace, move_attribute_elsewhere, leave_only_space, repeat_identifier),
    *(lose_all_attributes, interrupt, misspell, turn_root_round, several),
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

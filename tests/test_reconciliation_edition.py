"""Turn the edition's own documents, edited and converted otherwise by chance, into a test of reconciliation.

Whatever valid things an editor and a converter do to a document, what comes of it is valid, and no comment, no word and
no decision of the editor is lost.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.reconciliation.decisions import Decisions
from pipeline.reconciliation.reconciling import reconcile
from pipeline.relaxng.validity import is_valid
from pipeline.tei import XML_ID, parse_tei, read_tei, serialise, tag
from tests.reconciled import unwrap

DOCUMENTS = sorted((Path(__file__).parent.parent / "tei").glob("d*.xml"))
Deed = Callable[[etree._Element, Random, str], None]


def blocks(root: etree._Element, chance: Random) -> etree._Element:
    return chance.choice(
        [one for one in root.iter(tag("p"), tag("addrLine"), tag("signed")) if (one.text or "").split()]
    )


def mark_word(root: etree._Element, chance: Random, who: str) -> None:
    block = blocks(root, chance)
    words = (block.text or "").split(" ")
    at = chance.randrange(len(words))
    if words[at]:
        mark = etree.Element(tag(chance.choice(["persName", "placeName", "orgName"])), resp=f"#{who}")
        mark.text, mark.tail = words[at], " ".join(["", *words[at + 1 :]])
        block.text = " ".join([*words[:at], ""])
        block.insert(0, mark)


def write_word(root: etree._Element, chance: Random, who: str) -> None:
    block = blocks(root, chance)
    words = (block.text or "").split(" ")
    words[chance.randrange(len(words))] = f"{who}{chance.randrange(10)}"
    block.text = " ".join(words)


def unmark(root: etree._Element, chance: Random, _: str) -> None:
    marks = [
        one for one in root.iter(tag("date"), tag("gloss"), tag("hi"), tag("supplied")) if not len(one) and one.text
    ]
    if marks:
        unwrap(chance.choice(marks))


def comment(root: etree._Element, chance: Random, who: str) -> None:
    block = blocks(root, chance)
    note = etree.Comment(who)
    note.tail, block.text = block.text, None
    block.insert(0, note)


def split(root: etree._Element, chance: Random, who: str) -> None:
    block = chance.choice(list(root.iter(tag("p"))))
    words = (block.text or "").split(" ")
    if len(words) > 3 and block.get(XML_ID):
        second = copy.deepcopy(block)
        for child in list(block):
            block.remove(child)
        block.text, second.text = " ".join(words[:2]), " ".join(words[2:])
        second.set(XML_ID, f"{block.get(XML_ID)}-{who}")
        block.tail = None
        block.addnext(second)


def drop_field(root: etree._Element, chance: Random, _: str) -> None:
    fields = list(root.iter(tag("correspAction"), tag("language"), tag("respStmt")))
    field = chance.choice(fields)
    parent = field.getparent()
    assert parent is not None
    if not (field.tail or "").strip():
        parent.remove(field)


def add_name(root: etree._Element, chance: Random, who: str) -> None:
    statement = root.find(f".//{tag('titleStmt')}")
    assert statement is not None
    one = etree.SubElement(statement, tag("respStmt"))
    etree.SubElement(one, tag("resp")).text = f"{who} {chance.randrange(10)}"
    etree.SubElement(one, tag("name")).text = who


def set_attribute(root: etree._Element, chance: Random, who: str) -> None:
    one = chance.choice(list(root.iter(tag("date"), tag("gloss"), tag("p"))))
    one.set("n", f"{who}{chance.randrange(5)}")


DEEDS: list[Deed] = [mark_word, write_word, unmark, comment, split, drop_field, add_name, set_attribute]


def changed(file: bytes, chance: Random, who: str, deeds: list[Deed]) -> bytes:
    tree = parse_tei(file, who)
    for deed in deeds:
        deed(tree.getroot(), chance, who)
    return serialise(tree)


@pytest.mark.slow
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
@settings(
    deadline=None,
    max_examples=20,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    chance=st.randoms(use_true_random=False),
    edits=st.lists(st.sampled_from(DEEDS), min_size=1, max_size=4),
    changes=st.lists(st.sampled_from([deed for deed in DEEDS if deed is not comment]), min_size=1, max_size=4),
)
def test_a_valid_document_stays_valid_with_all_that_the_editor_wrote(
    path: Path, chance: Random, edits: list[Deed], changes: list[Deed]
) -> None:
    base = path.read_bytes()
    edited, new = changed(base, chance, "editor", edits), changed(base, chance, "machine", changes)
    assume(is_valid(edited) and is_valid(new))
    found = reconcile(base, new, edited, Decisions(), is_valid)
    assert is_valid(found.content)
    assert is_valid(found.base)
    assert found.content.count(b"editor") >= edited.count(b"editor")
    again = reconcile(found.base, found.new, found.content, found.decisions, is_valid)
    assert again.content == found.content
    assert bool(again.conflicts) == bool(found.conflicts)


LEARNT = ["persName", "placeName", "orgName", "rs", "s", "measure", "num"]
"""What an earlier conversion did not mark."""


def earlier(file: bytes) -> bytes:
    """Return a document as a conversion made it that knew neither names nor quantities nor sentences."""
    tree = parse_tei(file, "earlier")
    text = tree.getroot().find(tag("text"))
    assert text is not None
    etree.strip_tags(text, *map(tag, LEARNT))
    for links in list(tree.getroot().iter(tag("standOff"))):
        tree.getroot().remove(links)
    return serialise(tree)


def test_an_afternoon_s_editing_outlives_a_converter_that_has_learnt_names_and_sentences() -> None:
    new = next(path for path in DOCUMENTS if "d1950-10-01" in path.stem).read_bytes()
    base = earlier(new)
    edits = [
        ("<choice><sic>отвнсти</sic>", "<!-- compare the original --><choice><sic>отвнсти</sic>"),
        ("не сомневаюсь", "нисколько не сомневаюсь"),
        ("районе Сеула", 'районе <placeName resp="#ed1">Сеула</placeName>'),
        ("высадка американцев", 'высадка<note resp="#ed1">Of 15 September.</note> американцев'),
        (' <gloss type="place" resp="#source">[Incheon]</gloss>', " [Incheon]"),
        ('<revisionDesc status="draft">', '<revisionDesc status="candidate">'),
        ("    <p xml:id", "        <p  xml:id"),
    ]
    text = base.decode()
    for old, edited in edits:
        assert old in text
        text = text.replace(old, edited, 1)
    text = text.replace("\n", "\r\n")
    found = reconcile(base, new, text.encode(), Decisions(), is_valid)
    merged = found.content.decode()
    assert not found.conflicts
    assert is_valid(found.content)
    assert [edited for _, edited in edits if edited not in merged] == [" [Incheon]"]
    assert ' [<placeName ref="authorities/places.xml#incheon"' in merged
    assert merged.count("\n") == merged.count("\r\n")
    assert merged.count("<s ") == new.count(b"<s ")
    assert merged.count("<link ") == new.count(b"<link ")
    assert merged.count("<gloss") == new.count(b"<gloss") - 1
    assert merged.count("<persName") == new.count(b"<persName")
    assert merged.count("<placeName") == new.count(b"<placeName")


def test_the_edition_has_documents_to_try() -> None:
    assert len(DOCUMENTS) >= 5
    assert all(read_tei(path).getroot().tag == tag("TEI") for path in DOCUMENTS)

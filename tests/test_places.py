"""Turn the places that problems name into tests: line and column are those of the element's `<` in the file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lxml import etree

from pipeline.edition import Edition
from pipeline.places import Places
from pipeline.tei import local_name, read_tei
from pipeline.validation import check_file
from tests.tei_all import CLONE

DOCUMENTS = sorted((CLONE / "tei").rglob("*.xml"))


def text_at(path: Path, line: int, column: int) -> str:
    """Return what stands in a file from this place on."""
    return path.read_text(encoding="utf-8").split("\n")[line - 1][column - 1 :]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_place_of_an_element_is_that_of_its_start_tag(path: Path) -> None:
    root = read_tei(path).getroot()
    places = Places(path)
    for element in root.iter(etree.Element):
        assert text_at(path, *places.place_of(element)).startswith(f"<{local_name(element)}")


def test_a_start_tag_over_several_lines_is_placed_where_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<a>\r\n 文字𐍈 <b\n  x='1'\n  y='2'/><?pi <b/>?><b/></a>", encoding="utf-8", newline="")
    root = etree.parse(path).getroot()
    assert [Places(path).place_of(element) for element in root.iter("b")] == [(2, 6), (4, 21)]


@pytest.mark.parametrize("content", [b"<a><c/><b/></a>", b"<a>", b""], ids=["changed", "broken", "empty"])
def test_in_a_file_that_changed_the_column_is_unknown(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(content)
    root = etree.fromstring(b"<a>\n<b/></a>")
    assert Places(path).place_of(root[0]) == (2, 0)


@pytest.mark.parametrize("seed", range(40))
def test_a_problem_points_to_the_element_that_it_names(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    source = chance.choice([path for path in DOCUMENTS if path.stem.startswith("d")])
    text = source.read_text(encoding="utf-8")
    tags = [place for place in range(len(text)) if text[place] == "<" and text[place + 1].islower()]
    broken = chance.choice([place for place in tags if place > text.index("</teiHeader>")])
    end = next(place for place in range(broken, len(text)) if text[place] in " />")
    path = tmp_path / "tei" / source.name
    path.parent.mkdir()
    path.write_text(f'{text[:end]} slip="1"{text[end:]}', encoding="utf-8", newline="")
    found = [one for one in check_file(Edition(tmp_path), {}, (), path).problems if one.code == "V003"]
    assert [text_at(path, one.line, one.column)[: end - broken + 9] for one in found] == [
        f'{text[broken:end]} slip="1"'
    ]

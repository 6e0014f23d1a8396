"""Quantities and units of armies in documents: the pairs in `pairs/quantities.txt`, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree

from pipeline.annotation.military import MilitaryUnit, designations, find_military_units
from pipeline.annotation.quantities import Quantity, find_quantities
from pipeline.languages import languages
from pipeline.languages.quantities import quantity_words

PAIRS = Path(__file__).parent / "pairs" / "quantities.txt"
ODD = Path(__file__).parents[1] / "schemas" / "edition.odd"


def blocks() -> Iterator[tuple[str, str, list[str]]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, text, *expected = block.splitlines()
        yield title, text, [] if expected == ["none"] else expected


def find(text: str, tag: str) -> list[Quantity | MilitaryUnit]:
    units = find_military_units(text, tag)
    found: list[Quantity | MilitaryUnit] = [
        *units,
        *find_quantities(text, tag, [(unit.start, unit.end) for unit in units]),
    ]
    return sorted(found, key=lambda one: one.start)


def as_line(text: str, found: Quantity | MilitaryUnit) -> str:
    words = text[found.start : found.end]
    if isinstance(found, MilitaryUnit):
        return f"{words} | unit {found.certainty}".rstrip()
    exact = found.at_least if found.at_least == found.at_most else f"{found.at_least}..{found.at_most}"
    told = " ".join(filter(None, (found.unit, found.commodity, found.type, found.certainty)))
    return f"{words} | {'?' if found.at_least is None else exact} | {told}"


@pytest.mark.parametrize(("title", "text", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_a_quantity_is_read_as_the_pair_says(title: str, text: str, expected: list[str]) -> None:
    assert [as_line(text, found) for found in find(text, title.rpartition(" | ")[2])] == expected


@given(some.text(alphabet="0123456789.,-()[] \nдвтри дивизия корпусоввторая и menXIcorpsthofseveral", max_size=80))
def test_law_quantities_lie_in_the_text(text: str) -> None:
    for tag in ("ru", "en", "zh"):
        assert all(0 <= found.start < found.end <= len(text) for found in find(text, tag))


@pytest.mark.parametrize("attribute", ["unit", "commodity", "type"])
@pytest.mark.parametrize("code", languages())
def test_units_commodities_and_types_are_those_of_the_guidelines(code: str, attribute: str) -> None:
    tei = {"t": "http://www.tei-c.org/ns/1.0"}
    items = etree.parse(ODD).xpath(
        f"//t:elementSpec[@ident='measure']//t:attDef[@ident='{attribute}']//t:valItem/@ident", namespaces=tei
    )
    words = quantity_words(code)
    used = {getattr(noun, attribute) for noun in words.nouns.values()} - {""}
    if attribute == "commodity":
        used |= set(words.commodities.values())
    assert used <= set(items)


def test_every_language_counts_the_same_commodities() -> None:
    said = []
    for code in languages():
        words = quantity_words(code)
        said.append({noun.commodity for noun in words.nouns.values()} | set(words.commodities.values()))
    assert all(commodities == said[0] for commodities in said)


@pytest.mark.parametrize(
    ("tag", "name", "expected"),
    [
        ("ru", "39 корпуса", [(39, "corps")]),
        ("en", "39th corps", [(39, "corps")]),
        ("en", "XIV Corps", [(14, "corps")]),
        ("ru", "1 и 2 армейских групп", [(1, "group"), (2, "group")]),
        ("en", "1 [First] and 2 [Second] Army Groups", [(1, "group"), (2, "group")]),
        ("ru", "Корейской Народной Армии", []),
        ("xx", "39 corps", []),
    ],
)
def test_a_unit_is_known_by_its_number_and_formation(tag: str, name: str, expected: list[tuple[int, str]]) -> None:
    assert list(designations(name, tag)) == expected

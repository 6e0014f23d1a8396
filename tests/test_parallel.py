"""Parallel passages: which blocks of two languages stand in one row, by the links of their sentences."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from pipeline.resources import resource
from pipeline.stylesheets import Stylesheet, stylesheet
from pipeline.tei import TEI

SHOWING = f"""<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:parallel="urn:despatch:parallel" xpath-default-namespace="{TEI}" expand-text="yes">
  <xsl:include href="{resource("xslt/common/parallel.xsl").as_uri()}"/>
  <xsl:output method="text"/>
  <xsl:template match="/">
    <xsl:variable name="sides" select="//div"/>
    <xsl:for-each select="parallel:rows($sides, 0, 'text')">
      <xsl:variable name="row" select="."/>
      <xsl:value-of select="(1 to count($sides)) ! string-join($row(.)/@xml:id, ' ')" separator=" | "/>
      <xsl:text>&#10;</xsl:text>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>"""


@pytest.fixture(scope="module")
def showing(tmp_path_factory: pytest.TempPathFactory) -> Stylesheet:
    path = tmp_path_factory.mktemp("parallel") / "rows.xsl"
    path.write_text(SHOWING, encoding="utf-8")
    return stylesheet(path)


def rows(showing: Stylesheet, ours: str, theirs: str, links: str) -> list[str]:
    """Return the rows of two texts, given as blocks of sentences: `a1 a2/a3` is two blocks, a link is `a1=b1`."""
    sides = [_side(text, "pfx"[number]) for number, text in enumerate((ours, theirs))]
    group = "".join(f'<link target="{" ".join("#" + one for one in link.split("="))}"/>' for link in links.split())
    document = (
        f'<TEI xmlns="{TEI}"><standOff><linkGrp type="translation">{group}<ptr target="#none"/></linkGrp></standOff>'
        f"<text><body>{sides[0]}{sides[1]}</body></text></TEI>"
    )
    return showing.transform(etree.ElementTree(etree.fromstring(document)), {}, Path("invented.xml")).splitlines()


def _side(text: str, first: str) -> str:
    blocks = (
        f'<fw xml:id="{block}"/>'
        if block.startswith("fw")
        else f'<p xml:id="{first}{number}">{"".join(f"<s xml:id={one!r}/>" for one in block.split())}</p>'
        for number, block in enumerate(text.split("/"), 1)
        if block
    )
    return f"<div>{''.join(blocks)}</div>"


@pytest.mark.parametrize(
    ("ours", "theirs", "links", "expected"),
    [
        ("a1/a2", "b1/b2", "a1=b1 a2=b2", ["p1 | f1", "p2 | f2"]),
        ("a1/a2/a3", "b1 b2 b3", "a1=b1 a2=b2 a3=b3", ["p1 p2 p3 | f1"]),
        ("a1/a2 a3/a4", "b1 b2/b3 b4", "a1=b1 a2=b2 a3=b3 a4=b4", ["p1 p2 p3 | f1 f2"]),
        ("a1/a2/a3", "b1/b3", "a1=b1 a3=b3", ["p1 | f1", "p2 | ", "p3 | f2"]),
        ("a1", "b0/b1", "a1=b1", [" | f1", "p1 | f2"]),
        ("a1/a2", "b1/b2", "a1=b2 a2=b1", ["p1 p2 | f1 f2"]),
        ("a1/fw1/a2", "b1/b2", "a1=b1 a2=b2", ["p1 fw1 | f1", "p3 | f2"]),
        ("a1/a2", "b1/b2", "", ["p1 | f1", "p2 | f2"]),
        ("a1/a2/a3", "b1/b2", "", ["p1 p2 p3 | f1 f2"]),
    ],
    ids=[
        "one by one", "paragraphs lost", "paragraphs cut otherwise", "one left out", "one added", "changed places",
        "signs of a sheet stay with what is before them", "without links by position", "without links out of step",
    ],
)  # fmt: skip
def test_linked_blocks_stand_in_one_row(
    showing: Stylesheet, ours: str, theirs: str, links: str, expected: list[str]
) -> None:
    assert rows(showing, ours, theirs, links) == expected


@settings(max_examples=40, deadline=None)
@given(some.integers(1, 7), some.integers(1, 7), some.sets(some.tuples(some.integers(1, 7), some.integers(1, 7))))
def test_law_every_block_stands_in_one_row_in_order_and_beside_all_that_it_is_linked_with(
    showing: Stylesheet, ours: int, theirs: int, pairs: set[tuple[int, int]]
) -> None:
    links = {(one, other) for one, other in pairs if one <= ours and other <= theirs}
    sides = ["/".join(f"{first}{n}" for n in range(1, count + 1)) for first, count in (("a", ours), ("b", theirs))]
    found = [
        [cell.split() for cell in row.split(" | ")]
        for row in rows(showing, sides[0], sides[1], " ".join(f"a{one}=b{other}" for one, other in links))
    ]
    assert [one for row in found for one in row[0]] == [f"p{n}" for n in range(1, ours + 1)]
    assert [one for row in found for one in row[1]] == [f"f{n}" for n in range(1, theirs + 1)]
    for one, other in links:
        assert any(f"p{one}" in row[0] and f"f{other}" in row[1] for row in found)
    assert all(one != other for one, other in pairwise(found))


def test_a_text_of_three_thousand_paragraphs_has_as_many_rows(showing: Stylesheet) -> None:
    ours, theirs = ("/".join(f"{first}{n}" for n in range(3000)) for first in "ab")
    assert len(rows(showing, ours, theirs, " ".join(f"a{n}=b{n}" for n in range(3000)))) == 3000

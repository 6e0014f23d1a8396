"""Turn very many invented places into the map, and look at whether it can still be read."""

from __future__ import annotations

import itertools
import random
import re

import pytest
from lxml import html

from pipeline.stylesheets import Source
from pipeline.website.folder import Site
from pipeline.website.letters import PORTION
from pipeline.website.mentions import NAMESPACE, Entry, Found
from pipeline.website.registers import map_pages
from pipeline.website.rendering import transformed
from tests.test_website import edition_of, having, text

NUMBER = 4000
"""Invented places: half of them in a crowd of two degrees, the others over the whole world."""


def degrees(number: int) -> str:
    order = random.Random(number)
    if number % 2:
        return f"{order.gauss(38, 1):.3f} {order.gauss(127, 1):.3f}"
    return f"{order.uniform(-50, 65):.3f} {order.uniform(-120, 150):.3f}"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the map of very many places, the first of them named most often."""
    edition = edition_of(tmp_path_factory.mktemp("crowded"), [])
    entries = "".join(
        f'<place xml:id="p{number}"><placeName>Place {number}</placeName>'
        f"<location><geo>{degrees(number)}</geo></location></place>"
        for number in range(NUMBER)
    )
    file = edition.tei / "authorities" / "places.xml"
    persons = (edition.tei / "authorities" / "persons.xml").read_text(encoding="utf-8")
    head, tail = persons.partition("<listPerson>")[0], persons.partition("</listPerson>")[2]
    file.write_text(f"{head}<listPlace>{entries}</listPlace>{tail}", encoding="utf-8")
    listed = "".join(
        f'<register:entry key="p{number}" name="Place {number}" count="{1 + 300 // (number + 1)}" file="places.xml"/>'
        for number in range(NUMBER)
    )
    content = f'<register:map xmlns:register="{NAMESPACE}">{listed}<register:without/></register:map>'
    site = Site(edition, ("en",), (file,), has_marks=False)
    return transformed(site, "map", Source(content, edition.corpus), "en")


def boxes(picture: html.HtmlElement) -> list[tuple[float, float, float]]:
    """Return where the names of a picture stand: their left and right end and their line, as the stylesheet reckons."""
    found = []
    for name in (name for link in picture.iter("a") for name in link.iter("text")):
        left, length = float(str(name.get("x"))), 7.4 * len(text(name))
        left -= length if name.get("text-anchor") == "end" else 0
        found.append((left, left + length, float(str(name.get("y")))))
    return found


def test_no_name_on_the_map_stands_on_another_however_many_places_there_are(crowded: str) -> None:
    pictures = having(html.document_fromstring(crowded), "map")
    assert len(pictures) >= 3
    for picture in pictures:
        named = boxes(picture)
        assert len(named) >= 20
        for one, other in itertools.combinations(named, 2):
            assert abs(one[2] - other[2]) >= 14 or one[0] >= other[1] or other[0] >= one[1]


def test_the_most_frequent_places_are_links_and_all_are_points(crowded: str) -> None:
    pictures = having(html.document_fromstring(crowded), "map")
    targets = {str(a.get("href")) for picture in pictures for a in picture.iter("a")}
    assert {f"places.p{number}.html" for number in range(100)} <= targets
    assert max(sum(1 for _ in picture.iter("circle")) for picture in pictures) <= 200
    [dots] = having(pictures[0], "dots")
    assert len(re.findall("M", str(dots.get("d")))) > 500
    assert text(next(pictures[0].iter("figcaption"))).startswith(f"Places shown: {NUMBER}.")


def test_a_map_of_thousands_of_places_is_no_heavier_than_a_list(crowded: str) -> None:
    assert len(crowded.encode()) < 300_000


def test_places_without_coordinates_that_are_very_many_are_divided_by_letter() -> None:
    def places(number: int) -> list[Found]:
        heads = [f"{'ABC'[one % 3]}place {one:05}" for one in range(number)]
        entries = [Entry("places", f"p{one}", "places.xml", {}, is_placed=one == 0) for one in range(number)]
        found = [Found(entry.key, head, head, 1, entry, ()) for entry, head in zip(entries, heads, strict=True)]
        return sorted(found, key=lambda one: one.sort)

    few = [*map_pages(places(30), "en")]
    assert [page.name for page in few] == ["map"]
    assert few[0].content().partition("<register:without>")[2].count("<register:entry ") == 29
    many = [*map_pages(places(PORTION // 60), "en")]
    assert {page.name for page in many} == {"map", "map.-a", "map.-b", "map.-c"}
    assert many[0].content().count("<register:entry ") == 1
    assert all('of="places"' in page.content() for page in many[1:])

"""Turn small editions, all invented, into registers and look at who is found in them, where, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import html

from pipeline.edition import Edition
from pipeline.website import build_website, mentions, registers
from tests.test_website import add, contents, edition_of, having, page, text

AMBASSADOR = '<persName ref="authorities/persons.xml#stalin" cert="medium">ФИЛИППОВУ</persName>'


PLACES = """<listPlace><place xml:id="seoul"><placeName type="main" xml:lang="en">Seoul</placeName>
    <placeName type="main" xml:lang="ru">Сеул</placeName>
    <placeName type="japanese-era" xml:lang="ja-Latn">Keijo</placeName>
    <location><geo>37.566 126.9784</geo></location><idno type="GeoNames">1835848</idno></place></listPlace>"""

BODIES = """<listOrg><org xml:id="aprf"><orgName type="main" xml:lang="en">Presidential Archive</orgName>
    <orgName type="abbreviation" xml:lang="ru">АП РФ</orgName><orgName type="abbreviation">APRF</orgName></org>
    </listOrg>"""


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Return an edition with three registers and no document."""
    made = edition_of(tmp_path, [])
    folder = made.tei / "authorities"
    persons = (folder / "persons.xml").read_text(encoding="utf-8")
    head, tail = persons.partition("<listPerson>")[0], persons.partition("</listPerson>")[2]
    for name, entries in (("places", PLACES), ("organisations", BODIES)):
        (folder / f"{name}.xml").write_text(head + entries + tail, encoding="utf-8")
    return made


def built(edition: Edition) -> Edition:
    assert build_website(edition, jobs=1).problems == ()
    return edition


def entry(edition: Edition, name: str, key: str) -> html.HtmlElement:
    return page(edition, name).get_element_by_id(key)


def contexts(element: html.HtmlElement) -> list[str]:
    return [text(item) for group in having(element, "contexts") for item in group]


def test_a_mention_stands_in_its_words_and_leads_to_its_passage(edition: Edition) -> None:
    add(edition, "d1", f'<p xml:id="p1"><s xml:id="s5">Передайте тов. {AMBASSADOR} следующее.</s></p>')
    found = entry(built(edition), "persons.html", "stalin")
    assert contexts(found) == ["Передайте тов. ФИЛИППОВУ следующее. ?"]
    assert [a.get("href") for a in having(found, "contexts")[0].iter("a")] == ["d1.html#s5"]
    russian = entry(edition, "ru/persons.html", "stalin")
    assert [a.get("href") for a in having(russian, "contexts")[0].iter("a")] == ["d1.html#s5"]


def test_only_some_words_on_each_side_are_shown_and_errors_are_read_corrected(edition: Edition) -> None:
    far = "one two three four five six seven eight nine ten"
    wrong = "<choice><sic>teh</sic><corr>the</corr></choice>"
    name = '<placeName ref="authorities/places.xml#seoul">Keijo</placeName>'
    add(edition, "d1", f"<p>{far} {wrong} <fw>2</fw> {name}, {far}</p>")
    assert contexts(entry(built(edition), "places.html", "seoul")) == [
        "… three four five six seven eight nine ten the Keijo, one two three four five six seven eight …"
    ]


def test_spaces_without_break_are_spaces_in_the_words_round_a_name(edition: Edition) -> None:
    add(
        edition,
        "d1",
        '<p>east \u00a0<placeName ref="authorities/places.xml#seoul">Keijo</placeName> \u00a0then\u202f</p>',
    )
    found = entry(built(edition), "places.html", "seoul")
    assert ["".join(item.itertext()) for group in having(found, "contexts") for item in group] == ["east Keijo then"]


def test_a_divided_name_is_one_mention(edition: Edition) -> None:
    ref = 'ref="authorities/places.xml#seoul"'
    first = f'<placeName {ref} xml:id="a" next="#b">Se-</placeName>'
    second = f'<placeName {ref} xml:id="b" prev="#a">oul</placeName>'
    add(edition, "d1", f"<p>In {first}<pb/> {second}.</p>")
    found = entry(built(edition), "places.html", "seoul")
    assert len(contexts(found)) == 1
    assert "Se- oul" in contexts(found)[0]


def test_a_card_says_what_the_entry_says_and_no_more(edition: Edition) -> None:
    add(edition, "d1", '<p><placeName ref="authorities/places.xml#seoul">Keijo</placeName></p>')
    facts = having(entry(built(edition), "places.html", "seoul"), "facts")[0]
    rows = {text(row[0]): text(row[1]) for row in facts}
    assert rows == {
        "Names": "Seoul; Сеул",
        "Under Japanese rule": "Keijo",
        "Position": "37.566, 126.9784",
        "Identifiers": "GeoNames 1835848",
    }
    assert [a.get("href") for a in facts.iter("a")] == ["https://www.geonames.org/1835848"]


def test_a_person_is_sorted_by_the_surname(edition: Edition) -> None:
    add(edition, "d1", f'<p>{AMBASSADOR} <persName ref="authorities/persons.xml#mao">Мао</persName></p>')
    shown = page(built(edition), "persons.html")
    assert [text(head) for head in shown.iter("h2", "h3")] == ["M", "Mao Zedong", "S", "Joseph Stalin"]
    assert [text(a) for a in having(shown, "letters")[0]] == ["M", "S"]


def test_a_name_without_entry_is_listed_as_not_identified(edition: Edition) -> None:
    gone = '<persName ref="authorities/persons.xml#nobody">Nobody</persName>'
    add(edition, "d1", f'<p xml:id="p1"><persName>Котов</persName> and <persName>КОТОВ</persName>, {gone}</p>')
    section = having(page(built(edition), "persons.html"), "unidentified")[0]
    assert [text(head) for head in section.iter("h3")] == ["Nobody", "КОТОВ"]
    assert len(contexts(section)) == 3


def test_every_entry_has_a_lasting_address_of_its_own(edition: Edition) -> None:
    add(edition, "d1", f"<p>{AMBASSADOR}</p>")
    add(edition, "d2", "<p>Nobody is named here.</p>")
    shown = page(built(edition), "persons.stalin.html")
    assert [text(head) for head in shown.iter("h1", "h2")] == ["Joseph Stalin", "Mentions 1"]
    assert [a.get("href") for a in having(shown, "date")[0].iter("a")] == ["persons.html#stalin"]
    assert contexts(shown) == ["ФИЛИППОВУ ?"]
    assert [a.get("href") for a in next(entry(edition, "persons.html", "stalin").iter("h3"))] == ["persons.stalin.html"]


def test_who_is_mentioned_often_has_several_pages(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "MANY", 5)
    monkeypatch.setattr(registers, "SHOWN", 2)
    monkeypatch.setattr(mentions, "ON_A_PAGE", 4)
    for number in range(6):
        add(edition, f"d{number}", f'<p xml:id="p1">{AMBASSADOR}</p>')
    found = entry(built(edition), "persons.html", "stalin")
    assert len(contexts(found)) == 2
    assert [a.get("href") for a in having(found, "more")[0].iter("a")] == ["persons.stalin.html"]
    pages = [page(edition, name) for name in ("persons.stalin.html", "ru/persons.2.stalin.html")]
    assert [len(contexts(one)) for one in pages] == [4, 2]
    for name in ("d4", "d5"):
        (edition.tei / f"{name}.xml").unlink()
    assert "persons.2.stalin.html" not in contents(built(edition))


def test_pages_of_his_own_stay_where_nothing_changed(edition: Edition) -> None:
    add(edition, "d1", f"<p>{AMBASSADOR}</p>")
    before = contents(built(edition))
    assert "ru/persons.stalin.html" in before
    assert contents(built(edition)) == before


def header(edition: Edition, name: str, profile: str = "", source: str = "") -> None:
    """Write a document with these parts of the header."""
    path = add(edition, name, "<p>Text</p>")
    content = path.read_text(encoding="utf-8").replace("<sourceDesc><p/>", f"<sourceDesc>{source or '<p/>'}")
    described = f"</fileDesc><profileDesc>{profile}</profileDesc>"
    path.write_text(content.replace("</fileDesc>", described), encoding="utf-8")


def sent(day: str, sender: str, recipient: str, attributes: str = 'default="true"') -> str:
    return (
        f'<correspDesc {attributes}><correspAction type="sent">{sender}<date when="{day}"/></correspAction>'
        f'<correspAction type="received">{recipient}</correspAction></correspDesc>'
    )


MAO = '<persName ref="authorities/persons.xml#mao">Mao</persName>'
STALIN = '<persName ref="authorities/persons.xml#stalin">Filippov</persName>'
PENG = "<persName>Peng</persName>"


def test_a_name_that_only_the_description_has_stands_in_the_register_that_its_page_leads_to(edition: Edition) -> None:
    from_seoul = MAO + '<placeName ref="authorities/places.xml#seoul">Seoul</placeName>'
    header(edition, "d1", sent("1951-01-26", from_seoul, STALIN))
    addresses = {a.get("href") for a in page(built(edition), "d1.html").iter("a")}
    assert {"places.seoul.html", "persons.mao.html", "persons.stalin.html"} <= addresses
    found = entry(edition, "places.html", "seoul")
    assert [text(part) for part in having(found, "part")] == ["place of sending"]


def test_the_chronology_has_the_messages_within_documents_on_their_own_day(edition: Edition) -> None:
    header(edition, "d1", sent("1951-01-26", MAO, STALIN) + sent("1951-01-19", PENG, MAO, 'xml:id="cd2"'))
    header(edition, "d2", sent("1951-01-20", STALIN, MAO))
    shown = page(built(edition), "chronology.html")
    days = [text(item[0]) for item in having(shown, "documents")[0]]
    assert days == ["19 January 1951", "20 January 1951", "26 January 1951"]
    points = [a.get("href") for a in first_picture(shown).iter("a")]
    assert points == ["d1.html", "d2.html", "d1.html"]
    assert "Peng → Mao Zedong" in text(having(shown, "documents")[0][0])


def first_picture(shown: html.HtmlElement) -> html.HtmlElement:
    return having(shown, "picture")[0]


def test_a_long_time_has_a_column_for_each_month(edition: Edition) -> None:
    for number in range(160):
        header(edition, f"d{number}", sent(f"19{50 + number % 3}-0{1 + number % 9}-11", MAO, STALIN))
    shown = page(built(edition), "chronology.html")
    columns = having(first_picture(shown), "column")
    assert len(columns) == 9
    targets = {str(a.get("href")).removeprefix("#") for a in first_picture(shown).iter("a")}
    assert targets == {str(head.get("id")) for head in shown.iter("h2")}


def test_the_table_of_correspondents_counts_messages_not_copies(edition: Edition) -> None:
    header(edition, "d1", sent("1951-01-26", MAO, STALIN))
    copy = f'<correspAction type="received" subtype="cc">{PENG}</correspAction></correspDesc>'
    header(edition, "d2", sent("1951-02-26", MAO, STALIN).replace("</correspDesc>", copy))
    header(edition, "d3", sent("1951-03-01", STALIN, PENG))
    shown = page(built(edition), "correspondents.html")
    rows = [[text(cell) for cell in row] for row in shown.iter("tr")][1:]
    assert rows == [
        ["Mao Zedong", "Joseph Stalin", "2", "26 January 1951; 26 February 1951"],
        ["Joseph Stalin", "Peng", "1", "1 March 1951"],
    ]
    assert len(having(first_picture(shown), "line")) == 2


def shelfmark(archive: str, fond: str, leaves: str) -> str:
    return (
        f"<msDesc><msIdentifier><settlement>Moscow</settlement><repository>{archive}</repository><idno>"
        f'<idno type="fond" n="{fond}">f. {fond}</idno>, <idno type="list" n="{leaves}">l. {leaves}</idno></idno>'
        "</msIdentifier></msDesc>"
    )


def test_the_finding_list_goes_from_the_archive_down_to_the_leaves(edition: Edition) -> None:
    header(edition, "d1", source=shelfmark("APRF", "45", "105-106"))
    header(edition, "d2", source=shelfmark("АП РФ", "45", "7"))
    header(edition, "d3", source=shelfmark("APRF", "3", "1"))
    header(edition, "d4")
    sections = having(page(built(edition), "archives.html"), "finding")
    assert [text(section[0]) for section in sections] == ["Presidential Archive (Moscow)", "Without archival reference"]
    assert [text(item).split(" undated")[0] for item in sections[0].iter("li") if not item.findall("ul")] == [
        "l. 1",
        "l. 7",
        "ll. 105-106",
    ]
    assert [text(item).partition(" l")[0] for item in sections[0].findall("ul/li")] == ["fond 3", "fond 45"]


def test_no_part_of_a_shelfmark_is_left_out(edition: Edition) -> None:
    """The Foreign Ministry's archive (AVPRF) has portfolios and folders between inventory and file."""
    numbers = {"fond": "0100", "opis": "42", "portfel": "19", "papka": "288", "delo": "12", "list": "81-85"}
    parts = ", ".join(f'<idno type="{kind}" n="{number}">{number}</idno>' for kind, number in numbers.items())
    archive = "<settlement>Moscow</settlement><repository>AVPRF</repository>"
    source = f"<msDesc><msIdentifier>{archive}<idno>{parts}</idno></msIdentifier></msDesc>"
    header(edition, "d1", source=source)
    site = built(edition)
    (section,) = having(page(site, "archives.html"), "finding")
    levels = [text(item).split(" undated")[0] for item in section.iter("li")]
    assert levels[0] == "fond 0100 opis 42 portfel 19 papka 288 delo 12 ll. 81-85"
    assert "AVPRF, f. 0100, op. 42, por. 19, p. 288, d. 12, ll. 81–85" in text(page(site, "index.html"))


def test_documents_are_listed_by_kind(edition: Edition) -> None:
    letter = '<textClass><catRef scheme="corpus.xml#documentType" target="corpus.xml#type.letter"/></textClass>'
    header(edition, "d1", letter)
    header(edition, "d2")
    header(edition, "d3", letter)
    sections = having(page(built(edition), "types.html"), "finding")
    assert [text(section[0]) for section in sections] == ["letter 2", "kind not named 1"]


def height_of(picture: html.HtmlElement) -> float:
    """Return the height of a map in its own units; HTML's parser writes names of attributes small."""
    svg = next(picture.iter("svg"))
    return float(str(svg.get("viewBox") or svg.get("viewbox")).split()[3])


def test_a_place_stands_in_the_middle_of_a_map_of_its_own(edition: Edition) -> None:
    add(edition, "d1", '<p><placeName ref="authorities/places.xml#seoul">Keijo</placeName></p>')
    (shown,) = having(page(built(edition), "map.html"), "map")
    assert [(a.get("href"), text(a)) for a in shown.iter("a")] == [("places.seoul.html", "Seoul (Keijo)")]
    circle = next(shown.iter("circle"))
    assert float(str(circle.get("cx"))) == pytest.approx(360, abs=1)
    assert float(str(circle.get("cy"))) == pytest.approx(height_of(shown) / 2, abs=1)


def place_entries(edition: Edition, coordinates: Mapping[str, str]) -> None:
    """Add invented places to the register and a document that names them all."""
    places = edition.tei / "authorities" / "places.xml"
    further = "".join(
        f'<place xml:id="{key}"><placeName>{key.title()}</placeName>'
        f"{f'<location><geo>{geo}</geo></location>' if geo else ''}</place>"
        for key, geo in coordinates.items()
    )
    places.write_text(
        places.read_text(encoding="utf-8").replace("</listPlace>", f"{further}</listPlace>"), encoding="utf-8"
    )
    names = "".join(f'<placeName ref="authorities/places.xml#{key}">x</placeName> ' for key in coordinates)
    add(edition, "d1", f"<p>{names}</p>")


def test_places_without_coordinates_are_listed_beside_the_map(edition: Edition) -> None:
    place_entries(edition, {"moscow": "55.75 37.62", "front": ""})
    shown = page(built(edition), "map.html")
    assert [text(a) for a in having(shown, "map")[0].iter("a")] == ["Moscow"]
    assert {text(section[0]): text(section[1]) for section in having(shown, "finding")} == {
        "Without coordinates": "Front"
    }


def test_a_line_is_drawn_along_its_points(edition: Edition) -> None:
    place_entries(edition, {"parallel": "38 124.6 38 128.4", "north": "40 124", "south": "36 130"})
    (shown,) = having(page(built(edition), "map.html"), "map")
    line = next(path for path in shown.iter("path") if path.get("class") == "line")
    ends = [tuple(map(float, point.split())) for point in str(line.get("d")).lstrip("M").split("L")]
    assert ends[0][1] == ends[1][1]
    assert 0 < ends[0][0] < ends[1][0] < 720
    assert "Parallel" in {text(a) for a in shown.iter("a")}


SCATTERED = {
    **{f"crowd{number}": f"{48 + number / 10} {2 + (number * 7 % 10) / 10}" for number in range(10)},
    **{f"capital{number}": f"{40 + number * 3} {-120 + number * 25}" for number in range(5)},
    "cape": "-34.4 18.5", "pole": "89 10", "dateline": "-17.8 179.9", "strait": "65.8 -169",
}  # fmt: skip
"""Invented places over the whole world, ten of them within a degree."""


def test_every_place_is_named_in_one_picture_and_shown_in_each_that_has_it(edition: Edition) -> None:
    place_entries(edition, SCATTERED)
    pictures = having(page(built(edition), "map.html"), "map")
    named = [text(name) for picture in pictures for a in picture.iter("a") for name in a.iter("text")]
    assert sorted(named) == sorted(key.title() for key in SCATTERED)
    assert len(list(pictures[0].iter("circle"))) == len(SCATTERED)
    assert len(list(pictures[-1].iter("circle"))) == 10
    for picture in pictures:
        height = float(
            str(next(picture.iter("svg")).get("viewBox", next(picture.iter("svg")).get("viewbox"))).split()[3]
        )
        for circle in picture.iter("circle"):
            assert 0 < float(str(circle.get("cx"))) < 720
            assert 0 < float(str(circle.get("cy"))) < height

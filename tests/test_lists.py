"""Turn small editions, all invented, into lists that are split at a few rows, and look at where everything stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.edition import Edition
from pipeline.website import build_website, lists, mentions, registers
from pipeline.website.lists import LISTS
from tests.axe import seen_by_axe
from tests.test_website import edition_of, having, page, text

DAYS = ("1950-03-01", "1950-03-02", "1950-05-01", "1951-01-07")


def document(edition: Edition, name: str, day: str, sender: str = "A", number: int = 1) -> Path:
    """Write a message with a day, a sender and a shelfmark."""
    path = edition.tei / f"{name}.xml"
    names = f'<p><persName ref="authorities/persons.xml#stalin">S</persName> and <persName>{name}</persName></p>'
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>'
        f"<title>On {day}</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><msDesc><msIdentifier>"
        f'<repository>RGASPI</repository><idno type="archival"><idno type="fond" n="{number}">{number}</idno></idno>'
        f"</msIdentifier></msDesc></sourceDesc></fileDesc><profileDesc><correspDesc>"
        f'<correspAction type="sent"><persName>{sender}</persName><date when="{day}"/></correspAction>'
        '<correspAction type="received" subtype="to"><persName>Z</persName></correspAction></correspDesc>'
        f"</profileDesc></teiHeader><text><body>{names}</body></text></TEI>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """Return an edition of four documents whose lists are split at two rows."""
    monkeypatch.setattr(lists, "ON_A_PAGE", 2)
    monkeypatch.setattr(registers, "LONG", 3)
    monkeypatch.setattr(registers, "ON_A_PAGE", 2)
    monkeypatch.setattr(mentions, "ON_A_PAGE", 2)
    edition = edition_of(tmp_path, [])
    for number, day in enumerate(DAYS):
        document(edition, f"d{number}", day, "AB"[number % 2], 10 - number)
    assert build_website(edition, jobs=1).problems == ()
    return edition


def links(edition: Edition, name: str, group: str) -> list[str]:
    found = [a.get("href") for nav in having(page(edition, name), group) for a in nav.iter("a")]
    return [str(address) for address in found]


def test_a_long_list_names_its_parts_and_each_document_stands_on_a_page_of_one(split: Edition) -> None:
    assert links(split, "index.html", "parts") == ["index.1950.html", "index.1951.html"]
    assert [text(item) for item in having(page(split, "index.html"), "parts")[0]] == ["1950 3", "1951 1"]
    shown = [f"{folder}index.{name}.html" for folder in ("", "ru/") for name in ("1950", "2.1950", "1951")]
    titles = [[text(head) for head in page(split, name).iter("h3")] for name in shown[:3]]
    assert titles == [["On 1950-03-01", "On 1950-03-02"], ["On 1950-05-01"], ["On 1951-01-07"]]
    assert all((split.build / "site" / name).is_file() for name in shown)


def test_the_page_of_a_part_leads_to_the_others(split: Edition) -> None:
    assert links(split, "index.1950.html", "letters")[:3] == ["index.1950.html", "index.2.1950.html", "index.1951.html"]


def test_a_month_on_the_time_line_leads_to_the_page_where_it_begins(split: Edition) -> None:
    found = links(split, "chronology.html", "timeline")
    assert found == [
        "chronology.1950.html#month-1950-03",
        "chronology.2.1950.html#month-1950-05",
        "chronology.1951.html#month-1951-01",
    ]


def test_correspondents_are_split_by_sender_and_shelfmarks_stand_in_the_order_of_their_numbers(split: Edition) -> None:
    assert [text(item) for item in having(page(split, "correspondents.html"), "parts")[0]] == ["A 2", "B 2"]
    [first, *_] = links(split, "archives.html", "parts")
    fonds = [text(item).split()[1] for item in page(split, first).xpath("//section[@class='finding']/ul/li")]
    assert fonds == ["7", "8"]


def test_a_long_register_names_its_entries_and_each_has_its_page(split: Edition) -> None:
    shown = page(split, "persons.html")
    assert [a.get("href") for a in shown.get_element_by_id("stalin").iter("a")] == ["persons.stalin.html"]
    assert having(shown, "contexts") == []
    own = [
        text(name)
        for page_ in ("persons.stalin.html", "persons.2.stalin.html")
        for name in page(split, page_).iter("b")
    ]
    assert own == ["S"] * 4
    unknown = [text(head) for name in ("persons.0.html", "persons.2.0.html") for head in page(split, name).iter("h3")]
    assert unknown[-2:] == ["d2", "d3"]


def test_every_link_of_a_split_site_leads_to_a_page(split: Edition) -> None:
    site = split.build / "site"
    for path in site.rglob("*.html"):
        for address in page(split, path.relative_to(site).as_posix()).xpath("//main//a/@href"):
            file, _, _ = str(address).partition("#")
            assert not file or file.startswith("http") or (path.parent / file).is_file(), (path.name, address)


def test_a_changed_document_costs_its_own_places_and_a_list_that_is_short_again_is_one_page(split: Edition) -> None:
    site = split.build / "site"
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*.html")}
    text_ = (split.tei / "d3.xml").read_text(encoding="utf-8")
    (split.tei / "d3.xml").write_text(text_.replace("On 1951-01-07", "Renamed"), encoding="utf-8")
    build_website(split, jobs=1)
    same = {path.name for path, moment in before.items() if path.stat().st_mtime_ns == moment}
    assert {"index.html", "index.1950.html", "chronology.1950.html"} <= same
    assert "index.1951.html" not in same
    for name in ("d1", "d2", "d3"):
        (split.tei / f"{name}.xml").unlink()
    build_website(split, jobs=1)
    assert [path.name for path in site.glob("index*.html")] == ["index.html"]
    assert {path.stem.partition(".")[0] for path in site.glob("*.html")} >= set(LISTS)


def test_a_damaged_data_base_is_made_anew(split: Edition) -> None:
    site = split.build / "site"
    wanted = (site / "index.1950.html").read_bytes()
    for base in (split.build / ".state" / "website").glob("*.sqlite"):
        base.write_bytes(b"no data base" * 1000)
    (split.build / ".state" / "lists.json").unlink()
    (site / "index.1950.html").unlink()
    assert build_website(split, jobs=1).problems == ()
    assert (site / "index.1950.html").read_bytes() == wanted


@pytest.mark.slow
@pytest.mark.browser
def test_axe_finds_nothing_on_the_pages_of_a_split_list(split: Edition, tmp_path: Path) -> None:
    pages = ["index.1950.html", "ru/chronology.2.1950.html", "changes.html", "persons.html", "persons.2.stalin.html"]
    seen = list(seen_by_axe(split.build / "site", pages, tmp_path / "profile", width=360, is_dark=False))
    assert [(one.page, *fault) for one in seen for fault in one.faults] == []

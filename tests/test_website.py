"""Turn small editions into websites and look at what readers get: pages, links, languages, and what is made when."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html

from pipeline.edition import Edition
from pipeline.problems import Problem, UnreadableInput, problem, problem_texts
from pipeline.resources import resource
from pipeline.tei import NAMESPACES, local_name, read_tei, tag
from pipeline.website import build_website
from pipeline.website.folder import RESERVED
from pipeline.website.lists import LISTS
from pipeline.website.mentions import KINDS
from pipeline.website.registers import MAP, SEARCH
from pipeline.website.rendering import in_language, interface_languages
from tests.trees import first_difference

CASES = Path(__file__).parent / "cases" / "web"
NAMES = sorted(folder.name for folder in CASES.iterdir() if (folder / "input.xml").is_file())
CHROMIUM = Path("/usr/bin/chromium")

ENCODED = frozenset(
    """body div floatingText opener seg address addrLine dateline salute stamp note p ab list item label table row cell
    closer signed postscript fw pb pc hi choice sic corr abbr expan ex orig reg gloss supplied foreign ellipsis metamark
    gap g persName placeName orgName rs date num measure s idno head ref ptr certainty""".split()
)
"""Elements that the edition's guidelines name for the text."""


COMPUTED = frozenset(
    {
        "number",
        "relation",
        "language",
        "gloss",
        "supplied",
        "part",
        "state",
        "named",
        "unsure",
        "cite",
        "volume",
        "principle",
    }
)
"""Families of labels that the stylesheets ask for by a computed name."""


def edition_of(folder: Path, names: list[str]) -> Edition:
    """Return an edition in a folder, of these cases and the corpus file and registers that all cases share."""
    shutil.copytree(CASES / "edition", folder / "tei")
    for name in names:
        shutil.copy(CASES / name / "input.xml", folder / "tei" / f"{name}.xml")
    return Edition(folder.resolve())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return an edition of all cases, its website built."""
    edition = edition_of(tmp_path_factory.mktemp("edition"), NAMES)
    assert build_website(edition, jobs=1).problems == ()
    return edition


def page(edition: Edition, name: str) -> html.HtmlElement:
    """Return the tree of a page of the site."""
    return html.document_fromstring(
        (edition.build / "site" / name).read_bytes(), parser=html.HTMLParser(encoding="utf-8")
    )


def pages(edition: Edition) -> dict[str, html.HtmlElement]:
    """Return the trees of all pages by their path in the site."""
    site = edition.build / "site"
    return {
        path.relative_to(site).as_posix(): page(edition, path.relative_to(site).as_posix())
        for path in site.rglob("*.html")
    }


def having(root: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    """Return the elements of this class."""
    return [element for element in root.iter() if name in element.get("class", "").split()]


def first(root: html.HtmlElement, name: str) -> html.HtmlElement:
    """Return the first element of this name."""
    return next(root.iter(name))


def text(element: html.HtmlElement) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def add(edition: Edition, name: str, body: str) -> Path:
    """Write a small document into an edition."""
    path = edition.tei / f"{name}.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Small</title></titleStmt>'
        "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>\n"
        f"<text><body>\n{body}</body></text></TEI>",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_case_is_as_it_was_read_and_approved(built: Edition, name: str, save_golden: bool) -> None:
    found = html.tostring(first(page(built, f"{name}.html"), "main"), encoding="unicode") + "\n"
    golden = CASES / name / "page.html"
    if save_golden:
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert first_difference(html.fromstring(golden.read_text(encoding="utf-8")), html.fromstring(found)) == ""


def test_the_cases_have_every_element_that_the_guidelines_name() -> None:
    used = {local_name(e) for name in NAMES for e in read_tei(CASES / name / "input.xml").iter(etree.Element)}
    assert used >= ENCODED


@pytest.mark.parametrize("name", NAMES)
def test_no_character_of_the_text_is_lost_on_its_page(built: Edition, name: str) -> None:
    source = read_tei(CASES / name / "input.xml").getroot().find("tei:text", NAMESPACES)
    assert source is not None
    shown = page(built, f"{name}.html")
    added = ("permalink", "witness-head", "translators", "machine", "embedded-head", "pb", "notes", "note-mark", "ptr")
    for element in [e for n in added for e in having(shown, n)] + list(shown.iter("ins")):
        element.drop_tree()
    there = Counter("".join("".join(map(str, witness.itertext())) for witness in having(shown, "witness")))
    captured = Counter("".join(captured_text(source)))
    assert {c: n for c, n in there.items() if not c.isspace()} == {c: n for c, n in captured.items() if not c.isspace()}


def captured_text(element: etree._Element) -> list[str]:
    """Return the text of an element without what the edition adds: children of choice, notes of the editors."""
    parts = [element.text or ""]
    for child in element:
        ours = child.tag in {tag("corr"), tag("reg"), tag("expan")} and element.tag == tag("choice")
        editors = child.tag == tag("note") and child.get("resp") is not None
        if isinstance(child.tag, str) and not ours and not editors:
            parts += captured_text(child)
        parts.append(child.tail or "")
    return parts


def test_every_passage_keeps_its_address_and_says_its_language(built: Edition) -> None:
    for name in NAMES:
        root = read_tei(CASES / name / "input.xml").getroot()
        ids = root.xpath("tei:text//@xml:id | tei:standOff//tei:note/@xml:id", namespaces=NAMESPACES)
        for folder in ("", "ru/"):
            shown = page(built, f"{folder}{name}.html")
            assert {str(i) for i in ids} <= {e.get("id") for e in shown.iter(etree.Element)}
            assert all(
                p.get("lang") for n in ("p", "ab", "item") for w in having(shown, "witness") for p in having(w, n)
            )


def test_an_address_stands_once_on_a_page(built: Edition) -> None:
    for name, root in pages(built).items():
        ids = Counter(str(i) for i in root.xpath("//@id"))
        assert [i for i, number in ids.items() if number > 1] == [], name


def test_headings_go_down_one_level_at_a_time(built: Edition) -> None:
    for name, root in pages(built).items():
        levels = [int(str(e.tag)[1]) for e in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (name, levels)


def test_every_link_leads_to_a_page_and_a_passage_of_the_site(built: Edition) -> None:
    followed, dead = links(built)
    assert followed > 100
    assert dead == []


def links(edition: Edition) -> tuple[int, list[str]]:
    """Return how many links of a site lead to a place in it, and those that lead nowhere, each with its page."""
    site = edition.build / "site"
    roots = pages(edition)
    ids = {(site / name).resolve(): {str(i) for i in root.xpath("//@id")} for name, root in roots.items()}
    inner = []
    for name, root in roots.items():
        for address in map(str, root.xpath("//*[local-name()='a' or local-name()='link']/@href | //script/@src")):
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme in {"http", "https"}
            else:
                target = (site / name).parent / unquote(parts.path) if parts.path else site / name
                inner.append((f"{name}: {address}", target.resolve(), unquote(parts.fragment)))
    dead = [
        link for link, target, passage in inner if not target.is_file() or passage not in {"", *ids.get(target, ())}
    ]
    return len(inner), dead


def test_no_page_takes_anything_from_another_host(built: Edition) -> None:
    for name, root in pages(built).items():
        taken = root.xpath("//@src | //link/@href | //@srcset | //@data | //form/@action | //@style")
        assert [
            str(address) for address in taken if urlsplit(str(address)).scheme or str(address).startswith("//")
        ] == [], name
        scripts = root.xpath("//script[not(@type='application/json')]")
        sources = {script.get("src", "").removeprefix("../") for script in scripts}
        own = {"search": "search", **dict.fromkeys(KINDS, "register")}.get(PurePosixPath(name).stem, "document")
        assert sources <= {f"assets/{own}.js"}, name
    for asset in (built.build / "site" / "assets").iterdir():
        content = asset.read_text(encoding="utf-8")
        for asked in ("import(`../search/${bundle}/pagefind.js`)", "fetch(field.dataset.names)", "fetch(own, {"):
            content = content.replace(asked, "")
        assert not re.search(r"url\(|@import|https?:|fetch\(|import\(", content), asset.name


def test_only_addresses_on_the_web_become_links(built: Edition) -> None:
    assert not [a for a in page(built, "anatomy.html").iter("a") if a.get("href", "").startswith("javascript")]


def test_markup_in_a_title_stays_text(built: Edition) -> None:
    shown = page(built, "telegram.html")
    assert "<telegram>" in text(first(shown, "h1"))
    assert not shown.findall(".//telegram")


def test_a_page_stands_in_every_interface_language(built: Edition) -> None:
    english, russian = page(built, "telegram.html"), page(built, "ru/telegram.html")
    assert (english.get("lang"), russian.get("lang")) == ("en", "ru")
    assert text(having(english, "date")[0]) == "3 October 1950"
    assert text(having(russian, "date")[0]) == "3 октября 1950 г."
    assert [a.get("href") for a in having(english, "languages")[0]] == ["telegram.html", "ru/telegram.html"]
    assert [a.get("href") for a in having(russian, "languages")[0]] == ["../telegram.html", "telegram.html"]


def test_the_introduction_is_shown_in_the_language_of_the_page(built: Edition) -> None:
    assert "English introduction." in text(page(built, "about.html"))
    assert "Русское введение." not in text(page(built, "about.html"))
    assert "Русское введение." in text(page(built, "ru/about.html"))


def test_the_list_follows_the_dates_and_ends_with_the_undated(built: Edition) -> None:
    entries = page(built, "index.html").findall(".//ol/li")
    titles = [text(first(entry, "a")) for entry in entries]
    assert titles[:4] == [
        "Brackets, errors, gaps",
        "Telegram from the Ambassador, with a <telegram> from Mao",
        "Sheets, furniture, stamps",
        "Anatomy of a telegram",
    ]
    assert text(page(built, "index.html").findall(".//h2")[-1]) == "undated"
    assert len(titles) == len(NAMES)


def test_an_entry_of_the_list_says_from_whom_to_whom_and_where_it_lies(built: Edition) -> None:
    entry = page(built, "index.html").findall(".//ol/li")[1]
    assert text(having(entry, "parties")[0]) == "Roshchin → Joseph Stalin"
    assert text(having(entry, "facts")[0]) == (
        "Russian, English · APRF, f. 45, op. 1, ll. 105–106 · RGASPI, f. 558, op. 11, d. 334"
    )


def test_both_languages_of_a_page_have_the_rows_that_they_say(built: Edition) -> None:
    pairs = [pair for name in NAMES for pair in having(page(built, f"{name}.html"), "parallel")]
    assert pairs
    for pair in pairs:
        counts = [len(having(witness, "row")) for witness in having(pair, "witness")]
        said = [int(witness.get("style", "").removeprefix("--rows: ")) for witness in having(pair, "witness")]
        assert counts == said == counts[:1] * 2


def test_a_machine_translation_is_said_to_be_one(built: Edition) -> None:
    assert "Machine translation" in text(having(page(built, "machine-translation.html"), "machine")[0])
    assert having(page(built, "apparatus.html"), "machine") == []


def test_an_element_without_rendering_is_named_with_its_place(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["sheets"])
    add(edition, "strange", "<p>One</p>\n<p>Two <figure/></p>")
    outcome = build_website(edition, jobs=1)
    assert (outcome.made, outcome.kept) == (1, 0)
    assert [(p.code, p.file, p.line) for p in outcome.problems] == [("W001", "tei/strange.xml", 4)]
    assert "figure, at /TEI/text/body/p[2]/figure" in outcome.problems[0].message()
    assert not (edition.build / "site" / "strange.html").exists()
    assert (edition.build / "site" / "sheets.html").exists()


def test_a_document_that_breaks_leaves_no_old_page_behind(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["sheets", "notes"])
    build_website(edition, jobs=1)
    (edition.tei / "notes.xml").write_text("<TEI", encoding="utf-8")
    found = build_website(edition, jobs=1).problems
    assert [p.code for p in found] == ["X003"]
    assert sites(edition) == in_both({*RESERVED, "sheets"})
    assert "Notes and discrepancies" not in text(page(edition, "index.html"))
    assert build_website(edition, jobs=1).problems == found


def in_both(names: set[str]) -> set[str]:
    """Return the paths of pages in both interface languages."""
    return {f"{folder}{name}.html" for folder in ("", "ru/") for name in names}


def sites(edition: Edition) -> set[str]:
    """Return the paths of the pages of the site."""
    return set(pages(edition))


@pytest.mark.parametrize("name", ["index", "about", "persons", "places.seoul"])
def test_a_document_cannot_take_the_name_of_a_page_of_the_site(tmp_path: Path, name: str) -> None:
    edition = edition_of(tmp_path, ["sheets"])
    add(edition, name, "<p>Text</p>")
    assert codes(build_website(edition, jobs=1).problems) == ["W003"]
    assert "Sheets, furniture, stamps" in text(page(edition, "index.html"))


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [p.code for p in problems]


def test_what_is_no_tei_document_is_reported(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [])
    (edition.tei / "list.xml").write_text('<p xmlns="http://www.tei-c.org/ns/1.0"/>', encoding="utf-8")
    outcome = build_website(edition, jobs=1)
    assert codes(outcome.problems) == ["W002"]
    assert "no documents" in text(page(edition, "index.html"))


def test_a_hostile_register_is_reported_and_the_site_goes_on(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["telegram"])
    (edition.tei / "authorities" / "places.xml").write_text("<!DOCTYPE TEI [<!ENTITY a 'b'>]><TEI/>", encoding="utf-8")
    assert codes(build_website(edition, jobs=1).problems) == ["X004"]
    assert (edition.build / "site" / "telegram.html").exists()


def test_a_language_without_words_is_reported_and_left_out(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["sheets"])
    corpus = edition.corpus.read_text(encoding="utf-8")
    edition.corpus.write_text(corpus.replace('<language ident="ru">', '<language ident="vi">'), encoding="utf-8")
    assert codes(build_website(edition, jobs=1).problems) == ["W004"]
    assert sites(edition) == {f"{name}.html" for name in (*RESERVED, "sheets")}


def test_an_edition_without_corpus_file_has_no_site(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        build_website(Edition(tmp_path))


def times(edition: Edition) -> dict[str, int]:
    site = edition.build / "site"
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def test_a_second_build_makes_nothing(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, NAMES)
    build_website(edition, jobs=1)
    before = times(edition)
    outcome = build_website(edition, jobs=1)
    assert (outcome.made, outcome.kept) == (0, len(NAMES))
    assert times(edition) == before


def test_a_changed_title_costs_its_own_pages_the_list_and_the_pages_that_name_it(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, NAMES)
    build_website(edition, jobs=1)
    before = times(edition)
    path = edition.tei / "sheets.xml"
    path.write_text(path.read_text(encoding="utf-8").replace("Sheets, furniture", "Renamed sheets"), encoding="utf-8")
    outcome = build_website(edition, jobs=1)
    naming = {
        name for name in NAMES if "Renamed sheets" in (edition.build / "site" / f"{name}.html").read_text("utf-8")
    }
    assert (outcome.made, outcome.kept) == (len(naming), len(NAMES) - len(naming))
    assert naming == {"sheets", "telegram", "anatomy"}
    changed = {name for name, time in times(edition).items() if before.get(name) != time and "search/" not in name}
    files = {"tei/sheets.xml", *(f"citation/sheets.{ending}" for ending in ("bib", "ris", "json"))}
    own = files | in_both(naming)
    assert own <= changed <= own | in_both({*LISTS, *KINDS, MAP, SEARCH})
    assert "Renamed sheets" in text(page(edition, "index.html"))


def test_a_changed_corpus_file_makes_every_page_anew(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["sheets", "notes"])
    build_website(edition, jobs=1)
    corpus = edition.corpus.read_text(encoding="utf-8")
    edition.corpus.write_text(corpus.replace("Telegrams for trying", "Another title"), encoding="utf-8")
    assert build_website(edition, jobs=1).made == 2
    assert all("Another title" in text(root) for root in pages(edition).values())


def test_a_page_that_a_power_cut_emptied_is_made_anew(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["sheets", "notes"])
    build_website(edition, jobs=1)
    whole = contents(edition)
    for name in ("ru/notes.html", "about.html"):
        (edition.build / "site" / name).write_bytes(b"")
    assert build_website(edition, jobs=1).made == 1
    assert contents(edition) == whole


def test_a_removed_document_takes_its_pages_along(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["sheets", "notes"])
    build_website(edition, jobs=1)
    (edition.tei / "notes.xml").unlink()
    build_website(edition, jobs=1)
    assert not {"notes.html", "ru/notes.html"} & sites(edition)
    assert "Notes and discrepancies" not in text(page(edition, "index.html"))


def test_the_site_is_the_same_in_another_folder_and_on_many_processors(tmp_path: Path, built: Edition) -> None:
    names = [*NAMES]
    edition = edition_of(tmp_path, names)
    for number in range(30):
        add(edition, f"extra-{number:02}", f"<p>Number {number}</p>")
    build_website(edition, jobs=2)
    many = contents(edition)
    shutil.rmtree(edition.build)
    build_website(edition, jobs=1)
    assert contents(edition) == many
    alone = contents(built)
    folded = in_both({*LISTS, *KINDS, MAP, SEARCH})
    same = [name for name in alone if re.search("telegram|sheets|about|guidelines", name) and name not in folded]
    assert {name: many[name] for name in same} == {name: alone[name] for name in same}


def test_a_page_is_the_same_made_alone_or_for_all_languages_at_once(tmp_path: Path, built: Edition) -> None:
    edition = edition_of(tmp_path, NAMES)
    persons = edition.tei / "authorities" / "persons.xml"
    nobody = "<person xml:id='nobody'><persName>\ufdd1</persName></person></listPerson>"
    persons.write_text(persons.read_text(encoding="utf-8").replace("</listPerson>", nobody), encoding="utf-8")
    assert build_website(edition, jobs=1).problems == ()
    found, expected = contents(edition), contents(built)
    pages_only = [name for name in expected if name.endswith(".html") and "persons" not in name]
    assert {name: found[name] for name in pages_only} == {name: expected[name] for name in pages_only}


def test_a_character_that_the_program_marks_words_with_stays_on_its_page(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [])
    add(edition, "marked", "<p>One\ufdd0 two\ufdd1 <seg type='number'>three</seg>\ufdd2</p>")
    assert build_website(edition, jobs=1).problems == ()
    for name in ("marked.html", "ru/marked.html"):
        assert "One\ufdd0 two\ufdd1 three\ufdd2" in text(page(edition, name))


def test_words_in_words_are_those_of_one_language() -> None:
    words = "a \ufdd0in \ufdd0May\ufdd1мае\ufdd2\ufdd1в \ufdd0May\ufdd1мае\ufdd2\ufdd2"
    assert (in_language(words, "en"), in_language(words, "ru")) == ("a in May", "a в мае")


def contents(edition: Edition) -> dict[str, bytes]:
    """Return the site, but not the indexes of the search: Pagefind writes their parts in another order each time."""
    site = edition.build / "site"
    files = [path for path in site.rglob("*") if path.is_file() and site / "search" not in path.parents]
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def test_every_label_stands_in_every_interface_language_and_is_used() -> None:
    labels = etree.parse(resource("xslt/common/labels.xml")).getroot()
    keys = Counter(str(label.get("key")) for label in labels.iter("{urn:despatch:label}label"))
    assert [key for key, number in keys.items() if number > 1] == []
    for label in labels.iter("{urn:despatch:label}label"):
        assert {str(name) for name in label.attrib} == {"key", *interface_languages()}, label.get("key")
    program = "".join(path.read_text(encoding="utf-8") for path in sorted(resource("xslt").rglob("*.xsl")))
    words = set(re.findall(r"'([\w.-]+)'", program))
    domains = set(re.findall(r"(?:label:of-value|web:hint)\('([\w-]+)'", program)) | COMPUTED
    assert [key for key in keys if key not in words and key.split(".")[0] not in domains] == []
    assert [key for key in re.findall(r"label:(?:text|with)\('([\w.-]*\w)'", program) if key not in keys] == []


@pytest.mark.browser
def test_no_page_asks_another_host_for_anything(built: Edition, tmp_path: Path) -> None:
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed")
    other = tmp_path / "other.html"
    other.write_text('<!DOCTYPE html><img src="http://elsewhere.invalid/a.png">', encoding="utf-8")
    assert requested(other.as_uri(), tmp_path / "seen") == ["http://elsewhere.invalid/a.png"]
    for name in ("index.html", "ru/telegram.html"):
        address = (built.build / "site" / name).as_uri()
        assert requested(address, tmp_path / name.replace("/", "-")) == []


def requested(address: str, folder: Path) -> list[str]:
    """Return the addresses, other than files, that a page asks for in a browser, by the browser's own log.

    What the browser asks for on its own account (time, updates) has no page as initiator there.
    """
    folder.mkdir()
    log = folder / "net.json"
    switches = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
        --disable-component-update --disable-sync --dump-dom""".split()
    command = [str(CHROMIUM), *switches, f"--user-data-dir={folder}", f"--log-net-log={log}", address]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    started = [event.get("params", {}) for event in json.loads(log.read_text(encoding="utf-8"))["events"]]
    return [params["url"] for params in started if params.get("initiator", "not an origin") != "not an origin"]


def test_every_rule_and_element_that_a_problem_points_to_has_its_anchor_in_the_guidelines(built: Edition) -> None:
    anchors = set(page(built, "guidelines.html").xpath("//@id"))
    rules = [code for code in problem_texts() if code.startswith("R")]
    assert rules
    assert [code for code in rules if problem(code, "tei/x.xml").guideline not in anchors] == []
    assert problem("V001", "tei/x.xml", element="floatingText", parent="p", possible="s").guideline in anchors
    assert problem("C004", "seeds/x.txt").guideline == ""

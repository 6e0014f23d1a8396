"""The page of a document: what a reader and a program learn from it, and what its script does in a browser."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree, html

from pipeline.edition import Edition
from pipeline.linking import link
from pipeline.printed import pdf_of, state_of, write_printed
from pipeline.resources import resource
from pipeline.website import build_website
from tests.test_website import CHROMIUM, add, edition_of, first, having, page, text

ROOT = Path(__file__).resolve().parent.parent
SEED = "d1950-10-03-roshchin-stalin"
ANSWERED = "d1950-10-01-stalin-mao-zedong"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return the committed edition, its links resolved and its website built."""
    root = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / "tei", root / "tei")
    edition = Edition(root.resolve())
    link(edition, jobs=1)
    assert build_website(edition, jobs=1).problems == ()
    return edition


def file(edition: Edition, name: str) -> str:
    return (edition.build / "site" / name).read_text(encoding="utf-8")


def facts(shown: html.HtmlElement, name: str) -> list[str]:
    """Return the values of a fact of the description."""
    return [text(dd) for dt in shown.iter("dt") if text(dt) == name for dd in dt.itersiblings("dd")]


def test_a_name_leads_to_its_entry_and_the_page_says_who_it_is(real: Edition) -> None:
    shown = page(real, f"{SEED}.html")
    (name,) = [a for a in having(shown, "persName-cover-name") if text(a) == "FILIPPOV"]
    assert name.get("href") == "persons.stalin.html"
    entry = text(shown.get_element_by_id("page-persons-stalin"))
    assert all(words in entry for words in ("Филиппов", "Fyn Si", "Сталин, Иосиф", "18 December 1878 — 5 March 1953"))


def test_an_uncertain_name_says_so_and_a_certain_one_does_not(real: Edition) -> None:
    shown = page(real, f"{SEED}.html")
    names = [a for a in having(shown, "persName") if a.get("href") == "persons.kotov.html"]
    assert {("unsure" in a.get("class", ""), "uncertain" in a.get("title", "")) for a in names} == {(True, True)}
    assert not [a for a in having(shown, "unsure") if text(a) == "MAO ZEDONG"]


def test_a_link_never_stands_in_a_link(real: Edition) -> None:
    for path in (real.build / "site").rglob("*.html"):
        assert html.parse(str(path)).xpath("//a//a") == []


def test_an_archival_reference_stands_in_the_styles_of_both_languages(real: Edition) -> None:
    assert facts(page(real, f"{SEED}.html"), "Archival reference") == [
        "APRF, f. 45, op. 1, d. 334, ll. 105–106 АП РФ. Ф. 45. Оп. 1. Д. 334. Л. 105–106",
        "RGASPI, f. 558, op. 11, d. 334, ll. 105–106 РГАСПИ. Ф. 558. Оп. 11. Д. 334. Л. 105–106",
    ]


def test_the_back_of_a_leaf_and_a_single_leaf_are_named_so(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["telegram"])
    path = edition.tei / "telegram.xml"
    parts = '<idno type="papka" n="12">papka 12</idno>, <idno type="list" n="40ob">l. 40 ob.</idno>'
    whole = '<idno type="list" n="105-106">listy 105-106</idno>'
    path.write_text(path.read_text(encoding="utf-8").replace(whole, parts), encoding="utf-8")
    build_website(edition, jobs=1)
    assert facts(page(edition, "telegram.html"), "Archival reference")[0] == (
        "APRF, f. 45, op. 1, p. 12, l. 40 ob. АП РФ. Ф. 45. Оп. 1. П. 12. Л. 40 об."
    )


def test_the_time_line_follows_the_times_and_compares_only_those_of_the_receiving_office(real: Edition) -> None:
    (line, *_) = having(page(real, f"{SEED}.html"), "times")
    assert [text(event) for event in line] == [
        "Sent 3 October 1950 Beijing",
        "Received 12:15",
        "35 minDeciphered 12:50 Araushkin",
        "30 minTyped 13:20 Doronchenkova",
    ]


def test_a_page_names_what_it_answers_and_what_answers_it(real: Edition) -> None:
    answer, answered = page(real, f"{SEED}.html"), page(real, f"{ANSWERED}.html")
    threads = {name: text(having(shown, "thread")[0]) for name, shown in (("one", answer), ("other", answered))}
    assert "answered by this document" in threads["one"]
    assert "answers this document" in threads["other"]
    assert facts(answer, "Replies to") == ["your [telegram] No. 4581", "your telegram of 1.10.50"]
    assert [a.get("href") for a in answer.iter("a") if text(a) == "your telegram of 1.10.50"] == [f"{ANSWERED}.html"]
    assert [a.get("rel") for a in having(answer, "sequence")[0]] == ["prev", "next"]


def test_a_document_that_cannot_be_shown_is_named_on_no_page(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["sheets", "telegram"])
    strange = add(edition, "strange", "<p><figure/></p>")
    outcome = build_website(edition, jobs=1)
    assert [problem.code for problem in outcome.problems] == ["W001"]
    assert "strange" not in file(edition, "sheets.html") + file(edition, "telegram.html")
    assert not list((edition.build / "site").rglob("strange*"))
    strange.write_text(strange.read_text(encoding="utf-8").replace("<figure/>", "Text"), encoding="utf-8")
    assert build_website(edition, jobs=1).problems == ()
    assert "strange.html" in file(edition, "sheets.html")


def test_a_document_is_cited_in_three_styles_each_in_its_language(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["telegram"])
    corpus = edition.corpus.read_text(encoding="utf-8")
    site = '<idno type="url">https://edition.example.org/war</idno>'
    edition.corpus.write_text(corpus.replace('<date when="2026', f'{site}<date when="2026'), encoding="utf-8")
    build_website(edition, jobs=1)
    address = "https://edition.example.org/war/telegram.html"
    title, archive = "Telegram from the Ambassador, with a <telegram> from Mao", "APRF, f. 45, op. 1, ll. 105–106"
    for folder in ("", "ru/"):
        cited = [text(dd) for dd in having(page(edition, f"{folder}telegram.html"), "cite")[0].iter("dd")]
        assert cited == [
            f"“{title},” 3 October 1950, trans. Kathryn Weathersby, in Telegrams for trying (The editors, 2026), "
            f"{address}; {archive}; RGASPI, f. 558, op. 11, d. 334.",
            f"“{title}.” 3 October 1950. Telegrams for trying, translated by Kathryn Weathersby, The editors, 2026, "
            f"{address}. {archive}; RGASPI, f. 558, op. 11, d. 334.",
            f"{title} // Telegrams for trying [Электронный ресурс]. – The editors, 2026. – URL: {address} "
            "(дата обращения: дд.мм.гггг). – АП РФ. Ф. 45. Оп. 1. Л. 105–106; RGASPI, f. 558, op. 11, d. 334.",
        ]
    (canonical,) = page(edition, "telegram.html").xpath("//link[@rel='canonical']/@href")
    assert canonical == address


def test_programs_read_the_citation_from_files_and_from_the_page(real: Edition) -> None:
    (entry,) = json.loads(file(real, f"citation/{SEED}.json"))
    assert entry["author"] == [{"family": "Roshchin", "given": "N.V."}]
    assert [one["family"] for one in entry["translator"]] == ["Weathersby", "Mansourov"]
    assert entry["original-date"] == {"date-parts": [[1950, 10, 3]]}
    bibtex, ris = file(real, f"citation/{SEED}.bib"), file(real, f"citation/{SEED}.ris").splitlines()
    assert "  author = {Roshchin, N.V.},\n" in bibtex
    assert (ris[0], ris[-1]) == ("TY  - CHAP", "ER  - ")
    metas = {str(m.get("name")): m.get("content") for m in page(real, f"{SEED}.html").iter("meta")}
    assert metas["citation_title"] == entry["title"]
    assert metas["dc.date"] == "1950-10-03"


def test_zotero_takes_a_page_for_a_part_of_the_edition_by_its_author(real: Edition) -> None:
    """By its translator "Embedded Metadata": citation_inbook_title makes a book section, a comma divides a name."""
    shown = page(real, "d1951-01-26-mao-zedong-stalin.html")
    metas = {str(m.get("name")): str(m.get("content")) for m in shown.iter("meta")}
    assert metas["citation_author"] == "Mao, Zedong"
    assert metas["citation_inbook_title"].startswith("Stalin, Mao and Kim Il Sung")
    assert (metas["citation_publication_date"], metas["citation_language"]) == ("2026", "ru")


def test_braces_and_signs_of_bibtex_are_escaped(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [])
    add(edition, "signs", "<p>Text</p>")
    path = edition.tei / "signs.xml"
    path.write_text(path.read_text(encoding="utf-8").replace("Small", r"50 % {A} \ B_C &amp; #1 ~"), encoding="utf-8")
    build_website(edition, jobs=1)
    assert r"title = {50 \% (A) / B\_C \& \#1 \~{}}" in file(edition, "citation/signs.bib")


def test_a_plain_text_is_the_reading_text_of_one_language(real: Edition) -> None:
    english = file(real, f"text/{SEED}.en.txt")
    assert english.startswith("SECOND MAIN ADMINISTRATION OF THE GENERAL STAFF OF THE SOVIET SOVIET ARMY\n\nCIPHERED")
    assert "‹" not in english
    assert "промежуточных" in "".join(file(real, f"text/{path.name}") for path in texts(real))


def texts(edition: Edition) -> list[Path]:
    return sorted((edition.build / "site" / "text").glob("*.txt"))


def test_the_tei_file_of_a_page_is_the_edition_s_own_and_what_it_points_to_is_there(real: Edition) -> None:
    folder = real.build / "site" / "tei"
    assert (folder / f"{SEED}.xml").read_bytes() == (real.tei / f"{SEED}.xml").read_bytes()
    assert (folder / "authorities" / "persons.xml").is_file()
    assert (folder.parent / "schemas" / "edition.rng").is_file()


def print_by_hand(edition: Edition, name: str) -> Path:
    """Lay a PDF where the print stage lays it, and record it as made from the document as it is now."""
    pdf = pdf_of(edition, name)
    pdf.parent.mkdir(parents=True, exist_ok=True)
    pdf.write_bytes(b"%PDF-")
    write_printed(edition, {name: state_of(edition, edition.tei / f"{name}.xml")})
    return pdf


def test_a_pdf_is_offered_where_it_was_built_and_nowhere_else(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["sheets", "telegram"])
    build_website(edition, jobs=1)
    assert "PDF" not in file(edition, "telegram.html")
    pdf = print_by_hand(edition, "telegram")
    assert build_website(edition, jobs=1).made == 1
    assert 'href="pdf/telegram.pdf"' in file(edition, "telegram.html")
    assert 'href="../pdf/telegram.pdf"' in file(edition, "ru/telegram.html")
    assert (edition.build / "site" / "pdf" / "telegram.pdf").read_bytes() == b"%PDF-"
    pdf.unlink()
    build_website(edition, jobs=1)
    assert "PDF" not in file(edition, "telegram.html")
    assert not (edition.build / "site" / "pdf" / "telegram.pdf").exists()


@pytest.mark.parametrize("changed", ["telegram.xml", "corpus.xml"])
def test_a_pdf_that_says_what_the_document_no_longer_says_is_not_offered(tmp_path: Path, changed: str) -> None:
    edition = edition_of(tmp_path, ["telegram"])
    print_by_hand(edition, "telegram")
    build_website(edition, jobs=1)
    assert "PDF" in file(edition, "telegram.html")
    document = edition.tei / changed
    document.write_text(document.read_text(encoding="utf-8").replace("</title>", "!</title>", 1), encoding="utf-8")
    build_website(edition, jobs=1)
    assert "PDF" not in file(edition, "telegram.html")
    assert not (edition.build / "site" / "pdf" / "telegram.pdf").exists()


@pytest.mark.parametrize("torn", [b"", b"[]", b'{"telegram": "'])
def test_a_pdf_without_a_record_is_not_offered(tmp_path: Path, torn: bytes) -> None:
    edition = edition_of(tmp_path, ["telegram"])
    print_by_hand(edition, "telegram")
    (edition.build / "print" / "documents.json").write_bytes(torn)
    build_website(edition, jobs=1)
    assert "PDF" not in file(edition, "telegram.html")


def test_files_of_a_removed_document_go_with_it(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["sheets", "telegram"])
    build_website(edition, jobs=1)
    (edition.tei / "telegram.xml").unlink()
    build_website(edition, jobs=1)
    assert not list((edition.build / "site").rglob("telegram*"))


def test_the_legend_has_the_signs_of_the_page_and_no_others(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [])
    add(edition, "one", "<p>A <gloss type='date'>[b]</gloss> <choice><sic>c</sic><corr>d</corr></choice></p>")
    add(edition, "none", "<p>Text</p>")
    build_website(edition, jobs=1)
    signs = [text(li) for li in having(page(edition, "one.html"), "legend")[0].iter("li")]
    assert signs == ["[…] date explained", "abc apparent error in the source", "‹…› correction of the edition"]
    assert having(page(edition, "none.html"), "legend") == []


def test_a_withdrawn_document_keeps_its_address_and_says_so(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["telegram"])
    path = edition.tei / "telegram.xml"
    path.write_text(path.read_text(encoding="utf-8").replace('status="draft"', 'status="withdrawn"'), encoding="utf-8")
    build_website(edition, jobs=1)
    assert "has been withdrawn" in text(first(page(edition, "telegram.html"), "main"))


def test_a_russian_page_has_no_word_of_ours_in_english(real: Edition) -> None:
    labels = etree.parse(resource("xslt/common/labels.xml")).getroot()
    english = {str(e.get("en")) for e in labels if e.get("en") != e.get("ru") and str(e.get("en")).isascii()} - {"en"}
    for path in (real.build / "site" / "ru").glob("d*.html"):
        shown = page(real, f"ru/{path.name}")
        for fields in having(shown, "fields"):  # they are called as the capture calls them
            fields.drop_tree()
        for part in shown.xpath("//text()[ancestor-or-self::*[@lang][1]/@lang = 'ru'] | //@title | //@aria-label"):
            assert " ".join(str(part).split()) not in english, path.name


def test_a_page_with_style_and_script_weighs_at_most_60_kilobytes(real: Edition) -> None:
    site = real.build / "site"
    shared = sum(len(gzip.compress(path.read_bytes())) for path in (site / "assets").iterdir())
    assert shared < 15_000
    for path in site.rglob("d1*.html"):
        assert len(gzip.compress(path.read_bytes())) + shared <= 60_000, path.name


# In a browser


def ran(edition: Edition, name: str, script: str, *, alone: bool = False) -> html.HtmlElement:
    """Return the tree of a page after a script of the test ran in it, as a browser has it, after some time.

    Where it runs `alone`, the page's own script does not. The window is 800 CSS pixels wide: one column.
    """
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed")
    path = edition.build / "site" / f"{name}.html"
    trial = path.with_name(f"{name}-trial.html")
    added = f"<script>addEventListener('load', () => {{ {script} }})</script></head>"
    content = path.read_text(encoding="utf-8")
    if alone:
        content = re.sub(r"<script src=[^>]*></script>", "", content)
    trial.write_text(content.replace("</head>", added), encoding="utf-8")
    switches = (
        "--headless --no-sandbox --disable-gpu --disable-background-networking --virtual-time-budget=2000".split()
    )
    command = [str(CHROMIUM), *switches, f"--user-data-dir={edition.root / 'browser'}", "--dump-dom", trial.as_uri()]
    try:
        done = subprocess.run(command, check=True, capture_output=True, timeout=60)
    finally:
        trial.unlink()
    return html.document_fromstring(done.stdout, parser=html.HTMLParser(encoding="utf-8"))


def over(selector: str) -> str:
    return f"document.querySelector('{selector}').dispatchEvent(new PointerEvent('pointerover', {{bubbles: true}}));"


@pytest.mark.browser
def test_pointing_at_a_sentence_marks_its_counterpart(real: Edition) -> None:
    shown = ran(real, SEED, over("#s1222"))
    assert [e.get("id") for e in having(shown, "counterpart")] == ["s5046"]
    assert [e.get("id") for e in having(shown, "current")] == ["s1222", "s1412"]


@pytest.mark.browser
def test_the_link_of_a_passage_marks_the_counterparts_by_keyboard(real: Edition) -> None:
    shown = ran(real, SEED, "document.querySelector('#p3994 .permalink').focus();")
    assert [e.get("id") for e in having(shown, "counterpart")] == ["s330"]


@pytest.mark.browser
def test_a_card_beside_a_name_says_who_is_meant_and_how_sure_that_is(real: Edition) -> None:
    name = '.witness a[href="persons.kotov.html"]'
    shown = ran(real, SEED, f"document.querySelector('{name}').scrollIntoView({{block: 'center'}});" + over(name))
    (card,) = having(shown, "namecard")
    assert "Котов" in text(card)
    assert "uncertain" in text(having(card, "doubt")[0])
    assert [a.get("href") for a in shown.iter("a") if a.get("aria-describedby") == card.get("id")] == [
        "persons.kotov.html"
    ]


@pytest.mark.browser
def test_a_choice_of_language_hides_the_other_and_keeps_the_place(real: Edition) -> None:
    script = """const views = document.querySelector('.views');
        document.getElementById('s2434').scrollIntoView({block: 'center', behavior: 'instant'});
        scrollBy({top: 0});
        views.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}));
        const before = [...document.querySelectorAll('.witness-1 .s[id]')].find((s) =>
          s.getBoundingClientRect().bottom > views.getBoundingClientRect().bottom);
        const links = JSON.parse(document.getElementById('page-links').textContent);
        document.getElementById('page-show-2').click();
        const after = document.getElementById(links.find((group) => group.includes(before.id)).at(-1));
        document.body.dataset.hidden = before.getClientRects().length === 0;
        document.body.dataset.top = Math.round(after.getBoundingClientRect().top);"""
    body = first(ran(real, SEED, script), "body")
    assert body.get("data-hidden") == "true"
    assert -100 < int(body.get("data-top", "9999")) < 400


@pytest.mark.browser
def test_the_text_for_reading_has_corrections_and_expansions_in_place_of_what_they_mend(real: Edition) -> None:
    script = """document.getElementById('page-state-reading').click();
        document.body.dataset.one = document.getElementById('s3737').innerText;
        document.body.dataset.two = document.getElementById('p3660').innerText;"""
    body = first(ran(real, SEED, script), "body")
    assert "OF THE SOVIET ARMY" in body.get("data-one", "")
    assert "товарищу" in body.get("data-two", "")
    assert "тов." not in body.get("data-two", "")


INTERLEAVED = """const rows = [...document.querySelectorAll(".row")].map((row) => row.getBoundingClientRect());
    const all = rows.filter((at) => at.height > 0).sort((a, b) => a.top - b.top);
    document.body.dataset.apart = all.every((at, n) => !n || at.top >= all[n - 1].bottom - 1);
    const isAbove = (a, b) => a && b && a.getBoundingClientRect().top < b.getBoundingClientRect().top;
    const groups = JSON.parse(document.getElementById("page-links").textContent)
      .map((ids) => ids.map((id) => document.getElementById(id)));
    document.body.dataset.pairs = groups.filter((group) => isAbove(group[0], group.at(-1))).length;
    document.body.dataset.turns = groups.filter((group, n) => n && !isAbove(groups[n - 1].at(-1), group[0])
      && groups[n - 1][0].closest(".row") !== group[0].closest(".row")).length;
    const name = document.querySelector(".witness-1 a.name");
    name.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y, width, height } = name.getBoundingClientRect();
    document.body.dataset.touched = document.elementFromPoint(x + width / 2, y + height / 2)?.closest("a") === name;
    document.body.dataset.groups = groups.length;"""


@pytest.mark.browser
@pytest.mark.parametrize("name", [SEED, "d1950-10-08-fyn-si-kim-il-sung"])
def test_in_a_narrow_window_each_passage_stands_above_its_translation_even_without_script(
    real: Edition, name: str
) -> None:
    body = first(ran(real, name, INTERLEAVED, alone=True), "body")
    assert body.get("data-apart") == "true"
    pairs, linked = int(body.get("data-pairs", "0")), int(body.get("data-groups", "0"))
    assert pairs >= 0.9 * linked > 0  # a sentence that the translation has moved to another paragraph stands there
    assert body.get("data-turns") == "0"
    assert body.get("data-touched") == "true"


@pytest.mark.browser
def test_one_language_alone_leaves_no_room_for_the_other_in_a_narrow_window(real: Edition) -> None:
    script = """const height = () => document.querySelector(".witnesses").getBoundingClientRect().height;
        const both = height();
        document.getElementById("page-show-1").click();
        const original = height();
        document.getElementById("page-show-2").click();
        document.body.dataset.rest = Math.round(both - original - height());"""
    rest = int(first(ran(real, SEED, script, alone=True), "body").get("data-rest", "9999"))
    assert -400 < rest < 400


def test_everything_that_acts_is_a_link_a_button_a_field_or_a_fold(real: Edition) -> None:
    """What the keyboard reaches by itself, in the order of the page."""
    for path in (real.build / "site").rglob("*.html"):
        shown = page(real, path.relative_to(real.build / "site").as_posix())
        assert shown.xpath("//@tabindex | //@onclick | //@accesskey | //@autofocus | //a[not(@href)]") == [], path.name

"""Every kind of page against WCAG and HTML: what axe-core finds in Chromium, and what the Nu HTML checker finds.

Both were made by others, so a page that they find nothing in is not judged by its own makers.
"""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest

from pipeline.edition import Edition
from pipeline.linking import link
from pipeline.website import build_website
from pipeline.website.folder import RESERVED
from tests.axe import seen_by_axe
from tests.test_website import CASES, NAMES, links, page, pages
from tests.vnu import errors_by_vnu

ROOT = Path(__file__).resolve().parent.parent
TELEGRAMS = ("d1950-10-03-roshchin-stalin", "d1950-10-08-fyn-si-kim-il-sung")
DOCUMENTS = (*TELEGRAMS, "apparatus", "anatomy", "notes", "persons.stalin")
"""Looked at by axe-core: a message within one, a machine translation, every sign, a table, notes and discrepancies; and
an entry of a register."""

WIDE, PHONE = 1280, 360


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return the built site of the committed edition, with the documents of the web cases and some history added."""
    root = tmp_path_factory.mktemp("conformance")
    shutil.copytree(ROOT / "tei", root / "tei")
    for name in NAMES:
        shutil.copy(CASES / name / "input.xml", root / "tei" / f"{name}.xml")
    notes = root / "tei" / "notes.xml"
    history = '<revisionDesc status="withdrawn"><change when="2026-05-01" status="withdrawn">Withdrawn.</change>'
    notes.write_text(
        notes.read_text(encoding="utf-8").replace("</teiHeader>", f"{history}</revisionDesc></teiHeader>"),
        encoding="utf-8",
    )
    corpus = root / "tei" / "corpus.xml"
    address = '<idno type="url">https://edition.example.org/</idno><date when="2026-11-22"/>'
    corpus.write_text(
        corpus.read_text(encoding="utf-8").replace('<date when="2026-11-22"/>', address), encoding="utf-8"
    )
    edition = Edition(root.resolve())
    link(edition, jobs=1)
    assert build_website(edition, jobs=1).problems == ()
    return edition


@pytest.fixture
def site(edition: Edition) -> Path:
    return edition.build / "site"


def looked_at(width: int, is_dark: bool) -> list[str]:
    """Return the pages for one window: on a phone every kind in either theme, on a wide screen in one of the themes.

    The languages take turns, so that each kind is seen in both; what breaks a rule seldom does so in one of them only.
    """
    kinds = [f"{name}.html" for name in sorted({*RESERVED, *DOCUMENTS})]
    found = []
    for number, name in enumerate([*kinds, "search.html?q=Stalin", "search.html?q=%D0%9C%D0%B0%D0%BE"]):
        if width == PHONE or is_dark == bool(number % 2):
            turn = number if width == PHONE else number // 2
            found.append(name if (turn + is_dark) % 2 else f"ru/{name}")
    return found


def test_every_kind_of_page_is_looked_at_in_both_languages_and_themes_and_on_a_phone() -> None:
    kinds = {f"{name}.html" for name in {*RESERVED, *DOCUMENTS}}
    pages = {window: looked_at(*window) for window in itertools.product((WIDE, PHONE), (False, True))}
    for is_dark in (False, True):
        assert kinds <= {name.removeprefix("ru/") for name in pages[PHONE, is_dark]}
    assert kinds <= {name.removeprefix("ru/") for is_dark in (False, True) for name in pages[WIDE, is_dark]}
    assert kinds | {f"ru/{name}" for name in kinds} <= {*pages[PHONE, False], *pages[PHONE, True]}


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("is_dark", [False, True])
def test_no_rule_of_wcag_and_no_best_practice_is_broken(site: Path, tmp_path: Path, width: int, is_dark: bool) -> None:
    pages = looked_at(width, is_dark)
    seen = list(seen_by_axe(site, pages, tmp_path, width=width, is_dark=is_dark))
    assert [(one.page, *fault) for one in seen for fault in one.faults] == []
    assert [one.page for one in seen] == pages
    assert {(one.width, one.is_dark) for one in seen} == {(width, is_dark)}
    assert min(one.rules for one in seen) >= 25
    assert sum(one.has_card for one in seen) >= (2 if width == PHONE else 1)


@pytest.mark.browser
def test_axe_finds_what_is_wrong_on_a_page_on_a_phone_and_in_the_dark(tmp_path: Path) -> None:
    wrong = """<!DOCTYPE html><html><head><title>x</title><meta name="viewport" content="width=device-width">
        <style>@media (prefers-color-scheme: dark) and (max-width: 400px) { p { color: #777; background: #666 } }
        </style>        </head><body><main><h1>x</h1><img src="x.png"><p>text</p><h4>y</h4></main></body></html>"""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "wrong.html").write_text(wrong, encoding="utf-8")
    rules = []
    for width, is_dark in ((WIDE, False), (PHONE, True)):
        profile = tmp_path / str(width)
        (seen,) = seen_by_axe(tmp_path / "site", ["wrong.html"], profile, width=width, is_dark=is_dark)
        rules.append({rule for rule, _ in seen.faults})
    assert rules[0] == {"image-alt", "html-has-lang", "heading-order"}
    assert rules[1] == rules[0] | {"color-contrast"}


@pytest.mark.slow
def test_every_page_and_style_sheet_is_valid(site: Path) -> None:
    assert errors_by_vnu(site) == []


def test_the_checker_finds_what_is_wrong_in_a_page_and_in_a_style_sheet(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<!DOCTYPE html><html lang="en"><title>x</title><p id="a">x<ul><li id="a">y</ul>', encoding="utf-8"
    )
    (tmp_path / "b.css").write_text("p { colour: red }", encoding="utf-8")
    found = errors_by_vnu(tmp_path)
    assert {name for name, _ in found} == {"a.html", "b.css"}
    assert any("Duplicate ID" in message for _, message in found)


def test_every_link_and_passage_of_every_page_is_there(edition: Edition) -> None:
    followed, dead = links(edition)
    assert dead == []
    assert followed > 5_000


def test_a_link_to_a_passage_that_is_gone_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "build" / "site"
    folder.mkdir(parents=True)
    (folder / "a.html").write_text('<p id="x"><a href="#x">1</a><a href="#y">2</a><a href="b.html">3</a>', "utf-8")
    assert links(Edition(tmp_path)) == (3, ["a.html: #y", "a.html: b.html"])


def test_every_page_has_its_own_address_and_those_of_its_other_languages(edition: Edition) -> None:
    for name, root in pages(edition).items():
        language, _, own = name.rpartition("/")
        base = "https://edition.example.org/"
        assert root.xpath("//link[@rel='canonical']/@href") == [base + name]
        others = {str(one.get("hreflang")): one.get("href") for one in root.xpath("//link[@hreflang]")}
        assert others == {"en": base + own, "ru": f"{base}ru/{own}", "x-default": base + own}
        assert (root.get("lang") == "ru") == (language == "ru")


def test_an_office_is_said_in_the_language_of_the_page_or_says_in_which(edition: Edition) -> None:
    def said(name: str, person: str) -> list[tuple[str | None, str]]:
        offices = page(edition, name).get_element_by_id(f"page-persons-{person}").iter("dd")
        return [(dd.get("lang"), str(dd.text)) for dd in offices if dd.get("class") is None]

    shown = DOCUMENTS[0]
    ambassador = "советский посол, Пекин (16 октября 1949 г. – 30 июля 1952 г.)"
    assert said(f"ru/{shown}.html", "roshchin") == [("ru", ambassador)]
    assert [language for language, _ in said(f"{shown}.html", "roshchin")] == ["en"]
    assert [language for language, _ in said(f"ru/{shown}.html", "molotov")] == ["en"]

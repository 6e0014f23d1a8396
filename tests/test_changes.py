"""What has changed in an edition: the page made of every `revisionDesc`, and what lists say of a withdrawn document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from pipeline.edition import Edition
from pipeline.website import build_website
from tests.test_website import edition_of, first, having, page, text

CONVERTED = '<change who="#despatch" status="draft">Converted from the capture.</change>'


def history(path: Path, status: str, changes: str) -> None:
    """Give a document this history in place of its own."""
    source = re.sub(r"<revisionDesc.*?</revisionDesc>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    made = f'<revisionDesc status="{status}">{changes}</revisionDesc></teiHeader>'
    path.write_text(source.replace("</teiHeader>", made), encoding="utf-8")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return a built edition whose documents and corpus file have been worked on."""
    edition = edition_of(tmp_path_factory.mktemp("edition"), ["telegram", "sheets", "notes"])
    approved = '<change when="2026-03-02" who="#weathersby" status="approved" xml:lang="en">Read against it.</change>'
    history(edition.tei / "telegram.xml", "approved", approved + CONVERTED)
    withdrawn = '<change when="2026-05-01" status="withdrawn" xml:lang="ru">Отозван: <gi>bibl</gi> ошибочен.</change>'
    history(edition.tei / "sheets.xml", "withdrawn", withdrawn)
    history(edition.tei / "notes.xml", "draft", CONVERTED)
    history(edition.corpus, "approved", '<change when="2026-05-01">The first edition.</change>')
    assert build_website(edition, jobs=1).problems == ()
    return edition


def days(shown: html.HtmlElement) -> dict[str, list[list[str]]]:
    """Return the lines of each change under its day."""
    sections = having(shown, "changes")
    return {text(first(day, "h2")): [[text(p) for p in one.iter("p")] for one in day.iter("li")] for day in sections}


def test_changes_stand_newest_first_with_document_words_state_and_person(edition: Edition) -> None:
    found = days(page(edition, "changes.html"))
    assert list(found) == ["1 May 2026", "2 March 2026"]
    assert found["1 May 2026"][0] == ["The whole edition", "The first edition.", ""]
    assert found["1 May 2026"][1][1:] == ["Отозван: bibl ошибочен.", "withdrawn"]
    (approved,) = found["2 March 2026"]
    assert approved[0].startswith("3 October 1950 Telegram from the Ambassador")
    assert approved[1:] == ["Read against it.", "approved · Kathryn Weathersby"]


def test_the_words_of_a_change_say_their_language(edition: Edition) -> None:
    shown = page(edition, "ru/changes.html")
    words = [span.get("lang") for what in having(shown, "what") for span in what.iter("span")]
    assert words == [None, "ru", "en"]
    assert list(days(shown)) == ["1 мая 2026 г.", "2 марта 2026 г."]


def test_a_conversion_is_counted_and_not_listed(edition: Edition) -> None:
    shown = page(edition, "changes.html")
    assert "Converted" not in text(first(shown, "main"))
    states = [(text(div[0]), text(div[1])) for div in having(shown, "states")[0].iter("div")]
    assert states == [("approved", "1"), ("draft, as converted by machine", "1"), ("withdrawn", "1")]


def test_every_page_leads_to_what_has_changed(edition: Edition) -> None:
    for name in ("index.html", "about.html", "telegram.html", "ru/about.html"):
        assert "changes.html" in [a.get("href") for a in first(page(edition, name), "footer").iter("a")]


def test_the_list_says_that_a_document_is_withdrawn_and_its_page_stays(edition: Edition) -> None:
    every = [li for ol in having(page(edition, "index.html"), "documents") for li in ol.iter("li")]
    marked = [first(li, "a").get("href") for li in every if text(having(li, "facts")[0]).endswith("withdrawn")]
    assert marked == ["sheets.html"]
    note = text(having(page(edition, "sheets.html"), "badge")[0])
    assert note.startswith("This document has been withdrawn")
    assert having(page(edition, "sheets.html"), "witness")


def test_a_history_that_is_too_long_for_a_page_is_split_by_years(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["notes"])
    changes = "".join(f'<change when="{year}-01-01">{year}</change>' for year in range(2599, 1999, -1))
    history(edition.tei / "notes.xml", "draft", changes)
    history(edition.corpus, "draft", '<change when="2600-05-01">All of it.</change>')
    assert build_website(edition, jobs=1).problems == ()
    shown = page(edition, "changes.html")
    assert days(shown) == {"1 May 2600": [["The whole edition", "All of it.", ""]]}
    years = [text(a) for a in having(shown, "parts")[0].iter("a")]
    assert years == [str(year) for year in range(2599, 1999, -1)]
    (change,) = days(page(edition, "changes.2001.html")).values()
    assert change[0][1] == "2001"

"""Turn a small edition into a site with a search, and ask it in a real browser as a reader does."""

from __future__ import annotations

import functools
import http.server
import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.edition import Edition
from pipeline.website import build_website, search
from pipeline.website.search import engine, indexes_of, shelf_of
from tests.axe import seen_by_axe
from tests.test_registers import BODIES, PLACES
from tests.test_website import CHROMIUM, add, edition_of, having, page, text

STALIN = 'ref="authorities/persons.xml#stalin"'

ASKING = """<!DOCTYPE html><iframe src="{address}"></iframe><img src="hold"><div id="out"></div><script>
const frame = document.querySelector("iframe"), out = document.querySelector("#out");
const asking = setInterval(() => {{
  const shown = frame.contentDocument, count = shown && shown.querySelector("#search-count");
  if (!count || !count.textContent) return;
  out.append(...[count, shown.querySelector("#search-results")].map((part) => document.importNode(part, true)));
  clearInterval(asking);
  fetch("done");
}}, 50);
</script>"""
"""A page that holds a page of the site until its search has answered, and then shows the answer."""


class Holding(http.server.SimpleHTTPRequestHandler):
    """Serves a site, and keeps a page from having loaded until it says that it is done."""

    done = threading.Event()

    def do_GET(self) -> None:
        if self.path == "/hold":
            self.done.wait(30)
            self.send_error(404)
        elif self.path == "/done":
            self.done.set()
            self.send_error(404)
        else:
            super().do_GET()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def searchable(folder: Path, *others: str) -> Edition:
    """Return an edition of two invented documents in two languages, and others like the second, its website built."""
    edition = edition_of(folder, [])
    persons = (edition.tei / "authorities" / "persons.xml").read_text(encoding="utf-8")
    head, tail = persons.partition("<listPerson>")[0], persons.partition("</listPerson>")[2]
    for name, entries in (("places", PLACES), ("organisations", BODIES)):
        (edition.tei / "authorities" / f"{name}.xml").write_text(head + entries + tail, encoding="utf-8")
    add(
        edition,
        "d1",
        '<div type="original" xml:lang="ru"><p xml:id="p1">Дивизия ушла на юг.</p>'
        f'<p xml:id="p2"><s xml:id="s2">Доложено <persName {STALIN}>ФИЛИППОВУ</persName> телеграммой.</s></p></div>'
        '<div type="translation" xml:lang="en"><p xml:id="p3">A division left for the '
        '<placeName ref="authorities/places.xml#seoul">capital</placeName>.</p></div>',
    )
    for name in ("d2", *others):
        add(edition, name, '<div type="original" xml:lang="ru"><p xml:id="p1">Посол уехал.</p></div>')
    assert build_website(edition, jobs=1).problems == ()
    return edition


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return searchable(tmp_path_factory.mktemp("edition"))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return an edition with more persons, all invented, than a reader chooses from; two are called the same."""
    edition = edition_of(tmp_path_factory.mktemp("crowd"), [])
    file = edition.tei / "authorities" / "persons.xml"
    names = {f"p{number}": f"Invented {number}" for number in range(100)} | {"first": "Twin", "second": "Twin"}
    entries = "".join(f'<person xml:id="{key}"><persName>{name}</persName></person>' for key, name in names.items())
    file.write_text(file.read_text(encoding="utf-8").replace("</listPerson>", f"{entries}</listPerson>"), "utf-8")
    for name, keys in (("d1", [*names][:-1]), ("d2", ["p11", "second", "stalin"])):
        said = "".join(f'<persName ref="authorities/persons.xml#{key}">X</persName> ' for key in keys)
        add(edition, name, f'<div type="original" xml:lang="en"><p xml:id="p1">{said}</p></div>')
    assert build_website(edition, jobs=1).problems == ()
    return edition


@pytest.fixture(scope="module")
def address(edition: Edition) -> Iterator[str]:
    with served(edition) as address:
        yield address


@contextmanager
def served(edition: Edition) -> Iterator[str]:
    """Give the address at which the site is served."""
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed")
    handler = functools.partial(Holding, directory=edition.build / "site")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def answer(edition: Edition, address: str, question: str, folder: Path) -> html.HtmlElement:
    """Return what the search page shows a reader who asks."""
    asking = edition.build / "site" / "asking.html"
    asking.write_text(ASKING.format(address=f"{address}/{question}"), encoding="utf-8")
    shown = shown_by_chromium(f"{address}/asking.html", folder)
    asking.unlink()
    return shown


def shown_by_chromium(address: str, folder: Path) -> html.HtmlElement:
    """Return what a page that waits for another shows in the end."""
    Holding.done.clear()
    switches = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --dump-dom".split()
    command = [str(CHROMIUM), *switches, f"--user-data-dir={folder}", address]
    done = subprocess.run(command, check=True, capture_output=True, timeout=90)
    return html.document_fromstring(done.stdout.decode()).get_element_by_id("out")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("question", "links"),
    [
        ("search.html?q=Stalin", ["d1.html", "d1.html#p2"]),
        ("ru/search.html?q=" + quote("телеграмму"), ["d1.html", "d1.html#p2"]),
        ("search.html?q=Keijo", ["d1.html", "d1.html#p3"]),
        ("search.html?q=" + quote("дивизию"), ["d1.html", "d1.html#p1"]),
        ("search.html?q=" + quote("посол") + "&language=ru", ["d2.html", "d2.html#p1"]),
        ("search.html?place=seoul&language=en", ["d1.html", "d1.html#p3"]),
        ("search.html?person=stalin&language=ru", ["d1.html", "d1.html#p2"]),
        ("search.html?q=helicopter", []),
    ],
)
def test_a_reader_finds_passages(
    edition: Edition, address: str, question: str, links: list[str], tmp_path: Path
) -> None:
    shown = answer(edition, address, question, tmp_path)
    assert [a.get("href") for a in shown.iter("a")] == links


@pytest.mark.browser
def test_a_passage_found_by_another_form_of_a_name_shows_its_own_words(
    edition: Edition, address: str, tmp_path: Path
) -> None:
    shown = answer(edition, address, "search.html?q=Stalin", tmp_path)
    assert text(having(shown, "contexts")[0]) == "Доложено ФИЛИППОВУ телеграммой."


@pytest.mark.browser
@pytest.mark.parametrize(
    ("question", "documents", "said"),
    [
        ("search.html?person=p11", {"d1.html", "d2.html"}, "Texts found: 2"),
        ("search.html?person=second", {"d2.html"}, "Texts found: 1"),
        ("search.html?person=" + quote("Twin (first)"), {"d1.html"}, "Texts found: 1"),
        ("search.html?person=twin", {"d1.html", "d2.html"}, "Texts found: 2"),
        ("ru/search.html?person=joseph", {"d2.html"}, "Найдено текстов: 1"),
        ("search.html?person=nobody", set(), "The register has no such name: nobody"),
    ],
)
def test_one_of_very_many_is_found_by_a_typed_name(
    crowd: Edition, question: str, documents: set[str], said: str, tmp_path: Path
) -> None:
    with served(crowd) as address:
        shown = answer(crowd, address, question, tmp_path)
    assert {str(a.get("href")).partition("#")[0] for a in shown.iter("a")} == documents
    assert text(shown.get_element_by_id("search-count")) == said


OFFERING = """<!DOCTYPE html><meta charset="utf-8"><iframe src="{address}"></iframe><img src="hold">
<div id="out"></div><script>
const frame = document.querySelector("iframe");
const waiting = setInterval(() => {{
  const field = frame.contentDocument?.querySelector("#search-form:not([hidden]) #filter-person");
  if (!field) return;
  const offered = [...field.list.options].map((one) => one.value + (one.label ? " | " + one.label : ""));
  if (field.value !== "{typed}") {{
    field.focus();
    field.value = "{typed}";
    field.dispatchEvent(new Event("input"));
  }} else if (offered.length && offered.length < 50) {{
    document.querySelector("#out").append(offered.join("; "));
    clearInterval(waiting);
    fetch("done");
  }}
}}, 50);
</script>"""
"""A page that types into a field of a page that it holds, and shows what is offered."""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("page_", "typed", "offered"),
    [
        ("search.html", "twi", "Twin (first); Twin (second)"),
        ("search.html", "invented 9", "; ".join(["Invented 9", *(f"Invented {number}" for number in range(90, 100))])),
        ("ru/search.html", "Stalin", "Иосиф Сталин | Joseph Stalin"),
    ],
)
def test_names_that_fit_what_is_typed_are_offered(
    crowd: Edition, page_: str, typed: str, offered: str, tmp_path: Path
) -> None:
    offering = crowd.build / "site" / "asking.html"
    with served(crowd) as address:
        offering.write_text(OFFERING.format(address=page_, typed=typed), encoding="utf-8")
        shown = shown_by_chromium(f"{address}/asking.html", tmp_path)
    offering.unlink()
    assert text(shown) == offered


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("is_dark", [False, True])
def test_axe_finds_nothing_where_names_are_typed(crowd: Edition, tmp_path: Path, is_dark: bool) -> None:
    pages = ["search.html?person=twin", "ru/search.html?person=nobody"]
    seen = list(seen_by_axe(crowd.build / "site", pages, tmp_path, width=360, is_dark=is_dark))
    assert [(one.page, *fault) for one in seen for fault in one.faults] == []


def test_very_many_names_are_no_part_of_the_page_and_those_of_one_name_are_told_apart(crowd: Edition) -> None:
    shown = page(crowd, "search.html")
    assert shown.get_element_by_id("filter-person").get("data-names") == "names/person.en.json"
    assert list(shown.get_element_by_id("values-person")) == []
    names = json.loads((crowd.build / "site" / "names" / "person.en.json").read_text(encoding="utf-8"))
    assert names[0] == ["p0", "Invented 0", ""]
    assert [one[1] for one in names if one[0] in {"first", "second"}] == ["Twin (first)", "Twin (second)"]


def test_only_the_index_of_a_language_whose_texts_changed_is_made_anew(tmp_path: Path) -> None:
    edition = searchable(tmp_path)
    search = edition.build / "site" / "search"
    before = {language: (search / language / "pagefind-entry.json").stat().st_mtime_ns for language in ("en", "ru")}
    document = edition.tei / "d1.xml"
    document.write_text(document.read_text(encoding="utf-8").replace("A division left", "It left"), encoding="utf-8")
    build_website(edition, jobs=1)
    after = {language: (search / language / "pagefind-entry.json").stat().st_mtime_ns for language in ("en", "ru")}
    assert after["en"] != before["en"]
    assert after["ru"] == before["ru"]


def test_the_shadow_of_a_document_has_every_form_of_its_names(edition: Edition) -> None:
    path = edition.build / ".state" / "website" / "shadows" / "ru" / shelf_of("d1") / "d1.html"
    shown = html.document_fromstring(path.read_text(encoding="utf-8"))
    passages = [text(p) for p in shown.iter("p")]
    assert passages == [
        "Дивизия ушла на юг.",
        "⁑",
        "Доложено ФИЛИППОВУ телеграммой.",
        "⁑ Joseph Stalin Иосиф Сталин Филиппов",
    ]
    filters = shown.xpath("//meta[starts-with(@data-pagefind-filter, 'person')]/@content")
    assert filters == ["stalin"]


def test_a_reader_without_script_or_server_is_led_to_the_registers(edition: Edition) -> None:
    shown = page(edition, "search.html")
    form = shown.get_element_by_id("search-form")
    assert form.get("hidden") is not None
    instead = shown.get_element_by_id("search-instead")
    assert "JavaScript" in text(instead)
    assert next(a.get("href") for a in instead.iter("a")) == "persons.html"


def test_the_form_offers_what_the_documents_have(edition: Edition) -> None:
    form = page(edition, "ru/search.html").get_element_by_id("search-form")
    offered = {str(select.get("name")): [text(option) for option in select][1:] for select in form.iter("select")}
    assert offered == {"person": ["Иосиф Сталин"], "place": ["Сеул"], "language": ["английский", "русский"]}


def test_a_document_that_is_gone_is_not_found(tmp_path: Path) -> None:
    edition = searchable(tmp_path)
    (edition.tei / "d2.xml").unlink()
    (edition.tei / "d1.xml").write_text(
        (edition.tei / "d1.xml").read_text(encoding="utf-8").replace('xml:lang="en"', 'xml:lang="ru"'), encoding="utf-8"
    )
    build_website(edition, jobs=1)
    shadows = edition.build / ".state" / "website" / "shadows"
    assert list(shadows.rglob("*.html")) == [shadows / "ru" / shelf_of("d1") / "d1.html"]
    assert sorted(path.name for path in (edition.build / "site" / "search").iterdir()) == ["ru"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    """Return an edition whose Russian documents, all invented, are shared out among two indexes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "IN_ONE", 2)
        yield searchable(tmp_path_factory.mktemp("shared"), "d3", "d4")


def test_many_documents_are_shared_out_among_indexes(shared: Edition) -> None:
    assert {int(shelf_of(name)) % 2 for name in ("d1", "d2", "d3", "d4")} == {0, 1}
    names = sorted(path.name for path in (shared.build / "site" / "search").iterdir())
    assert names == ["en", "ru.0", "ru.1"]
    form = page(shared, "search.html").get_element_by_id("search-form")
    assert form.get("data-bundles") == " ".join(names)


@pytest.mark.browser
def test_a_reader_finds_what_several_indexes_have(shared: Edition, tmp_path: Path) -> None:
    with served(shared) as address:
        shown = answer(shared, address, "search.html?q=" + quote("посол"), tmp_path)
    assert sorted({str(a.get("href")).partition("#")[0] for a in shown.iter("a")}) == ["d2.html", "d3.html", "d4.html"]


def test_a_changed_document_costs_its_own_index_alone(shared: Edition) -> None:
    indexes = {index.name: index for index in indexes_of(shared.build / ".state" / "website" / "shadows")}
    entries = {name: shared.build / "site" / "search" / name / "pagefind-entry.json" for name in indexes}
    before = {name: entry.stat().st_mtime_ns for name, entry in entries.items()}
    document = shared.tei / "d3.xml"
    document.write_text(document.read_text(encoding="utf-8").replace("уехал", "приехал"), encoding="utf-8")
    build_website(shared, jobs=1)
    changed = {name for name, entry in entries.items() if entry.stat().st_mtime_ns != before[name]}
    assert changed == {name for name, index in indexes.items() if shelf_of("d3") in index.shelves} - {"en"}


@given(documents=st.lists(st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True)), power=st.integers(0, 6))
def test_each_document_stands_in_one_index(documents: list[str], power: int) -> None:
    indexes = [search.Index("ru", number, 2**power) for number in range(2**power)]
    for name in documents:
        assert [shelf_of(name) in index.shelves for index in indexes].count(True) == 1


def test_the_search_may_be_left_as_it_is(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["sheets"])
    build_website(edition, jobs=1, searching=False)
    assert not (edition.build / "site" / "search").exists()
    build_website(edition, jobs=1)
    assert (edition.build / "site" / "search").is_dir()


def test_the_engine_says_its_version() -> None:
    assert engine().startswith("Pagefind ")


def test_an_edition_without_a_word_has_a_site_without_an_index(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [])
    add(edition, "d1", '<div type="original" xml:lang="ru"><p>…</p></div>')
    assert build_website(edition, jobs=1).problems == ()
    assert having(page(edition, "d1.html"), "witness")
    assert list((edition.build / "site" / "search").glob("*")) == []

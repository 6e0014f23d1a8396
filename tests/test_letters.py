"""Turn registers of invented persons, divided by letter, into pages, and look at where each stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edition import Edition
from pipeline.stylesheets import Source
from pipeline.website import build_website, letters, registers
from pipeline.website.folder import Site
from pipeline.website.letters import letter_pages, letters_of
from pipeline.website.mentions import Entry, Found
from pipeline.website.paging import ALL, steps
from pipeline.website.rendering import transformed
from tests.axe import seen_by_axe
from tests.test_search import served, shown_by_chromium
from tests.test_website import add, edition_of, having, links, page, text
from tests.vnu import errors_by_vnu

NAMES = {
    "abba": ("Abba", "Абба"), "abel": ("Abel", "Авель"), "adam": ("Adam", "Адам"), "baal": ("Baal", "Ваал"),
    "zeno": ("Zeno", "Зенон"), "mao": ("毛一", "毛一"), "pak": ("박일", "박일"),
}  # fmt: skip
"""Invented persons: what each is called in English and in Russian."""


WAITING = """<!DOCTYPE html><meta charset="utf-8"><iframe src="{address}"></iframe><img src="hold">
<p id="out"></p><script>
const frame = document.querySelector("iframe"), first = Date.now();
const waiting = setInterval(() => {{
  const head = frame.contentDocument?.querySelector("h1")?.textContent;
  if (!head || (/Persons|Лица/.test(head) && Date.now() - first < 3000)) return;
  document.querySelector("#out").append(head);
  clearInterval(waiting);
  fetch("done");
}}, 50);
</script>"""
"""A page that holds a page of the site, and says to which page that has led after three seconds at most."""


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return the built site of an edition whose register of persons is divided, with room for two names on a page."""
    edition = edition_of(tmp_path_factory.mktemp("divided"), [])
    file = edition.tei / "authorities" / "persons.xml"
    entries = "".join(
        f'<person xml:id="{key}"><persName xml:lang="en">{english}</persName>'
        f'<persName xml:lang="ru">{russian}</persName></person>'
        for key, (english, russian) in NAMES.items()
    )
    known = file.read_text(encoding="utf-8").partition("<listPerson>")
    file.write_text(f"{known[0]}<listPerson>{entries}</listPerson>{known[2].partition('</listPerson>')[2]}", "utf-8")
    said = "".join(f'<persName ref="authorities/persons.xml#{key}">X</persName> ' for key in [*NAMES, "zeno"])
    add(edition, "d1", f'<p xml:id="p1">{said} <persName>Unknown</persName></p>')
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registers, "LONG", 1)
        patch.setattr(letters, "MOST", 2)
        patch.setattr(registers, "WHOLE", 300)
        patch.setattr(letters, "PORTION", 150)
        assert build_website(edition, jobs=1).problems == ()
    return edition


def row(edition: Edition, name: str, number: int = 0) -> dict[str, str]:
    """Return the links of a row on a page: what each is called, and its address."""
    return {text(a): str(a.get("href")) for a in having(page(edition, name), "letters")[number].iter("a")}


def test_a_register_that_is_divided_leads_to_the_pages_of_its_letters(divided: Edition) -> None:
    assert row(divided, "persons.html") == {
        "A": "persons.-a.html",
        "B": "persons.-b.html",
        "Z": "persons.-z.html",
        "Chinese characters": "persons.-han.html",
        "Hangul": "persons.-hangul.html",
        "Not identified": "#not-identified",
    }
    assert [*row(divided, "ru/persons.html").values()][:3] == [
        "persons.-u0430.html",
        "persons.-u0432.html",
        "persons.-u0437.html",
    ]
    assert text(having(page(divided, "persons.html"), "parts")[0][0]) == "Zeno 2"


def test_a_letter_with_too_many_names_has_several_pages_and_each_leads_to_the_others(divided: Edition) -> None:
    shown = [[text(li) for li in having(page(divided, f"persons.{name}.html"), "parts")[0]] for name in ("-a", "2.-a")]
    assert shown == [["Abba 1", "Abel 1"], ["Adam 1"]]
    assert row(divided, "persons.2.-a.html", 1) == {"Abba …": "persons.-a.html", "Adam …": "persons.2.-a.html"}
    here = page(divided, "persons.2.-a.html").xpath("//nav[@class='letters']/a[@aria-current]")
    assert [text(a) for a in here] == ["A", "Adam …", "Adam …"]


def test_every_link_and_passage_of_a_divided_register_is_there(divided: Edition) -> None:
    followed, dead = links(divided)
    assert dead == []
    assert followed > 500


def test_an_entry_leads_back_to_where_its_register_lists_it(divided: Edition) -> None:
    for name, letter in (("persons.adam.html", "-a"), ("ru/persons.adam.html", "-u0430")):
        assert [a.get("href") for a in having(page(divided, name), "date")[0].iter("a")] == [
            f"persons.2.{letter}.html#adam"
        ]


def test_a_page_of_a_letter_leads_readers_of_another_language_to_the_register(divided: Edition) -> None:
    shown = page(divided, "persons.-a.html")
    assert [a.get("href") for a in having(shown, "languages")[0].iter("a")] == ["persons.-a.html", "ru/persons.html"]
    assert shown.xpath("//link[@rel='alternate']") == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "heading"),
    [("persons.html#adam", "Adam"), ("ru/persons.html#adam", "Адам"), ("persons.html#x", "Persons")],
)
def test_the_address_that_an_entry_had_in_a_short_register_leads_to_its_page(
    divided: Edition, address: str, heading: str, tmp_path: Path
) -> None:
    waiting = divided.build / "site" / "waiting.html"
    waiting.write_text(WAITING.format(address=address), encoding="utf-8")
    with served(divided) as host:
        shown = shown_by_chromium(f"{host}/waiting.html", tmp_path)
    waiting.unlink()
    assert text(shown) == heading


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("is_dark", [False, True])
def test_axe_finds_nothing_on_the_pages_of_a_divided_register(divided: Edition, tmp_path: Path, is_dark: bool) -> None:
    pages = ["persons.html", "persons.2.-a.html", "ru/persons.-u0430.html", "persons.0.html", "ru/persons.mao.html"]
    seen = list(seen_by_axe(divided.build / "site", pages, tmp_path, width=360, is_dark=is_dark))
    assert [(one.page, *fault) for one in seen for fault in one.faults] == []
    assert min(one.rules for one in seen) >= 20


@pytest.mark.slow
def test_the_pages_of_a_divided_register_are_valid(divided: Edition) -> None:
    assert errors_by_vnu(divided.build / "site") == []


def many(number: int) -> list[Found]:
    """Return so many invented persons under one letter, sorted."""
    found = []
    for one in range(number):
        key, head = f"invented-{one:06}", f"Бавегодижузов-{one:06}, Илья"
        found.append(Found(key, head, head, 1, Entry("persons", key, "persons.xml", {"ru": (head, head)}), ("",)))
    return found


def test_no_page_of_a_letter_outgrows_the_rest_and_all_of_them_together_grow_with_the_names(divided: Edition) -> None:
    made = {number: [*letter_pages("persons", "ru", letters_of(many(number)), "")] for number in (5000, 40000)}
    heaviest = max((one for pages in made.values() for one in pages), key=lambda one: len(one.content().encode()))
    site = Site(divided, ("en", "ru"), (), has_marks=False)
    shown = transformed(site, "register", Source(heaviest.content(), divided.corpus), "ru", {"page": heaviest.name})
    assert len(shown.encode()) < 150_000
    few, lots = (sum(len(one.content()) for one in pages) for pages in made.values())
    assert lots < 8.5 * few


@given(st.integers(1, 3000), st.data())
def test_law_any_page_is_a_few_steps_from_any_other_and_the_steps_are_few(last: int, data: st.DataObject) -> None:
    start, goal = (data.draw(st.integers(1, last)) for _ in range(2))
    taken = 0
    while start != goal:
        ways = steps(start, last)
        assert start in ways
        assert len(ways) <= max(ALL, 2 * last.bit_length() + 3)
        start = min(ways, key=lambda one: (abs(one - goal), one))
        taken += 1
    assert taken <= last.bit_length() + 1

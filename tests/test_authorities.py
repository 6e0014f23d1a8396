"""The lists of persons, places and bodies: what editors write in them, and what is made from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.authorities.entries import EASTERN, FILES, Authority, read_authority
from pipeline.authorities.forms import Kind, forms_of
from pipeline.authorities.index import build_index, make_index, read_index
from pipeline.authorities.keys import folded, in_one_script, key_of
from pipeline.authorities.suggestions import Suggestion, find_suggestions
from pipeline.authorities.transliteration import cyrillic_of_japanese, english_of_russian, latin_of_cyrillic
from pipeline.conversion import convert
from pipeline.edition import Edition
from pipeline.founding import found_edition
from pipeline.tei import NAMESPACES, local_name, parse_tei, read_tei
from pipeline.validation import check
from tests.tei_all import CLONE

LISTS = CLONE / "tests" / "cases" / "names" / "lists"
HEAD = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listPerson>'
FOOT = "</listPerson></standOff></TEI>"
TELEGRAM = """Совершенно секретно

ПРИМЕРОВУ

Сообщаю, что Мао Цзэдун и тов. Небылов придумали дождь. Третий день он идет над городом Тутинском, и зонтов нет.

ВЫДУМКИН

1 октября 1950 г.
"""


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Return a new edition with the lists for tests."""
    edition = found_edition(tmp_path / "edition", "Invented", "2026-01-01")
    shutil.copytree(LISTS / "tei" / "authorities", edition.tei / "authorities", dirs_exist_ok=True)
    (edition.seeds / "1.txt").write_text(TELEGRAM, encoding="utf-8")
    return edition


def authority_of(tmp_path: Path, persons: str) -> Authority:
    folder = tmp_path / "tei" / "authorities"
    folder.mkdir(parents=True)
    (folder / FILES["person"]).write_text(HEAD + persons + FOOT, encoding="utf-8")
    return read_authority(Edition(tmp_path))


def problems_of(tmp_path: Path, persons: str) -> list[str]:
    _, problems = make_index(Edition(tmp_path)) if authority_of(tmp_path, persons) else (None, ())
    return [found.code for found in problems]


MISTAKES = {
    "an entry without xml:id": ("<person><persName>Primerov</persName></person>", ["A001"]),
    "an entry without a name": ('<person xml:id="a"><birth when="1900"/></person>', ["A002"]),
    "an empty name": ('<person xml:id="a"><persName/><persName>Primerov</persName></person>', ["A003"]),
    "a language that is none": (
        '<person xml:id="a"><persName xml:lang="russian language">P</persName></person>',
        ["A004"],
    ),
    "a name of two entries": (
        '<person xml:id="a"><persName>Primerov</persName></person>'
        '<person xml:id="b"><persName>PRIMEROV</persName></person>',
        ["A005"],
    ),
    "nothing wrong": ('<person xml:id="a"><persName xml:lang="ru">Примеров, Иван</persName></person>', []),
}


@pytest.mark.parametrize(("persons", "codes"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_in_a_list_is_reported_and_stops_nothing(tmp_path: Path, persons: str, codes: list[str]) -> None:
    assert problems_of(tmp_path, persons) == codes
    assert [found.code for found in make_index(Edition(tmp_path))[1]] == codes  # remembered


def test_a_list_that_is_no_xml_is_reported(tmp_path: Path) -> None:
    assert [found.code for found in authority_of(tmp_path, "<person>").problems] == ["X005"]


def test_a_name_is_read_alike_with_its_parts_marked_and_without(tmp_path: Path) -> None:
    marked = "<surname>Примеров</surname>, <forename>Иван</forename> <addName type='patronymic'>Ильич</addName>"
    persons = f'<person xml:id="a"><persName>{marked}</persName><persName>Примеров, Иван Ильич</persName></person>'
    (entry,) = authority_of(tmp_path, persons).entries
    assert entry.names[0] == entry.names[1]


def test_what_is_listed_is_a_form_and_what_is_made_of_it_says_so() -> None:
    entries = {entry.id: entry for entry in read_authority(Edition(LISTS)).entries}
    kinds = {form.text: form.kind for form in forms_of(entries["mao"])}
    assert kinds["Мао Цзэдун"] is Kind.LISTED
    assert kinds["Мао Цзэдуна"] is Kind.MADE
    assert kinds["Мао"] is Kind.BARE
    assert entries["mao"].is_eastern
    assert {"zh", "ko"} <= EASTERN
    assert {form.kind for form in forms_of(entries["roshchin"]) if "осол" in form.text} == {Kind.OFFICE}


def test_a_japanese_reading_becomes_cyrillic_and_then_latin() -> None:
    assert cyrillic_of_japanese("Kaishu") == ("Кайсю",)
    assert latin_of_cyrillic("Кайсю") == "Kaisiu"
    assert "Кайдзио" in cyrillic_of_japanese("Kaijo")
    assert cyrillic_of_japanese("Vladivostok") == ()
    assert english_of_russian("Юдин") == ("Iudin", "Yudin")


@pytest.mark.parametrize("text", ["Мао Цзэ-дун", "Wŏnsan", "İstanbul", "ﬃ", "П'ён", "a\u0301"])
def test_folding_keeps_the_length_of_a_text(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert len(in_one_script(text, "ru")) == len(text)


def test_spellings_of_one_name_have_one_key() -> None:
    assert len({key_of(name) for name in ("Мао Цзэдун", "МАО ЦЗЕ-ДУН", "Мао Цзэ Дун", "М а о Ц з э д у н")}) == 1
    assert key_of("Wŏnsan") == key_of("WONSAN")


def test_an_index_read_from_its_file_says_the_same_as_in_memory(edition: Edition) -> None:
    file, problems = make_index(edition)
    assert file
    assert not problems
    read, built = read_index(file), build_index(read_authority(edition).entries)
    keys = built.like("x")
    assert len(keys) > 100
    assert {key: read.meanings(key) for key in keys} == {key: built.meanings(key) for key in keys}
    assert read.prefixes("мaoцзэдун") == built.prefixes("мaoцзэдун")


def test_a_trial_writes_nothing(edition: Edition) -> None:
    before = sorted(edition.root.rglob("*"))
    assert "persons.xml#mao" in "".join(convert(edition, jobs=1, dry_run=True).changes)
    assert sorted(edition.root.rglob("*")) == before


def test_a_changed_list_marks_the_documents_anew(edition: Edition) -> None:
    convert(edition, jobs=1)
    (document,) = edition.documents()
    assert "persons.xml#mao" in document.read_text(encoding="utf-8")
    assert "persons.xml#nebylov" not in document.read_text(encoding="utf-8")
    assert convert(edition, jobs=1).outcome.made == 0
    persons = edition.tei / "authorities" / "persons.xml"
    new = '<person xml:id="nebylov"><persName xml:lang="ru">Небылов, Иван</persName></person></listPerson>'
    persons.write_text(persons.read_text(encoding="utf-8").replace("</listPerson>", new), encoding="utf-8")
    assert convert(edition, jobs=1).outcome.made == 1
    assert "persons.xml#nebylov" in document.read_text(encoding="utf-8")


OVER_TWO_SHEETS = """Товарищу ПРИМЕРОВУ

Сообщаю, что погода в Тутинске не улучшилась и что жители запасают дрова и зонты. Об этом знает и товарищ Мао Цзэ-

(см. сл. лист)

Продолжение шифртелеграммы № 77003

Лист 2

дун, но помочь он не может. Больше сообщить нечего.

ВЫДУМКИН
"""


def test_a_name_over_a_sheet_break_is_one_element(edition: Edition) -> None:
    (edition.seeds / "1.txt").write_text(OVER_TWO_SHEETS, encoding="utf-8")
    convert(edition, jobs=1)
    (document,) = edition.documents()
    (name,) = read_tei(document).getroot().iterfind(".//tei:p//tei:persName[@ref]", NAMESPACES)
    assert name.get("ref") == "authorities/persons.xml#mao"
    assert [local_name(child) for child in name] == ["pc", "fw", "pb", "fw", "fw"]


def test_a_certainty_that_the_schema_does_not_know_counts_as_low(tmp_path: Path) -> None:
    (entry,) = authority_of(tmp_path, '<person xml:id="a" cert="sure"><persName>Primerov</persName></person>').entries
    assert entry.cert == "low"


def test_a_new_edition_has_three_lists_without_entries(tmp_path: Path) -> None:
    edition = found_edition(tmp_path / "new", "Invented", "2026-01-01")
    assert sorted(path.name for path in (edition.tei / "authorities").iterdir()) == sorted(FILES.values())
    assert make_index(edition) == (None, ())
    assert {found.code for found in check(edition, jobs=1).problems} == {"R035"}


def test_names_in_the_header_lead_to_the_lists_too(edition: Edition) -> None:
    seed = edition.seeds / "1.txt"
    text = TELEGRAM.replace("ПРИМЕРОВУ", "Товарищу КИМ ИР-СЕНУ").replace("ВЫДУМКИН", "ФИЛИППОВ [СТАЛИН]")
    seed.write_text(text, encoding="utf-8")
    convert(edition, jobs=1)
    (document,) = edition.documents()
    names = read_tei(document).getroot().iterfind(".//tei:correspAction/tei:persName", NAMESPACES)
    told = {" ".join("".join(map(str, name.itertext())).split()): name.get("ref") for name in names}
    assert told == {
        "ФИЛИППОВ [СТАЛИН]": "authorities/persons.xml#stalin",
        "КИМ ИР-СЕНУ": "authorities/persons.xml#kim",
    }


def suggestions(body: str) -> tuple[Suggestion, ...]:
    division = f'<div xml:lang="ru" xml:id="ru">{body}</div>'
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{division}</body></text></TEI>'
    return find_suggestions(
        parse_tei(text.encode(), "x").getroot(), build_index(read_authority(Edition(LISTS)).entries)
    )


def test_a_misspelt_name_suggests_whom_it_may_mean() -> None:
    (found,) = suggestions('<p xml:id="p1">Товарищу <persName>СИЛИПОВУ</persName></p>')
    assert (found.passage, found.text, found.occurrence, found.reason) == ("p1", "СИЛИПОВУ", 1, "unknown")
    assert found.candidates[0].reference == "authorities/persons.xml#stalin"


def test_a_suggestion_says_which_of_several_places_it_means() -> None:
    name = "<persName>Небылов</persName>"
    found = suggestions(f'<p xml:id="p1">{name}, и <fw>Небылов</fw> {name}.</p><p xml:id="p9">{name}</p>')
    assert [(one.passage, one.occurrence) for one in found] == [("p1", 1), ("p1", 2), ("p9", 1)]


def test_a_name_of_two_suggests_both() -> None:
    (found,) = suggestions('<p xml:id="p1"><persName>Кузнецову</persName></p>')
    assert found.reason == "ambiguous"
    assert len(found.candidates) == 2


def test_words_much_like_a_body_are_suggested_though_nothing_marks_them() -> None:
    (found,) = suggestions('<p xml:id="p1">Вся Народно-освободителная армия здесь.</p>')
    assert (found.text, found.kind, found.reason) == ("Народно-освободителная армия", "organisation", "unmarked")


def test_what_an_editor_left_open_is_not_suggested() -> None:
    assert not suggestions('<p xml:id="p1"><persName resp="#ivanova">СИЛИПОВУ</persName></p>')

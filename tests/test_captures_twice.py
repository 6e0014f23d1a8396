"""Turn two captures of one document without a record id into one warning, and two documents into none."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.conversion import convert
from pipeline.edition import Edition
from pipeline.founding import found_edition

CASES = Path(__file__).parent / "cases" / "captures"
TELEGRAM = (CASES / "transcript-with-title-and-date" / "input.txt").read_text(encoding="utf-8")


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return found_edition(tmp_path / "edition", "Invented", "2026-01-01")


def warnings_after(edition: Edition, second: str) -> list[tuple[str, str]]:
    (edition.seeds / "a.txt").write_text(TELEGRAM, encoding="utf-8")
    (edition.seeds / "b.txt").write_text(second, encoding="utf-8")
    found = convert(edition, jobs=1).outcome.problems
    return [(one.file, dict(one.arguments)["other"]) for one in found if one.code == "E021"]


def test_two_captures_of_one_telegram_are_told_in_every_run(edition: Edition) -> None:
    nearly = TELEGRAM.replace("the train will come", "that train will come")
    assert nearly != TELEGRAM
    first = warnings_after(edition, nearly)
    assert sorted(first[0]) == ["seeds/a.txt", "seeds/b.txt"]
    assert warnings_after(edition, nearly) == first


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><nav>Menu</nav><article><h1>{title}</h1><p>{date}</p>{text}</article></body></html>
"""
SHEET = """Digital Archive                            digitalarchive.example.org
                            International History Declassified


                 {date}
 {title}

Citation:
“{title},” {date}, History and Public Policy Program Digital Archive.
{address}

Original Language:
Russian

Contents:
      English Translation

{text}
"""
WORDS = """The harvest of this invented year is in, and the trains that carry it go by night. Of the forty that were
promised thirty have come; the others wait beyond the river until the bridge is mended. We ask that the engineers of
the southern line be sent here before the first snow, with the timber that lies at the port.

The consul adds that flour is sold at twice the price of last month, that the mill stands still for want of coal, and
that the commandant has promised ten waggons if the road is guarded. He begs for an answer before the end of the week.
"""
DATE = "October 03, 1950"


def seed(edition: Edition, name: str, template: str, title: str, **parts: str) -> None:
    text = parts.get("text", WORDS)
    if template is PAGE:
        text = "".join(f"<p>{' '.join(one.split())}</p>" for one in text.split("\n\n"))
    filled = {"date": DATE, "address": "", **parts, "title": title, "text": text}
    (edition.seeds / name).write_text(template.format(**filled), encoding="utf-8")


def told(edition: Edition) -> list[tuple[str, str]]:
    found = convert(edition, jobs=1).outcome.problems
    return [(one.file, dict(one.arguments)["other"]) for one in found if one.code == "E021"]


def test_the_page_and_the_sheet_of_one_telegram_are_told_whatever_their_heads_say(edition: Edition) -> None:
    seed(edition, "a.html", PAGE, "Telegram from Petrov to Sidorov")
    seed(edition, "b.txt", SHEET, "Report on the Harvest", text=WORDS.replace("thirty", "thiry"))
    first = told(edition)
    assert [sorted(pair) for pair in first] == [["seeds/a.html", "seeds/b.txt"]]
    assert told(edition) == first
    (edition.seeds / "c.txt").write_text(TELEGRAM, encoding="utf-8")
    assert told(edition) == first
    seed(edition, "b.txt", SHEET, "Report on the Harvest", text="Nothing to report; the harvest is not in yet.")
    assert told(edition) == []


def test_a_capture_in_two_languages_and_one_in_one_of_them_are_told(edition: Edition) -> None:
    (edition.seeds / "a.txt").write_text(TELEGRAM, encoding="utf-8")
    russian = "Товарищу Ли. Прошу сообщить, когда придет поезд.\nПРИМЕРОВ\n\n"
    assert russian in TELEGRAM
    (edition.seeds / "b.txt").write_text(TELEGRAM.replace(russian, ""), encoding="utf-8")
    assert [sorted(pair) for pair in told(edition)] == [["seeds/a.txt", "seeds/b.txt"]]


def test_records_of_which_one_has_a_number_and_one_a_name_may_be_one(edition: Edition) -> None:
    address = "http://digitalarchive.wilsoncenter.org/document/"
    title = "Telegram from Petrov to Sidorov"
    seed(edition, "a.txt", SHEET, title, address=f"{address}990001")
    seed(edition, "b.txt", SHEET, title, address=f"{address}telegram-from-petrov-to-sidorov", text=f"{WORDS}\nPetrov")
    assert [sorted(pair) for pair in told(edition)] == [["seeds/a.txt", "seeds/b.txt"]]
    seed(edition, "b.txt", SHEET, title, address=f"{address}990002", text=f"{WORDS}\nPetrov")
    assert told(edition) == []


def test_a_circular_is_as_many_documents_as_it_has_addressees(edition: Edition) -> None:
    seed(edition, "a.html", PAGE, "Telegram from Petrov to Sidorov")
    seed(edition, "b.html", PAGE, "Telegram from Petrov to Ivanov", text=f"{WORDS}\n\nPetrov")
    assert told(edition) == []


def test_texts_of_two_formats_that_agree_by_formula_alone_are_two(edition: Edition) -> None:
    formula = "Please confirm receipt of our telegram without delay and report."
    seed(edition, "a.html", PAGE, "Telegram from Petrov to Sidorov", text=formula)
    seed(edition, "b.txt", SHEET, "Telegram from Ivanov to Orlov", text=formula)
    assert told(edition) == []


def test_two_telegrams_of_one_day_are_two(edition: Edition) -> None:
    other = TELEGRAM.replace("Прошу сообщить, когда придет поезд.", "Хлеб, о котором Вы писали, получен вчера вечером.")
    other = other.replace(
        "I ask you to report when the train will come.", "The bread of which you wrote came yesterday."
    )
    assert warnings_after(edition, other) == []

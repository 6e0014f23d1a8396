"""Build volumes with names on known pages and look whether the lists and indexes say so."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alphabets import sort_key
from pipeline.edition import Edition
from pipeline.tei import TEI
from pipeline.typesetting import build_print
from pipeline.typesetting.indexes import concordance

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases" / "print"
WORDS = {"between-parts": ", ", "part-verso": "ob.", "part-lists": "ll."} | {
    f"part-{kind}": f"{kind[0]}." for kind in ("fond", "opis", "portfel", "papka", "delo", "list")
}

INVENTED = ("Ambrosius", "Balthasar", "Celestine", "Dorothea", "Эсмеральда", "Флорентий", "Гервасий")
"""Invented persons, named in the invented documents exactly as the list of persons calls them."""

Lists = Mapping[str, Any]


def pages_of(edition: Edition) -> list[str]:
    """Return the text of each page of the volume, white space folded, words and ranges not broken."""
    with pypdfium2.PdfDocument(edition.build / "print" / "volume.pdf") as pdf:
        texts = [pdf[index].get_textpage().get_text_bounded() for index in range(len(pdf))]
    texts = [re.sub("[\u2060]|[\x02\ufffe]\\s*", "", text) for text in texts]
    return [re.sub(r"(\d–) (?=\d)", r"\1", " ".join(text.split())) for text in texts]


def outline_of(edition: Edition) -> list[str]:
    with pikepdf.open(edition.build / "print" / "volume.pdf") as pdf, pdf.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def lists_in(edition: Edition) -> Lists:
    lists: Lists = json.loads((edition.build / ".state" / "print" / "lists.json").read_bytes())
    return lists


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return the first edition with its volume."""
    folder = tmp_path_factory.mktemp("real").resolve()
    shutil.copytree(ROOT / "tei", folder / "tei")
    build_print(Edition(folder), jobs=1)
    return Edition(folder)


def named(name: str) -> str:
    return f'<persName ref="authorities/persons.xml#p{INVENTED.index(name)}">{name}</persName>'


def paragraphs(seed: int, lang: str) -> Iterator[str]:
    """Yield invented paragraphs, long enough for several pages; each person comes in some of them."""
    for number in range(40):
        here = [name for index, name in enumerate(INVENTED[:-2]) if (number * (seed + 2) + index * 7) % 11 < 2]
        words = " ".join(f"{'слово' if lang == 'ru' else 'word'}{number}" for _ in range(60))
        yield f"<p>{words} {' '.join(map(named, here))} {words}</p>"


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return an edition of invented documents in two languages beside each other, with its volume."""
    folder = tmp_path_factory.mktemp("invented").resolve()
    (folder / "tei" / "authorities").mkdir(parents=True)
    shutil.copy(CASES / "edition" / "corpus.xml", folder / "tei")
    persons = "".join(
        f'<person xml:id="p{i}"><persName>{name}</persName>{covers(i)}</person>' for i, name in enumerate(INVENTED)
    )
    (folder / "tei" / "authorities" / "persons.xml").write_text(
        f'<TEI xmlns="{TEI}"><standOff><listPerson>{persons}</listPerson></standOff></TEI>', encoding="utf-8"
    )
    for seed in range(3):
        note = f'<p>End.<note resp="#editor">A note on {named(INVENTED[-2])}.</note></p>'
        lost = '<p><persName ref="authorities/persons.xml#nobody">N.</persName> <rs ref="lost.xml#x https://e.org/y">it</rs></p>'
        (folder / "tei" / f"d{seed}.xml").write_text(
            f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>Invented {seed}</title></titleStmt></fileDesc>'
            f'</teiHeader><text><body><div type="original" xml:lang="ru">{"".join(paragraphs(seed, "ru"))}{note}</div>'
            f'<div type="translation" xml:lang="en">{"".join(paragraphs(seed, "en"))}{lost}</div></body></text></TEI>',
            encoding="utf-8",
        )
    build_print(Edition(folder), jobs=1)
    return Edition(folder)


def covers(number: int) -> str:
    """Return a cover name that two persons share, and one for a person whom no document names."""
    return '<persName type="cover-name">Zephyr</persName>' if number in {1, 2, 6} else ""


def located(words: str) -> set[int]:
    """Return the pages that locators such as `3, 5–7, 9 n.` mean."""
    pages: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:–(\d+))?", words):
        pages |= set(range(int(first), int(last or first) + 1))
    return pages


def test_an_index_gives_every_page_of_a_name_and_no_other(invented: Edition) -> None:
    pages = pages_of(invented)
    (index,) = [number for number, text in enumerate(pages) if re.search(r"Index of persons .*Ambrosius,", text)]
    start = next(number for number, text in enumerate(pages) if "слово0" in text)
    for name in INVENTED[:-1]:
        found = re.search(rf"{name}, ((?:\d+(?:–\d+)?(?:\sn\.)?(?:, )?)+)", pages[index])
        assert found, name
        expected = {number - start + 1 for number in range(start, index) if name in pages[number]}
        assert located(found[1]) == expected, name
        firsts = [int(first) for first in re.findall(r"(\d+)(?:–\d+)?", found[1])]
        assert firsts == sorted(firsts)
    assert "–" in pages[index]


def test_a_name_that_only_a_note_has_is_marked_so(invented: Edition) -> None:
    index = next(text for text in pages_of(invented) if "Index of persons Numbers are pages" in text)
    assert re.search(r"Флорентий, \d+\sn\., \d+\sn\., \d+\sn\.", index)


def test_who_is_not_named_has_no_entry_and_nothing_leads_to_him(invented: Edition) -> None:
    text = " ".join(pages_of(invented))
    assert "Гервасий" not in text
    assert "Zephyr (cover name) see Balthasar; Celestine" in text


def test_a_volume_has_only_the_lists_that_it_has_entries_for(invented: Edition) -> None:
    titles = outline_of(invented)
    assert [title for title in titles if not title.startswith(("1.", "2.", "3."))] == [
        "Introduction",
        "Введение",
        "Editorial principles",
        "List of persons",
        "Index of persons",
    ]


def test_locators_are_links_that_stand_in_the_structure(invented: Edition) -> None:
    with pikepdf.open(invented.build / "print" / "volume.pdf") as pdf:
        last = pdf.pages[-1]
        links = [note for note in last.get("/Annots", []) if note.get("/Subtype") == "/Link"]
        assert len(links) > len(INVENTED)
        assert all("/StructParent" in link for link in links)


def test_the_first_edition_has_what_a_press_expects(real: Edition) -> None:
    titles = outline_of(real)
    expected = ["Editorial principles", "List of persons", "Archives and abbreviations"]
    expected += ["Index of persons", "Index of places", "Index of bodies", "Concordance of shelfmarks"]
    assert [title for title in titles if title in expected] == expected
    text = " ".join(pages_of(real))
    for words in (
        "Filippov (cover name) see Stalin, Joseph",
        "Филиппов (cover name) see Stalin, Joseph",
        "Fyn Si (cover name) see Stalin, Joseph",
        "Keijo (under Japanese rule) see Seoul",
        "PLA see People's Liberation Army",
        "RGASPI Russian State Archive of Socio-Political History, Moscow (РГАСПИ)",
        "Cde. Comrade",
        "Cover names: Филиппов; Filippov; Фын Си; Fyn Si; Feng Xi.",
        "Corrections. Nothing is corrected silently.",
    ):
        assert words in text


def test_references_lead_to_entries_and_each_index_is_sorted_in_its_scripts(real: Edition) -> None:
    for rows in lists_in(real)["indexes"].values():
        assert rows
        keys = {row["key"] for row in rows if "key" in row}
        assert all(target["key"] in keys for row in rows for target in row.get("see", []))
        order = [sort_key(row["sort"], "en") for row in rows]
        assert order == sorted(order)


@pytest.mark.parametrize("trim", ["170mm 240mm", "148mm 210mm"])
def test_lists_and_indexes_end_in_two_columns_of_one_height(tmp_path: Path, trim: str) -> None:
    """On the small page the list of persons would else end with two lines of an entry on a page of their own."""
    shutil.copytree(ROOT / "tei", tmp_path / "tei")
    corpus = tmp_path / "tei" / "corpus.xml"
    corpus.write_text(corpus.read_text("utf-8").replace("size: 170mm 240mm", f"size: {trim}"), encoding="utf-8")
    build_print(Edition(tmp_path.resolve()), jobs=1)
    with pypdfium2.PdfDocument(tmp_path / "build" / "print" / "volume.pdf") as pdf:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc() if mark.level == 0]
        following = [page for _, page in marks[1:]] + [len(pdf)]
        for (title, _), after in zip(marks, following, strict=True):
            if title.startswith(("List of persons", "Index of")):
                left, right = ends_of_columns(pdf[after - 1])
                assert abs(left - right) < 80, title


def ends_of_columns(page: pypdfium2.PdfPage) -> list[float]:
    """Return how high above the foot of the page the last line of each of its two columns ends, in points."""
    text, (width, _) = page.get_textpage(), page.get_size()
    boxes = [text.get_rect(index) for index in range(text.count_rects())]
    return [min(box[1] for box in boxes if (box[0] < width / 2) == left) for left in (True, False)]


def test_a_russian_volume_has_russian_lists(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tei", tmp_path / "tei")
    edition = Edition(tmp_path.resolve())
    corpus = edition.corpus.read_text(encoding="utf-8").replace('<language ident="en">English</language>', "")
    edition.corpus.write_text(corpus, encoding="utf-8")
    assert build_print(edition, jobs=1).problems == ()
    text = " ".join(pages_of(edition))
    for words in (
        "Указатель имён",
        "Филиппов (псевдоним) см. Сталин, Иосиф Виссарионович",
        "Ф. 45. Оп. 1. Д. 334 Л. 105–106",
    ):
        assert words in " ".join(text.split())
    sorts = [row["sort"] for row in lists_in(edition)["indexes"]["persons"]]
    assert re.match("[А-Я]", sorts[0])


def test_an_authority_file_that_cannot_be_read_is_named_and_the_volume_is_set(tmp_path: Path) -> None:
    shutil.copytree(CASES / "edition", tmp_path / "tei")
    shutil.copy(CASES / "one-language" / "input.xml", tmp_path / "tei" / "one-language.xml")
    (tmp_path / "tei" / "authorities").mkdir()
    (tmp_path / "tei" / "authorities" / "torn.xml").write_text("<TEI", encoding="utf-8")
    edition = Edition(tmp_path.resolve())
    assert [(found.file, found.code) for found in build_print(edition, jobs=1).problems] == [
        ("tei/authorities/torn.xml", "X003")
    ]
    assert "The earliest document" in " ".join(pages_of(edition))


def holding(fond: int, delo: int, leaves: str) -> Lists:
    return {
        "archive": "РГАСПИ",
        "settlement": "",
        "parts": [["fond", str(fond)], ["delo", str(delo)], ["list", leaves]],
        "shelfmark": "",
    }


@given(st.lists(st.tuples(st.integers(1, 2000), st.integers(1, 2000), st.integers(1, 300)), min_size=1, unique=True))
def test_law_shelfmarks_stand_in_the_order_of_their_numbers(marks: list[tuple[int, int, int]]) -> None:
    facts = {f"d{number}": {"holdings": [holding(*mark[:2], str(mark[2]))]} for number, mark in enumerate(marks)}
    (archive,) = concordance(facts, WORDS, "en")
    shown = [
        tuple(int(figure) for figure in re.findall(r"\d+", f"{file['file']} {row['leaves']}"))
        for file in archive["files"]
        for row in file["rows"]
    ]
    assert (archive["archive"], shown) == ("RGASPI", sorted(marks))


def test_a_shelfmark_cited_in_two_styles_is_one_row_and_the_back_of_a_leaf_is_said() -> None:
    twice = [holding(45, 1, "85об"), {**holding(45, 1, "85об"), "archive": "RGASPI"}]
    (archive,) = concordance({"d": {"holdings": twice}}, WORDS, "en")
    assert archive["files"] == [
        {"file": "f.\u00a045, d.\u00a01", "rows": [{"leaves": "l.\u00a085\u00a0ob.", "document": "d"}]}
    ]

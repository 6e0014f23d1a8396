"""Look at the printed page: where notes, sheets, heads and both languages stand, in each way and size of setting."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pipeline.edition import Edition, find_edition, read_facts
from pipeline.problems import Outcome
from pipeline.tei import NAMESPACES, read_tei
from pipeline.typesetting import build_print, set_document
from tests.test_typesetting import CASES, edition_of, reading_text, small_document, unbroken
from tests.test_typesetting import volume as pdf_of
from tests.vera import found_by_vera

REAL = find_edition(Path(__file__).parent)
POINTS = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A volume: which documents, in which way, on what paper."""

    documents: str
    """`real`: the edition itself; `invented`: the case with every kind of note."""
    rule: str


SETTINGS = [
    Setting(documents, f"size: {size}; --parallel-texts: {parallel}")
    for documents in ("real", "invented")
    for size, parallel in (
        ("170mm 240mm", "columns"),
        ("170mm 240mm", "facing"),
        ("A5", "columns"),
        ("A5", "facing"),
        ("6in 9in", "ru"),
        ("A4", "en"),
    )
]


def with_rule(edition: Edition, rule: str) -> Edition:
    """Write a rule for the page into an edition's corpus file."""
    text = edition.corpus.read_text(encoding="utf-8")
    changed = re.sub(r'(selector="@page"[^>]*>)[^<]*', lambda found: found[1] + rule, text)
    edition.corpus.write_text(changed, encoding="utf-8")
    return edition


def edition_in(folder: Path, documents: str, rule: str) -> Edition:
    """Return a copy of an edition, to be set by a rule."""
    if documents == "invented":
        return with_rule(edition_of(folder, ["every-note"]), rule)
    shutil.copytree(REAL.tei, folder / "tei")
    return with_rule(Edition(folder.resolve()), rule)


@dataclass(frozen=True, slots=True)
class Volume:
    edition: Edition
    outcome: Outcome
    pages: tuple[str, ...]
    """The text of each page as PDFium reads it, without its head, in the order of the file."""
    heads: tuple[str, ...]
    """The last line of each page as PDFium reads it, which is its running head.

    That of a document has a no-break space.
    """


def built(folder: Path, documents: str, rule: str) -> Volume:
    edition = edition_in(folder, documents, rule)
    outcome = build_print(edition, jobs=1)
    with pypdfium2.PdfDocument(pdf_of(edition)) as pdf:
        texts = [pdf[index].get_textpage().get_text_bounded() for index in range(len(pdf))]
    parts = [text.rstrip().rpartition("\r\n") for text in texts]
    return Volume(edition, outcome, tuple(body for body, _, _ in parts), tuple(head for _, _, head in parts))


def set_as(settings: list[Setting]) -> pytest.MarkDecorator:
    """Run a test on the volumes of these settings; each is built once for all tests.

    The real documents are set in each way with the slow tests, quickly in the usual one alone.
    """
    usual = Setting("real", "size: 170mm 240mm; --parallel-texts: columns")
    given = [
        pytest.param(it, marks=pytest.mark.slow) if it.documents == "real" and it != usual else it for it in settings
    ]
    return pytest.mark.parametrize(
        "made", given, indirect=True, ids=lambda it: f"{it.documents} {it.rule}", scope="module"
    )


FACING = [setting for setting in SETTINGS if setting.rule.endswith("facing")]
ANNOTATED = [setting for setting in SETTINGS if setting.documents == "invented"]
"""Those of the document that has notes of every kind, a second sheet, discrepancies and an embedded telegram."""


@pytest.fixture(scope="module")
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Setting, Volume]:
    setting: Setting = request.param
    return setting, built(tmp_path_factory.mktemp("set"), setting.documents, setting.rule)


def letters(text: str) -> Counter[str]:
    return Counter(sign for sign in text if sign.isalpha())


def texts_of(edition: Edition, languages: tuple[str, ...]) -> str:
    """Return the reading text of the witnesses in these languages, of all documents."""
    found: list[str] = []
    for path in edition.documents():
        for div in read_tei(path).getroot().iterfind("tei:text/tei:body/tei:div", NAMESPACES):
            if div.get("{http://www.w3.org/XML/1998/namespace}lang") in languages:
                found += reading_text(div)
    return "".join(found)


@set_as(SETTINGS)
def test_no_letter_of_either_language_is_lost_in_any_setting(made: tuple[Setting, Volume]) -> None:
    setting, volume = made
    languages = {"ru": ("ru",), "en": ("en",)}.get(setting.rule.rsplit(maxsplit=1)[-1], ("ru", "en"))
    assert letters(texts_of(volume.edition, languages)) - letters("".join(volume.pages)) == Counter()


@set_as(FACING)
def test_nothing_is_printed_twice(made: tuple[Setting, Volume], tmp_path: Path) -> None:
    setting, volume = made
    columns = built(tmp_path, setting.documents, "size: 170mm 240mm; --parallel-texts: columns")
    apart = letters("".join(volume.pages)) - letters("".join(columns.pages))
    assert {sign: count for sign, count in apart.items() if "а" <= sign.lower() <= "я"} == {}


@set_as([setting for setting in SETTINGS if setting.rule.endswith("en") and setting.documents == "real"])
def test_a_volume_in_one_language_has_only_that(made: tuple[Setting, Volume]) -> None:
    _, volume = made
    pages = [page for page, head in zip(volume.pages, volume.heads, strict=True) if "\u00a0" in head]
    assert len(pages) > 5
    assert [page for page in pages if re.search(r"[а-яё]{4,} [а-яё]{4,} [а-яё]{4,}", page)] == []


def sentences(edition: Edition, name: str) -> list[tuple[str, str]]:
    """Return the linked sentences of a document, original and translation, that are long enough to be found again."""
    root = read_tei(edition.tei / name).getroot()
    by_id = {
        str(s.get("{http://www.w3.org/XML/1998/namespace}id")): "".join(reading_text(s))
        for s in root.iterfind(".//tei:p/tei:s", NAMESPACES)
    }
    links = (str(link.get("target")).split() for link in root.iterfind(".//tei:linkGrp/tei:link", NAMESPACES))
    pairs = [(by_id.get(link[0][1:], ""), by_id.get(link[1][1:], "")) for link in links if len(link) == 2]
    return [(ours, theirs) for ours, theirs in pairs if min(len(bare(ours)), len(bare(theirs))) >= BEGINNING]


BEGINNING = 28
"""Letters by which a sentence is found again on its page."""


def bare(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())


def page_of(sentence: str, pages: list[str]) -> int | None:
    found = [number for number, page in enumerate(pages, start=1) if bare(sentence)[:BEGINNING] in page]
    return found[0] if len(found) == 1 else None


@set_as(FACING)
def test_on_facing_pages_a_passage_and_its_translation_stand_on_one_opening(made: tuple[Setting, Volume]) -> None:
    _, volume = made
    pages = [bare(unbroken(page)) for page in volume.pages]
    places = [
        (page_of(ours, pages), page_of(theirs, pages))
        for path in volume.edition.documents()
        for ours, theirs in sentences(volume.edition, path.name)
    ]
    known = [(left, right) for left, right in places if left and right]
    assert len(known) > 10
    assert [(left, right) for left, right in known if left % 2 or right != left + 1] == []


def boxes(edition: Edition, words: str) -> list[tuple[int, float, float]]:
    """Return page, left edge and height above the foot, in points, of each place where words stand."""
    found: list[tuple[int, float, float]] = []
    with pypdfium2.PdfDocument(pdf_of(edition)) as pdf:
        for number in range(len(pdf)):
            page = pdf[number].get_textpage()
            search = page.search(words, match_case=True)
            while place := search.get_next():
                left, bottom, _, _ = page.get_charbox(place[0])
                found.append((number + 1, left, bottom))
    return found


TEXTUAL = ("read: ", "gap in the source", "doubtful reading", "added in another hand", "other reading: второй")
EXPLANATORY = ("Invented: who was meant", "Invented: a note in", "Invented: a note on")


@set_as(ANNOTATED)
def test_textual_notes_stand_before_explanatory_ones_at_the_foot(made: tuple[Setting, Volume]) -> None:
    _, volume = made
    textual = [box for words in TEXTUAL for box in boxes(volume.edition, words)]
    explanatory = [box for words in EXPLANATORY for box in boxes(volume.edition, words)]
    shared = {page for page, _, _ in textual} & {page for page, _, _ in explanatory}
    assert shared
    for page in shared:
        lowest = min(bottom for number, _, bottom in textual if number == page)
        assert lowest > max(bottom for number, _, bottom in explanatory if number == page)


NOTE = re.compile(r"(?m)(?:^|[\s\x02])([a-z]{1,2}|\d{1,2}) ?(?=read: |gap in|doubtful|other reading|Invented: )")
"""The mark of a note, at the foot, where its text begins in one of the ways in which the invented ones do."""


@set_as(ANNOTATED)
def test_letters_and_numbers_count_through_a_document_in_the_order_of_its_pages(made: tuple[Setting, Volume]) -> None:
    setting, volume = made
    marks = [mark for page in volume.pages for mark in NOTE.findall(page)]
    textual = [mark for mark in marks if mark.isalpha()]
    explanatory = [mark for mark in marks if mark.isdigit()]
    languages = {"ru": (5, 2), "en": (2, 1)}.get(setting.rule.rsplit(maxsplit=1)[-1], (7, 3))
    assert (len(textual), len(explanatory)) == languages
    assert textual == list("abcdefg"[: len(textual)])
    assert explanatory == [str(number) for number in range(1, len(explanatory) + 1)]


@set_as(ANNOTATED)
def test_a_sheet_is_numbered_in_the_margin(made: tuple[Setting, Volume]) -> None:
    setting, volume = made
    found = boxes(volume.edition, "[2]")
    assert len(found) == (1 if setting.rule.endswith(("ru", "en")) else 2)
    with pypdfium2.PdfDocument(pdf_of(volume.edition)) as pdf:
        for number, left, _ in found:
            page = pdf[number - 1].get_textpage()
            chars = [page.get_charbox(index) for index in range(page.count_chars())]
            edges = [(box[0], box[2]) for box in chars if box[2] > box[0]]
            text = [(start, end) for start, end in edges if abs(start - left) > 6 * POINTS]
            assert left + 8 < min(start for start, _ in text) or left > max(end for _, end in text)
            assert 3 * POINTS < left < pdf[number - 1].get_width() - 6 * POINTS


def test_a_running_head_names_the_documents_of_its_page(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["one-language", "every-element", "every-note"])
    build_print(edition, jobs=1)
    with pypdfium2.PdfDocument(pdf_of(edition)) as pdf:
        texts = [pdf[index].get_textpage().get_text_bounded() for index in range(len(pdf))]
    heads = [text.rstrip().rpartition("\r\n")[2].replace("\u00a0", " ") for text in texts]
    first = next(number for number, head in enumerate(heads) if head.startswith("1."))
    assert heads[first].removesuffix(" 1") == "1. 31 December 1949 – 2. 3 October 1950"
    assert heads[first + 1] == "2 2. 3 October 1950 – 3. 1 February 1951"
    assert heads[first + 2].removesuffix(" 3") == "3. 1 February 1951"
    opened = [number for number, text in enumerate(texts) if text.startswith(("Contents", "Index of", "Concordance"))]
    assert len(opened) == 2
    assert all(re.fullmatch(r"[ivx]+|\d+", heads[number]) for number in opened)


@set_as(ANNOTATED)
def test_discrepancies_follow_the_text_in_its_order_with_place_and_words(made: tuple[Setting, Volume]) -> None:
    _, volume = made
    text = " ".join(unbroken(" ".join(volume.pages)).split())
    first = re.search(r"¶\s?1 .{20,90} / .{20,90}\] number: The original has 3355", text)
    second = re.search(r"¶\s?2 .{20,90}\] omission: Lacking in the translation", text)
    assert first
    assert second
    assert text.index("Where the languages disagree") < first.start() < second.start()


@set_as(ANNOTATED)
def test_the_words_of_a_discrepancy_lead_to_the_page_that_they_stand_on(made: tuple[Setting, Volume]) -> None:
    _, volume = made
    notes = next(number for number, text in enumerate(volume.pages) if "Where the languages disagree" in text)
    with pikepdf.open(pdf_of(volume.edition)) as pdf:
        links = [link for link in pdf.pages[notes].get("/Annots", []) if "/URI" not in link.get("/A", {})]
        targets = [link["/Dest"] if "/Dest" in link else link["/A"]["/D"] for link in links]
        pages = [pdf.pages.index(pikepdf.Page(target[0])) for target in targets if isinstance(target, pikepdf.Array)]
    words = unbroken(" ".join(volume.pages[notes].partition("Where the languages disagree")[2].split()))
    lemma = words.partition("¶")[2].split()[1]
    assert any(lemma in unbroken(volume.pages[page]) for page in pages)


@set_as(ANNOTATED)
def test_an_embedded_telegram_has_a_head_of_its_own(made: tuple[Setting, Volume]) -> None:
    setting, volume = made
    times = 2 if setting.rule.endswith("facing") else 1
    assert " ".join(volume.pages).count("Peng Dehuai → Mao Zedong, 19 January 1951, No. 77") == times


def test_the_steps_of_facing_pages_are_as_they_were_read_and_approved(tmp_path: Path, save_golden: bool) -> None:
    edition = edition_of(tmp_path, ["every-element"])
    part = set_document(edition.tei / "every-element.xml", edition, "en", "facing")
    golden = CASES / "every-element" / "facing.typ"
    if save_golden:
        golden.write_text(part.code, encoding="utf-8", newline="\n")
    assert part.code == golden.read_text(encoding="utf-8")


def test_a_sentence_higher_than_a_page_runs_on_and_loses_nothing(tmp_path: Path) -> None:
    edition = with_rule(edition_of(tmp_path, ["one-language"]), "size: 100mm 120mm; --parallel-texts: facing")
    words = [f"слово{number}" for number in range(900)]
    long = f"<p><s>{' '.join(words)}</s></p><p>Конец.</p>"
    sides = f'<div type="original" xml:lang="ru">{long}</div><div type="translation" xml:lang="en"><p>Short.</p></div>'
    small_document(edition.tei, "long", sides)
    assert build_print(edition, jobs=1).problems == ()
    with pypdfium2.PdfDocument(pdf_of(edition)) as pdf:
        text = unbroken(" ".join(pdf[index].get_textpage().get_text_bounded() for index in range(len(pdf))))
    assert [word for word in [*words, "Конец.", "Short."] if word not in text] == []


def test_a_language_that_no_document_has_is_reported_and_the_documents_are_set(tmp_path: Path) -> None:
    edition = with_rule(edition_of(tmp_path, ["every-note"]), "size: A5; --parallel-texts: fr")
    outcome = build_print(edition, jobs=1)
    assert [(found.code, found.file) for found in outcome.problems] == [("T005", "tei/corpus.xml")]
    with pypdfium2.PdfDocument(pdf_of(edition)) as pdf:
        assert "ШИФРТЕЛЕГРАММА" in " ".join(page.get_textpage().get_text_bounded() for page in pdf)


@pytest.mark.parametrize(
    ("rule", "trim", "parallel"),
    [
        ("size: 170mm 240mm", (170.0, 240.0), "columns"),
        ("size: 15.2cm 229mm; --parallel-texts: facing", (152.0, 229.0), "facing"),
        ("size: 6in 9in", (152.4, 228.6), "columns"),
        ("--parallel-texts: ru; size: a4", (210.0, 297.0), "ru"),
        ("size: A5;", (148.0, 210.0), "columns"),
        ("font-size: 3mm 4mm", (170.0, 240.0), "columns"),
        ("", (170.0, 240.0), "columns"),
    ],
)
def test_the_page_is_read_from_the_corpus_file(
    tmp_path: Path, rule: str, trim: tuple[float, float], parallel: str
) -> None:
    facts = read_facts(with_rule(edition_of(tmp_path, []), rule))
    assert (facts.trim, facts.parallel) == (trim, parallel)


def table_of(rows: int, heading: bool) -> str:
    """Return an invented table of four columns, each row numbered."""
    head = f"<row role='label'>{'<cell>Графа</cell>' * 4}</row>" if heading else ""
    cells = 3 * "<cell>x</cell>"
    return f"<table>{head}{''.join(f'<row><cell>ряд{n}</cell>{cells}</row>' for n in range(rows))}</table>"


@pytest.mark.slow
@pytest.mark.parametrize("parallel", ["columns", "facing", "ru"])
def test_a_table_over_several_pages_is_set_and_no_row_is_lost(tmp_path: Path, parallel: str) -> None:
    edition = with_rule(edition_of(tmp_path, ["one-language"]), f"size: A5; --parallel-texts: {parallel}")
    sides = zip(("original", "translation"), ("ru", "en"), (300, 180), (True, False), strict=True)
    texts = [f'<div type="{kind}" xml:lang="{lang}">{table_of(rows, head)}</div>' for kind, lang, rows, head in sides]
    small_document(edition.tei, "invented-table", "".join(texts))
    assert build_print(edition, jobs=1).problems == ()
    with pypdfium2.PdfDocument(pdf_of(edition)) as pdf:
        text = " ".join(pdf[index].get_textpage().get_text_bounded() for index in range(len(pdf)))
    found = Counter(re.findall(r"ряд\d+", text))
    times = {number: 1 if number >= 180 or parallel == "ru" else 2 for number in range(300)}
    assert found == Counter({f"ряд{number}": count for number, count in times.items()})


@pytest.mark.slow
@pytest.mark.parametrize("parallel", ["columns", "facing"])
def test_the_validator_of_archives_finds_nothing_in_a_volume_with_all_its_parts(tmp_path: Path, parallel: str) -> None:
    edition = edition_in(tmp_path, "real", f"size: A5; --parallel-texts: {parallel}")
    assert build_print(edition, jobs=1).problems == ()
    assert found_by_vera([pdf_of(edition)]) == []

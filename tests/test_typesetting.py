"""Turn small editions into volumes and look at what a reader, a printer and an archive get: text, order, structure."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import pipeline.typesetting.compiler
import pipeline.typesetting.parts
from pipeline.edition import Edition
from pipeline.problems import ExitCode, Outcome, as_text
from pipeline.resources import resource
from pipeline.stylesheets import stylesheet
from pipeline.tei import NAMESPACES, TEI, local_name, read_tei
from pipeline.typesetting import Part, TypesettingFailed, build_print, engine, set_document

CASES = Path(__file__).parent / "cases" / "print"
NAMES = sorted(folder.name for folder in CASES.iterdir() if (folder / "input.xml").is_file())

ENCODED = frozenset(
    """body div floatingText opener seg address addrLine dateline salute stamp note p ab list item label table row cell
    closer signed postscript fw pb pc hi choice sic corr abbr expan ex orig reg gloss supplied foreign ellipsis metamark
    gap g persName placeName orgName rs date num measure s idno head ref ptr certainty title lb unclear""".split()
)
"""Elements that the edition's guidelines name for the text, and those of the introduction."""


def edition_of(folder: Path, names: list[str]) -> Edition:
    """Return an edition in a folder, of these cases and the corpus file that all cases share."""
    shutil.copytree(CASES / "edition", folder / "tei")
    for name in names:
        shutil.copy(CASES / name / "input.xml", folder / "tei" / f"{name}.xml")
    return Edition(folder.resolve())


def volume(edition: Edition) -> Path:
    return edition.build / "print" / "volume.pdf"


def text_of(edition: Edition) -> str:
    """Return the text of all pages as PDFium reads it, white space folded."""
    with pypdfium2.PdfDocument(volume(edition)) as pdf:
        pages = [pdf[index].get_textpage().get_text_bounded() for index in range(len(pdf))]
    return " ".join(" ".join(pages).split())


def unbroken(text: str) -> str:
    """Return a text without the hyphens of its lines, as PDFium gives them, and without signs that are not seen."""
    return re.sub("[\u2060]|[\x02\ufffe\u00ad-]\\s*", "", text)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, Outcome]:
    """Return an edition of all cases, its volume built, and what was wrong."""
    edition = edition_of(tmp_path_factory.mktemp("edition"), NAMES)
    return edition, build_print(edition, jobs=1)


@pytest.fixture(scope="module")
def pdf(built: tuple[Edition, Outcome]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(volume(built[0]).read_bytes())) as opened:
        yield opened


def structure(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Return the elements of the structure tree, in reading order."""
    found: list[pikepdf.Dictionary] = []
    waiting: list[pikepdf.Object] = [pdf.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += reversed(list(node))
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            waiting += [node.K] if "/K" in node else []
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_code_of_a_case_is_as_it_was_read_and_approved(name: str, tmp_path: Path, save_golden: bool) -> None:
    edition = edition_of(tmp_path, [name])
    part = set_document(edition.tei / f"{name}.xml", edition, "en", "columns")
    golden = CASES / name / "document.typ"
    if save_golden:
        golden.write_text(part.code, encoding="utf-8", newline="\n")
    assert part.code == golden.read_text(encoding="utf-8")


def test_the_cases_have_every_element_that_the_guidelines_name() -> None:
    files = [CASES / "edition" / "corpus.xml", *(CASES / name / "input.xml" for name in NAMES)]
    assert {local_name(e) for file in files for e in read_tei(file).getroot().iter(etree.Element)} >= ENCODED


@pytest.mark.parametrize("name", NAMES)
def test_no_character_of_the_reading_text_is_lost(name: str) -> None:
    text = read_tei(CASES / name / "input.xml").getroot().find("tei:text", NAMESPACES)
    code = (CASES / name / "document.typ").read_text(encoding="utf-8").partition("#row(")[2]
    literals = re.findall(r'#"((?:[^"\\]|\\.)*)";', code)
    shown = Counter(re.sub(r"\\(.)", r"\1", "".join(literals)))
    assert text is not None
    missing = Counter("".join(reading_text(text))) - shown
    assert {sign: count for sign, count in missing.items() if not sign.isspace()} == {}


def reading_text(element: etree._Element) -> Iterator[str]:
    """Yield the text of an element that the volume gives: no page furniture, nothing written out for machines."""
    yield element.text or ""
    for child in element.iterchildren(etree.Element):
        name = local_name(child)
        furniture = (name == "fw" and child.get("type") != "stamp") or child.get("force") == "weak"
        if not furniture and not (name in {"reg", "expan"} and local_name(element) == "choice"):
            yield from reading_text(child)
    yield from (str(child.tail or "") for child in element)


def test_both_scripts_can_be_read_out_of_the_volume(built: tuple[Edition, Outcome]) -> None:
    text = text_of(built[0])
    for words in (
        "Докладываю ответ на Ваш N 4581",
        "I report the answer [telegram]",
        "Введение",
        "The texts are invented",
    ):
        assert words in text
    assert "Тексты вымышлены" not in text


def test_a_word_divided_between_two_sheets_is_whole(built: tuple[Edition, Outcome]) -> None:
    text = unbroken(text_of(built[0]))
    assert "[2] Привлечение промежуточных элементов" in text
    assert "см. сл. лист" not in text


def test_quotation_marks_and_backslashes_stay_what_they_are(built: tuple[Edition, Outcome]) -> None:
    text = unbroken(text_of(built[0]))
    assert '“\\” и "кавычки".' in text
    assert "from A\\B to Filippov" in text


def test_corrections_stand_at_the_foot_of_the_page(built: tuple[Edition, Outcome]) -> None:
    text = text_of(built[0])
    for words in ("read: строительства", "read: удовлетворено (?)", "apparent error in the source"):
        assert words in text
    assert "товарищу," not in text


def test_documents_stand_in_the_order_of_their_dates_undated_ones_last(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
    assert titles == [
        "Introduction",
        "Введение",
        "Editorial principles",
        "Archives and abbreviations",
        "1. Letter in one language",
        "2. Telegram “in cipher” from A\\B to Filippov [Stalin]",
        "3. Telegram whose languages do not run in step",
        "4. Invented telegram with notes",
        "5. Names in Chinese and Korean",
        "Concordance of shelfmarks",
    ]


def test_the_source_note_tells_a_machine_from_a_translator(built: tuple[Edition, Outcome]) -> None:
    text = text_of(built[0])
    for words in ("APRF, f. 45, ll. 1-2", "Printed: Vestnik 1996", "Translation: T. Translator"):
        assert words in text
    assert "Machine translation: AI" in text


def test_the_volume_is_made_for_archives_and_for_readers_who_hear_it(pdf: pikepdf.Pdf) -> None:
    metadata = pdf.Root.Metadata.read_bytes().decode()
    assert {"<pdfaid:part>3", "<pdfaid:conformance>A", "<pdfuaid:part>1"} <= set(
        re.findall(r"<pdf\w+id:\w+>\w", metadata)
    )
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260203")
    assert [round(float(side) / 72 * 25.4) for side in pdf.pages[0].MediaBox[2:]] == [150, 220]


def test_each_language_is_tagged_and_so_are_headings_lists_tables_and_notes(pdf: pikepdf.Pdf) -> None:
    elements = structure(pdf)
    assert {"/H1", "/P", "/L", "/Table", "/Note", "/TOC", "/Link"} <= {str(element.S) for element in elements}
    assert {"ru", "de"} <= {str(element.Lang) for element in elements if "/Lang" in element}


def test_every_font_is_inside_the_volume(pdf: pikepdf.Pdf) -> None:
    descriptors = [
        obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor"
    ]
    assert descriptors
    assert all("/FontFile2" in font or "/FontFile3" in font for font in descriptors)
    assert any("LibertinusSerif" in str(font.FontName) for font in descriptors)


def test_a_sign_that_no_font_has_is_named_with_its_place_and_shown_by_its_code(built: tuple[Edition, Outcome]) -> None:
    edition, outcome = built
    found = [as_text(problem).split(";")[0] for problem in outcome.problems]
    place = "tei/signs-without-font.xml"
    assert found == [
        f"{place}: warning: T001 sign-without-font: no font of the volume has the sign \ue001 (U+E001)",
        f"{place}:14:91: warning: T001 sign-without-font: no font of the volume has the sign 𠀋 (U+2000B)",
    ]
    assert {"2000B", "E001"} <= set(re.findall(r"\b[0-9A-F]{4,5}\b", text_of(edition)))


def test_han_and_hangul_stand_in_the_volume_as_text_in_a_small_part_of_their_font(
    built: tuple[Edition, Outcome], pdf: pikepdf.Pdf
) -> None:
    text = text_of(built[0])
    assert "Мао Цзэдун, 毛" in text
    assert "Haeju, 해" in text
    (descriptor,) = (
        obj
        for obj in pdf.objects
        if isinstance(obj, pikepdf.Dictionary)
        and "NotoSerifCJK" in str(obj.get("/FontName"))
        and obj.get("/Type") == "/FontDescriptor"
    )
    assert len(descriptor.FontFile3.read_raw_bytes()) < 10_000


def test_a_text_in_japanese_has_japanese_forms_of_its_characters(tmp_path: Path) -> None:
    """骨 and 直 are drawn in one way in China and in another in Japan, with one code point."""
    forms = []
    for language in ("zh", "ja"):
        edition = edition_of(tmp_path / language, [])
        small_document(
            edition.tei, "forms", f"<p xml:lang='{language}'><foreign xml:lang='{language}'>骨直</foreign></p>"
        )
        assert build_print(edition, jobs=1).problems == ()
        with pypdfium2.PdfDocument(volume(edition)) as opened:
            forms.append(bytes(opened[len(opened) - 1].render(scale=2).buffer))
        assert "骨直" in text_of(edition)
    assert forms[0] != forms[1]


@pytest.mark.parametrize("style", ["bold", "italic", "smallcaps", "handwritten"])
def test_emphasis_in_chinese_needs_no_further_font(tmp_path: Path, style: str) -> None:
    edition = edition_of(tmp_path, [])
    small_document(edition.tei, "emphatic", f"<p><hi rend='{style}'>毛澤東 해주</hi></p>")
    assert build_print(edition, jobs=1).problems == ()
    assert "毛澤東 해주" in text_of(edition)


@pytest.mark.parametrize("word", ["毛澤東", "해주", "क्षत्रिय", "שָׁלוֹם", "مرحبا", "ภาษา", "👩‍👩‍👧", "е̄̆", "\ufeffx"])
def test_no_script_stops_the_volume(tmp_path: Path, word: str) -> None:
    edition = edition_of(tmp_path, ["one-language"])
    small_document(edition.tei, "odd", f"<p>Before {word} and <hi rend='italic'>{word}</hi> after.</p>")
    codes = {found.code for found in build_print(edition, jobs=1).problems}
    assert codes <= {"T001"}
    assert "Before" in text_of(edition)


def test_the_same_edition_gives_the_same_bytes(built: tuple[Edition, Outcome], tmp_path: Path) -> None:
    again = edition_of(tmp_path, NAMES)
    build_print(again, jobs=1)
    assert volume(again).read_bytes() == volume(built[0]).read_bytes()


def test_an_edit_sets_its_own_document_again_and_no_edit_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = edition_of(tmp_path, NAMES)
    assert build_print(edition, jobs=1).made == len(NAMES) + 1
    done: list[str] = []

    def watched(path: Path, edition: Edition, interface: str, parallel: str, authorities: tuple[Path, ...]) -> Part:
        done.append(path.stem)
        return set_document(path, edition, interface, parallel, authorities)

    monkeypatch.setattr(pipeline.typesetting.parts, "set_document", watched)
    assert (build_print(edition, jobs=1).kept, done) == (len(NAMES) + 1, [])
    document = edition.tei / "one-language.xml"
    document.write_text(document.read_text(encoding="utf-8").replace("earliest", "very first"), encoding="utf-8")
    assert (build_print(edition, jobs=1).made, done) == (2, ["one-language"])
    assert "The very first document" in text_of(edition)


def test_a_document_that_is_gone_leaves_the_volume(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["one-language", "out-of-step"])
    build_print(edition, jobs=1)
    (edition.tei / "out-of-step.xml").unlink()
    assert build_print(edition, jobs=1).made == 1
    assert "run in step" not in text_of(edition)


def small_document(folder: Path, name: str, block: str) -> None:
    """Write a document of one block on line 3."""
    (folder / f"{name}.xml").write_text(
        f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>{name}</title></titleStmt></fileDesc></teiHeader>\n'
        f"<text><body>\n{block}</body></text></TEI>",
        encoding="utf-8",
    )


def test_an_element_without_a_rendering_is_named_and_the_other_documents_are_set(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["one-language"])
    small_document(edition.tei, "odd", "<p>Some <notatedMusic/> words.</p>")
    small_document(edition.tei, "torn", "<p>Some")
    build_print(edition, jobs=1)
    outcome = build_print(edition, jobs=1)
    assert [(found.file, found.line, found.code) for found in outcome.problems] == [
        ("tei/odd.xml", 3, "T002"),
        ("tei/torn.xml", 3, "X005"),
    ]
    assert "notatedMusic" in outcome.problems[0].message()
    assert "The earliest document" in text_of(edition)


def test_a_document_that_no_longer_can_be_set_leaves_the_volume(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["one-language"])
    small_document(edition.tei, "fine", "<p>Fine words.</p>")
    build_print(edition, jobs=1)
    small_document(edition.tei, "fine", "<p>Fine <notatedMusic/> words.</p>")
    assert [found.code for found in build_print(edition, jobs=1).problems] == ["T002"]
    assert "Fine words" not in text_of(edition)


@pytest.mark.parametrize(
    ("date", "stamp"), [("", "1970"), ("2026", "20260101"), ("someday", "1970"), ("2026-13-01", "1970")]
)
def test_a_volume_is_never_dated_by_the_clock(tmp_path: Path, date: str, stamp: str) -> None:
    edition = edition_of(tmp_path, ["one-language"])
    corpus = edition.corpus.read_text(encoding="utf-8").replace('when="2026-02-03"', f'when="{date}"')
    edition.corpus.write_text(corpus, encoding="utf-8")
    codes = [found.code for found in build_print(edition, jobs=1).problems]
    with pikepdf.open(volume(edition)) as opened:
        created = str(opened.docinfo["/CreationDate"])
    assert codes == (["T003"] if stamp == "1970" else [])
    assert created.startswith(f"D:{stamp}")


def test_a_russian_volume_speaks_russian(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["out-of-step"])
    corpus = edition.corpus.read_text(encoding="utf-8").replace('<language ident="en">English</language>', "")
    edition.corpus.write_text(corpus, encoding="utf-8")
    build_print(edition, jobs=1)
    text = text_of(edition)
    for words in ("Содержание", "Машинный перевод: AI", "Тексты вымышлены", "Том для проверки", "19 января 1951 г."):
        assert words in text


def test_a_design_that_typst_refuses_stops_the_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = edition_of(tmp_path, ["one-language"])
    monkeypatch.setattr(pipeline.typesetting.compiler, "STANDARDS", ["a-3a", "a-4f"])
    with pytest.raises(TypesettingFailed, match="cannot be set") as failure:
        build_print(edition, jobs=1)
    assert failure.value.exit_code is ExitCode.STYLESHEET


def test_the_engine_says_its_version() -> None:
    assert re.fullmatch(r"Typst \d+\.\d+\.\d+", engine())


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_law_escaping_loses_nothing(text: str) -> None:
    literal = stylesheet(resource("xslt/print/typst.xsl")).call("{urn:despatch:typst}string", text)
    assert json.loads(typst.Compiler(b"").eval(literal)) == text


@pytest.mark.parametrize("gap", [" ", "  ", " \u00a0", "\u00a0 \u00a0", "\n\u00a0"])
def test_words_that_a_run_of_spaces_parts_stay_apart(gap: str) -> None:
    sheet = stylesheet(resource("xslt/print/typst.xsl"))
    before = sheet.call("{urn:despatch:typst}content", f"Из Пекина{gap}")
    after = sheet.call("{urn:despatch:typst}content", f"{gap}3 .10.1950")
    assert (before, after) == ('#"Из Пекина"; ', ' #"3 .10.1950";')

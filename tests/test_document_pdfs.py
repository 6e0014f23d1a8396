"""Turn documents into PDFs of their own and look at what an archive, a screen reader and a machine find in them."""

from __future__ import annotations

import ctypes
import io
import itertools
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

import pipeline.typesetting.volume
from pipeline.edition import Edition
from pipeline.printed import pdf_of, read_printed
from pipeline.problems import Outcome
from pipeline.typesetting import TypesettingFailed, build_print, families
from pipeline.website import build_website
from pipeline.workers import WorkerLost
from tests.test_typesetting import NAMES, edition_of, small_document, structure, text_of
from tests.vera import found_by_vera

WHOLE = "every-element"
SITE = "https://example.org/edition/"


def first_pages(path: Path) -> list[int]:
    """Return on which page of the file each document begins."""
    with pypdfium2.PdfDocument(path) as pdf:
        marks = [mark for mark in pdf.get_toc() if mark.get_title()[0].isdigit()]
        return [mark.get_dest().get_index() for mark in marks]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, Outcome]:
    edition = edition_of(tmp_path_factory.mktemp("edition"), NAMES)
    return edition, build_print(edition, jobs=1)


@pytest.fixture(scope="module", params=[WHOLE, ""], ids=["document", "volume"])
def pdf(request: pytest.FixtureRequest, built: tuple[Edition, Outcome]) -> Iterator[pikepdf.Pdf]:
    """Yield a document's own PDF, then the volume: what must hold of both."""
    edition = built[0]
    path = pdf_of(edition, request.param) if request.param else edition.build / "print" / "volume.pdf"
    with pikepdf.open(io.BytesIO(path.read_bytes())) as opened:
        yield opened


def opened(edition: Edition, name: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf_of(edition, name).read_bytes()))


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary of a PDF, those of streams too."""
    yield from (obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary | pikepdf.Stream))


def addresses(pdf: pikepdf.Pdf) -> list[str]:
    """Return where the links of a PDF lead outside it, in order."""
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    return [str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A]


def spoken(path: Path) -> list[tuple[str, str]]:
    """Return what a screen reader reads out, in its order: language and text of each piece of the structure tree."""
    with pypdfium2.PdfDocument(path) as document:
        return [piece for page in document for piece in _spoken_on(page)]


def _spoken_on(page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    words: dict[int, str] = {}
    text_page = page.get_textpage()
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        marked = pdfium.FPDFPageObj_GetMarkedContentID(thing.raw)
        words[marked] = words.get(marked, "") + _string(pdfium.FPDFTextObj_GetText, thing.raw, text_page.raw)
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        yield from _spoken_in(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), "", words)
    pdfium.FPDF_StructTree_Close(tree)


def _spoken_in(element: object, language: str, words: dict[int, str]) -> Iterator[tuple[str, str]]:
    language = _string(pdfium.FPDF_StructElement_GetLang, element) or language
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        marked = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if marked >= 0:
            yield language, words.get(marked, "")
        elif child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index):
            yield from _spoken_in(child, language, words)


def _string(function: object, *arguments: object) -> str:
    """Return a string of PDFium, which tells its length in bytes of UTF-16 first."""
    assert callable(function)
    text_function = function is pdfium.FPDFTextObj_GetText
    kind = pdfium.FPDF_WCHAR if text_function else ctypes.c_char
    length = function(*arguments, None, 0)
    buffer = (kind * (length // (2 if text_function else 1) or 1))()
    function(*arguments, buffer, length)
    return bytes(buffer)[:length].decode("utf-16-le").rstrip("\0")


def test_each_document_has_a_pdf_and_each_pdf_a_document(built: tuple[Edition, Outcome]) -> None:
    edition, outcome = built
    assert sorted(path.stem for path in pdf_of(edition, "").parent.iterdir()) == NAMES
    assert outcome.made == len(NAMES) + 1


@pytest.mark.parametrize("name", NAMES)
def test_the_tei_file_is_attached_to_its_pdf_byte_for_byte_as_its_source(
    built: tuple[Edition, Outcome], name: str
) -> None:
    edition = built[0]
    with opened(edition, name) as pdf:
        assert list(pdf.attachments) == [f"{name}.xml"]
        attached = pdf.attachments[f"{name}.xml"]
        assert attached.get_file().read_bytes() == (edition.tei / f"{name}.xml").read_bytes()
        assert attached.relationship == pikepdf.Name.Source
        assert attached.get_file().mime_type == "application/tei+xml"
        assert [str(file.UF) for file in pdf.Root.AF] == [f"{name}.xml"]


def test_the_volume_has_the_tei_files_of_all_its_documents(built: tuple[Edition, Outcome]) -> None:
    edition = built[0]
    with pikepdf.open(edition.build / "print" / "volume.pdf") as pdf:
        files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert files == {f"{name}.xml": (edition.tei / f"{name}.xml").read_bytes() for name in NAMES}


def test_it_says_that_it_is_made_for_archives_and_for_all_readers(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
        assert metadata["xmp:CreateDate"].startswith("2026-02-03")
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.Root.Lang) == "en"


@pytest.mark.slow
def test_the_validator_of_archives_finds_nothing(built: tuple[Edition, Outcome], tmp_path: Path) -> None:
    printed = sorted((built[0].build / "print").rglob("*.pdf"))
    assert found_by_vera(printed) == []
    untagged = tmp_path / "untagged.pdf"
    with opened(built[0], WHOLE) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(untagged)
    assert found_by_vera([untagged])


def test_a_document_s_pdf_says_what_it_is_who_wrote_it_and_whom_it_names(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [])
    (edition.tei / "authorities").mkdir()
    (edition.tei / "authorities" / "persons.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson>'
        '<person xml:id="ivanov"><persName xml:lang="ru">Иванов</persName>'
        '<persName xml:lang="en">Ivanov (invented)</persName></person></listPerson></body></text></TEI>',
        encoding="utf-8",
    )
    (edition.tei / "letter.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="letter"><teiHeader><fileDesc><titleStmt>'
        '<title>Invented letter</title></titleStmt></fileDesc><profileDesc><correspDesc type="letter">'
        '<correspAction type="sent"><persName>A. Sender</persName><date when="1950-01-02"/></correspAction>'
        "</correspDesc></profileDesc></teiHeader>"
        '<text><body><p>Of <persName ref="authorities/persons.xml#ivanov">I.</persName></p></body></text></TEI>',
        encoding="utf-8",
    )
    assert build_print(edition, jobs=1).problems == ()
    with opened(edition, "letter") as pdf, pdf.open_metadata() as metadata:
        assert str(pdf.docinfo["/Title"]) == "Invented letter"
        assert metadata["dc:creator"] == ["A. Sender"]
        assert metadata["pdf:Keywords"] == "letter, Ivanov (invented)"
        assert "2 January 1950" in metadata["dc:description"]
        assert f"{SITE}letter.html" in metadata["dc:description"]


def test_its_structure_is_that_of_a_text(pdf: pikepdf.Pdf) -> None:
    elements = structure(pdf)
    kinds = [str(element.S) for element in elements]
    assert {"/H1", "/P", "/L", "/LI", "/LBody", "/Table", "/TR", "/TD", "/Note", "/Link"} <= set(kinds)
    parents = {(str(element.P.S), str(element.S)) for element in elements if "/S" in element.P}
    assert {parent for parent, kind in parents if kind == "/LI"} == {"/L"}
    assert {parent for parent, kind in parents if kind == "/TR"} <= {"/Table", "/TBody", "/THead", "/TFoot"}
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_every_link_says_where_it_leads(pdf: pikepdf.Pdf) -> None:
    links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    assert links
    assert all(str(note.Contents).strip() for note in links)


def test_every_font_is_inside_it_with_its_letters_and_none_is_of_the_system(pdf: pikepdf.Pdf) -> None:
    shipped = {name.replace(" ", "").lower() for name in families()}
    fonts = [obj for obj in dictionaries(pdf) if obj.get("/Type") == "/Font" and obj.Subtype == "/Type0"]
    assert fonts
    for font in fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert "/ToUnicode" in font
        family = str(font.BaseFont).removeprefix("/").partition("+")[2]
        assert any(family.lower().startswith(name) for name in shipped), family
    assert [obj for obj in dictionaries(pdf) if obj.get("/Type") == "/Font" and obj.Subtype == "/Type3"] == []


def test_nothing_in_it_runs_or_is_fetched(pdf: pikepdf.Pdf) -> None:
    actions = {str(obj.S) for obj in dictionaries(pdf) if "/S" in obj and obj.get("/Type") == "/Action"}
    actions |= {str(note.A.S) for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note}
    assert actions <= {"/URI", "/GoTo"}
    assert {"/OpenAction", "/AA"}.isdisjoint(pdf.Root.keys())
    assert {"/JavaScript", "/JS"}.isdisjoint(key for obj in dictionaries(pdf) for key in obj.keys())  # noqa: SIM118


def test_a_document_s_pdf_is_bookmarked_by_its_title(built: tuple[Edition, Outcome]) -> None:
    with opened(built[0], WHOLE) as pdf, pdf.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == ["Telegram “in cipher” from A\\B to Filippov [Stalin]"]


def test_each_passage_is_read_in_the_original_then_in_the_translation(built: tuple[Edition, Outcome]) -> None:
    pieces = spoken(pdf_of(built[0], WHOLE))
    text = " ".join(words for _, words in pieces)
    order = [
        "Four “Small” Telegrams", "Cite this document", "Telegram “in cipher”", "3 October 1950", "What it is about.",
        "Printed: Vestnik", "УПРАВЛЕНИЕ", "CIPHERED TELEGRAM", "Докладываю", "I report the answer", "Привлечение",
        "The intermediate elements", "Конец", "End of the text.", "РОЩИН",
    ]  # fmt: skip
    found = [text.index(words) for words in order]
    assert found == sorted(found)


def test_a_note_is_read_where_it_belongs(built: tuple[Edition, Outcome]) -> None:
    text = re.sub(r"\s+", " ", " ".join(words for _, words in spoken(pdf_of(built[0], WHOLE))))
    assert 0 < text.index("строиткльства") < text.index("read: строительства") < text.index("I report the answer")


def test_words_are_spoken_in_their_own_language(built: tuple[Edition, Outcome]) -> None:
    pieces = spoken(pdf_of(built[0], WHOLE))
    languages = {language for language, words in pieces if "Докладываю" in words or "РОЩИН" in words}
    assert languages == {"ru"}
    russian = [words for language, words in pieces if language == "ru"]
    assert not [words for words in russian if "I report the answer" in words or "End of the text" in words]


def test_the_text_of_a_column_is_copied_whole_not_line_by_line_across_both(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [])
    columns = {"original": ("ru", "слово"), "translation": ("en", "word")}
    divisions = "".join(
        f'<div type="{kind}" xml:lang="{language}"><p>{" ".join(f"{word}{n}" for n in range(60))}</p></div>'
        for kind, (language, word) in columns.items()
    )
    small_document(edition.tei, "long", divisions)
    build_print(edition, jobs=1)
    with pypdfium2.PdfDocument(pdf_of(edition, "long")) as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    words = re.findall(r"(слово|word)(?:[\x02\ufffe\u00ad-]\s*)?(\d+)", text)
    assert words == [(word, str(n)) for _, word in columns.values() for n in range(60)]


def test_head_and_passages_lead_to_the_web_edition(built: tuple[Edition, Outcome]) -> None:
    with opened(built[0], WHOLE) as pdf:
        found = addresses(pdf)
    assert {SITE, f"{SITE}{WHOLE}.html", f"{SITE}{WHOLE}.html#s10", f"{SITE}{WHOLE}.html#p20"} <= set(found)
    with pikepdf.open(built[0].build / "print" / "volume.pdf") as volume:
        assert {f"{SITE}{name}.html" for name in NAMES} <= set(addresses(volume))


def test_the_addresses_of_passages_are_those_of_the_website(built: tuple[Edition, Outcome]) -> None:
    edition = built[0]
    build_website(edition, jobs=1)
    with opened(edition, WHOLE) as pdf:
        found = [address.removeprefix(SITE) for address in addresses(pdf) if address.startswith(SITE)]
    assert len(found) > 3
    for page, _, passage in (address.partition("#") for address in found):
        text = (edition.build / "site" / (page or "index.html")).read_text(encoding="utf-8")
        assert not passage or f'id="{passage}"' in text


def test_an_edition_without_an_address_links_nothing_of_its_own(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [WHOLE])
    corpus = edition.corpus.read_text(encoding="utf-8")
    edition.corpus.write_text(re.sub(r'<idno type="url">.*?</idno>', "", corpus), encoding="utf-8")
    build_print(edition, jobs=1)
    with opened(edition, WHOLE) as pdf:
        assert [address for address in addresses(pdf) if "html" in address or address == SITE] == []


def test_a_reference_to_another_document_leads_to_its_page(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, [])
    small_document(
        edition.tei, "one", '<p>See <ref target="two.xml#p7">it</ref>, <ref target="lost.xml">lost</ref>.</p>'
    )
    small_document(edition.tei, "two", "<p>Some words.</p>")
    build_print(edition, jobs=1)
    with opened(edition, "one") as pdf:
        assert f"{SITE}two.html#p7" in addresses(pdf)
        assert not [address for address in addresses(pdf) if "lost" in address]


def test_the_same_edition_gives_the_same_bytes_in_any_folder_by_any_number_of_workers(tmp_path: Path) -> None:
    found = []
    for folder, jobs in (("one", 1), ("another place", 2)):
        edition = edition_of(tmp_path / folder, [WHOLE])
        for number in range(30):
            small_document(edition.tei, f"small-{number:02}", f"<p>Invented text of number {number}.</p>")
        assert build_print(edition, jobs=jobs).made == 32
        files = sorted(path for path in (edition.build / "print").rglob("*") if path.is_file())
        found.append({path.relative_to(edition.build).as_posix(): path.read_bytes() for path in files})
    assert len(found[0]) == 33
    assert found[0] == found[1]


def test_a_document_that_typst_refuses_is_named_and_the_others_are_set(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["one-language"])
    small_document(edition.tei, "deep", f"<p>{'<hi>' * 150}deep{'</hi>' * 150}</p>")
    for _ in range(2):
        outcome = build_print(edition, jobs=1)
        assert [(found.code, found.file) for found in outcome.problems] == [("T004", "tei/deep.xml")]
        assert "depth exceeded" in outcome.problems[0].message()
        assert "\n" not in outcome.problems[0].message()
    assert "The earliest document" in text_of(edition)
    assert "deep" not in text_of(edition)
    assert not pdf_of(edition, "deep").exists()
    assert read_printed(edition).current(edition.tei / "deep.xml") is None


def test_the_pdf_of_a_document_that_is_gone_goes_with_it(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["one-language", "out-of-step"])
    build_print(edition, jobs=1)
    (edition.tei / "out-of-step.xml").unlink()
    build_print(edition, jobs=1)
    assert [path.name for path in pdf_of(edition, "").parent.iterdir()] == ["one-language.pdf"]


def test_the_website_offers_the_pdf_that_was_built(tmp_path: Path) -> None:
    edition = edition_of(tmp_path, ["one-language"])
    build_print(edition, jobs=1)
    build_website(edition, jobs=1)
    site = edition.build / "site"
    assert 'href="pdf/one-language.pdf"' in (site / "one-language.html").read_text(encoding="utf-8")
    assert (site / "pdf" / "one-language.pdf").read_bytes() == pdf_of(edition, "one-language").read_bytes()


def test_a_volume_too_large_is_divided_by_documents_numbered_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = edition_of(tmp_path, [])
    for number in range(1, 7):
        see = '<ref target="small-1.xml">the first</ref>' if number == 6 else "none"
        small_document(edition.tei, f"small-{number}", f"<p>Invented text of number {number}; see {see}.</p>")
    whole = edition.build / "print" / "volume.pdf"
    build_print(edition, jobs=1)
    assert whole.is_file()
    size = (edition.build / ".state" / "print" / "documents" / "small-1.typ").stat().st_size
    monkeypatch.setattr(pipeline.typesetting.volume, "LARGEST", 5 * size // 2)
    assert build_print(edition, jobs=1).made == 3
    volumes = sorted(whole.parent.glob("*.pdf"))
    assert [path.name for path in volumes] == ["volume-1.pdf", "volume-2.pdf", "volume-3.pdf"]
    titles, marks = [], []
    for path in volumes:
        with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
            titles.append(str(pdf.docinfo["/Title"]).rpartition(". ")[2])
            marks += [str(item.title) for item in outline.root if str(item.title)[0].isdigit()]
            assert len(pdf.attachments) == 2
    assert titles == ["Volume 1", "Volume 2", "Volume 3"]
    assert marks == [f"{number}. small-{number}" for number in range(1, 7)]
    with pikepdf.open(volumes[2]) as pdf:
        assert f"{SITE}small-1.html" in addresses(pdf)
    monkeypatch.undo()
    build_print(edition, jobs=1)
    assert [path.name for path in whole.parent.glob("*.pdf")] == ["volume.pdf"]


def test_a_long_volume_begins_a_document_on_a_new_page_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = edition_of(tmp_path, [])
    for number in range(1, 7):
        small_document(edition.tei, f"small-{number}", f"<p>Invented text of number {number}.</p>")
    whole = edition.build / "print" / "volume.pdf"
    build_print(edition, jobs=1)
    without = first_pages(whole)
    assert len(set(without)) < 3
    size = (edition.build / ".state" / "print" / "documents" / "small-1.typ").stat().st_size
    monkeypatch.setattr(pipeline.typesetting.volume, "STRETCH", 2 * size)
    build_print(edition, jobs=1)
    assert [page - without[0] for page in first_pages(whole)] == [0, 0, 1, 1, 2, 2]
    once = whole.read_bytes()
    whole.unlink()
    build_print(edition, jobs=1)
    assert whole.read_bytes() == once


def test_a_volume_set_in_a_process_of_its_own_is_the_same(
    built: tuple[Edition, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.typesetting.volume, "SMALL", 0)
    edition = edition_of(tmp_path, NAMES)
    build_print(edition, jobs=1)
    whole = Path("build") / "print" / "volume.pdf"
    assert (edition.root / whole).read_bytes() == (built[0].root / whole).read_bytes()


def test_a_volume_that_takes_more_memory_than_there_is_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(function: object, item: object) -> None:
        raise WorkerLost

    monkeypatch.setattr(pipeline.typesetting.volume, "SMALL", 0)
    monkeypatch.setattr(pipeline.typesetting.volume, "apart", lose)
    edition = edition_of(tmp_path, ["one-language"])
    with pytest.raises(TypesettingFailed, match=r"volume\.pdf cannot be set: .* lack of memory"):
        build_print(edition, jobs=1)
    assert pdf_of(edition, "one-language").is_file()


def test_what_typst_says_comes_through_from_another_process() -> None:
    failure = pickle.loads(pickle.dumps(TypesettingFailed("volume.typ", "all that it says", "the first line")))
    assert (str(failure), failure.reason) == ("volume.typ cannot be set: all that it says", "the first line")

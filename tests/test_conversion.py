"""Turn files as they come from the world into tests: each becomes valid TEI or is refused by name; the others go on."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from pipeline.conversion import Conversion, accounts, convert, seeds_of
from pipeline.edition import Edition
from pipeline.founding import found_edition
from pipeline.problems import ExitCode, exit_code
from pipeline.tei import NAMESPACES, read_tei
from pipeline.validation import check
from tests.tei_all import TeiAll
from tests.test_laws import captured, unspaced, words

CASES = Path(__file__).parent / "cases" / "captures"
TELEGRAM = (CASES / "transcript-with-title-and-date" / "input.txt").read_text(encoding="utf-8")
RUSSIAN = """Совершенно секретно

Товарищу ПРИМЕРОВУ

Сообщаю, что придуманный дождь идет третий день и что жители города купили все зонты. Прошу прислать еще пятьсот.

С приветом

ВЫДУМКИН
"""


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return found_edition(tmp_path / "edition", "Invented", "2026-01-01")


def sow(edition: Edition, content: bytes, name: str = "1.txt") -> None:
    (edition.seeds / name).write_bytes(content)


def codes(conversion: Conversion) -> list[str]:
    return [found.code for found in conversion.outcome.problems]


def only_document(edition: Edition) -> etree._ElementTree:
    (path,) = edition.documents()
    return read_tei(path)


def body(tree: etree._ElementTree) -> etree._Element:
    found = tree.getroot().find("tei:text/tei:body", NAMESPACES)
    assert found is not None
    return found


def empty_pdf() -> bytes:
    """Return a PDF of one page without text."""
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(200, 200)
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


REFUSED = {
    "an empty file": (b"", "C004"),
    "a byte order mark alone": (b"\xef\xbb\xbf", "C004"),
    "white space alone": (b" \r\n\t\n", "C004"),
    "zeros": (bytes(1000), "C004"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "C005"),
    "a word processor's file": (rb"{\rtf1\ansi\deff0 {\fonttbl {\f0 Times;}} Hello}", "C005"),
    "a PDF without text": (empty_pdf(), "C007"),
    "half a PDF": (empty_pdf()[:60], "C002"),
    "a page that lists documents": ((CASES / "page-of-an-index" / "input.txt").read_bytes(), "C006"),
    "a page to log in": ((CASES / "page-to-log-in" / "input.txt").read_bytes(), "C008"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_without_a_document_is_refused_by_name_and_the_others_go_on(
    edition: Edition, content: bytes, code: str
) -> None:
    sow(edition, content, "bad.bin")
    sow(edition, TELEGRAM.encode(), "good.txt")
    conversion = convert(edition, jobs=1)
    refused = [found for found in conversion.outcome.problems if found.file == "seeds/bad.bin"]
    assert [found.code for found in refused] == [code]
    assert exit_code(conversion.outcome.problems) is ExitCode.UNREADABLE
    assert len(list(edition.documents())) == conversion.outcome.made == 1


def test_a_file_that_may_not_be_found_is_refused_by_name(edition: Edition) -> None:
    conversion = convert(edition, [edition.seeds / "nowhere.txt"], jobs=1)
    assert codes(conversion) == ["C002"]


def test_a_file_that_is_too_large_is_not_read(edition: Edition) -> None:
    with (edition.seeds / "1.txt").open("wb") as file:
        file.truncate(32 * 1024 * 1024 + 1)
    assert codes(convert(edition, jobs=1)) == ["C001"]


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_document_is_the_same_in_whatever_encoding_it_came(edition: Edition, encoding: str) -> None:
    sow(edition, RUSSIAN.encode(encoding))
    assert not any(code.startswith("C") for code in codes(convert(edition, jobs=1)))
    assert words(captured(body(only_document(edition)))) == RUSSIAN.split()


UNSEEN = {
    "line ends of Windows": ("\n", "\r\n"),
    "line ends of an old Mac": ("\n", "\r"),
    "no-break spaces": (" ", "\u00a0"),
    "narrow no-break spaces": (" ", "\u202f"),
    "soft hyphens": ("дождь", "до\u00adждь"),
    "zero-width spaces": ("дождь", "до\u200bждь"),
    "a form feed": ("Прошу", "\x0cПрошу"),
    "a letter in two parts": ("третий", "третии\u0306"),
    "a control character": ("дождь", "до\x01ждь"),
    "an escape": ("дождь", "\x1b[1mдождь"),
    "a non-character": ("дождь", "до\uffffждь"),
    "a character of no common plane": ("дождь", "\U0001f327"),
    "what XML would read as markup": ("дождь", "<дождь> & ]]> <!-- --> <?x?>"),
    "a mark of order from the right": ("дождь", "\u202eдождь\u202c"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), UNSEEN.values(), ids=UNSEEN.keys())
def test_unseen_and_forbidden_characters_come_out_as_valid_tei(
    edition: Edition, tei_all: TeiAll, old: str, new: str
) -> None:
    text = RUSSIAN.replace(old, new)
    sow(edition, text.encode())
    convert(edition, jobs=1)
    tree = only_document(edition)
    assert unspaced(captured(body(tree))) == "".join(text.split())
    assert tei_all.validate(tree), tei_all.error_log
    assert not [found for found in check(edition, jobs=1).problems if found.severity == "error"]


def test_a_character_that_xml_forbids_is_represented_and_told(edition: Edition) -> None:
    sow(edition, RUSSIAN.replace("дождь", "до\x01ждь").encode())
    conversion = convert(edition, jobs=1)
    (told,) = [found for found in conversion.outcome.problems if found.code == "C011"]
    assert (told.line, dict(told.arguments)["character"]) == (5, "U+0001")
    (sign,) = body(only_document(edition)).iter("{*}g")
    assert sign.get("n") == "U+0001"


def test_bytes_that_cannot_be_read_are_told_with_their_place(edition: Edition) -> None:
    content = RUSSIAN.encode().replace("дождь".encode(), b"\xd0\xff\xd1")
    sow(edition, content)
    conversion = convert(edition, jobs=1)
    (told,) = [found for found in conversion.outcome.problems if found.code == "C003"]
    assert dict(told.arguments)["offset"] == str(content.index(b"\xd0\xff"))
    assert "\ufffd" in captured(body(only_document(edition)))


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(CASES.glob("*/input.*")), ids=lambda path: path.parent.name)
def test_an_invented_capture_becomes_valid_tei_or_is_refused(edition: Edition, tei_all: TeiAll, path: Path) -> None:
    shutil.copy(path, edition.seeds)
    conversion = convert(edition, jobs=1)
    documents = list(edition.documents())
    assert bool(documents) == (exit_code(conversion.outcome.problems) is not ExitCode.UNREADABLE)
    for document in documents:
        assert tei_all.validate(read_tei(document)), tei_all.error_log
    assert not [found for found in check(edition, jobs=1).problems if found.severity == "error"]


def test_hidden_files_and_leftovers_of_editors_are_no_seeds(edition: Edition) -> None:
    for name in (".hidden", "1.txt~", "~1.txt", "Thumbs.db", "1.txt"):
        sow(edition, TELEGRAM.encode(), name)
    (edition.seeds / ".git").mkdir()
    (edition.seeds / ".git" / "2.txt").write_text("x", encoding="utf-8")
    (edition.seeds / "box").mkdir()
    sow(edition, TELEGRAM.encode(), "box/2.txt")
    assert [path.relative_to(edition.seeds).as_posix() for path in seeds_of(edition)] == ["1.txt", "box/2.txt"]


def test_converting_twice_changes_nothing_and_makes_nothing(edition: Edition) -> None:
    for folder in ("transcript-with-title-and-date", "pdf-of-two-documents", "volume-with-two-numbers"):
        shutil.copy(CASES / folder / "input.txt", edition.seeds / f"{folder}.txt")
    first = convert(edition, jobs=1)
    before = {path: path.read_bytes() for path in edition.tei.rglob("*") if path.is_file()}
    again = convert(edition, jobs=1)
    assert first.outcome.made == len(list(edition.documents())) == 5
    assert (again.outcome.made, again.outcome.kept) == (0, 5)
    assert again.outcome.problems == first.outcome.problems
    shutil.rmtree(edition.build)
    anew = convert(edition, jobs=1)
    assert (anew.outcome.made, anew.outcome.kept) == (0, 5)
    assert {path: path.read_bytes() for path in edition.tei.rglob("*") if path.is_file()} == before


@pytest.mark.slow
def test_many_processes_make_what_one_makes(tmp_path: Path) -> None:
    made = []
    for jobs in (1, 2):
        edition = found_edition(tmp_path / str(jobs), "Invented", "2026-01-01")
        for number in range(30):
            sow(edition, TELEGRAM.replace("поезд", f"поезд {number}").encode(), f"{number}.txt")
        assert convert(edition, jobs=jobs).outcome.made == 30
        files = (path for path in edition.tei.rglob("*") if path.is_file())
        made.append({path.relative_to(edition.root): path.read_bytes() for path in files})
    assert made[0] == made[1]


@pytest.mark.parametrize("path", sorted(CASES.glob("transcript*/input.txt")), ids=lambda path: path.parent.name)
def test_the_ledger_accounts_for_every_character_of_a_seed(edition: Edition, path: Path) -> None:
    shutil.copy(path, edition.seeds)
    for account in accounts(edition, edition.seeds / path.name):
        assert sum(entry.end - entry.start for entry in account.entries) == len(account.capture.text)


def test_a_dry_run_writes_no_document(edition: Edition) -> None:
    sow(edition, TELEGRAM.encode())
    conversion = convert(edition, jobs=1, dry_run=True)
    assert [str(one) for _, one in conversion.placed] == ["created"]
    assert "+<?xml" in "".join(conversion.changes)
    assert list(edition.documents()) == []
    assert not edition.memory.exists()


def test_one_seed_alone_leaves_the_others_documents_and_records(edition: Edition) -> None:
    sow(edition, TELEGRAM.encode(), "1.txt")
    sow(edition, RUSSIAN.encode(), "2.txt")
    convert(edition, jobs=1)
    record = (edition.memory / "captures.jsonl").read_bytes()
    conversion = convert(edition, [edition.seeds / "2.txt"], jobs=1)
    assert codes(conversion) == []
    assert (edition.memory / "captures.jsonl").read_bytes() == record
    assert convert(edition, jobs=1).outcome.kept == 2

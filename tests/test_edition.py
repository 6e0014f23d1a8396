"""Turn the real edition into a test: what stands in `tei/` is what `seeds/` give, valid, and every pointer resolves."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest
from lxml import etree

from pipeline.authorities.index import make_index
from pipeline.conversion import convert, convert_seed
from pipeline.edition import Edition, read_facts
from pipeline.encoding.document import PLACEHOLDER
from pipeline.problems import Severity
from pipeline.reconciliation import Known, read_known, survey
from pipeline.reconciliation.reconciling import carry_names
from pipeline.tei import NAMESPACES, XML_ID, read_tei, serialise
from pipeline.typesetting import build_print
from pipeline.validation import check
from pipeline.website import build_website
from tests.tei_all import TeiAll

EDITION = Edition(Path(__file__).resolve().parent.parent)
DOCUMENTS = sorted(path.stem for path in EDITION.documents())
KNOWN = {entry.id: entry for entry in read_known(EDITION)[0].values()}
EDITED = survey(EDITION).edited
POINTERS = ("target", "ref", "resp", "corresp", "ana", "decls", "next", "prev", "who", "scheme")


def document(identifier: str) -> etree._ElementTree:
    return read_tei(EDITION.tei / f"{identifier}.xml")


def made_now(entry: Known) -> bytes:
    """Return what conversion makes of a document's seed now."""
    converted = convert_seed(EDITION.root / entry.seed, EDITION, read_facts(EDITION), make_index(EDITION)[0])
    (capture,) = [one for one in converted.captures if one.key == entry.key]
    return capture.content.replace(PLACEHOLDER.encode(), entry.id.encode(), 1)


def test_every_seed_has_a_document_and_every_document_a_seed() -> None:
    assert sorted(KNOWN) == DOCUMENTS
    assert {entry.seed for entry in KNOWN.values()} == {f"seeds/{path.name}" for path in EDITION.seeds.iterdir()}


@pytest.mark.parametrize("identifier", DOCUMENTS)
def test_a_document_is_what_conversion_makes_of_its_seed_now(identifier: str) -> None:
    base = (EDITION.memory / "generated" / f"{identifier}.xml").read_bytes()
    assert carry_names(base, made_now(KNOWN[identifier])) == base
    assert identifier in EDITED or (EDITION.tei / f"{identifier}.xml").read_bytes() == base


@pytest.mark.parametrize("identifier", DOCUMENTS)
def test_the_record_tells_the_bytes_that_a_document_was_made_from(identifier: str) -> None:
    entry = KNOWN[identifier]
    assert hashlib.sha256((EDITION.root / entry.seed).read_bytes()).hexdigest() == entry.sha256


@pytest.mark.parametrize("identifier", DOCUMENTS)
def test_a_document_is_named_as_its_file(identifier: str) -> None:
    assert document(identifier).getroot().get(XML_ID) == identifier


@pytest.mark.parametrize("identifier", DOCUMENTS)
def test_a_document_is_written_as_our_serialiser_writes(identifier: str) -> None:
    assert serialise(document(identifier)) == (EDITION.tei / f"{identifier}.xml").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("identifier", DOCUMENTS)
def test_a_document_is_valid_tei(identifier: str, tei_all: TeiAll) -> None:
    assert tei_all.validate(document(identifier)), tei_all.error_log


def test_the_edition_has_no_errors(tmp_path: Path) -> None:
    copied = copy_of(tmp_path)
    assert [found for found in check(copied, jobs=1).problems if found.severity is Severity.ERROR] == []


@pytest.mark.parametrize("identifier", DOCUMENTS)
def test_every_pointer_of_a_document_finds_its_target(identifier: str) -> None:
    tree = document(identifier)
    found = 0
    for element in tree.getroot().iter(etree.Element):
        for name in POINTERS:
            for pointer in str(element.get(name, "")).split():
                if not re.match(r"https?:", pointer):
                    found += 1
                    assert resolves(pointer, tree), f"{name}={pointer}"
    assert found


def resolves(pointer: str, tree: etree._ElementTree) -> bool:
    """Whether a pointer leads to an element: of the same document, or of a file in `tei/`."""
    file, _, name = pointer.partition("#")
    target = read_tei(EDITION.tei / file) if file else tree
    return not name or any(element.get(XML_ID) == name for element in target.getroot().iter(etree.Element))


@pytest.mark.parametrize("identifier", DOCUMENTS)
def test_no_identifier_stands_twice_in_a_document(identifier: str) -> None:
    names = [element.get(XML_ID) for element in document(identifier).getroot().iter(etree.Element)]
    given = [name for name in names if name]
    assert len(given) == len(set(given))


@pytest.mark.parametrize("identifier", DOCUMENTS)
def test_a_document_holds_original_and_translation_in_this_order(identifier: str) -> None:
    divisions = document(identifier).getroot().findall("tei:text/tei:body/tei:div", NAMESPACES)
    assert [division.get("type") for division in divisions] == ["original", "translation"]


@pytest.mark.parametrize("identifier", DOCUMENTS)
def test_no_passage_of_a_document_is_without_text(identifier: str) -> None:
    for passage in document(identifier).getroot().iter("{*}p", "{*}item", "{*}ab", "{*}head"):
        assert "".join(str(text) for text in passage.itertext()).strip(), etree.tostring(passage)


def test_three_documents_hold_a_message_inside_the_message_in_both_languages() -> None:
    counts = [len(list(document(one).getroot().iter("{*}floatingText"))) for one in DOCUMENTS]
    assert sorted(counts) == [0, 0, 2, 2, 2]


def test_the_change_that_the_machine_made_has_no_date() -> None:
    for identifier in DOCUMENTS:
        (change,) = document(identifier).getroot().iter("{*}change")
        assert not change.get("when") or identifier in EDITED


def copy_of(folder: Path) -> Edition:
    """Return a copy of the edition, as it is committed."""
    for name in ("tei", "seeds", "schemas"):
        shutil.copytree(EDITION.root / name, folder / name)
    return Edition(folder.resolve())


def test_converting_the_committed_edition_leaves_it_as_it_is(tmp_path: Path) -> None:
    copied = copy_of(tmp_path)
    before = {path: path.read_bytes() for path in copied.tei.rglob("*") if path.is_file()}
    outcome = convert(copied, jobs=1).outcome
    assert (outcome.made, outcome.kept) == (0, len(DOCUMENTS))
    assert [found for found in outcome.problems if found.severity is Severity.ERROR] == []
    assert {path: path.read_bytes() for path in copied.tei.rglob("*") if path.is_file()} == before


def everything_made(folder: Path) -> dict[str, str]:
    """Convert and build the seeds in a new edition; return a hash of each file by its name."""
    folder.mkdir()
    (folder / "tei").mkdir()
    shutil.copytree(EDITION.seeds, folder / "seeds")
    shutil.copy(EDITION.corpus, folder / "tei")
    edition = Edition(folder.resolve())
    convert(edition, jobs=1)
    build_website(edition, jobs=1)
    build_print(edition, jobs=1)
    wanted = [path for path in folder.rglob("*") if path.suffix in {".xml", ".html", ".pdf", ".css", ".jsonl"}]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in wanted}


@pytest.mark.slow
def test_two_editions_made_from_the_same_seeds_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    first, second = (everything_made(tmp_path / name) for name in ("here", "elsewhere, in Москва"))
    assert {Path(name).suffix for name in first} >= {".xml", ".html", ".pdf"}
    assert first == second


def test_the_record_of_captures_is_sorted_and_holds_no_place_of_this_machine() -> None:
    lines = (EDITION.memory / "captures.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert [record["id"] for record in records] == sorted(record["id"] for record in records)
    assert all(record["seed"].startswith("seeds/") for record in records)

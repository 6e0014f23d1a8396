"""Turn the cases of validation into tests: each folder is an edition, `expected.txt` the problems that it has."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline.edition import Edition
from pipeline.founding import found_edition
from pipeline.problems import Outcome, as_text
from pipeline.validation import check, shared_files, words_to_replace

CASES = Path(__file__).parent / "cases" / "validation"
DOCUMENT = "d1950-10-03-roshchin-stalin"


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Return a copy of the valid edition, which a test may change."""
    shutil.copytree(CASES / "valid-edition" / "tei", tmp_path / "tei")
    return Edition(tmp_path.resolve())


def lines(outcome: Outcome) -> list[str]:
    return [as_text(found) for found in outcome.problems]


def codes(outcome: Outcome) -> set[str]:
    return {found.code for found in outcome.problems}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_an_edition_has_the_problems_expected(case: Path, tmp_path: Path, save_golden: bool) -> None:
    shutil.copytree(case / "tei", tmp_path / "tei")
    found = "".join(line + "\n" for line in lines(check(Edition(tmp_path.resolve()), jobs=1)))
    expected = case / "expected.txt"
    if save_golden:
        expected.write_text(found, encoding="utf-8", newline="\n")
    assert found == expected.read_text(encoding="utf-8")


def test_a_valid_edition_has_no_problem_and_an_invalid_one_has() -> None:
    for case in CASES.iterdir():
        assert case.name.startswith("valid") == (not (case / "expected.txt").read_text(encoding="utf-8"))


def test_what_has_not_changed_is_not_checked_again_but_still_reported(edition: Edition) -> None:
    change(edition.tei / f"{DOCUMENT}.xml", "<body>", "<body><q/>")
    first, second = check(edition, jobs=1), check(edition, jobs=1)
    assert (first.made, first.kept) == (5, 0)
    assert (second.made, second.kept) == (0, 5)
    assert lines(second) == lines(first) != []


def test_a_corrected_document_is_checked_again_and_only_it(edition: Edition) -> None:
    document = edition.tei / f"{DOCUMENT}.xml"
    change(document, "<body>", "<body><q/>")
    assert check(edition, jobs=1).problems
    change(document, "<body><q/>", "<body>")
    outcome = check(edition, jobs=1)
    assert (outcome.made, outcome.problems) == (1, ())


def test_an_entry_taken_from_an_authority_list_is_missed_in_an_unchanged_document(edition: Edition) -> None:
    check(edition, jobs=1)
    change(edition.tei / "authorities" / "persons.xml", 'xml:id="roshchin"', 'xml:id="roschin"')
    assert codes(check(edition, jobs=1)) == {"V014"}


def test_a_document_taken_away_is_missed_where_an_unchanged_file_points_to_it(edition: Edition) -> None:
    check(edition, jobs=1)
    (edition.tei / f"{DOCUMENT}.xml").unlink()
    outcome = check(edition, jobs=1)
    assert outcome.made == 0
    assert codes(outcome) == {"V015"}


def test_a_missing_authority_list_is_one_note(edition: Edition) -> None:
    (edition.tei / "authorities" / "places.xml").unlink()
    outcome = check(edition, jobs=1)
    assert [(found.file, found.severity) for found in outcome.problems] == [("tei/authorities/places.xml", "note")]


def test_chosen_files_are_checked_alone(edition: Edition) -> None:
    change(edition.corpus, "<body>", "<body><q/>")
    outcome = check(edition, jobs=1, paths=[edition.tei / f"{DOCUMENT}.xml"])
    assert (outcome.made, outcome.kept, outcome.problems) == (1, 0, ())


def test_a_damaged_record_of_the_last_run_costs_only_time(edition: Edition) -> None:
    check(edition, jobs=1)
    (edition.build / ".state" / "validation.json").write_text("{", encoding="utf-8")
    assert (check(edition, jobs=1).made, check(edition, jobs=1).made) == (5, 0)


def test_many_documents_on_two_processes_have_the_same_problems_as_on_one(edition: Edition) -> None:
    text = (edition.tei / f"{DOCUMENT}.xml").read_text(encoding="utf-8")
    for number in range(30):
        copy = text.replace(f'xml:id="{DOCUMENT}"', f'xml:id="d{number}"').replace("#s330", f"#s330{number}")
        (edition.tei / f"d{number}.xml").write_text(copy, encoding="utf-8")
    on_two = check(edition, jobs=2)
    shutil.rmtree(edition.build)
    on_one = check(edition, jobs=1)
    assert on_two == on_one
    assert [found.code for found in on_one.problems].count("V013") == 30


def own_words(text: str, language: str) -> str:
    """Return a file of a new edition with an editor's own words in place of its placeholders in one language."""
    text = text.replace("New edition", "Telegrams").replace("Unnamed publisher", "Archive")
    for begins in {
        "en": ("The licence of", "Compiled for the edition.", "Write here"),
        "ru": ("Лицензия издания", "Составлено для издания.", "Напишите здесь"),
    }[language]:
        text = re.sub(rf"<p([^>]*)>{begins}[^\n]*</p>", r"<p\1>Said by the editors.</p>", text)
    return text


def test_a_new_edition_is_warned_once_for_each_file_until_all_its_words_are_its_own(tmp_path: Path) -> None:
    edition = found_edition(tmp_path / "new", "", "2026-01-01")
    files = ["tei/authorities/organisations.xml", "tei/authorities/persons.xml", "tei/authorities/places.xml"]
    assert [(one.file, one.code) for one in check(edition).problems] == [
        (file, "R035") for file in (*files, "tei/corpus.xml")
    ]
    assert len(list(words_to_replace(edition))) == 4
    for language, left in (("en", 4), ("ru", 0)):
        for path in shared_files(edition):
            path.write_text(own_words(path.read_text(encoding="utf-8"), language), encoding="utf-8")
        assert len(check(edition).problems) == left
    assert not list(words_to_replace(edition))


@pytest.mark.parametrize("words", ["New edition", "Unnamed publisher"])
def test_one_word_of_a_new_edition_that_is_left_is_named(tmp_path: Path, words: str) -> None:
    edition = found_edition(tmp_path / "new", "", "2026-01-01")
    text = edition.corpus.read_text(encoding="utf-8")
    own = own_words(own_words(text, "en"), "ru")
    element = "title" if words == "New edition" else "publisher"
    edition.corpus.write_text(re.sub(rf"<{element}>[^<]*<", f"<{element}>{words}<", own, count=1), encoding="utf-8")
    (found,) = check(edition, paths=[edition.corpus]).problems
    assert dict(found.arguments) == {"value1": element}

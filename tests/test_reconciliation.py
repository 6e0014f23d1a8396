"""Turn what is promised to editors into tests: no hand edit is undone, and a run that was killed does no harm."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.conversion import Conversion, ConversionRunning, convert
from pipeline.edition import Edition
from pipeline.files import write_file
from pipeline.founding import found_edition
from pipeline.reconciliation import Known, Placed, Settling, place, read_known, survey, write_known
from pipeline.tei import lay_out, parse_tei, read_tei, serialise

ID = "d1951-02-03-vydumkin-primerov"
TELEGRAM = """Совершенно секретно

Из Тутинска 3.2.1951

ПРИМЕРОВУ

Докладываю о придуманной погоде: дождь идет третий день.

ВЫДУМКИН

N 15. 3.2.51 г.


Top Secret

From TUTINSK 3.2.1951

To PRIMEROV

I report on the invented weather: it has rained for three days.

VYDUMKIN

No. 15 3.2.51
"""
RECORD = """April 2, 1953

Invented Report on Bread

There is bread in the city until spring, {what}. I ask you to send flour before the river freezes.

Document Information

Record ID

900077

Type

Report
"""


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Return an edition with one seed, not yet converted."""
    made = found_edition(tmp_path / "edition", "Invented", "2026-01-01")
    sow(made, "1.txt", TELEGRAM)
    return made


def sow(edition: Edition, name: str, text: str) -> Path:
    path = edition.seeds / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def run(edition: Edition) -> Conversion:
    """Convert as if for the first time with this program: what was made from what is forgotten."""
    (edition.build / ".state" / "conversion.json").unlink(missing_ok=True)
    return convert(edition, jobs=1)


def placed(conversion: Conversion) -> dict[str, Placed]:
    return dict(conversion.placed)


def codes(conversion: Conversion) -> list[str]:
    return [found.code for found in conversion.outcome.problems]


def document(edition: Edition, identifier: str = ID) -> Path:
    return edition.tei / f"{identifier}.xml"


def base(edition: Edition, identifier: str = ID) -> Path:
    return edition.memory / "generated" / f"{identifier}.xml"


def change(path: Path, old: str, new: str) -> bytes:
    """Change a file as an editor would, and return its new content."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    return path.read_bytes()


EDITS = {
    "a word": ("третий день", "четвертый день"),
    "an attribute": ('<seg type="classification"', '<seg type="classification" n="1"'),
    "an attribute taken away": (' xml:lang="ru"', ""),
    "an element": ("Докладываю", "<hi>Докладываю</hi>"),
    "white space in a sentence": ("придуманной погоде", "придуманной  погоде"),
    "a comment": ("<closer>", "<!-- looked at --><closer>"),
    "the header": ("</titleStmt>", "<respStmt><resp>editing</resp><name>A. Editor</name></respStmt></titleStmt>"),
}
NO_EDITS = {
    "another order of attributes": ('type="original" xml:lang="ru"', 'xml:lang="ru" type="original"'),
    "other indentation": ("\n  <body>", "\n\n\t\t<body>"),
    "other quotation marks": ('status="draft">\n', "status='draft'>\n"),
    "a character written as a number": ("третий день", "&#x442;ретий день"),
}
ANEW = ("третий день", "шестой день")


def test_a_note_between_a_word_and_its_comma_is_no_change_of_the_captured_text(edition: Edition) -> None:
    run(edition)
    change(document(edition), "погоде:", 'погоде<note resp="#editor">A note of several words.</note>:')
    assert codes(run(edition)) == ["E001"]


@pytest.mark.parametrize(("old", "new"), EDITS.values(), ids=EDITS.keys())
def test_a_hand_edit_is_never_overwritten(edition: Edition, old: str, new: str) -> None:
    run(edition)
    edited = change(document(edition), old, new)
    again = run(edition)
    assert placed(again) == {ID: Placed.EDITED}
    assert set(codes(again)) <= {"E001", "E014"}
    assert document(edition).read_bytes() == edited
    change(edition.seeds / "1.txt", "дождь идет", "снег идет")
    assert placed(run(edition)) == {ID: Placed.MERGED}
    assert document(edition).read_bytes() == edited.replace("дождь идет".encode(), "снег идет".encode())


@pytest.mark.parametrize(("old", "new"), NO_EDITS.values(), ids=NO_EDITS.keys())
def test_what_changes_nothing_in_the_document_is_no_edit(edition: Edition, old: str, new: str) -> None:
    run(edition)
    written = change(document(edition), old, new)
    again = run(edition)
    assert placed(again) == {ID: Placed.UNCHANGED}
    assert codes(again) == []
    assert document(edition).read_bytes() == written
    change(edition.seeds / "1.txt", *ANEW)
    assert placed(run(edition)) == {ID: Placed.UPDATED}


def test_a_document_laid_out_anew_by_an_editor_s_program_is_no_edit(edition: Edition) -> None:
    run(edition)
    tree = read_tei(document(edition))
    tree.getroot().find("{*}teiHeader").text = "\n\n      "  # type: ignore[union-attr]
    document(edition).write_bytes(serialise(tree))
    assert placed(run(edition)) == {ID: Placed.UNCHANGED}
    lay_out(tree.getroot())
    assert serialise(tree) == base(edition).read_bytes()


def test_a_new_document_is_created_with_its_base(edition: Edition) -> None:
    first = run(edition)
    assert placed(first) == {ID: Placed.CREATED}
    assert (first.outcome.made, first.outcome.kept) == (1, 0)
    assert document(edition).read_bytes() == base(edition).read_bytes()


def test_converting_again_writes_nothing(edition: Edition) -> None:
    run(edition)
    before = {path: path.stat().st_mtime_ns for path in edition.tei.rglob("*")}
    again = run(edition)
    assert placed(again) == {ID: Placed.UNCHANGED}
    assert (again.outcome.made, again.outcome.kept) == (0, 1)
    assert {path: path.stat().st_mtime_ns for path in edition.tei.rglob("*")} == before


def test_a_document_that_nobody_edited_follows_its_seed(edition: Edition) -> None:
    run(edition)
    change(edition.seeds / "1.txt", *ANEW)
    again = run(edition)
    assert placed(again) == {ID: Placed.UPDATED}
    assert "шестой день" in document(edition).read_text(encoding="utf-8")
    assert document(edition).read_bytes() == base(edition).read_bytes()


def test_what_both_changed_otherwise_stays_the_editor_s_and_is_proposed_beside_it(edition: Edition) -> None:
    run(edition)
    edited = change(document(edition), "третий день", "седьмой день")
    old_base = base(edition).read_bytes()
    change(edition.seeds / "1.txt", *ANEW)
    again = run(edition)
    proposal = (edition.build / "proposals" / f"{ID}.xml").read_text(encoding="utf-8")
    assert placed(again) == {ID: Placed.CONFLICTING}
    assert codes(again) == ["E007", "E014"]
    assert again.outcome.problems[0].line == edited[: edited.index("седьмой".encode())].count(b"\n") + 1
    assert "шестой день" in proposal
    assert "седьмой" not in proposal
    assert document(edition).read_bytes() == edited
    assert base(edition).read_bytes() == old_base


def test_a_conflict_does_not_stop_the_rest_from_being_merged(edition: Edition) -> None:
    run(edition)
    change(document(edition), "третий день", "седьмой день")
    change(edition.seeds / "1.txt", *ANEW)
    change(edition.seeds / "1.txt", "Совершенно секретно", "Секретно")
    assert placed(run(edition)) == {ID: Placed.CONFLICTING}
    text = document(edition).read_text(encoding="utf-8")
    assert "седьмой день" in text
    assert "Совершенно" not in text
    assert codes(run(edition)) == ["E007", "E014"]


@pytest.mark.parametrize(("settling", "words"), [(Settling.ACCEPT, "шестой день"), (Settling.KEEP, "седьмой день")])
def test_a_conflict_that_an_editor_has_settled_is_not_told_again(
    edition: Edition, settling: Settling, words: str
) -> None:
    run(edition)
    change(document(edition), "третий день", "седьмой день")
    change(edition.seeds / "1.txt", *ANEW)
    run(edition)
    convert(edition, jobs=1, settled={ID: settling})
    assert words in document(edition).read_text(encoding="utf-8")
    assert "E007" not in codes(run(edition))
    assert words in document(edition).read_text(encoding="utf-8")
    assert not (edition.build / "proposals" / f"{ID}.xml").exists()


def test_an_approved_document_is_only_proposed_to(edition: Edition) -> None:
    run(edition)
    change(document(edition), "Докладываю", "Докладываем")
    content = change(document(edition), '<revisionDesc status="draft">', '<revisionDesc status="approved">')
    change(edition.seeds / "1.txt", *ANEW)
    again = run(edition)
    assert placed(again) == {ID: Placed.PROPOSED}
    assert codes(again) == ["E004"]
    assert document(edition).read_bytes() == content
    proposal = (edition.build / "proposals" / f"{ID}.xml").read_bytes()
    assert proposal == content.replace(ANEW[0].encode(), ANEW[1].encode())
    convert(edition, jobs=1, settled={ID: Settling.ACCEPT})
    assert document(edition).read_bytes() == proposal
    assert "E004" not in codes(run(edition))


def test_what_an_approved_document_declined_is_not_proposed_again(edition: Edition) -> None:
    run(edition)
    content = change(document(edition), '<revisionDesc status="draft">', '<revisionDesc status="approved">')
    change(edition.seeds / "1.txt", *ANEW)
    convert(edition, jobs=1, settled={ID: Settling.KEEP})
    assert document(edition).read_bytes() == content
    assert "E004" not in codes(run(edition))
    assert document(edition).read_bytes() == content


def test_a_withdrawn_document_is_left(edition: Edition) -> None:
    run(edition)
    content = change(document(edition), '<revisionDesc status="draft">', '<revisionDesc status="withdrawn">')
    change(edition.seeds / "1.txt", *ANEW)
    again = run(edition)
    assert placed(again) == {ID: Placed.EDITED}
    assert codes(again) == ["E012"]
    assert document(edition).read_bytes() == content
    assert not (edition.build / "proposals" / f"{ID}.xml").exists()


def test_an_edit_that_conversion_has_learnt_to_make_is_no_edit_any_more(edition: Edition) -> None:
    run(edition)
    change(document(edition), *ANEW)
    change(edition.seeds / "1.txt", *ANEW)
    again = run(edition)
    assert placed(again) == {ID: Placed.UNCHANGED}
    assert codes(again) == []
    assert document(edition).read_bytes() == base(edition).read_bytes()


def test_without_a_base_no_document_is_overwritten(edition: Edition) -> None:
    run(edition)
    content = change(document(edition), "Докладываю", "Докладываем")
    base(edition).unlink()
    again = run(edition)
    assert placed(again) == {ID: Placed.PROPOSED}
    assert codes(again) == ["E002"]
    assert document(edition).read_bytes() == content


def test_a_lost_base_of_a_document_that_nobody_edited_is_made_again(edition: Edition) -> None:
    run(edition)
    content = document(edition).read_bytes()
    base(edition).unlink()
    assert codes(run(edition)) == []
    assert document(edition).read_bytes() == base(edition).read_bytes() == content


def test_a_document_that_was_deleted_is_made_again_and_told(edition: Edition) -> None:
    run(edition)
    content = document(edition).read_bytes()
    document(edition).unlink()
    again = convert(edition, jobs=1)
    assert placed(again) == {ID: Placed.CREATED}
    assert codes(again) == ["E003"]
    assert document(edition).read_bytes() == content


@pytest.mark.parametrize("broken", [b"<TEI", b"", b"\xff\xfe\xff", b"<!DOCTYPE TEI [<!ENTITY a 'b'>]><TEI>&a;</TEI>"])
def test_a_document_that_cannot_be_read_is_left_and_told(edition: Edition, broken: bytes) -> None:
    run(edition)
    document(edition).write_bytes(broken)
    again = run(edition)
    assert placed(again) == {ID: Placed.EDITED}
    assert "E005" in codes(again)
    assert {found.severity for found in again.outcome.problems} == {"error"}
    assert document(edition).read_bytes() == broken


def test_a_run_killed_between_document_and_base_is_made_up_for(edition: Edition) -> None:
    run(edition)
    old = base(edition).read_bytes()
    change(edition.seeds / "1.txt", *ANEW)
    run(edition)
    base(edition).write_bytes(old)
    again = run(edition)
    assert codes(again) == []
    assert document(edition).read_bytes() == base(edition).read_bytes() != old


@pytest.mark.parametrize("writes", range(4))
def test_a_merge_killed_before_any_of_its_files_loses_nothing(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    run(edition)
    change(document(edition), "придуманной", "<hi>придуманной</hi>")
    change(document(edition), ' ana="corpus.xml#date.century-from-document"', "")
    change(document(edition), "третий день", "седьмой день")
    change(edition.seeds / "1.txt", "дождь идет", "снег идет")
    change(edition.seeds / "1.txt", *ANEW)
    files = edition.root / "untouched"
    shutil.copytree(edition.tei, files)
    run(edition)
    wanted = {path.relative_to(edition.tei): path.read_bytes() for path in edition.tei.rglob("*") if path.is_file()}
    shutil.rmtree(edition.tei)
    shutil.copytree(files, edition.tei)
    left = iter(range(writes))

    def write_or_die(path: Path, content: bytes, *, remade: bool = False) -> bool:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return write_file(path, content, remade=remade)

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.reconciliation.placing.write_file", write_or_die)
        with contextlib.suppress(KeyboardInterrupt):
            run(edition)
    run(edition)
    assert wanted == {
        path.relative_to(edition.tei): path.read_bytes() for path in edition.tei.rglob("*") if path.is_file()
    }


def test_a_run_killed_before_its_record_gives_the_same_identifier_again(edition: Edition) -> None:
    run(edition)
    (edition.memory / "captures.jsonl").unlink()
    assert placed(run(edition)) == {ID: Placed.UNCHANGED}


def test_what_a_killed_run_left_half_written_is_removed(edition: Edition) -> None:
    run(edition)
    halves = [edition.tei / f".{ID}.xml.abc.part", edition.memory / "generated" / f".{ID}.xml.def.part"]
    for half in halves:
        half.write_bytes(b"<TEI")
    run(edition)
    assert not any(half.exists() for half in halves)


HOLDER = """
import sys, time
from pathlib import Path
from pipeline.conversion.memory import alone
from pipeline.edition import Edition
from pipeline.files import write_file
with alone(Edition(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_conversion_waits_for_nobody_and_the_lock_of_a_killed_one_is_free(edition: Edition) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    command = [sys.executable, "-c", HOLDER, str(edition.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(ConversionRunning) as stopped:
            convert(edition, jobs=1)
        assert "another conversion" in str(stopped.value)
        assert list(edition.documents()) == []
        other.kill()
    assert placed(convert(edition, jobs=1)) == {ID: Placed.CREATED}


def test_what_an_editor_has_to_settle_is_told_in_every_run(edition: Edition) -> None:
    run(edition)
    change(document(edition), "третий день", "седьмой день")
    change(edition.seeds / "1.txt", *ANEW)
    assert "E007" in codes(convert(edition, jobs=1))
    assert "E007" in codes(convert(edition, jobs=1))


def test_a_twin_is_told_in_every_run(edition: Edition) -> None:
    sow(edition, "a.txt", RECORD.format(what="as nobody knows"))
    sow(edition, "b.txt", RECORD.format(what="as everybody knows"))
    for _ in range(2):
        assert "C009" in codes(convert(edition, jobs=1))


def test_a_record_of_captures_with_a_bad_byte_stops_conversion(edition: Edition) -> None:
    run(edition)
    record = edition.memory / "captures.jsonl"
    record.write_bytes(record.read_bytes() + b"\xff\n")
    again = run(edition)
    assert codes(again) == ["E006"]
    assert placed(again) == {}


def test_of_two_captures_of_one_record_the_first_by_path_is_converted(edition: Edition) -> None:
    sow(edition, "b.txt", RECORD.format(what="as everybody knows"))
    sow(edition, "a.txt", RECORD.format(what="as nobody knows"))
    conversion = run(edition)
    (twin,) = [found for found in conversion.outcome.problems if found.code == "C009"]
    assert twin.file == "seeds/b.txt"
    assert dict(twin.arguments)["other"] == "seeds/a.txt"
    assert 80 <= int(dict(twin.arguments)["share"]) < 100
    converted = [path for path in edition.documents() if "bread" in path.read_text(encoding="utf-8")]
    assert len(converted) == 1
    assert "as nobody knows" in converted[0].read_text(encoding="utf-8")


def test_a_seed_that_vanished_leaves_its_document_and_is_told(edition: Edition) -> None:
    run(edition)
    content = document(edition).read_bytes()
    (edition.seeds / "1.txt").unlink()
    again = run(edition)
    assert [(found.code, found.file) for found in again.outcome.problems] == [("E008", f"tei/{ID}.xml")]
    assert document(edition).read_bytes() == content
    assert survey(edition).orphaned == (ID,)
    assert codes(run(edition)) == ["E008"]


def test_the_same_path_with_other_bytes_is_the_same_document(edition: Edition) -> None:
    run(edition)
    sow(edition, "1.txt", TELEGRAM.replace("ВЫДУМКИН", "ДРУГОЙ").replace("VYDUMKIN", "ANOTHER").replace("3.2", "5.6"))
    again = run(edition)
    assert placed(again) == {ID: Placed.UPDATED}
    known, _ = read_known(edition)
    assert [entry.id for entry in known.values()] == [ID]


def test_a_seed_that_moved_and_was_touched_is_the_same_document(edition: Edition) -> None:
    run(edition)
    (edition.seeds / "1.txt").unlink()
    sow(edition, "moved/2.txt", TELEGRAM.replace(*ANEW))
    again = run(edition)
    assert [identifier for identifier, _ in again.placed] == [ID]
    assert codes(again) == ["E010"]
    assert read_known(edition)[0].popitem()[1].seed == "seeds/moved/2.txt"


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "d1"}', "<<<<<<< HEAD", ""])
def test_a_damaged_line_of_the_record_stops_conversion(edition: Edition, line: str) -> None:
    run(edition)
    record = edition.memory / "captures.jsonl"
    damaged = f"{line}\n".encode() + record.read_bytes()
    record.write_bytes(damaged)
    shutil.rmtree(edition.build)
    sow(edition, "2.txt", RECORD.format(what="x"))
    again = run(edition)
    (found,) = again.outcome.problems
    assert (found.code, found.file, found.line) == ("E006", "tei/.despatch/captures.jsonl", 1)
    assert again.placed == ()
    assert record.read_bytes() == damaged
    assert len(list(edition.documents())) == 1


def test_the_record_has_one_sorted_line_a_document(edition: Edition) -> None:
    entries = [Known(name, f"key-{name}", "0", "seeds/Ж.txt", "transcript") for name in ("d2", "d1")]
    write_known(edition, entries)
    lines = (edition.memory / "captures.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["d1", "d2"]
    assert "Ж" in lines[0]
    assert list(read_known(edition)[0].values()) == entries[::-1]


def test_a_dry_run_says_what_would_be_done_and_does_nothing(edition: Edition) -> None:
    new = b"<TEI/>"
    assert place(edition, ID, new, dry_run=True).placed is Placed.CREATED
    assert not document(edition).exists()
    place(edition, ID, new)
    assert place(edition, ID, b"<TEI n='1'/>", dry_run=True).placed is Placed.UPDATED
    assert document(edition).read_bytes() == base(edition).read_bytes() == new


def test_the_survey_tells_edited_from_proposed_and_conflicting_documents(edition: Edition) -> None:
    run(edition)
    found = survey(edition)
    assert (found.seeds, found.documents, found.edited, found.proposed, found.orphaned) == (1, 1, (), (), ())
    change(document(edition), "третий день", "седьмой день")
    change(edition.seeds / "1.txt", *ANEW)
    run(edition)
    found = survey(edition)
    assert (found.edited, found.conflicting, found.proposed) == ((ID,), (ID,), ())
    change(document(edition), '<revisionDesc status="draft">', '<revisionDesc status="approved">')
    run(edition)
    found = survey(edition)
    assert (found.edited, found.conflicting, found.proposed) == ((ID,), (), (ID,))
    assert parse_tei(document(edition).read_bytes(), ID).getroot().get("{http://www.w3.org/XML/1998/namespace}id") == ID

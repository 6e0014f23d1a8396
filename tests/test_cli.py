"""Turn the command into tests: each command, option and exit code, in both languages, for people and for programs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

import pipeline
from pipeline.captures.capture import read_seed
from pipeline.captures.reading import read_captures
from pipeline.cli import despatch, main
from pipeline.resources import resources

CLONE = Path(__file__).resolve().parent.parent
SEED = CLONE / "seeds" / "002_2d287dbd93c7e576.txt"
ID = "d1950-07-13-stalin-zhou-enlai"
COLOUR = re.compile(r"\x1b\[[\d;]*3[1-7]")


@dataclass(frozen=True, slots=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The problems that were printed as JSON, one object each."""
        found = self.record["problems"]
        assert isinstance(found, list)
        return found

    @property
    def record(self) -> dict[str, Any]:
        """What was printed as one JSON object."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Command = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs the command as the shell does."""

    def run(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["despatch", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = capsys.readouterr()
        return Done(code, told.out, told.err)

    return run


@pytest.fixture
def edition(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an edition with one seed, in which the command is run."""
    folder = tmp_path / "edition"
    assert run("new", folder, "--title", "Invented <Edition>", "--date", "2026-01-01").code == 0
    shutil.copy(SEED, folder / "seeds" / "1.txt")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def converted(run: Command, edition: Path) -> Path:
    assert run("convert").code == 0
    return edition


def files(folder: Path) -> dict[str, bytes]:
    """Return all that lies in an edition, but for what can be made again."""
    found = (path for path in folder.rglob("*") if path.is_file() and "build" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def spoil(folder: Path) -> None:
    """Make a document invalid."""
    path = folder / "tei" / f"{ID}.xml"
    path.write_text(path.read_text(encoding="utf-8").replace("<opener>", "<opener><p/>", 1), encoding="utf-8")


# new


def test_a_new_edition_has_its_title_and_date_and_nothing_is_overwritten(run: Command, edition: Path) -> None:
    corpus = (edition / "tei" / "corpus.xml").read_text(encoding="utf-8")
    assert "<title>Invented &lt;Edition&gt;</title>" in corpus
    assert '<date when="2026-01-01"/>' in corpus
    again = run("new", edition)
    assert again.code == 1
    assert "already holds an edition" in again.err
    assert (edition / "tei" / "corpus.xml").read_text(encoding="utf-8") == corpus


# convert


def test_converting_says_how_many_documents_were_written(run: Command, edition: Path) -> None:
    first, second = run("convert"), run("convert")
    assert (first.code, second.code) == (0, 0)
    assert "1 document written, 0 unchanged" in first.out
    assert "0 documents written, 1 unchanged" in second.out
    assert (edition / "tei" / f"{ID}.xml").is_file()


def test_a_file_that_was_refused_counts_as_no_unchanged_document(run: Command, edition: Path) -> None:
    (edition / "seeds" / "empty.txt").write_bytes(b"")
    run("convert")
    assert "0 documents written, 1 unchanged" in run("convert").out


def test_messages_go_to_standard_error_and_can_be_had_in_russian(run: Command, edition: Path) -> None:
    told = run("convert", "--lang", "ru")
    assert "записано: 1 документ," in told.out
    assert "seeds/1.txt" in told.err
    assert "адрес принадлежит тестовому серверу" in told.err
    assert "seeds/1.txt" not in told.out


def test_verbose_shows_the_evidence_and_what_became_of_each_document(run: Command, edition: Path) -> None:
    told = run("convert", "-v").out
    assert re.search(r"^seeds/1\.txt: archive-pdf: \S", told, re.MULTILINE)
    assert f"tei/{ID}.xml: created" in told
    assert "archive-pdf" not in run("convert").out


def test_quiet_says_nothing_but_errors(run: Command, edition: Path) -> None:
    (edition / "seeds" / "0.txt").write_bytes(b"")
    told = run("convert", "-q")
    assert told.out == ""
    assert "C004" in told.err
    assert "warning" not in told.err


def test_json_is_one_list_of_problems(run: Command, edition: Path) -> None:
    records = run("convert", "--format", "json").records
    assert records
    assert all(record.keys() >= {"file", "line", "code", "severity", "message", "advice"} for record in records)
    assert run("convert", "--format", "json", "--lang", "ru").records[0]["message"] != records[0]["message"]


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_dry_run_and_a_difference_write_nothing(run: Command, edition: Path, option: str) -> None:
    before = files(edition)
    told = run("convert", option)
    assert told.code == 0
    assert "1 document would be written" in told.out
    assert files(edition) == before
    assert run("convert").out.startswith("convert: 1 document written")


def test_a_difference_shows_the_lines_that_would_change(run: Command, converted: Path) -> None:
    seed = converted / "seeds" / "1.txt"
    text = seed.read_text(encoding="utf-8")
    seed.write_text(text.replace("Исполнение телеграфьте.", "Исполнение телеграфьте немедля."), encoding="utf-8")
    lines = run("convert", "--diff").out.splitlines()
    assert f"--- tei/{ID}.xml" in lines
    assert [line.strip() for line in lines if line.startswith("+ ") and "немедля" in line]
    assert [line.strip() for line in lines if line.startswith("- ") and "телеграфьте.<" in line]


def test_the_sums_of_the_ledger_are_the_length_of_the_text(run: Command, edition: Path) -> None:
    told = run("convert", "--ledger").out
    length = len(read_captures(read_seed(SEED, "1.txt")).captures[0].text)
    assert f"{length} characters" in told.splitlines()[0]
    assert (
        sum(map(int, re.findall(r"^[\w()-]+: (\d+) characters? in \d+ stretch(?:es)?$", told, re.MULTILINE))) == length
    )
    assert re.search(r"^\d+:\d+\t\d+-\d+\tfield\(title\)\t\S", told, re.MULTILINE)
    assert not list((edition / "tei").glob("d*.xml"))


def test_the_ledger_as_json_has_every_interval_in_order(run: Command, edition: Path) -> None:
    account = run("convert", "--ledger", "--format", "json").record
    assert account["seed"] == "seeds/1.txt"
    starts, ends = ([entry[place] for entry in account["entries"]] for place in (0, 1))
    assert starts == [0, *ends[:-1]]


def test_one_seed_can_be_converted_alone(run: Command, edition: Path) -> None:
    shutil.copy(CLONE / "seeds" / "000_232a5bcde41ab980.txt", edition / "seeds" / "2.txt")
    assert "1 document written" in run("convert", "seeds/2.txt").out
    assert [path.stem for path in (edition / "tei").glob("d*.xml")] == ["d1950-10-01-stalin-mao-zedong"]


def test_the_edition_is_found_from_a_folder_inside_it_and_by_name(
    run: Command, converted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, option in ((converted / "seeds", []), (converted.parent, ["--edition", converted])):
        monkeypatch.chdir(folder)
        assert run("status", *option).code == 0


# check


def test_a_valid_edition_is_checked_without_a_word_of_errors(run: Command, converted: Path) -> None:
    told = run("check")
    assert told.code == 0
    assert "error" not in told.out.replace("0 errors", "")
    files = [path for pattern in ("*.xml", "authorities/*.xml") for path in (converted / "tei").glob(pattern)]
    assert f"{len(files)} files checked" in told.out


def test_problems_found_by_a_check_are_its_result(run: Command, converted: Path) -> None:
    spoil(converted)
    told = run("check", "--jobs", "1")
    assert told.code == 1
    assert re.search(rf"^tei/{ID}\.xml:\d+(:\d+)?: error: V\d+ ", told.out, re.MULTILINE)
    assert told.err == ""
    errors = [one for one in run("check", "--format", "json").records if one["severity"] == "error"]
    assert {one["file"] for one in errors} == {f"tei/{ID}.xml"}


def test_one_file_can_be_checked_alone(run: Command, converted: Path) -> None:
    spoil(converted)
    assert run("check", "tei/corpus.xml").code == 0
    assert run("check", f"tei/{ID}.xml").code == 1


# build and status


@pytest.mark.slow
def test_the_products_can_be_built_together_or_one_by_one(run: Command, converted: Path) -> None:
    web = run("build", "web")
    assert web.code == 0
    assert "build/site/" in web.out
    assert (converted / "build" / "site" / f"{ID}.html").is_file()
    assert not (converted / "build" / "print").exists()
    both = run("build")
    assert both.code == 0
    assert "build/print/" in both.out
    assert (converted / "build" / "print" / "volume.pdf").read_bytes().startswith(b"%PDF-")
    told = run("build", "--format", "json").records
    assert {one["code"] for one in told} == {"R035"}, "a new edition still says what every new one says"


def test_the_status_counts_what_the_edition_holds_and_names_the_engines(run: Command, converted: Path) -> None:
    spoil(converted)
    found = run("status", "--format", "json").record
    assert found["seeds"] == found["documents"] == "1"
    assert found["edited"] == [ID]
    assert found["proposed"] == found["orphaned"] == []
    assert any("Saxon" in engine for engine in found["engines"])
    assert {"Libertinus Serif", "Noto Serif CJK SC"} <= set(found["fonts"])
    told = run("status", "--lang", "ru").out
    assert f"правлены вручную: {ID}" in told
    assert f"Despatch {pipeline.__version__}" in told
    assert "шрифты тома: " in told


# Exit codes


def test_0_is_returned_where_there_are_only_warnings_unless_they_are_to_fail(run: Command, edition: Path) -> None:
    told = run("convert")
    assert told.code == 0
    assert "warning" in told.err
    shutil.rmtree(edition / "build")
    assert run("convert", "--fail-on", "warning").code == 1


def test_1_is_returned_where_the_edition_s_record_is_damaged(run: Command, converted: Path) -> None:
    (converted / "tei" / ".despatch" / "captures.jsonl").write_text("{\n", encoding="utf-8")
    assert run("convert").code == 1


@pytest.mark.parametrize(
    "arguments",
    [["melt"], ["convert", "--colour"], ["convert", "nowhere.txt"], ["build", "radio"], ["check", "--lang", "la"]],
    ids=" ".join,
)
def test_2_is_returned_for_a_command_that_is_none(run: Command, edition: Path, arguments: list[str]) -> None:
    told = run(*arguments)
    assert told.code == 2
    assert told.err


def test_3_is_returned_for_what_cannot_be_read(run: Command, edition: Path) -> None:
    (edition / "seeds" / "0.txt").write_bytes(b"")
    told = run("convert")
    assert told.code == 3
    assert "seeds/0.txt: error: C004 capture-empty" in told.err
    assert "1 document written" in told.out
    (edition / "tei" / "corpus.xml").write_text("<TEI", encoding="utf-8")
    assert run("convert").code == 3


def test_3_is_returned_where_there_is_no_edition(run: Command, tmp_path: Path) -> None:
    told = run("check", "--edition", tmp_path)
    assert told.code == 3
    assert "despatch new" in told.err
    assert "Traceback" not in told.err


def test_4_is_returned_where_a_schema_is_missing(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.resources.resources", lambda: tmp_path)
    told = run("new", tmp_path / "edition")
    assert told.code == 4
    assert "is missing" in told.err


@pytest.mark.slow
def test_5_is_returned_where_a_stylesheet_does_not_compile(
    run: Command, converted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("schemas", "xslt"):
        shutil.copytree(resources() / name, tmp_path / "resources" / name)
    for sheet in (tmp_path / "resources" / "xslt" / "web").glob("*.xsl"):
        sheet.write_text(sheet.read_text(encoding="utf-8").replace("as=", "az="), encoding="utf-8")
    monkeypatch.setattr("pipeline.resources.resources", lambda: tmp_path / "resources")
    told = run("build", "web")
    assert told.code == 5
    assert "does not compile" in told.err


# Help and colour


def test_every_command_and_option_has_help(run: Command) -> None:
    for name, command in despatch.commands.items():
        told = run(name, "--help")
        assert told.code == 0
        assert command.help
        assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))
        assert command.help.split(".")[0] in told.out.replace("\n  ", " ")
    assert run("--version").out.strip() == f"despatch, version {pipeline.__version__}"


def test_colour_is_given_where_it_is_wanted_and_never_against_the_reader_s_will(
    run: Command, edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert COLOUR.search(run("convert", "--dry-run").err)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = run("convert", "--dry-run").err
    assert "warning" in plain
    assert not COLOUR.search(plain)


def test_a_command_starts_without_the_stages_that_it_does_not_run() -> None:
    code = "import sys, pipeline.cli; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=CLONE, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "pipeline.validation" in loaded
    assert loaded & {"pipeline.conversion", "pipeline.website", "pipeline.typesetting", "typst", "pypdfium2"} == set()

"""Turn what is promised of problems into tests: said in two languages, placed, weighed into an exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import problems
from pipeline.problems import ExitCode, Problem, Severity, as_json, as_record, as_text, exit_code, problem

WORDS = """
[T001]
name = "date-without-month"
severity = "error"
en = '"{date}" has no month'
ru = "в дате «{date}» нет месяца"
advice-en = "give it in brackets"
advice-ru = "укажите его в скобках"

[T002]
name = "worth-a-look"
severity = "warning"
en = "look"
ru = "посмотрите"
advice-en = "decide"
advice-ru = "решите"

[T003]
name = "refused"
severity = "error"
unreadable = true
en = "refused"
ru = "не принят"
advice-en = "mend it"
advice-ru = "исправьте"

[T004]
name = "by-the-way"
severity = "note"
en = "so it is"
ru = "так оно и есть"
advice-en = "nothing to do"
advice-ru = "делать ничего не надо"
"""


@pytest.fixture(autouse=True)
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "test.toml").write_text(WORDS, encoding="utf-8")
    monkeypatch.setattr(problems, "TEXTS", tmp_path)
    problems.problem_texts.cache_clear()
    yield tmp_path
    problems.problem_texts.cache_clear()


def dated() -> Problem:
    return problem("T001", "seeds/42.txt", 17, 4, excerpt="on the 12th inst.", date="the 12th inst.")


def test_a_problem_says_what_where_and_what_to_do() -> None:
    assert as_text(dated()).splitlines()[0] == (
        'seeds/42.txt:17:4: error: T001 date-without-month: "the 12th inst." has no month; give it in brackets'
    )


def test_a_problem_speaks_russian() -> None:
    assert "в дате «the 12th inst.» нет месяца; укажите его в скобках" in as_text(dated(), "ru")


def test_an_excerpt_is_marked_below_its_column() -> None:
    _, excerpt, mark = as_text(dated()).splitlines()
    assert excerpt[mark.index("^")] == "t"
    assert excerpt[mark.index("^") :].startswith("the 12th")


def test_a_problem_of_a_whole_file_gives_no_line() -> None:
    assert as_text(problem("T002", "tei/a.xml")).startswith("tei/a.xml: warning: T002")


def test_problems_as_json_are_one_object_a_line() -> None:
    found = [dated(), problem("T002", "tei/a.xml")]
    records = [json.loads(line) for line in as_json(found, "ru").splitlines()]
    assert records == [as_record(one, "ru") for one in found]
    assert records[0]["message"] == "в дате «the 12th inst.» нет месяца"


def test_problems_are_listed_by_file_and_then_by_place() -> None:
    found = [problem("T002", "b", 1), problem("T002", "a", 10), problem("T001", "a", 2, date="x")]
    assert [(one.file, one.line) for one in sorted(found)] == [("a", 2), ("a", 10), ("b", 1)]


@pytest.mark.parametrize(
    ("codes", "fail_on", "expected"),
    [
        ((), Severity.ERROR, ExitCode.DONE),
        (("T002", "T004"), Severity.ERROR, ExitCode.DONE),
        (("T002", "T001"), Severity.ERROR, ExitCode.PROBLEMS),
        (("T002",), Severity.WARNING, ExitCode.PROBLEMS),
        (("T004",), Severity.WARNING, ExitCode.DONE),
        (("T001", "T003"), Severity.ERROR, ExitCode.UNREADABLE),
    ],
)
def test_the_exit_code_is_that_of_the_worst(codes: tuple[str, ...], fail_on: Severity, expected: ExitCode) -> None:
    assert exit_code([Problem("f", 0, 0, code, (("date", "x"),)) for code in codes], fail_on) is expected


def test_a_code_defined_twice_is_a_mistake_of_the_program(words: Path) -> None:
    (words / "other.toml").write_text(WORDS, encoding="utf-8")
    with pytest.raises(ValueError, match="T001 is defined twice"):
        problems.problem_texts()


def test_a_code_without_words_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        problem("T999", "f").message()

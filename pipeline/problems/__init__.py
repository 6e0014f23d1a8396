"""Turn trouble in a document into a value that says what is wrong, where, and what to do.

A `Problem` is something wrong in a document: a stage collects problems and goes on. A `PipelineError` is
what stops a stage; it carries the exit code. The words of every problem stand in `texts/*.toml`, in English
and Russian, one file for each stage:

    [C003]
    name = "undecodable-byte"        # a word for it, shown beside the code
    severity = "warning"             # error | warning | note
    en = "byte {byte} is not {encoding}"
    ru = "байт {byte} не читается как {encoding}"
    advice-en = "save the file as UTF-8"
    advice-ru = "сохраните файл в UTF-8"
"""

from __future__ import annotations

import enum
import functools
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.agreement import filled

GUIDELINES = "build/site/guidelines.html"
"""The page of the encoding guidelines, in an edition whose website has been built."""

TEXTS = Path(__file__).with_name("texts")


class Severity(enum.StrEnum):
    """How much a problem matters: a file unusable, an editor must look, for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class ExitCode(enum.IntEnum):
    """What the command returns; listed in the README."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    UNREADABLE = 3
    MISSING = 4
    STYLESHEET = 5


class PipelineError(Exception):
    """What stops a stage. The text is for the editor: what happened, and what to do."""

    exit_code = ExitCode.PROBLEMS


class UnreadableInput(PipelineError):
    """A file or folder that a stage cannot do without cannot be read."""

    exit_code = ExitCode.UNREADABLE


class EngineMissing(PipelineError):
    """A program, library, schema or font is not there."""

    exit_code = ExitCode.MISSING


class StylesheetFailed(PipelineError):
    """A stylesheet does not compile, or stopped with an error."""

    exit_code = ExitCode.STYLESHEET


@dataclass(frozen=True, slots=True)
class ProblemText:
    """The words of one kind of problem, from `texts/*.toml`."""

    code: str
    name: str
    severity: Severity
    message: Mapping[str, str]
    """By interface language, `en` and `ru`; with {placeholders}."""
    advice: Mapping[str, str]
    unreadable: bool = False
    """Whether the file was refused: the command then ends with exit code 3."""


@functools.cache
def problem_texts() -> Mapping[str, ProblemText]:
    """Return the words of every kind of problem by code."""
    texts: dict[str, ProblemText] = {}
    for file in sorted(TEXTS.glob("*.toml")):
        for code, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if code in texts:
                raise ValueError(f"{file.name}: {code} is defined twice")
            texts[code] = _problem_text(code, entry)
    return texts


def _problem_text(code: str, entry: Mapping[str, Any]) -> ProblemText:
    return ProblemText(
        code=code,
        name=entry["name"],
        severity=Severity(entry["severity"]),
        message={"en": entry["en"], "ru": entry["ru"]},
        advice={"en": entry["advice-en"], "ru": entry["advice-ru"]},
        unreadable=entry.get("unreadable", False),
    )


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a document, in the order in which a list of problems is read."""

    file: str
    """POSIX path, relative to the edition where the file lies in it."""
    line: int
    """From 1; 0 where the problem is the whole file."""
    column: int
    """From 1, in characters; 0 where unknown."""
    code: str
    arguments: tuple[tuple[str, str], ...] = ()
    """What fills the placeholders of the message."""
    excerpt: str = ""
    """The line in question, where a reader refused it; shown with `column` underlined."""

    @property
    def text(self) -> ProblemText:
        return problem_texts()[self.code]

    @property
    def severity(self) -> Severity:
        return self.text.severity

    @property
    def guideline(self) -> str:
        """Where the encoding guidelines treat of it: the anchor of a rule or an element; "" where they do not.

        The schema's messages (V) are about the element that they name, rules (R) have anchors of their own.
        """
        if self.code.startswith("R"):
            return self.code
        return dict(self.arguments).get("element", "") if self.code.startswith("V") else ""

    def message(self, language: str = "en") -> str:
        """Return what is wrong, in one sentence."""
        return filled(self.text.message[language], dict(self.arguments))

    def advice(self, language: str = "en") -> str:
        """Return what to do about it."""
        return filled(self.text.advice[language], dict(self.arguments))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a stage did: how many products it made, how many were still good, and what was wrong."""

    made: int
    kept: int
    problems: tuple[Problem, ...] = ()


def problem(code: str, file: str, line: int = 0, column: int = 0, excerpt: str = "", **arguments: object) -> Problem:
    """Make a problem; the keyword arguments fill the placeholders of its message."""
    return Problem(file, line, column, code, tuple((key, str(value)) for key, value in arguments.items()), excerpt)


def as_text(found: Problem, language: str = "en") -> str:
    """Return a problem as one line, `file:line:column: severity: code name: message; advice`, and its excerpt."""
    place = ":".join([found.file, *(str(n) for n in (found.line, found.column) if n)])
    what = f"{found.message(language)}; {found.advice(language)}"
    text = f"{place}: {found.severity}: {found.code} {found.text.name}: {what}"
    if not found.excerpt:
        return text
    return f"{text}\n    {found.excerpt}\n    {' ' * max(found.column - 1, 0)}^"


def as_record(found: Problem, language: str = "en") -> dict[str, str | int]:
    """Return a problem as one JSON object, the same in every stage."""
    return {
        "file": found.file,
        "line": found.line,
        "column": found.column,
        "severity": str(found.severity),
        "code": found.code,
        "name": found.text.name,
        "message": found.message(language),
        "advice": found.advice(language),
        "guideline": f"{GUIDELINES}#{found.guideline}" if found.guideline else "",
    }


def as_json(problems: Iterable[Problem], language: str = "en") -> str:
    """Return problems as JSON, one object a line."""
    return "\n".join(json.dumps(as_record(found, language), ensure_ascii=False) for found in problems)


def exit_code(problems: Iterable[Problem], fail_on: Severity = Severity.ERROR) -> ExitCode:
    """Return the exit code for these problems: a refused file outweighs an invalid one."""
    failing = {Severity.ERROR} if fail_on is Severity.ERROR else {Severity.ERROR, fail_on}
    code = ExitCode.DONE
    for found in problems:
        if found.text.unreadable:
            return ExitCode.UNREADABLE
        if found.severity in failing:
            code = ExitCode.PROBLEMS
    return code

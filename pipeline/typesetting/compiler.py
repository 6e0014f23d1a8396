"""Turn Typst code into a PDF: the only door to Typst.

The PDF follows ISO 19005-3 (PDF/A-3a) and ISO 14289-1 (PDF/UA-1), uses no font of the system, and bears the edition's
date: the same code gives the same bytes.
"""

from __future__ import annotations

import functools
import importlib.metadata
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import typst

from pipeline import fonts
from pipeline.problems import ExitCode, PipelineError

STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]


class TypesettingFailed(PipelineError):
    """Typst could not set the volume; the text is its own diagnosis."""

    exit_code = ExitCode.STYLESHEET

    def __init__(self, main: str, diagnosis: str, reason: str) -> None:
        super().__init__(f"{main} cannot be set: {diagnosis}")
        self.reason = reason
        """The first error in a line."""
        self._given = (main, diagnosis, reason)

    def __reduce__(self) -> tuple[type[TypesettingFailed], tuple[str, str, str]]:
        """Return what a worker's failure is made from anew in the process that waits for it."""
        return type(self), self._given


def engine() -> str:
    """Return the name and version of the typesetting engine."""
    return f"Typst {importlib.metadata.version('typst')}"


def families() -> list[str]:
    """Return the names of the typefaces that PDFs can be set in."""
    return list(_fonts().families())


def timestamp_of(date: str) -> int:
    """Return midnight, in UTC, of an ISO 8601 day, month or year, in seconds since 1970; 0 for what is no date."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    if not found:
        return 0
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return int(datetime(year, month, day, tzinfo=UTC).timestamp())
    except ValueError:
        return 0


@functools.cache
def _fonts() -> typst.Fonts:
    """Return the engine's fonts and ours: those of the system would make PDFs differ from machine to machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[fonts.FOLDER])


def compile_pdf(workshop: Path, main: str, inputs: Mapping[str, str], timestamp: int) -> bytes:
    """Return a PDF; raise `TypesettingFailed` with what Typst says."""
    compiler = typst.Compiler(workshop / main, root=workshop, font_paths=_fonts(), sys_inputs=dict(inputs))
    try:
        content = compiler.compile(pdf_standards=STANDARDS, timestamp=timestamp)
    except typst.TypstError as error:
        raise TypesettingFailed(main, error.diagnostic, _in_a_line(error)) from error
    if not isinstance(content, bytes):
        raise TypesettingFailed(main, reason := "no PDF came out", reason)
    return content


def _in_a_line(error: typst.TypstError) -> str:
    hints = ", ".join(error.hints)
    return " ".join(f"{error.message} ({hints})".split()) if hints else " ".join(error.message.split())

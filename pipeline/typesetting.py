"""Turn the edition's documents into a printed volume, one PDF: the only door to Typst.

Each document becomes a module of Typst code by one transform (`xslt/print/document.xsl`) and is kept in
`build/.state/print/`, so that only changed documents are transformed again; `front.xsl` makes title, imprint and
introduction from `tei/corpus.xml`. One compilation sets them by the design in `volume.typ` and `design.typ`.

The PDF follows ISO 19005-3 (PDF/A-3a) and ISO 14289-1 (PDF/UA-1), uses no font of the system, and bears the edition's
date: the same edition gives the same bytes.
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typst
from lxml import etree

from pipeline.edition import CORPUS, Edition, Facts, read_facts
from pipeline.files import write_file
from pipeline.freshness import Freshness, fingerprint_of
from pipeline.problems import ExitCode, Outcome, PipelineError, Problem, UnreadableInput, problem
from pipeline.resources import fingerprint, resource
from pipeline.stylesheets import StylesheetStopped, element_at, stylesheet
from pipeline.tei import UnreadableXML, read_tei
from pipeline.workers import each

STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
DESIGN = ("volume.typ", "page.typ", "notes.typ", "design.typ", "facing.typ", "probe.typ")

WITH_BOTH = ("columns", "facing")
"""How original and translation can stand together (`Facts.parallel`); any other value is the language set alone."""

COMBINED = re.compile("\\w[\u0300-\u036f\u0483-\u0489]+")
"""A letter with combining marks after it, which a font has or lacks as one."""

RARE = re.compile(r"\S*[^\u0000-\u04ff\u2000-\u22ff\s]\S*")
"""A run with a character beyond Latin, Greek, Cyrillic and common signs: other scripts join their characters."""

FORBIDDEN = re.compile("[\ufeff\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""What PDF/A-3a forbids in text whatever the fonts have (ISO 19005-3, 6.2.11.7): private characters, and U+FEFF."""

REFUSED = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not')
"""Where Typst quotes a text that it has no glyph for."""


class TypesettingFailed(PipelineError):
    """Typst could not set the volume; the text is its own diagnosis."""

    exit_code = ExitCode.STYLESHEET


@dataclass(frozen=True, slots=True)
class Part:
    """A document on its way into the volume."""

    path: Path
    name: str
    """The file's name without `.xml`: what the volume calls the document."""
    code: str
    """Typst; empty where the document could not be set."""
    problems: tuple[Problem, ...] = ()


def engine() -> str:
    """Return the name and version of the typesetting engine."""
    return f"Typst {importlib.metadata.version('typst')}"


def build_volume(edition: Edition, jobs: int = 0) -> Outcome:
    """Write `build/print/volume.pdf` unless it is still good, and return what was done.

    A document that cannot be set is a problem and is left out. Raise `StylesheetFailed` where the front matter cannot
    be set, `TypesettingFailed` where Typst refuses the whole.
    """
    facts = read_facts(edition)
    freshness = Freshness(edition.build, "print")
    workshop = edition.build / ".state" / "print"
    problems = list(_write_parts(edition, workshop, facts, freshness, jobs))
    _write_front(edition, workshop, facts)
    names = sorted(path.stem for path in (workshop / "documents").glob("*.typ"))
    unshowable = _signs_without_font(workshop, names)
    _write_settings(workshop, facts, names, unshowable)
    problems += _problems_of_signs(edition, workshop, names, unshowable)
    problems += _problem_of_language(workshop, names, facts.parallel)
    if not _timestamp(facts.date):
        problems.append(problem("T003", CORPUS))
    made = _write_volume(edition, workshop, names, facts, freshness)
    freshness.write()
    return Outcome(int(made), int(not made), tuple(problems))


def _write_parts(edition: Edition, workshop: Path, facts: Facts, freshness: Freshness, jobs: int) -> Iterator[Problem]:
    """Write the code of every document that changed, remove that of those that are gone; yield what was wrong."""
    interface = facts.languages[0]
    shared = fingerprint("xslt/print", "xslt/common") + fingerprint("pipeline") + interface + facts.parallel
    prints = {path: fingerprint_of(path, shared) for path in edition.documents()}
    stale = [path for path in prints if not freshness.is_fresh(path.stem, prints[path], _part(workshop, path).is_file)]
    set_one = functools.partial(set_document, edition=edition, interface=interface, parallel=facts.parallel)
    for part in each(set_one, stale, jobs):
        yield from part.problems
        if part.code:
            write_file(_part(workshop, part.path), part.code.encode())
            freshness.made(part.name, prints[part.path])
        else:
            _part(workshop, part.path).unlink(missing_ok=True)
    for gone in set((workshop / "documents").glob("*.typ")) - {_part(workshop, path) for path in prints}:
        gone.unlink()


def _part(workshop: Path, document: Path) -> Path:
    return workshop / "documents" / f"{document.stem}.typ"


def set_document(path: Path, edition: Edition, interface: str, parallel: str) -> Part:
    """Return a document as Typst code, or without code and with the problem that says why.

    `interface` is the language of the volume's own words, `parallel` how the texts stand (`Facts.parallel`).
    """
    name = edition.name(path)
    try:
        tree = read_tei(path, name)
    except UnreadableXML as error:
        return Part(path, path.stem, "", (error.problem,))
    try:
        given = {"interface": interface, "parallel": parallel}
        code = stylesheet(resource("xslt/print/document.xsl")).transform(tree, given, path)
    except StylesheetStopped as stopped:
        return Part(path, path.stem, "", (_not_set(tree, name, stopped),))
    return Part(path, path.stem, code)


def _not_set(tree: etree._ElementTree, name: str, stopped: StylesheetStopped) -> Problem:
    """Return the problem of a document that a stylesheet stopped at, at the line of the element that it names."""
    element = element_at(tree, stopped.place)
    line = 0 if element is None else element.sourceline or 0
    return problem("T002", name, line, reason=stopped.reason)


def _write_front(edition: Edition, workshop: Path, facts: Facts) -> None:
    try:
        tree = read_tei(edition.corpus, CORPUS)
    except UnreadableXML as error:
        raise UnreadableInput(f"{CORPUS} cannot be read: {error}") from error
    front = stylesheet(resource("xslt/print/front.xsl"))
    code = front.transform(tree, {"interface": facts.languages[0]}, edition.corpus)
    write_file(workshop / "front.typ", code.encode())
    for file in DESIGN:
        write_file(workshop / file, resource(f"xslt/print/{file}").read_bytes())


def _write_settings(workshop: Path, facts: Facts, names: Sequence[str], unshowable: Iterable[str]) -> None:
    """Write what the design asks of the program: documents, page in millimetres, an expression for unshowable signs."""
    settings = {
        "documents": list(names),
        "width": facts.trim[0],
        "height": facts.trim[1],
        "parallel": facts.parallel,
        "unshowable": "|".join("".join(f"\\x{{{ord(c):X}}}" for c in sign) for sign in unshowable),
    }
    write_file(workshop / "volume.json", json.dumps(settings, indent=1).encode())


def _write_volume(edition: Edition, workshop: Path, names: Sequence[str], facts: Facts, freshness: Freshness) -> bool:
    """Set the volume, unless it was set from the same before; return whether it was set."""
    volume = edition.build / "print" / "volume.pdf"
    files = [workshop / file for file in (*DESIGN, "front.typ", "volume.json")]
    state = fingerprint_of(engine(), facts.date, *files, *(workshop / "documents" / f"{name}.typ" for name in names))
    if freshness.is_fresh("print/volume.pdf", state, volume.is_file):
        return False
    write_file(volume, _compile(workshop, "volume.typ", {}, _timestamp(facts.date)))
    freshness.made("print/volume.pdf", state)
    return True


def _signs_without_font(workshop: Path, names: Sequence[str]) -> list[str]:
    """Return the signs of the whole volume that it cannot show, sorted: Typst is asked with each sign by itself."""
    front = (workshop / "front.typ").read_text(encoding="utf-8")
    signs = _signs(front).union(*(_signs(code) for code in _codes(workshop, names)))
    forbidden = {sign for sign in signs if FORBIDDEN.fullmatch(sign)}
    asked = sorted({FORBIDDEN.sub("", sign) for sign in signs})
    try:
        _compile(workshop, "probe.typ", {"signs": json.dumps(asked)}, 0)
    except TypesettingFailed as error:
        refused = {_unescaped(quoted) for quoted in REFUSED.findall(str(error))}
        if not refused:
            raise
        return sorted(refused | forbidden)
    return sorted(forbidden)


def _codes(workshop: Path, names: Sequence[str]) -> Iterator[str]:
    return ((workshop / "documents" / f"{name}.typ").read_text(encoding="utf-8") for name in names)


def _signs(text: str) -> set[str]:
    """Return what the fonts are asked for: each character, and each run that a font may have only in part."""
    return {sign for sign in set(text) if not sign.isspace()} | set(COMBINED.findall(text) + RARE.findall(text))


def _unescaped(quoted: str) -> str:
    r"""Return a text that Typst quotes as Rust does: `\u{feff}`, `\"`, `\\`."""
    plain = re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), quoted)
    return re.sub(r"\\(.)", r"\1", plain)


def _problems_of_signs(
    edition: Edition, workshop: Path, names: Sequence[str], unshowable: Sequence[str]
) -> Iterator[Problem]:
    """Yield one problem for each document and sign, at the first place where the document has it."""
    if not unshowable:
        return
    for name, code in zip(names, _codes(workshop, names), strict=True):
        for sign in unshowable:
            if sign in code:
                yield _problem_of_sign(edition, edition.tei / f"{name}.xml", sign)


def _problem_of_language(workshop: Path, names: Sequence[str], parallel: str) -> Iterator[Problem]:
    """Yield a problem where the volume is to be in one language, and no document has a text in it."""
    if names and parallel not in WITH_BOTH:
        text = f', ("{parallel.partition("-")[0]}", ['  # where document.xsl begins a text; in a literal " is escaped
        if not any(text in code for code in _codes(workshop, names)):
            yield problem("T008", CORPUS, value=parallel)


def _problem_of_sign(edition: Edition, path: Path, sign: str) -> Problem:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    line, text = next(((number, text) for number, text in enumerate(lines, start=1) if sign in text), (0, ""))
    point = " ".join(f"U+{ord(character):04X}" for character in sign)
    return problem("T001", edition.name(path), line, text.find(sign) + 1, sign=sign, point=point)


def _timestamp(date: str) -> int:
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
    """Return the fonts inside the engine: those of the system would make the volume differ from machine to machine."""
    return typst.Fonts(include_system_fonts=False)


def _compile(workshop: Path, main: str, inputs: Mapping[str, str], timestamp: int) -> bytes:
    """Return a PDF; raise `TypesettingFailed` with what Typst says."""
    compiler = typst.Compiler(workshop / main, root=workshop, font_paths=_fonts(), sys_inputs=dict(inputs))
    try:
        content = compiler.compile(pdf_standards=STANDARDS, timestamp=timestamp)
    except typst.TypstError as error:
        raise TypesettingFailed(f"{main} cannot be set: {error.diagnostic}") from error
    if not isinstance(content, bytes):
        raise TypesettingFailed(f"{main} cannot be set: no PDF came out")
    return content

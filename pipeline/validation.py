"""Turn the files of an edition into problems: what schema and rules forbid, identifiers twice, pointers into nothing.

Every document, `tei/corpus.xml` and `tei/authorities/*.xml` are read safely, validated against `schemas/edition.rng`,
asked by the rules of `schemas/edition.sch`, and their pointers followed. A document is checked by itself, so any number
of processes can share the work; only pointers into another document are looked up at the end. Results are kept in
`build/.state/validation.json`: a document that has not changed since, nor what it was checked against, is not checked
again, and its problems are still reported.

Sources: TEI P5 Guidelines, chapter 16.2 "Pointing Mechanisms" (targets are URI references, `#` an xml:id).
"""

from __future__ import annotations

import functools
import json
import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from pipeline import resources, workers
from pipeline.edition import Edition
from pipeline.files import write_file
from pipeline.freshness import fingerprint_of
from pipeline.named_schemas import NamedSchema, named_schema_problems, named_schemas
from pipeline.places import Places
from pipeline.problems import Outcome, Problem, problem
from pipeline.relaxng import Grammar, Kind, Violation, explain, read_grammar
from pipeline.relaxng.validity import SCHEMA, edition_schema
from pipeline.rules import rule_problems
from pipeline.tei import LARGEST, XML_ID, UnreadableXML, local_name, read_tei, tag

POINTERS = frozenset(
    "ana calendar corresp datingMethod decls domains facs next prev ref resp sameAs scheme source target who".split()
)
"""Attributes whose values are URI references by TEI's schema, those with one value and those with several."""

NO_POINTERS = frozenset([(tag("rendition"), "scheme")])
"""Where an attribute of such a name is none: a rendition's scheme is `css`."""

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
"""The beginning of a reference that leads to the network, which is never followed (RFC 3986, sections 3.1 and 4.2)."""

AUTHORITIES = "tei/authorities/"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference from one file of the edition into another, as it stands in an attribute."""

    number: int
    """Which element of its file it stands in, from 0, in the order of the document."""
    line: int
    element: str
    attribute: str
    written: str
    file: str
    """The file that it leads to, as problems call it."""
    identifier: str
    """The xml:id in that file, or empty."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What one file has of its own: its problems, and its pointers into other documents."""

    problems: tuple[Problem, ...]
    elsewhere: tuple[Pointer, ...] = ()


def check(edition: Edition, jobs: int = 0, paths: Sequence[Path] = (), schemas: Sequence[Path] = ()) -> Outcome:
    """Return how many files were checked, how many were unchanged, and every problem of both.

    With `paths` only these files are looked at; what is known of the others is kept for the next run. `schemas` are
    RelaxNG or Schematron files that the documents must agree with besides the edition's own.
    """
    further = named_schemas(schemas)
    targets = {edition.name(path): _fingerprint(path) for path in shared_files(edition)}
    common = _common_fingerprint(targets, further)
    files = list(paths) or [*shared_files(edition), *edition.documents()]
    names = {edition.name(path): path for path in files}
    now = {name: _fingerprint(path, common) for name, path in names.items()}
    kept = _state_file(edition, further)
    before = _read_state(kept)
    stale = [name for name in names if not now[name] or before.get(name, {}).get("fingerprint") != now[name]]
    work = functools.partial(check_file, edition, targets, further)
    fresh = zip(stale, workers.each(work, [names[name] for name in stale], jobs), strict=True)
    records = before | {name: {"fingerprint": now[name], **asdict(checked)} for name, checked in fresh}
    _write_state(edition, kept, records)
    found = {name: _from_record(records[name]) for name in names}
    return Outcome(len(stale), len(names) - len(stale), tuple(sorted(set(_all_problems(edition, found)))))


def words_to_replace(edition: Edition) -> Iterator[Problem]:
    """Yield where an edition that is being published still says what every new one says: a check's R035."""
    shared = shared_files(edition)
    yield from (found for found in check(edition, 1, shared).problems if found.code == "R035") if shared else ()


def shared_files(edition: Edition) -> list[Path]:
    """Return the files that every document points into: the corpus file and the authority lists."""
    return [path for path in (edition.corpus, *edition.authorities()) if path.is_file()]


def check_file(edition: Edition, targets: Mapping[str, str], further: Sequence[NamedSchema], path: Path) -> Checked:
    """Return what is wrong with one file; a file that cannot be read safely has this one problem.

    `targets` are the shared files with the fingerprints of their content, `further` the schemas that an editor named.
    """
    name = edition.name(path)
    try:
        root = read_tei(path, name).getroot()
    except UnreadableXML as error:
        return Checked((error.problem,))
    places = Places(path)
    pointers, problems = _pointers(root, name, places)
    elsewhere = [pointer for pointer in pointers if pointer.file not in targets and not _is_authority(pointer.file)]
    shared = [pointer for pointer in pointers if pointer.file in targets or _is_authority(pointer.file)]
    problems += _schema_problems(root, name, places)
    problems += rule_problems(root.getroottree(), name, path) if root.tag == tag("TEI") else []
    for schema in further:
        problems += named_schema_problems(schema, root, name, path)
    problems += _identifier_problems(root, name, places)
    problems += _without_target(edition, name, places, shared, targets)
    return Checked(tuple(sorted(problems)), tuple(elsewhere))


@functools.cache
def _grammar() -> Grammar:
    """Return the same schema in the form that can say what it expects; read only where a file is invalid."""
    return read_grammar(resources.resource(SCHEMA))


CODES = {
    Kind.FOREIGN_ELEMENT: "V001",
    Kind.MISPLACED_ELEMENT: "V002",
    Kind.UNKNOWN_ATTRIBUTE: "V003",
    Kind.WRONG_VALUE: "V004",
    Kind.MISSING_ATTRIBUTE: "V005",
    Kind.INCOMPLETE: "V006",
    Kind.TEXT: "V007",
    Kind.UNKNOWN_ELEMENT: "V008",
    Kind.WRONG_CONTENT: "V018",
}


def _schema_problems(root: etree._Element, name: str, places: Places) -> list[Problem]:
    """Return what the schema forbids in a file: libxml2 judges, and only what it refuses is explained."""
    if root.tag != tag("TEI"):
        return [problem("V010", name, *places.place_of(root), element=local_name(root))]
    schema = edition_schema()
    if schema.validate(root):
        return []
    violations = [
        Problem(name, *_place(violation, places), CODES[violation.kind], violation.words())
        for violation in explain(_grammar(), root)
    ]
    return violations or [problem("V009", name, entry.line, reason=entry.message) for entry in schema.error_log]


def _place(violation: Violation, places: Places) -> tuple[int, int]:
    """Return line and column of a violation; of one in a text or at an end tag, the line alone is known."""
    return (violation.line, 0) if violation.node is None else places.place_of(violation.node)


def _is_authority(name: str) -> bool:
    return name.startswith(AUTHORITIES)


def _identifier_problems(root: etree._Element, name: str, places: Places) -> list[Problem]:
    """Return a problem for each xml:id that an earlier element has, and one where the root's is not the file's name."""
    seen: dict[str, int] = {}
    problems = []
    for element in root.iter(etree.Element):
        identifier = element.get(XML_ID)
        if identifier is None:
            continue
        if identifier in seen:
            problems.append(problem("V011", name, *places.place_of(element), id=identifier, first=seen[identifier]))
        seen.setdefault(identifier, element.sourceline or 0)
    stem = places.path.stem
    if root.get(XML_ID) not in (None, stem):
        problems.append(problem("V012", name, *places.place_of(root), id=root.get(XML_ID), stem=stem))
    return problems


def _pointers(root: etree._Element, name: str, places: Places) -> tuple[list[Pointer], list[Problem]]:
    """Return the pointers into other files, each once, and the problems of those within this file or out of `tei/`."""
    own = _identifiers_of(root)
    pointers: dict[tuple[str, str], Pointer] = {}
    problems = []
    known: set[str] = set()
    for number, element, attribute, written in _references(root, own):
        if written in known:
            continue
        pointer = _pointer(number, element, attribute, written, name)
        if not pointer.file.startswith("tei/"):
            problems.append(_pointer_problem("V016", name, places, pointer))
        elif pointer.written in own:
            problems.append(_pointer_problem("V019", name, places, pointer))
        elif pointer.file != name:
            pointers.setdefault((pointer.file, pointer.identifier), pointer)
            known.add(written)
        elif pointer.identifier and pointer.identifier not in own:
            problems.append(_pointer_problem("V013", name, places, pointer))
    return list(pointers.values()), problems


def _references(root: etree._Element, own: Collection[str]) -> Iterator[tuple[int, etree._Element, str, str]]:
    """Yield every URI reference in a file except network addresses, in the order of the document.

    Each comes with the number of its element, the element, and the attribute. Those that lead to one of the file's
    `own` identifiers, nearly all, are left out: nothing is wrong with them.
    """
    for number, element in enumerate(root.iter(etree.Element)):
        for attribute, value in element.items():
            if attribute in POINTERS and (element.tag, attribute) not in NO_POINTERS:
                for written in value.split():
                    is_within = written[0] == "#" and written[1:] in own
                    if not is_within and not ADDRESS.match(written):
                        yield number, element, str(attribute), written


def _pointer(number: int, element: etree._Element, attribute: str, written: str, name: str) -> Pointer:
    path, _, identifier = written.partition("#")
    file = _file_beside(name, path) if path else name
    return Pointer(number, element.sourceline or 0, local_name(element), attribute, written, file, identifier)


@functools.lru_cache
def _file_beside(name: str, path: str) -> str:
    """Return what problems call the file that a relative path in another file leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))


def _without_target(
    edition: Edition, name: str, places: Places, pointers: Sequence[Pointer], targets: Mapping[str, str]
) -> list[Problem]:
    """Return a problem for each pointer whose file or element does not exist; a missing authority list is a note."""
    problems = []
    paths = {file: edition.root / file for file in {pointer.file for pointer in pointers}}
    missing = {file for file, path in paths.items() if not _is_file(path)}
    for pointer in pointers:
        if pointer.file in missing:
            no_list = problem("V017", pointer.file) if _is_authority(pointer.file) else None
            problems.append(no_list or _pointer_problem("V015", name, places, pointer))
        elif pointer.identifier:
            there = _identifiers(paths[pointer.file], targets.get(pointer.file, ""))
            if pointer.identifier not in there:
                problems.append(_pointer_problem("V014", name, places, pointer))
    return problems


def _is_file(path: Path) -> bool:
    """Whether there is such a file; none has a name that the file system refuses, as one of 5,000 characters."""
    try:
        return path.is_file()
    except OSError:
        return False


def _pointer_problem(code: str, name: str, places: Places, pointer: Pointer) -> Problem:
    return problem(
        code,
        name,
        *places.numbered(pointer.number, tag(pointer.element), pointer.line),
        element=pointer.element,
        attribute=pointer.attribute,
        target=pointer.written,
        other=pointer.file,
        id=pointer.identifier,
    )


@functools.lru_cache(maxsize=64)
def _identifiers(path: Path, fingerprint: str) -> frozenset[str]:
    """Return the identifiers in a file; the fingerprint is that of its content, so that no old answer is given."""
    del fingerprint
    try:
        return _identifiers_of(read_tei(path).getroot())
    except UnreadableXML:
        return frozenset()


def _identifiers_of(root: etree._Element) -> frozenset[str]:
    return frozenset(element.get(XML_ID, "") for element in root.iter(etree.Element)) - {""}


def _all_problems(edition: Edition, found: Mapping[str, Checked]) -> Iterator[Problem]:
    """Yield the files' own problems and those of pointers between documents, looked up now."""
    fingerprints: dict[str, str] = {}
    for name, checked in found.items():
        yield from checked.problems
        for pointer in checked.elsewhere:
            if pointer.file not in fingerprints:
                fingerprints[pointer.file] = _fingerprint(edition.root / pointer.file)
        places = Places(edition.root / name)
        yield from _without_target(edition, name, places, checked.elsewhere, fingerprints)


def _common_fingerprint(targets: Mapping[str, str], further: Sequence[NamedSchema]) -> str:
    """Return the hash over what every result depends on: shared files, schemas, the program."""
    named = [(schema.path.name, schema.fingerprint) for schema in further]
    own = [resources.fingerprint(folder) for folder in ("schemas", "xslt/schema", "pipeline")]
    return fingerprint_of(json.dumps([targets, named, own]))


def _fingerprint(path: Path, common: str = "") -> str:
    """Return the hash over all that a file's result depends on; empty where the file is not one that is read."""
    try:
        return fingerprint_of(common, path) if path.is_file() and path.stat().st_size <= LARGEST else ""
    except OSError:
        return ""


def _read_state(file: Path) -> dict[str, Any]:
    """Return the results of the last run as JSON has them; none where there are none or they are damaged."""
    try:
        state = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) else {}


def _write_state(edition: Edition, file: Path, records: Mapping[str, Any]) -> None:
    """Keep the results for the next run, except those of files that are gone."""
    kept = {name: record for name, record in records.items() if (edition.root / name).is_file()}
    write_file(file, json.dumps(kept, ensure_ascii=False, sort_keys=True).encode())


def _state_file(edition: Edition, further: Sequence[NamedSchema]) -> Path:
    """Return where results are kept; a check by further schemas has a place of its own, so that none undoes another."""
    places = fingerprint_of(*(schema.path.as_posix() for schema in further))[:12]
    return edition.build / ".state" / (f"validation-{places}.json" if further else "validation.json")


def _from_record(record: Mapping[str, Any]) -> Checked:
    problems = (
        Problem(**entry | {"arguments": tuple((key, value) for key, value in entry["arguments"])})
        for entry in record["problems"]
    )
    return Checked(tuple(problems), tuple(Pointer(**entry) for entry in record["elsewhere"]))

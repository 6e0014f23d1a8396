"""Turn names that an editor has confirmed into entries of the lists, and the decisions on them into links to these.

    new · ru: Вышинский, Андрей; en: Vyshinsky, Andrei
        → <person xml:id="vyshinskii" resp="#ivanova"><persName type="main" xml:lang="ru">Вышинский, Андрей</persName>…

An entry holds what the editor has said and nothing else: the names and their languages. It is written behind the last
one of its list; the rest of the file stays as it is laid out. Names are the editor's words, since a text need not have
the nominative: only a name in Latin letters may be taken from the text as it stands.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.authorities.entries import FILES, Entry
from pipeline.authorities.keys import surface
from pipeline.edition import Edition
from pipeline.encoding.identity import distinct
from pipeline.encoding.romanisation import slug
from pipeline.files import write_file
from pipeline.problems import Problem, problem
from pipeline.relaxng.validity import is_valid
from pipeline.resources import resource
from pipeline.review.deciding import Undecidable
from pipeline.review.editors import declaration, indentation
from pipeline.review.settled import SET
from pipeline.review.source import Exchange, Source, element_tag, escaped
from pipeline.review.spreading import Waiting
from pipeline.review.table import Row
from pipeline.tei import NAMESPACES, XML_ID, UnreadableXML, tag

_ENTRIES = {"person": "person", "place": "place", "organisation": "org"}
_NAMES = {"person": "persName", "place": "placeName", "org": "orgName"}
_LISTS = {"person": "listPerson", "place": "listPlace", "org": "listOrg"}
_TEMPLATE = "schemas/authority-template.xml"

_LANGUAGE = re.compile(r"\s*([a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*):\s*")
_CYRILLIC = re.compile("[А-яЁё]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry that is to be made."""

    kind: str
    """`person`, `place` or `org`."""
    names: tuple[tuple[str, str], ...]
    """Language (BCP 47; "" where nobody says) and name; by the first the entry is known."""
    editor: str

    @property
    def name(self) -> str:
        return self.names[0][1]


_Rows = Mapping[Wanted, list[Row]]


def enter(
    edition: Edition, rows: Iterable[Row], waiting: Waiting, entries: Sequence[Entry], editors: Mapping[str, str]
) -> tuple[list[Row], list[Problem]]:
    """Make the entries that rows want; return the rows, each set to its entry, without those that are refused.

    One entry is made for all rows that want the same names. None is made that the lists have, and none for places that
    do not wait: a table that comes in a second time finds its entries there.
    """
    everything = list(rows)
    done = [row for row in everything if not row.new]
    wanted, problems = _all_wanted(row for row in everything if row.new)
    missing: dict[Wanted, list[Row]] = {}
    for one, own in wanted.items():
        there = _listed(one, entries)
        if not any(waiting.is_open(row) for row in own):
            done += _set(own, there.reference if there else one.name)
        elif there:
            problems += _refused(own, Undecidable("J023", name=one.name, id=there.id))
        else:
            missing[one] = own
    for kind in dict.fromkeys(one.kind for one in missing):
        of_kind = {one: own for one, own in missing.items() if one.kind == kind}
        linked, told = _made(edition, kind, of_kind, {entry.id for entry in entries}, editors)
        done, problems = [*done, *linked], [*problems, *told]
    return done, problems


def _refused(rows: Iterable[Row], why: Undecidable) -> list[Problem]:
    """Return a problem for each line of the table that is refused, whatever the number of its places."""
    lines = {(row.file, row.line): row for row in rows}
    words = ({"document": one.document, "passage": one.passage, "text": one.text} for one in lines.values())
    told: Iterator[tuple[Row, dict[str, object]]] = zip(lines.values(), map(dict, words), strict=True)
    return [problem(why.code, row.file, row.line, 0, "", **{**own, **why.arguments}) for row, own in told]


def _set(rows: Iterable[Row], value: str) -> list[Row]:
    return [replace(row, decision=SET, value=value, new="") for row in rows]


def _listed(wanted: Wanted, entries: Iterable[Entry]) -> Entry | None:
    """Return the entry of the kind that has the name already."""
    own = surface(wanted.name)
    of_kind = (entry for entry in entries if entry.kind == wanted.kind)
    return next((entry for entry in of_kind if any(surface(name.text) == own for name in entry.names)), None)


# What the editor says


def _all_wanted(rows: Iterable[Row]) -> tuple[dict[Wanted, list[Row]], list[Problem]]:
    """Return the entries that rows want, and why those of some lines of the table cannot be."""
    wanted: dict[Wanted, list[Row]] = {}
    problems: dict[tuple[str, int], list[Problem]] = {}
    for row in rows:
        try:
            wanted.setdefault(_wanted(row), []).append(row)
        except Undecidable as why:
            problems.setdefault((row.file, row.line), _refused([row], why))
    return wanted, [found for of_line in problems.values() for found in of_line]


def _wanted(row: Row) -> Wanted:
    parts = [part for part in row.value.split(";") if part.strip()]
    if not parts:
        raise Undecidable("J021")
    return Wanted(_ENTRIES[row.new], tuple(_name(part, row.language) for part in parts), row.editor)


def _name(part: str, language: str) -> tuple[str, str]:
    """Return language and name of what an editor has written; raise `Undecidable` where one denies the other."""
    found = _LANGUAGE.match(part)
    language = found[1] if found else language
    name = " ".join(part[found.end() if found else 0 :].split())
    is_cyrillic = bool(_CYRILLIC.search(name))
    if not surface(name) or (language in {"ru", "en"} and (language == "ru") != is_cyrillic):
        raise Undecidable("J022", name=name, language=language)
    return language, name


# Writing


def _made(
    edition: Edition, kind: str, wanted: _Rows, known: Set[str], editors: Mapping[str, str]
) -> tuple[list[Row], list[Problem]]:
    """Write entries of one kind into their list; return the rows set to them, or why that cannot be."""
    path = edition.tei / "authorities" / FILES[kind]
    try:
        source = Source(path.read_bytes(), edition.name(path))
        exchanges, given, problems = _exchanges(source, kind, wanted, known, editors)
        content = source.exchanged(exchanges)
    except (UnreadableXML, OSError):
        content, given, problems = b"", {}, []
    if not content or (is_valid(source.content) and not is_valid(content)):
        unwritten = Undecidable("J024", path=edition.name(path))
        return [], [told for own in wanted.values() for told in _refused(own, unwritten)]
    if path.read_bytes() != source.content:
        return [], [problem("J018", edition.name(path))]
    write_file(path, content)
    references = {one: f"authorities/{FILES[kind]}#{identifier}" for one, identifier in given.items()}
    return [row for one in given for row in _set(wanted[one], references[one])], problems


def _exchanges(
    source: Source, kind: str, wanted: _Rows, known: Set[str], editors: Mapping[str, str]
) -> tuple[list[Exchange], dict[Wanted, str], list[Problem]]:
    """Return what is to be written, the identifier of each entry, and whose editor cannot be declared."""
    taken = {*known, *(one.get(XML_ID, "") for one in source.elements)}
    declared: dict[str, list[Exchange]] = {}
    given: dict[Wanted, str] = {}
    problems: list[Problem] = []
    for one, rows in wanted.items():
        try:
            declared[one.editor] = declaration(source, one.editor, editors)
        except Undecidable as why:
            problems += _refused(rows, why)
            continue
        given[one] = distinct(_identifier(one), taken)
        taken.add(given[one])
    if not given:
        return [], given, problems
    entries = _entered(source, kind, given)
    return [*(one for own in declared.values() for one in own), *entries], given, problems


def _identifier(wanted: Wanted) -> str:
    """Return an identifier in Latin letters: of a person the surname, where the name tells it."""
    name = wanted.name.partition(",")[0] if wanted.kind == "person" else wanted.name
    latin = slug(name) or slug(wanted.name)
    return latin if latin[:1].isalpha() else "-".join(part for part in (wanted.kind, latin) if part)


def _entered(source: Source, kind: str, given: Mapping[Wanted, str]) -> list[Exchange]:
    """Return what writes entries behind the last one of the list, or a list where there is none yet."""
    own = [one for one in source.elements if one.tag == tag(kind)]
    if own:
        outer = [one for one in own if len(list(one.iterancestors(tag(_LISTS[kind])))) == 1]
        last = (outer or own)[-1]
        at = source.extents[source.number(last)].end
        line = indentation(source, last)
        return [Exchange(at, at, "".join(_entry(one, given[one], line) for one in given))]
    stand_off = source.root.find("tei:standOff", NAMESPACES)
    if stand_off is None:
        at = len(source.raw[: source.extents[0].closes].rstrip())
        return [Exchange(at, at, f"\n <standOff>{_list(kind, given, chr(10) + '  ')}\n </standOff>")]
    return _listing(source, stand_off, kind, given)


def _listing(source: Source, stand_off: etree._Element, kind: str, given: Mapping[Wanted, str]) -> list[Exchange]:
    """Return what makes a list in the place of the notes which say that there are no entries yet."""
    extent = source.extents[source.number(stand_off)]
    line = f"{indentation(source, stand_off)} "
    written = _list(kind, given, line)
    if extent.opened > extent.closes:
        opened = re.sub(r"\s*/>\Z", ">", source.tag(source.number(stand_off)))
        return [Exchange(extent.start, extent.end, f"{opened}{written}{line[:-1]}</standOff>")]
    inside = source.raw[extent.opened : extent.closes]
    left = _no_entries_yet().sub("", inside)
    return [Exchange(extent.opened, extent.closes, f"{written}{left}")]


def _list(kind: str, given: Mapping[Wanted, str], line: str) -> str:
    entries = "".join(_entry(one, given[one], f"{line} ") for one in given)
    return f"{line}<{_LISTS[kind]}>{entries}{line}</{_LISTS[kind]}>"


@functools.cache
def _no_entries_yet() -> re.Pattern[str]:
    """Return the pattern of the notes with which a new edition says that a list is empty."""
    template = resource(_TEMPLATE).read_text(encoding="utf-8")
    notes = re.findall(r"<note .*?</note>", template, re.DOTALL)
    filled = (re.sub(r"\\{[^{}]*\\}", "[^<]*?", re.escape(note)) for note in notes)
    return re.compile("|".join(rf"\s*{note}" for note in filled))


def _entry(wanted: Wanted, identifier: str, line: str) -> str:
    names = []
    seen: set[str] = set()
    for language, name in wanted.names:
        type_ = {"type": "spelling" if language in seen else "main"}
        start = element_tag(_NAMES[wanted.kind], {**type_, **({"xml:lang": language} if language else {})})
        names.append(f"{line} {start}{escaped(name)}</{_NAMES[wanted.kind]}>")
        seen.add(language)
    start = element_tag(wanted.kind, {"xml:id": identifier, "resp": f"#{wanted.editor}"})
    return f"{line}{start}{''.join(names)}{line}</{wanted.kind}>"

"""Turn `tei/authorities/*.xml` into entries: who or what is meant, by which names, with which offices.

The files are written by editors; what cannot be used is reported and passed over (TEI P5, 14 "Names, Dates, People,
and Places").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.edition import Edition
from pipeline.problems import Problem, problem
from pipeline.tei import NAMESPACES, XML_ID, XML_LANG, UnreadableXML, local_name, read_tei, tag

FILES = {"person": "persons.xml", "place": "places.xml", "org": "organisations.xml"}
"""The file of `tei/authorities/` in which entries of each kind stand."""

_NAME = {"person": "persName", "place": "placeName", "org": "orgName"}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_ONE_WORD = re.compile(r"[A-Za-zÀ-žА-яЁё’']+")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[\s-]?)+")
EASTERN = frozenset({"zh", "ko", "vi"})
"""Languages of names of which the family name comes first and the given name is written in one, two or three words."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entry, as the list gives it."""

    text: str
    lang: str
    """BCP 47; "" where the list gives none."""
    type: str = ""
    """`main`, `cover-name`, `japanese-era`, `abbreviation`, `spelling` or ""."""
    cert: str = ""
    """Not "" for a form that others bear too."""
    surname: str = ""
    """"" where the list does not tell the parts of the name."""
    forename: str = ""
    patronymic: str = ""
    comprises: tuple[str, ...] = ()
    """Identifiers of the entries that are named within this name."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office and who held it when."""

    titles: tuple[Name, ...]
    begins: str
    """ISO 8601, to whatever precision is known; "" where unknown."""
    ends: str
    place: str
    """Identifier of the place of the office, or ""."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A person, place or body."""

    kind: str
    """`person`, `place` or `org`."""
    id: str
    names: tuple[Name, ...]
    type: str = ""
    cert: str = ""
    """How certain the entry itself is; "" for certain."""
    begins: str = ""
    """Birth or founding, ISO 8601; the earliest date that is possible."""
    ends: str = ""
    """Death or end, ISO 8601; the latest date that is possible."""
    tenures: tuple[Tenure, ...] = ()
    sex: str = ""

    @property
    def reference(self) -> str:
        """The entry's address, from a document."""
        return f"authorities/{FILES[self.kind]}#{self.id}"

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which the entry has names, without script or region."""
        return tuple(dict.fromkeys(name.lang.partition("-")[0] for name in self.names if name.lang))

    @property
    def is_eastern(self) -> bool:
        """Whether the entry has a name in Chinese, Korean or Vietnamese."""
        return any(name.lang.partition("-")[0] in EASTERN for name in self.names)


@dataclass(frozen=True, slots=True)
class Authority:
    """All entries of an edition, in the order of the files, and what is wrong with the files."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


def authority_files(edition: Edition) -> list[Path]:
    """Return the authority files that an edition has."""
    files = (edition.tei / "authorities" / name for name in FILES.values())
    return [path for path in files if path.is_file()]


def read_authority(edition: Edition) -> Authority:
    """Return the entries of an edition; a file that cannot be read is a problem, and so is what cannot be used."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for path in authority_files(edition):
        file = edition.name(path)
        try:
            root = read_tei(path, file).getroot()
        except UnreadableXML as error:
            problems.append(error.problem)
            continue
        found, told = _entries(root, file)
        entries += found
        problems += told
    return Authority(tuple(entries), tuple(problems))


def _entries(root: etree._Element, file: str) -> tuple[list[Entry], list[Problem]]:
    entries: list[Entry] = []
    problems: list[Problem] = []
    for element in root.iter(*(tag(kind) for kind in FILES)):
        identifier = element.get(XML_ID, "")
        line = element.sourceline or 0
        names, told = _names(element, file)
        problems += told
        if not identifier:
            problems.append(problem("A001", file, line, element=local_name(element)))
        elif not names:
            problems.append(problem("A002", file, line, id=identifier))
        else:
            entries.append(_entry(element, identifier, names))
    return entries, problems


def _entry(element: etree._Element, identifier: str, names: Sequence[Name]) -> Entry:
    return Entry(
        kind=local_name(element),
        id=identifier,
        names=tuple(names),
        type=element.get("type", ""),
        cert=_cert(element),
        begins=_date(element.find(tag("birth")), "when", "notBefore", "from") or _date(element, "from", "notBefore"),
        ends=_date(element.find(tag("death")), "when", "notAfter", "to") or _date(element, "to", "notAfter"),
        tenures=tuple(_tenures(element)),
        sex=element.get("sex", ""),
    )


def _cert(element: etree._Element) -> str:
    """Return how certain an entry or form is; a word that the schema does not know counts as `low`."""
    value = element.get("cert", "")
    return value if value in {"", "low", "medium", "high"} else "low"


def _date(element: etree._Element | None, *attributes: str) -> str:
    if element is None:
        return ""
    return next((value for name in attributes if (value := element.get(name))), "")


def _names(element: etree._Element, file: str) -> tuple[list[Name], list[Problem]]:
    names: list[Name] = []
    problems: list[Problem] = []
    for child in element.findall(tag(_NAME[local_name(element)])):
        name = _name(child)
        if not name.text:
            problems.append(problem("A003", file, child.sourceline or 0, element=local_name(child)))
            continue
        if name.lang and not _TAG.fullmatch(name.lang):
            problems.append(problem("A004", file, child.sourceline or 0, lang=name.lang, name=name.text))
        names.append(name)
    return names, problems


def _name(element: etree._Element) -> Name:
    text = _text(element)
    surname, forename = _part(element, "surname"), _part(element, "forename")
    added = [_text(one) for one in element.iter(tag("addName")) if one.get("type") == "patronymic"]
    patronymic = added[0] if added else ""
    if not surname and "," in text and local_name(element) == "persName":
        surname, _, rest = (part.strip() for part in text.partition(","))
        initials = _INITIALS.match(rest)
        forename, _, patronymic = (rest, "", "") if initials else rest.partition(" ")
    if not surname and local_name(element) == "persName" and _ONE_WORD.fullmatch(text):
        surname = text
    return Name(
        text=text,
        lang=element.get(XML_LANG, ""),
        type=element.get("type", ""),
        cert=_cert(element),
        surname=surname,
        forename=forename,
        patronymic=patronymic,
        comprises=tuple(_pointed(element.iter(tag("orgName"), tag("placeName"), tag("persName")))),
    )


def _pointed(elements: Iterable[etree._Element]) -> Iterator[str]:
    for element in elements:
        if pointer := element.get("ref", "").partition("#")[2]:
            yield pointer


def _part(element: etree._Element, name: str) -> str:
    return " ".join(_text(found) for found in element.iter(tag(name)))


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _tenures(element: etree._Element) -> Iterator[Tenure]:
    for office in element.iterfind("tei:occupation[tei:roleName]", NAMESPACES):
        places = [place.get("ref", "").partition("#")[2] for place in office.iter(tag("placeName"))]
        yield Tenure(
            titles=tuple(_name(title) for title in office.iter(tag("roleName"))),
            begins=_date(office, "from", "notBefore"),
            ends=_date(office, "to", "notAfter"),
            place="".join(places[:1]),
        )

"""Turn a datatype of a schema into a test of values: libxml2's own, so that there is one opinion on what a date is.

Sources: W3C XML Schema Part 2: Datatypes; RELAX NG Specification, section 9.3.8 "data pattern".
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from lxml import etree

from pipeline.tei import SPACE

RELAXNG = "http://relaxng.org/ns/structure/1.0"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"

ANYTHING = frozenset(["string", "token", "normalizedString"])
"""Datatypes that every value belongs to."""

_WHITE_SPACE = re.compile(f"[{SPACE}]+")


EXAMPLES = {
    "date": "1950-10-03",
    "gYear": "1950",
    "gYearMonth": "1950-10",
    "gMonth": "--10",
    "gMonthDay": "--10-03",
    "gDay": "---03",
    "time": "12:50:00",
    "dateTime": "1950-10-03T12:50:00",
    "language": "ru, en, ru-Latn",
    "NCName": "p1",
    "ID": "p1",
    "IDREF": "p1",
    "anyURI": "#p1",
    "nonNegativeInteger": "3",
    "positiveInteger": "3",
    "integer": "3",
    "decimal": "3.5",
    "double": "3.5",
}
"""How a value of a datatype of XML Schema looks; a historian reads these sooner than the names of the datatypes."""


@dataclass(frozen=True, slots=True)
class Datatype:
    """A datatype with its parameters, as `<data>` in a schema names it."""

    name: str
    parameters: tuple[tuple[str, str], ...] = ()
    """Name and value, such as `("pattern", "\\\\S+")`."""

    def is_known(self) -> bool:
        """Whether libxml2 knows this datatype and its parameters."""
        try:
            return self._is_anything() or _schema(self) is not None
        except etree.RelaxNGParseError:
            return False

    def _is_anything(self) -> bool:
        return self.name in ANYTHING and not self.parameters

    def allows(self, value: str) -> bool:
        """Whether a value, as it stands in the document, is of this datatype."""
        return self._is_anything() or _allows(self, value)

    def __str__(self) -> str:
        """Return what an editor can write: an example of the form, or name and parameters of one less common."""
        if self.name in EXAMPLES:
            return EXAMPLES[self.name]
        return self.name + "".join(f" {name} {value}" for name, value in self.parameters)


@functools.lru_cache(maxsize=20_000)
def _allows(datatype: Datatype, value: str) -> bool:
    element = etree.Element("value")
    element.text = value
    return _schema(datatype).validate(element)


@functools.cache
def _schema(datatype: Datatype) -> etree.RelaxNG:
    """Return a schema for one element that holds a value of this datatype."""
    element = etree.Element(f"{{{RELAXNG}}}element", name="value", datatypeLibrary=XSD)
    data = etree.SubElement(element, f"{{{RELAXNG}}}data", type=datatype.name)
    for name, value in datatype.parameters:
        etree.SubElement(data, f"{{{RELAXNG}}}param", name=name).text = value
    return etree.RelaxNG(element)


def collapsed(value: str) -> str:
    """Return a value with white space at its ends removed and elsewhere folded (`whiteSpace="collapse"`)."""
    return _WHITE_SPACE.sub(" ", value).strip(" ")

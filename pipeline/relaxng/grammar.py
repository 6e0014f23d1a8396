"""Turn a RELAX NG schema in XML syntax into patterns.

Read are the patterns that one file can hold; `include`, `externalRef` and nested grammars are refused, since a schema
of this project is one file.
Source: RELAX NG Specification, OASIS 2001, section 3 "Full syntax" and section 4 "Simplification".
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from pathlib import Path

from lxml import etree

from pipeline.relaxng.datatypes import RELAXNG, XSD, Datatype
from pipeline.relaxng.names import NameClass, Names, NamesIn, OneName
from pipeline.relaxng.patterns import (
    EMPTY,
    NOT_ALLOWED,
    TEXT,
    Attribute,
    Element,
    Pattern,
    choice,
    group,
    interleave,
    once,
    one_or_more,
    optional,
)
from pipeline.relaxng.values import Data, ListOf, Value
from pipeline.tei import XML, local_name


class UnsupportedSchema(ValueError):
    """A schema with a construct that this reader does not know; the text names it and its line."""


class Grammar:
    """A schema as patterns."""

    def __init__(self, root: etree._Element) -> None:
        self._defined: dict[str, list[etree._Element]] = defaultdict(list)
        self._referred: dict[str, Pattern] = {}
        self._being_read: set[str] = set()
        self._elements: dict[etree._Element, Element] = {}
        self._by_name: dict[str, list[Element]] = {}
        for definition in root.iter(_tag("define")):
            self._defined[definition.get("name", "")].append(definition)
        for node in root.iter(_tag("include"), _tag("externalRef"), _tag("parentRef")):
            raise _unsupported(node)
        self.start = choice(*(self._sequence(start) for start in root.iter(_tag("start"))))
        """What a document may be."""
        for element in root.iter(_tag("element")):
            self._element(element)

    def whole(self) -> Grammar:
        """Return the grammar with every declaration read; raise `UnsupportedSchema` for one that is not supported.

        Otherwise a declaration is read when a document first has its element.
        """
        for name in self._defined:
            self._reference(name)
        for element in self._elements.values():
            assert element.content is not None
        return self

    def elements(self, name: str) -> list[Element]:
        """Return every declaration of an element, wherever it may stand."""
        if name not in self._by_name:
            self._by_name[name] = [element for element in self._elements.values() if name in element.names]
        return self._by_name[name]

    def names(self) -> frozenset[str]:
        """Return the names of all elements that are declared by name."""
        return frozenset(name for element in self._elements.values() for name in element.names.listed())

    def _sequence(self, nodes: Iterable[etree._Element]) -> Pattern:
        patterns = [self._pattern(node) for node in _of_relaxng(nodes)]
        return reduce(lambda rest, pattern: group(pattern, rest), reversed(patterns), EMPTY)

    def _pattern(self, node: etree._Element) -> Pattern:
        read = self._readers().get(local_name(node))
        if read is None:
            raise _unsupported(node)
        return read(node)

    @functools.cache  # noqa: B019 - a grammar lives as long as its process
    def _readers(self) -> dict[str, Callable[[etree._Element], Pattern]]:
        return {
            "attribute": self._attribute,
            "choice": lambda node: choice(*(self._pattern(one) for one in _of_relaxng(node))),
            "data": self._data,
            "element": self._element,
            "empty": lambda node: EMPTY,
            "group": self._sequence,
            "interleave": self._interleave,
            "list": lambda node: once(ListOf, self._sequence(node)),
            "mixed": lambda node: interleave(TEXT, self._sequence(node)),
            "notAllowed": lambda node: NOT_ALLOWED,
            "oneOrMore": lambda node: one_or_more(self._sequence(node)),
            "optional": lambda node: optional(self._sequence(node)),
            "ref": lambda node: self._reference(node.get("name", "")),
            "text": lambda node: TEXT,
            "value": lambda node: once(Value, node.text or "", node.get("type") == "string"),
            "zeroOrMore": lambda node: optional(one_or_more(self._sequence(node))),
        }

    def _reference(self, name: str) -> Pattern:
        """Return what a name stands for; definitions of one name are combined as they say."""
        if name not in self._referred:
            if name not in self._defined:
                raise UnsupportedSchema(f"the schema refers to {name}, which it does not define")
            if name in self._being_read:
                raise UnsupportedSchema(f"the definition of {name} refers to itself with no element between")
            self._being_read.add(name)
            patterns = [self._sequence(definition) for definition in self._defined[name]]
            self._being_read.remove(name)
            ways = {definition.get("combine") for definition in self._defined[name]}
            self._referred[name] = reduce(interleave if "interleave" in ways else choice, patterns)
        return self._referred[name]

    def _element(self, node: etree._Element) -> Element:
        if node not in self._elements:
            names, content = _name_class(node, _inherited(node, "ns"))
            self._elements[node] = Element(names, lambda: self._sequence(content))
        return self._elements[node]

    def _attribute(self, node: etree._Element) -> Pattern:
        names, content = _name_class(node, node.get("ns", ""))
        return once(Attribute, names, self._sequence(content) if content else TEXT)

    def _interleave(self, node: etree._Element) -> Pattern:
        return reduce(interleave, (self._pattern(one) for one in _of_relaxng(node)), EMPTY)

    def _data(self, node: etree._Element) -> Pattern:
        parameters = tuple((one.get("name", ""), one.text or "") for one in node.iterchildren(_tag("param")))
        excepted = [self._pattern(one) for others in node.iterchildren(_tag("except")) for one in _of_relaxng(others)]
        datatype = Datatype(node.get("type", ""), parameters)
        if _inherited(node, "datatypeLibrary") not in ("", XSD) or not datatype.is_known():
            raise UnsupportedSchema(f"line {node.sourceline}: the datatype {datatype} is not supported in a schema")
        return once(Data, datatype, choice(*excepted))


def read_grammar(path: Path) -> Grammar:
    """Return a schema as patterns; raise `UnsupportedSchema` where it is not one file of plain RELAX NG.

    A declaration that is not supported is found when it is read: at once in `Grammar.whole`.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return grammar_of(etree.parse(path, parser).getroot(), path.name)


def grammar_of(root: etree._Element, name: str) -> Grammar:
    """Return the same of a schema that was read already, without comments and instructions."""
    if root.tag != _tag("grammar"):
        raise UnsupportedSchema(f"{name} does not begin with <grammar>")
    return Grammar(root)


def _unsupported(node: etree._Element) -> UnsupportedSchema:
    return UnsupportedSchema(f"line {node.sourceline}: <{local_name(node)}> is not supported in a schema")


def _tag(name: str) -> str:
    return f"{{{RELAXNG}}}{name}"


def _of_relaxng(nodes: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """Yield what is RELAX NG's own; annotations of others are passed over."""
    return (node for node in nodes if etree.QName(node).namespace == RELAXNG)


def _inherited(node: etree._Element, attribute: str) -> str:
    """Return the attribute's value on the nearest element that has it, such as `ns`: that of unprefixed names."""
    found = (above.get(attribute) for above in (node, *node.iterancestors()))
    return next((value for value in found if value is not None), "")


def _name_class(node: etree._Element, namespace: str) -> tuple[NameClass, list[etree._Element]]:
    """Return the names of an `element` or `attribute`, and the nodes of its content."""
    children = list(_of_relaxng(node))
    name = node.get("name")
    if name is not None:
        return OneName(_qualified(node, name, namespace)), children
    if not children:
        raise UnsupportedSchema(f"line {node.sourceline}: <{local_name(node)}> has no name")
    return _names(children[0]), children[1:]


def _names(node: etree._Element) -> NameClass:
    """Return the names that `name`, `anyName`, `nsName` or a `choice` of these describes."""
    kind = local_name(node)
    if kind == "name":
        return OneName(_qualified(node, (node.text or "").strip(), _inherited(node, "ns")))
    if kind == "choice":
        return Names(tuple(_names(one) for one in _of_relaxng(node)))
    if kind not in ("anyName", "nsName"):
        raise _unsupported(node)
    excepted = tuple(_names(one) for others in node.iterchildren(_tag("except")) for one in _of_relaxng(others))
    return NamesIn(None if kind == "anyName" else _inherited(node, "ns"), excepted)


def _qualified(node: etree._Element, name: str, namespace: str) -> str:
    prefix, colon, local = name.rpartition(":")
    if colon and prefix != "xml" and prefix not in node.nsmap:
        raise UnsupportedSchema(f"line {node.sourceline}: the prefix of {name} is not declared")
    if colon:
        namespace = XML if prefix == "xml" else node.nsmap[prefix]
    return f"{{{namespace}}}{local}" if namespace else local

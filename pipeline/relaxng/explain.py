"""Turn a document and a grammar into violations: where the document leaves the grammar, and what was possible there.

After a violation reading goes on as if it were not there: a misplaced element is read by its own declaration, an
unknown one is passed over, a missing attribute or child is taken as given, so that one mistake gives one violation.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from lxml import etree

from pipeline.relaxng.datatypes import collapsed
from pipeline.relaxng.grammar import Grammar
from pipeline.relaxng.names import NameClass, namespace_of
from pipeline.relaxng.patterns import (
    NOT_ALLOWED,
    Attribute,
    Choice,
    Element,
    Pattern,
    after,
    choice,
)
from pipeline.relaxng.values import Data, Value
from pipeline.tei import SPACE, XML, local_name

LIKENESS = 0.75
"""From 0 to 1: how much a name must be like a misspelt one to be what was meant (Ratcliff and Obershelp's ratio)."""

LISTED = 12
"""So many names a message lists; the schema knows the rest."""


class Kind(enum.StrEnum):
    """What is wrong at a place."""

    UNKNOWN_ELEMENT = "unknown element"
    FOREIGN_ELEMENT = "element that never stands there"
    MISPLACED_ELEMENT = "element at the wrong place"
    UNKNOWN_ATTRIBUTE = "attribute that the element has not"
    WRONG_VALUE = "value of an attribute"
    MISSING_ATTRIBUTE = "missing attribute"
    INCOMPLETE = "element that ends too early"
    TEXT = "text where none may stand"
    WRONG_CONTENT = "text of the wrong form"


@dataclass(frozen=True, slots=True)
class Violation:
    """A place where a document leaves its schema."""

    kind: Kind
    line: int
    element: str
    """The element it is about, without namespace."""
    parent: str = ""
    attribute: str = ""
    namespace: str = ""
    """How the element says its namespace, where it is none that was expected: `xmlns="…"`."""
    found: str = ""
    """The value or the text in question, its white space folded."""
    possible: tuple[str, ...] = ()
    """Names or values that the schema allows there, sorted."""
    node: etree._Element | None = field(default=None, compare=False, repr=False)
    """The element, where the place is its start tag; none where it is a text or an end tag."""

    def words(self) -> tuple[tuple[str, str], ...]:
        """Return what fills the placeholders of a message, a long text and a long list cut short.

        What is spelt nearly like the name or value in question stands first, with a question mark.
        """
        near = get_close_matches(self.found or self.attribute or self.element, self.possible, 1, LIKENESS)
        nearest_first = [*(f"{name}?" for name in near), *(name for name in self.possible if name not in near)]
        listed = ", ".join(nearest_first[:LISTED])
        return (
            ("element", f"{self.element} {self.namespace}".strip()),
            ("parent", self.parent),
            ("attribute", self.attribute),
            ("found", shortened(visible(self.found))),
            ("possible", f"{listed}, …" if len(self.possible) > LISTED else listed or "—"),
        )


def shortened(text: str, longest: int = 40) -> str:
    """Return a text that fits into a message."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def visible(text: str) -> str:
    """Return a text with what cannot be seen in it named, as no-break spaces and joiners: `[U+00A0]`."""
    return "".join(character if character.isprintable() else f"[U+{ord(character):04X}]" for character in text)


def explain(grammar: Grammar, root: etree._Element) -> list[Violation]:
    """Return every violation in document order; none means that the document is valid."""
    return list(_Reading(grammar).violations(root))


class _Reading:
    """A document being read: the pattern of what may follow, and the text since the last tag."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._pattern = grammar.start
        self._text = ""
        self._line = 0
        """Where reading stands: a tag's line is known, from there on line breaks are counted."""
        self._excused: set[etree._Element] = set()
        """Open elements in which something was found wrong: that they end too early is its consequence."""

    def violations(self, root: etree._Element) -> Iterator[Violation]:
        """Yield the violations; comments and instructions do not interrupt a text."""
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        last: etree._Element | None = None
        for event, node in walk:
            if event == "start" and not self._grammar.elements(str(node.tag)):
                yield from self._before(node)
                yield self._out_of_place(node, Kind.UNKNOWN_ELEMENT)
                self._line = (node.sourceline or 0) + "".join(map(str, node.itertext())).count("\n")
                walk.skip_subtree()
            elif event == "start":
                yield from self._before(node)
                yield from self._start(node)
                self._text = node.text or ""
                self._line = (node.sourceline or 0) + self._text.count("\n")
                last = node
            elif event == "end" and self._grammar.elements(str(node.tag)):
                yield from self._end(node, is_leaf=node is last)
                last = None
            if event in ("comment", "pi"):
                self._line += (node.text or "").count("\n")
            if event != "start":
                tail = node.tail or ""
                self._text = (self._text if event in ("comment", "pi") else "") + tail
                self._line += tail.count("\n")

    def _before(self, node: etree._Element) -> Iterator[Violation]:
        """Read the text before a start tag; white space alone is none."""
        parent = node.getparent()
        if self._text.strip(SPACE) and parent is not None:
            yield from self._read(parent)
        self._text = ""

    def _start(self, node: etree._Element) -> Iterator[Violation]:
        opened = self._pattern.opened(str(node.tag))
        if opened is NOT_ALLOWED:
            yield self._out_of_place(node, self._how_out_of_place(node))
            declared = self._grammar.elements(str(node.tag))
            opened = choice(*(after(element.content, self._pattern) for element in declared))
        self._pattern = opened
        for name, value in node.attrib.items():
            yield from self._attribute(node, str(name), str(value))
        closed = self._pattern.closed_tag()
        if closed is NOT_ALLOWED:
            yield _violation(
                Kind.MISSING_ATTRIBUTE,
                node,
                attribute=", ".join(sorted(map(_short, required_attributes(self._pattern)))),
            )
            closed = self._pattern.excused_tag()
        self._pattern = closed

    def _out_of_place(self, node: etree._Element, kind: Kind) -> Violation:
        parent = node.getparent()
        if parent is not None:
            self._excused.add(parent)
        possible = list(leaves(self._pattern))
        return _violation(kind, node, namespace=_strange_namespace(node, possible), possible=_elements(possible))

    def _how_out_of_place(self, node: etree._Element) -> Kind:
        """Return in what way an element that the schema has may not stand here; no document begins with this root."""
        if node.getparent() is None:
            return Kind.UNKNOWN_ELEMENT
        return Kind.MISPLACED_ELEMENT if self._ever_in(node.getparent(), str(node.tag)) else Kind.FOREIGN_ELEMENT

    def _ever_in(self, parent: etree._Element | None, name: str) -> bool:
        """Whether an element may stand in this parent at all."""
        declared = [] if parent is None else self._grammar.elements(str(parent.tag))
        children = (leaf for element in declared for leaf in leaves(element.content, whole=True))
        return any(isinstance(leaf, Element) and name in leaf.names for leaf in children)

    def _attribute(self, node: etree._Element, name: str, value: str) -> Iterator[Violation]:
        read = self._pattern.with_attribute(name, value)
        if read is not NOT_ALLOWED:
            self._pattern = read
            return
        declared = self._pattern.attributes()
        values = _values(part for leaf in declared if name in leaf.names for part in leaves(leaf.value, whole=True))
        if not values:
            names = _listed(leaf.names for leaf in declared)
            yield _violation(Kind.UNKNOWN_ATTRIBUTE, node, attribute=_prefixed(node, name), possible=names)
            return
        yield _violation(
            Kind.WRONG_VALUE, node, attribute=_prefixed(node, name), found=collapsed(value), possible=values
        )
        self._pattern = self._pattern.with_attribute(name, None)

    def _end(self, node: etree._Element, is_leaf: bool) -> Iterator[Violation]:
        if self._text.strip(SPACE):
            yield from self._read(node)
        elif is_leaf:
            self._pattern = choice(self._pattern, self._pattern.with_text(self._text))
        ended = self._pattern.ended()
        if ended is NOT_ALLOWED and node not in self._excused:
            possible = list(leaves(self._pattern))
            values = _values(possible)
            kind = Kind.WRONG_CONTENT if values else Kind.INCOMPLETE
            found, allowed = collapsed(self._text), values or _elements(possible)
            yield _violation(kind, node, found=found, possible=allowed, line=self._line)
        self._pattern = ended if ended is not NOT_ALLOWED else self._pattern.ended(excused=True)

    def _read(self, node: etree._Element) -> Iterator[Violation]:
        """Read the text; what is not allowed is passed over."""
        read = self._pattern.with_text(self._text)
        if read is not NOT_ALLOWED:
            self._pattern = read
            return
        text, line = collapsed(self._text), self._line_of_text()
        possible = list(leaves(self._pattern))
        values = _values(possible)
        self._text = ""
        if values:
            yield _violation(Kind.WRONG_CONTENT, node, found=text, possible=values, line=line)
            self._excused.add(node)
        else:
            yield _violation(Kind.TEXT, node, found=text, possible=_elements(possible), line=line)

    def _line_of_text(self) -> int:
        """Return the line of the first character that is not white space."""
        return self._line - self._text.lstrip(SPACE).count("\n")


def leaves(pattern: Pattern, whole: bool = False) -> Iterator[Pattern]:
    """Yield the elements, attributes, texts and values that may come next, or with `whole` all that may ever come."""
    pending, seen = [pattern], {pattern}
    while pending:
        found = pending.pop()
        parts = found.parts(whole)
        if not parts:
            yield found
        pending.extend(part for part in parts if part not in seen)
        seen.update(parts)


def required_attributes(pattern: Pattern) -> frozenset[str]:
    """Return the attributes that a start tag must still have, whichever alternative is taken."""
    if isinstance(pattern, Attribute):
        return frozenset(pattern.names.listed())
    if not pattern.has_attributes:
        return frozenset()
    parts = [required_attributes(part) for part in pattern.parts(whole=True)]
    return frozenset.intersection(*parts) if isinstance(pattern, Choice) else frozenset().union(*parts)


def _violation(
    kind: Kind,
    node: etree._Element,
    *,
    attribute: str = "",
    namespace: str = "",
    found: str = "",
    possible: tuple[str, ...] = (),
    line: int = 0,
) -> Violation:
    """Return a violation by an element, in the line of its start tag where no other is given."""
    parent = node.getparent()
    return Violation(
        kind=kind,
        line=line or node.sourceline or 0,
        element=local_name(node),
        parent="" if parent is None else local_name(parent),
        attribute=attribute,
        namespace=namespace,
        found=found,
        possible=possible,
        node=None if line else node,
    )


def _elements(possible: Iterable[Pattern]) -> tuple[str, ...]:
    """Return the names of the elements among these, sorted."""
    return _listed(leaf.names for leaf in possible if isinstance(leaf, Element))


def _values(possible: Iterable[Pattern]) -> tuple[str, ...]:
    """Return the values among these in quotation marks, then the forms of others, the fullest first."""
    values = set()
    datatypes = set()
    for leaf in possible:
        if isinstance(leaf, Value):
            values.add(f'"{leaf.value}"')
        elif isinstance(leaf, Data):
            datatypes.add(str(leaf.datatype))
    return (*sorted(values), *sorted(datatypes, key=lambda form: (form.startswith("-"), -len(form), form)))


def _listed(classes: Iterable[NameClass]) -> tuple[str, ...]:
    return tuple(sorted({_short(name) for names in classes for name in names.listed()}))


def _strange_namespace(node: etree._Element, possible: Iterable[Pattern]) -> str:
    """Return how an element says its namespace, where no element that may stand there is in it; else nothing."""
    names = (name for leaf in possible if isinstance(leaf, Element) for name in leaf.names.listed())
    parent = node.getparent()
    expected = {namespace_of(name) for name in names} or {namespace_of("" if parent is None else str(parent.tag))}
    found = namespace_of(str(node.tag))
    return "" if found in expected else f'xmlns="{found}"'


def _prefixed(node: etree._Element, name: str) -> str:
    """Return an attribute's name as the file has it, with the prefix of its namespace."""
    prefixes = (prefix for prefix, namespace in node.nsmap.items() if prefix and namespace == namespace_of(name))
    return ":".join([*list(prefixes)[:1], _short(name)]) if namespace_of(name) != XML else _short(name)


def _short(name: str) -> str:
    """Return a name as an editor writes it: without namespace, or with `xml:`."""
    return f"xml:{name[len(XML) + 2 :]}" if name.startswith(f"{{{XML}}}") else name.rpartition("}")[2]

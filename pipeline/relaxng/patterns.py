"""Turn a pattern and what comes next in a document into the pattern of what may follow: its derivative.

Patterns are made only by the functions at the end of this module, which make each pattern once: equal patterns are the
same object, so derivatives can be remembered in the pattern itself.

Source: J. Clark, "An algorithm for RELAX NG validation", 2002; the names there stand in brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import reduce

from pipeline.relaxng.datatypes import Datatype, collapsed
from pipeline.relaxng.names import NameClass


class Pattern:
    """What may stand at a place. Of this class itself are `NOT_ALLOWED` and `EMPTY`."""

    __slots__ = ("_closed_tag", "_opened", "_with_text", "has_attributes", "has_values", "nullable")

    def __init__(self, nullable: bool = False, has_attributes: bool = False, has_values: bool = False) -> None:
        self.nullable = nullable  # nothing at all is enough
        self.has_attributes = has_attributes
        self.has_values = has_values  # it matters what a text says, not only that there is one
        self._opened: dict[str, Pattern] = {}
        self._closed_tag: Pattern | None = None
        self._with_text: Pattern | None = None

    def opened(self, name: str) -> Pattern:
        """Return what may follow the name of a start tag [startTagOpenDeriv]."""
        found = self._opened.get(name)
        if found is None:
            found = self._opened[name] = self._open(name)
        return found

    def _open(self, name: str) -> Pattern:
        return NOT_ALLOWED

    def with_attribute(self, name: str, value: str | None) -> Pattern:
        """Return what may follow an attribute [attDeriv]; None is a value that is always right."""
        return NOT_ALLOWED

    def closed_tag(self) -> Pattern:
        """Return what may follow the end of a start tag: no attribute is left to come [startTagCloseDeriv]."""
        if not self.has_attributes:
            return self
        if self._closed_tag is None:
            self._closed_tag = self._without_attributes(NOT_ALLOWED)
        return self._closed_tag

    def excused_tag(self) -> Pattern:
        """Return the same as if no attribute were required."""
        return self._without_attributes(EMPTY) if self.has_attributes else self

    def _without_attributes(self, missing: Pattern) -> Pattern:
        return self

    def with_text(self, text: str) -> Pattern:
        """Return what may follow a text [textDeriv]."""
        if self.has_values:
            return self._read(text)
        if self._with_text is None:
            self._with_text = self._read(text)
        return self._with_text

    def _read(self, text: str) -> Pattern:
        return NOT_ALLOWED

    def ended(self, excused: bool = False) -> Pattern:
        """Return what may follow an end tag [endTagDeriv]; `excused` as if nothing were missing."""
        return NOT_ALLOWED

    def then(self, change: Callable[[Pattern], Pattern]) -> Pattern:
        """Return this pattern with what follows the open element changed [applyAfter]."""
        return NOT_ALLOWED

    def parts(self, whole: bool) -> tuple[Pattern, ...]:
        """Return what this is made of: what may come next, or with `whole` everything in it; none for a leaf."""
        return ()


class _Text(Pattern):
    __slots__ = ()

    def _read(self, text: str) -> Pattern:
        return self


class Choice(Pattern):
    """One of several patterns."""

    __slots__ = ("alternatives",)

    def __init__(self, alternatives: tuple[Pattern, ...]) -> None:
        super().__init__(
            nullable=any(one.nullable for one in alternatives),
            has_attributes=any(one.has_attributes for one in alternatives),
            has_values=any(one.has_values for one in alternatives),
        )
        self.alternatives = alternatives

    def _open(self, name: str) -> Pattern:
        return choice(*(one.opened(name) for one in self.alternatives))

    def with_attribute(self, name: str, value: str | None) -> Pattern:
        return choice(*(one.with_attribute(name, value) for one in self.alternatives if one.has_attributes))

    def _without_attributes(self, missing: Pattern) -> Pattern:
        return choice(*(_close(one, missing) for one in self.alternatives))

    def _read(self, text: str) -> Pattern:
        return choice(*(one.with_text(text) for one in self.alternatives))

    def ended(self, excused: bool = False) -> Pattern:
        return choice(*(one.ended(excused) for one in self.alternatives))

    def then(self, change: Callable[[Pattern], Pattern]) -> Pattern:
        return choice(*(one.then(change) for one in self.alternatives))

    def parts(self, whole: bool) -> tuple[Pattern, ...]:
        return self.alternatives


class _Pair(Pattern):
    """Two patterns that both come."""

    __slots__ = ("first", "second")

    def __init__(self, first: Pattern, second: Pattern) -> None:
        super().__init__(
            nullable=first.nullable and second.nullable,
            has_attributes=first.has_attributes or second.has_attributes,
            has_values=first.has_values or second.has_values,
        )
        self.first = first
        self.second = second

    def _again(self, first: Pattern, second: Pattern) -> Pattern:
        raise NotImplementedError

    def with_attribute(self, name: str, value: str | None) -> Pattern:
        first = self.first.with_attribute(name, value) if self.first.has_attributes else NOT_ALLOWED
        second = self.second.with_attribute(name, value) if self.second.has_attributes else NOT_ALLOWED
        if first is NOT_ALLOWED:
            return self._again(self.first, second)
        return choice(self._again(first, self.second), self._again(self.first, second))

    def _without_attributes(self, missing: Pattern) -> Pattern:
        return self._again(_close(self.first, missing), _close(self.second, missing))


class Group(_Pair):
    """Two patterns, one after the other."""

    __slots__ = ()

    def _again(self, first: Pattern, second: Pattern) -> Pattern:
        return group(first, second)

    def _open(self, name: str) -> Pattern:
        opened = self.first.opened(name).then(lambda rest: group(rest, self.second))
        return choice(opened, self.second.opened(name)) if self.first.nullable else opened

    def _read(self, text: str) -> Pattern:
        read = group(self.first.with_text(text), self.second)
        return choice(read, self.second.with_text(text)) if self.first.nullable else read

    def parts(self, whole: bool) -> tuple[Pattern, ...]:
        return (self.first, self.second) if whole or self.first.nullable else (self.first,)


class Interleave(_Pair):
    """Two patterns, mixed in any order."""

    __slots__ = ()

    def _again(self, first: Pattern, second: Pattern) -> Pattern:
        return interleave(first, second)

    def _open(self, name: str) -> Pattern:
        return choice(
            self.first.opened(name).then(lambda rest: interleave(rest, self.second)),
            self.second.opened(name).then(lambda rest: interleave(self.first, rest)),
        )

    def _read(self, text: str) -> Pattern:
        return choice(
            interleave(self.first.with_text(text), self.second), interleave(self.first, self.second.with_text(text))
        )

    def parts(self, whole: bool) -> tuple[Pattern, ...]:
        return (self.first, self.second)


class OneOrMore(Pattern):
    __slots__ = ("repeated",)

    def __init__(self, repeated: Pattern) -> None:
        super().__init__(repeated.nullable, repeated.has_attributes, repeated.has_values)
        self.repeated = repeated

    def _open(self, name: str) -> Pattern:
        return self.repeated.opened(name).then(lambda rest: group(rest, optional(self)))

    def with_attribute(self, name: str, value: str | None) -> Pattern:
        return group(self.repeated.with_attribute(name, value), optional(self))

    def _without_attributes(self, missing: Pattern) -> Pattern:
        return one_or_more(_close(self.repeated, missing))

    def _read(self, text: str) -> Pattern:
        return group(self.repeated.with_text(text), optional(self))

    def parts(self, whole: bool) -> tuple[Pattern, ...]:
        return (self.repeated,)


class Element(Pattern):
    """An element; its content is made when first asked for, since it may hold itself."""

    __slots__ = ("_content", "_make", "names")

    def __init__(self, names: NameClass, make: Callable[[], Pattern]) -> None:
        super().__init__()
        self.names = names
        self._make = make
        self._content: Pattern | None = None

    @property
    def content(self) -> Pattern:
        if self._content is None:
            self._content = self._make()
        return self._content

    def _open(self, name: str) -> Pattern:
        return after(self.content, EMPTY) if name in self.names else NOT_ALLOWED


class Attribute(Pattern):
    __slots__ = ("names", "value")

    def __init__(self, names: NameClass, value: Pattern) -> None:
        super().__init__(has_attributes=True)
        self.names = names
        self.value = value

    def with_attribute(self, name: str, value: str | None) -> Pattern:
        return EMPTY if name in self.names and (value is None or _matches(self.value, value)) else NOT_ALLOWED

    def _without_attributes(self, missing: Pattern) -> Pattern:
        return missing


class Data(Pattern):
    """A value of a datatype, except some."""

    __slots__ = ("datatype", "excepted")

    def __init__(self, datatype: Datatype, excepted: Pattern) -> None:
        super().__init__(has_values=True)
        self.datatype = datatype
        self.excepted = excepted

    def _read(self, text: str) -> Pattern:
        return EMPTY if self.datatype.allows(text) and not _matches(self.excepted, text) else NOT_ALLOWED


class Value(Pattern):
    """One value; white space is folded unless the schema says `string`."""

    __slots__ = ("exact", "value")

    def __init__(self, value: str, exact: bool) -> None:
        super().__init__(has_values=True)
        self.value = value if exact else collapsed(value)
        self.exact = exact

    def _read(self, text: str) -> Pattern:
        return EMPTY if (text if self.exact else collapsed(text)) == self.value else NOT_ALLOWED


class ListOf(Pattern):
    """Values with white space between them."""

    __slots__ = ("items",)

    def __init__(self, items: Pattern) -> None:
        super().__init__(has_values=True)
        self.items = items

    def _read(self, text: str) -> Pattern:
        left = reduce(lambda pattern, item: pattern.with_text(item), collapsed(text).split(), self.items)
        return EMPTY if left.nullable else NOT_ALLOWED

    def parts(self, whole: bool) -> tuple[Pattern, ...]:
        return (self.items,)


class After(Pattern):
    """What may come in the open element, and what after it."""

    __slots__ = ("content", "rest")

    def __init__(self, content: Pattern, rest: Pattern) -> None:
        super().__init__(False, content.has_attributes, content.has_values)
        self.content = content
        self.rest = rest

    def _open(self, name: str) -> Pattern:
        return self.content.opened(name).then(lambda rest: after(rest, self.rest))

    def with_attribute(self, name: str, value: str | None) -> Pattern:
        return after(self.content.with_attribute(name, value), self.rest)

    def _without_attributes(self, missing: Pattern) -> Pattern:
        return after(_close(self.content, missing), self.rest)

    def _read(self, text: str) -> Pattern:
        return after(self.content.with_text(text), self.rest)

    def ended(self, excused: bool = False) -> Pattern:
        return self.rest if excused or self.content.nullable else NOT_ALLOWED

    def then(self, change: Callable[[Pattern], Pattern]) -> Pattern:
        return after(self.content, change(self.rest))

    def parts(self, whole: bool) -> tuple[Pattern, ...]:
        return (self.content,)


NOT_ALLOWED = Pattern()
EMPTY: Pattern = Pattern(nullable=True)
TEXT: Pattern = _Text(nullable=True)

_made: dict[tuple[Hashable, ...], Pattern] = {}


def once(kind: Callable[..., Pattern], *parts: Hashable) -> Pattern:
    """Return the one pattern of this kind with these parts."""
    key = (kind, *parts)
    found = _made.get(key)
    if found is None:
        found = _made[key] = kind(*parts)
    return found


def choice(*patterns: Pattern) -> Pattern:
    """Return the choice of these, in a fixed order, each once; a single one is itself."""
    different: dict[Pattern, None] = {}
    for pattern in patterns:
        different.update(dict.fromkeys(pattern.alternatives if isinstance(pattern, Choice) else (pattern,)))
    different.pop(NOT_ALLOWED, None)
    if not different:
        return NOT_ALLOWED
    if len(different) == 1:
        return next(iter(different))
    key = (Choice, frozenset(different))
    found = _made.get(key)
    if found is None:
        found = _made[key] = Choice(tuple(different))
    return found


def optional(pattern: Pattern) -> Pattern:
    return choice(pattern, EMPTY)


def group(first: Pattern, second: Pattern) -> Pattern:
    return _joined(Group, first, second)


def interleave(first: Pattern, second: Pattern) -> Pattern:
    return _joined(Interleave, first, second)


def _joined(kind: Callable[..., Pattern], first: Pattern, second: Pattern) -> Pattern:
    if NOT_ALLOWED in (first, second):
        return NOT_ALLOWED
    if first is EMPTY:
        return second
    return first if second is EMPTY else once(kind, first, second)


def one_or_more(pattern: Pattern) -> Pattern:
    return pattern if pattern in (NOT_ALLOWED, EMPTY) or isinstance(pattern, OneOrMore) else once(OneOrMore, pattern)


def after(content: Pattern, rest: Pattern) -> Pattern:
    return NOT_ALLOWED if NOT_ALLOWED in (content, rest) else once(After, content, rest)


def _close(pattern: Pattern, missing: Pattern) -> Pattern:
    return pattern.closed_tag() if missing is NOT_ALLOWED else pattern.excused_tag()


def _matches(pattern: Pattern, text: str) -> bool:
    return (pattern.nullable and not text.strip()) or pattern.with_text(text).nullable

"""Turn a pattern and what comes next in a document into the pattern of what may follow: its derivative.

Patterns are made only by the functions at the end of this module, which make each pattern once: equal patterns are the
same object, so derivatives can be remembered in the pattern itself.

Source: J. Clark, "An algorithm for RELAX NG validation", 2002; the names there stand in brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from pipeline.relaxng.names import NameClass
from pipeline.tei import SPACE


class Pattern:
    """What may stand at a place. Of this class itself are `NOT_ALLOWED` and `EMPTY`."""

    __slots__ = (
        "_attributes",
        "_closed_tag",
        "_opened",
        "_taken",
        "_with_text",
        "has_attributes",
        "has_values",
        "nullable",
    )

    def __init__(self, nullable: bool = False, has_attributes: bool = False, has_values: bool = False) -> None:
        self.nullable = nullable  # nothing at all is enough
        self.has_attributes = has_attributes
        self.has_values = has_values  # it matters what a text says, not only that there is one
        self._opened: dict[str, Pattern] = {}
        self._attributes: tuple[Attribute, ...] | None = None
        self._taken: dict[frozenset[Attribute], Pattern] = {}
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

    def attributes(self) -> tuple[Attribute, ...]:
        """Return the attributes that may still come in the open tag."""
        if self._attributes is None:
            parts = self.parts(whole=True) if self.has_attributes else ()
            self._attributes = tuple(dict.fromkeys(found for part in parts for found in part.attributes()))
        return self._attributes

    def with_attribute(self, name: str, value: str | None) -> Pattern:
        """Return what may follow an attribute [attDeriv]; None is a value that is always right."""
        return self.taking(frozenset(one for one in self.attributes() if one.allows(name, value)))

    def taking(self, taken: frozenset[Attribute]) -> Pattern:
        """Return what may follow an attribute that is any of these."""
        if not self.has_attributes or not taken:
            return NOT_ALLOWED
        if taken not in self._taken:
            self._taken[taken] = self._take(taken)
        return self._taken[taken]

    def _take(self, taken: frozenset[Attribute]) -> Pattern:
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

    def _take(self, taken: frozenset[Attribute]) -> Pattern:
        return choice(*(one.taking(taken) for one in self.alternatives))

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

    def _take(self, taken: frozenset[Attribute]) -> Pattern:
        first, second = self.first.taking(taken), self.second.taking(taken)
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

    def _take(self, taken: frozenset[Attribute]) -> Pattern:
        return group(self.repeated.taking(taken), optional(self))

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

    def attributes(self) -> tuple[Attribute, ...]:
        return (self,)

    def allows(self, name: str, value: str | None) -> bool:
        """Whether it may have this name and value; None is a value that is always right."""
        return name in self.names and (value is None or matches(self.value, value))

    def _take(self, taken: frozenset[Attribute]) -> Pattern:
        return EMPTY if self in taken else NOT_ALLOWED

    def _without_attributes(self, missing: Pattern) -> Pattern:
        return missing


class After(Pattern):
    """What may come in the open element, and what after it."""

    __slots__ = ("content", "rest")

    def __init__(self, content: Pattern, rest: Pattern) -> None:
        super().__init__(False, content.has_attributes, content.has_values)
        self.content = content
        self.rest = rest

    def _open(self, name: str) -> Pattern:
        return self.content.opened(name).then(lambda rest: after(rest, self.rest))

    def _take(self, taken: frozenset[Attribute]) -> Pattern:
        return after(self.content.taking(taken), self.rest)

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


def matches(pattern: Pattern, text: str) -> bool:
    """Whether a pattern without elements, such as an attribute's value, allows this text."""
    return (pattern.nullable and not text.strip(SPACE)) or pattern.with_text(text).nullable

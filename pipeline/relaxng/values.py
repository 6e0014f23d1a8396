"""Turn the texts that a schema asks for into patterns: data, listed values, lists.

Source: RELAX NG Specification, sections 9.3.7 to 9.3.9 "value", "data" and "list" pattern.
"""

from __future__ import annotations

from functools import reduce

from pipeline.relaxng.datatypes import Datatype, collapsed
from pipeline.relaxng.patterns import EMPTY, NOT_ALLOWED, Pattern, matches


class Data(Pattern):
    """A value of a datatype, except some."""

    __slots__ = ("datatype", "excepted")

    def __init__(self, datatype: Datatype, excepted: Pattern) -> None:
        super().__init__(has_values=True)
        self.datatype = datatype
        self.excepted = excepted

    def _read(self, text: str) -> Pattern:
        return EMPTY if self.datatype.allows(text) and not matches(self.excepted, text) else NOT_ALLOWED


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
        left = reduce(
            lambda pattern, item: pattern.with_text(item), filter(None, collapsed(text).split(" ")), self.items
        )
        return EMPTY if left.nullable else NOT_ALLOWED

    def parts(self, whole: bool) -> tuple[Pattern, ...]:
        return (self.items,)

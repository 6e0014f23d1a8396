"""Turn the name classes of a schema into tests of names.

A name is written as lxml writes it: `{namespace}local`, or `local` in no namespace.
Source: RELAX NG Specification, section 6 "Name classes".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class NameClass(Protocol):
    """A set of names."""

    def __contains__(self, name: str, /) -> bool: ...

    def __hash__(self) -> int: ...

    def listed(self) -> tuple[str, ...]:
        """Return the names in it, none where they are not listed one by one."""
        ...


@dataclass(frozen=True, slots=True)
class OneName:
    """A single name."""

    name: str

    def __contains__(self, name: str) -> bool:
        return name == self.name

    def listed(self) -> tuple[str, ...]:
        return (self.name,)


@dataclass(frozen=True, slots=True)
class NamesIn:
    """Every name in a namespace, or with None in any, except some."""

    namespace: str | None
    excepted: tuple[NameClass, ...] = ()

    def __contains__(self, name: str) -> bool:
        inside = self.namespace is None or namespace_of(name) == self.namespace
        return inside and not any(name in others for others in self.excepted)

    def listed(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Names:
    """The names of several classes."""

    classes: tuple[NameClass, ...]

    def __contains__(self, name: str) -> bool:
        return any(name in names for names in self.classes)

    def listed(self) -> tuple[str, ...]:
        return tuple(name for names in self.classes for name in names.listed())


def namespace_of(name: str) -> str:
    """Return the namespace of a name, empty where it is in none."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""

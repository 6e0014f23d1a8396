"""Turn the names of a register that is too long for one page into pages by letter.

    persons.html          the letters, and who is named most often
    persons.-b.html       the names under a letter, or in a script without a short alphabet
    persons.2.-b.html     where these are too many for a page, the next of them

A letter is one of the language that the page is in, so these pages come and go with the edition; what lasts is the
address of an entry's own page (`registers.own_page`). No entry's id begins with a hyphen (XML 1.0, `NameStartChar`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import quoteattr

from pipeline.alphabets import heading
from pipeline.website.gathering import Page, page_of
from pipeline.website.mentions import NAMESPACE, Found
from pipeline.website.paging import steps

WHOLE = 250_000
"""Bytes of names that one page holds as a whole register: some 2,000 entries."""

PORTION = 80_000
"""Bytes of names on one page of a register that is divided: some 600 entries."""

MARKUP = 80
"""Bytes that an entry has in a list of names beside its name and its id, which stands there twice."""

MOST = 60
"""Entries on the register's own page where it is divided: those named most often."""

GUIDE = 28
"""Letters of the name with which a page begins, as others name it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a register, with its names as pages hold them."""

    name: str
    portions: tuple[tuple[Found, ...], ...]

    def page(self, kind: str, number: int = 1) -> str:
        """Return the name of a page: the letter's small form, which may be no letter of ASCII, by its number."""
        small = self.name.lower()
        slug = small if small.isascii() else f"u{ord(small[0]):04x}"
        return f"{kind}.-{slug}" if number == 1 else f"{kind}.{number}.-{slug}"


def weight(found: Iterable[Found]) -> int:
    """Return about how many bytes a list of names has."""
    return sum(map(_weight, found))


def _weight(one: Found) -> int:
    """Return about how many bytes an entry has in a list of names."""
    return MARKUP + len(one.head.encode()) + 2 * len(one.key.encode())


def letters_of(found: Iterable[Found]) -> list[Letter]:
    """Return the letters of a sorted register."""
    groups = groupby(found, key=lambda one: heading(one.sort))
    return [Letter(name, tuple(map(tuple, portions(group, PORTION, _weight)))) for name, group in groups]


def portions(found: Iterable[Found], room: int, weigh: Callable[[Found], int]) -> list[list[Found]]:
    """Return entries as pages hold them, in order: a page takes entries until their weights fill its room."""
    pages: list[list[Found]] = []
    left = 0
    for one in found:
        if left <= 0:
            pages.append([])
            left = room
        pages[-1].append(one)
        left -= weigh(one)
    return pages


def homes(kind: str, letters: Iterable[Letter]) -> dict[str, str]:
    """Return on which page each entry is listed, by its id."""
    return {
        one.key: letter.page(kind, number)
        for letter in letters
        for number, portion in enumerate(letter.portions, 1)
        for one in portion
    }


def most_named(found: Iterable[Found]) -> list[Found]:
    """Return the entries that the register's own page names, the most frequent first."""
    return sorted(found, key=lambda one: -one.count)[:MOST]


def row_of_letters(kind: str, letters: Iterable[Letter]) -> str:
    """Return the letters as XML, each with its first page."""
    return "".join(
        f"<register:letter name={quoteattr(letter.name)} page={quoteattr(letter.page(kind))}/>" for letter in letters
    )


def letter_pages(kind: str, language: str, letters: Sequence[Letter], more: str) -> Iterator[Page]:
    """Yield the pages of each letter; `more` are attributes that all of them have."""
    row = row_of_letters(kind, letters)
    for letter in letters:
        pages = [letter.page(kind, number) for number in range(1, len(letter.portions) + 1)]
        guides = [portion[0].head for portion in letter.portions]
        for number, portion in enumerate(letter.portions, 1):
            opening = (
                f'<register:names xmlns:register="{NAMESPACE}" kind="{kind}" letter={quoteattr(letter.name)}'
                f" first={quoteattr(portion[0].head)} last={quoteattr(portion[-1].head)} {more}>"
            )
            entries = "".join(f"{opening_of(one)}</register:entry>" for one in portion)
            content = f"{opening}{row}{ways(pages, number, guides)}{entries}</register:names>"
            yield page_of("register", pages[number - 1], language, content)


def ways(pages: Sequence[str], number: int, guides: Sequence[str] = ()) -> str:
    """Return as XML what a page of several leads to, each called by its number, or by the name that it begins with."""
    if len(pages) == 1:
        return ""
    named = [(step, _guide(guides[step - 1]) if guides else str(step)) for step in steps(number, len(pages))]
    return "".join(
        f'<register:step page={quoteattr(pages[step - 1])} name={quoteattr(name)} is-here="{step == number}"/>'
        for step, name in named
    )


def _guide(head: str) -> str:
    return f"{head[:GUIDE].rstrip()} …"


def opening_of(one: Found) -> str:
    """Return the start tag of an entry as XML."""
    identified = f" key={quoteattr(one.key)} file={quoteattr(one.entry.file)}" if one.entry else ""
    return f'<register:entry name={quoteattr(one.head)} count="{one.count}"{identified}>'

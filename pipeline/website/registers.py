"""Turn all mentions of an edition into registers: every name with every mention.

    who is found (mentions.py) → sorted lists (XML) → pages (xslt/web/register.xsl)

Every person, place and body that is identified has pages of its own, and the first of them is its lasting address:
`persons.stalin.html`. The register gives all of them on one page, with the words of every mention; where that is too
heavy, only their names; and where these are too many too, they are divided by letter (`letters.py`).
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from pipeline.alphabets import heading
from pipeline.website.gathering import Page, page_of, state_of
from pipeline.website.letters import (
    PORTION,
    WHOLE,
    Letter,
    homes,
    letter_pages,
    letters_of,
    most_named,
    opening_of,
    portions,
    row_of_letters,
    ways,
    weight,
)
from pipeline.website.mentions import KINDS, NAMESPACE, ON_A_PAGE, Found, Mentions

MAP = "map"
"""The page with the places on a map."""

SEARCH = "search"
"""The page for looking by words, by names, and by the facets."""

FILTERS = {"persons": "person", "places": "place", "organisations": "body"}
"""What the search calls a name of each register."""

NAMES = "names"
"""Instead of a stylesheet: a file of names, which is no page."""

CHOICE = 100
"""Names from which a reader chooses; where there are more, he types."""

FACETS = ("year", "archive", "language")
"""By what else one looks for a document."""

MANY = 60
"""Mentions of one entry beyond which the register shows the first of them only."""

SHOWN = 20
"""Mentions that the register shows of such an entry."""

UNIDENTIFIED = "0"
"""Stands in the name of a page for names that nobody has identified: no entry's id is a figure."""

LONG = 500
"""Mentions that a register shows with their words; one with more only names its entries."""


def _documents(mentions: Iterable[tuple[str, str, str]]) -> str:
    """Return mentions as XML, by document."""
    parts = []
    for (identifier, about), group in groupby(mentions, key=lambda row: (row[0], row[1])):
        parts.append(f"<register:document id={quoteattr(identifier)}>{about}")
        parts += [content for _, _, content in group]
        parts.append("</register:document>")
    return "".join(parts)


def pages(mentions: Mentions, languages: Iterable[str], indexes: Iterable[str]) -> Iterator[Page]:
    """Yield every page made of names."""
    bundles = " ".join(indexes)
    for language in languages:
        known = {kind: mentions.found(kind, language) for kind in KINDS}
        for kind, found in known.items():
            yield from _pages_of_register(mentions, kind, language, found)
        yield from map_pages(known["places"], language)
        yield from search_pages(mentions, language, bundles, known)


def _pages_of_register(mentions: Mentions, kind: str, language: str, found: Sequence[Found]) -> Iterator[Page]:
    """Yield the pages of a register, which are more the longer it is, and those of its entries."""
    unknown = mentions.found(kind, language, identified=False)
    letters: list[Letter] = []
    portions: list[list[Found]] = []
    if sum(one.count if one.count <= MANY else SHOWN for one in (*found, *unknown)) <= LONG:
        content = full(mentions, kind, found, unknown)
    else:
        letters = letters_of(found) if weight(found) > WHOLE else []
        portions = _portions(unknown)
        content = brief(kind, found, unknown, letters, len(portions))
    yield page_of("register", kind, language, content)
    yield from letter_pages(kind, language, letters, 'others="true"' if unknown else "")
    yield from own_pages(mentions, kind, language, found, homes(kind, letters))
    yield from unidentified_pages(mentions, kind, language, portions)


def map_pages(found: Iterable[Found], language: str) -> Iterator[Page]:
    """Yield the page with the places that the authorities know, those mentioned most often first; then those without
    coordinates, or where they are very many the pages of their letters."""
    known = [one for one in found if one.entry]
    placed = sorted((one for one in known if one.entry and one.entry.is_placed), key=lambda one: -one.count)
    without = [one for one in known if one.entry and not one.entry.is_placed]
    letters = letters_of(without) if weight(without) > PORTION else []
    listed = row_of_letters(MAP, letters) or "".join(map(_named, without))
    content = f"{''.join(map(_named, placed))}<register:without>{listed}</register:without>"
    yield page_of("map", MAP, language, f'<register:map xmlns:register="{NAMESPACE}">{content}</register:map>')
    yield from letter_pages(MAP, language, letters, 'of="places"')


def search_pages(
    mentions: Mentions, language: str, bundles: str, known: Mapping[str, Sequence[Found]]
) -> Iterator[Page]:
    """Yield the page for looking, and a file of names for each register from which a reader cannot choose."""
    parts = [f"<register:search xmlns:register={quoteattr(NAMESPACE)} bundles={quoteattr(bundles)}>"]
    for kind, found in known.items():
        if len(found) > CHOICE:
            yield page_of(NAMES, FILTERS[kind], language, names(found, language))
            parts.append(f'<register:facet name="{FILTERS[kind]}" typed="true"/>')
        else:
            parts.append(_facet(FILTERS[kind], [(one.key, one.head) for one in found]))
    parts += [_facet(name, mentions.facet(name, language)) for name in FACETS]
    yield page_of("search", SEARCH, language, "".join((*parts, "</register:search>")))


def _facet(name: str, values: Iterable[tuple[str, str]]) -> str:
    """Return what one can look by, sorted for readers of a language, for `search.xsl`."""
    options = (
        f"<register:option value={quoteattr(value)}>{escape(label)}</register:option>" for value, label in values
    )
    return f'<register:facet name="{name}">{"".join(options)}</register:facet>'


def names(found: Sequence[Found], language: str) -> str:
    """Return names as JSON, for the script of the search page: id, what it is called (two of one name with their ids),
    what it is called in other languages."""
    called = Counter(one.head for one in found)
    return json.dumps(
        [
            [one.key, f"{one.head} ({one.key})" if called[one.head] > 1 else one.head, _elsewhere(one, language)]
            for one in found
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _elsewhere(one: Found, language: str) -> str:
    heads = one.entry.heads if one.entry else {}
    return ", ".join(sorted({head for other, (head, _) in heads.items() if other != language} - {one.head}))


def full(mentions: Mentions, kind: str, found: Sequence[Found], unknown: Sequence[Found]) -> str:
    """Return a whole register with mentions, in the order of an interface language; names that nobody has identified
    are its last part."""
    parts = [f'<register:register xmlns:register="{NAMESPACE}" kind="{kind}" count="{len(found)}">']
    for letter, group in groupby(found, key=lambda one: heading(one.sort)):
        parts.append(f"<register:letter name={quoteattr(letter)}>")
        parts += [_entry(mentions, kind, one) for one in group]
        parts.append("</register:letter>")
    parts.append("<register:unidentified>")
    parts += [_entry(mentions, kind, one) for one in unknown]
    parts.append("</register:unidentified></register:register>")
    return "".join(parts)


def brief(
    kind: str, found: Sequence[Found], unknown: Sequence[Found], letters: Sequence[Letter], unidentified: int
) -> str:
    """Return a register without mentions: its names, or where it is divided its letters; its last part says how many
    pages the names fill that nobody has identified."""
    parts = [f'<register:register xmlns:register="{NAMESPACE}" kind="{kind}" count="{len(found)}">']
    if letters:
        parts += [row_of_letters(kind, letters), "<register:most>", *map(_named, most_named(found)), "</register:most>"]
    else:
        for letter, group in groupby(found, key=lambda one: heading(one.sort)):
            parts += [f'<register:letter name={quoteattr(letter)} brief="true">', *map(_named, group)]
            parts.append("</register:letter>")
    parts.append(f'<register:unidentified pages="{unidentified}" count="{len(unknown)}"/></register:register>')
    return "".join(parts)


def _named(one: Found) -> str:
    return f"{opening_of(one)}</register:entry>"


def unidentified_pages(mentions: Mentions, kind: str, language: str, portions: Sequence[list[Found]]) -> Iterator[Page]:
    """Yield the pages of names that nobody has identified, where the register is too long for them."""
    names = [own_page(kind, UNIDENTIFIED, number) for number in range(1, len(portions) + 1)]
    guides = [portion[0].head for portion in portions]
    for number, portion in enumerate(portions, 1):
        opening = (
            f'<register:others xmlns:register="{NAMESPACE}" kind="{kind}" page="{number}">{ways(names, number, guides)}'
        )
        state = state_of(opening, *(part for one in portion for part in (opening_of(one), *one.states)))
        content = functools.partial(_unidentified, mentions, kind, portion, opening)
        yield Page("register", names[number - 1], language, state, content)


def _unidentified(mentions: Mentions, kind: str, portion: list[Found], opening: str) -> str:
    entries = "".join(_entry(mentions, kind, one) for one in portion)
    return f"{opening}<register:unidentified>{entries}</register:unidentified></register:others>"


def _portions(found: Iterable[Found]) -> list[list[Found]]:
    """Return names as pages hold them, each with about as many mentions as one of an entry's own."""
    return portions(found, ON_A_PAGE, lambda one: min(one.count, MANY))


def _entry(mentions: Mentions, kind: str, one: Found) -> str:
    shown = one.count if one.count <= MANY else SHOWN
    more = "<register:more/>" if one.entry and shown < one.count else ""
    return f"{opening_of(one)}{_documents(mentions.of(kind, one.key, shown))}{more}</register:entry>"


def own_pages(
    mentions: Mentions, kind: str, language: str, found: Iterable[Found], listed: Mapping[str, str]
) -> Iterator[Page]:
    """Yield the pages of each entry; `listed` says on which page a divided register has it."""
    for one in (one for one in found if one.entry):
        names = [own_page(kind, one.key, number) for number in range(1, len(one.states) + 1)]
        for number, known in enumerate(one.states, 1):
            opening = (
                f'<register:own xmlns:register="{NAMESPACE}" kind="{kind}" page="{number}"'
                f" home={quoteattr(listed.get(one.key, kind))}>{ways(names, number)}{opening_of(one)}"
            )
            content = functools.partial(_own, mentions, kind, one.key, number, opening)
            yield Page("register", names[number - 1], language, state_of(opening, known), content)


def _own(mentions: Mentions, kind: str, key: str, number: int, opening: str) -> str:
    return f"{opening}{_documents(mentions.on_page(kind, key, number))}</register:entry></register:own>"


def own_page(kind: str, key: str, number: int = 1) -> str:
    """Return the name of a page of an entry's own; no document can be called so (`is_taken`), and no entry's id
    begins with a figure."""
    return f"{kind}.{key}" if number == 1 else f"{kind}.{number}.{key}"


def is_taken(name: str) -> bool:
    """Whether a name is one that pages of the registers and the map may have."""
    return name.partition(".")[0] in {*KINDS, MAP}

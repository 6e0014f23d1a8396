"""Turn an entry into every form in which a document may name it.

A form is *listed* (as the authority has it), *made* (a case, an order of the parts of a name, another spelling, all by
rule), *bare* (a surname alone, or a listed form that others bear too: it says who is meant only together with other
evidence) or an *office*. Initials are not forms: they are compared beside a bare surname.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from pipeline.authorities.declension import is_womans, person_cases, phrase_cases
from pipeline.authorities.entries import Entry, Name, Tenure
from pipeline.authorities.transliteration import (
    cyrillic_of_japanese,
    english_of_russian,
    latin_of_cyrillic,
    latin_through_russian,
    spelt_otherwise,
)

_CYRILLIC = re.compile(r"[А-яЁё]")
_LETTER = re.compile(r"[^\W\d_]")
_LETTER_OR_FIGURE = re.compile(r"[^\W_]")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[\s-]?)+")
_JAPANESE = ("ja-Latn", "ja")
SHORT = 3
"""Letters; so short a form is found only as it is listed, capitals and stops included."""


class Kind(enum.StrEnum):
    """How a form says who or what is meant; the value is its letter in the index."""

    LISTED = "L"
    MADE = "M"
    BARE = "B"
    OFFICE = "O"


_KINDS = tuple(Kind)


class Case(enum.StrEnum):
    """What a text must have in capitals to be a form; the value is its letter in the index."""

    ALL = "A"
    """Every letter: an acronym."""
    WORDS = "W"
    """The first letter of each word."""
    FIRST = "F"
    """The first letter."""
    NONE = "N"
    EXACTLY = "X"
    """The form as it is."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of one entry."""

    text: str
    entry: Entry
    kind: Kind
    type: str = ""
    """The type of the name that it is made from: `cover-name`, `japanese-era` …"""
    cert: str = ""
    """The most that a link by this form can be certain; "" for no limit."""
    tenure: Tenure | None = None
    is_eastern: bool = False
    nominative: str = ""
    """The name of which a Russian form is an oblique case; of places only."""

    def spelt(self, text: str, kind: Kind | None = None) -> Form:
        """Return another form of the same name."""
        return Form(text, self.entry, kind or self.kind, self.type, self.cert, self.tenure, self.is_eastern)

    @property
    def case(self) -> Case:
        """What must be in capitals."""
        if self.kind is Kind.OFFICE:
            return Case.NONE
        if self.entry.kind == "person":
            return Case.WORDS
        words = [word for word in self.text.split() if _LETTER.match(word)]
        letters = _LETTER.findall(self.text)
        if 0 < len(letters) <= SHORT:
            return Case.EXACTLY
        if len(letters) > 1 and all(letter.isupper() for letter in letters):
            return Case.ALL
        if self.entry.kind == "place" and all(word[:1].isupper() for word in words):
            return Case.WORDS
        if self.entry.type == "government" and _is_listed_with_capital(words):
            return Case.NONE
        return Case.FIRST if words and words[0][:1].isupper() else Case.NONE


def _is_listed_with_capital(words: Sequence[str]) -> bool:
    """Whether a Russian name of several words has a capital only because it begins with one: `Советское правительство`.

    Texts write a government small within a sentence; of an army or party the capital tells it from others.
    """
    return len(words) > 1 and _CYRILLIC.match(words[0]) is not None and not any(word[0].isupper() for word in words[1:])


def forms_of(entry: Entry) -> Iterator[Form]:
    """Yield every form of an entry, each once; what is listed comes before what is made."""
    seen: set[str] = set()
    is_eastern = entry.kind == "person" and entry.is_eastern
    found = [form for name in entry.names for form in _forms(entry, name, is_eastern=is_eastern)]
    for form in sorted(found, key=_by_kind):
        if form.text not in seen and _LETTER_OR_FIGURE.search(form.text):
            seen.add(form.text)
            yield form
    for tenure in entry.tenures:
        for title in tenure.titles:
            for text in (title.text, *(phrase_cases(title.text) if _CYRILLIC.search(title.text) else ())):
                yield Form(text, entry, Kind.OFFICE, tenure=tenure)


def _by_kind(form: Form) -> int:
    return _KINDS.index(form.kind)


def _forms(entry: Entry, name: Name, *, is_eastern: bool) -> Iterator[Form]:
    limit = _limit(entry, name)
    kind = Kind.BARE if name.cert else Kind.LISTED
    plain = Form(name.text, entry, kind, name.type, limit, is_eastern=is_eastern)
    if entry.kind == "person":
        yield from _of_person(plain, name)
        return
    yield plain
    made = plain.spelt("", Kind.BARE if name.cert else Kind.MADE)
    russian = _russian_forms(name)
    nominative = name.text if entry.kind == "place" and _CYRILLIC.search(name.text) else ""
    for text in russian:
        yield replace(made.spelt(text), nominative=nominative)
    if entry.kind == "place" and not name.text.isupper():
        for text in (name.text, *russian) if _CYRILLIC.search(name.text) else russian:
            if not _is_case(text, name, russian):
                yield made.spelt(latin_of_cyrillic(text))


def _limit(entry: Entry, name: Name) -> str:
    """Return how certain a link by a name can be at most: a name of the Japanese era leads through two readings."""
    limits = [entry.cert, name.cert, "high" if name.type == "japanese-era" else ""]
    return next((limit for limit in ("low", "medium", "high") if limit in limits), "")


def _russian_forms(name: Name) -> tuple[str, ...]:
    """Return the Russian forms that are made from a name of a place or body: its cases, or its Japanese reading's."""
    if name.lang in _JAPANESE:
        readings = cyrillic_of_japanese(name.text)
        return tuple(form for reading in readings for form in (reading, *phrase_cases(reading)))
    if _CYRILLIC.search(name.text) and not name.text.isupper():
        return phrase_cases(name.text)
    return ()


def _is_case(text: str, name: Name, russian: tuple[str, ...]) -> bool:
    """Whether a Russian form is a case other than the nominative, which no translator puts into Latin letters."""
    if name.lang in _JAPANESE:
        return text not in cyrillic_of_japanese(name.text)
    return text in russian


# Persons


def _of_person(plain: Form, name: Name) -> Iterator[Form]:
    if not name.surname or name.cert:
        yield plain.spelt(name.text)
        yield from _cases(plain.spelt("", Kind.BARE if name.cert else Kind.MADE), name.text.split(), name)
        return
    if name.type == "cover-name":
        yield plain.spelt(name.surname)
        yield from _cases(plain.spelt("", Kind.MADE), [name.surname], name)
        return
    bare = plain.spelt(name.surname, Kind.BARE)
    yield bare
    yield from _cases(bare, [name.surname], name)
    for text in english_of_russian(name.surname) if _is_russian(plain, name) else ():
        yield bare.spelt(text)
    if name.forename and not _INITIALS.fullmatch(name.forename):
        yield from _full_names(plain, name)


def _is_russian(form: Form, name: Name) -> bool:
    return _CYRILLIC.search(name.surname) is not None and not form.is_eastern


def _full_names(plain: Form, name: Name) -> Iterator[Form]:
    """Yield the orders in which surname, forename and patronymic stand."""
    if plain.is_eastern:
        orders = [[name.surname, name.forename], [name.forename, name.surname]]
        orders = orders if name.text.startswith(name.surname) else orders[::-1]
        yield plain.spelt(" ".join(orders[0]))
        yield from _eastern_spellings(plain.spelt(" ".join(orders[0]), Kind.MADE), name)
        return
    first = [name.forename, name.patronymic] if name.patronymic else [name.forename]
    for order in ([*first, name.surname], [name.forename, name.surname], [name.surname, *first]):
        yield plain.spelt(" ".join(order))
        yield from _cases(plain.spelt("", Kind.MADE), order, name)


def _eastern_spellings(form: Form, name: Name) -> Iterator[Form]:
    """Yield the cases of a Chinese or Korean name, its Latin form by translators from Russian, and other spellings.

    What is spelt otherwise may be somebody else's, so no link by it is certain.
    """
    is_cyrillic = _CYRILLIC.search(name.surname) is not None
    script = "Cyrl" if is_cyrillic else "Latn"
    others = [
        other for language in form.entry.languages for other in spelt_otherwise(form.text, f"{language}-{script}")
    ]
    for spelling in (form, *(replace(form, text=other, cert=form.cert or "medium") for other in others)):
        yield spelling
        yield from _cases(spelling, spelling.text.split(), name)
        yield from map(spelling.spelt, latin_through_russian(spelling.text) if is_cyrillic else ())


def _cases(form: Form, words: list[str], name: Name) -> Iterator[Form]:
    if not _CYRILLIC.search(" ".join(words)):
        return
    for gender in _genders(form, name):
        for text in person_cases(words, gender):
            yield form.spelt(text)


def _genders(form: Form, name: Name) -> tuple[str, ...]:
    if form.is_eastern or not (name.surname or len(name.text.split()) == 1):
        return ("eastern",)
    if form.entry.sex:
        return ("feminine",) if form.entry.sex == "F" else ("masculine",)
    return ("feminine",) if is_womans(name.surname or name.text) else ("masculine",)


def initials_of(entry: Entry) -> frozenset[str]:
    """Return the initials that may stand beside a person's surname: `ИВ`, `JV`, `I`; empty where none are known."""
    firsts: dict[str, set[str]] = {"Cyrl": set(), "Latn": set()}
    seconds: dict[str, set[str]] = {"Cyrl": set(), "Latn": set()}
    for name in entry.names:
        if not name.surname or not name.forename:
            continue
        script = "Cyrl" if _CYRILLIC.search(name.surname) else "Latn"
        given = [*name.forename.replace(".", ". ").replace("-", " ").split(), *name.patronymic.split()]
        firsts[script].update(_first_letters(given[:1]))
        seconds[script].update(_first_letters(given[1:2]))
    for letter in list(firsts["Cyrl"]):
        firsts["Latn"].add(latin_of_cyrillic(letter).upper()[:1])
    for letter in list(seconds["Cyrl"]):
        seconds["Latn"].add(latin_of_cyrillic(letter).upper()[:1])
    return frozenset(_combined(firsts, seconds))


def _first_letters(words: Iterable[str]) -> set[str]:
    return {word[:1].upper() for word in words if word[:1].isalpha()}


def _combined(firsts: dict[str, set[str]], seconds: dict[str, set[str]]) -> Iterator[str]:
    for script, letters in firsts.items():
        yield from letters
        yield from (first + second for first, second in product(letters, seconds[script]))

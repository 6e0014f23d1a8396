"""Turn names that no list has into those that are one name, in whatever case or letters it is written.

    Шверник, Швернику, ШВЕРНИКА     one: cases of one surname
    Вышинского, Вышинскому          one, though no text has the nominative
    Петров, Петрову                 one where a document has both and no woman of the name is written of (Петровой)
    Петрова, Петрову                left apart: man or woman
    Юнь, Юня; 6 корпус, 6 корпуса   one: the first declined is the second
    Kovalev, Ковалев                left apart: another alphabet is another spelling

Who is meant is an editor's to say: this says only that the words are forms of the same name. Where that is not certain
the forms are left apart, and an editor decides on each.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from pipeline.authorities.declension import SHORTEST_STEM, cases_of, is_womans, other_cases, person_cases, phrase_cases
from pipeline.authorities.keys import in_one_script, key_of

_CYRILLIC = re.compile("[А-яЁё]")
_INITIALS_AND_SURNAME = re.compile(r"((?:[А-ЯЁ]\.[\s-]?){0,2})([А-яЁё-]+)")


@dataclass(frozen=True, slots=True)
class Written:
    """A name as a document writes it."""

    kind: str
    """`person`, `place` or `organisation`."""
    text: str
    language: str
    """BCP 47."""
    document: str


_Form = tuple[str, str]
"""Kind and key."""


def same_names(names: Sequence[Written]) -> list[list[int]]:
    """Return which of the names are one, by their numbers, in order; a name that is like no other is one by itself."""
    own = [(one.kind, key_of(in_one_script(one.text, one.language)) or one.text) for one in names]
    texts: dict[_Form, str] = {}
    documents: dict[_Form, set[str]] = defaultdict(set)
    for form, one in zip(own, names, strict=True):
        texts.setdefault(form, in_one_script(one.text, one.language))
        documents[form].add(one.document)
    heads = {form: form for form in texts}
    for one_form, other in _joined(texts, documents):
        heads[_head(heads, other)] = _head(heads, one_form)
    groups: dict[_Form, list[int]] = {}
    for number, form in enumerate(own):
        groups.setdefault(_head(heads, form), []).append(number)
    return list(groups.values())


def _head(heads: dict[_Form, _Form], form: _Form) -> _Form:
    while heads[form] != form:
        heads[form] = form = heads[heads[form]]
    return form


def _joined(texts: Mapping[_Form, str], documents: Mapping[_Form, Set[str]]) -> Iterator[tuple[_Form, _Form]]:
    """Yield pairs of forms that are of one name; a form that may be of two names that are written is in none."""
    made_from: dict[_Form, set[_Form]] = defaultdict(set)
    surnames = {_surname(text) for (kind, _), text in texts.items() if kind == "person"}
    for form, text in texts.items():
        if not _CYRILLIC.search(text):
            continue
        for other in _surname_forms(form, text, texts):
            if _may_be_one(text, texts[other], documents[form] & documents[other], surnames):
                yield form, other
        for made in _declined(form[0], _in_small_letters(text)):
            other = (form[0], key_of(made))
            if other in texts and other != form:
                made_from[other].add(form)
    for form, origins in made_from.items():
        if len(origins) == 1:
            yield min(origins), form


def _in_small_letters(text: str) -> str:
    return text.title() if text.isupper() else text


# Surnames


def _surname_forms(form: _Form, text: str, texts: Mapping[_Form, str]) -> Iterator[_Form]:
    """Yield the forms that are there of a man's surname in whatever case, with the same initials."""
    found = _INITIALS_AND_SURNAME.fullmatch(text) if form[0] == "person" else None
    if found is None:
        return
    for other in other_cases(found[2].capitalize()):
        key = (form[0], key_of(found[1] + other))
        if key in texts and key != form:
            yield key


def _may_be_one(one: str, other: str, together: Set[str], written: Set[str]) -> bool:
    women = [woman for text in (one, other) for woman in _women(_surname(text))]
    if not women:
        return True
    if any(_is_only_womans(_surname(text)) for text in (one, other)):
        return False
    of_woman = {form for woman in women for form in cases_of(woman, "feminine") if _is_only_womans(form)}
    is_of_one_man = any(not _women(_surname(text)) for text in (one, other))
    return is_of_one_man and bool(together) and of_woman.isdisjoint(written)


def _surname(text: str) -> str:
    found = _INITIALS_AND_SURNAME.fullmatch(text)
    return found[2].capitalize() if found else text


@functools.lru_cache(maxsize=65536)
def _women(form: str) -> tuple[str, ...]:
    """Return the surnames of women, in the nominative, of which this can be a form: of `Петрову`, Петрова."""
    stems = [form[: len(form) - cut] for cut in range(3) if len(form) - cut >= SHORTEST_STEM]
    surnames = (stem + ending for stem in stems for ending in ("", "а", "ая"))
    return tuple(one for one in surnames if is_womans(one) and form in (one, *cases_of(one, "feminine")))


@functools.lru_cache(maxsize=65536)
def _is_only_womans(form: str) -> bool:
    """Whether no man can be meant: `Петровой`, `Вышинская`."""
    men = (woman[:-2] + "ий" if woman.endswith("ая") else woman[:-1] for woman in _women(form))
    return bool(_women(form)) and not any(form in cases_of(man, "masculine") for man in men)


# Other names


def _declined(kind: str, text: str) -> Iterable[str]:
    """Return the cases of a name, taken for a nominative; of a surname alone none: `_surname_forms` has them."""
    words = text.split()
    if kind != "person":
        return phrase_cases(text)
    if len(words) < 2 or "." in text:
        return ()
    return (*person_cases(words, "eastern"), *person_cases(words, "masculine"))

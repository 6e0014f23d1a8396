"""Turn the promise that the edition's schema is a subset of TEI into tests.

Not only by examples: the content model of every element of `schemas/edition.rng` is followed, state by state, beside
TEI's, so that no sequence of children is valid here and invalid there; attributes are tried with values of every form.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.relaxng import Grammar, explain, read_grammar
from pipeline.relaxng.explain import leaves, required_attributes
from pipeline.relaxng.patterns import NOT_ALLOWED, TEXT, Attribute, Element, Pattern, choice
from pipeline.relaxng.values import Value
from pipeline.tei import read_tei
from tests.tei_all import CLONE, TeiAll

CASES = CLONE / "tests" / "cases" / "validation"
SAMPLES = CLONE.parent / "shared" / "samples" / "tei"
DOCUMENTS = [*(CLONE / "tei").glob("*.xml"), *(CLONE / "tei" / "authorities").glob("*.xml")]
FILES = sorted([*CASES.glob("valid*/tei/**/*.xml"), *SAMPLES.rglob("*.xml"), *DOCUMENTS])

EDITION = read_grammar(CLONE / "schemas" / "edition.rng")
ELEMENTS = sorted(EDITION.names())

FORMS = [*"x 1 -1 0.5 1/2 true ru #a a:b 1950 1950-10 1950-10-03 --10-03 12:50:00 1950-10-03T12:50".split(), "", "a b"]
"""Values of every form that an attribute can ask for."""


@pytest.fixture(scope="session")
def tei(tei_all: TeiAll) -> Grammar:
    return tei_all.grammar


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_document_of_the_edition_is_valid_tei(path: Path, tei: Grammar) -> None:
    root = read_tei(path).getroot()
    assert explain(EDITION, root) == []
    assert explain(tei, root) == []


@pytest.mark.parametrize("name", ELEMENTS, ids=lambda name: name.rpartition("}")[2])
def test_what_an_element_may_hold_it_may_hold_in_tei(name: str, tei: Grammar) -> None:
    own = content(EDITION, name).excused_tag()
    theirs = content(tei, name).excused_tag()
    assert list(beyond(own, theirs)) == []


@pytest.mark.parametrize("name", ELEMENTS, ids=lambda name: name.rpartition("}")[2])
def test_the_attributes_of_an_element_are_tei_s_and_their_values_too(name: str, tei: Grammar) -> None:
    theirs = content(tei, name).attributes()
    for own in content(EDITION, name).attributes():
        listed = [leaf.value for leaf in leaves(own.value, whole=True) if isinstance(leaf, Value)]
        for attribute in own.names.listed():
            for value in [*FORMS, *listed]:
                if allows((own,), attribute, value):
                    assert allows(theirs, attribute, value), f'{attribute}="{value}"'


@pytest.mark.parametrize("name", ELEMENTS, ids=lambda name: name.rpartition("}")[2])
def test_an_attribute_that_tei_requires_is_required(name: str, tei: Grammar) -> None:
    assert required_attributes(content(tei, name)) <= required_attributes(content(EDITION, name))


def test_the_schema_has_nothing_that_libxml2_misreads_or_compiles_slowly() -> None:
    root = read_tei(CLONE / "schemas" / "edition.rng").getroot()
    assert not list(root.iter("{*}notAllowed"))
    assert all(len(node) > 1 for node in root.iter("{*}choice", "{*}group"))
    assert not list(root.iter("{*}empty"))


def content(grammar: Grammar, name: str) -> Pattern:
    """Return what an element declared by name may hold, attributes too."""
    return choice(*(element.content for element in grammar.elements(name) if name in element.names.listed()))


def allows(declared: tuple[Attribute, ...], name: str, value: str) -> bool:
    return any(attribute.allows(name, value) for attribute in declared)


def beyond(own: Pattern, theirs: Pattern) -> Iterator[str]:
    """Yield every shortest sequence of children that the first allows and the second does not."""
    pending: list[tuple[Pattern, Pattern, tuple[str, ...]]] = [(own, theirs, ())]
    seen = {(own, theirs)}
    while pending:
        left, right, path = pending.pop(0)
        if left.nullable and not right.nullable:
            yield f"{' '.join(path)} and no more"
        for name, after_left, after_right in steps(left, right):
            if after_right is NOT_ALLOWED:
                yield " ".join([*path, name])
            elif (after_left, after_right) not in seen:
                seen.add((after_left, after_right))
                pending.append((after_left, after_right, (*path, name)))


def steps(left: Pattern, right: Pattern) -> Iterator[tuple[str, Pattern, Pattern]]:
    """Yield each child, or text, that may come next in the first, and what may follow it in both."""
    for leaf in leaves(left):
        if leaf is TEXT:
            yield "text", left.with_text("x"), right.with_text("x")
        elif isinstance(leaf, Element):
            for name in leaf.names.listed():
                yield name.rpartition("}")[2], after_child(left, name), after_child(right, name)


def after_child(pattern: Pattern, name: str) -> Pattern:
    return pattern.opened(name).ended(excused=True)

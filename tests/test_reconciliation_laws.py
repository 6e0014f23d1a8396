"""Turn what reconciliation promises for every history of a document into laws, tested on invented ones."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.reconciliation.decisions import Decisions
from pipeline.reconciliation.reconciling import Reconciled, reconcile
from pipeline.tei import XML_ID, parse_tei, tag
from tests.reconciled import Deed, content, deeds, document, done, paragraphs, told

LAW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def merged(
    base: etree._ElementTree, new: etree._ElementTree, edited: etree._ElementTree, decisions: Decisions | None = None
) -> Reconciled:
    files = (content(base), content(new), content(edited))
    return reconcile(*files, decisions or Decisions(), lambda _: True)


@st.composite
def histories(draw: st.DrawFn) -> tuple[etree._ElementTree, list[Deed], list[Deed]]:
    """Draw a document, what an editor does to it and what a better converter does, never in the same paragraph."""
    texts = draw(paragraphs)
    edits: list[Deed] = []
    changes: list[Deed] = []
    for number in range(len(texts)):
        is_editor = draw(st.booleans())
        deed = draw(deeds(number, "editor" if is_editor else "machine"))
        (edits if is_editor else changes).append(deed)
    return document(texts), edits, changes


@LAW
@pytest.mark.slow
@given(histories())
def test_without_a_change_of_conversion_the_editor_s_file_stays_byte_for_byte(
    history: tuple[etree._ElementTree, list[Deed], list[Deed]],
) -> None:
    base, edits, changes = history
    edited = done(base, *edits, *changes)
    assert merged(base, base, edited).content == content(edited)


@LAW
@pytest.mark.slow
@given(histories())
def test_without_an_edit_conversion_is_followed(history: tuple[etree._ElementTree, list[Deed], list[Deed]]) -> None:
    base, edits, changes = history
    new = done(base, *edits, *changes)
    found = merged(base, new, base)
    assert not found.conflicts
    assert told(found.content) == told(found.new)


@LAW
@pytest.mark.slow
@given(histories())
def test_what_is_done_in_different_places_is_all_done(
    history: tuple[etree._ElementTree, list[Deed], list[Deed]],
) -> None:
    base, edits, changes = history
    found = merged(base, done(base, *changes), done(base, *edits))
    assert not found.conflicts
    assert told(found.content) == told(content(done(base, *edits, *changes)))


@LAW
@pytest.mark.slow
@given(histories())
def test_merging_again_changes_nothing(history: tuple[etree._ElementTree, list[Deed], list[Deed]]) -> None:
    base, edits, changes = history
    first = merged(base, done(base, *changes), done(base, *edits))
    again = reconcile(first.base, first.new, first.content, first.decisions, lambda _: True)
    killed = reconcile(content(base), first.new, first.content, first.decisions, lambda _: True)
    assert again.content == killed.content == first.content


@st.composite
def quarrels(draw: st.DrawFn) -> tuple[etree._ElementTree, list[tuple[Deed, list[Deed]]]]:
    """Draw a document and rounds: in each an editor does one thing, and conversion does a few, wherever they like."""
    texts = draw(paragraphs)
    numbers = st.integers(0, len(texts) - 1)
    rounds = []
    for turn in range(draw(st.integers(1, 4))):
        edit = draw(deeds(draw(numbers), f"editor{turn}"))
        places = draw(st.sets(numbers, max_size=3))
        rounds.append((edit, [draw(deeds(number, "machine")) for number in sorted(places)]))
    return document(texts), rounds


@LAW
@pytest.mark.slow
@given(quarrels())
def test_nothing_that_an_editor_wrote_is_lost_and_no_mark_that_an_editor_removed_comes_back(
    quarrel: tuple[etree._ElementTree, list[tuple[Deed, list[Deed]]]],
) -> None:
    origin, rounds = quarrel
    base, edited, decisions = content(origin), content(origin), Decisions()
    removed: set[tuple[int, str]] = set()
    for turn, (edit, changes) in enumerate(rounds):
        before = set(names(edited, edit.paragraph))
        edited = content(done(parse_tei(edited, "edited"), edit))
        removed |= {(edit.paragraph, name) for name in before - set(names(edited, edit.paragraph))}
        written = [f"editor{number}" for number in range(turn + 1) if f"editor{number}".encode() in edited]
        found = reconcile(base, content(done(origin, *changes)), edited, decisions, lambda _: True)
        base, edited, decisions = found.base, found.content, found.decisions
        parse_tei(found.proposal or edited, "proposal")
        assert all(word.encode() in edited for word in written)
        assert not any(name in names(edited, paragraph) for paragraph, name in removed)


def names(file: bytes, paragraph: int) -> list[str]:
    """Return the names of persons that are marked in a paragraph and have no one's attributes but the first ones."""
    path = f".//{tag('p')}[@{XML_ID}='p{paragraph}']/{tag('persName')}[@ref='#a']"
    return [str(name.text) for name in parse_tei(file, "file").getroot().iterfind(path)]

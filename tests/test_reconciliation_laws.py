"""Turn what reconciliation promises for every history of a document into laws, tested on invented ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.reconciliation.decisions import Decisions
from pipeline.reconciliation.reconciling import Reconciled, reconcile
from tests.reconciled import Deed, content, deeds, document, done, paragraphs, told


def merged(
    base: etree._ElementTree, new: etree._ElementTree, edited: etree._ElementTree, decisions: Decisions | None = None
) -> Reconciled:
    files = (content(base), content(new), content(edited))
    return reconcile(*files, decisions or Decisions(), lambda _: True)


@st.composite
def histories(draw: st.DrawFn) -> tuple[etree._ElementTree, list[Deed], list[Deed]]:
    """Draw a document, what an editor does to it and what a better converter does, never in the same paragraph."""
    texts = draw(paragraphs)
    edits, changes = [], []
    for number in range(len(texts)):
        is_editor = draw(st.booleans())
        deed = draw(deeds(number, "editor" if is_editor else "machine"))
        (edits if is_editor else changes).append(deed)
    return document(texts), edits, changes


@given(histories())
def test_without_a_change_of_conversion_the_editor_s_file_stays_byte_for_byte(
    history: tuple[etree._ElementTree, list[Deed], list[Deed]],
) -> None:
    base, edits, changes = history
    edited = done(base, *edits, *changes)
    assert merged(base, base, edited).content == content(edited)


@given(histories())
def test_without_an_edit_conversion_is_followed(history: tuple[etree._ElementTree, list[Deed], list[Deed]]) -> None:
    base, edits, changes = history
    new = done(base, *edits, *changes)
    found = merged(base, new, base)
    assert not found.conflicts
    assert told(found.content) == told(found.new)


@given(histories())
def test_what_is_done_in_different_places_is_all_done(
    history: tuple[etree._ElementTree, list[Deed], list[Deed]],
) -> None:
    base, edits, changes = history
    found = merged(base, done(base, *changes), done(base, *edits))
    assert not found.conflicts
    assert told(found.content) == told(content(done(base, *edits, *changes)))

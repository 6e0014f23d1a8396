"""Turn the laws of ARCHITECTURE.md, "Laws of spans", into tests over documents: seeds, invented captures, any text.

A word boundary in the capture is white space, a field, or what is dropped (a hyphen at a line's wrap joins instead); in
TEI it is white space or the beginning or end of a block, which is one of `BLOCKS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from pipeline.annotation.ledger import WHITE_SPACE, Entry, ledger, strays
from pipeline.annotation.recognition import recognise
from pipeline.annotation.spans import DROP_REASONS, Disposition, Span, arrange, span
from pipeline.captures.capture import Capture, Seed
from pipeline.captures.reading import read_captures
from pipeline.conversion import ConvertedSeed, convert_seed
from pipeline.edition import Edition, Facts, read_facts
from pipeline.encoding.text import encode_body
from pipeline.tei import NAMESPACES, local_name, parse_tei, tag
from tests.test_spans import random_spans

CLONE = Path(__file__).resolve().parent.parent
SEEDS = sorted((CLONE / "seeds").iterdir())
INVENTED = sorted((CLONE / "tests" / "cases" / "captures").glob("*/input.*"))
CODES = ("C006", "C008")
"""Why an invented capture may be refused: it lists documents, or holds none."""

BLOCKS = frozenset(
    """div body floatingText opener closer postscript head p ab note list item table row cell
    address addrLine""".split()
)
"""Elements whose beginning and end part words; all others stand in the line."""

KEPT = frozenset({Disposition.TEXT, Disposition.REPRESENTED})
SPACE = re.compile(f"[{WHITE_SPACE}]+")


# What TEI says was captured


def captured(element: etree._Element) -> str:
    """Return the captured text of an element: without what we added, and a line break around each block."""
    return "".join(_captured(element))


def _captured(element: etree._Element) -> Iterator[str]:
    name = local_name(element)
    edge = "\n" if name in BLOCKS else ""
    yield edge
    if name == "g":
        yield chr(int(str(element.get("n")).removeprefix("U+"), 16))
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _is_added(child):
            yield from _captured(child)
        yield child.tail or ""
    yield edge


def _is_added(element: etree._Element) -> bool:
    """Whether a child holds what nobody captured: the reading that `choice` offers beside the captured one."""
    parent = element.getparent()
    return local_name(element) in {"corr", "reg", "expan"} and parent is not None and local_name(parent) == "choice"


# What the ledger says of the capture


def kept(text: str, entries: Iterable[Entry]) -> str:
    """Return a capture's text and represented characters, with one space for all that parts words between them.

    White space parts words, and so does what is dropped with white space in it; a sign of markup that is dropped
    between two letters does not.
    """
    joined = ""
    for entry in entries:
        if entry.disposition in KEPT:
            joined += text[entry.start : entry.end]
        elif entry.disposition is Disposition.SPACE or SPACE.search(text, entry.start, entry.end):
            joined += " "
    return joined


def unspaced(text: str) -> str:
    return SPACE.sub("", text)


def words(text: str) -> list[str]:
    return [word for word in SPACE.split(text) if word]


def accounts_of(capture: Capture) -> list[tuple[Span, list[Entry]]]:
    """Return a capture's witnesses in the order of TEI, each with its part of the ledger; strays are witnesses too."""
    roots = arrange(recognise(capture).spans).roots
    entries = ledger(capture.text, roots)
    witnesses = [found for found in capture.spans if found.kind == "witness"]
    witnesses += [span(*extent, "witness", type="unplaced") for extent in strays(capture.text, roots)]
    ordered = sorted(witnesses, key=lambda one: (one.get("type") != "original", one.start))
    accounts = [(one, [entry for entry in entries if one.start <= entry.start < one.end]) for one in ordered]
    held = {(entry.start, entry.end) for _, inside in accounts for entry in inside}
    assert [entry for entry in entries if entry.disposition in KEPT and (entry.start, entry.end) not in held] == []
    return accounts


def text_laws(capture: Capture, tree: etree._ElementTree) -> None:
    """Hold the text law and the law of word boundaries, witness by witness."""
    divisions = tree.getroot().findall("tei:text/tei:body/tei:div", NAMESPACES)
    accounts = accounts_of(capture)
    assert len(divisions) == len(accounts)
    for division, (_, entries) in zip(divisions, accounts, strict=True):
        expected = kept(capture.text, entries)
        assert unspaced(captured(division)) == unspaced(expected)
        assert words(captured(division)) == words(expected)


def field_law(capture: Capture, tree: etree._ElementTree) -> None:
    """Hold that every field stands in the header as it stood in the capture; only line ends are XML's."""
    notes = tree.getroot().findall("tei:teiHeader//tei:bibl[@type='capture']/tei:note[@type='field']", NAMESPACES)
    fields = sorted((found for found in capture.spans if found.kind == "field"), key=lambda one: one.start)
    expected = [
        (found.get("name"), re.sub("\r\n|[\r\x0b\x0c]", "\n", capture.text[found.start : found.end]))
        for found in fields
    ]
    assert [
        (note.get("n"), "".join(_captured(note)).removeprefix("\n").removesuffix("\n")) for note in notes
    ] == expected


def drop_law(capture: Capture) -> None:
    """Hold that nothing is dropped but what a span claims, for a reason of the closed list."""
    spans = recognise(capture).spans
    entries = ledger(capture.text, arrange(spans).roots)
    claims = [one for one in spans if one.kind == "dropped"]
    for entry in (one for one in entries if one.disposition is Disposition.DROPPED):
        reasons = {one.get("reason") for one in claims if one.start <= entry.start and entry.end <= one.end}
        assert entry.reason in reasons & DROP_REASONS


# Seeds and invented captures


@pytest.fixture(scope="module")
def facts() -> Facts:
    return read_facts(Edition(CLONE))


def documents(path: Path, facts: Facts) -> list[tuple[Capture, etree._ElementTree]]:
    """Return what a file holds, each capture with the document that it becomes; empty where the file is refused."""
    converted: ConvertedSeed = convert_seed(path, Edition(CLONE), facts)
    if not converted.captures:
        assert {found.code for found in converted.problems} <= {*CODES}
        return []
    captures = read_captures(Seed(path.name, path.read_bytes())).captures
    trees = [parse_tei(one.content, path.name) for one in converted.captures]
    return list(zip(captures, trees, strict=True))


def case_name(path: Path) -> str:
    return path.parent.name if path.stem == "input" else path.name[:3]


@pytest.mark.parametrize("path", [*SEEDS, *INVENTED], ids=case_name)
def test_law_text_fields_and_word_boundaries_survive_conversion(path: Path, facts: Facts) -> None:
    for capture, tree in documents(path, facts):
        text_laws(capture, tree)
        field_law(capture, tree)
        drop_law(capture)


def test_the_laws_are_held_over_documents_of_every_format(facts: Facts) -> None:
    formats = {capture.format for path in [*SEEDS, *INVENTED] for capture, _ in documents(path, facts)}
    assert formats >= {"transcript", "record-page", "archive-pdf", "works-index", "scanned-telegram", "labelled-sheet"}


@pytest.mark.parametrize("path", SEEDS, ids=case_name)
def test_hardly_anything_of_a_seed_is_dropped(path: Path) -> None:
    for capture in read_captures(Seed(path.name, path.read_bytes())).captures:
        for witness, entries in accounts_of(capture):
            dropped = sum(one.end - one.start for one in entries if one.disposition is Disposition.DROPPED)
            assert dropped < 0.02 * (witness.end - witness.start)


# Any text

PIECES = some.sampled_from(
    sorted({line for path in INVENTED for line in path.read_text(encoding="utf-8").splitlines(keepends=True)})
)
CHARACTERS = some.characters()
any_capture = some.lists(PIECES | some.text(CHARACTERS, max_size=30), max_size=25).map("".join)


def laws_of_any_text(text: str, facts: Facts, folder: Path) -> None:
    path = folder / "invented.txt"
    path.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    converted = convert_seed(path, Edition(CLONE), facts)
    if not converted.captures:
        assert all(found.code.startswith("C") for found in converted.problems)
        return
    for capture, one in zip(
        read_captures(Seed(path.name, path.read_bytes())).captures, converted.captures, strict=True
    ):
        tree = parse_tei(one.content, path.name)
        text_laws(capture, tree)
        field_law(capture, tree)
        drop_law(capture)


@settings(max_examples=40, deadline=None)
@given(any_capture)
def test_law_any_text_that_is_converted_survives(
    facts: Facts, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    laws_of_any_text(text, facts, tmp_path_factory.getbasetemp())


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(any_capture)
def test_law_thousands_of_texts_survive(facts: Facts, tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    laws_of_any_text(text, facts, tmp_path_factory.getbasetemp())


# Any spans

SIGNS = "аб вг. \u00a0\u00ad\x01\ufffe"
random_text = some.lists(some.text(some.sampled_from(SIGNS), max_size=24), min_size=1, max_size=4).map("\n".join)
PHRASES = (
    "dropped gloss supplied expan date num person hi foreign idno furniture sheet-break omission weak-hyphen".split()
)


def paragraphs(text: str) -> list[Span]:
    """Return a witness over a text with a paragraph for each line that shows something."""
    found = [span(0, len(text), "witness", lang="ru")]
    start = 0
    for line in text.split("\n"):
        if line.strip(" \u00a0"):
            found.append(span(start, start + len(line), "paragraph"))
        start += len(line) + 1
    return found


def body_of(text: str, spans: list[Span]) -> tuple[str, str]:
    """Return what TEI says was captured, and what the ledger says was kept."""
    roots = arrange(spans).roots
    return captured(encode_body(text, roots)), kept(text, ledger(text, roots))


def phrase_law(text: str, data: some.DataObject) -> None:
    phrases = data.draw(some.lists(random_spans(len(text), PHRASES), max_size=12))
    found, expected = body_of(text, [*paragraphs(text), *phrases])
    assert unspaced(found) == unspaced(expected)
    assert words(found) == words(expected)


@settings(max_examples=60, deadline=None)
@given(random_text, some.data())
def test_law_text_and_word_boundaries_survive_any_phrases(text: str, data: some.DataObject) -> None:
    phrase_law(text, data)


@settings(max_examples=60, deadline=None)
@given(random_text, some.data())
def test_law_text_survives_any_spans_whatever(text: str, data: some.DataObject) -> None:
    kinds = data.draw(some.lists(random_spans(len(text)), max_size=16))
    inner = [one for one in kinds if one.kind not in {"field", "witness"}]
    found, expected = body_of(text, [span(0, len(text), "witness", lang="ru"), *inner])
    assert unspaced(found) == unspaced(expected)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(random_text, some.data())
def test_law_thousands_of_phrases_lose_no_text_and_no_word_boundary(text: str, data: some.DataObject) -> None:
    phrase_law(text, data)


# That the laws can fail


def test_a_reading_that_choice_adds_is_not_taken_for_captured_text() -> None:
    paragraph = etree.fromstring(f'<p xmlns="{NAMESPACES["tei"]}">a<choice><sic>b</sic><corr>c</corr></choice>d</p>')
    assert unspaced(captured(paragraph)) == "abd"


def test_an_expansion_outside_choice_is_captured_text() -> None:
    paragraph = etree.fromstring(f'<p xmlns="{NAMESPACES["tei"]}"><expan>Dec<ex>[iphered]</ex></expan></p>')
    assert unspaced(captured(paragraph)) == "Dec[iphered]"


def test_words_run_together_in_tei_are_seen() -> None:
    paragraph = etree.Element(tag("p"))
    paragraph.text = "одно"
    etree.SubElement(paragraph, tag("date")).text = "слово"
    assert words(captured(paragraph)) == ["однослово"]
    assert words(captured(etree.fromstring("<list><item>а</item><item>б</item></list>"))) == ["а", "б"]

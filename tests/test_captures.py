"""Turn invented captures into what the formats find in them: golden cases, refusals, and laws over any text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pipeline.annotation.diagnosis import diagnose
from pipeline.annotation.ledger import ledger
from pipeline.annotation.recognition import recognise
from pipeline.annotation.spans import Disposition, Span, arrange
from pipeline.captures.capture import Capture, RefusedSeed, Seed, read_seed
from pipeline.captures.fields import FIELDS, LABELS, folded
from pipeline.captures.language import languages_named, languages_of
from pipeline.captures.legible import legible
from pipeline.captures.reading import ReadSeed, formats, read_captures
from pipeline.conversion import seeds_of
from pipeline.edition import Edition
from pipeline.problems import as_text

TESTS = Path(__file__).resolve().parent
CASES = sorted((TESTS / "cases" / "captures").iterdir())
SEEDS = sorted((TESTS.parent / "seeds").iterdir())


def outside_witnesses(capture: Capture) -> list[str]:
    """Return what is neither space, field nor dropped and lies in no witness."""
    arrangement = arrange(capture.spans)
    assert not arrangement.losers
    inside = [(found.start, found.end) for found in capture.spans if found.kind == "witness"]
    kept = {Disposition.TEXT, Disposition.REPRESENTED}
    return [
        capture.text[entry.start : entry.end]
        for entry in ledger(capture.text, arrangement.roots)
        if entry.disposition in kept and not any(start <= entry.start and entry.end <= end for start, end in inside)
    ]


def described(read: ReadSeed) -> str:
    """Return what was read in a form that a reviewer can compare with the capture."""
    return "\n".join([f"format: {read.format}", f"seen: {' | '.join(read.seen)}", *_lines(read)]) + "\n"


def _lines(read: ReadSeed) -> Iterator[str]:
    yield from map(as_text, read.problems)
    for capture in read.captures:
        yield ""
        yield f"capture: {capture.key if ':' in capture.key and 'sha256' not in capture.key else 'sha256:…'}"
        yield f"publisher: {capture.publisher}; encoding: {capture.origin.encoding}"
        for found in sorted(capture.spans, key=lambda one: (one.start, -one.end)):
            yield f"{_what(found)} {capture.text[found.start : found.end]!r}"


def _what(found: Span) -> str:
    attributes = " ".join(f"{name}={value}" for name, value in found.attributes)
    return f"{found.start:5} {found.kind} {attributes}{' ?' if found.certainty else ''}{found.certainty}:"


def read_case(folder: Path) -> str:
    source = next(folder.glob("input.*"))
    try:
        return described(read_captures(read_seed(source, source.name)))
    except RefusedSeed as refusal:
        return as_text(refusal.problem) + "\n"


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_capture_is_read_as_its_case_says(folder: Path, save_golden: bool) -> None:
    golden = folder / "expected.txt"
    found = read_case(folder)
    if save_golden:
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert found == golden.read_text(encoding="utf-8")


def read_text(text: str, name: str = "invented.txt") -> ReadSeed:
    return read_captures(Seed(name, text.encode("utf-8", errors="surrogatepass")))


def case_text(name: str) -> str:
    return next((TESTS / "cases" / "captures" / name).glob("input.*")).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_law_every_character_of_a_seed_has_its_place(path: Path) -> None:
    for capture in read_captures(read_seed(path, path.name)).captures:
        assert outside_witnesses(capture) == []


def test_the_seeds_have_these_formats_and_languages() -> None:
    found = []
    for path in SEEDS:
        read = read_captures(read_seed(path, path.name))
        spans = sorted(read.captures[0].spans, key=lambda one: one.start)
        witnesses = [f"{one.get('type')} {one.get('lang')}" for one in spans if one.kind == "witness"]
        found.append((read.format, read.captures[0].key.split(":")[0], *witnesses))
    both = ("original ru", "translation en")
    assert found == [
        ("transcript", "sha256", *both),
        ("record-page", "wilson-center", *both),
        ("archive-pdf", "wilson-center", *both),
        ("works-index", "sha256", *reversed(both)),
        ("scanned-telegram", "wilson-center", *both),
    ]


INVENTED = [case_text(folder.name) for folder in CASES]
PIECES = some.sampled_from(sorted({line for text in INVENTED for line in text.splitlines(keepends=True)}))


@settings(max_examples=100, deadline=None)
@given(some.lists(PIECES | some.text(max_size=40), max_size=30).map("".join))
def test_law_every_character_of_any_text_has_its_place(text: str) -> None:
    try:
        read = read_text(text)
    except RefusedSeed:
        return
    for capture in read.captures:
        assert outside_witnesses(capture) == []
        assert all(found.get("name") in FIELDS for found in capture.spans if found.kind == "field")


@settings(max_examples=60, deadline=None)
@given(some.sampled_from(INVENTED), some.data())
def test_law_a_damaged_capture_is_read_or_refused(text: str, data: some.DataObject) -> None:
    start = data.draw(some.integers(0, len(text)))
    end = data.draw(some.integers(start, len(text)))
    try:
        read = read_text(text[:start] + text[end:])
    except RefusedSeed as refusal:
        assert refusal.problem.code.startswith("C")
        return
    assert all(outside_witnesses(capture) == [] for capture in read.captures)


@given(some.text(some.sampled_from("ab \u00a0\u00ad\u200b\n"), max_size=30))
def test_law_the_way_back_from_a_legible_text_meets_every_character(text: str) -> None:
    readable = legible(text)
    for offset, character in enumerate(readable.text):
        assert legible(text[readable.start(offset)]).text == character
        assert readable.end(offset + 1) == readable.start(offset) + 1


def test_law_a_field_never_begins_or_ends_with_white_space() -> None:
    for path in SEEDS:
        for capture in read_captures(read_seed(path, path.name)).captures:
            assert all(value == value.strip() for name in FIELDS for value in capture.fields(name))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r"])
def test_the_encoding_of_a_capture_changes_nothing_that_is_found(encoding: str) -> None:
    text = case_text("record-page-with-empty-fields")
    read = read_captures(Seed("invented.txt", text.encode(encoding)))
    assert read.captures[0].text == text
    assert read.captures[0].spans == read_text(text).captures[0].spans


@pytest.mark.parametrize(("old", "new"), [("\n", "\r\n"), ("\n", "\r"), (" ", "\u00a0"), ("ion", "i\u00adon")])
@pytest.mark.parametrize("path", SEEDS[1:], ids=lambda path: path.name[:3])
def test_line_ends_and_unseen_characters_hide_no_field(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    changed = read_text(text.replace(old, new)).captures[0]
    plain = read_text(text).captures[0]
    for name in FIELDS:
        assert [_plain(value) for value in changed.fields(name)] == [_plain(value) for value in plain.fields(name)]


def _plain(value: str) -> str:
    return folded(legible(value).text)


def test_a_repeat_is_dropped_only_where_it_equals_what_it_repeats() -> None:
    text = case_text("index-page-in-two-languages").replace(
        "\nNote to A. B. Vymyslov\nSource", "\nNote to another\nSource"
    )
    capture = read_text(text).captures[0]
    repeats = [capture.text[one.start : one.end] for one in capture.spans if one.get("reason") == "repeat"]
    assert repeats == capture.fields("original-title")
    assert "Note to another" in "".join(
        capture.text[one.start : one.end] for one in capture.spans if one.kind == "witness"
    )


def test_a_record_on_a_test_server_keeps_its_id_and_is_reported() -> None:
    text = case_text("pdf-with-transcript-and-translation").replace(
        "digitalarchive.wilsoncenter.org/doc", "test.example.com/doc"
    )
    read = read_text(text)
    assert read.captures[0].key == "wilson-center:900001"
    assert [found.code for found in read.problems] == ["C010"]


def test_a_single_english_text_is_a_translation_where_the_original_is_not_english() -> None:
    head = "May 1, 1950\nInvented\n\nCitation:\n“Invented.”\n\nOriginal Language:\n\n{}\n\nContents:\n\n"
    text = head + "None of the text is real.\n"
    found = {
        language: read_text(text.format(language)).captures[0].spans[-1].get("type")
        for language in ("Russian", "English")
    }
    assert found == {"Russian": "translation", "English": "original"}


def test_brackets_in_another_script_split_no_witness() -> None:
    text = "Прошу ответить [please answer as soon as you can, we are waiting] немедленно.\nЖдем ответа."
    assert [one.get("lang") for one in read_text(text).captures[0].spans if one.kind == "witness"] == ["ru"]


LANGUAGES = {
    "de": "Der Botschafter hat nicht gesagt, wann die Delegation mit dem Zug nach Berlin kommt.",
    "fr": "Le président est dans la ville et nous avons parlé avec lui pour une heure.",
    "hu": "A követ elvtárs azt mondta, hogy nem jön, és ez már nem volt újdonság.",
    "vi": "Đồng chí đại sứ và những người trong đoàn đã được mời.",
    "pl": "Towarzysz ambasador nie jest w mieście, ale był tam przez cały dzień i się nie zgłosił.",
    "ru": "Посол сказал, что делегация не приедет.",
    "bg": "Посланикът каза, че делегацията ще дойде и това беше всичко.",
    "zh": "大使说代表团不来了。",
    "ja": "大使は代表団が来ないと言いました。",
    "ko": "대사는 대표단이 오지 않는다고 말했다.",
    "en": "The ambassador said that the delegation would not come.",
}


@pytest.mark.parametrize(("code", "sentence"), LANGUAGES.items())
def test_a_language_is_known_by_script_and_words(code: str, sentence: str) -> None:
    assert languages_of([sentence]) == [code]


def test_every_language_of_one_text_is_found_in_order() -> None:
    assert languages_of([" ".join([sentence] * 4) for sentence in LANGUAGES.values()]) == list(LANGUAGES)


def test_few_words_are_enough_for_a_language_that_the_record_names() -> None:
    lines = [LANGUAGES["de"], LANGUAGES["en"]]
    assert len(set(languages_of(lines))) == 1
    assert languages_of(lines, expected={"de", "en"}) == ["de", "en"]


def test_records_name_languages_in_english() -> None:
    assert languages_named("Russian, Chinese and Serbo-Croatian; russian") == ("ru", "zh", "hr")


def test_every_label_leads_to_a_field_that_is_described() -> None:
    assert set(LABELS.values()) <= FIELDS.keys()


def test_every_format_has_a_name_of_its_own() -> None:
    names = [one.NAME for one in formats()]
    assert len(names) == len(set(names))


def empty_pdf() -> bytes:
    """Return a PDF of one empty page."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


REFUSED = {
    "C005": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01" + bytes(range(256)) * 8,
    "C007": empty_pdf(),
    "C002": b"%PDF-1.7\nthis is not a PDF",
    "C008": b"<html><body><p>Just a moment...</p><p>Enable JavaScript and cookies to continue</p></body></html>",
}


@pytest.mark.parametrize(("code", "content"), REFUSED.items())
def test_a_file_without_a_document_is_refused_with_the_reason(code: str, content: bytes) -> None:
    with pytest.raises(RefusedSeed) as refusal:
        read_captures(Seed("invented", content))
    assert refusal.value.problem.code == code


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"\xef\xbb\xbf \r\n")
    with pytest.raises(RefusedSeed) as refusal:
        read_seed(path, path.name)
    assert refusal.value.problem.code == "C004"


def test_a_link_to_a_seed_that_is_gone_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    link = tmp_path / "seeds" / "moved.txt"
    link.symlink_to(tmp_path / "nowhere.txt")
    assert seeds_of(Edition(tmp_path)) == [link]
    with pytest.raises(RefusedSeed) as refusal:
        read_seed(link, link.name)
    assert refusal.value.problem.code == "C002"


def test_labels_between_texts_are_not_text_that_was_lost() -> None:
    text = "Прошу прислать хлеб, которого нет.\nTranslation\nОтвета на эту выдуманную телеграмму не нужно.\n"
    capture = read_text(text).captures[0]
    (witness,) = (found for found in capture.spans if found.kind == "witness")
    (label,) = (found for found in capture.spans if found.get("reason") == "label")
    assert witness.start < label.start < witness.end
    assert [found.code for found in diagnose(capture, (), recognise(capture))] == []


def test_a_translators_note_makes_a_lone_english_text_a_translation() -> None:
    text = "I ask you to send bread [Translator’s note: this was invented for a test] before the winter comes.\n"
    read = read_text(text)
    assert [one.get("type") for one in read.captures[0].spans if one.kind == "witness"] == ["translation"]
    assert read.problems == ()


def test_a_title_above_a_short_text_is_no_summary_below_it() -> None:
    text = "Wrote.\nMarch 4, 1951\nCable from Vymyslov to Li on boats that were invented\nWrote again.\n"
    capture = read_text(text).captures[0]
    assert capture.fields("title") == ["Cable from Vymyslov to Li on boats that were invented"]
    assert outside_witnesses(capture) == []

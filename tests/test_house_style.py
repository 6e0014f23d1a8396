"""Turn the style of the project into tests: what can be checked by a program is, and each check is seen to fail."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.style import layers, program, words, xslt

ROOT = Path(__file__).resolve().parent.parent
MODULES = program.read_modules(ROOT)
TEXTS = words.read_texts(ROOT)

ENTRY = {"name": "x", "severity": "note", "en": "{a}", "ru": "о {a}", "advice-en": "do", "advice-ru": "делать"}


@pytest.fixture(scope="module")
def sheets() -> list[xslt.Stylesheet]:
    """Return every stylesheet of the project."""
    return xslt.read_stylesheets(ROOT)


def named(value: object) -> str | None:
    return getattr(value, "__name__", None)


@pytest.mark.parametrize("rule", program.RULES, ids=named)
def test_the_program_keeps(rule: Callable[[program.Module], Iterator[str]]) -> None:
    assert [offence for module in MODULES for offence in rule(module)] == []


@pytest.mark.parametrize(("rule", "source"), program.RULES.items(), ids=named)
def test_an_offence_of_the_program_is_seen(rule: Callable[[program.Module], Iterator[str]], source: str) -> None:
    assert list(rule(program.module_of(source, "pipeline.utils")))


def test_functions_are_short() -> None:
    lengths = [program.lines_of(function) for module in MODULES for function in module.functions()]
    assert statistics.median(lengths) <= 12
    assert sum(length < 30 for length in lengths) >= 0.9 * len(lengths)


def test_imports_go_down_the_layers() -> None:
    assert [*layers.broken_layers(MODULES), *layers.circles(MODULES)] == []


def test_no_import_hides_in_a_function() -> None:
    assert [offence for module in MODULES for offence in layers.hidden_imports(module)] == []


@pytest.mark.parametrize(
    ("name", "imported"),
    [
        ("pipeline.tei", "pipeline.encoding"),
        ("pipeline.website", "pipeline.typesetting"),
        ("pipeline.website", "pipeline.cli"),
        ("pipeline.nowhere", "pipeline.tei"),
    ],
)
def test_an_import_that_goes_up_or_across_is_seen(name: str, imported: str) -> None:
    modules = [program.module_of(f"import {imported}\n", name), program.module_of("", imported)]
    assert list(layers.broken_layers(modules))


def test_imports_that_go_down_offend_nobody() -> None:
    below = ["pipeline.tei", "pipeline.problems", "pipeline.website.search", "pipeline.website"]
    modules = [program.module_of("".join(f"import {name}\n" for name in below[:3]), below[3])]
    assert list(layers.broken_layers(modules + [program.module_of("", name) for name in below[:3]])) == []


def test_a_circle_of_imports_is_seen() -> None:
    first = program.module_of("import pipeline.edition\n", "pipeline.tei")
    second = program.module_of("from pipeline.tei import TEI\n", "pipeline.edition")
    assert list(layers.circles([first, second]))


def test_an_import_in_a_function_is_seen() -> None:
    assert list(layers.hidden_imports(program.module_of("def f():\n    from pipeline.tei import TEI\n")))


@pytest.mark.parametrize("rule", xslt.RULES, ids=named)
def test_the_stylesheets_keep(rule: Callable[[xslt.Stylesheet], Iterator[str]], sheets: list[xslt.Stylesheet]) -> None:
    assert [offence for sheet in sheets for offence in rule(sheet)] == []


@pytest.mark.parametrize(("rule", "sheet"), xslt.RULES.items(), ids=named)
def test_an_offence_of_a_stylesheet_is_seen(
    rule: Callable[[xslt.Stylesheet], Iterator[str]], sheet: xslt.Stylesheet
) -> None:
    assert list(rule(sheet))


def test_every_mode_is_declared_once(sheets: list[xslt.Stylesheet]) -> None:
    assert list(xslt.modes_not_declared_once(sheets)) == []


@pytest.mark.parametrize("declarations", ["", '<xsl:mode name="text"/><xsl:mode name="text"/>'])
def test_a_mode_declared_never_or_twice_is_seen(declarations: str) -> None:
    sheet = xslt.snippet(f'{declarations}<xsl:template match="p" mode="text"/>')
    assert list(xslt.modes_not_declared_once([sheet]))


def test_every_problem_has_its_words_in_both_languages() -> None:
    assert [offence for file, entries in TEXTS.items() for offence in words.incomplete_texts(file, entries)] == []
    assert list(words.ill_coded_texts(TEXTS)) == []


@pytest.mark.parametrize(
    "change", [{"ru": None}, {"advice-ru": None}, {"ru": "о {b}"}, {"ru": "{a}", "advice-ru": "do"}], ids=str
)
def test_a_problem_half_translated_is_seen(change: dict[str, str | None]) -> None:
    entry = {key: value for key, value in (ENTRY | change).items() if value is not None}
    assert list(words.incomplete_texts("x.toml", {"X001": entry}))


@pytest.mark.parametrize(
    "files",
    [
        {"a.toml": {"X1": ENTRY}},
        {"a.toml": {"X001": ENTRY}, "b.toml": {"X002": ENTRY | {"name": "y"}}},
        {"a.toml": {"X001": ENTRY, "X002": ENTRY}},
    ],
    ids=["no code", "a letter twice", "a name twice"],
)
def test_an_ill_coded_problem_is_seen(files: dict[str, words.Entries]) -> None:
    assert list(words.ill_coded_texts(files))


def test_every_problem_of_the_program_can_be_put_into_words() -> None:
    assert list(words.ill_used_texts(TEXTS, MODULES)) == []


@pytest.mark.parametrize("call", ["problem('X999', 'f')", "problems.problem('X001', 'f', 1)"])
def test_a_problem_without_words_or_values_is_seen(call: str) -> None:
    assert list(words.ill_used_texts({"x.toml": {"X001": ENTRY}}, [program.module_of(call)]))


def test_no_words_stand_ready_for_nothing() -> None:
    assert list(words.unused_texts(TEXTS, MODULES)) == []
    assert list(words.unused_texts({"x.toml": {"X001": ENTRY}}, [program.module_of("")]))


def test_every_label_has_every_interface_language() -> None:
    assert list(words.labels_without_language(ROOT, ("en", "ru"))) == []
    assert list(words.labels_without_language(ROOT, ("la",)))


def test_the_repository_speaks_of_the_edition_alone() -> None:
    assert [offence for name, text in words.our_files(ROOT) for offence in words.foreign_words(name, text)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", "see " + "/".join(["", "tmp", "notes"])),
        ("README.md", "as agreed in the " + " ".join(["last", "session"])),
        ("requirements/runtime.txt", "--index-url " + "https:" + "//pypi.example/simple"),
    ],
)
def test_a_foreign_word_is_seen(name: str, text: str) -> None:
    assert list(words.foreign_words(name, text))

"""Turn the words of problems, and every file of the repository, into their offences against the style."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.style.program import Module

ENTRY = frozenset({"name", "severity", "en", "ru", "advice-en", "advice-ru"})
NOT_OURS = ("seeds/", "tests/cases/", "requirements/")
"""What we did not write: captures, material of tests, locks made by a tool."""

MADE_FROM_ODD = "rules.toml"
"""Words of the rules in the schema, whose codes stand in no module."""

MACHINE_PATH = re.compile(r"(?<![\w.*}/-])/(?:work|root|home|Users|tmp|opt)/[\w.]")
TALK = re.compile(r"\b(?:(?:this|last|next|earlier|previous) [s]ession|work[p]lace|sub-?[a]gents?)\b", re.IGNORECASE)
"""Talk about how the work was done; the brackets keep the pattern from finding itself."""
ADDRESS_IN_LOCK = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host")

Entries = Mapping[str, Mapping[str, Any]]


def read_texts(root: Path) -> dict[str, Entries]:
    """Return the words of problems, by file name and code."""
    folder = root / "pipeline" / "problems" / "texts"
    return {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def incomplete_texts(file: str, entries: Entries) -> Iterator[str]:
    """Yield every entry that lacks a language or an advice, or says other things in one language than in the other."""
    for code, entry in entries.items():
        if missing := ENTRY - entry.keys():
            yield f"{file}: {code} has no {', '.join(sorted(missing))}"
            continue
        for key in ("", "advice-"):
            if placeholders(entry[f"{key}en"]) != placeholders(entry[f"{key}ru"]):
                yield f"{file}: {code} fills {key}en and {key}ru with different values"
        if not re.search("[а-яё]", entry["ru"] + entry["advice-ru"]):
            yield f"{file}: {code} is not in Russian"


def ill_coded_texts(files: Mapping[str, Entries]) -> Iterator[str]:
    """Yield every code that is not a letter and three digits, and every letter or name that two files share."""
    letters: dict[str, str] = {}
    names: dict[str, str] = {}
    for file, entries in files.items():
        for code, entry in entries.items():
            if not re.fullmatch(r"[A-Z]\d{3}", code):
                yield f"{file}: {code} is not a letter and three digits"
            if letters.setdefault(code[0], file) != file:
                yield f"{file}: {code} begins as the codes of {letters[code[0]]}"
            if names.setdefault(str(entry.get("name")), code) != code:
                yield f"{file}: {code} has the name of {names[str(entry.get('name'))]}"


def ill_used_texts(files: Mapping[str, Entries], modules: Iterable[Module]) -> Iterator[str]:
    """Yield every code that the program uses without words or without a value that the words need."""
    texts = {code: entry for entries in files.values() for code, entry in entries.items()}
    for module in modules:
        for call in _calls_of_problem(module.tree):
            where = f"{module.name}:{call.lineno}"
            code = ast.literal_eval(call.args[0])
            if code not in texts:
                yield f"{where}: {code} has no words"
                continue
            given = {keyword.arg for keyword in call.keywords}
            needed = placeholders(texts[code].get("en", "")) | placeholders(texts[code].get("advice-en", ""))
            if None not in given and (missing := needed - given):
                yield f"{where}: {code} is not told its {', '.join(sorted(missing))}"


def _calls_of_problem(tree: ast.AST) -> Iterator[ast.Call]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in calls:
        named = ast.unparse(call.func).split(".")[-1]
        if named == "problem" and call.args and isinstance(call.args[0], ast.Constant):
            yield call


def unused_texts(files: Mapping[str, Entries], modules: Iterable[Module]) -> Iterator[str]:
    """Yield every code whose words stand ready for nothing; the words of rules are made together with the rules."""
    constants = {
        node.value
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for file, entries in files.items():
        if file == MADE_FROM_ODD:
            continue
        yield from (f"{file}: nothing in the program says {code}" for code in entries if code not in constants)


def labels_without_language(root: Path, languages: Iterable[str]) -> Iterator[str]:
    """Yield every label for readers that an interface language lacks."""
    source = (root / "xslt" / "common" / "labels.xml").read_text(encoding="utf-8")
    for label in re.findall(r"<label\b[^>]*>", source):
        for language in languages:
            if f' {language}="' not in label:
                yield f"labels.xml: {label} has no {language} (rule 19)"


def our_files(root: Path) -> Iterator[tuple[str, str]]:
    """Yield path and text of every text file of the repository that is ours; what is ignored is no part of it."""
    ignored = {".git", ".venv", ".hypothesis", "build", "dist", "node_modules", "__pycache__"}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        parts = set(name.split("/"))
        if path.is_file() and not parts & ignored and not any(part.endswith("_cache") for part in parts):
            try:
                yield name, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def foreign_words(name: str, text: str) -> Iterator[str]:
    """Yield the machine paths and the talk about how the work was done that a file holds."""
    if not name.startswith(NOT_OURS):
        for pattern in (MACHINE_PATH, TALK):
            yield from (f"{name}: {found[0]}" for found in pattern.finditer(text))
    elif name.startswith("requirements/"):
        yield from (f"{name}: {found[0]}" for found in ADDRESS_IN_LOCK.finditer(text))

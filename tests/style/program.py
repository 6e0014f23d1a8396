"""Turn a module of the program into its offences against the style: one function for each rule."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FORBIDDEN_NAMES = frozenset({"utils", "util", "helpers", "helper", "common", "core", "manager", "base", "misc"})
LONGEST_FUNCTION = 40
LONGEST_FILE = 400

DOORS = {
    "saxonche": "pipeline.stylesheets",
    "typst": "pipeline.typesetting.compiler",
    "pypdfium2": "pipeline.captures.pdf",
    "pagefind_bin": "pipeline.website.search",
    "watchfiles": "pipeline.watching",
    "fontTools": "pipeline.fonts",
    "brotli": "pipeline.fonts",
    "click": "pipeline.cli",
    "rich": "pipeline.cli",
    "multiprocessing": "pipeline.workers",
    "concurrent": "pipeline.workers",
}
"""The one module (or package) that may import an engine from outside."""

SPEAKERS = ("pipeline.cli", "pipeline.preview")
"""What talks to the person at the terminal, and may look at a clock or open a port."""

UNREPEATABLE = frozenset({"random", "secrets", "socket", "http", "urllib.request", "time", "uuid"})


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the program, parsed."""

    name: str
    """Dotted, such as `pipeline.captures.pdf`; of a package, its folder."""
    source: str
    tree: ast.Module
    is_package: bool = False

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield line and dotted name of everything imported, wherever in the module it stands."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Yield every function and method."""
        yield from (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def module_of(source: str, name: str = "pipeline.example", is_package: bool = False) -> Module:
    return Module(name, source, ast.parse(source), is_package)


def read_modules(root: Path) -> list[Module]:
    """Return every module below `root/pipeline`, sorted by path."""
    return [_read_module(path, root) for path in sorted((root / "pipeline").rglob("*.py"))]


def _read_module(path: Path, root: Path) -> Module:
    parts = path.relative_to(root).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    return module_of(path.read_text(encoding="utf-8"), name, is_package)


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the length of a function in lines, its docstring and decorators apart."""
    first = function.body[0]
    docstring = 0
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        docstring = first.end_lineno - first.lineno + 1
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def is_in(name: str, package: str) -> bool:
    """Whether a dotted name is a package or lies in it."""
    return name == package or name.startswith(f"{package}.")


def without_purpose(module: Module) -> Iterator[str]:
    docstring = ast.get_docstring(module.tree) or ""
    if not docstring.startswith("Turn "):
        yield f"{module.name}: its docstring does not begin 'Turn X into Y' (rule 1)"


def named_for_nothing(module: Module) -> Iterator[str]:
    if FORBIDDEN_NAMES & set(module.name.split(".")):
        yield f"{module.name}: name it after a stage or a thing of the field (rule 1)"


def long_functions(module: Module) -> Iterator[str]:
    for function in module.functions():
        if (length := lines_of(function)) > LONGEST_FUNCTION:
            yield f"{module.name}.{function.name}: {length} lines, over {LONGEST_FUNCTION} (rule 4)"


def long_file(module: Module) -> Iterator[str]:
    if (length := module.source.count("\n")) > LONGEST_FILE:
        yield f"{module.name}: {length} lines, over {LONGEST_FILE} (rule 4)"


def changeable_records(module: Module) -> Iterator[str]:
    """Dataclasses that could change on their way between stages; what a module keeps for itself is its own."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
            continue
        for decorator in map(ast.unparse, node.decorator_list):
            if decorator.startswith("dataclass") and not {"frozen=True", "slots=True"} <= set(
                re.findall(r"\w+=\w+", decorator)
            ):
                yield f"{module.name}.{node.name}: a dataclass that is not frozen and slotted (rule 2)"


def second_doors(module: Module) -> Iterator[str]:
    for line, name in module.imports():
        engine = name.split(".")[0]
        if engine in DOORS and not is_in(module.name, DOORS[engine]):
            yield f"{module.name}:{line}: {engine} belongs to {DOORS[engine]} (rule 11)"


def unrepeatable(module: Module) -> Iterator[str]:
    """What would let the same input give other bytes: a clock, chance, the network."""
    if any(is_in(module.name, speaker) for speaker in SPEAKERS):
        return
    for line, name in module.imports():
        if any(is_in(name, source) for source in UNREPEATABLE):
            yield f"{module.name}:{line}: imports {name} (rule 3)"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and re.search(r"\b(now|today|utcnow)$", ast.unparse(node.func)):
            yield f"{module.name}:{node.lineno}: looks at a clock (rule 3)"


def broad_catches(module: Module) -> Iterator[str]:
    """`except Exception` and its like; to clean up and raise again catches nothing.

    One stage has a guard of its own: a seed on which the program fails must not stop the others.
    """
    if is_in(module.name, "pipeline.cli") or module.name == "pipeline.conversion.seeds":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not _raises_again(node):
            yield f"{module.name}:{node.lineno}: catches broadly; only cli may (rule 7)"


def _is_broad(caught: ast.expr | None) -> bool:
    names = set(re.findall(r"\w+", ast.unparse(caught))) if caught else {"Exception"}
    return bool(names & {"Exception", "BaseException"})


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def speaking_modules(module: Module) -> Iterator[str]:
    if any(is_in(module.name, speaker) for speaker in SPEAKERS):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and re.match(r"print$|sys\.std(out|err)\b", ast.unparse(node.func)):
            yield f"{module.name}:{node.lineno}: prints; a stage returns values (rule 10)"


RULES = {
    without_purpose: '"""Helper functions."""\n',
    named_for_nothing: "",
    long_functions: "def long():\n" + "    pass\n" * LONGEST_FUNCTION,
    long_file: "\n" * (LONGEST_FILE + 1),
    changeable_records: "@dataclass(frozen=True)\nclass Record: ...\n",
    second_doors: "def f():\n    from saxonche import PySaxonProcessor\n",
    unrepeatable: "import datetime\ndatetime.datetime.now()\n",
    broad_catches: "try:\n    pass\nexcept (ValueError, Exception):\n    pass\n",
    speaking_modules: "print('done')\n",
}
"""Each rule with a snippet that breaks it."""

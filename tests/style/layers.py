"""Turn the imports of the program into the layers that they keep or break; the layers are those of the architecture."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from tests.style.program import Module, is_in

LAYERS: tuple[tuple[str, ...], ...] = (
    (
        "pipeline.problems",
        "pipeline.resources",
        "pipeline.files",
        "pipeline.languages",
        "pipeline.agreement",
        "pipeline.alphabets",
        "pipeline.fonts",
    ),
    (
        "pipeline.tei",
        "pipeline.places",
        "pipeline.edition",
        "pipeline.workers",
        "pipeline.stylesheets",
        "pipeline.freshness",
        "pipeline.printed",
        "pipeline.watching",
    ),
    (
        "pipeline.captures.capture",
        "pipeline.annotation.spans",
        "pipeline.annotation.ledger",
        "pipeline.relaxng",
        "pipeline.rules",
        "pipeline.named_schemas",
    ),
    ("pipeline.captures", "pipeline.annotation", "pipeline.authorities", "pipeline.alignment"),
    ("pipeline.encoding", "pipeline.reconciliation"),
    (
        "pipeline.founding",
        "pipeline.schema",
        "pipeline.conversion",
        "pipeline.validation",
        "pipeline.comparison",
        "pipeline.review",
        "pipeline.linking",
        "pipeline.website",
        "pipeline.typesetting",
    ),
    ("pipeline.cli", "pipeline.preview", "pipeline.ledger_lines", "pipeline.wording"),
)
"""From the lowest, 0; a package stands for all its modules but those named in another layer."""

STAGES = 5
"""The layer whose modules never import each other: they meet in files."""


def layer_of(name: str) -> int | None:
    """Return the layer of a module, by the longest name in the table that it lies in; None where none is."""
    found = [(len(entry), layer) for layer, entries in enumerate(LAYERS) for entry in entries if is_in(name, entry)]
    return max(found)[1] if found else None


def own_imports(module: Module, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield line and module name of each import of the program's own modules, its root package apart."""
    known = set(names)
    for line, imported in module.imports():
        for name in (imported, imported.rpartition(".")[0]):
            if name in known and name != "pipeline":
                yield line, name
                break


def broken_layers(modules: Iterable[Module]) -> Iterator[str]:
    """Yield every module that the table does not place, and every import that goes up or from stage to stage."""
    modules = list(modules)
    names = [module.name for module in modules]
    for module in modules:
        if module.name == "pipeline":
            continue
        own = layer_of(module.name)
        if own is None:
            yield f"{module.name}: no layer; give it one in tests/style/layers.py and in the architecture (rule 12)"
            continue
        for line, imported in own_imports(module, names):
            if not _may_import(module.name, own, imported):
                yield f"{module.name}:{line}: imports {imported}, which is not below it (rule 12)"


def _may_import(name: str, own: int, imported: str) -> bool:
    other = layer_of(imported)
    if other is None or other > own:
        return False
    if own != other or own != STAGES:
        return True
    return _stage(name) == _stage(imported)


def _stage(name: str) -> str:
    return ".".join(name.split(".")[:2])


def circles(modules: Iterable[Module]) -> Iterator[str]:
    """Yield every circle of imports: within a layer the order is free, but there is one."""
    modules = list(modules)
    names = [module.name for module in modules]
    graph = {module.name: sorted({name for _, name in own_imports(module, names)}) for module in modules}
    settled: set[str] = set()
    for name in sorted(graph):
        yield from _walk(graph, name, (), settled)


def _walk(graph: Mapping[str, list[str]], name: str, path: tuple[str, ...], settled: set[str]) -> Iterator[str]:
    if name in path:
        yield f"imports in a circle: {' → '.join((*path[path.index(name) :], name))} (rule 12)"
        return
    if name in settled:
        return
    for imported in graph[name]:
        if imported != name:
            yield from _walk(graph, imported, (*path, name), settled)
    settled.add(name)


def hidden_imports(module: Module) -> Iterator[str]:
    """Imports of the program's own modules inside a function, as one does to break a circle; a command may wait."""
    if is_in(module.name, "pipeline.cli"):
        return
    for function in module.functions():
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom) and is_in(node.module or "", "pipeline"):
                yield f"{module.name}:{node.lineno}: imports inside a function (rule 12)"

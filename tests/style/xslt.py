"""Turn a stylesheet into its offences against the style: one function for each rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

XSL = "http://www.w3.org/1999/XSL/Transform"
TEI = "http://www.tei-c.org/ns/1.0"
SHORTEST, LONGEST = 30, 250
TYPED = frozenset({"function", "param", "variable"})
SPECIAL_MODES = frozenset({"#all", "#current", "#default", "#unnamed"})
VOLATILE = ("generate-id", "current-dateTime", "current-date", "current-time", "random-number-generator")
READ_ALOUD = frozenset({"title", "alt", "aria-label", "placeholder"})
"""Attributes of a page whose value a reader sees or hears."""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet, parsed."""

    name: str
    """Its path below `xslt/`."""
    source: str
    root: etree._Element

    def instructions(self, *names: str) -> Iterator[etree._Element]:
        """Yield the XSLT elements with these names, in document order."""
        yield from self.root.iter(*(f"{{{XSL}}}{name}" for name in names))

    def at(self, element: etree._Element) -> str:
        return f"{self.name}:{element.sourceline}"


def stylesheet_of(source: str, name: str = "web/example.xsl") -> Stylesheet:
    parser = etree.XMLParser(collect_ids=False, resolve_entities=False)  # an xml:id may be a value template
    return Stylesheet(name, source, etree.fromstring(source.encode(), parser))


def snippet(body: str) -> Stylesheet:
    """Return a stylesheet that keeps the rules on roots, around a body that breaks another."""
    return stylesheet_of(
        f'<xsl:stylesheet xmlns:xsl="{XSL}" xmlns:local="urn:local" version="3.0" expand-text="yes" '
        f'xpath-default-namespace="{TEI}" exclude-result-prefixes="#all">{body}</xsl:stylesheet>'
    )


def read_stylesheets(root: Path) -> list[Stylesheet]:
    """Return every stylesheet below `root/xslt`, sorted by path."""
    folder = root / "xslt"
    return [
        stylesheet_of(path.read_text(encoding="utf-8").partition("?>")[2], path.relative_to(folder).as_posix())
        for path in sorted(folder.rglob("*.xsl"))
    ]


def bare_root(sheet: Stylesheet) -> Iterator[str]:
    wanted = {"version": "3.0", "expand-text": "yes", "exclude-result-prefixes": "#all"}
    if next(sheet.instructions("template", "key"), None) is not None:
        wanted["xpath-default-namespace"] = TEI
    for name, value in wanted.items():
        if sheet.root.get(name) != value:
            yield f'{sheet.name}: the root has no {name}="{value}" (rule 13)'


def untyped(sheet: Stylesheet) -> Iterator[str]:
    for element in sheet.instructions(*TYPED):
        if element.get("as") is None:
            kind = etree.QName(element).localname
            yield f"{sheet.at(element)}: {kind} {element.get('name')} has no as= (rule 14)"


def modes_undescribed(sheet: Stylesheet) -> Iterator[str]:
    for element in sheet.instructions("mode"):
        name = element.get("name", "#unnamed")
        if element.get("on-no-match") is None:
            yield f"{sheet.at(element)}: mode {name} does not say on-no-match (rule 15)"
        if not isinstance(element.getprevious(), etree._Comment):
            yield f"{sheet.at(element)}: mode {name} has no comment above it (rule 15)"


def silent_file(sheet: Stylesheet) -> Iterator[str]:
    before = list(sheet.root.itersiblings(etree.Comment, preceding=True))
    inside = sheet.root[0] if len(sheet.root) else None
    if not before and not isinstance(inside, etree._Comment):
        yield f"{sheet.name}: no header comment says what goes in and what comes out (rule 17)"


def odd_length(sheet: Stylesheet) -> Iterator[str]:
    length = sheet.source.count("\n")
    if not SHORTEST <= length <= LONGEST:
        yield f"{sheet.name}: {length} lines, not {SHORTEST} to {LONGEST} (rule 17)"


def volatile_output(sheet: Stylesheet) -> Iterator[str]:
    for element in sheet.root.iter(etree.Element):
        for value in map(str, (*element.attrib.values(), element.text or "")):
            yield from (
                f"{sheet.at(element)}: {name}() differs from run to run (rule 21)"
                for name in VOLATILE
                if re.search(rf"(?<![\w-]){name}\(", value)
            )


def words_for_readers(sheet: Stylesheet) -> Iterator[str]:
    """Words that stand in a template instead of labels.xml; the volume's templates hold code, not words."""
    if sheet.name.startswith("print/"):
        return
    for element in sheet.root.iter(etree.Element):
        if etree.QName(element).namespace == XSL and etree.QName(element).localname in {"message", "comment"}:
            continue
        texts = [element.text] if _shows_text(element) else []
        texts += [child.tail for child in element if _shows_text(element)]
        texts += [value for name, value in element.attrib.items() if name in READ_ALOUD]
        for text in texts:
            if re.search(r"[^\W\d_]{2,}", re.sub(r"\{[^}]*\}", "", str(text or ""))):
                yield f"{sheet.at(element)}: '{str(text).strip()}' stands in a template (rule 19)"


def _shows_text(element: etree._Element) -> bool:
    name = etree.QName(element)
    if name.namespace != XSL:
        return name.localname not in {"style", "script"}
    return name.localname in {"text", "template", "if", "when", "otherwise", "for-each", "sequence"}


RULES = {
    bare_root: stylesheet_of(f'<xsl:stylesheet xmlns:xsl="{XSL}" version="3.0" expand-text="yes"/>'),
    untyped: snippet('<xsl:function name="local:f"><xsl:sequence select="1"/></xsl:function>'),
    modes_undescribed: snippet('<xsl:mode name="text"/>'),
    silent_file: snippet(""),
    odd_length: snippet("\n" * (LONGEST + 1)),
    volatile_output: snippet('<xsl:template match="p"><p id="{generate-id(.)}"/></xsl:template>'),
    words_for_readers: snippet('<xsl:template match="p"><h2>Copies sent {1} to</h2></xsl:template>'),
}
"""Each rule with a stylesheet that breaks it."""


def programs(sheets: Iterable[Stylesheet]) -> dict[str, list[Stylesheet]]:
    """Return each stylesheet that no other includes, with all that it includes: what Saxon compiles as one."""
    by_name = {sheet.name: sheet for sheet in sheets}
    included = {name: _included(sheet) for name, sheet in by_name.items()}
    roots = by_name.keys() - {name for names in included.values() for name in names}
    return {root: [by_name[name] for name in _closure(root, included)] for root in sorted(roots)}


def _included(sheet: Stylesheet) -> list[str]:
    folder = Path(sheet.name).parent
    names = [str(element.get("href")) for element in sheet.instructions("include", "import")]
    return [(Path("/") / folder / name).resolve().relative_to("/").as_posix() for name in names]


def _closure(name: str, included: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    waiting = [name]
    while waiting:
        if (name := waiting.pop()) not in found and name in included:
            found.append(name)
            waiting += included[name]
    return sorted(found)


def modes_not_declared_once(sheets: Iterable[Stylesheet]) -> Iterator[str]:
    """Yield every mode that a program uses and declares never, or more than once."""
    for program, parts in programs(sheets).items():
        declared = [_mode(mode, mode.get("name")) for sheet in parts for mode in sheet.instructions("mode")]
        used = {name for sheet in parts for name in _used_modes(sheet)}
        for name in sorted(used | set(declared)):
            if (count := declared.count(name)) != 1:
                yield f"{program}: mode {name} is declared {count} times (rule 15)"


def _used_modes(sheet: Stylesheet) -> Iterator[str]:
    for template in sheet.instructions("template"):
        if template.get("match") is not None:
            yield from (
                _mode(template, name)
                for name in template.get("mode", "#unnamed").split()
                if name not in SPECIAL_MODES or name == "#unnamed"
            )


def _mode(element: etree._Element, name: str | None) -> str:
    """Return a mode's name with its namespace in place of the prefix."""
    prefix, colon, local = (name or "#unnamed").partition(":")
    return f"{{{element.nsmap.get(prefix)}}}{local}" if colon else prefix

"""Turn the schemas that an editor names, RelaxNG or Schematron, into what they find in a document.

RelaxNG is read by the validator that explains, with the Schematron rules embedded in it, as TEI's schemas have them.
Rules go the way of the edition's own, but are run locked: they see the document and nothing else. A schema that goes
beyond what is supported is refused by name.

Sources: RELAX NG Specification, OASIS 2001; ISO/IEC 19757-3:2020, Schematron, with the query languages xslt2 and xslt3.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.freshness import fingerprint_of
from pipeline.places import Places
from pipeline.problems import EngineMissing, Problem, StylesheetFailed, problem
from pipeline.relaxng import Grammar, Kind, UnsupportedSchema, explain, grammar_of
from pipeline.relaxng.datatypes import RELAXNG
from pipeline.resources import resource
from pipeline.rules import findings_of
from pipeline.stylesheets import LockedStylesheet, StylesheetStopped, element_at, stylesheet
from pipeline.tei import UnreadableXML, read_tei

SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
XSLT = "http://www.w3.org/1999/XSL/Transform"
TRANSPILER = "xslt/schema/schematron-to-xslt.xsl"

QUERY_LANGUAGES = ("xslt2", "xslt3")

KNOWN = """active assert diagnostic diagnostics dir emph extends let name ns p param pattern phase properties property
    report rule schema span title value-of""".split()
"""The elements of Schematron that the rules may be written with; not `include`, which brings in other files."""

BEYOND = (
    f"//sch:*[not(contains(' {' '.join(KNOWN)} ', concat(' ', local-name(), ' ')))][not(ancestor::xsl:*)]"
    " | //sch:extends[not(@rule)] | //sch:pattern[@documents] | //sch:phase/sch:let | //sch:schema/sch:param"
    " | //sch:rule[@visit-each] | //sch:rule/xsl:* | //sch:pattern/xsl:*"
)
"""What the rules are not run with: parts from elsewhere, other documents, and what newer editions of Schematron add."""

CODES = {
    Kind.FOREIGN_ELEMENT: "U001",
    Kind.MISPLACED_ELEMENT: "U002",
    Kind.UNKNOWN_ATTRIBUTE: "U003",
    Kind.WRONG_VALUE: "U004",
    Kind.MISSING_ATTRIBUTE: "U005",
    Kind.INCOMPLETE: "U006",
    Kind.TEXT: "U007",
    Kind.UNKNOWN_ELEMENT: "U008",
    Kind.WRONG_CONTENT: "U009",
}

ROLES = dict.fromkeys(("warning", "warn", "nonfatal"), "U011") | dict.fromkeys(("information", "info", "note"), "U012")
"""How much a broken rule matters, by its role; without one of these it is an error."""


class SchemaRefused(EngineMissing):
    """A schema that cannot be read, or goes beyond what is supported; the text says where."""


@dataclass(frozen=True, slots=True)
class NamedSchema:
    """A schema that an editor named, as it was when the run began."""

    path: Path
    fingerprint: str
    """The hash of its content."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    grammar: Grammar | None
    rules: LockedStylesheet | None


def named_schemas(paths: Sequence[Path]) -> tuple[NamedSchema, ...]:
    """Return the schemas in these files; they are read where the first document needs them."""
    return tuple(NamedSchema(path.resolve(), fingerprint_of(path)) for path in paths)


def named_schema_problems(schema: NamedSchema, root: etree._Element, name: str, path: Path) -> Iterator[Problem]:
    """Yield what a schema forbids in a document; `name` is what problems call it, `path` where it was read from.

    Raise `SchemaRefused` where the schema is none that can be used.
    """
    compiled = _compiled(schema)
    places = Places(path)
    if compiled.grammar is not None:
        for violation in explain(compiled.grammar, root):
            words = (("schema", schema.path.name), *violation.words())
            line, column = places.place_of(violation.node) if violation.node is not None else (violation.line, 0)
            yield Problem(name, line, column, CODES[violation.kind], words)
    if compiled.rules is not None:
        yield from _rule_problems(compiled.rules, root, places, name)


@functools.lru_cache(maxsize=16)
def _compiled(schema: NamedSchema) -> _Compiled:
    """Return a schema ready for use, made once in each process."""
    name = schema.path.name
    try:
        root = read_tei(schema.path, name).getroot()
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        if root.tag == f"{{{SCHEMATRON}}}schema":
            return _Compiled(None, _rules(root, schema.path))
        if root.tag == f"{{{RELAXNG}}}grammar":
            return _Compiled(grammar_of(root, name).whole(), _embedded_rules(root, schema.path))
    except (UnreadableXML, UnsupportedSchema, StylesheetFailed) as error:
        raise SchemaRefused(f"{name} cannot be used as a schema: {error}") from error
    raise SchemaRefused(
        f"{name} is no schema that Despatch reads: name RelaxNG in XML syntax (<grammar>) or Schematron"
    )


def _rules(root: etree._Element, path: Path) -> LockedStylesheet:
    """Return the rules of a Schematron schema, ready to be run locked."""
    language = root.get("queryBinding", "xslt")
    if language not in QUERY_LANGUAGES:
        raise UnsupportedSchema(f'queryBinding="{language}" is not supported, only {" and ".join(QUERY_LANGUAGES)}')
    beyond = root.xpath(BEYOND, namespaces={"sch": SCHEMATRON, "xsl": XSLT})
    for node in beyond if isinstance(beyond, list) else []:
        raise UnsupportedSchema(f"line {node.sourceline}: {_start_tag(node)} is not supported in Schematron")
    made = stylesheet(resource(TRANSPILER)).transform(root.getroottree(), {}, path)
    return LockedStylesheet(path.name, made)


def _start_tag(node: etree._Element) -> str:
    """Return a start tag as it can be found in the schema."""
    attributes = "".join(f' {name}="{value}"' for name, value in node.attrib.items())
    return f"<{etree.QName(node).localname}{attributes}>"


def _embedded_rules(grammar: etree._Element, path: Path) -> LockedStylesheet | None:
    """Return the rules embedded in a RelaxNG schema; None where there are none."""
    patterns = list(grammar.iter(f"{{{SCHEMATRON}}}pattern"))
    if not patterns:
        return None
    schema = etree.Element(f"{{{SCHEMATRON}}}schema", nsmap={"sch": SCHEMATRON}, queryBinding="xslt3")
    declared = {node.get("prefix", ""): node.get("uri", "") for node in grammar.iter(f"{{{SCHEMATRON}}}ns")}
    for prefix, uri in sorted(declared.items()):
        etree.SubElement(schema, f"{{{SCHEMATRON}}}ns", prefix=prefix, uri=uri)
    schema.extend(patterns)
    return _rules(schema, path)


def _rule_problems(rules: LockedStylesheet, root: etree._Element, places: Places, name: str) -> Iterator[Problem]:
    tree = root.getroottree()
    try:
        findings = findings_of(rules, tree, places.path)
    except StylesheetStopped as stopped:
        yield problem("U013", name, schema=rules.path.name, reason=stopped.reason)
        return
    for finding in findings:
        line, column = places.place_of(element_at(tree, finding.get("path", "")))
        yield problem(
            ROLES.get(finding.get("role", ""), "U010"),
            name,
            line,
            column,
            schema=rules.path.name,
            rule=finding.get("rule") or "—",
            sentence=" ".join((finding.findtext("sentence") or "").split()),
        )

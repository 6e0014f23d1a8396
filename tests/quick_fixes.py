"""Turn a quick-fix of the rules into what it does to a document, so that tests can hold it to its promise.

XML editors carry quick-fixes out themselves; here each becomes a stylesheet, run at one place of one document.

Source: Schematron QuickFix, draft of March 2018, W3C community group "Quick-fix support for XML", sections 5.2 and 5.3.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

from lxml import etree

from pipeline.stylesheets import Stylesheet

SQF = "{http://www.schematron-quickfix.com/validator/process}"
SCH = "{http://purl.oclc.org/dsdl/schematron}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
REASON = "The source has it so."

OPENING = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
 xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:sqf="http://www.schematron-quickfix.com/validator/process"
 exclude-result-prefixes="#all">"""


def offers(fix: etree._Element, tree: etree._ElementTree, place: str, folder: Path) -> list[str]:
    """Return for what a fix is offered at a place (`fn:path`): one value for each choice, none where it is not."""
    when, each = fix.get("use-when", "true()"), fix.get("use-for-each", "''")
    offered = f"string-join($place ! (({each}) ! string()), '|') || '.'"
    question = quoteattr(f"if ($place ! ({when})) then {offered} else ''")
    asked = f"""{OPENING}{_variables(fix, place)}
 <xsl:output method="text"/>
 <xsl:template match="/"><xsl:value-of select={question}/></xsl:template>
</xsl:stylesheet>"""
    said = _run(asked, tree, folder)
    return said[:-1].split("|") if said and (said != "." or fix.get("use-for-each") is None) else []


def fixed(fix: etree._Element, tree: etree._ElementTree, place: str, current: str, folder: Path) -> etree._ElementTree:
    """Return the document after a fix was carried out at a place; `current` is the choice that the editor took."""
    steps = [step for step in fix if step.tag in {f"{SQF}{name}" for name in ("add", "delete", "replace")}]
    made = f"""{OPENING}{_variable("sqf:current", _text(current))}
{_variables(fix, place, inner=True)}{_matched(steps)}
 <xsl:mode on-no-match="shallow-copy"/>
 <xsl:template match="* | @* | text()">
  {_all(steps, "before")}
  <xsl:choose><xsl:when test="false()"/>{_instead(steps)}
   <xsl:otherwise><xsl:copy>
    <xsl:apply-templates select="@*"/>{_all(steps, "attribute")}{_all(steps, "first-child")}
    <xsl:apply-templates/>{_all(steps, "last-child")}
   </xsl:copy></xsl:otherwise>
  </xsl:choose>
  {_all(steps, "after")}
 </xsl:template>
</xsl:stylesheet>"""
    return etree.ElementTree(etree.fromstring(_run(made, tree, folder).encode()))


def _variables(fix: etree._Element, place: str, inner: bool = False) -> str:
    """Return what a fix can refer to: the place, the variables of its rule, and what the editor answers."""
    rule = fix.getparent()
    assert rule is not None
    lets = [*rule.findall(f"{SCH}let"), *(fix.findall(f"{SCH}let") if inner else [])]
    made = [_variable("place", place)]
    made += [_variable(let.get("name", ""), f"$place ! ({let.get('value')})") for let in lets]
    made += [_variable(entry.get("name", ""), _text(REASON)) for entry in fix.findall(f"{SQF}user-entry")]
    return "".join(made)


def _variable(name: str, select: str) -> str:
    return f'<xsl:variable name="{name}" select={quoteattr(select)}/>'


def _text(words: str) -> str:
    return f"'{words}'"


def _matched(steps: list[etree._Element]) -> str:
    """Return a variable for each step: the nodes that it changes, or beside which it adds."""
    paths = (f"$place ! ({step.get('match', '.')})" for step in steps)
    return "".join(_variable(f"nodes{number}", path) for number, path in enumerate(paths))


def _all(steps: list[etree._Element], position: str) -> str:
    """Return what is added at a position beside or in a node."""
    return "".join(
        f'<xsl:if test="exists($nodes{number} intersect .)">{_content(step)}</xsl:if>'
        for number, step in enumerate(steps)
        if step.tag == f"{SQF}add" and _position(step) == position
    )


def _position(step: etree._Element) -> str:
    return "attribute" if step.get("node-type") == "attribute" else step.get("position", "first-child")


def _instead(steps: list[etree._Element]) -> str:
    """Return what stands in the place of a node that is deleted or replaced."""
    return "".join(
        f'<xsl:when test="exists($nodes{number} intersect .)">{_content(step)}</xsl:when>'
        for number, step in enumerate(steps)
        if step.tag != f"{SQF}add"
    )


def _content(step: etree._Element) -> str:
    """Return the instructions that make the new node, by the attributes of a step or by what stands in it."""
    inside = "".join(etree.tostring(child, encoding="unicode") for child in step.findall(f"{XSL}*"))
    select = quoteattr(step.get("select", "()"))
    if step.get("node-type") == "attribute":
        return f'<xsl:attribute name="{step.get("target")}" select={select}/>'
    content = inside or f"<xsl:copy-of select={select}/>"
    if step.get("node-type") == "element":
        return f'<xsl:element name="{step.get("target")}">{content}</xsl:element>'
    return content


def _run(made: str, tree: etree._ElementTree, folder: Path) -> str:
    path = folder / "quick-fix.xsl"
    path.write_text(made, encoding="utf-8")
    return Stylesheet(path).transform(tree, {}, path)

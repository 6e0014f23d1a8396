"""Turn a file of the edition into what one of the website's stylesheets makes of it, in one interface language."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

from lxml import etree

from pipeline.problems import Problem, problem
from pipeline.resources import resource
from pipeline.stylesheets import Source, StylesheetStopped, Value, element_at, short_path, stylesheet
from pipeline.website.folder import RESERVED, Site

ALL_LANGUAGES = "mul"
"""What the stylesheets call all interface languages at once (ISO 639-2)."""

MARKS = "\ufdd0\ufdd1\ufdd2"
"""What stands before, between and after the words of all languages: noncharacters, which no capture should have."""

_WORDS = re.compile(f"{MARKS[0]}([^{MARKS[0]}{MARKS[2]}]*){MARKS[2]}")
"""The words of all languages in one place; theirs may have such words in them, so the inner ones are taken first."""


def in_language(text: str, language: str) -> str:
    """Return a text that has our words in all interface languages with those of one (see `xslt/common/labels.xsl`)."""
    number = interface_languages().index(language)
    found = 1
    while found:
        text, found = _WORDS.subn(lambda words: words[1].split(MARKS[1])[number], text)
    return text


def transformed(
    site: Site, name: str, source: Source, language: str, own: Mapping[str, Value] = MappingProxyType({})
) -> str:
    """Return what a stylesheet of the website makes of a file of the edition; `own` are its own parameters."""
    page = name if name in RESERVED else source.base.stem
    sheet = stylesheet(resource(f"xslt/web/{name}.xsl"))
    return sheet.apply(source, {**site.parameters(page, language), **own}).rstrip("\n")


def problem_of(stopped: StylesheetStopped, tree: etree._ElementTree, name: str) -> Problem:
    """Return why a stylesheet stopped, as a problem at the element that it named."""
    element = element_at(tree, stopped.place)
    line = 0 if element is None else int(element.sourceline or 0)
    unknown = re.match(r"no rendering for (\S+) at ", stopped.reason)
    if unknown:
        return problem("W001", name, line, element=unknown[1], place=short_path(stopped.place))
    return problem("W002", name, line, reason=stopped.reason)


@functools.cache
def interface_languages() -> tuple[str, ...]:
    """Return the languages that the stylesheets have words for."""
    labels = etree.parse(resource("xslt/common/labels.xml")).getroot()
    return tuple(sorted(str(name) for name in labels[-1].attrib if name != "key"))

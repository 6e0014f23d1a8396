"""Turn XSLT 3.0 stylesheets into functions over trees: the only door to Saxon.

SaxonC allows one processor and one thread in a process (two threads abort it), so the processor is made once and every
stylesheet is compiled once in each worker. DOCTYPEs are refused in every document that Saxon reads.

Source: SaxonC 13 documentation, "Configuration features"; what was tried is in the project's notes on engines.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

import saxonche
from lxml import etree

from pipeline.problems import StylesheetFailed

Value = str | int | bool

_FEATURES = {
    "http://saxon.sf.net/feature/parserFeature?uri=http://apache.org/xml/features/disallow-doctype-decl": "true",
}


@functools.cache
def _processor() -> saxonche.PySaxonProcessor:
    processor = saxonche.PySaxonProcessor(license=False)
    for feature, value in _FEATURES.items():
        processor.set_configuration_property(feature, value)
    return processor


def engine() -> str:
    """Return the name and version of the XSLT engine."""
    return str(_processor().version)


class Stylesheet:
    """A compiled stylesheet; use `stylesheet(path)`, which compiles each file once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        compiler = _processor().new_xslt30_processor()
        try:
            self._executable = compiler.compile_stylesheet(stylesheet_file=str(path))
        except saxonche.PySaxonApiError as error:
            raise StylesheetFailed(f"{path.name} does not compile: {error}") from error

    def transform(self, tree: etree._ElementTree, parameters: Mapping[str, Value], base: Path) -> str:
        """Return the principal result, serialised as the stylesheet's `xsl:output` says.

        `base` is the file that the tree was read from: the base URI for relative references in it. Raise
        `StylesheetFailed` where the stylesheet stops.
        """
        executable = self._executable
        executable.clear_parameters()
        for name, value in parameters.items():
            executable.set_parameter(name, _as_xdm(value))
        builder = _processor().new_document_builder()
        builder.set_base_uri(base.resolve().as_uri())
        try:
            node = builder.parse_xml(xml_text=etree.tostring(tree, encoding="unicode"))
            executable.set_initial_match_selection(xdm_value=node)
            executable.set_global_context_item(xdm_item=node)
            return str(executable.apply_templates_returning_string() or "")
        except saxonche.PySaxonApiError as error:
            raise StylesheetFailed(f"{self.path.name} stopped at {base.name}: {error}") from error


def _as_xdm(value: Value) -> saxonche.PyXdmValue:
    processor = _processor()
    if isinstance(value, bool):
        return processor.make_boolean_value(value)
    if isinstance(value, int):
        return processor.make_integer_value(value)
    return processor.make_string_value(value)


@functools.cache
def stylesheet(path: Path) -> Stylesheet:
    """Return a stylesheet, compiled once in each process; raise `StylesheetFailed` where it does not compile."""
    return Stylesheet(path)

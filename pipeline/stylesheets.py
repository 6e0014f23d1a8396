"""Turn XSLT 3.0 stylesheets into functions over trees: the only door to Saxon.

SaxonC allows one thread in a process (two abort it), so a processor is made once, and a second for what editors bring
along; every stylesheet is compiled once in each worker. DOCTYPEs are refused in every document that Saxon reads.

Source: SaxonC 13 documentation, "Configuration features"; what was tried is in the project's notes on engines.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import saxonche
from lxml import etree

from pipeline.problems import StylesheetFailed

Value = str | int | bool | tuple[Path, ...]
"""What a stylesheet's parameter can be; paths stand for the documents in these files, `document-node()*`."""

_LIMITS = {
    "maxElementDepth": "300",
    "elementAttributeLimit": "0",
    "maxXMLNameLimit": "0",
    "maxGeneralEntitySizeLimit": "0",
    "totalEntitySizeLimit": "0",
}
"""Of Saxon's parser (JDK 24, `jdk.xml.…`; 0 means none), so that it takes what the safe reader lets in: libxml2 refuses
elements deeper than 256. The parser's own limits are 100 elements, 200 attributes, and 100,000 `&amp;` in a file."""

_FEATURES = {
    "http://saxon.sf.net/feature/parserFeature?uri=http://apache.org/xml/features/disallow-doctype-decl": "true",
} | {f"http://saxon.sf.net/feature/parserProperty?uri=jdk.xml.{name}": limit for name, limit in _LIMITS.items()}
"""No DOCTYPE, and so no entities that could grow without those limits."""

_LOCKED = {
    "http://saxon.sf.net/feature/allow-external-functions": "off",
    "http://saxon.sf.net/feature/disableXslEvaluate": "on",
    "http://saxon.sf.net/feature/allowedProtocols": "",
}
"""For rules that an editor brings along: nothing is read, nothing written, nothing outside XSLT called."""

_PATH = re.compile(r"(?:/(?:Q\{[^}]*\}[\w.-]+|@[\w:.-]+|[\w-]+\([^)]*\))(?:\[\d+\])?)+")
"""What XPath's `fn:path` returns, without the document node (XPath functions 3.1, section 2.6.4)."""

_STEP = re.compile(r"/Q\{([^}]*)\}([\w.-]+)\[(\d+)\]")


class StylesheetStopped(StylesheetFailed):
    """A stylesheet stopped at a document: `reason` is what it said, `place` the `fn:path` of the node that it named."""

    def __init__(self, name: str, document: str, said: str) -> None:
        found = _PATH.search(said)
        self.place = found[0] if found else ""
        self.reason = " ".join(said.replace(self.place, short_path(self.place)).split())
        super().__init__(f"{name} stopped at {document}: {self.reason}")


@functools.cache
def _processor() -> saxonche.PySaxonProcessor:
    return _configured(_FEATURES)


@functools.cache
def _locked_processor() -> saxonche.PySaxonProcessor:
    return _configured(_FEATURES | _LOCKED)


@functools.cache
def _builder(*, locked: bool) -> saxonche.PyDocumentBuilder:
    """Return what reads documents for a processor; to make it costs as much as a small document."""
    return (_locked_processor() if locked else _processor()).new_document_builder()


def _configured(features: Mapping[str, str]) -> saxonche.PySaxonProcessor:
    processor = saxonche.PySaxonProcessor(license=False)
    for feature, value in features.items():
        processor.set_configuration_property(feature, value)
    return processor


def engine() -> str:
    """Return the name and version of the XSLT engine."""
    return str(_processor().version)


@contextlib.contextmanager
def _without_trace() -> Iterator[None]:
    """Keep Saxon's trace of a dynamic error off the terminal: the exception has the words, the trace is no editor's.

    Saxon writes it to file descriptor 2 itself and has no setting for it.
    """
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


class Source:
    """A document as Saxon has it: a tree, or XML that the program wrote; `base` is the file that it was read from.

    A document for a `LockedStylesheet` is `locked` too: each processor knows its own only. Raise `StylesheetStopped`
    where Saxon's parser refuses what the safe reader let in.
    """

    def __init__(self, tree: etree._ElementTree | str, base: Path, *, locked: bool = False) -> None:
        self.base = base
        self._text = tree if isinstance(tree, str) else etree.tostring(tree, encoding="unicode")
        builder = _builder(locked=locked)
        builder.set_base_uri(base.resolve().as_uri())
        try:
            with _without_trace():
                self.node = builder.parse_xml(xml_text=self._text)
        except saxonche.PySaxonApiError as error:
            raise StylesheetStopped("Saxon's parser", base.name, str(error)) from error

    def holds(self, characters: str) -> bool:
        """Whether one of these characters, none of XML's own, stands anywhere in the document."""
        return any(character in self._text for character in characters)


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
        `StylesheetStopped` where the stylesheet stops.
        """
        return self.apply(Source(tree, base), parameters)

    def apply(self, source: Source, parameters: Mapping[str, Value]) -> str:
        """Return the same for a document that goes through several transforms, and is handed to Saxon once."""
        executable = self._executable
        try:
            self._set_parameters(parameters)
            executable.set_initial_match_selection(xdm_value=source.node)
            executable.set_global_context_item(xdm_item=source.node)
            with _without_trace():
                return str(executable.apply_templates_returning_string() or "")
        except saxonche.PySaxonApiError as error:
            raise StylesheetStopped(self.path.name, source.base.name, str(error)) from error

    def call(self, function: str, *arguments: Value) -> str:
        """Return the string value of one of the stylesheet's functions, named `{namespace}name`, as tests call it."""
        self._executable.clear_parameters()
        try:
            values = [_as_xdm(argument) for argument in arguments]
            result = self._executable.call_function_returning_value(function, values)
        except saxonche.PySaxonApiError as error:
            raise StylesheetStopped(self.path.name, function, str(error)) from error
        return "" if result is None else " ".join(item.string_value for item in result)

    def _set_parameters(self, parameters: Mapping[str, Value]) -> None:
        self._executable.clear_parameters()
        for name, value in parameters.items():
            self._executable.set_parameter(name, _as_xdm(value))


class LockedStylesheet(Stylesheet):
    """A stylesheet made from what an editor brings along: it sees the document that it is given, and nothing else.

    No file or address is read, none written, no program called. `name` is what its failures call it.
    """

    def __init__(self, name: str, text: str) -> None:
        self.path = Path(name)
        compiler = _locked_processor().new_xslt30_processor()
        try:
            with _without_trace():
                self._executable = compiler.compile_stylesheet(stylesheet_text=text)
        except saxonche.PySaxonApiError as error:
            raise StylesheetFailed(f"{name} does not compile: {error}") from error

    def transform(self, tree: etree._ElementTree, parameters: Mapping[str, Value], base: Path) -> str:
        return self.apply(Source(tree, base, locked=True), parameters)


def _as_xdm(value: Value) -> saxonche.PyXdmValue:
    processor = _processor()
    if isinstance(value, bool):
        return processor.make_boolean_value(value)
    if isinstance(value, int):
        return processor.make_integer_value(value)
    if isinstance(value, str):
        return processor.make_string_value(value)
    documents = processor.empty_sequence()
    for path in value:
        state = path.stat()
        documents.add_xdm_item(_kept_document(path, state.st_mtime_ns, state.st_size))
    return documents


@functools.lru_cache(maxsize=16)
def _kept_document(path: Path, _changed: int, _size: int) -> saxonche.PyXdmNode:
    """Return the document in a file that many transforms share; it is read again only when the file changed."""
    return _processor().new_document_builder().parse_xml(xml_file_name=str(path.resolve()))


@functools.cache
def stylesheet(path: Path) -> Stylesheet:
    """Return a stylesheet, compiled once in each process; raise `StylesheetFailed` where it does not compile."""
    return Stylesheet(path)


def short_path(place: str) -> str:
    """Return an `fn:path` as an editor reads it: without namespaces, `/TEI/text/body/div[2]/p[1]`."""
    return re.sub(r"Q\{[^}]*\}", "", place).replace("[1]", "")


def element_at(tree: etree._ElementTree, place: str) -> etree._Element | None:
    """Return the element that an `fn:path` leads to (the parent, where it ends at a text or attribute)."""
    element: etree._Element | None = None
    for namespace, name, number in _STEP.findall(place):
        if element is None:
            element = tree.getroot()
            continue
        children = element.findall(f"{{{namespace}}}{name}")
        if len(children) < int(number):
            return None
        element = children[int(number) - 1]
    return element

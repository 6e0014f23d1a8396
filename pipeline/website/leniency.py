"""Turn the pages of documents into problems for what on them was shown as text, since there is no rendering for it.

The stylesheets mark it (`xslt/web/text.xsl`); who builds without `--lenient` has no such pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.problems import Problem, problem
from pipeline.tei import read_tei
from pipeline.website.folder import Site

_MARK = re.compile(r'data-tei="([^"]+)"')


def shown_as_text(site: Site, documents: Iterable[Path]) -> Iterator[Problem]:
    """Yield a problem for each name of an element in each document, at the first of these elements."""
    for document in documents:
        page = site.page(document.stem, site.languages[0]).read_text(encoding="utf-8")
        names = Counter(_MARK.findall(page))
        lines = _first_lines(document) if names else {}
        for name, count in sorted(names.items()):
            line = lines.get(name.rpartition(":")[2], 0)
            yield problem("W005", site.edition.name(document), line, element=name, count=str(count))


def _first_lines(document: Path) -> dict[str, int]:
    """Return the line of the first element of each name in a document's text, prefixes apart."""
    lines: dict[str, int] = {}
    for text in read_tei(document).getroot().iterchildren("{*}text"):
        for element in text.iter("{*}*"):
            lines.setdefault(str(element.tag).rpartition("}")[2], int(element.sourceline or 0))
    return lines

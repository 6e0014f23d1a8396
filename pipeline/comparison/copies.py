"""Turn what a telegram says of its copies into whether they add up: those named, those to file, those typed.

    list type="distribution", one item a copy      Copies: Stalin (2), Molotov …
    Typ[ed in] 10 copies [copies no.] 9-10 -(to file)      отп. 4 экз. Мэкс. 3-4 -- в дело

Only where all three are said is anything counted; the words stand in `languages/*.toml`, table `[comparison]`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from lxml import etree

from pipeline.alignment.units import Unit, read_units
from pipeline.languages import alternatives, is_known, language
from pipeline.tei import NAMESPACES, tag

_COUNT = re.compile(r"\((\d{1,2})\)")


def miscounted_copies(witness: etree._Element) -> tuple[int, int, int, int] | None:
    """Return how many copies were typed, named and filed, with the line that says it, if that does not add up."""
    units = read_units(witness)
    named = _listed(witness) or _in_one_line(units)
    for unit in units:
        if named and (found := _said(unit.language).search(unit.text)):
            typed, filed = int(found["typed"]), int(found["last"] or found["first"]) - int(found["first"]) + 1
            if filed > 0 and named + filed != typed:
                return typed, named, filed, unit.line
    return None


def _listed(witness: etree._Element) -> int:
    """Return how many copies a list of them names, in the document's own message."""
    items = witness.iterfind(".//tei:list[@type='distribution']/tei:item", NAMESPACES)
    own = [item for item in items if next(item.iterancestors(tag("floatingText")), None) is None]
    return sum(_count("".join(map(str, item.itertext()))) for item in own)


def _in_one_line(units: Sequence[Unit]) -> int:
    """Return how many copies a line of the head names; one name is no list of copies."""
    heads = [unit for unit in units if unit.kind == "seg:distribution" and not unit.message]
    parts = [part for unit in heads for part in re.split(r"[,;]", unit.text)]
    return sum(map(_count, parts)) if len(parts) > 1 else 0


def _count(text: str) -> int:
    found = _COUNT.search(text)
    return int(found[1]) if found else 1


@functools.lru_cache(maxsize=64)
def _said(tag: str) -> re.Pattern[str]:
    """Return the pattern of `10 copies … 9-10 … to file`; where a language has no words for it nothing is found."""
    table: Mapping[str, Sequence[str]] = language(tag).tables.get("comparison", {}) if is_known(tag) else {}
    copies, filed = alternatives(table.get("copies", ())), alternatives(table.get("to-file", ()))
    numbers = r"(?P<first>\d{1,3})(?:\s?[-–]\s?(?P<last>\d{1,3}))?"
    return re.compile(
        rf"(?<!\d)(?P<typed>\d{{1,3}})\s?(?i:{copies})(?!\w)[^\n]{{0,24}}?(?<!\d){numbers}\W{{1,6}}(?i:{filed})(?!\w)"
    )

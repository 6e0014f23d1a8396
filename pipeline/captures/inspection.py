"""Turn a capture into what an editor must look at before the text is worth work: addresses, strays, missing parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from pipeline.annotation.spans import Span
from pipeline.captures.capture import Capture
from pipeline.captures.completing import WILSON
from pipeline.captures.language import languages, languages_named
from pipeline.captures.witnesses import ONLY_TEXT, record_of
from pipeline.problems import Problem, problem

_VERSION = re.compile(r"\b([a-z]{2}):\S")


def inspect(capture: Capture) -> Iterator[Problem]:
    """Yield what is doubtful in a capture as a whole, in no order."""
    yield from _staging_addresses(capture)
    yield from _strays(capture)
    yield from _missing_parts(capture)
    yield from _unknown_original(capture)


def _staging_addresses(capture: Capture) -> Iterator[Problem]:
    for found in capture.spans:
        if found.get("name") == "address" and capture.publisher == WILSON:
            address = capture.text[found.start : found.end]
            if not _is_published(address):
                yield _at(capture, "C010", found, address=address)


def _is_published(address: str) -> bool:
    host = urlsplit("".join(address.split())).hostname or ""
    return host == "wilsoncenter.org" or host.endswith(".wilsoncenter.org")


def _strays(capture: Capture) -> Iterator[Problem]:
    for found in capture.spans:
        if found.kind == "witness" and found.get("type") == "unplaced":
            quote = " ".join(capture.text[found.start : found.end].split())[:60]
            yield _at(capture, "C013", found, quote=quote)


def _missing_parts(capture: Capture) -> Iterator[Problem]:
    """Yield the text of each language that the record offers and the capture lacks, and a translation without text."""
    witnesses = _witnesses(capture)
    there = {found.get("lang") for found in witnesses}
    for found in capture.spans:
        if found.get("name") in {"contents", "versions"}:
            offer = capture.text[found.start : found.end]
            for code in _offered(offer, found.get("name")):
                if code not in there:
                    yield _at(capture, "C015", found, part=_named(code), offer=" ".join(offer.split()))
                    there.add(code)
    record = record_of(capture.text, capture.spans)
    if record.is_translated and not record.translations and all(found.get("type") == "original" for found in witnesses):
        yield problem("C016", capture.origin.seed)


def _offered(offer: str, name: str) -> Sequence[str]:
    if name == "versions":
        return [code for code in _VERSION.findall(offer) if code in languages()]
    return languages_named(offer) if re.search("transcri|translat", offer, re.IGNORECASE) else ()


def _named(code: str) -> str:
    return languages()[code].names[0]


def _unknown_original(capture: Capture) -> Iterator[Problem]:
    """Yield the one English text of a capture that nothing calls original or translation."""
    witnesses = _witnesses(capture)
    if len(witnesses) == 1 and witnesses[0].rule == ONLY_TEXT and witnesses[0].get("lang") == "en":
        yield _at(capture, "C014", witnesses[0])


def _witnesses(capture: Capture) -> list[Span]:
    return [found for found in capture.spans if found.kind == "witness" and found.get("type") != "unplaced"]


def _at(capture: Capture, code: str, found: Span, **arguments: object) -> Problem:
    line, column = capture.place(found.start)
    return problem(code, capture.origin.seed, line, column, "", **arguments)

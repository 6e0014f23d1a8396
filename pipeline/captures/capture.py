"""Turn a file's bytes into the immutable text that everything else is a span over.

The text is what the file says, decoded and never normalised: UTF-8 first (with or without byte order mark), UTF-16 by
its mark, else the single-byte encoding that the bytes speak for, in which most of them are letters of a language.
"""

from __future__ import annotations

import codecs
import functools
import hashlib
import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from charset_normalizer import from_bytes

from pipeline.annotation.ledger import SPACES
from pipeline.annotation.spans import Span
from pipeline.problems import Problem, problem

LARGEST = 32 * 1024 * 1024
"""Bytes; the longest transcript known has some hundred thousand."""

_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f]")
_OTHER_LINE_END = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


class Line(NamedTuple):
    """One line of a capture, without its line end."""

    start: int
    end: int
    text: str

    @property
    def is_blank(self) -> bool:
        return not self.text.strip(SPACES)

    @property
    def stripped(self) -> str:
        return self.text.strip(SPACES)

    @property
    def content_start(self) -> int:
        """Offset of the first character that is not white space."""
        return self.start + len(self.text) - len(self.text.lstrip(SPACES))

    @property
    def content_end(self) -> int:
        return self.start + len(self.text.rstrip(SPACES))


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """Return the lines of a text, or of a stretch of it, with offsets in the whole."""
    end = len(text) if end is None else end
    lines, starts = _all_lines(text)
    first, last = bisect_right(starts, start) - 1, bisect_right(starts, end) - 1
    if start > lines[first].end or end > lines[last].end:
        return _split(text, start, end)
    if first == last:
        return [Line(start, end, text[start:end])]
    top, bottom = lines[first], lines[last]
    head = top if top.start == start else Line(start, top.end, text[start : top.end])
    tail = bottom if bottom.end == end else Line(bottom.start, end, text[bottom.start : end])
    return [head, *lines[first + 1 : last], tail]


@functools.lru_cache(maxsize=8)
def _all_lines(text: str) -> tuple[list[Line], list[int]]:
    """Return the lines of a whole text and where they start: all formats ask for those of the same one."""
    lines = _split(text, 0, len(text))
    return lines, [line.start for line in lines]


def _split(text: str, start: int, end: int) -> list[Line]:
    """Return a stretch's lines; its edges may stand inside a line end of two characters."""
    if not _OTHER_LINE_END.search(text, start, end):
        texts = text[start:end].split("\n")
        starts = itertools.accumulate((len(line) + 1 for line in texts), initial=start)
        return [Line(first, first + len(line), line) for first, line in zip(starts, texts, strict=False)]
    lines = []
    for found in LINE_END.finditer(text, start, end):
        lines.append(Line(start, found.start(), text[start : found.start()]))
        start = found.end()
    return [*lines, Line(start, end, text[start:end])]


@dataclass(frozen=True, slots=True)
class Seed:
    """A file as found in `seeds/`."""

    name: str
    """POSIX path relative to the edition; what problems call it."""
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a capture comes from."""

    seed: str
    sha256: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Capture:
    """One document as captured. `spans` say what its format makes of it: fields, witnesses, what is dropped."""

    key: str
    """The publisher's record id, `publisher:number`, else `sha256:` and the hash of the text as formats read it."""
    format: str
    origin: Origin
    text: str
    spans: tuple[Span, ...]
    publisher: str = ""
    """Who put the captured text before the public, where the format tells."""

    def fields(self, name: str) -> list[str]:
        """Return the texts of the fields of this name, in order, as they stand."""
        return [
            self.text[found.start : found.end]
            for found in self.spans
            if found.kind == "field" and found.get("name") == name
        ]

    def field(self, name: str) -> str:
        """Return a field as one text, white space folded: one that is set in two columns is several spans."""
        return " ".join(" ".join(self.fields(name)).split())

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of an offset."""
        _, starts = _all_lines(self.text)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a format: how strongly, from 0 to 100, and what was seen."""

    weight: int
    seen: tuple[str, ...] = ()


class CaptureFormat(Protocol):
    """What a module for a format of captures offers, here or outside (entry point group `despatch.captures`)."""

    NAME: str

    def recognise(self, seed: Seed, text: str) -> Evidence:
        """Say how much the content, not the file's name, speaks for this format."""

    def read(self, seed: Seed, text: str) -> list[Capture]:
        """Return the captures in the file; raise `RefusedSeed` where it turns out not to hold a document."""


class RefusedSeed(Exception):
    """A file that is not converted; `problem` says why."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message())
        self.problem = found


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the encoding it was read in, and what could not be read."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def read_seed(path: Path, name: str) -> Seed:
    """Return a file as found; raise `RefusedSeed` where it cannot be read, is empty or is too large."""
    try:
        if path.stat().st_size > LARGEST:
            raise RefusedSeed(problem("C001", name, size=path.stat().st_size, largest=LARGEST))
        content = path.read_bytes()
    except OSError as error:
        raise RefusedSeed(problem("C002", name, reason=error.strerror or error)) from error
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n\f"):
        raise RefusedSeed(problem("C004", name))
    return Seed(name, content)


_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SINGLE_BYTE = ["cp1251", "koi8_r", "cp866", "cp1252", "iso8859_5", "mac_cyrillic", "utf_16_le", "utf_16_be"]


def decode(seed: Seed, declared: str = "") -> Decoded:
    """Return a file's text; a byte that cannot be read becomes U+FFFD and a problem with its offset.

    `declared` is the encoding that the file names itself, believed where the bytes are not UTF-8. Raise `RefusedSeed`
    for a binary file.
    """
    for mark, encoding in _MARKS:
        if seed.content.startswith(mark):
            return _decode_as(seed, encoding)
    if b"\0" in seed.content:
        return _guess(seed)
    try:
        seed.content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(seed, declared) if declared and declared != "utf-8" else _guess(seed)
    return _decode_as(seed, "utf-8")


def _guess(seed: Seed) -> Decoded:
    if _mostly_utf8(seed.content):
        return _decode_as(seed, "utf-8")
    best = from_bytes(seed.content, cp_isolation=_SINGLE_BYTE).best()
    if best is None or _looks_binary(str(best)):
        raise RefusedSeed(problem("C005", seed.name))
    return Decoded(str(best), best.encoding)


def _mostly_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8 with a few damaged ones: a handful in a thousand."""
    text = content.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    multibyte = sum(1 for character in text if character > "\x7f") - damaged
    return "\0" not in text and damaged * 20 < max(multibyte, 1)


def _looks_binary(text: str) -> bool:
    """Whether a text is none: many control characters, or the codes of a word processor (RTF)."""
    if text.startswith("{\\rtf"):
        return True
    return len(_CONTROL.findall(text)) * 50 > len(text)


def _decode_as(seed: Seed, encoding: str) -> Decoded:
    text = seed.content.decode(encoding, errors="replace")
    problems: list[Problem] = []
    try:
        seed.content.decode(encoding)
    except UnicodeDecodeError as error:
        byte = f"0x{seed.content[error.start]:02x}"
        problems = [problem("C003", seed.name, byte=byte, offset=error.start, count=text.count("\ufffd"))]
    if _looks_binary(text):
        raise RefusedSeed(problem("C005", seed.name))
    return Decoded(text, encoding.removesuffix("-sig"), tuple(problems))


def content_key(text: str) -> str:
    """Return the key of a capture whose publisher gives no record id: a hash of its text."""
    return f"sha256:{hashlib.sha256(text.encode('utf-8', errors='surrogatepass')).hexdigest()[:16]}"

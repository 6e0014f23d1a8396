"""Turn the forms of all entries into an index that workers share: key → what the form stands for.

The index is a static trie in one file, which every worker maps into its memory; it is made once for each state of the
authority files, in the process that hands out the work. Without entries nothing is made.
"""

from __future__ import annotations

import functools
import itertools
import json
import mmap
import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import marisa_trie

from pipeline.authorities.entries import FILES, Authority, Entry, authority_files, read_authority
from pipeline.authorities.forms import Case, Form, Kind, forms_of, initials_of
from pipeline.authorities.keys import key_of, surface
from pipeline.edition import Edition
from pipeline.files import write_file
from pipeline.freshness import fingerprint_of
from pipeline.problems import Problem, problem
from pipeline.resources import fingerprint
from pipeline.workers import each

LONGEST = 120
"""Characters of text that are looked at for one name."""

BEGINNING = 3
"""Letters by which it is told at once that no form begins here."""

ALL_AT_ONCE = 60_000
"""With no more forms than this a misspelt name is compared with all of them; else with those that begin alike."""

PORTION = 500
"""Entries whose forms a worker makes at once; some thousands of entries are done sooner in one process."""

FAR = "\U0010ffff"
BEGINNINGS = "\U0010fffe"
"""Keys that no text has: they hold the words with which forms in small letters begin, and the beginnings of all."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a form stands for: one entry, and how it does."""

    kind: Kind
    reference: str
    """`authorities/persons.xml#stalin`."""
    case: Case
    words: int
    """How many words the form has; a text may have fewer, and more where the name is eastern."""
    is_eastern: bool
    surface: str
    """The form as listed, in small letters without separators; of a short one, as it is. "" for forms that are made."""
    type: str
    """Of the name (`cover-name`), or of the body (`party`)."""
    entry: str
    """`person`, `place` or `org`."""
    cert: str
    """The most that a link can be certain; "" for no limit."""
    begins: str
    """From when the entry can be meant: birth, or taking office; ISO 8601 or ""."""
    ends: str
    place: str = ""
    """Identifier of the place of an office."""
    initials: frozenset[str] = frozenset()
    comprises: tuple[str, ...] = ()
    """References of other entries that stand for this one as evidence."""
    nominative: str = ""
    """Of a place in an oblique case, its Russian name."""


class Index:
    """Every form of an edition's authority, by key."""

    def __init__(self, trie: marisa_trie.Trie, meanings: bytes | mmap.mmap) -> None:
        """Take the trie of all keys, and what they stand for: the places of the records of each, then the records."""
        self._trie = trie
        self._records = meanings
        self._size = 4 * (len(trie) + 1)
        self.meanings = functools.lru_cache(maxsize=20_000)(self._meanings)
        heads = self._record(trie[FAR]) if FAR in trie else ""
        self.starts = _starts(heads.split("\t") if heads else [])
        """Where in a text a name may begin: at a capital or figure, or at a word with which a form in small letters
        begins."""

    def may_begin(self, letters: str) -> bool:
        """Whether a form may begin with these letters of a folded text; letters alone can rule it out."""
        return not letters.isalnum() or letters in self._beginnings or len(letters) < BEGINNING

    @functools.cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(self._record(self._trie[BEGINNINGS]).split("\t"))

    def __len__(self) -> int:
        return len(self._trie)

    def prefixes(self, squashed: str) -> list[str]:
        """Return the keys with which a text without separators begins, the shortest first."""
        found: list[str] = self._trie.prefixes(squashed)
        return found

    def _meanings(self, key: str) -> tuple[Meaning, ...]:
        """Return all that a key stands for."""
        number = self._trie.get(key)
        return () if number is None else tuple(map(_unpacked, self._record(number).split("\n")))

    def _record(self, number: int) -> str:
        begin, end = struct.unpack_from("<II", self._records, 4 * number)
        return self._records[self._size + begin : self._size + end].decode()

    def like(self, key: str) -> Sequence[str]:
        """Return the keys with which a misspelt key is compared."""
        if len(self._trie) <= ALL_AT_ONCE:
            return self._all
        return [found for found in self._trie.iterkeys(key[:2]) if found < BEGINNINGS]

    @functools.cached_property
    def _all(self) -> Sequence[str]:
        return [key for key in self._trie.iterkeys() if key < BEGINNINGS]


def _starts(heads: Sequence[str]) -> re.Pattern[str]:
    small = "|".join(sorted(map(re.escape, heads), key=lambda head: (-len(head), head)))
    return re.compile(rf"(?<![^\W_])(?:(?![a-zа-ѿ])[^\W_]|(?:{small or '(?!)'})(?![^\W_]))")


@functools.cache
def empty_index() -> Index:
    """Return the index of an edition without entries."""
    return build_index(())


def build_index(entries: Iterable[Entry]) -> Index:
    """Return the index of these entries, in memory."""
    return Index(*_tables(tuple(entries)))


def _tables(entries: Sequence[Entry], jobs: int = 1) -> tuple[marisa_trie.Trie, bytes]:
    records: dict[str, bytes] = {}
    heads: set[str] = set()
    portions = [entries[start : start + PORTION] for start in range(0, len(entries), PORTION)]
    for found, own_heads in each(_portion, portions, jobs):
        heads |= own_heads
        for key, packed in found:
            others = records.get(key)
            if others is None:
                records[key] = packed
            elif packed not in others.split(b"\n"):
                records[key] = others + b"\n" + packed
    records.pop("", None)
    records[BEGINNINGS] = "\t".join(sorted({key[:size] for key in records for size in (1, 2, BEGINNING)})).encode()
    records[FAR] = "\t".join(sorted(heads)).encode()
    trie = marisa_trie.Trie(records)
    ordered = sorted(records, key=trie.__getitem__)
    places = [0, *itertools.accumulate(len(records[key]) for key in ordered)]
    return trie, struct.pack(f"<{len(places)}I", *places) + b"".join(records[key] for key in ordered)


def _portion(entries: Sequence[Entry]) -> tuple[list[tuple[str, bytes]], set[str]]:
    """Return keys with what they stand for, of some entries, and the words with which forms in small letters begin."""
    found: list[tuple[str, bytes]] = []
    heads: set[str] = set()
    for entry in entries:
        initials = " ".join(sorted(initials_of(entry))) if entry.kind == "person" else ""
        comprises = " ".join(sorted({one for name in entry.names for one in name.comprises}))
        for form in forms_of(entry):
            case = form.case
            found.append((key_of(form.text), _packed(form, case, initials, comprises).encode()))
            if case is Case.NONE:
                heads.add(form.text.split()[0].split("-")[0].lower())
    return found, heads


def _packed(form: Form, case: Case, initials: str, comprises: str) -> str:
    entry = form.entry
    short = case is Case.EXACTLY
    fields = (
        form.kind,
        entry.kind,
        entry.id,
        case,
        str(len(form.text.split())),
        "e" if form.is_eastern else "",
        form.text if short else surface(form.text) if form.kind is Kind.LISTED else "",
        entry.type if entry.kind == "org" else "cover-name" if form.type == "cover-name" else "",
        form.cert,
        form.tenure.begins if form.tenure else entry.begins,
        form.tenure.ends if form.tenure else entry.ends,
        form.tenure.place if form.tenure else "",
        initials if form.kind is Kind.BARE else "",
        comprises,
        form.nominative,
    )
    return "\t".join(fields)


def _unpacked(packed: str) -> Meaning:
    (
        kind, entry, identifier, case, words, eastern, own, type_, cert, begins, ends, place, initials, comprises,
        nominative,
    ) = packed.split("\t")  # fmt: skip
    return Meaning(
        kind=Kind(kind),
        reference=f"authorities/{FILES[entry]}#{identifier}",
        case=Case(case),
        words=int(words),
        is_eastern=bool(eastern),
        surface=own,
        type=type_,
        entry=entry,
        cert=cert,
        begins=begins,
        ends=ends,
        place=place,
        initials=frozenset(initials.split()),
        comprises=tuple(f"authorities/{FILES[entry]}#{one}" for one in comprises.split()),
        nominative=nominative,
    )


# Files


def authority_fingerprint(edition: Edition) -> str:
    """Return a hash over all that the index is made from."""
    return fingerprint_of(fingerprint("pipeline"), *authority_files(edition))


def make_index(edition: Edition, folder: Path | None = None, jobs: int = 1) -> tuple[Path | None, tuple[Problem, ...]]:
    """Make sure that the index of an edition lies in `build/.state/`; return its file and what is wrong with the lists.

    Long lists are shared out between `jobs` processes, 0 for all processors. There is no file where there are no
    entries. With `folder` the index is made there. Lists that have not changed are not read again: what is wrong with
    them is remembered beside the index.
    """
    file = (folder or edition.build / ".state") / f"names-{authority_fingerprint(edition)[:16]}.trie"
    if all(file.with_suffix(suffix).is_file() for suffix in _PARTS):
        return file, _told(file.with_suffix(".json"))
    authority = read_authority(edition)
    problems = (*authority.problems, *doubtful_forms(authority, edition))
    if not authority.entries:
        return None, problems
    for suffix in _PARTS:
        for old in file.parent.glob(f"names-*{suffix}"):
            old.unlink()
    trie, meanings = _tables(authority.entries, jobs)
    write_file(file.with_suffix(".json"), json.dumps([asdict(found) for found in problems]).encode())
    write_file(file.with_suffix(".meanings"), meanings)
    write_file(file, trie.tobytes())
    return file, problems


_PARTS = (".json", ".meanings", ".trie")
"""Endings of the three files: problems of the lists, what the keys stand for, the keys."""


def _told(file: Path) -> tuple[Problem, ...]:
    records = json.loads(file.read_bytes())
    return tuple(
        Problem(**{**record, "arguments": tuple(tuple(pair) for pair in record["arguments"])}) for record in records
    )


@functools.lru_cache(maxsize=2)
def read_index(file: Path) -> Index:
    """Return the index in a file, mapped into memory; each process reads it once."""
    trie = marisa_trie.Trie()
    trie.mmap(str(file))
    with file.with_suffix(".meanings").open("rb") as handle:
        return Index(trie, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ))


def doubtful_forms(authority: Authority, edition: Edition) -> Iterator[Problem]:
    """Yield a problem for each listed form that two entries have: neither is linked by it."""
    first: dict[tuple[str, str], Entry] = {}
    folder = f"{edition.name(edition.tei)}/authorities"
    for entry in authority.entries:
        for text in dict.fromkeys(name.text for name in entry.names if not name.cert):
            other = first.setdefault((entry.kind, surface(text)), entry)
            if other.id != entry.id:
                yield problem("A005", f"{folder}/{FILES[entry.kind]}", name=text, id=entry.id, other=other.id)

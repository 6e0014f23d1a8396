"""Turn what all documents name, abbreviate and cite into the lists and indexes of the volume, each in its order.

    entries.xsl (authorities, words) + facts.xsl (each document) → lists.json → xslt/print/lists.typ (pages, looks)

Which page a name stands on is known to the typesetter alone, which finds the marks of xslt/print/mentions.xsl. Names
are sorted here, since XSLT's home edition has no collations (`pipeline.alphabets`).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.alphabets import OTHERS, initial, sort_key
from pipeline.annotation.archives import Archive, archive_named
from pipeline.annotation.shelfmarks import KINDS as PARTS
from pipeline.edition import CORPUS
from pipeline.files import write_file
from pipeline.resources import resource
from pipeline.stylesheets import Value, stylesheet
from pipeline.tei import read_tei
from pipeline.typesetting.workshop import Workshop

INDEXES = ("persons", "places", "organisations")
"""The indexes, in the order of the volume."""

_VERSO = re.compile(r"(\d)\s?(?:ob|об)(?!\w)\.?")

Record = Mapping[str, Any]
"""An object of JSON: as `entries.xsl` and `facts.xsl` describe theirs, or as `lists.typ` reads it."""


def write_lists(workshop: Workshop, names: Sequence[str], authorities: tuple[Path, ...]) -> None:
    """Write `lists.json` from the authorities and from the facts of the documents with these names."""
    corpus, language = workshop.edition.corpus, workshop.facts.languages[0]
    parameters: dict[str, Value] = {"interface": language, "authorities": authorities}
    made = stylesheet(resource("xslt/print/entries.xsl")).transform(read_tei(corpus, CORPUS), parameters, corpus)
    facts = {name: json.loads(workshop.mentioned(name).read_bytes()) for name in names}
    lists = lists_of(json.loads(made), facts, language)
    write_file(workshop.lists, json.dumps(lists, ensure_ascii=False, indent=1).encode())


def lists_of(known: Record, facts: Mapping[str, Record], language: str) -> Record:
    """Return what `lists.typ` sets: words, persons, archives, abbreviations, indexes, concordance.

    `known` is what `entries.xsl` writes, `facts` what `facts.xsl` writes of each document, by the document's name.
    """
    written: dict[str, set[str]] = defaultdict(set)
    for document in facts.values():
        for key, *forms in document["named"]:
            written[key].update(forms)
    entries = [entry for entry in known["entries"] if entry["key"] in written]
    entries.sort(key=lambda entry: sort_key(entry["sort"], language))
    return {
        "words": known["words"],
        "persons": [_person(entry) for entry in entries if entry["kind"] == "persons"],
        "archives": archives(facts, language),
        "abbreviations": abbreviations(facts, entries, written, language),
        "indexes": {kind: index([e for e in entries if e["kind"] == kind], language) for kind in INDEXES},
        "concordance": concordance(facts, known["words"], language),
    }


def _person(entry: Record) -> Record:
    """Return a person with the forms of the name by kind: names, spellings, cover names."""
    forms = defaultdict(list)
    for form in entry["forms"]:
        forms[form["kind"]].append({"lang": form["lang"], "text": form["text"]})
    kept = ("key", "head", "lang", "life", "offices")
    return {**{name: entry[name] for name in kept}, "forms": [{"kind": kind, "texts": t} for kind, t in forms.items()]}


def index(entries: Sequence[Record], language: str) -> list[Record]:
    """Return the rows of an index, sorted: an entry under its main name, and from its other names references to it."""
    own = [_row(entry["sort"], entry, key=entry["key"]) for entry in entries]
    rows = [*own, *_references(entries, language)]
    return [
        row for _, row in sorted(((sort_key(row["sort"], language), row) for row in rows), key=lambda pair: pair[0])
    ]


def _row(sort: str, named: Record, **more: object) -> Record:
    text = named.get("text") or named["head"]
    return {"letter": initial(sort), "sort": sort, "text": text, "lang": named["lang"], **more}


def _references(entries: Sequence[Record], language: str) -> Iterator[Record]:
    """Yield a reference from each other name, with all entries that have it.

    A name that begins with the same word as one that leads there already would stand beside it and is left out; so are
    names in scripts without a short alphabet, which no reader looks up by letters, and forms that are not certain.
    """
    leading: dict[tuple[str, str], list[Record]] = defaultdict(list)
    names: dict[tuple[str, str], Record] = {}
    for entry in entries:
        first_words = {_first_word(entry["sort"], language)}
        for form in sorted(entry["forms"], key=lambda form: form["kind"] not in {"main", "cover-name"}):
            first = _first_word(form["sort"], language)
            if first in first_words or initial(form["sort"]) == OTHERS or form["doubtful"] == "true":
                continue
            first_words.add(first)
            name = (form["text"], form["kind"] if form["kind"] in {"cover-name", "japanese-era"} else "")
            names.setdefault(name, form)
            leading[name].append({"key": entry["key"], "text": entry["head"], "lang": entry["lang"]})
    for (text, kind), targets in leading.items():
        yield _row(names[text, kind]["sort"], names[text, kind], kind=kind, see=targets)


def _first_word(name: str, language: str) -> str:
    return next(iter(sort_key(name, language)[1].split()), "")


def archives(facts: Mapping[str, Record], language: str) -> list[Record]:
    """Return the archives that have documents: how each is cited here, and its full name where it is known."""
    cited: dict[str, set[str]] = defaultdict(set)
    places: dict[str, str] = {}
    for holding in _holdings(facts):
        short = _archive(holding["archive"], language)
        cited[short].add(holding["archive"])
        places.setdefault(short, holding["settlement"])
    rows: list[Record] = []
    for short in sorted(cited, key=lambda name: sort_key(name, language)):
        archive = archive_named(short)
        names = (*archive.abbreviation.values(), *cited[short]) if archive else cited[short]
        rows.append(
            {
                "short": short,
                "forms": sorted(set(names) - {short}, key=lambda name: sort_key(name, language)),
                "name": archive.name[language] if archive else "",
                "settlement": archive.settlement[language] if archive else places[short],
            }
        )
    return rows


def _holdings(facts: Mapping[str, Record]) -> Iterator[Record]:
    return (holding for document in facts.values() for holding in document["holdings"] if holding["archive"])


def _archive(name: str, language: str) -> str:
    """Return an archive's abbreviation in a language, or the name itself where it is not known."""
    archive: Archive | None = archive_named(name)
    return archive.abbreviation[language] if archive else name


def abbreviations(
    facts: Mapping[str, Record], entries: Iterable[Record], written: Mapping[str, set[str]], language: str
) -> list[Record]:
    """Return the abbreviations that stand in the documents, with what they are written out to.

    Those of bodies count where a document has them as a name. Capitals and the full stop make no other
    abbreviation: the form that comes most often stands for all.
    """
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    meanings: dict[str, Counter[str]] = defaultdict(Counter)
    pairs = [pair for document in facts.values() for pair in document["abbreviations"]]
    for entry in (entry for entry in entries if entry["kind"] == "organisations"):
        for form in entry["forms"]:
            if form["kind"] == "abbreviation" and form["text"] in written[entry["key"]]:
                pairs.append((form["text"], _whole(entry, form["lang"])))
    for short, long in pairs:
        if short and long:
            forms[_folded(short)][short] += 1
            meanings[_folded(short)][long] += 1
    rows: list[Record] = [{"short": _usual(forms[key]), "long": _meanings(meanings[key])} for key in forms]
    return sorted(rows, key=lambda row: sort_key(row["short"], language))


def _folded(short: str) -> str:
    return short.rstrip(".").casefold()


def _usual(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))


def _meanings(found: Counter[str]) -> list[str]:
    """Return what an abbreviation is written out to, the most frequent first; capitals make no other meaning."""
    by_letters: dict[str, Counter[str]] = defaultdict(Counter)
    for meaning, count in found.items():
        by_letters[meaning.casefold()][meaning] += count
    order = sorted(by_letters, key=lambda letters: (-by_letters[letters].total(), letters))
    return [_usual(by_letters[letters]) for letters in order]


def _whole(entry: Record, lang: str) -> str:
    """Return the main name of an entry in a language, else what the volume calls it."""
    mains = [form["text"] for form in entry["forms"] if form["kind"] == "main" and form["lang"] == lang]
    return mains[0] if mains and entry["lang"] != lang else str(entry["head"])


def concordance(facts: Mapping[str, Record], words: Mapping[str, str], language: str) -> list[Record]:
    """Return for each archive the shelfmarks in the order of their numbers: by file, in it the leaves with documents.

    The same shelfmark cited in two styles is one row, since the parts' normal forms are compared. A shelfmark that is
    not divided into parts stands as it is, in the place of the leaves.
    """
    found: dict[str, dict[tuple[str, ...], Mapping[str, str]]] = defaultdict(dict)
    for name, document in sorted(facts.items()):
        for holding in document["holdings"]:
            archive = _archive(holding["archive"] or holding["settlement"], language)
            cells = {**_cells(holding), "document": name}
            found[archive].setdefault(tuple(cells.values()), cells)
    return [
        {"archive": archive, "files": _files(sorted(found[archive].values(), key=_numbers), words)}
        for archive in sorted(found, key=lambda name: sort_key(name, language))
    ]


def _files(rows: Iterable[Mapping[str, str]], words: Mapping[str, str]) -> list[Record]:
    """Return sorted rows by all parts but the leaves."""
    return [
        {"file": file, "rows": [{"leaves": _leaves(row, words), "document": row["document"]} for row in group]}
        for file, group in groupby(rows, key=lambda row: _file(row, words))
    ]


def _leaves(row: Mapping[str, str], words: Mapping[str, str]) -> str:
    return row.get("shelfmark") or _part("list", row, words)


def _file(row: Mapping[str, str], words: Mapping[str, str]) -> str:
    return words["between-parts"].join(_part(kind, row, words) for kind in PARTS if kind in row and kind != "list")


def _part(kind: str, row: Mapping[str, str], words: Mapping[str, str]) -> str:
    """Return a part of a shelfmark as it is printed: `ll. 65–67`, `l. 85 ob.`; nothing where there is none."""
    if kind not in row:
        return ""
    several = "s" if kind == "list" and re.search(r"[-–,; ]", row[kind]) else ""
    number = _VERSO.sub(f"\\1\u00a0{words['part-verso']}", row[kind])
    return f"{words[f'part-{kind}{several}']}\u00a0{number.replace('-', '–')}"


def _cells(holding: Record) -> dict[str, str]:
    """Return the parts of a shelfmark by kind; one that is not divided is whole."""
    cells: dict[str, str] = {}
    for kind, number in holding["parts"]:
        if kind in PARTS:
            cells[kind] = f"{cells[kind]}, {number}" if kind in cells else number
    return cells or {"shelfmark": holding["shelfmark"]}


def _numbers(row: Mapping[str, str]) -> tuple[object, ...]:
    """Return what a row sorts by: each part by its numbers as numbers."""
    return (*(_natural(row.get(kind, "")) for kind in (*PARTS, "shelfmark")), row["document"])


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.findall(r"\d+|\D+", text))

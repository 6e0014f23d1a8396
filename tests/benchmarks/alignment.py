"""Turn the alignment of many documents, and of long ones, into figures: `python -m tests.benchmarks.alignment FOLDER`.

The documents are those of an edition; they are read and linked anew in this process. The long texts are invented: each
sentence shares a few names and numbers with its counterpart, and one in fifty has none.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from pathlib import Path

from lxml import etree

from pipeline.alignment import align
from pipeline.alignment.units import Unit, number_anchors, pairs_of, read_units
from pipeline.edition import Edition
from pipeline.tei import read_tei
from tests.benchmarks.stage import megabytes

LONG = (5_000, 20_000)
"""Sentences of the long texts: time should grow as they do."""

SYLLABLES = "ka lo mi ran tes vo dur bel shi on gar pet uli".split()


def main(root: Path) -> None:
    trees = [read_tei(path).getroot() for path in Edition(root).documents()]
    begin = time.perf_counter()
    for tree in trees:
        _align_document(tree)
    seconds = time.perf_counter() - begin
    _show("align, one by one", len(trees), "documents", seconds)
    for sentences in LONG:
        sides = long_text(sentences)
        begin = time.perf_counter()
        align(*sides)
        _show("align one document", sentences, "sentences", time.perf_counter() - begin)


def _align_document(tree: etree._Element) -> None:
    for original, translation in pairs_of(tree):
        align(read_units(original), read_units(translation))


def _show(label: str, count: int, unit: str, seconds: float) -> None:
    rate = count / seconds if seconds else 0
    memory = megabytes(resource.RUSAGE_SELF)
    print(f"{label:26}{count:10} {unit:10}{seconds:8.2f} s{rate:8.0f}/s{memory:9.0f} MB", flush=True)


def long_text(sentences: int, seed: int = 1) -> tuple[list[Unit], list[Unit]]:
    """Return an invented text of so many sentences, and its invented translation."""
    chance = random.Random(seed)
    words = ["".join(chance.choices(SYLLABLES, k=chance.randrange(2, 4))) for _ in range(4000)]
    names = [word.capitalize() for word in words[:600]]
    originals, translations = [], []
    for _ in range(sentences):
        length = chance.randrange(6, 24)
        shared = chance.choices(names, k=chance.randrange(3))
        shared += [str(chance.randrange(1, 300))] if chance.random() < 0.3 else []
        originals.append(" ".join([*chance.choices(words, k=length), *shared]))
        if chance.random() >= 0.02:
            foreign = [word[::-1] for word in chance.choices(words, k=length + length // 10)]
            translations.append(" ".join([*foreign, *shared]))
    return _units("o", originals), _units("t", translations)


def _units(first: str, texts: list[str]) -> list[Unit]:
    return [
        Unit(f"{first}{number}", "en", text, tuple(number_anchors(text, "en"))) for number, text in enumerate(texts)
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

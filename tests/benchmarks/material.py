"""Turn the few seeds into as many as a benchmark wants, each with its own text and its own record number."""

from __future__ import annotations

import itertools
import random
import re
import shutil
from pathlib import Path

LONG_LINE = 160
"""Characters; a longer line is a paragraph of running text, a shorter one an address, a stamp, a label."""

RECORD = re.compile(r"(?P<label>/document/|Record ID\s+)(?P<number>\d+)")
SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-ZА-ЯЁ])")


def make_edition(root: Path, source: Path, documents: int) -> None:
    """Make an edition below `root` with so many seeds, its shared files those of the edition in `source`."""
    (root / "tei").mkdir(parents=True)
    shutil.copy(source / "tei" / "corpus.xml", root / "tei")
    if (authorities := source / "tei" / "authorities").is_dir():
        shutil.copytree(authorities, root / "tei" / "authorities")
    (root / "seeds").mkdir()
    seeds = sorted((source / "seeds").iterdir())
    for number, seed in zip(range(documents), itertools.cycle(seeds), strict=False):
        text = seed.read_text(encoding="utf-8")
        varied = vary(text, number) if number >= len(seeds) else text
        (root / "seeds" / f"{number:05}_{seed.name}").write_text(varied, encoding="utf-8", newline="")


def vary(text: str, number: int) -> str:
    """Return a capture with the record number moved and the sentences of each long paragraph in another order.

    What surrounds the running text stays, so that a varied seed is still read as its format.
    """
    order = random.Random(number)
    text = RECORD.sub(lambda found: f"{found['label']}{int(found['number']) + 1_000_000 * number}", text)
    return "".join(_vary_line(line, order, number) for line in text.splitlines(keepends=True))


def _vary_line(line: str, order: random.Random, number: int) -> str:
    if len(line) < LONG_LINE:
        return line
    ending = line[len(line.rstrip()) :]
    first, *rest = SENTENCE_END.split(line.rstrip())
    order.shuffle(rest)
    return " ".join([first, *rest, f"N {number}."]) + ending

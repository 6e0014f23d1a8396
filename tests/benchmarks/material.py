"""Turn the few seeds into as many as a benchmark wants, each with its own text and its own record number."""

from __future__ import annotations

import itertools
import random
import re
import shutil
from pathlib import Path

from pipeline.authorities.transliteration import latin_of_cyrillic

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


SYLLABLES = ("ба", "ве", "го", "ди", "жу", "за", "ки", "ло", "ма", "не", "по", "ра", "си", "ту", "фе", "ха", "чи", "шу")


def add_names(root: Path, count: int) -> None:
    """Add so many invented persons to an edition's list, each with a Russian and an English name."""
    file = root / "tei" / "authorities" / "persons.xml"
    order = random.Random(count)
    entries = "".join(_invented(number, order) for number in range(count))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("</listPerson>", f"{entries}</listPerson>"), encoding="utf-8", newline="")


def _invented(number: int, order: random.Random) -> str:
    def word(length: int) -> str:
        return "".join(order.choice(SYLLABLES) for _ in range(length)).capitalize()

    surname, forename = f"{word(3)}нов", f"{word(2)}н"
    latin = latin_of_cyrillic(surname), latin_of_cyrillic(forename)
    russian = f'<persName xml:lang="ru">{surname}, {forename}</persName>'
    names = f'{russian}<persName xml:lang="en">{", ".join(latin)}</persName>'
    return f'<person xml:id="invented-{number}">{names}</person>'

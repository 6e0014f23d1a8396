"""Turn the few documents of an edition into as many as a website may have, with people, days, shelfmarks of their own.

The documents of `tei/` are repeated; each copy has another id, another day between 1945 and 1964, other leaves, and
for every person a person invented for it (`material.add_names`), some of whom are named far more often than others, as
in any correspondence. Sentences stand in another order. Nothing of this is a historical fact, and no copy is published.
"""

from __future__ import annotations

import itertools
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.material import add_names

PERSONS_OF_TEN = 3
"""Persons in the list for each ten documents."""

YEARS = range(1945, 1965)
DAY = re.compile(r'(?P<name> (?:when|when-iso|notBefore|notAfter|from|to))="19\d\d-\d\d-\d\d')
PERSON = re.compile(r'ref="authorities/persons\.xml#(?P<id>[^"]+)"')
LEAF = re.compile(r'(?P<start><idno type="(?:delo|list)" n=")\d+"')
SENTENCE = re.compile(r"(?<=>)[^<]{40,}(?=</s>)")


def make_spread(root: Path, source: Path, documents: int) -> None:
    """Make an edition below `root` with so many documents, its shared files those of the edition in `source`."""
    (root / "tei").mkdir(parents=True)
    shutil.copy(source / "tei" / "corpus.xml", root / "tei")
    shutil.copytree(source / "tei" / "authorities", root / "tei" / "authorities")
    persons = max(10, documents * PERSONS_OF_TEN // 10)
    add_names(root, persons)
    models = sorted(path for path in (source / "tei").glob("*.xml") if path.name != "corpus.xml")
    texts = [(path.stem, path.read_text(encoding="utf-8")) for path in models]
    for number, (name, text) in zip(range(documents), itertools.cycle(texts), strict=False):
        own = f"n{number:05}-{name}"
        copy = _spread(text.replace(f'xml:id="{name}"', f'xml:id="{own}"'), random.Random(number), persons)
        (root / "tei" / f"{own}.xml").write_text(copy, encoding="utf-8", newline="")


def _spread(text: str, order: random.Random, persons: int) -> str:
    """Return a document with another day, other leaves, other people, and its sentences in another order."""
    day = f"{order.choice(YEARS)}-{order.randrange(1, 13):02}-{order.randrange(1, 29):02}"
    invented: dict[str, str] = {}

    def person(found: re.Match[str]) -> str:
        one = invented.setdefault(found["id"], f"invented-{_often(order, persons)}")
        return f'ref="authorities/persons.xml#{one}"'

    text = DAY.sub(lambda found: f'{found["name"]}="{day}', text)
    text = LEAF.sub(lambda found: f'{found["start"]}{order.randrange(1, 900)}"', text)
    text = PERSON.sub(person, text)
    sentences = SENTENCE.findall(text)
    order.shuffle(sentences)
    return SENTENCE.sub(_each(iter(sentences).__next__), text)


def _often(order: random.Random, persons: int) -> int:
    """Return the number of a person: the first are named often, most of them seldom (Zipf's law, as names are)."""
    return min(persons - 1, int(order.paretovariate(0.6)) - 1)


def _each(following: Callable[[], str]) -> Callable[[re.Match[str]], str]:
    return lambda _: following()

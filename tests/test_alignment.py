"""Links between languages: numbers and sounds in pairs, the gold of the seeds, and what holds for any two texts.

The gold was made by reading the seeds before anything was aligned: `cases/alignment/<seed>/gold.txt`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from pipeline.alignment import align
from pipeline.alignment.links import Link, link_group, read_links
from pipeline.alignment.sounds import sound_of, sounds_of
from pipeline.alignment.units import Anchor, Unit, number_anchors, pairs_of, read_units
from pipeline.conversion import convert_seed
from pipeline.edition import Edition, Facts, read_facts
from pipeline.tei import TEI

CLONE = Path(__file__).resolve().parent.parent
SEEDS = sorted((CLONE / "seeds").iterdir())
PAIRS = CLONE / "tests" / "pairs" / "numbers.txt"

Sides = tuple[list[Unit], list[Unit]]
Pair = tuple[tuple[str, ...], tuple[str, ...]]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return read_facts(Edition(CLONE))


def converted(path: Path, facts: Facts) -> etree._Element:
    return etree.fromstring(convert_seed(path, Edition(CLONE), facts).captures[0].content)


@pytest.fixture(scope="module")
def seeds(facts: Facts) -> dict[str, Sides]:
    """The units of every seed."""
    found = {}
    for path in SEEDS:
        ((original, translation),) = pairs_of(converted(path, facts))
        found[path.stem] = (read_units(original), read_units(translation))
    return found


def gold(name: str) -> tuple[set[Pair], set[str]]:
    """Return the links that were made by reading, and the units that are not judged."""
    text = (CLONE / "tests" / "cases" / "alignment" / name / "gold.txt").read_text(encoding="utf-8")
    pairs: set[Pair] = set()
    free: set[str] = set()
    for line in text.partition("\n\n")[2].splitlines():
        if line.startswith("~"):
            free |= set(line[1:].split())
            continue
        ours, _, theirs = line.partition("    #")[0].partition("=")
        pairs.add((tuple(ours.split()), tuple(theirs.split())))
    return pairs, free


def linked(sides: Sides, free: set[str]) -> dict[Pair, str]:
    """Return the links between two texts by the identifiers of their units, with their certainty."""
    found = {}
    for link in align(*sides):
        pair = tuple(
            tuple(units[place].id for place in places if units[place].id not in free)
            for units, places in zip(sides, (link.originals, link.translations), strict=True)
        )
        found[pair[0], pair[1]] = link.certainty
    found.pop(((), ()), None)
    return found


# Against the gold


def test_the_177_links_of_the_seeds_are_right(seeds: dict[str, Sides]) -> None:
    right = total = 0
    for name, sides in seeds.items():
        pairs, free = gold(name)
        right += len(pairs & set(linked(sides, free)))
        total += len(pairs)
    assert total == 177
    assert right == total


def test_a_link_of_high_certainty_is_hardly_ever_wrong(seeds: dict[str, Sides]) -> None:
    wrong = sure = 0
    for name, sides in seeds.items():
        pairs, free = gold(name)
        high = [pair for pair, certainty in linked(sides, free).items() if certainty == "high"]
        sure += len(high)
        wrong += len([pair for pair in high if pair not in pairs])
    assert sure > 100
    assert wrong <= sure * 0.02


def test_the_list_of_copies_at_the_foot_is_linked_with_the_line_at_the_head(seeds: dict[str, Sides]) -> None:
    (name,) = [name for name in seeds if name.startswith("001")]
    pairs, free = gold(name)
    (copies,) = [pair for pair in pairs if len(pair[0]) == 8]
    assert copies in linked(seeds[name], free)


@pytest.mark.parametrize("seed", range(4))
def test_sentences_left_out_of_a_translation_hardly_disturb_the_rest(seeds: dict[str, Sides], seed: int) -> None:
    chance = random.Random(seed)
    right = total = 0
    for name, (ours, theirs) in seeds.items():
        pairs, free = gold(name)
        left_out = {unit.id for unit in theirs if unit.is_running and chance.random() < 0.15}
        expected = {(own, tuple(one for one in other if one not in left_out)) for own, other in pairs}
        expected = {pair for pair in expected if pair != ((), ())}
        found = set(linked((ours, [unit for unit in theirs if unit.id not in left_out]), free))
        right += len(expected & found)
        total += len(expected)
    assert right >= 0.9 * total


# What holds for any texts

WORDS = (
    "Stalin sent five divisions to Korea on the second day 3000 men 38 Zhou Enlai replied that mines were laid".split()
)
texts = some.lists(some.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
kinds = some.sampled_from(["p", "item", "cell", "dateline", "seg:copy", "addrLine", "head"])


@some.composite
def any_units(draw: some.DrawFn) -> list[Unit]:
    parts = draw(some.lists(some.tuples(texts, kinds, some.sampled_from(["", "1"])), max_size=12))
    return [
        Unit(
            f"s{number}",
            "en",
            text,
            tuple(number_anchors(text, "en")),
            kind,
            message,
        )
        for number, (text, kind, message) in enumerate(parts)
    ]


@settings(deadline=None)
@given(any_units(), any_units())
def test_law_every_unit_stands_in_exactly_one_link(ours: list[Unit], theirs: list[Unit]) -> None:
    links = align(ours, theirs)
    assert sorted(place for link in links for place in link.originals) == list(range(len(ours)))
    assert sorted(place for link in links for place in link.translations) == list(range(len(theirs)))
    assert links == align(ours, theirs)


@settings(deadline=None)
@given(any_units())
def test_law_a_text_is_linked_with_itself_unit_by_unit(units: list[Unit]) -> None:
    told_apart = [unit for number, unit in enumerate(units) if unit.text not in {one.text for one in units[:number]}]
    assert [(one.originals, one.translations) for one in align(told_apart, told_apart)] == [
        ((place,), (place,)) for place in range(len(told_apart))
    ]


def test_a_text_of_a_thousand_sentences_with_one_chapter_left_out_is_linked_to_its_end() -> None:
    chance = random.Random(7)
    names = "Aldenov Berisin Korvat Demurin Estaf Forkel Gromin Hastur Ilvan Jurek Kelmos Lodan Mirtev Nevsk".split()
    ours = [
        f"On day {number} {chance.choice(names)} met {chance.choice(names)} and counted {chance.randrange(9999)} men."
        for number in range(1000)
    ]
    sides = [
        [Unit(f"s{n}", "en", text, tuple(number_anchors(text, "en"))) for n, text in kept]
        for kept in (enumerate(ours), ((n, text) for n, text in enumerate(ours) if not 400 <= n < 430))
    ]
    links = align(sides[0], sides[1])
    same = [link for link in links if link.translations and link.originals]
    right = [one for one in same if sides[0][one.originals[0]].id == sides[1][one.translations[0]].id]
    assert len(same) >= 960
    assert len(same) - len(right) <= 2


def test_two_texts_of_which_one_is_empty_have_no_counterparts() -> None:
    (link,) = align([Unit("s1", "ru", "Жду ответа.")], [])
    assert (link.originals, link.translations) == ((0,), ())
    assert align([], []) == []


# Numbers and sounds


def blocks() -> Iterator[tuple[str, str, str]]:
    _, *found = PAIRS.read_text(encoding="utf-8").strip().split("\n\n")
    for block in found:
        title, text, numbers = block.splitlines()
        yield title, text, numbers


@pytest.mark.parametrize(("title", "text", "expected"), [pytest.param(*block, id=block[0]) for block in blocks()])
def test_numbers_are_read_as_the_pair_says(title: str, text: str, expected: str) -> None:
    found = number_anchors(text, title.rpartition(" | ")[2])
    assert " ".join(f"{one.value}{'' if one.is_sure else '?'}" for one in found) == expected.replace("none", "")


@given(some.text(max_size=60), some.sampled_from(["ru", "en", "xx"]))
def test_law_a_number_is_a_stretch_of_the_text(text: str, language: str) -> None:
    for one in number_anchors(text, language):
        assert one.written in text
        float(one.value)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Цзэдун", "Zedong"),
        ("Эньлай", "Enlai"),
        ("Штыков", "Shtykov"),
        ("Харриман", "Harriman"),
        ("Хрущев", "Khrushchev"),
    ],
)
def test_a_name_sounds_alike_in_two_alphabets(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other) != ""


def test_a_word_in_unknown_letters_has_no_sound() -> None:
    assert sounds_of("金日成 김일성") == set()


# In TEI

FOREIGN = f"""<TEI xmlns="{TEI}"><teiHeader/><text><body>
<div type="original" xml:lang="ru" xml:id="o"><head xml:id="h1">Записка</head>
<p xml:id="a">Прошу послать 5000 человек.<note resp="#editor">Наше примечание о 9 томах.</note></p>
<p xml:id="b">Мы <choice><sic>жедм</sic><corr>ждем</corr></choice> промежуточ<pc force="weak">-</pc> <fw>Лист 4</fw>
<pb n="4"/> ных ответов.</p></div>
<div type="translation" xml:lang="en" xml:id="t"><head xml:id="h2">Note</head>
<p xml:id="c"><s xml:id="c1">I ask you to send 5,000 men.</s></p><p xml:id="d">We await interim replies.</p></div>
</body></text></TEI>"""


def test_units_are_read_from_anybodys_tei() -> None:
    ((original, translation),) = pairs_of(etree.fromstring(FOREIGN))
    ours, theirs = read_units(original), read_units(translation)
    assert [unit.id for unit in ours] == ["h1", "a", "b"]
    assert [unit.id for unit in theirs] == ["h2", "c1", "d"]
    assert ours[1].anchors == (Anchor("number", "5000", "5000"),)
    assert ours[1].text == "Прошу послать 5000 человек."
    assert ours[2].text == "Мы жедм промежуточных ответов."
    assert [(one.originals, one.translations) for one in align(ours, theirs)] == [((n,), (n,)) for n in range(3)]


def test_a_sentence_in_pieces_is_one_unit() -> None:
    text = (
        f'<div xmlns="{TEI}" xml:lang="en"><p><s xml:id="s1" part="I" next="#s2">Of 5 men,</s></p>'
        '<p><s xml:id="s2" part="F" prev="#s1">two came.</s> <s xml:id="s3">So it was.</s></p></div>'
    )
    first, second = read_units(etree.fromstring(text))
    assert (first.id, first.text, second.id) == ("s1", "Of 5 men, two came.", "s3")
    assert [anchor.value for anchor in first.anchors] == ["5", "2"]


def test_links_that_stand_in_a_document_are_read_as_they_were_written() -> None:
    root = etree.fromstring(FOREIGN)
    ((original, translation),) = pairs_of(root)
    ours, theirs = read_units(original), read_units(translation)
    links = [Link((0,), (0,), "high"), Link((1, 2), (1,), "low"), Link((), (2,), "medium")]
    apart = etree.SubElement(root, f"{{{TEI}}}standOff")
    apart.append(link_group(links, ours, theirs, ("o", "t")))
    assert read_links(root, (original, translation), (ours, theirs)) == links


def test_a_converted_document_links_each_sentence_of_both_languages(facts: Facts) -> None:
    root = converted(SEEDS[0], facts)
    ((original, translation),) = pairs_of(root)
    sides = (read_units(original), read_units(translation))
    links = read_links(root, (original, translation), sides)
    assert sorted(place for link in links for place in link.originals) == list(range(len(sides[0])))
    assert {link.certainty for link in links} <= {"high", "medium", "low"}

"""What original and translation disagree about: the seeds, and small invented documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline.authorities.entries import Entry, Name
from pipeline.authorities.index import build_index, make_index, read_index
from pipeline.comparison import SUBTYPES, compare, compare_document
from pipeline.conversion import convert_seed
from pipeline.edition import Edition, read_facts
from pipeline.problems import Problem, as_text, problem_texts
from pipeline.tei import TEI

CLONE = Path(__file__).resolve().parent.parent
SEEDS = sorted((CLONE / "seeds").iterdir())
GOLDEN = CLONE / "tests" / "cases" / "comparison" / "seeds.txt"


@pytest.fixture(scope="module")
def of_seeds() -> list[Problem]:
    """What the languages of the seeds disagree about, as they are converted."""
    edition = Edition(CLONE)
    facts, names = read_facts(edition), make_index(edition)[0]
    index = read_index(names) if names else None
    return [
        found
        for path in SEEDS
        for capture in convert_seed(path, edition, facts, names).captures
        for found in sorted(compare_document(etree.fromstring(capture.content), path.name[:3], index))
    ]


def document(original: str, translation: str, apart: str = "") -> etree._Element:
    """Return an invented document in two languages."""
    return etree.fromstring(
        f'<TEI xmlns="{TEI}"><teiHeader/><standOff>{apart}<note type="exception"/></standOff><text><body>'
        f'<div type="original" xml:lang="ru" xml:id="ru">{original}</div>'
        f'<div type="translation" xml:lang="en" xml:id="en">{translation}</div></body></text></TEI>'
    )


def sentences(first: str, *texts: str) -> str:
    return "<p>" + " ".join(f'<s xml:id="{first}{number}">{text}</s>' for number, text in enumerate(texts)) + "</p>"


def found_in(original: str, translation: str, apart: str = "") -> list[str]:
    """Return codes and what differs, of one sentence in two languages."""
    root = document(sentences("o", original), sentences("t", translation), apart)
    found = [(one.code, dict(one.arguments)) for one in compare_document(root, "invented.xml")]
    return [f"{code} {told.get('original', '')} / {told.get('translation', '')}" for code, told in found]


def test_the_seeds_disagree_where_their_golden_list_says(of_seeds: list[Problem], save_golden: bool) -> None:
    told = "".join(f"{one.file} {one.severity} {one.code} {one.message()}\n" for one in of_seeds)
    if save_golden:
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("seed", "code", "part"),
    [
        ("000", "L007", "original или"),
        ("001", "L001", "25199"),
        ("001", "L003", "12:15"),
        ("004", "L002", "19 янв 1951 г. 27 1"),
        ("004", "L012", "15994"),
        ("004", "L013", "1951-01-27"),
        ("004", "L005", "ПЕНЗАН"),
        ("000", "L016", "Mao and Zhou Enlai"),
    ],
)
def test_a_known_disagreement_of_a_seed_is_reported(of_seeds: list[Problem], seed: str, code: str, part: str) -> None:
    assert [one for one in of_seeds if one.file == seed and one.code == code and part in one.message()]


@pytest.mark.parametrize(
    ("original", "translation"),
    [
        ("Китайские войска стоят у границы.", "The troops of China stand at the border."),
        ("Мы можем послать две дивизии.", "We may send two divisions."),
        ("Во-первых, первая армия слаба.", "To begin with, the 1 army is weak."),
        ("Нужно считать путь открытым.", "One needs to consider the way open."),
        ("Имеется 3-4-5000 человек и 200.000 мин.", "There are 3,000-4,000-5,000 men and 200,000 mines."),
        ("Обучить в течение двух-трех месяцев.", "Train for two or three months."),
        ("Он прибыл 1 октября 1950 г.", 'He came on <date when="1950-10-01">1 October 1950</date>.'),
        ("Прошу КИМ ИР-СЕНА ответить ФИЛИППОВУ сегодня.", "I ask KIM IL SUNG to answer FILIPPOV today."),
        ("Взяты 25 тыс. человек.", "Twenty-five thousand men were taken."),
        ("Войска 38-й армии.", "Troops of the 38th army."),
        ("Ждем ответа от 2 армии.", 'We await the answer of the 2 <gloss type="number">[Second, of 40]</gloss> army.'),
        (
            'Это сделает <orgName type="military">39 корпуса</orgName>.',
            'The <orgName type="military">39th corps</orgName> will do it.',
        ),
        (
            '<measure quantity="200000" unit="piece">200 тысяч мин</measure> отправлены.',
            '<measure quantity="200000" unit="piece">200,000 mines</measure> were sent.',
        ),
        (
            'Пишет <persName ref="p.xml#stalin">ФИЛИППОВ</persName>.',
            '<persName ref="p.xml#stalin">Stalin</persName> writes.',
        ),
        (
            "Пишет <persName>Крымов</persName>.",
            '<persName ref="p.xml#krymov">Krymov</persName> writes.',
        ),
        (
            'В <placeName ref="l.xml#korea">Корее</placeName> спокойно.',
            '<persName ref="p.xml#kim">Kim</persName> says that it is calm.',
        ),
    ],
)
def test_what_only_seems_to_differ_is_not_reported(original: str, translation: str) -> None:
    assert found_in(original, translation) == []


@pytest.mark.parametrize(
    ("original", "translation", "expected"),
    [
        ("Посланы пять дивизий.", "Six divisions were sent.", "L001 пять / Six"),
        ("Телеграмма № 3305 получена.", "The telegram was received.", "L001 3305 / —"),
        (
            'Он прибыл <date when="1950-10-01">1 октября</date>.',
            'He came on <date when="1950-10-02">2 October</date>.',
            "L002 1 октября / 2 October",
        ),
        (
            '<persName ref="p.xml#stalin">Сталин</persName> прибыл.',
            '<persName ref="p.xml#mao">Mao</persName> came.',
            "L004 Сталин / Mao",
        ),
        ("Передайте Мао или Чжоу.", "Hand this to Mao and Zhou.", "L007 или / —"),
        (
            '<orgName type="military">39 корпус</orgName> выступил.',
            'The <orgName type="military">38th corps</orgName> moved.',
            "L014 39 корпус / 38th corps",
        ),
        (
            "Бригада стоит в <placeName>ПЕНЗАН</placeName>.",
            'The brigade stands in <placeName ref="l.xml#wonsan">GENZAN</placeName>.',
            "L005 ПЕНЗАН / GENZAN",
        ),
        ("Бригада стоит в ПЕНЗАН.", "The brigade stands in GENZAN.", "L005 ПЕНЗАН / GENZAN"),
    ],
)
def test_what_differs_is_reported(original: str, translation: str, expected: str) -> None:
    assert found_in(original, translation) == [expected]


@pytest.mark.parametrize(("subtype", "is_reported"), [("number", False), ("date", True)])
def test_what_an_editor_has_settled_is_not_reported_again(subtype: str, is_reported: bool) -> None:
    note = f'<note type="discrepancy" subtype="{subtype}" target="#o0 #t0" resp="#editor"><p>So it is.</p></note>'
    assert bool(found_in("Посланы пять дивизий.", "Six divisions were sent.", note)) is is_reported


PERSONS = [
    Entry("person", name.lower(), (Name(f"{given} {name}", "en", surname=name, forename=given),))
    for name, given in (("Aldenov", "Ivan"), ("Berisin", "Pavel"))
]


def summarised(summary: str, text: str) -> list[str]:
    """Return what is said of an invented summary and an invented text in English and Russian."""
    root = document(sentences("o", "Мы ждем."), sentences("t", text))
    header = root[0]
    header.append(
        etree.fromstring(
            f'<profileDesc xmlns="{TEI}"><abstract xml:lang="en"><p>{summary}</p></abstract></profileDesc>'
        )
    )
    found = compare_document(root, "invented.xml", build_index(PERSONS))
    return [one.message() for one in found if one.code in {"L015", "L016"}]


ALDENOV, BERISIN = (
    f'<persName ref="authorities/persons.xml#{name.lower()}">{name}</persName>' for name in ("Aldenov", "Berisin")
)


@pytest.mark.parametrize(
    ("summary", "text", "expected"),
    [
        ("Five divisions are asked for.", "We ask for 5 divisions.", ""),
        ("Six divisions are asked for.", "We ask for 5 divisions.", "not: Six"),
        ("A visit on 3 May 1950.", 'He came on <date when="1950-05-03">3.5.50</date>.', ""),
        ("A visit on 4 May 1950.", 'He came on <date when="1950-05-03">3.5.50</date>.', "not: 4 May 1950"),
        ("Ivan Aldenov is ill.", f"{ALDENOV} is ill.", ""),
        ("Ivan Aldenov is ill.", f"{BERISIN} is ill.", "not: Ivan Aldenov"),
        ("Ivan Aldenov is ill.", "Aldenov's house burnt.", ""),
        ("To Aldenov and Berisin.", f"To {BERISIN} or {ALDENOV}.", "“Berisin or Aldenov”"),
        ("To Aldenov or Berisin.", f"To {BERISIN} or {ALDENOV}.", ""),
        ("To Aldenov and Berisin.", f"To {BERISIN} and {ALDENOV}.", ""),
    ],
)
def test_a_summary_says_nothing_that_the_text_does_not(summary: str, text: str, expected: str) -> None:
    found = summarised(summary, text)
    assert len(found) == bool(expected)
    assert all(expected in one for one in found)


ITEMS = "".join(f"<item><s>No. {number} {name}</s></item>" for number, name in enumerate("ABCDEFGH", start=1))


@pytest.mark.parametrize(
    ("named", "said", "expected"),
    [
        (f'<list type="distribution">{ITEMS}</list>', "Typed in 10 copies, 9-10 - to file", []),
        (f'<list type="distribution">{ITEMS}</list>', "Typed in 12 copies, 9-10 - to file", ["12 8 2"]),
        ("", "Typed in 12 copies, 9-10 - to file", []),
        (f'<list type="distribution">{ITEMS}</list>', "Typed in 12 copies", []),
    ],
)
def test_copies_named_and_filed_are_those_that_were_typed(named: str, said: str, expected: list[str]) -> None:
    root = document(sentences("o", "Мы ждем."), f'{named}<ab type="processing"><s xml:id="t0">{said}</s></ab>')
    found = [dict(one.arguments) for one in compare_document(root, "invented.xml") if one.code == "L017"]
    assert [f"{told['typed']} {told['named']} {told['filed']}" for told in found] == expected


def test_a_sentence_left_out_and_one_added_are_reported() -> None:
    apart = (
        '<linkGrp type="translation" domains="#ru #en"><link target="#o0 #t0"/>'
        '<ptr type="no-counterpart" target="#o1"/><ptr type="no-counterpart" target="#t1"/></linkGrp>'
    )
    root = document(sentences("o", "Мы ждем.", "Это тайна."), sentences("t", "We wait.", "Nobody knows."), apart)
    assert [(one.code, dict(one.arguments)["passage"]) for one in compare_document(root, "invented.xml")] == [
        ("L008", "Это тайна."),
        ("L009", "Nobody knows."),
    ]


def test_the_links_of_an_editor_are_followed() -> None:
    apart = (
        '<linkGrp type="translation" domains="#ru #en"><link target="#o0 #t1" resp="#editor"/>'
        '<link target="#o1 #t0" resp="#editor"/></linkGrp>'
    )
    root = document(
        sentences("o", "Посланы 5 дивизий.", "Взяты 9 орудий."), sentences("t", "9 guns.", "5 divisions."), apart
    )
    assert list(compare_document(root, "invented.xml")) == []


def test_every_finding_has_a_kind_by_which_it_can_be_settled() -> None:
    assert set(SUBTYPES) == {code for code in problem_texts() if code.startswith("L")}


def test_the_edition_can_be_compared(tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    file = tmp_path / "tei" / "d1950-invented.xml"
    root = document(sentences("o", "Посланы пять дивизий."), sentences("t", "Six divisions were sent."))
    file.write_bytes(etree.tostring(root, encoding="UTF-8"))
    (tmp_path / "tei" / "broken.xml").write_text("<TEI", encoding="utf-8")
    outcome = compare(Edition(tmp_path), 1)
    assert [one.code for one in outcome.problems] == ["L001"]
    assert "tei/d1950-invented.xml:1:" in as_text(outcome.problems[0])

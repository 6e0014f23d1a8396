"""Turn what review promises into tests: what waits is listed, what is decided stands, and nothing else changes.

All documents written out here are invented; the seeds are the edition's own.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cli import despatch
from pipeline.comparison import find_discrepancies
from pipeline.conversion import convert
from pipeline.edition import Edition
from pipeline.founding import found_edition
from pipeline.problems import Outcome, Severity
from pipeline.reconciliation import read_known
from pipeline.relaxng.validity import is_valid
from pipeline.review import (
    Group,
    Matter,
    Row,
    count_decisions,
    count_waiting,
    decide,
    gathered,
    read_table,
    review,
    with_editor,
    write_table,
)
from pipeline.review.source import Source
from pipeline.tei import NAMESPACES, read_tei
from pipeline.validation import check

ROOT = Path(__file__).resolve().parent.parent
EDITOR = {"ivanova": "A. Ivanova"}

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns='http://www.tei-c.org/ns/1.0' xml:id="d1950-10-01-a-b"><!-- laid out by hand -->
 <teiHeader>
  <fileDesc>
   <titleStmt>
    <title>Invented</title>
    <respStmt xml:id="despatch"><resp>encoding by machine</resp><name type="software">Despatch</name></respStmt>
   </titleStmt>
   <publicationStmt><publisher>Invented</publisher></publicationStmt>
   <sourceDesc><bibl type="capture"><title>Invented</title></bibl></sourceDesc>
  </fileDesc>
  <profileDesc><creation><date when="1950-10-01"/></creation></profileDesc>
  <revisionDesc status="draft"><change who="#despatch" status="draft">Converted.</change></revisionDesc>
 </teiHeader>
 <text>
  <body>
   <div type="original" xml:lang="ru" xml:id="ru">
    <p xml:id="p1"><s xml:id="s1">%s</s></p>
   </div>
  </body>
 </text>
</TEI>
"""

STALIN = '<persName cert="medium"  resp="#despatch" ref="authorities/persons.xml#stalin">Сталину</persName>'


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    edition = found_edition(tmp_path / "edition", "Invented", "2026-01-01")
    for path in (ROOT / "tei" / "authorities").glob("*.xml"):
        shutil.copy(path, edition.tei / "authorities")
    return edition


def written(edition: Edition, sentence: str) -> Path:
    path = edition.tei / "d1950-10-01-a-b.xml"
    path.write_text(DOCUMENT % sentence, encoding="utf-8")
    assert is_valid(path.read_bytes())
    return path


def waiting(edition: Edition) -> list[Matter]:
    return list(review(edition, edition.documents(), find_discrepancies, jobs=1))


def ruling(matter: Matter, decision: str, value: str = "", editor: str = "ivanova") -> Row:
    place = (matter.passage, matter.text, matter.occurrence, matter.kind)
    return Row(matter.document, *place, matter.proposal, decision, value, editor, "table.csv", 2)


def decided(edition: Edition, *rows: Row) -> Outcome:
    return decide(edition, rows, find_discrepancies, EDITOR)


def sentence_of(path: Path) -> str:
    found = re.search(r'<s xml:id="s1">(.*)</s>', path.read_text(encoding="utf-8"))
    assert found
    return found[1]


# What waits


def test_what_was_inferred_waits_with_its_words_and_its_certainty(edition: Edition) -> None:
    written(edition, f"Передайте {STALIN} привет.")
    (found,) = waiting(edition)
    assert (found.passage, found.text, found.occurrence, found.kind) == ("s1", "Сталину", 1, "person")
    assert (found.why, found.certainty, found.proposal) == ("inferred", "medium", "authorities/persons.xml#stalin")
    assert found.context == "Передайте ‹Сталину› привет."
    assert found.line == 18


def test_names_without_a_link_and_apparent_errors_wait_in_a_document_that_no_conversion_made(edition: Edition) -> None:
    written(edition, "Товарищу <persName>СИЛИПОВУ</persName> передать немедленно отвнсти войска.")
    found = {one.text: (one.kind, one.why, one.proposal) for one in waiting(edition)}
    assert found == {
        "СИЛИПОВУ": ("person", "unknown", "authorities/persons.xml#stalin"),
        "отвнсти": ("correction", "proposed", "отвести"),
    }


def test_what_an_editor_answers_for_does_not_wait(edition: Edition) -> None:
    written(edition, STALIN.replace('cert="medium"  resp="#despatch"', 'resp="#ivanova"'))
    assert waiting(edition) == []


def test_every_element_that_says_it_was_inferred_waits() -> None:
    edition = Edition(ROOT)
    found = {(one.document, one.element) for one in waiting(edition) if one.element >= 0}
    for path in edition.documents():
        source = Source(path.read_bytes(), path.name)
        marked = [one for one in source.elements if one.get("resp") == "#despatch" and one.get("cert")]
        assert {(path.stem, source.number(one)) for one in marked} <= found


def test_a_name_is_proposed_that_the_linked_sentence_of_the_other_language_has() -> None:
    edition = Edition(ROOT)
    found = review(edition, edition.documents(), find_discrepancies, jobs=1)
    (port,) = [one for one in found if one.text == "РЯГАНПО" and one.kind == "place"]
    assert (port.candidates[0].value, port.candidates[0].reason) == (
        "authorities/places.xml#yongampo",
        "linked-passage",
    )


def test_words_that_may_be_slips_wait_with_their_passage() -> None:
    edition = Edition(ROOT)
    found = review(edition, edition.documents(), find_discrepancies, jobs=1)
    slips = {
        (one.passage, one.text, one.occurrence) for one in found if one.kind == "correction" and one.why == "proposed"
    }
    assert {("s905", "Лоступила", 1), ("s3712", "Ьулганину", 1)} <= slips


def test_no_two_matters_of_the_edition_have_one_name() -> None:
    found = [(one.document, one.place) for one in waiting(Edition(ROOT))]
    assert len(set(found)) == len(found)


# What is decided

ACCEPTED = '<persName  resp="#ivanova" ref="authorities/persons.xml#stalin">Сталину</persName>'
BEIJING = '<placeName  resp="#ivanova" ref="authorities/places.xml#beijing">Сталину</placeName>'
UNKNOWN = "<persName>СИЛИПОВУ</persName>"
ERROR = '<choice><sic>отвнсти</sic><corr resp="#despatch" cert="high">отвести</corr></choice>'


@pytest.mark.parametrize(
    ("before", "decision", "value", "after"),
    [
        (STALIN, "accepted", "", ACCEPTED),
        (STALIN, "set", "mao", ACCEPTED.replace("#stalin", "#mao")),
        (STALIN, "set", "persons.xml#mao", ACCEPTED.replace("#stalin", "#mao")),
        (
            STALIN,
            "set",
            "beijing",
            '<placeName  resp="#ivanova" ref="authorities/places.xml#beijing">Сталину</placeName>',
        ),
        (STALIN, "rejected", "", '<persName  resp="#ivanova">Сталину</persName>'),
        (STALIN, "not-a-name", "", '<seg  resp="#ivanova" type="not-a-name">Сталину</seg>'),
        (
            UNKNOWN,
            "accepted",
            "",
            '<persName ref="authorities/persons.xml#stalin" resp="#ivanova">СИЛИПОВУ</persName>',
        ),
        (UNKNOWN, "rejected", "", '<persName resp="#ivanova">СИЛИПОВУ</persName>'),
        (ERROR, "accepted", "", ERROR.replace("#despatch", "#ivanova").replace(' cert="high"', "")),
        (
            ERROR,
            "set",
            "отвезти & увести",
            '<choice><sic>отвнсти</sic><corr resp="#ivanova">отвезти &amp; увести</corr></choice>',
        ),
        (ERROR, "rejected", "", "отвнсти"),
        ("отвнсти", "accepted", "", '<choice><sic>отвнсти</sic><corr resp="#ivanova">отвести</corr></choice>'),
        ("отвнсти", "rejected", "", "отвнсти"),
        (
            '<measure quantity="5" unit="division" resp="#despatch" cert="low">5 дивизий</measure>',
            "rejected",
            "",
            "5 дивизий",
        ),
        (
            '<date when="1950-10-01" resp="#despatch" cert="low">1.X</date>',
            "set",
            "1951-10-01",
            '<date when="1951-10-01" resp="#ivanova">1.X</date>',
        ),
    ],
)
def test_a_decision_stands_in_the_document(
    edition: Edition, before: str, decision: str, value: str, after: str
) -> None:
    path = written(edition, f"Сообщите {before} о том.")
    (matter,) = waiting(edition)
    outcome = decided(edition, ruling(matter, decision, value))
    assert (outcome.made, outcome.problems) == (1, ())
    assert sentence_of(path) == f"Сообщите {after} о том."
    assert is_valid(path.read_bytes())
    assert waiting(edition) == []
    lines = (edition.memory / "decisions" / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines()
    assert [record for record in map(json.loads, lines) if record["decision"] == decision]
    assert count_decisions(edition) == 1


def test_words_that_are_much_like_a_name_are_marked_on_an_editor_s_word(edition: Edition) -> None:
    path = written(edition, "Члены Кореической Трудовой партии здесь.")
    matter = next(one for one in waiting(edition) if one.kind == "organisation")
    assert not decided(edition, ruling(matter, "accepted")).problems
    assert re.search(
        r'<orgName [^>]*ref="[^"]+" resp="#ivanova">Кореической Трудовой партии</orgName>', sentence_of(path)
    )
    assert is_valid(path.read_bytes())


@pytest.mark.parametrize(
    ("decision", "tag"), [("rejected", ""), ("not-a-name", '<seg type="not-a-name" resp="#ivanova">')]
)
def test_words_that_are_no_name_by_an_editor_s_word_are_not_proposed_again(
    edition: Edition, decision: str, tag: str
) -> None:
    path = written(edition, "Члены Кореической Трудовой партии здесь.")
    matter = next(one for one in waiting(edition) if one.kind == "organisation")
    assert not decided(edition, ruling(matter, decision)).problems
    assert waiting(edition) == []
    assert sentence_of(path).startswith(f"Члены {tag}Кореической")
    lines = (edition.memory / "decisions" / f"{path.stem}.jsonl").read_text(encoding="utf-8")
    assert '"decision": "removed"' in lines or tag


def test_only_the_bytes_that_a_decision_is_about_change(edition: Edition) -> None:
    path = written(edition, f"Сообщите {STALIN} о&#160;том.")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    (matter,) = waiting(edition)
    decided(edition, ruling(matter, "accepted"))
    after = path.read_bytes()
    statement = (
        b'\r\n    <respStmt xml:id="ivanova">\r\n     <resp>editing</resp>'
        b"\r\n     <persName>A. Ivanova</persName>\r\n    </respStmt>"
    )
    assert after.replace(statement, b"").replace(ACCEPTED.encode(), STALIN.encode()) == before


def test_a_decision_taken_twice_changes_nothing_the_second_time(edition: Edition) -> None:
    path = written(edition, f"Сообщите {STALIN} о том, отвнсти.")
    rows = [ruling(one, "rejected") for one in waiting(edition)]
    assert decided(edition, *rows).made == 2
    before = path.read_bytes(), (edition.memory / "decisions" / f"{path.stem}.jsonl").read_bytes()
    outcome = decided(edition, *rows)
    assert (outcome.made, outcome.kept, outcome.problems) == (0, 2, ())
    assert (path.read_bytes(), (edition.memory / "decisions" / f"{path.stem}.jsonl").read_bytes()) == before


# What is refused


def codes(outcome: Outcome) -> list[str]:
    return [one.code for one in outcome.problems]


def test_words_that_changed_since_the_export_are_refused_and_the_rest_goes_on(edition: Edition) -> None:
    path = written(edition, f"Сообщите {STALIN} и {STALIN.replace('Сталину', 'Сталиным')} о том.")
    first, second = waiting(edition)
    path.write_text(path.read_text(encoding="utf-8").replace("Сталиным", "Сталинам"), encoding="utf-8")
    outcome = decided(edition, ruling(second, "accepted"), ruling(first, "accepted"))
    assert (outcome.made, codes(outcome)) == (1, ["J014"])
    assert "Сталиным" in outcome.problems[0].message()


def test_another_decision_than_the_first_is_refused(edition: Edition) -> None:
    written(edition, STALIN)
    (matter,) = waiting(edition)
    decided(edition, ruling(matter, "accepted"))
    assert codes(decided(edition, ruling(matter, "rejected"))) == ["J015"]


def test_a_proposal_that_changed_since_the_export_is_refused(edition: Edition) -> None:
    written(edition, STALIN)
    (matter,) = waiting(edition)
    row = replace(ruling(matter, "accepted"), proposal="authorities/persons.xml#mao")
    assert codes(decided(edition, row)) == ["J016"]


@pytest.mark.parametrize("status", ["approved", "withdrawn"])
def test_a_document_that_is_closed_stays_as_it_is(edition: Edition, status: str) -> None:
    path = written(edition, STALIN)
    path.write_text(
        path.read_text(encoding="utf-8").replace('status="draft"><', f'status="{status}"><'), encoding="utf-8"
    )
    before = path.read_bytes()
    (matter,) = waiting(edition)
    assert codes(decided(edition, ruling(matter, "accepted"))) == ["J008"]
    assert path.read_bytes() == before
    assert count_decisions(edition) == 0


@pytest.mark.parametrize(
    ("editor", "code"), [("", "J004"), ("petrov", "J004"), ("despatch", "J004"), ("a b", "J004"), ("s1", "J012")]
)
def test_who_decides_must_be_known(edition: Edition, editor: str, code: str) -> None:
    path = written(edition, STALIN)
    before = path.read_bytes()
    (matter,) = waiting(edition)
    outcome = decide(edition, [ruling(matter, "accepted", editor=editor)], find_discrepancies, {"s1": "S."})
    assert codes(outcome) == [code]
    assert path.read_bytes() == before


def test_an_editor_of_the_edition_needs_no_name(edition: Edition) -> None:
    path = written(edition, STALIN)
    corpus = edition.corpus.read_text(encoding="utf-8")
    statement = '<respStmt xml:id="petrov"><resp>editor</resp><persName>P. Petrov</persName></respStmt></titleStmt>'
    edition.corpus.write_text(corpus.replace("</titleStmt>", statement, 1), encoding="utf-8")
    (matter,) = waiting(edition)
    assert not decide(edition, [ruling(matter, "accepted", editor="petrov")], find_discrepancies, {}).problems
    assert "<persName>P. Petrov</persName>" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("value", "code"), [("nobody", "J005"), ("", "J005")])
def test_a_name_leads_only_to_an_entry_of_the_lists(edition: Edition, value: str, code: str) -> None:
    written(edition, STALIN)
    (matter,) = waiting(edition)
    assert codes(decided(edition, ruling(matter, "set", value))) == [code]


def test_what_would_cut_through_an_element_is_refused(edition: Edition) -> None:
    path = written(edition, 'Члены Кореической <hi rend="italic">Трудовой партии здесь</hi>.')
    before = path.read_bytes()
    matter = next(one for one in waiting(edition) if one.kind == "organisation")
    assert codes(decided(edition, ruling(matter, "accepted"))) == ["J007"]
    assert path.read_bytes() == before


# The table


def filled(table: bytes, **cells: str) -> bytes:
    """Return a table with these cells in all its rows."""
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, **cells} for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def test_the_table_comes_back_as_it_went_out(edition: Edition, tmp_path: Path) -> None:
    written(edition, f'Сообщите {STALIN}, <persName>+ "Силипову";</persName> о том.')
    matters = waiting(edition)
    path = tmp_path / "table.csv"
    path.write_bytes(filled(write_table(matters), decision="reject", editor="#ivanova"))
    rows, problems = read_table(path)
    assert not problems
    assert [(row.document, row.place, row.proposal, row.editor) for row in rows] == [
        (one.document, one.place, one.proposal, "ivanova") for one in matters
    ]


def test_a_spreadsheet_program_knows_the_table_and_takes_no_words_for_a_formula(edition: Edition) -> None:
    written(edition, "<persName>=СУММА(1)</persName>")
    table = write_table(waiting(edition))
    assert table.startswith(b"\xef\xbb\xbfdocument,passage,line,text,")
    assert "'=СУММА(1)" in table.decode("utf-8-sig")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_table_may_come_back_otherwise_delimited(
    edition: Edition, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    written(edition, f"Сообщите {STALIN} о том.")
    (cells,) = csv.DictReader(io.StringIO(write_table(waiting(edition)).decode("utf-8-sig"), newline=""))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([[*cells], [*{**cells, "decision": " Принять "}.values()]])
    path = tmp_path / "table.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    rows, problems = read_table(path)
    assert ([row.decision for row in rows], problems) == (["accepted"], [])


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"decision": "perhaps"}, "J001"),
        ({"value": "mao"}, "J002"),
        ({"decision": "accept", "which": "x"}, "J003"),
        ({"decision": "accept", "kind": "animal"}, "J003"),
    ],
)
def test_a_row_that_is_not_understood_is_named_by_its_line(
    edition: Edition, tmp_path: Path, cells: dict[str, str], code: str
) -> None:
    written(edition, f"Сообщите {STALIN} о том.")
    path = tmp_path / "table.csv"
    path.write_bytes(filled(write_table(waiting(edition)), **cells))
    rows, problems = read_table(path)
    assert (rows, [(one.code, one.line) for one in problems]) == ([], [(code, 2)])


@pytest.mark.parametrize(("content", "code"), [("имя\n".encode("cp1251"), "J009"), (b"a,b\n1,2\n", "J010"), (b"", "")])
def test_a_file_that_is_no_table_of_ours_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    rows, problems = read_table(path)
    assert (rows, [one.code for one in problems]) == ([], [code] if code else [])


# The command


def run(edition: Edition, *arguments: str) -> str:
    result = CliRunner().invoke(despatch, ["review", "--edition", str(edition.root), "--jobs", "1", *arguments])
    assert result.exit_code in {0, 1}, result.output
    return result.output


def test_an_editor_lists_decides_by_key_and_is_told(edition: Edition) -> None:
    path = written(edition, f"Сообщите {STALIN} о том.")
    listed = run(edition)
    assert "Сообщите ‹Сталину› о том." in listed
    key = re.search(r"^  ([0-9a-f]{8})  18: s1: person", listed, re.MULTILINE)
    assert key
    assert "1 decision carried out" in run(edition, "--accept", key[1], "--editor", "ivanova", "--name", "A. Ivanova")
    assert ACCEPTED in path.read_text(encoding="utf-8")
    assert "0 matters wait" in run(edition)
    assert "J019" in run(edition, "--accept", key[1])


def test_the_count_of_what_waits_follows_edits_and_decisions(edition: Edition) -> None:
    path = written(edition, f"Сообщите {STALIN} о том.")
    assert [count_waiting(edition, find_discrepancies, 1) for _ in range(2)] == [1, 1]
    written(edition, f"Сообщите {STALIN} и {UNKNOWN} о том.")
    assert count_waiting(edition, find_discrepancies, 1) == 2
    decided(edition, *(ruling(one, "rejected") for one in waiting(edition)))
    assert count_waiting(edition, find_discrepancies, 1) == 0
    path.unlink()
    assert count_waiting(edition, find_discrepancies, 1) == 0


def test_programs_get_all_that_an_editor_sees(edition: Edition) -> None:
    written(edition, f"Сообщите {STALIN} о том.")
    (record,) = json.loads(run(edition, "--format", "json"))
    assert record["candidates"] == [{"value": "authorities/persons.xml#stalin", "score": 0.6, "reason": "inferred"}]
    assert {"key", "document", "passage", "line", "text", "occurrence", "kind", "why", "context"} <= record.keys()


# One name, many places

SHVERNIK = "<persName>Швернику</persName>"


def two_documents(edition: Edition) -> tuple[Path, Path]:
    """Write two invented documents that name one man, whom no list has, in three cases; return their files."""
    first = written(edition, f"Скажите {SHVERNIK}, что <persName>ШВЕРНИК</persName> болен.")
    second = edition.tei / "d1950-10-02-a-b.xml"
    sentence = "Видел <persName>Шверника</persName> и <persName>Петрову</persName>."
    second.write_text((DOCUMENT % sentence).replace("d1950-10-01", "d1950-10-02"), encoding="utf-8")
    return first, second


def groups_of(edition: Edition) -> list[Group]:
    return [one for one in gathered(waiting(edition)) if isinstance(one, Group)]


def places_ruled(group: Group, decision: str, value: str = "", language: str = "") -> Row:
    """Return a decision on a group, as a table brings it."""
    row = ruling(group.matters[0], decision, value)
    new = group.kind if decision == "new" else ""
    return replace(row, text=group.text, occurrence=0, places=group.places, language=language, new=new)


def test_an_unlisted_name_waits_once_for_all_its_cases_and_documents(edition: Edition) -> None:
    two_documents(edition)
    (group,) = groups_of(edition)
    assert group.forms == ("Швернику", "ШВЕРНИК", "Шверника")
    assert group.documents == ("d1950-10-01-a-b", "d1950-10-02-a-b")
    assert [one.text for one in gathered(waiting(edition)) if not isinstance(one, Group)] == ["Петрову"]
    assert count_waiting(edition, find_discrepancies, 1) == 2
    assert count_waiting(edition, find_discrepancies, 1) == 2


def test_a_decision_on_a_name_stands_at_each_of_its_places_and_each_is_kept(edition: Edition) -> None:
    first, second = two_documents(edition)
    (group,) = groups_of(edition)
    row = places_ruled(group, "set", "bulganin")
    assert decided(edition, row).made == 3
    link = '<persName ref="authorities/persons.xml#bulganin" resp="#ivanova">'
    assert sentence_of(first) == f"Скажите {link}Швернику</persName>, что {link}ШВЕРНИК</persName> болен."
    assert sentence_of(second) == f"Видел {link}Шверника</persName> и <persName>Петрову</persName>."
    assert count_decisions(edition) == 3
    again = decided(edition, row)
    assert (again.made, again.kept, again.problems) == (0, 3, ())


def test_a_place_of_a_name_may_be_decided_otherwise(edition: Edition) -> None:
    first, second = two_documents(edition)
    (group,) = groups_of(edition)
    other = next(one for one in group.matters if one.text == "ШВЕРНИК")
    outcome = decided(edition, places_ruled(group, "set", "bulganin"), ruling(other, "not-a-name"))
    assert (outcome.made, outcome.problems) == (3, ())
    assert '<seg type="not-a-name" resp="#ivanova">ШВЕРНИК</seg>' in sentence_of(first)
    assert sentence_of(second).startswith('Видел <persName ref="authorities/persons.xml#bulganin"')


def test_a_rejected_name_is_not_proposed_again_but_waits_where_it_is_written_anew(edition: Edition) -> None:
    first, _ = two_documents(edition)
    (group,) = groups_of(edition)
    assert decided(edition, places_ruled(group, "rejected")).made == 3
    assert [one.text for one in waiting(edition)] == ["Петрову"]
    first.write_text(first.read_text(encoding="utf-8").replace("болен.", f"и {SHVERNIK} болен."), encoding="utf-8")
    assert [one.text for one in waiting(edition)] == ["Швернику", "Петрову"]


def test_the_table_has_one_row_for_a_name_and_what_it_says_is_carried_out(edition: Edition, tmp_path: Path) -> None:
    first, _ = two_documents(edition)
    path = tmp_path / "table.csv"
    path.write_bytes(filled(write_table(groups_of(edition)), decision="not a name", editor="ivanova"))
    (cells,) = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    assert (cells["text"], cells["count"]) == ("Швернику", "3")
    rows, problems = read_table(path)
    assert not problems
    # A key that the editor takes out of the cell is a place left open.
    left = cells["places"].partition(": ")[2][:8]
    path.write_text(path.read_text(encoding="utf-8-sig").replace(f" {left}", "", 1), encoding="utf-8")
    rows, problems = read_table(path)
    assert decided(edition, *rows).made == 2
    assert [one.key for one in waiting(edition) if one.text != "Петрову"] == [left]
    assert "not-a-name" in sentence_of(first)


def test_a_very_common_name_does_not_outgrow_the_cells_of_a_spreadsheet(edition: Edition) -> None:
    two_documents(edition)
    (group,) = groups_of(edition)
    many = Group(tuple(replace(group.matters[0], occurrence=count) for count in range(3_000)))
    table = list(csv.DictReader(io.StringIO(write_table([many]).decode("utf-8-sig"), newline="")))
    assert len(table) > 1
    assert sum(int(row["count"]) for row in table) == 3_000
    assert max(len(row["places"]) for row in table) <= 32_767


def test_places_that_no_table_writes_are_refused_by_their_line(edition: Edition, tmp_path: Path) -> None:
    two_documents(edition)
    path = tmp_path / "table.csv"
    path.write_bytes(filled(write_table(groups_of(edition)), decision="reject", places="d1950: xyz"))
    assert [(one.code, one.line) for one in read_table(path)[1]] == [("J003", 2)]
    path.write_bytes(filled(write_table(groups_of(edition)), decision="reject", places="d1950-10-01-a-b: 00000000"))
    assert codes(decided(edition, *with_editor(read_table(path)[0], "ivanova"))) == ["J019"]


OLDER = frozenset({"language", "count", "places"})


def test_a_table_that_was_exported_before_names_were_gathered_is_carried_out(edition: Edition, tmp_path: Path) -> None:
    two_documents(edition)
    rows = csv.DictReader(io.StringIO(write_table(waiting(edition)).decode("utf-8-sig"), newline=""))
    older = [{name: cell for name, cell in row.items() if name not in OLDER} for row in rows]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(older[0]))
    writer.writeheader()
    writer.writerows({**row, "decision": "reject"} for row in older)
    path = tmp_path / "table.csv"
    path.write_bytes(out.getvalue().encode())
    found, problems = read_table(path)
    assert not problems
    assert decided(edition, *with_editor(found, "ivanova")).made == 4


def test_an_editor_sees_a_name_once_opens_it_and_decides_by_its_key(edition: Edition) -> None:
    first, _ = two_documents(edition)
    key = next(line.split()[0] for line in run(edition).splitlines() if "Швернику, ШВЕРНИК, Шверника: 3 places" in line)
    opened = run(edition, "--open", key)
    assert [line.split(": ")[-1] for line in opened.splitlines() if "(not in the lists)" in line] == [
        "Швернику",
        "ШВЕРНИК",
        "Шверника",
    ]
    assert len(json.loads(run(edition, "--format", "json", "--each"))) == 4
    (record, _) = json.loads(run(edition, "--format", "json"))
    assert (record["key"], record["forms"], len(record["places"])) == (key, ["Швернику", "ШВЕРНИК", "Шверника"], 3)
    by = ("--editor", "ivanova", "--name", "A. Ivanova")
    assert "3 decisions carried out" in run(edition, "--new", key, "Шверник, Николай", *by)
    assert '<persName ref="authorities/persons.xml#shvernik" resp="#ivanova">Швернику' in sentence_of(first)
    assert "J019" in run(edition, "--accept", key, *by)


def test_an_editor_says_what_a_new_entry_is_the_name_of(edition: Edition) -> None:
    path = written(edition, "Сообщите <persName>ЦК ВКПБ</persName> о том.")
    (matter,) = waiting(edition)
    by = ("--editor", "ivanova", "--name", "A. Ivanova")
    assert "1 decision carried out" in run(edition, "--new", matter.key, "ЦК ВКП(б)", "--as", "organisation", *by)
    assert '<orgName ref="authorities/organisations.xml#tsk-vkp-b" resp="#ivanova">' in sentence_of(path)


def test_a_key_that_names_two_matters_decides_neither(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(edition, f"Сообщите {STALIN} о том.")
    before = path.read_bytes()
    (matter,) = waiting(edition)
    monkeypatch.setattr("pipeline.review.review", lambda *_: iter([matter, matter]))
    assert "J020" in run(edition, "--accept", matter.key, "--editor", "ivanova", "--name", "A. Ivanova")
    assert path.read_bytes() == before


# New entries


def entry_in(edition: Edition, file: str, identifier: str) -> str:
    text = (edition.tei / "authorities" / file).read_text(encoding="utf-8")
    found = re.search(rf'\n +<(\w+) xml:id="{identifier}".*?</\1>', text, re.DOTALL)
    return found.group() if found else ""


def test_a_new_entry_holds_what_the_editor_said_and_nothing_else_of_the_file_changes(edition: Edition) -> None:
    two_documents(edition)
    path = edition.tei / "authorities" / "persons.xml"
    laid_out = path.read_text(encoding="utf-8").replace("<listPerson>", "<listPerson  ><!-- by hand -->")
    path.write_text(laid_out, encoding="utf-8")
    (group,) = groups_of(edition)
    row = places_ruled(group, "new", "Шверник, Николай; en: Shvernik, Nikolai")
    outcome = decided(edition, row)
    assert (outcome.made, outcome.problems) == (3, ())
    after = path.read_text(encoding="utf-8")
    own = entry_in(edition, "persons.xml", "shvernik")
    assert own == (
        '\n   <person xml:id="shvernik" resp="#ivanova">'
        '\n    <persName type="main" xml:lang="ru">Шверник, Николай</persName>'
        '\n    <persName type="main" xml:lang="en">Shvernik, Nikolai</persName>'
        "\n   </person>"
    )
    (declared,) = re.findall(r'\n +<respStmt xml:id="ivanova">.*?</respStmt>', after, re.DOTALL)
    assert after.replace(own, "").replace(declared, "") == laid_out
    assert not [one for one in check(edition, paths=[path]).problems if one.severity is Severity.ERROR]
    assert waiting(edition)[0].text == "Петрову"
    again = decided(edition, row)
    assert (again.made, again.kept, again.problems) == (0, 3, ())
    assert path.read_text(encoding="utf-8") == after


def test_the_first_entry_takes_the_place_of_the_notes_that_there_is_none(tmp_path: Path) -> None:
    edition = found_edition(tmp_path / "edition", "Invented", "2026-01-01")
    written(edition, "Прибыл в <placeName>ТЕСУТЕН</placeName>, к <orgName>26 бригаде</orgName>.")
    place, body = waiting(edition)
    rows = [replace(ruling(one, "new", name), new=one.kind) for one, name in ((place, "Тесутен"), (body, "26 бригада"))]
    assert decided(edition, *rows).made == 2
    for file, name, own in (("places.xml", "listPlace", "tesuten"), ("organisations.xml", "listOrg", "org-26-brigada")):
        path = edition.tei / "authorities" / file
        text = path.read_text(encoding="utf-8")
        assert f'<{name}>\n   <{name[4:].lower()} xml:id="{own}" resp="#ivanova">' in text
        assert "No entries yet" not in text
        assert "Записей пока нет" not in text
        assert not [one for one in check(edition, paths=[path]).problems if one.severity is Severity.ERROR]


def test_rows_that_want_the_same_names_get_one_entry_of_the_kind_that_the_editor_says(edition: Edition) -> None:
    path = written(edition, "Сообщите <persName>Пензан</persName>, <placeName>Ниппон</placeName>.")
    rows = [replace(ruling(one, "new", "Общество"), new="organisation") for one in waiting(edition)]
    assert not decided(edition, *rows).problems
    link = '<orgName ref="authorities/organisations.xml#obshchestvo" resp="#ivanova">'
    assert sentence_of(path) == f"Сообщите {link}Пензан</orgName>, {link}Ниппон</orgName>."
    text = (edition.tei / "authorities" / "organisations.xml").read_text(encoding="utf-8")
    assert text.count(">Общество<") == 1


@pytest.mark.parametrize(
    ("value", "language", "code"),
    [
        ("", "ru", "J021"),
        ("Shvernik", "", "J022"),
        ("en: Шверник", "ru", "J022"),
        ("ru: ", "ru", "J022"),
        ("Stalin, Joseph", "en", "J023"),
    ],
)
def test_a_name_that_can_be_no_new_entry_is_refused_once_and_nothing_is_written(
    edition: Edition, value: str, language: str, code: str
) -> None:
    two_documents(edition)
    before = {path: path.read_bytes() for path in edition.tei.rglob("*.xml")}
    (group,) = groups_of(edition)
    outcome = decided(edition, places_ruled(group, "new", value, language))
    assert codes(outcome) == [code]
    assert before == {path: path.read_bytes() for path in edition.tei.rglob("*.xml")}


def test_a_name_in_latin_letters_may_be_taken_as_it_stands(edition: Edition) -> None:
    written(edition, "Told <persName>Rittenberg</persName>.")
    (matter,) = waiting(edition)
    row = replace(ruling(matter, "new"), new="person", language="en")
    assert not decided(edition, row).problems
    assert '<persName type="main" xml:lang="en">Rittenberg<' in entry_in(edition, "persons.xml", "rittenberg")


def test_an_editor_whom_nobody_knows_makes_no_entry(edition: Edition) -> None:
    two_documents(edition)
    path = edition.tei / "authorities" / "persons.xml"
    before = path.read_bytes()
    (group,) = groups_of(edition)
    assert codes(decided(edition, replace(places_ruled(group, "new", "Шверник"), editor="petrov"))) == ["J004"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"<TEI", None])
def test_a_list_that_cannot_be_written_is_left_and_the_rest_goes_on(edition: Edition, content: bytes | None) -> None:
    _, second = two_documents(edition)
    path = edition.tei / "authorities" / "persons.xml"
    path.write_bytes(content) if content else path.unlink()
    group, other = groups_of(edition)[0], next(one for one in waiting(edition) if one.text == "Петрову")
    outcome = decided(edition, places_ruled(group, "new", "Шверник"), ruling(other, "not-a-name"))
    assert codes(outcome) == ["J024"]
    assert "not-a-name" in sentence_of(second)


# Conversion obeys


SEEDS = sorted((ROOT / "seeds").iterdir())


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    edition = found_edition(tmp_path_factory.mktemp("seeds") / "edition", "Seeds", "2026-01-01")
    for path in (ROOT / "tei" / "authorities").glob("*.xml"):
        shutil.copy(path, edition.tei / "authorities")
    for path in SEEDS:
        shutil.copy(path, edition.seeds)
    convert(edition, jobs=1)
    return edition


@pytest.fixture
def copied(converted: Edition, tmp_path: Path) -> Iterator[Edition]:
    shutil.copytree(converted.root, tmp_path / "copy")
    yield Edition((tmp_path / "copy").resolve())


def one_of(edition: Edition, text: str, kind: str) -> Matter:
    return next(one for one in waiting(edition) if (one.text, one.kind) == (text, kind))


def convert_again(edition: Edition, document: Path) -> None:
    """Convert the seed of one document anew."""
    known, _ = read_known(edition)
    (seed,) = (entry.seed for entry in known.values() if entry.id == document.stem)
    convert(edition, [edition.root / seed], jobs=1)


def without_entry(edition: Edition, file: str, identifier: str) -> None:
    """Take an entry out of a list of names: what was inferred from it is not made again."""
    path = edition.tei / "authorities" / file
    tree = read_tei(path)
    (entry,) = tree.getroot().xpath(f"//*[@xml:id='{identifier}']")
    entry.getparent().remove(entry)
    tree.write(path, encoding="UTF-8", xml_declaration=True)


@pytest.mark.parametrize(
    ("decision", "kept"),
    [
        ("accepted", 'ref="authorities/places.xml#seoul" resp="#ivanova">Сеула</placeName>, постепенно'),
        ("rejected", '<placeName resp="#ivanova">Сеула</placeName>, постепенно'),
        ("not-a-name", '<seg resp="#ivanova" type="not-a-name">Сеула</seg>, постепенно'),
    ],
)
def test_a_decision_on_a_name_holds_though_a_conversion_in_between_does_not_make_the_name(
    copied: Edition, decision: str, kept: str
) -> None:
    path = copied.tei / "d1950-10-01-stalin-mao-zedong.xml"
    assert not decided(copied, ruling(one_of(copied, "Сеула", "place"), decision)).problems
    assert kept in path.read_text(encoding="utf-8")
    places = (copied.tei / "authorities" / "places.xml").read_bytes()
    without_entry(copied, "places.xml", "seoul")
    convert_again(copied, path)
    assert kept in path.read_text(encoding="utf-8")
    (copied.tei / "authorities" / "places.xml").write_bytes(places)
    convert_again(copied, path)
    assert kept in path.read_text(encoding="utf-8")
    assert is_valid(path.read_bytes())


def test_a_name_that_an_editor_has_linked_leads_where_it_did_though_conversion_would_link_it_otherwise(
    copied: Edition,
) -> None:
    path = copied.tei / "d1950-10-01-stalin-mao-zedong.xml"
    decided(copied, ruling(one_of(copied, "Сеула", "place"), "accepted"))
    places = copied.tei / "authorities" / "places.xml"
    places.write_text(places.read_text(encoding="utf-8").replace('"seoul"', '"seoul-city"'), encoding="utf-8")
    convert_again(copied, path)
    text = path.read_text(encoding="utf-8")
    assert 'ref="authorities/places.xml#seoul" resp="#ivanova">Сеула</placeName>, постепенно' in text
    assert "#seoul-city" in text


def test_a_correction_that_was_rejected_is_not_made_again(copied: Edition) -> None:
    path = copied.tei / "d1950-10-01-stalin-mao-zedong.xml"
    decided(copied, ruling(one_of(copied, "отвнсти", "correction"), "rejected"))
    base = copied.memory / "generated" / path.name
    # As if a program in between had not known the correction.
    mark = '<choice><sic>отвнсти</sic><corr resp="#despatch" cert="high">отвести</corr></choice>'
    base.write_text(base.read_text(encoding="utf-8").replace(mark, "отвнсти"), encoding="utf-8")
    shutil.rmtree(copied.build)
    convert_again(copied, path)
    assert mark in base.read_text(encoding="utf-8")
    assert "отвнсти" in path.read_text(encoding="utf-8")
    assert mark not in path.read_text(encoding="utf-8")


def test_an_accepted_link_says_which_document_is_meant(copied: Edition) -> None:
    listed = CliRunner().invoke(despatch, ["review", "--edition", str(copied.root), "--kind", "link"])
    assert listed.exit_code == 0
    matter = next(one for one in waiting(copied) if one.kind == "link" and one.why == "resolved")
    assert not decided(copied, ruling(matter, "accepted")).problems
    root = read_tei(copied.tei / f"{matter.document}.xml").getroot()
    targets = [one.get("target", "") for one in root.iterfind(".//tei:correspContext/tei:ref", NAMESPACES)]
    assert "d1950-10-01-stalin-mao-zedong.xml#cd1" in targets


def test_a_finding_that_an_editor_accepts_is_noted_and_not_reported_again(copied: Edition) -> None:
    matter = next(one for one in waiting(copied) if one.kind == "discrepancy")
    assert not decided(copied, ruling(matter, "accepted")).problems
    root = read_tei(copied.tei / f"{matter.document}.xml").getroot()
    (note,) = root.iterfind("tei:standOff/tei:note", NAMESPACES)
    assert (note.get("type"), note.get("subtype"), note.get("resp")) == ("discrepancy", matter.why, "#ivanova")
    assert note.get("target") == matter.proposal
    assert all((one.passage, one.text) != (matter.passage, matter.text) for one in waiting(copied))


def drawn(matter: Matter, chance: Random) -> str:
    if matter.kind == "division":
        return "accepted"
    ways = ["rejected"]
    ways += ["accepted"] * 2 if matter.proposal or matter.why == "inferred" else []
    ways += ["not-a-name"] if matter.kind in {"person", "place", "organisation"} and matter.passage[:2] != "cd" else []
    return chance.choice(ways)


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_whatever_is_decided_on_the_seeds_is_obeyed_by_the_next_conversion(
    seed: int, converted: Edition, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = Random(seed)
    root = tmp_path_factory.mktemp("drawn") / "edition"
    shutil.copytree(converted.root, root)
    edition = Edition(root.resolve())
    matters = chance.sample(found := waiting(edition), k=chance.randint(1, min(80, len(found))))
    rows = [ruling(one, drawn(one, chance)) for one in matters]
    plain = {path.stem: letters_of(path) for path in edition.documents()}
    outcome = decided(edition, *rows)
    assert {one.code for one in outcome.problems} <= {"J007", "J017"}
    assert outcome.made + len(outcome.problems) == len(rows)
    files = {path: path.read_bytes() for path in edition.documents()}
    assert all(is_valid(content) for content in files.values())
    assert {path.stem: letters_of(path) for path in edition.documents()} == plain
    shutil.rmtree(edition.build)
    convert(edition, jobs=1)
    assert {path: path.read_bytes() for path in edition.documents()} == files
    assert decided(edition, *rows).made == 0
    left = {(one.document, one.place) for one in waiting(edition)}
    refused = {one.line for one in outcome.problems}
    assert refused or not left & {(one.document, one.place) for one in matters}


def letters_of(path: Path) -> dict[str, int]:
    """Return how often each letter stands in what was captured of a document, without what was added in choices."""
    body = read_tei(path).getroot().find(".//tei:body", NAMESPACES)
    assert body is not None
    added = body.xpath(".//tei:choice/tei:corr|.//tei:choice/tei:expan", namespaces=NAMESPACES)
    gone = Counter("".join("".join(one.itertext()) for one in added))
    letters = Counter("".join(map(str, body.itertext())))
    letters.subtract(gone)
    return {letter: count for letter, count in letters.items() if count and not letter.isspace()}

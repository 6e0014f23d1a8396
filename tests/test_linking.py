"""Links between documents of an edition; the documents here are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.edition import Edition
from pipeline.linking import link

ROOT = Path(__file__).parents[1]

ALMA = "<persName>Alma Primer</persName>"
BRUNO = "<persName>Bruno [SAMPLE]</persName>"


def document(edition: Path, name: str, sent: str, received: str, related: str = "", *, day: str = "1950-10-01") -> None:
    """Write a document of which only the correspondence matters."""
    context = f"<correspContext>{related}</correspContext>" if related else ""
    (edition / "tei").mkdir(exist_ok=True)
    (edition / "tei" / f"{name}.xml").write_text(
        f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{name}"><teiHeader><profileDesc>
        <creation><date when="{day}"/></creation><correspDesc xml:id="cd1" default="true">
        <correspAction type="sent">{sent}</correspAction>
        <correspAction type="received" subtype="to">{received}</correspAction>{context}
        </correspDesc></profileDesc></teiHeader></TEI>""",
        encoding="utf-8",
    )


def linked(root: Path) -> dict[str, Any]:
    link(Edition(root), jobs=1)
    read: dict[str, Any] = json.loads((root / "build" / "links.json").read_text(encoding="utf-8"))
    return read


def outcomes(root: Path) -> list[tuple[str, list[str], str]]:
    return [(found["status"], found["targets"], found["reason"]) for found in linked(root)["links"]]


ANSWER = '<ref type="replyTo">your telegram of <date when="1950-10-01">1 October</date></ref>'


def test_an_answer_leads_to_the_message_of_the_day_whose_parties_are_turned(tmp_path: Path) -> None:
    document(tmp_path, "d1", ALMA, BRUNO)
    document(tmp_path, "d2", "<persName>Sample</persName>", "<persName>PRIMER</persName>", ANSWER, day="1950-10-03")
    document(tmp_path, "d3", "<persName>Carla</persName>", BRUNO)
    assert outcomes(tmp_path) == [("resolved", ["d1#cd1"], "day-and-parties")]
    assert linked(tmp_path)["inverse"] == {"d1#cd1": [["answeredBy", "d2#cd1"]]}


def test_two_messages_that_fit_are_both_only_possible(tmp_path: Path) -> None:
    document(tmp_path, "d1", ALMA, BRUNO)
    document(tmp_path, "d2", ALMA, BRUNO)
    document(tmp_path, "d3", BRUNO, ALMA, ANSWER, day="1950-10-03")
    assert outcomes(tmp_path) == [("possible", ["d1#cd1", "d2#cd1"], "day-and-parties")]
    assert linked(tmp_path)["threads"] == []


def test_a_message_that_is_not_in_the_edition_is_said_not_to_be(tmp_path: Path) -> None:
    document(tmp_path, "d2", BRUNO, ALMA, ANSWER, day="1950-10-03")
    assert outcomes(tmp_path) == [("not-in-edition", [], "")]


def test_a_number_leads_to_its_message_of_the_weeks_before(tmp_path: Path) -> None:
    numbered = f"{ALMA}<idno type='outgoing'>No. 4581</idno>"
    document(tmp_path, "d1", numbered, BRUNO)
    document(tmp_path, "d0", numbered, BRUNO, day="1949-10-01")
    document(tmp_path, "d2", BRUNO, ALMA, '<ref type="replyTo">your <idno>N 4581</idno></ref>', day="1950-10-03")
    assert outcomes(tmp_path) == [("resolved", ["d1#cd1"], "number")]


def test_of_an_undated_answer_the_messages_of_its_writer_are_possible(tmp_path: Path) -> None:
    related = '<ref type="mentions"><persName>Alma Primer</persName> replied with a refusal</ref>'
    document(tmp_path, "d1", ALMA, BRUNO)
    document(tmp_path, "d2", BRUNO, ALMA)
    document(tmp_path, "d3", BRUNO, "<persName>Carla</persName>", related, day="1950-10-08")
    assert outcomes(tmp_path) == [("possible", ["d1#cd1"], "parties-and-time")]


def test_what_an_editor_decided_is_kept(tmp_path: Path) -> None:
    document(tmp_path, "d1", ALMA, BRUNO)
    document(tmp_path, "d2", BRUNO, ALMA, '<ref type="replyTo" target="d1.xml#cd1">your letter</ref>', day="1950-10-03")
    assert outcomes(tmp_path) == [("decided", ["d1#cd1"], "")]


def test_linked_documents_are_one_thread_by_date(tmp_path: Path) -> None:
    document(tmp_path, "d1950-10-01-a", ALMA, BRUNO)
    document(tmp_path, "d1950-10-03-b", BRUNO, ALMA, ANSWER, day="1950-10-03")
    again = ANSWER.replace("1950-10-01", "1950-10-03")
    document(tmp_path, "d1950-10-05-c", ALMA, BRUNO, again, day="1950-10-05")
    assert linked(tmp_path)["threads"] == [["d1950-10-01-a", "d1950-10-03-b", "d1950-10-05-c"]]


def test_only_changed_documents_are_read_again_and_vanished_ones_forgotten(tmp_path: Path) -> None:
    document(tmp_path, "d1", ALMA, BRUNO)
    document(tmp_path, "d2", BRUNO, ALMA, ANSWER, day="1950-10-03")
    linked(tmp_path)
    extract = tmp_path / "build" / "links" / "d2.json"
    extract.write_text("[]", encoding="utf-8")
    assert outcomes(tmp_path) == []
    document(tmp_path, "d2", BRUNO, ALMA, ANSWER, day="1950-10-04")
    assert outcomes(tmp_path) == [("resolved", ["d1#cd1"], "day-and-parties")]
    (tmp_path / "tei" / "d1.xml").unlink()
    assert outcomes(tmp_path) == [("not-in-edition", [], "")]
    assert not (tmp_path / "build" / "links" / "d1.json").exists()


def test_the_real_edition_leads_to_the_request_of_the_first_of_october(
    tmp_path: Path,
) -> None:
    (tmp_path / "tei").symlink_to(ROOT / "tei")
    found = linked(tmp_path)
    request = "d1950-10-01-stalin-mao-zedong#cd1"
    assert {one["message"] for one in found["links"] if one["targets"] == [request]} == {
        "d1950-10-03-roshchin-stalin#cd2",
        "d1950-10-08-fyn-si-kim-il-sung#cd1",
    }
    absent = [one["words"] for one in found["links"] if one["status"] == "not-in-edition"]
    assert absent == ["your [telegram] No. 4581", "I received from Mao on October 7 a letter"]

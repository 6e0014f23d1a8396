"""Turn files that an attacker or an accident could leave in `tei/` into tests: each is a problem, none stops a run."""

from __future__ import annotations

import gzip
import os
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import despatch
from pipeline.edition import Edition
from pipeline.founding import found_edition
from pipeline.stylesheets import Source, StylesheetStopped
from pipeline.tei import LARGEST, TEI, UnreadableXML, read_tei
from pipeline.validation import check

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
SECRET = "what no document may draw in"


def document(inner: str = "", before: str = "") -> bytes:
    return f'{before}<TEI xmlns="{TEI}" xml:id="d1"><text><body><p>{inner}</p></body></text></TEI>'.encode()


REFUSED: dict[str, tuple[bytes, str]] = {
    "billion laughs": (document("&l9;", f'<!DOCTYPE TEI [<!ENTITY l0 "ha">{LAUGHS}]>'), "X003"),
    "laughs in an attribute": (document('<s n="&l9;"/>', f'<!DOCTYPE TEI [<!ENTITY l0 "ha">{LAUGHS}]>'), "X003"),
    "external entity": (document("&e;", '<!DOCTYPE TEI [<!ENTITY e SYSTEM "secret.txt">]>'), "X004"),
    "parameter entity": (document("", '<!DOCTYPE TEI [<!ENTITY % e SYSTEM "secret.txt"> %e;]>'), "X004"),
    "external DTD": (document("", '<!DOCTYPE TEI SYSTEM "secret.txt">'), "X004"),
    "DOCTYPE alone": (b"<!DOCTYPE TEI>", "X003"),
    "DOCTYPE before a document": (document("", "<!DOCTYPE TEI>"), "X004"),
    "undefined entity": (document("&nbsp;"), "X007"),
    "gzip": (gzip.compress(document("x")), "X003"),
    "nested 10,000 deep": (document("<seg>" * 10_000 + "</seg>" * 10_000), "X003"),
    "nested 400 deep": (document("<seg>" * 400 + "</seg>" * 400), "X003"),
    "an attribute of 11 MB": (document(f'<s n="{"x" * 11_000_000}"/>'), "X003"),
    "invalid UTF-8": (document("x").replace(b">x<", b">\xff\xfe<"), "X003"),
    "a character that XML forbids": (document("x").replace(b">x<", b">\x01<"), "X003"),
    "a character reference that XML forbids": (document("&#0;"), "X003"),
    "a second document after the first": (document("x") + document("y"), "X003"),
    "empty": (b"", "X003"),
    "a byte order mark alone": (b"\xef\xbb\xbf", "X003"),
    "UTF-16 cut off": (document("x").decode().encode("utf-16")[:-3], "X003"),
    "zeros": (bytes(1000), "X003"),
    "an encoding nobody knows": (document("", '<?xml version="1.0" encoding="x-none"?>'), "X003"),
}

ATTRIBUTES = " ".join(f'a{number}="1"' for number in range(300))
MUCH = {
    "300 attributes": document(f"<s {ATTRIBUTES}/>"),
    "300 namespaces": document(f"<s {ATTRIBUTES.replace('a', 'xmlns:a')}/>"),
    "a name of 1,500 letters": document(f"<{'s' * 1500}/>"),
    "110,000 ampersands": document("<s>&amp;</s>" * 110_000),
    "an attribute of 9 MB": document(f'<s n="{"x" * 9_000_000}"/>'),
}
"""What libxml2 reads, and Saxon's parser refuses by its own limits."""

READ: dict[str, bytes] = {
    "UTF-8 with a byte order mark": b"\xef\xbb\xbf" + document("Сталин"),
    "UTF-16": document("Сталин").decode().encode("utf-16"),
    "windows-1251": b'<?xml version="1.0" encoding="windows-1251"?>' + document("Сталин").decode().encode("cp1251"),
}


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "secret.txt").write_text(SECRET, encoding="utf-8")
    return Edition(tmp_path.resolve())


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_hostile_file_is_refused_with_one_problem(edition: Edition, content: bytes, code: str) -> None:
    (edition.tei / "d1.xml").write_bytes(content)
    problems = check(edition, jobs=1).problems
    assert [(found.file, found.code) for found in problems] == [("tei/d1.xml", code)]
    assert SECRET not in problems[0].message()


@pytest.mark.parametrize("content", READ.values(), ids=READ.keys())
def test_every_encoding_that_a_file_declares_is_read(edition: Edition, content: bytes) -> None:
    path = edition.tei / "d1.xml"
    path.write_bytes(content)
    assert "".join(str(text) for text in read_tei(path).getroot().itertext()) == "Сталин"


def test_two_hundred_elements_deep_can_be_read_and_checked(edition: Edition) -> None:
    (edition.tei / "d1.xml").write_bytes(document("<seg>" * 200 + "x" + "</seg>" * 200))
    assert {found.code for found in check(edition, jobs=1).problems} == {"V002"}


@pytest.mark.parametrize("content", MUCH.values(), ids=MUCH.keys())
def test_what_the_safe_reader_lets_in_saxon_reads_too(edition: Edition, content: bytes) -> None:
    path = edition.tei / "d1.xml"
    path.write_bytes(content)
    assert Source(read_tei(path), path).node is not None
    assert not {found.code for found in check(edition, jobs=1).problems} & {"X003", "X004"}


def test_what_saxon_refuses_has_a_name(edition: Edition) -> None:
    with pytest.raises(StylesheetStopped, match=r"d1\.xml"):
        Source('<!DOCTYPE TEI SYSTEM "secret.txt"><TEI/>', edition.tei / "d1.xml")


ELSEWHERE = {
    "an instruction that names a schema": document("x", '<?xml-model href="http://elsewhere.example/x.rng"?>'),
    "an instruction that names a stylesheet": document("x", '<?xml-stylesheet href="http://elsewhere.example/x.css"?>'),
    "a base": document("x").replace(b"<TEI", b'<TEI xml:base="http://elsewhere.example/"'),
    "an XInclude": document('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="http://elsewhere.example/"/>'),
    "references": document('<ref target="http://elsewhere.example/ //elsewhere.example/ file:///etc/passwd"/>'),
}


@pytest.mark.parametrize("content", ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_nothing_that_a_document_names_elsewhere_is_fetched(
    edition: Edition, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *words, **_more: asked.append(words))
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: asked.append(address))
    (edition.tei / "d1.xml").write_bytes(content)
    assert {found.file for found in check(edition, jobs=1).problems} == {"tei/d1.xml"}
    assert asked == []


def test_a_pointer_with_a_name_too_long_for_a_file_is_a_problem(edition: Edition) -> None:
    (edition.tei / "d1.xml").write_bytes(document(f'<ref target="{"a" * 5000}.xml#x"/>'))
    assert "V015" in {found.code for found in check(edition, jobs=1).problems}


def test_an_xinclude_is_not_followed(edition: Edition) -> None:
    include = '<include xmlns="http://www.w3.org/2001/XInclude" href="secret.txt" parse="text"/>'
    (edition.tei / "d1.xml").write_bytes(document(include))
    assert "".join(str(text) for text in read_tei(edition.tei / "d1.xml").getroot().itertext()) == ""
    assert any(found.code.startswith("V") for found in check(edition, jobs=1).problems)


def test_a_file_too_large_is_not_even_read(edition: Edition) -> None:
    with (edition.tei / "d1.xml").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert [found.code for found in check(edition, jobs=1).problems] == ["X001"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_not_waited_for(edition: Edition) -> None:
    os.mkfifo(edition.tei / "d1.xml")
    assert [found.code for found in check(edition, jobs=1).problems] == ["X002"]


def test_a_folder_and_a_broken_link_are_no_documents(edition: Edition) -> None:
    (edition.tei / "d1.xml").mkdir()
    (edition.tei / "d2.xml").symlink_to("nothing")
    assert [found.code for found in check(edition, jobs=1).problems] == ["X002", "X002"]


def test_a_file_that_is_gone_is_a_problem(edition: Edition) -> None:
    with pytest.raises(UnreadableXML) as caught:
        read_tei(edition.tei / "d9.xml")
    assert caught.value.problem.code == "X002"


def test_a_pointer_does_not_open_files_outside_the_edition(edition: Edition) -> None:
    (edition.tei / "d1.xml").write_bytes(document('<ref target="../tei/../../x.xml#a %2e%2e/x.xml#a"/>'))
    assert [found.code for found in check(edition, jobs=1).problems].count("V016") == 2


def test_one_refused_file_does_not_hide_the_problems_of_the_others(edition: Edition) -> None:
    (edition.tei / "d1.xml").write_bytes(b"")
    (edition.tei / "d2.xml").write_bytes(document("x"))
    assert {found.file for found in check(edition, jobs=1).problems} == {"tei/d1.xml", "tei/d2.xml"}


COMMANDS = (["convert"], ["check", "--compare"], ["build", "web"], ["build", "print"], ["review"], ["status"])


@pytest.mark.parametrize("file", ["d1950-10-01-a-b.xml", "authorities/persons.xml"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_breaks_off_because_of_a_file_that_cannot_be_read(
    tmp_path: Path, command: list[str], file: str
) -> None:
    made = found_edition(tmp_path / "edition", "Invented", "2026-01-01")
    (made.tei / file).write_bytes(REFUSED["DOCTYPE before a document"][0])
    done = CliRunner().invoke(despatch, [*command, "--edition", str(made.root), "--jobs", "1"])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.exit_code in {0, 1}

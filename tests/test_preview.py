"""Turn a small edition into a preview, and look at what a browser on this machine is given, and what it is refused."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.edition import Edition
from pipeline.preview import EVENTS, State, build_once, open_server
from pipeline.problems import problem
from tests.test_watching import INTERRUPTIBLE
from tests.test_website import add, edition_of

CLONE = Path(__file__).resolve().parent.parent
PATIENCE = 60
"""Seconds until a test gives up; a machine may be busy."""


class Preview:
    """A server and what it serves."""

    def __init__(self, folder: Path) -> None:
        self.edition = edition_of(folder, ["sheets"])
        self.state = State("en")
        self.server = open_server(self.edition, self.state, 0)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def build(self) -> None:
        build_once(self.edition, self.state, 1, searching=False)

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    made = Preview(tmp_path)
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_page_is_shown_with_its_build_and_stays_clean_on_disk(preview: Preview) -> None:
    preview.build()
    status, shown = preview.get("/sheets.html")
    page = (preview.edition.build / "site" / "sheets.html").read_text(encoding="utf-8")
    assert status == 200
    assert 'data-number="1"' in shown
    assert shown.startswith(page.partition("</body>")[0])
    assert "preview" not in page
    assert preview.get("/")[1].startswith("<!DOCTYPE")
    assert preview.get("/ru/?q=x")[0] == 200
    assert preview.get("/assets/edition.css")[0] == 200


def test_what_is_wrong_stands_in_every_page_the_own_document_first(preview: Preview) -> None:
    preview.build()
    preview.state.built([problem("W002", "tei/a.xml", reason="<b>"), problem("W002", "tei/sheets.xml", reason="other")])
    shown = preview.get("/sheets.html")[1]
    items = re.findall(r"<li>(tei/.*?)</li>", shown)
    assert [item.partition(":")[0] for item in items] == ["tei/sheets.xml", "tei/a.xml"]
    assert "&lt;b&gt;" in items[1]
    assert "2 problems" in shown
    preview.state.built([])
    assert "<details open>" not in preview.get("/sheets.html")[1]


def test_an_edition_that_stops_the_work_is_told_and_mended_later(preview: Preview) -> None:
    corpus = preview.edition.corpus.read_text(encoding="utf-8")
    preview.build()
    preview.edition.corpus.write_text("<TEI", encoding="utf-8")
    preview.build()
    assert "corpus.xml" in preview.get("/sheets.html")[1].partition("<details")[2]
    preview.edition.corpus.write_text(corpus, encoding="utf-8")
    add(preview.edition, "later", "<p>More</p>")
    preview.build()
    assert preview.get("/later.html")[0] == 200


def test_an_open_page_is_told_of_the_next_build(preview: Preview) -> None:
    preview.build()
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    connection.request("GET", EVENTS)
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"
    assert answer.readline() == b"data: 1\n"
    answer.readline()
    preview.state.built([])
    assert answer.readline() == b"data: 2\n"


def test_only_this_machine_is_answered(preview: Preview) -> None:
    preview.build()
    assert preview.server.server_address[0] == "127.0.0.1"
    assert preview.get("/index.html", host="elsewhere.example:80")[0] == 403
    assert preview.get(EVENTS, host="elsewhere.example")[0] == 403


@pytest.mark.parametrize("path", ["/../links.json", "/%2e%2e/links.json", "/..%2flinks.json"])
def test_nothing_but_the_site_is_handed_out(preview: Preview, path: str) -> None:
    preview.build()
    assert (preview.edition.build / "links.json").is_file()
    assert preview.get(path)[0] == 404


def test_a_save_is_followed(tmp_path: Path) -> None:
    edition: Edition = edition_of(tmp_path, ["sheets"])
    command = [sys.executable, "-c", INTERRUPTIBLE, "serve", "--port", "0", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(CLONE), "PYTHONUTF8": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            port = int(re.search(r":(\d+)/", process.stdout.readline())[1])  # type: ignore[index]
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", EVENTS)
            answer = connection.getresponse()
            first = answer.readline()
            answer.readline()
            path = edition.tei / "sheets.xml"
            path.write_text(path.read_text(encoding="utf-8").replace("Sheets, furniture", "Renamed"), encoding="utf-8")
            while (told := answer.readline()) in {first, b"\n"}:
                pass
            assert told == b"data: 2\n"
            assert "Renamed" in (edition.build / "site" / "sheets.html").read_text(encoding="utf-8")
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0

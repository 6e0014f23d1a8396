"""Turn the work on an edition into a website that follows it: built anew and shown at every save, on this machine only.

The main thread watches, checks and builds (SaxonC allows one thread); the others only hand out files. A page shown in
a browser keeps a line open (server-sent events, WHATWG HTML, section 9.2) and loads itself anew after a build. What is
wrong stands at the foot of every page. Nothing of this is written into `build/site/`.
"""

from __future__ import annotations

import functools
import html
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from pipeline.edition import Edition
from pipeline.linking import link
from pipeline.problems import PipelineError, Problem, as_text
from pipeline.validation import check
from pipeline.watching import moments
from pipeline.website import build_website
from pipeline.wording import say

LOOPBACK = "127.0.0.1"

EVENTS = "/.preview/events"

PULSE = 15
"""Seconds after which a line on which nothing happened is shown to be alive."""

SHOWN = 50
"""Problems that a page shows."""

FRAGMENT = Path(__file__).with_name("preview.html")
"""What every page has at its end while it is previewed."""


class State:
    """The number of the latest build and what is wrong with the edition, for all threads."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._turn = threading.Condition()
        self._number = 0
        self._messages: tuple[tuple[str, str], ...] = ()

    def built(self, problems: Iterable[Problem], stopped: str = "") -> None:
        """Take in what a build found, and wake the pages that wait for it."""
        found = [(problem.file, as_text(problem, self.language)) for problem in problems]
        with self._turn:
            self._messages = tuple([("", stopped)] if stopped else found)
            self._number += 1
            self._turn.notify_all()

    def after(self, number: int, patience: float) -> int:
        """Return the number of a build after this one, or the same where none came in time."""
        with self._turn:
            self._turn.wait_for(lambda: self._number != number, patience)
            return self._number

    def fragment(self, page: str) -> bytes:
        """Return what stands at the end of a page: its build, and what is wrong, in its own document first."""
        with self._turn:
            number, messages = self._number, self._messages
        own = f"/{Path(page).stem}.xml"
        ordered = sorted(messages, key=lambda one: not f"/{one[0]}".endswith(own))
        items = "".join(f"<li>{html.escape(message)}</li>" for _, message in ordered[:SHOWN])
        title = html.escape(say("preview.problems", self.language, count=len(messages)))
        problems = f"<details open><summary>{title}</summary><ol>{items}</ol></details>" if messages else ""
        text = FRAGMENT.read_text(encoding="utf-8").replace("{number}", str(number)).replace("{events}", EVENTS)
        return text.replace("{problems}", problems).encode()


class Handler(SimpleHTTPRequestHandler):
    """Hands out the site, with what belongs to the preview at the end of every page."""

    state: ClassVar[State]

    def do_GET(self) -> None:
        if not self._is_from_here():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif self.path == EVENTS:
            self._send_events()
        elif (page := self._page()) is not None:
            self._send_page(page)
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        if self._is_from_here():
            super().do_HEAD()
        else:
            self.send_error(HTTPStatus.FORBIDDEN)

    def _is_from_here(self) -> bool:
        """Whether the address asked for is this machine's: a page elsewhere may lead its own name here."""
        return self.headers.get("Host", "").rpartition(":")[0] in {LOOPBACK, "localhost"}

    def _page(self) -> Path | None:
        """Return the page that is asked for, None where it is another file or not there."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        return path if path.suffix == ".html" and path.is_file() else None

    def _send_page(self, page: Path) -> None:
        content = page.read_bytes().replace(b"</body>", self.state.fragment(page.name) + b"</body>")
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _send_events(self) -> None:
        """Send the number of each build until the page is closed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        number = self.state.after(-1, 0)
        try:
            while True:
                self.wfile.write(f"data: {number}\n\n".encode())
                number = self.state.after(number, PULSE)
        except OSError:
            self.close_connection = True

    def end_headers(self) -> None:
        """Let no browser keep what the next save may change."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of each file."""


def open_server(edition: Edition, state: State, port: int) -> ThreadingHTTPServer:
    """Return a server of the site on the loopback address; 0 takes any free port. Raise `OSError` for one taken."""
    site = edition.build / "site"
    site.mkdir(parents=True, exist_ok=True)
    handler = type("OfEdition", (Handler,), {"state": state})
    server = ThreadingHTTPServer((LOOPBACK, port), functools.partial(handler, directory=str(site)))
    server.daemon_threads = True
    return server


def build_once(edition: Edition, state: State, jobs: int, *, searching: bool, lenient: bool = False) -> None:
    """Check and build what changed; what stops the work is shown like any problem, and the next save tried again."""
    try:
        checked = check(edition, jobs)
        link(edition, jobs)
        made = build_website(edition, jobs, searching=searching, lenient=lenient)
        state.built(sorted({*checked.problems, *made.problems}))
    except PipelineError as stopped:
        state.built((), str(stopped))


def serve(
    edition: Edition, port: int, language: str, jobs: int, announce: Callable[[str], None], *, lenient: bool
) -> None:
    """Serve the site and follow the edition until interrupted. The search is made once, at the start."""
    state = State(language)
    with open_server(edition, state, port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for number, _ in enumerate(moments(edition)):
            build_once(edition, state, jobs, searching=number == 0, lenient=lenient)
            if number == 0:
                announce(f"http://{LOOPBACK}:{server.server_address[1]}/")

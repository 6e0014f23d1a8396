"""Turn the pages of a site into axe-core's opinion of them: what its rules find in Chromium.

A server of ours hands the pages out, each with axe-core in it; one window goes from page to page and sends back what
was found. Every rule of WCAG 2.0, 2.1 and 2.2, levels A and AA, is asked for, and every best practice (axe-core,
doc/API.md, "Axe-core Tags"). The window is a real one of its width: rules about the whole page run in no frame.
"""

from __future__ import annotations

import functools
import http.server
import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.npm import npm_file
from tests.test_website import CHROMIUM

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")

RUNNER = """<script src="/axe.js"></script><script>
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
addEventListener("load", async () => {
  while (location.search && !document.querySelector("#search-count").textContent) await wait(50);
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const name = document.querySelector(".witness a.name[data-doubt]");
  name?.scrollIntoView({ block: "center", behavior: "instant" });
  name?.focus();
  await wait(50);
  const found = await axe.run(document, { runOnly: TAGS, resultTypes: ["violations"] });
  const said = found.violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, String(node.target)]));
  const page = { page: location.pathname.slice(1) + location.search, width: innerWidth, rules: found.passes.length,
    dark: matchMedia("(prefers-color-scheme: dark)").matches, card: !!document.querySelector(":popover-open"), said };
  const answer = await fetch("/found", { method: "POST", body: JSON.stringify(page) });
  const next = await answer.text();
  if (next) location.replace(next);
});
</script></head>""".replace("TAGS", json.dumps(TAGS))
"""What every page gets: it waits for the search, unfolds what is folded, shows a name's card, and asks axe-core."""


OPENER = """<!DOCTYPE html><title>opener</title><script>
open(location.hash.slice(1), "_blank", "popup,width=" + location.search.slice(1) + ",height=900");
</script>"""
"""The page that opens the window: only what a page opens may be as narrow as a phone."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What axe-core says of a page in one window."""

    page: str
    """Its path in the site, and what follows."""
    width: int
    """Of the window, in CSS pixels."""
    is_dark: bool
    has_card: bool
    """Whether the card of a name was shown."""
    rules: int
    """How many rules found something that keeps them."""
    faults: tuple[tuple[str, str], ...]
    """Each rule broken, and the element that breaks it, as a selector."""


class Asking(http.server.SimpleHTTPRequestHandler):
    """Serves a site with axe-core in every page, and takes what was found."""

    axe: bytes
    found: queue.Queue[Seen]
    following: Mapping[str, str]
    """The page that comes after each."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if self.path == "/axe.js":
            self._answer(self.axe, "text/javascript")
        elif path.name == "opener":
            self._answer(OPENER.encode(), "text/html")
        elif path.suffix == ".html" and path.is_file():
            self._answer(path.read_bytes().replace(b"</head>", RUNNER.encode(), 1), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        faults = tuple((rule, place) for rule, place in said["said"])
        self._answer(self.following[said["page"]].encode(), "text/plain")
        self.found.put(Seen(said["page"], said["width"], said["dark"], said["card"], said["rules"], faults))

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def seen_by_axe(site: Path, pages: Sequence[str], profile: Path, *, width: int, is_dark: bool) -> Iterator[Seen]:
    """Yield what axe-core says of pages of a site, in a window of a width and a theme."""
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed")
    axe = npm_file("axe-core/axe.min.js").read_bytes()
    found: queue.Queue[Seen] = queue.Queue()
    following = dict(zip(pages, [*(f"/{page}" for page in pages[1:]), ""], strict=True))
    asking = type("AskingOfSite", (Asking,), {"axe": axe, "found": found, "following": following})
    handler = functools.partial(asking, directory=str(site))
    switches = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
        --disable-component-update --disable-sync --hide-scrollbars --remote-debugging-port=0""".split()
    switches += ["--disable-popup-blocking", "--screen-info={1600x1200}", f"--user-data-dir={profile}"]
    switches += [f"--blink-settings=preferredColorScheme={0 if is_dark else 1}"]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/opener?{width}#/{pages[0]}"
        with subprocess.Popen([str(CHROMIUM), *switches, address], stderr=subprocess.DEVNULL) as browser:
            try:
                for _ in pages:
                    yield found.get(timeout=120)
            finally:
                browser.terminate()
                server.shutdown()

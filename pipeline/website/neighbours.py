"""Turn the extracts of an edition's documents, and the links between them, into what each page says of the others.

A page names the document before and after it by date, and those that belong to one correspondence with it: what it
answers, mentions, is answered by. All of that is folded from small files, so that no document is read twice:

    build/.state/website/<id>.xml    a document's extract, with its place in the order of dates (`TEI/@n`)
    build/links.json                 links and threads, as `pipeline.linking` writes them; may be missing

What comes out is TEI for the stylesheets (`xslt/web/around.xsl`):

    <related>
     <previous>TEI</previous> <next>TEI</next>
     <item>TEI <relation type="replyTo" status="resolved" message="cd1">your telegram of 1.10.50</relation></item>
    </related>
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pipeline.tei import TEI, read_tei

NEAR = 12
"""Documents of a long thread that a page names before and after its own."""


class Neighbours:
    """The documents of an edition in the order of their dates, and what links them."""

    def __init__(self, extract: Callable[[str], Path], names: Iterable[str], links: Path) -> None:
        self._extract = extract
        keys = {name: _sort_key(extract(name)) for name in names}
        self._order = sorted(keys, key=keys.__getitem__)
        self._place = {name: place for place, name in enumerate(self._order)}
        self._relations: dict[str, dict[str, list[str]]] = {}
        self._threads: dict[str, list[str]] = {}
        self._read(links)

    def around(self, name: str) -> str:
        """Return what a document's page says of others, as TEI."""
        place = self._place[name]
        before, after = self._order[max(0, place - 1) : place], self._order[place + 1 : place + 2]
        near = "".join(f"<{tag}>{self._text(one)}</{tag}>" for tag, one in _named(before, after))
        items = "".join(self._item(name, one) for one in self._correspondence(name))
        return f'<related xmlns="{TEI}">{near}{items}</related>'

    def _read(self, links: Path) -> None:
        """Take from the links what leads to a document that is there."""
        try:
            found = json.loads(links.read_bytes())
        except FileNotFoundError:
            return
        for link in found["links"]:
            for target in link["targets"]:
                self._relate(link["message"], link["type"], target, link["status"], link["words"])
        for target, sources in found["inverse"].items():
            for kind, source in sources:
                self._relate(target, kind, source, "resolved", "")
        for thread in found["threads"]:
            there = sorted((name for name in thread if name in self._place), key=self._place.__getitem__)
            self._threads |= dict.fromkeys(there, there)

    def _relate(self, message: str, kind: str, target: str, status: str, words: str) -> None:
        source, _, own = message.partition("#")
        other = target.partition("#")[0]
        if {source, other} <= self._place.keys() and source != other:
            attributes = f"type={quoteattr(kind)} status={quoteattr(status)} message={quoteattr(own)}"
            entry = f"<relation {attributes}>{escape(words)}</relation>"
            known = self._relations.setdefault(source, {}).setdefault(other, [])
            if entry not in known:
                known.append(entry)

    def _correspondence(self, name: str) -> list[str]:
        """Return the documents of a thread, its own too, and those that may belong to it; by date."""
        thread = self._threads.get(name, [])
        own = thread.index(name) if thread else 0
        near = thread[max(0, own - NEAR) : own + NEAR + 1]
        related = self._relations.get(name, {})
        both = {*near, *related, name} if near or related else set()
        return sorted(both, key=self._place.__getitem__)

    def _item(self, name: str, other: str) -> str:
        relations = "".join(self._relations.get(name, {}).get(other, []))
        return f"<item>{self._text(other)}{relations}</item>"

    def _text(self, name: str) -> str:
        return self._extract(name).read_text(encoding="utf-8")


def _named(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    yield from (("previous", one) for one in before)
    yield from (("next", one) for one in after)


def _sort_key(extract: Path) -> tuple[str, str]:
    """Return the place of a document in the order of dates, its name where two have the same."""
    return (read_tei(extract).getroot().get("n") or "", extract.stem)

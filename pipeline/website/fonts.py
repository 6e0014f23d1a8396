"""Turn the characters of the website into the fonts that it brings along.

    build/site/fonts/fonts.css                    the faces, for the frame of every page
    build/site/fonts/libertinus-serif-….woff2     the text face (see `pipeline.fonts`)
    build/site/fonts/noto-serif-cjk.woff2         Han, Hangul and kana: what the edition's files have of them, if any
    build/.state/website/han.txt                  these characters

A font of all Han characters is too heavy for a page; that of one edition's has a few kilobytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.files import write_file
from pipeline.fonts import FOLDER, HAN, WEB
from pipeline.fonts.cutting import cut_han, tools
from pipeline.freshness import Freshness, fingerprint_of
from pipeline.resources import resource
from pipeline.website.folder import Site, are_whole

EAST = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffef]")
"""The same characters as the `unicode-range` in `fonts/web/han.css`."""


def write_fonts(site: Site, freshness: Freshness, documents: Mapping[Path, str]) -> None:
    """Write the fonts, where any character or font changed; `documents` has what each state of one is known by."""
    characters = _characters(site, freshness, documents)
    folder = site.folder / "fonts"
    sources = sorted(path for path in (*WEB.iterdir(), *FOLDER.glob("OFL-*.txt")) if path.suffix != ".css")
    now = fingerprint_of(characters, tools(), HAN, WEB / "text.css", WEB / "han.css", *sources)
    files = [folder / path.name for path in sources] + [folder / "fonts.css"]
    files += [folder / "noto-serif-cjk.woff2"] if characters else []
    if not freshness.is_fresh("fonts", now, lambda: are_whole(files)):
        faces = (WEB / "text.css").read_bytes()
        for path in sources:
            write_file(folder / path.name, path.read_bytes(), remade=True)
        if characters:
            write_file(folder / "noto-serif-cjk.woff2", cut_han(characters), remade=True)
            faces += (WEB / "han.css").read_bytes()
        write_file(folder / "fonts.css", faces, remade=True)
        freshness.made("fonts", now)
    for path in set(folder.iterdir()) - set(files):
        path.unlink()


def _characters(site: Site, freshness: Freshness, documents: Mapping[Path, str]) -> str:
    """Return the characters of the edition that the text face lacks, sorted; read again where any document changed."""
    kept = site.state / "han.txt"
    odd = resource("schemas/edition.odd")
    now = fingerprint_of(*documents.values(), site.edition.corpus, *site.authorities, odd, EAST.pattern)
    if not freshness.is_fresh("characters", now, kept.is_file):
        found = characters_of((*documents, site.edition.corpus, *site.authorities, odd))
        write_file(kept, "".join(found).encode(), remade=True)
        freshness.made("characters", now)
    return kept.read_text(encoding="utf-8")


def characters_of(files: Iterable[Path]) -> list[str]:
    """Return the characters of Han, Hangul and kana in these XML files, written as such or by their numbers; sorted."""
    found: set[str] = set()
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        found.update(EAST.findall(html.unescape(text) if "&#" in text else text))
    return sorted(found)

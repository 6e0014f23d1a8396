"""Turn the code of a volume into the signs in it that it cannot show, and each of them into a problem at its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.edition import Edition
from pipeline.problems import Problem, problem
from pipeline.typesetting.compiler import TypesettingFailed, compile_pdf
from pipeline.typesetting.workshop import Workshop

COMBINED = re.compile("\\w[\u0300-\u036f\u0483-\u0489]+")
"""A letter with combining marks after it, which a font has or lacks as one."""

RARE = re.compile(r"[^\u0000-\u04ff\u2000-\u22ff]")
"""A character beyond Latin, Greek, Cyrillic and common signs: in other scripts a run of characters is joined."""

FORBIDDEN = re.compile("[\ufeff\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""What PDF/A-3a forbids in text whatever the fonts have (ISO 19005-3, 6.2.11.7): private characters, and U+FEFF."""

REFUSED = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not')
"""Where Typst quotes a text that it has no glyph for."""


def signs_without_font(workshop: Workshop, names: Sequence[str]) -> list[str]:
    """Return the signs of the whole volume that it cannot show, sorted: Typst is asked with each sign by itself."""
    shared = "".join(file.read_text(encoding="utf-8") for file in (workshop.front, workshop.lists))
    signs = _signs(shared).union(*(_signs(workshop.code(name)) for name in names))
    forbidden = {sign for sign in signs if FORBIDDEN.fullmatch(sign)}
    asked = sorted({FORBIDDEN.sub("", sign) for sign in signs})
    try:
        compile_pdf(workshop.folder, "probe.typ", {"signs": json.dumps(asked)}, 0)
    except TypesettingFailed as error:
        refused = {_unescaped(quoted) for quoted in REFUSED.findall(str(error))}
        if not refused:
            raise
        return sorted(refused | forbidden)
    return sorted(forbidden)


def _signs(text: str) -> set[str]:
    """Return what the fonts are asked for: each character, and each run that a font may have only in part."""
    runs = set(text.split())
    signs = set[str]().union(*runs)
    return signs.union((run for run in runs if RARE.search(run)), *map(COMBINED.findall, runs))


def _unescaped(quoted: str) -> str:
    r"""Return a text that Typst quotes as Rust does: `\u{feff}`, `\"`, `\\`."""
    plain = re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: chr(int(match[1], 16)), quoted)
    return re.sub(r"\\(.)", r"\1", plain)


def problems_of_signs(workshop: Workshop, names: Sequence[str], unshowable: Sequence[str]) -> Iterator[Problem]:
    """Yield one problem for each document and sign, at the first place where the document has it."""
    if not unshowable:
        return
    for name in names:
        code = workshop.code(name)
        for sign in unshowable:
            if sign in code:
                yield _problem_of_sign(workshop.edition, workshop.edition.tei / f"{name}.xml", sign)


def _problem_of_sign(edition: Edition, path: Path, sign: str) -> Problem:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    line, text = next(((number, text) for number, text in enumerate(lines, start=1) if sign in text), (0, ""))
    point = " ".join(f"U+{ord(character):04X}" for character in sign)
    return problem("T001", edition.name(path), line, text.find(sign) + 1, sign=sign, point=point)

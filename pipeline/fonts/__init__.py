"""Turn the name of a font into the file that ships with the program.

    NotoSerifCJKsc-Regular.otf    Han, Hangul and kana, for the volume and, cut to its characters, for the website
    web/*.woff2, web/*.css        Libertinus Serif in slices by script, for the website

The volume's Libertinus Serif is inside Typst. `README.md` beside this file says where each comes from.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
WEB = FOLDER / "web"

HAN = FOLDER / "NotoSerifCJKsc-Regular.otf"
"""Simplified Chinese forms; Traditional, Japanese and Korean ones where a text's language asks for them (`locl`)."""

"""Turn a font into one of certain characters only: with the folder's `making.py`, the only door to fontTools.

Files are OpenType (ISO/IEC 14496-22) or WOFF2 (W3C Recommendation of 2022). What the font is called, who made it and
its licence stay in it, as the SIL Open Font License asks.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import brotli
import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont

from pipeline.fonts import HAN

FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]
UPRIGHT = ["BASE", "DSIG", "VORG", "vhea", "vmtx"]
"""Tables that only vertical lines need, and a signature that no longer holds."""


def tools() -> str:
    """Return the names and versions of what cuts and packs fonts: others may give other bytes."""
    return f"fontTools {fontTools.version}, Brotli {brotli.__version__}"


def cut_han(characters: Iterable[str]) -> bytes:
    """Return the font of Han, Hangul and kana with these characters only, in all their regional forms, as WOFF2."""
    with TTFont(HAN, lazy=True, recalcTimestamp=False) as font:
        return cut(font, map(ord, characters), "woff2")


def cut(font: TTFont, points: Iterable[int], flavour: str | None = None) -> bytes:
    """Return a font with these code points, as far as it has them, and the glyphs that its features make of them."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.drop_tables += UPRIGHT
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14]
    options.desubroutinize = flavour is not None
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(set(points)))
    subsetter.subset(font)
    font.flavor = flavour
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()

"""Turn the fonts as their makers publish them into the files that ship.

    python -m pipeline.fonts.making NOTO LIBERTINUS

NOTO is `NotoSerifCJK-Regular.ttc` of Debian's package `fonts-noto-cjk`, LIBERTINUS the folder of the npm package
`@expo-google-fonts/libertinus-serif`. The same fonts and the same fontTools give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fontTools.ttLib import TTFont

from pipeline.files import write_file
from pipeline.fonts import HAN, WEB
from pipeline.fonts.cutting import cut

SIMPLIFIED = 2
"""Which face of the collection has Simplified Chinese forms by default."""

STANDARDS: Mapping[str, tuple[int, int]] = {
    "gb2312": (0xA1, 0xF7),
    "big5": (0xA1, 0xC6),
    "shift_jis": (0x81, 0xEF),
    "euc_kr": (0xA1, 0xFD),
}
"""First and last lead byte of the standards whose characters the font has: GB 2312, Big5 to the end of level 1,
JIS X 0208, KS X 1001."""

FIRST = 0x2E80
"""Where the blocks of East Asia begin; signs of these standards below are left to the text face."""

JAMO = [*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]
"""The letters of modern Hangul, of which decomposed text (NFD) consists."""

MARKS = [*range(0x300, 0x30D), 0x323, 0x327, 0x328, 0x32E, 0x331, 0x332, 0x360, 0x361]
"""Combining marks of transliteration: ŭ, ạ, t͡s."""

SLICES: Mapping[str, tuple[int, ...]] = {
    "latin": (
        *(*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2B9, 0x2BE), *range(0x2010, 0x2060)),
        *(*MARKS, 0x20AC, 0x2122, *range(0x2190, 0x2194), 0x2212),
    ),
    "cyrillic": (
        *(*range(0x400, 0x460), 0x462, 0x463, *range(0x472, 0x476), 0x490, 0x491, 0x2116),
        *(0x300, 0x301, 0x302, 0x304, 0x306, 0x308, 0x30B, 0x483),
    ),
}
"""What a page of letters in each script needs, in one file each; the rest of the font is the slice `other`."""

STYLES = {"400": "400Regular", "400-italic": "400Regular_Italic", "700": "700Bold", "700-italic": "700Bold_Italic"}


def characters() -> set[int]:
    """Return the code points that the font for Han, Hangul and kana claims to have."""
    found = {point for codec, leads in STANDARDS.items() for point in _of_standard(codec, *leads)}
    kana = {ord(bytes([byte]).decode("shift_jis")) for byte in range(0xA1, 0xE0)}
    return {point for point in found | kana if point >= FIRST} | set(JAMO)


def _of_standard(codec: str, first: int, last: int) -> Iterator[int]:
    for lead in range(first, last + 1):
        for trail in range(0x40, 0xFF):
            try:
                decoded = bytes([lead, trail]).decode(codec)
            except UnicodeDecodeError:
                continue
            yield from map(ord, decoded)


def make_han(collection: Path) -> bytes:
    """Return the font of Han, Hangul and kana."""
    with TTFont(collection, fontNumber=SIMPLIFIED, lazy=True, recalcTimestamp=False) as font:
        return cut(font, characters())


def make_slices(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the text face in its slices, each with the path where it lies."""
    for style, name in STYLES.items():
        (file,) = folder.glob(f"{name}/*.ttf")
        sliced = {point for points in SLICES.values() for point in points}
        with TTFont(file) as whole:
            rest = set(whole.getBestCmap()) - sliced
        points: Mapping[str, Iterable[int]] = {**SLICES, "other": rest}
        for slice_name, wanted in points.items():
            with TTFont(file, recalcTimestamp=False) as font:
                yield WEB / f"libertinus-serif-{slice_name}-{style}.woff2", cut(font, wanted, "woff2")


if __name__ == "__main__":
    for path, content in make_slices(Path(sys.argv[2])):
        write_file(path, content)
    write_file(HAN, make_han(Path(sys.argv[1])))

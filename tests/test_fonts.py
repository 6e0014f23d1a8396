"""Turn the fonts that ship, and those of a website, into what they promise: characters, forms, licences, weight."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pipeline.edition import Edition
from pipeline.fonts import FOLDER, HAN, WEB
from pipeline.fonts.cutting import cut_han
from pipeline.fonts.making import SLICES, STYLES, characters
from pipeline.website import build_website
from pipeline.website.fonts import EAST, characters_of
from tests.test_website import CHROMIUM, add, edition_of

TRANSLITERATION = "ŏŭāēīōūĭėçñö’‘ʹʺŭŏt͡si͡u"
"""Wade-Giles, McCune-Reischauer, Library of Congress."""

RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяѣіѳѵёѢІѲѴЁ№о́е́"


def opened(font: bytes | Path) -> TTFont:
    """Return a font, read into memory."""
    return TTFont(io.BytesIO(font if isinstance(font, bytes) else font.read_bytes()))


def points_of(font: bytes | Path) -> set[int]:
    """Return the code points that a font has."""
    return set(opened(font).getBestCmap())


@pytest.fixture(scope="module")
def han() -> set[int]:
    return points_of(HAN)


def test_the_font_has_what_the_standards_of_east_asia_have(han: set[int]) -> None:
    assert characters() <= han
    assert len({point for point in han if 0x4E00 <= point <= 0x9FFF}) > 10_500
    assert len({point for point in han if 0xAC00 <= point <= 0xD7A3}) == 2350


@pytest.mark.parametrize(
    "words", ["毛泽东", "毛澤東", "金日成", "김일성", "박헌영", "朴憲永", "東京", "ひらがなカタカナ", "「」、。"]
)
def test_the_font_has_names_in_every_writing_of_east_asia(han: set[int], words: str) -> None:
    assert {hex(ord(sign)) for sign in words if ord(sign) not in han} == set()


def test_the_fonts_are_small_enough_to_ship() -> None:
    assert HAN.stat().st_size < 8_000_000
    assert sum(path.stat().st_size for path in WEB.iterdir()) < 600_000


def test_each_font_says_what_it_is_and_under_which_licence() -> None:
    for path, name in [(HAN, "Noto Serif CJK SC"), *((path, "Libertinus Serif") for path in WEB.glob("*.woff2"))]:
        names = opened(path)["name"]
        assert name in {names.getDebugName(1), names.getDebugName(16)}
        assert "SIL Open Font License, Version 1.1" in names.getDebugName(13)
    for path in FOLDER.glob("OFL-*.txt"):
        assert re.match(r"Copyright [\s\S]+\nSIL OPEN FONT LICENSE Version 1.1", path.read_text(encoding="utf-8"))
    assert len(list(FOLDER.glob("OFL-*.txt"))) == 2


def faces(style_sheet: str) -> dict[str, set[int]]:
    """Return the files that a style sheet takes fonts from, each with the code points that it is asked for."""
    found: dict[str, set[int]] = {}
    for face in re.findall(r"@font-face \{(.*?)\}", style_sheet, re.DOTALL):
        files = re.findall(r'url\("([\w.-]+)"\)', face)
        ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face)
        points = {point for first, last in ranges for point in range(int(first, 16), int(last or first, 16) + 1)}
        found |= dict.fromkeys(files, points)
    return found


def test_the_slices_of_the_text_face_are_asked_for_what_they_have() -> None:
    asked = faces((WEB / "text.css").read_text(encoding="utf-8"))
    assert set(asked) == {path.name for path in WEB.glob("*.woff2")}
    for style in STYLES:
        have = {name: points_of(WEB / f"libertinus-serif-{name}-{style}.woff2") for name in (*SLICES, "other")}
        for name, points in SLICES.items():
            assert asked[f"libertinus-serif-{name}-{style}.woff2"] == set(points)
            assert have[name] <= set(points)
        missing = have["other"] - asked[f"libertinus-serif-other-{style}.woff2"]
        assert {hex(point) for point in missing if not 0xE000 <= point <= 0xF8FF and point <= 0xFFFF} == set()
        assert {sign for sign in TRANSLITERATION if ord(sign) not in have["latin"]} == set()
        lost = {sign for sign in RUSSIAN if ord(sign) not in have["cyrillic"]}
        assert lost == (set("ѣѢѳѲѵѴ") if style == "700-italic" else set())


def test_a_page_of_two_scripts_needs_less_than_a_hundred_kilobytes() -> None:
    usual = [f"libertinus-serif-{name}-{style}.woff2" for name in SLICES for style in ("400", "400-italic")]
    assert sum((WEB / name).stat().st_size for name in usual) < 100_000


def test_a_font_is_cut_to_the_same_bytes_each_time_with_all_regional_forms() -> None:
    cut = cut_han("毛骨해")
    assert cut == cut_han("해骨毛")
    assert points_of(cut) == set(map(ord, "毛骨해"))
    font = opened(cut)
    scripts = font["GSUB"].table.ScriptList.ScriptRecord
    languages = {record.LangSysTag.strip() for script in scripts for record in script.Script.LangSysRecord}
    assert {"JAN", "KOR", "ZHT"} <= languages
    assert len(font.getGlyphOrder()) > 4
    assert len(cut) < 10_000


def test_characters_are_found_written_as_such_and_by_their_numbers(tmp_path: Path) -> None:
    file = tmp_path / "some.xml"
    file.write_text("<p>Mao 毛 &#x6FA4;&#26481; 해 ひ</p>", encoding="utf-8")
    assert characters_of([file]) == sorted("毛澤東해ひ")
    assert all(EAST.fullmatch(chr(point)) for point in characters())
    asked = faces((WEB / "han.css").read_text(encoding="utf-8"))["noto-serif-cjk.woff2"]
    assert asked == {point for point in range(0x10000) if EAST.fullmatch(chr(point))}


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Return an edition, without registers, of one document that names somebody in Chinese."""
    made = edition_of(tmp_path / "edition", [])
    for path in (made.tei / "authorities").glob("*.xml"):
        path.unlink()
    add(
        made,
        "named",
        "<p xml:lang='ru'>Мао Цзэдун <foreign xml:lang='zh-Hant'>毛澤東</foreign> <hi rend='bold'>ŭ</hi></p>",
    )
    build_website(edition=made, jobs=1, searching=False)
    return made


def test_a_site_brings_the_characters_that_it_has_and_no_others(edition: Edition) -> None:
    fonts = edition.build / "site" / "fonts"
    eastern = fonts / "noto-serif-cjk.woff2"
    assert points_of(eastern) >= set(map(ord, "毛澤東"))
    assert set(faces((fonts / "fonts.css").read_text(encoding="utf-8"))) == {
        path.name for path in fonts.glob("*.woff2")
    }
    before = eastern.read_bytes()
    add(edition, "named", "<p>김일성</p>")
    build_website(edition, jobs=1, searching=False)
    assert ord("김") in points_of(eastern)
    assert ord("澤") not in points_of(eastern)
    add(edition, "named", "<p><foreign>毛澤東</foreign></p>")
    build_website(edition, jobs=1, searching=False)
    assert eastern.read_bytes() == before


def test_style_sheets_of_fonts_ask_no_other_host(edition: Edition) -> None:
    sheet = (edition.build / "site" / "fonts" / "fonts.css").read_text(encoding="utf-8")
    assert not re.search(r"https?:|//|@import", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))


@pytest.mark.browser
def test_a_browser_takes_from_a_folder_the_fonts_that_a_page_needs(edition: Edition) -> None:
    if not CHROMIUM.exists():
        pytest.skip("Debian's chromium is not installed")
    page = edition.build / "site" / "named.html"
    script = """<script>addEventListener("load", async () => { await document.fonts.ready;
        document.body.dataset.loaded = [...document.fonts].filter(face => face.status === "loaded")
          .map(face => [face.family.replaceAll('"', ""), face.weight, face.style, face.unicodeRange.slice(0, 6)])
          .map(words => words.join(" "))
          .sort().join("; "); });</script></body>"""
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", script), encoding="utf-8")
    switches = "--headless --no-sandbox --disable-gpu --virtual-time-budget=5000 --dump-dom".split()
    done = subprocess.run([CHROMIUM, *switches, page.as_uri()], capture_output=True, text=True, check=True, timeout=60)
    (loaded,) = re.findall(r'data-loaded="([^"]*)"', done.stdout)
    found = {name for name in loaded.split("; ") if "Stand-in" not in name}
    assert {name.rpartition(" ")[0] for name in found if name.startswith("Libertinus")} == {
        "Libertinus Serif 400 normal",
        "Libertinus Serif 400 italic",
        "Libertinus Serif 700 normal",
    }
    assert [name for name in found if name.startswith("Noto")]
    assert not [name for name in found if name.endswith("U+180-")]

"""Turn what lies beside the documents for editors' programs into tests: schemas found, problems shown, tags hidden."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from lxml import etree, html

from pipeline.cli import CHECK_BEGINS, CHECK_ENDS
from pipeline.edition import Edition
from pipeline.founding import FOR_EDITORS, found_edition
from pipeline.problems import Severity
from pipeline.relaxng import read_grammar
from pipeline.relaxng.datatypes import RELAXNG
from pipeline.stylesheets import Value, stylesheet
from pipeline.tei import read_tei
from pipeline.website import build_website
from tests.jing import first_lines_by_jing
from tests.tei_all import CLONE
from tests.test_watching import Watched, problems
from tests.test_website import CHROMIUM

DOCUMENTS = sorted([*(CLONE / "tei").glob("*.xml"), *(CLONE / "tei" / "authorities").glob("*.xml")])
SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
CATALOG = CLONE / "schemas" / "catalog.xml"
CSS = CLONE / "schemas" / "author.css"


def settings(name: str) -> dict[str, object]:
    found = json.loads((CLONE / ".vscode" / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def models(path: Path) -> dict[str, Path]:
    """Return the schemas that a document names for its editor, by their language."""
    instructions = etree.parse(path).xpath(
        "preceding-sibling::processing-instruction('xml-model')", smart_strings=False
    )
    pairs = [dict(re.findall(r'([\w-]+)="([^"]*)"', node.text)) for node in instructions]
    return {pair["schematypens"]: (path.parent / pair["href"]).resolve() for pair in pairs}


# The schemas that documents name


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_the_edition_s_schema_and_rules_for_its_editor(path: Path) -> None:
    schemas = CLONE / "schemas"
    assert models(path) == {RELAXNG: schemas / "edition.rng", SCHEMATRON: schemas / "edition.sch"}


@pytest.mark.slow
def test_a_document_is_valid_by_the_schema_that_it_names() -> None:
    named = defaultdict(list)
    for path in DOCUMENTS:
        named[models(path)[RELAXNG]].append(path)
    assert [first_lines_by_jing(schema, paths) for schema, paths in named.items()] == [{}]


def test_every_name_in_the_catalog_leads_to_a_schema_without_network() -> None:
    entries = [entry for entry in etree.parse(CATALOG).getroot() if entry.get("uri")]
    assert all((CATALOG.parent / entry.get("uri", "")).is_file() for entry in entries)
    names = {entry.get("name", entry.get("systemId", "")) for entry in entries}
    resolved = sorted(name for name in names if name.endswith((".rng", ".sch")))
    code = "import sys; from lxml import etree; [print(etree.parse(name).getroot().tag) for name in sys.argv[1:]]"
    environment = {**os.environ, "XML_CATALOG_FILES": CATALOG.as_uri()}
    done = subprocess.run([sys.executable, "-c", code, *resolved], env=environment, capture_output=True, check=True)
    assert done.stdout.decode().split() == [f"{{{RELAXNG}}}grammar", f"{{{SCHEMATRON}}}schema"]


# VS Code


def test_the_settings_name_files_that_are_there_and_fetch_nothing() -> None:
    found = settings("settings.json")
    assert found["xml.catalogs"] == ["schemas/catalog.xml"]
    associations = found["xml.fileAssociations"]
    assert isinstance(associations, list)
    for association in associations:
        assert (CLONE / association["systemId"]).is_file()
        assert list(CLONE.glob(association["pattern"])) or "authorities" in association["pattern"]
    for switch in ("xml.downloadExternalResources.enabled", "xml.validation.resolveExternalEntities"):
        assert found[switch] is False


def test_no_program_reformats_running_text() -> None:
    found = settings("settings.json")
    assert found["xml.format.enabled"] is False
    assert found["[xml]"]["editor.formatOnSave"] is False  # type: ignore[index]
    assert found["[xml]"]["files.trimTrailingWhitespace"] is False  # type: ignore[index]


@pytest.fixture
def matcher() -> dict[str, dict[str, object]]:
    tasks = settings("tasks.json")["tasks"]
    assert isinstance(tasks, list)
    task = tasks[0]
    assert task["isBackground"] is True
    assert task["command"] == "despatch check --watch"
    found = task["problemMatcher"]
    assert isinstance(found, dict)
    return found


def test_the_task_knows_where_a_check_begins_and_ends(matcher: dict[str, dict[str, object]]) -> None:
    background = matcher["background"]
    assert re.search(str(background["beginsPattern"]), CHECK_BEGINS)
    assert re.search(str(background["endsPattern"]), CHECK_ENDS)


@pytest.mark.slow
@pytest.mark.parametrize("case", ["invalid-nesting", "pointers", "unreadable"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_task_finds_file_line_and_severity_of_every_problem(
    case: str, language: str, matcher: dict[str, dict[str, object]], tmp_path: Path
) -> None:
    for name in ("valid-edition", case):
        shutil.copytree(CLONE / "tests" / "cases" / "validation" / name / "tei", tmp_path / "tei", dirs_exist_ok=True)
    watched = Watched(tmp_path, "--lang", language)
    lines = watched.check()
    watched.process.kill()
    watched.process.communicate()
    pattern = matcher["pattern"]
    found = [match for line in lines if (match := re.match(str(pattern["regexp"]), line))]
    assert len(found) == len(problems(lines)) == len(lines) - 2
    for match in found:
        parts = {name: match[int(str(group))] for name, group in pattern.items() if name != "regexp"}
        assert (tmp_path / parts["file"]).exists() or parts["code"] == "V017"
        assert int(parts["line"]) >= 1
        assert parts["severity"] in set(Severity)
        assert len(parts["message"]) > 20


# oXygen


def test_the_project_of_oxygen_shows_folders_that_are_there() -> None:
    project = CLONE / "schemas" / "oxygen" / "edition.xpr"
    folders = [(project.parent / folder.get("path", "")).resolve() for folder in etree.parse(project).iter("folder")]
    assert folders == [CLONE / "tei", CLONE / "schemas"]


def scenarios() -> list[dict[str, etree._Element]]:
    project = etree.parse(CLONE / "schemas" / "oxygen" / "edition.xpr")
    return [{field.get("name", ""): field[0] for field in one} for one in project.iter("scenario")]


def given(scenario: dict[str, etree._Element]) -> dict[str, Value]:
    """Return the parameters that a scenario gives to its stylesheet."""
    parameters = scenario["xsltParams"].iter("transformationParameter")
    return {
        str(one.findtext(".//field[@name='localName']/*")): str(one.findtext("field[@name='value']/*"))
        for one in parameters
    }


def stylesheet_of(scenario: dict[str, etree._Element]) -> Path:
    """Return a scenario's stylesheet; `${pdu}` is the folder of the project file (oXygen's editor variables)."""
    address = str(scenario["inputXSLURL"].text)
    assert address.startswith("${pdu}/")
    return (CLONE / "schemas" / "oxygen" / address.removeprefix("${pdu}/")).resolve()


def main_of(page: str) -> list[str]:
    """Return the words of a page's main part, without the ways to other documents, which a page alone has not."""
    tree = html.fromstring(page)
    for way in tree.xpath("//nav[contains(@class, 'sequence')] | //*[contains(@class, 'thread')]"):
        way.drop_tree()
    return " ".join(tree.get_element_by_id("page-content").itertext()).split()


@pytest.mark.slow
def test_oxygen_s_scenarios_show_a_document_as_the_site_does(tmp_path: Path) -> None:
    for folder in ("tei", "schemas"):
        shutil.copytree(CLONE / folder, tmp_path / folder)
    edition = Edition(tmp_path)
    assert not build_website(edition, 1, searching=False).problems
    assert {given(scenario)["lang"] for scenario in scenarios()} == {"en", "ru"}
    for scenario in scenarios():
        language = given(scenario)["lang"]
        for path in edition.documents():
            made = stylesheet(stylesheet_of(scenario)).transform(read_tei(path), given(scenario), path)
            page = next((edition.build / "site").glob(f"{language}/{path.stem}.html"), None)
            page = page or edition.build / "site" / f"{path.stem}.html"
            assert main_of(made) == main_of(page.read_text(encoding="utf-8"))
            files = set(re.findall(r'(?:href|src)="(file:[^"#]*)', made))
            assert files
            assert [one for one in files if not Path(url2pathname(urlsplit(one).path)).is_file()] == []


def test_the_author_view_speaks_of_elements_that_the_edition_has() -> None:
    rules = re.sub(
        r'/\*.*?\*/|@namespace[^;]*;|\{[^}]*\}|"[^"]*"', " ", CSS.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    named = set(re.findall(r"(?<![\w:\[.#-])([A-Za-z]\w*)", re.sub(r"\[[^\]]*\]", "", rules)))
    elements = {name.rpartition("}")[2] for name in read_grammar(CLONE / "schemas" / "edition.rng").names()}
    assert {"opener", "floatingText", "gloss", "corr", "persName"} <= named
    assert named - elements == set()


SEEN = {
    "display of the record of the capture": ("sourceDesc", "", "display", "none"),
    "display of a paragraph": ("body p", "", "display", "block"),
    "what stands above a witness": ("div", "::before", "content", '"original"'),
    "the edge of an embedded message": ("floatingText", "", "borderLeftStyle", "double"),
    "what stands above an opener": ("body opener", "::before", "content", '"opener"'),
    "a bracket of the source": ("body gloss", "::after", "content", '"identification"'),
    "an error": ("body sic", "", "borderBottomStyle", "dotted"),
    "its correction": ("body choice > corr", "::before", "content", '"‹"'),
    "a name with an entry": ("body persName[ref]", "", "borderBottomStyle", "solid"),
}
"""What a browser must make of the author view: selector, generated part, property, value."""

SCRIPT = """<script xmlns="http://www.w3.org/1999/xhtml">
  const seen = SEEN.map(([selector, part, property]) =>
    getComputedStyle(document.querySelector(selector), part || null)[property]);
  document.documentElement.setAttribute('seen', JSON.stringify(seen));
</script>"""


@pytest.mark.browser
def test_a_browser_shows_a_document_without_tags(tmp_path: Path) -> None:
    if not CHROMIUM.is_file():
        pytest.skip("Debian's chromium is not installed")
    shutil.copytree(CLONE / "schemas", tmp_path / "schemas")
    (tmp_path / "tei").mkdir()
    name = "d1950-10-03-roshchin-stalin.xml"
    source = (CLONE / "tests/cases/validation/valid-edition/tei" / name).read_text(encoding="utf-8")
    head, body = source.split("<teiHeader>", 1)
    style = '<?xml-stylesheet type="text/css" href="../schemas/author.css"?>\n<TEI '
    script = SCRIPT.replace("SEEN", json.dumps(list(SEEN.values())).replace("<", "\\u003c").replace(">", "\\u003e"))
    marked = "<p><choice><sic>x</sic><corr>y</corr></choice><gloss type='identification'>[z]</gloss></p>"
    body = body.replace("</body>", f"{marked}</body>").replace("</TEI>", f"{script}</TEI>")
    page = tmp_path / "tei" / name
    page.write_text(head.replace("<TEI ", style) + "<teiHeader>" + body, encoding="utf-8")
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    more = ["--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    command = [str(CHROMIUM), *flags.split(), *more, page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    seen = etree.fromstring(done.stdout.encode()).get("seen")
    assert dict(zip(SEEN, json.loads(str(seen)), strict=True)) == {name: wanted[3] for name, wanted in SEEN.items()}


# A new edition


def test_a_new_edition_has_what_its_editors_need(tmp_path: Path) -> None:
    edition = found_edition(tmp_path / "new", "Title", "2026-01-01")
    for folder in FOR_EDITORS:
        wanted = {path.relative_to(CLONE): path.read_bytes() for path in (CLONE / folder).rglob("*") if path.is_file()}
        assert wanted
        assert {name: (edition.root / name).read_bytes() for name in wanted} == wanted
    assert set(models(edition.corpus)) == {RELAXNG, SCHEMATRON}


def test_what_an_editor_has_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode" / "settings.json").write_text("{}", encoding="utf-8")
    edition = found_edition(tmp_path, "Title", "2026-01-01")
    assert (edition.root / ".vscode" / "settings.json").read_text(encoding="utf-8") == "{}"
    assert not (edition.root / ".vscode" / "tasks.json").exists()

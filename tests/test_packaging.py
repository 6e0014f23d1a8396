"""Turn what is promised of an installation into tests: locked by hash, whole in a wheel, told alike everywhere.

The wheel is installed in an environment that sees the libraries of this one, but not the clone: no network is needed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import pipeline
from pipeline.resources import resources
from pipeline.tei import NAMESPACES
from tests.style import program

CLONE = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<rest>[^\\\n]+?)\s*\\?$", re.MULTILINE)


def read(name: str) -> str:
    return (CLONE / name).read_text(encoding="utf-8")


def pins(lock: str) -> set[tuple[str, str]]:
    """Return each locked package with its version and marker."""
    return {(found["name"], found["rest"]) for found in PIN.finditer(read(f"requirements/{lock}.txt"))}


def canonical(requirement: str) -> str:
    """Return the name in a requirement, as an index writes it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[; ]", requirement)[0]).lower()


def test_the_lock_for_tests_holds_the_lock_for_the_edition() -> None:
    """What the tests need everywhere has no marker, though the edition may need it only for some Pythons."""
    held = pins("test")
    missing = {pin for pin in pins("runtime") if not {pin, (pin[0], pin[1].split()[0])} & held}
    assert missing == set()


@pytest.mark.parametrize("lock", ["runtime", "test"])
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    _, *packages = re.split(r"^(?=[\w.-]+==)", read(f"requirements/{lock}.txt"), flags=re.MULTILINE)
    assert len(packages) == len(pins(lock)) > 10
    assert [part.splitlines()[0] for part in packages if "--hash=sha256:" not in part] == []


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    groups = project["dependency-groups"]
    for lock, requirements in (
        ("runtime", project["project"]["dependencies"] + groups["build"]),
        ("test", [entry for entry in groups["test"] if isinstance(entry, str)]),
    ):
        assert {canonical(entry) for entry in requirements} - {name for name, _ in pins(lock)} == set()


def test_the_program_imports_what_it_depends_on_and_nothing_else() -> None:
    modules = program.read_modules(CLONE)
    imported = {name.split(".")[0] for module in modules for _, name in module.imports()}
    foreign = imported - set(sys.stdlib_module_names) - {"pipeline"}
    dependencies = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    assert {canonical(name) for name in foreign} == {canonical(entry) for entry in dependencies}


def test_the_version_is_the_same_wherever_it_stands() -> None:
    corpus = etree.parse(CLONE / "tei" / "corpus.xml").getroot()
    application = corpus.find(".//tei:application[@ident='despatch']", NAMESPACES)
    assert application is not None
    assert application.get("version") == pipeline.__version__
    assert f"\nversion: {pipeline.__version__}\n" in read("CITATION.cff")
    assert f"\n## {pipeline.__version__}" in read("CHANGELOG.md")


def test_the_edition_has_one_date() -> None:
    corpus = etree.parse(CLONE / "tei" / "corpus.xml").getroot()
    date = corpus.find(".//tei:publicationStmt/tei:date", NAMESPACES)
    assert date is not None
    assert f"    date-released: {date.get('when')}\n" in read("CITATION.cff")


def test_a_clone_uses_the_schemas_and_stylesheets_that_editors_see() -> None:
    assert resources() == CLONE
    assert not (CLONE / "pipeline" / "_resources").exists()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel built from the clone."""
    folder = tmp_path_factory.mktemp("wheel")
    run(Path(sys.executable), "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), cwd=CLONE)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of an environment in which the wheel is installed."""
    root = tmp_path_factory.mktemp("environment")
    venv.create(root, with_pip=True)
    folder = root / ("Scripts" if os.name == "nt" else "bin")
    python = folder / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel), cwd=root)
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=root).strip()
    Path(packages, "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def run(program: Path, *arguments: str, cwd: Path) -> str:
    """Run a program without the settings of this environment; return what it printed, fail where it failed."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run([program, *arguments], cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{program.name} {' '.join(arguments)}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.slow
def test_a_wheel_holds_every_schema_and_stylesheet(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    found = (path for folder in ("schemas", "xslt", ".vscode") for path in (CLONE / folder).rglob("*"))
    wanted = [path for path in found if path.is_file()]
    assert wanted
    assert {f"pipeline/_resources/{path.relative_to(CLONE).as_posix()}" for path in wanted} <= held
    assert {name for name in held if not name.startswith(("pipeline/", "despatch-"))} == set()


@pytest.mark.slow
def test_a_wheel_holds_the_fonts_and_their_licences(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    fonts = [path for path in (CLONE / "pipeline" / "fonts").rglob("*") if path.suffix in {".otf", ".woff2", ".css"}]
    assert len(fonts) > 10
    assert {path.relative_to(CLONE).as_posix() for path in fonts} <= held
    licences = {name.rpartition("/")[2] for name in held if ".dist-info/licenses/" in name}
    assert licences == {"LICENSE", "OFL-Libertinus.txt", "OFL-Noto.txt"}


@pytest.mark.slow
def test_an_installed_package_is_whole_without_the_clone(programs: Path, tmp_path: Path) -> None:
    code = "import pipeline.resources as r; print(r.__file__); print(r.resources()); print(r.resource('xslt/common'))"
    places = run(programs / "python", "-c", code, cwd=tmp_path).splitlines()
    assert all(Path(place).is_relative_to(programs.parent.resolve()) for place in places), places


@pytest.mark.slow
def test_the_installed_command_makes_an_edition_in_an_empty_folder(programs: Path, tmp_path: Path) -> None:
    despatch = programs / "despatch"
    assert pipeline.__version__ in run(despatch, "--version", cwd=tmp_path)
    run(despatch, "new", "edition", cwd=tmp_path)
    edition = tmp_path / "edition"
    for seed in (CLONE / "seeds").iterdir():
        shutil.copy(seed, edition / "seeds")
    for command in ("convert", "check", "build"):
        run(despatch, command, cwd=edition)
    seeds = len(list((edition / "seeds").iterdir()))
    assert len([path for path in (edition / "tei").glob("*.xml") if path.name != "corpus.xml"]) == seeds
    assert (edition / "build" / "site" / "index.html").is_file()
    assert (edition / "build" / "print" / "volume.pdf").read_bytes().startswith(b"%PDF-")

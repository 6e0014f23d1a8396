"""Turn what the README promises into tests: its commands run, and it names every command, option and exit code."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline.cli import despatch
from pipeline.problems import ExitCode

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def command(name: str) -> click.Command:
    return despatch.commands[name]


@pytest.mark.parametrize("name", sorted(despatch.commands))
def test_the_readme_names_every_command_and_option(name: str) -> None:
    assert f"`despatch {name}" in README
    options = [option for parameter in command(name).params for option in parameter.opts if option.startswith("--")]
    assert [option for option in options if f"{option}" not in README] == []


@pytest.mark.parametrize("code", list(ExitCode))
def test_the_readme_names_every_exit_code(code: ExitCode) -> None:
    assert re.search(rf"^\| {int(code)} \| .+ \|$", README, re.MULTILINE)


def test_every_file_that_the_readme_points_to_is_there() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_commands_of_the_readme_run(tmp_path: Path) -> None:
    block = re.search(r"```console\n(.*?)```", README, re.DOTALL)
    assert block is not None
    folder = tmp_path
    for line in re.findall(r"^\$ (.+)$", block[1], re.MULTILINE):
        words = shlex.split(line)
        if words[0] == "cd":
            folder = folder / words[1]
            shutil.copy(ROOT / "seeds" / "000_232a5bcde41ab980.txt", folder / "seeds" / "one.txt")
            continue
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        program = [sys.executable, "-c", "from pipeline.cli import main; main()"]
        done = subprocess.run([*program, *words[1:]], cwd=folder, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
    assert (folder / "build" / "print" / "volume.pdf").is_file()
    assert list((folder / "build" / "site").glob("d1950-10-01-*.html"))

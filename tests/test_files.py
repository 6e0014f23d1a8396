"""Turn what is promised of written files into tests: whole or not at all, and only when something changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.files import remove_leftovers, write_file


def test_a_file_is_written_with_the_folders_it_needs(tmp_path: Path) -> None:
    target = tmp_path / "site" / "ru" / "index.html"
    assert write_file(target, "Указатель\n".encode())
    assert target.read_text(encoding="utf-8") == "Указатель\n"


def test_an_unchanged_file_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "d1950.xml"
    write_file(target, b"<TEI/>\n")
    os.utime(target, ns=(0, 0))
    assert not write_file(target, b"<TEI/>\n")
    assert target.stat().st_mtime_ns == 0


def test_a_changed_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "d1950.xml"
    write_file(target, b"old")
    assert write_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["d1950.xml"]


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "d1950.xml"
    write_file(target, b"old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["d1950.xml"]


def test_only_what_can_be_made_again_does_not_wait_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[int] = []
    monkeypatch.setattr(os, "fsync", waited.append)
    assert write_file(tmp_path / "site" / "d1950.html", b"page", remade=True)
    assert (tmp_path / "site" / "d1950.html").read_bytes() == b"page"
    assert waited == []
    write_file(tmp_path / "d1950.xml", b"<TEI/>")
    assert len(waited) == 1


def test_what_a_killed_run_left_is_removed_and_counted(tmp_path: Path) -> None:
    (tmp_path / "ru").mkdir()
    for name in (".index.html.abc.part", "ru/.index.html.def.part", "part.html", ".htaccess"):
        (tmp_path / name).write_bytes(b"")
    assert remove_leftovers(tmp_path) == 2
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [".htaccess", "part.html"]

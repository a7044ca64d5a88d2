"""Disks that are full or may only be read, and what must hold after every fault."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Ended, journey, own_folders, scenario

__all__ = ["journey", "own_folders", "scenario"]  # fixtures


def told(ended: Ended, code: int, *says: str) -> None:
    """The command ended with this code, and with one line on standard error that says all this."""
    assert ended.code == code, ended.err
    lines = ended.err.splitlines()
    assert len(lines) == 1, ended.err
    assert "should not have" not in ended.err
    for words in says:
        assert words in lines[0]


def stored(path: Path) -> dict[str, dict[str, int]]:
    """How many rows each run has in each table of a store that is whole."""
    # Where SQLite may make no files beside the store, it has to be told that nobody changes it.
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)) as plain:
        assert plain.execute("pragma integrity_check").fetchone() == ("ok",)
        tables = [name for (name,) in plain.execute("select name from sqlite_master where type = 'table'")]
        runs = [run for (run,) in plain.execute("select id from runs")]
        of_runs = [
            table for table in tables if "run" in {column[1] for column in plain.execute(f"pragma table_info({table})")}
        ]
        return {
            run: {
                table: plain.execute(f"select count(*) from {table} where run = ?", (run,)).fetchone()[0]
                for table in of_runs
            }
            for run in runs
        }


def files_in(folder: Path) -> set[str]:
    """Every file below a folder, without what SQLite keeps beside an open store."""
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return {name for name in found if not name.endswith(("-wal", "-shm"))}


class Disk:
    """A file system in memory, of a size that can be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def remount(self, options: str) -> None:
        """Change its options, such as `ro` or `size=1m`."""
        subprocess.run(["mount", "-o", f"remount,{options}", str(self.folder)], check=True, capture_output=True)

    def fill(self) -> None:
        """Leave no space at all."""
        with (self.folder / "filler").open("wb", buffering=0) as file:
            for size in (4096, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of 1 MB; skipped where this user may mount none."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not sys.platform.startswith("linux") or shutil.which("mount") is None:
        pytest.skip("disks are made with Linux's mount here")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"this user may not mount a disk ({mounted.stderr.strip()})")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


@pytest.fixture
def fixed_file() -> Iterator[Callable[[Path], None]]:
    """Makes a file one that nobody can change, not even the administrator; skipped where that is not possible."""
    fixed: list[Path] = []

    def fix(path: Path) -> None:
        if shutil.which("chattr") is None:
            pytest.skip("files are fixed with Linux's chattr here")
        done = subprocess.run(["chattr", "+i", str(path)], capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"this user or file system cannot fix a file ({done.stderr.strip()})")
        fixed.append(path)

    yield fix
    for path in fixed:
        subprocess.run(["chattr", "-i", str(path)], check=True, capture_output=True)

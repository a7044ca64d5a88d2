"""Stores and folders that may only be read, and stores of a newer version: told in a line, and left as they are."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.store import schema
from tests.cli.conftest import Journey
from tests.faults.conftest import Disk, files_in, stored, told

READING = (["runs"], ["show", "latest"], ["export", "latest", "-o", "out"])
WRITING = (["run", "small.toml", "--workers", "1"], ["compare", "small.toml", "--workers", "1"])


@pytest.fixture
def only_read(journey: Journey, scenario: Path, disk: Disk) -> Path:
    """A store on a disk that may only be read, with one finished run."""
    db = disk.folder / "s.sqlite"
    assert journey("run", scenario, "--replications", 2, "--workers", 1, "--db", db).code == 0
    disk.remount("ro")
    return db


def test_a_store_on_a_disk_that_may_only_be_read_can_be_read(journey: Journey, only_read: Path) -> None:
    before = stored(only_read), only_read.read_bytes()
    for command in READING:
        assert journey(*command, "--db", only_read).code == 0
    assert (stored(only_read), only_read.read_bytes()) == before


def test_a_store_on_a_disk_that_may_only_be_read_is_not_written(journey: Journey, only_read: Path) -> None:
    before = only_read.read_bytes()
    for command in WRITING:
        told(journey(*command, "--db", only_read), 1, "s.sqlite: ", "see that its folder is there and may be written")
    assert only_read.read_bytes() == before


def test_no_store_can_be_made_on_a_disk_that_may_only_be_read(journey: Journey, only_read: Path) -> None:
    new = only_read.with_name("new.sqlite")
    told(journey(*WRITING[0], "--db", new), 1, "see that its folder is there and may be written")
    below = only_read.parent / "folder" / "new.sqlite"
    told(journey(*WRITING[0], "--db", below), 2, "give --db a path in a folder that may be written")


def test_nothing_can_be_written_to_a_folder_that_may_only_be_read(journey: Journey, only_read: Path) -> None:
    folder = only_read.parent
    for kind in ("csv", "parquet", "xes", "graphml"):
        ended = journey("export", "latest", "--db", only_read, "-o", folder, "--format", kind)
        told(ended, 1, "cannot be written (", "Read-only file system", "choose another location")
        told(journey("export", "latest", "--db", only_read, "-o", folder / "out", "--format", kind), 2, "Read-only")
    told(journey("scenarios", "--copy", "online-shop", folder), 2, "Read-only file system; choose another location")
    assert files_in(folder) == {"s.sqlite"}


def test_a_store_file_that_nobody_may_change_can_be_read_and_says_so_when_written(
    journey: Journey, scenario: Path, fixed_file: Callable[[Path], None]
) -> None:
    db = Path("s.sqlite")
    assert journey("run", scenario, "--workers", 1, "--db", db).code == 0
    before = stored(db)
    fixed_file(db)
    for command in READING:
        assert journey(*command, "--db", db).code == 0
    for command in WRITING:
        told(journey(*command, "--db", db), 1, "this store may only be read; make it writable, or use another")
    assert stored(db) == before


@pytest.mark.parametrize("command", [*READING, *WRITING, ["run", "--resume", "latest"]], ids=" ".join)
def test_a_store_of_a_newer_version_is_refused_by_every_command_and_left_as_it_is(
    journey: Journey, scenario: Path, command: list[str]
) -> None:
    db = Path("s.sqlite")
    assert journey("run", scenario, "--replications", 1, "--workers", 1, "--db", db).code == 0
    newer = sqlite3.connect(db)
    newer.execute(f"pragma user_version = {schema.VERSION + 1}")
    newer.close()
    before = db.read_bytes()
    told(journey(*command, "--db", db), 2, "written by a newer Journey Sandbox", "update the program, or use another")
    assert db.read_bytes() == before
    assert files_in(Path.cwd()) == {"s.sqlite", "small.toml"}

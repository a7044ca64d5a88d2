"""No space left: told in a line, and nothing that was stored is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ended, Journey
from tests.cli.test_resume import figures
from tests.faults.conftest import Disk, files_in, stored, told

LOG = "case,activity,time\n1,look,2026-01-01\n1,buy,2026-01-02\n2,look,2026-01-01\n2,buy,2026-01-03\n"
COLUMNS = ("--case", "case", "--activity", "activity", "--time", "time")


def test_a_disk_that_gets_full_during_a_run_loses_nothing_and_the_run_goes_on_when_there_is_space(
    journey: Journey, scenario: Path, disk: Disk
) -> None:
    db = disk.folder / "s.sqlite"
    assert journey("run", scenario, "--workers", 1, "--db", db).code == 0
    [(first, before)] = stored(db).items()
    options = ("--replications", 60, "--customers", 40, "--workers", 1)
    told(
        journey("run", scenario, *options, "--db", db),
        1,
        "s.sqlite: the disk is full; what was stored before is kept; free some space",
        "Continue with: journey run --resume ",
    )
    after = stored(db)
    assert after[first] == before
    [second] = set(after) - {first}
    assert 0 < after[second]["replications"] < 2 * 60
    disk.remount("size=20m")
    resumed = journey("run", "--resume", second, "--workers", 1, "--db", db, "--json")
    unbroken = journey("run", scenario, *options, "--db", "u.sqlite", "--json")
    assert resumed.code == 0
    assert figures(resumed.out) == figures(unbroken.out)
    assert stored(db)[second]["replications"] == 2 * 60
    assert files_in(disk.folder) == {"s.sqlite"}


def test_a_disk_that_is_full_from_the_start(journey: Journey, scenario: Path, disk: Disk) -> None:
    disk.fill()
    told(journey("run", scenario, "--workers", 1, "--db", disk.folder / "s.sqlite"), 1, "the disk is full")


@pytest.mark.parametrize(
    "options",
    [["csv"], ["parquet"], ["xes"], ["graphml"], ["csv", "--events"]],
    ids=lambda options: "-".join(options).replace("---", "-"),
)
def test_what_does_not_fit_is_not_there_by_half(
    journey: Journey, scenario: Path, disk: Disk, options: list[str]
) -> None:
    assert journey("run", scenario, "--workers", 1, "--db", "s.sqlite").code == 0
    disk.fill()
    before = stored(Path("s.sqlite"))
    kind, *events = options
    ended = journey("export", "latest", "-o", disk.folder / "out", "--format", kind, *events, "--db", "s.sqlite")
    told(ended, 1, "the disk is full; free some space, or choose another location")
    assert files_in(disk.folder) == {"filler"}
    assert stored(Path("s.sqlite")) == before


@pytest.mark.parametrize("option", [["--csv", "tables"], ["--events", "events.parquet"]], ids=lambda option: option[0])
def test_results_that_cannot_be_written_are_stored_all_the_same(
    journey: Journey, scenario: Path, disk: Disk, option: list[str]
) -> None:
    disk.fill()
    ended = journey("run", scenario, "--workers", 1, "--db", "s.sqlite", option[0], disk.folder / option[1])
    told(ended, 1, "the disk is full; free some space, or choose another location")
    assert files_in(disk.folder) == {"filler"}
    [kept] = stored(Path("s.sqlite")).values()
    assert kept["replications"] == 2 * 3


def test_a_scenario_that_does_not_fit_is_not_there_by_half(journey: Journey, disk: Disk) -> None:
    Path("log.csv").write_text(LOG)
    disk.fill()
    fitted = journey("fit", "log.csv", *COLUMNS, "-o", disk.folder / "fitted.toml")
    told(fitted, 1, "fitted.toml: the disk is full; free some space, or choose another location")
    told(journey("scenarios", "--copy", "online-shop", disk.folder), 1, "online-shop.toml: the disk is full")
    assert files_in(disk.folder) == {"filler"}


def test_a_cache_folder_without_space_is_named(journey: Journey, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("log.csv").write_text(LOG)
    disk.fill()
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: disk.folder)
    told(journey("fit", "log.csv", *COLUMNS, "-o", "fitted.toml"), 1, f"{disk.folder}/fit: the disk is full")
    assert files_in(disk.folder) == {"filler"}
    assert not Path("fitted.toml").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", [["show", "latest"], ["show", "latest", "--json"], ["runs"], ["scenarios"]])
def test_output_that_cannot_be_written_is_told(journey: Journey, scenario: Path, command: list[str]) -> None:
    assert journey("run", scenario, "--workers", 1, "--db", "s.sqlite").code == 0
    db = [] if command == ["scenarios"] else ["--db", "s.sqlite"]
    # As users have it: what is printed waits in a buffer, which is written out at exit too.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "app.cli.main", *command, *db],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
    told(Ended(ran.returncode, "", ran.stderr), 1, "the disk is full")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process as Unix has them")
def test_a_store_that_may_not_grow_loses_nothing(journey: Journey, scenario: Path) -> None:
    db = Path("s.sqlite").resolve()
    assert journey("run", scenario, "--workers", 1, "--db", db).code == 0
    [(first, before)] = stored(db).items()
    ended = limited(db.stat().st_size + 300_000, "run", scenario, "--replications", 60, "--workers", 1, "--db", db)
    told(ended, 1, "what was stored before is kept", "Continue with: journey run --resume ")
    after = stored(db)
    assert after[first] == before
    [second] = set(after) - {first}
    assert 0 < after[second]["replications"] < 2 * 60
    assert journey("run", "--resume", second, "--workers", 1, "--db", db).code == 0
    assert stored(db)[second]["replications"] == 2 * 60


def limited(size: int, *arguments: object) -> Ended:
    """`journey` in a process of its own that may make no file larger than this."""
    import resource

    ran = subprocess.run(
        [sys.executable, "-m", "app.cli.main", *map(str, arguments)],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    return Ended(ran.returncode, ran.stdout, ran.stderr)

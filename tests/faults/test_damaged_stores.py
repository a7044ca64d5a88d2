"""Two hundred stores that came to harm: each command reads them, or says in one plain line that they are damaged."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sim.store import Store
from tests.cli.conftest import Journey
from tests.faults.conftest import files_in
from tests.faults.damage import damaged

CASES = 210
AT_ONCE = 42
AMONG_QUICK = 3
EXPORTS = (["--format", "csv"], ["--format", "parquet"], ["--format", "graphml"], ["--format", "xes", "--events"])


@pytest.fixture
def store(journey: Journey, scenario: Path) -> bytes:
    """A store with one run, which was interrupted."""
    assert journey("run", scenario, "--workers", 1, "--db", "made.sqlite").code == 0
    with Store(Path("made.sqlite")) as made:
        made.extend(made.run("latest").id, 4)
        made.finish(made.run("latest").id, "interrupted")
    with closing(sqlite3.connect("made.sqlite")) as plain:
        plain.execute("pragma wal_checkpoint(truncate)")
    content = Path("made.sqlite").read_bytes()
    Path("made.sqlite").unlink()
    return content


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param(range(AMONG_QUICK), id="a few"),
        *(
            pytest.param(range(first, first + AT_ONCE), id=f"from {first}", marks=pytest.mark.slow)
            for first in range(0, CASES, AT_ONCE)
        ),
    ],
)
def test_a_damaged_store_is_read_or_refused_in_one_plain_line(
    journey: Journey, store: bytes, tmp_path: Path, numbers: range
) -> None:
    db = Path("damaged.sqlite")
    for number in numbers:
        said = damaged(number, store, db)
        commands = (
            ["runs"],
            ["show", "latest", *(["--json"] if number % 2 else [])],
            ["export", "latest", "-o", "out", *EXPORTS[number % len(EXPORTS)]],
            ["explain", "latest", "--customer", "3"],
            ["run", "--resume", "latest", "--workers", "1"],
        )
        for command in commands:
            ended = journey(*command, "--db", db)
            which = (number, said, command, ended.err)
            assert ended.code in (0, 1, 2), which
            assert "should not have" not in ended.err, which
            assert all(sign == "\n" or sign.isprintable() for sign in ended.out + ended.err), which
            if ended.code:
                # A scenario that somebody wrote anew is told in findings, as in a file.
                lines = ended.err.splitlines()
                assert len(lines) == 1 or all(line.startswith(("run ", "arm ")) for line in lines), which
        assert not list(tmp_path.rglob("*.part")), said
        for path in Path.cwd().glob("damaged.*"):
            path.unlink()
    assert not (tmp_path / "log").exists()
    assert {name.split("/")[0] for name in files_in(Path.cwd())} <= {"small.toml", "out"}

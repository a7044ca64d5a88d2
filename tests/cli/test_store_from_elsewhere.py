"""A store that somebody sent: its scenarios are read as files are, and simulated again only where a run would be."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sim.experiment import memory_needed
from sim.store import text_hash
from tests.cli.conftest import Journey

AGAIN = (["explain", "latest", "--customer", "1"], ["export", "latest", "-o", "out", "--events"])
READING = (["show", "latest"], *AGAIN, ["run", "--resume", "latest"])


@pytest.fixture
def db(journey: Journey, scenario: Path) -> Path:
    assert journey("run", scenario, "--replications", 1, "--workers", 1, "--db", "s.sqlite").code == 0
    with closing(sqlite3.connect("s.sqlite", isolation_level=None)) as other:
        other.execute("update runs set status = 'interrupted', replications = 2")
    return Path("s.sqlite")


def rewritten(db: Path, new: str, *tables: str) -> None:
    """Another beginning of the scenarios of the runs or arms, with a digest that fits."""
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        for table in tables:
            other.execute(f"update {table} set scenario_text = replace(scenario_text, 'format = 1', ?)", (new,))
        [text] = other.execute("select scenario_text from runs").fetchone()
        other.execute("update runs set scenario_hash = ?", (text_hash(text),))


@pytest.mark.parametrize(
    ("new", "tables", "says"),
    [
        ('format = 1\nabout = "\x1b[31m\\u001B[31mred"', ["runs"], "not valid TOML"),
        ('format = 1\nabout = "\\u001B[31mred"', ["runs"], "a character that is not shown (U+001B)"),
        ('format = 1\nabout = "\\u001B[31mred"', ["arms"], "a character that is not shown (U+001B)"),
        ("format = 1\nnonsense = 1", ["runs"], 'unknown key "nonsense"'),
        ("format = 1\nnonsense = 1", ["arms"], 'unknown key "nonsense"'),
        ('extends = "/etc/passwd"\nformat = 1', ["runs"], "this text stands alone"),
        ('extends = "/etc/passwd"\nformat = 1', ["arms"], "this text stands alone"),
        ("format = 1\n#" + "x" * 5_000_000, ["runs"], "MB large; scenarios may have up to 5 MB"),
        ("format = 1\n#" + "x" * 30_000_000, ["arms"], "a text in it is larger than any"),
    ],
    ids=lambda value: value[:40].encode("unicode_escape").decode() if isinstance(value, str) else "-".join(value),
)
def test_its_scenarios_are_read_as_files_are(
    journey: Journey, db: Path, new: str, tables: list[str], says: str
) -> None:
    rewritten(db, new, *tables)
    for command in READING[:2]:
        ended = journey(*command, "--db", db)
        assert ended.code in (1, 2)
        assert says in ended.err
        assert ended.err.count("\n") == 1
        assert ended.err.strip().isprintable()


def test_another_scenario_than_the_one_simulated_is_noticed(journey: Journey, db: Path) -> None:
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("update runs set scenario_text = replace(scenario_text, 'horizon = 30', 'horizon = 31')")
    for command in READING:
        ended = journey(*command, "--db", db)
        assert (ended.code, ended.err.count("\n")) == (1, 1)
        assert "is not the one that was simulated" in ended.err


def test_what_does_not_fit_into_memory_is_not_simulated_again(
    journey: Journey, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory_needed, "machine_bytes", lambda: 1_000_000)
    for command in AGAIN:
        ended = journey(*command, "--db", db)
        assert ended.code == 2
        assert "100 customers need about 0.3 GB of memory" in ended.err
    assert not Path("out").exists()
    assert json.loads(journey("show", "latest", "--json", "--db", db).out)["customers"] == 100


def test_what_would_hardly_end_is_not_simulated_again(
    journey: Journey, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.experiment.expected_visits.MOST", 1)
    for command in (*AGAIN, ["run", "--resume", "latest"]):
        ended = journey(*command, "--db", db)
        assert ended.code == 2
        assert "a customer would make about" in ended.err

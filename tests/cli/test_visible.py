"""Nothing that somebody else wrote moves the cursor, colours the screen, turns the writing round or begins a line."""

import io
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from rich.table import Table

from app.cli import screen, streams
from sim.store import Store
from tests.cli.conftest import Journey
from tests.store.replications import begin

RED = "\x1b[31mred\x1b[0m"
HOSTILE = f"{RED}\x07\x9b2J\u202eabc\x7f\r\udcff"
SHOWN = r"\x1b[31mred\x1b[0m\x07\x9b2J\u202eabc\x7f\r\udcff"


def is_plain(text: str) -> bool:
    return all(sign in "\n\t" or sign.isprintable() for sign in text)


def test_what_is_said_noted_and_listed_is_seen_as_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    screen.say(HOSTILE)
    screen.note(f"{HOSTILE}\nforged")
    table = Table(box=None)
    table.add_column(HOSTILE, no_wrap=True)
    table.add_row(HOSTILE)
    screen.results().print(table, HOSTILE, soft_wrap=True)
    said, noted = capfd.readouterr()
    assert is_plain(said)
    assert said.count(SHOWN) == 4
    assert noted == rf"{SHOWN}\nforged" + "\n"


def test_colours_of_ones_own_reach_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    console = screen.results()
    console.file, console._force_terminal = io.StringIO(), True
    console._color_system = console._color_system or 1  # type: ignore[assignment]
    console.print(RED, style="bold")
    written = console.file.getvalue()
    assert written.startswith("\x1b[1m")
    assert RED not in written


def test_json_is_the_same_text_in_characters_that_can_be_seen(capfd: pytest.CaptureFixture[str]) -> None:
    screen.print_json({"name": f"é☃ {HOSTILE}"})
    out = capfd.readouterr().out
    assert is_plain(out)
    assert "é☃" in out
    assert json.loads(out) == {"name": f"é☃ {HOSTILE}"}


@pytest.mark.parametrize(
    "command",
    [
        ["run", f"{HOSTILE}.toml"],
        ["run", "small.toml", "--arm", f"{HOSTILE}:horizon=3"],
        ["run", "small.toml", "--arm", f"x{HOSTILE}"],
        ["run", "small.toml", "--set", f"{HOSTILE}=1"],
        ["run", "small.toml", "--precision", HOSTILE],
        ["run", "small.toml", f"--{HOSTILE}"],
        ["run", "small.toml", "--seed", HOSTILE],
        ["run", "--resume", HOSTILE],
        ["show", HOSTILE],
        ["show", "latest", "--db", f"{HOSTILE}.sqlite"],
        ["validate", HOSTILE],
        ["fit", f"{HOSTILE}.csv", "--case", HOSTILE, "--activity", "a", "--time", "t", "-o", "new.toml"],
        ["scenarios", "--copy", HOSTILE, "."],
        [f"{HOSTILE}"],
    ],
    ids=lambda command: " ".join(command[:3]).encode("ascii", "replace").decode(),
)
def test_what_was_typed_is_repeated_on_one_line_and_acts_on_nothing(
    journey: Journey, scenario: Path, tmp_path: Path, command: list[str]
) -> None:
    if command[-1] == HOSTILE:
        with Store(tmp_path / "data" / "journey.sqlite") as store:
            begin(store)
    ended = journey(*command)
    assert ended.code == 2, ended.err
    assert ended.err.count("\n") == 1
    assert is_plain(ended.err)


@pytest.mark.skipif(os.name == "nt", reason="no file can be called so there")
def test_a_files_name_forges_no_line(journey: Journey, scenario: Path) -> None:
    forging = scenario.rename(scenario.with_name("a\nb.toml"))
    ended = journey("validate", forging, "--no-shares")
    assert ended.code == 0
    assert "a\\nb.toml: no problems found" in " ".join(ended.out.split())


def test_what_a_store_from_elsewhere_says_acts_on_nothing(journey: Journey, scenario: Path) -> None:
    assert journey("run", scenario, "--replications", 2, "--workers", 1, "--db", "s.sqlite").code == 0
    hostile = HOSTILE[:-1]  # SQLite's texts are Unicode
    with closing(sqlite3.connect("s.sqlite", isolation_level=None)) as other:
        other.execute("update runs set note = ?, name = ?, scenario = ?, engine = ?", (hostile,) * 4)
        other.execute("update arms set name = ?", (f"{hostile}\nforged",))
        other.execute("update outcomes set segment = ? where segment != 'all'", (hostile,))
        other.execute("insert into absences select run, arm, 0, 'retention_90', ? from arms", (hostile,))
    for command in (["runs"], ["show", "latest"], ["show", "latest", "--json"], ["run", "--resume", "latest"]):
        ended = journey(*command, "--db", "s.sqlite")
        assert ended.code == 0, ended.err
        assert is_plain(ended.out + ended.err), command
        assert r"\x1b[31mred" in ended.out or "\\u001b[31mred" in ended.out
    for wrong in (["explain", "latest", "--customer"], ["export", "latest", "-o", "out", "--events", "--arm"]):
        ended = journey(*wrong, HOSTILE, "--db", "s.sqlite")
        assert ended.code == 2
        assert is_plain(ended.err)


@pytest.mark.parametrize(
    ("encoding", "says"), [("ascii", "+/-5 ? - EUR..."), ("latin-1", "±5 ? · EUR..."), ("utf-8", "±5 ☃ · €…")]
)
def test_an_output_that_knows_few_signs_gets_others(monkeypatch: pytest.MonkeyPatch, encoding: str, says: str) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding, write_through=True))
    streams.make_ready()
    screen.say("±5 ☃ · €…")
    screen.print_json({"name": "±5 ☃"})
    said, *document = written.getvalue().decode(encoding).splitlines()
    assert said == says
    assert json.loads("\n".join(document)) == {"name": "±5 ☃"}


def test_notes_that_nobody_can_hear_stop_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("only Linux has a file that is always full")
    with full.open("w") as nowhere:
        monkeypatch.setattr("sys.stderr", nowhere)
        screen.note("unheard")
        screen.note("unheard")
        screen.say("heard")
    assert capsys.readouterr().out == "heard\n"

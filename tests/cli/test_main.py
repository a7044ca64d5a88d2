import io
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from app.cli.main import main, program
from tests.cli.conftest import Journey, start

COMMANDS = (
    "run",
    "compare",
    "fit",
    "validate",
    "runs",
    "show",
    "money",
    "explain",
    "identity",
    "train",
    "staff",
    "export",
    "scenarios",
    "desktop",
)


def test_journey_alone_shows_what_there_is_and_is_done(journey: Journey) -> None:
    ended = journey()
    assert ended.code == 0
    for command in COMMANDS:
        assert f" {command} " in ended.out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_ends_with_an_example(journey: Journey, command: str) -> None:
    ended = journey(command, "--help")
    assert ended.code == 0
    assert f"Example: journey {command}" in ended.out


def test_the_version_is_that_of_the_package(journey: Journey) -> None:
    ended = journey("--version")
    assert (ended.code, ended.out) == (0, f"journey {version('journey-sandbox')}\n")


def test_asking_for_help_loads_nothing_heavy() -> None:
    heavy = ("numpy", "pydantic", "numba", "scipy", "duckdb", "networkx", "sqlite_utils", "sim.scenario", "sim.store")
    code = "import sys; from app.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += f"print('loaded:', [name for name in {heavy!r} if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "loaded: []"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["frobnicate"], "journey: No such command 'frobnicate'"),
        (["run", "online-shop", "--workres", "2"], "No such option"),
        (["run", "online-shop", "--replications", "many"], "--replications"),
        (["run", "online-shop", "--customers", "0"], "--customers"),
        (["show"], ""),
        (["fit", "log.csv"], "'-o' / '--output'"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_one_line_and_exit_code_2(
    journey: Journey, arguments: list[str], says: str
) -> None:
    ended = journey(*arguments)
    assert ended.code == 2
    assert says in ended.err
    assert len(ended.err.splitlines()) == (1 if says else 0)


def test_what_nobody_foresaw_is_one_line_and_the_rest_is_in_a_log(
    journey: Journey, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr("app.cli.inputs.find_scenario", fail)
    ended = journey("validate", "online-shop", "--json")
    log = tmp_path / "log" / "journey.log"
    assert ended.code == 1
    assert ended.err == (
        f"Something went wrong that should not have (ZeroDivisionError: a b). The details are in {log}\n"
    )
    assert json.loads(ended.out)["error"]["message"] == ended.err.rstrip("\n")
    assert log.read_text().count("Traceback") == 1, "told twice, written down once"
    assert "in fail" in log.read_text()


def test_an_interruption_is_exit_code_130(journey: Journey, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli.inputs.find_scenario", interrupt)
    assert journey("validate", "online-shop").code == 130


def test_whoever_stops_reading_gets_no_traceback() -> None:
    process = start("scenarios", "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait() == 0
    assert process.stderr.read() == ""
    process.stderr.close()


def test_a_reader_that_leaves_midway_is_not_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Left(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

        def fileno(self) -> int:
            return sys.__stderr__.fileno() if sys.__stderr__ else 2

    monkeypatch.setattr("os.dup2", lambda *_: None)
    monkeypatch.setattr(sys, "stdout", Left())
    with pytest.raises(SystemExit) as left:
        main(["scenarios", "--json"])
    assert left.value.code == 0


def test_every_command_is_part_of_the_program() -> None:
    assert {command.callback.__name__ for command in program.registered_commands if command.callback} == set(COMMANDS)

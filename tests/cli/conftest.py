import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from sim.scenario import new_text
from tests.builders import small


@dataclass(frozen=True)
class Ended:
    """How a call of `journey` ended."""

    code: int
    out: str
    err: str


Journey = Callable[..., Ended]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder, a store, a cache of events and a log of each test's own; a screen of a known width."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("sim.store.opening.default_path", lambda: tmp_path / "data" / "journey.sqlite")
    monkeypatch.setattr("sim.store.default_path", lambda: tmp_path / "data" / "journey.sqlite")
    monkeypatch.setattr("sim.store.store.default_path", lambda: tmp_path / "data" / "journey.sqlite")
    monkeypatch.setattr("app.runs.event_logs.cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: _made(tmp_path / "log"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def journey(capfd: pytest.CaptureFixture[str]) -> Journey:
    """Calls `journey` in this process."""

    def call(*arguments: object) -> Ended:
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        assert isinstance(left.value.code, int)
        return Ended(left.value.code, out, err)

    return call


def start(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    """`journey` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "app.cli.main", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


ARMS = [{"id": "now"}, {"id": "keener", "name": "Keener customers", "set": {"transitions.middle/done.share": 6}}]


def write_scenario(path: Path, **changes: Any) -> Path:
    """The small scenario with two arms and three replications, as a file."""
    experiment = {"seed": 7, "replications": 3, "arms": ARMS}
    path.write_text(new_text(small(**({"experiment": experiment} | changes))), encoding="utf-8")
    return path


@pytest.fixture
def scenario(own_folders: None) -> Path:
    """The small scenario with two arms, in the working folder."""
    return write_scenario(Path.cwd() / "small.toml")

"""How far compiling is, told to other processes."""

import time
from pathlib import Path

import pytest

from sim.compiling import progress


@pytest.fixture(autouse=True)
def of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Compiled(progress._Compiled):
        known, parts, wholes, began, told = 100, 0, 0, 0.0, 0.0

    monkeypatch.setattr(progress, "folder", lambda: tmp_path)
    monkeypatch.setattr(progress, "_Compiled", Compiled)


def test_nothing_is_told_before_anybody_compiles() -> None:
    progress.part_made()
    assert progress.seconds_left() is None


def test_the_time_left_follows_from_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    progress.begin()
    progress._Compiled.began = began = time.time() - 10
    for _ in range(50):
        progress.part_made()
    for _ in range(6):
        progress.whole_made()
    assert progress.seconds_left() == pytest.approx(10, abs=0.5)
    monkeypatch.setattr(progress.time, "time", lambda: began + 12)
    assert progress.seconds_left() == pytest.approx(8, abs=0.5)
    monkeypatch.setattr(progress.time, "time", lambda: began + 25)
    assert progress.seconds_left() == 0
    monkeypatch.setattr(progress.time, "time", lambda: began + 60)
    assert progress.seconds_left() is None


def test_what_is_no_progress_is_none(tmp_path: Path) -> None:
    (tmp_path / "progress").write_text("1 2")
    assert progress.seconds_left() is None

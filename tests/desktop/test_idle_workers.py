import threading
from multiprocessing import Pipe
from pathlib import Path

import pytest

from app.processes.live import process as live
from app.processes.runner import process as runner
from app.processes.runner.messages import Close
from sim.compiling import cache
from sim.experiment.executors import are_warm, dismiss_workers, processors, warm_workers


@pytest.fixture(autouse=True)
def _workers_at_hand(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cache, "is_warm", lambda: True)
    warm_workers(1).submit(processors).result()
    yield
    dismiss_workers()


@pytest.mark.parametrize(("idle", "kept"), [(0.05, False), (30.0, True)])
def test_workers_of_runs_are_ended_once_nothing_has_been_run_for_a_while(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, idle: float, kept: bool
) -> None:
    monkeypatch.setattr(runner, "_IDLE_SECONDS", idle)
    waiting = runner._Runner(Pipe()[0], tmp_path / "runs.sqlite", 1.0)
    threading.Timer(0.5, waiting.orders.put, (Close(),)).start()
    assert isinstance(waiting._next(), Close)
    assert are_warm(1) == kept


@pytest.mark.parametrize(("idle", "kept"), [(0.05, False), (30.0, True)])
def test_workers_of_levers_are_ended_once_nobody_has_moved_one_for_a_while(
    monkeypatch: pytest.MonkeyPatch, idle: float, kept: bool
) -> None:
    monkeypatch.setattr(live, "_IDLE_SECONDS", idle)
    waiting = live._Follower(Pipe()[0])

    def end() -> None:
        with waiting._news:
            waiting.closing = True
            waiting._news.notify()

    threading.Timer(0.5, end).start()
    assert waiting._next() is None
    assert are_warm(1) == kept

import json
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from tests.cli.conftest import Journey


def test_a_run_on_a_cluster_gives_the_same_figures(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = json.loads(journey("run", scenario, "--workers", 1, "--json").out)
    asked: list[str] = []

    class Client:
        def __init__(self, address: str) -> None:
            asked.append(address)

        def get_executor(self) -> Executor:
            return ThreadPoolExecutor(1)

        def close(self) -> None:
            asked.append("closed")

    distributed = ModuleType("distributed")
    distributed.Client = Client  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "distributed", distributed)
    shared = json.loads(journey("run", scenario, "--cluster", "tcp://scheduler:8786", "--json").out)
    assert asked == ["tcp://scheduler:8786", "closed"]
    assert shared["arms"] == alone["arms"]


def test_without_dask_a_cluster_is_told_to_need_it(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ended = journey("run", scenario, "--cluster", "tcp://scheduler:8786")
    assert ended.code == 2
    assert "pip install 'journey-sandbox[cluster]'" in ended.err


def test_a_scheduler_that_does_not_answer_is_told(
    journey: Journey, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(address: str) -> None:
        raise OSError("timed out")

    distributed = ModuleType("distributed")
    distributed.Client = refuse  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "distributed", distributed)
    ended = journey("run", scenario, "--cluster", "tcp://scheduler:8786")
    assert ended.code == 2
    assert "no Dask scheduler answers there (timed out)" in ended.err
    assert journey("runs").out == ""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from app import event_logs
from app.event_logs import Wanted
from sim.experiment.resimulate import EngineDiffersError
from sim.store import Store
from tests.cli.conftest import Journey


@pytest.fixture
def store(journey: Journey, scenario: Path, tmp_path: Path) -> Any:
    assert json.loads(journey("run", scenario, "--workers", 1, "--json").out)["run"]
    with Store(tmp_path / "data" / "journey.sqlite") as opened:
        yield opened


def test_events_are_simulated_once_and_then_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run = store.run("latest")
    [log] = event_logs.event_logs(store, run, Wanted(("keener",), (1,)))
    monkeypatch.setattr("sim.experiment.resimulate.resimulate", lambda *_: pytest.fail("simulated a second time"))
    assert event_logs.event_logs(store, run, Wanted(("keener",), (1,))) == [log]


def test_events_agree_with_the_outcomes_that_were_stored(store: Store) -> None:
    run = store.run("latest")
    logs = event_logs.event_logs(store, run, Wanted())
    measured = [arm for one in store.replications(run.id) for arm in one.arms]
    assert len(logs) == len(measured) == 6
    for log, one in zip(logs, measured, strict=True):
        with duckdb.connect() as duck:
            [(arm, number, converted)] = duck.execute(
                f"select any_value(arm), any_value(replication), count(*) filter (event = 'conversion') from '{log}'"
            ).fetchall()
        assert (arm, number) == (one.arm, one.replication)
        assert converted == round(one.outcomes["all"]["conversion_rate"] * 100)


def test_figures_that_differ_from_those_stored_are_told_and_nothing_is_kept(store: Store) -> None:
    run = store.run("latest")
    store._connection.execute("update outcomes set value = 0.123 where outcome = 'conversion_rate' and arm = 'now'")
    with pytest.raises(EngineDiffersError, match=r'arm now, replication 0: simulated again, "Conversion" is .* 0.123'):
        event_logs.event_logs(store, run, Wanted())
    assert list(event_logs.cache_folder().glob("*")) == []


def test_the_cache_forgets_what_was_not_used_for_longest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run = store.run("latest")
    [old] = event_logs.event_logs(store, run, Wanted(("now",), (0,)))
    monkeypatch.setattr(event_logs, "LARGEST_CACHE", 1)
    [new] = event_logs.event_logs(store, run, Wanted(("now",), (1,)))
    assert not old.exists()
    assert new.exists()

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from app.runs import event_logs
from app.runs.event_logs import Wanted
from sim.experiment.resimulate import EngineDiffersError
from sim.store import Store
from tests.cli.conftest import Journey
from tests.faults.mutations import harmed


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


def cut_off(log: Path) -> None:
    log.write_bytes(log.read_bytes()[:-7])


def flip(log: Path) -> None:
    content = bytearray(log.read_bytes())
    content[len(content) // 3] ^= 4
    log.write_bytes(content)


def of_other_content(log: Path) -> None:
    duckdb.sql("copy (select 1 as customer) to 'other.parquet' (format parquet)")
    Path("other.parquet").replace(log)


def a_folder(log: Path) -> None:
    log.unlink()
    (log / "below").mkdir(parents=True)


def not_to_be_read(log: Path) -> None:
    log.unlink()
    log.symlink_to("nowhere")


def empty(log: Path) -> None:
    log.write_bytes(b"")


@pytest.mark.parametrize("damage", [cut_off, flip, of_other_content, a_folder, not_to_be_read, empty])
def test_a_damaged_log_is_made_again(store: Store, damage: Callable[[Path], None]) -> None:
    run, wanted = store.run("latest"), Wanted(("now",), (0,))
    [log] = event_logs.event_logs(store, run, wanted)
    whole = log.read_bytes()
    damage(log)
    [again] = event_logs.event_logs(store, run, wanted)
    assert again.read_bytes() == whole
    assert list(event_logs.cache_folder().iterdir()) == [again]


def test_a_hundred_damages_of_a_log_are_noticed(store: Store) -> None:
    [log] = event_logs.event_logs(store, store.run("latest"), Wanted(("now",), (0,)))
    key, whole, chance = log.stem.split("-")[0], log.read_bytes(), random.Random(12)
    for _ in range(100):
        log.write_bytes(harmed(whole, chance))
        assert event_logs._kept(key) is None
        assert not log.exists()
    log.write_bytes(whole)
    assert event_logs._kept(key) == log


@pytest.mark.parametrize("in_the_way", [Path.touch, lambda folder: folder.symlink_to("nowhere/at/all")])
def test_without_a_folder_to_keep_them_in_events_are_told_all_the_same(
    journey: Journey, store: Store, in_the_way: Callable[[Path], None]
) -> None:
    in_the_way(event_logs.cache_folder())
    ended = journey("export", "latest", "-o", "out", "--events")
    assert ended.code == 0, ended.err
    assert Path("out/events.parquet").exists()


def test_the_cache_forgets_what_was_not_used_for_longest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run = store.run("latest")
    [old] = event_logs.event_logs(store, run, Wanted(("now",), (0,)))
    monkeypatch.setattr(event_logs, "LARGEST_CACHE", 1)
    [new] = event_logs.event_logs(store, run, Wanted(("now",), (1,)))
    assert not old.exists()
    assert new.exists()

"""What a run was set to can be read back, and tells the newest runs of a scenario apart."""

import datetime
from pathlib import Path

from sim.store import Store
from sim.store.settled import canonical
from sim.store.tables import export_csv
from tests.store.older import as_version_4
from tests.store.replications import begin, replication
from tests.store.test_views import VALUES, ask, finished

BOTH = ("base", "other")


def test_values_are_kept_as_a_select_compares_them(tmp_path: Path) -> None:
    told = {
        "channels.email.mix": 0.3,
        "population.size": 500,
        "integration.mode": "multi",
        "rules.welcome.enabled": False,
        "start_date": datetime.date(2026, 1, 5),
        "transitions.a/b.delay": {"family": "lognormal", "median": 1},
        "channels.sms.mix": None,
        "population.attributes": 10**30,
    }
    with Store(tmp_path / "journey.sqlite") as store:
        run = begin(store, settings={"base": told, "other": told | {"channels.email.mix": 0.6}})
        export_csv(store, run, tmp_path / "csv")
    assert ask(tmp_path / "journey.sqlite", "select arm from settings where value = 0.6") == [("other",)]
    kept = dict(ask(tmp_path / "journey.sqlite", "select address, value from settings where arm = 'base'"))
    assert [kept[address] for address in told] == [
        0.3, 500, "multi", 0, "2026-01-05", '{"family": "lognormal", "median": 1}', None, 1e30,
    ]  # fmt: skip
    lines = (tmp_path / "csv" / "settings.csv").read_text().splitlines()
    assert lines[:2] == ["run,arm,address,value", f"{run},base,channels.email.mix,0.3"]


def test_the_same_settings_are_the_same_in_any_order_and_however_whole_numbers_are_written() -> None:
    one = canonical({"base": {"horizon": 30, "channels.email.mix": 0.3}})
    assert one == canonical({"base": {"channels.email.mix": 0.3, "horizon": 30.0}})
    others = [{"base": {"horizon": 30}}, {"other": {"horizon": 30, "channels.email.mix": 0.3}}, {"base": {}}, {}]
    assert len({one, *map(canonical, others)}) == 1 + len(others)


def test_a_grid_run_in_a_loop_is_all_there_and_of_the_same_settings_the_last(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    runs = {
        (scenario, mix): finished(path, VALUES[:1], scenario=scenario, settings={arm: {"mix": mix} for arm in BOTH})
        for _ in range(2)
        for scenario in ("shop", "club")
        for mix in (0.1, 0.2)
    }
    found = ask(
        path,
        """select scenario, value, run from latest_outcomes join settings using (run, arm)
           where arm = 'base' and segment = 'all' and outcome = 'conversion_rate' and address = 'mix'""",
    )
    assert {(scenario, mix): run for scenario, mix, run in found} == runs
    assert len(found) == len(runs)


def test_a_run_of_an_older_store_gives_way_to_any_newer_one_of_its_scenario(tmp_path: Path) -> None:
    path = tmp_path / "journey.sqlite"
    finished(path, VALUES)
    older = finished(path, VALUES)
    as_version_4(path)
    with Store(path) as store:
        store.write(begin(store, scenario="another"), replication(0))
    assert ask(path, "select id from latest_runs") == [(older,)]
    newer = {finished(path, VALUES, settings={"base": {"horizon": days}}) for days in (30, 60)}
    assert {run for (run,) in ask(path, "select id from latest_runs")} == newer
    assert (tmp_path / "journey.v4.sqlite").exists()


def test_settings_go_with_their_run(tmp_path: Path) -> None:
    with Store(tmp_path / "journey.sqlite") as store:
        runs = [begin(store, settings={"base": {"horizon": 30}}) for _ in range(2)]
        store.delete(runs[:1])
    assert ask(tmp_path / "journey.sqlite", "select distinct run from settings") == [(runs[1],)]

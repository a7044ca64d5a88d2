"""Files, populations and horizons that are too large: refused at once, in a line, without being tried."""

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from sim.experiment import memory_needed, plan
from sim.experiment.expected_visits import MOST, visits_of_a_customer
from sim.scenario import load
from tests.builders import scenario as small_scenario
from tests.builders import small
from tests.cli.conftest import Journey, write_scenario
from tests.faults.conftest import files_in, told
from tests.peak import where_found

COMMANDS = (["validate"], ["run", "--db", "s.sqlite"], ["compare", "small.toml", "--db", "s.sqlite"])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(("size", "says"), [(5_000_001, "5.0 MB"), (100_000_000, "100.0 MB")])
def test_a_file_of_more_than_5_mb_is_refused_without_being_read(
    journey: Journey, scenario: Path, command: list[str], size: int, says: str
) -> None:
    with Path("large.toml").open("wb") as file:
        file.truncate(size)  # takes no space on most disks
    tracemalloc.start()
    try:
        ended = journey(*command, "large.toml")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    told(ended, 2, f"large.toml: the file is {says} large; scenario files may have up to 5 MB")
    assert most < 50_000_000
    assert files_in(Path.cwd()) == {"large.toml", "small.toml"}


def test_a_file_that_extends_one_of_more_than_5_mb_is_refused(journey: Journey, scenario: Path) -> None:
    Path("large.toml").write_bytes(bytes(100_000_000))
    Path("mine.toml").write_text('extends = "large.toml"\n')
    told(journey("run", "mine.toml"), 2, "large.toml: the file is 100.0 MB large")
    write_scenario(scenario, experiment={"arms": [{"id": "now"}, {"id": "large", "extends": "large.toml"}]})
    told(journey("run", scenario), 2, "large.toml: the file is 100.0 MB large")


def test_a_file_of_just_5_mb_is_simulated(journey: Journey, scenario: Path) -> None:
    text = scenario.read_text()
    scenario.write_text(text + "#" * (5_000_000 - len(text)))
    assert journey("run", scenario, "--replications", 1, "--workers", 1, "--db", "s.sqlite").code == 0


@pytest.fixture
def eight_gigabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of 8 GB."""
    monkeypatch.setattr(memory_needed, "machine_bytes", lambda: 8_000_000_000)


@pytest.mark.usefixtures("eight_gigabytes")
def test_more_customers_than_memory_are_refused_with_how_many_fit(journey: Journey, scenario: Path) -> None:
    ended = journey("run", scenario, "--customers", 100_000_000)
    told(ended, 2, "population.size: 100,000,000 customers need about 75.1 GB of memory, and this machine has 8.0 GB")
    told(ended, 2, "; about 10,000,000 customers fit; more replications tell as much as more customers")
    big = write_scenario(Path("big.toml"), population={"size": 100_000_000})
    told(journey("validate", big), 2, "big.toml:6: population.size: 100,000,000 customers need about")
    told(journey("compare", big), 2, "population.size")
    assert files_in(Path.cwd()) == {"big.toml", "small.toml"}


@pytest.mark.usefixtures("eight_gigabytes")
def test_an_arm_of_more_customers_than_memory_is_refused(journey: Journey, scenario: Path) -> None:
    told(journey("run", scenario, "--arm", "now", "--arm", "more:population.size=9e7"), 2, "90,000,000 customers")


def test_there_are_no_more_workers_than_memory_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = plan(small_scenario(population={"size": 1_000_000}))
    needs = memory_needed.bytes_needed(whole.scenario)
    for has, fitting in ((needs, 1), (2 * needs - 1, 1), (5 * needs, 5), (needs // 2, 1)):
        monkeypatch.setattr(memory_needed, "machine_bytes", lambda has=has: has)
        assert memory_needed.workers_that_fit(whole) == fitting


MEASURE = """
import sys
from sim.experiment.replicate import Task, packed, replicate
from sim.scenario import load, override
from tests.peak import peak
def after(customers):
    one = override(load(sys.argv[1]), {"population.size": customers})
    replicate(Task("arm", packed(one, one), 1, 0, paired=True))
    return peak()
small = after(1000)
print(after(int(sys.argv[2])) - small)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as Unix counts it")
@pytest.mark.parametrize("name", ["small", "online-shop", "subscription", "always-on-travel", "frequency-caps"])
def test_a_replication_takes_about_the_memory_that_is_told(tmp_path: Path, name: str) -> None:
    path = Path(__file__).resolve().parents[2] / "scenarios" / f"{name}.toml"
    if name == "small":
        path = write_scenario(tmp_path / "small.toml")
    customers = 300_000

    def measured(size: int) -> int:
        command = [sys.executable, "-c", MEASURE, str(path), str(size)]
        return int(subprocess.run(command, capture_output=True, text=True, check=True, env=where_found()).stdout)

    measured(1000)  # compiling takes memory of its own
    taken = measured(customers)
    one = load(path)
    whole = one.model_copy(update={"population": one.population.model_copy(update={"size": customers})})
    expected = memory_needed.bytes_needed(whole) - memory_needed.PROCESS
    assert 0.3 * expected < taken < 1.2 * expected


def test_a_journey_that_hardly_ever_ends_is_refused(journey: Journey, scenario: Path) -> None:
    transitions = [{**transition} for transition in small()["transitions"]] + [
        {"from": "middle", "to": "start", "share": 1, "delay": {"family": "exponential", "mean": 1e-9}}
    ]
    transitions[0]["delay"] = 1e-9
    transitions[1]["share"] = transitions[2]["share"] = 1e-12
    endless = write_scenario(Path("endless.toml"), transitions=transitions)
    says = "horizon: a customer would make about "
    told(journey("run", endless), 2, says, f"up to {MOST:,} visits can be simulated")
    told(journey("validate", endless), 2, "endless.toml:3: " + says)
    assert files_in(Path.cwd()) == {"endless.toml", "small.toml"}


@pytest.mark.parametrize("mean", [0.5, 0.01])
def test_visits_are_estimated_about_right(mean: float) -> None:
    """A loop without end: the horizon over the mean delay."""
    transitions = [{"from": "start", "to": "start", "share": 1, "delay": {"family": "exponential", "mean": mean}}]
    loop = small_scenario(touchpoints=[{"id": "start", "start": True}], transitions=transitions)
    assert visits_of_a_customer(loop) == pytest.approx(30 / mean + 1)


def test_visits_until_an_exit_are_counted() -> None:
    assert visits_of_a_customer(small_scenario(horizon=1e5)) == pytest.approx(3, abs=1e-3)


@pytest.mark.parametrize("horizon", ["1e7", "30_000_000_000_000", "1e15"])
def test_a_horizon_beyond_the_calendar_is_refused(journey: Journey, scenario: Path, horizon: str) -> None:
    told(journey("run", scenario, "--horizon", horizon), 2, "horizon: ", "is later than the year 9999", "in days")
    scenario.write_text(scenario.read_text().replace("horizon = 30", f"horizon = {horizon}"))
    told(journey("validate", scenario), 2, "small.toml:3: horizon: ")


def test_arrivals_beyond_the_calendar_are_refused(journey: Journey) -> None:
    arrivals = {"pattern": "profile", "over": 1e12}
    late = write_scenario(Path("late.toml"), population={"size": 10, "arrivals": arrivals})
    ended = journey("run", late)
    assert ended.code == 2
    assert "population.arrivals.over: 1e+12 days after 2026-01-05 is later than the year 9999" in ended.err

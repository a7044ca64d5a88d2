"""A fitted scenario beside its log."""

import datetime
from pathlib import Path

import numpy as np
import pytest

from sim.engine import History, compile_program, simulate
from sim.engine.memory.history import EVENTS
from sim.fit import FitError, fit
from sim.fit.compare import quantile, resampled, share_interval, spread
from sim.fit.counting import Cycles
from sim.fit.evaluate import evaluate, main, markdown, off_shares
from sim.fit.files.log_reading import Columns
from sim.scenario import Scenario, parse
from tests.builders import scenario
from tests.fit.completejourney import make_log
from tests.fit.logs import CDNOW, NAMES, shared, stamp, write_log

COLUMNS = Columns("case", "activity", "time")


def first_order() -> Scenario:
    """Looking, a loop of comparing, ordering and returning, with a different family of delay on each transition."""
    return scenario(
        channels=None,
        horizon=3000,
        population={"size": 6000, "arrivals": {"pattern": "poisson", "over": 300}},
        touchpoints=[
            {"id": "look", "start": 3},
            {"id": "compare", "start": 1},
            {"id": "order"},
            {"id": "return"},
            {"id": "done", "exit": "completed"},
        ],
        transitions=[
            {"from": "look", "to": "compare", "share": 5, "delay": {"family": "lognormal", "median": 2, "sigma": 1.1}},
            {"from": "look", "to": "order", "share": 3, "delay": {"family": "exponential", "mean": 6}},
            {"from": "look", "to": "done", "share": 2},
            {"from": "compare", "to": "compare", "share": 3, "delay": {"family": "gamma", "mean": 4, "shape": 2}},
            {"from": "compare", "to": "order", "share": 4, "delay": {"family": "weibull", "scale": 5, "shape": 1.7}},
            {"from": "compare", "to": "done", "share": 3},
            {"from": "order", "to": "return", "share": 1, "delay": {"family": "uniform", "low": 3, "high": 21}},
            {"from": "order", "to": "done", "share": 4},
            {"from": "return", "to": "order", "share": 1, "delay": {"family": "exponential", "mean": 9}},
            {"from": "return", "to": "done", "share": 2},
        ],
    )


def simulated(played: Scenario, seed: int) -> History:
    return simulate(compile_program(played, played), seed, 0, events=True)


def many(played: Scenario) -> Scenario:
    """The same with so many customers that chance hardly shows."""
    return played.model_copy(update={"population": played.population.model_copy(update={"size": 60_000})})


def rows_of(history: History, until: float, days_only: bool) -> list[tuple[str, str, str]]:
    """The entries of a history as a log that ends at `until`, times rounded to seconds or cut to days."""
    events = history.events
    assert events is not None
    entered = np.flatnonzero((events.event == EVENTS.index("enter")) & (events.time < until))
    midnight = datetime.datetime(2026, 1, 5)
    return [
        (
            f"c{events.customer[each]}",
            history.touchpoints[events.touchpoint[each]],
            str(when.date()) if days_only else str(when),
        )
        for each in entered.tolist()
        if history.touchpoints[events.touchpoint[each]] != "done"
        for when in [midnight + datetime.timedelta(seconds=round(86_400 * events.time.item(each)))]
    ]


def lasted(history: History) -> np.ndarray:
    """Days from arrival to exit of those who exited."""
    days = history.customers.exit - history.customers.arrival
    return days[np.isfinite(days)]


@pytest.mark.parametrize(
    ("until", "days_only"), [(3000.0, False), (100.0, False), (3000.0, True)], ids=["whole", "cut-off", "whole-days"]
)
def test_a_log_of_a_first_order_journey_gives_back_its_cycle_times_within_a_tenth(
    tmp_path: Path, until: float, days_only: bool
) -> None:
    true = first_order()
    log = write_log(tmp_path / "log.csv", rows_of(simulated(true, 1), until, days_only))
    found = parse(fit(log, **NAMES, scratch=tmp_path).text).scenario.model_copy(update={"horizon": 3000.0})
    expected, got = lasted(simulated(many(true), 2)), lasted(simulated(many(found), 3))
    for share in (0.5, 0.75, 0.9):
        assert np.quantile(got, share) == pytest.approx(np.quantile(expected, share), rel=0.1), share


def test_on_a_log_of_a_first_order_journey_everything_agrees(tmp_path: Path) -> None:
    log = write_log(tmp_path / "log.csv", rows_of(simulated(first_order(), 4), 3000.0, False))
    found = evaluate(log, COLUMNS, replications=30, scratch=tmp_path)
    assert found.off == ()
    assert found.shares == 10
    assert found.moved == ()
    assert found.cycle_p > 0.01
    for each in found.cycle:
        assert each.simulated.low is not None
        assert each.simulated.high is not None
        assert each.training is not None
        assert 0.95 * each.simulated.low < each.training < 1.05 * each.simulated.high
        assert each.resampled.median == pytest.approx(each.training, rel=0.03)


def test_a_share_that_moves_between_the_halves_is_named_as_drift(tmp_path: Path) -> None:
    rows = []
    for number in range(800):
        rows.append((f"c{number}", "Look", stamp(1 + number / 10)))
        buys = number % 2 == 0 if number < 400 else number % 5 == 0
        if buys:
            rows.append((f"c{number}", "Buy", stamp(2 + number / 10 + number % 3)))
    rows += [("z", "Look", stamp(150)), ("z", "Buy", stamp(152))]
    found = evaluate(write_log(tmp_path / "log.csv", rows), COLUMNS, replications=5, scratch=tmp_path)
    assert [(each.source, each.target) for each in found.moved] == [("Look", "Buy"), ("Look", "")]
    assert found.moved[0].training == pytest.approx(0.5, abs=0.01)
    assert found.moved[0].held_out == pytest.approx(0.2, abs=0.01)
    assert "- Look → Buy: 50.1 % of the training half, 19.8 % of the held-out half" in markdown(found)


def test_quantiles_with_open_cases_are_those_of_kaplan_and_meier() -> None:
    from scipy.stats import CensoredData, ecdf

    chance = np.random.default_rng(7)
    days = np.round(chance.exponential(5.0, 300), 1)
    ended = chance.random(300) < 0.7
    curve = ecdf(CensoredData(uncensored=days[ended], right=days[~ended])).sf
    for share in (0.25, 0.5, 0.75):
        expected = curve.quantiles[np.flatnonzero(curve.probabilities <= 1 - share)[0]]
        assert quantile(Cycles(days, ended), share) == expected


def test_a_quantile_that_open_cases_keep_out_of_reach_is_none() -> None:
    cycles = Cycles(np.array([1.0, 2.0, 3.0, 4.0]), np.array([True, True, False, False]))
    assert quantile(cycles, 0.5) == 2.0
    assert quantile(cycles, 0.9) is None
    assert quantile(cycles.as_seen(), 0.9) == 4.0
    assert spread([1.0, None, 2.0]).high is None


def test_resampling_spreads_around_the_quantile_it_is_of() -> None:
    days = np.random.default_rng(8).exponential(1.0, 2000)
    range_ = resampled(Cycles(days, np.ones(2000, dtype=bool)), 0.5, 400, seed=1)
    assert range_.low is not None
    assert range_.high is not None
    assert range_.median == pytest.approx(np.median(days), rel=0.02)
    # the median of n exponential values has standard deviation 1 / sqrt(n)
    assert (range_.high - range_.low) == pytest.approx(2 * 1.96 / np.sqrt(2000), rel=0.25)


def test_a_share_interval_is_wilsons() -> None:
    low, high = share_interval(8, 10)
    assert (low, high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))


def test_the_sample_log_that_ships_agrees_with_its_training_half(tmp_path: Path) -> None:
    found = evaluate(CDNOW, Columns("customer", "activity", "date"), replications=20, scratch=tmp_path)
    assert found.off == ()
    assert found.training_cases == 1179
    seen = next(each for each in found.cycle if each.as_seen)
    assert seen.training is not None
    assert seen.simulated.median == pytest.approx(seen.training, rel=0.1)


def test_the_support_tickets_agree_with_their_training_half_and_their_drift_is_named(tmp_path: Path) -> None:
    log = shared("helpdesk/helpdesk.xes.gz")
    found = evaluate(log, Columns("concept:name", "concept:name", "time:timestamp"), replications=20, scratch=tmp_path)
    assert found.off == ()
    assert (found.training_cases, found.held_out_cases) == (2290, 2290)
    median = found.cycle[0]
    assert median.simulated.median == pytest.approx(median.training, rel=0.1)
    assert ("Wait", "Resolve ticket") in [(each.source, each.target) for each in found.moved]


def test_household_contacts_agree_with_their_training_half(tmp_path: Path) -> None:
    log = tmp_path / "contacts.csv"
    assert make_log(shared("completejourney"), log) == 32_986
    found = evaluate(log, COLUMNS, replications=10, scratch=tmp_path)
    assert found.off == ()
    assert ("basket", "") in [(each.source, each.target) for each in found.moved]


def test_the_command_prints_a_table_and_refuses_a_bad_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = write_log(tmp_path / "log.csv", rows_of(simulated(first_order(), 4), 200.0, False))
    asked = ["--case", "case", "--activity", "activity", "--replications", "3"]
    assert main([str(log), *asked, "--time", "time"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("| log | cases: training / held out |")
    assert printed[2].startswith("| log.csv | ")
    assert main([str(log), *asked, "--time", "when"]) == 2
    assert "column when: the log has no column of this name" in capsys.readouterr().err


def test_a_log_too_short_to_halve_is_still_evaluated(tmp_path: Path) -> None:
    rows = [(f"c{n}", activity, stamp(n + 1 + gap)) for n in range(2) for activity, gap in (("A", 0), ("B", 1))]
    found = evaluate(write_log(tmp_path / "log.csv", rows), COLUMNS, replications=2, scratch=tmp_path)
    assert (found.training_cases, found.held_out_cases) == (1, 1)
    with pytest.raises(FitError):
        evaluate(write_log(tmp_path / "one.csv", rows[:2]), COLUMNS, replications=2, scratch=tmp_path)


def test_channels_and_churn_leave_the_simulated_shares_as_counted(tmp_path: Path) -> None:
    rows = [
        (*row, ("web", "app", "store")[index * 7 % 3])
        for index, row in enumerate(rows_of(simulated(first_order(), 5), 3000.0, False))
    ]
    log = write_log(tmp_path / "log.csv", rows, (*NAMES, "channel"))
    fitted = fit(log, **NAMES, channel="channel", churn=["look"], goals=["order"], scratch=tmp_path)
    played = parse(fitted.text).scenario
    histories = [simulate(compile_program(played, played), 1, number) for number in range(20)]
    assert off_shares(fitted, histories) == ()
    contacts = sum(each.channel_contacts.sum(axis=0) for each in histories)
    counted = [sum(row[3] == channel for row in rows) for channel in histories[0].channels]
    assert contacts / np.sum(contacts) == pytest.approx(np.array(counted) / len(rows), abs=0.01)

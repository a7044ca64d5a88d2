"""Values that are not known for sure are drawn for each replication, the same for all arms."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim import run
from sim.experiment import plan
from sim.experiment.replicate import replicate
from sim.experiment.uncertain import Uncertain
from sim.scenario import ScenarioError, override
from sim.scenario.arms import check_settings
from sim.scenario.scenario import Scenario
from sim.store import Store, StoredArm
from tests.builders import scenario

SHARE = "transitions.middle/done.share"
ARMS = [{"id": "as-is"}, {"id": "better", "set": {"touchpoints.start.effort": 2}}]


def unsure(spread: Mapping[str, Any], **changes: Any) -> Scenario:
    """The smallest scenario with some uncertain values."""
    experiment = {"replications": 4, "arms": ARMS}
    return scenario(**({"uncertainty": dict(spread), "experiment": experiment} | changes))


def test_what_is_not_drawn_stays_as_it_was_to_the_last_digit() -> None:
    spread = {SHARE: {"family": "uniform", "low": 0.5, "high": 5}}
    sure, drawn = run(unsure({}), workers=1), run(unsure(spread), workers=1)
    for without, with_it in zip(sure.replications, drawn.replications, strict=True):
        assert [arm.outcomes for arm in without.arms] == [arm.outcomes for arm in with_it.arms]
        assert without.pairs == with_it.pairs
        assert all(not arm.drawn for arm in without.arms)
        assert all(arm.drawn.keys() == arm.outcomes.keys() for arm in with_it.arms)
    assert sure.summary("better")["conversion_rate"].input_lo is None
    assert drawn.compare("better").differences["conversion_rate"].interval.input_lo == 0  # effort changes nothing here


def test_a_drawn_replication_is_the_scenario_with_the_drawn_values_simulated() -> None:
    of = unsure({SHARE: {"family": "uniform", "low": 0.5, "high": 5}})
    for number in (0, 3):
        values = Uncertain(of, of).values(of.experiment.seed, number, 0)
        found = replicate(plan(of).task(number, 0)).measured
        changed = replicate(plan(override(of, values)).task(number, 0)).measured
        assert found.drawn == changed.outcomes != found.outcomes


def test_all_arms_draw_the_same_values_but_keep_what_they_set_themselves() -> None:
    base = unsure({SHARE: {"family": "uniform", "low": 0.5, "high": 5}, "touchpoints.start.effort": 3})
    arm = override(base, {SHARE: 9.0})
    of_base, measured_against = Uncertain(base, base).drawn(7, 5)
    of_arm, same = Uncertain(arm, base).drawn(7, 5)
    assert measured_against == same == of_base
    shares = [each.transitions[1].share for each in (base, of_base, of_arm)]
    assert shares[0] == 3 != shares[1]
    assert shares[2] == 9
    assert of_arm.touchpoints[0].effort == of_base.touchpoints[0].effort == 3


def test_draws_follow_the_distribution_and_differ_between_replications_and_addresses() -> None:
    spread = {"family": "beta", "a": 2, "b": 5}
    of = unsure({SHARE: spread, "transitions.middle/gone.share": spread})
    drawn = [Uncertain(of, of).values(1, number, 0) for number in range(400)]
    one, other = (np.array([values[at] for values in drawn]) for at in of.uncertainty)
    for found in (one, other):
        assert stats.kstest(found, stats.beta(2, 5).cdf).pvalue > 0.001
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.2  # 4 standard deviations of the correlation of 400 pairs


def test_values_that_cannot_be_are_drawn_again_and_whole_numbers_are_rounded() -> None:
    of = unsure(
        {
            "channels.web.open_rate": {"family": "normal", "mean": 0.5, "sd": 2},
            "population.size": {"family": "uniform", "low": 90, "high": 110},
        }
    )
    found = [Uncertain(of, of).drawn(3, number)[0] for number in range(60)]
    rates = np.array([each.channels[0].open_rate for each in found])
    assert (rates >= 0).all()
    assert (rates <= 1).all()
    cut = stats.truncnorm(-0.25, 0.25, loc=0.5, scale=2)
    assert stats.kstest(rates, cut.cdf).pvalue > 0.001
    assert {type(each.population.size) for each in found} == {int}
    assert len({each.population.size for each in found}) > 5


def test_where_no_draw_can_be_the_run_says_so() -> None:
    of = unsure({"channels.web.open_rate": {"family": "uniform", "low": 1.5, "high": 2}})
    with pytest.raises(ScenarioError) as caught:
        Uncertain(of, of).drawn(3, 0)
    assert "channels.web.open_rate" in str(caught.value)
    assert "[uncertainty]" in caught.value.__notes__[0]


@pytest.mark.slow
def test_input_uncertainty_is_the_spread_of_what_is_not_known_where_there_are_many_customers() -> None:
    # Of those who reach the middle, share / (share + 1) convert: with 4,000 customers chance adds next to nothing.
    spread = {"family": "uniform", "low": 1, "high": 9}
    of = unsure({SHARE: spread}, population={"size": 4000}, experiment={"replications": 200})
    found = run(of, workers=1).summary("base")["conversion_rate"]
    assert found.mean == pytest.approx(0.75, abs=0.002)
    assert found.input_lo is not None
    # The 2.5 % quantile of the share is 1.2, the 97.5 % quantile 8.8; quantiles of 200 draws lie about that.
    low, high = (np.array(q) / (1 + np.array(q)) for q in ((1.0, 1.6), (8.4, 9.0)))
    assert low[0] - 0.03 <= found.input_lo <= low[1] + 0.03
    assert high[0] - 0.015 <= (found.input_hi or 0) <= high[1] + 0.015
    assert found.widest is not None
    assert found.widest[0] == "input uncertainty"


def test_the_sentence_tells_the_widest_interval_and_what_it_is() -> None:
    arms = [{"id": "a"}, {"id": "b", "set": {"transitions.middle/gone.share": 3}}]
    spread = {SHARE: {"family": "uniform", "low": 1, "high": 9}}
    of = unsure(spread, experiment={"replications": 40, "arms": arms}, population={"size": 1000})
    said = run(of, workers=1).sentence("b")
    assert said.endswith("in 95 % of single cohorts, given the uncertain values).")


def test_a_stored_run_gives_the_same_intervals(tmp_path: Path) -> None:
    of = unsure({SHARE: {"family": "uniform", "low": 1, "high": 9}})
    results = run(of, workers=1)
    with Store(tmp_path / "store.sqlite") as store:
        arms = [StoredArm(arm, arm, "id = 'small'") for arm in results.arms]
        run_of = {"scenario": "small", "name": "Small", "seed": 1, "replications": 4, "customers": 100, "horizon": 30}
        id_ = store.begin("id = 'small'", arms, **run_of, engine="test")  # type: ignore[arg-type]
        for replication in results.replications:
            store.write(id_, replication)
        kept = store.replications(id_)
    for stored, simulated in zip(kept, results.replications, strict=True):
        assert [arm.drawn for arm in stored.arms] == [arm.drawn for arm in simulated.arms]
        assert stored.drawn_pairs == simulated.drawn_pairs


@pytest.mark.parametrize(
    ("address", "spread", "problem", "remedy"),
    [
        ("channels.wob.open_rate", 0.5, 'no "wob"', "channels.web.open_rate"),
        ("channels.web.name", 0.5, "no number", "channels.ID.open_rate"),
        ("experiment.replications", 5, "no effect on what is simulated", "leave it out"),
        ("channels.web.open_rate", {"family": "uniform", "low": 20, "high": 40}, "half of its values lie below 30", ""),
    ],
)
def test_an_uncertain_value_that_cannot_be_is_a_finding(address: str, spread: Any, problem: str, remedy: str) -> None:
    (fault,) = check_settings(unsure({address: spread}, experiment={}))
    assert fault.key_path == ("uncertainty", address)
    assert problem in fault.problem
    assert remedy in fault.remedy


def test_what_a_phase_will_do_may_be_uncertain() -> None:
    phase = {"id": "new-page", "at": 5, "set": {SHARE: 5}}
    inside = f'phases.new-page.set."{SHARE}"'
    of = unsure({inside: {"family": "uniform", "low": 3, "high": 7}}, phases=[phase])
    assert not list(check_settings(of))
    drawn, _ = Uncertain(of, of).drawn(1, 0)
    assert 3 < drawn.phases[0].set[SHARE] < 7
    assert drawn.transitions == of.transitions

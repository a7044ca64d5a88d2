from typing import Any

import pytest

from sim.experiment import precision as search
from sim.experiment import run
from sim.scenario import Arm, Scenario, ScenarioError
from sim.scenario.experiment import Precision
from tests.builders import scenario
from tests.experiment.executors import Shuffled

ARMS = (Arm(id="a"), Arm(id="b", set={"transitions.middle/done.share": 5}))


def precision(half_width: float, outcome: str = "conversion_rate") -> Precision:
    return Precision(outcome=outcome, half_width=half_width)


def shop(**changes: Any) -> Scenario:
    return scenario(**({"population": {"size": 50}} | changes))


def test_it_goes_on_in_tens_until_every_arm_is_known_well_enough() -> None:
    results = run(shop(), arms=ARMS, precision=precision(0.02), workers=1)
    count = len(results.replications)
    assert count % search.CHECK_EVERY == 0
    assert count > search.CHECK_EVERY
    for arm in range(2):
        now = search.half_width("conversion_rate", arm, results.replications)
        assert now is not None
        assert now <= 0.02
    before = [search.half_width("conversion_rate", arm, results.replications[:-10]) for arm in range(2)]
    assert max(width for width in before if width is not None) > 0.02
    assert results.document()["notes"][0].startswith("Conversion is known to ±0.0")
    assert "as asked" in results.document()["notes"][0]


def test_it_stops_at_the_same_replication_whoever_does_the_work() -> None:
    alone = run(shop(), arms=ARMS, precision=precision(0.02), workers=1)
    mixed = run(shop(), arms=ARMS, precision=precision(0.02), executor=Shuffled(1), workers=7)
    resumed = run(shop(), arms=ARMS, precision=precision(0.02), workers=1, done=alone.replications[:13])
    counts = {len(results.replications) for results in (alone, mixed, resumed)}
    assert len(counts) == 1
    summaries = [results.summary("b") for results in (alone, mixed, resumed)]
    assert summaries[0] == summaries[1] == summaries[2]


def test_replications_are_the_most_where_a_precision_is_asked_for() -> None:
    results = run(shop(), precision=precision(1e-6), replications=15, workers=1)
    assert len(results.replications) == 15
    assert "only, not ±1e-06, after 15 replications" in results.document()["notes"][0]


def test_the_scenario_s_own_precision_counts() -> None:
    own = shop(experiment={"precision": {"outcome": "conversion_rate", "half_width": 0.05}, "replications": 3})
    results = run(own, workers=1)
    assert len(results.replications) % 10 == 0


def test_it_gives_up_where_an_outcome_is_absent() -> None:
    results = run(shop(), precision=precision(0.01, "retention_90"), workers=1)
    assert len(results.replications) == search.CHECK_EVERY
    assert "its precision was not pursued further" in results.document()["notes"][0]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("conversion", r'"conversion" is not an outcome of every arm; did you mean "conversion_rate"\?'),
        ("incremental_roi", '"incremental_roi" is not an outcome of every arm'),
        ("desk_wait_minutes", '"desk_wait_minutes" needs a desk, which the scenario does not have'),
    ],
)
def test_a_precision_that_cannot_be_reached_is_refused(outcome: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        run(shop(), precision=precision(0.01, outcome), workers=1)

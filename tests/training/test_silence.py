"""Until the brand begins, everybody is as if it did nothing; from then on those who are treated get what they would."""

from typing import Any

import numpy as np
import pytest

from sim.engine import History, compile_program, simulate
from sim.engine.memory.history import EVENTS
from sim.scenario.addresses.overriding import override
from sim.scenario.scenario import Scenario
from sim.training.noted import profiles_at
from sim.training.silence import acts, silent_until
from tests.builders import scenario
from tests.oracle.scenarios_profiled import asked_of_the_profile

DAY, SEED = 20.0, 3


def brand(**changes: Any) -> Scenario:
    tables = asked_of_the_profile() | {"population": {"size": 1500}, "horizon": 60} | changes
    return override(scenario(**tables), {"orchestration.holdout": 0.5, "personalization.level": "segment"})


def simulated(of: Scenario) -> History:
    return simulate(compile_program(of, of), SEED, 0, events=True)


def sends(history: History, of: Scenario) -> Any:
    """Whom what was sent, when and by which rule, but what is transactional."""
    assert history.events is not None
    transactional = [history.actions.index(action.id) for action in of.actions if action.transactional]
    sent = (history.events.event == EVENTS.index("sent")) & ~np.isin(history.events.action, transactional)
    return history.events.customer[sent], history.events.time[sent], history.events.rule[sent]


@pytest.mark.parametrize("policy", ["rules", "bandit"])
def test_before_it_begins_the_brand_knows_what_one_that_does_nothing_does(policy: str) -> None:
    of = override(brand(), {"orchestration.policy": policy})
    begun, never = simulated(silent_until(of, DAY)), simulated(override(of, {"orchestration.policy": "none"}))
    assert (profiles_at(begun, of, None, DAY) == profiles_at(never, of, None, DAY)).all()
    assert (profiles_at(begun, of, None, 40.0) != profiles_at(never, of, None, 40.0)).any()
    customers, times, _ = sends(begun, of)
    assert len(times) > 100
    assert times.min() >= DAY
    assert not begun.customers.holdout[customers].any()
    assert 0.4 < begun.customers.holdout.mean() < 0.6


def test_a_shock_of_the_scenario_holds_once_the_brand_has_begun() -> None:
    usual = simulated(brand())
    _, times, rules = sends(usual, brand())
    late, counts = np.unique(rules[times > 40], return_counts=True)
    first = usual.rules[late[counts.argmax()]]
    others = {"behaviour.stickiness": 3.0}
    off = {"id": "off", "from": 5, "to": 40, "set": {f"rules.{first}.enabled": False, **others}}
    of = brand(shocks=[off, {"id": "off-later", "from": 50, "to": 55, "set": {"personalization.level": "none"}}])
    begun = silent_until(of, DAY)
    history = simulated(begun)
    _, times, rules = sends(history, of)
    own = times[rules == history.rules.index(first)]
    assert len(own) > 0
    assert own.min() >= 40
    assert times.min() < 25
    assert [(shock.start, shock.end) for shock in begun.shocks if others.keys() & shock.set.keys()] == [(5, 40)]
    assert len({shock.id for shock in begun.shocks}) == len(begun.shocks)


def test_a_brand_acts_if_it_does_what_the_holdout_does_not_get() -> None:
    assert acts(brand())
    assert not acts(override(brand(), {"orchestration.policy": "none"}))
    quiet = override(brand(rules=[], broadcasts=[]), {"personalization.level": "none"})
    assert not acts(quiet)
    assert acts(override(quiet, {"personalization.level": "segment"}))
    exits = [simulated(each).customers.exit for each in (quiet, silent_until(quiet, DAY))]
    assert np.array_equal(*exits, equal_nan=True)

"""How many act on an action, beside how many its gains expect."""

from typing import Any

import numpy as np

from sim.outcomes.expected_responses import responses
from sim.scenario import override
from tests.scenarios.test_orchestrated import histories, shipped

NAME, ARM = "next-best-action", 3


def test_as_many_act_on_it_as_its_pilot_found_and_fewer_where_it_drifts() -> None:
    scenario = shipped(NAME).scenario
    [run, _] = histories(NAME, ARM)
    told = responses(run, scenario, "voucher")
    assert told is not None
    index = run.pairs.index(("voucher", "email"))
    assert told.sent == run.at_actions.sent[:, index].sum() > 500
    assert told.observed == run.at_actions.responded[:, index].sum() / told.sent
    # Hunters alone got one, so that is what is expected; of so many sends it is off by chance.
    assert told.expected == 0.222
    assert abs(told.observed - told.expected) < 3.3 * np.sqrt(0.222 * 0.778 / told.sent)
    drifted = responses(run, override(scenario, {"gains.voucher-bargain.response_rate": 0.4}), "voucher")
    assert drifted is not None
    assert drifted.expected - drifted.observed > 0.1


def test_where_nothing_is_expected_nothing_is_told() -> None:
    [run, _] = histories(NAME, ARM)
    without: dict[str, Any] = {"gains": ()}
    assert responses(run, shipped(NAME).scenario.model_copy(update=without), "voucher") is None

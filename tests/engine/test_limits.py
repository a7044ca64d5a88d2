"""What no rule may ever do, whatever the rules are: over scenarios of every kind."""

import numpy as np
import pytest
from hypothesis import strategies as st

from sim.engine import compile_program, simulate
from sim.scenario.action_kinds import MESSAGES
from sim.scenario.scenario import Scenario
from tests.drawing import check_drawn
from tests.engine.within_limits import assert_within_limits
from tests.oracle.comparing import engine_events
from tests.strategies import Drawn
from tests.strategies_orchestration import orchestrated_scenarios
from tests.strategies_sharing import sharing_scenarios

HOLDOUT = 0
"""the reason's number"""


@pytest.mark.parametrize(("examples", "seconds"), [(5, 0), pytest.param(100, 45, marks=pytest.mark.slow)])
def test_no_limit_is_ever_passed_and_every_send_is_explained(examples: int, seconds: float) -> None:
    counts = []

    def holds(drawn: Drawn) -> None:
        scenario = drawn.scenario
        history = simulate(compile_program(scenario, drawn.reference), drawn.seed, 0, events=True)
        counts.append(assert_within_limits(scenario, history))
        at = history.at_actions
        messages = [index for index, (action, _) in enumerate(history.pairs) if _kind(scenario, action) in MESSAGES]
        assert at.sent[:, messages].sum() == history.customers.sent.sum()
        assert at.sent.sum() == counts[-1]
        for fewer, more in (("delivered", "sent"), ("opened", "delivered"), ("opted_out", "delivered")):
            assert (getattr(at, fewer) <= getattr(at, more)).all()
        cost = history.customers.message_cost.sum() + history.customers.personal_cost.sum()
        spent = history.daily_message_cost.sum() + history.daily_personal_cost.sum()
        assert cost == pytest.approx(spent, abs=0.005)

    done = check_drawn(orchestrated_scenarios(), holds, examples, seconds)
    assert sum(counts) > 10 * done


def _kind(scenario: Scenario, action: str) -> str:
    return next(each.kind for each in scenario.actions if each.id == action)


def _under(drawn: Drawn, policy: str) -> Scenario:
    scenario = drawn.scenario
    changes = {"policy": policy, "holdout": 0.4}
    return scenario.model_copy(update={"orchestration": scenario.orchestration.model_copy(update=changes)})


ALONE = (
    orchestrated_scenarios(desks=False),
    # What is learned, and how money is shared out among the others, is nothing to those to whom nothing is sent.
    sharing_scenarios(desks=False, referring=False),
)


@pytest.mark.parametrize("policy", ["rules", "bandit"])
@pytest.mark.parametrize(("examples", "seconds"), [(6, 0), pytest.param(100, 45, marks=pytest.mark.slow)])
def test_the_holdout_lives_as_it_would_if_nobody_acted(examples: int, seconds: float, policy: str) -> None:
    """Without desks and friends the holdout shares nothing; then it holds to the last digit, receipts and all."""
    held, acted, received = [], [], []

    def alike(drawn: Drawn) -> None:
        acting, resting = (
            simulate(compile_program(_under(drawn, followed), drawn.reference), drawn.seed, 0, events=True)
            for followed in (policy, "none")
        )
        customers = np.flatnonzero(acting.customers.holdout)
        held.append(len(customers))
        acted.append(acting.customers.sent.sum())
        for name in (
            "touchpoint",
            "exit",
            "acquired",
            "revenue",
            "margin",
            "contacts",
            "handoffs",
            "sentiment",
            "profile",
        ):
            ours, theirs = getattr(acting.customers, name), getattr(resting.customers, name)
            np.testing.assert_array_equal(ours[customers], theirs[customers])
        numbers = set(acting.customers.number[customers].tolist())
        events = [event for event in engine_events(acting) if event.customer in numbers]
        lived = [event for event in events if not (event.event == "ruled_out" and event.value == HOLDOUT)]
        assert lived == [event for event in engine_events(resting) if event.customer in numbers]
        received.append(sum(event.event == "sent" for event in lived))

    done = check_drawn(st.one_of(*ALONE), alike, examples, seconds)
    assert sum(held) > done
    assert sum(acted) > done
    assert sum(received) > done

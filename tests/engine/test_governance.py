"""What no rule may ever do, whatever the rules are: over scenarios of every kind."""

import math
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from sim.engine import compile_program, simulate
from sim.engine.history import EVENTS, History
from sim.scenario.orchestration import MESSAGES
from sim.scenario.resolve import enabled_actions, enabled_channels, enabled_rules
from sim.scenario.scenario import Scenario
from tests.strategies import Drawn
from tests.strategies_orchestration import orchestrated_scenarios

QUICK = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
Event = tuple[int, float, str, str, str, str]
"""Customer, time, event, channel, action, rule."""


def events_of(history: History) -> list[Event]:
    recorded = history.events
    assert recorded is not None
    names = [
        [EVENTS[code] for code in recorded.event.tolist()],
        [history.channels[code] if code >= 0 else "" for code in recorded.channel.tolist()],
        [history.actions[code] if code >= 0 else "" for code in recorded.action.tolist()],
        [history.rules[code] if code >= 0 else "" for code in recorded.rule.tolist()],
    ]
    return list(zip(recorded.customer.tolist(), recorded.time.tolist(), *names, strict=True))


def assert_governed(scenario: Scenario, history: History) -> int:
    """Check every send; how many there were."""
    events = events_of(history)
    kinds = {action.id: action.kind for action in enabled_actions(scenario)}
    rules = {rule.id: rule.do for rule in enabled_rules(scenario)}
    quiet = {channel.id: channel.quiet_hours for channel in enabled_channels(scenario)}
    out: set[tuple[int, str]] = set()
    sent: dict[tuple[int, str], list[float]] = defaultdict(list)
    gone: set[int] = set()
    count = 0
    for customer, time, event, channel, action, rule in events:
        assert customer not in gone, "something happens after the exit"
        if event in ("churn", "completed"):
            gone.add(customer)
        elif event == "opted_out":
            out.add((customer, channel))
        elif event == "sent":
            count += 1
            assert rules[rule] == action, "a send that no rule explains"
            assert not history.customers.holdout[customer]
            if kinds[action] not in MESSAGES:
                continue
            assert (customer, channel) not in out
            assert not _is_quiet(quiet[channel], time)
            sent[customer, channel].append(time)
            if scenario.integration.mode == "omni":
                sent[customer, "total"].append(time)
    for (_, of), times in sent.items():
        for name, cap in scenario.orchestration.caps.items():
            if name == of or (name == "total" and scenario.integration.mode != "omni"):
                _assert_capped(times, cap.max, cap.days, cap.period)
    return count


def _is_quiet(hours: tuple[float, float] | None, time: float) -> bool:
    if hours is None:
        return False
    begin, end = hours
    hour = 24 * (time - math.floor(time))
    inside = begin <= hour < end if begin < end else hour >= begin or hour < end
    return inside and not math.isclose(hour, end, abs_tol=1e-6) and not math.isclose(hour, begin, abs_tol=1e-6)


def _assert_capped(times: list[float], most: int, days: float, period: str) -> None:
    if period == "calendar":
        times = [math.floor(time) for time in times]
    for first, last in zip(times, times[most:], strict=False):
        assert last - first >= days - 1e-9, f"{most + 1} messages within {last - first} days"


@pytest.mark.parametrize("examples", [40, pytest.param(400, marks=pytest.mark.slow)])
def test_no_limit_is_ever_passed_and_every_send_is_explained(examples: int) -> None:
    counts = []

    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(orchestrated_scenarios())
    def governed(drawn: Drawn) -> None:
        scenario = drawn.scenario
        history = simulate(compile_program(scenario, drawn.reference), drawn.seed, 0, events=True)
        counts.append(assert_governed(scenario, history))
        at = history.at_actions
        messages = [place for place, (action, _) in enumerate(history.pairs) if _kind(scenario, action) in MESSAGES]
        assert at.sent[:, messages].sum() == history.customers.sent.sum()
        assert at.sent.sum() == counts[-1]
        for fewer, more in (("delivered", "sent"), ("opened", "delivered"), ("opted_out", "delivered")):
            assert (getattr(at, fewer) <= getattr(at, more)).all()
        cost = history.customers.message_cost.sum() + history.customers.personal_cost.sum()
        spent = history.daily_message_cost.sum() + history.daily_personal_cost.sum()
        assert cost == pytest.approx(spent, abs=0.005)

    governed()
    assert sum(counts) > 10 * examples


def _kind(scenario: Scenario, action: str) -> str:
    return next(each.kind for each in scenario.actions if each.id == action)


def _under(drawn: Drawn, policy: str) -> Scenario:
    scenario = drawn.scenario
    changes = {"policy": policy, "holdout": 0.4}
    return scenario.model_copy(update={"orchestration": scenario.orchestration.model_copy(update=changes)})


@pytest.mark.parametrize("examples", [30, pytest.param(300, marks=pytest.mark.slow)])
def test_the_holdout_lives_as_it_would_if_nobody_acted(examples: int) -> None:
    """Without desks nobody shares anything; then it holds to the last digit."""
    held = []

    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(orchestrated_scenarios(desks=False))
    def alike(drawn: Drawn) -> None:
        acting, resting = (
            simulate(compile_program(_under(drawn, policy), drawn.reference), drawn.seed, 0, events=True)
            for policy in ("rules", "none")
        )
        customers = np.flatnonzero(acting.customers.holdout)
        held.append(len(customers))
        for name in ("place", "exit", "acquired", "revenue", "margin", "contacts", "handoffs", "sentiment", "profile"):
            ours, theirs = getattr(acting.customers, name), getattr(resting.customers, name)
            np.testing.assert_array_equal(ours[customers], theirs[customers])
        lived = [event[:4] for event in events_of(acting) if event[0] in customers and event[2] != "ruled_out"]
        assert lived == [event[:4] for event in events_of(resting) if event[0] in customers]

    alike()
    assert sum(held) > examples

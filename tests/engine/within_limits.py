"""What no rule may ever do, checked on a history of any scenario."""

import math
from collections import defaultdict
from collections.abc import Collection

from sim.engine import History
from sim.scenario.action_kinds import MESSAGES
from sim.scenario.resolve import alternatives_of, enabled_actions, enabled_rules
from sim.scenario.scenario import Scenario
from tests.oracle.comparing import engine_events
from tests.oracle.present import Present, instants, present_at

Hours = tuple[float, float] | None


class Presents:
    """The values that stand at each time of a scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.standing = [(time, present_at(scenario, time)) for time in instants(scenario)]

    def at(self, time: float) -> Present:
        """Those that the customers' own events of that time meet."""
        return next(present for begin, present in reversed(self.standing) if begin <= time)

    def around(self, time: float) -> tuple[Present, ...]:
        """Those, and what whoever leaves a desk at that very time still has (model 17)."""
        before = [present for begin, present in reversed(self.standing) if begin < time]
        return (self.at(time), *before[:1])


def assert_within_limits(scenario: Scenario, history: History) -> int:
    """Check every send; how many there were."""
    events = engine_events(history)
    kinds = {action.id: action.kind for action in enabled_actions(scenario)}
    transactional = {action.id for action in enabled_actions(scenario) if action.transactional}
    explained = actions_of_rules(scenario)
    presents = Presents(scenario)
    holdout = dict(zip(history.customers.number.tolist(), history.customers.holdout.tolist(), strict=True))
    out: set[tuple[int, str | None]] = set()
    sent: dict[tuple[int, str | None], list[float]] = defaultdict(list)
    gone: set[int] = set()
    count = 0
    for customer, time, event, _, channel, _, action, rule in events:
        assert customer not in gone, "something happens after the exit"
        if event in ("churn", "completed"):
            gone.add(customer)
        elif event == "opted_out":
            assert action not in transactional
            out.add((customer, channel))
        elif event == "sent":
            assert channel is not None
            assert action is not None
            count += 1
            assert action in explained[rule or ""], "a send that no rule explains"
            assert not holdout[customer] or action in transactional
            assert scenario.orchestration.policy != "none" or action in transactional
            if kinds[action] not in MESSAGES:
                continue
            assert (customer, channel) not in out
            usable = [present.journey for present in presents.around(time) if channel not in present.journey.down]
            assert usable, "a message on a channel that is down"
            if action in transactional:
                continue
            assert not all(_is_quiet(journey.channels[channel].quiet_hours, time) for journey in usable)
            sent[customer, channel].append(time)
            if scenario.integration.mode == "omni":
                sent[customer, "total"].append(time)
    for (_, of), times in sent.items():
        for name, cap in scenario.orchestration.caps.items():
            if name == of or (name == "total" and scenario.integration.mode != "omni"):
                _assert_capped(times, cap.max, cap.days, cap.period)
    return count


def actions_of_rules(scenario: Scenario) -> dict[str, Collection[str]]:
    """The actions that each rule may take: its own, and the alternatives that may be taken instead."""
    return {rule.id: {rule.do, *alternatives_of(scenario, rule)} for rule in enabled_rules(scenario)}


def _is_quiet(hours: Hours, time: float) -> bool:
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

"""What messages, offers and personalization do to choices: as much as the model says, and no more."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS, History
from sim.scenario.scenario import Scenario
from tests.builders import scenario
from tests.engine.worlds import shop

ROLES = ("progress", "neutral", "exit")
LEVELS = {"segment": (0.15, 0.1), "individual": (0.3, 0.2), "realtime": (0.4, 0.25)}
"""Lift of engagement and of conversion."""


def ran(of: Scenario, **options: Any) -> History:
    return simulate(compile_program(of, of), 11, 0, **options)


def addressed(level: str, **tables: Any) -> Scenario:
    """Everybody is written to once, half of them go on to buy; the profile is complete, and moods change nothing."""
    given: dict[str, Any] = {
        "population": {"size": 40_000},
        "channels": [{"id": "web"}, {"id": "mail", "open_rate": 1, "response_rate": 0.2}],
        "touchpoints": [
            {"id": "look", "start": True, "channels": ["web"]},
            {"id": "buy", "stage": "purchase", "channels": ["web"], "goal": {"kind": "conversion"}},
            {"id": "wait", "channels": ["web"]},
        ],
        "transitions": [
            {"from": "look", "to": "buy", "share": 1, "delay": 1},
            {"from": "look", "to": "wait", "share": 1, "delay": 1},
        ],
        "behaviour": {"known": 1, "sentiment_rate": 0},
        "personalization": {"level": level},
        "orchestration": {"policy": "rules"},
        "actions": [{"id": "hello", "channels": ["mail"], "nudge": 0}],
        "rules": [{"id": "greet", "when": {"at": 0}, "do": "hello"}],
    }
    return scenario(**(given | tables))


def within(successes: int, size: int, expected: float) -> bool:
    """Whether the 99.9 % interval of a share holds the expected one."""
    found = stats.binomtest(successes, size).proportion_ci(0.999)
    assert found.high - found.low < 0.04, "too wide to tell"
    return bool(found.low <= expected <= found.high)


def test_without_personalization_rates_are_those_of_the_channel_and_shares_those_of_the_file() -> None:
    plain = ran(addressed("none"))
    assert within(int(plain.at_actions.responded.sum()), 40_000, 0.2)
    assert within(int(np.isfinite(plain.customers.acquired).sum()), 40_000, 0.5)


@pytest.mark.parametrize("level", LEVELS)
def test_engagement_lift_multiplies_responses(level: str) -> None:
    engagement, _ = LEVELS[level]
    assert within(int(ran(addressed(level)).at_actions.responded.sum()), 40_000, 0.2 * (1 + engagement))


@pytest.mark.parametrize("level", LEVELS)
def test_conversion_lift_multiplies_the_odds_of_a_transition_into_a_goal(level: str) -> None:
    _, conversion = LEVELS[level]
    won = int(np.isfinite(ran(addressed(level)).customers.acquired).sum())
    assert within(won, 40_000, (1 + conversion) / (2 + conversion))


def test_relevance_grows_with_the_profile_and_with_what_is_personalized() -> None:
    half = addressed("individual", behaviour={"known": 0.3, "sentiment_rate": 0})
    assert within(int(ran(half).at_actions.responded.sum()), 40_000, 0.2 * (1 + 0.3 * 0.5))
    content = addressed("individual", personalization={"level": "individual", "over": ["content"]})
    assert within(int(ran(content).at_actions.responded.sum()), 40_000, 0.2 * (1 + 0.3 * 0.4))


def nudged(**coefficients: Any) -> Scenario:
    """The little shop, in which everybody is nudged now and then."""
    tables = shop().model_dump(by_alias=True, exclude_unset=True)
    mail = {"id": "mail", "mix": 0, "open_rate": 1, "response_rate": 1, "time_to_act_hours": 2}
    listed = [
        dict(touchpoint, channels=["web", "store"])
        for touchpoint in tables["touchpoints"]
        if not touchpoint.get("exit")
    ]
    exits = [touchpoint for touchpoint in tables["touchpoints"] if touchpoint.get("exit")]
    return Scenario.model_validate(
        tables
        | {
            "channels": [*tables["channels"], mail],
            "touchpoints": [*listed, *exits],
            "orchestration": {"policy": "rules"},
            "actions": [{"id": "hello", "channels": ["mail"], "nudge": 2}],
            "rules": [{"id": "weekly", "when": {"every": "tue 10:00"}, "do": "hello"}],
            "coefficients": coefficients,
        }
    )


def lives(history: History) -> list[tuple[int, float, int]]:
    recorded = history.events
    assert recorded is not None
    own = recorded.event == EVENTS.index("enter")
    columns = (recorded.customer, recorded.time, recorded.touchpoint)
    return list(zip(*(column[own].tolist() for column in columns), strict=True))


def test_with_zero_coefficients_a_nudge_moves_nobody() -> None:
    zero = {role: {"nudge": 0, "fatigue": 0} for role in ROLES}
    acting = nudged(**zero)
    idle = acting.model_copy(update={"orchestration": acting.orchestration.model_copy(update={"policy": "none"})})
    moved = ran(acting, events=True)
    assert moved.at_actions.responded.sum() > 100
    assert lives(moved) == lives(ran(idle, events=True))


def test_a_nudge_moves_customers_towards_progress_only() -> None:
    acting = nudged(progress={"nudge": 0.7}, neutral={"nudge": 0}, exit={"nudge": 0})
    history = ran(acting, events=True)
    recorded = history.events
    assert recorded is not None
    changed = (recorded.event == EVENTS.index("responded")) & (recorded.value == 1)
    assert changed.sum() > 10
    before = ran(nudged(progress={"nudge": 0}, neutral={"nudge": 0}, exit={"nudge": 0}), events=True)
    first: dict[int, int] = {}
    old, new = lives(before), lives(history)
    for customer in range(acting.population.size):
        ours = [event for event in new if event[0] == customer]
        theirs = [event for event in old if event[0] == customer]
        for a, b in zip(ours, theirs, strict=False):
            if a != b:
                first[customer] = a[2]
                break
    into = {history.touchpoints[n] for n in first.values()}
    progress = {"cart", "buy", "asleep", "fan"}
    assert into
    assert into <= progress


def test_a_discount_lowers_price_and_margin_and_is_used_once() -> None:
    goal = {"kind": "conversion", "value": 100, "margin": 0.4}
    of = scenario(
        horizon=20,
        population={"size": 1},
        channels=[{"id": "web"}, {"id": "mail", "open_rate": 0}],
        touchpoints=[
            {"id": "look", "start": True, "channels": ["web"]},
            {"id": "buy", "stage": "purchase", "channels": ["web"], "goal": goal},
        ],
        transitions=[
            {"from": "look", "to": "buy", "share": 1, "delay": 1},
            {"from": "buy", "to": "buy", "share": 1, "delay": 1},
        ],
        orchestration={"policy": "rules", "gap_hours": 0},
        actions=[
            {"id": "ten", "channels": ["mail"], "discount": 0.1, "valid_days": 3},
            {"id": "twenty", "channels": ["mail"], "discount": 0.2, "valid_days": 30},
        ],
        rules=[{"id": "small", "when": {"at": 0}, "do": "ten"}, {"id": "large", "when": {"at": 0}, "do": "twenty"}],
    )
    found = ran(of).customers
    assert found.conversions.tolist() == [20]
    # 20 % at the first purchase, 10 % at the second, nothing more after that.
    assert found.revenue.tolist() == pytest.approx([20 * 100 - 20 - 10])
    assert found.margin.tolist() == pytest.approx([20 * 40 - 20 - 10])
    assert found.discount.tolist() == pytest.approx([30])


def test_money_is_reckoned_from_left_to_right() -> None:
    """Two customers with the same money must not be told apart by a last digit, where money decides who is served."""
    assert 15 * 1.2 * 0.9 == 16.2 != 15 * (1.2 * 0.9)
    of = scenario(
        horizon=5,
        population={"size": 1},
        channels=[{"id": "web"}, {"id": "mail", "open_rate": 0}],
        behaviour={"price_index": 1.2},
        touchpoints=[
            {"id": "look", "start": True, "channels": ["web"]},
            {"id": "buy", "channels": ["web"], "goal": {"kind": "conversion", "value": 15}},
        ],
        transitions=[{"from": "look", "to": "buy", "share": 1, "delay": 1}],
        orchestration={"policy": "rules"},
        actions=[{"id": "ten", "channels": ["mail"], "discount": 0.1}],
        rules=[{"id": "small", "when": {"at": 0}, "do": "ten"}],
    )
    events = ran(of, events=True).events
    assert events is not None
    assert events.value[events.event == EVENTS.index("conversion")].tolist() == [16.2]

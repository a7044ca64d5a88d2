"""Erlang's formulas against the queue itself, solved as a chain of states, and against what is known of old."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.staffing import Aim, UnreachableError, level, needed, rostered

DAY = (12, 8, 6, 5, 5, 8, 20, 45, 70, 85, 90, 88, 80, 78, 82, 80, 70, 60, 48, 40, 32, 26, 20, 15)
"""people who ask, by hour"""


def chain(asked: float, minutes: float, agents: int, seconds: float, patience: float) -> tuple[float, float, float]:
    """Served in time, given up and occupancy of M/M/n+M by its states, solved one by one; rates in minutes."""
    arriving, serving, leaving = asked / 60, 1 / minutes, 1 / patience
    logs = [0.0]
    for k in range(1, agents + 5000):
        out = min(k, agents) * serving + max(k - agents, 0) * leaving
        logs.append(logs[-1] + math.log(arriving / out))
        if k > agents and logs[-1] < max(logs) - 40:
            break
    share = np.exp(np.array(logs) - max(logs))
    share /= share.sum()
    busy = sum(min(k, agents) * p for k, p in enumerate(share))
    # Whoever finds j others waiting is served once j + 1 places have become free: a chain again, of those ahead.
    waiting = len(share) - agents
    rates = agents * serving + np.arange(waiting) * leaving
    generator = np.diag(-(rates + leaving)) + np.diag(rates[1:], -1)
    source = np.zeros(waiting)
    source[0] = rates[0]
    steps = 4000
    step = seconds / 60 / steps
    implicit = np.linalg.inv(np.eye(waiting) - step / 2 * generator)
    forward = np.eye(waiting) + step / 2 * generator
    in_time = np.zeros(waiting)
    for _ in range(steps if waiting <= 60 else 0):
        in_time = implicit @ (forward @ in_time + step * source)
    within = share[:agents].sum() + share[agents:] @ in_time
    return float(within), float(1 - busy * serving / arriving), float(busy / agents)


@pytest.mark.parametrize(
    ("asked", "minutes", "agents", "patience"), [(90, 4, 6, 8), (90, 4, 8, 8), (12, 4, 1, 3), (200, 3, 9, 1)]
)
def test_erlang_a_is_the_queue_itself(asked: float, minutes: float, agents: int, patience: float) -> None:
    within, gave_up, occupancy = chain(asked, minutes, agents, 20, patience)
    found = level(asked, minutes, agents, 20, patience)
    assert found.within == pytest.approx(within, abs=1e-6)
    assert found.gave_up == pytest.approx(gave_up, abs=1e-9)
    assert found.occupancy == pytest.approx(occupancy, abs=1e-9)


@given(asked=st.floats(0.1, 3000), minutes=st.floats(0.2, 60), agents=st.integers(1, 300), seconds=st.floats(0, 600))
def test_erlang_c_is_its_closed_form(asked: float, minutes: float, agents: int, seconds: float) -> None:
    work = asked * minutes / 60
    found = level(asked, minutes, agents, seconds, None)
    if work >= agents:
        assert (found.within, found.occupancy) == (0, 1)
        return
    blocked = 1.0
    for k in range(1, agents + 1):
        blocked = work * blocked / (k + work * blocked)
    waits = blocked / (1 - work / agents * (1 - blocked))
    tail = math.exp(-(agents - work) * seconds / 60 / minutes)
    assert found.within == pytest.approx(1 - waits * tail, abs=1e-7)
    assert found.occupancy == pytest.approx(work / agents)


@given(
    asked=st.floats(0.1, 20_000), minutes=st.floats(0.2, 60), agents=st.integers(1, 400), patience=st.floats(0.01, 900)
)
def test_shares_are_shares_and_more_agents_serve_more(
    asked: float, minutes: float, agents: int, patience: float
) -> None:
    some, more = (level(asked, minutes, number, 20, patience) for number in (agents, agents + 1))
    for found in (some, more):
        assert -1e-9 <= found.gave_up <= 1
        assert -1e-9 <= found.within <= 1 - found.gave_up + 1e-6
        assert 0 <= found.occupancy <= 1
    assert more.within >= some.within - 1e-6
    assert more.gave_up <= some.gave_up + 1e-6


def test_very_long_patience_is_none() -> None:
    assert level(80, 4, 7, 20, 1e7).within == pytest.approx(level(80, 4, 7, 20, None).within, abs=1e-4)


def test_the_agent_hours_of_a_day() -> None:
    """Four minutes a contact, 80 % in 20 seconds, occupancy at most 85 %, shrinkage 30 %, patience 8 minutes."""
    aim = Aim(0.8, 20, 0.85, 0.3)
    hours = [sum(rostered(needed(asked, 4, patience, aim), aim) for asked in DAY) for patience in (None, 8.0)]
    assert hours == [193, 184]


@given(asked=st.floats(0.5, 400), minutes=st.floats(0.5, 20), patience=st.none() | st.floats(0.5, 60))
def test_one_agent_fewer_would_not_do(asked: float, minutes: float, patience: float | None) -> None:
    aim = Aim(0.8, 30, 0.9, 0.2)
    agents = needed(asked, minutes, patience, aim)
    enough = level(asked, minutes, agents, aim.seconds, patience)
    assert enough.within >= 0.8 - 1e-8
    assert enough.occupancy <= 0.9 + 1e-8
    if agents > 1:
        fewer = level(asked, minutes, agents - 1, aim.seconds, patience)
        assert fewer.within < 0.8 or fewer.occupancy > 0.9
    assert rostered(agents, aim) * 0.8 >= agents - 1e-6
    assert (rostered(agents, aim) - 1) * 0.8 < agents


def test_where_nobody_asks_nobody_is_needed() -> None:
    assert needed(0, 4, 8, Aim()) == 0
    assert level(0, 4, 0, 20, None).within == 1
    assert level(5, 4, 0, 20, 8).gave_up == 1
    with pytest.raises(UnreachableError, match="not even 100,000 agents"):
        needed(1e9, 60, None, Aim())

"""Who asked in a half hour, and who was served in time, is counted in the event log; theory agrees where it should."""

import datetime
from typing import Any

import numpy as np
import pytest

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS
from sim.staffing import half_hours, level
from tests.builders import scenario

EVERY_DAY = frozenset(range(7))


def calling(**changes: Any) -> Any:
    """Who comes calls a desk at once, and is done."""
    tables: dict[str, Any] = {
        "horizon": 14,
        "start_date": datetime.date(2026, 1, 5),
        "population": {"size": 20_000, "arrivals": {"pattern": "poisson"}},
        "channels": [{"id": "phone"}],
        "desks": [
            {
                "id": "desk",
                "shifts": [{"days": "mon-fri", "from": 8, "to": 18, "agents": 6}],
                "service_minutes": {"family": "exponential", "mean": 5},
                "patience_minutes": {"family": "exponential", "mean": 3},
            }
        ],
        "touchpoints": [
            {"id": "call", "start": True, "desk": "desk", "channels": ["phone"]},
            {"id": "end", "exit": "completed"},
        ],
        "transitions": [{"from": "call", "to": "end", "share": 1, "delay": 1}],
    }
    return scenario(**tables | changes)


def test_half_hours_are_those_of_the_log_and_of_the_roster() -> None:
    of = calling()
    history = simulate(compile_program(of, of), 3, 0, events=True)
    events = history.events
    assert events is not None
    found = half_hours([history], of, of.desks[0], EVERY_DAY, 20)
    assert len(found) == 48
    asked = events.time[events.event == EVENTS.index("asked")]
    assert sum(each.asked for each in found) / 2 * 14 == pytest.approx(len(asked))
    at_nine = asked[(asked % 1 >= 9 / 24) & (asked % 1 < 9.5 / 24)]
    assert found[18].asked == pytest.approx(2 * len(at_nine) / 14)
    waits = events.value[events.event == EVENTS.index("served")]
    served = sum((each.in_time or 0) * each.asked / 2 * 14 for each in found)
    assert served == pytest.approx(np.count_nonzero(waits <= 20 / 60))
    agents = [found[number].agents for number in (15, 16, 35, 36)]
    assert agents == pytest.approx([0, 6 * 5 / 7, 6 * 5 / 7, 0])
    assert found[0].in_time == 0


def test_only_the_days_looked_at_count() -> None:
    of = calling()
    history = simulate(compile_program(of, of), 3, 0, events=True)
    weekend = half_hours([history], of, of.desks[0], frozenset({5, 6}), 20)
    assert all(each.agents == 0 and each.in_time == 0 for each in weekend)
    week = half_hours([history], of, of.desks[0], frozenset(range(5)), 20)
    assert {round(each.agents, 9) for each in week} == {0, 6}


def test_with_chance_alone_the_simulated_level_is_erlangs() -> None:
    """Around the clock, over many replications: the half hours are alike, and theory is within half a point."""
    of = calling(
        desks=[
            {
                "id": "desk",
                "agents": 6,
                "service_minutes": {"family": "exponential", "mean": 5},
                "patience_minutes": {"family": "exponential", "mean": 3},
            }
        ]
    )
    histories = [simulate(compile_program(of, of), 3, number, events=True) for number in range(12)]
    found = half_hours(histories, of, of.desks[0], EVERY_DAY, 20)
    asked = sum(each.asked for each in found)
    in_time = sum(each.asked * (each.in_time or 0) for each in found) / asked
    assert in_time == pytest.approx(level(asked / 48, 5, 6, 20, 3).within, abs=0.005)


def test_who_is_called_back_is_not_served_in_time() -> None:
    desk = {"id": "desk", "agents": 1, "service_minutes": 30, "call_back_above": 0}
    of = calling(desks=[desk], population={"size": 400, "arrivals": {"pattern": "poisson"}})
    history = simulate(compile_program(of, of), 3, 0, events=True)
    events = history.events
    assert events is not None
    called_back = np.count_nonzero(events.event == EVENTS.index("called_back"))
    assert called_back > 50
    found = half_hours([history], of, of.desks[0], EVERY_DAY, 20)
    not_in_time = sum((1 - (each.in_time or 0)) * each.asked / 2 * 14 for each in found if each.asked)
    assert not_in_time == pytest.approx(called_back)

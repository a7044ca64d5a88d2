"""What is easily lost: short waits, the least that a value can be, everybody without tables."""

import pytest

from sim.outcomes import DEFINITIONS, measure
from tests.builders import scenario
from tests.histories import Person, history

DESK = scenario(
    desks=[{"id": "phone", "agents": 1, "service_minutes": 5}],
    touchpoints=[
        {"id": "start", "start": True},
        {"id": "middle", "desk": "phone"},
        {"id": "done", "exit": "completed", "goal": {"kind": "conversion", "value": 50}},
        {"id": "gone", "exit": "churn"},
    ],
    segments=[{"id": "new"}, {"id": "known"}],
)


def test_who_has_waited_half_a_minute_so_far_has_waited_half_a_minute() -> None:
    found = measure(history(DESK, [Person()], waits=[(0, 0, 0.5, False)]), DESK, "base", 0)
    assert found.outcomes["all"]["desk_wait_minutes"] == 0.5


@pytest.mark.parametrize(
    ("id_", "limits"),
    [
        ("arrivals", (0, None)),
        ("purchase_rate", (0, None)),
        ("time_to_convert_days", (0, None)),
        ("desk_wait_minutes", (0, None)),
        ("conversion_rate", (0, 1)),
        ("profit", (None, None)),
        ("nps", (-100, 100)),
        ("csat", (1, 5)),
        ("ces", (1, 7)),
        ("sentiment", (-1, 1)),
    ],
)
def test_no_value_lies_beyond_what_there_can_be(id_: str, limits: tuple[float | None, float | None]) -> None:
    assert DEFINITIONS[id_].limits == limits


def test_of_everybody_alone_the_same_is_measured_but_no_segments_groups_and_tables() -> None:
    of = history(DESK, [Person(acquired=1, purchases=1, order_revenue=50), Person(segment=1)])
    whole, alone = (measure(of, DESK, "base", 0, only_all=only) for only in (False, True))
    assert whole.outcomes.keys() == {"all", "new", "known"}
    assert alone.outcomes == {"all": whole.outcomes["all"]}
    assert alone.sums == {"all": whole.sums["all"]}
    assert alone.absent == whole.absent
    assert alone.curves.keys() == whole.curves.keys()
    assert whole.touchpoints
    assert alone.touchpoints == alone.transitions == alone.channels == alone.stages == alone.actions == {}

"""What a replication held is freed with its end."""

import gc
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from sim.engine import simulating
from tests.engine.worlds import DESKS, run, with_desk


@pytest.fixture
def without_garbage() -> Iterator[None]:
    """Nobody looks for garbage meanwhile."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("without_garbage")
@pytest.mark.parametrize("desk", DESKS)
def test_the_lane_is_freed_with_the_end_of_a_replication(desk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def noted(*given: Any, **named: Any) -> Any:
        lane = make(*given, **named)
        held.append(weakref.ref(lane))
        return lane

    make = simulating.new_lane
    monkeypatch.setattr(simulating, "new_lane", noted)
    history = run(with_desk(**DESKS[desk]))
    assert history.at_desks.served.sum() > 0
    assert [lane() for lane in held] == [None]

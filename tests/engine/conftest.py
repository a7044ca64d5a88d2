"""What tests of the engine share."""

from types import SimpleNamespace
from typing import Any

import pytest

from sim.engine.brand import budget


@pytest.fixture
def purse(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """What the lane holds of the budget."""
    held = SimpleNamespace()

    def begin(_: Any, throttle: float, period: float, total: float) -> None:
        held.throttle, held.period, held.total, held.demand = throttle, period, total, 0.0

    monkeypatch.setattr(budget, "set_budget", begin)
    monkeypatch.setattr(budget, "budget_of", lambda _: (held.period, held.total, held.demand))
    monkeypatch.setattr(budget, "set_throttle", lambda _, share: setattr(held, "throttle", share))
    return held

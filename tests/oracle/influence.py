"""What messages and offers leave behind in a customer: fatigue, nudge, discounts on offer (model 10)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sim.scenario.orchestration import Action

FATIGUE_HALVES_IN = 7.0
NUDGE_HALVES_IN = 3.0


@dataclass
class Fading:
    """An amount that halves again and again; days."""

    halves_in: float
    amount: float = 0.0
    since: float = 0.0

    def at(self, time: float) -> float:
        return self.amount * 2 ** (-(time - self.since) / self.halves_in)

    def becomes(self, amount: float, time: float) -> None:
        self.amount = amount
        self.since = time


@dataclass
class Offers:
    """The discounts that stand, by action."""

    actions: Callable[[], dict[str, Action]]
    """as they are at present, in file order"""
    until: dict[str, float] = field(default_factory=dict)

    def stand(self, action: Action, time: float) -> None:
        if action.discount > 0:
            self.until[action.id] = max(self.until.get(action.id, 0.0), time + action.valid_days)

    def best(self, time: float) -> Action | None:
        """The action whose discount is on offer, of equal ones the first in file order."""
        standing = [
            action for id_, action in self.actions().items() if time < self.until.get(id_, time) and action.discount > 0
        ]
        return max(standing, key=lambda action: action.discount, default=None)

    def discount(self, time: float) -> float:
        best = self.best(time)
        return 0.0 if best is None else best.discount

    def use(self, time: float) -> float:
        """The discount on offer; the offer that gave it ends."""
        best = self.best(time)
        if best is None:
            return 0.0
        del self.until[best.id]
        return best.discount

"""What actions bring, and how sure the brand may be of it (model 29)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.scenario.orchestration import Gain
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    from .brand import Brand
    from .choosing import Candidate
    from .learning import Cell

TIRES = {"message": 1.0, "offer": 1.0, "call": 1.0, "popover": 0.5, "recommendation": 0.0}
"""by kind of action (10.2)"""


@dataclass(frozen=True)
class Known:
    """What counts of a gain."""

    gain: float
    error: float
    response_rate: float | None


class Gains:
    """The rows of `[[gains]]`, shrunk."""

    def __init__(self, scenario: Scenario) -> None:
        self.rows = scenario.gains
        self.v = spread([(row.gain, row.error) for row in self.rows])

    def of(self, cell: Cell) -> Known | None:
        fitting = [row for row in self.rows if row.action == cell.action and fits(row, cell)]
        if not fitting:
            return None
        row = max(fitting, key=named)  # of equal ones the first
        if row.error == 0:
            return Known(row.gain, 0.0, row.response_rate)
        kept = self.v / (self.v + row.error**2)
        return Known(row.gain * kept, row.error * math.sqrt(kept), row.response_rate)


def spread(rows: list[tuple[float, float]]) -> float:
    """v, by Newton's steps from below: the sum falls and is convex, so they never go too far."""
    wanted = len(rows) + 1.64 * math.sqrt(2 * len(rows))
    rows = [(gain, error) for gain, error in rows if gain]
    v = max([0.0, *(gain**2 / wanted - error**2 for gain, error in rows)])
    for _ in range(200):
        above = sum(gain**2 / (v + error**2) for gain, error in rows) - wanted
        if above <= 0:
            return v
        v += above / sum(gain**2 / (v + error**2) ** 2 for gain, error in rows)
    return v


def fits(row: Gain, cell: Cell) -> bool:
    pairs = ((row.channel, cell.channel), (row.segment, cell.segment), (row.stage, cell.stage))
    return all(wanted is None or wanted == there for wanted, there in pairs)


def named(row: Gain) -> int:
    return sum(each is not None for each in (row.channel, row.segment, row.stage))


def worth(brand: Brand, candidate: Candidate) -> float:
    """What a candidate of which something is known brings, after its costs; not weighted."""
    world = brand.customer.world
    known = brand.playbook.gains.of(candidate.cell)
    assert known is not None
    action = world.actions[candidate.action]
    cost = action.cost
    if action.kind in ("message", "offer", "call"):
        cost += world.journey.channels[candidate.channel].cost
    return known.gain - cost - brand.playbook.fatigue_cost * TIRES[action.kind]


def confidence(brand: Brand, candidate: Candidate) -> float:
    known = brand.playbook.gains.of(candidate.cell)
    assert known is not None
    x = worth(brand, candidate)
    if known.error > 0:
        model = (1 + math.erf(x / known.error / math.sqrt(2))) / 2
    else:
        model = 1.0 if x > 0 else 0.5 if x == 0 else 0.0
    return (
        0.3 * completeness(brand)
        + 0.3 * model
        + 0.2 / (1 + candidate.position)
        + 0.2 * performance(brand, candidate, known)
    )


def completeness(brand: Brand) -> float:
    kinds = set(brand.customer.world.scenario.profile.facts)
    there = [kind for kind in kinds if brand.customer.noted.answer(kind) > 0]
    return len(there) / len(kinds) if kinds else 0.0


def performance(brand: Brand, candidate: Candidate, known: Known) -> float:
    beliefs = brand.customer.world.beliefs
    n, r = beliefs.tries[candidate.cell], beliefs.successes[candidate.cell]
    if known.response_rate is None:
        return 0.5
    return min(1.0, (r + 0.5) / (n * known.response_rate + 1))

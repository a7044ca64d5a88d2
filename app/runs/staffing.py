"""Who asked at a desk of a stored run, by half hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario.channels_and_desks import Desk
    from sim.staffing import HalfHour
    from sim.store import Run, Store

MOST = 20
"""replications that are looked at"""


def asked_in(
    store: Store, run: Run, arm: str, desk: str, days: frozenset[int], seconds: float
) -> tuple[Desk, list[HalfHour]]:
    """The desk under an arm, and its half hours over the stored replications, which are simulated again."""
    from app.runs.stored import measured_of, plan_of
    from sim.experiment.resimulate import resimulate
    from sim.staffing import half_hours

    plan = plan_of(run, store)
    [scenario] = [variant.scenario for variant in plan.variants if variant.id == arm]
    [found] = [each for each in scenario.desks if each.id == desk]
    numbers = store.finished(run.id)[:MOST]
    histories = [
        resimulate(scenario, plan.scenario, run.seed, measured_of(store, run, arm, number)) for number in numbers
    ]
    return found, half_hours(histories, scenario, found, days, seconds)

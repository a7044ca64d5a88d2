"""What makes a journey hard for customers, and what relieving each of it brings the same customers (model 40)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from sim.experiment.planning import plan as planned
from sim.experiment.running import run
from sim.outcomes.definitions import BROUGHT
from sim.scenario import Variant, variants
from sim.scenario.addresses.address import joined
from sim.scenario.experiment import Arm
from sim.scenario.resolve import enabled_desks, enabled_touchpoints, enabled_transitions, roles

if TYPE_CHECKING:
    from sim.experiment.comparison import Difference
    from sim.experiment.planning import Plan
    from sim.outcomes.records import Measured
    from sim.scenario import Scenario
    from sim.scenario.channels_and_desks import Desk

Kind = Literal["wait", "effort", "bad", "lost", "leaving"]
Figures = Mapping[str, Mapping[str, float]]
"""By touchpoint, then figure: means over replications."""

MOST: Final = 40
"""Pain points that are looked at, those that most customers met."""
_MOST_REPLICATIONS: Final = 20
_MANY_TIMES: Final = 100_000
"""So many agents for each that there is."""
_AS_IT_IS: Final = "as-it-is"


@dataclass(frozen=True)
class PainPoint:
    """One thing that makes a journey hard."""

    kind: Kind
    at: tuple[str, ...]
    """the touchpoints where it is"""
    desk: str | None
    """of waiting: where"""
    figure: float
    """minutes waited, effort, or the share of visits that had it"""
    met: float
    """visits that met it, in a replication"""
    relieved: dict[str, Any]
    """values by address under which it is not there"""


@dataclass(frozen=True)
class Relief:
    """What the same customers do without a pain point."""

    pain: PainPoint
    differences: dict[str, Difference]
    """by outcome, of `BROUGHT`: without it less with it"""


@dataclass(frozen=True)
class Relieved:
    """All pain points of an arm, the one that costs most first."""

    reliefs: tuple[Relief, ...]
    replications: int
    arrivals: float
    """in a replication, on average"""
    left_out: int
    """pain points beyond those that are looked at"""
    currency: str


def pain_points(scenario: Scenario, figures: Figures) -> list[PainPoint]:
    """All of a scenario, those first that most customers met in a run with these figures."""
    found = [
        *_waits(scenario, figures),
        *_of_touchpoints(scenario, figures),
        *_lost(scenario, figures),
        *_leaving(scenario, figures),
    ]
    return sorted((pain for pain in found if pain.met > 0), key=lambda pain: -pain.met)


def relieve(
    plan: Plan, arm: Variant, measured: Sequence[Measured], progress: Callable[[int, int, int], None]
) -> Relieved:
    """Simulate an arm of the plan without each pain point; `measured` are its stored replications."""
    found = pain_points(arm.scenario, mean_figures(measured))
    chosen = found[:MOST]
    times = min(len(measured), _MOST_REPLICATIONS)
    arrivals = sum(each.outcomes["all"]["arrivals"] for each in measured) / len(measured)
    currency = plan.scenario.currency
    if not chosen:
        return Relieved((), times, arrivals, 0, currency)
    arms = [
        Arm(id=_AS_IT_IS),
        *(Arm(id=f"without-{number}", set=pain.relieved) for number, pain in enumerate(chosen, 1)),
    ]
    whole = planned(plan.scenario, arms=variants(arm.scenario, arms))
    results = run(replace(whole, replications=times, precision=None), progress=progress)
    reliefs = [
        Relief(pain, results.compare(each, _AS_IT_IS, only=BROUGHT).differences)
        for pain, each in zip(chosen, results.arms[1:], strict=True)
    ]
    return Relieved(tuple(sorted(reliefs, key=_rank)), times, arrivals, len(found) - len(chosen), currency)


def mean_figures(measured: Sequence[Measured]) -> dict[str, dict[str, float]]:
    """The figures of touchpoints over replications; those that not every replication has count where they are."""
    figures: dict[str, dict[str, list[float]]] = {}
    for each in measured:
        for touchpoint, row in each.touchpoints.items():
            for name, value in row.items():
                figures.setdefault(touchpoint, {}).setdefault(name, []).append(value)
    return {at: {name: sum(each) / len(each) for name, each in row.items()} for at, row in figures.items()}


def _rank(relief: Relief) -> float:
    told = next((relief.differences[id_] for id_ in BROUGHT if id_ in relief.differences), None)
    return 0.0 if told is None else -told.interval.mean


def _waits(scenario: Scenario, figures: Figures) -> Iterator[PainPoint]:
    for desk in enabled_desks(scenario):
        at = tuple(each.id for each in enabled_touchpoints(scenario) if each.desk == desk.id)
        visits = {id_: figures.get(id_, {}).get("visits", 0.0) for id_ in at}
        waited = {id_: figures.get(id_, {}).get("wait", 0.0) for id_ in at}
        met = sum(visits.values())
        minutes = sum(visits[id_] * waited[id_] for id_ in at) / met if met else 0.0
        if minutes > 0:
            yield PainPoint("wait", at, desk.id, minutes, met, _many_agents(desk))


def _many_agents(desk: Desk) -> dict[str, Any]:
    relieved: dict[str, Any] = {joined(("desks", desk.id, "cost_per_hour")): desk.cost_per_hour / _MANY_TIMES}
    if desk.agents is not None:
        relieved[joined(("desks", desk.id, "agents"))] = desk.agents * _MANY_TIMES
    else:
        shifts = [shift.model_dump(by_alias=True) for shift in desk.shifts]
        relieved[joined(("desks", desk.id, "shifts"))] = [
            shift | {"agents": shift["agents"] * _MANY_TIMES} for shift in shifts
        ]
    return relieved


def _of_touchpoints(scenario: Scenario, figures: Figures) -> Iterator[PainPoint]:
    """Effort, and experiences that are bad by themselves."""
    below = scenario.behaviour.bad_below
    for touchpoint in enabled_touchpoints(scenario):
        row, at = figures.get(touchpoint.id, {}), (touchpoint.id,)
        visits = row.get("visits", 0.0)
        if touchpoint.effort > 1 and "effort" in row:
            relieved = {joined(("touchpoints", touchpoint.id, "effort")): 1}
            yield PainPoint("effort", at, None, row["effort"], visits, relieved)
        mean, sd = touchpoint.emotion.mean, touchpoint.emotion.sd
        if min(mean, mean - 2 * sd) < below and row.get("bad", 0.0) > 0:
            calm = {joined(("touchpoints", touchpoint.id, "emotion")): {"mean": max(mean, 0.0), "sd": 0}}
            yield PainPoint("bad", at, None, row["bad"], visits * row["bad"], calm)


def _lost(scenario: Scenario, figures: Figures) -> Iterator[PainPoint]:
    if scenario.integration.mode != "omni" or scenario.integration.carryover >= 1:
        return
    lost = {at: row["visits"] * row["lost"] for at, row in figures.items() if row.get("lost", 0.0) > 0}
    visits = sum(figures[at]["visits"] for at in lost)
    if lost:
        met = sum(lost.values())
        yield PainPoint("lost", tuple(lost), None, met / visits, met, {"integration.carryover": 1})


def _leaving(scenario: Scenario, figures: Figures) -> Iterator[PainPoint]:
    role = roles(scenario)
    for touchpoint in enabled_touchpoints(scenario):
        row = figures.get(touchpoint.id, {})
        leading = [each for each in enabled_transitions(scenario) if each.source == touchpoint.id and each.share > 0]
        exits = [each.key for each in leading if role[each.key] == "exit"]
        if row.get("dropoff", 0.0) > 0 and exits and len(exits) < len(leading):
            stay = {joined(("transitions", key, "share")): 0 for key in exits}
            met = row["visits"] * row["dropoff"]
            yield PainPoint("leaving", (touchpoint.id,), None, row["dropoff"], met, stay)

"""What each action brings, from a pilot in which it is chosen by chance (model 30.1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine import compile_program, simulate
from sim.engine.memory.history import History
from sim.experiment.profiles import profiles_of
from sim.scenario.addresses.overriding import override
from sim.scenario.policies import PATIENCE
from sim.scenario.resolve import enabled_rules, enabled_touchpoints, stage_of, stages
from sim.scenario.scenario import Scenario
from sim.training.decisions import Decision, decisions_in
from sim.training.looks import seed_of_pilots
from sim.training.margins import margins
from sim.training.noted import in_order
from sim.training.ranking import Estimate

Floats = NDArray[np.float64]

LEAST = 100
"""decisions for an action, and as many for nothing, before a gain is told"""
_ALL = -1
_Cell = tuple[bool, int, int, int, int]
"""whether it is of one segment and stage; then action, channel, segment and stage by their index, or _ALL"""


@dataclass(frozen=True)
class ActionGain:
    """What choosing an action brings within some days, compared with choosing nothing."""

    action: str
    channel: str | None
    """None where channels are not chosen by chance"""
    segment: str | None
    """None for customers of all segments"""
    stage: str | None
    chosen: int
    """decisions for it"""
    nothing: int
    """decisions for nothing, where it could have been chosen"""
    gain: Estimate
    """margin, before what the send costs"""
    response_rate: float | None
    """None where nothing was sent a week or more before the end"""

    @property
    def everywhere(self) -> bool:
        """Whether it is that of all segments and stages."""
        return self.segment is None and self.stage is None


def can_be_learned(scenario: Scenario) -> bool:
    """Whether there is a rule that leaves a choice of actions."""
    return any(getattr(rule, "alternatives", ()) for rule in enabled_rules(scenario))


def train_actions(scenario: Scenario, within: float, seed: int, tell: Callable[[str], None]) -> list[ActionGain]:
    """The gain of every action on every channel: first everywhere, then by segment and stage."""
    tell("Simulating a brand that acts by chance")
    seed = seed_of_pilots(seed)
    pilot = override(scenario, {"orchestration.policy": "random"})
    program = compile_program(pilot, pilot)
    history = simulate(program, seed, 0, profiles=profiles_of(pilot, seed), events=True)
    put_off = {"quiet"} if pilot.orchestration.capped == "drop" else {"quiet", "capped"}
    events = in_order(history)
    decisions = [each for each in decisions_in(events, frozenset(put_off)) if each.time + within <= history.horizon]
    earned = margins(events, history, pilot)
    after = earned_within(decisions, events.customer, events.time, earned, within, history.horizon)
    return gains_of(decisions, after, history, pilot)


def earned_within(
    decisions: Sequence[Decision], customer: NDArray[Any], time: Floats, earned: Floats, within: float, end: float
) -> Floats:
    """What each decision's customer earns from its time to before so many days later; events in order of both."""
    apart = end + within + 1.0
    key, total = customer * apart + time, np.concatenate([[0.0], np.cumsum(earned)])
    begin = np.array([each.customer * apart + each.time for each in decisions])
    return np.asarray(total[np.searchsorted(key, begin + within, "left")] - total[np.searchsorted(key, begin, "left")])


def gains_of(decisions: Sequence[Decision], earned: Floats, history: History, scenario: Scenario) -> list[ActionGain]:
    """The gains that the decisions of a pilot tell, given what was earned after each."""
    by_channel = "channels" in scenario.orchestration.learns
    order = [stage.id for stage in stages(scenario)]
    stage_of_id = {one.id: order.index(stage_of(scenario, one)) for one in enabled_touchpoints(scenario)}
    cells: dict[_Cell, tuple[list[int], list[int]]] = {}
    for row, each in enumerate(decisions):
        where = int(history.customers.segment[each.customer]), stage_of_id[history.touchpoints[each.touchpoint]]
        could = {each.taken} if each.taken else set(each.passed)
        for action, channel in {(action, channel if by_channel else _ALL) for action, channel in could}:
            for segment, stage in ((_ALL, _ALL), where):
                sides = cells.setdefault((segment != _ALL, action, channel, segment, stage), ([], []))
                sides[0 if each.taken else 1].append(row)
    return [
        ActionGain(
            action=history.actions[action],
            channel=None if channel == _ALL else history.channels[channel],
            segment=None if segment == _ALL else history.segments[segment],
            stage=None if stage == _ALL else order[stage],
            chosen=len(chosen),
            nothing=len(nothing),
            gain=_difference(chosen, nothing, decisions, earned),
            response_rate=_response_rate([decisions[row] for row in chosen], history.horizon),
        )
        for (_, action, channel, segment, stage), (chosen, nothing) in sorted(cells.items())
        if min(len(chosen), len(nothing)) >= LEAST
    ]


def _difference(chosen: list[int], nothing: list[int], decisions: Sequence[Decision], earned: Floats) -> Estimate:
    """Mean after the one less that after the other, each decision by how unlikely its lot was.

    The standard error takes the decisions of one customer together.
    """
    value, of_customers = 0.0, np.zeros(max(decisions[row].customer for row in (*chosen, *nothing)) + 1)
    for sign, rows in ((1.0, chosen), (-1.0, nothing)):
        weight = np.array([decisions[row].among for row in rows])
        mean = float(np.average(earned[rows], weights=weight))
        value += sign * mean
        customers = [decisions[row].customer for row in rows]
        np.add.at(of_customers, customers, sign * weight * (earned[rows] - mean) / weight.sum())
    return Estimate(value, float(np.sqrt((of_customers**2).sum())))


def _response_rate(chosen: Sequence[Decision], end: float) -> float | None:
    """Of the tries that could be responded to for as long as counts, the share that were."""
    tries = [each.responded for each in chosen if each.sent is not None and each.sent + PATIENCE <= end]
    return sum(tries) / len(tries) if tries else None

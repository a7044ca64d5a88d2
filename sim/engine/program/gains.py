"""What actions bring, from the scenario to arrays (model 29)."""

import math
from collections.abc import Iterator
from typing import Any

from sim.engine.program.arrays import floats
from sim.engine.program.pairs import pairs
from sim.scenario.action_kinds import ACTION_KINDS, MESSAGES
from sim.scenario.orchestration import Gain
from sim.scenario.resolve import enabled_actions, enabled_channels, segments, stages
from sim.scenario.scenario import Scenario

Known = tuple[float, float, float]
"""Gain and error as they count, and the response rate expected."""
_SURELY = 1.64
"""Standard errors from a mean to the limit that chance exceeds one time in twenty."""
_HALVINGS = 200
_UNKNOWN: Known = (math.nan, math.nan, math.nan)


def gain_fields(scenario: Scenario) -> dict[str, Any]:
    """The fields of `RuleTables` by which next best action goes; no cells under the other policies."""
    actions = {action.id: action for action in enabled_actions(scenario)}
    price = {channel.id: channel.cost for channel in enabled_channels(scenario)}
    plans = scenario.orchestration
    known = list(_cells(scenario)) if plans.policy == "next_best_action" else []

    def outlay(action_id: str, channel: str) -> float:
        action = actions[action_id]
        cost = action.cost + (price[channel] if action.kind in MESSAGES else 0.0)
        return cost + plans.fatigue_cost * ACTION_KINDS[action.kind].tires

    return {
        "action_weight": floats(action.weight for action in actions.values()),
        "pair_outlay": floats(outlay(*pair) for pair in pairs(scenario)),
        "gain": floats(gain for gain, _, _ in known),
        "gain_error": floats(error for _, error, _ in known),
        "gain_response": floats(response for _, _, response in known),
        "minimum_confidence": plans.minimum_confidence,
        "falls_back_on_rule": plans.fallback == "rule",
    }


def shrunk(gains: tuple[Gain, ...]) -> list[tuple[float, float]]:
    """Gain and error of each as they count: drawn to nothing by what chance alone may have made of them."""
    spread = _spread(gains)
    kept = [_part(spread, each.error**2) for each in gains]
    return [(each.gain * part, each.error * math.sqrt(part)) for each, part in zip(gains, kept, strict=True)]


def _spread(gains: tuple[Gain, ...]) -> float:
    """The variance that true gains surely have around nothing; 0 where chance may explain all of them."""
    by_chance = len(gains) + _SURELY * math.sqrt(2.0 * len(gains))

    def too_low(spread: float) -> bool:
        return sum(each.gain**2 / (spread + each.error**2) for each in gains if each.gain) > by_chance

    low, high = 0.0, sum(each.gain**2 for each in gains)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if not middle > 0.0:
            break
        low, high = (middle, high) if too_low(middle) else (low, middle)
    return low


def _part(spread: float, variance: float) -> float:
    """The part of a gain that counts."""
    return spread / (spread + variance) if variance else 1.0


def _cells(scenario: Scenario) -> Iterator[Known]:
    """What is known of each cell, in the order of their numbers."""
    counted = shrunk(scenario.gains)
    for segment in segments(scenario):
        for stage in stages(scenario):
            for action, channel in pairs(scenario):
                of = {"channel": channel, "segment": segment.id, "stage": stage.id}
                fitting = [
                    (sum(getattr(each, key) is not None for key in of), -number)
                    for number, each in enumerate(scenario.gains)
                    if each.action == action and all(getattr(each, key) in (None, name) for key, name in of.items())
                ]
                if not fitting:
                    yield _UNKNOWN
                    continue
                number = -max(fitting)[1]
                response = scenario.gains[number].response_rate
                yield (*counted[number], math.nan if response is None else response)

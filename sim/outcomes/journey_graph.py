"""A scenario's journey by the numbers that totals go by."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.remembered import remembered
from sim.scenario.resolve import (
    counts_for_its_stage,
    desk_of,
    enabled_touchpoints,
    enabled_transitions,
    roles,
    stage_of,
    stages,
)
from sim.scenario.scenario import Scenario

Indices = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class JourneyGraph:
    """Touchpoints, transitions and stages, each in the order of a history's."""

    source: Indices
    """shape (transitions,): the touchpoint that each leaves"""
    target: Indices
    """shape (transitions,): the touchpoint that it enters"""
    exits: Marks
    """shape (transitions,): whether its role is exit"""
    served: Marks
    """shape (touchpoints,): whether a desk serves customers there"""
    stage: Indices
    """shape (touchpoints,): the stage that it counts for; the number of stages where it counts for none"""
    stages: tuple[str, ...]
    """ids of all stages"""
    reachable: Marks
    """shape (stages,): whether some touchpoint counts for it, enabled or not"""

    def by_touchpoint(self, by_transition: NDArray[Any]) -> NDArray[np.float64]:
        """What is given for each transition, added up over those that leave the same touchpoint."""
        return _added(self.source, by_transition, self.stage.size)

    def by_stage(self, by_touchpoint: NDArray[Any]) -> NDArray[np.float64]:
        """What is given for each touchpoint, added up over those that count for the same stage."""
        return _added(self.stage, by_touchpoint, len(self.stages) + 1)[:-1]

    def chances(self, by_transition: NDArray[Any]) -> NDArray[np.float64]:
        """What is given for each transition, by touchpoints that it leaves and enters; (touchpoints, touchpoints)."""
        count = self.stage.size
        return _added(self.source * count + self.target, by_transition, count * count).reshape(count, count)


@remembered
def journey_graph(scenario: Scenario) -> JourneyGraph:
    """The graph of what is enabled."""
    touchpoints, transitions = enabled_touchpoints(scenario), enabled_transitions(scenario)
    number = {touchpoint.id: n for n, touchpoint in enumerate(touchpoints)}
    of_stage = {stage.id: n for n, stage in enumerate(stages(scenario))}
    counting = [touchpoint for touchpoint in scenario.touchpoints if counts_for_its_stage(touchpoint)]
    reachable = {stage_of(scenario, touchpoint) for touchpoint in counting}
    role = roles(scenario)
    return JourneyGraph(
        source=_indices(number[transition.source] for transition in transitions),
        target=_indices(number[transition.target] for transition in transitions),
        exits=_marks(role[transition.key] == "exit" for transition in transitions),
        served=_marks(desk_of(scenario, touchpoint) is not None for touchpoint in touchpoints),
        stage=_indices(
            of_stage[stage_of(scenario, touchpoint)] if counts_for_its_stage(touchpoint) else len(of_stage)
            for touchpoint in touchpoints
        ),
        stages=tuple(of_stage),
        reachable=_marks(id_ in reachable for id_ in of_stage),
    )


def _added(index: Indices, values: NDArray[Any], length: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(index, values, length), np.float64)


def _indices(numbers: Iterable[int]) -> Indices:
    return np.array([*numbers], np.int64)


def _marks(whether: Iterable[bool]) -> Marks:
    return np.array([*whether], np.bool_)

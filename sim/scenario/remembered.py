"""Remembering what follows from a scenario, for as long as it is worked on."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from sim.scenario.scenario import Scenario

R = TypeVar("R")

_SCENARIOS = 64
"""Of so many scenarios a result is remembered: as many as most runs have arms."""


def remembered(function: Callable[[Scenario], R]) -> Callable[[Scenario], R]:
    """`function`, which makes something unchanging of a scenario, run once for each of the scenarios in hand.

    A scenario never changes, so the same object has the same result. Equal ones are not looked for: to compare them
    takes longer than most of what is remembered.
    """

    @lru_cache(maxsize=_SCENARIOS)
    def once(same: _Same) -> R:
        return function(same.scenario)

    @wraps(function)
    def of(scenario: Scenario) -> R:
        return once(_Same(scenario))

    return of


class _Same:
    """A scenario as a key: equal to itself alone."""

    __slots__ = ("scenario",)

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.scenario is other.scenario

    def __hash__(self) -> int:
        return id(self.scenario)

"""What `simulate` runs: a scenario with its defaults filled in and its ids turned into indices in arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.program.arrays import floats
from sim.engine.program.rosters import Roster
from sim.engine.program.tables import Tables, make_tables
from sim.engine.program.timetable import Change, Timetable, end_of, refers, timetable
from sim.population import PopulationPlan
from sim.scenario.orchestration import Budget


@dataclass(frozen=True)
class Program:
    """What `simulate` runs: one arm of a scenario."""

    horizon: float
    """days"""
    tick: float
    """days"""
    stages: tuple[str, ...]
    segments: tuple[str, ...]
    channels: tuple[str, ...]
    touchpoints: tuple[str, ...]
    transitions: tuple[str, ...]
    surveys: tuple[str, ...]
    desks: tuple[str, ...]
    rosters: tuple[Roster, ...]
    """who works when, by desk"""
    desk_costs: tuple[float, ...]
    """money for each contact served, by desk"""
    actions: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    """every action with each of its channels"""
    rules: tuple[str, ...]
    """broadcasts after the rules"""
    attributes: Mapping[str, tuple[str, ...]]
    """the values of each free attribute"""
    population: PopulationPlan
    budget: Budget | None
    """money for sends; None without a limit"""
    fields: Mapping[str, Any]
    """the fields of `Tables`"""
    changes: tuple[Change, ...] = ()
    """what phases, seasons and shocks change later, in order of time"""

    @property
    def end(self) -> float:
        """The time before which everything happens: the first after the horizon, which belongs to the run."""
        return end_of(self.horizon)

    @property
    def drawn(self) -> int:
        """The most blocks that a visit draws."""
        regimes = (self.fields, *(change.fields for change in self.changes))
        return max(int(np.diff(fields["block_first"]).max(initial=0)) for fields in regimes)

    @property
    def refers(self) -> bool:
        """Whether anybody refers friends."""
        return refers(self.fields)

    @cached_property
    def agent_hours(self) -> NDArray[np.float64]:
        """Hours on shift of all agents, by desk; worked out once for all replications."""
        return floats(roster.agent_hours(self.horizon) for roster in self.rosters)

    @cached_property
    def timetable(self) -> Timetable:
        """The moments at which something happens to many; worked out once for all replications."""
        return timetable(self.horizon, self.tick, self.fields, self.changes)

    @cached_property
    def exchanging_timetable(self) -> Timetable:
        """The same where mixed profiles exchange facts at ticks (model 31)."""
        return timetable(self.horizon, self.tick, self.fields, self.changes, exchanging=True)

    @cached_property
    def tables(self) -> Tables:
        """The flat arrays that compiled code reads."""
        return make_tables(**self.fields)

"""What a worker does for the levers: one arm in one replication, prepared quickly after each edit."""

from __future__ import annotations

import os
import pickle
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sim.engine import Program
    from sim.experiment.replicate import Task
    from sim.outcomes import Measured
    from sim.scenario import Scenario

_YIELDS: Final = 10
"""How far a worker steps back behind other processes, from 0 to 19."""
_PROGRAMS: Final = 8
"""Prepared scenarios that are kept: each edit makes another, and older ones are seldom asked for again."""


def simulate_live(task: Task) -> Measured:
    """Simulate one arm in one replication, and measure its curves and everybody's outcomes as in any run."""
    from sim.engine import simulate
    from sim.experiment.profiles import profiles_of
    from sim.outcomes import measure

    scenario, program = _prepared(task.work)
    history = simulate(program, task.seed, task.replication, profiles=profiles_of(scenario, task.seed))
    return measure(history, scenario, task.arm, 0.0, only_all=True)


def prepare() -> None:
    """Load what every task needs, and step back behind the process that hands out the tasks."""
    from sim.experiment.preparing import load_engine

    load_engine()

    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, _YIELDS)


@lru_cache(maxsize=_PROGRAMS)
def _prepared(work: bytes) -> tuple[Scenario, Program]:
    from sim.engine import compile_program

    scenario, base = pickle.loads(work)
    return scenario, compile_program(scenario, base)

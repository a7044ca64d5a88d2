"""One task: one arm in one replication, in whichever process."""

import pickle
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sim.outcomes import Measured
from sim.outcomes.needs import NEEDS
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.engine import Program
    from sim.outcomes import Standing


@dataclass(frozen=True)
class Task:
    """What a worker is told; small, for it is sent with every task so that any executor will do."""

    arm: str
    work: bytes
    """the arm's scenario and the base scenario, from `packed`"""
    seed: int
    replication: int
    paired: bool
    """whether other arms will be compared with this one"""


@dataclass(frozen=True)
class Replicated:
    """What a worker hands back."""

    measured: Measured
    standing: "Standing | None"
    """for outcomes of pairs; None where there are none"""


def packed(scenario: Scenario, base: Scenario) -> bytes:
    """An arm's scenario, and the base scenario that effort and channel weights are measured against."""
    return pickle.dumps((scenario, base), protocol=pickle.HIGHEST_PROTOCOL)


def replicate(task: Task) -> Replicated:
    """Simulate and measure one arm in one replication."""
    from sim.engine import simulate
    from sim.outcomes import measure, standing

    scenario, program = _prepared(task.work)
    begin = time.perf_counter()
    history = simulate(program, task.seed, task.replication)
    seconds = time.perf_counter() - begin
    pairs = task.paired and NEEDS["conversion"].met(scenario)
    return Replicated(measure(history, scenario, task.arm, seconds), standing(history) if pairs else None)


@lru_cache(maxsize=256)
def _prepared(work: bytes) -> tuple[Scenario, "Program"]:
    """The scenario and its program, made once in each process."""
    from sim.engine import compile_program

    scenario, base = pickle.loads(work)
    return scenario, compile_program(scenario, base)

"""One task: one arm in one replication, in whichever process."""

import pickle
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sim.experiment.profiles import profiles_of
from sim.experiment.uncertain import Uncertain
from sim.outcomes import Measured
from sim.outcomes.needs import NEEDS
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.engine import Program
    from sim.outcomes import Standing

_PROGRAMS: Final = 24
"""Arms whose programs are kept, at about a megabyte each: as many as a run mostly has, which take turns."""


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
    booked: bool = False
    """whether its ledger is wanted too, and nothing with uncertain values drawn"""


@dataclass(frozen=True)
class Replicated:
    """What a worker hands back."""

    measured: Measured
    standing: "Standing | None"
    """for outcomes of pairs; None where there are none"""
    drawn: "Standing | None"
    """the same with the uncertain values drawn; None also where nothing is uncertain"""


def packed(scenario: Scenario, base: Scenario) -> bytes:
    """An arm's scenario, and the base scenario that effort and channel weights are measured against."""
    return pickle.dumps((scenario, base), protocol=pickle.HIGHEST_PROTOCOL)


def replicate(task: Task) -> Replicated:
    """Simulate and measure one arm in one replication; once more with uncertain values drawn, if there are any."""
    from sim.engine import compile_program, simulate
    from sim.outcomes import measure, standing

    work = _prepared(task.work)
    pairs = task.paired and NEEDS["conversion"].met(work.scenario)
    begin = time.perf_counter()
    history = simulate(work.program, task.seed, task.replication, profiles=profiles_of(work.scenario, task.seed))
    measured = measure(history, work.scenario, task.arm, time.perf_counter() - begin)
    if task.booked:
        from sim.outcomes.ledger import ledger

        return Replicated(replace(measured, ledger=ledger(history, work.scenario)), None, None)
    plain = Replicated(measured, standing(history) if pairs else None, None)
    if work.uncertain is None:
        return plain
    scenario, base = work.uncertain.drawn(task.seed, task.replication)
    program = compile_program(scenario, base)
    other = simulate(program, task.seed, task.replication, profiles=profiles_of(scenario, task.seed))
    drawn = measure(other, scenario, task.arm, 0.0, like=work.scenario)
    measured = replace(
        measured,
        drawn=drawn.outcomes,
        drawn_sums=drawn.sums,
        drawn_groups=drawn.groups,
        drawn_group_sums=drawn.group_sums,
    )
    return Replicated(measured, plain.standing, standing(other) if pairs else None)


@dataclass(frozen=True)
class _Prepared:
    """What is made once in each process."""

    scenario: Scenario
    program: "Program"
    uncertain: Uncertain | None


@lru_cache(maxsize=_PROGRAMS)
def _prepared(work: bytes) -> _Prepared:
    from sim.engine import compile_program

    scenario, base = pickle.loads(work)
    uncertain = Uncertain(scenario, base) if base.uncertainty else None
    return _Prepared(scenario, compile_program(scenario, base), uncertain)

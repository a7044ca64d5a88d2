"""Making the engine ready ahead of the first run."""

import contextlib
from itertools import islice
from pathlib import Path

_FEW = 20


def load_engine() -> None:
    """Load what every task needs, and the machine code that most of them call, as far as it was compiled before."""
    from sim.compiling import cache

    cache.prepare()
    from sim.compiling.parts import NotCompiledError, compiling_refused
    from sim.engine import compile_program, simulate  # noqa: F401
    from sim.experiment import replicate  # noqa: F401
    from sim.outcomes import measure, standing  # noqa: F401
    from sim.shipped import shipped_scenarios

    with contextlib.suppress(NotCompiledError), compiling_refused():
        for path in islice(shipped_scenarios().values(), 1):
            _simulate_few(path)


def prepare_engine() -> None:
    """Compile for this machine what runs of the scenarios that ship need; where that has been done, next to nothing."""
    from sim.shipped import shipped_scenarios

    for path in shipped_scenarios().values():
        _simulate_few(path)


def _simulate_few(path: Path) -> None:
    from sim.engine import compile_program, simulate
    from sim.experiment.profiles import profiles_of
    from sim.experiment.scale import with_customers
    from sim.outcomes import measure
    from sim.scenario import open_scenario

    few = with_customers(open_scenario(path).scenario, _FEW)
    seed = few.experiment.seed
    measure(simulate(compile_program(few, few), seed, 0, profiles=profiles_of(few, seed)), few, "", 0.0)

"""Journey Sandbox as a library: load a scenario, run it, read the results.

`load(path)` gives a Scenario, as does `load("online-shop")` with the id of one that ships; `override(scenario, values)`
changes values by address, `run(scenario)` simulates it and gives Results. Nothing is imported before it is used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.experiment import Results, run
    from sim.scenario import Scenario, load, override

__all__ = ["Results", "Scenario", "load", "override", "run"]

_HOMES = {
    "Results": "sim.experiment",
    "Scenario": "sim.scenario",
    "load": "sim.scenario",
    "override": "sim.scenario",
    "run": "sim.experiment",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

"""The same small scenario through both programs, for what is worked out by hand."""

from typing import Any, Protocol

from sim.engine import compile_program, simulate
from sim.scenario.scenario import Scenario

from .comparing import engine_events
from .simulate import Event, oracle

Tables = dict[str, Any]


class Run(Protocol):
    """One replication of a scenario, all its events: by time and customer, each customer's own in their order."""

    def __call__(self, tables: Tables, seed: int = 1, replication: int = 0) -> list[Event]: ...


def scenario_of(tables: Tables) -> Scenario:
    return Scenario.model_validate({"format": 1, "id": "trace", **tables})


def by_oracle(tables: Tables, seed: int = 1, replication: int = 0) -> list[Event]:
    return oracle(scenario_of(tables), scenario_of(tables), seed, replication)


def by_engine(tables: Tables, seed: int = 1, replication: int = 0) -> list[Event]:
    program = compile_program(scenario_of(tables), scenario_of(tables))
    return engine_events(simulate(program, seed, replication, events=True))

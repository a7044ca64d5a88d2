"""The same small scenario through both programs, for what is worked out by hand."""

from typing import Any, Protocol

from sim.engine import compile_program, simulate
from sim.scenario.scenario import Scenario

from .comparing import engine_events
from .identities import drawn_profiles, numbered
from .simulate import Event, oracle

Tables = dict[str, Any]


class Run(Protocol):
    """One replication of a scenario, all its events: by time and customer, each customer's own in their order."""

    def __call__(self, tables: Tables, seed: int = 1, replication: int = 0) -> list[Event]: ...


def scenario_of(tables: Tables) -> Scenario:
    return Scenario.model_validate({"format": 1, "id": "trace", **tables})


def by_oracle(tables: Tables, seed: int = 1, replication: int = 0) -> list[Event]:
    scenario = scenario_of(tables)
    return oracle(scenario, scenario, seed, replication, drawn_profiles(scenario, seed))


def by_engine(tables: Tables, seed: int = 1, replication: int = 0) -> list[Event]:
    scenario = scenario_of(tables)
    program = compile_program(scenario, scenario)
    profiles = numbered(drawn_profiles(scenario, seed), program.channels)
    return engine_events(simulate(program, seed, replication, profiles=profiles, events=True))

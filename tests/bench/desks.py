"""A desk with patience, coupled to the private lane."""

from functools import partial

from sim.engine import compile_program, simulate
from sim.scenario.scenario import Scenario
from tests.bench.row import Row, at_least
from tests.bench.timing import in_turn, typical

CUSTOMERS = 10_000
CALLS_A_MINUTE = 10
SEED = 2026


def calls(customers: int) -> Scenario:
    """A contact centre (Erlang A): ten calls a minute, three minutes each, 29 agents, five minutes' patience."""
    return Scenario.model_validate(
        {
            "format": 1,
            "id": "calls",
            "horizon": 1 + customers / CALLS_A_MINUTE / 1440,
            "population": {
                "size": customers,
                "arrivals": {"pattern": "poisson", "over": customers / CALLS_A_MINUTE / 1440},
            },
            "channels": [{"id": "phone", "cost": 2}],
            "touchpoints": [{"id": "call", "start": True, "desk": "centre"}, {"id": "end", "exit": "completed"}],
            "transitions": [{"from": "call", "to": "end", "share": 1}],
            "desks": [
                {
                    "id": "centre",
                    "agents": 29,
                    "service_minutes": {"family": "exponential", "mean": 3},
                    "patience_minutes": {"family": "exponential", "mean": 5},
                }
            ],
        }
    )


def with_desks(rounds: int, quick: bool) -> list[Row]:
    """A whole replication of customers who each call once."""
    scenario = calls(CUSTOMERS)
    program = compile_program(scenario, scenario)
    desk = simulate(program, SEED, 0).at_desks
    times = in_turn([partial(simulate, program, SEED, 0)], 3 * rounds)
    gave_up = desk.gave_up.sum() / desk.asked.sum()
    what = f"a desk with patience ({gave_up:.0%} give up), whole replication: customers a second"
    return [at_least(what, CUSTOMERS / typical(times, 0), 250_000, "{:,.0f}")]

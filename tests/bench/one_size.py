"""One replication of so many customers in a process of its own: `python -m tests.bench.one_size CUSTOMERS ROUNDS`.

Prints events a second (median) and the most memory that the process ever had, bytes.
"""

import json
import sys
from functools import partial

from sim.engine import compile_program, simulate
from tests.bench.journey import journey
from tests.bench.timing import in_turn, typical
from tests.peak import peak

SEED = 2026


def main(customers: int, rounds: int) -> None:
    """Measure, and print what was found as JSON."""
    small = journey(100)
    simulate(compile_program(small, small), SEED, 0)
    scenario = journey(customers)
    program = compile_program(scenario, scenario)
    events = simulate(program, SEED, 0).event_count
    times = in_turn([partial(simulate, program, SEED, 0)], rounds)
    print(json.dumps({"rate": events / typical(times, 0), "peak": peak()}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

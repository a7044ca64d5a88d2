"""One replication of so many customers in a process of its own: `python -m tests.bench.one_size CUSTOMERS ROUNDS`.

Prints events a second (median) and the most memory that the process ever had, bytes.
"""

import json
import sys
from functools import partial
from pathlib import Path

from sim.engine import compile_program, simulate
from tests.bench.journey import journey
from tests.bench.timing import in_turn, typical

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


def peak() -> int:
    """The most memory that this process ever had, bytes.

    On Linux `getrusage` also counts what the parent had when it started this process, so the kernel's own account of
    this program is read there.
    """
    if sys.platform == "linux":
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

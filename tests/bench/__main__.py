"""`python -m tests.bench`: measure, print one table; `--write` renews docs/bench.md."""

import argparse
import sys
from collections.abc import Callable

from sim.freed import keep_little
from tests.bench.dense import dense_chain
from tests.bench.desks import with_desks
from tests.bench.desktop import with_window
from tests.bench.identity import identity
from tests.bench.lane import against_floor, against_simpy
from tests.bench.live import with_levers
from tests.bench.others import others
from tests.bench.page import how, table, write
from tests.bench.row import Row
from tests.bench.rules import with_rules
from tests.bench.size import sizes
from tests.bench.start import shipped, start
from tests.bench.storing import storing
from tests.bench.timing import ROUNDS
from tests.bench.workers import large_run, two_workers

MEASUREMENTS: dict[str, Callable[[int, bool], list[Row]]] = {
    "simpy": against_simpy,
    "floor": against_floor,
    "dense": dense_chain,
    "desks": with_desks,
    "rules": with_rules,
    "storing": storing,
    "size": sizes,
    "identity": identity,
    "workers": two_workers,
    "large": large_run,
    "start": start,
    "shipped": shipped,
    "window": with_window,
    "levers": with_levers,
    "others": others,
}


def main() -> int:
    """Measure what is asked for; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure how fast the simulation is.")
    parser.add_argument("--only", metavar="NAME", action="append", choices=MEASUREMENTS, help=", ".join(MEASUREMENTS))
    parser.add_argument("--quick", action="store_true", help="one round, smaller sizes: to see that it works")
    parser.add_argument("--write", action="store_true", help="renew docs/bench.md")
    asked = parser.parse_args()
    if asked.write and (asked.only or asked.quick):
        parser.error("--write renews the whole page: leave out --only and --quick")
    keep_little()  # as in every process of the program that simulates
    rounds = 1 if asked.quick else ROUNDS
    rows: list[Row] = []
    for name in asked.only or MEASUREMENTS:
        print(f"measuring: {name} …", file=sys.stderr, flush=True)
        rows += MEASUREMENTS[name](rounds, asked.quick)
    print(how(rounds), table(rows), sep="\n\n")
    if asked.write:
        write(rows)
    return 0 if all(row.holds is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

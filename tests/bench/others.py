"""Other simulators on the same toy journey."""

from collections.abc import Callable
from functools import partial

from tests.bench.machine import installed
from tests.bench.row import Row, rate
from tests.bench.timing import in_turn, ratio, typical
from tests.bench.toy import in_engine
from tests.bench.toy_simpy import in_simpy

CUSTOMERS = 10_000
SEED = 2026
LEAST = {"SimPy": 30}
"""How many times as fast as another simulator Journey Sandbox is to be."""

Program = Callable[[int, int], int]


def programs() -> dict[str, Program]:
    """The simulators that are installed, Journey Sandbox first."""
    found: dict[str, Program] = {"Journey Sandbox": in_engine, "SimPy": in_simpy}
    if installed("ciw"):
        from tests.bench.toy_ciw import in_ciw

        found["Ciw"] = in_ciw
    if installed("mesa"):
        from tests.bench.toy_mesa import in_mesa

        found["Mesa"] = in_mesa
    if installed("salabim"):
        from tests.bench.toy_salabim import in_salabim

        found["salabim"] = in_salabim
    return found


def others(rounds: int, quick: bool) -> list[Row]:
    """Customers a second, each simulator from its own description of the toy to the number of visits."""
    known = programs()
    customers = CUSTOMERS // 5 if quick else CUSTOMERS
    known["Journey Sandbox"](customers, SEED)
    times = in_turn([partial(program, customers, SEED) for program in known.values()], rounds)
    rows = []
    for number, name in enumerate(known):
        figure = rate(customers, typical(times, number))
        what = f"toy journey, {customers:,} customers, {name}: customers a second"
        if not number:
            rows.append(Row(what, figure))
            continue
        more = ratio(times, number, 0)
        figure += f"; Journey Sandbox does {more:.0f} times as many"
        least = LEAST.get(name)
        target = "–" if least is None else f"at least {least} times"
        rows.append(Row(what, figure, target, None if least is None else more >= least))
    missing = [Row(f"toy journey, {name}", "not installed") for name in ("Ciw", "Mesa", "salabim") if name not in known]
    return [*rows, *missing]

"""The table, and the page of the documentation that holds it."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from tests.bench.machine import machine
from tests.bench.row import Row
from tests.bench.timing import ROUNDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bench.md"

_TEXT = """# How fast it is

What `make bench` measured, and what was asked of it. `make bench ARGS=--write` renews this page; the programs are in
`tests/bench`.

{how}

{table}

- **An event** is something that a customer does: an entry into a touchpoint, with its channel, experience and choice of
  what comes next.
- **The engine** rows time a whole replication with events off: customers are drawn, simulated and added up. **The
  private lane** is the compiled part that moves customers while nothing is shared
  ([the model](background/model.md), section 7).
- **The journey** has seven touchpoints with two or three channels and four transitions from each, emotions, lost
  context, money, two segments of mixed people, lognormal and exponential delays; 10,000 customers over a year.
- **SimPy** runs the same journey as one process for each customer, in plain Python, and makes the same draws through
  the same compiled generator, so that it goes through the very same events (a test compares them). It counts less on
  the way than the engine does, and its customers are drawn beforehand, while the engine draws its own within its time.
  One stream of Python's own random numbers, which most SimPy programs use, is shown beside it.
- **Bare arithmetic** is a compiled loop over the same run that computes only its random blocks, logarithms,
  exponentials, roots and cosines, and keeps nothing. Blocks that serve twice count once. It is the best that a program
  can do which makes the same draws one at a time.
- **The dense chain** leads from each of ten touchpoints to all ten and out. SimPy is as plain as can be: a process for
  each customer, one number from `random` for each step, looked up with `bisect`, and one for each visit.
- **The window** is measured without a screen, at 1,400 by 900 pixels; sixty frames a second leave 16.7 ms for each.
- **A lever** is dragged and let go; from then on it is measured until the curves over all 20 replications of 2,000
  customers are drawn (fewer replications where rules look at everybody every day), and until the first rough ones are.
  Two processes simulate; the window's frames are watched meanwhile. It is done on every scenario that ships, with the
  price level, or the holdout where the brand acts; shown are the online shop, and the one that takes longest.
- **A tiny run** (`--customers 100 --replications 2`) is of all arms of the scenario, with the engine compiled before.
  Every scenario that ships is run; shown are cart recovery and the slowest.
- **Who is who** has 20,000 customers with a record on each of five channels of usual kinds, resolved by all three
  methods, on one thread.
- **Storing** is measured on one worker, with a store on the disk of temporary files.
- **The toy journey** is a walk over four touchpoints with exponential delays, written in each simulator's own manner: a
  process for each customer in SimPy, nodes with endless servers in Ciw, agents on the event scheduler in Mesa,
  components in salabim.
"""


def table(rows: Sequence[Row]) -> str:
    """The rows as a table in Markdown."""
    verdict = {True: "yes", False: "**no**", None: ""}
    lines = ["| what | measured | target | holds |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.figure} | {row.target} | {verdict[row.holds]} |" for row in rows]
    return "\n".join(lines)


def how(rounds: int) -> str:
    """Where, when and how often it was measured."""
    often = (
        f"Each figure is the median of {rounds} rounds or more." if rounds > 1 else "One round, to see that it works."
    )
    turns = "What is compared ran in turn (A, B, A, B, …), and a ratio is formed within each round."
    return f"Measured on {datetime.date.today().isoformat()}: {machine()}. {often} {turns}"


def write(rows: Sequence[Row], rounds: int = ROUNDS) -> None:
    """Write the page."""
    PAGE.write_text(_TEXT.format(how=how(rounds), table=table(rows)), encoding="utf-8")

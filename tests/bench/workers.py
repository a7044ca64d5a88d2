"""What a second worker brings, and how long a large run takes on two."""

from sim.experiment import run
from sim.experiment.executors import dismiss_workers, processors
from sim.experiment.planning import plan
from sim.scenario import open_scenario
from tests.bench.row import Row, at_least, at_most
from tests.bench.storing import SHOP
from tests.bench.timing import in_turn, ratio, typical


def two_workers(rounds: int, quick: bool) -> list[Row]:
    """The online shop on one worker (this process) and on two that are warm."""
    what = "two workers against one"
    if processors() < 2:
        return [Row(what, "this machine has one processor")]
    file = open_scenario(SHOP)
    for workers in (1, 2):
        run(plan(file, replications=4), workers=workers)
    whole = plan(file, replications=10) if quick else plan(file)
    times = in_turn([lambda: run(whole, workers=1), lambda: run(whole, workers=2)], rounds)
    dismiss_workers()
    tasks = len(whole.variants) * whole.replications
    return [at_least(f"{what} (online shop, {tasks} tasks)", ratio(times, 0, 1), 1.8, "{:.2f} times")]


def large_run(rounds: int, quick: bool) -> list[Row]:
    """Many replications of the online shop under its arms, of few customers each, on two workers that are warm."""
    replications, customers = 20 if quick else 1000, 2000
    file = open_scenario(SHOP)
    whole = plan(file, customers=customers, replications=replications)
    arms = len(whole.variants)
    what = f"online shop, {arms} arms, {replications:,} replications of {customers:,} customers on two workers"
    if processors() < 2:
        return [Row(what, "this machine has one processor")]
    run(plan(file, customers=customers, replications=4), workers=2)
    times = in_turn([lambda: run(whole, workers=2)], rounds)
    dismiss_workers()
    return [at_most(what, typical(times, 0), 20, "{:.1f} s")]

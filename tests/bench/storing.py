"""What keeping results costs."""

import tempfile
import time
from pathlib import Path
from statistics import median

from sim.compiling import cache
from sim.experiment import run
from sim.experiment.planning import Plan, plan
from sim.outcomes import Replication
from sim.scenario import new_text, open_scenario, tables_of
from sim.store import Store, StoredArm
from tests.bench.row import Row, at_most
from tests.bench.timing import in_turn, ratio

SHOP = Path(__file__).resolve().parents[2] / "scenarios" / "online-shop.toml"


def storing(rounds: int, quick: bool) -> list[Row]:
    """The online shop under its three arms, on one worker, with and without a store."""
    file = open_scenario(SHOP)
    _stored(plan(file, replications=2), file.text)
    whole = plan(file, replications=10) if quick else plan(file)
    shares: list[float] = []
    times = in_turn([lambda: run(whole, workers=1), lambda: shares.append(_stored(whole, file.text))], rounds)
    arms, count = len(whole.variants), whole.replications
    what = f"storing, of the time of a run (online shop, {arms} arms, {count} replications): with against without"
    return [
        at_most(what, 100 * (1 - ratio(times, 0, 1)), 10, "{:.1f} %"),
        at_most("storing, of the time of the same run: timed inside it", 100 * median(shares), 10, "{:.1f} %"),
    ]


class _TimedSink:
    """A store's sink, and how long it was at work."""

    def __init__(self, store: Store, run_id: str) -> None:
        self._sink = store.sink(run_id)
        self.seconds = 0.0

    def write(self, replication: Replication) -> None:
        begin = time.perf_counter()
        self._sink.write(replication)
        self.seconds += time.perf_counter() - begin


def _stored(whole: Plan, text: str) -> float:
    """Run into a new store, as the command does; the share of the time that the store took."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        with Store(Path(folder) / "runs.sqlite") as store:
            number = store.begin(
                text,
                [StoredArm(arm.id, arm.name, new_text(tables_of(arm.scenario))) for arm in whole.variants],
                scenario=whole.scenario.id,
                name=whole.scenario.name or whole.scenario.id,
                seed=whole.seed,
                replications=whole.replications,
                customers=whole.scenario.population.size,
                horizon=whole.scenario.horizon,
                engine=cache.sources_hash(),
            )
            sink = _TimedSink(store, number)
            begun = time.perf_counter()
            run(whole, workers=1, sink=sink)
            ran = time.perf_counter()
            store.finish(number, "finished")
        end = time.perf_counter()
    return (begun - begin + sink.seconds + end - ran) / (end - begin)

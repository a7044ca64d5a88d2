"""Large things for the window: a journey, and a store with many runs."""

import random
import sqlite3
from pathlib import Path

from sim.scenario import new_text
from sim.scenario.journey import DEFAULT_STAGES
from sim.store import Store
from tests.store.replications import begin


def large_journey(touchpoints: int, transitions: int, seed: int = 1) -> str:
    """The text of a valid journey of that size, the same for the same seed."""
    chance = random.Random(seed)
    last = touchpoints - 1
    boxes = [
        {"id": f"t{k}", "name": f"Touchpoint {k}", "stage": DEFAULT_STAGES[k * len(DEFAULT_STAGES) // touchpoints]}
        for k in range(last)
    ]
    boxes[0]["start"] = True  # type: ignore[assignment]
    boxes.append({"id": f"t{last}", "name": "Gone", "stage": DEFAULT_STAGES[-1], "exit": "churn"})
    joined = {(k, k + 1) for k in range(last)}
    while len(joined) < transitions:
        source = chance.randrange(last)
        joined.add((source, min(last, source + chance.randrange(1, 30))))
    arrows = [
        {"from": f"t{one}", "to": f"t{other}", "share": chance.randrange(1, 10), "delay": 1}
        for one, other in sorted(joined)
    ]
    return new_text(
        {
            "format": 1,
            "id": "large",
            "horizon": 90,
            "population": {"size": 1000},
            "channels": [{"id": "web"}, {"id": "email"}],
            "touchpoints": boxes,
            "transitions": arrows,
        }
    )


def many_runs(path: Path, count: int) -> None:
    """A store with so many runs, each with a scenario of 20,000 characters."""
    with Store(path) as store:
        begin(store)
    text = "# a long scenario\n" * 1111
    with sqlite3.connect(path) as plain:
        names = [row[1] for row in plain.execute("pragma table_info(runs)") if row[1] not in ("id", "scenario_text")]
        columns = ", ".join(names)
        plain.executemany(
            f"insert into runs (id, scenario_text, {columns}) select ?, ?, {columns} from runs limit 1",
            ((f"r{number:07}", text) for number in range(count - 1)),
        )
        plain.execute("update runs set status = 'finished', started = printf('2026-01-01T00:00:00.%06d+00:00', rowid)")

"""Waiting at a desk against Erlang's formula for M/M/c (Erlang, 1917)."""

import csv
import math

import numpy as np
import pytest

from sim.engine.history import EVENTS
from tests.builders import scenario
from tests.engine.worlds import run
from tests.shared import reference_path

REPLICATIONS = 8
DAYS = 10


def first_erlang_c():
    with reference_path("erlang_cases.csv").open() as file:
        return next(row for row in csv.DictReader(file) if row["model"].startswith("Erlang-C"))


def test_waits_at_a_desk_agree_with_erlang_c():
    case = first_erlang_c()
    a_minute = float(case["lam_per_min"])
    desk = {
        "id": "desk",
        "agents": int(case["c"]),
        "service_minutes": {"family": "exponential", "mean": float(case["mean_service_min"])},
    }
    of = scenario(
        horizon=DAYS,
        population={"size": round(a_minute * 1440 * DAYS), "arrivals": {"pattern": "poisson"}},
        touchpoints=[{"id": "call", "start": True, "desk": "desk"}, {"id": "end", "exit": "completed"}],
        transitions=[{"from": "call", "to": "end", "share": 1}],
        desks=[desk],
        channels=None,
    )
    waits, waited = [], []
    for replication in range(REPLICATIONS):
        events = run(of, replication=replication).events
        settled = (events.event == EVENTS.index("served")) & (events.time > 1)
        minutes = events.value[settled]
        waits.append(60 * minutes.mean())
        waited.append((minutes > 0).mean())
    for observed, expected in ((waits, float(case["mean_wait_s"])), (waited, float(case["P_wait"]))):
        half_width = 3.5 * np.std(observed, ddof=1) / math.sqrt(REPLICATIONS)
        assert half_width < 0.2 * expected
        assert np.mean(observed) == pytest.approx(expected, abs=half_width)

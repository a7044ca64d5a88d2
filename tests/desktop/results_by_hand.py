"""Results written by hand for the window: arms that differ by a known amount, with curves, stages and touchpoints."""

import numpy as np

from sim.experiment import EngineFacts, Results
from sim.outcomes import ALL, Curve, Measured, Replication
from sim.outcomes.records import HOLDOUT, TREATED
from sim.scenario import Variant
from tests.builders import scenario

DAYS = np.arange(0.0, 101.0, 10.0)
SENDING = scenario(
    actions=[{"id": "news", "channels": ["web"]}],
    rules=[{"id": "weekly", "when": {"every": "mon 09:00"}, "do": "news"}],
    orchestration={"policy": "rules"},
)
ADDED = 0.05
"""how much more each arm converts than the one before it"""


def some_results(replications: int = 20, arms: tuple[str, ...] = ("base", "omni", "plus")) -> Results:
    """The same luck in all arms, so that differences vary little; the last 20 days of retention are not told."""
    found = []
    for number in range(replications):
        luck = np.random.default_rng(number)
        level, noise = luck.normal(0.3, 0.02), luck.normal(0, 0.004, len(arms))
        found.append(
            Replication(
                number,
                tuple(_measured(arm, number, level + ADDED * at + noise[at]) for at, arm in enumerate(arms)),
                {},
            )
        )
    variants = tuple(Variant(arm, f"The {arm}", SENDING) for arm in arms)
    return Results(SENDING, "hash", variants, tuple(found), EngineFacts(1000, 0.5, 1))


def _measured(arm: str, number: int, converting: float) -> Measured:
    outcomes = {
        "conversion_rate": converting,
        "churn_rate": 0.9 - converting,
        "revenue": 1000 * converting,
        "retained_per_arrival_30": converting * 0.8,
        "desk_wait_minutes": 3.0 + number % 3,
        "pays_back_rate": float(number % 4 == 0),
        "desk_still_waiting_rate": 0.1 if arm == "plus" else 0.0,
    }
    if number % 4 == 0:
        outcomes["payback_days"] = 40.0 + number % 3
    staying = np.exp(-DAYS / 100) * (0.7 + converting)
    staying[-2:] = np.nan
    return Measured(
        arm=arm,
        replication=number,
        events=10,
        seconds=0.01,
        outcomes={ALL: outcomes, "new": {"conversion_rate": converting / 2}},
        absent={},
        curves={
            "retention": Curve(DAYS, staying),
            "conversion": Curve(DAYS, converting * (1 - np.exp(-DAYS / 20))),
            "converted_within": Curve(DAYS, converting * (1 - np.exp(-DAYS / 10))),
        },
        touchpoints={
            "start": {"visits": 100.0, "dropoff": 0.1, "present": 0.0},
            "middle": {"visits": 80.0 + number, "dropoff": 1 - converting, "present": 2.0},
        },
        transitions={},
        channels={},
        stages={"awareness": {"visits": 100.0, "reached": 1.0}, "purchase": {"visits": 30.0, "reached": converting}},
        actions={},
        eligibility={"news": {"condition": 20.0, "opted-out": 30.0, "sent": 50.0 + number % 3}},
        daily={
            "conversions": 10 * converting + np.arange(30) % 3,
            "active_customers": np.arange(30.0),
            "revenue": np.full(30, 1000 * converting / 30),
        },
        groups={TREATED: {"conversion_rate": converting * 1.1}, HOLDOUT: {"conversion_rate": converting * 0.9}},
    )

"""Replications as small as can be, for tests of the store."""

import math

import numpy as np

from sim.outcomes.records import ALL, HOLDOUT, TREATED, Curve, Measured, Replication
from sim.store import Store, StoredArm


def measured(arm: str, number: int, conversion: float = 0.1) -> Measured:
    """One arm of a replication, with a value of every sort."""
    return Measured(
        arm=arm,
        replication=number,
        events=1000 + number,
        seconds=0.25,
        outcomes={ALL: {"conversion_rate": conversion, "profit": -0.0}, "bargain": {}},
        sums={ALL: {"conversion_rate": (conversion * 100, 100.0), "clv": (3.5, 0.0)}, "bargain": {}},
        groups={TREATED: {"conversion_rate": conversion / 3}, HOLDOUT: {}},
        group_sums={TREATED: {"conversion_rate": (conversion * 30, 90.0)}},
        absent={"retention_90": "too few customers are followed that long"},
        curves={"retention": Curve(np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.1 + 0.2, math.nan]))},
        touchpoints={"cart": {"visits": 12.0, "dropoff": 1 / 3}},
        transitions={"cart/checkout": {"chosen": 4.0}},
        channels={"web": {"contacts": 7.0}},
        stages={"purchase": {"reached": 1e-300}},
        segment_touchpoints={"bargain": {"cart": {"visits": 5.0, "emotion": -0.0}, "gone": {"visits": 0.0}}},
        segment_stages={"bargain": {"purchase": {"reached": 1 / 3}}},
        actions={"mail": {"sent": 3.0}},
        eligibility={"mail": {"opted-out": 97.0, "sent": 3.0}},
        segment_eligibility={"bargain": {"mail": {"sent": 1.0}}},
        drawn={ALL: {"conversion_rate": conversion * 0.7}, "bargain": {}},
        drawn_sums={ALL: {"conversion_rate": (conversion * 70, 100.0)}},
        drawn_groups={TREATED: {"conversion_rate": conversion / 4}, HOLDOUT: {}},
        drawn_group_sums={},
        daily={"arrivals": np.array([5.0, 3.0, 2.0]), "revenue": np.array([conversion, 0.1 + 0.2, -0.0])},
    )


def replication(number: int, base: float = 0.1, other: float = 0.12) -> Replication:
    """Two arms, `base` and `other`, that differ in their conversion rate."""
    return Replication(
        number,
        (measured("base", number, base), measured("other", number, other)),
        {"other": {ALL: {"retention_90_both": other - base}}},
        {"other": {ALL: {"retention_90_both": 0.3}, "bargain": {}}},
    )


def begin(store: Store, *, start: str = "2026-01-05", **changes: object) -> str:
    """A run of two arms of the scenario `shop`."""
    text = f"id = 'shop'\nstart_date = {start}"
    arms = (StoredArm("base", "As it is", text), StoredArm("other", "Another way", f"{text} # other"))
    values: dict[str, object] = {
        "scenario": "shop",
        "name": "The shop",
        "seed": 7,
        "replications": 3,
        "customers": 100,
        "horizon": 365.0,
        "engine": "test",
    }
    return store.begin("id = 'shop'", arms, **(values | changes))  # type: ignore[arg-type]

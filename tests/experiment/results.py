"""Results written by hand: an outcome or two for each replication and arm."""

from collections.abc import Mapping, Sequence

import numpy as np

from sim.experiment import EngineFacts, Results
from sim.outcomes import ALL, Curve, Measured, Replication
from sim.scenario import Variant
from tests.builders import scenario

Figures = Mapping[str, Sequence[float | None]]
"""By outcome: its value in each replication, None where it is absent."""


def results(arms: Mapping[str, Figures], pairs: Sequence[float] = (), reason: str = "nobody did") -> Results:
    """Results with these outcomes for everybody; `pairs` are the second arm's differences in retention_90_both."""
    count = max(len(values) for figures in arms.values() for values in figures.values())
    replications = [
        Replication(
            number,
            tuple(_measured(arm, number, figures, reason) for arm, figures in arms.items()),
            {list(arms)[1]: {ALL: {"retention_90_both": pairs[number]}}} if pairs else {},
        )
        for number in range(count)
    ]
    variants = tuple(Variant(arm, arm.capitalize(), scenario()) for arm in arms)
    return Results(scenario(), "hash", variants, tuple(replications), EngineFacts(1000, 0.5, 1))


def _measured(arm: str, number: int, figures: Figures, reason: str) -> Measured:
    values = {outcome: found[number] for outcome, found in figures.items()}
    told = {outcome: value for outcome, value in values.items() if value is not None}
    return Measured(
        arm=arm,
        replication=number,
        events=10,
        seconds=0.01,
        outcomes={ALL: told, "new": dict(told)},
        absent={outcome: reason for outcome, value in values.items() if value is None},
        curves={"retention": Curve(np.array([0.0, 1.0]), np.array([1.0, 0.5 if number % 3 else np.nan]))},
        touchpoints={"start": {"visits": 10.0 + number}},
        transitions={},
        channels={},
        stages={},
        actions={},
    )

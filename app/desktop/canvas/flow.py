"""Where customers went in a run, as the canvas and the table show it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from app.desktop.canvas import Flow

if TYPE_CHECKING:
    from sim.experiment import Results


def flow_of(results: Results, arm: str) -> Flow:
    """Means over the replications of one arm."""
    measured = results.measured(arm)
    return Flow(
        visits=_means([one.touchpoints for one in measured], "visits"),
        dropoff=_means([one.touchpoints for one in measured], "dropoff"),
        chosen=_means([one.transitions for one in measured], "chosen"),
        of=results.name(arm),
    )


def _means(tables: list[dict[str, dict[str, float]]], figure: str) -> dict[str, float]:
    listed: dict[str, list[float]] = {}
    for table in tables:
        for id_, figures in table.items():
            if figure in figures:
                listed.setdefault(id_, []).append(figures[figure])
    return {id_: math.fsum(values) / len(values) for id_, values in listed.items()}

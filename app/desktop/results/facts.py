"""What results are made of, in a line: below charts, in pictures and where something is presented."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.desktop.results.results_reading import ResultsReading
    from sim.experiment import Results


def facts(results: Results) -> str:
    """How many replications, customers and days, and under which seed."""
    count = len(results.replications)
    said = [
        f"{count:,} replication{'' if count == 1 else 's'}",
        f"{results.scenario.population.size:,} customers",
        *([results.arrivals] if results.arrivals else []),
        f"{results.scenario.horizon:g} days",
        f"seed {results.seed}",
    ]
    return " · ".join(said)


def source(reading: ResultsReading | None) -> str:
    """What a picture says below a chart: these facts, whom the figures are about, and what simulated them."""
    if reading is None:
        return ""
    whom = f"Only {reading.among.strip(' ()')}. " if reading.among else ""
    return f"{whom}Simulated with Journey Sandbox: {facts(reading.results)}."

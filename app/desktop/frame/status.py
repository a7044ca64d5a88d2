"""The line at the foot of the window: what is or was run, and whether it still holds."""

from __future__ import annotations

from app.desktop.document import Document
from app.desktop.simulation import Simulation


def status_words(document: Document, simulation: Simulation) -> str:
    """`seed 2026 · 50 replications · 10,000 customers · done in 3.1 s · results are current`."""
    parts = []
    results, job = simulation.results, simulation.job
    if results is not None:
        parts = [
            f"seed {results.seed}",
            _count(len(results.replications), "replication"),
            _count(results.scenario.population.size, "customer"),
        ]
    if job is not None and not job.over:
        parts.append(_under_way(simulation))
    elif results is not None:
        other = simulation.of_another
        edited = "results are from before your last edit" if simulation.stale else "results are current"
        parts.append(f"results of {other}" if other else edited)
    if not parts:
        journey = document.journey
        parts = [_count(len(journey.places), "touchpoint"), _count(len(journey.ways), "transition"), "nothing run yet"]
    return " · ".join(parts)


def _under_way(simulation: Simulation) -> str:
    job = simulation.job
    assert job is not None
    if job.state == "paused":
        return "paused"
    if job.state != "running":
        return job.message or "starting …"
    left = job.seconds_left
    if job.message:
        return job.message
    return "running" if left is None else f"running, about {_time(left)} left"


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"

"""The events of stored runs: simulated again when somebody needs them, then kept in the cache folder."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.outcomes import Measured
    from sim.store import Run, Store

LARGEST_CACHE = 2_000_000_000
"""Bytes of event logs kept; beyond that, those not used for longest are removed."""


@dataclass(frozen=True)
class Wanted:
    """Which events of a run are asked for; None stands for all."""

    arms: tuple[str, ...] | None = None
    replications: tuple[int, ...] | None = None


def cache_folder() -> Path:
    """Where event logs are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("journey-sandbox", appauthor=False) / "events"


def event_logs(
    store: Store, run: Run, wanted: Wanted, progress: Callable[[int, int, int], None] | None = None
) -> list[Path]:
    """A Parquet event log for each arm and replication wanted of a stored run, by replication and arm.

    Those that are not in the cache are simulated again and checked against the store. Raises EngineDiffersError
    where this version of the engine gives other figures.
    """
    from app.stored_runs import plan_of
    from sim.experiment.resimulate import resimulate
    from sim.store.events import write_events

    texts = {arm.id: arm.text for arm in store.arms(run.id)}
    plan = plan_of(run, store)
    scenarios = {arm.id: arm.scenario for arm in plan.variants}
    chosen = _chosen(store, run, wanted)
    logs: list[Path] = []
    events = 0
    for done, measured in enumerate(chosen):
        path = cache_folder() / f"{_key(run, texts[measured.arm], measured)}.parquet"
        if path.exists():
            path.touch()
        else:
            scenario = scenarios[measured.arm]
            history = resimulate(scenario, plan.scenario, run.seed, measured)
            write_events(path, run.id, measured.arm, history, scenario)
        logs.append(path)
        events += measured.events
        if progress:
            progress(done + 1, len(chosen), events)
    _prune(keep=logs)
    return logs


def _chosen(store: Store, run: Run, wanted: Wanted) -> Sequence[Measured]:
    return [
        measured
        for replication in store.replications(run.id)
        if wanted.replications is None or replication.number in wanted.replications
        for measured in replication.arms
        if wanted.arms is None or measured.arm in wanted.arms
    ]


def _key(run: Run, arm_text: str, measured: Measured) -> str:
    from sim.store.events import COLUMNS

    parts = (run.id, run.scenario_text, arm_text, str(run.seed), measured.arm, str(measured.replication), *COLUMNS)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _prune(keep: Sequence[Path]) -> None:
    """Remove the logs not used for longest until the cache is small enough; never those in use now."""
    logs = sorted(cache_folder().glob("*.parquet"), key=lambda path: path.stat().st_mtime)
    size = sum(path.stat().st_size for path in logs)
    for path in logs:
        if size <= LARGEST_CACHE:
            return
        if path not in keep:
            size -= path.stat().st_size
            path.unlink(missing_ok=True)

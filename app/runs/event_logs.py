"""The events of stored runs: simulated again when somebody needs them, then kept in the cache folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.engine.memory.history import History
    from sim.outcomes import Measured
    from sim.scenario import Scenario
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

    Those that are not in the cache, or are damaged there, are simulated again and checked against the store. Raises
    EngineDiffersError where this version of the engine gives other figures.
    """
    from app.runs.stored import plan_of
    from sim.experiment.resimulate import resimulate

    texts = {arm.id: arm.text for arm in store.arms(run.id)}
    plan = plan_of(run, store)
    scenarios = {arm.id: arm.scenario for arm in plan.variants}
    chosen = _chosen(store, run, wanted)
    logs: list[Path] = []
    events = 0
    for done, measured in enumerate(chosen):
        key = _key(run, texts[measured.arm], measured)
        log = _kept(key)
        if log is None:
            scenario = scenarios[measured.arm]
            history = resimulate(scenario, plan.scenario, run.seed, measured)
            log = _keep(key, run.id, measured.arm, history, scenario)
        logs.append(log)
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


def _kept(key: str) -> Path | None:
    """The log of that key, if it is there as it was written: its name ends with its digest. What is not is removed."""
    for path in _folder().glob(f"{key}-*.parquet"):
        try:
            if path.stem == f"{key}-{_digest(path)}":
                path.touch()
                return path
        except OSError:
            pass
        _remove(path)
    return None


def _keep(key: str, run: str, arm: str, history: History, scenario: Scenario) -> Path:
    from sim.store.events import write_events

    fresh = _folder() / f"{key}.parquet"
    _remove(fresh)
    write_events(fresh, run, arm, history, scenario)
    return fresh.rename(fresh.with_stem(f"{key}-{_digest(fresh)}"))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:32]


def _remove(path: Path) -> None:
    """Remove what stands in the way, whatever it is."""
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    """The cache folder; where none can be made or written, one that goes with this process."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
    except OSError:
        pass
    return Path(_of_this_process().name)


@lru_cache(maxsize=1)
def _of_this_process() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="journey-events-", ignore_cleanup_errors=True)


def _prune(keep: Sequence[Path]) -> None:
    """Remove the logs not used for longest until the cache is small enough; never those in use now."""
    files: list[tuple[float, int, Path]] = []
    for path in cache_folder().glob("*.parquet"):
        with contextlib.suppress(OSError):  # another program may have removed it
            about = path.stat()
            files.append((about.st_mtime, about.st_size, path))
    size = sum(each for _, each, _ in files)
    for _, each, path in sorted(files):
        if size <= LARGEST_CACHE:
            return
        if path not in keep:
            size -= each
            _remove(path)

"""Replications, arms, comparison, precision; executors.

`run(scenario)` simulates; `plan(scenario)` says beforehand what would be simulated, and can itself be run.
"""

from sim.experiment.comparison import Comparison, Difference
from sim.experiment.evidence import EngineFacts
from sim.experiment.planning import Plan, plan
from sim.experiment.records import Records
from sim.experiment.results import Results
from sim.experiment.running import Hold, Progress, Sink, run
from sim.experiment.stopped import Interrupted, ReplicationFailed, Stopped, WorkerDied
from sim.outcomes.intervals import Interval, interval

__all__ = [
    "Comparison",
    "Difference",
    "EngineFacts",
    "Hold",
    "Interrupted",
    "Interval",
    "Plan",
    "Progress",
    "Records",
    "ReplicationFailed",
    "Results",
    "Sink",
    "Stopped",
    "WorkerDied",
    "interval",
    "plan",
    "run",
]

"""How a run may end early; what was finished is kept."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.experiment.results import Results


class Stopped(Exception):  # noqa: N818 - people read these names in sentences
    """A run that ended before it was done; `results` holds the replications that were finished."""

    def __init__(self, message: str, results: "Results") -> None:
        """Say what happened, and keep what was finished."""
        super().__init__(message)
        self.results = results


class Interrupted(Stopped):
    """Somebody stopped the run (Ctrl-C)."""


class WorkerDied(Stopped):
    """A worker process ended that should not have."""


class ReplicationFailed(Stopped):
    """A replication raised an error, which is this one's cause."""

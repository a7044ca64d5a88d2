"""What the window and the process that simulates for it say to each other; each message is pickled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

End = Literal["finished", "interrupted", "failed"]


@dataclass(frozen=True)
class Begin:
    """Simulate a plan of the scenario `text` as a new run."""

    job: int
    plan: bytes
    """a pickled `sim.experiment.Plan`: the thread that listens imports nothing, the one that works unpickles it"""
    text: str


@dataclass(frozen=True)
class GoOn:
    """Go on with a run where it ended."""

    job: int
    run: str
    replications: int | None
    """up to so many; None for as many as were asked for"""


@dataclass(frozen=True)
class Hold:
    """Hand out no further task of a job."""

    job: int


@dataclass(frozen=True)
class Release:
    """Hand out tasks again."""

    job: int


@dataclass(frozen=True)
class Cancel:
    """End a job; what is finished is kept."""

    job: int


@dataclass(frozen=True)
class Settle:
    """Note that a run whose process was killed is interrupted."""

    run: str


@dataclass(frozen=True)
class Close:
    """End the process; what is finished is kept."""


Order = Begin | GoOn | Hold | Release | Cancel | Settle | Close


@dataclass(frozen=True)
class Ready:
    """The process takes orders now."""


@dataclass(frozen=True)
class Preparing:
    """The engine is being compiled for this machine: for a job, or ahead of any."""

    job: int | None
    seconds_left: float | None
    """about how long that still takes; None where nobody knows"""


@dataclass(frozen=True)
class Prepared:
    """The engine is not being compiled any more."""


@dataclass(frozen=True)
class Begun:
    """The run is in the store, and simulated from now on."""

    job: int
    run: str


@dataclass(frozen=True)
class Advanced:
    """How far a job is."""

    job: int
    done: int
    """tasks: one arm in one replication"""
    total: int
    events: int
    stored: int
    """replications that are in the store"""


@dataclass(frozen=True)
class Said:
    """Something that a person should know meanwhile."""

    job: int
    text: str


@dataclass(frozen=True)
class Ended:
    """A job is over."""

    job: int
    how: End
    message: str


@dataclass(frozen=True)
class Settled:
    """The run is noted as interrupted."""

    run: str


News = Ready | Preparing | Prepared | Begun | Advanced | Said | Ended | Settled

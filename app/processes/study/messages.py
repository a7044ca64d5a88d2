"""What the window asks the process that looks into things, and what comes back; each message is pickled.

Answers are ready to be shown: what they were made of would have the window load the engine, which takes it a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from sim.outcomes.calendar import Period
    from sim.scenario import Scenario


@dataclass(frozen=True)
class WhoIsWho:
    """Which records the brand takes to be of one person, by each method added to those before."""

    scenario: Scenario


@dataclass(frozen=True)
class Found:
    """The answer to `WhoIsWho`."""

    words: str
    heads: tuple[str, ...]
    """above a column for each step of methods"""
    rows: tuple[tuple[str, ...], ...]
    """a label, and a cell for each of them"""
    mixed: tuple[int, ...]
    """customers with a record in a profile with somebody else's"""
    parted: tuple[int, ...]
    """customers whose records are in several profiles"""


@dataclass(frozen=True)
class RecordsAround:
    """The records around a customer."""

    scenario: Scenario
    customer: int


@dataclass(frozen=True)
class SeenRecord:
    """What a customer left on a channel."""

    customer: int
    channel: str
    """its name"""
    lines: tuple[str, ...]
    """identifiers, each with what was left; none where nothing was"""
    profile: int
    """number of the profile that it is in; -1 for none"""


@dataclass(frozen=True)
class SeenLink:
    """A link between two records, by their positions."""

    one: int
    other: int
    confidence: float


@dataclass(frozen=True)
class SeenAround:
    """The answer to `RecordsAround`."""

    customer: int
    words: str
    records: tuple[SeenRecord, ...]
    links: tuple[SeenLink, ...]


@dataclass(frozen=True)
class CustomerStory:
    """What happened to a customer of a stored run."""

    db: Path
    run: str
    arm: str
    replication: int
    customer: int


@dataclass(frozen=True)
class ToldMoment:
    """Something that happened, or that the brand considered."""

    date: datetime.datetime
    words: str
    decided: bool
    """whether the brand decided something"""
    known: tuple[tuple[str, str], ...]
    """what it went by, by name"""


@dataclass(frozen=True)
class ToldStory:
    """The answer to `CustomerStory`."""

    words: str
    moments: tuple[ToldMoment, ...]
    elsewhere: str
    """what becomes of the same customer under the other arms"""


@dataclass(frozen=True)
class WhatLimitsCost:
    """What stands between customers and an action of a stored run, and what that costs."""

    db: Path
    run: str
    arm: str
    action: str


@dataclass(frozen=True)
class WhatIsHard:
    """The pain points of an arm of a stored run, and what relieving each brings."""

    db: Path
    run: str
    arm: str


@dataclass(frozen=True)
class WhatToWatch:
    """Whether scores still come true in an arm of a stored run, and actions are responded to as expected."""

    db: Path
    run: str
    arm: str


@dataclass(frozen=True)
class ToldTable:
    """The answer to what limits cost, what is hard, what optimising brings, what to watch, how many agents: a table."""

    words: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    how_sure: str = ""
    addresses: tuple[str, ...] = ()
    """what each row is about, where it is about something"""


@dataclass(frozen=True)
class WhatOptimisingBrings:
    """How many more messages are opened because they are optimised, in an arm of a stored run."""

    db: Path
    run: str
    arm: str


@dataclass(frozen=True)
class HowManyAgents:
    """How many agents a desk of a stored run needs, by half hour of the days of the week."""

    db: Path
    run: str
    arm: str
    desk: str
    share: float
    """of those who ask, to be served in time"""
    seconds: float
    """that time"""
    occupancy: float
    shrinkage: float
    """shares of the agents' time"""


@dataclass(frozen=True)
class ProfitAndLoss:
    """What an arm of a stored run earned and spent by period, and what it is worth against another."""

    db: Path
    run: str
    arm: str
    against: str
    """the same arm where it is held against none"""
    per: Period


@dataclass(frozen=True)
class WhatItDependsOn:
    """Which numbers the worth of an arm of a stored run against another depends on most; the answer is a table."""

    db: Path
    run: str
    arm: str
    against: str


@dataclass(frozen=True)
class ByDay:
    """Money at the end of each day: mean, and 95 % interval, NaN where there is none."""

    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class ToldMoney:
    """The answer to `ProfitAndLoss`."""

    words: str
    how_sure: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    csv: str
    """all of it for a spreadsheet, with all digits"""
    start: datetime.date
    currency: str
    cumulated: tuple[ByDay, ...]
    """profit of the arm, then of the one that it is held against"""
    case: tuple[tuple[str, ...], ...] = ()
    """difference by period; nothing where there is no other arm, or nothing differs"""
    even: tuple[tuple[str, ...], ...] = ()
    """prices at which both are even"""
    case_words: str = ""


@dataclass(frozen=True)
class Training:
    """A score, or what actions bring, fitted to a pilot of a scenario."""

    scenario: Scenario
    outcome: str
    """id among `sim.training.OUTCOMES`, `value` or `gains`"""
    within: float
    """days"""


@dataclass(frozen=True)
class Dot:
    """A figure in a chart, and how far it may be off: half of its 95 % interval."""

    x: float
    y: float
    off: float


@dataclass(frozen=True)
class Uplifts:
    """What the brand's actions change, by tenth of two scores; dots at 1 to 10."""

    words: str
    score: str
    """name of the score of how likely it is"""
    by_uplift: tuple[Dot, ...]
    by_likelihood: tuple[Dot, ...]


@dataclass(frozen=True)
class Trained:
    """The answer to `Training`."""

    words: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """what is known, its weight, and the interval of that; or an action, and what it brings"""
    changes: dict[str, Any]
    """what a scenario file says of it, by address"""
    currency: str = ""
    """of an amount; empty for a chance"""
    comes_true: tuple[Dot, ...] = ()
    """by tenth: mean score, and what came of it"""
    ranking: tuple[tuple[float, float], ...] = ()
    """the ROC curve"""
    uplifts: Uplifts | None = None


Question = (
    WhoIsWho
    | RecordsAround
    | CustomerStory
    | WhatLimitsCost
    | WhatIsHard
    | WhatToWatch
    | WhatOptimisingBrings
    | HowManyAgents
    | ProfitAndLoss
    | WhatItDependsOn
    | Training
)
Answer = Found | SeenAround | ToldStory | ToldTable | ToldMoney | Trained


@dataclass(frozen=True)
class Asked:
    """A question, and its number."""

    number: int
    question: Question


@dataclass(frozen=True)
class Doing:
    """What is done for it at the moment."""

    number: int
    words: str


@dataclass(frozen=True)
class Answered:
    """The answer."""

    number: int
    answer: Answer


@dataclass(frozen=True)
class Unanswered:
    """Why there is none, in plain words."""

    number: int
    words: str

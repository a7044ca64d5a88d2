"""One thing that happened to a customer, or that the brand considered."""

import datetime
from dataclasses import dataclass
from typing import Any

from sim.story.best_content import Answered
from sim.story.best_hour import BestHour


@dataclass(frozen=True)
class Moment:
    """One thing that happened to the customer, or that the brand considered."""

    time: float
    """days since the start"""
    date: datetime.datetime
    event: str
    """as in the event log; or `passed_over`, `considered`"""
    touchpoint: str
    stage: str
    channel: str | None
    action: str | None
    rule: str | None
    value: float | None
    reason: str | None
    """why nothing was sent: a check that failed, `under-way`, or the condition that does not hold"""
    knew: dict[str, float] | None
    """what the brand knew, where it decided something"""
    candidate: dict[str, Any] | None
    """of what was considered: its type and content, and the priority of its rule"""
    confidence: dict[str, float] | None
    """how sure the brand is of it, with the parts of that; where the policy asks"""
    hour: BestHour | None
    """to which hour it was put off, and why"""
    answered: tuple[Answered, ...]
    """of what was considered for its content: to how much like it they had responded"""
    others: tuple[int, ...]
    """other customers of whom the profile held facts that the rule asked for (model 31)"""
    sentence: str
    """all this in words"""

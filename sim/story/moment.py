"""One thing that happened to a customer, or that the brand considered."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """One thing that happened to the customer, or that the brand considered."""

    time: float
    """days since the start"""
    date: datetime.datetime
    event: str
    """as in the event log; or `passed_over`"""
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
    sentence: str
    """all this in words"""

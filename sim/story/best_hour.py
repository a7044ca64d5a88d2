"""Why a message was put off to the hour at which its customer opened most (model 33)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.engine.customer.bands import band
from sim.story.noted import Fact


@dataclass(frozen=True)
class BestHour:
    """The hour, and how many messages on the channel were opened then and at other hours; each `(opened, sent)`."""

    hour: float
    then: tuple[int, int]
    otherwise: tuple[int, int]


def best_hour(until: float, noted: Sequence[Fact]) -> BestHour:
    """The hour of a time to which a message was put off, with what was noted by then of messages on its channel."""
    then = [fact for fact in noted if band(fact.time) == band(until)]
    otherwise = [fact for fact in noted if band(fact.time) != band(until)]
    return BestHour(24 * (until - math.floor(until)), _counted(then), _counted(otherwise))


def in_words(best: BestHour) -> str:
    """As a clause: `put off to 18:00, when they open most: 3 of 5 messages, 2 of 9 at other hours`."""
    minutes = round(60 * best.hour)
    (opened, sent), (others_opened, others) = best.then, best.otherwise
    put_off = f"put off to {minutes // 60:02}:{minutes % 60:02}"
    at_others = f"{others_opened} of {others} at other hours"
    if not sent:
        return f"{put_off}, which was not tried yet: they opened {at_others}"
    return f"{put_off}, when they open most: {opened} of {sent} messages" + (f", {at_others}" if others else "")


def _counted(noted: Sequence[Fact]) -> tuple[int, int]:
    return sum(fact.opened for fact in noted), len(noted)

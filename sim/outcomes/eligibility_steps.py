"""The steps towards an action as people read them, and how many of all stand on each (model 26)."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sim.outcomes.intervals import Interval, ratio_interval

Counts = dict[str, float]
"""Customers by step, of one replication; steps where nobody stands are left out."""


@dataclass(frozen=True)
class Step:
    """Where somebody may stand who might get an action."""

    id: str
    label: str
    """in a marketer's words"""
    meaning: str
    """who is there: a plain sentence without a full stop"""


ELIGIBILITY_STEPS: Final = (
    Step("not-triggered", "Never came up", "no rule that sends or shows it was ever set off for them"),
    Step("condition", "Did not meet the conditions", "a rule was set off, but one of its conditions did not hold"),
    Step("holdout", "In the holdout", "they are in the group that gets nothing, so that its effect can be measured"),
    Step("left", "Left before it was due", "it was on its way, and they left or completed the journey first"),
    Step("pending", "Still to come", "it was on its way when the run ended"),
    Step(
        "without",
        "No longer needed",
        "they did what the rule waits for them not to do, such as order, before it could be sent",
    ),
    Step("stopped", "Stopped by a condition", "a stop condition of the rule held when it was due"),
    Step("not-there", "Not there to see it", "they were not on a channel on which it can be shown"),
    Step("unavailable", "Channel not available", "the channels on which it can be sent were down, or are all disabled"),
    Step("opted-out", "Opted out", "they do not accept messages on the channels on which it can be sent"),
    Step("not-linked", "Not recognized", "the channel cannot tell that they are the customer whom it is for"),
    Step("other-action", "Another action was chosen", "it could have been sent, and the policy chose another one"),
    Step("nothing-chosen", "Nothing was chosen", "it could have been sent, and the policy chose to send nothing"),
    Step("cooldown", "Too soon after the last", "the rule acted a short while ago, and its cooldown was not over"),
    Step("conflict", "Another message went first", "another message had gone out within the gap that must lie between"),
    Step("capped", "Message cap reached", "they had had as many messages as a cap allows"),
    Step("quiet", "Put off by quiet hours", "it was put off because of quiet hours, and did not go out later"),
    Step("other-hour", "Put off to a better hour", "it was put off to their best hour, and did not go out then"),
    Step("budget", "Budget used up", "the budget had no money left for it"),
    Step("sent", "Got it", "it was sent or shown to them at least once"),
)
"""Each customer stands on the last one that they came to."""

STEP_IDS: Final = tuple(step.id for step in ELIGIBILITY_STEPS)
GOT_NOTHING: Final = "nothing_90"
"""The outcome that says how many got nothing at all in their first 90 days."""
GOT_IT: Final = STEP_IDS[-1]
COULD_HAVE: Final = STEP_IDS[2:]
"""Who came further than the conditions could have got it."""


def shares(counted: Iterable[Counts]) -> dict[str, Interval]:
    """Of all who arrived the share on each step where anybody stands, in order; one count by step a replication."""
    counts = [count for count in counted if count]
    wholes = [math.fsum(count.values()) for count in counts]
    return {
        step: _share([count.get(step, 0.0) for count in counts], wholes)
        for step in STEP_IDS
        if any(step in count for count in counts)
    }


def _share(parts: list[float], wholes: list[float]) -> Interval:
    own = [part / whole for part, whole in zip(parts, wholes, strict=True)]
    return ratio_interval(parts, wholes, own, limits=(0.0, 1.0))

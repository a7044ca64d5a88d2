"""Rules whose trigger cannot be understood."""

import re
from collections.abc import Iterator

from sim.scenario.findings import Fault, Place
from sim.scenario.nearest import did_you_mean
from sim.scenario.orchestration import Trigger
from sim.scenario.scenario import Scenario
from sim.scenario.shifts import WEEKDAYS

_KINDS = ("entered", "leaving", "idle", "count", "score", "at", "every", "tick")
_WITH = {
    "without": ("entered", "after"),
    "reaches": ("count",),
    "above": ("score",),
    "below": ("score",),
}
"""What each further key of a trigger needs beside it."""


def check_triggers(scenario: Scenario) -> Iterator[Fault]:
    """Triggers with none or several kinds, or with keys that do not belong together."""
    for number, rule in enumerate(scenario.rules):
        yield from _check(("rules", number, "when"), rule.when, scenario)


def _check(place: Place, trigger: Trigger, scenario: Scenario) -> Iterator[Fault]:
    given = [kind for kind in _KINDS if getattr(trigger, kind) is not None]
    if len(given) != 1:
        problem = f"{' and '.join(given)} at once" if given else "this says no occasion"
        yield Fault(place, problem, f"give exactly one of {', '.join(_KINDS)}")
    for key, needed in _WITH.items():
        absent = [other for other in needed if getattr(trigger, other) is None]
        if getattr(trigger, key) is not None and absent:
            yield Fault(
                (*place, key), f"this says nothing without {' and '.join(absent)}", f"add {' and '.join(absent)}"
            )
    if trigger.count is not None and trigger.reaches is None:
        yield Fault((*place, "count"), "this says nothing without reaches", "add reaches, such as reaches = 3")
    if trigger.score is not None:
        if trigger.above is None and trigger.below is None:
            yield Fault((*place, "score"), "this says nothing without above or below", "add above or below")
        if trigger.score not in scenario.scores:
            remedy = did_you_mean(trigger.score, scenario.scores, "scores")
            yield Fault((*place, "score"), f'there is no score "{trigger.score}"', remedy)
    if trigger.every is not None and not _is_weekly_time(trigger.every):
        remedy = f'write a weekday ({", ".join(WEEKDAYS)}) and an hour, such as "mon 09:00"'
        yield Fault((*place, "every"), f'"{trigger.every}" is no weekly time', remedy)


def _is_weekly_time(text: str) -> bool:
    match = re.fullmatch(r"([a-z]{3}) ([01]?\d|2[0-3]):([0-5]\d)", text.strip().lower())
    return match is not None and match[1] in WEEKDAYS

"""Rules whose trigger cannot be understood."""

import re
from collections.abc import Iterator
from typing import Final

from sim.scenario.checks.acting import acting_rules
from sim.scenario.checks.conditions import unknown_subject
from sim.scenario.did_you_mean import did_you_mean
from sim.scenario.findings import Fault, KeyPath
from sim.scenario.orchestration import Trigger
from sim.scenario.said import said_of
from sim.scenario.scenario import Scenario
from sim.scenario.shape import fields
from sim.scenario.subjects import COUNTS, subject_of, subjects
from sim.scenario.weekdays import WEEKDAYS

_NEEDED: Final = {key: said_of(Trigger, key).needs for key in fields(Trigger)}
"""What each key of a trigger needs beside it; those that need nothing are kinds of triggers."""
_KINDS: Final = tuple(key for key, needed in _NEEDED.items() if not needed)


def check_triggers(scenario: Scenario) -> Iterator[Fault]:
    """Triggers with none or several kinds, with keys that do not belong together, or about what is unknown."""
    acting = {number for number, _, _ in acting_rules(scenario)}
    for number, rule in enumerate(scenario.rules):
        yield from _check(("rules", number, "when"), rule.when, scenario, number in acting)


def _check(key_path: KeyPath, trigger: Trigger, scenario: Scenario, acts: bool) -> Iterator[Fault]:
    given = [kind for kind in _KINDS if getattr(trigger, kind) is not None]
    if len(given) != 1:
        problem = f"{' and '.join(given)} at once" if given else "this names no trigger"
        yield Fault(key_path, problem, f"give exactly one of {', '.join(_KINDS)}")
    for key, needed in _NEEDED.items():
        absent = [other for other in needed if getattr(trigger, other) is None]
        if getattr(trigger, key) is not None and absent:
            yield Fault(
                (*key_path, key), f"this has no effect without {' and '.join(absent)}", f"add {' and '.join(absent)}"
            )
    if trigger.count is not None:
        if trigger.reaches is None:
            yield Fault((*key_path, "count"), "this has no effect without reaches", "add reaches, such as reaches = 3")
        yield from _count((*key_path, "count"), trigger.count, scenario, acts)
    if trigger.score is not None:
        yield from _score(key_path, trigger, scenario)
    if trigger.every is not None and not _is_weekly_time(trigger.every):
        remedy = f'write a weekday ({", ".join(WEEKDAYS)}) and an hour, such as "mon 09:00"'
        yield Fault((*key_path, "every"), f'"{trigger.every}" is no weekly time', remedy)


def _count(key_path: KeyPath, count: str, scenario: Scenario, acts: bool) -> Iterator[Fault]:
    subject = subject_of(count, scenario)
    if subject is not None and subject.name in COUNTS:
        return
    if count.startswith("visits."):
        yield from unknown_subject(key_path, count, scenario, (), acts)
    else:
        known = [*COUNTS, *(text for text in subjects(scenario) if text.startswith("visits."))]
        yield Fault(key_path, f'there is no count "{count}"', did_you_mean(count, known, "counts"))


def _score(key_path: KeyPath, trigger: Trigger, scenario: Scenario) -> Iterator[Fault]:
    above, below = trigger.above, trigger.below
    watched = scenario.scores.get(trigger.score or "")
    is_chance = watched is not None and watched.kind == "chance"
    if above is None and below is None:
        yield Fault((*key_path, "score"), "this has no effect without above or below", "add above or below")
    if is_chance and above is not None and not 0 <= above < 1:
        problem = f"a score lies between 0 and 1, so never passes {above:g}"
        yield Fault((*key_path, "above"), problem, "give a number from 0 to below 1, such as above = 0.8")
    elif is_chance and below is not None and not 0 < below <= 1:
        problem = f"a score lies between 0 and 1, so never falls to {below:g}"
        yield Fault((*key_path, "below"), problem, "give a number above 0, up to 1, such as below = 0.2")
    elif above is not None and below is not None and above >= below:
        problem = f"no score is above {above:g} and below {below:g}"
        yield Fault((*key_path, "above"), problem, "swap them: what lies between above and below counts")


def _is_weekly_time(text: str) -> bool:
    match = re.fullmatch(r"([a-z]{3}) ([01]?\d|2[0-3]):([0-5]\d)", text.strip().lower())
    return match is not None and match[1] in WEEKDAYS

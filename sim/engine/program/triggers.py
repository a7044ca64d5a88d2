"""What sets rules off, from the scenario to arrays (model 10.4)."""

import math
from collections.abc import Sequence
from typing import Any

from sim.engine.program.arrays import floats, indices, starts
from sim.engine.program.conditions import counted
from sim.scenario.dates import day_of
from sim.scenario.orchestration import Broadcast, Rule, Trigger
from sim.scenario.resolve import enabled_touchpoints
from sim.scenario.scenario import Scenario
from sim.scenario.weekdays import WEEKDAYS


def trigger_fields(scenario: Scenario, rules: Sequence[Rule | Broadcast]) -> dict[str, Any]:
    """The fields of `RuleTables` that say which rules are set off by what."""
    touchpoints = [touchpoint.id for touchpoint in enabled_touchpoints(scenario)]
    triggers = [trigger_of(rule) for rule in rules]
    by_priority = sorted(range(len(rules)), key=lambda r: (-priority_of(rules[r]), r))
    entered = [[r for r, trigger in enumerate(triggers) if trigger.entered == name] for name in touchpoints]
    without = [[r for r, trigger in enumerate(triggers) if trigger.without == name] for name in touchpoints]
    leaving = [[r for r in by_priority if triggers[r].leaving in (True, name)] for name in touchpoints]
    idle = [r for r, trigger in enumerate(triggers) if trigger.idle is not None]
    count = [r for r, trigger in enumerate(triggers) if trigger.count is not None]
    score = [r for r, trigger in enumerate(triggers) if trigger.score is not None]
    scores = list(scenario.scores)
    counts = [counted(triggers[r].count or "", scenario) for r in count]
    times = {r: time for r, trigger in enumerate(triggers) if (time := times_of(trigger, scenario)) is not None}
    return {
        "rule_order": indices(by_priority),
        "entered_first": starts(map(len, entered)),
        "entered_rule": indices(r for group in entered for r in group),
        "without_first": starts(map(len, without)),
        "without_rule": indices(r for group in without for r in group),
        "leaving_first": starts(map(len, leaving)),
        "leaving_rule": indices(r for group in leaving for r in group),
        "idle_rule": indices(idle),
        "idle_days": floats(triggers[r].idle or 0.0 for r in idle),
        "count_rule": indices(count),
        "count_subject": indices(subject for subject, _ in counts),
        "count_of": indices(of for _, of in counts),
        "count_reaches": floats(triggers[r].reaches or 0 for r in count),
        "score_rule": indices(score),
        "score_number": indices(scores.index(triggers[r].score or "") for r in score),
        "score_above": floats(_or(triggers[r].above, -math.inf) for r in score),
        "score_below": floats(_or(triggers[r].below, math.inf) for r in score),
        "timed_rule": indices(times),
        "timed_begin": floats(begin for begin, _ in times.values()),
        "timed_step": floats(step for _, step in times.values()),
    }


def trigger_of(rule: Rule | Broadcast) -> Trigger:
    """What sets a rule off; a broadcast, its date."""
    return rule.when if isinstance(rule, Rule) else Trigger(at=rule.at)


def priority_of(rule: Rule | Broadcast) -> float:
    """Its priority; that of a broadcast is 0."""
    return float(rule.priority) if isinstance(rule, Rule) else 0.0


def times_of(trigger: Trigger, scenario: Scenario) -> tuple[float, float] | None:
    """When a trigger by time comes first, and how many days later again (0: never); None for other triggers."""
    if trigger.at is not None:
        return day_of(trigger.at, scenario), 0.0
    if trigger.every is not None:
        day, clock = trigger.every.strip().lower().split()
        hour, minute = clock.split(":")
        days = (WEEKDAYS.index(day) - scenario.start_date.weekday()) % 7
        return days + (int(hour) + int(minute) / 60) / 24, 7.0
    return (0.0, scenario.orchestration.tick) if trigger.tick else None


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value

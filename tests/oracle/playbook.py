"""What the brand has planned: rules, and broadcasts as rules, with what is disabled left out (model 10.3, 10.4, 16)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count, takewhile
from typing import Any

from sim.scenario.orchestration import Action, Cap, Trigger
from sim.scenario.scenario import Scenario

from .desk import WEEKDAYS
from .gains import Gains
from .present import day_of

ON_SITE = ("popover", "recommendation")

Condition = tuple[str, str, Any]


@dataclass(frozen=True)
class Play:
    """A rule with its action."""

    id: str
    index: int
    """among the rules in file order, broadcasts after them"""
    action: Action
    """the rule's own; without phases and shocks"""
    candidates: tuple[str, ...]
    """actions that may be taken: the rule's own, then what a policy that chooses may take instead"""
    when: Trigger
    conditions: tuple[Condition, ...]
    stop: tuple[Condition, ...] = ()
    delay: float = 0.0
    cooldown: float = 0.0
    priority: int = 0
    broadcast: bool = False

    @property
    def on_site(self) -> bool:
        return self.action.kind in ON_SITE

    @property
    def transactional(self) -> bool:
        """Whether it is past the brand's plans and limits (model 10.3)."""
        return self.action.transactional

    @property
    def by_calendar(self) -> bool:
        return self.when.at is not None or self.when.every is not None or bool(self.when.tick)

    @property
    def planned(self) -> bool:
        """Whether its sends are, under a budget (model 17)."""
        return self.by_calendar and not self.delay and not self.transactional


class Playbook:
    """All rules that take part; where the policy is `none`, those with a transactional action."""

    def __init__(self, scenario: Scenario, in_batches: bool) -> None:
        """`in_batches`: whether planned sends come so; under a budget they do, also in its pilot."""
        orchestration = scenario.orchestration
        self.scenario = scenario
        self.in_batches = in_batches
        self.start_date = scenario.start_date
        self.tick = orchestration.tick
        self.ticks = list(takewhile(lambda time: time < scenario.horizon, (k * self.tick for k in count())))
        self.mode = scenario.integration.mode
        self.shared_triggers = scenario.integration.shared_triggers
        self.gap = orchestration.gap_hours / 24
        self.caps: dict[str, Cap] = orchestration.caps
        self.capped = orchestration.capped
        self.policy = orchestration.policy
        self.chooses = orchestration.policy in ("bandit", "random", "next_best_action")
        self.chooses_actions = self.chooses and "actions" in orchestration.learns
        self.chooses_channels = self.chooses and "channels" in orchestration.learns
        self.gains = Gains(scenario)
        self.fatigue_cost = orchestration.fatigue_cost
        self.minimum_confidence = orchestration.minimum_confidence
        self.fallback = orchestration.fallback
        self.optimise = orchestration.optimise if orchestration.policy != "none" else ()
        self.holdout = 0.0
        self.actions: dict[str, Action] = {}
        self.channels: dict[str, tuple[str, ...]] = {}
        """enabled channels of each action, the primary one first"""
        self.plays: list[Play] = []
        self.budget = None
        acts = orchestration.policy != "none"
        if acts:
            self.budget = orchestration.budget
            self.holdout = orchestration.holdout
        self.actions = {
            action.id: action for action in scenario.actions if action.enabled and (acts or action.transactional)
        }
        enabled = [channel.id for channel in scenario.channels if channel.enabled]
        self.channels = {
            action.id: tuple(channel for channel in action.channels if channel in enabled)
            for action in self.actions.values()
        }
        self.add_rules(scenario)
        self.add_broadcasts(scenario)

    def add_rules(self, scenario: Scenario) -> None:
        for rule in scenario.rules:
            if rule.enabled and rule.do in self.actions:
                for_content = "content" in self.optimise and self.actions[rule.do].kind not in ON_SITE
                instead = rule.alternatives if self.chooses_actions or for_content else ()
                others = [id_ for id_ in instead if id_ in self.actions]
                self.plays.append(
                    Play(
                        rule.id,
                        len(self.plays),
                        self.actions[rule.do],
                        tuple(dict.fromkeys([rule.do, *others])),
                        rule.when,
                        rule.conditions,
                        rule.stop,
                        rule.delay,
                        rule.cooldown,
                        rule.priority,
                    )
                )

    def add_broadcasts(self, scenario: Scenario) -> None:
        for broadcast in scenario.broadcasts:
            if broadcast.enabled and broadcast.do in self.actions:
                conditions: tuple[Condition, ...] = tuple(broadcast.conditions)
                if broadcast.segments:
                    conditions = (*conditions, ("segment", "in", broadcast.segments))
                index, when = len(self.plays), Trigger(at=broadcast.at)
                action = self.actions[broadcast.do]
                self.plays.append(
                    Play(broadcast.id, index, action, (action.id,), when, conditions, broadcast=True)
                )  # fmt: skip

    def times(self, play: Play) -> Iterator[float]:
        """The times of a rule that goes by the calendar."""
        when = play.when
        if when.at is not None:
            return iter([self.day(when.at)])
        if when.every is not None:
            return weekly_times(when.every, self.start_date.weekday())
        return (number * self.tick for number in count())

    def day(self, moment: float | date) -> float:
        return day_of(self.scenario, moment)


def weekly_times(text: str, weekday_of_day_0: int) -> Iterator[float]:
    """The times that `mon 09:00` names, in days."""
    weekday, clock = text.strip().lower().split()
    hour, minute = clock.split(":")
    first = (WEEKDAYS.index(weekday) - weekday_of_day_0) % 7 + (int(hour) + int(minute) / 60) / 24
    return (first + 7 * week for week in count())

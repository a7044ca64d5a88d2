"""What the brand has planned: rules, and broadcasts as rules, with what is disabled left out (model 10.3, 10.4)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sim.scenario.orchestration import Action, Cap, Trigger
from sim.scenario.scenario import Scenario

ON_SITE = ("popover", "recommendation")

Condition = tuple[str, str, Any]


@dataclass(frozen=True)
class Play:
    """A rule with its action."""

    id: str
    place: int
    """among the rules in file order, broadcasts after them"""
    action: Action
    channels: tuple[str, ...]
    """enabled channels of the action, the primary one first"""
    when: Trigger
    conditions: tuple[Condition, ...]
    stop: tuple[Condition, ...] = ()
    delay: float = 0.0
    cooldown: float = 0.0
    priority: int = 0

    @property
    def on_site(self) -> bool:
        return self.action.kind in ON_SITE


class Playbook:
    """All rules that take part; none where the policy is `none`."""

    def __init__(self, scenario: Scenario) -> None:
        self.start_date = scenario.start_date
        self.tick = scenario.orchestration.tick
        self.mode = scenario.integration.mode
        self.gap = scenario.orchestration.gap_hours / 24
        self.caps: dict[str, Cap] = scenario.orchestration.caps
        self.capped = scenario.orchestration.capped
        self.holdout = 0.0
        self.actions: dict[str, Action] = {}
        self.plays: list[Play] = []
        if scenario.orchestration.policy == "rules":
            self.holdout = scenario.orchestration.holdout
            self.actions = {action.id: action for action in scenario.actions if action.enabled}
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
                self.plays.append(
                    Play(
                        rule.id,
                        len(self.plays),
                        self.actions[rule.do],
                        self.channels[rule.do],
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
                action, channels = self.actions[broadcast.do], self.channels[broadcast.do]
                when = Trigger(at=broadcast.at)
                self.plays.append(Play(broadcast.id, len(self.plays), action, channels, when, conditions))

    def day(self, moment: float | date) -> float:
        """A day of the run; a date's midnight."""
        return float((moment - self.start_date).days) if isinstance(moment, date) else moment

"""A scenario with its defaults filled in and what is disabled left out (model 1)."""

from collections.abc import Collection
from dataclasses import dataclass

from sim.scenario.channels_and_desks import Channel, Desk
from sim.scenario.journey import Goal, Survey, Touchpoint
from sim.scenario.journey import Transition as TransitionTable
from sim.scenario.people import Segment
from sim.scenario.scenario import Scenario

STAGES = ("awareness", "consideration", "purchase", "onboarding", "retention", "advocacy")

COEFFICIENTS = {
    # covariate: (progress, neutral, exit)
    "propensity": (0.5, 0.0, -0.3),
    "affinity": (0.3, 0.3, 0.0),
    "personalization": (1.0, 0.0, 0.0),
    "sentiment": (0.4, 0.0, -0.8),
    "fatigue": (-0.03, 0.0, 0.06),
    "lost_context": (-0.3, 0.0, 0.4),
    "bad_experience": (-0.3, 0.0, 0.85),
    "wait": (-0.2, 0.0, 0.3),
    "effort": (-0.2, 0.0, 0.2),
    "incentive": (2.0, 0.0, -0.5),
    "price": (-2.0, 0.0, 0.5),
    "nudge": (0.7, 0.0, -0.3),
}


@dataclass(frozen=True)
class Transition:
    """A transition with its role and its coefficients."""

    id: str
    table: TransitionTable
    role: str
    coefficients: dict[str, float]


class Journey:
    """What takes part in a scenario, each in file order."""

    def __init__(self, scenario: Scenario, down: Collection[str] = ()) -> None:
        """`down`: enabled channels that no touchpoint can use for the time being (model 15)."""
        self.scenario = scenario
        self.down = frozenset(down)
        self.channels: dict[str, Channel] = {channel.id: channel for channel in scenario.channels if channel.enabled}
        self.segments: dict[str, Segment] = {
            segment.id: segment for segment in scenario.segments or (Segment(id="everyone"),)
        }
        self.touchpoints: dict[str, Touchpoint] = {
            touchpoint.id: touchpoint for touchpoint in scenario.touchpoints if touchpoint.enabled
        }
        self.desks: dict[str, Desk] = {desk.id: desk for desk in scenario.desks if desk.enabled}
        self.surveys: list[Survey] = [survey for survey in scenario.surveys if survey.enabled]
        self.stages = [stage.id for stage in scenario.stages] or list(STAGES)
        self.stage: dict[str, int] = {
            touchpoint.id: self.stages.index(touchpoint.stage) if touchpoint.stage else 0
            for touchpoint in self.touchpoints.values()
        }
        self.exit_coefficients = self.coefficients("exit")
        self.transitions: dict[str, list[Transition]] = {touchpoint: [] for touchpoint in self.touchpoints}
        for table in scenario.transitions:
            if table.enabled and table.source in self.touchpoints and table.target in self.touchpoints:
                role = table.role or self.role(table)
                id_ = table.id or f"{table.source}/{table.target}"
                coefficients = self.coefficients(role) | table.effects
                self.transitions[table.source].append(Transition(id_, table, role, coefficients))

    def role(self, table: TransitionTable) -> str:
        target = self.touchpoints[table.target]
        if target.exit == "churn" or target.lapsed:
            return "exit"
        if target.exit == "completed" or self.stage[table.target] > self.stage[table.source]:
            return "progress"
        return "neutral"

    def coefficients(self, role: str) -> dict[str, float]:
        column = ("progress", "neutral", "exit").index(role)
        given = getattr(self.scenario.coefficients, role)
        return {
            covariate: defaults[column] if getattr(given, covariate) is None else getattr(given, covariate)
            for covariate, defaults in COEFFICIENTS.items()
        }

    def channel_shares(self, touchpoint: str) -> dict[str, float]:
        """Touchpoint share of the channels up that the touchpoint lists, in the order of the channels."""
        table = self.touchpoints[touchpoint]
        listed = table.channels
        if listed is None:
            listed = () if table.exit or table.lapsed else tuple(self.channels)
        shares = dict(listed) if isinstance(listed, dict) else dict.fromkeys(listed, 1.0)
        return {channel: shares[channel] for channel in self.channels if channel in shares and channel not in self.down}

    def converts(self, touchpoint: str) -> bool:
        goal = self.touchpoints[touchpoint].goal
        return isinstance(goal, Goal) and goal.kind == "conversion"

    def stage_id(self, touchpoint: str) -> str:
        return self.stages[self.stage[touchpoint]]

    def reached_at(self, touchpoint: str) -> str | None:
        """The stage that somebody has reached who comes there; none at an exit that is no goal."""
        table = self.touchpoints[touchpoint]
        return None if table.exit and not table.goal else self.stage_id(touchpoint)

    def desk_of(self, touchpoint: str) -> str | None:
        desk = self.touchpoints[touchpoint].desk
        return desk if desk in self.desks else None

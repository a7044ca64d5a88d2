"""Histories written by hand: a few customers and totals, everything else zero."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.engine.memory.history import (
    ACTIVE,
    CHURNED,
    COMPLETED,
    KNOWN,
    REASONS,
    ActionTotals,
    Customers,
    DeskTotals,
    History,
    StatusLog,
    SurveyTotals,
    TouchpointTotals,
    TransitionTotals,
    Waits,
)
from sim.engine.program.pairs import pairs
from sim.scenario.resolve import (
    enabled_actions,
    enabled_channels,
    enabled_desks,
    enabled_rules,
    enabled_surveys,
    enabled_touchpoints,
    enabled_transitions,
    segments,
    stages,
)
from sim.scenario.scenario import Scenario

NEVER = math.nan


@dataclass(frozen=True)
class Person:
    """One customer; what is left out did not happen."""

    arrival: float = 0.0
    segment: int = 0
    acquired: float = NEVER
    first_value: float = NEVER
    first_completion: float = NEVER
    changes: Sequence[tuple[float, int]] = ()
    """(time, status), in order of time; the exit is the last of them if it is CHURNED or COMPLETED"""
    conversions: int = 0
    purchases: int = 0
    revenue: float = 0.0
    order_revenue: float = 0.0
    margin: float = 0.0
    discounted_margin: float = 0.0
    discounted_revenue: float = 0.0
    contacts: int = 0
    contact_cost: float = 0.0
    handoffs: int = 0
    kept: int = 0
    last_active: float = NEVER
    sentiment: float = 0.0
    profile: float = 0.2
    consent: bool = True
    holdout: bool = False
    bought: int = -1
    sent: int = 0
    message_cost: float = 0.0
    personal_cost: float = 0.0
    discount: float = 0.0
    first_sent: float = NEVER
    noted: int = 0

    @property
    def status(self) -> int:
        return self.changes[-1][1] if self.changes else ACTIVE

    @property
    def exit(self) -> float:
        return self.changes[-1][0] if self.status in (CHURNED, COMPLETED) else NEVER


def history(scenario: Scenario, people: Sequence[Person], *, replication: int = 0, **given: Any) -> History:
    """A history of `people` in the scenario's journey.

    `given` replaces fields of the history; for totals (`at_touchpoints`, …) a mapping of the fields that are not zero,
    for `waits` the rows (customer, desk, minutes, ended).
    """
    ids = {
        "segments": tuple(part.id for part in segments(scenario)),
        "channels": tuple(part.id for part in enabled_channels(scenario)),
        "touchpoints": tuple(part.id for part in enabled_touchpoints(scenario)),
        "transitions": tuple(part.key for part in enabled_transitions(scenario)),
        "desks": tuple(part.id for part in enabled_desks(scenario)),
        "surveys": tuple(part.id for part in enabled_surveys(scenario)),
        "actions": tuple(part.id for part in enabled_actions(scenario)),
        "pairs": pairs(scenario),
        "rules": tuple(part.id for part in enabled_rules(scenario)),
    }
    days = math.ceil(scenario.horizon)
    rows = len(ids["segments"])

    def totals(kind: Any, width: int, name: str) -> Any:
        values: Mapping[str, Any] = given.pop(name, {})
        fields = {field.name: np.zeros((rows, width)) for field in dataclasses.fields(kind)}
        if kind is DeskTotals:
            fields["agent_hours"] = np.zeros(width)
        if kind is ActionTotals:
            fields["ruled_out"] = np.zeros((len(REASONS), rows, len(ids["actions"])))
            fields["conflicts"] = fields["duplicates"] = np.zeros(rows)
        return kind(**{key: np.array(values.get(key, zero)) for key, zero in fields.items()})

    log = [(number, time, status) for number, person in enumerate(people) for time, status in person.changes]
    whole: dict[str, Any] = {
        "replication": replication,
        "horizon": scenario.horizon,
        "customers": customers(people),
        "log": StatusLog(
            np.array([row[0] for row in log], np.int32),
            np.array([row[1] for row in log], np.float64),
            np.array([row[2] for row in log], np.int8),
        ),
        "at_touchpoints": totals(TouchpointTotals, len(ids["touchpoints"]), "at_touchpoints"),
        "at_transitions": totals(TransitionTotals, len(ids["transitions"]), "at_transitions"),
        "channel_contacts": np.zeros((rows, len(ids["channels"])), np.int64),
        "channel_cost": np.zeros((rows, len(ids["channels"]))),
        "reached_stages": np.zeros((rows, len(stages(scenario))), np.int64),
        "at_surveys": totals(SurveyTotals, len(ids["surveys"]), "at_surveys"),
        "at_desks": totals(DeskTotals, len(ids["desks"]), "at_desks"),
        "waits": waits(given.pop("waits", ())),
        "at_actions": totals(ActionTotals, len(ids["pairs"]), "at_actions"),
        "by_known": np.zeros((rows, len(KNOWN), 3), np.int64),
        "steps": np.zeros((len(people), len(ids["actions"])), np.int8),
        "brought": np.zeros((rows, len(ids["touchpoints"])), np.int64),
        "daily_message_cost": np.zeros(days),
        "daily_personal_cost": np.zeros(days),
        "daily_discount": np.zeros(days),
        "daily_budget_cost": np.zeros(days),
        "daily_conversions": np.zeros(days, np.int64),
        "daily_revenue": np.zeros(days),
        "daily_margin": np.zeros(days),
        "daily_contact_cost": np.zeros(days),
        "daily_desk_cost": np.zeros(days),
        "event_count": 0,
        "events": None,
    }
    return History(**(ids | whole | {key: np.array(value) for key, value in given.items()}))


def waits(rows: Sequence[tuple[int, int, float, bool]]) -> Waits:
    """Waits given as (customer, desk, minutes, ended)."""
    customer, desk, minutes, ended = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Waits(
        np.array(customer, np.int32), np.array(desk, np.int16), np.array(minutes, float), np.array(ended, np.bool_)
    )


def customers(people: Sequence[Person]) -> Customers:
    """The customers' arrays."""
    derived = {"status": np.int8, "exit": np.float64, "segment": np.int16}
    arrays = {
        field.name: np.array([getattr(person, field.name) for person in people], derived.get(field.name))
        for field in dataclasses.fields(Customers)
        if field.name not in ("number", "touchpoint", "queued")
    }
    size = len(people)
    alone = {"touchpoint": np.zeros(size, np.int32), "queued": np.zeros(size, np.bool_)}
    return Customers(number=np.arange(size, dtype=np.uint64), **alone, **arrays)

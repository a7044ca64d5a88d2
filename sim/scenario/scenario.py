"""The scenario: everything that one file says."""

import datetime
from typing import Literal

from pydantic import Field

from sim.scenario.distributions import Distribution
from sim.scenario.journey import Activity, Behaviour, CoefficientsByRole, Stage, Survey, Touchpoint, Transition
from sim.scenario.model import Finite, Id, Part, Positive
from sim.scenario.orchestration import (
    Action,
    Broadcast,
    Identity,
    Integration,
    Orchestration,
    Personalization,
    Phase,
    Referrals,
    Rule,
    Score,
    Shock,
)
from sim.scenario.people import Population, Segment
from sim.scenario.places import Channel, Desk
from sim.scenario.study import Experiment, Money, Target


class Scenario(Part):
    """A journey, its customers, what the brand does, and what is asked of it."""

    format: Literal[1]
    """version of this file format"""
    id: Id
    """short name, used in the store"""
    name: str | None = None
    """shown name; the id when left out"""
    about: str = ""
    """Markdown: who this is for, what it shows, what to try"""
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")
    """three letters, such as EUR"""
    start_date: datetime.date = datetime.date(2026, 1, 5)
    """the date of day 0"""
    horizon: Positive
    """days simulated"""

    population: Population
    stages: tuple[Stage, ...] = ()
    segments: tuple[Segment, ...] = ()
    channels: tuple[Channel, ...] = ()
    touchpoints: tuple[Touchpoint, ...]
    transitions: tuple[Transition, ...]
    desks: tuple[Desk, ...] = ()
    surveys: tuple[Survey, ...] = ()
    activity: Activity | None = None
    behaviour: Behaviour = Behaviour()
    coefficients: CoefficientsByRole = CoefficientsByRole()
    money: Money = Money()

    integration: Integration = Integration()
    identity: Identity | None = None
    personalization: Personalization = Personalization()
    orchestration: Orchestration = Orchestration()
    scores: dict[Id, Score] = {}
    actions: tuple[Action, ...] = ()
    rules: tuple[Rule, ...] = ()
    broadcasts: tuple[Broadcast, ...] = ()
    shocks: tuple[Shock, ...] = ()
    phases: tuple[Phase, ...] = ()
    referrals: Referrals | None = None

    experiment: Experiment = Experiment()
    targets: dict[str, Target] = {}
    uncertainty: dict[str, Distribution] = {}
    layout: dict[str, tuple[Finite, Finite]] = {}

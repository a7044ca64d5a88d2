"""The scenario: everything that one file says."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.channels_and_desks import Channel, Desk
from sim.scenario.distributions import Distribution
from sim.scenario.experiment import Annotation, Experiment, Fitted, Money, Spot
from sim.scenario.identity import Identity
from sim.scenario.journey import Activity, Behaviour, CoefficientsByRole, Stage, Survey, Touchpoint, Transition
from sim.scenario.key import Days, ItsOwn, Key, SameForAllArms
from sim.scenario.legible import Line, Lines
from sim.scenario.model import Id, Many, NumberAddress, Part, Positive, TouchpointId
from sim.scenario.orchestration import (
    Action,
    Broadcast,
    Gain,
    Integration,
    Orchestration,
    Personalization,
    Phase,
    Referrals,
    Rule,
    Score,
    Season,
    Shock,
)
from sim.scenario.people import Population, Segment
from sim.scenario.profile import Profile

DrawnId = Annotated[TouchpointId, Key(must="")]
"""The window may remember where something stood that is gone."""
_UNCERTAIN = Key(entry="uncertain value")


class Scenario(Part):
    """A journey, its customers, what the brand does, and what is asked of it."""

    later = {"targets": "calibration to targets"}

    format: SameForAllArms[Literal[1]]
    """version of this file format"""
    id: SameForAllArms[Id]
    """short name, used in the store"""
    name: SameForAllArms[Line] | None = None
    """shown name; the ID when left out"""
    about: SameForAllArms[Lines] = ""
    """Markdown: who this is for, what it shows, what to try"""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$"), Key(text="free")] = "EUR"
    """three letters, such as EUR"""
    start_date: datetime.date = datetime.date(2026, 1, 5)
    """the date of day 0"""
    horizon: Days[Positive]
    """days simulated"""

    population: Population
    """how many customers there are and when they arrive"""
    stages: Many[Stage] = ()
    """stretches of the journey, in order; six usual ones when left out"""
    segments: Many[Segment] = ()
    """groups of customers; one, `everyone`, when left out"""
    channels: Many[Channel] = ()
    """where customer and brand meet: website, app, e-mail, phone …"""
    touchpoints: Many[Touchpoint]
    """the points of the journey at which customer and brand meet"""
    transitions: Many[Transition]
    """the transitions between them"""
    desks: Many[Desk] = ()
    """people who serve one customer at a time"""
    surveys: Many[Survey] = ()
    """questions put to customers"""
    activity: Activity | None = None
    """when people are active"""
    behaviour: Behaviour = Behaviour()
    """how customers behave at each step"""
    coefficients: CoefficientsByRole = CoefficientsByRole()
    """what makes customers choose one transition over another, by role"""
    money: Money = Money()
    """costs and interest"""

    integration: Integration = Integration()
    """how well the channels work together"""
    identity: Identity | None = None
    """what customers leave behind, and how the brand finds out who is who"""
    profile: Profile = Profile()
    """what the brand notes of customers, and for how long"""
    personalization: Personalization = Personalization()
    """how closely contacts fit the customer"""
    orchestration: Orchestration = Orchestration()
    """who decides what is sent"""
    scores: Annotated[dict[Id, Score], Key(entry="score", first={"intercept": 0})] = {}
    """numbers made from what the brand knows"""
    actions: Many[Action] = ()
    """what can be sent, shown or offered"""
    gains: Many[Gain] = ()
    """what actions bring, as a pilot found it; next best action goes by it"""
    rules: Many[Rule] = ()
    """when something happens, take an action"""
    broadcasts: Many[Broadcast] = ()
    """actions sent to many at a date"""
    seasons: Many[Season] = ()
    """values that stand in some months of every year"""
    shocks: Many[Shock] = ()
    """values changed from outside for a while"""
    phases: Many[Phase] = ()
    """values that change at a date"""
    referrals: Referrals | None = None
    """friends brought by customers"""

    experiment: SameForAllArms[Experiment] = Experiment()
    """how often the journey is simulated, and what is compared"""
    uncertainty: SameForAllArms[Annotated[dict[NumberAddress, ItsOwn[Distribution]], _UNCERTAIN]] = {}
    """a distribution for each uncertain value, by address"""
    fitted: SameForAllArms[Fitted] | None = None
    """the event log that the scenario was fitted to"""
    layout: SameForAllArms[dict[DrawnId, Spot]] = {}
    """where the window draws each touchpoint; written by the window"""
    annotations: SameForAllArms[Many[Annotation]] = ()
    """notes on the canvas; written by the window"""

    def __repr__(self) -> str:
        """What it is, in short."""
        parts = [f"{len(self.touchpoints):,} touchpoints", f"{len(self.transitions):,} transitions"]
        parts += [f"{len(self.experiment.arms):,} arms"] if self.experiment.arms else []
        parts += [f"{self.population.size:,} customers", f"{self.horizon:g} days"]
        return f"<Scenario {self.id}: {', '.join(parts)}>"

    __str__ = __repr__


Scenario.model_rebuild()  # here, where no two threads can do so at once

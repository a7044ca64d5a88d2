"""One customer as one process: the step of model 2, touchpoint after touchpoint, and what comes between (model 11)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import simpy

from sim.scenario.journey import Goal, Survey

from .agenda import ENTRY, Agenda, Due
from .brand import Brand
from .choice import Race, end_of_delay, race_of
from .contact import meet
from .desk import Asking, urgency
from .distributions import drawn_from_zero
from .draws import (
    GOAL_VALUE,
    PATIENCE,
    SERVICE,
    SURVEY,
    VISIT,
    normal,
    uniform32,
)
from .exit_intent import exit_intent
from .journey import Transition
from .moments import OWN_EVENT
from .people import Person
from .profile import Noted
from .triggers import Triggers

if TYPE_CHECKING:
    from .world import World


@dataclass
class Visit:
    """One stay at a touchpoint."""

    touchpoint: str
    number: int
    """how many visits there were before, at this touchpoint"""
    channel: str | None = None
    """None where the touchpoint has no channels"""
    lost: int = 0
    affinity: float = 0.0
    wait: float = 0.0
    """units of ten minutes, at most 3"""
    left_unserved: bool = False
    """gave up or was turned away"""
    e: float = 0.0
    bad: bool = False
    effort: float = 0.0
    race: Race | None = None
    """None before the choice, and where a response to a leaving customer led elsewhere"""
    transition: Transition | None = None
    """the choice that stands"""


class Customer:
    """The state of one customer, and what happens to them."""

    def __init__(self, world: World, person: Person) -> None:
        self.world = world
        self.person = person
        self.channel: str | None = None
        self.first_channel: str | None = None
        self.sentiment = 0.0
        self.known = world.journey.scenario.behaviour.known
        self.money = 0.0
        self.visits: dict[str, int] = defaultdict(int)
        self.counts: dict[str, int] = defaultdict(int)
        """contacts, handoffs, conversions, purchases"""
        self.reached: set[str] = set()
        self.visit = Visit("", 0)
        """the present one, from arrival on"""
        self.last_own_event = person.arrival
        """entry, or leaving a desk"""
        self.asking: Asking | None = None
        """while at a desk"""
        self.ended = False
        self.arrived = False
        self.friends = 0
        """told of so far (model 19)"""
        self.woken = world.moments.env.event()
        self.agenda = Agenda()
        self.entry: Due | None = None
        """the pending one"""
        self.brand = Brand(self)
        self.triggers = Triggers(self)
        self.noted = Noted(self)

    @property
    def now(self) -> float:
        return self.world.moments.now

    @property
    def averse(self) -> bool:
        """To close personalization (model 10.2)."""
        return self.world.personalization.averse(self.person.traits["privacy_concern"])

    def is_personalized(self, channel: str | None) -> bool:
        """Whether a contact on the channel is (model 10.2)."""
        return (
            self.world.personalization.happens
            and not self.person.holdout
            and channel is not None
            and self.is_linked(channel)
        )

    def is_linked(self, channel: str) -> bool:
        """To the customer's profile (model 10.1)."""
        if self.first_channel is None:
            return self.world.journey.scenario.integration.mode == "omni" and self.world.profiles is None
        return self.are_linked(channel, self.first_channel)

    def are_linked(self, one: str, other: str) -> bool:
        """Two channels with each other (model 25)."""
        if one == other:
            return True
        if self.world.journey.scenario.integration.mode != "omni":
            return False
        mine = self.profiles
        return mine is None or (mine[one] == mine[other] and mine[one] is not None)

    @property
    def profiles(self) -> Mapping[str, int | None] | None:
        """In which profile the customer's record on each channel is; None without identities."""
        profiles = self.world.profiles
        return None if profiles is None else profiles[self.person.number % self.world.scenario.population.size]

    @property
    def is_organic(self) -> bool:
        """Neither bought nor referred (model 14)."""
        return self.person.number < self.world.scenario.population.size

    def left_something_on(self, channel: str) -> bool:
        """Whether the record on the channel is in a profile (model 24)."""
        return self.profiles is None or self.profiles[channel] is not None

    def process(self) -> Generator[simpy.Event, object, None]:
        """Do what is outstanding, one thing at a time (model 5, 11); at a desk until it lets go (model 4)."""
        moments = self.world.moments
        self.enter_at(self.person.arrival, self.person.start)
        self.triggers.begin()
        while not self.ended:
            due = self.agenda.first(responses_held=self.asking is not None, now=self.now)
            self.woken = moments.env.event()
            awaited = [self.woken]
            if due is not None:
                awaited.append(moments.at(max(due.time, self.now), OWN_EVENT, self.person.number))
            if self.asking is not None:
                awaited.append(self.asking.over)
            yield simpy.AnyOf(moments.env, awaited)
            if self.asking is not None and self.asking.over.triggered:
                self.leave_desk(self.asking)
            elif not self.woken.triggered:
                assert due is not None
                self.agenda.cancel(due)
                due.happen()

    def wake(self) -> None:
        """Look again at what is outstanding, after a batch of planned sends."""
        if not self.woken.triggered:
            self.woken.succeed()

    def enter_at(self, time: float, touchpoint: str) -> None:
        self.agenda.cancel(self.entry)
        self.entry = self.agenda.add(Due(time, ENTRY, (), lambda: self.enter(touchpoint)))

    def enter(self, touchpoint: str) -> None:
        """Enter a touchpoint now, whatever was pending."""
        self.agenda.cancel(self.entry)
        self.arrived = True
        self.last_own_event = self.now
        self.visit = Visit(touchpoint, self.visits[touchpoint])
        meet(self, self.visit)
        self.triggers.entered(self.visit)
        desk = self.world.journey.desk_of(touchpoint)
        self.triggers.own_event(at_desk=desk is not None)
        if desk is None:
            self.step(self.visit)
        else:
            self.asking = self.asking_at(self.visit, desk)
            self.world.desks[desk].hear(self.asking)
            self.triggers.asked(self.visit)
            self.world.desks[desk].ask(self.asking)

    def leave_desk(self, asking: Asking) -> None:
        self.asking = None
        self.last_own_event = self.now
        self.triggers.own_event(at_desk=False)
        self.visit.left_unserved = asking.over.value != "served"
        self.visit.wait = min(3.0, asking.wait_minutes / 10)
        self.step(self.visit)

    def step(self, visit: Visit) -> None:
        """2.2 to 2.4, and what they set off."""
        exit_ = self.world.journey.touchpoints[visit.touchpoint].exit
        if not exit_:
            self.experience(visit)
        self.reach_goal(visit)
        if exit_:
            self.note(visit, exit_)
            self.ended = True
            self.brand.nothing_more("left")
            self.agenda.clear()
            self.world.refer(self)
            return
        self.answer_surveys(visit)
        if self.choose(visit):
            self.world.refer(self)
            self.triggers.chosen(visit, at_desk=self.world.journey.desk_of(visit.touchpoint) is not None)

    def note(self, visit: Visit, event: str, value: float | None = None) -> None:
        self.world.log.add(self.person.number, event, visit.touchpoint, visit.channel, value)

    def book(self, what: str, amount: float) -> None:
        """Add to what is the customer's own, and to the day's."""
        log = self.world.log
        log.books[f"own {what}", self.person.number] += amount
        log.books[f"daily {what}", log.day] += amount

    def pay_for_personalization(self, channel: str | None) -> None:
        """Of a contact on the channel, where it is personalized."""
        if self.is_personalized(channel):
            self.book("personal_cost", self.world.personalization.cost)

    # 4

    def asking_at(self, visit: Visit, desk_id: str) -> Asking:
        table = self.world.journey.desks[desk_id]
        number, site = self.person.number, f"touchpoint:{visit.touchpoint}"
        patience = None
        if table.patience_minutes is not None:
            words = self.world.draws.words(number, PATIENCE, site, visit.number)
            patience = drawn_from_zero(table.patience_minutes, words) * self.person.own_patience
        traits = self.person.traits
        return Asking(
            customer=number,
            touchpoint=visit.touchpoint,
            channel=visit.channel,
            asked=self.world.moments.now,
            urgency=urgency(table, self.money, traits["attrition"], traits["propensity"], self.sentiment,
                            self.brand.fatigue.at(self.now), self.world.journey.exit_coefficients),
            service_minutes=drawn_from_zero(
                table.service_minutes, self.world.draws.words(number, SERVICE, site, visit.number)
            ),
            patience_minutes=patience,
            over=self.world.moments.env.event(),
        )  # fmt: skip

    # 2.2

    def experience(self, visit: Visit) -> None:
        journey = self.world.journey
        touchpoint, behaviour = journey.touchpoints[visit.touchpoint], journey.scenario.behaviour
        words = self.world.draws.words(self.person.number, VISIT, f"touchpoint:{visit.touchpoint}", visit.number)
        felt = (
            touchpoint.emotion.mean
            + touchpoint.emotion.sd * normal(words)
            + behaviour.lost_context_emotion * visit.lost
            + behaviour.wait_emotion * visit.wait
        )
        if self.is_personalized(visit.channel):
            felt += self.world.personalization.gain_in_experience(self.known, self.averse)
        visit.e = min(1.0, max(-1.0, felt))
        self.sentiment += behaviour.sentiment_rate * (visit.e - self.sentiment)
        visit.bad = visit.e < behaviour.bad_below
        visit.effort = min(7.0, touchpoint.effort + visit.lost + visit.wait)
        if self.person.consent and visit.channel is not None and self.is_linked(visit.channel):
            self.known += touchpoint.profile_gain * (1 - self.known)
        self.note(visit, "experience", visit.e)

    # 2.3

    def reach_goal(self, visit: Visit) -> None:
        goal = self.world.journey.touchpoints[visit.touchpoint].goal
        if not isinstance(goal, Goal) or visit.left_unserved:
            return
        if visit.touchpoint in self.reached and not goal.repeats:
            return
        self.reached.add(visit.touchpoint)
        money, cost = 0.0, 0.0
        if goal.value is not None:
            site = f"touchpoint:{visit.touchpoint}"
            words = self.world.draws.words(self.person.number, GOAL_VALUE, site, visit.number)
            worth = drawn_from_zero(goal.value, words)
            cost = worth * (1 - goal.margin)
            money = worth * self.world.journey.scenario.behaviour.price_index
            if goal.kind == "conversion":
                self.counts["purchases"] += 1
                share = self.brand.offers.use(self.now)
                self.book("discount", money * share)
                money *= 1 - share
                self.world.log.books["own purchases", self.person.number] += 1
                self.noted.note("purchases", self.channel, money)
                self.world.log.books["own order_revenue", self.person.number] += money
        if goal.kind == "conversion":
            self.counts["conversions"] += 1
        self.money += money
        self.note(visit, goal.kind, money)
        self.book_goal(goal.kind, money, money - cost)

    def book_goal(self, kind: str, money: float, margin: float) -> None:
        """Book what is earned by a goal now; from the first conversion on also its worth at that time."""
        books, number = self.world.log.books, self.person.number
        first = {"conversion": "acquired", "value": "first_value", "completion": "first_completion"}[kind]
        # From 1 on, for what is not there is 0.
        books.setdefault((f"own {first}", number), 1 + self.now)
        books["own conversions", number] += kind == "conversion"
        self.book("revenue", money)
        self.book("margin", margin)
        if ("own acquired", number) in books:
            years = (self.now + 1 - books["own acquired", number]) / 365
            worth = (1 + self.world.scenario.money.discount_rate) ** -years
            books["own discounted_revenue", number] += money * worth
            books["own discounted_margin", number] += margin * worth

    def answer_surveys(self, visit: Visit) -> None:
        if visit.left_unserved:
            return
        for survey in self.world.journey.surveys:
            if visit.touchpoint not in survey.at:
                continue
            site = f"survey:{survey.id}@{visit.touchpoint}"
            words = self.world.draws.words(self.person.number, SURVEY, site, visit.number)
            z = normal(words)
            if survey.kind == "nps":
                answer = within(7.5 + 4 * self.sentiment + z, 0, 10)
            elif survey.kind == "csat":
                answer = within(3.5 + 1.5 * visit.e + 0.5 * z, 1, 5)
            else:
                answer = within(visit.effort + 0.5 * z, 1, 7)
            answers = uniform32(words[0]) < min(1.0, survey.rate * (1 + 0.3 * self.sentiment))
            self.book_answer(survey, answer, answers)
            if answers:
                self.note(visit, survey.kind, float(answer))

    def book_answer(self, survey: Survey, answer: int, answers: bool) -> None:
        """Count what the customer would answer, and what they do."""
        books, where = self.world.log.books, (self.person.segment, survey.id)
        nps = survey.kind == "nps"
        told = {"total": answer, "promoters": nps and answer >= 9, "detractors": nps and answer <= 6}
        books["asked", *where] += 1
        for what, amount in told.items():
            books[f"true_{what}", *where] += amount
            if answers:
                books[what, *where] += amount
        books["answered", *where] += answers

    # 2.4

    def choose(self, visit: Visit) -> bool:
        """Settle where the customer goes next; False where a response leads elsewhere, so that no choice stands."""
        race = race_of(self, visit)
        outcome = exit_intent(self.brand, visit, race, race.winner(*self.pull()))
        if outcome.led_to is not None:
            self.enter_at(self.now, outcome.led_to)
            return False
        visit.race, visit.transition = race, outcome.transition
        if outcome.transition is not None:
            self.set_out(visit, outcome.transition)
        return True

    def choose_again(self) -> bool:
        """Hold the race of the present visit again (10.6); whether another transition is taken."""
        visit = self.visit
        winner = None if visit.race is None else visit.race.winner(*self.pull())
        if winner is None or (visit.transition is not None and winner.id == visit.transition.id):
            return False
        visit.transition = winner
        self.set_out(visit, winner)
        return True

    def personalization(self, visit: Visit) -> float:
        """The covariate."""
        return self.world.personalization.covariate(self.known) if self.is_personalized(visit.channel) else 0.0

    def pull(self) -> tuple[float, float]:
        """Nudge and incentive at the present time."""
        incentive = self.brand.offers.discount(self.now) * self.person.traits["price_sensitivity"]
        return self.brand.nudge.at(self.now), incentive

    def set_out(self, visit: Visit, transition: Transition) -> None:
        self.enter_at(end_of_delay(self, visit, transition), transition.table.target)


def within(x: float, low: int, high: int) -> int:
    return min(high, max(low, math.floor(x + 0.5)))

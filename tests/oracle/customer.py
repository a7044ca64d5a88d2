"""One customer as one process: the step of model 2, touchpoint after touchpoint."""

import math
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction

import simpy

from sim.scenario.journey import Goal

from .desk import Asking, Desk, urgency
from .distributions import drawn_from_zero
from .draws import (
    CHANNEL,
    GOAL_VALUE,
    PATIENCE,
    SERVICE,
    SURVEY,
    TRANSITION,
    VISIT,
    Draws,
    first_in_race,
    normal,
    uniform32,
)
from .hours import HourlyWeights
from .journey import Journey, Way
from .moments import OWN_EVENT, Log, Moments
from .people import Person
from .reference import Reference


@dataclass(frozen=True)
class World:
    """What all customers of a replication have around them."""

    journey: Journey
    reference: Reference
    desks: dict[str, Desk]
    activity: HourlyWeights | None
    draws: Draws
    moments: Moments
    log: Log


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
        self.reached: set[str] = set()

    def process(self) -> Generator[simpy.Event, str, None]:
        moments, number = self.world.moments, self.person.number
        touchpoint = self.person.start
        yield moments.at(self.person.arrival, OWN_EVENT, number)
        while True:
            visit = self.enter(touchpoint)
            desk = self.world.journey.desk_of(touchpoint)
            if desk is not None:
                asking = self.asking(visit, desk)
                self.world.desks[desk].ask(asking)
                how = yield asking.over
                visit.left_unserved = how != "served"
                visit.wait = min(3.0, asking.wait_minutes / 10)
            exit_ = self.world.journey.touchpoints[touchpoint].exit
            if not exit_:
                self.experience(visit)
            self.reach_goal(visit)
            if exit_:
                self.note(visit, exit_)
                return
            self.answer_surveys(visit)
            way = self.choose(visit)
            if way is None:
                return
            yield moments.at(self.end_of_delay(visit, way), OWN_EVENT, number)
            touchpoint = way.transition.target

    def note(self, visit: Visit, event: str, value: float | None = None) -> None:
        self.world.log.add(self.person.number, event, visit.touchpoint, visit.channel, value)

    # 2.1

    def enter(self, touchpoint: str) -> Visit:
        visit = Visit(touchpoint, self.visits[touchpoint])
        self.visits[touchpoint] += 1
        shares = self.world.journey.channel_shares(touchpoint)
        if not shares:
            self.note(visit, "enter")
            return visit
        last = self.channel
        kept = self.take_channel(visit, shares)
        self.note(visit, "enter")
        if last is not None and visit.channel != last:
            self.note(visit, "handoff", 1.0 if kept else 0.0)
        self.channel = visit.channel
        if self.first_channel is None:
            self.first_channel = visit.channel
        return visit

    def take_channel(self, visit: Visit, shares: dict[str, float]) -> bool:
        """Settle channel, lost context and affinity of a contact; whether a handoff would keep the context."""
        journey = self.world.journey
        integration = journey.scenario.integration
        mix = {channel: journey.channels[channel].mix for channel in shares}
        own = self.person.affinity
        weights = {c: shares[c] * mix[c] * own[c] for c in shares if shares[c] * mix[c] * own[c] > 0}
        if not weights:
            weights = {c: shares[c] * mix[c] for c in shares}
            if not any(weights.values()):
                weights = dict.fromkeys(shares, 1.0)
        bound_to = self.first_channel if integration.mode == "single" else None
        fallback = bound_to is not None and bound_to not in weights
        if bound_to is None or fallback:
            visit.channel = self.race_of_channels(visit, weights)
            usable = list(weights)
        else:
            visit.channel = bound_to
            usable = [bound_to]
        amount = sum(shares[c] * mix[c] * own[c] for c in usable)
        visit.affinity = self.affinity(visit.touchpoint, 0.0 if fallback else amount)
        if fallback:
            visit.lost = 1
            return False
        if self.channel is None or visit.channel == self.channel:
            return True
        linked = 1 if integration.mode == "omni" else 0
        luck = self.world.draws.uniform(self.person.number, VISIT, f"touchpoint:{visit.touchpoint}", visit.number)
        kept = luck < integration.carryover * linked
        visit.lost = 0 if kept else 1
        return kept

    def race_of_channels(self, visit: Visit, weights: dict[str, float]) -> str:
        stickiness = self.world.journey.scenario.behaviour.stickiness
        channels = list(weights)
        draws, number, site = self.world.draws, self.person.number, f"touchpoint:{visit.touchpoint}"
        winner = first_in_race(
            [weights[c] * (1 + (stickiness if c == self.channel else 0.0)) for c in channels],
            [draws.uniform(number, CHANNEL, f"{site}@{c}", visit.number) for c in channels],
        )
        assert winner is not None
        return channels[winner]

    def affinity(self, touchpoint: str, amount: float) -> float:
        """The affinity covariate; an amount of 0 stands for its floor."""
        reference = self.world.reference.affinity(touchpoint, self.person.segment)
        if reference is None:
            return 0.0
        if amount == 0:
            return -3.0
        total, expected = reference
        return min(3.0, max(-3.0, math.log(amount / total) - expected))

    # 4

    def asking(self, visit: Visit, desk_id: str) -> Asking:
        table = self.world.desks[desk_id].table
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
                            self.world.journey.exit_coefficients),
            service_minutes=drawn_from_zero(
                table.service_minutes, self.world.draws.words(number, SERVICE, site, visit.number)
            ),
            patience_minutes=patience,
            over=self.world.moments.env.event(),
        )  # fmt: skip

    # 2.2

    def experience(self, visit: Visit) -> None:
        journey = self.world.journey
        place, behaviour = journey.touchpoints[visit.touchpoint], journey.scenario.behaviour
        words = self.world.draws.words(self.person.number, VISIT, f"touchpoint:{visit.touchpoint}", visit.number)
        felt = (
            place.emotion.mean
            + place.emotion.sd * normal(words)
            + behaviour.lost_context_emotion * visit.lost
            + behaviour.wait_emotion * visit.wait
        )
        visit.e = min(1.0, max(-1.0, felt))
        self.sentiment += behaviour.sentiment_rate * (visit.e - self.sentiment)
        visit.bad = visit.e < behaviour.bad_below
        visit.effort = min(7.0, place.effort + visit.lost + visit.wait)
        linked = journey.scenario.integration.mode == "omni" or visit.channel == self.first_channel
        if self.person.consent and visit.channel is not None and linked:
            self.known += place.profile_gain * (1 - self.known)
        self.note(visit, "experience", visit.e)

    # 2.3

    def reach_goal(self, visit: Visit) -> None:
        goal = self.world.journey.touchpoints[visit.touchpoint].goal
        if not isinstance(goal, Goal) or visit.left_unserved:
            return
        if visit.touchpoint in self.reached and not goal.repeats:
            return
        self.reached.add(visit.touchpoint)
        money = 0.0
        if goal.value is not None:
            site = f"touchpoint:{visit.touchpoint}"
            words = self.world.draws.words(self.person.number, GOAL_VALUE, site, visit.number)
            money = drawn_from_zero(goal.value, words) * self.world.journey.scenario.behaviour.price_index
        self.money += money
        self.note(visit, goal.kind, money)

    def answer_surveys(self, visit: Visit) -> None:
        if visit.left_unserved:
            return
        for survey in self.world.journey.surveys:
            if visit.touchpoint not in survey.at:
                continue
            site = f"survey:{survey.id}@{visit.touchpoint}"
            words = self.world.draws.words(self.person.number, SURVEY, site, visit.number)
            if uniform32(words[0]) < min(1.0, survey.rate * (1 + 0.3 * self.sentiment)):
                z = normal(words)
                if survey.kind == "nps":
                    answer = within(7.5 + 4 * self.sentiment + z, 0, 10)
                elif survey.kind == "csat":
                    answer = within(3.5 + 1.5 * visit.e + 0.5 * z, 1, 5)
                else:
                    answer = within(visit.effort + 0.5 * z, 1, 7)
                self.note(visit, survey.kind, float(answer))

    # 2.4

    def choose(self, visit: Visit) -> Way | None:
        """The way taken; None where none takes part, so that the customer stays for good."""
        journey, traits = self.world.journey, self.person.traits
        reference_effort = self.world.reference.effort(visit.touchpoint)
        covariates = {
            "propensity": traits["propensity"],
            "affinity": visit.affinity,
            "sentiment": self.sentiment,
            "lost_context": visit.lost,
            "bad_experience": 1 if visit.bad else 0,
            "wait": visit.wait,
            "effort": (visit.effort - reference_effort) / 4,
            "price": math.log(journey.scenario.behaviour.price_index) * traits["price_sensitivity"],
        }
        ways = journey.ways[visit.touchpoint]
        weights = []
        for way in ways:
            attrition = traits["attrition"] if way.role == "exit" else 1.0
            appeal = sum(way.coefficients[covariate] * x for covariate, x in covariates.items())
            weights.append(way.transition.share * attrition * math.exp(appeal))
        draws = self.world.draws
        luck = [draws.uniform(self.person.number, TRANSITION, f"transition:{way.id}", visit.number) for way in ways]
        winner = first_in_race(weights, luck)
        return None if winner is None else ways[winner]

    def end_of_delay(self, visit: Visit, way: Way) -> float:
        words = self.world.draws.words(self.person.number, TRANSITION, f"transition:{way.id}", visit.number)
        delay = drawn_from_zero(way.transition.delay, words) / self.person.traits["pace"]
        now, activity = self.world.moments.now, self.world.activity
        if activity is None or delay == 0:
            return now + delay
        amount = activity.integral(Fraction(now)) + Fraction(delay) - Fraction(1, 10**9)
        return max(now, float(activity.reached(amount)))


def within(x: float, low: int, high: int) -> int:
    return min(high, max(low, math.floor(x + 0.5)))

"""What the brand knows of one customer, followed through their recorded events (model 2.2 and 10)."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from sim.scenario.action_kinds import ACTION_KINDS
from sim.scenario.journey import Behaviour
from sim.scenario.orchestration import Action, Score
from sim.scenario.profile import Kind
from sim.scenario.regimes import regimes
from sim.scenario.resolve import enabled_actions, enabled_touchpoints
from sim.scenario.scenario import Scenario
from sim.story.moment import Moment
from sim.story.noted import Fact, Noted

_FATIGUE_HALVES: Final = 7.0
_NUDGE_HALVES: Final = 3.0
_FAR: Final = 700.0
_COUNTED: Final = {"enter": "visits", "handoff": "handoffs", "conversion": "conversions", "responded": "responses"}


class Knowledge:
    """State of a customer, brought forward event by event."""

    def __init__(
        self,
        scenario: Scenario,
        arrival: float,
        consent: bool,
        profiles: Mapping[str, int] | None = None,
        customer: int = 0,
        foreign: Sequence[Fact] = (),
    ) -> None:
        """Nothing is known on arrival but what everybody brings.

        `profiles`: by channel, in which profile the record of the customer with this number is, below 0 in none; None
        without identities. `foreign`: what was noted of others in the customer's own profile.
        """
        self.sentiment = 0.0
        self.profile = scenario.behaviour.known
        self.revenue = 0.0
        self.counts: dict[str, int] = {}
        self._arrival = arrival
        self._consent = consent
        self._regimes = list(regimes(scenario))
        self._goals = {touchpoint.id: touchpoint.goal for touchpoint in enabled_touchpoints(scenario)}
        self._joined_up = scenario.integration.mode == "omni"
        self._first_channel: str | None = None
        self._channel: str | None = None
        self._fatigue = self._nudge = (0.0, 0.0)
        self._offers: dict[str, float] = {}
        self._profiles = profiles
        self.noted = Noted(scenario, customer, consent, profiles, foreign)
        self._scores = scenario.scores

    def after(self, moment: Moment) -> None:
        """Take in what happened."""
        self._live(moment.time)
        value = moment.value if moment.value is not None else 0.0
        if moment.event in _COUNTED:
            self._count(_COUNTED[moment.event])
        if moment.event == "enter":
            self._first_channel = self._first_channel or moment.channel
            self._channel = moment.channel or self._channel
            if moment.channel is not None:
                self._count("contacts")
            self._note("contacts", moment.channel, moment.time)
        elif moment.event == "experience":
            self._experience(moment, value)
        elif moment.event in ("conversion", "value", "completion"):
            self.revenue += value
            goal = self._goals[moment.touchpoint]
            if moment.event == "conversion" and goal and goal.value is not None:
                self._count("purchases")
                self._note("purchases", self._channel, moment.time, value)
                self._use_offer(moment.time)
        elif moment.event == "delivered":
            self._delivered(self._actions[moment.action or ""], moment)
        elif moment.event == "opened" and not self._actions[moment.action or ""].transactional:
            self.noted.note_opened(moment.channel, moment.time)
        elif moment.event == "responded":
            action = self._actions[moment.action or ""]
            message = ACTION_KINDS[action.kind].is_message and not action.transactional
            self._note("responses", moment.channel, moment.time, action=action.id if message else None)
            self._responded(self._actions[moment.action or ""], moment.time)

    def at(self, time: float) -> dict[str, float]:
        """What is known at a time, by the names that conditions use; rounded, for reading."""
        self._live(time)
        known = {
            "sentiment": self.sentiment,
            "profile": self.profile,
            "fatigue": _faded(self._fatigue, time, _FATIGUE_HALVES),
            "nudge": _faded(self._nudge, time, _NUDGE_HALVES),
            "discount": max((self._actions[id_].discount for id_ in self._standing(time)), default=0.0),
            "revenue": self.revenue,
            "days": time - self._arrival,
        }
        known |= self.noted.at(time)
        known |= {
            f"scores.{name}": _score(score, known)
            for name, score in self._scores.items()
            if score.weights.keys() <= known.keys()
        }
        return {name: round(value, 4) for name, value in known.items()} | self.counts

    def _live(self, time: float) -> None:
        """Go by the values that phases, seasons and shocks have set by then."""
        while len(self._regimes) > 1 and self._regimes[1].begin <= time:
            del self._regimes[0]

    @property
    def _behaviour(self) -> Behaviour:
        return self._regimes[0].scenario.behaviour

    @property
    def _gain(self) -> dict[str, float]:
        return {touchpoint.id: touchpoint.profile_gain for touchpoint in enabled_touchpoints(self._regimes[0].scenario)}

    @property
    def _actions(self) -> dict[str, Action]:
        return {action.id: action for action in enabled_actions(self._regimes[0].scenario)}

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def _experience(self, moment: Moment, value: float) -> None:
        self.sentiment += self._behaviour.sentiment_rate * (value - self.sentiment)
        if self._linked(moment.channel) and self._consent:
            self.profile += self._gain[moment.touchpoint] * (1.0 - self.profile)

    def _linked(self, channel: str | None) -> bool:
        """To the customer's profile (model 10.1, 25)."""
        first = self._first_channel
        if channel is None or first is None:
            return channel is not None and self._joined_up and self._profiles is None
        together = self._profiles is None or self._profiles[channel] == self._profiles[first]
        return channel == first or (self._joined_up and together)

    def _note(
        self, kind: Kind, channel: str | None, time: float, money: float = 0.0, action: str | None = None
    ) -> None:
        self.noted.note(kind, channel, self._linked(channel), time, money, action)

    def _delivered(self, action: Action, moment: Moment) -> None:
        if action.transactional:
            return
        time = moment.time
        kind = ACTION_KINDS[action.kind]
        if kind.is_message:
            self._count("messages")
            self._note("messages", moment.channel, moment.time, action=action.id)
        if kind.tires:
            self._fatigue = _faded(self._fatigue, time, _FATIGUE_HALVES) + kind.tires, time
        if action.discount:
            self._offers[action.id] = max(self._offers.get(action.id, -math.inf), time + action.valid_days)

    def _responded(self, action: Action, time: float) -> None:
        if action.leads_to not in self._gain:
            push = 1.0 if action.nudge is None else action.nudge
            self._nudge = max(_faded(self._nudge, time, _NUDGE_HALVES), push), time

    def _standing(self, time: float) -> list[str]:
        """The actions whose offers stand, in file order."""
        return [id_ for id_ in self._actions if time < self._offers.get(id_, -math.inf)]

    def _use_offer(self, time: float) -> None:
        standing = self._standing(time)
        if standing:
            del self._offers[max(standing, key=lambda id_: self._actions[id_].discount)]


def _score(score: Score, known: Mapping[str, float]) -> float:
    """A score of what is known: a chance, 0 to 1, or an amount (model 10.4)."""
    total = score.intercept + sum(weight * known[name] for name, weight in score.weights.items())
    if score.kind == "amount":
        return total
    return 1.0 / (1.0 + math.exp(-total)) if total > -_FAR else 0.0


def _faded(since: tuple[float, float], time: float, halves: float) -> float:
    amount, begin = since
    return amount * 2.0 ** (-(time - begin) / halves) if amount else 0.0

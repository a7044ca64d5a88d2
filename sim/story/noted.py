"""What the brand had noted of one customer, followed through their recorded events (model 27, 31)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sim.engine.program.timetable import last_tick
from sim.scenario.profile import EPSILON, FACTS, LONGEST_IDLE, Kind
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import facts_asked_for


@dataclass(frozen=True)
class Fact:
    """What the brand noted."""

    customer: int
    """of whom, by number"""
    time: float
    kind: Kind
    money: float
    channel: str
    opened: bool = False
    """of a message"""
    action: str | None = None
    """of a message, and of a response to one"""


class Noted:
    """The profile of a customer; nobody keeps one where no rule and no score looks at it."""

    def __init__(
        self,
        scenario: Scenario,
        customer: int,
        consent: bool,
        profiles: Mapping[str, int] | None,
        foreign: Sequence[Fact] = (),
    ) -> None:
        """`profiles`: by channel, in which profile its record is, below 0 in none; None without identities.

        `foreign`: what was noted of others in the customer's own profile (model 31).
        """
        self._profile = scenario.profile
        self._tick, self._horizon = scenario.orchestration.tick, scenario.horizon
        self._keeps = bool(facts_asked_for(scenario))
        self._customer = customer
        self._consent = consent
        self._profiles = profiles
        self._facts: list[Fact] = []
        self._foreign = foreign
        self._begun = False
        self._left: dict[int, list[Fact]] = {}

    def note(
        self,
        kind: Kind,
        channel: str | None,
        linked: bool,
        time: float,
        money: float = 0.0,
        action: str | None = None,
    ) -> None:
        """Note a fact seen on a channel, in the customer's own profile if that is `linked` and the brand may."""
        self._begun = self._begun or kind == "contacts"
        if not self._keeps or not self._consent or channel is None or kind not in self._profile.facts:
            return
        fact = Fact(self._customer, time, kind, money, channel, action=action)
        number = 0 if self._profiles is None else self._profiles[channel]
        if number >= 0:
            self._left.setdefault(number, []).append(fact)
            if linked:
                self._facts.append(fact)

    def note_opened(self, channel: str | None, time: float) -> None:
        """Note that the message noted last was opened: it was sent on this channel just now."""
        for facts in (self._facts, *self._left.values()):
            if facts and replace(facts[-1], action=None) == Fact(self._customer, time, "messages", 0.0, channel or ""):
                facts[-1] = replace(facts[-1], opened=True)

    def messages_at(self, time: float, channel: str | None) -> list[Fact]:
        """The messages on a channel that the profile holds at a time."""
        there = self._kept([*self._facts, *self._told(time)], time)
        return [fact for fact in there if fact.kind == "messages" and fact.channel == channel]

    def of_actions_at(self, time: float, kind: Kind) -> list[Fact]:
        """The messages, or the responses to messages, that the profile holds at a time."""
        there = self._kept([*self._facts, *self._told(time)], time)
        return [fact for fact in there if fact.kind == kind and fact.action is not None]

    def left_in(self, profile: int) -> list[Fact]:
        """What was seen on the customer's records in the profile with this number, linked to their own or not."""
        return self._left.get(profile, [])

    def at(self, time: float) -> dict[str, float]:
        """What rules and scores know of the profile at a time, by the names that they use."""
        if not self._keeps:
            return {}
        there = self._kept([*self._facts, *self._told(time)], time)
        keep_days = self._profile.keep_days
        longest = LONGEST_IDLE if keep_days is None else min(keep_days, LONGEST_IDLE)
        known = {name: float(sum(fact.kind == kind for fact in there)) for name, kind in FACTS.items()}
        known["revenue"] = sum((fact.money for fact in there), 0.0)
        known["idle_days"] = min([longest, *(time - fact.time for fact in there if fact.kind == "contacts")])
        return {f"profile.{name}": value for name, value in known.items()}

    def others_at(self, time: float, kinds: Collection[Kind]) -> tuple[int, ...]:
        """The numbers of those others of whom the profile holds facts of these kinds at a time."""
        there = self._kept(self._told(time), time)
        return tuple(sorted({fact.customer for fact in there if fact.kind in kinds}))

    def _told(self, time: float) -> list[Fact]:
        """What the last tick brought of others, who are known once the customer has come."""
        if not self._begun or not self._consent:
            return []
        told = last_tick(time, self._tick, self._horizon)
        return [fact for fact in self._foreign if fact.time < told]

    def _kept(self, facts: list[Fact], time: float) -> list[Fact]:
        keep_days = self._profile.keep_days
        return [fact for fact in facts if keep_days is None or time < fact.time + keep_days - EPSILON]

"""What the brand had noted of one customer, followed through their recorded events (model 27)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.scenario.profile import EPSILON, FACTS, LONGEST_IDLE, Kind
from sim.scenario.scenario import Scenario
from sim.scenario.subjects import facts_asked_for


@dataclass(frozen=True)
class _Fact:
    time: float
    kind: Kind
    money: float


class Noted:
    """The profile of a customer; nobody keeps one where no rule and no score looks at it."""

    def __init__(self, scenario: Scenario, consent: bool, profiles: Mapping[str, int] | None) -> None:
        """`profiles`: by channel, in which profile its record is, below 0 in none; None without identities."""
        self._profile = scenario.profile
        self._keeps = bool(facts_asked_for(scenario))
        self._consent = consent
        self._profiles = profiles
        self._facts: list[_Fact] = []

    def note(self, kind: Kind, channel: str | None, linked: bool, time: float, money: float = 0.0) -> None:
        """Note a fact seen on a channel, if that is `linked` and the brand may."""
        left = self._profiles is None or (channel is not None and self._profiles[channel] >= 0)
        if self._keeps and self._consent and linked and left and kind in self._profile.facts:
            self._facts.append(_Fact(time, kind, money))

    def at(self, time: float) -> dict[str, float]:
        """What rules and scores know of the profile at a time, by the names that they use."""
        if not self._keeps:
            return {}
        keep_days = self._profile.keep_days
        there = [fact for fact in self._facts if keep_days is None or time < fact.time + keep_days - EPSILON]
        longest = LONGEST_IDLE if keep_days is None else min(keep_days, LONGEST_IDLE)
        known = {name: float(sum(fact.kind == kind for fact in there)) for name, kind in FACTS.items()}
        known["revenue"] = sum((fact.money for fact in there), 0.0)
        known["idle_days"] = min([longest, *(time - fact.time for fact in there if fact.kind == "contacts")])
        return {f"profile.{name}": value for name, value in known.items()}

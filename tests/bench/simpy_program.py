"""The journey as one would write it with SimPy: one process for each customer, state in plain objects.

It makes the engine's draws and gives the engine's history (`test_bench.py` compares them), so both do the same work.
The engine adds up more on the way (time at touchpoints, sums by segment), which is in favour of this program.
"""

import math
from collections.abc import Generator

import simpy

from sim.draws import sites
from sim.population import TRAITS, Population
from sim.scenario.scenario import Scenario
from tests.bench.luck import Luck
from tests.bench.simpy_touchpoints import Spread, Touchpoint, Transition, touchpoints_of

_PROPENSITY, _PACE, _ATTRITION = (TRAITS.index(name) for name in ("propensity", "pace", "attrition"))


class Shop:
    """What all customers have around them."""

    def __init__(self, scenario: Scenario, luck: Luck, *, log: bool = False) -> None:
        self.env = simpy.Environment()
        self.luck = luck
        self.touchpoints = touchpoints_of(scenario)
        self.carryover = scenario.integration.carryover
        self.behaviour = scenario.behaviour
        self.horizon = float(scenario.horizon)
        self.visits = [0] * len(self.touchpoints)
        self.revenue = 0.0
        self.margin = 0.0
        self.log: list[tuple[float, int, int, int]] | None = [] if log else None
        """time, customer, touchpoint, channel (-1 for none) of each entry, where it is asked for"""

    def run(self, population: Population) -> int:
        """Let everybody's journey happen; the number of entries."""
        for number, (arrival, start, segment, consent, traits, affinity) in enumerate(
            zip(
                population.arrival.tolist(),
                population.start.tolist(),
                population.segment.tolist(),
                population.consent.tolist(),
                population.traits.tolist(),
                population.affinity.tolist(),
                strict=True,
            )
        ):
            customer = Customer(self, number, segment, consent, traits, affinity)
            self.env.process(customer.journey(arrival, start))
        self.env.run(until=self.horizon)
        return sum(self.visits)


class Customer:
    """One customer."""

    def __init__(
        self, shop: Shop, number: int, segment: int, consent: bool, traits: list[float], affinity: list[float]
    ) -> None:
        self.shop = shop
        self.number = number
        self.segment = segment
        self.consent = consent
        self.propensity = traits[_PROPENSITY]
        self.pace = traits[_PACE]
        self.attrition = traits[_ATTRITION]
        self.own_affinity = affinity
        self.channel = -1
        self.sentiment = 0.0
        self.profile = shop.behaviour.known
        self.visits: dict[int, int] = {}

    def journey(self, arrival: float, start: int) -> Generator[simpy.Event]:
        """From arrival to exit or horizon."""
        shop, env = self.shop, self.shop.env
        yield env.timeout(arrival)
        n = start
        while True:
            touchpoint = shop.touchpoints[n]
            visit = self.visits.get(n, 0)
            self.visits[n] = visit + 1
            shop.visits[n] += 1
            lost, affinity = self.meet(touchpoint, visit)
            if shop.log is not None:
                shop.log.append((env.now, self.number, n, self.channel if touchpoint.channels else -1))
            if touchpoint.leaves:
                return
            bad, effort = self.feel(touchpoint, visit, lost)
            if touchpoint.worth is not None:
                money = self.drawn(touchpoint.worth, touchpoint.site, sites.VALUE, visit)
                shop.revenue += money
                shop.margin += money * touchpoint.margin
            transition = self.choose(touchpoint, visit, (self.propensity, affinity, self.sentiment, lost, bad, effort))
            if transition is None:
                return
            yield env.timeout(self.drawn(transition.delay, transition.site, sites.TRANSITION, visit) / self.pace)
            n = transition.target

    def meet(self, touchpoint: Touchpoint, visit: int) -> tuple[int, float]:
        """Take a channel (model 2.1): whether the context is lost, and the affinity covariate."""
        if not touchpoint.channels:
            return 0, 0.0
        shop = self.shop
        appeal, chosen, soonest = 0.0, -1, math.inf
        for offered in touchpoint.channels:
            weight = offered.weight * self.own_affinity[offered.channel]
            appeal += weight
            if offered.channel == self.channel:
                weight *= 1 + shop.behaviour.stickiness
            time = shop.luck.racing(self.number, offered.site, sites.CHANNEL, visit) / weight
            if time < soonest:
                chosen, soonest = offered.channel, time
        lost = 0
        if self.channel >= 0 and chosen != self.channel:
            lost = int(shop.luck.uniform(self.number, touchpoint.site, sites.VISIT, visit) >= shop.carryover)
        self.channel = chosen
        return lost, min(max(math.log(appeal) - touchpoint.reference[self.segment], -3.0), 3.0)

    def feel(self, touchpoint: Touchpoint, visit: int, lost: int) -> tuple[int, float]:
        """Live through the visit (model 2.2): whether it was bad, and the effort covariate."""
        behaviour = self.shop.behaviour
        z = self.shop.luck.normal(self.number, touchpoint.site, sites.VISIT, visit)
        e = touchpoint.feeling + touchpoint.feeling_sd * z + behaviour.lost_context_emotion * lost
        e = min(max(e, -1.0), 1.0)
        self.sentiment += behaviour.sentiment_rate * (e - self.sentiment)
        if self.consent and touchpoint.channels:
            self.profile += touchpoint.profile_gain * (1 - self.profile)
        return int(e < behaviour.bad_below), (min(touchpoint.effort + lost, 7.0) - touchpoint.effort) / 4

    def choose(self, touchpoint: Touchpoint, visit: int, felt: tuple[float, ...]) -> Transition | None:
        """The transition taken (model 2.4: exponential race)."""
        winner, soonest = None, math.inf
        for transition in touchpoint.transitions:
            appeal = sum(beta * x for beta, x in zip(transition.effects, felt, strict=True))
            weight = transition.share * math.exp(appeal)
            if transition.leaves:
                weight *= self.attrition
            time = self.shop.luck.racing(self.number, transition.site, sites.TRANSITION, visit) / weight
            if time < soonest:
                winner, soonest = transition, time
        return winner

    def drawn(self, spread: Spread, site: int, purpose: int, visit: int) -> float:
        """A value of a distribution."""
        luck = self.shop.luck
        if spread.sigma is None:
            return spread.scale * luck.exponential(self.number, site, purpose, visit)
        return spread.scale * math.exp(spread.sigma * luck.normal(self.number, site, purpose, visit))

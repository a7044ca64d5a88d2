"""What all customers of a replication have around them, and what happens to all of them at once (model 14 to 19)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from sim.scenario.orchestration import Action
from sim.scenario.scenario import Scenario

from .customer import Customer
from .desk import Desk
from .distributions import drawn_from_zero
from .draws import BOUGHT, FRIEND, FRIEND_ARRIVES, REFERRAL, Draws, site_number, uniform53
from .hours import HourlyWeights, scaled_to_mean_1
from .journey import Journey
from .learning import Beliefs
from .moments import PLANNED, THROTTLE_SET, TICK, VALUES_CHANGE, Log, Moments
from .people import People
from .personalization import Personalization
from .playbook import Play, Playbook
from .poisson import poisson
from .present import Present, instants, present_at
from .purse import Purse
from .reference import Reference
from .sends import expected_response

MOST_FRIENDS = 20
"""for each customer who is not one"""


class World:
    """One replication while it runs."""

    def __init__(
        self,
        scenario: Scenario,
        base: Scenario,
        draws: Draws,
        pilot: list[float] | None,
        profiles: Sequence[Mapping[str, int | None]] | None = None,
    ) -> None:
        """`pilot`: what the pilot's triggered sends ask for in each period; None for the pilot itself.

        `profiles`: of each organic customer, in which profile the record of each channel is, None where nothing was
        left; None without identities.
        """
        self.scenario = scenario
        self.profiles = profiles
        self.draws = draws
        self.moments = Moments(scenario.horizon)
        self.log = Log(self.moments)
        always = Journey(scenario)
        self.present = present_at(scenario, 0.0)
        self.reference = Reference(always, Journey(base))
        weekday = scenario.start_date.weekday()
        self.desks = {
            table.id: Desk(table, index, weekday, self.moments, self.log)
            for index, table in enumerate(always.desks.values())
        }
        self.activity = None
        if scenario.activity is not None:
            self.activity = HourlyWeights(scaled_to_mean_1(scenario.activity.weights), weekday)
        self.playbook = Playbook(scenario, in_batches=pilot is None or scenario.orchestration.budget is not None)
        self.people = People(always, draws, self.playbook.holdout)
        self.beliefs = Beliefs(waits=scenario.orchestration.policy == "next_best_action")
        self.purse = Purse(self.playbook.budget, self.playbook.ticks, scenario.horizon, pilot or [])
        self.customers: list[Customer] = []
        """the organic ones first, by number"""
        self.told_until = 0.0
        """the last tick (model 31)"""
        self.friends = 0
        self.schedule()

    @property
    def journey(self) -> Journey:
        """As it is at present."""
        return self.present.journey

    @property
    def personalization(self) -> Personalization:
        """As it is at present."""
        return self.present.personalization

    @property
    def actions(self) -> dict[str, Action]:
        """As they are at present."""
        return self.present.actions

    def is_off(self, play: Play) -> bool:
        """Whether the trigger of a rule or broadcast does not fire for the time being."""
        return ("broadcasts" if play.broadcast else "rules", play.id) in self.present.off

    def run(self) -> None:
        for number in range(self.scenario.population.size):
            self.admit(number)
        for channel in self.people.journey.channels.values():
            for k in range(self.bought(channel.id)):
                self.admit(site_number(f"channel:{channel.id}") << 32 | k, bought_on=channel.id)
        self.moments.env.run()
        for customer in self.customers:
            if not customer.ended:
                customer.brand.nothing_more("pending")

    def admit(self, number: int, arrival: float | None = None, bought_on: str | None = None) -> None:
        customer = Customer(self, self.people.person(number, arrival, bought_on))
        self.customers.append(customer)
        self.moments.env.process(customer.process())

    def schedule(self) -> None:
        """Set the instants that everybody shares, in the order of model 14."""
        at = self.moments.at
        for time in instants(self.scenario)[1:]:
            at(time, VALUES_CHANGE, 0, partial(self.change, present_at(self.scenario, time)))
        for time in self.playbook.ticks:
            at(time, TICK, 0, self.tick)
        batches = self.batches() if self.playbook.in_batches else {}
        for time, plays in batches.items():
            at(time, PLANNED, 0, partial(self.send_planned, plays))
        if self.playbook.budget is not None:
            for time in {*self.playbook.ticks, *batches}:
                at(time, THROTTLE_SET, 0, self.set_throttle)

    # 15, 16

    def change(self, present: Present) -> None:
        self.present = present

    def tick(self) -> None:
        self.told_until = self.moments.now
        self.beliefs.learn(self.moments.now)
        self.purse.begin_period()

    # 17

    def set_throttle(self) -> None:
        self.purse.set_throttle(self.moments.now)

    def batches(self) -> dict[float, list[Play]]:
        """The plans whose sends come at each time."""
        batches: dict[float, list[Play]] = {}
        for play in self.playbook.plays:
            if play.planned:
                for time in self.playbook.times(play):
                    if time > self.scenario.horizon:
                        break
                    if time >= 0:
                        batches.setdefault(time, []).append(play)
        return batches

    def send_planned(self, plays: Iterable[Play]) -> None:
        """One batch: the firings of all who have arrived, the most important and promising ones first."""
        there = [customer for customer in self.customers if customer.arrived and not customer.ended]
        firings = [
            (-play.priority, -expected_response(one.brand, play), one.person.number, play.index, one, play)
            for one in there
            for play in plays
        ]
        for *_, customer, play in sorted(firings, key=lambda firing: firing[:4]):
            customer.brand.fire_in_batch(play)
        for customer in there:
            customer.wake()

    # 18

    def bought(self, channel: str) -> int:
        """Arrivals that the channel's spend buys in this replication."""
        table = self.people.journey.channels[channel].acquisition
        if table is None:
            return 0
        expected = table.saturation * (1 - math.exp(-table.spend / (table.cost_per_arrival * table.saturation)))
        return poisson(expected, uniform53(self.draws.words(0, BOUGHT, f"channel:{channel}")))

    # 19

    def refer(self, customer: Customer) -> None:
        """Have a visit tell friends, where it does."""
        table, visit, referrer = self.scenario.referrals, customer.visit, customer.person.number
        if table is None or visit.touchpoint not in table.at:
            return
        mean = table.rate * math.exp(table.sentiment * customer.sentiment)
        u = uniform53(self.draws.words(referrer, REFERRAL, f"touchpoint:{visit.touchpoint}", visit.number))
        for _ in range(poisson(mean, u)):
            words = self.draws.words(referrer, FRIEND, "referrals", customer.friends)
            customer.friends += 1
            number = (words[1] | 0x80000000) << 32 | words[0]
            delay = 0.0
            if table.delay is not None:
                delay = drawn_from_zero(table.delay, self.draws.words(number, FRIEND_ARRIVES, "referrals"))
            if customer.now + delay <= self.scenario.horizon:
                self.friends += 1
                assert self.friends <= MOST_FRIENDS * (len(self.customers) - self.friends + 1), "too many friends"
                self.admit(number, arrival=customer.now + delay)

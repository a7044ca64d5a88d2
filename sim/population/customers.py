"""Drawing the customers of one replication."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.distributions import sample
from sim.draws.philox import block, uniform32, uniform53
from sim.draws.poisson import poisson
from sim.draws.sites import site
from sim.population.plan import TRAITS, PopulationPlan

Floats = NDArray[np.float64]
Numbers = NDArray[np.uint64]


@dataclass(frozen=True)
class Population:
    """Customers of one replication."""

    plan: PopulationPlan
    seed: int
    replication: int
    number: NDArray[np.uint64]
    """of each customer, shape (customers,) (model 14)"""
    bought: NDArray[np.int16]
    """channel on which they were bought, by index; -1 for the others, shape (customers,)"""
    segment: NDArray[np.int16]
    """index of the segment, shape (customers,)"""
    arrival: Floats
    """days, shape (customers,)"""
    start: NDArray[np.int32]
    """touchpoint of the first entry, by index, shape (customers,)"""
    traits: Floats
    """within their limits, shape (customers, traits); `patience_minutes` in minutes"""
    affinity: Floats
    """shape (customers, channels)"""
    consent: NDArray[np.bool_]
    """shape (customers,)"""

    def opt_in(self) -> NDArray[np.bool_]:
        """Who accepts messages on which channel, shape (customers, channels)."""
        plan = self.plan
        shares = np.array([[group.opt_in.get(channel, 1.0) for channel in plan.channels] for group in plan.segments])
        drawn = np.empty((len(self.segment), len(plan.channels)))
        for c, channel_site in enumerate(plan.channel_site):
            drawn[:, c] = _column(self.number, channel_site, sites.OPT_IN, self.seed, self.replication)
        return drawn < shares.reshape(len(plan.segments), len(plan.channels))[self.segment]

    def attribute(self, name: str) -> NDArray[np.str_]:
        """Everybody's value of a free attribute, shape (customers,); empty where the segment does not have it."""
        found = np.full(len(self.segment), "", dtype=object)
        for s, group in enumerate(self.plan.segments):
            members = np.flatnonzero(self.segment == s)
            weights = {value: weight for value, weight in group.attributes.get(name, {}).items() if weight > 0}
            if not weights or not len(members):
                continue
            times = [
                -np.log(
                    _column(
                        self.number,
                        site(f"attribute:{name}={value}"),
                        sites.ATTRIBUTE,
                        self.seed,
                        self.replication,
                    )[members]
                )
                / weight
                for value, weight in weights.items()
            ]
            found[members] = np.array(list(weights), dtype=object)[np.argmin(times, axis=0)]
        return found.astype(str)


def draw_population(plan: PopulationPlan, seed: int, replication: int) -> Population:
    """The customers who come by themselves and those who are bought; each is the same however many there are."""
    counts = [
        _bought(channel_site, expected, seed, replication)
        for channel_site, expected in zip(plan.bought_site.tolist(), plan.bought_expected.tolist(), strict=True)
    ]
    numbers = [np.arange(plan.size, dtype=np.uint64)]
    bought = [np.full(plan.size, -1, np.int16)]
    for channel, channel_site, count in zip(plan.bought_channel, plan.bought_site, counts, strict=True):
        numbers.append((np.uint64(channel_site) << np.uint64(32)) + np.arange(count, dtype=np.uint64))
        bought.append(np.full(count, channel, np.int16))
    return draw_customers(plan, seed, replication, np.concatenate(numbers), np.concatenate(bought))


def draw_customers(
    plan: PopulationPlan,
    seed: int,
    replication: int,
    number: NDArray[np.uint64],
    bought: NDArray[np.int16],
    arrival: Floats | None = None,
) -> Population:
    """The customers with these numbers; `arrival` (days) replaces the times at which they would come by themselves."""
    n = len(number)
    segment = np.zeros(n, np.int16)
    start = np.zeros(n, np.int32)
    uniform = np.zeros(n)
    traits = np.zeros((n, len(TRAITS)))
    affinity = np.zeros((n, len(plan.channels)))
    consent = np.zeros(n, np.bool_)
    _draw(
        seed, replication, number, plan.segment_weight, plan.segment_site, plan.trait_row, plan.trait_site,
        plan.affinity_mean, plan.affinity_row, plan.channel_site, plan.consent, site("consent"), plan.rows, plan.values,
        plan.start_touchpoint, plan.start_weight, plan.start_site, site("arrival"),
        segment, start, uniform, traits, affinity, consent,
    )  # fmt: skip
    if arrival is None:
        share, day = plan.arrival_grid
        arrival = np.interp(uniform, share, day) if len(day) else np.zeros(n)
    limited = _within_limits(traits)
    return Population(plan, seed, replication, number, bought, segment, arrival, start, limited, affinity, consent)


def _within_limits(traits: Floats) -> Floats:
    """Bring drawn traits, shape (customers, traits), within the limits of model section 1, in place."""
    column = {trait: traits[:, place] for place, trait in enumerate(TRAITS)}
    for trait, low in (("price_sensitivity", 0.0), ("patience_minutes", 0.0), ("attrition", 0.0), ("pace", 1e-9)):
        np.maximum(column[trait], low, out=column[trait])
    concern, hour = column["privacy_concern"], column["preferred_hour"]
    np.minimum(np.maximum(concern, 0.0, out=concern), 1.0, out=concern)
    on_another_day = (hour < 0.0) | (hour >= 24.0)
    hour[on_another_day] = np.mod(hour[on_another_day], 24.0)
    return traits


@compiled
def _bought(channel_site: int, expected: float, seed: int, replication: int) -> int:
    """How many arrivals the money spent on a channel buys in this replication (model 18)."""
    _, w1, w2, _ = block(0, channel_site, sites.BOUGHT, 0, seed, replication)
    return poisson(expected, uniform53(w1, w2))


@compiled
def _column(number: Numbers, column_site: int, purpose: int, seed: int, replication: int) -> Floats:
    """One 32-bit uniform for each customer, shape (customers,)."""
    drawn = np.empty(number.shape[0])
    for i in range(number.shape[0]):
        w0, _, _, _ = block(number[i], column_site, purpose, 0, seed, replication)
        drawn[i] = uniform32(w0)
    return drawn


@compiled
def _race(number: int, weight: Floats, race_site: NDArray[np.uint32], purpose: int, seed: int, replication: int) -> int:
    """The option that wins the race of the customer with this number (model 3.3)."""
    if weight.shape[0] == 1:
        return 0
    winner, soonest = 0, math.inf
    for j in range(weight.shape[0]):
        if weight[j] > 0.0:
            w0, _, _, _ = block(number, race_site[j], purpose, 0, seed, replication)
            time = -math.log(uniform32(w0)) / weight[j]
            if time < soonest:
                winner, soonest = j, time
    return winner


@compiled
def _draw_affinity(
    number: int, s: int, c: int, mean: Floats, row: NDArray[np.int32], channel_site: NDArray[np.uint32],
    rows: Floats, values: Floats, seed: int, replication: int,
) -> float:  # fmt: skip
    if row[s, c] < 0:
        return float(mean[s, c])
    _, w1, w2, w3 = block(number, channel_site[c], sites.AFFINITY, 0, seed, replication)
    return sample(rows, values, row[s, c], w1, w2, w3)


@compiled
def _draw(
    seed: int, replication: int, number: Numbers, segment_weight: Floats, segment_site: NDArray[np.uint32],
    trait_row: NDArray[np.int32], trait_site: NDArray[np.uint32], affinity_mean: Floats,
    affinity_row: NDArray[np.int32], channel_site: NDArray[np.uint32], consent_share: Floats, consent_site: int,
    rows: Floats, values: Floats,
    start_touchpoint: NDArray[np.int32], start_weight: Floats, start_site: NDArray[np.uint32], arrival_site: int,
    segment: NDArray[np.int16], start: NDArray[np.int32], uniform: Floats, traits: Floats, affinity: Floats,
    consent: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Fill the last six arrays, customer by customer."""
    for i in range(segment.shape[0]):
        s = _race(number[i], segment_weight, segment_site, sites.SEGMENT, seed, replication)
        segment[i] = s
        start[i] = start_touchpoint[_race(number[i], start_weight, start_site, sites.START, seed, replication)]
        _, w1, w2, w3 = block(number[i], arrival_site, sites.ARRIVAL, 0, seed, replication)
        uniform[i] = uniform53(w1, w2)
        for trait in range(trait_row.shape[1]):
            _, w1, w2, w3 = block(number[i], trait_site[trait], sites.TRAIT, 0, seed, replication)
            traits[i, trait] = sample(rows, values, trait_row[s, trait], w1, w2, w3)
        for c in range(affinity.shape[1]):
            affinity[i, c] = _draw_affinity(
                number[i], s, c, affinity_mean, affinity_row, channel_site, rows, values, seed, replication
            )
        consent[i] = consent_share[s] >= 1.0
        if not consent[i]:
            w0, w1, w2, w3 = block(number[i], consent_site, sites.CONSENT, 0, seed, replication)
            consent[i] = uniform32(w0) < consent_share[s]

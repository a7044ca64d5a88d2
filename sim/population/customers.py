"""Drawing the customers of one replication."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.compiling.compiled import compiled
from sim.compiling.vectors import COUNT
from sim.draws import sites
from sim.draws.columns import filled_up, uniforms
from sim.draws.distributions import FAMILY, FIRST, FIXED, sample
from sim.draws.eight import draw_column, round_keys
from sim.draws.philox import Word, block, uniform32, uniform53
from sim.draws.poisson import poisson
from sim.draws.sites import site
from sim.population.arrivals import Grid
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
            drawn[:, c] = uniforms(self.number, channel_site, sites.OPT_IN, self.seed, self.replication)
        return drawn < shares.reshape(len(plan.segments), len(plan.channels))[self.segment]

    def likings(self) -> Floats:
        """How much everybody likes each content of the plan, shape (customers, liked) (model 33.6)."""
        plan, everybody = self.plan, filled_up(self.number)
        found = np.zeros((len(everybody), len(plan.liked)))
        segment = np.zeros(len(everybody), np.int16)
        segment[: len(self.segment)] = self.segment
        keys = round_keys(self.seed, self.replication)
        for column, row in enumerate(plan.liking_row.T):
            _sample(
                keys, everybody, plan.liking_site[column], sites.LIKING, row, plan.rows, plan.values, segment,
                found[:, column],
            )  # fmt: skip
        return found[: len(self.segment)]

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
                    uniforms(
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
    everybody = filled_up(number)
    room = len(everybody)
    segment = np.zeros(room, np.int16)
    start = np.zeros(room, np.int32)
    uniform = np.zeros(room)
    consent = np.zeros(room, np.bool_)
    traits = np.empty((room, len(TRAITS)))
    affinity = np.empty((room, len(plan.channels)))
    keys = round_keys(seed, replication)
    _draw(
        keys, everybody, plan.segment_weight, plan.segment_site, plan.consent, bool((plan.consent < 1.0).any()),
        site("consent"), plan.start_touchpoint, plan.start_weight, plan.start_site, site("arrival"), segment, start,
        uniform, consent,
    )  # fmt: skip
    for trait, row in enumerate(plan.trait_row.T):
        fixed = plan.rows[row, FIRST]
        traits[:, trait] = fixed[0] if len(fixed) == 1 else fixed[segment]
        if (plan.rows[row, FAMILY] != FIXED).any():
            _sample(
                keys, everybody, plan.trait_site[trait], sites.TRAIT, row, plan.rows, plan.values, segment,
                traits[:, trait],
            )  # fmt: skip
    for c, row in enumerate(plan.affinity_row.T):
        affinity[:, c] = plan.affinity_mean[segment, c]
        if (row >= 0).any():
            _sample(
                keys, everybody, plan.channel_site[c], sites.AFFINITY, row, plan.rows, plan.values, segment,
                affinity[:, c],
            )  # fmt: skip
    segment, start, uniform, consent = segment[:n], start[:n], uniform[:n], consent[:n]
    traits, affinity = traits[:n], affinity[:n]
    if arrival is None:
        arrival = _arrivals(plan.arrival_grid, uniform)
        for channel, grid in zip(plan.bought_channel, plan.bought_grids, strict=True):
            if grid is not plan.arrival_grid:
                arrival[bought == channel] = _arrivals(grid, uniform[bought == channel])
    limited = _within_limits(traits)
    return Population(plan, seed, replication, number, bought, segment, arrival, start, limited, affinity, consent)


def _arrivals(grid: Grid, uniform: Floats) -> Floats:
    """The days on which those with these uniforms arrive, shape (customers,)."""
    share, day = grid
    times: Floats = np.interp(uniform, share, day) if len(day) else np.zeros(len(uniform))
    return times


def _within_limits(traits: Floats) -> Floats:
    """Bring drawn traits, shape (customers, traits), within the limits of model section 1, in place."""
    column = {trait: traits[:, number] for number, trait in enumerate(TRAITS)}
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
def _race(
    numbers: Numbers, at: int, weight: Floats, race_site: NDArray[np.uint32], purpose: int, keys: Numbers,
    words: Numbers, waits: Floats, soonest: Floats, winner: NDArray[np.int32],
) -> None:  # fmt: skip
    """The options that win the races of eight customers (model 3.3), into `winner`."""
    winner[:] = 0
    if weight.shape[0] == 1:
        return
    soonest[:] = math.inf
    for j in range(weight.shape[0]):
        if weight[j] > 0.0:
            draw_column(numbers, at, race_site[j], purpose, keys, words, waits)
            for k in range(COUNT):
                time = waits[k] / weight[j]
                if time < soonest[k]:
                    winner[k], soonest[k] = j, time


@compiled
def _draw(
    keys: Numbers, numbers: Numbers, segment_weight: Floats, segment_site: NDArray[np.uint32], consent_share: Floats,
    some_refuse: bool, consent_site: int, start_touchpoint: NDArray[np.int32], start_weight: Floats,
    start_site: NDArray[np.uint32], arrival_site: int, segment: NDArray[np.int16], start: NDArray[np.int32],
    uniform: Floats, consent: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Fill the last four arrays, whose length is a multiple of eight, eight customers at a time.

    Whether `some_refuse` is not looked up here, because it would take numpy functions: to load code with one of them in
    it, Numba loads scipy.linalg.
    """
    words, waits = np.empty((4, COUNT), np.uint64), np.empty(COUNT)
    soonest, winner = np.empty(COUNT), np.empty(COUNT, np.int32)
    for at in range(0, segment.shape[0], COUNT):
        _race(numbers, at, segment_weight, segment_site, sites.SEGMENT, keys, words, waits, soonest, winner)
        for k in range(COUNT):
            segment[at + k] = winner[k]
        _race(numbers, at, start_weight, start_site, sites.START, keys, words, waits, soonest, winner)
        for k in range(COUNT):
            start[at + k] = start_touchpoint[winner[k]]
        draw_column(numbers, at, arrival_site, sites.ARRIVAL, keys, words, waits)
        for k in range(COUNT):
            uniform[at + k] = uniform53(Word(words[1, k]), Word(words[2, k]))
        if some_refuse:
            draw_column(numbers, at, consent_site, sites.CONSENT, keys, words, waits)
        for k in range(COUNT):
            share = consent_share[segment[at + k]]
            consent[at + k] = share >= 1.0 or uniform32(Word(words[0, k])) < share


@compiled
def _sample(
    keys: Numbers, numbers: Numbers, column_site: int, purpose: int, row: NDArray[np.int32], rows: Floats,
    values: Floats, segment: NDArray[np.int16], sampled: Floats,
) -> None:  # fmt: skip
    """Sample for everybody from the row of their segment; where that is -1, `sampled` stays as it is."""
    words, waits = np.empty((4, COUNT), np.uint64), np.empty(COUNT)
    for at in range(0, segment.shape[0], COUNT):
        draw_column(numbers, at, column_site, purpose, keys, words, waits)
        for k in range(COUNT):
            r = row[segment[at + k]]
            if r >= 0:
                w1, w2, w3 = Word(words[1, k]), Word(words[2, k]), Word(words[3, k])
                sampled[at + k] = sample(rows, values, r, w1, w2, w3)

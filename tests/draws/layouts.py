"""The orders in which the engine's counters follow one another, and generators that are broken on purpose."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.philox import Words, block
from sim.draws.sites import site
from sim.scenario import load
from sim.scenario.resolve import channel_shares

SHIPPED = Path(__file__).resolve().parents[2] / "scenarios"

LAYOUTS = ("customers", "visits", "sites", "replications", "seeds")
"""What changes from one block to the next, everything else staying as it is until it has run through."""
CUSTOMERS, VISITS, SITES, REPLICATIONS, SEEDS = range(len(LAYOUTS))

SOUND, STUCK_WORD, FORGETS_THE_VISIT, PAIRS_CUSTOMERS, ONE_BIT_STUCK = -1, -2, -3, -4, -5
"""Generators: the engine's, and broken ones; a number above 0 is Philox with so many rounds."""

_INNER = 2**20
_VISITS = 2**12
_KEYS = 2**12


def uses() -> NDArray[np.int64]:
    """Every (purpose, site) that the shipped scenarios draw for, shape (uses, 2)."""
    found: dict[tuple[int, int], None] = {}
    for name in ("online-shop", "subscription"):
        scenario = load(SHIPPED / f"{name}.toml")
        texts = [(sites.SEGMENT, f"segment:{segment.id}") for segment in scenario.segments]
        texts += [(sites.ARRIVAL, "arrival"), (sites.CONSENT, "consent")]
        texts += [(sites.TRAIT, f"trait:{trait}") for trait in ("propensity", "pace", "attrition")]
        texts += [(sites.AFFINITY, f"channel:{channel.id}") for channel in scenario.channels]
        for touchpoint in scenario.touchpoints:
            own = f"touchpoint:{touchpoint.id}"
            texts += [(purpose, own) for purpose in (sites.START, sites.VISIT, sites.VALUE)]
            texts += [(sites.CHANNEL, f"{own}@{channel}") for channel in channel_shares(scenario, touchpoint)]
            texts += [(purpose, own) for purpose in (sites.SERVICE, sites.PATIENCE) if touchpoint.desk]
        texts += [(sites.TRANSITION, f"transition:{transition.key}") for transition in scenario.transitions]
        texts += [(sites.SURVEY, f"survey:{survey.id}@{at}") for survey in scenario.surveys for at in survey.at]
        found |= dict.fromkeys((purpose, site(text)) for purpose, text in texts)
    return np.array(list(found), np.int64)


@compiled
def reduced(customer: int, at: int, purpose: int, visit: int, seed: int, replication: int, rounds: int) -> Words:
    """The block of `sim.draws.philox.block`, with fewer rounds."""
    low = np.uint64(0xFFFFFFFF)
    c0, c1 = np.uint64(customer) & low, np.uint64(customer) >> np.uint64(32)
    c2, c3 = np.uint64(at), np.uint64((purpose << 24) | (visit & 0xFFFFFF))
    k0, k1 = np.uint64(seed), np.uint64(replication)
    for _ in range(rounds):
        p0 = np.uint64(0xD2511F53) * c0
        p1 = np.uint64(0xCD9E8D57) * c2
        c0 = (p1 >> np.uint64(32)) ^ c1 ^ k0
        c2 = (p0 >> np.uint64(32)) ^ c3 ^ k1
        c1, c3 = p1 & low, p0 & low
        k0 = (k0 + np.uint64(0x9E3779B9)) & low
        k1 = (k1 + np.uint64(0xBB67AE85)) & low
    return np.uint32(c0), np.uint32(c1), np.uint32(c2), np.uint32(c3)


@compiled
def drawn(generator: int, customer: int, at: int, purpose: int, visit: int, seed: int, replication: int) -> Words:
    """A block by one of the generators."""
    if generator > 0:
        return reduced(customer, at, purpose, visit, seed, replication, generator)
    if generator == FORGETS_THE_VISIT:
        return block(customer, at, purpose, visit >> 1, seed, replication)
    if generator == PAIRS_CUSTOMERS:
        return block(customer >> 1, at, purpose, visit, seed, replication)
    w0, w1, w2, w3 = block(customer, at, purpose, visit, seed, replication)
    if generator == STUCK_WORD:
        w2 = np.uint32(0x5EED5EED)
    if generator == ONE_BIT_STUCK:
        w1 = w1 | np.uint32(1 << 17)
    return w0, w1, w2, w3


@compiled
def nth(generator: int, layout: int, used: NDArray[np.int64], k: int) -> Words:
    """Block k of a layout; `used` as `uses` gives it."""
    customer, use, visit, seed, replication = 0, 0, 0, 2026, 0
    many = used.shape[0]
    if layout == CUSTOMERS:
        customer, rest = k % _INNER, k // _INNER
        use, visit = rest % many, rest // many
    elif layout == VISITS:
        visit, rest = k % _VISITS, k // _VISITS
        use, customer = rest % many, rest // many
    elif layout == SITES:
        use, rest = k % many, k // many
        visit, customer = rest % 8, rest // 8
    elif layout == REPLICATIONS:
        replication, rest = k % _KEYS, k // _KEYS
        use, customer = rest % many, rest // many
    else:
        seed, rest = k % _KEYS, k // _KEYS
        use, customer = rest % many, rest // many
    return drawn(generator, customer, used[use, 1], used[use, 0], visit, seed, replication)

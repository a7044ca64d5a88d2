"""The least arithmetic that the measured journey needs: its random blocks, logarithms and exponentials, nothing else.

For each entry into a touchpoint:

- each channel of several: one block and one logarithm (race);
- a contact: one logarithm (affinity);
- unless it is an exit: one block (handoff and emotion together) and one normal, that is a logarithm, a root and a
  cosine;
- each transition: one block, one logarithm and one exponential (race);
- the delay, from the block of the transition that won: a logarithm, or a normal and an exponential;
- a goal with money: one block, a normal and an exponential, and an exponential for its discount.

No block is counted twice that the model lets serve twice. The loop goes through the entries of a finished run and
neither weighs, compares nor remembers anything; no program that draws what the model asks for can compute less.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.philox import block, normal, uniform32, uniform53
from tests.bench.path import Path
from tests.bench.simpy_touchpoints import Spread, Touchpoint


class Arithmetic(NamedTuple):
    """What the loop did."""

    blocks: int
    logarithms: int
    exponentials: int
    cosines: int
    """and as many roots"""
    total: float
    """of everything that was computed, so that nothing can be left out"""


@dataclass(frozen=True)
class Sites:
    """What the loop has to know of each touchpoint n.

    Lists stand in one array from `…_first[n]` to `…_first[n + 1]`.
    """

    touchpoint: NDArray[np.uint32]
    leaves: NDArray[np.bool_]
    value_sigma: NDArray[np.float64]
    """of a goal's money, lognormal; NaN without one"""
    channel_first: NDArray[np.int64]
    channel: NDArray[np.uint32]
    transition_first: NDArray[np.int64]
    transition: NDArray[np.uint32]
    transition_sigma: NDArray[np.float64]
    """of the delay; NaN for an exponential"""


def sites_of(touchpoints: tuple[Touchpoint, ...]) -> Sites:
    """The sites of a scenario's draws."""
    transitions = [transition for touchpoint in touchpoints for transition in touchpoint.transitions]
    return Sites(
        touchpoint=np.array([touchpoint.site for touchpoint in touchpoints], np.uint32),
        leaves=np.array([touchpoint.leaves for touchpoint in touchpoints]),
        value_sigma=np.array([_sigma(touchpoint.worth) for touchpoint in touchpoints]),
        channel_first=np.cumsum([0, *(len(touchpoint.channels) for touchpoint in touchpoints)]),
        channel=np.array([offered.site for touchpoint in touchpoints for offered in touchpoint.channels], np.uint32),
        transition_first=np.cumsum([0, *(len(touchpoint.transitions) for touchpoint in touchpoints)]),
        transition=np.array([transition.site for transition in transitions], np.uint32),
        transition_sigma=np.array([_sigma(transition.delay) for transition in transitions]),
    )


def _sigma(spread: Spread | None) -> float:
    return math.nan if spread is None or spread.sigma is None else spread.sigma


def floor(path: Path, at: Sites, seed: int, replication: int) -> Arithmetic:
    """Do the arithmetic of a whole run."""
    done = _floor(
        path.customer, path.touchpoint, path.visit, path.chosen,
        at.touchpoint, at.leaves, at.value_sigma, at.channel_first, at.channel,
        at.transition_first, at.transition, at.transition_sigma, seed, replication,
    )  # fmt: skip
    return Arithmetic(*done)


@compiled
def _floor(
    customer: NDArray[np.int64], touchpoint: NDArray[np.int64], visit: NDArray[np.int64], chosen: NDArray[np.int64],
    touchpoint_site: NDArray[np.uint32], leaves: NDArray[np.bool_], value_sigma: NDArray[np.float64],
    channel_first: NDArray[np.int64], channel_site: NDArray[np.uint32],
    transition_first: NDArray[np.int64], transition_site: NDArray[np.uint32], transition_sigma: NDArray[np.float64],
    k0: int, k1: int,
) -> tuple[int, int, int, int, float]:  # fmt: skip
    blocks, logarithms, exponentials, cosines, total = 0, 0, 0, 0, 0.0
    for entry in range(customer.shape[0]):
        i, n, v = customer[entry], touchpoint[entry], visit[entry]
        first, last = channel_first[n], channel_first[n + 1]
        if last - first > 1:
            for k in range(first, last):
                w0, _, _, _ = block(i, channel_site[k], sites.CHANNEL, v, k0, k1)
                total += math.log(uniform32(w0))
            blocks += last - first
            logarithms += last - first
        if last > first:
            total += math.log(2.0 + total * total)
            logarithms += 1
        if leaves[n]:
            continue
        _, w1, w2, w3 = block(i, touchpoint_site[n], sites.VISIT, v, k0, k1)
        total += normal(w1, w2, w3)
        blocks += 1
        logarithms += 1
        cosines += 1
        if not math.isnan(value_sigma[n]):
            _, w1, w2, w3 = block(i, touchpoint_site[n], sites.VALUE, v, k0, k1)
            z = normal(w1, w2, w3)
            total += math.exp(value_sigma[n] * z) + math.exp(-abs(z))
            blocks += 1
            logarithms += 1
            cosines += 1
            exponentials += 2
        first, last = transition_first[n], transition_first[n + 1]
        for j in range(first, last):
            w0, x1, x2, x3 = block(i, transition_site[j], sites.TRANSITION, v, k0, k1)
            total += math.log(uniform32(w0)) + math.exp(uniform32(x3))
            if j - first == chosen[entry]:
                w1, w2, w3 = x1, x2, x3
        blocks += last - first
        logarithms += last - first
        exponentials += last - first
        logarithms += 1
        sigma = transition_sigma[first + chosen[entry]]
        if math.isnan(sigma):
            total += math.log(uniform53(w1, w2))
        else:
            total += math.exp(sigma * normal(w1, w2, w3))
            exponentials += 1
            cosines += 1
    return blocks, logarithms, exponentials, cosines, total

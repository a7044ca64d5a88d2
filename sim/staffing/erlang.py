"""What a number of agents achieves in the long run, by Erlang C or, where people give up, Erlang A (model 36).

The formulas are those of Palm (1957) and Zeltyn and Mandelbaum (2005), for arrivals at random and exponential times.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.integrate import quad

_NOTHING = 45.0
"""What is less by a factor of exp of this is left out: less than 1e-19."""
_FAR = 700.0
"""exp of more is beyond all numbers"""


@dataclass(frozen=True)
class Level:
    """Shares of those who ask, and how busy the agents are."""

    within: float
    """served within the time asked for"""
    gave_up: float
    occupancy: float
    """of the agents' time, the share in which they serve"""


def level(asked: float, minutes: float, agents: int, seconds: float, patience_minutes: float | None) -> Level:
    """What so many agents achieve where `asked` people an hour ask and serving one takes `minutes` on average.

    `seconds` is the time to be served within; without patience nobody gives up (Erlang C): then too few agents serve
    nobody in time, for the queue grows for ever.
    """
    if asked <= 0.0:
        return Level(1.0, 0.0, 0.0)
    if agents <= 0:
        return Level(0.0, 1.0 if patience_minutes is not None else 0.0, 1.0)
    work = asked * minutes / 60.0
    if patience_minutes is None and work >= agents:
        return Level(0.0, 0.0, 1.0)
    arriving, serving = asked / 60.0, agents / minutes
    leaving = 0.0 if patience_minutes is None else 1.0 / patience_minutes

    def exponent(wait: float) -> float:
        patient = -math.expm1(-leaving * wait) / leaving if leaving else wait
        return arriving * patient - serving * wait

    likeliest = max(0.0, math.log(arriving / serving) / leaving) if leaving else 0.0
    top = exponent(likeliest)
    begin, end = _reach(exponent, likeliest, minutes / agents)

    def waits(wait: float) -> float:
        """How likely it is that so many minutes would have to be waited, by the likeliest."""
        return math.exp(exponent(wait) - top)

    def serves(wait: float) -> float:
        """The same, and that somebody is patient enough."""
        return waits(wait) * math.exp(-leaving * wait)

    # By how likely it is that an agent is free: both may be beyond all numbers, but not their ratio.
    scale = arriving * math.exp(min(_log_of_one_by_free(work, agents) + top, _FAR))
    waiting = scale * _area(waits, begin, end, likeliest)
    served = scale * _area(serves, begin, end, likeliest)
    in_time = scale * _area(serves, begin, min(seconds / 60.0, end), likeliest)
    gave_up = max(0.0, (waiting - served) / (1.0 + waiting)) if leaving else 0.0
    return Level((1.0 + in_time) / (1.0 + waiting), gave_up, min(1.0, work * (1.0 - gave_up) / agents))


def _log_of_one_by_free(work: float, agents: int) -> float:
    """How likely it is that all agents but one are busy, by that one is free: one by the sum of Erlang's terms."""
    total = 0.0  # its logarithm
    for number in range(1, agents):
        total = float(np.logaddexp(0.0, total + math.log(number / work)))
    return -total


def _reach(exponent: Callable[[float], float], peak: float, step: float) -> tuple[float, float]:
    """From where to where it matters: it falls on both sides of its peak, ever more steeply (it is concave)."""
    least = exponent(peak) - _NOTHING
    right = left = step
    while exponent(peak + right) > least:
        right *= 2.0
    while left < peak and exponent(peak - left) > least:
        left *= 2.0
    return max(0.0, peak - left), peak + right


def _area(height: Callable[[float], float], begin: float, end: float, peak: float) -> float:
    """The integral, on each side of the peak by itself."""
    points = [begin, peak, end] if begin < peak < end else [begin, end]
    return float(sum(quad(height, start, to, limit=200)[0] for start, to in pairwise(points) if to > start))

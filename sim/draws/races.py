"""Races among eight at once (model 3.3): who has the smallest -ln(u) / weight; in logarithms if there are effects."""

# mypy: disable-error-code="untyped-decorator"
# (Numba's interface for extensions has no types that fit it.)

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numba.core import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from sim.compiling.compiled import compiled
from sim.compiling.vectors import COUNT, F64, I64, Eight, Row, spread, widened
from sim.scenario.journey import COVARIATES

Floats = NDArray[np.float64]

_SUMS = 4
"""In so many parts the covariates are added up, so that none has to wait for all before it."""
_NO_WEIGHT = -745.1332191019412
"""The logarithm of the smallest weight that is not 0 as a float."""


@compiled
def race(
    log_waits: Floats, log_shares: Floats, exits: NDArray[np.bool_], effects: Floats, begin: int, end: int,
    x: Floats, log_attrition: float,
) -> int:  # fmt: skip
    """The winner among those from `begin` to `end`, a multiple of eight, by its position behind `begin`; -1 for none.

    The logarithm of a weight is `log_shares`, `log_attrition` where it is an exit, and effects . x, whose coefficients
    stand in rows of eight: row c of those that begin at a multiple of eight belongs to covariate c. `log_waits` are
    the logarithms of -ln(u), from the front.
    """
    winner, soonest = -1, math.inf
    for at in range(begin, end, COUNT):
        winner, soonest = _race_eight(
            log_waits, at - begin, log_shares, exits, effects, at, x, log_attrition, winner, soonest
        )
    return winner


@compiled
def race_of_shares(waits: Floats, inverse_shares: Floats, begin: int, end: int) -> int:
    """As `race` where nothing but the shares counts; `waits` are -ln(u), and where a share is 0 its inverse is inf."""
    winner, soonest = -1, math.inf
    for at in range(begin, end, COUNT):
        winner, soonest = _race_eight_of_shares(waits, at - begin, inverse_shares, at, winner, soonest)
    return winner


def _race(
    context: Any, log_waits: Any, since: Any, log_shares: Any, exits: Any, effects: Any, at: Any, x: Any,
    attrition: Any, winner: Any, soonest: Any,
) -> tuple[Any, Any]:  # fmt: skip
    """The winner among those before and eight more, from a position in the lists on, and the logarithm of its time."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, since, _, _, _, at, _, attrition, winner, soonest = arguments
        log_waits, log_shares, exits, effects, x = (
            Row(context, builder, signature.args[position], arguments[position]) for position in (0, 2, 3, 4, 6)
        )
        nothing = spread(builder, F64(0.0))
        first = builder.mul(at, I64(len(COVARIATES)))
        sums = [nothing] * _SUMS
        for c in reversed(range(len(COVARIATES))):
            effect = Eight(builder, effects.load(builder.add(first, I64(COUNT * c))))
            sums[c % _SUMS] = sums[c % _SUMS].plus(effect, spread(builder, x.one(c)))
        is_exit = widened(builder, exits.load(at))
        leaving = spread(builder, attrition).where(
            builder.icmp_unsigned("!=", is_exit.value, is_exit.like(0).value), nothing
        )
        weight = Eight(builder, log_shares.load(at)) + leaving + ((sums[0] + sums[2]) + (sums[1] + sums[3]))
        time = (Eight(builder, log_waits.load(since)) - weight).where(weight.above(_NO_WEIGHT), math.inf)
        return context.make_tuple(builder, signature.return_type, _sooner(time, since, winner, soonest))

    whole, real = types.int64, types.float64
    given = (log_waits, whole, log_shares, exits, effects, whole, x, real, whole, real)
    return types.Tuple((whole, real))(*given), generate


_race_eight: Callable[..., tuple[int, float]] = intrinsic(_race)


def _race_of_shares(
    context: Any, waits: Any, since: Any, inverse_shares: Any, at: Any, winner: Any, soonest: Any
) -> tuple[Any, Any]:
    """The winner among those before and eight more, from a position in the lists on, and its time."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, since, _, at, winner, soonest = arguments
        waits, inverse_shares = (
            Row(context, builder, signature.args[position], arguments[position]) for position in (0, 2)
        )
        time = Eight(builder, waits.load(since)) * Eight(builder, inverse_shares.load(at))
        return context.make_tuple(builder, signature.return_type, _sooner(time, since, winner, soonest))

    whole, real = types.int64, types.float64
    return types.Tuple((whole, real))(waits, whole, inverse_shares, whole, whole, real), generate


_race_eight_of_shares: Callable[..., tuple[int, float]] = intrinsic(_race_of_shares)


def _sooner(time: Eight, since: Any, winner: Any, soonest: Any) -> list[Any]:
    """The winner so far and its time, or the first of eight more."""
    builder = time.builder
    position, least = time.least()
    sooner = builder.fcmp_ordered("<", least, soonest)  # selected, for a branch would be guessed wrong too often
    return [
        builder.select(sooner, builder.add(since, position), winner),
        builder.select(sooner, least, soonest),
    ]

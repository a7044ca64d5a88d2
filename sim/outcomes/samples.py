"""What the replications of a run found of one outcome, what they add up to, and how two arms differ in it."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Final

import numpy as np

from sim.outcomes.definitions import DEFINITIONS
from sim.outcomes.intervals import (
    Floats,
    Interval,
    around,
    central,
    clipped,
    interval,
    mean_of,
    ratio_errors,
    ratio_interval,
    share_of_runs,
    standard_error,
    student,
    variance,
)
from sim.outcomes.outcome import Outcome

ROUNDING: Final = 1e-9
"""Differences smaller than this part of what they are differences of come from the order in which sums were made."""

PartAndWhole = tuple[float, float]


@dataclass(frozen=True)
class Sample:
    """What replications found of one outcome, each by its number."""

    values: dict[int, float] = field(default_factory=dict)
    """of the replications that have a value"""
    sums: dict[int, PartAndWhole] = field(default_factory=dict)
    """part and whole of a ratio, also where the whole is 0; empty for what is no ratio"""

    @property
    def is_ratio(self) -> bool:
        """Whether its parts and wholes are known, so that it is a ratio of sums; not so in runs of older versions."""
        return any(whole for _, whole in self.sums.values()) and self.values.keys() <= self.sums.keys()

    def only(self, numbers: Iterable[int]) -> "Sample":
        """What the replications with these numbers found, in their order."""
        wanted = tuple(numbers)
        if wanted == tuple(self.sums) and self.values.keys() <= self.sums.keys():
            return self
        return Sample(
            {number: self.values[number] for number in wanted if number in self.values},
            {number: self.sums[number] for number in wanted if number in self.sums},
        )


Samples = Mapping[str, Sample]
"""By outcome id."""


@dataclass(frozen=True)
class Change:
    """How an outcome differs between two arms over the same replications."""

    interval: Interval
    tested: tuple[float, float, int] | None
    """mean of the paired differences, its standard error, and how many; None with one replication and where no such
    test is made"""
    variance_ratio: float | None
    """how many times the variance of the difference would be larger, were the replications not paired"""

    @cached_property
    def p(self) -> float | None:
        """Two-sided p value of Student's t; None also where nothing differs, 0 where all differ by the same.

        Worked out when it is asked for, which what is printed after a run never does: scipy takes long to load.
        """
        if self.tested is None:
            return None
        mean, error, n = self.tested
        if error == 0:
            return None if mean == 0 else 0.0
        from scipy.special import stdtr

        return float(2 * stdtr(n - 1, -abs(mean) / error))


NOTHING: Final = Sample()


def level(outcome: str, sample: Sample, drawn: Sample = NOTHING) -> Interval | None:
    """The outcome over all replications; None where none tells it. Of values `drawn` the replications' own count."""
    definition, values = DEFINITIONS[outcome], list(sample.values.values())
    others = list(drawn.values.values())
    if sample.is_ratio:
        return ratio_interval(*_parts_and_wholes(sample), values, others, definition.limits, factors=definition.factors)
    if not values:
        return None
    if definition.of_runs:
        return share_of_runs(values, others)
    return interval(values, others, definition.limits, factors=definition.factors)


def levels(samples: Samples, drawn: Samples) -> dict[str, Interval]:
    """`level` of all outcomes that replications tell, in their order."""
    intervals = {outcome: level(outcome, sample, drawn.get(outcome, NOTHING)) for outcome, sample in samples.items()}
    return {outcome: told for outcome, told in intervals.items() if told is not None}


def change(
    outcome: str, against: Samples, arm: Samples, drawn_against: Samples | None = None, drawn: Samples | None = None
) -> Change | None:
    """How much more the outcome is in an arm than in the one it is compared `against`, replication by replication.

    The samples are of all outcomes, for the size of money tells how precise its differences are. None where no
    replication has the outcome in both, and for what is told of some replications only.
    """
    definition = DEFINITIONS[outcome]
    first, other = against.get(outcome, NOTHING), arm.get(outcome, NOTHING)
    if definition.among is not None:
        return None
    own = changes(outcome, against, arm)
    by_draw = list(changes(outcome, drawn_against or {}, drawn or {}).values())
    both = [number for number in other.sums if number in first.sums]
    first, other = first.only(both), other.only(both)
    if first.is_ratio and other.is_ratio:
        (mean, errors), (reference, reference_errors) = (
            ratio_errors(*_parts_and_wholes(sample)) for sample in (other, first)
        )
        moved = mean - reference
        size = np.max(
            _money(outcome, list(own), against, arm), initial=max(abs(mean), abs(reference), _scale(definition))
        )
        if not any(own.values()) and abs(moved) <= ROUNDING * size:
            return _changed(definition, 0.0, np.zeros(len(both)), list(own.values()), by_draw, None)
        independent = _squares(errors) + _squares(reference_errors)
        return _changed(definition, moved, errors - reference_errors, list(own.values()), by_draw, independent)
    if not own:
        return None
    paired = list(own.values())
    mean = mean_of(paired)
    independent = sum(_spread([sample.values[number] for number in own]) for sample in (against[outcome], arm[outcome]))
    return _changed(definition, mean, np.array(paired) - mean, paired, by_draw, independent)


def changed(outcome: str, differences: Sequence[float], drawn: Sequence[float] = ()) -> Change:
    """The same where only the differences of the pairs are known."""
    mean = mean_of(differences)
    return _changed(DEFINITIONS[outcome], mean, np.array(differences) - mean, differences, drawn, None)


def changes(outcome: str, against: Samples, arm: Samples) -> dict[int, float]:
    """The differences of the replications that have the outcome in both arms, by number; 0 where they are rounding.

    Sums come out a little differently where the same events are added in another order. How little depends on what
    was added, not on what is left of it: a profit of a few cents is made of a revenue of thousands.
    """
    first, other = against.get(outcome, NOTHING).values, arm.get(outcome, NOTHING).values
    numbers = [number for number in other if number in first]
    values = np.array([[sample[number] for number in numbers] for sample in (first, other)])
    size = np.maximum(np.abs(values).max(axis=0, initial=0.0), _scale(DEFINITIONS[outcome]))
    size = np.maximum(size, _money(outcome, numbers, against, arm))
    moved = values[1] - values[0]
    return dict(zip(numbers, np.where(np.abs(moved) <= ROUNDING * size, 0.0, moved).tolist(), strict=True))


def ratio_of_changes(
    outcome: str, against: Samples, arm: Samples, drawn_against: Samples | None = None, drawn: Samples | None = None
) -> Change | None:
    """Difference in one outcome per difference in another: a ratio of means, with the intervals of Fieller (1954).

    `outcome` is a ratio that only a comparison has, such as profit per cost. The intervals have no ends where the
    difference in the second cannot be told from 0. None where it does not differ at all, or only among replications and
    not in their mean, and for what is no such ratio.
    """
    definition = DEFINITIONS[outcome]
    if not definition.paired or definition.ratio_of is None:
        return None
    added = _added(definition.ratio_of, against, arm)
    parts, wholes = [part for part, _ in added], [whole for _, whole in added]
    total = math.fsum(wholes)
    if not any(wholes) or total == 0:
        return None
    n, ratio = len(added), math.fsum(parts) / total
    own = [part / whole for part, whole in added if whole]
    by_draw = _added(definition.ratio_of, drawn_against or {}, drawn or {})
    sure = [part / whole for part, whole in by_draw] if all(whole for _, whole in by_draw) else []
    ends, within = (fieller(parts, wholes, one_more) if n > 1 else None for one_more in (False, True))
    sd = math.sqrt(variance(own)) if len(own) == n > 1 else None
    anything = definition.limits
    told = Interval(ratio, sd, n, *clipped(ends, anything), *clipped(within, anything), *central(sure))
    return Change(told, None, None)


def _added(ratio_of: tuple[str, str], against: Samples, arm: Samples) -> list[PartAndWhole]:
    """Differences in both outcomes of the replications that have both."""
    parts, wholes = (changes(outcome, against, arm) for outcome in ratio_of)
    return [(parts[number], whole) for number, whole in wholes.items() if number in parts]


def fieller(parts: Sequence[float], wholes: Sequence[float], one_more: bool) -> tuple[float, float] | None:
    """Between what the ratio of means lies, or that of one more replication; None where that has no end.

    All ratios r for which the mean of (part - r x whole) cannot be told from 0; for one more replication, for which 0
    lies among the values to be expected of it.
    """
    n = len(parts)
    part, whole = mean_of(parts), mean_of(wholes)
    scale = student(n) ** 2 * ((1 + 1 / n) if one_more else 1 / n) / (n - 1)
    of_part, of_whole = np.array(parts) - part, np.array(wholes) - whole
    a = whole * whole - scale * _dot(of_whole, of_whole)
    b = whole * part - scale * _dot(of_part, of_whole)
    c = part * part - scale * _dot(of_part, of_part)
    if a <= 0:
        return None
    root = math.sqrt(max(b * b - a * c, 0.0))
    return (b - root) / a, (b + root) / a


def _changed(
    definition: Outcome,
    mean: float,
    errors: Floats,
    own: Sequence[float],
    drawn: Sequence[float],
    independent: float | None,
) -> Change:
    told = around(mean, errors, own, drawn, definition.difference_limits)
    if len(errors) < 2:
        return Change(told, None, None)
    of_pairs = _squares(errors)
    tested = mean, standard_error(errors), len(errors)
    return Change(told, tested, independent / of_pairs if independent is not None and of_pairs else None)


def _parts_and_wholes(sample: Sample) -> tuple[list[float], list[float]]:
    flat = list(chain.from_iterable(sample.sums.values()))
    return flat[::2], flat[1::2]


def _scale(definition: Outcome) -> float:
    """The size of what values between limits are made of, however near 0 they themselves are."""
    return max((abs(limit) for limit in definition.limits if limit is not None), default=0.0)


def _money(outcome: str, numbers: Sequence[int], *arms: Samples) -> Floats | float:
    """The size of the sums of money of which the outcome is what is left, shape (numbers,); 0 for other outcomes."""
    rest, divisor = DEFINITIONS[outcome].ratio_of or (outcome, None)
    made_of = DEFINITIONS[rest].left_of
    if not made_of or not numbers:
        return 0.0
    totals = [_of_numbers(samples[id_], numbers) for samples in arms for id_ in (*made_of, rest) if id_ in samples]
    most: Floats = np.abs(totals).max(axis=0, initial=0.0)
    if divisor is None:
        return most
    least = np.abs([_of_numbers(samples.get(divisor, NOTHING), numbers) for samples in arms]).min(axis=0)
    size: Floats = np.divide(most, least, out=np.zeros_like(most), where=least > 0)
    return size


def _of_numbers(sample: Sample, numbers: Sequence[int]) -> list[float]:
    """The values of those replications, 0 for one that has none."""
    return [sample.values.get(number, 0.0) for number in numbers]


def _squares(errors: Floats) -> float:
    return _dot(errors, errors)


def _dot(one: Floats, other: Floats) -> float:
    return math.fsum((one * other).tolist())


def _spread(values: Sequence[float]) -> float:
    return variance(values) * (len(values) - 1) if len(values) > 1 else 0.0

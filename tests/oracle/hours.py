"""Weights by the hour of the week, and the time they add up to (model 1: arrival profile, activity clock).

In exact fractions: a delay that ends with the working day ends on the edge of a time without weight, where rounding
would decide between the two ends of the night.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import floor


class HourlyWeights:
    """168 weights, repeated every week from day 0."""

    def __init__(self, from_monday: Sequence[Fraction], weekday_of_day_0: int) -> None:
        self.weights = [from_monday[(24 * weekday_of_day_0 + hour) % 168] for hour in range(168)]
        self.until = [sum(self.weights[:hour], Fraction(0)) / 24 for hour in range(169)]
        """weight x days from the start of the week to the start of each hour"""

    def integral(self, time: Fraction) -> Fraction:
        """Weight x days from 0 to time."""
        weeks = floor(time / 7)
        hours = (time - 7 * weeks) * 24
        hour = floor(hours)
        return weeks * self.until[168] + self.until[hour] + (hours - hour) / 24 * self.weights[hour]

    def reached(self, amount: Fraction) -> Fraction:
        """The smallest time from 0 on at which the integral is at least the amount."""
        if amount <= 0:
            return Fraction(0)
        weeks = floor(amount / self.until[168])
        rest = amount - weeks * self.until[168]
        if rest == 0:
            weeks, rest = weeks - 1, self.until[168]
        hour = next(hour for hour in range(168) if self.until[hour + 1] >= rest)
        return 7 * weeks + (hour + (rest - self.until[hour]) * 24 / self.weights[hour]) / 24


def scaled_to_mean_1(weights: Sequence[float]) -> list[Fraction]:
    total = sum(map(Fraction, weights), Fraction(0))
    return [Fraction(weight) * len(weights) / total for weight in weights]

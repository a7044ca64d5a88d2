"""What an arm is worth against another, over the same customers (model 39)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.money.books import Books
from sim.money.break_even import BreakEven, break_even
from sim.money.statement import ByDay, Statement, cleared, run_of, statement
from sim.outcomes.calendar import Period
from sim.outcomes.intervals import Interval, interval, share_of_runs
from sim.outcomes.lines import CUMULATED, PROFIT, line_of
from sim.outcomes.samples import ROUNDING

Floats = NDArray[np.float64]

DAYS_A_YEAR = 365.0


class NotComparableError(ValueError):
    """Two arms do not run over the same days."""


@dataclass(frozen=True)
class BusinessCase:
    """How much more profit an arm makes than another, when, and what that depends on."""

    arm: str
    against: str
    replications: int
    days: float
    difference: Statement
    """profit and cumulated profit"""
    total: Interval
    """difference of profit over the whole run"""
    value: Interval
    """its net present value"""
    rate: float
    """interest a year"""
    differs: bool
    """whether they differ at all, on any day of any replication"""
    pays_back: Interval | None
    """share of replications that pay back; None where nothing differs"""
    payback_days: Interval | None
    """among these"""
    break_even: tuple[BreakEven, ...]
    by_day: ByDay


def business_case(books: Books, arm: str, against: str, per: Period) -> BusinessCase:
    """The case of an arm against another, both in the books. Raises NotComparableError where their days differ."""
    first, other = books.arms[against].scenario, books.arms[arm].scenario
    check_same_days(books, arm, against)
    more = books.ledgers[arm] - books.ledgers[against]
    nothing = too_little(books.ledgers[arm], books.ledgers[against])
    profit = line_of(more, PROFIT)
    cumulated = cleared(np.cumsum(profit, axis=-1), nothing[:, None])
    back = [paid_back(each, other.horizon) for each in cumulated]
    those = [day for day in back if day is not None]
    differs = bool(cumulated.any())
    return BusinessCase(
        arm=arm,
        against=against,
        replications=books.replications,
        days=other.horizon,
        difference=statement(more, other.start_date, per, (PROFIT, CUMULATED), nothing),
        total=interval(cumulated[:, -1].tolist()),
        value=interval(cleared(present_value(profit, first.money.discount_rate), nothing).tolist()),
        rate=first.money.discount_rate,
        differs=differs,
        pays_back=share_of_runs([float(day is not None) for day in back]) if differs else None,
        payback_days=interval(those, limits=(0.0, None)) if those else None,
        break_even=break_even(books, arm, against, cumulated[:, -1]) if differs else (),
        by_day=run_of(cumulated),
    )


def check_same_days(books: Books, arm: str, against: str) -> None:
    """Raise NotComparableError where the arms begin or end on different days."""
    days = [(each.start_date, each.horizon) for each in (books.arms[id_].scenario for id_ in (arm, against))]
    if days[0] != days[1]:
        told = " and ".join(
            f'"{id_}" runs {horizon:g} days from {start}'
            for id_, (start, horizon) in zip((arm, against), days, strict=True)
        )
        raise NotComparableError(f"{told}; compare arms that begin on the same date and last as long")


def too_little(*ledgers: Floats) -> Floats:
    """Up to which amount differences of these ledgers come of rounding, shape (replications,)."""
    most: Floats = ROUNDING * np.max([np.abs(each).sum(axis=(-2, -1)) for each in ledgers], axis=0)
    return most


def present_value(profit: Floats, rate: float) -> Floats:
    """What profits by day, shape (…, days), are worth on the first day at that interest a year."""
    worth: Floats = profit @ (1.0 + rate) ** (-np.arange(profit.shape[-1]) / DAYS_A_YEAR)
    return worth


def paid_back(cumulated: Floats, horizon: float) -> float | None:
    """The first day, from 1, at whose end a cumulated difference is above 0 for good; None where there is none."""
    if cumulated[-1] <= 0:
        return None
    behind = np.flatnonzero(cumulated <= 0)
    return float(min(behind[-1] + 2 if behind.size else 1, horizon))

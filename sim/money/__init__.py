"""Profit and loss over time, and what an arm is worth against another (model 38 and 39)."""

from sim.money.assumptions import Assumption, TooManyNumbersError, find_assumptions
from sim.money.books import Books, open_books
from sim.money.break_even import BreakEven
from sim.money.business_case import BusinessCase, NotComparableError, business_case
from sim.money.statement import ByDay, Statement, cumulated, profit_and_loss

__all__ = [
    "Assumption",
    "Books",
    "BreakEven",
    "BusinessCase",
    "ByDay",
    "NotComparableError",
    "Statement",
    "TooManyNumbersError",
    "business_case",
    "cumulated",
    "find_assumptions",
    "open_books",
    "profit_and_loss",
]

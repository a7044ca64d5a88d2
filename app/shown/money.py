"""Profit and loss, and what an arm is worth, as it is said everywhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from app.shown.address_words import address_in_words
from app.shown.figures import told_together
from sim.outcomes.definitions import DEFINITIONS, PAYBACK, PAYS_BACK, PROFIT
from sim.outcomes.lines import CUMULATED, LINES
from sim.outcomes.outcome import signed
from sim.scenario.tables import tables_of
from sim.store.cells import as_texts

if TYPE_CHECKING:
    from sim.money import Assumption, BreakEven, BusinessCase, Statement
    from sim.money.assumptions import Change
    from sim.outcomes.intervals import Interval
    from sim.scenario import Scenario

SAME: Final = "Both arms make the same profit on every day."
CASE_HEADS: Final = ("From", "Difference in profit", "Cumulated", "One-cohort range, cumulated")
EVEN_HEADS: Final = ("Break-even", "Now", "Both make the same profit at")
DEPENDS_HEADS: Final = ("What it depends on", "Now", "10 % lower", "10 % higher")
NOTHING_TO_ASK: Final = "None of the numbers asked changes it."
NOT_EXACT: Final = (
    "Prices marked * also decide what the brand sends here (a budget, or next best action): the figure holds for sends "
    "as they are."
)
INCOMPLETE: Final = "* The run has only a part of it."
CSV_HEADS: Final = (
    "table", "arm", "against", "from", "line", "mean", "sd", "n", "lo", "hi", "range_lo", "range_hi",
)  # fmt: skip
_SMALL: Final = 1000.0
"""Differences below this are shown with cents, where none of the table is larger."""
_TINY: Final = 10.0
"""A line of which no month has as much is shown with cents."""
_EVEN: Final = {
    "setup": "Set-up cost of the arm",
    "running": "Running cost per month of the arm",
}


def heads(told: Statement) -> tuple[str, ...]:
    """Above the columns of `rows`: one for each period, and one for the whole run."""
    return "", *periods(told), "Whole run"


def periods(told: Statement) -> list[str]:
    """What the periods are called: months as `2026-01`; those of which the run has a part with an asterisk."""
    names = (date[:7] if told.per == "month" else date for date in told.date)
    return [f"{name}{'' if whole else ' *'}" for name, whole in zip(names, told.whole, strict=True)]


def rows(told: Statement) -> Iterator[tuple[str, ...]]:
    """A row for each line: its mean in each period with the simulation error below, and in the whole run."""
    plain = not {"discounts", "refunds"} & told.lines.keys()
    for line, figures in told.lines.items():
        if line == "sales" and plain:
            continue  # net revenue says it
        decimals = 0 if max(abs(each.mean) for each in figures) >= _TINY else 2
        yield LINES[line].label, *(_amount(each, decimals) for each in (*figures, told.total[line]))


def answer(told: Statement, arm: str, currency: str) -> str:
    """The sentence that answers for one arm."""
    profit = told.total[PROFIT]
    money = DEFINITIONS[PROFIT]
    ends = _ends(profit, 0)
    return f'Under "{arm}", profit in the whole run is {money.shown(profit.mean, currency)}{ends}.'


def case_answer(case: BusinessCase, arm: str, against: str, currency: str) -> str:
    """The sentences that answer what an arm is worth against another."""
    if not case.differs:
        return SAME
    money, total, value = DEFINITIONS[PROFIT], case.total, case.value
    way = "higher" if total.mean >= 0 else "lower"
    told = [
        f'Under "{arm}", profit over {case.days:g} days is {money.shown(abs(total.mean), currency)} {way} than under '
        f'"{against}"{_ends(total, 0, sign=True)}{_of_chance(total)}.',
        f"At {100 * case.rate:g} % interest a year the difference is worth "
        f"{money.shown(value.mean, currency)}{_ends(value, 0, sign=True)} on the first day.",
        f"It pays back {_payback(case)}.",
    ]
    return " ".join(told)


def case_rows(case: BusinessCase) -> Iterator[tuple[str, ...]]:
    """A row for each period: the difference in profit, cumulated, and where that of one cohort would lie."""
    told = case.difference
    decimals = _decimals(told)
    for name, own, so_far in zip(periods(told), told.lines[PROFIT], told.lines[CUMULATED], strict=True):
        low, high = so_far.range_lo, so_far.range_hi
        cohort = "–" if low is None or high is None else f"{signed(low, decimals)} to {signed(high, decimals)}"
        yield name, _amount(own, decimals, sign=True), _amount(so_far, decimals, sign=True), cohort


def even_rows(found: Sequence[BreakEven], currency: str) -> Iterator[tuple[str, ...]]:
    """A row for each price at which both make the same profit."""
    money = DEFINITIONS[PROFIT]
    for each in found:
        label = _EVEN.get(each.line, LINES[each.line].label)
        if each.factor:
            shown, ends = f"× {each.at:,.2f}", _between(each.low, each.high, 2)
            yield f"{label}{'' if each.exact else ' *'}", "× 1", f"{shown}{ends}"
        else:
            yield (
                label,
                money.shown(each.now, currency),
                f"{money.shown(each.at, currency)}{_between(each.low, each.high, 0)}",
            )


def depends_answer(found: Sequence[Assumption], scenario: Scenario) -> str:
    """The sentence that answers what the worth of an arm depends on most."""
    if not found:
        return NOTHING_TO_ASK
    most = address_in_words(found[0].address, tables_of(scenario))
    return f"Of the numbers asked, the difference depends on this most: {most}."


def depends_rows(found: Sequence[Assumption], scenario: Scenario) -> Iterator[tuple[str, ...]]:
    """A row for each number: how much more the arm is worth with it a tenth lower, and a tenth higher."""
    tables = tables_of(scenario)
    means = [abs(each.worth.mean) for one in found for each in (one.lower, one.higher) if each is not None]
    decimals = 0 if max(means, default=0.0) >= _SMALL else 2
    for one in found:
        label = f"{address_in_words(one.address, tables)}{' (of the arm)' if one.own else ''}"
        yield label, f"{one.now:,g}", _changed(one.lower, decimals), _changed(one.higher, decimals)


def how_sure(replications: int) -> str:
    """How many replications it was, and what the brackets hold."""
    times = "1 replication" if replications == 1 else f"{replications} replications"
    return f"{times}; the brackets hold the simulation error (95 %)."


def how_sure_of(found: Sequence[Assumption]) -> str:
    """The same of the numbers asked, which took fewer replications; nothing where none was."""
    told = (change.worth.n for each in found for change in (each.lower, each.higher) if change is not None)
    return how_sure(n) if (n := next(told, None)) is not None else ""


def document(told: Statement) -> dict[str, Any]:
    """A profit and loss, or a difference of two, for a program."""
    return {
        "by": told.per,
        "periods": [
            {"from": date, "day": day, "complete": whole}
            for date, day, whole in zip(told.date, told.day, told.whole, strict=True)
        ],
        "lines": {
            line: {
                "label": LINES[line].label,
                "by_period": [asdict(each) for each in figures],
                "total": asdict(told.total[line]),
            }
            for line, figures in told.lines.items()
        },
    }


def case_document(case: BusinessCase) -> dict[str, Any]:
    """What an arm is worth against another, for a program."""
    return {
        "arm": case.arm,
        "against": case.against,
        "difference": document(case.difference),
        "total": asdict(case.total),
        "net_present_value": asdict(case.value),
        "discount_rate": case.rate,
        PAYS_BACK: None if case.pays_back is None else asdict(case.pays_back),
        PAYBACK: None if case.payback_days is None else asdict(case.payback_days),
        "break_even": [asdict(each) for each in case.break_even],
    }


def csv_text(statements: Mapping[str, Statement], case: BusinessCase | None) -> str:
    """Profit and loss of arms, and the difference of two, as CSV: a row for each line and period, with all digits."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_HEADS)
    for arm, told in statements.items():
        writer.writerows(map(as_texts, _records("profit and loss", arm, "", told)))
    if case is not None:
        writer.writerows(map(as_texts, _records("difference", case.arm, case.against, case.difference)))
    return text.getvalue()


def _records(table: str, arm: str, against: str, told: Statement) -> Iterator[tuple[Any, ...]]:
    for line, figures in told.lines.items():
        for date, each in zip((*told.date, "whole run"), (*figures, told.total[line]), strict=True):
            ends = (each.lo, each.hi, each.range_lo, each.range_hi)
            yield table, arm, against, date, line, each.mean, each.sd, each.n, *ends


def _payback(case: BusinessCase) -> str:
    rate, days = DEFINITIONS[PAYS_BACK], DEFINITIONS[PAYBACK]
    assert case.pays_back is not None
    share = f"{rate.shown(case.pays_back.mean)}{_share_ends(case.pays_back)}"
    some = None
    if case.payback_days is not None:
        some = f"after {days.shown(case.payback_days.mean)}{_ends(case.payback_days, 0)}"
    return told_together(share, some)


def _share_ends(of: Interval) -> str:
    if of.lo is None or of.hi is None:
        return ""
    return f" [{100 * of.lo:.0f}, {100 * of.hi:.0f}]"


def _changed(change: Change | None, decimals: int) -> str:
    return "–" if change is None else _amount(change.worth, decimals, sign=True)


def _amount(of: Interval, decimals: int, *, sign: bool = False) -> str:
    return f"{_shown(of.mean, decimals, sign)}{_between(of.lo, of.hi, decimals, sign=sign, before=chr(10))}"


def _ends(of: Interval, decimals: int, *, sign: bool = False) -> str:
    return _between(of.lo, of.hi, decimals, sign=sign)


def _between(low: float | None, high: float | None, decimals: int, *, sign: bool = False, before: str = " ") -> str:
    """An interval in brackets; nothing where there is none."""
    if low is None or high is None:
        return ""
    return f"{before}[{_shown(low, decimals, sign)}, {_shown(high, decimals, sign)}]"


def _shown(value: float, decimals: int, sign: bool) -> str:
    return signed(value, decimals) if sign else f"{value:z,.{decimals}f}"


def _decimals(told: Statement) -> int:
    most = max(abs(each.mean) for figures in told.lines.values() for each in figures)
    return 0 if most >= _SMALL else 2


def _of_chance(of: Interval) -> str:
    """That chance may explain it, where it may."""
    return ", which cannot be told from chance" if of.lo is None or of.hi is None or of.lo <= 0 <= of.hi else ""

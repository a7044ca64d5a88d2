"""Answers about money: profit and loss of an arm, and what its worth depends on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from app.processes.study.messages import ByDay, ProfitAndLoss, ToldMoney, ToldTable, WhatItDependsOn

if TYPE_CHECKING:
    from sim.experiment import Plan
    from sim.money import Books, BusinessCase
    from sim.money import ByDay as Amounts
    from sim.outcomes import Replication
    from sim.scenario import Variant

Following = Callable[[str], AbstractContextManager[Callable[[int, int, int], None]]]
"""Tells how far something is, by what it is called."""


def profit_and_loss(question: ProfitAndLoss, following: Following) -> ToldMoney:
    """The tables and charts of an arm, and of what it is worth against another."""
    from app.shown import money as words
    from sim.money import business_case, cumulated, open_books
    from sim.money import profit_and_loss as made

    plan, stored = _stored(question)
    arm, against = question.arm, question.against
    arms = list(dict.fromkeys([arm, against]))
    with following("Booking what is earned and spent") as progress:
        books = open_books(plan, arms, stored, progress)
    told, currency = made(books, arm, question.per), plan.scenario.currency
    case = None if against == arm else business_case(books, arm, against, question.per)
    sure = words.how_sure(books.replications)
    return ToldMoney(
        words=words.answer(told, books.arms[arm].name, currency),
        how_sure=sure if all(told.whole) else f"{sure} {words.INCOMPLETE}",
        heads=words.heads(told),
        rows=tuple(words.rows(told)),
        csv=words.csv_text({arm: told}, case),
        start=books.arms[arm].scenario.start_date,
        currency=currency,
        cumulated=tuple(_by_day(cumulated(books, each)) for each in arms),
        **_case(case, books, currency),
    )


def what_it_depends_on(question: WhatItDependsOn, following: Following) -> ToldTable:
    """The numbers that the worth of an arm depends on most."""
    from app.shown import money as words
    from sim.money import find_assumptions

    plan, stored = _stored(question)
    arms: dict[str, Variant] = {each.id: each for each in plan.variants}
    arm = arms[question.arm]
    with following("Changing each number in turn") as progress:
        found = find_assumptions(plan, arm, arms[question.against], len(stored), progress)
    rows = tuple(words.depends_rows(found, arm.scenario))
    return ToldTable(words.depends_answer(found, arm.scenario), words.DEPENDS_HEADS, rows, words.how_sure_of(found))


def _case(case: BusinessCase | None, books: Books, currency: str) -> dict[str, tuple[tuple[str, ...], ...] | str]:
    from app.shown import money as words

    if case is None:
        return {}
    said = words.case_answer(case, books.arms[case.arm].name, books.arms[case.against].name, currency)
    if not all(each.exact for each in case.break_even):
        said = f"{said} {words.NOT_EXACT}"
    if not case.differs:
        return {"case_words": said}
    return {
        "case_words": said,
        "case": tuple(words.case_rows(case)),
        "even": tuple(words.even_rows(case.break_even, currency)),
    }


def _by_day(amounts: Amounts) -> ByDay:
    return ByDay(*(tuple(part.tolist()) for part in (amounts.mean, amounts.low, amounts.high)))


def _stored(question: ProfitAndLoss | WhatItDependsOn) -> tuple[Plan, list[Replication]]:
    """The plan of the run, and the replications that are stored."""
    from app.runs.stored import plan_of
    from sim.store import Store

    with Store(question.db, read_only=True) as store:
        run = store.run(question.run)
        return plan_of(run, store), list(store.replications(run.id))

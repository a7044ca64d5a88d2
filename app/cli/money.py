"""`journey money`: profit and loss of an arm by month, and what it is worth against another."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli import options
from app.cli.failures import InputError
from app.cli.options import example
from app.cli.outputs import check_output, write_output
from app.cli.screen import note, print_json, progress, results

if TYPE_CHECKING:
    from sim.experiment import Plan
    from sim.money import Assumption, Books, BusinessCase, Statement
    from sim.outcomes import Replication
    from sim.store import Run, Store


class By(Enum):
    """The periods of a profit and loss."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(**example("journey money latest --arm rules --csv money.csv"))(money)


def money(
    run: options.RunName,
    by: Annotated[By, typer.Option("--by", help="A column for each month of the calendar, week or day.")] = By.MONTH,
    arm: Annotated[
        str | None, typer.Option("--arm", metavar="ID", help="Of this arm; the first one when left out.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="ID", help="What the arm is worth against this one; by default the first."),
    ] = None,
    assumptions: Annotated[
        bool,
        typer.Option(
            "--assumptions", help="Also tell which numbers that depends on most: each 10 % lower and higher, in turn."
        ),
    ] = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write the tables into a CSV file, with all digits.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    db: options.Db = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Tell what an arm of a stored run earned and spent in each month, by cause, and what is left.

    Of an arm that is not the first, or with --against, also what it is worth against that one over the same customers:
    the difference in profit by month, when it pays back, its net present value, and at which prices both are even. The
    replications are simulated again, and checked against what is stored.
    """
    from sim.store import Store

    if csv is not None:
        check_output(csv, force, "--csv")
    with Store(db, read_only=True, on_wait=note) as store:
        kept = store.run(run)
        one, other = _which(store, kept, arm, against)
        if assumptions and other is None:
            raise InputError("--assumptions: this is about an arm against another; say which with --arm")
        told = _Told.of(store, kept, one, other, by.value, assumptions)
    if csv is not None:
        from app.shown.money import csv_text

        write_output(csv, csv_text(told.statements, told.case), "--csv")
    if as_json:
        print_json({"run": kept.id, **told.document()})
    else:
        told.print()


def _which(store: Store, run: Run, arm: str | None, against: str | None) -> tuple[str, str | None]:
    """The arm, and the one that it is held against, if any."""
    known = [each.id for each in store.arms(run.id)]
    for option, id_ in (("--arm", arm), ("--against", against)):
        if id_ is not None and id_ not in known:
            raise InputError(f"{option} {id_}: run {run.id} has no such arm; it has {', '.join(known)}")
    if not store.finished(run.id):
        raise InputError(f"run {run.id} has no replication in the store yet")
    one = arm or known[0]
    other = against or known[0]
    if against == one:
        raise InputError(f"--against {against}: this is the arm itself; give another of {', '.join(known)}")
    return one, None if other == one else other


class _Told:
    """What was found, and the ways to tell it."""

    def __init__(self, books: Books, statements: dict[str, Statement], case: BusinessCase | None) -> None:
        self.books, self.statements, self.case = books, statements, case
        self.assumptions: tuple[Assumption, ...] | None = None

    @classmethod
    def of(cls, store: Store, run: Run, arm: str, against: str | None, by: Any, assumptions: bool) -> _Told:
        from app.runs.stored import plan_of
        from sim.money import (
            NotComparableError,
            TooManyNumbersError,
            business_case,
            find_assumptions,
            open_books,
            profit_and_loss,
        )

        plan: Plan = plan_of(run, store)
        stored: list[Replication] = list(store.replications(run.id))
        arms = [arm] if against is None else [against, arm]
        with progress("Booking what is earned and spent") as told:
            books = open_books(plan, arms, stored, told)
        try:
            case = None if against is None else business_case(books, arm, against, by)
        except NotComparableError as error:
            raise InputError(f"--against {against}: {error}") from None
        made = cls(books, {arm: profit_and_loss(books, arm, by)}, case)
        if assumptions and against is not None:
            try:
                with progress("Changing each number in turn") as told:
                    made.assumptions = find_assumptions(plan, books.arms[arm], books.arms[against], len(stored), told)
            except TooManyNumbersError as error:
                raise InputError(f"--assumptions: {error}") from None
        return made

    def document(self) -> dict[str, Any]:
        from dataclasses import asdict

        from app.shown.money import case_document, document

        [(arm, statement)] = self.statements.items()
        found: dict[str, Any] = {
            "arm": arm,
            "replications": self.books.replications,
            "currency": self.books.plan.scenario.currency,
            "profit_and_loss": document(statement),
        }
        if self.case is not None:
            found["business_case"] = case_document(self.case)
        if self.assumptions is not None:
            found["assumptions"] = [asdict(each) for each in self.assumptions]
        return found

    def print(self) -> None:
        from app.cli.tables import print_in_blocks
        from app.shown import money as words

        [(arm, statement)] = self.statements.items()
        console, currency = results(), self.books.plan.scenario.currency
        console.print(words.answer(statement, self._name(arm), currency), style="bold", soft_wrap=True)
        print_in_blocks(console, words.heads(statement), list(words.rows(statement)))
        if not all(statement.whole):
            console.print(words.INCOMPLETE)
        if self.case is not None:
            self._print_case(self.case)
        console.print(words.how_sure(self.books.replications))
        if self.assumptions is not None:
            self._print_assumptions(self.assumptions, arm)

    def _print_case(self, case: BusinessCase) -> None:
        from app.cli.tables import print_table
        from app.shown import money as words

        console, currency = results(), self.books.plan.scenario.currency
        console.print()
        told = words.case_answer(case, self._name(case.arm), self._name(case.against), currency)
        console.print(told, style="bold", soft_wrap=True)
        if not case.differs:
            return
        print_table(console, words.CASE_HEADS, list(words.case_rows(case)))
        console.print()
        print_table(console, words.EVEN_HEADS, list(words.even_rows(case.break_even, currency)))
        if not all(each.exact for each in case.break_even):
            console.print(words.NOT_EXACT, soft_wrap=True)

    def _print_assumptions(self, found: tuple[Assumption, ...], arm: str) -> None:
        from app.cli.tables import print_table
        from app.shown import money as words

        console = results()
        console.print()
        console.print(words.depends_answer(found, self.books.arms[arm].scenario), style="bold", soft_wrap=True)
        if found:
            print_table(console, words.DEPENDS_HEADS, list(words.depends_rows(found, self.books.arms[arm].scenario)))
            console.print(words.how_sure_of(found))

    def _name(self, arm: str) -> str:
        return self.books.arms[arm].name

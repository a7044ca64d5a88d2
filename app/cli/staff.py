"""`journey staff`: how many agents a desk needs, half hour by half hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.failures import InputError
from app.cli.options import example
from app.cli.screen import note, print_json, results

if TYPE_CHECKING:
    from app.shown.staffing import Interval
    from sim.staffing import Aim
    from sim.store import Run, Store

_USUAL_MINUTES = 5.0


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(**example('journey staff --calls "20 45 70 85 90 60 40 20" --minutes 4 --patience 8'))(staff)


def staff(
    run: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="A stored run with a desk; or give --calls.")
    ] = None,
    desk: Annotated[
        str | None,
        typer.Option("--desk", metavar="ID", help="Which desk of the run; may be left out where there is one."),
    ] = None,
    arm: Annotated[
        str | None, typer.Option("--arm", metavar="ID", help="Under this arm; the first one when left out.")
    ] = None,
    days: Annotated[
        str, typer.Option("--days", metavar="DAYS", help="Which days of the week: sat, mon-fri, or a list.")
    ] = "mon-sun",
    calls: Annotated[
        str | None,
        typer.Option(
            "--calls",
            metavar="LIST",
            help="How many people an hour ask, in equal parts of a day from midnight: 24 numbers for hours.",
        ),
    ] = None,
    minutes: Annotated[
        float | None,
        typer.Option("--minutes", min=0.001, help="Minutes that serving takes on average; of the run's desk its own."),
    ] = None,
    patience: Annotated[
        float | None,
        typer.Option(
            "--patience", min=0.001, help="Minutes after which people give up on average; without, nobody does."
        ),
    ] = None,
    level: Annotated[
        float,
        typer.Option("--level", metavar="PERCENT", min=0.1, max=99.9, help="Of 100 who ask, to be served in time."),
    ] = 80.0,
    within: Annotated[
        float, typer.Option("--within", metavar="SECONDS", min=0.0, help="That time, in seconds.")
    ] = 20.0,
    occupancy: Annotated[
        float,
        typer.Option(
            "--occupancy", metavar="PERCENT", min=1.0, max=100.0, help="Most that agents may be busy, of their time."
        ),
    ] = 100.0,
    shrinkage: Annotated[
        float,
        typer.Option(
            "--shrinkage",
            metavar="PERCENT",
            min=0.0,
            max=95.0,
            help="Of paid time, what goes to breaks, training, illness.",
        ),
    ] = 0.0,
    db: options.Db = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Tell how many agents are needed in each part of the day to serve so many of 100 within so many seconds.

    By Erlang A, where people give up, and by Erlang C, where nobody does. Of a stored run: who asked at a desk, by half
    hour, and beside the theory how many were served in time. Or of a list of calls.
    """
    from app.shown import staffing
    from sim.staffing import Aim, UnreachableError

    if (run is None) == (calls is None):
        raise InputError("give a stored run, or --calls with how many people an hour ask; one of them")
    aim = Aim(level / 100.0, within, occupancy / 100.0, shrinkage / 100.0)
    try:
        if calls is not None:
            given = _calls(calls)
            day = staffing.intervals_of_calls(given, minutes or _USUAL_MINUTES, patience, aim)
            words, heads, lines = staffing.answer(day, aim), staffing.HEADS_OF_CALLS, staffing.rows_of_calls(day)
        else:
            assert run is not None
            name, day = _simulated(run, desk, arm, days, minutes, patience, aim, db)
            words, heads, lines = staffing.answer(day, aim, name), staffing.HEADS, staffing.rows(day)
    except UnreachableError as error:
        raise InputError(str(error)) from None
    if as_json:
        by_a, by_c = staffing.hours_needed(day)
        print_json(
            {
                "answer": words,
                "agent_hours": {"erlang_a": by_a, "erlang_c": by_c},
                "intervals": [vars(each) for each in day],
            }
        )
        return
    from app.cli.tables import print_table

    results().print(words, style="bold", soft_wrap=True)
    print_table(results(), heads, lines)


def _calls(text: str) -> list[float]:
    parts = text.replace(",", " ").replace(";", " ").split()
    try:
        given = [float(part) for part in parts]
    except ValueError:
        given = []
    if not given or any(not 0.0 <= each <= 1e6 for each in given):
        raise InputError(f'--calls "{text}": give numbers from 0 to 1,000,000, such as "20 45.5 70"')
    if len(given) > 288 or (24 * 60) % len(given):
        raise InputError(
            f"--calls: {len(given)} numbers do not part a day evenly; give 24 for hours, 48 for half hours"
        )
    return given


def _simulated(
    run: str,
    desk: str | None,
    arm: str | None,
    days: str,
    minutes: float | None,
    patience: float | None,
    aim: Aim,
    db: options.Db,
) -> tuple[str, list[Interval]]:
    """The desk's name, and what its half hours need."""
    from app.runs.staffing import asked_in
    from app.shown.staffing import intervals
    from sim.scenario.weekdays import weekdays
    from sim.store import Store

    try:
        chosen = weekdays(days)
    except ValueError as error:
        raise InputError(f"--days {days}: {error}") from None
    with Store(db, read_only=True, on_wait=note) as store:
        kept = store.run(run)
        if not store.finished(kept.id):
            raise InputError(f"run {kept.id} has no replication in the store yet")
        which = _which_arm(store, kept, arm)
        found, halves = asked_in(store, kept, which, _which_desk(store, kept, which, desk), chosen, aim.seconds)
    takes = minutes or found.service_minutes.mean_value()
    if patience is None and found.patience_minutes is not None:
        patience = found.patience_minutes.mean_value()
    return f'"{found.name or found.id}"', intervals(halves, takes, patience, aim)


def _which_arm(store: Store, run: Run, arm: str | None) -> str:
    known = [each.id for each in store.arms(run.id)]
    if arm is not None and arm not in known:
        raise InputError(f"--arm {arm}: run {run.id} has no such arm; it has {', '.join(known)}")
    return arm or known[0]


def _which_desk(store: Store, run: Run, arm: str, desk: str | None) -> str:
    from app.runs.stored import plan_of

    [scenario] = [each.scenario for each in plan_of(run, store).variants if each.id == arm]
    known = [each.id for each in scenario.desks if each.enabled]
    if not known:
        raise InputError(f"run {run.id} has no desk at which customers wait; give --calls with how many people ask")
    if desk is None and len(known) > 1:
        raise InputError(f"run {run.id} has {len(known)} desks; say which with --desk: {', '.join(known)}")
    if desk is not None and desk not in known:
        raise InputError(f"--desk {desk}: run {run.id} has no such desk; it has {', '.join(known)}")
    return desk or known[0]

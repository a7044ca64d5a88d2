"""`journey run`: simulate scenarios, store the results and sum them up."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from app.cli import completing, options
from app.cli.batch import Outputs, Prepare, Work, do_all
from app.cli.failures import InputError
from app.cli.inputs import checked_note
from app.cli.options import example
from app.cli.planning import Changes, plan_arms
from app.cli.running import Labour, resume_run, run_plan
from app.cli.screen import note


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(
        **example("journey run online-shop --replications 10 --arm now --arm pricier:behaviour.price_index=1.1")
    )(run)


def run(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE...",
            help="Scenario files, or IDs of those that ship.",
            show_default=False,
            autocompletion=completing.scenarios,
        ),
    ] = None,
    arm: options.Arms = None,
    settings: options.Settings = None,
    replications: options.Replications = None,
    precision: options.PrecisionOf = None,
    customers: options.Customers = None,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    workers: options.Workers = None,
    cluster: options.Cluster = None,
    db: options.Db = None,
    note: options.Note = None,
    events: Annotated[
        Path | None, typer.Option("--events", metavar="FILE", help="Write every event to a Parquet file.")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="DIR", help="Write the results as CSV files into a folder.")
    ] = None,
    resume: Annotated[
        str | None,
        typer.Option(
            "--resume",
            metavar="RUN",
            help="Continue an interrupted run.",
            autocompletion=completing.runs,
        ),
    ] = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Simulate scenarios, store the results, and sum them up.

    Several files are simulated one after the other; one that fails does not stop the rest.
    """
    labour = Labour(workers, cluster)
    outputs = Outputs(events, csv, as_json)
    if resume is not None:
        given = {
            "FILE": files,
            "--arm": arm,
            "--set": settings,
            "--replications": replications,
            "--precision": precision,
            "--customers": customers,
            "--horizon": horizon,
            "--seed": seed,
            "--note": note,
        }
        _refuse_beside_resume(name for name, value in given.items() if value is not None and value != [])
        jobs: list[tuple[str, Prepare]] = [(resume, partial(_resumed, resume, db, labour))]
    elif files:
        changes = Changes(settings or (), replications, precision, customers, horizon, seed)
        jobs = [(name, partial(_begun, name, arm or (), changes, labour, checked_note(note))) for name in files]
    else:
        raise InputError("journey run: give a scenario FILE, or the ID of one that ships (`journey scenarios`)")
    raise typer.Exit(do_all(jobs, db, outputs))


def _begun(name: str, arms: Sequence[str], changes: Changes, labour: Labour, note: str) -> Work:
    plan, text = plan_arms(name, arms, changes)
    return lambda store: run_plan(plan, text, store, labour, note)


def _resumed(name: str, db: Path | None, labour: Labour) -> Work:
    from sim.store import Store

    with Store(db, read_only=True, on_wait=note) as store:  # a store that is not there is not made
        kept = store.run(name)
    return lambda store: resume_run(kept, store, labour)


def _refuse_beside_resume(given: Iterable[str]) -> None:
    conflicting = list(given)
    if conflicting:
        raise InputError(
            f"--resume continues a run as it was started: leave out {', '.join(conflicting)}, "
            "or start another run without --resume"
        )

"""`journey compare`: arms of a scenario, or scenarios as arms, compared with the first (paired)."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

import typer

from app.cli import completing, options
from app.cli.batch import Outputs, Work, do_all
from app.cli.failures import InputError
from app.cli.inputs import checked_note
from app.cli.options import example
from app.cli.planning import Changes, need_arms, plan_arms, plan_files
from app.cli.running import Labour, run_plan


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(**example("journey compare online-shop my-shop.toml"))(compare)


def compare(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="One scenario with arms, or several to be compared with the first.",
            show_default=False,
            autocompletion=completing.scenarios,
        ),
    ],
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
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Compare arms of a scenario, or whole scenarios, with the first one.

    All arms have the same customers with the same luck, so small differences show.
    """
    changes = Changes(settings or (), replications, precision, customers, horizon, seed)
    job = partial(_compared, files, arm or (), changes, Labour(workers, cluster), checked_note(note))
    raise typer.Exit(do_all([(" ".join(files), job)], db, Outputs(as_json=as_json)))


def _compared(files: Sequence[str], arms: Sequence[str], changes: Changes, labour: Labour, note: str) -> Work:
    if len(files) > 1 and arms:
        raise InputError("--arm goes with one FILE; several files are the arms themselves")
    plan, text = plan_arms(files[0], arms, changes) if len(files) == 1 else plan_files(files, changes)
    need_arms(plan, files[0])
    return lambda store: run_plan(plan, text, store, labour, note)

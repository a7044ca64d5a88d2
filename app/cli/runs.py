"""`journey runs`: what is in the store."""

import datetime
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from app.cli.options import AsJson, Db, Quiet
from app.cli.screen import note, print_json, results

if TYPE_CHECKING:
    from sim.store import Run


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(epilog="Example: journey runs")(runs)


def runs(db: Db = None, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """List the runs in the store, the last first."""
    from sim.store import Store, default_path

    stored: tuple[Run, ...] = ()
    if db is not None or default_path().exists():
        with Store(db, read_only=True, on_wait=note) as store:
            stored = store.runs()
    if as_json:
        print_json([{key: value for key, value in asdict(run).items() if key != "scenario_text"} for run in stored])
        return
    if not stored:
        note("There are no runs yet; make one with: journey run online-shop")
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("run", "scenario", "started", "arms", "replications", "status"):
        table.add_column(head, overflow="fold", justify="right" if head in ("arms", "replications") else "left")
    noted = any(run.note for run in stored)
    if noted:
        table.add_column("note", overflow="fold")
    for run in stored:
        note_of = (run.note,) if noted else ()
        table.add_row(run.id, run.scenario, _local(run.started), str(run.arms), _stored(run), run.status, *note_of)
    results().print(table)


def _stored(run: "Run") -> str:
    of = "" if run.precision or run.stored == run.replications else f" of {run.replications:,}"
    return f"{run.stored:,}{of}"


def _local(moment: str) -> str:
    return datetime.datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")

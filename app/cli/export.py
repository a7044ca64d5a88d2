"""`journey export`: a stored run as files for other programs."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.failures import InputError
from app.cli.options import example
from app.cli.screen import note, progress

if TYPE_CHECKING:
    from sim.store import Run, Store


class Format(StrEnum):
    """What files to write."""

    CSV = "csv"
    PARQUET = "parquet"
    XES = "xes"
    GRAPHML = "graphml"


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(**example("journey export latest -o results --format csv"))(export)


def export(
    run: options.RunName,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="The folder to write to.")],
    kind: Annotated[
        Format,
        typer.Option(
            "--format",
            help="csv, parquet: tables; xes: visits for process mining; graphml: the journey with its figures.",
        ),
    ] = Format.CSV,
    events: Annotated[
        bool, typer.Option("--events", help="Export every event too, as Parquet (simulated again if needed).")
    ] = False,
    arm: Annotated[
        list[str] | None, typer.Option("--arm", metavar="ID", help="Events of these arms; all when left out.")
    ] = None,
    replication: Annotated[
        list[int] | None,
        typer.Option(
            "--replication", min=0, metavar="N", help="Events of these replications; the first when left out."
        ),
    ] = None,
    db: options.Db = None,
    quiet: options.Quiet = False,
) -> None:
    """Write a stored run to files: tables, an event log or the journey as a graph."""
    from sim.store import Store
    from sim.store.tables import made

    if output.exists() and not output.is_dir():
        raise InputError(f"-o {output}: this is a file; give a folder")
    with Store(db, read_only=True, on_wait=note) as store:
        kept = store.run(run)
        logs = _logs(store, kept, arm, replication) if events or kind is Format.XES else []
        made(output)
        written = _write(store, kept, kind, output, logs)
        if events:
            from sim.store.events import join_events

            join_events(logs, output / "events.parquet")
            written.append(output / "events.parquet")
    for path in written:
        note(f"Written: {path}")


def _logs(store: "Store", run: "Run", arms: list[str] | None, replications: list[int] | None) -> list[Path]:
    from app.runs.event_logs import Wanted, event_logs

    known = [arm.id for arm in store.arms(run.id)]
    unknown = [arm for arm in arms or () if arm not in known]
    if unknown:
        raise InputError(f"--arm {unknown[0]}: run {run.id} has no such arm; it has {', '.join(known)}")
    numbers = store.finished(run.id)
    missing = [number for number in replications or () if number not in numbers]
    if missing or not numbers:
        there = f"there are {len(numbers)}, from {numbers[0]} to {numbers[-1]}" if numbers else "there are none yet"
        which = f"replication {missing[0]}" if missing else "replication"
        raise InputError(f"run {run.id} has no {which} in the store; {there}")
    wanted = Wanted(tuple(arms) if arms else None, tuple(replications) if replications else (numbers[0],))
    with progress("Simulating the events") as tell:
        return event_logs(store, run, wanted, tell)


def _write(store: "Store", run: "Run", kind: Format, folder: Path, logs: list[Path]) -> list[Path]:
    from app.runs.stored import plan_of
    from sim.store import tables

    if kind is Format.CSV:
        return tables.export_csv(store, run.id, folder)
    if kind is Format.PARQUET:
        return tables.export_parquet(store, run.id, folder)
    plan = plan_of(run, store)
    if kind is Format.XES:
        from sim.store.xes import export_xes

        export_xes(logs, folder / "visits.xes", plan.scenario.start_date)
        return [folder / "visits.xes"]
    from sim.store.graphml import export_graphml

    written = []
    for variant in plan.variants:
        path = folder / f"journey-{variant.id}.graphml"
        touchpoints = store.figures("touchpoints", run.id, variant.id)
        transitions = store.figures("transitions", run.id, variant.id)
        export_graphml(variant.scenario, touchpoints, transitions, path)
        written.append(path)
    return written

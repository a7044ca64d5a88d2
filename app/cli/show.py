"""`journey show`: the results of a stored run."""

import typer

from app.cli import options
from app.cli.options import example
from app.cli.screen import note, print_json


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(**example("journey show latest"))(show)


def show(
    run: options.RunName, db: options.Db = None, as_json: options.AsJson = False, quiet: options.Quiet = False
) -> None:
    """Show the results of a run that is in the store: all outcomes that it has."""
    from app.runs.stored import results_of
    from sim.store import Store

    with Store(db, read_only=True, on_wait=note) as store:
        kept = store.run(run)
        results = results_of(kept, store)
        from app.cli.report import document_of, print_summary

        if as_json:
            print_json(document_of(results, kept.id, store))
            return
        print_summary(results, kept.id, store, everything=True)

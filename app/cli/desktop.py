"""`journey desktop`: the window."""

from typing import Annotated

import typer

from app.cli import options
from app.cli.failures import InputError
from app.cli.inputs import find_scenario
from app.cli.screen import say

INSTALL = "The window needs Qt; install it with: pip install 'journey-sandbox[desktop]'"


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(epilog="Example: journey desktop online-shop")(desktop)


def desktop(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="A scenario file, or the ID of one that ships.", show_default=False),
    ] = None,
    db: options.Db = None,
    safe: Annotated[
        bool, typer.Option("--safe", metavar=" ", help="Start without your settings, layout and unsaved changes.")
    ] = False,
    shortcut: Annotated[
        bool, typer.Option("--shortcut", metavar=" ", help="Add an entry to the program menu, then exit.")
    ] = False,
) -> None:
    """Open the window: draw a journey, run it, compare, keep every run."""
    if shortcut:
        from app.cli.shortcut import make_shortcut

        say("\n".join(make_shortcut()))
        return
    try:
        from app.desktop.start import run
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("PySide6", "shiboken6", "pyqtgraph", "graphlay"):
            raise
        raise InputError(INSTALL) from None
    raise typer.Exit(run(None if file is None else find_scenario(file), db, safe))

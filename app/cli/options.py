"""The options that several commands share."""

import shlex
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import completing
from app.cli.screen import hush


def _be_quiet(quiet: bool) -> bool:
    if quiet:
        hush(True)
    return quiet


File = Annotated[
    str,
    typer.Argument(
        metavar="FILE", help="A scenario file, or the ID of one that ships.", autocompletion=completing.scenarios
    ),
]
RunName = Annotated[
    str,
    typer.Argument(
        metavar="RUN",
        help="A run's ID, the letters it begins with, or latest.",
        show_default=False,
        autocompletion=completing.runs,
    ),
]
Db = Annotated[
    Path | None, typer.Option("--db", metavar="FILE", help="The store of runs; by default in your data folder.")
]
AsJson = Annotated[bool, typer.Option("--json", metavar=" ", help="Print one JSON document and nothing else.")]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        metavar=" ",
        callback=_be_quiet,
        help="Print nothing to standard error except failures.",
    ),
]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A note to store with the run.")]
Arms = Annotated[
    list[str] | None,
    typer.Option(
        "--arm",
        metavar="NAME[:ADDRESS=VALUE]",
        help="An arm to compare, once for each value it changes; all others are compared with the first one.",
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="ADDRESS=VALUE", help="Change a value, such as channels.email.mix=0.4."),
]
Replications = Annotated[int | None, typer.Option("--replications", min=1, help="Independent repetitions.")]
PrecisionOf = Annotated[
    str | None,
    typer.Option("--precision", metavar="OUTCOME=H", help="Run until the outcome is known to within plus or minus H."),
]
Customers = Annotated[
    int | None,
    typer.Option("--customers", min=1, help="Customers in each replication; bought visits are scaled alike."),
]
Horizon = Annotated[float | None, typer.Option("--horizon", metavar="DAYS", help="Days simulated.")]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="The same seed gives the same result.")]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", min=1, help="Parallel processes; by default one per processor, or a single one for small runs."
    ),
]
Cluster = Annotated[
    str | None, typer.Option("--cluster", metavar="ADDRESS", help="Simulate on a Dask cluster instead.")
]


def option_db(path: Path) -> str:
    """How a command that is to be typed names the store; nothing where it is the usual one."""
    from sim.store import default_path

    return "" if path == default_path() else f" --db {shlex.quote(str(path))}"


def example(text: str) -> dict[str, Any]:
    """What a command is declared with so that its help ends with an example."""
    return {"epilog": f"Example: {text}", "no_args_is_help": True}

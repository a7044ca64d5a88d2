"""`journey fit`: a scenario from an event log."""

import enum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.failures import InputError
from app.cli.options import Quiet, example
from app.cli.outputs import check_output, write_output
from app.cli.screen import say

XES = {"case": "case:concept:name", "activity": "concept:name", "time": "time:timestamp"}
"""What the columns are called in an XES file."""


class Decimal(enum.Enum):
    """What parts the decimals of amounts."""

    POINT = "point"
    COMMA = "comma"


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(**example("journey fit log.csv --case customer --activity step --time when -o fitted.toml"))(fit)


def fit(
    log: Annotated[
        Path,
        typer.Argument(metavar="LOG", help="CSV, JSON, Parquet, XES or Excel, also compressed.", show_default=False),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The scenario file to write.")],
    case: Annotated[
        str | None,
        typer.Option("--case", metavar="COLUMN", help="The customer, or case, of each event; not needed for XES."),
    ] = None,
    activity: Annotated[
        str | None, typer.Option("--activity", metavar="COLUMN", help="The activity of each event; not needed for XES.")
    ] = None,
    time: Annotated[
        list[str] | None,
        typer.Option(
            "--time",
            metavar="COLUMN",
            help="The time of each event; not needed for XES. Twice if date and time of day are in separate columns.",
        ),
    ] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="COLUMN", help="The channel of each event.")
    ] = None,
    value: Annotated[
        str | None,
        typer.Option("--value", metavar="COLUMN", help="Money, for the activities that are goals; below 0, refunds."),
    ] = None,
    goal: Annotated[
        list[str] | None,
        typer.Option("--goal", metavar="ACTIVITY", help="An activity that is a conversion; * for all."),
    ] = None,
    churn: Annotated[
        list[str] | None,
        typer.Option("--churn", metavar="ACTIVITY", help="Cases that end after it are lost, not completed; * for all."),
    ] = None,
    floor: Annotated[
        float,
        typer.Option(
            "--floor", min=0, max=1, help="Leave out activities that occur in fewer than this share of cases."
        ),
    ] = 0.005,
    order: Annotated[
        str | None,
        typer.Option(
            "--order",
            metavar="COLUMN",
            help="The column that says which of several events at the same time comes first.",
        ),
    ] = None,
    lifecycle: Annotated[
        str | None,
        typer.Option(
            "--lifecycle",
            metavar="COLUMN",
            help="The column that says whether an event starts or completes its activity.",
        ),
    ] = None,
    time_format: Annotated[
        str | None,
        typer.Option("--time-format", metavar="PATTERN", help="The format of unusual times, such as %d/%m/%Y %H:%M."),
    ] = None,
    time_zone: Annotated[
        list[str] | None,
        typer.Option("--time-zone", metavar="NAME=OFFSET", help="What an abbreviation means, such as IST=+05:30."),
    ] = None,
    decimal: Annotated[
        Decimal | None,
        typer.Option("--decimal", help="The decimal sign of amounts, where the log does not make it clear."),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding", metavar="NAME", help="The encoding of the text, such as cp1251, if it is not recognised."
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="The sheet, of a workbook with several.")
    ] = None,
    no_header: Annotated[
        bool, typer.Option("--no-header", help="The first line is an event; columns are called 1, 2, 3 …")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
    quiet: Quiet = False,
) -> None:
    """Make a scenario from an event log: touchpoints, shares, delays and arrivals as they were."""
    from sim.fit import Manner
    from sim.fit import fit as fit_log

    columns = {"case": case, "activity": activity, "time": time[0] if time else None}
    if ".xes" in log.suffixes[-2:]:
        columns = {name: given or XES[name] for name, given in columns.items()}
    missing = [f"--{name}" for name, given in columns.items() if given is None]
    if missing:
        raise InputError(f"journey fit {log}: say which column is which with {', '.join(missing)}")
    if len(time or ()) > 2:
        raise InputError("--time: give one column, or two: the date's and the time of day's")
    check_output(output, force)
    fitted = fit_log(
        log,
        case=columns["case"] or "",
        activity=columns["activity"] or "",
        time=columns["time"] or "",
        clock=time[1] if time and len(time) == 2 else None,
        channel=channel,
        value=value,
        order=order,
        lifecycle=lifecycle,
        goals=goal or (),
        churn=churn or (),
        floor=floor,
        manner=Manner(
            sheet=sheet,
            header=not no_header,
            encoding=encoding,
            time_format=time_format,
            zones=dict(map(_zone, time_zone or ())),
            decimal=decimal.value if decimal else None,
        ),
    )
    write_output(output, fitted.text)
    for line in fitted.report:
        say(line)
    say(f"\nWritten: {output}\nNext: journey run {output}")


def _zone(written: str) -> tuple[str, str]:
    name, sign, offset = written.partition("=")
    if not sign:
        raise InputError(f"--time-zone {written}: write it like IST=+05:30")
    return name.strip(), offset.strip()

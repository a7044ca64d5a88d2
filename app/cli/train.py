"""`journey train`: scores fitted to a pilot with actions at random, written into a new scenario file."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli import options
from app.cli.failures import InputError
from app.cli.options import example
from app.cli.outputs import check_output, write_output
from app.cli.screen import print_json, results, say, steps
from app.cli.visible import on_one_line

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.training import Report
    from sim.training.models import Coefficient

_NONE = "–"


class Foreseen(enum.Enum):
    """What a score is to foresee."""

    churn = "churn"
    purchase = "purchase"


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(**example("journey train identity-gap -o trained.toml --customers 2000"))(train)


def train(
    file: options.File,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The scenario file to write.")],
    foresee: Annotated[
        list[Foreseen] | None,
        typer.Option("--foresee", help="What the score is to foresee; twice for both, which is usual."),
    ] = None,
    within: Annotated[
        float,
        typer.Option(
            "--within", metavar="DAYS", min=0.001, help="Days in which it happens, or not, and from look to look."
        ),
    ] = 30.0,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
    settings: options.Settings = None,
    customers: options.Customers = None,
    seed: options.Seed = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Fit scores to a simulated pilot, and write the scenario with their coefficients.

    Half the customers of the pilot are held out by lot. Every so many days the scores look at what the brand has noted
    in profiles, and foresee who leaves or converts until the next look. Other customers tell how good they are.
    """
    from app.cli.inputs import open_changed
    from sim.experiment.scale import with_customers
    from sim.scenario import edit
    from sim.training import OUTCOMES, MissingSklearnError, NothingToLearnError
    from sim.training import train as fit

    check_output(output, force)
    opened = open_changed(file, settings or ())
    scenario = opened.scenario
    if within > scenario.horizon / 2:
        raise InputError(f"--within {within:g}: the run lasts {scenario.horizon:g} days; give at most half as many")
    pilot = scenario if customers is None else with_customers(scenario, customers)
    seed = scenario.experiment.seed if seed is None else seed
    asked = [OUTCOMES[each.value] for each in dict.fromkeys(foresee or Foreseen)]
    reports = []
    with steps("Training") as tell:
        for outcome in asked:
            try:
                reports.append(fit(pilot, outcome, within, seed, tell))
            except (MissingSklearnError, NothingToLearnError) as error:
                raise InputError(f"{file}: {error}") from None
    scores = {f"scores.{report.outcome.score}": _score(report) for report in reports}
    write_output(output, edit(opened.text, scores))
    if as_json:
        print_json(_document(scenario, seed, output, reports))
        return
    for report in reports:
        _print(report)
    written = " and ".join(f"scores.{report.outcome.score}" for report in reports)
    say(f"Written to {on_one_line(str(output))}: {written}.")


def _score(report: Report) -> dict[str, Any]:
    """What the file says: digits enough for the same score."""
    weights = {name: float(f"{each.value:.6g}") for name, each in report.model.weights.items()}
    return {"intercept": float(f"{report.model.intercept.value:.6g}"), "weights": weights}


def _document(scenario: Scenario, seed: int, output: Path, reports: list[Report]) -> dict[str, Any]:
    return {
        "scenario": scenario.id,
        "seed": seed,
        "file": str(output),
        "scores": {report.outcome.score: _told(report) for report in reports},
    }


def _told(report: Report) -> dict[str, Any]:
    model = report.model
    return {
        "foresees": report.outcome.id,
        "days": report.days,
        "within": report.within,
        "trained": report.trained,
        "tested": report.tested,
        "share": report.share,
        "intercept": _interval(model.intercept),
        "weights": {name: _interval(each) for name, each in model.weights.items()},
        "auc": report.auc,
        "auc_boosted_trees": report.trees_auc,
        "calibration_error": report.calibration_error,
        "uplift": report.uplift,
        "uplift_error": report.uplift_error,
        "tenths": [vars(each) for each in report.tenths],
    }


def _interval(each: Coefficient) -> dict[str, float]:
    return {"value": each.value, "lo": each.lo, "hi": each.hi}


def _print(report: Report) -> None:
    from rich.table import Table

    console = results()
    best = report.tenths[0]
    console.print(
        f"{report.outcome.score}: of 100 customers looked at {100 * report.share:.0f} {report.outcome.happens} within "
        f"{report.within:g} days; of the tenth with the highest score, {100 * best.share:.0f}."
    )
    known = f"Trained on {report.trained:,} looks at customers as the brand knew them, every {report.within:g} days"
    ranks = f"AUC {_decimal(report.auc)} (boosted trees {_decimal(report.trees_auc)})"
    console.print(
        f"{known}, tested on {report.tested:,} others: {ranks}, calibration error {report.calibration_error:.3f}.\n"
    )
    console.print(_weights(report, Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))))
    console.print()
    console.print(_parts(report, Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))))
    console.print()


def _weights(report: Report, table: Any) -> Any:
    table.add_column("", overflow="fold")
    table.add_column("weight", justify="right")
    table.add_column("95 % interval", justify="right")
    for name, each in {"intercept": report.model.intercept, **report.model.weights}.items():
        table.add_row(name, f"{each.value:.4g}", f"[{each.lo:.4g}, {each.hi:.4g}]")
    return table


def _parts(report: Report, table: Any) -> Any:
    for head in ("tenth by score", "score", "came true", "lift", "uplift of the actions"):
        table.add_column(head, justify="left" if head == "tenth by score" else "right")
    for number, each in enumerate(report.tenths, 1):
        lift = _NONE if each.lift is None else f"{each.lift:.2f}"
        table.add_row(
            str(number), f"{100 * each.expected:.1f} %", f"{100 * each.share:.1f} %", lift,
            _points(each.uplift, each.uplift_error),
        )  # fmt: skip
    table.add_row("all", "", f"{100 * report.share:.1f} %", "", _points(report.uplift, report.uplift_error))
    return table


def _points(difference: float | None, error: float | None) -> str:
    if difference is None or error is None:
        return _NONE
    return f"{100 * difference:+.1f} ± {196 * error:.1f} points"


def _decimal(value: float | None) -> str:
    return _NONE if value is None else f"{value:.3f}"

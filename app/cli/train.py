"""`journey train`: scores fitted to a pilot with actions at random, written into a new scenario file."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import options
from app.cli.failures import InputError
from app.cli.options import example
from app.cli.outputs import check_output, write_output
from app.cli.screen import print_json, say, steps
from app.cli.trained import document, print_gains, print_report, print_value
from app.cli.visible import on_one_line
from app.shown.training import as_gains, scores_found


class Foreseen(enum.Enum):
    """What a score is to foresee."""

    churn = "churn"
    purchase = "purchase"
    value = "value"


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(**example("journey train identity-gap -o trained.toml --customers 2000"))(train)


def train(
    file: options.File,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The scenario file to write.")],
    foresee: Annotated[
        list[Foreseen] | None,
        typer.Option("--foresee", help="What the score is to foresee; may be given several times. All, if left out."),
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
    in profiles, and foresee who leaves or converts until the next look, and what somebody will bring. A second score of
    leaving and converting says where the brand's actions change that. Other customers tell how good they are. Where
    rules have alternatives, it also finds what each action brings, in a pilot in which they are chosen by chance.
    """
    from app.cli.inputs import open_changed
    from sim.experiment.scale import with_customers
    from sim.scenario import edit
    from sim.training import (
        OUTCOMES,
        MissingSklearnError,
        NothingToLearnError,
        can_be_learned,
        earns,
        train_actions,
        train_value,
    )
    from sim.training import train as fit

    check_output(output, force)
    opened = open_changed(file, settings or ())
    scenario = opened.scenario
    if within > scenario.horizon / 2:
        raise InputError(f"--within {within:g}: the run lasts {scenario.horizon:g} days; give at most half as many")
    pilot = scenario if customers is None else with_customers(scenario, customers)
    seed = scenario.experiment.seed if seed is None else seed
    asked = list(dict.fromkeys(foresee or [each for each in Foreseen if each is not Foreseen.value or earns(pilot)]))
    reports, value = [], None
    with steps("Training") as tell:
        try:
            for each in asked:
                if each is Foreseen.value:
                    value = train_value(pilot, within, seed, tell)
                else:
                    reports.append(fit(pilot, OUTCOMES[each.value], within, seed, tell))
        except (MissingSklearnError, NothingToLearnError) as error:
            raise InputError(f"{file}: {error}") from None
        gains = train_actions(pilot, within, seed, tell) if can_be_learned(pilot) else []
    changes: dict[str, Any] = scores_found(reports, value)
    if gains:
        changes["gains"] = as_gains(gains)
    write_output(output, edit(opened.text, changes))
    if as_json:
        print_json(document(scenario, seed, output, reports, value, gains))
        return
    for report in reports:
        print_report(report)
    if value:
        print_value(value, scenario.currency)
    if gains:
        print_gains(gains, within, scenario.currency)
    *others, last = changes
    say(f"Written to {on_one_line(str(output))}: {' and '.join(filter(None, [', '.join(others), last]))}.")

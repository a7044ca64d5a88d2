"""`journey identity`: who is who among the records of a scenario, by each method, and how right that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from app.cli import options
from app.cli.failures import InputError
from app.cli.options import example
from app.cli.screen import print_json, results, steps
from app.cli.visible import on_one_line
from app.shown.identity import heads, in_words, put_right_in_words, rows

if TYPE_CHECKING:
    from sim.identity import Resolution
    from sim.scenario import Scenario


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(**example("journey identity identity-gap"))(identity)


def identity(
    file: options.File,
    settings: options.Settings = None,
    customers: options.Customers = None,
    seed: options.Seed = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Say how well the brand finds out who is who: which records of customers it takes to be of one person.

    A record is what a customer leaves behind on a channel. Each method is added to those before it. As the truth is
    known here, every link is judged by it.
    """
    from app.cli.inputs import open_changed
    from sim.experiment.scale import with_customers
    from sim.identity import kept_resolutions
    from sim.scenario.identity import growing

    scenario = open_changed(file, settings or ()).scenario
    if scenario.identity is None:
        raise InputError(f"{file}: it has no [identity], so the brand knows who is who; add the table [identity]")
    if customers is not None:
        scenario = with_customers(scenario, customers)
    seed = scenario.experiment.seed if seed is None else seed
    with steps("Finding out who is who") as tell:
        found = kept_resolutions(scenario, seed, growing(scenario.identity.methods), tell)
    if as_json:
        print_json(_document(scenario, seed, found))
        return
    _print(scenario, seed, found)


def _document(scenario: Scenario, seed: int, found: Sequence[Resolution]) -> dict[str, Any]:
    return {
        "scenario": scenario.id,
        "seed": seed,
        "customers": scenario.population.size,
        "channels": list(found[0].channels),
        "records": found[0].measures.records,
        "corrected": scenario.identity.corrected if scenario.identity else "nothing",
        "steps": [_step(each) for each in found],
    }


def _step(resolution: Resolution) -> dict[str, Any]:
    measures = resolution.measures
    return {
        "methods": list(resolution.methods),
        "links": resolution.links.by_method(),
        "precision": measures.precision,
        "recall": measures.recall,
        "pairs": measures.pairs,
        "pairs_found": measures.found,
        "pairs_joined": measures.joined,
        "profiles": measures.profiles,
        "mixed_profiles": measures.mixed_profiles,
        "mixed_customers": measures.mixed_share,
        "linked": dict(zip(resolution.channels, measures.linked, strict=True)),
    }


def _print(scenario: Scenario, seed: int, found: Sequence[Resolution]) -> None:
    from rich.table import Table

    last = found[-1]
    console = results()
    name = on_one_line(scenario.name or scenario.id)
    size = f"{scenario.population.size:,} customers · {last.measures.records:,} records"
    console.print(f"{name} · {size} · {len(last.channels)} channels · seed {seed}")
    console.print(f"{in_words(last.measures)}\n")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", overflow="fold")
    for head in heads([each.methods for each in found]):
        table.add_column(head, justify="right", overflow="fold")
    names = {channel.id: on_one_line(channel.name or channel.id) for channel in scenario.channels}
    judged = [each.measures for each in found]
    for label, *cells in rows([names[channel] for channel in last.channels], judged):
        table.add_row(label, *cells)
    console.print(table)
    if scenario.identity and (put_right := put_right_in_words(scenario.identity.corrected)):
        console.print(f"\n{put_right}")

"""`journey identity`: who is who among the records of a scenario, by each method, and how right that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import typer

from app.cli import options
from app.cli.failures import InputError
from app.cli.options import example
from app.cli.screen import print_json, results, steps
from app.cli.visible import on_one_line

if TYPE_CHECKING:
    from sim.identity import Measures, Resolution
    from sim.scenario import Scenario
    from sim.scenario.identity import Method

_NONE = "–"


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

    scenario = open_changed(file, settings or ()).scenario
    if scenario.identity is None:
        raise InputError(f"{file}: it has no [identity], so the brand knows who is who; add the table [identity]")
    if customers is not None:
        scenario = with_customers(scenario, customers)
    seed = scenario.experiment.seed if seed is None else seed
    with steps("Finding out who is who") as tell:
        found = kept_resolutions(scenario, seed, _growing(scenario.identity.methods), tell)
    if as_json:
        print_json(_document(scenario, seed, found))
        return
    _print(scenario, seed, found)


def _growing(methods: Sequence[Method]) -> list[tuple[Method, ...]]:
    """The first method alone, then with each further one; no method at all where there is none."""
    from sim.scenario.identity import in_order

    ordered = in_order(methods)
    return [ordered[:count] for count in range(1, len(ordered) + 1)] or [()]


def _document(scenario: Scenario, seed: int, found: Sequence[Resolution]) -> dict[str, Any]:
    return {
        "scenario": scenario.id,
        "seed": seed,
        "customers": scenario.population.size,
        "channels": list(found[0].channels),
        "records": found[0].measures.records,
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


def in_words(measures: Measures) -> str:
    """What came of it, in a sentence."""
    if measures.recall is None:
        return "No customer has two records, so there is nothing to find out."
    found = f"Of 100 pairs of records that belong together, {_rounded(100 * measures.recall)} are found"
    if not measures.mixed_profiles:
        return f"{found}; no profile mixes several people."
    return f"{found}; 1 of {round(measures.profiles / measures.mixed_profiles):,} profiles mixes several people."


def _rounded(percent: float) -> str:
    """A whole number, but no 0 and no 100 where it is neither."""
    if 0 < percent < 0.5:
        return "fewer than 1"
    return "more than 99" if 99.5 <= percent < 100 else f"{percent:.0f}"


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
    for head in _heads(found):
        table.add_column(head, justify="right", overflow="fold")
    for label, *cells in _rows(scenario, found):
        table.add_row(label, *cells)
    console.print(table)


def _heads(found: Sequence[Resolution]) -> Iterator[str]:
    for number, each in enumerate(found):
        yield f"{'+ ' if number else ''}{each.methods[-1]}" if each.methods else "no method"


def _rows(scenario: Scenario, found: Sequence[Resolution]) -> Iterator[tuple[str, ...]]:
    def row(label: str, cell: Callable[[Measures], str]) -> tuple[str, ...]:
        return label, *(cell(each.measures) for each in found)

    yield row("Pairs found (recall)", lambda each: _percent(each.recall))
    yield row("Pairs joined that are right (precision)", lambda each: _percent(each.precision, 2))
    yield row("Profiles", lambda each: f"{each.profiles:,}")
    yield row("Profiles that mix several people", lambda each: f"{each.mixed_profiles:,}")
    yield row("Customers in a mixed profile", lambda each: _percent(each.mixed_share, 2))
    names = {channel.id: channel.name or channel.id for channel in scenario.channels}
    for at, channel in enumerate(found[0].channels):
        label = f"Records linked: {on_one_line(names[channel])}"
        yield row(label, lambda each, at=at: _percent(each.linked[at]))


def _percent(share: float | None, decimals: int = 1) -> str:
    return _NONE if share is None else f"{100 * share:.{decimals}f} %"

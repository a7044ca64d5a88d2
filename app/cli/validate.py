"""`journey validate`: what is wrong with a scenario, and whether its customers behave as its shares say."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.failures import DONE, WRONG_INPUT
from app.cli.options import example
from app.cli.screen import complain, note, print_json, results
from app.cli.visible import on_one_line

if TYPE_CHECKING:
    from sim.scenario import Finding, Scenario

CUSTOMERS = 2000
"""How many customers a look at the shares simulates."""


@dataclass(frozen=True)
class Share:
    """How often a transition is taken, among those that leave its touchpoint."""

    transition: str
    source: str
    target: str
    in_file: float
    in_population: float | None
    """None where nobody came by"""
    visits: int


@dataclass(frozen=True)
class Look:
    """What a few simulated customers show."""

    arrivals: int
    """those who came, bought ones and friends among them"""
    shares: list[Share]


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(**example("journey validate my-shop.toml"))(validate)


def validate(
    file: options.File,
    no_shares: Annotated[bool, typer.Option("--no-shares", help="Look at the file only; simulate nothing.")] = False,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Say what is wrong with a scenario file, and how its shares come out with its customers.

    A file's shares are those of the reference customer; who the customers are moves them. A few are simulated to show
    how far.
    """
    from app.cli.inputs import find_scenario
    from sim.experiment.expected_visits import too_many_visits
    from sim.experiment.memory_needed import memory_findings
    from sim.experiment.scale import arrivals_words
    from sim.population import expected_arrivals
    from sim.scenario import ScenarioError, open_scenario

    path = find_scenario(file)
    look: Look | None = None
    expected, arrivals = "", None
    try:
        opened = open_scenario(path)
    except ScenarioError as error:
        findings: list[Finding] = list(error.findings)
    else:
        scenario = opened.scenario
        too_much: list[Finding] = []
        for finding in (*too_many_visits(scenario), *memory_findings(scenario)):
            file, line = opened.where(finding.address)
            too_much.append(replace(finding, file=file, line=line))
        findings = [*opened.warnings, *too_much]
        expected, arrivals = arrivals_words([scenario]), expected_arrivals(scenario)
        if not no_shares and not too_much:
            look = look_at_shares(scenario)
    errors = sum(finding.level == "error" for finding in findings)
    if as_json:
        print_json(
            {
                "file": str(path),
                "findings": [asdict(finding) for finding in findings],
                "expected_arrivals": arrivals.total if arrivals else None,
                "shares": [asdict(share) for share in look.shares] if look else [],
            }
        )
    else:
        for finding in findings:
            if finding.level == "error":
                complain(str(finding))
            else:
                note(f"warning: {finding}")
        if not errors:
            name = on_one_line(str(path))
            results().print(f"{name}: {'no problems found' if not findings else 'ready to run'}.")
        if expected:
            results().print(f"A run has {scenario.population.size:,} customers and {expected}.")
        if look:
            _print_shares(look)
    raise typer.Exit(WRONG_INPUT if errors else DONE)


def look_at_shares(scenario: Scenario) -> Look:
    """The shares of the scenario's transitions in its file and among a few simulated customers."""
    from app.cli.running import Screen
    from app.runs.running import announce_preparing
    from sim.engine import compile_program, simulate
    from sim.experiment.profiles import profiles_of
    from sim.experiment.scale import with_customers
    from sim.scenario.resolve import enabled_transitions

    announce_preparing(Screen())
    few = with_customers(scenario, min(CUSTOMERS, scenario.population.size))
    seed = few.experiment.seed
    history = simulate(compile_program(few, few), seed, 0, profiles=profiles_of(few, seed))
    chosen = dict(zip(history.transitions, history.at_transitions.chosen.sum(axis=0).tolist(), strict=True))
    transitions = enabled_transitions(scenario)
    weight: dict[str, float] = {}
    left: dict[str, int] = {}
    for transition in transitions:
        weight[transition.source] = weight.get(transition.source, 0.0) + transition.share
        left[transition.source] = left.get(transition.source, 0) + chosen[transition.key]
    shares = [
        Share(
            transition.key,
            transition.source,
            transition.target,
            transition.share / weight[transition.source],
            chosen[transition.key] / left[transition.source] if left[transition.source] else None,
            left[transition.source],
        )
        for transition in transitions
        if weight[transition.source] > 0
    ]
    return Look(int((history.customers.arrival <= history.horizon).sum()), shares)


def _print_shares(look: Look) -> None:
    from rich.table import Table

    several = [share for share in look.shares if share.in_file < 1]
    if not several:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("from", "to", "file", "customers", "visits"):
        table.add_column(head, overflow="fold", justify="left" if head in ("from", "to") else "right")
    before = ""
    for share in several:
        seen = "–" if share.in_population is None else f"{share.in_population * 100:.1f} %"
        first = share.source if share.source != before else ""
        visits = f"{share.visits:,}" if first else ""
        table.add_row(first, share.target, f"{share.in_file * 100:.1f} %", seen, visits)
        before = share.source
    console = results()
    console.print(f"\nShares of the transitions, in the file and among {look.arrivals:,} arrivals simulated:")
    console.print(table)

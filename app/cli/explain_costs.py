"""`journey explain --action --costs`: what each limit and rule on the way to an action costs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.cli.tables import print_table
from app.shown.limits import answer, heads, how_sure, rows

if TYPE_CHECKING:
    from rich.console import Console

    from sim.experiment.limit_costs import PricedLimits


def document(priced: PricedLimits) -> dict[str, Any]:
    """All of it, for a program."""
    return {
        "replications": priced.replications,
        "got": priced.got,
        "without": [
            {
                "limit": cost.limit.label,
                "set": cost.limit.lifted,
                "got": cost.got,
                "differences": {id_: asdict(each.interval) for id_, each in cost.differences.items()},
            }
            for cost in priced.costs
        ],
    }


def print_costs(priced: PricedLimits, console: Console) -> None:
    """Print the answer, and a line for each limit."""
    console.print()
    console.print(answer(priced), style="bold", soft_wrap=True)
    if priced.costs:
        print_table(console, heads(priced), list(rows(priced)))
        console.print(how_sure(priced))

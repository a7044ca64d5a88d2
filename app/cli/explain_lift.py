"""`journey explain --lift`: what optimising messages for each customer seems to bring, and what it brings."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.cli.tables import print_table
from app.shown.lift import HEADS, answer, how_sure, in_all, rows

if TYPE_CHECKING:
    from rich.console import Console

    from sim.experiment.lift import Lifts


def document(found: Lifts) -> dict[str, Any]:
    """All of it, for a program."""
    return {
        "replications": found.replications,
        "lifts": {
            lift.sort: {
                "optimised": asdict(lift.optimised),
                "others": asdict(lift.others),
                "difference": asdict(lift.more),
            }
            for lift in found.lifts
        },
        "differences": {id_: asdict(each.interval) for id_, each in found.differences.items()},
    }


def print_lifts(found: Lifts, console: Console) -> None:
    """Print the answer, a line for each lift, and what changes in all."""
    console.print(answer(found), style="bold", soft_wrap=True)
    if found.lifts:
        print_table(console, HEADS, list(rows(found)))
        console.print(f"In all, against the same customers without it: {'; '.join(in_all(found))}.", soft_wrap=True)
        console.print(how_sure(found))

"""`journey explain --action --costs`: what each limit and rule on the way to an action costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from app.cli.tables import difference, print_table
from app.shown.limits import answer
from sim.experiment.limits import Cost, Limit, arms_without, costs, limits_on
from sim.outcomes.definitions import COSTS, DEFINITIONS

if TYPE_CHECKING:
    from rich.console import Console

    from sim.experiment import Plan
    from sim.scenario import Variant

_MOST: Final = 100
"""Replications that are simulated at most: each limit takes as long as the arm itself."""


class Priced:
    """An arm's customers once more without each of what stands between them and an action."""

    def __init__(self, limits: list[Limit], got: float, found: list[Cost], replications: int, currency: str) -> None:
        """`got` is the share that gets the action as things are."""
        self._limits, self._got, self._found = limits, got, found
        self._replications, self._currency = replications, currency

    def document(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "replications": self._replications,
            "got": self._got,
            "without": [
                {
                    "limit": cost.limit.label,
                    "set": cost.limit.lifted,
                    "got": cost.got,
                    "differences": {id_: asdict(each.interval) for id_, each in cost.differences.items()},
                }
                for cost in self._found
            ],
        }

    def print(self, console: Console) -> None:
        """Print the answer, and a line for each limit."""
        console.print()
        console.print(answer(self._found, self._currency), style="bold", soft_wrap=True)
        if not self._found:
            return
        told = [id_ for id_ in COSTS if any(id_ in cost.differences for cost in self._found)]
        heads = ("The same customers without", "Got it, of 100", *(DEFINITIONS[id_].label for id_ in told))
        rows = [("(as it is)", f"{100 * self._got:.1f}", *("" for _ in told))]
        rows += [
            (cost.limit.label, f"{100 * cost.got:.1f}", *(self._cell(cost, id_) for id_ in told))
            for cost in self._found
        ]
        print_table(console, heads, rows)
        times = "replication" if self._replications == 1 else "replications"
        console.print(f"{self._replications} {times}; the brackets hold the simulation error (95 %).")

    def _cell(self, cost: Cost, outcome: str) -> str:
        found = cost.differences.get(outcome)
        return difference(outcome, None if found is None else {"difference": asdict(found.interval)}, self._currency)


def price(plan: Plan, arm: Variant, action: str, stored: int, progress: Callable[[int, int, int], None]) -> Priced:
    """Simulate so many replications of the arm, at most 100, without each limit on the action."""
    from sim.experiment import run
    from sim.experiment.planning import plan as planned
    from sim.scenario import variants

    limits = limits_on(arm.scenario, action)
    if not limits:
        return Priced([], 0.0, [], 0, plan.scenario.currency)
    arms = variants(arm.scenario, arms_without(limits))
    whole = replace(planned(plan.scenario, arms=arms), replications=min(stored, _MOST), precision=None)
    results = run(whole, progress=progress)
    got, found = costs(results, limits, action)
    return Priced(limits, got, found, len(results.replications), plan.scenario.currency)

"""`journey explain --pains`: what makes the journey hard, and what relieving each of it brings."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.cli.screen import print_json, progress, results
from app.cli.tables import print_table
from app.runs.stored import plan_of
from app.shown.pains import answer, heads, how_sure, label, outcomes_of, rows

if TYPE_CHECKING:
    from sim.experiment.pain_points import Relieved
    from sim.scenario import Scenario
    from sim.store import Run, Store


def tell_pains(store: Store, run: Run, arm: str, as_json: bool) -> None:
    """Simulate an arm without each of its pain points, and print what that brings."""
    from sim.experiment.pain_points import relieve

    plan = plan_of(run, store)
    [variant] = [each for each in plan.variants if each.id == arm]
    measured = [each for replication in store.replications(run.id) for each in replication.arms if each.arm == arm]
    with progress("Simulating without each pain point") as told:
        found = relieve(plan, variant, measured, told)
    if as_json:
        print_json({"run": run.id, "arm": arm, **_document(found, variant.scenario)})
    else:
        _print(found, variant.scenario)


def _document(found: Relieved, scenario: Scenario) -> dict[str, Any]:
    return {
        "replications": found.replications,
        "left_out": found.left_out,
        "pain_points": [
            {
                "pain_point": label(relief.pain, scenario),
                "kind": relief.pain.kind,
                "touchpoints": list(relief.pain.at),
                "desk": relief.pain.desk,
                "figure": relief.pain.figure,
                "met": relief.pain.met,
                "set": relief.pain.relieved,
                "differences": {id_: asdict(each.interval) for id_, each in relief.differences.items()},
            }
            for relief in found.reliefs
        ],
    }


def _print(found: Relieved, scenario: Scenario) -> None:
    console = results()
    console.print(answer(found, scenario), style="bold", soft_wrap=True)
    if found.reliefs:
        outcomes = outcomes_of(found)[:1]  # all of them are too wide for a terminal
        print_table(console, heads(found, outcomes), list(rows(found, scenario, outcomes)))
        console.print(how_sure(found), soft_wrap=True)

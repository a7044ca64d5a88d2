"""`journey explain --lift`: what optimising messages for each customer seems to bring, and what it brings."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.cli.failures import InputError
from app.cli.screen import print_json, progress, results
from app.cli.tables import print_table
from app.runs.stored import plan_of
from app.shown.lift import answer, heads, how_sure, in_all, rows
from sim.scenario.resolve import optimises

if TYPE_CHECKING:
    from sim.experiment.lift import Lifts
    from sim.store import Run, Store


def arms_that_optimise(store: Store, run: Run) -> list[str]:
    """The arms in which messages are optimised for anybody; InputError where there are none."""
    arms = [each.id for each in plan_of(run, store).variants if optimises(each.scenario)]
    if not arms:
        raise InputError(f"--lift: run {run.id} has no arm in which orchestration.optimise says what is optimised")
    return arms


def tell_lifts(store: Store, run: Run, arm: str, as_json: bool) -> None:
    """Simulate an arm with messages optimised and without, and print what that brings."""
    from sim.experiment.lift import find_lifts

    able = arms_that_optimise(store, run)
    if arm not in able:
        raise InputError(f"--arm {arm}: nothing is optimised there; arms in which it is: {', '.join(able)}")
    plan = plan_of(run, store)
    [variant] = [each for each in plan.variants if each.id == arm]
    with progress("Simulating with and without optimising") as told:
        found = find_lifts(plan, variant, len(store.finished(run.id)), told)
    if as_json:
        print_json({"run": run.id, "arm": arm, **_document(found)})
    else:
        _print(found)


def _document(found: Lifts) -> dict[str, Any]:
    lifts: dict[str, dict[str, Any]] = {"lifts": {}, "response_lifts": {}}
    for lift in found.lifts:
        lifts["lifts" if lift.did == "opened" else "response_lifts"][lift.sort] = {
            "optimised": asdict(lift.optimised),
            "others": asdict(lift.others),
            "difference": asdict(lift.more),
        }
    return {
        "replications": found.replications,
        **{name: each for name, each in lifts.items() if each},
        "differences": {id_: asdict(each.interval) for id_, each in found.differences.items()},
    }


def _print(found: Lifts) -> None:
    console = results()
    console.print(answer(found), style="bold", soft_wrap=True)
    if found.lifts:
        print_table(console, heads(found), list(rows(found)))
        console.print(in_all(found), soft_wrap=True)
        console.print(how_sure(found))

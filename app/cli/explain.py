"""`journey explain`: one customer's story and why each decision was taken, or who gets an action and who does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.failures import InputError
from app.cli.options import example
from app.cli.screen import note, print_json, progress, results

if TYPE_CHECKING:
    from app.cli.explain_action import Explained
    from sim.experiment.limit_costs import PricedLimits
    from sim.store import Run, Store


def add_to(program: typer.Typer) -> None:
    """Make the command part of the program."""
    program.command(**example("journey explain latest --customer 17"))(explain)


def explain(
    run: options.RunName,
    customer: Annotated[
        str | None,
        typer.Option(
            "--customer",
            metavar="N",
            help="Tell this customer's story: a number from 0; CHANNEL:N for one bought on a channel.",
        ),
    ] = None,
    action: Annotated[
        str | None,
        typer.Option("--action", metavar="ID", help="Tell who gets this action, who does not, and why."),
    ] = None,
    costs: Annotated[
        bool,
        typer.Option(
            "--costs", help="With --action, also tell what each limit and rule costs: the same customers without it."
        ),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch", help="Tell whether scores still come true, and as many respond to actions as their gains expect."
        ),
    ] = False,
    lift: Annotated[
        bool,
        typer.Option(
            "--lift",
            help="Tell what optimising messages for each customer seems to bring, and what it really brings.",
        ),
    ] = False,
    pains: Annotated[
        bool,
        typer.Option("--pains", help="Tell what makes the journey hard, and what relieving each of it would bring."),
    ] = False,
    arm: Annotated[
        str | None, typer.Option("--arm", metavar="ID", help="Under this arm; the first one when left out.")
    ] = None,
    replication: Annotated[
        int | None,
        typer.Option("--replication", min=0, metavar="R", help="In this replication; the first one when left out."),
    ] = None,
    db: options.Db = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Tell what happened to a customer of a stored run, what the brand knew and considered, and why it did what it did.

    Or, with --action: of 100 customers how many got an action, and what took the others out. The replication is
    simulated again, and checked against what is stored. With --costs, the run's customers are simulated once more
    without each limit and rule on the way. Or, with --watch: whether scores still come true. Or, with --lift: how many
    more optimised messages are opened or responded to than others, and than without optimising. Or, with --pains: what
    makes customers wait, try hard, feel bad or leave, and what the same customers would bring without it.
    """
    from app.cli.explain_lift import arms_that_optimise, tell_lifts
    from app.cli.explain_pains import tell_pains
    from app.cli.explain_story import tell_story
    from app.cli.explain_watched import tell_watched
    from sim.store import Store

    if (customer is not None) + (action is not None) + watch + lift + pains != 1:
        raise InputError(
            "give --customer N for somebody's story, --action ID for who gets an action, --watch for whether scores "
            "still come true, --lift for what optimising brings, or --pains for what is hard; one of them"
        )
    if costs and action is None:
        raise InputError("--costs: this goes with --action ID, the action that limits and rules keep from customers")
    with Store(db, read_only=True, on_wait=note) as store:
        kept = store.run(run)
        if action is not None and arm is None:
            arm = _arm_with(store, kept, action)
        if lift and arm is None:
            arm = arms_that_optimise(store, kept)[0]
        chosen_arm, number = _which(store, kept, arm, replication)
        if lift:
            tell_lifts(store, kept, chosen_arm, as_json)
        elif pains:
            tell_pains(store, kept, chosen_arm, as_json)
        elif watch:
            tell_watched(store, kept, chosen_arm, number, as_json)
        elif action is not None:
            _tell_action(store, kept, chosen_arm, number, action, costs, as_json)
        elif customer is not None:
            tell_story(store, kept, chosen_arm, number, customer, as_json)


def _which(store: Store, run: Run, arm: str | None, replication: int | None) -> tuple[str, int]:
    known = [each.id for each in store.arms(run.id)]
    if arm is not None and arm not in known:
        raise InputError(f"--arm {arm}: run {run.id} has no such arm; it has {', '.join(known)}")
    numbers = store.finished(run.id)
    if not numbers or (replication is not None and replication not in numbers):
        there = f"there are {len(numbers)}, from {numbers[0]} to {numbers[-1]}" if numbers else "there are none yet"
        which = "replication" if replication is None else f"replication {replication}"
        raise InputError(f"run {run.id} has no {which} in the store; {there}")
    return arm or known[0], numbers[0] if replication is None else replication


def _arm_with(store: Store, run: Run, action: str) -> str | None:
    """The first arm under which a rule sends or shows the action, or might; None without one."""
    from app.runs.stored import plan_of
    from sim.outcomes.needs import acting

    variants = plan_of(run, store).variants
    return next((each.id for each in variants if action in [one.id for one in acting(each.scenario)]), None)


def _tell_action(store: Store, run: Run, arm: str, number: int, action: str, costs: bool, as_json: bool) -> None:
    from app.cli.explain_costs import document, print_costs

    explained = _explained(store, run, arm, number, action)
    priced = _priced(store, run, arm, action) if costs else None
    if as_json:
        where = {"run": run.id, "arm": arm, "replication": number}
        print_json(where | explained.document() | ({"costs": document(priced)} if priced else {}))
        return
    explained.print(results())
    if priced:
        print_costs(priced, results())


def _explained(store: Store, run: Run, arm: str, number: int, action: str) -> Explained:
    from app.cli.explain_action import Explained, check_action
    from app.runs.stored import plan_of
    from sim.experiment.resimulate import resimulate

    plan = plan_of(run, store)
    [variant] = [each for each in plan.variants if each.id == arm]
    check_action(variant.scenario, run.id, action)
    measured = [each for replication in store.replications(run.id) for each in replication.arms if each.arm == arm]
    [stored] = [each for each in measured if each.replication == number]
    history = resimulate(variant.scenario, plan.scenario, run.seed, stored, events=False)
    return Explained(history, variant, run.seed, action, measured)


def _priced(store: Store, run: Run, arm: str, action: str) -> PricedLimits:
    from app.runs.stored import plan_of
    from sim.experiment.limit_costs import price

    plan = plan_of(run, store)
    [variant] = [each for each in plan.variants if each.id == arm]
    with progress("Simulating without each limit") as told:
        return price(plan, variant, action, len(store.finished(run.id)), told)

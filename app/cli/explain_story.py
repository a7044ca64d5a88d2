"""`journey explain --customer`: one customer's story, and what becomes of the same customer under the other arms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.failures import InputError
from app.cli.screen import print_json, results
from app.runs.stored import plan_of
from app.runs.stories import fates_of, story_of
from app.shown.stories import beside_the_truth, fates
from sim.draws.sites import site

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario import Scenario
    from sim.store import Run, Store
    from sim.story import Moment, Story

_BRAND = ("sent", "delivered", "ruled_out", "chosen", "passed_over", "considered")
_SHOWN = ("sentiment", "fatigue", "nudge", "discount", "profile", "messages", "responses", "visits", "revenue")
_OF_PROFILE = ("profile.", "scores.")
"""How what the brand had noted of a customer begins, and what it made of that."""


def tell_story(store: Store, run: Run, arm: str, number: int, customer: str, as_json: bool) -> None:
    """Print the story of a customer, as typed, in a replication of an arm."""
    plan = plan_of(run, store)
    [scenario] = [variant.scenario for variant in plan.variants if variant.id == arm]
    wanted = _number(customer, scenario)
    try:
        told = story_of(store, run, arm, number, wanted)
    except ValueError as error:
        raise InputError(f"--customer {customer}: {error}") from None
    others = fates_of(store, run, number, wanted, but=arm)
    if as_json:
        print_json(_document(told, run.id, arm, number) | {"other_arms": [vars(each) for each in others]})
        return
    console, currency = results(), plan.scenario.currency
    _print(console, told, arm, number, currency)
    for sentence in fates(others, currency):
        console.print(sentence, soft_wrap=True)


def _number(customer: str, scenario: Scenario) -> int:
    """The customer's number, from what was typed."""
    channel, _, count = customer.rpartition(":")
    if not count.isdecimal() or int(count) >= (1 << 32 if channel else 1 << 64):
        raise InputError(f"--customer {customer}: give a number from 0, or CHANNEL:N for one bought on a channel")
    if channel and channel not in [each.id for each in scenario.channels]:
        known = ", ".join(each.id for each in scenario.channels)
        raise InputError(f'--customer {customer}: there is no channel "{channel}"; there are {known}')
    return (site(f"channel:{channel}") << 32 | int(count)) if channel else int(count)


def _document(told: Story, run: str, arm: str, replication: int) -> dict[str, Any]:
    head = {name: value for name, value in vars(told).items() if name != "moments"}
    moments = [vars(moment) | {"date": moment.date.isoformat(timespec="seconds")} for moment in told.moments]
    return {"run": run, "arm": arm, "replication": replication, **head, "moments": moments}


def _print(console: Console, told: Story, arm: str, replication: int, currency: str) -> None:
    receipts = " but what is transactional" if any(moment.event == "sent" for moment in told.moments) else ""
    held = f" · holdout: nothing is sent{receipts}" if told.holdout else ""
    came = "" if told.came == "by themselves" else f" · {told.came}"
    console.print(
        f"Customer {told.customer} · {told.segment}{came} · arm {arm} · replication {replication}{held}", style="bold"
    )
    if not told.moments:
        console.print("Does not arrive within the run.")
        return
    day = None
    for moment in told.moments:
        if moment.date.date() != day:
            day = moment.date.date()
            console.print(f"\n{moment.date:%A %d %B %Y}, day {int(moment.time)}", style="bold")
        console.print(_line(moment), soft_wrap=True)
    console.print(
        f"\nAt the end: {told.status}; {told.messages} messages sent, revenue {told.revenue:,.2f} {currency}."
    )


def _line(moment: Moment) -> str:
    who = "brand   " if moment.event in _BRAND else "customer"
    known = ""
    if moment.knew is not None:
        noted = [name for name in moment.knew if name.startswith(_OF_PROFILE)]
        told = {name: beside_the_truth(name, moment.knew) for name in (*_SHOWN, *noted) if name in moment.knew}
        parts = [f"{name} {said}" for name, said in told.items() if said != "0"]
        known = f"  [knew: {', '.join(parts)}]" if parts else ""
    return f"  {moment.date:%H:%M}  {who}  {moment.sentence}{known}"

"""Drawn scenarios in which a brand acts have every part of the model, and it happens in them."""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis.strategies import SearchStrategy

from sim.engine import compile_program, simulate
from sim.engine.memory.history import KNOWN, History
from sim.scenario.action_kinds import MESSAGES
from sim.scenario.orchestration import Cap
from sim.scenario.scenario import Scenario
from tests.drawing import check_drawn
from tests.strategies import Drawn, drawn_scenarios
from tests.strategies_optimising import some_that_optimise
from tests.strategies_orchestration import orchestrated_scenarios
from tests.strategies_sharing import sharing_scenarios

from .brand import REASONS
from .comparing import by_customer, engine_events
from .conditions import hour
from .noting import some_that_note
from .simulate import Event

ALONE = {"enter", "experience", "exit", "served"}
EXITS = ("churn", "completed")
BRAND = {
    *(f"{why} ruled out" for why in set(REASONS) - {"budget", "unavailable", "nothing-chosen", "other-hour"}),
    *(f"{event} at the horizon" for event in (*ALONE, "sent", "responded", "ruled_out")),
    *(f"capped, {capped}" for capped in ("hold", "defer", "drop")),
    *(f"ordered after {wait}" for wait in ("the rule's delay", "quiet", "capped", "a message before")),
    *(f"transactional {how}" for how in ("to the holdout", "in quiet hours", "past a cap", "in the gap", "under none")),
    "multi with shared triggers",
    "multi without shared triggers, not-linked",
    "a supporting channel",
}


def optimising_scenarios() -> SearchStrategy[Drawn]:
    return some_that_optimise(some_that_note(orchestrated_scenarios()), 100)


def whys(event: Event) -> str | None:
    return REASONS[int(event.value or 0)] if event.event == "ruled_out" else None


def happenings(scenario: Scenario, history: History) -> Iterator[str]:
    """What happens in a scenario of that which must happen in some."""
    events = engine_events(history)
    plans, mode = scenario.orchestration, scenario.integration
    sent = any(event.event == "sent" for event in events)
    last = [event.event for event in events if event.time == scenario.horizon]
    yield from (f"{'exit' if event in EXITS else event} at the horizon" for event in last)
    yield from (f"{why} ruled out" for why in map(whys, events) if why)
    own = {rule.id: rule.do for rule in (*scenario.rules, *scenario.broadcasts)}
    by_content = "content" in plans.optimise and plans.policy == "rules"
    instead = by_content and any(event.event == "sent" and event.action != own[event.rule or ""] for event in events)
    yield from ["another content instead"] * instead
    known = history.by_known[:, KNOWN.index("optimised"), 2].sum() > 0
    yield from ["a response to what was optimised"] * (instead and bool(known))
    yield from (f"capped, {plans.capped}" for why in map(whys, events) if why == "capped")
    yield from ["multi with shared triggers"] * (sent and mode.mode == "multi" and mode.shared_triggers)
    if mode.mode == "multi" and not mode.shared_triggers and "not-linked" in map(whys, events):
        yield "multi without shared triggers, not-linked"
    held = set(history.customers.number[history.customers.holdout].tolist())
    for customer, own in by_customer([event for event in events if event.event in ("sent", "ruled_out")]).items():
        yield from waits(own)
        yield from receipts(scenario, own, held=customer in held)


def waits(own: list[Event]) -> Iterator[str]:
    """What came before an order in between, and which channels follow each other."""
    for rule in {event.rule for event in own}:
        of_rule = [event for event in own if event.rule == rule]
        if of_rule and whys(of_rule[0]) == "without":
            yield "ordered after the rule's delay"
        for before, after in pairwise(of_rule):
            if whys(after) == "without":
                yield f"ordered after {whys(before) or 'a message before'}"
            if before.event == after.event == "sent" and before.channel != after.channel:
                yield "a supporting channel"


def receipts(scenario: Scenario, own: list[Event], held: bool) -> Iterator[str]:
    """Which limits transactional messages went past."""
    plans = scenario.orchestration
    actions = {action.id: action for action in scenario.actions}
    messages = [event for event in own if event.event == "sent" and actions[event.action or ""].kind in MESSAGES]
    for index, event in enumerate(messages):
        if not actions[event.action or ""].transactional:
            continue
        before = [other for other in messages[:index] if not actions[other.action or ""].transactional]
        quiet = next(channel.quiet_hours for channel in scenario.channels if channel.id == event.channel)
        cap = plans.caps.get(event.channel or "", plans.caps.get("total"))
        if held:
            yield "transactional to the holdout"
        if plans.policy == "none":
            yield "transactional under none"
        elif quiet and 0.1 < (hour(event.time) - quiet[0]) % 24 < (quiet[1] - quiet[0]) % 24 - 0.1:
            yield "transactional in quiet hours"
        if before and event.time < before[-1].time + plans.gap_hours / 24 - 1e-9:
            yield "transactional in the gap"
        if cap:
            on_channel = [other for other in before if other.channel == event.channel]
            if sum(counts(cap, other.time, event.time) for other in on_channel) >= cap.max:
                yield "transactional past a cap"


def counts(cap: Cap, sent: float, now: float) -> bool:
    """Whether a message sent then takes room in the cap now."""
    return math.floor(now) < math.floor(sent) + cap.days if cap.period == "calendar" else now < sent + cap.days - 1e-9


@pytest.mark.slow
@pytest.mark.parametrize(
    ("drawing", "wanted", "examples"),
    [
        (drawn_scenarios, {f"{event} at the horizon" for event in ALONE}, 300),
        (orchestrated_scenarios, BRAND, 400),
        (
            optimising_scenarios,
            {"other-hour ruled out", "another content instead", "a response to what was optimised"},
            400,
        ),
        (sharing_scenarios, BRAND | {f"{why} ruled out" for why in ("budget", "unavailable", "nothing-chosen")}, 1000),
    ],
    ids=["alone", "orchestrated", "optimising", "sharing"],
)
def test_everything_happens_in_some_drawn_scenario(
    drawing: Callable[[], SearchStrategy[Drawn]], wanted: set[str], examples: int
) -> None:
    """Without it parity would hold for want of cases."""
    seen = Counter[str]()

    def look(drawn: Drawn) -> None:
        scenario = drawn.scenario
        history = simulate(compile_program(scenario, drawn.reference), drawn.seed, 0, events=True)
        seen.update(set(happenings(scenario, history)))

    check_drawn(drawing(), look, examples)
    scarce = {what: seen[what] for what in sorted(wanted) if seen[what] < 3}
    assert not scarce, f"hardly ever drawn: {scarce}"

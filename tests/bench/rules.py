"""Ten rules with ten actions, caps and a policy that learns every day, on the online shop."""

from functools import partial
from pathlib import Path
from typing import Any

from sim.engine import compile_program, simulate
from sim.engine.memory.history import History
from sim.scenario import load
from sim.scenario.scenario import Scenario
from tests.bench.row import Row, at_least, at_most, rate
from tests.bench.timing import in_turn, ratio, typical
from tests.oracle.simulate import oracle

SEED = 2026
CUSTOMERS, FEW = 10_000, 300
PAIRS = 3
"""Rounds for each round of the others: two runs that hardly differ."""

SHOP = Path(__file__).resolve().parents[2] / "scenarios" / "online-shop.toml"

ACTIONS: list[dict[str, Any]] = [
    {"id": "reminder", "channels": ["email", "web"], "support_after": 1, "leads_to": "cart"},
    {"id": "offer", "kind": "offer", "channels": ["email"], "discount": 0.1},
    {"id": "stay", "kind": "popover", "channels": ["web", "app"], "response_rate": 0.1},
    {"id": "welcome", "kind": "popover", "channels": ["web", "app"], "form": "welcome"},
    {"id": "similar", "kind": "recommendation", "form": "similar"},
    {"id": "related", "kind": "recommendation", "form": "related"},
    {"id": "thanks", "channels": ["email"], "nudge": 0.5},
    {"id": "news", "channels": ["email"], "nudge": 0.2},
    {"id": "back", "channels": ["email"], "nudge": 1},
    {"id": "call", "kind": "call", "channels": ["phone"], "nudge": 1},
]
RULES: list[dict[str, Any]] = [
    {
        "id": "cart",
        "when": {"entered": "cart", "without": "checkout", "after": 0.04},
        "do": "reminder",
        "cooldown": 7,
        "alternatives": ["thanks", "news"],
    },
    {"id": "later", "when": {"entered": "cart", "without": "checkout", "after": 2}, "do": "offer", "cooldown": 14},
    {"id": "leaving", "when": {"leaving": True}, "do": "stay", "cooldown": 1},
    {"id": "first", "when": {"count": "visits", "reaches": 1}, "do": "welcome"},
    {"id": "product", "when": {"entered": "product"}, "do": "similar", "if": [["visits.product", "<", 5]]},
    {"id": "again", "when": {"count": "visits.product", "reaches": 3}, "do": "related"},
    {"id": "bought", "when": {"count": "purchases", "reaches": 1}, "do": "thanks", "delay": 1},
    {"id": "weekly", "when": {"every": "tue 10:00"}, "do": "news", "if": [["idle_days", "<", 60]], "priority": -1},
    {"id": "idle", "when": {"idle": 30}, "do": "back", "if": [["sentiment", ">", -0.3]], "alternatives": ["offer"]},
    {"id": "keen", "when": {"score": "keen", "above": 0.8}, "do": "call", "cooldown": 30, "priority": 3},
]


def acting(customers: int, policy: str = "bandit", tick: float = 1.0) -> Scenario:
    """The online shop without desks, with ten rules."""
    tables = load(SHOP).model_dump(by_alias=True, exclude_unset=True)
    touchpoints = [
        {key: value for key, value in touchpoint.items() if key != "desk"} for touchpoint in tables["touchpoints"]
    ]
    return Scenario.model_validate(
        tables
        | {
            "population": tables["population"] | {"size": customers},
            "touchpoints": touchpoints,
            "desks": [],
            "orchestration": {
                "policy": policy,
                "tick": tick,
                "caps": {"total": {"max": 3, "days": 7}, "email": {"max": 2, "days": 7}},
            },
            "scores": {"keen": {"intercept": -2, "weights": {"visits": 0.1, "sentiment": 1, "purchases": 0.5}}},
            "actions": ACTIONS,
            "rules": RULES,
        }
    )


def with_rules(rounds: int, quick: bool) -> list[Row]:
    """Against the oracle, which is a SimPy program of one process a customer, and against the lane without rules."""
    daily, alone, rules, few = acting(CUSTOMERS), acting(CUSTOMERS, "none"), acting(CUSTOMERS, "rules"), acting(FEW)
    programs = [compile_program(each, each) for each in (daily, alone, rules)]
    events = [happened(simulate(program, SEED, 0)) for program in programs]
    events_few = happened(simulate(compile_program(few, few), SEED, 0))
    works = [partial(simulate, program, SEED, 0) for program in programs]
    times = in_turn([*works, partial(oracle, few, few, SEED, 0)], rounds)
    against = ratio(times, 3, 0) * events[0] / events_few
    kept = 100 * ratio(times, 1, 0) * events[0] / events[1]
    more = events[0] / events[1]
    once = acting(CUSTOMERS, tick=load(SHOP).horizon)
    in_pairs = in_turn([works[0], partial(simulate, compile_program(once, once), SEED, 0)], PAIRS * rounds)
    ticks = 100 * (1 - ratio(in_pairs, 1, 0))
    return [
        Row(f"ten rules, caps ({more:.1f} times the events): a second", rate(events[2], typical(times, 2))),
        Row("the same under a policy that learns, with daily ticks: a second", rate(events[0], typical(times, 0))),
        at_least("that against the oracle, a SimPy program: events a second", against, 15, "{:.0f} times"),
        at_least("that against no rules: rate kept", kept, 40, "{:.0f} %"),
        at_most("daily ticks instead of one, of such a run", ticks, 5, "{:.1f} %"),
    ]


def happened(history: History) -> int:
    """Customers' own events, and sends and responses."""
    at = history.at_actions
    return history.event_count + int(at.sent.sum() + at.responded.sum())

"""On which step towards an action a customer stands (model 26), each by a case worked out by hand."""

from typing import Any

import numpy as np
import pytest

from sim.engine.memory.history import STEPS
from tests.engine.brands import CHANNELS, MAIL, brand, transitions
from tests.engine.worlds import run, shop

BASKET = {"id": "rule", "when": {"entered": "basket"}, "do": "mail"}
POPOVER = {"id": "mail", "kind": "popover", "channels": ["web"]}
ELSEWHERE = {"id": "mail", "kind": "popover", "channels": ["email"]}
WEB, EMAIL = CHANNELS
SOON = transitions(("home", "basket", 20.5), ("basket", "order", 2.5), ("order", "end", 1))
TWO = [MAIL, {"id": "news", "channels": ["email"], "nudge": 0}]
TWICE = [BASKET, {"id": "again", "when": {"entered": "order"}, "do": "mail", "if": [["visits", ">", 9]]}]
BOTH = [BASKET | {"do": "news", "id": "first"}, BASKET]


def step(**changes: Any) -> str:
    """Where the one customer stands, who is in the basket at 20:30 and orders at 23:00."""
    changes = {"rules": [BASKET]} | changes
    return STEPS[run(brand(**changes)).steps[0, 0]]


@pytest.mark.parametrize(
    ("where", "changes"),
    [
        ("not-triggered", {"rules": [BASKET | {"when": {"entered": "end"}}]}),
        ("not-triggered", {"rules": [BASKET | {"enabled": False}]}),
        ("condition", {"rules": [BASKET | {"if": [["visits", ">", 5]]}]}),
        ("holdout", {"orchestration": {"policy": "rules", "holdout": 1}}),
        (
            "condition",
            {"orchestration": {"policy": "rules", "holdout": 1}, "rules": [BASKET | {"if": [["visits", ">", 5]]}]},
        ),
        ("left", {"rules": [BASKET | {"delay": 2}], "transitions": SOON}),
        ("pending", {"rules": [BASKET | {"delay": 9}]}),
        ("without", {"rules": [BASKET | {"delay": 1, "when": {"entered": "basket", "without": "order", "after": 0}}]}),
        ("stopped", {"rules": [BASKET | {"delay": 1, "stop": [["conversions", ">", 0]]}]}),
        ("not-there", {"actions": [ELSEWHERE]}),
        ("unavailable", {"shocks": [{"id": "down", "from": 0, "to": 5, "set": {"channels.email.enabled": False}}]}),
        ("unavailable", {"channels": [WEB, EMAIL | {"enabled": False}]}),
        ("opted-out", {"segments": [{"id": "shy", "opt_in": {"email": 0}}]}),
        ("not-linked", {"integration": {"mode": "single"}}),
        ("capped", {"orchestration": {"policy": "rules", "caps": {"total": {"max": 0, "days": 5}}, "capped": "drop"}}),
        ("conflict", {"actions": TWO, "rules": BOTH, "orchestration": {"policy": "rules", "gap_hours": 1}}),
        ("quiet", {"channels": [WEB, EMAIL | {"quiet_hours": [20, 8]}], "horizon": 1.2}),
        (
            "budget",
            {"actions": [MAIL | {"cost": 1}], "orchestration": {"policy": "rules", "budget": {"total": 0.001}}},
        ),
        ("sent", {}),
        ("sent", {"channels": [WEB, EMAIL | {"quiet_hours": [20, 8]}]}),
        ("sent", {"actions": [POPOVER]}),
        ("sent", {"rules": TWICE}),
    ],
)
def test_the_customer_stands_on_the_furthest_step(where: str, changes: dict[str, Any]) -> None:
    assert step(**changes) == where


def test_of_two_candidates_one_is_chosen_and_a_choice_within_the_cooldown_goes_no_further() -> None:
    rule = {"id": "often", "when": {"tick": True}, "do": "mail", "alternatives": ["news"], "cooldown": 3}
    learning = {"policy": "bandit", "gap_hours": 0}
    history = run(brand(population={"size": 50}, actions=TWO, rules=[rule], orchestration=learning, horizon=2))
    found = {tuple(sorted(STEPS[step] for step in row)) for row in history.steps.tolist()}
    assert found == {("other-action", "sent"), ("cooldown", "sent")}


def test_what_is_not_there_is_told_of_every_candidate_that_is_not() -> None:
    rule = BASKET | {"do": "mail", "alternatives": ["other"]}
    shown = {"actions": [ELSEWHERE, POPOVER | {"id": "other"}], "rules": [rule], "orchestration": {"policy": "bandit"}}
    history = run(brand(**shown))
    assert [STEPS[each] for each in history.steps[0]] == ["not-there", "sent"]


def test_the_first_send_is_kept_but_for_what_is_transactional() -> None:
    order = {"id": "receipt", "when": {"entered": "order"}, "do": "receipt"}
    receipt = {"id": "receipt", "channels": ["email"], "transactional": True}
    history = run(brand(actions=[MAIL, receipt], rules=[BASKET, order]))
    assert history.customers.first_sent[0] == pytest.approx(20.5 / 24)
    alone = run(brand(actions=[MAIL, receipt], rules=[order]))
    assert np.isnan(alone.customers.first_sent[0])
    assert [STEPS[each] for each in alone.steps[0]] == ["not-triggered", "sent"]


def test_a_program_without_actions_keeps_no_steps() -> None:
    history = run(shop())
    assert history.steps.shape == (500, 0)
    assert np.isnan(history.customers.first_sent).all()

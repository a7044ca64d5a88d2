"""What the customer expects goes out whatever the brand plans, and leaves no trace in its limits (model 10.3)."""

from typing import Any

import numpy as np
import pytest

from sim.engine.memory.history import EVENTS
from tests.engine.brands import CHANNELS, HOUR, MAIL, brand, done, outreach, touchpoints, transitions
from tests.engine.worlds import run
from tests.oracle.comparing import engine_events

RECEIPT = {"id": "receipt", "channels": ["email"], "nudge": 0, "transactional": True}
USUAL = RECEIPT | {"transactional": False}
NEWS = {**MAIL, "id": "news"}
ON_BASKET = {"id": "r1", "when": {"entered": "basket"}, "do": "receipt", "priority": 9}
NEXT_DAY = {"id": "r2", "when": {"at": 1}, "do": "news"}
GONE = (20.5, "receipt@email", None)


def plans(**more: Any) -> dict[str, Any]:
    return {"policy": "rules", "gap_hours": 0, **more}


def both(receipt: dict[str, Any] = RECEIPT, **changes: Any) -> dict[str, Any]:
    return {"actions": [receipt, NEWS], "rules": [ON_BASKET, NEXT_DAY], **changes}


CAPS = {"total": {"max": 1, "days": 7}}


def test_a_receipt_takes_no_room_in_the_cap_of_the_newsletter() -> None:
    assert done(brand(**both(orchestration=plans(caps=CAPS)))) == [GONE, (24, "news@email", None)]
    assert done(brand(**both(USUAL, orchestration=plans(caps=CAPS)))) == [GONE, (24, "news@email", "capped")]


def test_no_cap_stops_a_receipt() -> None:
    rules = [{"id": "r1", "when": {"at": 0.5}, "do": "news"}, ON_BASKET]
    for capped in ("drop", "hold", "defer"):
        full = plans(caps=CAPS, capped=capped)
        assert done(brand(**both(orchestration=full, rules=rules))) == [(12, "news@email", None), GONE]


def test_quiet_hours_do_not_stop_a_receipt() -> None:
    channels = [CHANNELS[0], {**CHANNELS[1], "quiet_hours": [18, 8]}]
    assert done(brand(**both(channels=channels, rules=[ON_BASKET]))) == [GONE]


@pytest.mark.parametrize("mode", ["omni", "multi"])
def test_a_receipt_conflicts_with_nothing_and_nothing_with_it(mode: str) -> None:
    rules = [
        {"id": "before", "when": {"entered": "basket"}, "do": "news"},
        ON_BASKET,
        {"id": "twice", "when": {"entered": "basket"}, "do": "receipt", "priority": 8},
        {"id": "after", "when": {"at": 1}, "do": "news"},
    ]
    close = plans(gap_hours=3)
    history = run(brand(**both(rules=rules, orchestration=close, integration={"mode": mode})))
    assert outreach(history) == [GONE, GONE, (20.5, "news@email", None), (24, "news@email", None)]
    assert history.at_actions.conflicts.sum() == history.at_actions.duplicates.sum() == 0


def test_the_holdout_gets_receipts_and_nothing_else() -> None:
    found = done(brand(**both(orchestration=plans(holdout=1))))
    assert found == [GONE, (24, "news@-", "holdout")]


@pytest.mark.parametrize("level", ["none", "realtime"])
def test_where_nobody_orchestrates_receipts_go_out_alone_and_nothing_is_personalized(level: str) -> None:
    personal = {"level": level, "cost_per_contact": 1}
    of = brand(**both(orchestration={"policy": "none"}, personalization=personal))
    history = run(of)
    assert outreach(history) == [GONE]
    assert history.rules == ("r1",)
    assert history.customers.personal_cost.sum() == history.daily_personal_cost.sum() == 0
    assert history.customers.sent.sum() == 1


def test_without_receipts_nothing_at_all_happens_under_no_policy() -> None:
    history = run(brand(**both(USUAL, orchestration={"policy": "none"})))
    assert outreach(history) == []
    assert history.rules == ()


def test_a_response_to_a_receipt_counts_where_nobody_orchestrates() -> None:
    channels = [CHANNELS[0], {**CHANNELS[1], "response_rate": 1, "time_to_act_hours": 1}]
    receipt = {**RECEIPT, "leads_to": "order"}
    history = run(brand(**both(receipt, channels=channels, orchestration={"policy": "none"})))
    events = [(event.event, round(event.time * 24, 6)) for event in engine_events(history)]
    assert ("responded", 21.5) in events
    assert ("conversion", 21.5) in events


def test_a_receipt_tires_nobody_and_is_no_message_to_conditions_but_its_response_is() -> None:
    channels = [CHANNELS[0], {**CHANNELS[1], "response_rate": 1, "time_to_act_hours": 1}]
    for subject, count in (("messages", 0), ("fatigue", 0), ("responses", 1)):
        rules = [ON_BASKET, NEXT_DAY | {"if": [[subject, "==", count]]}]
        assert done(brand(**both(channels=channels, rules=rules))) == [GONE, (24, "news@email", None)]
    rules = [ON_BASKET, NEXT_DAY | {"if": [["messages", "==", 1]]}]
    assert done(brand(**both(USUAL, rules=rules))) == [GONE, (24, "news@email", None)]


def test_nobody_opts_out_because_of_a_receipt() -> None:
    channels = [CHANNELS[0], {**CHANNELS[1], "opt_out_rate": 1}]
    assert done(brand(**both(channels=channels))) == [GONE, (24, "news@email", None)]
    assert done(brand(**both(USUAL, channels=channels))) == [GONE, (24, "news@email", "opted-out")]


def test_a_receipt_still_needs_opt_in_and_keeps_cooldown_conditions_and_stops() -> None:
    closed = [{"id": "all", "share": 1, "opt_in": {"email": 0}}]
    assert done(brand(**both(segments=closed, rules=[ON_BASKET]))) == [(20.5, "receipt@email", "opted-out")]
    apart = {"mode": "multi", "shared_triggers": False}
    assert done(brand(**both(integration=apart, rules=[ON_BASKET]))) == [(20.5, "receipt@email", "not-linked")]
    stopping = [ON_BASKET | {"stop": [["touchpoint", "==", "basket"]]}]
    assert done(brand(**both(rules=stopping))) == [(20.5, "receipt@email", "stopped")]
    never = [ON_BASKET | {"if": [["touchpoint", "==", "order"]]}]
    assert done(brand(**both(rules=never))) == []
    again = transitions(("home", "basket", 20.5), ("basket", "basket", 2), ("order", "end", 1))
    resting = [ON_BASKET | {"cooldown": 3 * HOUR}]
    found = done(brand(**both(transitions=again, horizon=1, rules=resting)))
    assert found == [GONE, (22.5, "receipt@email", "cooldown")]


def test_the_money_for_receipts_is_cost_but_not_the_budgets() -> None:
    dear = {**RECEIPT, "cost": 3}
    news = {**NEWS, "cost": 2}
    channels = [CHANNELS[0], {**CHANNELS[1], "cost": 1}]
    budget = plans(budget={"total": 3.5})
    tables = {"actions": [dear, news], "rules": [ON_BASKET, NEXT_DAY], "channels": channels, "orchestration": budget}
    history = run(brand(**tables))
    assert outreach(history) == [GONE, (24, "news@email", None)]
    assert history.daily_message_cost.tolist() == [4, 3, 0, 0, 0]
    assert history.daily_budget_cost.tolist() == [0, 3, 0, 0, 0]
    assert history.at_actions.cost.sum(axis=0).tolist() == [4, 3]
    assert history.customers.message_cost.sum() == 7


def crowd(receipt: dict[str, Any], **orchestration: Any) -> Any:
    """Many customers with chance, a budget, planned and triggered sends, alternatives, and receipts for orders."""
    channels = [
        {"id": "web"},
        {
            "id": "email",
            "open_rate": 0.5,
            "response_rate": 0.3,
            "opt_out_rate": 0.05,
            "cost": 1,
            "quiet_hours": [22, 6],
        },
    ]
    rules = [
        {"id": "thanks", "when": {"entered": "order"}, "do": "receipt"},
        {"id": "weekly", "when": {"at": 3}, "do": "receipt"},
        {"id": "news", "when": {"at": 4}, "do": "news"},
        {"id": "remind", "when": {"entered": "basket"}, "do": "news", "alternatives": ["offer"]},
    ]
    delay = {"family": "exponential", "mean": 1.5}
    transitions = [
        {"from": "home", "to": "basket", "share": 1, "delay": delay},
        {"from": "basket", "to": "order", "share": 1, "delay": delay},
        {"from": "order", "to": "basket", "share": 1, "delay": delay},
        {"from": "basket", "to": "end", "share": 1, "delay": delay},
    ]
    offer = {**MAIL, "id": "offer", "discount": 0.1, "nudge": 2}
    return brand(
        horizon=12,
        population={"size": 300, "arrivals": {"pattern": "poisson", "over": 6}},
        channels=channels, rules=rules, transitions=transitions, actions=[receipt, {**NEWS, "nudge": 1}, offer],
        orchestration={"gap_hours": 12, "caps": {"total": {"max": 2, "days": 7}}, **orchestration},
    )  # fmt: skip


@pytest.mark.parametrize("policy", ["rules", "bandit"])
def test_what_else_goes_out_is_the_same_with_and_without_receipts(policy: str) -> None:
    """To the last digit, where a response to a receipt moves nobody."""
    quiet = {**RECEIPT, "open_rate": 0}
    for budget in ({"per_day": 20}, {"total": 150}):
        of = crowd(quiet, policy=policy, budget=budget, holdout=0.2)
        without = of.model_copy(update={"rules": of.rules[2:]})
        ours, theirs = (
            [event for event in engine_events(run(each)) if event.rule not in ("thanks", "weekly")]
            for each in (of, without)
        )
        assert ours == theirs
        assert sum(event.event == "sent" for event in ours) > 50


@pytest.mark.parametrize("policy", ["rules", "bandit"])
def test_the_holdout_lives_as_it_would_under_no_policy_receipts_included(policy: str) -> None:
    talking = {**RECEIPT, "open_rate": 0.9, "response_rate": 0.9, "nudge": 3}
    acting = run(crowd(talking, policy=policy, budget={"per_day": 20}, holdout=0.3))
    resting = run(crowd(talking, policy="none", budget={"per_day": 20}, holdout=0.3))
    held = set(acting.customers.number[acting.customers.holdout].tolist())
    lived, rested = (
        [event for event in engine_events(of) if event.customer in held and event.event != "ruled_out"]
        for of in (acting, resting)
    )
    assert lived == rested
    assert sum(event.event == "responded" for event in lived) > 10
    everybody = [event for event in engine_events(resting) if event.event == "sent"]
    assert {event.action for event in everybody} == {"receipt"}
    assert len({event.customer for event in everybody}) > 150


def test_a_policy_that_learns_neither_takes_a_receipt_for_an_alternative_nor_chooses_one_for_a_receipt() -> None:
    rules = [
        ON_BASKET | {"alternatives": ["news"]},
        {"id": "r2", "when": {"entered": "order"}, "do": "news", "alternatives": ["receipt"]},
    ]
    of = brand(**both(population={"size": 200}, rules=rules, orchestration=plans(policy="bandit")))
    events = run(of).events
    assert events is not None
    sent = events.event == EVENTS.index("sent")
    by_rule = {(int(rule), int(action)) for rule, action in zip(events.rule[sent], events.action[sent], strict=True)}
    assert by_rule == {(0, 0), (1, 1)}
    assert not np.isin(EVENTS.index("considered"), events.event)


def test_receipts_count_among_what_was_sent() -> None:
    history = run(brand(**both()))
    assert history.customers.sent.sum() == 2
    assert history.at_actions.sent.sum(axis=0).tolist() == [1, 1]


def test_a_receipt_at_the_desk_goes_out_while_the_customer_queues() -> None:
    till = {"id": "till", "service_minutes": 5, "closed": "wait", "shifts": [{"from": 9, "to": 17, "agents": 1}]}
    tables = both(rules=[ON_BASKET], touchpoints=touchpoints(basket={"desk": "till"}), desks=[till])
    for policy in ("none", "rules"):
        assert done(brand(**tables, orchestration={"policy": policy})) == [GONE]

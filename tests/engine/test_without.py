"""A reminder that nobody should get: `without`, stop conditions and leaving are asked at every send (model 10.5)."""

from typing import Any

import pytest

from tests.engine.brands import CHANNELS, HOUR, MAIL, brand, done, touchpoints, transitions
from tests.engine.worlds import run

PUSH = {"id": "push", "open_rate": 1, "response_rate": 0, "delivery_rate": 1, "opt_out_rate": 0}
AFTER = {"entered": "basket", "without": "order", "after": 1 * HOUR}
CAPPED = {"policy": "rules", "gap_hours": 0, "caps": {"total": {"max": 1, "days": 1}}}


def reminding(**more: Any) -> list[dict[str, Any]]:
    return [{"id": "remind", "when": AFTER, "do": "mail", **more}]


def quiet(begin: float, end: float) -> list[dict[str, Any]]:
    return [CHANNELS[0], {**CHANNELS[1], "quiet_hours": [begin, end]}]


SHOWN = {"id": "mail", "kind": "popover", "channels": ["web"]}
HELLO = {"id": "hello", "when": {"entered": "basket"}, "do": "hello", "priority": 1}
TWO = [MAIL, {**MAIL, "id": "hello"}]

TILL = {"id": "till", "service_minutes": 5, "closed": "wait", "shifts": [{"from": 9, "to": 17, "agents": 1}]}

PUT_OFF = {
    "in quiet hours": (
        {"channels": quiet(21, 8), "rules": reminding()},
        [(21.5, "mail@email", "quiet"), (32, "mail@email", "without")],
    ),
    "by the rule's own delay": ({"rules": reminding(delay=4 * HOUR)}, [(25.5, "mail@email", "without")]),
    "by a cap that defers": (
        {"rules": [*reminding(), HELLO], "actions": TWO, "orchestration": {**CAPPED, "capped": "defer"}},
        [(20.5, "hello@email", None), (21.5, "mail@email", "capped"), (44.5, "mail@email", "without")],
    ),
    "by a cap that holds": (
        {"rules": [*reminding(), HELLO], "actions": TWO, "orchestration": {**CAPPED, "capped": "hold"}},
        [(20.5, "hello@email", None), (21.5, "mail@email", "capped"), (44.5, "mail@email", "without")],
    ),
    "to the supporting channel": (
        {
            "channels": [*CHANNELS, PUSH],
            "rules": reminding(),
            "actions": [{**MAIL, "channels": ["email", "push"], "support_after": 4 * HOUR}],
        },
        [(21.5, "mail@email", None), (25.5, "mail@push", "without")],
    ),
    "as a pop-over with a delay": (
        {"rules": reminding(delay=4 * HOUR), "actions": [SHOWN]},
        [(25.5, "mail@web", "without")],
    ),
    "under a policy that learns, where it is noted of the rule's own action": (
        {
            "rules": reminding(delay=4 * HOUR, alternatives=["hello"]),
            "actions": TWO,
            "orchestration": {"policy": "bandit", "gap_hours": 0},
        },
        [(25.5, "mail@email", "without")],
    ),
    "at a desk": (
        {
            "touchpoints": touchpoints(order={"desk": "till"}),
            "desks": [TILL],
            "rules": reminding(delay=4 * HOUR),
        },
        [(25.5, "mail@email", "without")],
    ),
}


@pytest.mark.parametrize("put_off", PUT_OFF)
def test_a_reminder_put_off_beyond_the_order_is_not_sent(put_off: str) -> None:
    changes, expected = PUT_OFF[put_off]
    assert done(brand(**changes)) == expected


@pytest.mark.parametrize("put_off", PUT_OFF)
def test_the_same_reminder_without_without_is_sent(put_off: str) -> None:
    changes, expected = PUT_OFF[put_off]
    rules = [rule | {"when": {k: v for k, v in rule["when"].items() if k != "without"}} for rule in changes["rules"]]
    assert [reason for _, _, reason in done(brand(**(changes | {"rules": rules})))][len(expected) - 1] is None


def test_an_order_before_the_wait_ends_leaves_nothing_to_fire() -> None:
    soon = transitions(("home", "basket", 20.5), ("basket", "order", 0.5), ("order", "end", 24000))
    assert done(brand(transitions=soon, rules=reminding(delay=4 * HOUR))) == []


def test_an_order_at_the_very_end_of_the_wait_comes_first() -> None:
    then = transitions(("home", "basket", 20), ("basket", "order", 1), ("order", "end", 24000))
    assert done(brand(transitions=then, rules=reminding())) == []


def test_an_order_before_the_basket_does_not_count() -> None:
    other_order = transitions(("home", "order", 1), ("order", "basket", 1), ("basket", "end", 24000))
    assert done(brand(transitions=other_order, rules=reminding(delay=4 * HOUR))) == [(7, "mail@email", None)]


LOOP = transitions(("home", "basket", 20.5), ("basket", "order", 2.5), ("order", "basket", 0.5))
"""In the basket at 20:30, 23:30 and 2:30, ordering at 23:00 and 2:00."""


def test_the_next_basket_ends_what_is_under_way_and_has_a_reminder_of_its_own() -> None:
    found = done(brand(transitions=LOOP, horizon=27 * HOUR, channels=quiet(21, 1), rules=reminding()))
    assert found == [
        (21.5, "mail@email", "quiet"),
        (24.5, "mail@email", "without"),  # the wait of the second basket is over
        (24.5, "mail@email", "quiet"),
        (25, "mail@email", None),  # before the second order
    ]


def test_a_pop_over_under_way_ends_likewise_on_the_channel_of_the_visit() -> None:
    found = done(brand(transitions=LOOP, horizon=25.9 * HOUR, actions=[SHOWN], rules=reminding(delay=4 * HOUR)))
    assert found == [(24.5, "mail@web", "without")]


def test_a_reminder_that_is_still_wanted_goes_on_and_the_next_firing_is_passed_over() -> None:
    again = transitions(("home", "basket", 1), ("basket", "home", 1), ("home", "home", 0))[:2]
    rules = [{"id": "remind", "when": AFTER | {"after": 0.5 * HOUR}, "do": "mail", "delay": 3 * HOUR}]
    # Baskets at 1:00 and 3:00; the sequence of the first is under way until 4:30.
    assert done(brand(transitions=again, horizon=4.9 * HOUR, rules=rules)) == [(4.5, "mail@email", None)]


def test_the_sequence_that_is_called_off_is_counted_of_its_action() -> None:
    history = run(brand(rules=reminding(delay=4 * HOUR), actions=TWO))
    by_action = history.at_actions.ruled_out.sum(axis=(0, 1))
    assert dict(zip(history.actions, by_action.tolist(), strict=True)) == {"mail": 1, "hello": 0}


def test_a_policy_that_learns_notes_what_ruled_out_an_alternative_of_that_alternative() -> None:
    channels = [*CHANNELS, PUSH]
    segments = [{"id": "all", "share": 1, "opt_in": {"push": 0}}]
    actions = [MAIL, {**MAIL, "id": "other", "channels": ["push"]}]
    rules = [{"id": "remind", "when": {"entered": "basket"}, "do": "mail", "alternatives": ["other"]}]
    bandit = {"policy": "bandit", "gap_hours": 0}
    history = run(brand(channels=channels, segments=segments, actions=actions, rules=rules, orchestration=bandit))
    by_action = history.at_actions.ruled_out.sum(axis=(0, 1))
    assert dict(zip(history.actions, by_action.tolist(), strict=True)) == {"mail": 0, "other": 1}


# stop conditions, and those who have left

STOP = [["touchpoint", "==", "order"]]


@pytest.mark.parametrize("put_off", [name for name in PUT_OFF if "a policy" not in name])
def test_stop_conditions_are_asked_at_every_send(put_off: str) -> None:
    changes, expected = PUT_OFF[put_off]
    rules = [
        rule | {"stop": STOP, "when": {k: v for k, v in rule["when"].items() if k != "without"}}
        for rule in changes["rules"]
    ]
    stopped = [(time, what, "stopped" if reason == "without" else reason) for time, what, reason in expected]
    assert done(brand(**(changes | {"rules": rules}))) == stopped


@pytest.mark.parametrize("put_off", [name for name in PUT_OFF if name != "at a desk"])
def test_nothing_is_sent_or_noted_once_the_customer_has_left(put_off: str) -> None:
    changes, expected = PUT_OFF[put_off]
    gone = transitions(("home", "basket", 20.5), ("basket", "end", 2.5))
    assert done(brand(**(changes | {"transitions": gone}))) == expected[:-1]

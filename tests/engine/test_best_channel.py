"""First messages go out on the channel on which each customer opened most (model 33.5)."""

from typing import Any

import pytest

from sim.engine import compile_program, simulate
from sim.engine.memory.history import KNOWN
from tests.engine.brands import CHANNELS, HOUR, Line, brand, done
from tests.engine.test_best_hour import sent

EMAIL = {"id": "email", "open_rate": 0.5, "response_rate": 0}
APP = {"id": "app", "open_rate": 0.5, "response_rate": 0}
ACTIONS = [
    {"id": "mail", "channels": ["email"], "open_rate": 0},
    {"id": "push", "channels": ["app"], "open_rate": 1},
    {"id": "both", "channels": ["email", "app"], "open_rate": 0.4},
]


def at(hour: float, action: str, **more: Any) -> dict[str, Any]:
    return {"id": f"{action}{60 * hour:.0f}", "when": {"at": hour * HOUR}, "do": action, **more}


def four_known(*later: dict[str, Any], actions: Any = (), orchestration: Any = (), **more: Any) -> list[Line]:
    """What is done of two mails, never opened, and two pushes, always opened, and of what comes later."""
    first = [at(3, "mail"), at(9, "mail"), at(15, "push"), at(19, "push")]
    by = {"policy": "rules", "gap_hours": 0, "optimise": ["channel"], "optimise_from": 4, "optimise_prior": 1}
    tables = {
        "channels": [CHANNELS[0], EMAIL, APP],
        "actions": [*ACTIONS, *actions],
        "rules": [*first, *later],
        "orchestration": by | dict(orchestration),
    }
    return done(brand(**(tables | more)))


def test_a_message_takes_the_channel_on_which_the_customer_opened_most() -> None:
    assert four_known(at(33, "both"))[-1] == (33, "both@app", None)


def test_of_somebody_little_known_it_takes_the_first_that_may_be_used() -> None:
    assert four_known(at(33, "both"), orchestration={"optimise_from": 5})[-1] == (33, "both@email", None)
    assert four_known(at(33, "both"), orchestration={"optimise_share": 0})[-1] == (33, "both@email", None)


def test_what_is_usual_counts_as_so_many_messages() -> None:
    """Of 2 mails none was opened, of 10 pushes 2; with 20 more on each, of which 8 are, it is 8 of 22, and 10 of 30."""
    dull = {"id": "dull", "channels": ["app"], "open_rate": 0}
    many = [at(20 + 0.1 * number, "dull") for number in range(8)]
    assert four_known(*many, at(33, "both"), actions=[dull])[-1] == (33, "both@app", None)
    usual = {"actions": [dull], "orchestration": {"optimise_prior": 20}}
    assert four_known(*many, at(33, "both"), **usual)[-1] == (33, "both@email", None)


def test_equal_channels_are_taken_in_the_order_of_the_file() -> None:
    """Nothing was ever opened on either, and as much was sent."""
    never = [ACTIONS[0], {**ACTIONS[1], "open_rate": 0}, ACTIONS[2]]
    rules = [at(3, "mail"), at(9, "mail"), at(15, "push"), at(19, "push"), at(33, "both")]
    by = {"policy": "rules", "gap_hours": 0, "optimise": ["channel"], "optimise_from": 4}
    lines = done(brand(channels=[CHANNELS[0], EMAIL, APP], actions=never, rules=rules, orchestration=by))
    assert lines[-1] == (33, "both@email", None)


def test_what_may_not_be_used_is_ruled_out_and_another_taken() -> None:
    shy = [{"id": "a", "opt_in": {"app": 0}}]
    rules = [at(3 + number, "mail") for number in range(4)]
    lines = four_known(*rules, at(33, "both"), segments=shy)
    assert lines[-2:] == [(33, "both@app", "opted-out"), (33, "both@email", None)]


def test_what_supports_follows_in_the_order_of_the_file_without_a_choice() -> None:
    sms = {"id": "sms", "open_rate": 0.9, "response_rate": 0}
    three = {"id": "three", "channels": ["email", "app", "sms"], "open_rate": 0.4, "support_after": 0.25}
    lines = four_known(at(33, "three"), actions=[three], channels=[CHANNELS[0], EMAIL, APP, sms])
    assert lines[-2:] == [(33, "three@app", None), (39, "three@sms", None)]


def test_a_message_that_was_put_off_takes_its_channel_anew() -> None:
    """At 23 o'clock it takes the app and is put off to 8; by then e-mail is known better."""
    quiet = [CHANNELS[0], EMAIL, {**APP, "quiet_hours": [22, 8]}]
    kind = {"id": "kind", "channels": ["email"], "open_rate": 1}
    many = [at(24 + number, "kind") for number in range(6)]
    dull = [at(20 + 0.1 * number, "dull") for number in range(4)]
    actions = [kind, {"id": "dull", "channels": ["app"], "open_rate": 0}]
    lines = four_known(*dull, at(23, "both"), *many, channels=quiet, actions=actions)
    of_both = [line for line in lines if line[1].startswith("both")]
    assert of_both == [(23, "both@app", "quiet"), (32, "both@email", None)]


def test_the_hour_is_that_of_the_channel_taken() -> None:
    """Pushes were opened at 15 and 19; at 9 o'clock nothing is known of the app, so it waits for 14 o'clock."""
    both = {"optimise": ["hour", "channel"], "optimise_from": 2}
    lines = four_known(at(26, "push"), at(33, "both"), actions=[], orchestration=both)
    assert [line for line in lines if line[1].startswith("both")][-1][1] == "both@app"


@pytest.mark.parametrize(("share", "kind"), [(0, "control"), (1, "optimised")])
def test_only_first_messages_with_several_channels_are_counted(share: float, kind: str) -> None:
    rules = [at(3, "mail"), at(9, "mail"), at(15, "push"), at(19, "both"), at(33, "both")]
    by = {"policy": "rules", "gap_hours": 0, "optimise": ["channel"], "optimise_from": 4, "optimise_share": share}
    channels = [CHANNELS[0], EMAIL, APP]
    of = brand(channels=channels, actions=ACTIONS, rules=rules, orchestration=by)
    found = simulate(compile_program(of, of), 0, 0).by_known[0]
    assert found[KNOWN.index("little-known"), 0] == 1
    assert found[KNOWN.index(kind), 0] == 1
    assert found[:, 0].sum() == 2


def test_every_message_of_a_control_goes_where_it_would() -> None:
    assert sent(four_known(at(33, "both"), orchestration={"optimise_share": 0})) == [3, 9, 15, 19, 33]

"""Whether what is seen on one channel sets off messages on another (model 10.5, integration.shared_triggers)."""

import pytest

from tests.engine.brands import CHANNELS, HOUR, MAIL, brand, done, touchpoints

ENTERED = [{"id": "remind", "when": {"entered": "basket"}, "do": "mail"}]
SENT = [(20.5, "mail@email", None)]
NOT_LINKED = [(20.5, "mail@email", "not-linked")]


@pytest.mark.parametrize(
    ("integration", "expected"),
    [
        ({"mode": "omni"}, SENT),
        ({"mode": "omni", "shared_triggers": False}, SENT),
        ({"mode": "multi"}, SENT),
        ({"mode": "multi", "shared_triggers": True}, SENT),
        ({"mode": "multi", "shared_triggers": False}, NOT_LINKED),
        ({"mode": "single"}, NOT_LINKED),
        ({"mode": "single", "shared_triggers": False}, NOT_LINKED),
    ],
)
def test_what_is_seen_on_one_channel_sets_off_messages_on_another_unless_teams_are_apart(integration, expected):
    assert done(brand(rules=ENTERED, integration=integration)) == expected


def test_after_a_wait_the_channel_of_the_visit_still_counts():
    rules = [{"id": "remind", "when": {"entered": "basket", "after": 1 * HOUR}, "do": "mail", "delay": 1 * HOUR}]
    apart = {"mode": "multi", "shared_triggers": False}
    assert done(brand(rules=rules, integration=apart)) == [(22.5, "mail@email", "not-linked")]


def test_teams_that_are_apart_send_on_the_channel_on_which_it_was_seen_and_what_was_seen_nowhere():
    apart = {"mode": "multi", "shared_triggers": False}
    both = [{**MAIL, "channels": ["email", "web"]}]
    assert done(brand(rules=ENTERED, actions=both, integration=apart)) == [*NOT_LINKED, (20.5, "mail@web", None)]
    by_date = [{"id": "news", "when": {"at": 1}, "do": "mail"}]
    assert done(brand(rules=by_date, integration=apart)) == [(24, "mail@email", None)]
    for elsewhere in ({"touchpoints": touchpoints(basket={"channels": []})}, {"integration": {"mode": "multi"}}):
        assert done(brand(rules=ENTERED, **({"integration": apart} | elsewhere))) == SENT


def test_channels_side_by_side_still_do_not_share_what_went_out():
    """Under multi nothing conflicts and caps count by channel, whatever sets messages off."""
    channels = [*CHANNELS, {**CHANNELS[1], "id": "push"}]
    actions = [MAIL, {**MAIL, "id": "ping", "channels": ["push"]}]
    rules = [*ENTERED, {"id": "also", "when": {"entered": "basket"}, "do": "ping"}]
    plans = {"policy": "rules", "gap_hours": 4, "caps": {"total": {"max": 1, "days": 7}}}
    tables = {"channels": channels, "actions": actions, "rules": rules, "orchestration": plans}
    both = [(20.5, "mail@email", None), (20.5, "ping@push", None)]
    assert done(brand(**tables, integration={"mode": "multi"})) == both
    assert done(brand(**tables)) == [both[0], (20.5, "ping@push", "conflict")]

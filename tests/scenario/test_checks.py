"""What counts as a loop without time, an end without exit, and names that share their luck."""

from zlib import crc32

import pytest

from sim.scenario.checks import check
from sim.scenario.sites import site_texts
from tests.builders import scenario, small


def problems(**changes):
    """The errors of a scenario, by key path."""
    return {fault.key_path: fault.problem for fault in check(scenario(**changes)) if fault.level == "error"}


def looping(**changes):
    """start and middle lead to each other at once, unless something between them takes time."""
    tables = small(**changes)
    tables["transitions"][0]["delay"] = 0
    tables["transitions"].append({"from": "middle", "to": "start", "share": 1})
    return tables


def is_loop(tables):
    found = problems(**tables)
    loops = [problem for problem in found.values() if "no time passes in the loop" in problem]
    assert len(found) == len(loops), found
    return len(loops) == 1


def with_desk(**desk):
    tables = looping(desks=[{"id": "phone", "agents": 1, "service_minutes": 5, **desk}])
    tables["desks"][0] = {key: value for key, value in tables["desks"][0].items() if value is not None}
    tables["touchpoints"][1]["desk"] = "phone"
    return tables


def test_the_small_scenario_is_right():
    assert check(scenario()) == ()


def test_a_loop_is_told_once_with_its_way_round():
    found = problems(**looping())
    assert list(found) == [("transitions", 0, "delay")]
    assert found["transitions", 0, "delay"] in (
        "no time passes in the loop start → middle → start: a customer could go round for ever",
        "no time passes in the loop middle → start → middle: a customer could go round for ever",
    )


@pytest.mark.parametrize(
    ("delay", "loop"),
    [
        (0, True),
        ({"family": "fixed", "value": 0}, True),
        ({"family": "exponential", "mean": 0}, True),
        ({"family": "uniform", "low": 0, "high": 0}, True),
        ({"family": "normal", "mean": 0, "sd": 0}, True),
        ({"family": "empirical", "quantiles": [0, 0]}, True),
        (0.001, False),
        ({"family": "exponential", "mean": 0.001}, False),
        ({"family": "uniform", "low": 0, "high": 1}, False),
        ({"family": "empirical", "quantiles": [0, 1]}, False),
    ],
)
def test_a_delay_that_is_always_0_takes_no_time(delay, loop):
    tables = looping()
    tables["transitions"][3]["delay"] = delay
    assert is_loop(tables) is loop


def test_transitions_that_nobody_takes_make_no_loop():
    for change in ({"share": 0}, {"enabled": False}):
        tables = looping()
        tables["transitions"][3].update(change)
        assert not is_loop(tables)


@pytest.mark.parametrize(
    ("desk", "loop"),
    [
        ({}, False),
        ({"service_minutes": 0}, True),
        ({"enabled": False}, True),
        ({"agents": 0}, True),
        ({"agents": 0, "closed": "wait"}, False),
        ({"patience_minutes": 3}, False),
        ({"patience_minutes": 0}, True),
        ({"agents": None, "shifts": [{"days": "mon-fri", "from": 8, "to": 18, "agents": 1}]}, True),
        (
            {"agents": None, "shifts": [{"days": "mon-fri", "from": 8, "to": 18, "agents": 1}], "closed": "call-back"},
            False,
        ),
        ({"agents": None, "shifts": [{"from": 0, "to": 24, "agents": 1}]}, False),
        ({"agents": None, "shifts": [{"from": 6, "to": 6, "agents": 1}]}, False),
        ({"agents": None, "shifts": [{"from": 6, "to": 18, "agents": 1}, {"from": 17, "to": 7, "agents": 1}]}, False),
        ({"agents": None, "shifts": [{"from": 6, "to": 18, "agents": 1}, {"from": 18, "to": 6, "agents": 0}]}, True),
    ],
)
def test_a_desk_takes_time_only_if_nobody_passes_it_at_once(desk, loop):
    assert is_loop(with_desk(**desk)) is loop


def test_people_without_patience_pass_a_busy_desk_at_once():
    hasty = [{"id": "calm"}, {"id": "hasty", "traits": {"patience_minutes": 0}}]
    assert not is_loop(with_desk() | {"segments": hasty})
    assert is_loop(with_desk(patience_minutes=3) | {"segments": hasty})


def test_a_touchpoint_that_an_action_brings_people_to_is_reached():
    tables = small()
    tables["touchpoints"].append({"id": "offer"})
    tables["transitions"].append({"from": "offer", "to": "done", "share": 1})
    assert problems(**tables) == {("touchpoints", 4): "no customer can reach this touchpoint"}
    assert problems(**tables, actions=[{"id": "mail", "channels": ["web"], "leads_to": "offer"}]) == {}
    idle = problems(**tables, actions=[{"id": "mail", "channels": ["web"], "leads_to": "offer", "enabled": False}])
    assert idle == {("touchpoints", 4): "no customer can reach this touchpoint"}


def test_the_lapsed_may_wait_for_a_message_but_not_for_nothing():
    tables = small()
    tables["touchpoints"].append({"id": "asleep", "lapsed": True})
    tables["transitions"].append({"from": "middle", "to": "asleep", "share": 1})
    assert "can never leave" in problems(**tables)["touchpoints", 4]
    assert problems(**tables, actions=[{"id": "mail", "channels": ["web"], "leads_to": "middle"}]) == {}


def test_a_journey_without_touchpoints_is_told_as_that():
    assert problems(touchpoints=[], transitions=[]) == {("touchpoints",): "there is no enabled touchpoint"}


def test_what_follows_a_misspelt_or_blocked_transition_is_not_told_as_unreachable():
    tables = small()
    tables["transitions"][0]["to"] = "midle"
    assert list(problems(**tables)) == [("transitions", 0, "to")]
    tables = small()
    tables["transitions"][0]["share"] = 0
    assert list(problems(**tables)) == [("transitions", 0, "share")]


def test_a_disabled_touchpoint_needs_neither_start_nor_end():
    tables = small()
    tables["touchpoints"].append({"id": "later", "enabled": False})
    assert check(scenario(**tables)) == ()


def test_every_text_that_chance_is_drawn_under_is_looked_at():
    tables = small(
        segments=[{"id": "one", "attributes": {"region": {"north": 1}}}],
        surveys=[{"id": "ask", "kind": "nps", "at": ["middle"]}],
    )
    tables["touchpoints"][1]["channels"] = []
    tables["actions"] = [{"id": "mail", "channels": ["web"]}, {"id": "tip", "kind": "recommendation"}]
    tables["rules"] = [{"id": "hello", "when": {"entered": "start"}, "do": "mail", "alternatives": ["tip"]}]
    tables["broadcasts"] = [{"id": "sale", "at": 3, "do": "mail"}]
    texts = {text for text, _ in site_texts(scenario(**tables))}
    traits = {f"trait:{name}" for name in ("propensity", "price_sensitivity", "patience_minutes", "privacy_concern")}
    assert texts == traits | {
        "trait:pace",
        "trait:attrition",
        "trait:preferred_hour",
        "arrival",
        "consent",
        "holdout",
        "action:mail@web",
        "rule:hello",
        "rule:hello/action:mail@web",
        "rule:hello/action:tip@web",
        "rule:sale",
        "rule:sale/action:mail@web",
        "referrals",
        "action:tip@web",
        "segment:one",
        "attribute:region=north",
        "channel:web",
        "touchpoint:start",
        "touchpoint:middle",
        "touchpoint:done",
        "touchpoint:gone",
        "touchpoint:start@web",
        "survey:ask@middle",
        "transition:start/middle",
        "transition:middle/done",
        "transition:middle/gone",
    }


def test_two_names_that_collide_are_told_once():
    assert crc32(b"channel:plumless") == crc32(b"channel:buckeroo")
    found = problems(channels=[{"id": "plumless"}, {"id": "buckeroo"}])
    assert found == {("channels", 1): '"channel:buckeroo" would draw the same random numbers as "channel:plumless"'}


def test_a_disabled_name_collides_too():
    assert len(problems(channels=[{"id": "plumless", "enabled": False}, {"id": "buckeroo"}])) == 1


@pytest.mark.parametrize("name", ["treated", "holdout"])
def test_a_segment_has_no_name_of_a_group_where_some_are_held_out(name):
    segments = [{"id": "new"}, {"id": name}]
    key_path = ("segments", 1, "id")
    assert problems(segments=segments) == {}
    assert key_path in problems(segments=segments, orchestration={"holdout": 0.1})
    spread = {"orchestration.holdout": {"family": "uniform", "low": 0, "high": 0.2}}
    assert key_path in problems(segments=segments, uncertainty=spread)

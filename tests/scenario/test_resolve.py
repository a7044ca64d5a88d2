"""Defaults filled in, and what is disabled left out."""

from sim.scenario.resolve import (
    channel_shares,
    coefficients,
    desk_of,
    enabled_channels,
    enabled_transitions,
    roles,
    segments,
    stage_of,
    stages,
)
from tests.builders import scenario, small

STAGED = [
    {"id": "start", "start": True, "stage": "awareness"},
    {"id": "middle", "stage": "consideration"},
    {"id": "asleep", "stage": "retention", "lapsed": True},
    {"id": "done", "exit": "completed", "stage": "awareness"},
    {"id": "gone", "exit": "churn", "stage": "advocacy"},
]


def _touchpoint(of, wanted):
    return next(touchpoint for touchpoint in of.touchpoints if touchpoint.id == wanted)


def test_a_transition_at_a_disabled_touchpoint_is_left_out():
    tables = small()
    tables["touchpoints"][1]["enabled"] = False
    assert enabled_transitions(scenario(**tables)) == ()


def test_a_disabled_transition_is_left_out():
    tables = small()
    tables["transitions"][1]["enabled"] = False
    assert [transition.key for transition in enabled_transitions(scenario(**tables))] == ["start/middle", "middle/gone"]


def test_without_segments_there_is_one_called_everyone():
    assert [(segment.id, segment.share) for segment in segments(scenario())] == [("everyone", 1.0)]


def test_without_stages_there_are_the_usual_six_and_touchpoints_stand_in_the_first():
    plain = scenario()
    assert [stage.id for stage in stages(plain)] == [
        "awareness",
        "consideration",
        "purchase",
        "onboarding",
        "retention",
        "advocacy",
    ]
    assert stage_of(plain, plain.touchpoints[1]) == "awareness"


def test_channels_left_out_mean_all_enabled_ones_but_none_at_exits_and_lapsed_touchpoints():
    shop = scenario(
        channels=[{"id": "web"}, {"id": "app", "enabled": False}, {"id": "shop"}],
        touchpoints=STAGED,
    )
    assert [channel.id for channel in enabled_channels(shop)] == ["web", "shop"]
    assert channel_shares(shop, _touchpoint(shop, "start")) == {"web": 1, "shop": 1}
    assert channel_shares(shop, _touchpoint(shop, "asleep")) == {}
    assert channel_shares(shop, _touchpoint(shop, "done")) == {}


def test_listed_channels_come_in_the_order_of_the_channels_without_the_disabled():
    shop = scenario(
        channels=[{"id": "web"}, {"id": "app", "enabled": False}, {"id": "shop"}],
        touchpoints=[
            {"id": "start", "start": True, "channels": {"shop": 0.3, "app": 0.2, "web": 0}},
            {"id": "asleep", "lapsed": True, "channels": ["shop"]},
            {"id": "bare", "channels": []},
        ],
        transitions=[],
    )
    assert list(channel_shares(shop, _touchpoint(shop, "start")).items()) == [("web", 0), ("shop", 0.3)]
    assert channel_shares(shop, _touchpoint(shop, "asleep")) == {"shop": 1}
    assert channel_shares(shop, _touchpoint(shop, "bare")) == {}


def test_a_role_follows_from_the_target_unless_it_is_given():
    roles_of = [
        ("start", "middle", None, "progress"),
        ("middle", "start", None, "neutral"),
        ("middle", "gone", None, "exit"),
        ("middle", "asleep", None, "exit"),
        ("middle", "done", None, "progress"),
        ("start", "gone", "neutral", "neutral"),
    ]
    transitions = [
        {"from": source, "to": target, "share": 1} | ({"role": role} if role else {})
        for source, target, role, _ in roles_of
    ]
    found = roles(scenario(touchpoints=STAGED, transitions=transitions))
    assert found == {f"{source}/{target}": expected for source, target, _, expected in roles_of}


def test_coefficients_are_the_defaults_then_the_files_then_the_transitions_own():
    tables = small(coefficients={"progress": {"propensity": 0.9, "wait": 0}})
    tables["transitions"][1]["effects"] = {"wait": -1, "nudge": 2}
    staged = scenario(**tables)
    values = coefficients(staged, staged.transitions[1])
    assert values == (0.9, 0.3, 1.0, 0.4, -0.03, -0.3, -0.3, -1.0, -0.2, 2.0, -2.0, 2.0)
    assert coefficients(staged, staged.transitions[1], role="neutral") == (0, 0.3, 0, 0, 0, 0, 0, -1, 0, 0, 0, 2)


def test_a_disabled_desk_serves_nobody():
    tables = small(desks=[{"id": "phone", "agents": 1, "service_minutes": 5}])
    tables["touchpoints"][1]["desk"] = "phone"
    served = scenario(**tables)
    assert desk_of(served, served.touchpoints[1]) == served.desks[0]
    tables["desks"][0]["enabled"] = False
    closed = scenario(**tables)
    assert desk_of(closed, closed.touchpoints[1]) is None

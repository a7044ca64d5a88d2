"""Messages, rules and responses in the smallest scenarios, worked out by hand for both programs."""

import math
from typing import Any

import pytest

from sim.scenario.scenario import Scenario

from .both import Run, Tables
from .by_hand import sending, stay, told
from .conditions import logistic
from .draws import MESSAGE, Draws, uniform32
from .personalization import Personalization


def test_a_message_is_sent_after_the_delay_and_a_response_after_the_time_to_act_changes_the_choice(run: Run) -> None:
    """Nudge 100: the one to the shop weighs exp(70) times as much, the exit exp(-30); the delay starts at 0.75."""
    events = run(stay(**sending({"entered": "home"}, delay=0.5, nudge=100, cost=0.25)))
    assert told(events) == [
        (0, "enter", "home"),
        (0.5, "sent", "rule"),
        (0.5, "delivered", "rule"),
        (0.5, "opened", "rule"),
        (0.75, "responded", 1),
        (1.75, "enter", "shop"),
    ]
    (sent,) = (e for e in events if e.event == "sent")
    assert (sent.value, sent.channel, sent.touchpoint, sent.action) == (0.75, "email", "home", "mail")


def test_a_response_that_does_not_change_the_choice_leaves_its_time_alone(run: Run) -> None:
    events = run(stay(**sending({"entered": "home"}, delay=0.5, nudge=0)))
    assert told(events)[-3:] == [(0.75, "responded", 0), (4, "enter", "gone"), (4, "churn", "gone")]


def test_a_response_that_leads_somewhere_takes_the_customer_there_at_once(run: Run) -> None:
    events = run(stay(**sending({"entered": "home"}, leads_to="shop")))
    assert told(events)[-2:] == [(0.25, "responded", 1), (0.25, "enter", "shop")]


def test_a_message_that_is_not_delivered_comes_to_nothing(run: Run) -> None:
    tables = stay(**sending({"entered": "home"}))
    tables["channels"][1]["delivery_rate"] = 0
    assert told(run(tables)) == [
        (0, "enter", "home"),
        (0, "sent", "rule"),
        (4, "enter", "gone"),
        (4, "churn", "gone"),
    ]


@pytest.mark.parametrize(
    ("when", "times"),
    [
        ({"entered": "home", "after": 1.5}, [1.5]),
        ({"entered": "home", "after": 1.5, "without": "gone"}, [1.5]),
        ({"entered": "home", "after": 4}, []),
        ({"idle": 1.25}, [1.25]),
        ({"at": 2.5}, [2.5]),
        ({"every": "tue 12:00"}, [1.5]),
        ({"every": "mon 00:00"}, [0]),
        ({"count": "visits", "reaches": 1}, [0]),
        ({"count": "visits", "reaches": 2}, []),
        ({"score": "keen", "above": 0.5}, [0]),
        ({"score": "keen", "above": 0.5, "below": 0.7}, []),
        ({"tick": True}, [0, 1, 2, 3]),
        ({"leaving": True}, [0]),
        ({"leaving": "shop"}, []),
    ],
)
def test_a_trigger_fires_when_it_should(run: Run, when: Tables, times: list[float]) -> None:
    """Day 0 is a Monday; at day 4 the exit is entered before anything else; the score is 1 / (1 + exp(-1))."""
    tables = stay(**sending(when), scores={"keen": {"weights": {"visits": 1}}})
    assert [e.time for e in run(tables) if e.event == "sent"] == times


def test_a_wait_ends_with_the_touchpoint_that_it_is_without_and_starts_anew_with_the_one_it_follows(run: Run) -> None:
    tables = stay(
        transitions=[
            {"from": "home", "to": "shop", "share": 1, "delay": 1},
            {"from": "shop", "to": "home", "share": 1, "delay": 1},
        ],
        **sending({"entered": "home", "after": 1, "without": "shop"}),
    )
    assert told(run(tables), "sent") == [], "the shop is entered first, at the very time"
    tables["rules"][0]["when"] = {"entered": "home", "after": 2.5}
    assert told(run(tables), "sent") == []
    tables["rules"][0]["when"] = {"entered": "home", "after": 1.5}
    assert told(run(tables), "sent")[:2] == [(1.5, "sent", "rule"), (3.5, "sent", "rule")]


def test_a_firing_belongs_to_its_step_and_its_send_comes_after_whatever_else_is_due_then(run: Run) -> None:
    """Home leads to the shop in no time: the conditions are looked at in between, the message is sent at the shop."""
    tables = stay(
        transitions=[{"from": "home", "to": "shop", "share": 1}],
        **sending({"entered": "home"}, **{"if": [["touchpoint", "==", "home"]]}),
    )
    tables["rules"] += [{"id": "urgent", "when": {"entered": "shop"}, "do": "mail", "priority": 1}]
    events = run(tables)
    assert told(events, "enter", "sent") == [
        (0, "enter", "home"),
        (0, "enter", "shop"),
        (0, "sent", "urgent"),
        (0, "sent", "rule"),
    ]
    assert {event.touchpoint for event in events if event.event == "sent"} == {"shop"}


def test_a_rolling_cap_defers_to_the_exact_time_at_which_there_is_room(run: Run) -> None:
    """Ticks every six hours; while a message is put off, ticks are passed over; at day 1 the send comes first."""
    limits = {"tick": 0.25, "gap_hours": 0, "capped": "defer", "caps": {"total": {"max": 2, "days": 1.1}}}
    events = run(stay(orchestration={"policy": "rules", **limits}, **sending({"tick": True}, response_rate=0)))
    assert told(events, "sent", "ruled_out")[:7] == [
        (0, "sent", "rule"),
        (0.25, "sent", "rule"),
        (0.5, "ruled_out", "capped"),
        (1.1, "sent", "rule"),
        (1.25, "ruled_out", "capped"),
        (1.35, "sent", "rule"),
        (1.5, "ruled_out", "capped"),
    ]


def test_a_calendar_cap_holds_until_midnight_and_a_send_comes_before_the_firing_of_that_time(run: Run) -> None:
    caps = {"email": {"max": 1, "days": 1, "period": "calendar"}}
    limits = {"tick": 0.25, "gap_hours": 0, "capped": "hold", "caps": caps}
    events = run(stay(orchestration={"policy": "rules", **limits}, **sending({"tick": True}, response_rate=0)))
    assert told(events, "sent", "ruled_out")[:5] == [
        (0, "sent", "rule"),
        (0.25, "ruled_out", "capped"),
        (1, "sent", "rule"),
        (1, "ruled_out", "capped"),
        (2, "sent", "rule"),
    ]


@pytest.mark.parametrize(("capped", "order"), [("hold", ["early", "urgent"]), ("defer", ["urgent", "early"])])
def test_when_there_is_room_the_message_due_first_is_sent_or_the_one_of_higher_priority(
    run: Run, capped: str, order: list[str]
) -> None:
    tables = stay(**sending({"at": 0}, response_rate=0))
    tables["orchestration"] |= {"capped": capped, "caps": {"total": {"max": 1, "days": 1}}}
    tables["rules"] += [
        {"id": "early", "when": {"at": 0.25}, "do": "mail"},
        {"id": "urgent", "when": {"at": 0.5}, "do": "mail", "priority": 5},
    ]
    assert told(run(tables), "sent") == [(0, "sent", "rule"), (1, "sent", order[0]), (2, "sent", order[1])]


@pytest.mark.parametrize(
    ("quiet", "due", "sent"),
    [
        ([22, 8], 0.95, 1 + 8 / 24),
        ([22, 8], 1.1, 1 + 8 / 24),
        ([22, 8], 1 + 8 / 24, 1 + 8 / 24),
        ([12, 13.5], 0.5, 13.5 / 24),
        ([18, 24], 0.75, 1),
        ([9, 9], 9 / 24, 9 / 24),
    ],
)
def test_quiet_hours_put_a_message_off_to_their_end(run: Run, quiet: list[float], due: float, sent: float) -> None:
    tables = stay(**sending({"at": due}))
    tables["channels"][1]["quiet_hours"] = quiet
    events = run(tables)
    assert [e.time for e in events if e.event == "sent"] == [sent]
    assert [e.time for e in events if e.event == "ruled_out"] == ([] if sent == due else [due])


def test_a_supporting_channel_follows_unless_there_was_a_response(run: Run) -> None:
    tables = stay(**sending({"entered": "home"}, channels=["email", "app"], support_after=1, response_rate=0))
    events = run(tables)
    assert [(e.time, e.channel) for e in events if e.event == "sent"] == [(0, "email"), (1, "app")]
    tables["actions"][0]["response_rate"] = 1
    events = run(tables)
    assert [(e.time, e.channel) for e in events if e.event in ("sent", "responded")] == [(0, "email"), (0.25, "email")]
    tables["actions"][0]["support_after"] = 0.25
    events = run(tables)
    assert [e.time for e in events if e.event == "sent"] == [0], "the response comes before the send of the same time"


def test_an_opted_out_channel_is_passed_over_at_once(run: Run) -> None:
    tables = stay(
        segments=[{"id": "one", "opt_in": {"email": 0}}],
        **sending({"entered": "home"}, channels=["email", "app"], support_after=1),
    )
    events = [e for e in run(tables) if e.event in ("ruled_out", "sent")]
    assert [(e.time, e.event, e.channel) for e in events] == [(0, "ruled_out", "email"), (0, "sent", "app")]


def test_under_multi_a_message_goes_to_other_channels_than_its_firing_was_seen_on_unless_told_otherwise(
    run: Run,
) -> None:
    tables = stay(integration={"mode": "multi"}, **sending({"entered": "home"}, channels=["email", "app"]))
    assert [(e.event, e.channel) for e in run(tables) if e.event in ("ruled_out", "sent")] == [("sent", "email")]
    tables["integration"]["shared_triggers"] = False
    events = [e for e in run(tables) if e.event in ("ruled_out", "sent")]
    assert told(events) == [(0, "ruled_out", "not-linked"), (0, "sent", "rule")]
    tables["rules"][0]["when"] = {"tick": True}
    assert {e.channel for e in run(tables) if e.event == "sent"} == {"email"}, "a tick is seen on no channel"
    tables["integration"] = {"mode": "single"}
    assert {e.channel for e in run(tables) if e.event == "sent"} == {"app"}, "only the first contact's is linked"


@pytest.mark.parametrize(("mode", "sent"), [("omni", ["rule", "urgent"]), ("multi", ["rule", "second", "urgent"])])
def test_a_message_within_the_gap_needs_a_higher_priority_under_omni(run: Run, mode: str, sent: list[str]) -> None:
    tables = stay(integration={"mode": mode}, **sending({"at": 0.5}, response_rate=0))
    tables["orchestration"]["gap_hours"] = 6
    tables["rules"] += [
        {"id": "second", "when": {"at": 0.625}, "do": "mail"},
        {"id": "urgent", "when": {"at": 0.6875}, "do": "mail", "priority": 1},
        {"id": "later", "when": {"at": 0.9375}, "do": "mail"},
    ]
    found = told(run(tables), "sent", "ruled_out")
    assert [rule for _, event, rule in found if event == "sent"] == [*sent, "later"]
    assert ((0.625, "ruled_out", "conflict") in found) == (mode == "omni")


def test_the_cooldown_ends_at_its_exact_time_and_a_stop_condition_comes_before_it(run: Run) -> None:
    tables = stay(**sending({"tick": True}, cooldown=2, response_rate=0))
    assert told(run(tables), "sent", "ruled_out") == [
        (0, "sent", "rule"),
        (1, "ruled_out", "cooldown"),
        (2, "sent", "rule"),
        (3, "ruled_out", "cooldown"),
    ]
    tables["rules"][0]["stop"] = [["messages", ">=", 1]]
    assert [reason for _, event, reason in told(run(tables), "ruled_out")] == ["stopped"] * 3


def test_a_holdout_is_noted_where_the_conditions_hold_and_nothing_is_sent(run: Run) -> None:
    tables = stay(**sending({"tick": True}, **{"if": [["days", "<", 2]]}))
    tables["orchestration"]["holdout"] = 1
    assert told(run(tables), "sent", "ruled_out") == [(0, "ruled_out", "holdout"), (1, "ruled_out", "holdout")]


def leaving(**action: Any) -> Tables:
    """A pop-over for whoever is about to leave home."""
    popover = {"id": "mail", "kind": "popover", "response_rate": 1, **action}
    return stay(actions=[popover], rules=[{"id": "rule", "when": {"leaving": "home"}, "do": "mail"}])


def test_exit_intent_leads_elsewhere_at_the_same_time(run: Run) -> None:
    assert told(run(leaving(leads_to="shop"))) == [
        (0, "enter", "home"),
        (0, "sent", "rule"),
        (0, "delivered", "rule"),
        (0, "opened", "rule"),
        (0, "responded", 1),
        (0, "enter", "shop"),
    ]


def test_exit_intent_changes_the_choice_before_it_stands_and_then_asks_no_further_rule(run: Run) -> None:
    tables = leaving(nudge=100)
    tables["rules"] += [
        {"id": "next", "when": {"leaving": True}, "do": "mail", "priority": -1},
        {"id": "first", "when": {"leaving": True}, "do": "mail", "priority": 1, "if": [["days", ">", 1]]},
    ]
    assert told(run(tables), "sent", "responded", "enter") == [
        (0, "enter", "home"),
        (0, "sent", "rule"),
        (0, "responded", 1),
        (1, "enter", "shop"),
    ]
    tables["actions"][0]["nudge"] = 0
    assert [rule for _, _, rule in told(run(tables), "sent")] == ["rule", "next"]


def test_responses_wait_until_the_desk_lets_go_and_follow_in_the_order_in_which_they_came(run: Run) -> None:
    """Service takes twelve hours; the text is acted on after 3 hours, the e-mail sent before it after 6."""
    tables = stay(**sending({"entered": "home"}, nudge=100))
    tables["channels"] += [{"id": "sms", "open_rate": 1, "response_rate": 1, "time_to_act_hours": 3}]
    tables["touchpoints"][0]["desk"] = "line"
    tables["desks"] = [{"id": "line", "agents": 1, "service_minutes": 720}]
    tables["actions"] += [{"id": "text", "channels": ["sms"], "nudge": 0}]
    tables["rules"] += [{"id": "then", "when": {"entered": "home"}, "do": "text"}]
    events = run(tables)
    assert told(events, "sent", "responded", "enter") == [
        (0, "enter", "home"),
        (0, "sent", "rule"),
        (0, "sent", "then"),
        (0.5, "responded", 0),
        (0.5, "responded", 1),
        (1.5, "enter", "shop"),
    ]
    assert [e.channel for e in events if e.event == "responded"] == ["sms", "email"]


def test_an_offer_is_taken_off_the_next_purchase_once_and_only_while_it_stands(run: Run) -> None:
    """Two purchases a day apart at 100 x 1.2; an offer of a quarter, or one that has ended exactly then."""
    tables = stay(
        behaviour={"price_index": 1.2},
        transitions=[
            {"from": "home", "to": "shop", "share": 1, "delay": 1},
            {"from": "shop", "to": "shop", "share": 1, "delay": 1},
        ],
        **sending({"entered": "home"}, kind="offer", discount=0.25),
        horizon=2.5,
    )
    tables["touchpoints"][1]["goal"] = {"kind": "conversion", "value": 100}
    paid = [e.value for e in run(tables) if e.event == "conversion"]
    assert paid == pytest.approx([90, 120])
    tables["actions"][0]["valid_days"] = 1
    assert [e.value for e in run(tables) if e.event == "conversion"] == pytest.approx([120, 120])


def test_fatigue_and_affinity_move_the_odds_of_opening(run: Run) -> None:
    """Affinity 2 and, at the second message a week later, fatigue 1 halved: as a comparison with the uniforms drawn."""
    tables = stay(population={"size": 300}, segments=[{"id": "one", "affinity": {"email": 2}}], horizon=8)
    tables |= sending({"entered": "home"}, open_rate=0.4)
    tables["transitions"] = []
    tables["rules"] += [{"id": "again", "when": {"at": 7}, "do": "mail"}]
    events = run(tables, seed=3)
    for occurrence, (rule, fatigue) in enumerate((("rule", 0), ("again", 0.5))):
        chance = logistic(math.log(0.4 / 0.6) + 0.3 * math.log(2) - 0.1 * fatigue)
        luck = [uniform32(Draws(3, 0).words(i, MESSAGE, "action:mail@email", occurrence)[1]) for i in range(300)]
        opened = {e.customer for e in events if e.event == "opened" and e.rule == rule}
        assert opened == {i for i in range(300) if luck[i] < chance}


@pytest.mark.parametrize(
    ("concern", "mode", "e"),
    [(0.5, "omni", 0.3 * 0.25 * math.log(1.4)), (0.8, "omni", -0.1), (0.5, "multi", 0.3 * 0.25 * math.log(1.4))],
)
def test_a_personalized_visit_feels_better_and_worse_to_the_averse(
    run: Run, concern: float, mode: str, e: float
) -> None:
    """Realtime, profile 0.2 of the 0.8 that are needed."""
    tables = stay(
        integration={"mode": mode},
        personalization={"level": "realtime"},
        segments=[{"id": "one", "traits": {"privacy_concern": concern}}],
    )
    assert [event.value for event in run(tables) if event.event == "experience"] == pytest.approx([e])
    tables["orchestration"] = {"policy": "none"}
    assert [event.value for event in run(tables) if event.event == "experience"] == [0]


def test_the_covariate_is_relevance_times_the_logarithm_of_the_lift() -> None:
    table = {"level": "individual", "over": ["content", "offer"]}
    scenario = Scenario.model_validate({"format": 1, "id": "one", **stay(), "personalization": table})
    assert Personalization(scenario).covariate(0.3) == pytest.approx(0.5 * 0.6 * math.log(1.2))
    assert Personalization(scenario).relevance(0.9) == pytest.approx(0.6)

"""A customer's story is what was recorded, in order, with what the brand knew and why it did nothing."""

import ast
from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

from sim.draws.sites import FIRST_FRIEND
from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS
from sim.scenario.scenario import Scenario
from sim.story import Story, sharing, story
from sim.story.knowledge import Knowledge
from tests.builders import scenario
from tests.oracle.identities import drawn_profiles, numbered
from tests.oracle.scenarios_profiled import forgotten_profiles
from tests.strategies import Drawn
from tests.strategies_orchestration import orchestrated_scenarios
from tests.strategies_sharing import sharing_scenarios

NOTED = ("passed_over", "considered")
"""What is kept only of the customer who is watched."""
QUICK = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def told(of: Scenario, customer: int = 0) -> Story:
    return story(simulate(compile_program(of, of), 3, 0, watched=customer), of, customer)


@pytest.mark.parametrize("drawing", [orchestrated_scenarios, sharing_scenarios], ids=["alone", "sharing"])
@pytest.mark.parametrize("examples", [8, pytest.param(250, marks=pytest.mark.slow)])
def test_the_story_is_what_was_recorded_and_ends_with_what_is_known_of_the_customer(
    examples: int, drawing: Callable[[], SearchStrategy[Drawn]]
) -> None:
    moments = []

    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(drawing())
    def true(drawn: Drawn) -> None:
        of = drawn.scenario
        program = compile_program(of, drawn.reference)
        whole = simulate(program, drawn.seed, 0, events=True)
        recorded = whole.events
        assert recorded is not None
        for customer in (0, 7):
            found = story(simulate(program, drawn.seed, 0, watched=customer), of, customer)
            own = recorded.customer == customer
            happened = [moment for moment in found.moments if moment.event not in NOTED]
            assert [moment.event for moment in happened] == [EVENTS[code] for code in recorded.event[own].tolist()]
            assert [moment.time for moment in happened] == recorded.time[own].tolist()
            knowledge = Knowledge(of, found.arrival, bool(whole.customers.consent[customer]))
            for moment in found.moments:
                knowledge.after(moment)
                assert moment.sentence
                assert (moment.knew is not None) == (moment.event in ("sent", "ruled_out", "chosen", *NOTED))
                assert (moment.reason is not None) == (moment.event in ("ruled_out", "passed_over"))
            assert knowledge.sentiment == pytest.approx(whole.customers.sentiment[customer], abs=1e-12)
            assert knowledge.profile == pytest.approx(whole.customers.profile[customer], abs=1e-12)
            assert knowledge.revenue == pytest.approx(whole.customers.revenue[customer])
            assert knowledge.counts.get("purchases", 0) == whole.customers.purchases[customer]
            moments.append(len(found.moments))

    true()
    assert sum(moments) > 5 * examples


WATCHED = {
    "channels": [{"id": "web", "name": "Website"}, {"id": "mail", "mix": 0, "open_rate": 1, "response_rate": 0}],
    "orchestration": {"policy": "rules", "caps": {"mail": {"max": 1, "days": 5}}},
    "actions": [{"id": "hello", "name": "Hello", "channels": ["mail"]}],
    "rules": [
        {"id": "daily", "when": {"tick": True}, "do": "hello"},
        {"id": "later", "when": {"entered": "middle"}, "do": "hello", "if": [["sentiment", ">", 0.5]]},
    ],
}


def test_a_story_says_what_was_considered_and_what_ruled_it_out() -> None:
    found = told(scenario(**WATCHED, horizon=3))
    lines = [(moment.time, moment.event, moment.reason) for moment in found.moments if moment.rule]
    assert lines == [
        (0.0, "sent", None),
        (0.0, "delivered", None),
        (0.0, "opened", None),
        (1.0, "passed_over", "sentiment > 0.5"),
        (1.0, "ruled_out", "capped"),
    ]
    [ruled_out] = [moment for moment in found.moments if moment.event == "ruled_out"]
    assert ruled_out.sentence == '"daily" would send "Hello" on "mail": the cap is reached'
    assert ruled_out.knew is not None
    assert (ruled_out.knew["messages"], ruled_out.knew["visits"]) == (1, 2)
    assert ruled_out.knew["fatigue"] == pytest.approx(2 ** (-1 / 7), abs=1e-4)


def test_the_rule_that_is_at_work_already_is_told() -> None:
    tables = WATCHED | {"rules": [{"id": "daily", "when": {"tick": True}, "do": "hello", "delay": 1.5}]}
    reasons = [moment.reason for moment in told(scenario(**tables, horizon=2)).moments if moment.event == "passed_over"]
    assert reasons == ["under-way"]


def test_who_is_held_out_is_told_so() -> None:
    tables = WATCHED | {"orchestration": {"policy": "rules", "holdout": 1}}
    found = told(scenario(**tables, horizon=3))
    assert found.holdout
    assert {moment.reason for moment in found.moments if moment.rule} == {"holdout", "sentiment > 0.5"}


def test_a_customer_who_is_not_there_is_refused() -> None:
    of = scenario()
    history = simulate(compile_program(of, of), 3, 0, watched=0)
    with pytest.raises(ValueError, match="there is no such customer; those who come by themselves are 0 to 99"):
        story(history, of, 100)


def test_watching_one_customer_changes_nothing() -> None:
    of = scenario(**WATCHED)
    program = compile_program(of, of)
    plain, watched = simulate(program, 3, 0), simulate(program, 3, 0, watched=5)
    np.testing.assert_array_equal(plain.customers.revenue, watched.customers.revenue)
    assert watched.events is not None
    assert set(watched.events.customer.tolist()) == {5}


def test_the_story_tells_what_a_policy_that_learns_considered() -> None:
    tables = WATCHED | {
        "orchestration": {"policy": "bandit"},
        "actions": [{"id": "hello", "name": "Hello", "channels": ["mail"]}, {"id": "hey", "channels": ["mail", "web"]}],
        "rules": [{"id": "first", "when": {"entered": "start"}, "do": "hello", "alternatives": ["hey"]}],
    }
    found = told(scenario(**tables))
    weighed = [moment for moment in found.moments if moment.event == "considered"]
    told_of = [(moment.action, moment.channel) for moment in weighed]
    assert told_of == [("hello", "mail"), ("hey", "mail"), ("hey", "web")]
    assert all("is drawn for its response rate" in moment.sentence for moment in weighed)
    assert all(moment.knew is not None for moment in weighed)
    (sent,) = [moment for moment in found.moments if moment.event == "sent"]
    best = max(weighed, key=lambda moment: moment.value or 0.0)
    assert (sent.action, sent.channel) == (best.action, best.channel)


def test_the_story_knows_how_a_customer_came() -> None:
    of = scenario(
        channels=[{"id": "web", "acquisition": {"spend": 90, "cost_per_arrival": 3, "saturation": 900}}],
        referrals={"at": ["done"], "rate": 1},
    )
    program = compile_program(of, of)
    everybody = simulate(program, 3, 0).customers
    (bought, *_) = np.flatnonzero(everybody.bought == 0)
    assert told(of).came == "by themselves"
    assert told(of, int(everybody.number[bought])).came == "bought on web"
    friend = next(i for i in np.flatnonzero(everybody.number >= FIRST_FRIEND) if everybody.bought[i] < 0)
    assert told(of, int(everybody.number[friend])).came == "referred"
    with pytest.raises(ValueError, match="those bought on web are web:0 to web:"):
        told(of, 5000)


def test_the_story_goes_by_the_values_of_the_day() -> None:
    changes = {"behaviour.sentiment_rate": 1, "touchpoints.middle.profile_gain": 1}
    of = scenario(
        touchpoints=[
            {"id": "start", "start": True, "emotion": {"mean": 0.5}, "profile_gain": 0.1},
            {"id": "middle", "emotion": {"mean": 0.5}, "profile_gain": 0.1},
            {"id": "done", "exit": "completed"},
            {"id": "gone", "exit": "churn"},
        ],
        phases=[{"id": "later", "at": 0.5, "set": changes}],
    )
    history = simulate(compile_program(of, of), 3, 0, watched=0)
    found, knowledge = story(history, of, 0), Knowledge(of, 0.0, True)
    for moment in found.moments:
        knowledge.after(moment)
    assert knowledge.sentiment == pytest.approx(0.5) == history.customers.sentiment[0]
    assert knowledge.profile == 1.0 == history.customers.profile[0]


def test_a_reminder_that_an_order_made_needless_is_told_with_what_came_in_between() -> None:
    touchpoints = [
        {"id": "home", "start": True},
        {"id": "basket"},
        {"id": "order", "name": "Order placed"},
        {"id": "end", "exit": "churn"},
    ]
    transitions = [
        {"from": "home", "to": "basket", "share": 1, "delay": 0.5},
        {"from": "basket", "to": "order", "share": 1, "delay": 0.25},
        {"from": "order", "to": "end", "share": 1, "delay": 100},
    ]
    of = scenario(
        horizon=3,
        population={"size": 1},
        channels=[{"id": "web"}, {"id": "email", "name": "E-mail"}],
        touchpoints=touchpoints,
        transitions=transitions,
        orchestration={"policy": "rules"},
        actions=[{"id": "mail", "name": "Basket reminder", "channels": ["email"]}],
        rules=[{"id": "remind", "name": "Forgotten basket", "do": "mail", "delay": 0.5,
                "when": {"entered": "basket", "without": "order", "after": 0.125}}],
    )  # fmt: skip
    [ruled_out] = [moment for moment in told(of).moments if moment.rule]
    assert (ruled_out.time, ruled_out.event, ruled_out.reason) == (1.125, "ruled_out", "without")
    assert ruled_out.sentence == (
        '"Basket reminder" on "E-mail" is not sent: "Order placed" since (rule "Forgotten basket")'
    )


@pytest.mark.parametrize("policy", ["none", "rules"])
def test_a_transactional_message_is_called_that_and_is_nothing_the_brand_tires_with(policy: str) -> None:
    of = scenario(
        horizon=3,
        population={"size": 1},
        orchestration={"policy": policy, "holdout": 1},
        actions=[{"id": "receipt", "name": "Receipt", "channels": ["web"], "transactional": True}],
        rules=[{"id": "thanks", "when": {"entered": "start"}, "do": "receipt"},
               {"id": "again", "when": {"entered": "middle"}, "do": "receipt"}],
    )  # fmt: skip
    found = [moment for moment in told(of).moments if moment.event == "sent"]
    assert [moment.sentence for moment in found] == [
        f'"Receipt" goes out on "web" (transactional, rule "{rule}")' for rule in ("thanks", "again")
    ]
    assert found[1].knew is not None
    assert found[1].knew["fatigue"] == 0
    assert "messages" not in found[1].knew


def test_the_story_knows_the_profile_as_the_brand_had_it() -> None:
    """Whatever passed a rule over does not hold by the profile that is shown, and what began a rule holds."""
    of = scenario(**forgotten_profiles())
    program = compile_program(of, of)
    profiles = numbered(drawn_profiles(of, 4), program.channels)
    assert profiles is not None
    conditions = {rule.id: rule.conditions for rule in of.rules}
    held = passed_over = misled = 0
    for customer in range(40):
        history = simulate(program, 4, 0, profiles=profiles, watched=customer)
        mates = sharing(history, customer, profiles)
        others = {mate: simulate(program, 4, 0, profiles=profiles, watched=mate) for mate in mates}
        for moment in story(history, of, customer, profiles, others).moments:
            knew = moment.knew
            misled += bool(moment.others)
            assert set(moment.others) <= set(mates)
            assert ("the profile also holds facts of customer" in moment.sentence) == bool(moment.others)
            if knew is None or moment.rule is None:
                continue
            if moment.event == "passed_over" and (moment.reason or "").startswith(("profile.", "scores.keen")):
                subject, operator, value = (moment.reason or "").split(maxsplit=2)
                assert not _compare(knew[subject], operator, ast.literal_eval(value)), moment
                passed_over += 1
            elif moment.event == "sent" and moment.rule == "again":
                assert all(_compare(knew[subject], operator, value) for subject, operator, value in conditions["again"])
                held += 1
    assert passed_over > 1000
    assert held > 0
    assert misled > 100


def _compare(found: float, operator: str, value: Any) -> bool:
    compare = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne, "in": lambda one, many: one in many}
    return bool(compare[operator](found, value))

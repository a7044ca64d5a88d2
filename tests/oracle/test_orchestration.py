"""The orchestrated scenarios really contain what they are there to compare."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

import pytest

from sim.engine import compile_program, simulate
from sim.scenario import new_text, parse
from sim.scenario.orchestration import Action, Rule
from sim.scenario.scenario import Scenario

from .brand import REASONS
from .comparing import engine_events
from .distributions import drawn_from_zero
from .draws import GOAL_VALUE, Draws
from .identities import drawn_profiles, numbered
from .journey import Journey
from .people import People
from .played import SEED, case_of, events_of, played
from .scenarios import Case
from .scenarios_knowing import the_same_instants
from .scenarios_orchestration import CASES
from .simulate import Event, oracle

SUBJECTS = {
    *("segment", "touchpoint", "stage", "channel", "attributes", "weekday", "sentiment", "fatigue", "nudge", "profile"),
    *("discount", "visits", "contacts", "handoffs", "conversions", "purchases", "revenue", "messages", "responses"),
    *("days", "idle_days", "hour", "consent", "opted_in", "scores"),
}
NAMES = [case.name.replace(" ", "-") for case in CASES]


def engine_events_of(case: Case) -> list[Event]:
    program = compile_program(case.scenario, case.base)
    profiles = numbered(drawn_profiles(case.scenario, SEED), program.channels)
    return engine_events(simulate(program, SEED, 0, profiles=profiles, events=True))


def by_customer(events: list[Event]) -> list[list[Event]]:
    """Each customer's events in their order."""
    ordered = sorted(events, key=lambda event: event.customer)
    return [list(own) for _, own in groupby(ordered, key=lambda event: event.customer)]


def changed(scenario: Scenario, part: str, **values: Any) -> Scenario:
    return scenario.model_copy(update={part: getattr(scenario, part).model_copy(update=values)})


def reason(event: Event) -> str | None:
    return REASONS[int(event.value or 0)] if event.event == "ruled_out" else None


def rules_at_work() -> Iterator[tuple[Scenario, Rule, Action]]:
    """Every rule that sends something; by the engine, which is quick and held to be the oracle's equal elsewhere."""
    for case in CASES:
        sent = {event.rule for event in engine_events_of(case) if event.event == "sent"}
        actions = {action.id: action for action in case.scenario.actions}
        yield from ((case.scenario, rule, actions[rule.do]) for rule in case.scenario.rules if rule.id in sent)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_scenario_is_one_that_a_file_may_hold(case: Case) -> None:
    text = new_text(case.scenario.model_dump(by_alias=True, exclude_unset=True))
    assert parse(text, name="case.toml").scenario == case.scenario


def test_the_scenarios_together_produce_every_kind_of_event_and_every_reason() -> None:
    shown = frozenset[str]().union(*(case.shows for case in CASES))
    assert shown >= {"sent", "delivered", "opened", "opted_out", "responded", "ruled_out"}
    assert frozenset[str]().union(*(case.reasons for case in CASES)) == set(REASONS) - {
        "budget",
        "unavailable",
        "nothing-chosen",
    }


@pytest.mark.slow
def test_every_trigger_sends_something() -> None:
    kinds, beside = set[str](), set[str]()
    for _, rule, _ in rules_at_work():
        given = {key for key in type(rule.when).model_fields if getattr(rule.when, key) is not None}
        kinds |= given
        beside |= {f"leaving {type(rule.when.leaving).__name__}", f"at {type(rule.when.at).__name__}"}
        beside |= {"between"} if {"above", "below"} <= given else given & {"above", "below"}
        beside.add((rule.when.count or "").partition(".")[0])
    assert kinds >= {"entered", "without", "after", "leaving", "idle", "count", "score", "at", "every", "tick"}
    assert beside >= {"leaving bool", "leaving str", "at float", "at date", "above", "below", "between"}
    assert beside >= {"visits", "contacts", "handoffs", "conversions", "purchases"}


def test_every_kind_of_action_is_taken() -> None:
    taken = list(rules_at_work())
    assert {action.kind for _, _, action in taken} == {"message", "popover", "recommendation", "offer", "call"}
    assert {action.leads_to is None for _, _, action in taken} == {True, False}
    assert {scenario.integration.mode for scenario, _, _ in taken} == {"single", "multi", "omni"}
    assert {scenario.personalization.level for scenario, _, _ in taken} == {"none", "segment", "individual", "realtime"}


def test_every_subject_and_operator_is_asked_by_a_rule_that_sends() -> None:
    asked = [asked for _, rule, _ in rules_at_work() for asked in rule.conditions]
    assert {operator for _, operator, _ in asked} == {"==", "!=", "<", "<=", ">", ">=", "in", "not in"}
    assert {subject.partition(".")[0] for subject, _, _ in asked} == SUBJECTS
    assert {"visits", "visits.cart"} <= {subject for subject, _, _ in asked}


def test_broadcasts_are_sent_to_their_segments_on_their_day() -> None:
    for name, day, id_ in (("by the calendar", 15.25, "spring"), ("by the calendar", 30, "everybody")):
        times = [event.time for event in events_of(name) if event.rule == id_ and event.event == "sent"]
        assert len(times) > 10
        assert set(times) == {day}
    assert not [event for event in events_of("by the calendar") if event.rule == "unsent"]


def test_nobody_gets_more_messages_than_a_cap_allows_and_some_get_all_of_them() -> None:
    for name, most, days in (("rolling caps drop", 3, 2), ("rolling caps defer", 2, 1.25)):
        full = 0
        for own in by_customer([event for event in events_of(name) if event.event == "sent"]):
            within = [sum(other.time <= e.time < other.time + days for other in own) for e in own]
            assert max(within) <= most
            full += max(within) == most
        assert full > 30
    days_of = Counter((e.customer, int(e.time)) for e in events_of("calendar caps hold") if e.event == "sent")
    assert max(days_of.values()) == 2


@pytest.mark.slow
def test_what_happens_over_a_cap_makes_a_difference() -> None:
    sent = {}
    for capped in ("drop", "hold", "defer"):
        scenario = Scenario.model_validate({"format": 1, "id": "case", **the_same_instants(capped)})
        events = oracle(scenario, scenario, SEED, 0)
        sent[capped] = [(e.customer, e.time, e.rule) for e in events if e.event == "sent"]
    assert sent["hold"] != sent["defer"] != sent["drop"]


def test_messages_put_off_for_caps_and_quiet_hours_are_checked_again_at_the_end_of_them() -> None:
    again = Counter[str]()
    for name in ("calendar caps hold", "rolling caps defer", "caps channel by channel", "supporting channels"):
        told = [event for event in events_of(name) if event.event in ("sent", "ruled_out")]
        for own in by_customer(sorted(told, key=lambda event: event.rule or "")):
            for before, after in pairwise(own):
                put_off = reason(before) in ("capped", "quiet") and after.time > before.time
                if put_off and (before.rule, before.channel) == (after.rule, after.channel):
                    again[f"{reason(before)}, then {reason(after) or 'sent'}"] += 1
    assert min(again[f"{first}, then {then}"] for first in ("capped", "quiet") for then in ("sent", "capped")) >= 4
    assert again["capped, then quiet"] >= 4


def test_some_messages_are_put_off_on_another_channel_than_their_first() -> None:
    found = Counter[str | None]()
    for name in ("rolling caps defer", "caps channel by channel", "responses and desks meet at the same instants"):
        for own in by_customer([event for event in events_of(name) if event.event == "ruled_out"]):
            for first, then in pairwise(own):
                if reason(first) == "opted-out" and (first.time, first.rule) == (then.time, then.rule):
                    found[reason(then)] += 1
    assert min(found["capped"], found["quiet"], found["opted-out"]) >= 4


@pytest.mark.parametrize("name", ["give way to more", "side by side", "on their one channel"])
def test_conflicts_and_duplicates_are_counted_under_every_integration(name: str) -> None:
    conflicts = played(name).log.conflicts
    assert min(sum(c.duplicate for c in conflicts), sum(not c.duplicate for c in conflicts)) > 30
    assert (Counter(map(reason, events_of(name)))["conflict"] > 0) == (name == "give way to more")


def test_supporting_channels_follow_at_their_time_and_not_after_a_response() -> None:
    followed, answered = Counter[str | None](), 0
    for own in by_customer([e for e in events_of("supporting channels") if e.event in ("sent", "responded")]):
        for before, after in pairwise([event for event in own if event.rule == "browse"]):
            followed[after.channel] += before.event == after.event and after.time == before.time + 2
            answered += after.event == "responded"
    assert followed["email"] > 20
    assert answered > 10
    channels = Counter(e.channel for e in events_of("supporting channels") if (e.event, e.rule) == ("sent", "left"))
    assert min(channels["email"], channels["sms"], channels["app"]) >= 4


def test_offers_of_every_size_are_used_and_others_expire() -> None:
    case, draws = case_of("offers are used"), Draws(SEED, 0)
    (goal,) = (touchpoint.goal for touchpoint in case.scenario.touchpoints if touchpoint.id == "order")
    assert goal
    assert goal.value is not None
    paid, expired = Counter[float](), 0
    for own in by_customer(events_of("offers are used")):
        visits = [event for event in own if event.event == "conversion" and event.touchpoint == "order"]
        for number, event in enumerate(visits):
            words = draws.words(event.customer, GOAL_VALUE, "touchpoint:order", number)
            share = (event.value or 0) / (1.2 * drawn_from_zero(goal.value, words))
            paid[round(share, 6)] += 1
            offered = any(e.action == "twenty" and e.event == "delivered" and e.time < event.time - 2 for e in own)
            expired += offered and share > 0.85
    assert set(paid) == {1, 0.9, 0.8, 0.5, 0}
    assert min(paid.values()) >= 4
    assert expired >= 4


def test_exit_intent_leads_elsewhere_and_changes_the_choice() -> None:
    led, nudged, in_vain = 0, 0, 0
    for own in by_customer(events_of("about to leave are kept back")):
        for before, after in pairwise(own):
            if before.event == "responded" and before.rule in ("any", "home", "cart", "cart-all"):
                led += before.rule == "any" and (after.event, after.touchpoint) == ("enter", "product")
                nudged += before.rule != "any" and before.value == 1
                in_vain += before.value == 0
    assert min(led, nudged, in_vain) > 20


def test_responses_are_held_at_desks_and_some_are_shown_or_led_from_there() -> None:
    held, led_from_exit, in_a_row = 0, 0, 0
    for own in by_customer(events_of("wait for the desk")):
        for before, after in pairwise(own):
            at_desk = before.touchpoint in ("help", "clinic") and before.time == after.time
            if at_desk and before.event == "experience" and after.event == "responded":
                held += after.channel in ("app", "email", "sms")
            in_a_row += at_desk and before.event == after.event == "responded"
            led_from_exit += at_desk and before.event == "responded" and after.event == "enter"
    assert held > 25
    assert in_a_row > 20
    assert led_from_exit > 20


def test_sends_do_not_wait_for_office_hours_and_lapsed_customers_are_won_back() -> None:
    events = events_of("in office hours, messages do not")
    assert sum(event.event == "sent" and event.touchpoint == "asleep" for event in events) > 20
    back = [
        b for own in by_customer(events) for a, b in pairwise(own) if (a.event, a.action) == ("responded", "win-back")
    ]
    assert sum((event.event, event.touchpoint) == ("enter", "home") for event in back) > 10
    nights = [e for e in events if e.event in ("responded", "sent") and not 8 / 24 <= e.time % 1 <= 18 / 24]
    assert len(nights) > 50


def test_a_third_is_held_out_and_gets_nothing() -> None:
    groups = by_customer(events_of("held out"))
    held = [own for own in groups if any(reason(event) == "holdout" for event in own)]
    assert 0.25 < len(held) / len(groups) < 0.45
    assert {event.event for own in held for event in own if event.rule} == {"ruled_out"}
    assert {(event.value, event.channel) for own in held for event in own if event.rule} == {(0, None)}
    rules = {event.rule for own in held for event in own}
    assert rules >= {"each", "home", "product", "leaving", "leaving-mail", "idle", "left", "scored", "counted", "all"}


def test_personalization_pleases_most_and_annoys_the_averse() -> None:
    case = case_of("fits the moment")
    plain = changed(case.scenario, "personalization", level="none")
    first: list[dict[int, float]] = [{}, {}]
    for found, scenario in zip(first, (case.scenario, plain), strict=True):
        for event in oracle(scenario, scenario, SEED, 0):
            if event.event == "experience":
                found.setdefault(event.customer, event.value or 0)
    people = People(Journey(case.scenario), Draws(SEED, 0))
    change = {True: Counter[int](), False: Counter[int]()}
    for customer in first[0]:
        averse = people.person(customer).traits["privacy_concern"] > 0.7
        gained = first[0][customer] - first[1][customer]
        change[averse][(gained > 1e-9) - (gained < -1e-9)] += 1
    assert set(change[True]) <= {-1, 0}
    assert set(change[False]) <= {0, 1}
    assert min(change[True][-1], change[False][1]) > 20


def test_many_things_come_at_the_same_instant_of_one_customer() -> None:
    together = Counter[int]()
    seen = set[str]()
    for own in by_customer(events_of("responses and desks meet at the same instants")):
        for time, group in groupby(own, key=lambda event: event.time):
            assert time * 8 == int(time * 8)
            kinds = {event.event for event in group} & {"enter", "sent", "responded", "ruled_out", "served", "gave_up"}
            together[len(kinds)] += 1
            if len(kinds) > 2:
                seen |= kinds
    assert together[4] > 100
    assert seen == {"enter", "sent", "responded", "ruled_out", "served", "gave_up"}


@pytest.mark.slow
def test_without_a_policy_rules_and_personalization_do_nothing() -> None:
    for name in (
        "about to leave are kept back",
        "fits the moment",
        "held out",
        "responses and desks meet at the same instants",
    ):
        case = case_of(name)
        silent = changed(case.scenario, "orchestration", policy="none")
        bare = silent.model_copy(update={"actions": (), "rules": (), "broadcasts": ()})
        bare = changed(bare, "personalization", level="none")
        assert oracle(silent, silent, SEED, 0) == oracle(bare, bare, SEED, 0)

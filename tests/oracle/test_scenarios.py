"""The twenty scenarios really contain what they are there to compare."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS
from sim.scenario import new_text, parse
from sim.scenario.scenario import Scenario
from tests.strategies import Drawn, drawn_scenarios

from .played import SEED, events_of
from .scenarios import CASES, Case
from .scenarios_orchestration import CASES as ORCHESTRATED
from .simulate import Event, oracle


def following(events: list[Event]) -> list[tuple[Event, Event]]:
    """Each event with the same customer's next one."""
    pairs, last = [], dict[int, Event]()
    for event in events:
        if event.customer in last:
            pairs.append((last[event.customer], event))
        last[event.customer] = event
    return pairs


def test_the_scenarios_together_produce_every_kind_of_event() -> None:
    assert frozenset[str]().union(*(case.shows for case in (*CASES, *ORCHESTRATED))) == set(EVENTS) - {
        "chosen",
        *EVENTS[EVENTS.index("passed_over") :],
    }


def holds_for_a_file(scenario: Scenario) -> None:
    text = new_text(scenario.model_dump(by_alias=True, exclude_unset=True))
    assert parse(text, name="case.toml").scenario == scenario


@pytest.mark.slow
def test_drawn_scenarios_are_those_that_a_file_may_hold_and_have_every_part_of_the_model() -> None:
    """Without them the properties that are tested on drawn scenarios would hold for want of cases."""
    kinds, seen = set[str](), Counter[str]()

    @settings(max_examples=150, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(drawn_scenarios())
    def look(drawn: Drawn) -> None:
        arm, base = drawn.scenario, drawn.reference
        holds_for_a_file(arm)
        holds_for_a_file(base)
        history = simulate(compile_program(arm, base), drawn.seed, 0, events=True)
        assert history.events is not None
        kinds.update(EVENTS[code] for code in set(history.events.event.tolist()))
        seen.update(parts(arm, base))

    look()
    assert kinds >= frozenset[str]().union(*(case.shows for case in CASES))
    scarce = {part for part in PARTS if seen[part] < 3}
    assert not scarce, f"hardly ever drawn: {scarce}"


PARTS = (
    *("single", "multi", "omni", "cohort", "poisson", "profile", "activity", "lapsed", "arm", "loop", "disabled"),
    *("first-come", "value", "churn-risk", "turn-away", "wait", "call-back", "call-back above", "no desk"),
    *("fixed", "exponential", "lognormal", "normal", "gamma", "weibull", "uniform", "beta", "betaprime", "empirical"),
)


def parts(arm: Scenario, base: Scenario) -> set[str]:
    """Which parts of the model a scenario has."""
    order = {touchpoint.id: number for number, touchpoint in enumerate(arm.touchpoints)}
    found = {
        arm.integration.mode,
        arm.population.arrivals.pattern,
        *(transition.delay.family for transition in arm.transitions),
    }
    for desk in arm.desks:
        found |= {desk.priority, desk.closed, desk.service_minutes.family}
    special = {
        "activity": arm.activity is not None,
        "lapsed": any(touchpoint.lapsed for touchpoint in arm.touchpoints),
        "arm": arm != base,
        "loop": any(order[transition.target] <= order[transition.source] for transition in arm.transitions),
        "disabled": any(not touchpoint.enabled for touchpoint in arm.touchpoints),
        "call-back above": any(desk.call_back_above is not None for desk in arm.desks),
        "no desk": not arm.desks,
    }
    return found | {part for part, present in special.items() if present}


def test_linked_channels_keep_some_contexts_and_lose_others() -> None:
    told = Counter(event.value for event in events_of("four linked channels") if event.event == "handoff")
    assert min(told[0.0], told[1.0]) > 50


def test_unlinked_channels_lose_every_context() -> None:
    for name in ("lose the context at every change", "single integration"):
        assert {event.value for event in events_of(name) if event.event == "handoff"} == {0.0}


def test_customers_bound_to_a_channel_leave_it_only_where_it_is_missing_and_return_to_it() -> None:
    contacts = [e for e in events_of("single integration") if e.event == "enter" and e.channel is not None]
    first: dict[int, str | None] = {}
    elsewhere, returned = Counter[str](), 0
    for before, event in following(contacts):
        first.setdefault(before.customer, before.channel)
        if event.channel != first[event.customer]:
            elsewhere[event.touchpoint] += 1
        elif before.channel != event.channel:
            returned += 1
    assert set(elsewhere) >= {"look", "call", "online", "buy"}
    assert returned > 20


def test_an_added_touchpoint_channel_and_segment_take_part_in_the_changed_arm() -> None:
    events = events_of("an arm with other shares")
    assert {"advice", "club"} <= {event.touchpoint for event in events}
    assert {"chat", "kiosk"} <= {event.channel for event in events}


def test_office_hours_end_no_delay_at_night_and_delays_of_0_at_any_hour() -> None:
    events = events_of("office hours only")
    arrivals = {event.customer: event.time for event in reversed(events)}
    hours = [24 * (e.time % 1) for e in events if e.event == "enter" and e.time > arrivals[e.customer]]
    outside = [hour for hour in hours if not 8 - 1e-6 < hour < 18 + 1e-6]
    assert len(outside) < len(hours) / 4
    assert outside, "no delay of 0 started after hours"
    assert sum(abs(hour - 18) < 1e-5 for hour in hours) > 3, "no delay ended with the working day"


def test_subscribers_renew_lapse_and_come_back_and_what_is_disabled_never_happens() -> None:
    events = events_of("renew every thirty days")
    transitions = Counter((a.touchpoint, b.touchpoint) for a, b in following([e for e in events if e.event == "enter"]))
    for transition in (("renewal", "renewal"), ("renewal", "asleep"), ("asleep", "win-back"), ("win-back", "renewal")):
        assert transitions[transition] > 3
    assert not {event.event for event in events} & {"asked", "csat"}
    assert not {event.touchpoint for event in events} & {"webinar"}
    assert not {event.channel for event in events} & {"letter"}


def test_a_desk_turns_away_both_who_asks_too_late_and_who_has_queued_until_it_closes() -> None:
    waits = [event.value for event in events_of("a night desk") if event.event == "turned_away"]
    assert min(waits.count(0.0), len(waits) - waits.count(0.0)) > 10


def test_some_wait_over_half_an_hour_and_some_are_served_past_the_end_of_the_shift() -> None:
    events = events_of("wait over night")
    assert sum(event.event == "served" and (event.value or 0) > 30 for event in events) > 20
    ends = [b.time for a, b in following(events) if a.event == "served" and b.event == "experience"]
    assert sum(18 < 24 * (end % 1) < 20 for end in ends) > 2


def test_the_queue_is_not_always_in_the_order_of_asking() -> None:
    for name in ("a night desk", "wait over night"):
        asked: dict[int, float] = {}
        served = []
        for event in events_of(name):
            if event.event == "asked":
                asked[event.customer] = event.time
            elif event.event == "served":
                served.append(asked[event.customer])
        assert served != sorted(served)


def test_call_backs_are_taken_on_asking_and_when_the_desk_closes() -> None:
    pairs = [(a, b) for a, b in following(events_of("two desks")) if b.event == "called_back"]
    at_closing = [b for a, b in pairs if b.time > a.time]
    assert len(at_closing) > 3
    assert len(pairs) - len(at_closing) > 20
    assert {round(24 * (event.time % 1), 6) for event in at_closing} == {17.5}


def test_many_things_coincide() -> None:
    events = events_of("at the same times")
    at: dict[tuple[float, str], set[str]] = {}
    for event in events:
        at.setdefault((event.time, event.touchpoint), set()).add(event.event)
    asking_while_another_is_released = [kinds for kinds in at.values() if {"asked", "served", "experience"} <= kinds]
    assert len(asking_while_another_is_released) > 20
    assert sum({"asked", "gave_up"} <= kinds for kinds in at.values()) > 5
    assert any(event.event == "asked" and event.time % 1 == 0.25 for event in events), "nobody asks as a shift begins"
    assert any(event.event == "gave_up" and event.time % 1 == 0.25 for event in events), (
        "no patience ends as one begins"
    )
    assert all(event.time * 16 == int(event.time * 16) for event in events)


@pytest.mark.parametrize("case", CASES, ids=[case.name.replace(" ", "-") for case in CASES])
def test_a_scenario_is_one_that_a_file_may_hold_and_a_run_can_simulate(case: Case) -> None:
    holds_for_a_file(case.scenario)
    holds_for_a_file(case.base)


def test_at_whole_days_a_tick_meets_whatever_else_can_happen() -> None:
    events = events_of("renew at whole days")
    assert all(event.time == int(event.time) for event in events)
    at: dict[float, set[str]] = {}
    for event in events:
        at.setdefault(event.time, set()).add(event.event)
    together = {"enter", "asked", "served", "gave_up", "conversion", "churn"}
    assert sum(together <= kinds for kinds in at.values()) > 3


def test_customers_ask_as_agents_come_and_go_and_are_served_in_no_time() -> None:
    events = events_of("agents come and go")
    asked = Counter(event.time % 1 for event in events if event.event == "asked")
    assert min(asked[0.25], asked[0.5], asked[0.75]) > 20
    at_once = [(a, b) for a, b in following(events) if a.event == "served" and b.time == a.time]
    assert len(at_once) > 100
    assert len([a for a, _ in at_once if a.value]) > 20, "nobody at the gate has waited"


def test_equals_are_served_in_the_order_of_asking_and_of_their_numbers() -> None:
    asked: dict[int, tuple[float, int]] = {}
    alike, in_order = 0, 0
    for event in events_of("equal standing"):
        if event.event == "asked" and event.touchpoint == "till":
            asked[event.customer] = (event.time, event.customer)
        elif event.event == "served" and event.touchpoint == "till" and event.value:
            own = asked.pop(event.customer)
            alike += any(time == own[0] for time, _ in asked.values())
            in_order += all(own < other for other in asked.values() if other[0] == own[0] and event.value)
        elif event.event == "gave_up":
            asked.pop(event.customer, None)
    assert alike > 20
    assert in_order > 0.5 * alike


def test_two_desks_in_a_chain_are_asked_at_the_very_time_at_which_the_first_lets_go() -> None:
    events = events_of("leads straight to the next")
    enters = [(a, b) for a, b in following(events) if b.event == "enter" and a.time == b.time]
    assert sum((a.touchpoint, b.touchpoint) == ("first", "second") for a, b in enters) > 50
    closing = [b for a, b in following(events) if b.event == "called_back" and b.time > a.time]
    assert {event.touchpoint for event in closing} == {"first", "second", "third"}
    assert all(round(24 * (event.time % 1), 6) == 17.5 for event in closing)


def test_a_raised_price_makes_fewer_buy_and_pay_more_each() -> None:
    (case,) = (case for case in CASES if case.name == "an arm raises the price")
    after = [event.value or 0 for event in events_of(case.name, "conversion")]
    before = [event.value or 0 for event in oracle(case.base, case.base, SEED, 0) if event.event == "conversion"]
    assert len(after) < 0.8 * len(before)
    assert sum(after) / len(after) > 1.1 * sum(before) / len(before)


def test_some_touchpoints_are_visited_more_than_a_hundred_times() -> None:
    visits = Counter((e.customer, e.touchpoint) for e in events_of("hundreds of visits") if e.event == "enter")
    assert max(visits.values()) > 300
    assert sum(number > 100 for number in visits.values()) >= 8


def test_the_far_ends_of_traits_show() -> None:
    events = events_of("far ends")
    by_pace = Counter[int]()
    for a, b in following(events):
        if a.touchpoint == "call" and b.touchpoint == "shop":
            by_pace[b.customer] += 1
    assert by_pace, "nobody is fast enough for a delay of 100,000 days"
    stuck = [last for last in {e.customer: e for e in events}.values() if last.event == "experience" and last.time < 3]
    assert len(stuck) > 10, "nobody is so slow that they never get on"
    assert any(event.event == "gave_up" and event.value == 0 for event in events), "nobody is without patience"

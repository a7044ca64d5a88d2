"""What was noted of somebody else in the same profile counts from the next tick on, and nothing else of theirs."""

from typing import Any

import numpy as np
import pytest

from sim.engine import History, compile_program, simulate
from sim.engine.memory.history import EVENTS
from sim.engine.memory.mixed import mixed_fields
from sim.identity.correcting import put_right
from sim.scenario.scenario import Scenario
from tests.builders import scenario
from tests.engine.brands import MAIL, brand, transitions
from tests.oracle.identities import drawn_profiles, numbered
from tests.oracle.scenarios_profiled import asked_of_the_profile

APART = [[0, 0], [1, 1]]
ON_THE_WEBSITE = [[0, 0], [0, 1]]


def ran(of: Scenario, profiles: list[list[int]]) -> History:
    """Channels are the website and e-mail; all customers do the same at the same times."""
    return simulate(compile_program(of, of), 1, 0, profiles=np.array(profiles, np.int32), events=True)


def sent(history: History, customer: int = 0) -> list[tuple[str, float]]:
    """Which rules sent to the customer, and at which hours of the run."""
    events = history.events
    assert events is not None
    rows = np.flatnonzero((events.event == EVENTS.index("sent")) & (events.customer == customer))
    return [(history.rules[events.rule[k]], round(24 * float(events.time[k]), 6)) for k in rows]


def two(**changes: Any) -> Scenario:
    """Two customers: home at 0:00, in the basket at 20:30, ordering at 23:00."""
    return brand(**{"population": {"size": 2}, "identity": {}, "horizon": 2, **changes})


def hours(profiles: list[list[int]], name: str, value: float, **changes: Any) -> list[float]:
    """The hours of the run at which the first customer's profile says that, asked every hour and told every hour."""
    rule = {"id": "ask", "when": {"tick": True}, "do": "mail", "if": [[f"profile.{name}", "==", value]]}
    policy = {"policy": "rules", "gap_hours": 0, "tick": 1 / 24}
    return [hour for _, hour in sent(ran(two(rules=[rule], orchestration=policy, **changes), profiles))]


def test_contacts_of_both_are_counted_those_of_the_other_an_hour_later() -> None:
    """At 23:00 both order: the own contact counts at once, that of the other, noted at the very tick, at the next."""
    assert hours(APART, "contacts", 3) == list(range(23, 49))
    found = {count: hours(ON_THE_WEBSITE, "contacts", count) for count in range(1, 7)}
    assert found == {1: [0], 2: list(range(1, 21)), 3: [], 4: [21, 22], 5: [23], 6: list(range(24, 49))}


def test_what_was_noted_of_another_is_forgotten_as_soon() -> None:
    """Each contact is kept six hours: from the tick after it on, to the very moment."""
    kept: dict[str, Any] = {"profile": {"keep_days": 6 / 24}}
    assert hours(ON_THE_WEBSITE, "contacts", 2, **kept) == [*range(1, 6), 21, 22, 27, 28]
    assert hours(ON_THE_WEBSITE, "contacts", 4, **kept) == [24, 25, 26]
    assert hours(ON_THE_WEBSITE, "revenue", 100, **kept) == list(range(24, 29))


def test_money_and_messages_of_another_count() -> None:
    assert hours(APART, "revenue", 50) == list(range(23, 49))
    assert hours(ON_THE_WEBSITE, "revenue", 50) == [23]
    assert hours(ON_THE_WEBSITE, "revenue", 100) == hours(ON_THE_WEBSITE, "purchases", 2) == list(range(24, 49))


def test_it_comes_with_the_tick_not_with_the_moment() -> None:
    """Told once a day, the brand knows at noon of the second day what both did on the first."""
    asked = [("noon", 0.5, 1), ("evening", 0.9, 2), ("morning", 1, 6), ("next-noon", 1.5, 6)]
    rules = [
        {"id": name, "when": {"at": day}, "do": "mail", "if": [["profile.contacts", "==", count]]}
        for name, day, count in asked
    ]
    policy = {"policy": "rules", "gap_hours": 0, "tick": 1}
    found = sent(ran(two(rules=rules, orchestration=policy), ON_THE_WEBSITE))
    assert found == [(name, pytest.approx(24 * day)) for name, day, _ in asked]


@pytest.mark.parametrize(
    ("profiles", "contacts"),
    [(ON_THE_WEBSITE, 5), ([[0, 0], [1, 0]], 4), ([[0, 2], [1, 0]], 3), ([[0, 1], [2, 1]], 2), ([[-1, 0], [0, 0]], 0)],
    ids=["both on the website", "linked to it", "the other's e-mail alone", "not where they came", "nothing left"],
)
def test_a_fact_counts_where_the_record_is(profiles: list[list[int]], contacts: int) -> None:
    """Two visits on the website and one by e-mail each; the first customer's own are those linked to the website."""
    by_mail = [
        {"id": "home", "start": True, "channels": ["web"]},
        {"id": "basket", "channels": ["web"]},
        {"id": "order", "channels": ["email"]},
        {"id": "end", "exit": "completed"},
    ]
    rules = [
        {"id": f"of-{n}", "when": {"at": 1.5}, "do": "mail", "if": [["profile.contacts", "==", n]]} for n in range(7)
    ]
    on_both = {**MAIL, "channels": ["web", "email"]}
    history = ran(two(rules=rules, touchpoints=by_mail, actions=[on_both]), profiles)
    events = history.events
    assert events is not None
    at = np.flatnonzero((events.customer == 0) & (events.time == 1.5) & (events.rule >= 0))
    assert {history.rules[events.rule[k]] for k in at} == {f"of-{contacts}"}


def test_who_gave_no_consent_is_neither_noted_nor_looked_up() -> None:
    shy = {"segments": [{"id": "shy", "consent": 0}]}
    assert hours(ON_THE_WEBSITE, "contacts", 0, **shy) == list(range(49))


def test_who_gave_no_consent_is_looked_up_nowhere_though_the_other_is_noted() -> None:
    """Some consent and some do not; everybody is in one profile with the next."""
    at_noon = [
        {"id": f"of-{n}", "when": {"at": 1.5}, "do": "mail", "if": [["profile.contacts", "==", n]]} for n in (0, 3, 6)
    ]
    of = brand(rules=at_noon, population={"size": 40}, identity={}, segments=[{"id": "any", "consent": 0.5}])
    history = ran(of, [[pair // 2, pair // 2] for pair in range(40)])
    consent = history.customers.consent
    expected = ["of-0" if not consent[number] else "of-6" if consent[number ^ 1] else "of-3" for number in range(40)]
    assert [[rule for rule, _ in sent(history, number)] for number in range(40)] == [[rule] for rule in expected]
    assert set(expected) == {"of-0", "of-3", "of-6"}


def test_what_is_noted_at_the_tick_itself_is_told_at_the_next() -> None:
    """Both order at noon, which is a tick."""
    ask = [
        {"id": f"{hour}h-{n}", "when": {"at": hour / 24}, "do": "mail", "if": [["profile.purchases", "==", n]]}
        for hour in (12, 18, 24)
        for n in (1, 2)
    ]
    policy = {"policy": "rules", "gap_hours": 0, "tick": 0.5}
    at_noon = transitions(("home", "basket", 6), ("basket", "order", 6), ("order", "end", 24000))
    of = two(rules=ask, orchestration=policy, transitions=at_noon)
    assert [rule for rule, _ in sent(ran(of, ON_THE_WEBSITE))] == ["12h-1", "18h-1", "24h-2"]


def test_which_profiles_are_mixed_and_who_is_in_them() -> None:
    profiles = np.array([[0, 3, -3], [0, 5, 0], [7, 5, 7], [9, -2, 8]], np.int32)
    found = mixed_fields(profiles, 4)
    assert found["mixed"].tolist() == [[0, -1, -1], [0, 1, 0], [-1, 1, -1], [-1, -1, -1]]
    assert (found["mate_first"].tolist(), found["mate"].tolist()) == ([0, 2, 4], [0, 1, 1, 2])
    assert len(mixed_fields(profiles[[0, 2, 3]], 3)["mixed"]) == 0
    assert len(mixed_fields(profiles, 1)["mixed"]) == 0, "the others are not in the pilot"


def test_where_nobody_is_mixed_or_no_rule_asks_nobody_stops_at_ticks() -> None:
    of = scenario(**asked_of_the_profile(identity={}))
    program = compile_program(of, of)
    assert [instant for instant in program.timetable.instants if instant.tick is not None] == []
    assert len(program.exchanging_timetable.instants) == 80
    assert program.exchanging_timetable.stops.tolist() == program.exchanging_timetable.decided.tolist()
    deaf = scenario(**{**asked_of_the_profile(identity={}), "rules": [], "scores": {}})
    assert not compile_program(deaf, deaf).fields["remembers"]


def test_facts_of_others_change_decisions_only_of_those_in_the_same_profile() -> None:
    """Ten times the money: who shares no profile with a buyer, nor with somebody who does, is treated alike."""
    tables = asked_of_the_profile(identity={}, profile={"keep_days": 9})
    tables["population"]["size"] = 900
    dear = [each | ({"goal": each["goal"] | {"value": 400}} if each["id"] == "order" else {})
            for each in tables["touchpoints"]]  # fmt: skip
    of = scenario(**tables)
    profiles = numbered(drawn_profiles(of, 5), compile_program(of, of).channels)
    assert profiles is not None
    before, after = (_played(each, profiles) for each in (tables, {**tables, "touchpoints": dear}))
    bought = _bought(before)
    together = _together(profiles)
    near_a_buyer = np.isin(together, together[bought])
    alone, misled = ~near_a_buyer, near_a_buyer & ~bought
    assert alone.sum() > 100
    assert misled.sum() > 100
    assert _decided(after, alone) == _decided(before, alone)
    assert _decided(after, misled) != _decided(before, misled), "who bought nothing is taken for who did"
    apart = np.where(profiles < 0, profiles, put_right(profiles.astype(np.int64), "wrong-merges")).astype(np.int32)
    told, dearer = (_played(each, apart) for each in (tables, {**tables, "touchpoints": dear}))
    misled &= ~_bought(told)
    assert misled.sum() > 100
    assert _decided(told, misled) == _decided(dearer, misled)


def _played(tables: dict[str, Any], profiles: Any) -> History:
    of = scenario(**tables)
    return simulate(compile_program(of, of), 5, 0, profiles=profiles, events=True)


def _bought(history: History) -> Any:
    events = history.events
    assert events is not None
    return np.isin(
        np.arange(len(history.customers.number)), events.customer[events.event == EVENTS.index("conversion")]
    )


def _decided(history: History, whose: Any) -> list[tuple[int, str, float]]:
    events = history.events
    assert events is not None
    codes = [EVENTS.index("sent"), EVENTS.index("ruled_out")]
    rows = np.flatnonzero(np.isin(events.event, codes) & whose[events.customer])
    return [(int(events.event[k]), history.rules[events.rule[k]], float(events.time[k])) for k in rows]


def _together(profiles: Any) -> Any:
    """The number of the first customer to whom a chain of shared profiles leads, of each."""
    together = np.arange(len(profiles))
    for _ in range(len(profiles)):
        before = together.copy()
        for number in np.unique(profiles[profiles >= 0]):
            members = np.flatnonzero((profiles == number).any(axis=1))
            together[members] = together[members].min()
        if (before == together).all():
            break
    return together

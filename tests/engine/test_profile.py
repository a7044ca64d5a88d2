"""The brand goes by what it has noted: of linked channels, with consent, until it forgets (model 27)."""

from typing import Any

import numpy as np
import pytest

from sim.engine import History, compile_program, simulate
from sim.engine.memory.history import EVENTS
from sim.identity.correcting import put_right
from tests.builders import scenario
from tests.engine.brands import CHANNELS, MAIL, brand, done, touchpoints, transitions
from tests.oracle.identities import drawn_profiles, numbered
from tests.oracle.scenarios_profiled import asked_of_the_profile


def hours_known(name: str, value: float, **changes: Any) -> list[int]:
    """The hours of the run after which the profile says that of the customer, asked at every half hour."""
    rule = {"id": "ask", "when": {"tick": True}, "do": "mail", "if": [[f"profile.{name}", "==", value]]}
    tables = {"rules": [rule], "orchestration": {"policy": "rules", "gap_hours": 0, "tick": 1 / 24}, **changes}
    return [round(time) for time, _, reason in done(brand(**tables)) if reason is None]


def test_contacts_are_counted_as_they_happen() -> None:
    """Home at 0:00, in the basket at 20:30, ordering at 23:00."""
    assert hours_known("contacts", 1) == list(range(21))
    assert hours_known("contacts", 2) == [21, 22]
    assert hours_known("contacts", 3) == list(range(23, 121))


def test_facts_are_forgotten_when_they_may_no_longer_be_kept() -> None:
    """What was noted at 0:00, 20:30 and 23:00 is gone at 6:00, 26:30 and 29:00: no longer there at the very moment."""
    kept: dict[str, Any] = {"profile": {"keep_days": 6 / 24}}
    assert hours_known("contacts", 1, **kept) == [*range(6), 21, 22, 27, 28]
    assert hours_known("contacts", 2, **kept) == [23, 24, 25, 26]
    assert hours_known("contacts", 0, **kept) == [*range(6, 21), *range(29, 121)]
    assert hours_known("revenue", 50, **kept) == hours_known("purchases", 1, **kept) == list(range(23, 29))


def test_money_is_that_of_the_purchases_still_known() -> None:
    again = transitions(("home", "basket", 1), ("basket", "order", 0.5), ("order", "basket", 4.5))
    kept: dict[str, Any] = {"profile": {"keep_days": 6 / 24}, "transitions": again, "horizon": 1}
    assert hours_known("revenue", 100, **kept) == [7, 12, 17, 22]
    assert hours_known("revenue", 50, **kept) == [hour for hour in range(2, 25) if hour not in (7, 12, 17, 22)]


def test_days_since_a_contact_end_where_facts_are_forgotten_or_after_a_year() -> None:
    one_day = {"horizon": 1, "transitions": transitions(("home", "basket", 12), ("basket", "order", 24000))}
    ask = [["profile.idle_days", ">=", 5.99 / 24], ["profile.idle_days", "<=", 6 / 24]]
    rule = {"id": "ask", "when": {"tick": True}, "do": "mail", "if": ask}
    policy = {"policy": "rules", "gap_hours": 0, "tick": 1 / 24}
    asked = brand(rules=[rule], orchestration=policy, profile={"keep_days": 6 / 24}, **one_day)
    assert [round(time) for time, _, _ in done(asked)] == [*range(6, 12), *range(18, 25)]
    assert hours_known("idle_days", 365, **one_day, population={"size": 1}, segments=[{"id": "a", "consent": 0}]) == [
        *range(25)
    ]


def test_days_since_a_contact_are_no_more_than_a_year() -> None:
    long_ago = {"horizon": 400, "transitions": transitions(("home", "basket", 12000), ("basket", "order", 1))}
    policy = {"policy": "rules", "gap_hours": 0, "tick": 20.0}
    found = hours_known("idle_days", 365, **long_ago, orchestration=policy)
    assert [hour / 24 for hour in found] == [380, 400]


def test_without_consent_and_for_what_is_not_noted_the_profile_is_empty() -> None:
    always = list(range(121))
    without: dict[str, Any] = {"segments": [{"id": "shy", "consent": 0}]}
    for name in ("contacts", "purchases", "revenue", "messages"):
        assert hours_known(name, 0, **without) == always
    assert hours_known("purchases", 0, profile={"facts": ["contacts"]}) == always
    assert hours_known("contacts", 3, profile={"facts": ["contacts"]}) == list(range(23, 121))


def test_messages_that_arrive_on_a_linked_channel_are_noted() -> None:
    for integration, noted in (({"mode": "omni"}, True), ({"mode": "multi"}, False)):
        found = hours_known("messages", 0, integration=integration, horizon=1)
        assert found == ([0] if noted else list(range(25)))


def test_responses_are_noted_when_they_happen() -> None:
    """A message at 0:00 is acted on at 1:30, so a rule that asks from 2:00 on acts."""
    reads = {**CHANNELS[1], "response_rate": 1, "time_to_act_hours": 1.5}
    once = {"id": "once", "when": {"at": 0}, "do": "mail"}
    rule = {"id": "ask", "when": {"tick": True}, "do": "other", "if": [["profile.responses", "==", 1]]}
    other = {**MAIL, "id": "other", "response_rate": 0}
    policy = {"policy": "rules", "gap_hours": 0, "tick": 1 / 24}
    for integration, hours in (({"mode": "omni"}, range(2, 25)), ({"mode": "multi"}, ())):
        of = brand(rules=[once, rule], actions=[MAIL, other], channels=[CHANNELS[0], reads], horizon=1,
                   orchestration=policy, integration=integration)  # fmt: skip
        found = [round(time) for time, action, reason in done(of) if action == "other@email" and reason is None]
        assert found == list(hours)


def test_who_left_nothing_has_caps_of_each_channel() -> None:
    """No record is left that could be linked: one message in all on each channel, not one altogether."""
    caps = {"total": {"max": 1, "days": 30}, "email": {"max": 5, "days": 30}}
    asked = [("mail", 1), ("post", 1), ("post", 2)]
    rules = [{"id": f"{name}-{day}", "when": {"at": day}, "do": name} for name, day in asked]
    actions = [MAIL, {**MAIL, "id": "post", "channels": ["web"]}]
    policy = {"policy": "rules", "gap_hours": 0, "caps": caps}
    of = brand(rules=rules, actions=actions, orchestration=policy, identity={})
    assert [rule for rule, _ in told(of, [[-1, -2]])] == ["mail-1 sent", "post-1 sent", "post-2 ruled_out"]
    assert [rule for rule, _ in told(of, [[0, 0]])] == ["mail-1 sent", "post-1 ruled_out", "post-2 ruled_out"]


def told(of: Any, profiles: Any) -> list[tuple[str, float]]:
    """What is decided about the first customer, and when."""
    program = compile_program(of, of)
    history = simulate(program, 1, 0, profiles=np.array(profiles, np.int32), events=True)
    return decided(history, np.array([True]))


def decided(history: History, whose: np.ndarray[Any, Any]) -> list[tuple[str, float]]:
    events = history.events
    assert events is not None
    codes = [EVENTS.index("sent"), EVENTS.index("ruled_out")]
    rows = np.flatnonzero(np.isin(events.event, codes) & whose[events.customer])
    return [(f"{history.rules[events.rule[k]]} {EVENTS[events.event[k]]}", float(events.time[k])) for k in rows]


@pytest.mark.parametrize(
    ("profiles", "contacts"),
    [([[0, 0]], 3), ([[0, 1]], 2), ([[0, -2]], 2), ([[-1, 1]], 0), ([[-1, -2]], 0)],
    ids=["linked", "apart", "nothing left on e-mail", "nothing left on the website", "nothing left"],
)
def test_only_contacts_in_the_profile_of_the_first_are_noted(profiles: list[list[int]], contacts: int) -> None:
    """Two visits on the website, then one by e-mail; with no link at all the profile is empty."""
    ask = [{"id": f"of-{count}", "when": {"at": 2}, "do": "mail", "if": [["profile.contacts", "==", count]]}
           for count in range(4)]  # fmt: skip
    by_mail = touchpoints(order={"channels": ["email"], "goal": False})
    of = brand(rules=ask, touchpoints=by_mail, identity={}, actions=[{**MAIL, "channels": ["web"]}])
    assert [rule for rule, _ in told(of, profiles)] in (
        [f"of-{contacts} sent"],
        [f"of-{contacts} ruled_out"],  # where nothing was left, nobody is found to write to
    )


def test_no_decision_reads_a_fact_that_is_not_linked() -> None:
    """Ten times the money, and goals that are no purchases: who buys where it is not linked is treated alike."""
    conditions = ("contacts", "purchases", "messages", "responses", "revenue", "idle_days")
    tables = asked_of_the_profile(identity={}, profile={"keep_days": 9})
    tables["rules"] = [rule for rule in tables["rules"] if "risk" not in str(rule)]  # that score asks for days, too
    tables["population"]["size"] = 600
    assert all(name in str(tables["rules"]) for name in conditions)
    before, profiles = _simulated(tables)
    first = _first_channels(before)
    events = before.events
    assert events is not None
    bought = events.event == EVENTS.index("conversion")
    linked = profiles[events.customer, events.channel] == profiles[events.customer, first[events.customer]]
    linked &= (profiles[events.customer, events.channel] >= 0) & before.customers.consent[events.customer]
    sees = np.zeros(len(profiles), np.bool_)
    sees[events.customer[bought & linked]] = True
    unseen = np.zeros(len(profiles), np.bool_)
    unseen[events.customer[bought]] = True
    unseen &= ~sees
    for change in ({"value": 400}, {"value": None}):
        order = next(touchpoint for touchpoint in tables["touchpoints"] if touchpoint["id"] == "order")
        goal = {"kind": "conversion"} | {key: value for key, value in change.items() if value is not None}
        changed = {**tables, "touchpoints": [
            {**each, "goal": goal} if each is order else each for each in tables["touchpoints"]
        ]}  # fmt: skip
        after, _ = _simulated(changed)
        assert unseen.sum() > 30
        assert decided(after, unseen) == decided(before, unseen)
        assert decided(after, sees) != decided(before, sees), "what is linked counts"


def _simulated(tables: dict[str, Any]) -> tuple[History, Any]:
    of = scenario(**tables)
    program = compile_program(of, of)
    profiles = numbered(drawn_profiles(of, 5), program.channels)
    assert profiles is not None
    profiles = np.where(profiles < 0, profiles, put_right(profiles, "wrong-merges")).astype(np.int32)
    return simulate(program, 5, 0, profiles=profiles, events=True), profiles


def _first_channels(history: History) -> np.ndarray[Any, Any]:
    events = history.events
    assert events is not None
    first = np.full(len(history.customers.number), -1)
    met = (events.event == EVENTS.index("enter")) & (events.channel >= 0)
    for customer, channel in zip(events.customer[met][::-1], events.channel[met][::-1], strict=True):
        first[customer] = channel
    return first


def test_contacts_noted_are_counted_for_the_outcome() -> None:
    history, profiles = _simulated(asked_of_the_profile(identity={}))
    events, first = history.events, _first_channels(history)
    assert events is not None
    met = (events.event == EVENTS.index("enter")) & (events.channel >= 0)
    customer, channel = events.customer[met], events.channel[met]
    noted = (profiles[customer, channel] == profiles[customer, first[customer]]) & (profiles[customer, channel] >= 0)
    noted &= history.customers.consent[customer]
    assert history.customers.noted.tolist() == np.bincount(customer[noted], minlength=len(first)).tolist()
    assert 0 < noted.sum() < met.sum()


def test_an_order_placed_on_no_channel_is_noted_where_the_customer_was_last() -> None:
    nowhere = {"touchpoints": touchpoints(order={"channels": []}), "horizon": 2}
    assert hours_known("purchases", 1, **nowhere) == list(range(23, 49))
    elsewhere = touchpoints(order={"channels": []}, basket={"channels": ["email"]})
    apart: dict[str, Any] = {"touchpoints": elsewhere, "integration": {"mode": "multi"}, "horizon": 2}
    assert hours_known("purchases", 1, **apart) == []

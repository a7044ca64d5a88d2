"""The scenarios of the model's third part really contain what they are there to compare."""

from collections import Counter
from itertools import pairwise

import pytest

from sim.scenario import new_text, parse
from sim.scenario.changes import CHANGING, changes_of

from .brand import REASONS
from .comparing import by_customer
from .played import SEED, events_of, played
from .scenarios import Case
from .scenarios_sharing import CASES
from .simulate import Event, oracle

NAMES = [case.name.replace(" ", "-") for case in CASES]
LEARNING = [case.name for case in CASES if case.scenario.orchestration.policy == "bandit"]
LIMITED = [case.name for case in CASES if case.scenario.orchestration.budget is not None]


def reason(event: Event) -> str | None:
    return REASONS[int(event.value or 0)] if event.event == "ruled_out" else None


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_scenario_is_one_that_a_file_may_hold(case: Case) -> None:
    text = new_text(case.scenario.model_dump(by_alias=True, exclude_unset=True))
    assert parse(text, name="case.toml").scenario == case.scenario


@pytest.mark.slow
@pytest.mark.parametrize("case", [case for case in CASES if any(changes_of(case.scenario))])
def test_every_phase_season_and_shock_makes_a_difference(case: Case) -> None:
    with_all = oracle(case.scenario, case.base, SEED, 0)
    for part in CHANGING:
        for one in getattr(case.scenario, part):
            others = tuple(other for other in getattr(case.scenario, part) if other is not one)
            without = case.scenario.model_copy(update={part: others})
            assert (oracle(without, case.base, SEED, 0) != with_all) == one.enabled, one.id


def test_nothing_happens_on_a_channel_that_is_down() -> None:
    for name in ("messages go elsewhere", "one channel find it down"):
        # A visit on the channel goes on, and what is shown there is shown.
        told = [event for event in events_of(name, "enter", "sent") if event.action != "similar"]
        times = [event.time for event in told if event.channel == "email"]
        assert not [time for time in times if 5 <= time < 12 or 25 <= time < 26]
        assert min(sum(time < 5 for time in times), sum(12 <= time < 25 for time in times)) > 10
        none = [e for e in events_of(name, "enter") if e.touchpoint == "product" and e.channel is None]
        assert {9.5 <= event.time < 12 for event in none} == {True}


def test_closed_transitions_are_not_taken_and_those_set_out_on_before_are() -> None:
    asked, bought = [], []
    last = dict[int, Event]()
    for event in events_of("closed for customers", "enter"):
        before = last.get(event.customer)
        if before and (before.touchpoint, event.touchpoint) == ("buy", "ask"):
            asked.append(event.time)
        if before and (before.touchpoint, event.touchpoint) == ("ask", "buy"):
            bought.append(event.time)
        last[event.customer] = event
    assert min(sum(time < 18 for time in asked), sum(18 <= time < 22 for time in asked)) >= 4
    assert min(sum(time < 5 for time in bought), sum(5 <= time < 10 for time in bought)) >= 4
    assert sum(time > 16 for time in bought) > 4


@pytest.mark.parametrize("name", LEARNING)
def test_beliefs_move(name: str) -> None:
    beliefs = played(name).beliefs
    moved = [cell for cell, tries in beliefs.tries.items() if tries and beliefs.successes[cell]]
    assert len(moved) > 4
    assert sum(beliefs.tries.values()) > sum(beliefs.successes.values())


def takes_messages_in_the_app(name: str, event: Event) -> bool:
    opted_out = [e for e in events_of(name, "opted_out") if (e.customer, e.channel) == (event.customer, "app")]
    return not [e for e in opted_out if e.time < event.time]


@pytest.mark.parametrize(("name", "several"), [("actions and channels", (1, 1)), ("channels alone", (0, 1)),
                                               ("actions alone", (1, 0))])  # fmt: skip
def test_what_is_learned_is_what_is_chosen_among(name: str, several: tuple[int, int]) -> None:
    sent = [event for event in events_of(name, "sent") if event.rule == "browse"]
    by_action = Counter(event.action for event in sent)
    assert (len(by_action) > 1, min(by_action.values()) > 4) == (several[0], True)
    # Without a choice of channels, others than the first one are for those alone who do not accept messages there.
    accepted = [event for event in sent if event.action == "tip" and takes_messages_in_the_app(name, event)]
    assert len({event.channel for event in accepted}) == (3 if several[1] else 1)


def test_a_choice_made_anew_may_be_another() -> None:
    again = Counter[bool]()
    for name in ("after quiet hours", "made anew, the first due first"):
        waiting = dict[tuple[int, str | None], Event]()
        for event in events_of(name, "sent", "ruled_out"):
            key = event.customer, event.rule
            if reason(event) in ("quiet", "capped"):
                waiting[key] = event
            elif event.event == "sent" and key in waiting:
                before = waiting.pop(key)
                again[(before.action, before.channel) == (event.action, event.channel)] += 1
    assert min(again.values()) > 10


def test_what_is_shown_to_leaving_customers_is_chosen() -> None:
    shown = Counter(event.action for event in events_of("what to show", "sent") if event.rule == "leaving")
    assert set(shown) == {"back", "banner", "video"}
    assert min(shown.values()) > 10
    led = [e for e in events_of("what to show", "responded") if (e.rule, e.action) == ("leaving", "back")]
    assert len(led) > 3


@pytest.mark.parametrize("name", LIMITED)
def test_a_budget_lets_some_through_and_holds_others_back(name: str) -> None:
    events = events_of(name, "sent", "ruled_out")
    held = [event for event in events if reason(event) == "budget"]
    assert min(len(held), sum(event.event == "sent" for event in events)) > 30
    assert min(Counter(event.rule for event in held).values()) > 0


def test_batches_stop_when_the_money_is_spent_and_what_they_leave_is_shared_out() -> None:
    times = Counter[tuple[bool, bool]]()
    for event in events_of("pays for batches first", "sent", "ruled_out"):
        if event.event == "sent" or reason(event) == "budget":
            times[event.time == int(event.time), event.event == "sent"] += 1
    assert len(times) == 4
    assert min(times.values()) > 20
    assert played("pays for batches first").purse.spent < 41


@pytest.mark.parametrize(("name", "channels"), [("bought", {"web", "sms"}), ("everything at once", {"web", "app"})])
def test_bought_customers_come_and_meet_on_their_channel(name: str, channels: set[str]) -> None:
    world = played("arrivals are bought for" if name == "bought" else name)
    bought = {c.person.number: c.person.bought_on for c in world.customers if c.person.bought_on}
    assert set(bought.values()) == channels
    first = dict[int, str | None]()
    for event in world.log.sorted():
        if event.event == "enter" and event.channel is not None:
            first.setdefault(event.customer, event.channel)
    met = {number: bought[number] for number in first if number in bought}
    assert met == {number: first[number] for number in met}
    assert min(Counter(met.values()).values()) > 10


@pytest.mark.parametrize(
    "name", ["told at desks", "by those who leave", "everything at once", "phases meet at the same instants"]
)
def test_friends_come_and_bring_friends(name: str) -> None:
    customers = played(name).customers
    size, bought = played(name).scenario.population.size, sum(c.person.bought_on is not None for c in customers)
    friends = customers[size + bought :]
    assert len(friends) == played(name).friends > 4
    assert sum(friend.friends for friend in friends) > 0
    assert sum(friend.arrived for friend in friends) == len(friends)


def test_a_response_may_find_transitions_open_that_were_closed_when_the_customer_came() -> None:
    freed = 0
    for own in by_customer(events_of("closed transitions open again", "enter", "responded")).values():
        for came, response in pairwise(own):
            stuck = came.touchpoint == "look" and 4 <= came.time < 10 <= response.time
            freed += stuck and response.event == "responded" and response.value == 1
    assert freed > 3


def test_whoever_is_bought_sees_what_is_shown_where_they_are() -> None:
    seen = Counter(e.channel for e in events_of("channel that no touchpoint has", "sent"))
    assert min(seen["web"], seen["ad"]) > 10

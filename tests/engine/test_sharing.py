"""What holds for values that change, learning, budgets, bought arrivals and friends: over scenarios of every kind."""

from collections import Counter, defaultdict
from dataclasses import fields, replace
from itertools import takewhile
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sim.engine import History, compile_program, simulate
from sim.engine.memory.history import REASONS, Customers
from sim.scenario.addresses.address import joined
from sim.scenario.channels_and_desks import Acquisition
from sim.scenario.orchestration import Budget
from sim.scenario.resolve import enabled_transitions
from sim.scenario.scenario import Scenario
from tests.engine.within_limits import Presents, assert_within_limits
from tests.oracle.comparing import engine_events
from tests.oracle.draws import site_number
from tests.oracle.moments import Event
from tests.oracle.playbook import Play, Playbook
from tests.slices import in_slices
from tests.strategies import Drawn
from tests.strategies_sharing import may_be_run, sharing_scenarios

QUICK = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
EXAMPLES = pytest.mark.parametrize("examples", [6, pytest.param(150, marks=pytest.mark.slow)])
PUT_OFF = ("capped", "quiet")
SOME = Acquisition(spend=10, cost_per_arrival=2, saturation=20)


def history_of(drawn: Drawn, scenario: Scenario | None = None) -> History:
    program = compile_program(scenario or drawn.scenario, drawn.reference)
    return simulate(program, drawn.seed, 0, events=True)


def changed(drawn: Drawn, **tables: Any) -> Drawn:
    """The same with other tables, where that passes the checks."""
    other = replace(drawn, arm=drawn.arm | tables)
    assume(may_be_run(other))
    return other


def with_budget(scenario: Scenario, budget: Budget) -> Scenario:
    plans = scenario.orchestration.model_copy(update={"budget": budget})
    return scenario.model_copy(update={"orchestration": plans})


def why(event: Event) -> str | None:
    return REASONS[int(event.value or 0)] if event.event == "ruled_out" else None


# 17


def planned_sends(scenario: Scenario, history: History) -> dict[float, list[Event]]:
    """Sends that cost something and were surely planned, by the time of their batch.

    Left out are those of whoever arrived just then, and those that may have been put off, or follow another.
    """
    playbook = Playbook(scenario, in_batches=True)
    plays: dict[str | None, tuple[Play, set[float]]] = {}
    for play in playbook.plays:
        if play.planned:
            plays[play.id] = play, set(takewhile(scenario.horizon.__gt__, playbook.times(play)))
    arrivals = dict(zip(history.customers.number.tolist(), history.customers.arrival.tolist(), strict=True))
    seen: dict[tuple[int, str | None], list[Event]] = defaultdict(list)
    planned: dict[float, list[Event]] = defaultdict(list)
    for event in engine_events(history):
        if event.event not in ("sent", "ruled_out") or event.rule not in plays:
            continue
        mine = seen[event.customer, event.rule]
        last = max((each.time for each in mine if each.time < event.time), default=None)
        before = [each for each in mine if each.time in (last, event.time)]
        mine.append(event)
        if event.event != "sent" or not event.value or event.time not in plays[event.rule][1]:
            continue
        if event.time == arrivals[event.customer]:
            continue
        follows = any(each.event == "sent" and len(playbook.channels[each.action or ""]) > 1 for each in before)
        if follows or any(why(each) in PUT_OFF for each in before):
            continue
        planned[event.time].append(event)
    return planned


@EXAMPLES
def test_planned_sends_never_cost_more_than_is_left(examples: int) -> None:
    checked = Counter[str]()

    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(sharing_scenarios(), st.sampled_from([0.8, 3, 12]))
    def within(drawn: Drawn, money: float) -> None:
        batched = with_batches(drawn)
        for of in ("per_day", "total"):
            checked[of] += assert_paid(batched, of, money)

    within()
    assert min(checked["per_day"], checked["total"]) > examples / 15


def assert_paid(drawn: Drawn, of: str, money: float) -> int:
    """Check every batch under a budget; how many there were."""
    scenario = with_budget(drawn.scenario, Budget(**{of: money}))
    history = history_of(drawn, scenario)
    playbook = Playbook(scenario, in_batches=True)
    uncounted = {action.id for action in scenario.actions if action.transactional}
    sends = [event for event in engine_events(history) if event.event == "sent" and event.action not in uncounted]
    planned = planned_sends(scenario, history)
    for time, batch in planned.items():
        if of == "per_day":
            # Whoever leaves a desk as a period begins sends in the one before.
            begin = max(tick for tick in playbook.ticks if tick <= time)
            end = min((tick for tick in playbook.ticks if tick > time), default=scenario.horizon)
            earlier = [event for event in sends if begin < event.time < time]
            earlier += planned.get(begin, []) if begin < time else []
            limit = money * (end - begin)
        else:
            earlier, limit = [event for event in sends if event.time < time], money
        assert sum(event.value or 0 for event in [*earlier, *batch]) <= limit + 1e-6
    return len(planned)


def with_batches(drawn: Drawn) -> Drawn:
    """With sends to everybody that cost something."""
    first, *others = drawn.arm["actions"]
    planned = {"do": first["id"], "priority": 1}
    return changed(
        drawn,
        actions=[first | {"cost": 0.5, "transactional": False}, *others],
        rules=[*drawn.arm["rules"], planned | {"id": "ticking", "when": {"tick": True}}],
        broadcasts=[*drawn.arm["broadcasts"], {"id": "early", "at": 1.5, "do": first["id"]}],
    )


@EXAMPLES
def test_nothing_is_held_back_for_want_of_money_where_there_is_plenty(examples: int) -> None:
    sent, held = [], []

    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(sharing_scenarios())
    def ample(drawn: Drawn) -> None:
        scenario = with_budget(drawn.scenario, Budget(per_day=1e6, total=1e8))
        events = engine_events(history_of(drawn, scenario))
        assert "budget" not in map(why, events)
        sent.append(sum(event.event == "sent" for event in events))
        if drawn.scenario.orchestration.budget is not None:
            held.append(sum(why(event) == "budget" for event in engine_events(history_of(drawn))))

    ample()
    assert sum(sent) > 3 * examples
    assert sum(held) > examples / 15


# 15, 16


@EXAMPLES
def test_every_limit_holds_and_every_send_is_the_rules_own_or_an_alternative(examples: int) -> None:
    counts, others = [], []

    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(sharing_scenarios(), st.booleans())
    def holds(drawn: Drawn, choosing: bool) -> None:
        drawn = with_choices(drawn) if choosing else drawn
        history = history_of(drawn)
        counts.append(assert_within_limits(drawn.scenario, history))
        own = {rule["id"]: rule["do"] for rule in (*drawn.arm["rules"], *drawn.arm["broadcasts"])}
        sends = [event for event in engine_events(history) if event.event == "sent"]
        others.append(sum(event.action != own[event.rule or ""] for event in sends))

    holds()
    assert sum(counts) > 3 * examples
    assert sum(others) > examples / 15


def with_choices(drawn: Drawn) -> Drawn:
    """With another action for each that there is, and a policy that learns which one to take."""
    arm = drawn.arm
    return changed(
        drawn,
        actions=[*arm["actions"], *(action | {"id": f"{action['id']}-other"} for action in arm["actions"])],
        rules=[rule | {"alternatives": [f"{rule['do']}-other"]} for rule in arm["rules"]],
        orchestration=arm["orchestration"] | {"policy": "bandit", "learns": ["actions", "channels"]},
    )


@EXAMPLES
def test_no_visit_takes_place_on_a_channel_that_is_down_but_a_first_one_that_was_bought(examples: int) -> None:
    """That nothing is sent there is a limit like others."""
    elsewhere = Counter[bool]()

    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(sharing_scenarios())
    def avoided(drawn: Drawn) -> None:
        presents = Presents(drawn.scenario)
        bought = {site_number(f"channel:{channel.id}") for channel in drawn.scenario.channels}
        seen: set[int] = set()
        for event in engine_events(history_of(drawn)):
            if event.event == "enter" and (down := presents.at(event.time).journey.down):
                first = event.customer not in seen and event.customer >> 32 in bought
                assert first or event.channel not in down
                elsewhere[first] += 1
            seen.add(event.customer)

    avoided()
    assert elsewhere[False] > examples / 15


@EXAMPLES
def test_no_transition_is_chosen_that_is_off(examples: int) -> None:
    """Where no open transition leads, only those go who have set out or whom a response has led there."""
    moved = Counter[bool]()

    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(sharing_scenarios(), st.data())
    def closed(drawn: Drawn, choice: st.DataObject) -> None:
        candidates = [transition for transition in enabled_transitions(drawn.scenario) if transition.share > 0]
        candidates = [
            transition
            for transition in candidates
            if any(transition.source == other.source and transition != other for other in candidates)
        ]
        assume(candidates)
        address = joined(("transitions", choice.draw(st.sampled_from(candidates)).key, "enabled"))
        closing = {"id": "closing", "from": 0.7, "to": choice.draw(st.sampled_from([2, 40])), "set": {address: False}}
        drawn = changed(drawn, shocks=[closing])
        presents = Presents(drawn.scenario)
        usual = {
            (transition.source, transition.target)
            for transition in enabled_transitions(drawn.scenario)
            if transition.share > 0
        }
        chosen_at: dict[int, Event] = {}
        for event in engine_events(history_of(drawn)):
            if event.event == "experience":
                chosen_at[event.customer] = event
            elif event.event == "responded":
                chosen_at.pop(event.customer, None)
            elif event.event == "enter" and (last := chosen_at.pop(event.customer, None)):
                pair = last.touchpoint, event.touchpoint
                scenarios = [present.journey.scenario for present in presents.around(last.time)]
                able = [
                    {(transition.source, transition.target) for transition in of.transitions if transition.share > 0}
                    for of in scenarios
                ]
                assert any(pair in open_pairs for open_pairs in able), f"{pair} at {last.time}"
                moved[not all(usual <= open_pairs for open_pairs in able)] += 1

    closed()
    assert moved[True] > 2 * examples


# 18


@EXAMPLES
def test_more_spend_only_adds_customers(examples: int) -> None:
    """Where nothing is shared: what is learned and what is left of the money would be others'."""
    added = []

    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(sharing_scenarios(desks=False, policies=["rules"], limited=False), st.sampled_from([1.2, 5]))
    def only_more(drawn: Drawn, times: float) -> None:
        lived, others = (by_customer(history_of(drawn, spending(drawn.scenario, each))) for each in (1, times))
        assert lived.keys() <= others.keys()
        assert lived == {number: others[number] for number in lived}
        added.append(len(others) - len(lived))

    only_more()
    assert sum(added) > examples / 15


def spending(scenario: Scenario, times: float) -> Scenario:
    """With at least some money for arrivals on the first channel, and all spends multiplied."""
    channels = []
    for number, channel in enumerate(scenario.channels):
        bought = channel.acquisition
        if bought is None and number == 0:
            bought = SOME
        if bought is not None:
            bought = bought.model_copy(update={"spend": bought.spend * times})
        channels.append(channel.model_copy(update={"acquisition": bought}))
    return scenario.model_copy(update={"channels": tuple(channels)})


def by_customer(history: History) -> dict[int, list[Event]]:
    lived: dict[int, list[Event]] = {number: [] for number in history.customers.number.tolist()}
    for event in engine_events(history):
        lived[event.customer].append(event)
    return lived


# 3


@EXAMPLES
def test_the_same_seed_gives_the_same_history_in_slices_too(examples: int) -> None:
    lengths = []

    @settings(max_examples=examples, suppress_health_check=QUICK)
    @given(sharing_scenarios())
    def again(drawn: Drawn) -> None:
        program = compile_program(drawn.scenario, drawn.reference)
        runs = [simulate(each, drawn.seed, 0, events=True) for each in (program, program, in_slices(program))]
        first, second, sliced = runs
        lengths.append(first.event_count)
        assert engine_events(second) == engine_events(sliced) == engine_events(first)
        # In which row friends stand depends on what has been simulated at a time.
        orders = np.argsort(first.customers.number), np.argsort(sliced.customers.number)
        for field in fields(Customers):
            one, two, three = (getattr(history.customers, field.name) for history in (first, second, sliced))
            np.testing.assert_array_equal(two, one, err_msg=field.name)
            np.testing.assert_array_equal(three[orders[1]], one[orders[0]], err_msg=field.name)

    again()
    assert sum(lengths) > 100 * examples

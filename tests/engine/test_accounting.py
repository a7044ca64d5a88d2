"""Nobody is lost, nobody is counted twice, and money adds up, whatever the scenario."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from numpy.typing import NDArray

from sim.engine import History, compile_program, simulate
from sim.engine.memory.history import CHURNED, COMPLETED, EVENTS
from sim.scenario.resolve import enabled_channels, enabled_desks, enabled_touchpoints
from sim.scenario.scenario import Scenario
from tests.strategies import Drawn, drawn_scenarios

CENT = 0.01
GOALS = ("conversion", "value", "completion")
LEFT_UNSERVED = ("gave_up", "turned_away")


class Ledger:
    """What happened in one replication, event by event and as the engine counted it."""

    def __init__(self, drawn: Drawn) -> None:
        self.scenario: Scenario = drawn.scenario
        program = compile_program(self.scenario, drawn.reference)
        self.history: History = simulate(program, drawn.seed, 0, events=True)
        assert self.history.events is not None
        self.events = self.history.events
        self.people = len(self.history.customers.arrival)

    def of(self, *kinds: str) -> NDArray[np.bool_]:
        """Which events are of these kinds."""
        return np.isin(self.events.event, [EVENTS.index(kind) for kind in kinds])

    def days(self) -> NDArray[np.int64]:
        """The day of each event; the last one includes the horizon."""
        return np.minimum(self.events.time.astype(np.int64), len(self.history.daily_margin) - 1)

    def by_touchpoint(self, which: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(self.events.touchpoint[which], minlength=len(self.history.touchpoints))

    def by_customer(self, which: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(self.events.customer[which], minlength=self.people)

    def money(self, by: NDArray[np.int32], size: int, kinds: tuple[str, ...] = GOALS) -> NDArray[np.float64]:
        goals = self.of(*kinds)
        return np.bincount(by[goals], weights=self.events.value[goals], minlength=size)


def visits_in_are_visits_out_and_customers_present(ledger: Ledger) -> None:
    entries = ledger.of("enter")
    customer, touchpoint = ledger.events.customer[entries], ledger.events.touchpoint[entries]
    order = np.argsort(customer, kind="stable")
    customer, touchpoint = customer[order], touchpoint[order]
    moved_on = np.append(customer[1:] == customer[:-1], False)[: len(customer)]
    out = np.bincount(touchpoint[moved_on], minlength=len(ledger.history.touchpoints))
    totals = ledger.history.at_touchpoints
    visits, present = totals.visits.sum(axis=0), totals.present.sum(axis=0)
    assert np.array_equal(visits, ledger.by_touchpoint(entries))
    assert np.array_equal(visits, out + present)


def every_arrival_is_at_exactly_one_touchpoint(ledger: Ledger) -> None:
    history, customers = ledger.history, ledger.history.customers
    came = customers.arrival <= history.horizon
    assert np.array_equal(came, customers.touchpoint >= 0)
    assert np.array_equal(np.bincount(customers.touchpoint[came], minlength=len(history.touchpoints)),
                          history.at_touchpoints.present.sum(axis=0))  # fmt: skip
    assert history.at_touchpoints.present.sum() == came.sum()
    last = np.full(ledger.people, -1)
    entries = ledger.of("enter")
    last[ledger.events.customer[entries]] = ledger.events.touchpoint[entries]
    assert np.array_equal(last, customers.touchpoint)


def nobody_appears_twice(ledger: Ledger) -> None:
    """One arrival each; one touchpoint after another; nothing after an exit; one contact at a desk at a time."""
    customers, events = ledger.history.customers, ledger.events
    at_exit = np.array([touchpoint.exit is not False for touchpoint in enabled_touchpoints(ledger.scenario)])
    for i in range(ledger.people):
        own = events.customer == i
        kinds = [EVENTS[code] for code in events.event[own].tolist()]
        times, touchpoints = events.time[own], events.touchpoint[own].tolist()
        if not kinds:
            assert customers.arrival[i] > ledger.history.horizon
            continue
        assert kinds[0] == "enter"
        assert times[0] == customers.arrival[i]
        assert (np.diff(times) >= 0).all()
        here, at_desk, waiting = -1, False, False
        for kind, touchpoint in zip(kinds, touchpoints, strict=True):
            if kind == "enter":
                assert not at_desk, "entered a touchpoint while at a desk"
                here = touchpoint
            assert touchpoint == here, "took part at two touchpoints at once"
            if kind == "asked":
                assert not at_desk
                at_desk = waiting = True
            elif kind in ("served", *LEFT_UNSERVED):
                assert waiting, "served, given up or turned away without having asked, or twice"
                waiting = False
            elif kind == "experience":
                assert not waiting
                at_desk = False
        ended = [index for index, kind in enumerate(kinds) if kind in ("churn", "completed")]
        assert ended in ([], [len(kinds) - 1])
        assert bool(ended) == at_exit[here] == (customers.status[i] in (CHURNED, COMPLETED))
        assert bool(ended) == (not np.isnan(customers.exit[i]))
        assert customers.queued[i] == at_desk


def whoever_asked_was_served_or_left_or_still_waits(ledger: Ledger) -> None:
    desks = ledger.history.at_desks
    for kind in ("asked", "served", "gave_up", "turned_away", "called_back"):
        assert getattr(desks, kind).sum() == ledger.of(kind).sum()
    waiting = desks.asked.sum() - desks.served.sum() - desks.gave_up.sum() - desks.turned_away.sum()
    assert 0 <= waiting <= ledger.history.customers.queued.sum()


def customers_set_out_as_often_as_they_arrive_or_are_still_on_their_way(ledger: Ledger) -> None:
    """Each entry but the first ends a transition; at most one is under way for each customer who has not left."""
    history = ledger.history
    came = history.customers.touchpoint >= 0
    under_way = history.at_transitions.chosen.sum() - (history.at_touchpoints.visits.sum() - came.sum())
    on_the_way = came & (history.customers.status < CHURNED) & ~history.customers.queued
    assert 0 <= under_way <= on_the_way.sum()


def money_adds_up_to_the_cent(ledger: Ledger) -> None:
    history, customers = ledger.history, ledger.history.customers
    touchpoints = len(history.touchpoints)
    of_customers = ledger.money(ledger.events.customer, ledger.people)
    of_touchpoints = ledger.money(ledger.events.touchpoint, touchpoints)
    assert customers.revenue == pytest.approx(of_customers, abs=CENT / 2)
    assert history.at_touchpoints.value.sum(axis=0) == pytest.approx(of_touchpoints, abs=CENT / 2)
    orders = ledger.money(ledger.events.customer, ledger.people, ("conversion",))
    assert customers.order_revenue == pytest.approx(orders, abs=CENT / 2)
    assert ledger.by_touchpoint(ledger.of(*GOALS)).tolist() == history.at_touchpoints.goals.sum(axis=0).tolist()
    assert customers.conversions.tolist() == ledger.by_customer(ledger.of("conversion")).tolist()

    index = ledger.scenario.behaviour.price_index
    goals = [touchpoint.goal for touchpoint in enabled_touchpoints(ledger.scenario)]
    margins = np.array([(index - 1 + goal.margin) / index if goal else 0.0 for goal in goals])
    assert customers.margin.sum() == pytest.approx(of_touchpoints @ margins, abs=CENT / 2)
    assert customers.margin.sum() == pytest.approx(history.daily_margin.sum(), abs=CENT / 2)
    days = ledger.days()
    goals_here = ledger.of(*GOALS)
    by_day = np.bincount(
        days[goals_here],
        weights=ledger.events.value[goals_here] * margins[ledger.events.touchpoint[goals_here]],
        minlength=len(history.daily_margin),
    )
    assert history.daily_margin == pytest.approx(by_day, abs=CENT / 2)
    by_day = np.bincount(
        days[goals_here], weights=ledger.events.value[goals_here], minlength=len(history.daily_revenue)
    )
    assert history.daily_revenue == pytest.approx(by_day, abs=CENT / 2)
    by_day = np.bincount(days[ledger.of("conversion")], minlength=len(history.daily_revenue))
    assert history.daily_conversions.tolist() == by_day.tolist()


def costs_add_up_to_the_cent(ledger: Ledger) -> None:
    history, events = ledger.history, ledger.events
    price = np.array([channel.cost for channel in enabled_channels(ledger.scenario)])
    contacts = ledger.of("enter") & (events.channel >= 0)
    paid = price[events.channel[contacts]] if len(price) else np.zeros(contacts.sum())
    of_customers = np.bincount(events.customer[contacts], weights=paid, minlength=ledger.people)
    assert history.customers.contact_cost == pytest.approx(of_customers, abs=CENT / 2)
    assert history.customers.contacts.tolist() == ledger.by_customer(contacts).tolist()
    if len(price):
        assert history.channel_contacts.sum(axis=0) @ price == pytest.approx(paid.sum(), abs=CENT / 2)
    by_channel = np.bincount(events.channel[contacts], weights=paid, minlength=len(price))
    assert history.channel_cost.sum(axis=0) == pytest.approx(by_channel, abs=CENT / 2)
    days = ledger.days()
    daily = np.bincount(days[contacts], weights=paid, minlength=len(history.daily_contact_cost))
    assert history.daily_contact_cost == pytest.approx(daily, abs=CENT / 2)

    desks = {desk.id: desk.cost_per_contact for desk in enabled_desks(ledger.scenario)}
    each = np.array([desks.get(touchpoint.desk or "", 0.0) for touchpoint in enabled_touchpoints(ledger.scenario)])
    served = ledger.of("served")
    daily = np.bincount(days[served], weights=each[events.touchpoint[served]], minlength=len(history.daily_desk_cost))
    assert history.daily_desk_cost == pytest.approx(daily, abs=CENT / 2)


def waits_are_those_that_events_tell_and_those_that_the_end_cuts_off(ledger: Ledger) -> None:
    """One for each asking but those turned away: served or given up, called back, or still in the queue."""
    history, events = ledger.history, ledger.events
    told: list[tuple[int, float, bool]] = []
    for i in range(ledger.people):
        asked, called_back = math.nan, False
        own = events.customer == i
        for code, time, minutes in zip(events.event[own], events.time[own], events.value[own], strict=True):
            kind = EVENTS[code]
            if kind == "asked":
                asked, called_back = float(time), False
            elif kind == "called_back":
                called_back = True
            elif kind in ("served", "gave_up"):
                told.append((i, float(minutes), True))
            if kind in ("served", "gave_up", "turned_away"):
                asked = math.nan
        if not math.isnan(asked):
            told.append((i, 0.0 if called_back else (history.horizon - asked) * 1440, called_back))
    waits = history.waits
    kept = zip(waits.customer.tolist(), waits.minutes.tolist(), waits.ended.tolist(), strict=True)
    assert [(i, pytest.approx(minutes, abs=1e-6), ended) for i, minutes, ended in sorted(kept)] == sorted(told)
    assert history.at_desks.still_waiting.sum() == np.count_nonzero(~waits.ended)


def waits_at_touchpoints_are_those_after_which_somebody_had_an_experience(ledger: Ledger) -> None:
    """What `served` and `gave_up` tell counts at the touchpoint once its customer leaves the desk."""
    events = ledger.events
    told = np.zeros(len(ledger.history.touchpoints))
    for i in range(ledger.people):
        waited = 0.0
        own = events.customer == i
        for code, touchpoint, minutes in zip(events.event[own], events.touchpoint[own], events.value[own], strict=True):
            if EVENTS[code] in ("served", "gave_up", "turned_away"):
                waited = float(minutes)
            elif EVENTS[code] == "experience":
                told[touchpoint] += waited
                waited = 0.0
    assert ledger.history.at_touchpoints.wait.sum(axis=0) == pytest.approx(told, abs=1e-6)


def the_last_sign_of_life_is_the_last_step_at_a_touchpoint_where_people_are_active(ledger: Ledger) -> None:
    """Entries and, at a desk, the experience on leaving it."""
    events = ledger.events
    active = np.array(
        [not (touchpoint.exit or touchpoint.lapsed) for touchpoint in enabled_touchpoints(ledger.scenario)]
    )
    steps = ledger.of("enter", "experience") & active[events.touchpoint]
    last = np.full(ledger.people, np.nan)
    last[events.customer[steps]] = events.time[steps]
    assert ledger.history.customers.last_active == pytest.approx(last, nan_ok=True)


def time_adds_up(ledger: Ledger) -> None:
    """The time spent at touchpoints is the time from arrival to exit or horizon."""
    customers, horizon = ledger.history.customers, ledger.history.horizon
    came = customers.touchpoint >= 0
    ends = np.where(np.isnan(customers.exit), horizon, customers.exit)
    stayed = (ends - customers.arrival)[came].sum()
    assert ledger.history.at_touchpoints.days.sum() == pytest.approx(stayed, abs=1e-6)


def each_change_of_status_is_one(ledger: Ledger) -> None:
    """The log of changes leads from `active` to the status at the end, never from one to itself."""
    log, customers = ledger.history.log, ledger.history.customers
    status = np.zeros(ledger.people, np.int8)
    for i, time, after in zip(log.customer.tolist(), log.time.tolist(), log.status.tolist(), strict=True):
        assert status[i] != after
        assert time >= customers.arrival[i]
        status[i] = after
    assert np.array_equal(status, customers.status)


CHECKS = (
    visits_in_are_visits_out_and_customers_present,
    every_arrival_is_at_exactly_one_touchpoint,
    nobody_appears_twice,
    whoever_asked_was_served_or_left_or_still_waits,
    customers_set_out_as_often_as_they_arrive_or_are_still_on_their_way,
    money_adds_up_to_the_cent,
    costs_add_up_to_the_cent,
    waits_are_those_that_events_tell_and_those_that_the_end_cuts_off,
    waits_at_touchpoints_are_those_after_which_somebody_had_an_experience,
    the_last_sign_of_life_is_the_last_step_at_a_touchpoint_where_people_are_active,
    time_adds_up,
    each_change_of_status_is_one,
)


@pytest.mark.parametrize("examples", [8, pytest.param(400, marks=pytest.mark.slow)])
def test_customers_visits_time_and_money_add_up_in_scenarios_of_every_kind(examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(drawn_scenarios())
    def balanced(drawn: Drawn) -> None:
        ledger = Ledger(drawn)
        for check in CHECKS:
            check(ledger)

    balanced()

"""What the profiles of all customers hold at a moment, from the events of a replication (model 27, 31)."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import EVENTS, Events, History
from sim.scenario.action_kinds import MESSAGES
from sim.scenario.profile import EPSILON, FACTS, LONGEST_IDLE
from sim.scenario.resolve import enabled_actions, enabled_touchpoints
from sim.scenario.scenario import Scenario
from sim.training.foreign import Others

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


def profiles_at(history: History, scenario: Scenario, links: NDArray[np.int32] | None, time: float) -> Floats:
    """What `profile.NAME` is for each customer just before a time, shape (customers, FACTS).

    `links` is what the replication was simulated with, as `profiles`; None without identities.
    """
    events = in_order(history)
    customers = len(history.customers.number)
    keep_days = math.inf if scenario.profile.keep_days is None else scenario.profile.keep_days
    there = (events.time < time) & (time < events.time + keep_days - EPSILON)
    met = (events.event == EVENTS.index("enter")) & (events.channel >= 0)
    last = _last_channel(events, met)
    kinds: dict[str, tuple[Flags, NDArray[Any]]] = {
        "contacts": (met, events.channel),
        "purchases": (_purchases(events, history, scenario), last),
        "messages": (_messages(events, history, scenario), events.channel),
        "responses": (events.event == EVENTS.index("responded"), events.channel),
    }
    others = Others(events, last, history, scenario, links, time)
    columns = {}
    for kind, (of_kind, channel) in kinds.items():
        may = of_kind & there & (kind in scenario.profile.facts)
        own = np.flatnonzero(may & _linked(events, channel, last, history, scenario, links))
        foreign, told = others.know(may, channel)
        fact, whose = np.concatenate([own, foreign]), np.concatenate([events.customer[own], told])
        columns[kind] = np.bincount(whose, minlength=customers)
        if kind == "contacts":
            latest = np.full(customers, -np.inf)
            np.maximum.at(latest, whose, events.time[fact])
            columns["idle_days"] = np.minimum(time - latest, min(keep_days, LONGEST_IDLE))
        elif kind == "purchases":
            columns["revenue"] = np.bincount(whose, events.value[fact], customers)
    return np.column_stack([np.asarray(columns[name], np.float64) for name in FACTS])


def in_order(history: History) -> Events:
    """The events of one customer after the other, each customer's in their order."""
    events = history.events
    assert events is not None
    order = np.argsort(events.customer, kind="stable")
    names = ("customer", "time", "event", "touchpoint", "channel", "value", "rule", "action")
    return Events(*(getattr(events, name)[order] for name in names))


def _purchases(events: Events, history: History, scenario: Scenario) -> Flags:
    goals = {touchpoint.id: touchpoint.goal for touchpoint in enabled_touchpoints(scenario)}
    valued = np.array([bool(goals[id_] and goals[id_].value is not None) for id_ in history.touchpoints])  # type: ignore[union-attr]
    return np.asarray((events.event == EVENTS.index("conversion")) & valued[events.touchpoint])


def _messages(events: Events, history: History, scenario: Scenario) -> Flags:
    actions = {action.id: action for action in enabled_actions(scenario)}
    counts = [actions[id_].kind in MESSAGES and not actions[id_].transactional for id_ in history.actions]
    return np.asarray((events.event == EVENTS.index("delivered")) & np.array([*counts, False])[events.action])


def _last_channel(events: Events, met: Flags) -> Numbers:
    """At each event, the channel of the customer's last contact; -1 before the first."""
    at = np.maximum.accumulate(np.where(met, np.arange(len(met)), -1))
    own = (at >= 0) & (events.customer[np.maximum(at, 0)] == events.customer)
    return np.where(own, events.channel[np.maximum(at, 0)], -1).astype(np.int64)


def _linked(
    events: Events, channel: NDArray[Any], last: Numbers, history: History, scenario: Scenario,
    links: NDArray[np.int32] | None,
) -> Flags:  # fmt: skip
    """Whether the channel is linked to the customer's profile at each event, and a fact on it may be noted."""
    first = np.full(len(history.customers.number), -1)
    met = np.flatnonzero(last >= 0)[::-1]
    first[events.customer[met]] = last[met]
    begun = last >= 0
    first = first[events.customer]
    omni = scenario.integration.mode == "omni"
    if links is not None:
        own = links[(history.customers.number % np.uint64(len(links))).astype(np.int64)][events.customer]
        rows = np.arange(len(channel))
        left = own[rows, channel] >= 0
        linked = begun & left & (own[rows, channel] == own[rows, np.maximum(first, 0)])
    else:
        linked = np.where(begun, omni | (channel == first), omni)
    return np.asarray(linked & (channel >= 0) & history.customers.consent[events.customer])

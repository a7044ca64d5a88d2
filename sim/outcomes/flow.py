"""Where customers go: the tables by touchpoint, transition, channel and stage."""

from dataclasses import dataclass

import numpy as np

from sim.engine.memory.history import History
from sim.scenario.resolve import (
    counts_for_its_stage,
    enabled_touchpoints,
    enabled_transitions,
    roles,
    stage_of,
    stages,
)
from sim.scenario.scenario import Scenario

Table = dict[str, dict[str, float]]
"""Figures by id, then name; a figure with nothing to divide by is left out."""


@dataclass(frozen=True)
class Departures:
    """How visits to each touchpoint ended."""

    left: dict[str, int]
    """by touchpoint: visits that chose a transition"""
    dropped: dict[str, int]
    """those of them that chose one with the role exit"""


def departures(history: History, scenario: Scenario) -> Departures:
    """The departures from all touchpoints."""
    left = dict.fromkeys(history.touchpoints, 0)
    dropped = dict.fromkeys(history.touchpoints, 0)
    role = roles(scenario)
    chosen = dict(zip(history.transitions, history.at_transitions.chosen.sum(axis=0).tolist(), strict=True))
    for transition in enabled_transitions(scenario):
        left[transition.source] += chosen[transition.key]
        if role[transition.key] == "exit":
            dropped[transition.source] += chosen[transition.key]
    return Departures(left, dropped)


def touchpoint_table(history: History, departures: Departures) -> Table:
    """By touchpoint: visits, who is there at the end, drop-off, goals and their money, means by visit or experience.

    `dropoff` is the share of the visits that left whose transition had the role exit; `days` is per visit, `bad` the
    share of bad experiences, `lost` the share of visits that lost their context.
    """
    at = history.at_touchpoints
    table: Table = {}
    for index, id_ in enumerate(history.touchpoints):
        visits = int(at.visits[:, index].sum())
        experiences = int(at.experiences[:, index].sum())
        figures = {
            "visits": float(visits),
            "present": float(at.present[:, index].sum()),
            "goals": float(at.goals[:, index].sum()),
            "value": float(at.value[:, index].sum()),
        }
        if departures.left[id_]:
            figures["dropoff"] = departures.dropped[id_] / departures.left[id_]
        if visits:
            figures["days"] = float(at.days[:, index].sum()) / visits
            figures["lost"] = float(at.lost[:, index].sum()) / visits
        if experiences:
            figures["emotion"] = float(at.emotion[:, index].sum()) / experiences
            figures["effort"] = float(at.effort[:, index].sum()) / experiences
            figures["bad"] = float(at.bad[:, index].sum()) / experiences
        table[id_] = figures
    return table


def transition_table(history: History, scenario: Scenario, departures: Departures) -> Table:
    """By transition: how often it was chosen, its share among those of its touchpoint, its mean delay in days."""
    sources = {transition.key: transition.source for transition in enabled_transitions(scenario)}
    chosen = history.at_transitions.chosen.sum(axis=0).tolist()
    delay = history.at_transitions.delay.sum(axis=0).tolist()
    table: Table = {}
    for id_, count, days in zip(history.transitions, chosen, delay, strict=True):
        figures = {"chosen": float(count)}
        leaving = departures.left[sources[id_]]
        if leaving:
            figures["share"] = count / leaving
        if count:
            figures["delay"] = days / count
        table[id_] = figures
    return table


def channel_table(history: History) -> Table:
    """By channel: contacts and the money that they cost."""
    contacts = history.channel_contacts.sum(axis=0).tolist()
    costs = history.channel_cost.sum(axis=0).tolist()
    return {
        id_: {"contacts": float(count), "cost": float(cost)}
        for id_, count, cost in zip(history.channels, contacts, costs, strict=True)
    }


def stage_table(history: History, scenario: Scenario, departures: Departures) -> Table:
    """By stage: the share of arrivals that ever came so far, visits, and drop-off over its touchpoints (model 1).

    A stage without a touchpoint that customers could reach it by is left out; one whose touchpoints are all
    disabled, as in one arm of several, is reached by nobody.
    """
    arrivals = int(np.count_nonzero(history.customers.arrival <= history.horizon))
    visits = dict(zip(history.touchpoints, history.at_touchpoints.visits.sum(axis=0).tolist(), strict=True))
    there = {stage_of(scenario, touchpoint) for touchpoint in scenario.touchpoints if counts_for_its_stage(touchpoint)}
    members: dict[str, list[str]] = {stage.id: [] for stage in stages(scenario)}
    for touchpoint in enabled_touchpoints(scenario):
        if counts_for_its_stage(touchpoint):
            members[stage_of(scenario, touchpoint)].append(touchpoint.id)
    table: Table = {}
    for (id_, inside), reached in zip(members.items(), history.reached_stages.sum(axis=0).tolist(), strict=True):
        if id_ not in there:
            continue
        figures = {"visits": float(sum(visits[touchpoint] for touchpoint in inside))}
        if arrivals:
            figures["reached"] = reached / arrivals
        leaving = sum(departures.left[touchpoint] for touchpoint in inside)
        if leaving:
            figures["dropoff"] = sum(departures.dropped[touchpoint] for touchpoint in inside) / leaving
        table[id_] = figures
    return table

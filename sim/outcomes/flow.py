"""Where customers go: the tables by touchpoint, transition, channel and stage."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sim.engine.memory.history import History
from sim.outcomes.at_stake import at_stake
from sim.outcomes.groups import Group
from sim.scenario.resolve import (
    counts_for_its_stage,
    desk_of,
    enabled_touchpoints,
    enabled_transitions,
    roles,
    stage_of,
    stages,
)
from sim.scenario.scenario import Scenario

Table = dict[str, dict[str, float]]
"""Figures by id, then name; a figure with nothing to divide by is left out."""
_MOST_BY_SEGMENT: Final = 1_000
"""touchpoints times segments: each has half a dozen figures in every replication of every arm"""


@dataclass(frozen=True)
class Departures:
    """How visits to each touchpoint ended."""

    left: dict[str, int]
    """by touchpoint: visits that chose a transition"""
    dropped: dict[str, int]
    """those of them that chose one with the role exit"""


def departures(group: Group, scenario: Scenario) -> Departures:
    """The departures of a group from all touchpoints."""
    left = dict.fromkeys(group.history.touchpoints, 0)
    dropped = dict.fromkeys(group.history.touchpoints, 0)
    role = roles(scenario)
    counted = group.total(group.history.at_transitions.chosen).tolist()
    chosen = dict(zip(group.history.transitions, counted, strict=True))
    for transition in enabled_transitions(scenario):
        left[transition.source] += chosen[transition.key]
        if role[transition.key] == "exit":
            dropped[transition.source] += chosen[transition.key]
    return Departures(left, dropped)


class Visits:
    """What a group's visits come to, added up over touchpoints."""

    def __init__(self, group: Group, scenario: Scenario) -> None:
        """Of that group."""
        self.group, self.scenario = group, scenario
        self.departures = departures(group, scenario)
        self._totals: Mapping[str, list[float]] = {
            name: group.total(total).tolist() for name, total in vars(group.history.at_touchpoints).items()
        }
        self._stakes = at_stake(group, scenario)
        self._index = {id_: number for number, id_ in enumerate(group.history.touchpoints)}
        self._served = {touchpoint.id for touchpoint in scenario.touchpoints if desk_of(scenario, touchpoint)}

    def total(self, name: str, at: Collection[str]) -> float:
        """A total over those touchpoints."""
        of = self._totals[name]
        return float(sum(of[self._index[id_]] for id_ in at))

    def figures(self, at: Collection[str]) -> dict[str, float]:
        """Visits, drop-off, money at stake, and means over the experiences: what touchpoints and stages have alike."""
        found = {"visits": self.total("visits", at)}
        left = sum(self.departures.left[id_] for id_ in at)
        if left:
            found["dropoff"] = sum(self.departures.dropped[id_] for id_ in at) / left
        stakes = [self._stakes[id_] for id_ in at if id_ in self._stakes]
        if stakes:
            found["at_stake"] = sum(stakes)
        for names, those in (
            (("emotion", "effort", "bad"), at),
            (("wait",), [id_ for id_ in at if id_ in self._served]),
        ):
            experiences = self.total("experiences", those)
            if experiences:
                found |= {name: self.total(name, those) / experiences for name in names}
        return found

    def of_touchpoint(self, id_: str) -> dict[str, float]:
        """The same of one touchpoint, and how many leave after a bad experience and after any other."""
        found = self.figures((id_,))
        bad, dropped_after_bad = self.total("bad", (id_,)), self.total("bad_dropped", (id_,))
        others = self.total("experiences", (id_,)) - bad
        if bad and others:
            found["dropoff_bad"] = dropped_after_bad / bad
            found["dropoff_other"] = (self.departures.dropped[id_] - dropped_after_bad) / others
        return found


def tells_segments_apart(history: History) -> bool:
    """Whether figures of touchpoints are told of each segment: there are several, and not very many figures."""
    return len(history.segments) > 1 and len(history.segments) * len(history.touchpoints) <= _MOST_BY_SEGMENT


def shared_figures(visits: Visits) -> Table:
    """By touchpoint, what a journey map tells of it."""
    return {id_: visits.of_touchpoint(id_) for id_ in visits.group.history.touchpoints}


def touchpoint_table(visits: Visits) -> Table:
    """By touchpoint: visits, who is there at the end, drop-off, goals and their money, means by visit or experience.

    `dropoff` is the share of the visits that left whose transition had the role exit; `days` is per visit, `bad` the
    share of bad experiences, `lost` the share of visits that lost their context, `wait` the minutes at its desk before
    an experience, `dropoff_bad` the share of bad experiences after which somebody left and `dropoff_other` that of the
    others, `at_stake` the money that those who left would have led to (`sim.outcomes.at_stake`).
    """
    table: Table = {}
    for id_ in visits.group.history.touchpoints:
        figures = visits.of_touchpoint(id_)
        figures |= {name: visits.total(name, (id_,)) for name in ("present", "goals", "value")}
        if figures["visits"]:
            figures |= {name: visits.total(name, (id_,)) / figures["visits"] for name in ("days", "lost")}
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


def stage_table(visits: Visits) -> Table:
    """By stage: the share of arrivals that ever came so far (model 1), and what its touchpoints come to together.

    A stage without a touchpoint that customers could reach it by is left out; one whose touchpoints are all
    disabled, as in one arm of several, is reached by nobody.
    """
    group, scenario = visits.group, visits.scenario
    there = {stage_of(scenario, touchpoint) for touchpoint in scenario.touchpoints if counts_for_its_stage(touchpoint)}
    members: dict[str, list[str]] = {stage.id: [] for stage in stages(scenario)}
    for touchpoint in enabled_touchpoints(scenario):
        if counts_for_its_stage(touchpoint):
            members[stage_of(scenario, touchpoint)].append(touchpoint.id)
    table: Table = {}
    for (id_, inside), reached in zip(members.items(), group.total(group.history.reached_stages).tolist(), strict=True):
        if id_ not in there:
            continue
        figures = visits.figures(inside)
        if group.arrivals:
            figures["reached"] = reached / group.arrivals
        table[id_] = figures
    return table

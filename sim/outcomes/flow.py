"""Where customers go: the tables by touchpoint, transition, channel and stage."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory.history import History
from sim.outcomes.at_stake import at_stake
from sim.outcomes.groups import Group
from sim.outcomes.journey_graph import JourneyGraph

Figures = dict[str, float]
Table = dict[str, Figures]
"""Figures by id, then name; a figure with nothing to divide by is left out."""
_MOST_BY_SEGMENT: Final = 1_000
"""touchpoints (or actions) times segments: each has half a dozen figures in every replication of every arm"""


class Visits:
    """What a group's visits come to."""

    def __init__(self, group: Group, graph: JourneyGraph) -> None:
        """Of that group."""
        self.group, self.graph = group, graph
        self._totals: dict[str, NDArray[Any]] = {}
        chosen = group.total(group.history.at_transitions.chosen)
        self.left = graph.by_touchpoint(chosen)
        """by touchpoint: visits that chose a transition"""
        self.dropped = graph.by_touchpoint(np.where(graph.exits, chosen, 0))
        """those of them that chose one with the role exit"""
        self._stakes = at_stake(group, graph)

    def total(self, name: str) -> NDArray[Any]:
        """A total of `TouchpointTotals` over the group; shape (touchpoints,)."""
        if name not in self._totals:
            self._totals[name] = self.group.total(getattr(self.group.history.at_touchpoints, name))
        return self._totals[name]

    def of_touchpoints(self) -> list[Figures]:
        """Of each touchpoint: visits, drop-off, money at stake, means; drop-off after bad experiences and others."""
        rows = self._figures(lambda by_touchpoint: by_touchpoint)
        bad, after_bad = self.total("bad"), self.total("bad_dropped")
        others = self.total("experiences") - bad
        both = (bad > 0) & (others > 0)
        _put(rows, "dropoff_bad", after_bad, bad, both)
        _put(rows, "dropoff_other", self.dropped - after_bad, others, both)
        return rows

    def of_stages(self) -> list[Figures]:
        """Of each stage: what its touchpoints come to together."""
        return self._figures(self.graph.by_stage)

    def _figures(self, together: Callable[[NDArray[Any]], NDArray[Any]]) -> list[Figures]:
        """What touchpoints and stages have alike, from totals by touchpoint put `together`."""
        rows: list[Figures] = [{"visits": float(visits)} for visits in together(self.total("visits")).tolist()]
        _put(rows, "dropoff", together(self.dropped), together(self.left))
        if self._stakes is not None:
            known = np.isfinite(self._stakes)
            stakes = together(np.where(known, self._stakes, 0.0))
            _put(rows, "at_stake", stakes, np.ones(len(rows)), together(known.astype(np.int64)) > 0)
        experiences = self.total("experiences")
        for name in ("emotion", "effort", "bad"):
            _put(rows, name, together(self.total(name)), together(experiences))
        served = self.graph.served
        if served.any():
            wait = np.where(served, self.total("wait"), 0.0)
            _put(rows, "wait", together(wait), together(np.where(served, experiences, 0)))
        return rows


def _put(
    rows: list[Figures], name: str, part: NDArray[Any], whole: NDArray[Any], known: NDArray[np.bool_] | None = None
) -> None:
    """Give each row the figure `part / whole`, where that is `known`: if it is not said, where the whole is not 0."""
    where = whole > 0 if known is None else known
    figures = np.divide(part, whole, out=np.zeros(len(rows)), where=where)
    for row, figure, told in zip(rows, figures.tolist(), where.tolist(), strict=True):
        if told:
            row[name] = figure


def tells_segments_apart(history: History, each: int) -> bool:
    """Whether figures of so many touchpoints or actions are told of each segment: several, and not very many."""
    return len(history.segments) > 1 and len(history.segments) * each <= _MOST_BY_SEGMENT


def shared_figures(visits: Visits) -> Table:
    """By touchpoint, what a journey map tells of it."""
    return dict(zip(visits.group.history.touchpoints, visits.of_touchpoints(), strict=True))


def touchpoint_table(visits: Visits) -> Table:
    """By touchpoint: visits, who is there at the end, drop-off, goals and their money, means by visit or experience.

    `dropoff` is the share of the visits that left whose transition had the role exit; `days` is per visit, `bad` the
    share of bad experiences, `lost` the share of visits that lost their context, `wait` the minutes at its desk before
    an experience, `dropoff_bad` the share of bad experiences after which somebody left and `dropoff_other` that of the
    others, `at_stake` the money that those who left would have led to (`sim.outcomes.at_stake`).
    """
    table = shared_figures(visits)
    rows = [*table.values()]
    for name in ("present", "goals", "value"):
        for row, figure in zip(rows, visits.total(name).tolist(), strict=True):
            row[name] = float(figure)
    for name in ("days", "lost"):
        _put(rows, name, visits.total(name), visits.total("visits"))
    return table


def transition_table(visits: Visits) -> Table:
    """By transition: how often it was chosen, its share among those of its touchpoint, its mean delay in days."""
    at = visits.group.history.at_transitions
    chosen = visits.group.total(at.chosen)
    rows: list[Figures] = [{"chosen": float(count)} for count in chosen.tolist()]
    _put(rows, "share", chosen, visits.left[visits.graph.source])
    _put(rows, "delay", visits.group.total(at.delay), chosen)
    return dict(zip(visits.group.history.transitions, rows, strict=True))


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
    group, graph = visits.group, visits.graph
    table: Table = {}
    for id_, figures, reached, reachable in zip(
        graph.stages,
        visits.of_stages(),
        group.total(group.history.reached_stages).tolist(),
        graph.reachable.tolist(),
        strict=True,
    ):
        if not reachable:
            continue
        if group.arrivals:
            figures["reached"] = reached / group.arrivals
        table[id_] = figures
    return table

"""The money at stake where customers leave: what those who left would have led to, had they gone on like the others.

A Markov chain with rewards (Kemeny and Snell 1960) whose chances are the shares of the very visits that were made.
"""

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.groups import Group
from sim.outcomes.journey_graph import JourneyGraph

Floats = NDArray[np.float64]


def at_stake(group: Group, graph: JourneyGraph) -> Floats | None:
    """By touchpoint, the revenue at stake among the customers of a group; shape (touchpoints,).

    NaN at touchpoints from which nobody went on; None where no goal has brought money.
    """
    history = group.history
    at = history.at_touchpoints
    visits, value = group.total(at.visits), group.total(at.value)
    if not value.any():
        return None
    chosen = group.total(history.at_transitions.chosen)
    leaving = graph.chances(np.where(graph.exits, chosen, 0))
    going_on = graph.chances(np.where(graph.exits, 0, chosen))
    left = (going_on + leaving).sum(axis=1)
    ended = visits - group.total(at.present)
    by_transition = np.minimum(left, ended)
    """visits that a transition has ended within the run; a response to a message has ended the others"""
    arrive = _per(by_transition, left)
    moves: Floats = (going_on + leaving) * arrive[:, None]
    brought = group.total(history.brought)
    moves += (ended - by_transition)[:, None] * brought / max(brought.sum(), 1)
    follows = _following(moves / np.maximum(visits, 1)[:, None], _per(value, visits))
    went_on = going_on.sum(axis=1)
    ahead = arrive * _per(going_on @ follows, went_on)
    missed = leaving.sum(axis=1) * ahead - arrive * (leaving @ follows)
    return np.where(went_on > 0, missed, np.nan)


def _following(chances: Floats, value: Floats) -> Floats:
    """The money that follows a visit, its own included: the solution f of `f = value + chances f`.

    There is one, since every customer is somewhere at the end: no set of touchpoints passes all its visits on within
    itself.
    """
    return np.asarray(np.linalg.solve(np.eye(len(value)) - chances, value), np.float64)


def _per(part: Floats, whole: Floats) -> Floats:
    """`part / whole`, 0 where the whole is."""
    found: Floats = np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
    return found

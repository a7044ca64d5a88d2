"""The policy `next_best_action`: what a pilot said each action brings, less what it costs, if it is sure (model 29)."""

import math

from sim.compiling.compiled import compiled
from sim.engine.brand.limits import ROUNDING
from sim.engine.brand.policies.tries import cell_of, take_in
from sim.engine.customer.profile import complete
from sim.engine.memory.lane import Lane
from sim.engine.memory.record import ALIGNMENT, COMPLETENESS, CONFIDENCE, MODEL, PERFORMANCE, record_outreach
from sim.engine.program.tables import Tables

_COMPLETENESS, _MODEL, _ALIGNMENT, _PERFORMANCE = 0.3, 0.3, 0.2, 0.2
"""What each part of the confidence counts."""
NOTHING = ROUNDING
"""Money that a candidate must bring more of than this to be better than nothing."""


@compiled
def value(tables: Tables, lane: Lane, i: int, k: int) -> float:
    """The expected gain of candidate k for customer i; NaN where nothing is known of it."""
    return float(tables.action_weight[tables.pair_action[tables.candidate_pair[k]]] * _worth(tables, lane, i, k))


@compiled
def settle(tables: Tables, lane: Lane, i: int, best: int, own: int, known: bool, time: float) -> int:
    """The candidate taken in the end, or -1 for nothing.

    `best` is the one that brings most, if more than nothing; `own` the first of the rule's own action; either -1.
    """
    if known and best < 0:
        return -1
    if best >= 0 and confidence(tables, lane, i, best, time) >= tables.minimum_confidence - ROUNDING:
        return best
    if not tables.falls_back_on_rule or own < 0:
        return -1
    return own if tables.action_weight[tables.pair_action[tables.candidate_pair[own]]] > 0.0 else -1


@compiled
def confidence(tables: Tables, lane: Lane, i: int, k: int, time: float) -> float:
    """How sure the brand is of candidate k, of which something is known, for customer i: 0 to 1."""
    performance = float(lane.belief_mean[cell_of(tables, lane, i, tables.candidate_pair[k])])
    return float(
        _COMPLETENESS * complete(tables, lane, i, time)
        + _MODEL * _model(tables, lane, i, k)
        + _ALIGNMENT * tables.candidate_alignment[k]
        + _PERFORMANCE * performance
    )


@compiled
def tell(tables: Tables, lane: Lane, i: int, rule: int, k: int, time: float) -> None:
    """Keep the parts of the confidence in candidate k, of which something is known, and the whole."""
    pair = tables.candidate_pair[k]
    channel, action = tables.pair_channel[pair], tables.pair_action[pair]
    performance = float(lane.belief_mean[cell_of(tables, lane, i, pair)])
    record_outreach(lane, i, time, COMPLETENESS, complete(tables, lane, i, time), channel, rule, action)
    record_outreach(lane, i, time, MODEL, _model(tables, lane, i, k), channel, rule, action)
    record_outreach(lane, i, time, ALIGNMENT, float(tables.candidate_alignment[k]), channel, rule, action)
    record_outreach(lane, i, time, PERFORMANCE, performance, channel, rule, action)
    record_outreach(lane, i, time, CONFIDENCE, confidence(tables, lane, i, k, time), channel, rule, action)


@compiled
def plan(tables: Tables, lane: Lane, tick: int) -> None:
    """Compare, from this tick on, the responses to the tries that have ended with those that were expected."""
    for cell in range(lane.tried.shape[0]):
        expected = tables.gain_response[cell]
        if take_in(lane, tick, cell) and not math.isnan(expected):
            as_many = (lane.succeeded[cell] + 0.5) / (lane.tried[cell] * expected + 1.0)
            lane.belief_mean[cell] = min(1.0, as_many)


@compiled
def _worth(tables: Tables, lane: Lane, i: int, k: int) -> float:
    """What candidate k brings, less what it costs."""
    pair = tables.candidate_pair[k]
    return float(tables.gain[cell_of(tables, lane, i, pair)] - tables.pair_outlay[pair])


@compiled
def _model(tables: Tables, lane: Lane, i: int, k: int) -> float:
    """The chance that candidate k is worth more than nothing."""
    worth, error = _worth(tables, lane, i, k), tables.gain_error[cell_of(tables, lane, i, tables.candidate_pair[k])]
    if error > 0.0:
        return 0.5 * math.erfc(-worth / (error * math.sqrt(2.0)))
    if worth == 0.0:
        return 0.5
    return 1.0 if worth > 0.0 else 0.0

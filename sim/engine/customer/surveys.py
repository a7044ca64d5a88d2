"""Surveys: who is asked at a touchpoint, who answers, and what (model 6)."""

import math

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.philox import block, normal, uniform32
from sim.engine.memory import totals
from sim.engine.memory.lane import Lane
from sim.engine.memory.record import CES_ANSWER, CSAT_ANSWER, NPS_ANSWER, record
from sim.engine.program.tables import CSAT, NPS, Tables


@compiled
def answer_surveys(tables: Tables, lane: Lane, i: int, n: int, time: float, feeling: float, effort: float) -> None:
    """Put the surveys of touchpoint n to customer i (model 6)."""
    state = lane.state[i]
    for k in range(tables.survey_first[n], tables.survey_first[n + 1]):
        v = tables.survey_index[k]
        w0, w1, w2, w3 = block(state.number, tables.survey_site[k], sites.SURVEY, state.visit, lane.key0, lane.key1)
        kind = tables.survey_kind[v]
        z = normal(w1, w2, w3)
        event = CES_ANSWER
        if kind == NPS:
            event = NPS_ANSWER
            answer = min(max(math.floor(7.5 + 4.0 * state.sentiment + z + 0.5), 0.0), 10.0)
        elif kind == CSAT:
            event = CSAT_ANSWER
            answer = min(max(math.floor(3.5 + 1.5 * feeling + 0.5 * z + 0.5), 1.0), 5.0)
        else:
            answer = min(max(math.floor(effort + 0.5 * z + 0.5), 1.0), 7.0)
        answered = uniform32(w0) < min(1.0, tables.survey_rate[v] * (1.0 + 0.3 * state.sentiment))
        _count_answer(lane, state.segment, v, kind == NPS, answer, answered)
        if answered:
            record(lane, i, time, event, answer)


@compiled
def _count_answer(lane: Lane, s: int, v: int, recommends: bool, answer: float, answered: bool) -> None:
    counts, sums = lane.survey_counts, lane.survey_sums
    counts[totals.ASKED, s, v] += 1
    sums[totals.TRUE_TOTAL, s, v] += answer
    promoter = recommends and answer >= 9.0
    detractor = recommends and answer <= 6.0
    counts[totals.TRUE_PROMOTERS, s, v] += promoter
    counts[totals.TRUE_DETRACTORS, s, v] += detractor
    if answered:
        counts[totals.ANSWERED, s, v] += 1
        sums[totals.TOTAL, s, v] += answer
        counts[totals.PROMOTERS, s, v] += promoter
        counts[totals.DETRACTORS, s, v] += detractor

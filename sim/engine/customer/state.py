"""What the brand knows of a customer at a moment: state that fades, relevance, conditions and scores (model 10)."""

import math

from sim.compiling.compiled import compiled
from sim.engine.customer.linking import linked
from sim.engine.customer.profile import fact
from sim.engine.memory.lane import VISITS, Lane
from sim.engine.program import rule_tables as codes
from sim.engine.program.tables import Tables

_FATIGUE_HALVES = 7.0
_NUDGE_HALVES = 3.0


@compiled
def fatigue(lane: Lane, i: int, time: float) -> float:
    """Customer i's fatigue."""
    reached = lane.outreach[i]
    if reached.fatigue == 0.0:
        return 0.0
    return float(reached.fatigue * 2.0 ** (-(time - reached.fatigued) / _FATIGUE_HALVES))


@compiled
def nudge(lane: Lane, i: int, time: float) -> float:
    """How strongly customer i is nudged."""
    reached = lane.outreach[i]
    if reached.nudge == 0.0:
        return 0.0
    return float(reached.nudge * 2.0 ** (-(time - reached.nudged) / _NUDGE_HALVES))


@compiled
def best_offer(tables: Tables, lane: Lane, i: int, time: float) -> int:
    """The action whose discount stands for customer i and is the largest; -1 without one."""
    best, most = -1, 0.0
    for a in range(tables.action_discount.shape[0]):
        if tables.action_discount[a] > most and time < lane.offer_end[i, a]:
            best, most = a, tables.action_discount[a]
    return best


@compiled
def discount(tables: Tables, lane: Lane, i: int, time: float) -> float:
    """The discount on offer to customer i."""
    a = best_offer(tables, lane, i, time)
    return float(tables.action_discount[a]) if a >= 0 else 0.0


@compiled
def personal(tables: Tables, lane: Lane, i: int, channel: int) -> bool:
    """Whether contacts with customer i on the channel are personalized (model 10.2)."""
    return tables.level > 0 and not lane.outreach[i].holdout and linked(tables, lane, i, channel)


@compiled
def relevance(tables: Tables, lane: Lane, i: int, channel: int) -> float:
    """How relevant a contact with customer i on the channel is, 0 to 1 (model 10.2)."""
    if not personal(tables, lane, i, channel):
        return 0.0
    return float(min(1.0, lane.state[i].profile / tables.need) * tables.dimensions)


@compiled
def holds(tables: Tables, lane: Lane, i: int, condition: int, time: float) -> bool:
    """Whether a condition holds for customer i (model 10.4)."""
    present = known(tables, lane, i, tables.condition_subject[condition], tables.condition_of[condition], time)
    begin, end = tables.condition_first[condition], tables.condition_first[condition + 1]
    operator = tables.condition_operator[condition]
    if operator == codes.AMONG or operator == codes.NOT_AMONG:
        among = False
        for v in range(begin, end):
            if present == tables.condition_value[v]:
                among = True
        return bool(among == (operator == codes.AMONG))
    value = tables.condition_value[begin]
    if operator == codes.EQUAL:
        return bool(present == value)
    if operator == codes.UNEQUAL:
        return bool(present != value)
    if operator == codes.LESS:
        return bool(present < value)
    if operator == codes.AT_MOST:
        return bool(present <= value)
    if operator == codes.MORE:
        return bool(present > value)
    return bool(present >= value)


@compiled
def known(tables: Tables, lane: Lane, i: int, subject: int, of: int, time: float) -> float:
    """A subject of a condition, for customer i: a number, 0 or 1, or the code of an id."""
    if subject == codes.SCORE:
        return score(tables, lane, i, of, time)
    return plainly_known(tables, lane, i, subject, of, time)


@compiled
def score(tables: Tables, lane: Lane, i: int, number: int, time: float) -> float:
    """A score of customer i: a chance, 0 to 1, or an amount."""
    total = tables.score_intercept[number]
    for k in range(tables.score_first[number], tables.score_first[number + 1]):
        value = plainly_known(tables, lane, i, tables.term_subject[k], tables.term_of[k], time)
        if not math.isnan(tables.term_equals[k]):
            value = 1.0 if value == tables.term_equals[k] else 0.0
        total += tables.term_weight[k] * value
    if tables.score_is_amount[number]:
        return float(total)
    return float(1.0 / (1.0 + math.exp(-total)))


@compiled
def plainly_known(tables: Tables, lane: Lane, i: int, subject: int, of: int, time: float) -> float:
    """A subject that is no score."""
    state, reached = lane.state[i], lane.outreach[i]
    if subject == codes.SENTIMENT:
        return float(state.sentiment)
    if subject == codes.FATIGUE:
        return fatigue(lane, i, time)
    if subject == codes.NUDGE:
        return nudge(lane, i, time)
    if subject == codes.PROFILE:
        return float(state.profile)
    if subject == codes.DISCOUNT:
        return discount(tables, lane, i, time)
    if subject == codes.DAYS:
        return float(time - reached.arrived)
    if subject == codes.IDLE_DAYS:
        return float(time - state.last_event)
    if subject == codes.HOUR:
        return hour_of(time)
    if subject == codes.REVENUE:
        return float(state.revenue)
    if subject == codes.WEEKDAY:
        return float((math.floor(time) + tables.weekday) % 7.0)
    if subject == codes.SEGMENT:
        return float(state.segment)
    if subject == codes.TOUCHPOINT:
        return float(state.touchpoint)
    if subject == codes.STAGE:
        return float(tables.touchpoint_stage[state.touchpoint])
    if subject == codes.CHANNEL:
        return float(state.channel)
    if subject == codes.ATTRIBUTE:
        return float(lane.attributes[i, of])
    if subject == codes.CONSENT:
        return float(state.consent)
    if subject == codes.OPTED_IN:
        return float(lane.accepts[i, of])
    if subject == codes.FACT:
        return fact(tables, lane, i, of, time)
    return float(count(lane, i, subject, of))


@compiled
def count(lane: Lane, i: int, subject: int, of: int) -> int:
    """How often something has happened to customer i."""
    state = lane.state[i]
    if subject == codes.VISITS_OF:
        return int(lane.visits[i, of] & VISITS)
    if subject == codes.CONTACTS:
        return int(state.contacts)
    if subject == codes.HANDOFFS:
        return int(state.handoffs)
    if subject == codes.CONVERSIONS:
        return int(state.conversions)
    if subject == codes.PURCHASES:
        return int(state.purchases)
    if subject == codes.MESSAGES:
        return int(lane.outreach[i].messages)
    if subject == codes.RESPONSES:
        return int(lane.outreach[i].responses)
    visits = 0
    for n in range(lane.visits.shape[1]):
        visits += lane.visits[i, n] & VISITS
    return int(visits)


@compiled
def hour_of(time: float) -> float:
    """The hour of the day."""
    return float(24.0 * (time - math.floor(time)))

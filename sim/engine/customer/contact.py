"""Meeting at a touchpoint: the channel and the handoff (model 2.1), the experience (model 2.2)."""

import math

from sim.compiling.compiled import compiled
from sim.compiling.indices import from_front
from sim.draws.philox import Word, normal, uniform32
from sim.engine.customer.linking import linked, together
from sim.engine.customer.profile import CONTACT, note
from sim.engine.customer.state import personal, relevance
from sim.engine.memory import totals
from sim.engine.memory.lane import Lane, day_of
from sim.engine.memory.record import EXPERIENCE, HANDOFF, record
from sim.engine.program.tables import SINGLE, Tables

AFFINITY_LIMIT = 3.0
LONGEST_WAIT = 3.0
HIGHEST_EFFORT = 7.0
AVERSION = -0.1
"""Experience lost by a privacy-averse customer at a personalized visit."""


@compiled
def meet(tables: Tables, lane: Lane, i: int, n: int) -> int:
    """Find the channel on which customer i takes part at touchpoint n (model 2.1).

    Returns 1 for a handoff that kept its context, 0 for one that lost it, -1 for no handoff.
    """
    i, n = from_front(i), from_front(n)
    state = lane.state[i]
    first, last = tables.channel_first[n], tables.channel_first[n + 1]
    state.met = -1
    state.lost = 0
    state.affinity = 0.0
    if first == last:
        return -1
    appeal = 0.0
    own, listed = 0.0, False
    for k in range(first, last):
        weight = tables.channel_weight[k] * lane.own_affinity[i, tables.channel_index[k]]
        appeal += weight
        if tables.channel_index[k] == state.first_channel:
            own, listed = weight, True
    bound = tables.mode == SINGLE and state.channel >= 0
    bought = state.channel < 0 and state.bought >= 0
    usable = listed and (own > 0.0 or not appeal > 0.0)
    if bought:
        channel = state.bought
    elif bound and usable:
        channel = state.first_channel
        appeal = own
    else:
        channel = _race(tables, lane, i, n, first, last, appeal)
    fallback = bound and not usable
    state.met = channel
    _count_contact(tables, lane, i, channel)
    _measure_affinity(tables, lane, i, n, appeal, fallback)
    if fallback:
        state.lost = 1
    handoff = -1
    if state.channel >= 0 and channel != state.channel:
        handoff = 0
        kept = uniform32(Word(lane.words[0, tables.visit_block[n]])) < tables.carryover
        if not fallback and kept and together(tables, lane, i, channel, state.channel):
            handoff = 1
        state.handoffs += 1
        if handoff == 1:
            state.kept += 1
        else:
            state.lost = 1
    if state.channel < 0:
        state.first_channel = channel
    state.channel = channel
    if tables.remembers:
        note(tables, lane, i, CONTACT, channel, 0.0, state.entered)
    if tables.orchestrated and personal(tables, lane, i, channel):
        lane.daily_personal_cost[day_of(lane, state.entered)] += tables.personal_cost
        lane.outreach[i].personal_cost += tables.personal_cost
    return handoff


@compiled
def _race(tables: Tables, lane: Lane, i: int, n: int, first: int, last: int, appeal: float) -> int:
    """The channel that wins the race at touchpoint n (model 2.1); `appeal` is the sum of the weights."""
    state = lane.state[i]
    listed = 0.0
    if not appeal > 0.0:
        for k in range(first, last):
            listed += tables.channel_weight[k]
    winner, soonest = -1, math.inf
    for k in range(first, last):
        c = tables.channel_index[k]
        if appeal > 0.0:
            weight = tables.channel_weight[k] * lane.own_affinity[i, c]
        else:
            weight = tables.channel_weight[k] if listed > 0.0 else 1.0
        if not weight > 0.0:
            continue
        if c == state.channel:
            weight *= 1.0 + tables.stickiness
        time = 0.0
        if last - first > 1:
            time = lane.waits[k - first] / weight
        if time < soonest:
            winner, soonest = c, time
    return winner


@compiled
def _count_contact(tables: Tables, lane: Lane, i: int, channel: int) -> None:
    state = lane.state[i]
    state.contacts += 1
    cost = tables.channel_cost[channel]
    state.contact_cost += cost
    lane.channel_contacts[state.segment, channel] += 1
    lane.channel_spent[state.segment, channel] += cost
    lane.daily_contact_cost[day_of(lane, state.entered)] += cost


@compiled
def _measure_affinity(tables: Tables, lane: Lane, i: int, n: int, appeal: float, fallback: bool) -> None:
    state = lane.state[i]
    reference = tables.affinity_reference[state.segment, n]
    if math.isnan(reference):
        return
    if fallback or not appeal > 0.0:
        state.affinity = -AFFINITY_LIMIT
    else:
        state.affinity = min(max(math.log(appeal) - reference, -AFFINITY_LIMIT), AFFINITY_LIMIT)


@compiled
def experience(tables: Tables, lane: Lane, i: int, n: int, time: float, wait: float) -> tuple[float, float]:
    """The experience and the effort of customer i at touchpoint n (model 2.2); `wait` in units of ten minutes."""
    i, n = from_front(i), from_front(n)
    state = lane.state[i]
    feeling = tables.emotion_mean[n]
    if tables.emotion_sd[n] > 0.0:
        words, at = lane.words, tables.visit_block[n]
        feeling += tables.emotion_sd[n] * normal(Word(words[1, at]), Word(words[2, at]), Word(words[3, at]))
    feeling += tables.lost_emotion * state.lost + tables.wait_emotion * wait
    if tables.orchestrated and personal(tables, lane, i, state.met):
        if tables.close and lane.outreach[i].averse:
            feeling += AVERSION
        else:
            feeling += tables.engagement_emotion * relevance(tables, lane, i, state.met)
    feeling = min(max(feeling, -1.0), 1.0)
    state.sentiment += tables.sentiment_rate * (feeling - state.sentiment)
    effort = min(tables.effort[n] + state.lost + wait, HIGHEST_EFFORT)
    if state.consent and linked(tables, lane, i, state.met):
        state.profile += tables.profile_gain[n] * (1.0 - state.profile)
    _count_experience(tables, lane, i, n, feeling, effort)
    record(lane, i, time, EXPERIENCE, feeling)
    return feeling, effort


@compiled
def _count_experience(tables: Tables, lane: Lane, i: int, n: int, feeling: float, effort: float) -> None:
    s = lane.state[i].segment
    lane.touchpoint_sums[totals.EMOTION, s, n] += feeling
    lane.touchpoint_sums[totals.EFFORT, s, n] += effort
    lane.touchpoint_counts[totals.EXPERIENCES, s, n] += 1
    if feeling < tables.bad_below:
        lane.touchpoint_counts[totals.BAD, s, n] += 1
    lane.touchpoint_counts[totals.LOST, s, n] += lane.state[i].lost


@compiled
def record_handoff(lane: Lane, i: int, time: float, handoff: int) -> None:
    """Keep the handoff, if there was one."""
    if handoff >= 0:
        record(lane, i, time, HANDOFF, float(handoff))

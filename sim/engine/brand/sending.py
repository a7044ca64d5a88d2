"""Sends and what comes of them (model 10.6)."""

import math

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.distributions import sample
from sim.draws.philox import block, uniform32
from sim.engine.brand import eligibility
from sim.engine.brand.best_content import take_action
from sim.engine.brand.best_hour import best_hour_from
from sim.engine.brand.known_enough import count_known, has_several, has_variants
from sim.engine.brand.limits import (
    PASSED,
    ROUNDING,
    affordable,
    conflicts,
    count_in_caps,
    ended,
    is_before,
    is_there,
    may_be_used,
    quiet_until,
    room_from,
)
from sim.engine.brand.policies import choosing, rules
from sim.engine.brand.policies.tries import begin_try
from sim.engine.brand.ruled_out import rule_out, rule_out_next
from sim.engine.customer.profile import note_message
from sim.engine.customer.state import fatigue, hour_of, personal, relevance
from sim.engine.memory import agenda
from sim.engine.memory.lane import Lane, day_of
from sim.engine.memory.outreach import (
    CAPPED,
    CONFLICT,
    COOLDOWN,
    DELIVERED,
    NOT_THERE,
    OPENED,
    OPTED_OUT,
    OTHER_HOUR,
    QUIET,
    SENT,
    UNAFFORDABLE,
)
from sim.engine.memory.record import DELIVERY, OPENING, OPT_OUT, PUT_OFF, SENDING, record_outreach
from sim.engine.program.rule_tables import DROP
from sim.engine.program.tables import Tables

_LIKED = 3.0
_AVERSE_LEAVE = 2.0
_TIMED = 2.0
"""Hours from the preferred hour at which a message is still welcome."""
_NOTHING = math.nan
NOBODY = -1
"""The pair of an on-site action that nobody acted on."""


@compiled
def show(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> tuple[int, int]:
    """Check an on-site action and show it to customer i.

    Returns the pair that they act on, or NOBODY; and the cell in which the policy learns from it, or -1.
    """
    own = tables.rule_action[rule]
    reason = ended(tables, lane, i, rule, time)
    if reason != PASSED:
        rule_out(tables, lane, i, rule, own, lane.state[i].met, time, reason)
        return NOBODY, -1
    if tables.chooses:
        pair = choosing.take_shown(tables, lane, i, rule, time)
    else:
        pair = rules.take_shown(tables, lane, i, own)
    if pair == choosing.NOTHING:
        return NOBODY, -1
    if pair < 0:
        rule_out(tables, lane, i, rule, own, -1, time, NOT_THERE)
        return NOBODY, -1
    channel, action = tables.pair_channel[pair], tables.pair_action[pair]
    if is_before(time, lane.rules[i, rule].last + tables.rule_cooldown[rule]):
        rule_out(tables, lane, i, rule, action, channel, time, COOLDOWN)
        return NOBODY, -1
    cost = tables.action_cost[action]
    if tables.budgeted and not affordable(tables, lane, i, rule, cost):
        rule_out(tables, lane, i, rule, action, channel, time, UNAFFORDABLE)
        return NOBODY, -1
    lane.rules[i, rule].last = time
    cell = begin_try(tables, lane, i, pair, time) if tables.chooses else -1
    occurrence = _pay(tables, lane, i, rule, pair, time, cost)
    number = lane.state[i].number
    _, _, w2, _ = block(number, tables.pair_site[pair], sites.MESSAGE, occurrence, lane.key0, lane.key1)
    _deliver(tables, lane, i, rule, pair, time)
    _count(lane, i, OPENED, pair)
    record_outreach(lane, i, time, OPENING, _NOTHING, channel, rule, action)
    return pair if uniform32(w2) < _acting(tables, lane, i, pair) else NOBODY, cell


@compiled
def fall_due(
    tables: Tables, lane: Lane, i: int, rule: int, time: float, since: float, pair: int, seen_on: int, begun: int
) -> None:
    """Check a message to customer i that falls due, and send it, put it off or give it up (model 10.5).

    `pair` is the first that comes into question, but where the policy chooses one.
    """
    reason = ended(tables, lane, i, rule, time)
    if reason != PASSED:
        rule_out_next(tables, lane, i, rule, pair, begun, time, reason)
        lane.rules[i, rule].under_way = 0
        return
    own = tables.pair_action[pair] if begun else tables.rule_action[rule]
    if tables.pair_first[own] == tables.pair_first[own + 1]:
        eligibility.reach(lane, i, own, eligibility.UNAVAILABLE)
    varied = has_variants(tables, rule, begun) and not lane.outreach[i].control
    if varied:
        own = take_action(tables, lane, i, rule, time, seen_on)
    chosen = tables.chooses and not begun and not tables.action_transactional[own]
    anew = has_several(tables, own, begun) and not lane.outreach[i].control
    if chosen:
        pair = choosing.take_message(tables, lane, i, rule, time, seen_on)
    else:
        first = tables.pair_first[own] if anew or varied else pair
        pair = rules.take_message(tables, lane, i, rule, own, first, time, seen_on, anew)
    if pair < 0:
        lane.rules[i, rule].under_way = 0
        return
    action, sequence = tables.pair_action[pair], lane.rules[i, rule].sequences
    reason, later = _passes(tables, lane, i, rule, pair, time, begun)
    if reason != PASSED:
        rule_out(tables, lane, i, rule, action, tables.pair_channel[pair], time, reason)
        if reason == OTHER_HOUR:
            lane.rules[i, rule].put_off = 1
            if lane.watching:
                record_outreach(lane, i, time, PUT_OFF, later, tables.pair_channel[pair], rule, action)
        if later > time:
            again = tables.pair_first[tables.rule_action[rule]] if chosen or anew or varied else pair
            agenda.plan(tables, lane, i, agenda.SEND, rule, later, since, again, seen_on, sequence, begun, -1, -1)
        else:
            lane.rules[i, rule].under_way = 0
        return
    if not begun:
        lane.rules[i, rule].last = time
    cell = begin_try(tables, lane, i, pair, time) if chosen else -1
    _send(tables, lane, i, rule, pair, time, sequence, cell, begun)
    wait = tables.action_support[action]
    if wait >= 0.0 and pair + 1 < tables.pair_first[action + 1]:
        due = time + wait
        lane.rules[i, rule].put_off = 0
        agenda.plan(tables, lane, i, agenda.SEND, rule, due, due, pair + 1, seen_on, sequence, 1, -1, -1)
    else:
        lane.rules[i, rule].under_way = 0


@compiled
def _passes(tables: Tables, lane: Lane, i: int, rule: int, pair: int, time: float, begun: int) -> tuple[int, float]:
    """PASSED, or what rules a message out; and the time to which it is put off, if it is."""
    action, channel = tables.pair_action[pair], tables.pair_channel[pair]
    if not begun and is_before(time, lane.rules[i, rule].last + tables.rule_cooldown[rule]):
        return COOLDOWN, time
    if tables.action_transactional[action]:
        return PASSED, time
    if conflicts(tables, lane, i, rule, action, channel, begun, time):
        return CONFLICT, time
    room = room_from(tables, lane, i, channel, time)
    if room > time:
        return CAPPED, time if tables.capped == DROP else room
    loud = quiet_until(tables, channel, time)
    if loud > time:
        return QUIET, loud
    if tables.optimises_hour and not lane.rules[i, rule].put_off:
        best = best_hour_from(tables, lane, i, channel, time)
        if best > time:
            return OTHER_HOUR, best
    if tables.budgeted and not affordable(
        tables, lane, i, rule, tables.action_cost[action] + tables.channel_cost[channel]
    ):
        return UNAFFORDABLE, time
    return PASSED, time


@compiled
def _send(
    tables: Tables, lane: Lane, i: int, rule: int, pair: int, time: float, sequence: int, cell: int, begun: int
) -> None:
    """Send a message to customer i and draw what comes of it."""
    action, channel, at = tables.pair_action[pair], tables.pair_channel[pair], tables.pair_site[pair]
    reached = lane.outreach[i]
    number = lane.state[i].number
    occurrence = _pay(tables, lane, i, rule, pair, time, tables.action_cost[action] + tables.channel_cost[channel])
    expected = tables.action_transactional[action]
    if not expected:
        count_in_caps(tables, lane, i, channel, time)
        reached.last_sent = time
        reached.last_rule = rule
        reached.last_action = action
        reached.last_channel = channel
    reached.sent += 1
    tired = fatigue(lane, i, time)
    w0, w1, w2, w3 = block(number, at, sites.MESSAGE, occurrence, lane.key0, lane.key1)
    if not uniform32(w0) < tables.delivery_rate[channel]:
        return
    known = -1
    opened = uniform32(w1) < _opening(tables, lane, i, pair, tired, time)
    if not expected:
        reached.messages += 1
        if tables.optimises:
            known = count_known(tables, lane, i, rule, pair, begun, opened, time)
        if tables.remembers:
            note_message(tables, lane, i, action, channel, opened, time)
    _deliver(tables, lane, i, rule, pair, time)
    if opened:
        _count(lane, i, OPENED, pair)
        record_outreach(lane, i, time, OPENING, _NOTHING, channel, rule, action)
        if uniform32(w2) < _acting(tables, lane, i, pair):
            _, w1, w2, w4 = block(number, at, sites.TIME_TO_ACT, occurrence, lane.key0, lane.key1)
            hours = max(sample(tables.rows, tables.values, tables.act_row[channel], w1, w2, w4), 0.0)
            due = time + hours / 24.0
            agenda.plan(tables, lane, i, agenda.RESPONSE, rule, due, time, pair, channel, sequence, 1, cell, known)
    if expected:
        return
    leaving = tables.opt_out_rate[channel] * math.exp(0.1 * tired)
    if tables.close and reached.averse:
        leaving *= _AVERSE_LEAVE
    if uniform32(w3) < leaving:
        lane.accepts[i, channel] = 0
        _count(lane, i, OPTED_OUT, pair)
        record_outreach(lane, i, time, OPT_OUT, _NOTHING, channel, rule, action)


@compiled
def expected_response(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> float:
    """The chance that customer i would act on what the rule sends or shows by itself (model 17)."""
    action = tables.rule_action[rule]
    if tables.action_on_site[action]:
        pair = is_there(tables, lane, i, action)
        return _acting(tables, lane, i, pair) if pair >= 0 else 0.0
    for pair in range(tables.pair_first[action], tables.pair_first[action + 1]):
        channel = tables.pair_channel[pair]
        if may_be_used(tables, lane, i, channel, -1) == PASSED:
            opening = _opening(tables, lane, i, pair, fatigue(lane, i, time), time)
            return float(tables.delivery_rate[channel] * opening * _acting(tables, lane, i, pair))
    return 0.0


@compiled
def _pay(tables: Tables, lane: Lane, i: int, rule: int, pair: int, time: float, cost: float) -> int:
    """Count and pay a send to customer i; how many there were before of this action on this channel."""
    channel, action = tables.pair_channel[pair], tables.pair_action[pair]
    occurrence = lane.pair_sent[i, pair]
    lane.pair_sent[i, pair] += 1
    _count(lane, i, SENT, pair)
    eligibility.reach(lane, i, action, eligibility.SENT)
    record_outreach(lane, i, time, SENDING, cost, channel, rule, action)
    day = day_of(lane, time)
    if not tables.action_transactional[action]:
        lane.outreach[i].first_sent = min(lane.outreach[i].first_sent, time)
        lane.period_left -= cost
        lane.total_left -= cost
        lane.daily_budget_cost[day] += cost
    lane.pair_cost[lane.state[i].segment, pair] += cost
    lane.daily_message_cost[day] += cost
    lane.outreach[i].message_cost += cost
    if personal(tables, lane, i, channel):
        lane.daily_personal_cost[day] += tables.personal_cost
        lane.outreach[i].personal_cost += tables.personal_cost
    return int(occurrence)


@compiled
def _deliver(tables: Tables, lane: Lane, i: int, rule: int, pair: int, time: float) -> None:
    """Let a delivered action tire customer i, and its offer stand."""
    action = tables.pair_action[pair]
    reached = lane.outreach[i]
    _count(lane, i, DELIVERED, pair)
    record_outreach(lane, i, time, DELIVERY, _NOTHING, tables.pair_channel[pair], rule, action)
    if tables.action_discount[action] > 0.0:
        lane.offer_end[i, action] = max(lane.offer_end[i, action], time + tables.action_valid[action])
    if tables.action_tires[action] > 0.0:
        reached.fatigue = fatigue(lane, i, time) + tables.action_tires[action]
        reached.fatigued = time


@compiled
def _opening(tables: Tables, lane: Lane, i: int, pair: int, tired: float, time: float) -> float:
    """The chance that customer i opens a message."""
    rate = tables.pair_open[pair]
    if not 0.0 < rate < 1.0:
        return float(rate)
    channel = tables.pair_channel[pair]
    own = lane.own_affinity[i, channel]
    liking = min(max(math.log(own), -_LIKED), _LIKED) if own > 0.0 else -_LIKED
    odds = math.log(rate / (1.0 - rate)) + 0.3 * liking - 0.1 * tired
    if not math.isnan(tables.hour_effect[channel]):
        if _hours_apart(lane, i, time) <= _TIMED + ROUNDING:
            odds += tables.hour_effect[channel]
    elif tables.timing and personal(tables, lane, i, channel) and _hours_apart(lane, i, time) <= _TIMED:
        odds += 0.3
    subject = tables.subject_liked[tables.pair_action[pair]]
    if subject >= 0:
        odds += lane.likings[i, subject]
    return float(1.0 / (1.0 + math.exp(-odds)))


@compiled
def _hours_apart(lane: Lane, i: int, time: float) -> float:
    """How many hours `time` is from customer i's preferred hour."""
    apart = abs(hour_of(time) - lane.outreach[i].hour)
    return float(min(apart, 24.0 - apart))


@compiled
def _acting(tables: Tables, lane: Lane, i: int, pair: int) -> float:
    """The chance that customer i acts on what they have opened or seen."""
    action, rate = tables.pair_action[pair], tables.pair_response[pair]
    seen, until = tables.seen_first[action], tables.seen_first[action + 1]
    if seen < until and 0.0 < rate < 1.0:
        odds = math.log(rate / (1.0 - rate))
        for k in range(seen, until):
            odds += lane.likings[i, tables.seen_liked[k]]
        rate = 1.0 / (1.0 + math.exp(-odds))
    fits = relevance(tables, lane, i, tables.pair_channel[pair])
    return float(min(1.0, rate * (1.0 + tables.engagement_lift * fits)))


@compiled
def _count(lane: Lane, i: int, what: int, pair: int) -> None:
    lane.pair_counts[what, lane.state[i].segment, pair] += 1

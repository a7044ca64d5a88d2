"""What a send has to pass: limits, conflicts, quiet hours (model 10.5)."""

import math

from sim.compiling.compiled import compiled
from sim.draws import sites
from sim.draws.philox import block, uniform32
from sim.engine.customer.linking import together
from sim.engine.customer.state import holds, hour_of
from sim.engine.memory.lane import Lane
from sim.engine.memory.outreach import NOT_ACCEPTED, NOT_LINKED, STOPPED, UNAVAILABLE, WITHOUT
from sim.engine.program.tables import OMNI, SINGLE, Tables

ROUNDING = 1e-9
"""Times (days, hours) and amounts of money no further apart are equal."""
PASSED = -1
"""Nothing is in the way."""


@compiled
def is_before(time: float, other: float) -> bool:
    """Whether a time is before another, and not just by rounding."""
    return time < other - ROUNDING


@compiled
def first_failing(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> int:
    """The first of a rule's conditions that does not hold for customer i, by its index among them; or PASSED."""
    begin = tables.if_first[rule]
    for condition in range(begin, tables.if_last[rule]):
        if not holds(tables, lane, i, condition, time):
            return int(condition - begin)
    return PASSED


@compiled
def ended(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> int:
    """PASSED, or what has ended the rule's sequence for customer i: its `without`, or one of its stop conditions."""
    if lane.rules[i, rule].without:
        return WITHOUT
    for condition in range(tables.stop_first[rule], tables.stop_last[rule]):
        if holds(tables, lane, i, condition, time):
            return STOPPED
    return PASSED


@compiled
def is_there(tables: Tables, lane: Lane, i: int, action: int) -> int:
    """The pair of an on-site action and the channel on which customer i is present; -1 where they are not there."""
    met = lane.state[i].met
    for pair in range(tables.pair_first[action], tables.pair_first[action + 1]):
        if tables.pair_channel[pair] == met:
            return pair
    return -1


@compiled
def may_be_used(tables: Tables, lane: Lane, i: int, channel: int, seen_on: int) -> int:
    """PASSED, or why customer i cannot be written to on this channel after a firing seen on another."""
    if tables.channel_down[channel]:
        return UNAVAILABLE
    if not lane.accepts[i, channel]:
        return NOT_ACCEPTED
    if seen_on >= 0 and not tables.shares_triggers and not together(tables, lane, i, seen_on, channel):
        return NOT_LINKED
    if tables.mode == SINGLE and channel != lane.state[i].first_channel:
        return NOT_LINKED
    return PASSED


@compiled
def conflicts(
    tables: Tables, lane: Lane, i: int, rule: int, action: int, channel: int, begun: int, time: float
) -> bool:
    """Whether the last message to customer i rules this one out; counts conflicts and duplicates."""
    reached = lane.outreach[i]
    last = reached.last_rule
    if last < 0 or not is_before(time, reached.last_sent + tables.gap) or (begun and last == rule):
        return False
    s = lane.state[i].segment
    lane.conflicts[s] += 1
    if reached.last_action == action:
        lane.duplicates[s] += 1
    known = tables.mode == OMNI and together(tables, lane, i, channel, reached.last_channel)
    return known and not tables.rule_priority[rule] > tables.rule_priority[last]


@compiled
def cap_of(tables: Tables, lane: Lane, i: int, k: int, channel: int) -> int:
    """The k-th cap of all channels' caps; where it is one of each profile, that of the channel's profile."""
    cap = tables.cap_index[k]
    if tables.identified and tables.cap_by_profile[cap]:
        cap += _first_linked(lane, i, channel) - channel
    return int(cap)


@compiled
def _first_linked(lane: Lane, i: int, channel: int) -> int:
    """The first channel that is linked to this one for customer i."""
    first = 0
    while lane.profiles[i, first] != lane.profiles[i, channel]:
        first += 1
    return first


@compiled
def room_from(tables: Tables, lane: Lane, i: int, channel: int, time: float) -> float:
    """From when on the caps have room for a message to customer i; `time` itself where they have it now."""
    latest = time
    for k in range(tables.cap_first[channel], tables.cap_first[channel + 1]):
        cap = cap_of(tables, lane, i, k, channel)
        most = tables.cap_max[cap]
        if lane.cap_sent[i, cap] < most:
            continue
        # The ring holds the last `most` times; the oldest of them stands where the next will be put.
        oldest = lane.ring[i, tables.cap_ring[cap] + lane.cap_sent[i, cap] % most]
        if tables.cap_calendar[cap]:
            if math.floor(time) < math.floor(oldest) + tables.cap_days[cap]:
                latest = max(latest, math.floor(oldest) + tables.cap_days[cap])
        elif is_before(time, oldest + tables.cap_days[cap]):
            latest = max(latest, oldest + tables.cap_days[cap])
    return float(latest)


@compiled
def count_in_caps(tables: Tables, lane: Lane, i: int, channel: int, time: float) -> None:
    """Note a message to customer i in all caps that it counts in."""
    for k in range(tables.cap_first[channel], tables.cap_first[channel + 1]):
        cap = cap_of(tables, lane, i, k, channel)
        lane.ring[i, tables.cap_ring[cap] + lane.cap_sent[i, cap] % tables.cap_max[cap]] = time
        lane.cap_sent[i, cap] += 1


@compiled
def affordable(tables: Tables, lane: Lane, i: int, rule: int, cost: float) -> bool:
    """Whether the budget lets a send to customer i pass (model 17)."""
    if not cost > 0.0:
        return True
    occurrence = lane.rules[i, rule].asked
    lane.rules[i, rule].asked += 1
    if lane.planning:
        return bool(cost <= min(lane.period_left, lane.total_left) + ROUNDING)
    lane.demand += cost
    number = lane.state[i].number
    w0, _, _, _ = block(number, tables.rule_site[rule], sites.THROTTLE, occurrence, lane.key0, lane.key1)
    return bool(uniform32(w0) < lane.throttle)


@compiled
def quiet_until(tables: Tables, channel: int, time: float) -> float:
    """The end of the channel's quiet hours, if `time` is in them; else `time` itself."""
    begin, end = tables.quiet_from[channel], tables.quiet_to[channel]
    if begin < 0.0 or begin == end:
        return time
    hour = hour_of(time)
    late, early = hour >= begin - ROUNDING, hour < end - ROUNDING
    quiet = (late and early) if begin < end else (late or early)
    if not quiet:
        return time
    until = math.floor(time) + end / 24.0
    return float(until if until > time else math.floor(time) + 1.0 + end / 24.0)

"""Mixed profiles: what was noted of one customer counts for another, from the next tick on (model 31)."""

import numpy as np

from sim.compiling.compiled import compiled
from sim.engine.memory.growing import TOLD
from sim.engine.memory.lane import Lane
from sim.engine.program.rule_tables import IDLE_FACT, REVENUE_FACT
from sim.engine.program.tables import Tables
from sim.scenario.profile import EPSILON, KINDS

_CONTACT = KINDS.index("contacts")
_PURCHASE = KINDS.index("purchases")
_RESPONSE = KINDS.index("responses")


@compiled
def tell(lane: Lane, i: int, kind: int, channel: int, money: float, time: float, heard: int, action: int) -> None:
    """Keep a fact of customer i for those who are in the same profile as their record on the channel."""
    if i >= lane.mixed.shape[0] or channel < 0 or lane.mixed[i, channel] < 0:
        return
    if lane.told_used == lane.told.shape[0]:
        more = np.empty(2 * lane.told_used + 16, TOLD)
        for old in range(lane.told_used):
            more[old] = lane.told[old]
        lane.told = more
    at = lane.told_used
    lane.told_used += 1
    kept = lane.told[at]
    kept.time = time
    kept.money = money
    kept.kind = kind
    kept.heard = heard
    kept.action = action
    kept.profile = lane.mixed[i, channel]
    kept.next = -1
    noted = lane.noted_of[i]
    if noted.first_told < 0:
        noted.first_told = at
    else:
        lane.told[noted.last_told].next = at
    noted.last_told = at


@compiled
def with_others(tables: Tables, lane: Lane, i: int, of: int, time: float, own: float) -> float:
    """What customer i's profile says at a time, given what it says by their `own` facts; `of` as in `profile.fact`."""
    profile = _mixed_profile(lane, i)
    if profile < 0:
        return own
    said = own
    for k in range(lane.mate_first[profile], lane.mate_first[profile + 1]):
        if lane.mate[k] == i:
            continue
        at = lane.noted_of[lane.mate[k]].first_told
        while at >= 0 and lane.told[at].time < lane.told_until:
            each = lane.told[at]
            at = each.next
            if each.profile != profile or not time < each.time + tables.keep_days - EPSILON:
                continue
            if of == REVENUE_FACT:
                if each.kind == _PURCHASE:
                    said += each.money
            elif of == IDLE_FACT:
                if each.kind == _CONTACT:
                    said = min(said, time - each.time)
            elif each.kind == of:
                said += 1.0
    return said


@compiled
def listen_to_others(tables: Tables, lane: Lane, i: int, first: int, time: float) -> None:
    """Add to `lane.heard_now` the messages to others that customer i's profile holds at a time.

    `first`: where `lane.heard` begins to count those on the channel in question.
    """
    profile = _mixed_profile(lane, i)
    if profile < 0:
        return
    for k in range(lane.mate_first[profile], lane.mate_first[profile + 1]):
        if lane.mate[k] == i:
            continue
        at = lane.noted_of[lane.mate[k]].first_told
        while at >= 0 and lane.told[at].time < lane.told_until:
            each = lane.told[at]
            at = each.next
            there = each.profile == profile and time < each.time + tables.keep_days - EPSILON
            if there and first <= each.heard < first + lane.heard_now.shape[0]:
                lane.heard_now[each.heard - first] += 1


@compiled
def answer_cell(action: int, kind: int) -> int:
    """Where `Lane.answered` counts messages with an action, or responses to them."""
    return 2 * action + (1 if kind == _RESPONSE else 0)


@compiled
def add_answers_of_others(tables: Tables, lane: Lane, i: int, time: float) -> None:
    """Add to `lane.answered_now` the messages to others, and their responses, that customer i's profile holds then."""
    profile = _mixed_profile(lane, i)
    if profile < 0:
        return
    for k in range(lane.mate_first[profile], lane.mate_first[profile + 1]):
        if lane.mate[k] == i:
            continue
        at = lane.noted_of[lane.mate[k]].first_told
        while at >= 0 and lane.told[at].time < lane.told_until:
            each = lane.told[at]
            at = each.next
            if each.profile == profile and each.action >= 0 and time < each.time + tables.keep_days - EPSILON:
                lane.answered_now[answer_cell(each.action, each.kind)] += 1


@compiled
def _mixed_profile(lane: Lane, i: int) -> int:
    """The mixed profile that is customer i's own to the brand; -1 for none, or where it may not look in."""
    if i >= lane.mixed.shape[0]:
        return -1
    first = lane.state[i].first_channel
    if first < 0 or not lane.state[i].consent:
        return -1
    return int(lane.mixed[i, first])

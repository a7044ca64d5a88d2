"""What is to come for each customer: lists in one pool, each in the order of model 11."""

import numpy as np

from sim.compiling.compiled import compiled
from sim.engine.memory.lane import Lane
from sim.engine.memory.outreach import ITEM
from sim.engine.program.rule_tables import HOLD
from sim.engine.program.tables import Tables

RESPONSE, SEND, WAITED, TIMED, IDLE = range(5)
"""Kinds of item; the last three are firings: after a wait, by time, after days without an event."""


@compiled
def plan(
    tables: Tables,
    lane: Lane,
    i: int,
    kind: int,
    rule: int,
    time: float,
    since: float,
    index: int,
    seen_on: int,
    sequence: int,
    begun: int,
    cell: int,
    known: int,
) -> None:
    """Put something on customer i's agenda."""
    k = _free(lane)
    item = lane.items[k]
    item.kind = kind
    item.rule = rule
    item.time = time
    item.since = since
    item.index = index
    item.seen_on = seen_on
    item.sequence = sequence
    item.begun = begun
    item.cell = cell
    item.known = known
    before = -1
    after = lane.outreach[i].head
    while after >= 0 and not _comes_before(tables, lane, k, after):
        before = after
        after = lane.items[after].next
    lane.items[k].next = after
    if before < 0:
        lane.outreach[i].head = k
    else:
        lane.items[before].next = k


@compiled
def _free(lane: Lane) -> int:
    k = lane.free_item
    if k >= 0:
        lane.free_item = lane.items[k].next
        return k
    if lane.items_used == lane.items.shape[0]:
        more = np.empty(2 * lane.items_used + 16, ITEM)
        for old in range(lane.items_used):
            more[old] = lane.items[old]
        lane.items = more
    lane.items_used += 1
    return lane.items_used - 1


@compiled
def _comes_before(tables: Tables, lane: Lane, k: int, other: int) -> bool:
    """Whether item k comes before another of the same customer, which was there first (model 11)."""
    a, b = lane.items[k], lane.items[other]
    if a.time != b.time:
        return bool(a.time < b.time)
    response, response_too = a.kind == RESPONSE, b.kind == RESPONSE
    if response != response_too:
        return bool(response)
    if response:
        if a.since != b.since:
            return bool(a.since < b.since)
        if a.rule != b.rule:
            return bool(a.rule < b.rule)
        return bool(a.index < b.index)
    if tables.capped == HOLD and a.since != b.since:
        return bool(a.since < b.since)
    if tables.rule_priority[a.rule] != tables.rule_priority[b.rule]:
        return bool(tables.rule_priority[a.rule] > tables.rule_priority[b.rule])
    if a.rule != b.rule:
        return bool(a.rule < b.rule)
    return bool(a.kind < b.kind)


@compiled
def first(lane: Lane, i: int, responses: bool) -> int:
    """The item that customer i's agenda begins with, of those that are no responses unless these count too; or -1."""
    k = lane.outreach[i].head
    while k >= 0 and not responses and lane.items[k].kind == RESPONSE:
        k = lane.items[k].next
    return int(k)


@compiled
def strike(lane: Lane, i: int, item: int) -> None:
    """Take an item from customer i's agenda."""
    before, k = -1, lane.outreach[i].head
    while k != item:
        before, k = k, lane.items[k].next
    after = lane.items[item].next
    if before < 0:
        lane.outreach[i].head = after
    else:
        lane.items[before].next = after
    lane.items[item].next = lane.free_item
    lane.free_item = item


@compiled
def strike_all(lane: Lane, i: int, kind: int, rule: int) -> None:
    """Take all items of a kind and a rule from customer i's agenda."""
    k = lane.outreach[i].head
    while k >= 0:
        following = lane.items[k].next
        if lane.items[k].kind == kind and lane.items[k].rule == rule:
            strike(lane, i, k)
        k = following


@compiled
def clear(lane: Lane, i: int) -> None:
    """Empty customer i's agenda."""
    while lane.outreach[i].head >= 0:
        strike(lane, i, lane.outreach[i].head)


@compiled
def hold_responses_to(lane: Lane, i: int, time: float) -> None:
    """Let what customer i responded before happen at `time`, in the order in which it came."""
    k = lane.outreach[i].head
    while k >= 0:
        if lane.items[k].kind == RESPONSE and lane.items[k].time < time:
            lane.items[k].time = time
        k = lane.items[k].next

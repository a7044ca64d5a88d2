"""The profile: what the brand has noted of a customer on linked channels, until it is forgotten (model 27)."""

import numpy as np

from sim.compiling.compiled import compiled
from sim.engine.customer.bands import band_of, cell
from sim.engine.customer.linking import linked
from sim.engine.customer.mixed import add_answers_of_others, answer_cell, listen_to_others, tell, with_others
from sim.engine.memory.growing import FACT
from sim.engine.memory.lane import Lane
from sim.engine.memory.outreach import BANDS
from sim.engine.program.rule_tables import IDLE_FACT, REVENUE_FACT
from sim.engine.program.tables import Tables
from sim.scenario.profile import EPSILON, KINDS

CONTACT = KINDS.index("contacts")
PURCHASE = KINDS.index("purchases")
MESSAGE = KINDS.index("messages")
RESPONSE = KINDS.index("responses")


@compiled
def note(tables: Tables, lane: Lane, i: int, kind: int, channel: int, money: float, time: float) -> None:
    """Note a fact of customer i that is no message, if it may be noted and is linked."""
    _note(tables, lane, i, kind, channel, money, time, -1, -1)


@compiled
def note_message(tables: Tables, lane: Lane, i: int, action: int, channel: int, opened: bool, time: float) -> None:
    """Note a message to customer i likewise, and whether it was opened."""
    _note(tables, lane, i, MESSAGE, channel, 0.0, time, cell(channel, band_of(time), opened), action)


@compiled
def note_response(tables: Tables, lane: Lane, i: int, action: int, channel: int, time: float) -> None:
    """Note that customer i responded to an action likewise."""
    message = not tables.action_on_site[action] and not tables.action_transactional[action]
    _note(tables, lane, i, RESPONSE, channel, 0.0, time, -1, action if message else -1)


@compiled
def listen(tables: Tables, lane: Lane, i: int, channel: int, time: float) -> None:
    """Put together in `lane.heard_now` what the profile of customer i says at a time of messages on a channel."""
    _forget(tables, lane, i, time)
    first = cell(channel, 0, False)
    for k in range(2 * BANDS):
        lane.heard_now[k] = lane.heard[i, first + k]
    listen_to_others(tables, lane, i, first, time)


@compiled
def recall_answers(tables: Tables, lane: Lane, i: int, time: float) -> None:
    """Put together in `lane.answered_now` to which messages customer i responded, as their profile says at a time."""
    _forget(tables, lane, i, time)
    for k in range(lane.answered_now.shape[0]):
        lane.answered_now[k] = lane.answered[i, k]
    add_answers_of_others(tables, lane, i, time)


@compiled
def _note(
    tables: Tables, lane: Lane, i: int, kind: int, channel: int, money: float, time: float, heard: int, action: int
) -> None:
    """Note a fact, which counts in that cell of `lane.heard`, and for an action.

    What will be forgotten stands in a list; that it is due is found out when somebody looks at the profile.
    """
    if not tables.fact_kept[kind] or not lane.state[i].consent:
        return
    tell(lane, i, kind, channel, money, time, heard, action)
    if not linked(tables, lane, i, channel):
        return
    if tables.identified and lane.profiles[i, channel] < 0:
        return
    noted = lane.noted_of[i]
    lane.fact_counts[i, kind] += 1
    if kind == CONTACT:
        noted.contacts += 1
        noted.last_contact = time
    elif kind == PURCHASE:
        noted.revenue += money
    elif kind == MESSAGE and tables.optimises:
        lane.heard[i, heard] += 1
    if tables.optimises_content and action >= 0:
        lane.answered[i, answer_cell(action, kind)] += 1
    if not tables.keep_days < np.inf:
        return
    at = lane.free_fact
    if at >= 0:
        lane.free_fact = lane.facts[at].next
    else:
        if lane.facts_used == lane.facts.shape[0]:
            more = np.empty(2 * lane.facts_used + 16, FACT)
            for old in range(lane.facts_used):
                more[old] = lane.facts[old]
            lane.facts = more
        at = lane.facts_used
        lane.facts_used += 1
    kept = lane.facts[at]
    kept.time = time
    kept.money = money
    kept.kind = kind
    kept.heard = heard
    kept.action = action
    kept.next = -1
    if noted.oldest < 0:
        noted.oldest = at
    else:
        lane.facts[noted.newest].next = at
    noted.newest = at


@compiled
def fact(tables: Tables, lane: Lane, i: int, of: int, time: float) -> float:
    """What the profile of customer i says at a time: `of` is an index into FACTS."""
    _forget(tables, lane, i, time)
    return with_others(tables, lane, i, of, time, _own(tables, lane, i, of, time))


@compiled
def _own(tables: Tables, lane: Lane, i: int, of: int, time: float) -> float:
    """The same by what was noted of customer i alone."""
    if of == REVENUE_FACT:
        return float(lane.noted_of[i].revenue)
    if of == IDLE_FACT:
        if lane.fact_counts[i, CONTACT] == 0:
            return float(tables.longest_idle)
        return float(min(time - lane.noted_of[i].last_contact, tables.longest_idle))
    return float(lane.fact_counts[i, of])


@compiled
def complete(tables: Tables, lane: Lane, i: int, time: float) -> float:
    """Of the kinds of facts that are noted, the share of which the profile of customer i holds any at a time."""
    if not tables.remembers:
        return 0.0
    kinds, there = 0, 0
    for kind in range(tables.fact_kept.shape[0]):
        if tables.fact_kept[kind]:
            kinds += 1
            there += fact(tables, lane, i, kind, time) > 0.0
    return there / kinds if kinds else 0.0


@compiled
def _forget(tables: Tables, lane: Lane, i: int, time: float) -> None:
    """Forget what customer i's profile may no longer hold."""
    noted = lane.noted_of[i]
    spent = False
    while noted.oldest >= 0:
        old = lane.facts[noted.oldest]
        if time < old.time + tables.keep_days - EPSILON:
            break
        lane.fact_counts[i, old.kind] -= 1
        spent = spent or old.kind == PURCHASE
        if old.kind == MESSAGE and tables.optimises:
            lane.heard[i, old.heard] -= 1
        if tables.optimises_content and old.action >= 0:
            lane.answered[i, answer_cell(old.action, old.kind)] -= 1
        at, noted.oldest = noted.oldest, old.next
        old.next, lane.free_fact = lane.free_fact, at
    if spent:
        noted.revenue = 0.0
        at = noted.oldest
        while at >= 0:
            noted.revenue += lane.facts[at].money
            at = lane.facts[at].next

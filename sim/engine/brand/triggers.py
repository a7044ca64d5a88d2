"""Triggers: what sets a rule off, and what a rule does then (model 10.4)."""

from sim.compiling.compiled import compiled
from sim.engine.brand import eligibility
from sim.engine.brand.limits import PASSED, first_failing
from sim.engine.brand.policies import none
from sim.engine.brand.responses import respond
from sim.engine.brand.ruled_out import rule_out, rule_out_next
from sim.engine.brand.sending import NOBODY, fall_due, show
from sim.engine.customer.state import count, score
from sim.engine.memory import agenda
from sim.engine.memory.lane import Lane
from sim.engine.memory.outreach import HOLDOUT, WITHOUT
from sim.engine.memory.record import PASSED_OVER, record_outreach
from sim.engine.program.tables import Tables

UNDER_WAY = -1.0
"""In place of a condition: the rule is at work already."""


@compiled
def arrive(tables: Tables, lane: Lane, i: int, time: float) -> None:
    """Put the firings by time that are still to come on the agenda of customer i, who arrives now."""
    lane.outreach[i].arrived = time
    for k in range(tables.timed_rule.shape[0]):
        planned = tables.rule_planned[tables.timed_rule[k]]
        begin, step = tables.timed_begin[k], tables.timed_step[k]
        number = 0
        if step > 0.0 and begin < time:
            number = max(int((time - begin) / step) - 1, 0)
            while begin + number * step < time:
                number += 1
        due = begin + number * step
        if time <= due <= tables.horizon and (due == time or not planned):
            agenda.plan(tables, lane, i, agenda.TIMED, tables.timed_rule[k], due, due, k, -1, number, 0, -1, -1)


@compiled
def notice_entry(tables: Tables, lane: Lane, i: int, n: int, time: float) -> None:
    """Begin and end the waits, and end the sends, that customer i's entry into touchpoint n begins and ends."""
    met = lane.state[i].met
    for k in range(tables.without_first[n], tables.without_first[n + 1]):
        agenda.strike_all(lane, i, agenda.WAITED, tables.without_rule[k])
        lane.rules[i, tables.without_rule[k]].without = 1
    for k in range(tables.entered_first[n], tables.entered_first[n + 1]):
        rule = tables.entered_rule[k]
        wait = tables.rule_after[rule]
        if wait >= 0.0:
            agenda.strike_all(lane, i, agenda.WAITED, rule)
            agenda.plan(tables, lane, i, agenda.WAITED, rule, time + wait, time + wait, 0, met, 0, 0, -1, -1)
    watch_for_idleness(tables, lane, i, time)


@compiled
def watch_for_idleness(tables: Tables, lane: Lane, i: int, time: float) -> None:
    """Watch from now on whether customer i does anything."""
    for k in range(tables.idle_rule.shape[0]):
        rule = tables.idle_rule[k]
        if not lane.rules[i, rule].seen:
            lane.rules[i, rule].seen = 1
            due = time + tables.idle_days[k]
            agenda.plan(tables, lane, i, agenda.IDLE, rule, due, due, k, -1, 0, 0, -1, -1)


@compiled
def notice_step(tables: Tables, lane: Lane, i: int, n: int, time: float, entered: bool, chosen: bool) -> None:
    """Let the triggers of a step fire: having `entered` touchpoint n; counts and scores, if customer i has `chosen`.

    They come right after the step, by priority and position in the file.
    """
    noted = 0
    if entered:
        for k in range(tables.entered_first[n], tables.entered_first[n + 1]):
            if tables.rule_after[tables.entered_rule[k]] < 0.0:
                lane.noted[tables.entered_rule[k]] = True
                noted += 1
    if chosen:
        noted += _counts_reached(tables, lane, i)
        noted += _scores_passed(tables, lane, i, time)
    if noted == 0:
        return
    met = lane.state[i].met
    for k in range(tables.rule_order.shape[0]):
        rule = tables.rule_order[k]
        if lane.noted[rule]:
            lane.noted[rule] = False
            fire(tables, lane, i, rule, time, met)


@compiled
def _counts_reached(tables: Tables, lane: Lane, i: int) -> int:
    """Note the rules whose count customer i has reached for the first time; how many."""
    noted = 0
    for k in range(tables.count_rule.shape[0]):
        rule = tables.count_rule[k]
        if lane.rules[i, rule].seen:
            continue
        if count(lane, i, tables.count_subject[k], tables.count_of[k]) >= tables.count_reaches[k]:
            lane.rules[i, rule].seen = 1
            lane.noted[rule] = True
            noted += 1
    return noted


@compiled
def _scores_passed(tables: Tables, lane: Lane, i: int, time: float) -> int:
    """Note the rules whose score of customer i is beyond its limit, and was not before; how many."""
    noted = 0
    for k in range(tables.score_rule.shape[0]):
        rule = tables.score_rule[k]
        value = score(tables, lane, i, tables.score_number[k], time)
        beyond = tables.score_above[k] < value < tables.score_below[k]
        if beyond and not lane.rules[i, rule].seen:
            lane.noted[rule] = True
            noted += 1
        lane.rules[i, rule].seen = beyond
    return noted


@compiled
def happen(tables: Tables, lane: Lane, i: int, k: int) -> None:
    """Let item k of customer i's agenda happen."""
    item = lane.items[k]
    kind, rule, time, since, index = item.kind, item.rule, item.time, item.since, item.index
    seen_on, sequence, begun, cell, known = item.seen_on, item.sequence, item.begun, item.cell, item.known
    agenda.strike(lane, i, k)
    if kind == agenda.RESPONSE:
        _end_sequence(lane, i, rule, sequence)
        respond(tables, lane, i, rule, index, time, since, cell, known)
    elif kind == agenda.SEND:
        if tables.action_on_site[tables.rule_action[rule]]:
            _show(tables, lane, i, rule, time, sequence)
        else:
            fall_due(tables, lane, i, rule, time, since, index, seen_on, begun)
    elif kind == agenda.IDLE:
        _look_idle(tables, lane, i, rule, time, index)
    else:
        if kind == agenda.TIMED and tables.timed_step[index] > 0.0 and not tables.rule_planned[rule]:
            due = tables.timed_begin[index] + (sequence + 1) * tables.timed_step[index]
            if due <= tables.horizon:
                agenda.plan(tables, lane, i, agenda.TIMED, rule, due, due, index, -1, sequence + 1, 0, -1, -1)
        fire(tables, lane, i, rule, time, seen_on)


@compiled
def fire(tables: Tables, lane: Lane, i: int, rule: int, time: float, seen_on: int) -> None:
    """Let the trigger of a rule fire: the rule begins for customer i, if it may (model 10.4)."""
    if may_begin(tables, lane, i, rule, time):
        begin(tables, lane, i, rule)
        if tables.rule_delay[rule] == 0.0 and tables.action_on_site[tables.rule_action[rule]]:
            _show(tables, lane, i, rule, time, lane.rules[i, rule].sequences)
            return
        lane.rules[i, rule].under_way = 1
        due = time + tables.rule_delay[rule]
        first, sequence = tables.pair_first[tables.rule_action[rule]], lane.rules[i, rule].sequences
        agenda.plan(tables, lane, i, agenda.SEND, rule, due, due, first, seen_on, sequence, 0, -1, -1)


@compiled
def take_planned(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> None:
    """Let a rule begin for customer i, if it may, and check its send at once (model 17)."""
    if not may_begin(tables, lane, i, rule, time):
        return
    begin(tables, lane, i, rule)
    if tables.action_on_site[tables.rule_action[rule]]:
        _show(tables, lane, i, rule, time, lane.rules[i, rule].sequences)
        return
    lane.rules[i, rule].under_way = 1
    fall_due(tables, lane, i, rule, time, time, tables.pair_first[tables.rule_action[rule]], -1, 0)


@compiled
def may_begin(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> bool:
    """Whether a rule may begin for customer i: its conditions hold, it is on and not under way, they are no holdout."""
    if not tables.rule_on[rule]:
        return False
    if lane.rules[i, rule].under_way and lane.rules[i, rule].without:
        _call_off(tables, lane, i, rule, time)
    if lane.rules[i, rule].under_way:
        record_passed_over(tables, lane, i, rule, time, UNDER_WAY)
        return False
    failing = first_failing(tables, lane, i, rule, time)
    if failing != PASSED:
        eligibility.reach(lane, i, tables.rule_action[rule], eligibility.CONDITION)
        record_passed_over(tables, lane, i, rule, time, float(failing))
        return False
    if lane.outreach[i].holdout and not none.lets(tables, rule):
        rule_out(tables, lane, i, rule, tables.rule_action[rule], -1, time, HOLDOUT)
        return False
    return True


@compiled
def begin(tables: Tables, lane: Lane, i: int, rule: int) -> None:
    """Let a sequence of a rule begin for customer i."""
    eligibility.reach(lane, i, tables.rule_action[rule], eligibility.PENDING)
    lane.rules[i, rule].sequences += 1
    lane.rules[i, rule].without = 0
    lane.rules[i, rule].put_off = 0


@compiled
def _call_off(tables: Tables, lane: Lane, i: int, rule: int, time: float) -> None:
    """End the sequence that is under way for customer i, since its `without` was entered."""
    k = lane.outreach[i].head
    while lane.items[k].kind != agenda.SEND or lane.items[k].rule != rule:
        k = lane.items[k].next
    item = lane.items[k]
    if tables.action_on_site[tables.rule_action[rule]]:
        rule_out(tables, lane, i, rule, tables.rule_action[rule], lane.state[i].met, time, WITHOUT)
    else:
        rule_out_next(tables, lane, i, rule, item.index, item.begun, time, WITHOUT)
    agenda.strike(lane, i, k)
    lane.rules[i, rule].under_way = 0


@compiled
def _show(tables: Tables, lane: Lane, i: int, rule: int, time: float, sequence: int) -> None:
    lane.rules[i, rule].under_way = 0
    pair, cell = show(tables, lane, i, rule, time)
    if pair != NOBODY:
        agenda.plan(tables, lane, i, agenda.RESPONSE, rule, time, time, pair, -1, sequence, 1, cell, -1)


@compiled
def _look_idle(tables: Tables, lane: Lane, i: int, rule: int, time: float, k: int) -> None:
    due = lane.state[i].last_event + tables.idle_days[k]
    if due > time:
        agenda.plan(tables, lane, i, agenda.IDLE, rule, due, due, k, -1, 0, 0, -1, -1)
        return
    lane.rules[i, rule].seen = 0
    if not lane.state[i].parked:
        fire(tables, lane, i, rule, time, -1)


@compiled
def _end_sequence(lane: Lane, i: int, rule: int, sequence: int) -> None:
    """End the sequence that customer i responds to, if it is still under way."""
    if lane.rules[i, rule].under_way and lane.rules[i, rule].sequences == sequence:
        agenda.strike_all(lane, i, agenda.SEND, rule)
        lane.rules[i, rule].under_way = 0


@compiled
def record_passed_over(tables: Tables, lane: Lane, i: int, rule: int, time: float, why: float) -> None:
    """Keep, of the customer who is watched, that a rule was triggered and did not begin."""
    if lane.watching:
        record_outreach(lane, i, time, PASSED_OVER, why, -1, rule, tables.rule_action[rule])

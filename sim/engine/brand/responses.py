"""Responses: brought to a touchpoint, or nudged, by which the race is held again (model 10.6)."""

from sim.compiling.compiled import compiled
from sim.engine.brand.known_enough import count_known_response
from sim.engine.brand.policies.tries import succeed
from sim.engine.customer import covariates as covariate
from sim.engine.customer.choice import NO_RACE, choose, set_out, take_back
from sim.engine.customer.profile import note_response
from sim.engine.customer.state import discount, nudge
from sim.engine.customer.visit import draw_visit
from sim.engine.memory.lane import Lane
from sim.engine.memory.outreach import RESPONDED
from sim.engine.memory.record import RESPONSE, record_outreach
from sim.engine.program.tables import Floats, Tables


@compiled
def respond(
    tables: Tables, lane: Lane, i: int, rule: int, pair: int, time: float, sent: float, cell: int, known: int
) -> None:
    """Let customer i, who is at no desk and no exit, respond to an action; `cell` and `known` as in the agenda."""
    action, channel = tables.pair_action[pair], tables.pair_channel[pair]
    count_response(tables, lane, i, pair, time, sent, cell)
    count_known_response(lane, i, known)
    leads = tables.action_leads[action]
    if leads >= 0:
        record_outreach(lane, i, time, RESPONSE, 1.0, channel, rule, action)
        take_back(tables, lane, i)
        bring(lane, i, leads, time)
        return
    push(tables, lane, i, action, time)
    before = lane.outreach[i].chosen
    after = race_again(tables, lane, i, before, time)
    record_outreach(lane, i, time, RESPONSE, 1.0 if after != before else 0.0, channel, rule, action)


@compiled
def count_response(tables: Tables, lane: Lane, i: int, pair: int, time: float, sent: float, cell: int) -> None:
    """Count a response of customer i, to what was sent then, from which the policy may learn."""
    if cell >= 0:
        succeed(tables, lane, cell, sent, time)
    lane.outreach[i].responses += 1
    lane.pair_counts[RESPONDED, lane.state[i].segment, pair] += 1
    if tables.remembers:
        note_response(tables, lane, i, tables.pair_action[pair], tables.pair_channel[pair], time)


@compiled
def bring(lane: Lane, i: int, n: int, time: float) -> None:
    """Let customer i enter touchpoint n next, at `time`."""
    state = lane.state[i]
    state.target = n
    state.due = time
    lane.brought[state.segment, n] += 1


@compiled
def push(tables: Tables, lane: Lane, i: int, action: int, time: float) -> None:
    """Nudge customer i."""
    reached = lane.outreach[i]
    reached.nudge = max(nudge(lane, i, time), tables.action_nudge[action])
    reached.nudged = time


@compiled
def race_again(tables: Tables, lane: Lane, i: int, before: int, time: float) -> int:
    """Hold the race of customer i's present visit again; the transition that stands now, set out on if it is new."""
    if before == NO_RACE:
        return before
    state = lane.state[i]
    draw_visit(tables, lane, i, state.touchpoint, state.visit)
    j, w1, w2, w3 = choose(tables, lane, i, state.touchpoint, covariates_again(tables, lane, i, time))
    if j < 0 or j == before:
        return before
    take_back(tables, lane, i)
    set_out(tables, lane, i, j, time, w1, w2, w3)
    return int(j)


@compiled
def covariates_again(tables: Tables, lane: Lane, i: int, time: float) -> Floats:
    """The covariates of customer i's choice at the present visit, but for nudge and incentive, which are today's."""
    x = lane.covariates
    for c in range(covariate.COUNT):
        x[c] = lane.kept_covariates[i, c]
    x[covariate.INCENTIVE] = discount(tables, lane, i, time) * lane.state[i].price_sensitivity
    x[covariate.NUDGE] = nudge(lane, i, time)
    return x

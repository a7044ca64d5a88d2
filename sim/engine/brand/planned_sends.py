"""Planned sends: those of one moment to all customers together, as far as the money goes (model 17)."""

import numpy as np
from numpy.typing import NDArray

from sim.compiling.compiled import compiled
from sim.compiling.structs import borrowed
from sim.engine.brand.sending import expected_response
from sim.engine.brand.triggers import take_planned
from sim.engine.memory import agenda
from sim.engine.memory.lane import Lane, LaneView
from sim.engine.program.program import Program
from sim.engine.program.tables import NO_EXIT, Tables


def plan_sends(tables: Tables, view: LaneView, program: Program, rules: NDArray[np.int32], time: float) -> None:
    """Let these rules send at `time`: by priority, expected response, customer number and position in the file."""
    who = _present(tables, view.lane, view.customers, time)
    rule = np.tile(rules, len(who))
    customer = np.repeat(who, len(rules))
    expected = _expected(tables, view.lane, customer, rule, time)
    priority = program.fields["rule_priority"][rule]
    order = np.lexsort((rule, view["state"]["number"][customer], -expected, -priority))
    _send_all(tables, view.lane, customer[order], rule[order], time)


@compiled
def _present(tables: Tables, lane: Lane, customers: int, time: float) -> NDArray[np.int32]:
    """Those who arrived before `time` and have not left."""
    present = np.empty(customers, np.int32)
    count = 0
    for i in range(customers):
        touchpoint = lane.state[i].touchpoint
        if touchpoint >= 0 and tables.touchpoint_exit[touchpoint] == NO_EXIT and lane.outreach[i].arrived < time:
            present[count] = i
            count += 1
    return present[:count]


@compiled
def _expected(
    tables: Tables, lane: Lane, customer: NDArray[np.int32], rule: NDArray[np.int32], time: float
) -> NDArray[np.float64]:
    read, written = borrowed(tables), borrowed(lane)
    expected = np.empty(customer.shape[0])
    for k in range(customer.shape[0]):
        expected[k] = expected_response(read, written, customer[k], rule[k], time)
    return expected


@compiled
def _send_all(tables: Tables, lane: Lane, customer: NDArray[np.int32], rule: NDArray[np.int32], time: float) -> None:
    read, written = borrowed(tables), borrowed(lane)
    lane.planning = True
    for k in range(customer.shape[0]):
        i = customer[k]
        take_planned(read, written, i, rule[k], time)
        first = agenda.first(written, i, True)
        if first >= 0 and lane.items[first].time < lane.coming[i]:
            lane.coming[i] = lane.items[first].time
    lane.planning = False

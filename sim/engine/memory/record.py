"""Keeping what happened: recorded events and changes of status."""

import numpy as np

from sim.compiling.compiled import compiled
from sim.engine.memory.growing import CHANGE, EVENT
from sim.engine.memory.history import ACTIVE, CHURNED, COMPLETED, EVENTS, LAPSED
from sim.engine.memory.lane import Lane
from sim.engine.program.tables import CHURN, NO_EXIT, Tables

# The codes of the events, by name.
ENTER = EVENTS.index("enter")
HANDOFF = EVENTS.index("handoff")
ASKED = EVENTS.index("asked")
CALLED_BACK = EVENTS.index("called_back")
SERVED = EVENTS.index("served")
GAVE_UP = EVENTS.index("gave_up")
TURNED_AWAY = EVENTS.index("turned_away")
EXPERIENCE = EVENTS.index("experience")
CONVERTED = EVENTS.index("conversion")
VALUE_REACHED = EVENTS.index("value")
COMPLETED_GOAL = EVENTS.index("completion")
NPS_ANSWER = EVENTS.index("nps")
CSAT_ANSWER = EVENTS.index("csat")
CES_ANSWER = EVENTS.index("ces")
CHURN_EXIT = EVENTS.index("churn")
COMPLETED_EXIT = EVENTS.index("completed")
SENDING = EVENTS.index("sent")
DELIVERY = EVENTS.index("delivered")
OPENING = EVENTS.index("opened")
OPT_OUT = EVENTS.index("opted_out")
RESPONSE = EVENTS.index("responded")
RULED_OUT = EVENTS.index("ruled_out")
CHOSEN = EVENTS.index("chosen")
PASSED_OVER = EVENTS.index("passed_over")
CONSIDERED = EVENTS.index("considered")
COMPLETENESS = EVENTS.index("completeness")
MODEL = EVENTS.index("model")
ALIGNMENT = EVENTS.index("alignment")
PERFORMANCE = EVENTS.index("performance")
CONFIDENCE = EVENTS.index("confidence")
PUT_OFF = EVENTS.index("put_off")


@compiled
def record(lane: Lane, i: int, time: float, event: int, value: float) -> None:
    """Keep an event of customer i at their present touchpoint and channel, if events are kept."""
    record_outreach(lane, i, time, event, value, lane.state[i].met, -1, -1)


@compiled
def record_outreach(
    lane: Lane, i: int, time: float, event: int, value: float, channel: int, rule: int, action: int
) -> None:
    """Keep an event of customer i on a channel, with the rule and the action that it belongs to (-1: none)."""
    if not lane.recording or (lane.watching and lane.watched != lane.state[i].number):
        return
    if lane.events_kept == lane.events.shape[0]:
        more = np.empty(2 * lane.events_kept + 16, EVENT)
        for old in range(lane.events_kept):
            more[old] = lane.events[old]
        lane.events = more
    kept = lane.events[lane.events_kept]
    kept.time = time
    kept.value = value
    kept.customer = i
    kept.touchpoint = lane.state[i].touchpoint
    kept.channel = channel
    kept.event = event
    kept.rule = rule
    kept.action = action
    lane.events_kept += 1


@compiled
def change_status(tables: Tables, lane: Lane, i: int, n: int, time: float) -> None:
    """Note the status that entering touchpoint n gives customer i, if it is another one."""
    status = ACTIVE
    if tables.touchpoint_exit[n] != NO_EXIT:
        status = CHURNED if tables.touchpoint_exit[n] == CHURN else COMPLETED
    elif tables.touchpoint_lapsed[n]:
        status = LAPSED
    if status == lane.state[i].status:
        return
    lane.state[i].status = status
    if lane.changes_kept == lane.changes.shape[0]:
        more = np.empty(2 * lane.changes_kept + 16, CHANGE)
        for old in range(lane.changes_kept):
            more[old] = lane.changes[old]
        lane.changes = more
    kept = lane.changes[lane.changes_kept]
    kept.time = time
    kept.customer = i
    kept.status = status
    lane.changes_kept += 1

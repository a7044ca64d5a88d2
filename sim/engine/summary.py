"""From the lanes' memory to the history of a replication."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.engine.memory import totals
from sim.engine.memory.history import (
    STEPS,
    ActionTotals,
    Customers,
    DeskTotals,
    Events,
    History,
    StatusLog,
    SurveyTotals,
    TouchpointTotals,
    TransitionTotals,
    Waits,
)
from sim.engine.memory.lane import LaneView, grown
from sim.engine.memory.outreach import OUTREACH, PAIR_COUNTS, held_out
from sim.engine.memory.record import CALLED_BACK, GAVE_UP, SERVED, TURNED_AWAY
from sim.engine.program.program import Program
from sim.engine.program.tables import NO_EXIT
from sim.engine.shared.desk import MINUTES_A_DAY, Desk
from sim.engine.shared.desk_log import DeskLog

_LEFT, _PENDING = STEPS.index("left"), STEPS.index("pending")


def summarise(
    program: Program, seed: int, replication: int, lane: LaneView, desks: Sequence[Desk], log: DeskLog
) -> History:
    """The history that the lanes hold once the horizon is reached."""
    events, changes, event_count = grown(lane.lane)
    state = lane["state"]
    entries = log.entries()
    logs = [entries[entries["desk"] == desk] for desk in range(len(desks))]
    waits = _waits(desks, logs, program.horizon)
    return History(
        replication=replication,
        horizon=program.horizon,
        segments=program.segments,
        channels=program.channels,
        touchpoints=program.touchpoints,
        transitions=program.transitions,
        desks=program.desks,
        surveys=program.surveys,
        actions=program.actions,
        pairs=program.pairs,
        rules=program.rules,
        customers=_customers(
            state, lane["outreach"], lane["noted_of"], held_out(program, state["number"], seed, replication)
        ),
        log=StatusLog(*(changes[name].copy() for name in ("customer", "time", "status"))),
        at_touchpoints=_touchpoints(program, state, lane),
        at_transitions=TransitionTotals(lane["chosen"], lane["chosen_delay"]),
        channel_contacts=lane["channel_contacts"],
        channel_cost=lane["channel_spent"],
        reached_stages=_reached_stages(program, state),
        at_surveys=_surveys(lane),
        at_desks=_desks(program, state, lane["desk_asked"], logs, waits),
        waits=waits,
        at_actions=_actions(lane),
        by_known=lane["by_known"],
        steps=_steps(program, state, lane["steps"]),
        brought=lane["brought"],
        daily_conversions=lane["daily_conversions"],
        daily_revenue=lane["daily_revenue"],
        daily_margin=lane["daily_margin"],
        daily_contact_cost=lane["daily_contact_cost"],
        daily_message_cost=lane["daily_message_cost"],
        daily_budget_cost=lane["daily_budget_cost"],
        daily_discount=lane["daily_discount"],
        daily_personal_cost=lane["daily_personal_cost"],
        daily_desk_cost=_daily_desk_cost(program, logs),
        event_count=event_count,
        events=_events(events) if lane.recording else None,
    )


def _customers(
    state: NDArray[np.void], outreach: NDArray[np.void], noted: NDArray[np.void], holdout: NDArray[np.bool_]
) -> Customers:
    same = (
        "segment", "touchpoint", "exit", "status", "acquired", "first_value", "first_completion", "conversions",
        "purchases", "revenue", "order_revenue", "margin", "discounted_margin", "contacts", "contact_cost", "handoffs",
        "kept", "discounted_revenue", "last_active", "sentiment", "profile", "number", "bought", "arrival",
    )  # fmt: skip
    kept = {name: state[name].copy() for name in same}
    reached = outreach if len(outreach) else np.zeros(len(state), OUTREACH)
    kept |= {name: reached[name].copy() for name in ("sent", "message_cost", "personal_cost", "discount")}
    first = reached["first_sent"] if len(outreach) else np.full(len(state), np.inf)
    return Customers(
        noted=noted["contacts"].copy() if len(noted) else np.zeros(len(state), np.int32),
        first_sent=np.where(np.isfinite(first), first, np.nan),
        queued=state["parked"].astype(np.bool_),
        consent=state["consent"].astype(np.bool_),
        holdout=holdout,
        **kept,
    )


def _touchpoints(program: Program, state: NDArray[np.void], lane: LaneView) -> TouchpointTotals:
    counts = dict(zip(totals.TOUCHPOINT_COUNTS, lane["touchpoint_counts"], strict=True))
    sums = dict(zip(totals.TOUCHPOINT_SUMS, lane["touchpoint_sums"], strict=True))
    here = state["touchpoint"] >= 0
    touchpoint = state["touchpoint"][here]
    days = sums["days"]
    cell = state["segment"][here].astype(np.int64) * days.shape[1] + touchpoint
    stays = program.fields["touchpoint_exit"][touchpoint] == NO_EXIT
    since = np.where(stays, program.horizon - state["entered"][here], 0.0)
    present = np.bincount(cell, minlength=days.size).reshape(days.shape)
    days = days + np.bincount(cell, since, minlength=days.size).reshape(days.shape)
    return TouchpointTotals(present=present, **(counts | sums | {"days": days}))


def _reached_stages(program: Program, state: NDArray[np.void]) -> NDArray[np.int64]:
    reached = np.zeros((len(program.segments), len(program.stages)), np.int64)
    ever, segment = state["stages"].copy(), state["segment"].copy()
    for stage in range(len(program.stages)):
        has = (ever & np.uint64(1 << stage)) != 0
        reached[:, stage] = np.bincount(segment[has], minlength=len(program.segments))
    return reached


def _surveys(lane: LaneView) -> SurveyTotals:
    counts = dict(zip(totals.SURVEY_COUNTS, lane["survey_counts"], strict=True))
    sums = dict(zip(totals.SURVEY_SUMS, lane["survey_sums"], strict=True))
    return SurveyTotals(**(counts | sums))


def _actions(lane: LaneView) -> ActionTotals:
    counts = dict(zip(PAIR_COUNTS, lane["pair_counts"], strict=True))
    return ActionTotals(
        cost=lane["pair_cost"],
        **{name: lane[name] for name in ("ruled_out", "conflicts", "duplicates")},
        **counts,
    )


def _steps(program: Program, state: NDArray[np.void], steps: NDArray[np.int8]) -> NDArray[np.int8]:
    """How far each customer came towards each action: whose send was still to come at an exit, left before it."""
    if not len(steps):
        return np.zeros((len(state), len(program.actions)), np.int8)
    gone = program.fields["touchpoint_exit"][state["touchpoint"]] != NO_EXIT
    reached = steps.copy()
    reached[(steps == _PENDING) & gone[:, None]] = _LEFT
    return reached


def _waits(desks: Sequence[Desk], logs: Sequence[NDArray[np.void]], horizon: float) -> Waits:
    """By desk, those that ended in their order and then those whom the end finds in the queue."""
    customer, desk_of, minutes, ended = [], [], [], []
    for number, (desk, log) in enumerate(zip(desks, logs, strict=True)):
        over = np.isin(log["event"], (SERVED, GAVE_UP))
        queue = desk.queue()
        customer += [log["customer"][over], np.array([i for i, _, _ in queue], np.int32)]
        minutes.append(log["minutes"][over])
        minutes.append(np.array([0.0 if back else (horizon - asked) * MINUTES_A_DAY for _, asked, back in queue]))
        ended += [np.ones(int(over.sum()), np.bool_), np.array([back for _, _, back in queue], np.bool_)]
        desk_of.append(np.full(int(over.sum()) + len(queue), number, np.int16))
    return Waits(
        customer=np.concatenate([np.empty(0, np.int32), *customer]),
        desk=np.concatenate([np.empty(0, np.int16), *desk_of]),
        minutes=np.concatenate([np.empty(0), *minutes]),
        ended=np.concatenate([np.empty(0, np.bool_), *ended]),
    )


def _desks(
    program: Program, state: NDArray[np.void], asked: NDArray[np.int64], logs: Sequence[NDArray[np.void]], waits: Waits
) -> DeskTotals:
    shape = (len(program.segments), len(program.desks))
    counts = {event: np.zeros(shape, np.int64) for event in (SERVED, GAVE_UP, TURNED_AWAY, CALLED_BACK)}
    for desk, log in enumerate(logs):
        segment = state["segment"][log["customer"]]
        for code, count in counts.items():
            count[:, desk] = np.bincount(segment[log["event"] == code], minlength=shape[0])
    still = np.zeros(shape, np.int64)
    np.add.at(still, (state["segment"][waits.customer[~waits.ended]], waits.desk[~waits.ended]), 1)
    return DeskTotals(
        asked=asked,
        served=counts[SERVED],
        gave_up=counts[GAVE_UP],
        turned_away=counts[TURNED_AWAY],
        called_back=counts[CALLED_BACK],
        still_waiting=still,
        agent_hours=program.agent_hours,
    )


def _daily_desk_cost(program: Program, logs: Sequence[NDArray[np.void]]) -> NDArray[np.float64]:
    days = int(np.ceil(program.horizon))
    cost = np.zeros(days)
    for log, each in zip(logs, program.desk_costs, strict=True):
        day = np.minimum(log["time"][log["event"] == SERVED].astype(np.int64), days - 1)
        cost += each * np.bincount(day, minlength=days)
    return cost


def _events(kept: NDArray[np.void]) -> Events:
    """In order of (time, customer, order within the step); each customer's events were recorded in their order."""
    order = np.lexsort((np.arange(len(kept)), kept["customer"], kept["time"]))
    names = ("customer", "time", "event", "touchpoint", "channel", "value", "rule", "action")
    return Events(*(kept[name][order] for name in names))

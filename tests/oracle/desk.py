"""A desk: agents by time, one queue, service, patience, closing, call-backs (model 4)."""

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import partial

import simpy

from sim.scenario.channels_and_desks import Desk as DeskTable

from .moments import AGENTS_CHANGE, LEAVES_DESK, Log, Moments

MINUTES = 1440
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(eq=False)
class Asking:
    """One customer who asks at a desk."""

    customer: int
    touchpoint: str
    channel: str | None
    asked: float
    urgency: float
    """money spent or churn risk, by the desk's priority; 0 for first-come"""
    service_minutes: float
    patience_minutes: float | None
    """own patience applied; None never gives up"""
    over: simpy.Event
    """succeeds when the customer leaves the desk, with how it went: served, gave_up or turned_away"""
    called_back: bool = False
    wait_minutes: float = 0.0


class Desk:
    """One desk while the simulation runs."""

    def __init__(self, table: DeskTable, index: int, weekday_of_day_0: int, moments: Moments, log: Log) -> None:
        self.table = table
        self.moments = moments
        self.log = log
        self.queue: list[Asking] = []
        self.in_service = 0
        self.agents, changes = agents_by_time(table, weekday_of_day_0, moments.horizon)
        for time, agents in changes:
            moments.at(time, AGENTS_CHANGE, index, partial(self.change_agents, agents))

    def hear(self, asking: Asking) -> None:
        """Note that a customer asks; what the desk makes of it comes after what that sets off."""
        self.note(asking, "asked")

    def ask(self, asking: Asking) -> None:
        if self.agents > 0:
            if self.in_service < self.agents:
                self.serve(asking)
                return
            limit = self.table.call_back_above
            call_back = limit is not None and len(self.queue) >= limit
        elif self.table.closed == "turn-away":
            self.leave(asking, "turned_away")
            return
        else:
            call_back = self.table.closed == "call-back"
        self.queue.append(asking)
        if call_back:
            self.call_back(asking)
        elif asking.patience_minutes is not None:
            ends = asking.asked + asking.patience_minutes / MINUTES
            self.moments.at(ends, LEAVES_DESK, asking.customer, lambda: self.lose_patience(asking))

    def serve(self, asking: Asking) -> None:
        self.in_service += 1
        self.set_wait(asking)
        self.note(asking, "served", asking.wait_minutes)
        ends = self.moments.now + asking.service_minutes / MINUTES
        self.moments.at(ends, LEAVES_DESK, asking.customer, lambda: self.end_service(asking))

    def end_service(self, asking: Asking) -> None:
        self.in_service -= 1
        asking.over.succeed("served")
        self.move_up()

    def lose_patience(self, asking: Asking) -> None:
        if asking in self.queue and not asking.called_back:
            self.queue.remove(asking)
            self.set_wait(asking)
            self.leave(asking, "gave_up")

    def change_agents(self, agents: int) -> None:
        closes = self.agents > 0 and agents == 0
        self.agents = agents
        if closes:
            self.close()
        self.move_up()

    def close(self) -> None:
        for asking in sorted(self.queue, key=lambda asking: asking.customer):
            if asking.called_back or self.table.closed == "wait":
                continue
            if self.table.closed == "call-back":
                self.call_back(asking)
            else:
                self.queue.remove(asking)
                self.set_wait(asking)
                self.leave(asking, "turned_away")

    def move_up(self) -> None:
        while self.queue and self.in_service < self.agents:
            asking = min(self.queue, key=lambda asking: (-asking.urgency, asking.asked, asking.customer))
            self.queue.remove(asking)
            self.serve(asking)

    def call_back(self, asking: Asking) -> None:
        asking.called_back = True
        self.note(asking, "called_back")

    def leave(self, asking: Asking, how: str) -> None:
        self.note(asking, how, asking.wait_minutes)
        asking.over.succeed(how)

    def set_wait(self, asking: Asking) -> None:
        asking.wait_minutes = 0.0 if asking.called_back else (self.moments.now - asking.asked) * MINUTES

    def note(self, asking: Asking, event: str, value: float | None = None) -> None:
        self.log.add(asking.customer, event, asking.touchpoint, asking.channel, value)


def urgency(table: DeskTable, money: float, attrition: float, propensity: float, sentiment: float, fatigue: float,
            exit_coefficients: dict[str, float]) -> float:  # fmt: skip
    """What puts a customer before others in the queue, at the moment of asking."""
    if table.priority == "value":
        return to_the_step(money)
    if table.priority == "churn-risk":
        return to_the_step(
            math.log(max(attrition, 1e-300))
            + exit_coefficients["propensity"] * propensity
            + exit_coefficients["sentiment"] * sentiment
            + exit_coefficients["fatigue"] * fatigue
        )
    return 0.0


def to_the_step(urgency: float) -> float:
    """The nearest multiple of 2^-30: what rounding alone tells apart is equal."""
    return round(urgency * 2**30) / 2**30


def agents_by_time(table: DeskTable, weekday_of_day_0: int, horizon: float) -> tuple[int, list[tuple[float, int]]]:
    """Agents on at day 0, and the later times at which their number changes, with the new number."""
    if table.agents is not None:
        return table.agents, []
    difference: dict[float, int] = defaultdict(int)
    for shift in table.shifts:
        days = weekdays(shift.days)
        # A shift of the day before day 0 may run past midnight.
        for day in range(-2, math.ceil(horizon) + 1):
            if (weekday_of_day_0 + day) % 7 in days:
                last_day = day + 1 if shift.end <= shift.start else day
                difference[day + shift.start / 24] += shift.agents
                difference[last_day + shift.end / 24] -= shift.agents
    agents = sum(change for time, change in difference.items() if time <= 0)
    at_day_0, changes = agents, []
    for time in sorted(time for time in difference if time > 0):
        if difference[time] != 0:
            agents += difference[time]
            changes.append((time, agents))
    return at_day_0, changes


def weekdays(days: str) -> set[int]:
    """`mon`, `mon-fri`, `mon,wed-fri`; a range may run over the weekend."""
    found = set()
    for part in days.split(","):
        first, _, last = part.strip().partition("-")
        start = WEEKDAYS.index(first.strip())
        end = WEEKDAYS.index(last.strip()) if last else start
        found |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
    return found

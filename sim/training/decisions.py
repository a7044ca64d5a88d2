"""The decisions of a pilot under the policy `random`, from its events (model 29 and 30.1)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sim.engine.memory.history import EVENTS, REASONS, Events
from sim.scenario.policies import PATIENCE

Candidate = tuple[int, int]
"""an action and its channel, by their index"""

_CHOSEN, _RULED_OUT, _SENT, _RESPONDED = (EVENTS.index(name) for name in ("chosen", "ruled_out", "sent", "responded"))
_NOTHING_CHOSEN = REASONS.index("nothing-chosen")
_ENDS = {REASONS.index(name) for name in ("stopped", "without", "cooldown", "conflict", "budget")}


@dataclass
class Decision:
    """What was chosen for a customer, of what could have been."""

    customer: int
    time: float
    touchpoint: int
    among: float
    """of how many things, each as likely as any other"""
    taken: Candidate | None
    """None where nothing was chosen"""
    passed: list[Candidate] = field(default_factory=list)
    """where nothing was chosen: what could have been"""
    sent: float | None = None
    """when what was taken was sent"""
    responded: bool = False
    """whether it was responded to as a try that succeeds (model 16)"""


def decisions_in(events: Events, put_off: frozenset[str]) -> list[Decision]:
    """All decisions but those made anew after a wait: these have the same luck as the first.

    `put_off` are the reasons after which a send falls due again. The events are one customer's after the other's.
    """
    again = {REASONS.index(name) for name in put_off}
    found: list[Decision] = []
    latest: dict[tuple[int, int], Decision] = {}
    waits: set[tuple[int, int]] = set()
    tries: dict[tuple[int, int, Candidate], Decision] = {}
    for customer, time, event, touchpoint, value, rule, taken in _concerned(events):
        key = customer, rule
        if event == _CHOSEN:
            if key in waits:
                waits.discard(key)
                continue
            latest[key] = Decision(customer, time, touchpoint, value, taken if taken[0] >= 0 else None)
            found.append(latest[key])
        elif key not in latest:
            continue
        elif event == _RULED_OUT:
            decision = latest[key]
            if int(value) == _NOTHING_CHOSEN and decision.taken is None and decision.time == time:
                decision.passed.append(taken)
            elif int(value) in again and decision.sent is None and decision.taken is not None:
                waits.add(key)
            elif int(value) in _ENDS:
                waits.discard(key)
        elif event == _SENT and latest[key].sent is None and latest[key].taken == taken:
            latest[key].sent = time
            tries[*key, taken] = latest[key]
        elif event == _RESPONDED and (*key, taken) in tries:
            sent = tries[*key, taken].sent
            tries[*key, taken].responded |= sent is not None and time < sent + PATIENCE
    return found


def _concerned(events: Events) -> Iterator[tuple[int, float, int, int, float, int, Candidate]]:
    rows = (events.rule >= 0).nonzero()[0]
    names = ("customer", "time", "event", "touchpoint", "value", "rule", "action", "channel")
    columns = (getattr(events, name)[rows].tolist() for name in names)
    for customer, time, event, touchpoint, value, rule, action, channel in zip(*columns, strict=True):
        yield customer, time, event, touchpoint, value, rule, (action, channel)

"""What the actions of a scenario bring, found by a pilot in which chance decides (model 29)."""

from collections import defaultdict
from math import sqrt

import numpy as np

from sim.engine import compile_program, simulate
from sim.engine.memory.history import EVENTS, History
from sim.scenario import override
from sim.scenario.policies import PATIENCE
from sim.scenario.scenario import Scenario

Found = dict[tuple[str, str], tuple[float, float, float]]
"""By action and segment: gain, standard error, and the share of those who got it that responded in time."""


def found_by_chance(scenario: Scenario, replications: int) -> Found:
    """With the next seed, so with other customers than a run has.

    For scenarios in which there is one decision for each customer, and no margin before it.
    """
    pilot = override(scenario, {"orchestration.policy": "random"})
    program = compile_program(pilot, pilot)
    margins: dict[tuple[str, str], list[float]] = defaultdict(list)
    answers: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for replication in range(replications):
        history = simulate(program, scenario.experiment.seed + 1, replication, events=True)
        _look(history, margins, answers)
    found = {}
    for (chosen, segment), own in margins.items():
        if chosen != "nothing":
            without = margins["nothing", segment]
            error = sqrt(np.var(own, ddof=1) / len(own) + np.var(without, ddof=1) / len(without))
            answered = answers[chosen, segment]
            found[chosen, segment] = (float(np.mean(own) - np.mean(without)), error, sum(answered) / len(answered))
    return found


def _look(
    history: History, margins: dict[tuple[str, str], list[float]], answers: dict[tuple[str, str], list[bool]]
) -> None:
    events, customers = history.events, history.customers
    assert events is not None
    chosen: dict[int, str] = {}
    sent: dict[int, float] = {}
    answered: dict[int, float] = {}
    for customer, time, code, action in zip(
        events.customer.tolist(), events.time.tolist(), events.event.tolist(), events.action.tolist(), strict=True
    ):
        if EVENTS[code] == "chosen":  # a choice made anew has the same luck
            chosen[customer] = history.actions[action] if action >= 0 else "nothing"
        elif EVENTS[code] == "sent":
            sent[customer] = time
        elif EVENTS[code] == "responded":
            answered[customer] = time
    for customer, action_id in chosen.items():
        of = (action_id, history.segments[customers.segment[customer]])
        margins[of].append(float(customers.margin[customer]))
        if customer in sent and sent[customer] + PATIENCE <= history.horizon:
            answers[of].append(answered.get(customer, np.inf) < sent[customer] + PATIENCE)

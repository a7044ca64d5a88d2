"""What the customers of a replication did, entry by entry, for the floor to go through again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine import Program
from sim.engine.entry import advance_all
from sim.engine.memory.lane import grown, new_lane
from sim.engine.memory.record import ENTER
from sim.population import Population
from tests.bench.simpy_touchpoints import Touchpoint


@dataclass(frozen=True)
class Path:
    """All entries, customer by customer, each customer's in their order; every array has shape (entries,)."""

    customer: NDArray[np.int64]
    touchpoint: NDArray[np.int64]
    visit: NDArray[np.int64]
    """how many visits the customer had made there before"""
    chosen: NDArray[np.int64]
    """which of the touchpoint's transitions was taken, by its index among them; -1 at exits"""


def path(program: Program, touchpoints: tuple[Touchpoint, ...], population: Population) -> Path:
    """The path of a replication without desks in which no two transitions join the same two touchpoints."""
    view = new_lane(program, population, recording=True)
    end = np.array([program.horizon])
    advance_all(program.tables, view.lane, end, end, np.array([-1]), True)
    events = grown(view.lane)[0]  # only as long as `view` lives
    entries = events[events["event"] == ENTER]
    entries = entries[np.argsort(entries["customer"], kind="stable")]
    customer = entries["customer"].astype(np.int64)
    touchpoint = entries["touchpoint"].astype(np.int64)
    last = np.append(customer[1:] != customer[:-1], True)
    following = np.append(touchpoint[1:], 0)
    following[last] = view["state"]["target"][customer[last]]
    indices = {
        (n, transition.target): index
        for n, here in enumerate(touchpoints)
        for index, transition in enumerate(here.transitions)
    }
    chosen = [indices.get(pair, -1) for pair in zip(touchpoint.tolist(), following.tolist(), strict=True)]
    return Path(customer, touchpoint, _visits(customer, touchpoint), np.array(chosen, np.int64))


def _visits(customer: NDArray[np.int64], touchpoint: NDArray[np.int64]) -> NDArray[np.int64]:
    """How often the same customer was at the same touchpoint before, shape (entries,)."""
    order = np.lexsort((np.arange(len(customer)), touchpoint, customer))
    begins = np.append(True, (np.diff(customer[order]) != 0) | (np.diff(touchpoint[order]) != 0))
    position = np.arange(len(customer))
    first = np.maximum.accumulate(np.where(begins, position, 0))
    visits = np.empty(len(customer), np.int64)
    visits[order] = position - first
    return visits

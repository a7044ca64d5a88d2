"""The private lane's memory: the state of each customer, and the totals that their steps add to."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba.experimental import structref
from numpy.typing import NDArray

from sim.compiling.compiled import compiled, compiled_plainly
from sim.compiling.structs import StructType, maker, setter
from sim.draws.eight import round_keys
from sim.engine.memory import totals
from sim.engine.memory.growing import CHANGE, EVENT, FRIEND
from sim.engine.memory.mixed import Profiles
from sim.engine.memory.outreach import OUTREACH_FIELDS, OUTREACH_ROWS, OutreachLane, new_outreach, outreach_rows
from sim.engine.program.program import Program
from sim.population import TRAITS, Population
from sim.scenario.journey import COVARIATES

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

VISITS = 0x7FFFFFFF
"""The bits of `Lane.visits` that count; the highest one says that the touchpoint's goal was reached."""

STATE = np.dtype(
    [
        ("due", "f8"),  # when the pending event happens; infinite while parked at a desk and after the end
        ("arrival", "f8"),
        ("entered", "f8"),  # when the present touchpoint was entered
        ("affinity", "f8"),  # the covariate at this visit
        ("propensity", "f8"),
        ("price_sensitivity", "f8"),
        ("patience", "f8"),  # relative to the population's mean
        ("pace", "f8"),
        ("attrition", "f8"),
        ("log_attrition", "f8"),
        ("sentiment", "f8"),
        ("profile", "f8"),
        ("revenue", "f8"),
        ("order_revenue", "f8"),
        ("margin", "f8"),
        ("discounted_margin", "f8"),
        ("discounted_revenue", "f8"),
        ("contact_cost", "f8"),
        ("acquired", "f8"),  # times of firsts, NaN before
        ("first_value", "f8"),
        ("first_completion", "f8"),
        ("exit", "f8"),
        ("last_event", "f8"),
        ("last_active", "f8"),  # likewise, at touchpoints that are neither exits nor lapsed
        ("service", "f8"),  # at a desk: service time, days
        ("gives_up", "f8"),  # at a desk: patience, days; infinite for endless
        ("standing", "f8"),  # at a desk: what its priority goes by, higher first
        ("number", "u8"),  # from which all of their draws are made
        ("stages", "u8"),  # one bit for each stage ever reached (model 1)
        ("touchpoint", "i4"),  # -1 before arrival
        ("target", "i4"),  # touchpoint that the pending event enters
        ("visit", "i4"),  # number of the visit at the present touchpoint, from 0
        ("conversions", "i4"),
        ("purchases", "i4"),
        ("contacts", "i4"),
        ("handoffs", "i4"),
        ("kept", "i4"),
        ("friends", "i4"),  # told so far
        ("segment", "i2"),
        ("channel", "i2"),  # of the last contact; -1 before the first
        ("first_channel", "i2"),
        ("met", "i2"),  # channel of this visit; -1 without one
        ("bought", "i2"),  # channel on which they were bought; -1 for the others
        ("lost", "i1"),  # whether this visit lost its context
        ("status", "i1"),  # ACTIVE, LAPSED, CHURNED or COMPLETED
        ("consent", "i1"),
        ("parked", "i1"),  # whether a desk has them
    ],
    align=True,
)
"""One customer; times in days."""


@structref.register
class LaneType(StructType):
    """Numba's type of `Lane`."""


class Lane(OutreachLane, structref.StructRefProxy):
    """What compiled code writes to."""

    key0: int
    """the seed"""
    key1: int
    """the replication"""
    recording: bool
    """whether events are kept"""
    watching: bool
    """whether only one customer's events are kept, with the firings that their rules pass over"""
    watched: int
    """the number of that customer"""
    event_count: int
    state: NDArray[np.void]
    """(customers,) of STATE"""
    coming: Floats
    """(customers,) when each comes next; NaN while a desk has them"""
    own_affinity: Floats
    """(customers, channels)"""
    profiles: NDArray[np.int32]
    """(customers, channels) as `Profiles`; nobody's where all or none are linked"""
    visits: NDArray[np.int32]
    """(customers, touchpoints) visits so far; the highest bit says that the touchpoint's goal was reached"""
    covariates: Floats
    """(12,) of the choice being made"""
    drawn_customer: int
    """whose visit was drawn last; -1 for nobody's"""
    drawn_touchpoint: int
    """where that is"""
    drawn_visit: int
    """its number, from 0"""
    round_keys: NDArray[np.uint64]
    """(20,) see draws.eight"""
    words: NDArray[np.uint64]
    """(4, blocks) of that visit; only the lower 32 bits count"""
    waits: Floats
    """(blocks,) -ln(u) of their first words, for races"""
    log_waits: Floats
    """(blocks,) logarithms of these; none where the shares alone decide"""
    asking: NDArray[np.int32]
    """customers parked by the last advance, from the front"""
    serving: NDArray[np.int32]
    """entries of the desks' log, `serving_kept` of them: of those in service beyond the next shared instant"""
    serving_kept: int
    left_by: float
    """who left a desk by then, or will have, was let go (days)"""
    events: NDArray[np.void]
    """of EVENT, `events_kept` of them; grows"""
    events_kept: int
    changes: NDArray[np.void]
    """of CHANGE, `changes_kept` of them; grows"""
    changes_kept: int
    friends: NDArray[np.void]
    """of FRIEND, `friends_told` of them; grows"""
    friends_told: int
    touchpoint_sums: Floats
    """(5, segments, touchpoints), see totals.TOUCHPOINT_SUMS"""
    touchpoint_counts: Counts
    """(6, segments, touchpoints), see totals.TOUCHPOINT_COUNTS"""
    chosen: Counts
    """(segments, transitions)"""
    chosen_delay: Floats
    """(segments, transitions) days"""
    channel_contacts: Counts
    """(segments, channels)"""
    channel_spent: Floats
    """(segments, channels) money for these"""
    survey_counts: Counts
    """(6, segments, surveys), see totals.SURVEY_COUNTS"""
    survey_sums: Floats
    """(2, segments, surveys), see totals.SURVEY_SUMS"""
    desk_asked: Counts
    """(segments, desks)"""
    last_day: int
    """the last of the days, whose arrays follow; what happens at the horizon belongs to it"""
    daily_conversions: Counts
    """(days,)"""
    daily_revenue: Floats
    """(days,)"""
    daily_margin: Floats
    """(days,)"""
    daily_contact_cost: Floats
    """(days,)"""


FIELDS = (*Lane.__annotations__, *OUTREACH_FIELDS)
_made = maker(Lane, LaneType, FIELDS)


@compiled_plainly
def _make(fields: tuple) -> Lane:  # type: ignore[type-arg]
    return _made(fields)


@compiled
def grown(lane: Lane) -> tuple[NDArray[np.void], NDArray[np.void], int]:
    """The recorded events, the changes of status, and the number of customers' own events."""
    return lane.events[: lane.events_kept], lane.changes[: lane.changes_kept], lane.event_count


@compiled
def day_of(lane: Lane, time: float) -> int:
    """The day of the run to which `time` belongs."""
    return min(int(time), lane.last_day)


@compiled
def budget_of(lane: Lane) -> tuple[float, float, float]:
    """What may still be spent in the period and in the run, and what triggered sends asked for in the period."""
    return lane.period_left, lane.total_left, lane.demand


@compiled
def set_budget(lane: Lane, throttle: float, period_left: float, total_left: float) -> None:
    """Begin a period: what may be spent in it and in the run."""
    lane.throttle = throttle
    lane.period_left = period_left
    lane.total_left = total_left
    lane.demand = 0.0


@compiled
def set_throttle(lane: Lane, share: float) -> None:
    """Let this share of triggered sends pass from now on."""
    lane.throttle = share


@compiled
def tell_until(lane: Lane, time: float) -> None:
    """Let everybody who shares a profile know what was noted before `time`."""
    lane.told_until = time


@compiled
def take_friends(lane: Lane) -> NDArray[np.void]:
    """Those who were told since the last time."""
    told = lane.friends[: lane.friends_told].copy()
    lane.friends_told = 0
    return told


@dataclass
class LaneView:
    """A lane, and those of its arrays that only `admit` moves, for code that is not compiled."""

    lane: Lane
    recording: bool
    customers: int
    """rows in use of the arrays that have one for each customer"""
    fields: dict[str, NDArray[Any]]
    profiles: Profiles | None
    """of the organic customers"""

    def __getitem__(self, name: str) -> NDArray[Any]:
        """The array of that name; of those with a row for each customer, the rows in use."""
        rows = self.fields[name]
        return rows[: self.customers] if name in _BY_CUSTOMER else rows


def new_lane(
    program: Program,
    population: Population,
    *,
    recording: bool,
    watched: int | None = None,
    profiles: Profiles | None = None,
) -> LaneView:
    """The lane of a replication before anything has happened: everybody's arrival is pending."""
    customers, segments = len(population.segment), len(program.segments)
    touchpoints, transitions = len(program.touchpoints), len(program.transitions)
    days = int(np.ceil(program.horizon))
    drawn = program.drawn
    fields = {
        "key0": population.seed,
        "key1": population.replication,
        "recording": recording,
        "watching": watched is not None,
        "watched": np.uint64(watched or 0),
        "event_count": 0,
        **_rows(program, population, profiles),
        "covariates": np.empty(len(COVARIATES)),
        "drawn_customer": -1,
        "drawn_touchpoint": -1,
        "drawn_visit": -1,
        "round_keys": round_keys(population.seed, population.replication),
        "words": np.empty((4, drawn), np.uint64),
        "waits": np.empty(drawn),
        "log_waits": np.empty(drawn),
        "serving_kept": 0,
        "left_by": -1.0,
        "events": np.empty(customers * 16 if recording and watched is None else 1, EVENT),
        "events_kept": 0,
        "changes": np.empty(customers + 1, CHANGE),
        "changes_kept": 0,
        "friends": np.empty(1, FRIEND),
        "friends_told": 0,
        "touchpoint_sums": np.zeros((len(totals.TOUCHPOINT_SUMS), segments, touchpoints)),
        "touchpoint_counts": np.zeros((len(totals.TOUCHPOINT_COUNTS), segments, touchpoints), np.int64),
        "chosen": np.zeros((segments, transitions), np.int64),
        "chosen_delay": np.zeros((segments, transitions)),
        "channel_contacts": np.zeros((segments, len(program.channels)), np.int64),
        "channel_spent": np.zeros((segments, len(program.channels))),
        "survey_counts": np.zeros((len(totals.SURVEY_COUNTS), segments, len(program.surveys)), np.int64),
        "survey_sums": np.zeros((len(totals.SURVEY_SUMS), segments, len(program.surveys))),
        "desk_asked": np.zeros((segments, len(program.desks)), np.int64),
        "last_day": days - 1,
        "daily_conversions": np.zeros(days, np.int64),
        "daily_revenue": np.zeros(days),
        "daily_margin": np.zeros(days),
        "daily_contact_cost": np.zeros(days),
        **new_outreach(program, customers, profiles),
    }
    lane = _make(tuple(fields[name] for name in FIELDS))
    arrays = {name: array for name, array in fields.items() if isinstance(array, np.ndarray)}
    return LaneView(lane, recording, customers, arrays, profiles)


def admit(view: LaneView, program: Program, population: Population) -> None:
    """Give further customers, whose arrival is pending, rows in the lane."""
    first, count = view.customers, len(population.segment)
    rows = _rows(program, population, view.profiles)
    if first + count > len(view.fields["coming"]):
        room = max(first // 2, count) + 64
        for name in _BY_CUSTOMER:
            before = view.fields[name]
            after = np.zeros((len(before) + room if len(before) else 0, *before.shape[1:]), before.dtype)
            after[: len(before)] = before
            view.fields[name] = after
        view.fields["coming"][first:] = np.inf
        _put_rows(view.lane, tuple(view.fields[name] for name in _BY_CUSTOMER))
    for name, fresh in rows.items():
        if len(fresh) and name not in ("asking", "serving"):
            view.fields[name][first : first + count] = fresh
    view.customers += count


def _rows(program: Program, population: Population, profiles: Profiles | None) -> dict[str, NDArray[Any]]:
    """The arrays with a row for each customer, for customers whose arrival is pending."""
    customers = len(population.segment)
    return {
        "state": _before_arrival(program, population),
        "coming": population.arrival.copy(),
        "own_affinity": population.affinity,
        "profiles": _profiles(program, population, profiles),
        "visits": np.zeros((customers, len(program.touchpoints)), np.int32),
        "asking": np.empty(customers, np.int32),
        "serving": np.empty(customers if program.desks else 0, np.int32),
        **outreach_rows(program, population),
    }


_BY_CUSTOMER = ("state", "coming", "own_affinity", "profiles", "visits", "asking", "serving", *OUTREACH_ROWS)
_set_rows = setter(_BY_CUSTOMER)


@compiled
def _put_rows(lane: Lane, rows: tuple) -> None:  # type: ignore[type-arg]
    _set_rows(lane, rows)


def _profiles(program: Program, population: Population, profiles: Profiles | None) -> Profiles:
    """Everybody's profiles; who is bought or referred has those of the organic customer at the remainder (model 25)."""
    if not program.fields["identified"]:
        return np.zeros((0, len(program.channels)), np.int32)
    if profiles is None:
        raise ValueError("the scenario has identities: simulating it takes the profiles that resolution found")
    return profiles[(population.number % np.uint64(len(profiles))).astype(np.int64)]


def _before_arrival(program: Program, population: Population) -> NDArray[np.void]:
    state = np.empty(len(population.segment), STATE)
    state.view(np.uint8).reshape(len(state), -1)[:] = (
        _NOTHING_YET  # as bytes: by fields it would take ten times as long
    )
    trait = {name: population.traits[:, column] for column, name in enumerate(TRAITS)}
    for name in ("propensity", "price_sensitivity", "pace", "attrition"):
        state[name] = trait[name]
    with np.errstate(divide="ignore"):
        state["log_attrition"] = np.log(trait["attrition"])
    state["patience"] = trait["patience_minutes"] / population.plan.mean_patience
    state["due"] = state["arrival"] = population.arrival
    state["target"] = population.start
    state["segment"] = population.segment
    state["consent"] = population.consent
    state["number"] = population.number
    state["bought"] = population.bought
    state["profile"] = program.fields["known"]
    return state


def _nothing_yet() -> NDArray[np.uint8]:
    state = np.zeros(1, STATE)
    for name in ("touchpoint", "channel", "first_channel", "met"):
        state[name] = -1
    for name in ("acquired", "first_value", "first_completion", "exit", "last_event", "last_active"):
        state[name] = np.nan
    return state.view(np.uint8)


_NOTHING_YET = _nothing_yet()
"""The state of somebody of whom nothing is known, and to whom nothing has happened, byte by byte."""

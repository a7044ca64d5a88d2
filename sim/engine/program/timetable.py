"""The moments at which something happens to many customers at once (model 14)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.program.arrays import floats
from sim.engine.program.tables import Tables, make_tables


@dataclass(frozen=True)
class Change:
    """Other values of the tables, from a time on."""

    begin: float
    """days"""
    fields: Mapping[str, Any]
    """the fields of `Tables`"""

    @cached_property
    def tables(self) -> Tables:
        """The flat arrays that compiled code reads from then on."""
        return make_tables(**self.fields)


class Instant(NamedTuple):
    """What happens at a time, in this order."""

    time: float
    """days"""
    change: Change | None
    """other values from now on"""
    tick: int | None
    """the brand learns, and a period of the budget begins; the number of the tick"""
    planned: NDArray[np.int32] | None
    """rules whose sends are planned now"""

    @property
    def stops_all(self) -> bool:
        """Whether nobody may be brought beyond it before it has happened."""
        return self.change is not None or self.planned is not None


@dataclass(frozen=True)
class Timetable:
    """The shared instants of a run in order of time, and how far customers go between them."""

    instants: tuple[Instant, ...]
    decided: NDArray[np.float64]
    """(instants + 1,) the time of each, and the end (days)"""
    stops: NDArray[np.float64]
    """(instants + 1,) how far everybody may be brought before each has happened, and before the end (days)"""
    ticks: NDArray[np.int64]
    """(instants + 1,) the tick at the instant before each of those times; -1 without one"""
    following: tuple[int, ...]
    """after each instant, the number of the next one at which more happens than that the brand learns"""


def end_of(horizon: float) -> float:
    """The time before which everything happens: the first after the horizon, which belongs to the run."""
    return math.nextafter(horizon, math.inf)


def last_tick(time: float, tick: float, horizon: float) -> float:
    """The last tick at `time` or before, all in days; 0 where there is none."""
    number = int(min(time, horizon) / tick) + 1
    while number > 0 and (number * tick > time or number * tick >= horizon):
        number -= 1
    return number * tick


def refers(fields: Mapping[str, Any]) -> bool:
    """Whether anybody refers friends."""
    return bool((fields["refer_rate"] > 0).any())


def timetable(
    horizon: float, tick: float, fields: Mapping[str, Any], changes: Sequence[Change], *, exchanging: bool = False
) -> Timetable:
    """The timetable of a program with these fields of `Tables`, the same for all its replications; times in days.

    Where profiles are `exchanging` facts at ticks, nobody goes beyond one.
    """
    changed = {change.begin: change for change in changes}
    ticks = _ticks(horizon, tick) if fields["learns"] or fields["budgeted"] or exchanging else {}
    planned = _planned_times(horizon, fields)
    instants = tuple(
        Instant(time, changed.get(time), ticks.get(time), planned.get(time))
        for time in sorted({*changed, *ticks, *planned})
    )
    return Timetable(
        instants=instants,
        decided=floats([*(instant.time for instant in instants), end_of(horizon)]),
        stops=floats(_stops(instants, end_of(horizon), not exchanging and _runs_ahead(fields, changes))),
        ticks=np.array([-1, *(-1 if each.tick is None else each.tick for each in instants)], np.int64),
        following=_following(instants, fields, exchanging),
    )


def _runs_ahead(fields: Mapping[str, Any], changes: Sequence[Change]) -> bool:
    """Whether customers may be brought beyond a tick, as far as their next decision that hangs on it."""
    return all(each["runs_ahead"] for each in (fields, *(change.fields for change in changes)))


def _stops(instants: Sequence[Instant], end: float, runs_ahead: bool) -> list[float]:
    times = [end]
    for instant in reversed(instants):
        times.append(instant.time if instant.stops_all or not runs_ahead else times[-1])
    return times[::-1]


def _following(instants: Sequence[Instant], fields: Mapping[str, Any], exchanging: bool) -> tuple[int, ...]:
    """Where customers share nothing else, they go from tick to tick by themselves."""
    shared = fields["budgeted"] or len(fields["desk_service"]) or refers(fields) or exchanging
    alone = fields["learns"] and not shared
    after, following = [], len(instants)
    for number in reversed(range(len(instants))):
        after.append(following)
        if instants[number].stops_all or not alone:
            following = number
    return tuple(after[::-1])


def _ticks(horizon: float, tick: float) -> dict[float, int]:
    """The number of each tick, by its time."""
    count = int(horizon / tick) + 2
    return {time: number for number in range(count) if (time := number * tick) < horizon}


def _planned_times(horizon: float, fields: Mapping[str, Any]) -> dict[float, NDArray[np.int32]]:
    """The rules whose sends are planned together, by the time (days) at which they are."""
    rules_at: dict[float, list[int]] = {}
    for rule, begin, step in zip(fields["timed_rule"], fields["timed_begin"], fields["timed_step"], strict=True):
        if not fields["rule_planned"][rule]:
            continue
        count = int((horizon - begin) / step) + 2 if step > 0 else 1
        for number in range(count):
            time = float(begin + number * step)
            if 0 <= time <= horizon:
                rules_at.setdefault(time, []).append(int(rule))
    return {time: np.array(rules, np.int32) for time, rules in rules_at.items()}

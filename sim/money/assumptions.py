"""Which numbers the worth of an arm depends on most: with each a tenth lower and higher (model 39)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.experiment.planning import Plan
from sim.money.books import booked_run, ledgers_of
from sim.money.business_case import present_value, too_little
from sim.money.statement import cleared
from sim.outcomes.intervals import Interval, interval
from sim.outcomes.lines import PROFIT, line_of
from sim.scenario import Scenario, ScenarioError, Variant, override
from sim.scenario.addresses.address import joined, parts_of
from sim.scenario.addresses.values import addresses, set_at
from sim.scenario.declared import same_for_all_arms
from sim.scenario.opening.merging import differences
from sim.scenario.tables import tables_of
from sim.scenario.uncertain import fitted, takes_number

Floats = NDArray[np.float64]

STEP: Final = 0.1
MOST: Final = 5
"""Replications that are simulated at most: each number takes four times as long as an arm."""
MOST_NUMBERS: Final = 100
"""Numbers that are asked at most: two files as arms may differ in thousands."""
RATE: Final = "money.discount_rate"
_MONEY: Final = re.compile(
    r"money\.(discount_rate|setup|per_month|refund_rate|goods_back)|personalization\.cost"
    r"|touchpoints\.[^.]+\.goal\.(margin|value(\.(mean|median|value))?)|(channels|actions)\.[^.]+\.cost"
    r"|channels\.[^.]+\.acquisition\.(spend|cost_per_arrival)|desks\.[^.]+\.(cost_per_contact|cost_per_hour)"
)
_OF_A_FAMILY: Final = ("mean", "median", "value", "scale")
"""What of a distribution is the size of its values."""


class TooManyNumbersError(ValueError):
    """Two arms differ in too many numbers to change each of them in turn."""


@dataclass(frozen=True)
class Change:
    """A number changed, and by how much more the arm is worth then."""

    to: float
    worth: Interval


@dataclass(frozen=True)
class Assumption:
    """A number that the worth of an arm may depend on."""

    address: str
    own: bool
    """whether it is changed in the arm alone"""
    now: float
    lower: Change | None
    """None where it cannot be lower"""
    higher: Change | None

    @property
    def weight(self) -> float:
        """The larger of the two changes, whatever its sign."""
        return max((abs(each.worth.mean) for each in (self.lower, self.higher) if each is not None), default=0.0)


@dataclass(frozen=True)
class Asked:
    """A number that is asked."""

    address: str
    own: bool
    now: float

    def to(self, factor: float) -> float:
        """The number times a factor, as its address takes it."""
        return fitted(parts_of(self.address), self.now * factor)


def asked(base: Scenario, arm: Scenario, against: Scenario) -> list[Asked]:
    """The numbers that an arm sets or that the two differ in, then those about money and those that are uncertain."""
    own = dict.fromkeys(_differing(arm, against))
    shared = [address for address in addresses(against) if _MONEY.fullmatch(address) and _is_on(against, address)]
    found = [Asked(address, True, now) for address in own if (now := _number(arm, address)) is not None]
    for address in dict.fromkeys([*shared, *map(_told, base.uncertainty)]):
        if address not in own and (now := _number(against, address)) is not None:
            found.append(Asked(address, False, now))
    return [each for each in found if any(each.to(1 + sign * STEP) != each.now for sign in (-1, 1))]


def find_assumptions(
    plan: Plan, arm: Variant, against: Variant, stored: int, progress: Callable[[int, int, int], None] | None
) -> tuple[Assumption, ...]:
    """Each number that changes anything and what it changes, those first that change most.

    Simulates as many replications as are stored, at most 5, twice for each number. Raises TooManyNumbersError where
    these are more than 100.
    """
    numbers = asked(plan.scenario, arm.scenario, against.scenario)
    if len(numbers) > MOST_NUMBERS:
        raise TooManyNumbersError(
            f'"{arm.id}" may depend on {len(numbers):,} numbers, of which {sum(each.own for each in numbers):,} are '
            f"its own; each is changed in turn, at most {MOST_NUMBERS}: compare arms that differ in less"
        )
    few = replace(plan, variants=(against, arm), replications=min(stored, MOST))
    tell = _Told(progress, 1 + 2 * len(numbers), 2 * few.replications)
    rate = against.scenario.money.discount_rate
    before = _profits(few, tell)

    def changed(number: Asked, factor: float) -> Change | None:
        made = _changed(few, number, factor)
        if made is None:
            tell.skip()
            return None
        other, to = made
        if number.address == RATE and not number.own:
            tell.skip()
            return Change(to, _worth(before, before, rate, to))
        return Change(to, _worth(before, _profits(other, tell), rate, rate))

    found = [
        Assumption(each.address, each.own, each.now, changed(each, 1 - STEP), changed(each, 1 + STEP))
        for each in numbers
    ]
    return tuple(sorted((each for each in found if each.weight > 0), key=lambda each: -each.weight))


@dataclass(frozen=True)
class _Profits:
    """Differences of profit by day, and what of them is rounding."""

    more: Floats
    nothing: Floats


def _profits(plan: Plan, tell: _Told) -> _Profits:
    booked = ledgers_of(booked_run(plan, tell.part()))
    against, arm = (booked[each.id] for each in plan.variants)
    return _Profits(line_of(arm - against, PROFIT), too_little(arm, against))


def _worth(before: _Profits, after: _Profits, rate: float, rate_after: float) -> Interval:
    """How the net present value changes."""
    more = present_value(after.more, rate_after) - present_value(before.more, rate)
    return interval(cleared(more, np.maximum(before.nothing, after.nothing)).tolist())


def _changed(plan: Plan, number: Asked, factor: float) -> tuple[Plan, float] | None:
    """The plan with the number changed, and to what; None where that cannot be, or would change nothing."""
    for to in (number.to(factor), 1.0):
        if to == number.now or (to == 1.0 and not number.now < 1.0 < number.now * factor):
            continue
        try:
            return _with(plan, number, to), to
        except ScenarioError:
            continue
    return None


def _with(plan: Plan, number: Asked, to: float) -> Plan:
    against, arm = plan.variants
    changes = {number.address: to}

    def changed(variant: Variant) -> Variant:
        return replace(variant, scenario=override(variant.scenario, changes))

    if number.own:
        return replace(plan, variants=(against, changed(arm)))
    return replace(plan, scenario=override(plan.scenario, changes), variants=(changed(against), changed(arm)))


def _differing(arm: Scenario, against: Scenario) -> Iterator[str]:
    """The addresses of single values in which two scenarios differ."""
    for address, value in differences(tables_of(against), tables_of(arm)).items():
        if not same_for_all_arms(parts_of(address)[0]):
            yield from (joined(parts) for parts in _single(parts_of(address), value))


def _single(parts: tuple[str, ...], value: Any) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict) and "family" in value:
        yield from ((*parts, name) for name in _OF_A_FAMILY if name in value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _single((*parts, key), inner)
    else:
        yield parts


def _number(scenario: Scenario, address: str) -> float | None:
    """The number at an address, unless it is 0 or there is none."""
    value = set_at(scenario, address)
    if isinstance(value, bool) or not isinstance(value, int | float) or not value:
        return None
    return value if takes_number(parts_of(address)) else None


def _is_on(scenario: Scenario, address: str) -> bool:
    """Whether what the address is about is not switched off."""
    table, id_, *_ = (*parts_of(address), "")
    if table not in ("channels", "touchpoints", "actions", "desks"):
        return True
    return any(each.id == id_ and each.enabled for each in getattr(scenario, table))


def _told(address: str) -> str:
    return joined(parts_of(address))


class _Told:
    """Tells how far all the runs are together."""

    def __init__(self, progress: Callable[[int, int, int], None] | None, runs: int, each: int) -> None:
        self._progress, self._total, self._each = progress, runs * each, each
        self._before = self._events = 0

    def part(self) -> Callable[[int, int, int], None]:
        """How far one run is."""
        begun, events = self._before, self._events

        def tell(done: int, of: int, so_far: int) -> None:
            self._before, self._events = begun + done, events + so_far
            if self._progress is not None:
                self._progress(self._before, self._total, self._events)

        return tell

    def skip(self) -> None:
        """One run is not needed."""
        self._total -= self._each

"""Values that are not known for sure: where they stand, and what is wrong with how they are spread (model 21)."""

from collections.abc import Iterator, Sequence
from typing import Any

from sim.scenario.addresses.address import parts_of
from sim.scenario.addresses.changing import AddressError, destination
from sim.scenario.addresses.overriding import override
from sim.scenario.checks.medians import median
from sim.scenario.declared import same_for_all_arms
from sim.scenario.findings import Fault, ScenarioError
from sim.scenario.scenario import Scenario
from sim.scenario.shape import Shape, fields, is_distribution, shapes, shapes_of
from sim.scenario.tables import tables_of


def check_uncertain(scenario: Scenario) -> Iterator[Fault]:
    """Uncertain values at addresses that lead nowhere, or where the middle of their distribution cannot stand."""
    if not scenario.uncertainty:
        return
    tables = tables_of(scenario)
    for address, distribution in scenario.uncertainty.items():
        key_path = ("uncertainty", address)
        try:
            destination(tables, address, 0)
        except AddressError as error:
            yield Fault(key_path, error.problem, error.remedy)
            continue
        parts = parts_of(address)
        if same_for_all_arms(parts[0]):
            yield Fault(key_path, "this has no effect on what is simulated", "leave it out")
            continue
        if not takes_number(parts):
            yield Fault(
                key_path, "this is no number", "give the address of a single number, such as channels.ID.open_rate"
            )
            continue
        middle = fitted(parts, median(distribution))
        try:
            override(scenario, {address: middle})
        except ScenarioError as error:
            first = error.findings[0]
            problem = f"half of its values lie below {middle:g}, which is impossible: {first.problem}"
            yield Fault(key_path, problem, first.remedy or "choose a distribution around the value itself")


def fitted(parts: Sequence[str], value: float) -> float | int:
    """The value as the address takes it: rounded where that is a whole number."""
    return round(value) if _kinds(parts) == {int} else value


def takes_number(parts: Sequence[str]) -> bool:
    """Whether a number may stand at the address."""
    return bool(_kinds(parts) & {int, float})


def _kinds(parts: Sequence[str]) -> set[type]:
    """The types of plain values that may stand at the address."""
    options: tuple[Shape, ...] = (Shape(model=Scenario),)
    for part in parts:
        options = tuple(inner for option in options for inner in _step(option, part))
    kinds = {option.plain for option in options if option.plain in (int, float)}
    if is_distribution(options) or any(option.plain is Any for option in options):  # any: what a phase sets
        kinds.add(float)
    return kinds


def _step(option: Shape, part: str) -> tuple[Shape, ...]:
    """What may stand one step further on the way."""
    if option.model is not None:
        field = fields(option.model).get(part)
        return shapes_of(field) if field is not None else ()
    if option.items:
        return shapes(option.items[0])
    return shapes(option.entries) if option.entries is not None else ()

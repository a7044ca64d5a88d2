"""Looking up the values of a scenario by their addresses."""

from collections.abc import Iterator
from typing import Any

from sim.scenario.addresses.address import joined, parts_of, position_of
from sim.scenario.addresses.changing import AddressError, change
from sim.scenario.channels_and_desks import Channel
from sim.scenario.distributions import FixedOrNumber
from sim.scenario.findings import Finding, ScenarioError
from sim.scenario.identity import left_on
from sim.scenario.journey import DEFAULT_COEFFICIENTS, Coefficients, Touchpoint
from sim.scenario.model import Part
from sim.scenario.resolve import channel_shares
from sim.scenario.said import said_of
from sim.scenario.scenario import Scenario
from sim.scenario.shape import attribute, fields
from sim.scenario.tables import tables_of, written


def get(scenario: Scenario, address: str) -> Any:
    """The value at an address as a file would write it, with defaults filled in; None where nothing is set.

    ScenarioError says what is wrong with the address.
    """
    try:
        parts = parts_of(address)
    except ValueError:
        _check(scenario, address)
        raise
    value = _at(scenario, parts)
    if value is None or parts[-1] in ("mean", "sd"):  # perhaps not an address at all
        _check(scenario, address)
    return written(value)


def set_at(scenario: Scenario, address: str) -> Any:
    """The same without a check of the address, which is one: None too where the scenario has no such thing."""
    return written(_at(scenario, parts_of(address)))


def addresses(scenario: Scenario) -> Iterator[str]:
    """The address of every single value, given or default, in the order of the model; unset tables as a whole."""
    yield from (joined(parts) for parts in _addresses(scenario, ()))


def _check(scenario: Scenario, address: str) -> None:
    """ScenarioError if the address leads nowhere."""
    try:
        change(tables_of(scenario), address, 0)
    except AddressError as error:
        remedy = error.remedy
        ending = [other for other in addresses(scenario) if other.endswith(f".{address}")]
        if len(ending) == 1:
            remedy = f"did you mean {ending[0]}?"
        raise ScenarioError([Finding(None, None, address, error.problem, remedy)]) from None


def _at(scenario: Scenario, parts: tuple[str, ...]) -> Any:
    value: Any = scenario
    for at in range(len(parts)):
        value = _inside(scenario, value, parts, at)
    return value


def _inside(scenario: Scenario, value: Any, parts: tuple[str, ...], at: int) -> Any:
    """What stands at this part of the address; None where nothing is set."""
    part, further = parts[at], at + 1 < len(parts)
    if isinstance(value, Touchpoint) and part == "channels" and further and not isinstance(value.channels, dict):
        return channel_shares(scenario, value)
    if isinstance(value, Channel) and part == "identifiers" and further:
        return left_on(value.kind, value.identifiers)
    if isinstance(value, Part) and further and (left_out := _left_out(type(value), part)) is not None:
        every = {channel.id: float(left_out) for channel in scenario.channels}
        return every | (getattr(value, attribute(type(value), part)) or {})
    if isinstance(value, Coefficients) and getattr(value, part, 0) is None:
        return DEFAULT_COEFFICIENTS[parts[at - 1]][part]
    if isinstance(value, FixedOrNumber) and part in ("mean", "sd"):
        return value.value if part == "mean" else 0.0
    if isinstance(value, Part):
        return getattr(value, attribute(type(value), part)) if part in fields(type(value)) else None
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, tuple | list):
        position = position_of([written(item) for item in value], part)
        return None if position is None else value[position]
    return None


def _left_out(model: type[Part], key: str) -> float | None:
    """What holds for a channel that the table at a key leaves out; None where that has no answer."""
    said = said_of(model, key) if key in fields(model) else None
    return said.left_out if said is not None and said.refers_to == "channels" else None


def _addresses(value: Any, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, Part) and not isinstance(value, FixedOrNumber):
        for key in fields(type(value)):
            if parts or key != "format":
                yield from _addresses(getattr(value, attribute(type(value), key)), (*parts, key))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _addresses(inner, (*parts, key))
    elif isinstance(value, tuple) and all(isinstance(item, Part) for item in value):
        for number, item in enumerate(value, start=1):
            label = getattr(item, "key", None) or getattr(item, "id", None) or str(number)
            yield from _addresses(item, (*parts, label))
    else:
        yield parts

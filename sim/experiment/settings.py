"""What tells a run from others of its scenario: the values that its arms set, and those that it was given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sim.scenario import Scenario, Variant
from sim.scenario.addresses.address import joined, parts_of
from sim.scenario.addresses.values import set_at
from sim.scenario.declared import same_for_all_arms
from sim.scenario.opening.merging import differences
from sim.scenario.tables import tables_of

Values = Mapping[str, Mapping[str, Any]]
"""By arm, then address: the value under that arm, as a file would write it."""

MOST: Final = 100_000
"""Values that are told of all arms; of more, each arm tells those that it sets itself."""


@dataclass(frozen=True)
class Settings:
    """What a run is set to; `values` says it, which takes a moment."""

    base: Scenario
    """before the run's own values are set in it"""
    variants: tuple[Variant, ...] = ()
    """the arms, likewise"""
    own: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)
    """by arm, the addresses that it sets; None of one that is a scenario of its own"""
    changed: tuple[str, ...] = ()
    """addresses that were changed in the scenario for the run"""
    given: Mapping[str, Any] = field(default_factory=dict)
    """values by address that go before those of all arms"""

    def values(self) -> Values:
        """The values under each arm, at each address that some arm sets or that the run was given."""
        of_run = [address for address in map(_told, self.changed) if address not in self.given]
        of_arms = {arm.id: [*map(_told, self._set_by(arm))] for arm in self.variants}
        every = dict.fromkeys([*of_run, *(address for addresses in of_arms.values() for address in addresses)])
        for_all = len(every) * len(self.variants) <= MOST
        return {
            arm.id: {
                address: set_at(arm.scenario, address)
                for address in (every if for_all else dict.fromkeys([*of_run, *of_arms[arm.id]]))
                if address not in self.given
            }
            | dict(self.given)
            for arm in self.variants
        }

    def _set_by(self, arm: Variant) -> Iterator[str]:
        """The addresses that the arm sets, or those of single values in which it differs."""
        own = self.own.get(arm.id, ())
        if own is not None:
            yield from own
            return
        for address, value in differences(tables_of(self.base), tables_of(arm.scenario)).items():
            if not same_for_all_arms(parts_of(address)[0]):
                yield from (joined(parts) for parts in _single(parts_of(address), value))


def _single(parts: tuple[str, ...], value: Any) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict) and value and "family" not in value:
        for key, inner in value.items():
            yield from _single((*parts, key), inner)
    else:
        yield parts


def _told(address: str) -> str:
    """The address, spelled as all are."""
    return joined(parts_of(address))

"""Input uncertainty: what is not known for sure, drawn for each replication, the same for all arms (model 21)."""

from collections.abc import Mapping
from typing import Any, Final

from sim.draws import sites
from sim.scenario import Scenario, ScenarioError, override
from sim.scenario.addresses.address import parts_of
from sim.scenario.addresses.changing import AddressError, destination
from sim.scenario.tables import Tables, tables_of, value_at
from sim.scenario.uncertain import fitted

_MOST_TRIES: Final = 100
_NOBODY: Final = 0
"""Stands for the customer in draws that are nobody's own."""


class Uncertain:
    """An arm's uncertain values, and how they are drawn."""

    def __init__(self, scenario: Scenario, base: Scenario) -> None:
        """Of an arm and the base scenario, which says what is uncertain."""
        from sim.draws.distributions import DistributionRows

        self.scenario, self.base = scenario, base
        self._parts = {address: parts_of(address) for address in base.uncertainty}
        collected = DistributionRows()
        self._rows = {address: collected.add(spread) for address, spread in base.uncertainty.items()}
        self._arrays = collected.arrays()
        arm, before = tables_of(scenario), tables_of(base)
        self._own = {address for address in base.uncertainty if _at(arm, address) != _at(before, address)}
        """what the arm itself decides: there its own value stands"""

    def drawn(self, seed: int, replication: int) -> tuple[Scenario, Scenario]:
        """The arm's and the base scenario with the values of this replication.

        Values that together cannot be, such as a share above 1, are drawn again, so that each distribution is cut off
        at what its value can be. Raises ScenarioError where that never ends.
        """
        for attempt in range(_MOST_TRIES):
            values = self.values(seed, replication, attempt)
            try:
                base = override(self.base, values)
            except ScenarioError as error:
                last = error
                continue
            return override(self.scenario, {at: value for at, value in values.items() if at not in self._own}), base
        last.add_note(
            f"this came of the last of {_MOST_TRIES} draws of the values in [uncertainty], none of which can be"
        )
        raise last

    def values(self, seed: int, replication: int, attempt: int) -> Mapping[str, float | int]:
        """What the `attempt`-th draw (from 0) for a replication gives, by address."""
        from sim.draws.distributions import sample
        from sim.draws.philox import block

        values = {}
        for address, row in self._rows.items():
            at = sites.site(f"uncertainty:{address}")
            _, w1, w2, w3 = block(_NOBODY, at, sites.UNCERTAINTY, attempt, seed, replication)
            values[address] = fitted(self._parts[address], float(sample(*self._arrays, row, w1, w2, w3)))
        return values


def _at(tables: Tables, address: str) -> Any:
    """The value at an address; None where there is none."""
    try:
        return value_at(tables, destination(tables, address, 0)[0])
    except (AddressError, LookupError):
        return None

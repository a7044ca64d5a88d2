"""What tells a run from others of its scenario: the values that its arms set, and those that it was given."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sim.scenario import Scenario, ScenarioError, Variant, get
from sim.scenario.addresses import joined, parts_of

Settings = Mapping[str, Mapping[str, Any]]
"""By arm, then address: the value under that arm, as a file would write it."""

MOST: Final = 100_000
"""Values that are told of all arms; of more, each arm tells those that it sets itself."""


def settings(
    variants: Sequence[Variant],
    own: Mapping[str, Collection[str]],
    changed: Collection[str],
    given: Mapping[str, Any],
) -> Settings:
    """The values under each arm, at each address that some arm sets or that the run was given.

    `variants` are the arms before the run's own values are set in them, `own` the addresses that each sets. `changed`
    are addresses that the caller has changed in the scenario, `given` values that go before those of all arms.
    """
    of_run = [address for address in map(_told, changed) if address not in given]
    of_arms = {arm: [_told(address) for address in addresses] for arm, addresses in own.items()}
    every = dict.fromkeys([*of_run, *(address for addresses in of_arms.values() for address in addresses)])
    for_all = len(every) * len(variants) <= MOST
    return {
        arm.id: {
            address: _value(arm.scenario, address)
            for address in (every if for_all else dict.fromkeys([*of_run, *of_arms.get(arm.id, ())]))
            if address not in given
        }
        | dict(given)
        for arm in variants
    }


def _told(address: str) -> str:
    """The address, spelled as all are."""
    return joined(parts_of(address))


def _value(scenario: Scenario, address: str) -> Any:
    """The value; None where the arm has no such thing, or nothing is set there."""
    try:
        return get(scenario, address)
    except ScenarioError:
        return None

"""A scenario with some values changed, each by its address."""

import tomllib
from collections.abc import Mapping
from typing import Any

from sim.scenario.addresses.address import address_of
from sim.scenario.addresses.changing import AddressError, change
from sim.scenario.checks import check
from sim.scenario.findings import Fault, Finding, Rest, ScenarioError, not_worded
from sim.scenario.opening.structure import structured
from sim.scenario.scenario import Scenario
from sim.scenario.tables import Tables, tables_of


def override(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with each address in `changes` set to its value; None goes back to the default.

    ScenarioError holds everything that is wrong with an address, a value or the changed scenario. A touchpoint that
    can no longer be reached is allowed.
    """
    tables = tables_of(scenario)
    findings = apply(tables, changes)
    if findings:
        raise ScenarioError(findings)
    changed = structured(tables)
    if isinstance(changed, Scenario):
        faults = [fault for fault in check(changed, changed=True) if fault.level == "error"]
    else:
        faults = changed
    if faults or not isinstance(changed, Scenario):
        worded = (unplaced(fault, tables) for fault in faults if not isinstance(fault, Rest))
        raise ScenarioError(worded, not_worded(faults))
    return changed


def apply(tables: Tables, changes: Mapping[str, Any]) -> list[Finding]:
    """Set each value in the tables; what comes back is wrong with the addresses."""
    findings = []
    for address, value in changes.items():
        try:
            change(tables, address, written_out(value))
        except AddressError as error:
            findings.append(Finding(None, None, address, error.problem, error.remedy))
    return findings


def written_out(value: Any) -> Any:
    """A value from Python as a file would hold it: lists instead of tuples."""
    if isinstance(value, list | tuple):
        return [written_out(inner) for inner in value]
    if isinstance(value, dict):
        return {key: written_out(inner) for key, inner in value.items()}
    return value


def unplaced(fault: Fault, tables: Tables) -> Finding:
    """The finding for a fault in tables that come from no file."""
    return Finding(None, None, address_of(tables, fault.key_path), fault.problem, fault.remedy, fault.level)


def parse_value(text: str) -> Any:
    """The value that a text on the command line means: a TOML value, or else the text itself (`omni` is `"omni"`)."""
    try:
        tables = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return text
    return tables["value"] if list(tables) == ["value"] else text

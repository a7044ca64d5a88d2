"""What a scenario's text says, as far as it can be read."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.scenario import Finding, ScenarioError, ScenarioFile, open_scenario, parse
from sim.scenario.addresses.address import joined
from sim.scenario.addresses.changing import AddressError, change
from sim.scenario.opening.files import read_document
from sim.scenario.toml.text import shared_tables

Tables = dict[str, Any]


@dataclass(frozen=True)
class TextReading:
    """A text and what is wrong with it."""

    tables: Tables
    """what the text says, with the files that it extends; empty where it is no TOML"""
    file: ScenarioFile | None
    """the scenario; None where something is wrong with it"""
    findings: tuple[Finding, ...]
    """what is wrong or doubtful, in the order of the file"""

    @property
    def errors(self) -> int:
        """How many findings keep it from being run."""
        return sum(finding.level == "error" for finding in self.findings)


def tables_in(text: str, path: Path | None) -> Tables:
    """The tables of a text, for showing it at once; empty where it is no TOML."""
    try:
        own = shared_tables(text, None)
        return read_document(path, text).tables if path is not None and _extends(own) else own
    except ScenarioError:
        return {}


def read(text: str, path: Path | None) -> TextReading:
    """Everything that a text says; with `path`, as the text of that file."""
    tables = tables_in(text, path)
    try:
        file = open_scenario(path, text) if path is not None else parse(text, name="")
    except ScenarioError as error:
        return TextReading(tables, None, error.findings)
    return TextReading(tables, file, file.warnings)


def arms_in(tables: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The arms of a scenario's tables that have an id."""
    experiment = tables.get("experiment")
    arms = experiment.get("arms") if isinstance(experiment, Mapping) else None
    listed = arms if isinstance(arms, list) else []
    return [arm for arm in listed if isinstance(arm, Mapping) and isinstance(arm.get("id"), str)]


def overrides_in(tables: Mapping[str, Any], arm: str) -> dict[str, Any]:
    """What an arm sets, by address."""
    for each in arms_in(tables):
        if each["id"] == arm and isinstance(each.get("set"), Mapping):
            return dict(each["set"])
    return {}


def under_arm(tables: Tables, arm: str) -> Tables:
    """The tables as an arm has them; what does not fit is left as it is, findings tell of it."""
    overrides = overrides_in(tables, arm)
    if not overrides:
        return tables
    changed = copy.deepcopy(tables)
    for address, value in overrides.items():
        try:
            change(changed, address, copy.deepcopy(value))
        except (AddressError, ValueError, TypeError, KeyError, AttributeError):
            continue
    return changed


def override_address(arm: str, address: str) -> str:
    """Where the value that an arm sets for an address stands."""
    return joined(("experiment", "arms", arm, "set", address))


def _extends(tables: Mapping[str, Any]) -> bool:
    return "extends" in tables or any("extends" in arm for arm in arms_in(tables))

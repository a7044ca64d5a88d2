"""What a scenario says: models, TOML in and out, findings, addresses and arms."""

from sim.scenario.addresses.overriding import override, parse_value
from sim.scenario.addresses.values import addresses, get
from sim.scenario.arms import Variant, variants
from sim.scenario.checks.fitted import beyond_log
from sim.scenario.experiment import Arm
from sim.scenario.findings import Finding, ScenarioError
from sim.scenario.opening.opening import load, open_scenario, parse, parse_changed, under_arm
from sim.scenario.opening.scenario_file import ScenarioFile
from sim.scenario.scenario import Scenario
from sim.scenario.tables import tables_of
from sim.scenario.toml.writing import edit, new_text

__all__ = [
    "Arm",
    "Finding",
    "Scenario",
    "ScenarioError",
    "ScenarioFile",
    "Variant",
    "addresses",
    "beyond_log",
    "edit",
    "get",
    "load",
    "new_text",
    "open_scenario",
    "override",
    "parse",
    "parse_changed",
    "parse_value",
    "tables_of",
    "under_arm",
    "variants",
]

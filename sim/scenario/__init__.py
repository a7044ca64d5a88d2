"""What a scenario says: models, TOML in and out, findings, addresses and arms."""

from sim.scenario.findings import Finding, ScenarioError
from sim.scenario.scenario import Scenario

__all__ = ["Finding", "Scenario", "ScenarioError"]

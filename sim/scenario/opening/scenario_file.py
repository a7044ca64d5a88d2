"""A scenario with the text it was read from."""

from dataclasses import dataclass, field
from pathlib import Path

from sim.scenario.addresses.address import parts_of, position_of
from sim.scenario.findings import Finding, KeyPath
from sim.scenario.opening.sources import Sources
from sim.scenario.scenario import Scenario
from sim.scenario.tables import Tables


@dataclass(frozen=True, repr=False)
class ScenarioFile:
    """A scenario that was read, and where each of its values stands."""

    path: Path | None
    """the file; None for a text that came from elsewhere"""
    text: str
    """the text that is stored and hashed: as read, or with everything it extends put together"""
    scenario: Scenario
    warnings: tuple[Finding, ...]
    """what is doubtful, in the order of the file"""
    tables: Tables = field(repr=False, compare=False)
    """what the text says"""
    sources: Sources = field(repr=False, compare=False)
    """the files as they were read, the most specific first"""

    def __repr__(self) -> str:
        """Where it is from, and what it says."""
        return f"<ScenarioFile {self.path or 'without a file'}: {self.scenario!r}>"

    def where(self, address: str) -> tuple[str | None, int | None]:
        """File and line of an address, or of the nearest table around it."""
        key_path: list[str | int] = []
        value: object = self.tables
        for part in parts_of(address):
            if isinstance(value, list):
                position = position_of(value, part)
                if position is None:
                    break
                key_path.append(position)
                value = value[position]
            elif isinstance(value, dict) and part in value:
                key_path.append(part)
                value = value[part]
            else:
                break
        steps: KeyPath = tuple(key_path)
        return self.sources.locate(self.tables, steps)

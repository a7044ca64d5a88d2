"""The files a scenario was read from, and where in them a value stands."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.scenario.addresses.address import label_of, position_of
from sim.scenario.findings import KeyPath
from sim.scenario.opening.error_locations import inside
from sim.scenario.toml.scanning import scanned


@dataclass(frozen=True)
class Source:
    """One TOML text that was read."""

    name: str
    """the file as the user named it"""
    text: str
    tables: dict[str, Any]

    @cached_property
    def lines(self) -> dict[KeyPath, int]:
        """The line of each key path."""
        return scanned(self.text).lines

    def line(self, key_path: KeyPath) -> int | None:
        """The line of a key path of this source, or of the nearest table around it; None for the whole file."""
        for length in range(len(key_path), 0, -1):
            if key_path[:length] in self.lines:
                return self.lines[key_path[:length]]
        return None


@dataclass(frozen=True)
class Sources:
    """A file and those it extends, the most specific first."""

    files: tuple[Source, ...]

    def locate(self, tables: dict[str, Any], key_path: KeyPath) -> tuple[str | None, int | None]:
        """File and line of a key path in the merged tables: where most of the way to it exists."""
        if not self.files:
            return None, None
        if len(self.files) == 1:
            return self.files[0].name, self.files[0].line(key_path)
        own = [_own_key_path(source.tables, tables, key_path) for source in self.files]
        best = max(range(len(own)), key=lambda number: (len(own[number]), -number))
        return self.files[best].name, self.files[best].line(own[best])


def _own_key_path(own: Any, merged: Any, key_path: KeyPath) -> KeyPath:
    """As much of a key path of the merged tables as there is in one source, in that source's positions."""
    steps: list[str | int] = []
    for step in key_path:
        inner = inside(merged, step)
        if isinstance(step, int) and isinstance(own, list):
            label = label_of(inner)
            position = position_of(own, label) if label is not None else step
            if position is None or position >= len(own):
                break
            steps.append(position)
            own = own[position]
        elif isinstance(own, dict) and step in own:
            steps.append(step)
            own = own[step]
        else:
            break
        merged = inner
    return tuple(steps)

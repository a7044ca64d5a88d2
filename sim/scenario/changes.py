"""What changes values for a part of the run: phases, seasons and shocks (model 15, 37)."""

from collections.abc import Iterator
from typing import Final

from sim.scenario.orchestration import Phase, Season, Shock
from sim.scenario.scenario import Scenario

Changing = Phase | Season | Shock
CHANGING: Final = ("shocks", "seasons", "phases")
"""Their lists in a file; what stands first here goes before the others."""


def changes_of(scenario: Scenario) -> Iterator[tuple[str, int, Changing]]:
    """All of a scenario, the disabled ones too, each with its list and its number in it."""
    for kind in CHANGING:
        for number, item in enumerate(getattr(scenario, kind)):
            yield kind, number, item

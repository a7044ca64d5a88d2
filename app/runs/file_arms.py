"""Several scenarios as the arms of one run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario import ScenarioFile, Variant


def files_as_arms(names: Sequence[str], files: Sequence[ScenarioFile]) -> list[Variant]:
    """An arm for each file, called as its scenario is, or as the file where two scenarios are called the same."""
    from sim.scenario import Variant

    ids = [file.scenario.id for file in files]
    labels = [file.scenario.name or file.scenario.id for file in files]
    return [
        Variant(
            _distinct(ids, number),
            labels[number] if labels.count(labels[number]) == 1 else names[number],
            files[number].scenario,
        )
        for number in range(len(files))
    ]


def _distinct(ids: Sequence[str], number: int) -> str:
    count = ids[: number + 1].count(ids[number])
    return ids[number] if count == 1 else f"{ids[number]}-{count}"

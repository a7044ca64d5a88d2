"""What the window shows of a small experiment: curves and differences, worked out beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.processes.live.messages import Answer
from app.processes.live.plan import BASELINE, NOW, LivePlan
from sim.experiment import EngineFacts, Results
from sim.outcomes import ALL, DEFINITIONS, Measured, Replication
from sim.outcomes.bands import Band, band, band_of_differences
from sim.scenario import Variant

CURVES: Final = ("retention", "conversion")
DIFFERENCE: Final = "difference"
"""Stands for an arm among the bands."""


@dataclass
class Reference:
    """The baseline's replications, by number."""

    measured: dict[int, Measured] = field(default_factory=dict)
    bands: dict[tuple[tuple[int, ...], str], Band] = field(default_factory=dict)
    """curves over these replications, by name"""


def answer(
    number: int, live: LivePlan, reference: Reference, measured: Mapping[int, Measured], seconds: float
) -> Answer:
    """The answer from the replications that both arms have by now, in the order of their numbers."""
    plan = live.plan
    numbers = tuple(sorted(one for one in measured if one in reference.measured))
    pairs = [(reference.measured[one], measured[one]) for one in numbers]
    told = [id_ for id_, outcome in DEFINITIONS.items() if outcome.is_live(fewer=live.fewer)]
    results = Results(
        plan.scenario,
        plan.scenario_hash,
        tuple(Variant(arm.id, arm.name, plan.scenario) for arm in plan.variants),
        tuple(
            Replication(one, (_slim(pair[0], told), _slim(pair[1], told)), {})
            for one, pair in zip(numbers, pairs, strict=True)
        ),
        EngineFacts(sum(arm.events for pair in pairs for arm in pair), seconds, 1),
    )
    return Answer(
        number=number,
        results=results,
        comparison=results.compare(NOW),
        bands=_bands(reference, numbers, pairs),
        seconds=seconds,
        whole=len(numbers) == plan.replications,
        fewer=live.fewer,
        scale_note=live.scale_note,
    )


def _slim(measured: Measured, told: Sequence[str]) -> Measured:
    """The chief outcomes of all customers: what differences and sentences are made of."""
    outcomes = measured.outcomes[ALL]
    sums = measured.sums.get(ALL, {})
    chief = {outcome: outcomes[outcome] for outcome in told if outcome in outcomes}
    return replace(
        measured,
        outcomes={ALL: chief},
        sums={ALL: {outcome: sums[outcome] for outcome in told if outcome in sums}},
        groups={},
        group_sums={},
        absent={},
        curves={},
        touchpoints={},
        transitions={},
        channels={},
        stages={},
        actions={},
    )


def _bands(
    reference: Reference, numbers: tuple[int, ...], pairs: list[tuple[Measured, Measured]]
) -> dict[tuple[str, str], Band]:
    """Curves of both arms and of their difference, as far as replications have them."""
    bands: dict[tuple[str, str], Band] = {}
    before, after = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    for name in CURVES:
        kept = (numbers, name)
        if kept not in reference.bands and (first := band(before, name)) is not None:
            reference.bands[kept] = first
        told = {
            BASELINE: reference.bands.get(kept),
            NOW: band(after, name),
            DIFFERENCE: band_of_differences(after, before, name),
        }
        bands |= {(arm, name): each for arm, each in told.items() if each is not None}
    return bands

"""Spillover: what orchestrating some customers does to those whom the brand leaves alone (model 20)."""

from typing import Final

from sim.experiment.comparison import Comparison
from sim.experiment.evidence import Evidence
from sim.experiment.sentence import headline
from sim.outcomes import DEFINITIONS
from sim.outcomes.records import HOLDOUT
from sim.scenario.resolve import enabled_touchpoints
from sim.scenario.scenario import Scenario

_BRAND: Final = {"id", "name", "about", "orchestration", "actions", "rules", "broadcasts", "personalization", "scores"}
_APART: Final = _BRAND | {"experiment", "fitted", "layout", "annotations"}
"""What may differ between an arm and the one in which nobody orchestrates."""


def spillovers(results: Evidence) -> tuple[Comparison, ...]:
    """The holdout of each orchestrated arm against the same customers in an arm that is the same but for the brand."""
    comparisons = []
    silent = [variant for variant in results.variants if variant.scenario.orchestration.policy == "none"]
    for variant in results.variants:
        orchestration = variant.scenario.orchestration
        if orchestration.policy == "none" or not orchestration.holdout:
            continue
        for other in silent:
            if other.scenario.orchestration.holdout == orchestration.holdout and _alike(
                variant.scenario, other.scenario
            ):
                comparisons.append(results.compare(variant.id, other.id, HOLDOUT))
                break
    return tuple(comparisons)


def spillover_notes(results: Evidence) -> list[str]:
    """What to say of spillover: how much there is, or how to see it where there may be some."""
    told = spillovers(results)
    said = [note for comparison in told if (note := _note(results, comparison))]
    seen = {comparison.arm for comparison in told}
    for variant in results.variants:
        orchestration = variant.scenario.orchestration
        sharing = shared(variant.scenario)
        if variant.id not in seen and sharing and orchestration.holdout and orchestration.policy != "none":
            said.append(
                f'Customers share {sharing}, so the holdout of "{variant.name}" feels what is done to the others; add '
                'an arm with orchestration.policy = "none" to see how much.'
            )
    return said


def shared(scenario: Scenario) -> str:
    """What customers share through which the holdout feels what is done to others, in words; empty for nothing."""
    desks = {desk.id for desk in scenario.desks if desk.enabled}
    queue = any(touchpoint.desk in desks for touchpoint in enabled_touchpoints(scenario))
    friends = scenario.referrals is not None and scenario.referrals.rate > 0
    return " and ".join([*(["desks"] if queue else []), *(["friends"] if friends else [])])


def _alike(scenario: Scenario, other: Scenario) -> bool:
    return scenario.model_dump(exclude=_APART) == other.model_dump(exclude=_APART)


def _note(results: Evidence, comparison: Comparison) -> str | None:
    difference = headline(comparison.differences)
    if difference is None:
        return None
    arm, other = f'"{results.name(comparison.arm)}"', f'"{results.name(comparison.against)}"'
    if not any(each.interval.mean or each.interval.sd for each in comparison.differences.values()):
        return f"No spillover: the holdout under {arm} does exactly what the same customers do under {other}."
    outcome = DEFINITIONS[difference.outcome]
    shown = [outcome.shown_difference(value) for value in (difference.interval.lo, difference.interval.hi)]
    spread = f" [{shown[0]}, {shown[1]}]" if difference.interval.lo is not None else ""
    mean = outcome.shown_difference(difference.interval.mean)
    return (
        f"Spillover on the holdout under {arm}, against the same customers under {other}: {outcome.label.lower()} "
        f"{mean}{spread}."
    )

"""Going on until an outcome is known well enough."""

from collections.abc import Sequence
from typing import Final

from sim.outcomes import ALL, DEFINITIONS, Replication
from sim.outcomes.collecting import collected
from sim.outcomes.needs import NEEDS, can
from sim.outcomes.samples import level
from sim.scenario import Finding, Scenario, ScenarioError
from sim.scenario.did_you_mean import did_you_mean
from sim.scenario.experiment import Precision

CHECK_EVERY: Final = 10
"""The half width is looked at after each so many replications, so that any number of workers stops at the same one."""
MOST: Final = 10_000
"""Replications after which the search for precision ends."""

_ADDRESS: Final = "experiment.precision.outcome"


def check(precision: Precision, scenarios: Sequence[Scenario]) -> None:
    """Raise ScenarioError unless all scenarios can have the outcome whose precision is asked for."""
    measured = {id_: outcome for id_, outcome in DEFINITIONS.items() if outcome.in_each_arm}
    if precision.outcome not in measured:
        problem = f'"{precision.outcome}" is not an outcome of every arm'
        raise ScenarioError(
            [Finding(None, None, _ADDRESS, problem, did_you_mean(precision.outcome, measured, "outcomes"))]
        )
    outcome = measured[precision.outcome]
    for scenario in scenarios:
        missing = [NEEDS[need].phrase for need in outcome.needs if not can(need, scenario)]
        if missing:
            problem = f'"{outcome.id}" needs {" and ".join(missing)}, which the scenario does not have'
            raise ScenarioError([Finding(None, None, _ADDRESS, problem, "name another outcome")])


def half_width(outcome: str, arm: int, replications: Sequence[Replication]) -> float | None:
    """Half the width of the outcome's 95 % interval in an arm; None where fewer than two replications tell it."""
    sample = collected([replication.arms[arm] for replication in replications], ALL, only=(outcome,)).get(outcome)
    told = level(outcome, sample) if sample else None
    return told.half_width if told else None


def settled(precision: Precision, replications: Sequence[Replication]) -> bool:
    """Whether every arm is known well enough, or an arm lacks the outcome so that more replications would not help."""
    widths = [half_width(precision.outcome, arm, replications) for arm in range(len(replications[0].arms))]
    return any(width is None for width in widths) or all(
        width is not None and width <= precision.half_width for width in widths
    )


def note(precision: Precision, replications: Sequence[Replication]) -> str:
    """How the search for precision ended, in a sentence."""
    label = DEFINITIONS[precision.outcome].label
    count = f"{len(replications):,} replications"
    widths = [half_width(precision.outcome, arm, replications) for arm in range(len(replications[0].arms))]
    known = [width for width in widths if width is not None]
    if len(known) < len(widths):
        return f"{label} has no value in one of the arms after {count}, so its precision was not pursued further."
    if max(known) <= precision.half_width:
        return f"{label} is known to ±{max(known):.3g} after {count}, as asked."
    return f"{label} is known to ±{max(known):.3g} only, not ±{precision.half_width:g}, after {count}."

"""Gathering what replications measured of each outcome."""

from collections.abc import Collection, Iterable

from sim.outcomes.definitions import DEFINITIONS
from sim.outcomes.records import HOLDOUT, TREATED, Measured
from sim.outcomes.samples import PartAndWhole, Sample


def collected(
    replications: Iterable[Measured], of: str, *, drawn: bool = False, only: Collection[str] | None = None
) -> dict[str, Sample]:
    """What one arm's replications found `of` a segment, of ALL, or of a group (TREATED, HOLDOUT), by outcome.

    In the order of the registry; with uncertain values `drawn`, if asked; `only` some outcomes, if asked.
    """
    values: dict[str, dict[int, float]] = {}
    sums: dict[str, dict[int, PartAndWhole]] = {}
    for measured in replications:
        number = measured.replication
        own, ratios = _values_and_ratios(measured, of, drawn)
        for outcome, value in own.items():
            values.setdefault(outcome, {})[number] = value
        for outcome, both in ratios.items():
            sums.setdefault(outcome, {})[number] = both
    return {
        outcome: Sample(values.get(outcome, {}), sums.get(outcome, {}))
        for outcome in DEFINITIONS
        if (outcome in values or outcome in sums) and (only is None or outcome in only)
    }


def _values_and_ratios(measured: Measured, of: str, drawn: bool) -> tuple[dict[str, float], dict[str, PartAndWhole]]:
    if of in (TREATED, HOLDOUT) and of not in measured.outcomes:  # without a holdout a segment may be called so
        values, sums = (
            (measured.drawn_groups, measured.drawn_group_sums) if drawn else (measured.groups, measured.group_sums)
        )
    else:
        values, sums = (measured.drawn, measured.drawn_sums) if drawn else (measured.outcomes, measured.sums)
    return values.get(of, {}), sums.get(of, {})

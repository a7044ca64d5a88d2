"""Results as one JSON document (the one that `journey run --json` prints)."""

import math
import re
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from sim.experiment.comparison import Comparison, Difference
from sim.experiment.evidence import Evidence
from sim.experiment.sentence import sentence
from sim.experiment.spillover import spillover_notes, spillovers
from sim.outcomes import ALL, DEFINITIONS
from sim.outcomes.bands import SHARES, band, known
from sim.outcomes.calendar import PERIODS
from sim.outcomes.eligibility_steps import Counts, shares
from sim.outcomes.intervals import Interval, clipped, one_cohort
from sim.outcomes.records import Measured
from sim.outcomes.series import SERIES, are_few
from sim.population import expected_arrivals
from sim.scenario import beyond_log

TABLES = ("touchpoints", "transitions", "channels", "stages", "actions")
"""Tables of figures, shown as means over the replications."""
SEGMENT_TABLES = ("segment_touchpoints", "segment_stages")
"""The same by segment, where there are several."""
FEW = 10
"""Below this many replications the intervals themselves are guesses."""


def document(results: Evidence, run: str | None) -> dict[str, Any]:
    """The document of contract 2; what is not known is None."""
    first, *others = results.arms or (None,)
    comparisons = [results.compare(arm) for arm in others]
    return {
        "run": run,
        "scenario": results.scenario.id,
        "scenario_hash": results.scenario_hash,
        "seed": results.seed,
        "replications": len(results.replications),
        "customers": results.scenario.population.size,
        "horizon": results.scenario.horizon,
        "engine": {
            "events": results.engine.events,
            "seconds": results.engine.seconds,
            "events_per_second": results.engine.events_per_second,
            "workers": results.engine.workers,
            "version": engine_version(),
        },
        "arms": [_arm(results, arm) for arm in results.arms],
        "comparisons": [
            {"arm": comparison.arm, "against": first, "outcome": outcome} | _difference(difference)
            for comparison in comparisons
            for outcome, difference in comparison.differences.items()
        ],
        "spillover": [
            {"arm": comparison.arm, "against": comparison.against, "outcome": outcome} | _difference(difference)
            for comparison in spillovers(results)
            for outcome, difference in comparison.differences.items()
        ],
        "answers": _answers(results, comparisons),
        "notes": notes(results),
    }


def printed(results: Evidence) -> dict[str, Any]:
    """The part of the document that is printed after a run: it takes a tenth of the time, and no p values."""
    comparisons = [results.compare(arm) for arm in results.arms[1:]]
    return {
        "scenario": results.scenario.id,
        "seed": results.seed,
        "replications": len(results.replications),
        "customers": results.scenario.population.size,
        "horizon": results.scenario.horizon,
        "arms": [
            {"id": arm, "name": results.name(arm), "outcomes": _outcomes(results.summary(arm))} for arm in results.arms
        ],
        "comparisons": [
            {"arm": comparison.arm, "outcome": outcome, "difference": _plain(difference.interval)}
            for comparison in comparisons
            for outcome, difference in comparison.differences.items()
        ],
        "answers": _answers(results, comparisons),
        "notes": notes(results),
    }


def _answers(results: Evidence, comparisons: Sequence[Comparison]) -> list[dict[str, str]]:
    return [
        {"arm": each.arm, "against": each.against, "sentence": sentence(results, each.arm, each.against)}
        for each in comparisons
        if results.replications
    ]


def engine_version() -> str:
    """The version of the package whose engine simulates."""
    try:
        return version("journey-sandbox")
    except PackageNotFoundError:
        return "unknown"


def notes(results: Evidence) -> list[str]:
    """What to bear in mind when reading the results, each a plain sentence."""
    count = len(results.replications)
    said = [*([results.scale_note] if results.scale_note else []), *results.notes]
    if count == 0:
        return [*said, "No replication was finished, so there are no figures."]
    if count == 1:
        said.append("A single replication shows no intervals; run more to see how much is chance.")
    elif count < FEW:
        said.append(f"{count} replications are few; the intervals are wide and themselves uncertain.")
    return said + _beyond_logs(results) + spillover_notes(results) + _absences(results, count) + _unknown(results)


def _beyond_logs(results: Evidence) -> list[str]:
    """Which scenarios run for longer than the logs that they were fitted to."""
    told = dict.fromkeys(beyond_log(variant.scenario) for variant in results.variants)
    return [f"Beyond its log: {problem}." for problem in told if problem is not None]


_TOO_SHORT: Final = re.compile(r"^the run is shorter than [0-9.,]+ days$")


def _absences(results: Evidence, count: int) -> list[str]:
    """Which outcomes are missing and why; arms with the same reason together, outcomes with the same reason too."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for arm in results.arms:
        for outcome, (reason, missing) in results.absences(arm).items():
            reason = _TOO_SHORT.sub("the run is shorter", reason)
            some = "" if missing == count else f"in {missing:,} of {count:,} replications"
            reasons.setdefault((outcome, f"{some}|{reason}"), []).append(results.name(arm))
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (outcome, why), arms in reasons.items():
        together.setdefault((why, tuple(arms)), []).append(DEFINITIONS[outcome].label)
    said = []
    for (why, names), labels in together.items():
        some, reason = why.split("|", 1)
        where = "" if len(names) == len(results.arms) else f" under {_listed(names)}"
        how_often = f" {some}" if some else ""
        said.append(f"Not available{where}{how_often}: {', '.join(labels)} ({reason}).")
    return said


def _unknown(results: Evidence) -> list[str]:
    """Which outcomes of stored replications this version does not know, so that it cannot show them."""
    unknown = dict.fromkeys(
        outcome
        for arm in results.arms
        for measured in results.measured(arm)
        for outcome in (*measured.outcomes[ALL], *measured.absent)
        if outcome not in DEFINITIONS
    )
    return [f"Not shown: {', '.join(unknown)}, measured by another version of the program."] if unknown else []


def _listed(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _arm(results: Evidence, arm: str) -> dict[str, Any]:
    measured = results.measured(arm)
    return {
        "id": arm,
        "name": results.name(arm),
        "expected_arrivals": expected_arrivals(results.scenario_of(arm)).total,
        "outcomes": _outcomes(results.summary(arm)),
        "segments": {segment: _outcomes(results.summary(arm, segment)) for segment in results.segments(arm)},
        "groups": {group: _outcomes(results.summary(arm, group)) for group in results.groups(arm)},
        **{table: _means([getattr(one, table) for one in measured]) for table in TABLES},
        **{table: _by_segment([getattr(one, table) for one in measured]) for table in SEGMENT_TABLES},
        "eligibility": _eligibility([one.eligibility for one in measured]),
        "segment_eligibility": {
            segment: _eligibility([one.segment_eligibility.get(segment, {}) for one in measured])
            for segment in dict.fromkeys(segment for one in measured for segment in one.segment_eligibility)
        },
        "curves": _curves(measured),
        "series": _series(results, arm),
    }


def _outcomes(summary: dict[str, Interval]) -> dict[str, Any]:
    return {outcome: _plain(interval) for outcome, interval in summary.items()}


def _plain(interval: Interval) -> dict[str, Any]:
    return {name: _number(value) for name, value in asdict(interval).items()}


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "difference": _plain(difference.interval),
        "p": _number(difference.p),
        "variance_ratio": _number(difference.variance_ratio),
    }


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _means(tables: Sequence[dict[str, dict[str, float]]]) -> dict[str, dict[str, float]]:
    """Means over the replications that have the figure."""
    values: dict[str, dict[str, list[float]]] = {}
    for table in tables:
        for id_, figures in table.items():
            of_id = values.setdefault(id_, {})
            for figure, value in figures.items():
                of_id.setdefault(figure, []).append(value)
    return {
        id_: {figure: math.fsum(each) / len(each) for figure, each in figures.items()}
        for id_, figures in values.items()
    }


def _by_segment(tables: Sequence[dict[str, dict[str, dict[str, float]]]]) -> dict[str, dict[str, dict[str, float]]]:
    segments = dict.fromkeys(segment for table in tables for segment in table)
    return {segment: _means([table[segment] for table in tables if segment in table]) for segment in segments}


def _eligibility(tables: Sequence[dict[str, Counts]]) -> dict[str, dict[str, dict[str, Any]]]:
    """By action, then step: customers, as a mean over the replications, and their share of all who arrived."""
    return {
        action: {
            step: {
                "customers": math.fsum(table.get(action, {}).get(step, 0.0) for table in tables) / len(tables),
                "share": _plain(share),
            }
            for step, share in shares(table.get(action, {}) for table in tables).items()
        }
        for action in dict.fromkeys(action for table in tables for action in table)
    }


def _curves(measured: Sequence[Measured]) -> dict[str, dict[str, list[float | None]]]:
    names = dict.fromkeys(name for one in measured for name in one.curves)
    return {name: _curve(measured, name) for name in names}


def _series(results: Evidence, arm: str) -> dict[str, dict[str, Any]]:
    """Curves over calendar time, by period: first days, their dates, and each series; {} where they are very many."""
    if not are_few(len(results.arms), math.ceil(results.scenario_of(arm).horizon)):
        return {}
    by_period: dict[str, dict[str, Any]] = {}
    for per in PERIODS:
        for series in SERIES:
            curve = results.calendar_series(arm, series, per)
            if curve is not None:
                of_period = by_period.setdefault(per, {"day": curve.day.tolist(), "date": curve.date})
                columns = {"mean": curve.mean, "lo": curve.low, "hi": curve.high}
                of_period[series] = {key: [_number(value) for value in part.tolist()] for key, part in columns.items()}
    return by_period


def _curve(measured: Sequence[Measured], name: str) -> dict[str, list[float | None]]:
    """Mean, simulation error and one-cohort range at each day; None where too few replications can tell."""
    told = band(measured, name)
    assert told is not None, "some replication has the curve"
    columns = {"mean": told.mean, "lo": told.low, "hi": told.high}
    listed = {key: [_number(value) for value in column.tolist()] for key, column in columns.items()}
    ranges = [
        (None, None)
        if mean is None
        else clipped(one_cohort(values, None if low is None or high is None else (low, high)), SHARES)
        for mean, low, high, values in zip(*listed.values(), known(measured, name), strict=True)
    ]
    lows, highs = zip(*ranges, strict=True)
    return {"day": told.day.tolist(), **listed, "range_lo": list(lows), "range_hi": list(highs)}

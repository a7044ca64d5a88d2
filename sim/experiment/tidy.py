"""Results as tidy rows, one value a row: what notebooks and spreadsheets take."""

from dataclasses import asdict, fields
from typing import Final

from sim.experiment.comparison import Comparison
from sim.experiment.evidence import Evidence
from sim.experiment.records import Records
from sim.outcomes import ALL
from sim.outcomes.calendar import Period
from sim.outcomes.intervals import Interval
from sim.outcomes.series import SERIES

_FIGURES: Final = tuple(field.name for field in fields(Interval))


def values(results: Evidence, table: str, whose: str) -> Records:
    """Every value of everybody and of each segment, or of groups: arm, replication, whose, outcome, value."""
    return _of_replications(results, table, whose, "outcome")


def figures(results: Evidence, table: str, of: str, what: str = "figure") -> Records:
    """Every figure of touchpoints, transitions, …: arm, replication, which one, figure, value."""
    return _of_replications(results, table, of, what)


def by_segment(results: Evidence, table: str, of: str, what: str = "figure") -> Records:
    """The figures of touchpoints or stages of each segment: arm, replication, segment, which one, figure, value."""
    rows = (
        (measured.arm, replication.number, segment, id_, figure, value)
        for replication in results.replications
        for measured in replication.arms
        for segment, figures in getattr(measured, table).items()
        for id_, found in figures.items()
        for figure, value in found.items()
    )
    return Records(("arm", "replication", "segment", of, what, "value"), rows)


def summaries(results: Evidence) -> Records:
    """Every outcome over the replications: arm, segment, outcome, mean, sd, n and the ends of the intervals."""
    rows = (
        (arm, segment, outcome, *asdict(interval).values())
        for arm in results.arms
        for segment in (ALL, *results.segments(arm))
        for outcome, interval in results.summary(arm, segment).items()
    )
    return Records(("arm", "segment", "outcome", *_FIGURES), rows)


def comparisons(results: Evidence) -> Records:
    """Each arm after the first less the first, of everybody and of each segment."""
    first, *others = results.arms
    rows = (
        row
        for arm in others
        for segment in (ALL, *results.segments(arm))
        for row in results.compare(arm, first, segment).rows()
    )
    return Records(Comparison.COLUMNS, rows)


def curves(results: Evidence) -> Records:
    """Every point of every curve: arm, replication, curve, day, value; NaN where too few are left to tell."""
    rows = (
        (measured.arm, replication.number, name, day, value)
        for replication in results.replications
        for measured in replication.arms
        for name, curve in measured.curves.items()
        for day, value in zip(curve.day.tolist(), curve.value.tolist(), strict=True)
    )
    return Records(("arm", "replication", "curve", "day", "value"), rows)


def series(results: Evidence, per: Period) -> Records:
    """Curves over calendar time: arm, day, date, outcome, mean, lo, hi."""
    rows = (
        (arm, day, date, name, *ends)
        for arm in results.arms
        for name in SERIES
        if (series := results.calendar_series(arm, name, per)) is not None
        for day, date, *ends in series.rows()
    )
    return Records(("arm", "day", "date", "outcome", "mean", "lo", "hi"), rows)


def _of_replications(results: Evidence, table: str, of: str, what: str) -> Records:
    rows = (
        (measured.arm, replication.number, id_, name, value)
        for replication in results.replications
        for measured in replication.arms
        for id_, figures in getattr(measured, table).items()
        for name, value in figures.items()
    )
    return Records(("arm", "replication", of, what, "value"), rows)

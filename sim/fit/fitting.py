"""From an event log to a scenario."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sim.fit.arrivals import Arrivals, find_arrivals
from sim.fit.cells.times import DAY
from sim.fit.channels import NO_CHANNELS, find_channels
from sim.fit.counting import (
    EVERYTHING,
    Counts,
    Cutoffs,
    count,
    cut_offs,
    gaps,
    worths,
)
from sim.fit.errors import printable, wrong
from sim.fit.events.eventlog import FLOOR, EventLog, first_half, open_log
from sim.fit.events.refunds import ANY, refund_rate
from sim.fit.families import describe
from sim.fit.files.log_reading import Columns, Manner
from sim.fit.journey import Journey, make_journey, transitions_above_floor
from sim.fit.scenario_text import Conversion, day, scenario_text
from sim.fit.workspace import workspace

MOST_TRANSITIONS = 20_000
"""A log that shows more transitions than that is refused: its scenario would be larger than scenario files may be."""


@dataclass(frozen=True)
class Fitted:
    """A scenario made from an event log."""

    text: str
    """the scenario file"""
    report: tuple[str, ...]
    """what was left out or decided, a line each"""
    journey: Journey
    arrivals: Arrivals
    counts: Counts
    cut: Cutoffs


def fit(
    path: str | Path,
    *,
    case: str,
    activity: str,
    time: str,
    channel: str | None = None,
    value: str | None = None,
    goals: Sequence[str] = (),
    churn: Sequence[str] = (),
    floor: float = FLOOR,
    half: Literal["first", "second"] | None = None,
    clock: str | None = None,
    order: str | None = None,
    lifecycle: str | None = None,
    manner: Manner | None = None,
    keep_duplicates: bool = False,
    scratch: Path | None = None,
) -> Fitted:
    """Fit a scenario to the event log at `path` (CSV, JSON, Parquet, XES or a workbook; text may be compressed).

    `case`, `activity`, `time`, `channel` and `value` name columns; in XES, attributes (`case:concept:name` is one of
    the trace); in JSON and Parquet also fields inside others (`ecommerce.revenue`). So do `clock` (the time of day,
    where `time` is the date alone), `order` (what comes first at equal times) and `lifecycle` (whether an event starts
    or completes its activity; without it, the log is asked). `manner` says how the file is written.

    `goals` are activities that become conversion goals, with the money in `value`, of which negative amounts are
    refunds; a case that ends after an activity in `churn` leaves by churn, all others are completed (`*` stands for
    every activity). Activities in less than the share `floor` of the cases are left out. With `half`, only the cases
    are used that started first (or last). `scratch` is a folder for temporary files, as large as the log. Raises
    FitError for a log that cannot be used.
    """
    import numpy as np

    columns = Columns(case, activity, time, channel, value, clock, order, lifecycle)
    # Candidates of a fit that leave the range of numbers are dropped; nobody needs a warning of each.
    with np.errstate(all="ignore"), workspace(scratch) as (connection, folder):
        log = open_log(
            connection,
            folder,
            Path(path),
            columns,
            floor=floor,
            goals=goals,
            manner=manner,
            keep_duplicates=keep_duplicates,
        )
        part = EVERYTHING if half is None else first_half(log)
        return fit_log(log, columns, part=f"NOT {part}" if half == "second" else part, goals=goals, churn=churn)


def fit_log(
    log: EventLog, columns: Columns, *, part: str = EVERYTHING, goals: Sequence[str] = (), churn: Sequence[str] = ()
) -> Fitted:
    """Fit a scenario to the cases in `part` (SQL over the log's steps)."""
    cut = cut_offs(log, part)
    counts = count(log, cut, part)
    transitions = len(transitions_above_floor(counts))
    if transitions > MOST_TRANSITIONS:
        problem = (
            f"{transitions:,} different steps from one activity to the next, "
            f"and a journey has at most {MOST_TRANSITIONS:,}"
        )
        remedy = "name the column that says what happened, or leave out more of its rare values with a higher floor"
        raise wrong(log.name, f"column {columns.activity}", problem, remedy)
    journey = make_journey(log, counts, gaps(log, cut, counts, part), _numbers(log, churn))
    refunds = frozenset(log.numbers(log.refunds))
    sales = _numbers(log, goals) - refunds
    conversions = _conversions(log, columns, sales, part)
    refunded = refund_rate(log.connection, sales, refunds, part)
    channels = find_channels(log, columns.channel, part) if columns.channel else NO_CHANNELS
    arrivals = find_arrivals(log, part)
    notes = (*log.notes, *_told(log, counts, cut), *arrivals.notes, *journey.notes, *channels.notes)
    report = tuple(printable(line) for line in notes)
    text = scenario_text(log, counts, journey, arrivals, conversions, channels, refunded, report)
    return Fitted(text, report, journey, arrivals, counts, cut)


def _numbers(log: EventLog, names: Sequence[str]) -> frozenset[int]:
    return frozenset(each.number for each in log.activities) if ANY in names else frozenset(log.numbers(names))


def _conversions(log: EventLog, columns: Columns, goals: frozenset[int], part: str) -> dict[int, Conversion]:
    if columns.value is None:
        return {number: Conversion(None) for number in goals}
    conversions = {}
    for number in sorted(goals):
        amounts = worths(log, number, part)
        conversions[number] = Conversion(describe(amounts, 0.01, "each") if len(amounts) else None)
    return conversions


def _told(log: EventLog, counts: Counts, cut: Cutoffs) -> list[str]:
    """What to know of the ends of cases."""
    names = {each.number: each.name for each in log.activities}
    lines = [
        f"{counts.cases:,} cases from {day(log.first)} to {day(log.last)}: {counts.cases - counts.open:,} ended, "
        f"{counts.open:,} may go on after the end of the log"
    ]
    if any(cut.after.values()):
        slowest = sorted((number for number in cut.after if cut.after[number]), key=lambda each: -cut.after[each])[:4]
        listed = ", ".join(f'{cut.after[number] / DAY:.3g} days after "{names[number]}"' for number in slowest)
        more = " …" if sum(1 for gap in cut.after.values() if gap) > len(slowest) else ""
        lines.append(f"a case counts as ended when nothing follows for {listed}{more}")
    if cut.capped:
        listed = ", ".join(f'"{names[number]}"' for number in cut.capped)
        lines.append(f"gaps after {listed} are long for the length of the log: ends there are uncertain")
    return lines

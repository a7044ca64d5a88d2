"""How well a scenario fitted to the first part of a log, in time, tells what its customers do in the part after it.

All that happened before a moment is a log of its own, as it would have been exported then. The scenario fitted to it
runs on to the end of the whole log. Beside it stands what the same customers did: those who came later are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sim.engine.memory.history import EVENTS, History
from sim.fit.arrivals import EPOCH
from sim.fit.cells.times import DAY
from sim.fit.compare import Range, spread
from sim.fit.errors import wrong
from sim.fit.events.eventlog import FLOOR, EventLog, open_log
from sim.fit.files.log_reading import Columns
from sim.fit.fitting import Fitted, fit_log
from sim.fit.one_row import one_row
from sim.fit.workspace import workspace
from sim.scenario import override, parse


@dataclass(frozen=True)
class Compared:
    """How often something happened in the log, and how often it does in the simulation."""

    what: str
    log: int
    simulated: Range

    @property
    def off(self) -> float | None:
        """How far the simulation's median is above the log, relative to the log; None where the log has none."""
        return self.simulated.median / self.log - 1 if self.log and self.simulated.median is not None else None


@dataclass(frozen=True)
class Later:
    """A scenario fitted to the first part of a log beside what its customers did in both parts."""

    name: str
    days: int
    """length of the first part"""
    later_days: int
    """length of the part after it"""
    customers: int
    """cases that started in the first part"""
    first: tuple[Compared, ...]
    """all events, then by activity, then the customers who had any, in the first part"""
    later: tuple[Compared, ...]
    """the same in the part after it"""


def evaluate_later(
    path: str | Path,
    columns: Columns,
    *,
    share: float = 0.5,
    floor: float = FLOOR,
    replications: int = 100,
    seed: int = 2026,
    scratch: Path | None = None,
) -> Later:
    """Fit to the first `share` of the log's time, simulate to its end `replications` times, and compare.

    The cut is at midnight. Raises FitError for a log that cannot be used, also one too short to be cut.
    """
    if not 0 < share < 1:
        raise ValueError(f"share is {share}; give a number between 0 and 1")
    with workspace(scratch) as (connection, folder):
        log = open_log(connection, folder, Path(path), columns, floor=floor)
        moment = round((log.first + share * (log.last - log.first)) / DAY) * DAY
        if not log.first < moment <= log.last:
            problem = "the log is too short to be cut at a midnight that leaves days on both sides"
            raise wrong(log.name, f"column {columns.time}", problem, "give a longer log")
        parts = [_counted(log, f"happened < {moment}", moment), _counted(log, f"happened >= {moment}", moment)]
        before = cut_in_time(log, moment)
        fitted = fit_log(before, columns)
        cut = moment // DAY - (fitted.arrivals.start_date - EPOCH).days
        end = log.last // DAY + 1 - (fitted.arrivals.start_date - EPOCH).days
        histories = _simulated(fitted, end, replications, seed)
        seen = [_seen(each, fitted, log, cut) for each in histories]
        first, later = (_compared(log, parts[index], [each[index] for each in seen]) for index in (0, 1))
        return Later(log.name, cut, end - cut, before.cases, first, later)


def cut_in_time(log: EventLog, moment: int) -> EventLog:
    """The log as it was before a moment (microseconds since 1970); nothing that came later is left in the database."""
    log.connection.execute("ALTER TABLE steps RENAME TO whole")
    log.connection.execute(
        f"""
        CREATE TABLE steps AS
        SELECT * REPLACE (CASE WHEN happened + gap < {moment} THEN target END AS target,
                          CASE WHEN happened + gap < {moment} THEN gap END AS gap)
        FROM whole WHERE happened < {moment}
        """
    )
    log.connection.execute("DROP TABLE whole")
    cases, events, last = one_row(
        log.connection, "SELECT count(*) FILTER (position = 1), count(*), max(happened) FROM steps"
    )
    return replace(log, cases=cases, events=events, last=last)


Counted = dict[int | None, int]
"""Events by activity number; at None, how many cases had any."""


def _counted(log: EventLog, part: str, moment: int) -> Counted:
    """What those who started before the moment did in a part of the log."""
    rows = log.connection.execute(
        f"SELECT source, count(*) FROM steps WHERE start < {moment} AND {part} GROUP BY source"
    ).fetchall()
    (active,) = one_row(log.connection, f"SELECT count(DISTINCT case_id) FROM steps WHERE start < {moment} AND {part}")
    return {**{int(source): int(seen) for source, seen in rows}, None: int(active)}


def _simulated(fitted: Fitted, days: int, replications: int, seed: int) -> list[History]:
    from sim.engine import compile_program, simulate

    scenario = override(parse(fitted.text).scenario, {"horizon": float(days)})
    program = compile_program(scenario, scenario)
    return [simulate(program, seed, number, events=True) for number in range(replications)]


def _seen(history: History, fitted: Fitted, log: EventLog, cut: int) -> tuple[Counted, Counted]:
    """What the simulated customers did before and after the cut."""
    events = history.events
    assert events is not None
    numbers = {each.id: each.number for each in fitted.journey.touchpoints}
    number = np.array([numbers.get(each, -1) for each in history.touchpoints])
    entered = (events.event == EVENTS.index("enter")) & (number[events.touchpoint] >= 0)
    early = events.time < cut

    def counted(part: np.ndarray) -> Counted:
        seen = np.bincount(number[events.touchpoint[entered & part]], minlength=len(log.activities))
        return {**dict(enumerate(seen.tolist())), None: len(np.unique(events.customer[entered & part]))}

    return counted(early), counted(~early)


def _compared(log: EventLog, counted: Counted, simulated: Sequence[Counted]) -> tuple[Compared, ...]:
    def all_events(of: Counted) -> int:
        return sum(seen for number, seen in of.items() if number is not None)

    several = log.activities if len(log.activities) > 1 else ()
    return (
        Compared("all events", all_events(counted), spread([float(all_events(each)) for each in simulated])),
        *(
            Compared(each.name, counted.get(each.number, 0), spread([float(one[each.number]) for one in simulated]))
            for each in several
        ),
        Compared("customers with any", counted[None], spread([float(each[None]) for each in simulated])),
    )


LATER_HEADER = """\
| log | days: first part / later | customers | what | first part: log | simulated | later: log | simulated | off by |
|---|---|---|---|---|---|---|---|---|"""


def later_markdown(evaluation: Later) -> str:
    """A row of the table for all events, for each activity, and for the customers who had any."""
    log = f"| {evaluation.name} | {evaluation.days:,} / {evaluation.later_days:,} | {evaluation.customers:,} |"
    return "\n".join(
        f"{log} {first.what} | {first.log:,} | "
        f"{_range(first.simulated)} | {later.log:,} | {_range(later.simulated)} | {_off(later)} |"
        for first, later in zip(evaluation.first, evaluation.later, strict=True)
    )


def _range(figures: Range) -> str:
    return f"{figures.median:,.0f} ({figures.low:,.0f} to {figures.high:,.0f})"


def _off(figure: Compared) -> str:
    return "–" if figure.off is None else f"{100 * figure.off:+.0f} %"

"""What is counted in a log: where cases start, what follows what, after how long, and which ends are known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.fit.cells.times import DAY
from sim.fit.events.eventlog import EventLog

EVERYTHING = "TRUE"
"""SQL for all cases of a log, where a part of them can be asked for."""

PATIENCE = 0.95
"""Share of the gaps after an activity that its cut-off is longer than."""

SAMPLE = 20_000
"""At most about this many delays of one transition are looked at."""

ALL_SAMPLES = 4_000_000
"""At most about this many delays are looked at in all."""

Gaps = NDArray[np.int64]
"""Times from an event to the next, microseconds, ascending."""


@dataclass(frozen=True)
class Cutoffs:
    """How long after an activity, without another event, a case counts as ended; microseconds, by activity number."""

    after: dict[int, int]
    capped: tuple[int, ...]
    """activities whose gaps are so long that half the log's span is the cut-off"""


@dataclass(frozen=True)
class Counts:
    """Counts over some of the cases of a log, by activity number."""

    cases: int
    events: int
    starts: dict[int, int]
    visits: dict[int, int]
    transitions: dict[tuple[int, int], int]
    """events of the first activity followed by one of the second, of those whose continuation is known"""
    ends: dict[int, int]
    """events that ended their case, of those whose continuation is known"""
    recent: dict[int, int]
    """events too close to the end of the log to tell what followed"""
    open: int
    """cases that may go on after the end of the log"""
    position: dict[int, float]
    """average position among the events of a case"""

    def departures(self) -> dict[int, int]:
        """Events of each activity whose continuation is known."""
        departed = dict(self.ends)
        for (source, _), seen in self.transitions.items():
            departed[source] = departed.get(source, 0) + seen
        return departed


def cut_offs(log: EventLog, part: str = EVERYTHING) -> Cutoffs:
    """The 95th percentile of the gaps after each activity, at most half the log's span; 0 where nothing ever follows.

    A case that has been silent for longer than that is taken to have ended. Where less than that is left until the
    end of the log, nobody can tell yet.
    """
    limit = (log.last - log.first) // 2
    rows = log.connection.execute(
        f"""
        WITH following AS (SELECT row, source, gap FROM steps WHERE gap IS NOT NULL AND {part}),
             quota AS (SELECT source, {SAMPLE} / count(*) AS share FROM following GROUP BY source)
        SELECT source, quantile_cont(gap, {PATIENCE}) FROM following JOIN quota USING (source)
        WHERE {_sampled("share")} GROUP BY source ORDER BY source
        """
    ).fetchall()
    longest = {int(source): round(gap) for source, gap in rows}
    after = {each.number: min(limit, longest.get(each.number, 0)) for each in log.activities}
    return Cutoffs(after, tuple(number for number, gap in longest.items() if gap > limit))


def count(log: EventLog, cut: Cutoffs, part: str = EVERYTHING) -> Counts:
    """Count the steps of the cases in `part` (SQL over `steps`).

    Of the events within their cut-off of the end of the log none is counted as a departure, whether or not it had a
    successor: otherwise quick transitions would be seen more often than slow ones.
    """
    table = ", ".join(f"({number}, {gap})" for number, gap in cut.after.items())
    rows = log.connection.execute(
        f"""
        WITH cut(source, after) AS (VALUES {table})
        SELECT source, target, happened <= {log.last} - after AS known,
               count(*), count(*) FILTER (position = 1), sum(position)
        FROM steps JOIN cut USING (source) WHERE {part}
        GROUP BY source, target, known ORDER BY source, target, known
        """
    ).fetchall()
    starts, visits, positions, ends, recent = ({each.number: 0 for each in log.activities} for _ in range(5))
    transitions: dict[tuple[int, int], int] = {}
    still_open = 0
    for source, target, known, seen, first, position in rows:
        starts[source] += first
        visits[source] += seen
        positions[source] += int(position)
        if not known:
            recent[source] += seen
            still_open += seen if target is None else 0
        elif target is None:
            ends[source] += seen
        else:
            transitions[source, target] = seen
    return Counts(
        cases=sum(starts.values()),
        events=sum(visits.values()),
        starts=starts,
        visits=visits,
        transitions=transitions,
        ends=ends,
        recent=recent,
        open=still_open,
        position={number: positions[number] / visits[number] for number in visits if visits[number]},
    )


def gaps(log: EventLog, cut: Cutoffs, counts: Counts, part: str = EVERYTHING) -> dict[tuple[int, int], Gaps]:
    """The delays of each counted transition; of one seen very often, an even sample."""
    if not counts.transitions:
        return {}
    quota = min(SAMPLE, ALL_SAMPLES // len(counts.transitions))
    table = ", ".join(
        f"({source}, {target}, {cut.after[source]}, {quota / seen:e})"
        for (source, target), seen in counts.transitions.items()
    )
    fetched = log.connection.execute(
        f"""
        WITH transition(source, target, after, share) AS (VALUES {table})
        SELECT source, target, gap FROM steps JOIN transition USING (source, target)
        WHERE {part} AND happened <= {log.last} - after AND {_sampled("share")} ORDER BY source, target, gap
        """
    ).fetchnumpy()
    source, target, gap = (np.asarray(fetched[name], dtype=np.int64) for name in ("source", "target", "gap"))
    borders = np.flatnonzero((np.diff(source) != 0) | (np.diff(target) != 0)) + 1
    return {
        (int(source[first]), int(target[first])): each
        for first, each in zip([0, *borders.tolist()], np.split(gap, borders), strict=True)
        if len(each)
    }


def worths(log: EventLog, activity: int, part: str = EVERYTHING) -> NDArray[np.float64]:
    """The values of the activity's events that have one, ascending; of very many, an even sample."""
    fetched = log.connection.execute(
        f"""
        WITH worthy AS (SELECT row, worth FROM steps WHERE source = {activity} AND {part}),
             quota AS (SELECT {SAMPLE} / greatest(1, count(worth)) AS share FROM worthy)
        SELECT worth FROM worthy, quota WHERE isfinite(worth) AND {_sampled("share")} ORDER BY worth
        """
    ).fetchnumpy()
    return np.asarray(fetched["worth"], dtype=np.float64)


@dataclass(frozen=True)
class Cycles:
    """The time from the first to the last event of each case; arrays of shape (cases,), by case in order of start."""

    days: NDArray[np.float64]
    ended: NDArray[np.bool_]
    """false where the case may go on after the end of the log"""

    def as_seen(self) -> "Cycles":
        """The same, as if all cases had ended with their last event."""
        return Cycles(self.days, np.ones_like(self.ended))


def cycles(log: EventLog, cut: Cutoffs, part: str = EVERYTHING) -> Cycles:
    """The cycle times of the cases in `part`."""
    table = ", ".join(f"({number}, {gap})" for number, gap in cut.after.items())
    fetched = log.connection.execute(
        f"""
        WITH cut(source, after) AS (VALUES {table})
        SELECT happened - start AS lasted, happened <= {log.last} - after AS ended FROM steps JOIN cut USING (source)
        WHERE target IS NULL AND {part} ORDER BY start, start_row
        """
    ).fetchnumpy()
    return Cycles(np.asarray(fetched["lasted"], dtype=np.float64) / DAY, np.asarray(fetched["ended"], dtype=np.bool_))


def _sampled(share: str) -> str:
    """SQL that is true for about this share of all rows, spread evenly and the same each time."""
    return f"(row * 648055) % 1048573 < {share} * 1048573"

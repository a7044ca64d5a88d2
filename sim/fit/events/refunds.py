"""Money paid back: negative amounts of an activity that is a conversion goal."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sim.fit.one_row import one_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ANY = "*"
"""Stands for every activity in a list of activities."""


def name_refunds(connection: "DuckDBPyConnection", goals: Sequence[str]) -> tuple[frozenset[str], list[str]]:
    """Give refunds of the goals in the table `events` an activity of their own; returns these activities, and notes.

    A goal that only ever has negative amounts is one already.
    """
    negative = connection.execute(
        """
        SELECT activity, count(*) FILTER (worth < 0), count(*) FILTER (worth >= 0 OR worth IS NULL),
               -sum(worth) FILTER (worth < 0)
        FROM events GROUP BY activity HAVING count(*) FILTER (worth < 0) > 0 ORDER BY activity
        """
    ).fetchall()
    if not negative:
        return frozenset(), []
    taken = {each for (each,) in connection.execute("SELECT DISTINCT activity FROM events").fetchall()}
    refunds, notes = set(), []
    for activity, many, others, money in negative:
        told = f'{many:,} negative amounts of "{activity}" ({money:,.2f} in all)'
        if ANY not in goals and activity not in goals:
            if goals:
                notes.append(f"{told} do not count: it is no goal (name it with --goal if they are refunds)")
            continue
        refund = activity
        if others:
            refund = _free(f"{activity} (refund)", taken)
            connection.execute("UPDATE events SET activity = ? WHERE activity = ? AND worth < 0", [refund, activity])
        refunds.add(refund)
        notes.append(f'{told} are refunds: they are not goals, but "{refund}", and less money (refund_rate)')
    return frozenset(refunds), notes


def _free(name: str, taken: Collection[str]) -> str:
    return name if name not in taken else _free(f"{name} (refund)", taken)


def refund_rate(connection: "DuckDBPyConnection", goals: Collection[int], refunds: Collection[int], part: str) -> float:
    """The share of the goals' money that is paid back, among the steps for which `part` (SQL) is true; at most 1."""
    earned, returned = one_row(
        connection,
        f"""
        SELECT coalesce(sum(worth) FILTER (list_contains(?::INTEGER[], source)), 0.0),
               coalesce(-sum(worth) FILTER (list_contains(?::INTEGER[], source)), 0.0)
        FROM steps WHERE isfinite(worth) AND {part}
        """,
        [sorted(goals), sorted(refunds)],
    )
    return min(1.0, returned / earned) if earned > 0 else 0.0

"""What a run's replications add up to, kept for the views: means with intervals, differences to the first arm."""

from collections.abc import Iterable, Iterator
from sqlite3 import Connection

from sim.outcomes.intervals import interval

Key = tuple[str, str, str]
"""arm, segment, outcome"""


def summarise(connection: Connection, run: str) -> None:
    """Put the run's summaries and differences in place of any from before; the caller holds the transaction."""
    order = [arm for (arm,) in connection.execute("select arm from arms where run = ? order by position", (run,))]
    values = _values(connection, run)
    connection.execute("delete from summaries where run = ?", (run,))
    connection.execute("delete from differences where run = ?", (run,))
    connection.executemany(
        "insert into summaries values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((run, *key, *_columns(list(by_replication.values()))) for key, by_replication in values.items()),
    )
    connection.executemany(
        "insert into differences values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (run, arm, order[0], segment, outcome, *_columns(differences))
            for (arm, segment, outcome), differences in _differences(connection, run, order[0], values)
        ),
    )


def _values(connection: Connection, run: str) -> dict[Key, dict[int, float]]:
    """The value of each replication, by arm, segment and outcome."""
    found: dict[Key, dict[int, float]] = {}
    query = """select arm, segment, outcome, replication, value from outcomes
        where run = ? and value is not null order by rowid"""
    for arm, segment, outcome, replication, value in connection.execute(query, (run,)):
        found.setdefault((arm, segment, outcome), {})[replication] = value
    return found


def _differences(
    connection: Connection, run: str, first: str, values: dict[Key, dict[int, float]]
) -> Iterator[tuple[Key, list[float]]]:
    for (arm, segment, outcome), of_arm in values.items():
        of_first = values.get((first, segment, outcome), {})
        both = [value - of_first[replication] for replication, value in of_arm.items() if replication in of_first]
        if arm != first and both:
            yield (arm, segment, outcome), both
    query = "select arm, segment, outcome, value from pairs where run = ? and value is not null order by rowid"
    paired: dict[Key, list[float]] = {}
    for arm, segment, outcome, value in connection.execute(query, (run,)):
        paired.setdefault((arm, segment, outcome), []).append(value)
    yield from paired.items()


def _columns(values: Iterable[float]) -> tuple[float | int | None, ...]:
    one = interval(list(values))
    return one.mean, one.sd, one.n, one.lo, one.hi

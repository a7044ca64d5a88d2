"""Events that belong to no customer or no time of the log, and are left out and said."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sim.fit.errors import wrong
from sim.fit.one_row import one_row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

YEAR = 31_557_600_000_000
"""Microseconds in a Julian year."""

APART = 10
"""Times that this many years without an event part from the others do not belong to the log."""

FEW = 0.1
"""A log of which more than this share of the times lies apart is refused, unless these times stand for none."""

_NO_TIMES = (
    *("0001-01-01", "1601-01-01", "1753-01-01", "1800-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01"),
    *("1969-12-31", "1970-01-01", "1980-01-01", "2000-01-01", "2038-01-19", "2099-12-31", "2100-01-01", "2999-12-31"),
    *("9999-01-01", "9999-12-31"),
)
"""Days that programs write for no time."""

_CATCH_ALL = ("guest", "anonymous", "anonym", "unknown", "unbekannt", "default", "test", "system", "admin", "0", "-1")
"""Ids that many customers share."""

SHARE, MANY, TIMES = 0.05, 20, 10
"""A case is a catch-all with more than this share of the events, beside this many others, and this many times their
average."""

_NOTED = 3
"""With this many times the average and that share, a case is kept and said."""


@dataclass(frozen=True)
class _Island:
    """Times with no gap of decades among them, microseconds since 1970."""

    first: int
    last: int
    events: int


def leave_out_apart(connection: "DuckDBPyConnection", name: str, column: str) -> list[str]:
    """Delete the events whose times lie decades apart from the others; raises FitError where they are many."""
    islands = _islands(connection)
    if len(islands) < 2:
        return []
    main = max(islands, key=lambda each: each.events)
    apart = [each for each in islands if each is not main]
    many, total = sum(each.events for each in apart), sum(each.events for each in islands)
    listed = ", ".join(_span(each) for each in apart[:4]) + (" …" if len(apart) > 4 else "")
    outside = f"happened NOT BETWEEN {main.first} AND {main.last}"
    days = ", ".join(f"DATE '{each}'" for each in _NO_TIMES)
    (odd,) = one_row(
        connection, f"SELECT count(*) FROM events WHERE {outside} AND make_timestamp(happened)::DATE NOT IN ({days})"
    )
    if odd > FEW * total:
        problem = f"{many:,} of {total:,} times ({listed}) lie decades apart from the rest ({_span(main)})"
        raise wrong(name, f"column {column}", problem, "correct or remove these events")
    connection.execute(f"DELETE FROM events WHERE {outside}")
    times = "1 event" if many == 1 else f"{many:,} events"
    return [f"{times} left out: the time ({listed}) lies decades apart from the rest ({_span(main)})"]


def _islands(connection: "DuckDBPyConnection") -> list[_Island]:
    years = connection.execute(
        f"""
        SELECT min(happened), max(happened), count(*) FROM events
        GROUP BY happened // {YEAR} ORDER BY min(happened)
        """
    ).fetchall()
    islands: list[_Island] = []
    for first, last, events in years:
        if islands and first - islands[-1].last <= APART * YEAR:
            before = islands.pop()
            islands.append(_Island(before.first, last, before.events + events))
        else:
            islands.append(_Island(first, last, events))
    return islands


def _span(island: _Island) -> str:
    first, last = (_day(each) for each in (island.first, island.last))
    return first if first == last else f"{first} to {last}"


def _day(microseconds: int) -> str:
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)).date().isoformat()
    except OverflowError:
        return f"the year {1970 + microseconds // YEAR}"


def leave_out_catch_all(connection: "DuckDBPyConnection", column: str) -> list[str]:
    """Delete the events of ids that stand for many customers at once."""
    cases, events = one_row(connection, "SELECT count(DISTINCT case_id), count(*) FROM events")
    largest = connection.execute(
        "SELECT case_id, count(*) AS seen FROM events GROUP BY case_id ORDER BY seen DESC, case_id LIMIT 5"
    ).fetchall()
    notes = []
    for case, seen in largest:
        if cases - 1 < MANY:
            break
        average = (events - seen) / (cases - 1)
        many = seen >= TIMES * average
        share = f"{100 * seen / events:.3g} % of all"
        if many and (seen > SHARE * events or case.strip().lower() in _CATCH_ALL):
            connection.execute("DELETE FROM events WHERE case_id = ?", [case])
            notes.append(f'{seen:,} events left out: "{column}" is "{case}", with {share} no single case')
            cases, events = cases - 1, events - seen
        elif seen > SHARE * events and seen >= _NOTED * average:
            notes.append(f'one case, "{case}", has {seen:,} events, {share}: is it a single one?')
    return notes

"""Events that start, complete … their activity: which of them count."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COMPLETE = ("complete", "completed", "end", "ended", "finish", "finished", "done", "closed")
START = ("start", "started", "begin", "began")
OTHER = (
    *("schedule", "scheduled", "assign", "assigned", "reassign", "reassigned", "suspend", "suspended"),
    *("resume", "resumed", "autoskip", "manualskip", "withdraw", "withdrawn"),
    *("ate_abort", "pi_abort", "abort_activity", "abort_case", "abort", "aborted", "unknown"),
)
"""Steps of an activity's life cycle: those of XES (IEEE 1849, lifecycle extension) and other forms of their names."""

_NAMES = ("lifecycletransition", "lifecycle", "lifecycleid", "lifecyclestatus", "lifecyclestate", "transition")


def find(names: Sequence[str], rows: Iterable[Sequence[str]], given: Sequence[str]) -> str | None:
    """The column that says which step of its activity an event is, judged by the first rows; None without one.

    Its values are steps of a life cycle and nothing else. Where its name does not say so, `start` and `complete` must
    be among them.
    """
    seen: list[set[str]] = [set() for _ in names]
    for row in rows:
        for index, value in enumerate(row[: len(names)]):
            if len(seen[index]) < 20 and value:
                seen[index].add(value.lower())
    known = {*COMPLETE, *START, *OTHER}
    candidates = [
        name
        for name, values in zip(names, seen, strict=True)
        if name not in given and values and values <= known and (_is_named(name) or {"start", "complete"} <= values)
    ]
    return min(candidates, key=lambda name: not _is_named(name), default=None)


def _is_named(name: str) -> bool:
    return "".join(each for each in name.lower() if each.isalpha()) in _NAMES


def kept(connection: "DuckDBPyConnection", usable: str) -> tuple[str, list[str]]:
    """SQL for the rows that count, and what to know of those left out; `usable` is SQL for rows that could count.

    Of an activity that is ever completed, completions count; of one that is only ever started, its starts; of any other
    all events. Rows without a step always count.
    """
    lines = connection.execute(
        f"""
        SELECT activity, count(*) FILTER (step IN {COMPLETE}), count(*) FILTER (step IN {START}), count(step) AS steps
        FROM rows WHERE {usable} GROUP BY activity HAVING count(step) > 0 ORDER BY steps DESC, activity
        """
    ).fetchall()
    completed = [(name, steps - done) for name, done, _, steps in lines if done and steps > done]
    started = [(name, steps - begun) for name, done, begun, steps in lines if begun and not done]
    if not any(done for _, done, _, _ in lines) and not any(dropped for _, dropped in started):
        return "TRUE", []
    rule, notes = "TRUE", []
    if dropped := sum(each for _, each in completed):
        notes.append(
            f"{dropped:,} events left out that only start, schedule … {_listed(completed)}: only completions count"
        )
    if dropped := sum(each for _, each in started):
        notes.append(f"{dropped:,} events left out that only schedule … {_listed(started)}: only starts count")
    elif started:
        notes.append(f"{_listed(started)}: started and never completed, so each start counts")
    for these, steps in ((completed, COMPLETE), (started, START)):
        if these:
            names = ", ".join("'" + name.replace("'", "''") + "'" for name, _ in these)
            rule += f" AND NOT (step IS NOT NULL AND step NOT IN {steps} AND activity IN ({names}))"
    return rule, notes


def _listed(activities: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f'"{name}"' for name, _ in activities[:6]) + (" …" if len(activities) > 6 else "")

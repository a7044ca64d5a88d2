"""Channels: drawn anew at each visit, or a trait that each customer keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.fit.counting import EVERYTHING
from sim.fit.errors import wrong
from sim.fit.events.eventlog import EventLog
from sim.fit.one_row import one_row

TRAIT = 0.05
"""The channel is a trait where it changes at most this often, compared with draws at each visit."""

MOST_TRAITS = 200
"""More channels that customers keep are refused: each becomes a segment with an affinity to each channel."""

UNEVEN = 0.001
"""Journeys are told to differ by channel where chance explains their lengths less often than this."""


@dataclass(frozen=True)
class Channels:
    """The channels of a log, in the order of their events."""

    visits: Mapping[int, Mapping[str, int]]
    """events by activity number and channel, the most frequent first; events without one are not counted"""
    customers: Mapping[str, int]
    """cases by the channel that most of their events have"""
    trait: bool
    """whether customers keep their channel"""
    notes: tuple[str, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All channels."""
        return tuple(dict.fromkeys(name for counted in self.visits.values() for name in counted))


NO_CHANNELS = Channels({}, {}, False, ())
"""Of a log without a column for them."""


def find_channels(log: EventLog, column: str, part: str = EVERYTHING) -> Channels:
    """The channels of the cases in `part`, and whether they change within a case.

    Raises FitError where customers keep one of more channels than a scenario can hold as segments.
    """
    visits = channel_counts(log, part)
    customers, lengths = _customers(log, part)
    steps, changes, drawn = _changes(log, visits, part)
    cases, changing = _changing(log, part)
    trait = len(customers) > 1 and steps > 0 and changes <= TRAIT * drawn
    if trait and len(customers) > MOST_TRAITS:
        raise wrong(
            log.name,
            f"column {column}",
            f"{len(customers):,} different channels, each with its own customers, and a scenario can have "
            f"{MOST_TRAITS:,}",
            "group its values, such as all shops into one",
        )
    notes: list[str] = []
    if trait:
        kept = f"all {cases:,}" if changing == 0 else f"{cases - changing:,} of the {cases:,}"
        notes.append(
            f'"{column}" is taken to belong to the customer, so each channel is a segment: {kept} cases with more than '
            "one event that has a channel keep theirs"
        )
        without = _cases(log, part) - sum(customers.values())
        if without:
            notes.append(f"{without:,} cases have no channel at all: they are assumed to be spread like the others")
        notes += _told_uneven(customers, lengths)
    elif changes:
        notes.append(
            f'"{column}" changes at {_percent(changes / steps)} of the steps from one event to the next, in '
            f"{changing:,} of {cases:,} cases; the scenario draws it anew at each visit, "
            f"which changes it at {_percent(drawn / steps)}"
        )
    return Channels(visits, customers, trait, tuple(notes))


def channel_counts(log: EventLog, part: str = EVERYTHING) -> dict[int, dict[str, int]]:
    """Events by activity number and channel, the most frequent channel first; events without one are not counted."""
    rows = log.connection.execute(
        f"""
        SELECT source, channel, count(*) AS seen FROM steps WHERE channel IS NOT NULL AND {part}
        GROUP BY source, channel ORDER BY source, seen DESC, channel
        """
    ).fetchall()
    counted: dict[int, dict[str, int]] = {}
    for source, channel, seen in rows:
        counted.setdefault(source, {})[channel] = seen
    return counted


def _cases(log: EventLog, part: str) -> int:
    (cases,) = one_row(log.connection, f"SELECT count(*) FROM steps WHERE position = 1 AND {part}")
    return int(cases)


def _customers(log: EventLog, part: str) -> tuple[dict[str, int], dict[str, tuple[float, float]]]:
    """Cases by their most frequent channel (the first met of equal ones), the channel of most cases first.

    Beside them, by channel, the mean and the variance of the number of events of such a case.
    """
    rows = log.connection.execute(
        f"""
        WITH met AS (
                 SELECT case_id, channel, count(*) AS seen, min(position) AS first FROM steps
                 WHERE channel IS NOT NULL AND {part} GROUP BY case_id, channel
             ),
             own AS (
                 SELECT case_id, channel FROM met
                 QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY seen DESC, first) = 1
             ),
             lengths AS (SELECT case_id, max(position) AS events FROM steps WHERE {part} GROUP BY case_id)
        SELECT channel, count(*) AS cases, avg(events), coalesce(var_samp(events), 0)
        FROM own JOIN lengths USING (case_id)
        GROUP BY channel ORDER BY cases DESC, channel
        """
    ).fetchall()
    cases = {channel: count for channel, count, _, _ in rows}
    return cases, {channel: (mean, variance) for channel, _, mean, variance in rows}


_MET = """
    SELECT case_id, source, channel, lag(source) OVER met AS source_before, lag(channel) OVER met AS channel_before
    FROM steps WHERE channel IS NOT NULL AND {part} WINDOW met AS (PARTITION BY case_id ORDER BY position)
"""
"""SQL for the events that have a channel, each with the one before it in its case."""


def _changes(log: EventLog, visits: Mapping[int, Mapping[str, int]], part: str) -> tuple[int, int, float]:
    """Steps between events that have a channel, how many change it, and how many would if each visit drew it anew."""
    rows = log.connection.execute(
        f"""
        SELECT source_before, source, count(*), count(*) FILTER (channel <> channel_before)
        FROM ({_MET.format(part=part)}) WHERE channel_before IS NOT NULL
        GROUP BY source_before, source ORDER BY source_before, source
        """
    ).fetchall()
    drawn = sum(seen * (1 - _same(visits[before], visits[after])) for before, after, seen, _ in rows)
    return sum(seen for _, _, seen, _ in rows), sum(changed for _, _, _, changed in rows), drawn


def _changing(log: EventLog, part: str) -> tuple[int, int]:
    """Cases with at least two events that have a channel, and how many of them change it."""
    cases, changing = one_row(
        log.connection,
        f"""
        SELECT count(DISTINCT case_id), count(DISTINCT case_id) FILTER (channel <> channel_before)
        FROM ({_MET.format(part=part)}) WHERE channel_before IS NOT NULL
        """,
    )
    return int(cases), int(changing)


def _same(first: Mapping[str, int], second: Mapping[str, int]) -> float:
    """The chance that draws by these counts give the same channel."""
    of = sum(first.values()) * sum(second.values())
    return sum(seen * second.get(name, 0) for name, seen in first.items()) / of


def _told_uneven(customers: Mapping[str, int], lengths: Mapping[str, tuple[float, float]]) -> list[str]:
    """A note where journeys of different channels differ in length by more than chance (Welch's t-test, each pair)."""
    from scipy.stats import ttest_ind_from_stats

    several = [name for name in customers if customers[name] > 1]
    if not several:
        return []
    longest, shortest = (pick(several, key=lambda name: lengths[name][0]) for pick in (max, min))
    (most, above), (least, below) = lengths[longest], lengths[shortest]
    if most == least:
        return []
    pairs = len(several) * (len(several) - 1) / 2
    test = ttest_ind_from_stats(
        *(most, above**0.5, customers[longest]), *(least, below**0.5, customers[shortest]), equal_var=False
    )
    p = float(test.pvalue) * pairs
    if p > UNEVEN:
        return []
    return [
        f'journeys differ by channel: {most:.3g} events a case on "{longest}", {least:.3g} on "{shortest}"; the '
        "scenario gives all channels the same journey, so fit each channel's log by itself where that matters"
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"

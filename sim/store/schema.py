"""The tables and views of a store, and how a store of an older version becomes one of this version."""

from collections.abc import Callable, Mapping
from sqlite3 import Connection
from typing import Final

VERSION: Final = 7
"""Schema version, kept in SQLite's `user_version`.

It rises with every change of a table or view, for a store of this version that has others is refused.
"""

APPLICATION_ID: Final = 0x4A4F5552
"""Marks a SQLite file as a store ("JOUR"), kept in SQLite's `application_id`."""

# A value has no declared type: SQLite then keeps a float as it is, to the last bit, and -0.0 too. NULL stands for NaN.
TABLES: Final = """
create table runs (
  id text primary key,
  scenario text not null,            -- id of the scenario
  name text not null,                -- its shown name
  scenario_text text not null,       -- the whole file, as it was simulated
  scenario_hash text not null,       -- SHA-256 of that text
  seed integer not null,
  replications integer not null,     -- asked for
  precision text,                    -- OUTCOME=HALF_WIDTH, where the run goes on until that is reached
  customers integer not null,        -- in each replication
  horizon real not null,             -- days
  arms integer not null,             -- how many
  status text not null check (status in ('running', 'finished', 'interrupted', 'failed')),
  started text not null,             -- UTC, ISO 8601
  ended text,
  engine text not null,              -- versions
  package text not null,
  python text not null,
  numpy text not null,
  note text not null default '',     -- what somebody wrote about it
  settings_hash text                 -- SHA-256 of the rows of `settings`, null in runs of before version 5
);
create table arms (
  run text not null,
  arm text not null,
  position integer not null,         -- 0 is the one compared against
  name text not null,
  scenario_text text not null,       -- the whole scenario of this arm
  primary key (run, arm)
);
create table settings (              -- what the run's arms set and what it was given, by address
  run text not null, arm text not null, address text not null,
  value,                             -- under that arm: a number, a text, 1 or 0, JSON of what has parts
  primary key (run, arm, address)
);
create table replications (
  run text not null,
  arm text not null,
  replication integer not null,
  events integer not null,
  seconds real not null,
  empty text,                        -- JSON: groups that were measured and hold no figure, [table, arm or name]
  primary key (run, replication, arm)
);
create table outcomes (
  run text not null, arm text not null, replication integer not null,
  segment text not null, outcome text not null,
  value,                             -- null where a ratio has nothing to divide by
  part, whole                        -- of a ratio, which is part / whole, of several replications sum / sum
);
create table group_outcomes (        -- the same of the treated and of the holdout, who are of all segments
  run text not null, arm text not null, replication integer not null,
  whose text not null, outcome text not null, value, part, whole
);
create table absences (
  run text not null, arm text not null, replication integer not null,
  outcome text not null, reason text not null
);
create table curves (
  run text not null, arm text not null, replication integer not null,
  curve text not null, day, value
);
create table daily (                 -- a list with the value of each day of the run, as JSON
  run text not null, arm text not null, replication integer not null,
  outcome text not null, by_day text not null
);
create table touchpoints (
  run text not null, arm text not null, replication integer not null,
  touchpoint text not null, figure text not null, value
);
create table transitions (
  run text not null, arm text not null, replication integer not null,
  transition text not null, figure text not null, value
);
create table channels (
  run text not null, arm text not null, replication integer not null,
  channel text not null, figure text not null, value
);
create table stages (
  run text not null, arm text not null, replication integer not null,
  stage text not null, figure text not null, value
);
create table segment_touchpoints (   -- the same of each segment, where there are several
  run text not null, arm text not null, replication integer not null,
  segment text not null, touchpoint text not null, figure text not null, value
);
create table segment_stages (        -- likewise
  run text not null, arm text not null, replication integer not null,
  segment text not null, stage text not null, figure text not null, value
);
create table actions (
  run text not null, arm text not null, replication integer not null,
  action text not null, figure text not null, value
);
create table eligibility (           -- customers who stand on a step towards an action
  run text not null, arm text not null, replication integer not null,
  action text not null, step text not null, value
);
create table segment_eligibility (   -- the same of each segment, where there are several
  run text not null, arm text not null, replication integer not null,
  segment text not null, action text not null, step text not null, value
);
create table decisions (
  run text not null, arm text not null, replication integer not null,
  customer integer not null, time real not null,
  rule text, action text, channel text, decision text not null, reason text
);
create table pairs (
  run text not null, arm text not null, replication integer not null,
  segment text not null, outcome text not null, value
);
create table drawn (                 -- outcomes once more, with the uncertain values drawn for the replication
  run text not null, arm text not null, replication integer not null,
  segment text not null, outcome text not null, value, part, whole
);
create table group_drawn (           -- group_outcomes once more, likewise
  run text not null, arm text not null, replication integer not null,
  whose text not null, outcome text not null, value, part, whole
);
create table drawn_pairs (           -- pairs once more, likewise
  run text not null, arm text not null, replication integer not null,
  segment text not null, outcome text not null, value
);
create table summaries (             -- made when a run ends, n counts the replications that the mean is made of
  run text not null, arm text not null, segment text not null, outcome text not null,
  mean real not null, sd real, n integer not null, lo real, hi real,
  primary key (run, arm, segment, outcome)
);
create table series (                -- made when a run ends: by day, `day` 0 being the date on which the run starts
  run text not null, arm text not null, day integer not null, date text not null, outcome text not null,
  mean real not null, lo real, hi real,
  primary key (run, arm, outcome, day)
);
create table weekly_series (         -- by week, from Monday on, `day` being its first in the run
  run text not null, arm text not null, day integer not null, date text not null, outcome text not null,
  mean real not null, lo real, hi real,
  primary key (run, arm, outcome, day)
);
create table monthly_series (        -- by month, likewise
  run text not null, arm text not null, day integer not null, date text not null, outcome text not null,
  mean real not null, lo real, hi real,
  primary key (run, arm, outcome, day)
);
create table group_summaries (       -- likewise
  run text not null, arm text not null, whose text not null, outcome text not null,
  mean real not null, sd real, n integer not null, lo real, hi real,
  primary key (run, arm, whose, outcome)
);
create table differences (           -- made when a run ends: arm less the first arm, replication by replication
  run text not null, arm text not null, against text not null, segment text not null, outcome text not null,
  mean real not null, sd real, n integer not null, lo real, hi real,
  primary key (run, arm, segment, outcome)
);
create table group_differences (     -- likewise
  run text not null, arm text not null, against text not null, whose text not null, outcome text not null,
  mean real not null, sd real, n integer not null, lo real, hi real,
  primary key (run, arm, whose, outcome)
);
"""

MEASURED: Final = (
    "outcomes",
    "group_outcomes",
    "absences",
    "curves",
    "daily",
    "touchpoints",
    "transitions",
    "channels",
    "stages",
    "segment_touchpoints",
    "segment_stages",
    "actions",
    "eligibility",
    "segment_eligibility",
    "decisions",
    "pairs",
    "drawn",
    "group_drawn",
    "drawn_pairs",
)
"""Tables that hold what was measured, one or more rows for each arm and replication."""

SERIES: Final = {"day": "series", "week": "weekly_series", "month": "monthly_series"}
"""Tables of curves over calendar time, by what they count in."""

SUMMARIES: Final = ("summaries", "group_summaries", "differences", "group_differences", *SERIES.values())
"""Tables that hold what replications add up to, made when a run ends."""

OF_A_RUN: Final = ("arms", "settings")
"""Tables that say what a run is, made when it begins."""

# All that a list of runs shows: it is read from here, without the long texts of the scenarios.
_LIST_INDEX: Final = """
create index runs_listed on runs (started, id, scenario, name, replications, precision, arms, status, note)"""
# All by which the newest run of a scenario and its settings is found.
_NEWEST_INDEX: Final = "create index runs_newest on runs (scenario, status, settings_hash, ended)"

VIEWS: Final = {
    "latest_runs": """
        select * from runs
        where status = 'finished' and not exists (
          select 1 from runs as newer
          where newer.scenario = runs.scenario and newer.status = 'finished'
            and newer.settings_hash = runs.settings_hash and newer.ended >= runs.ended
            and (newer.ended > runs.ended or newer.rowid > runs.rowid)
        ) and (settings_hash is not null or not exists (
          select 1 from runs as newer
          where newer.scenario = runs.scenario and newer.status = 'finished'
            and (newer.ended > runs.ended or (newer.ended = runs.ended and newer.rowid > runs.rowid))
        ))""",
    "latest_outcomes": """
        select latest_runs.scenario, summaries.run, summaries.arm, summaries.segment, summaries.outcome,
          summaries.mean, summaries.sd, summaries.n, summaries.lo, summaries.hi
        from latest_runs
        join arms on arms.run = latest_runs.id
        join summaries on summaries.run = arms.run and summaries.arm = arms.arm
        order by latest_runs.scenario, arms.position, summaries.rowid""",
    "comparisons": """
        select runs.scenario, differences.run, differences.arm, differences.against, differences.segment,
          differences.outcome, differences.mean, differences.sd, differences.n, differences.lo, differences.hi
        from runs
        join differences on differences.run = runs.id
        order by runs.rowid, differences.rowid""",
}
"""The common questions: the newest finished run of each scenario and its settings, its outcomes, and every run's arms
against the first.

A run of an older version, whose settings nobody noted, gives way to any newer one of its scenario.
"""

_GROUPS: Final = "('treated', 'holdout')"
_OF_GROUPS: Final = {
    "group_outcomes": "outcomes",
    "group_drawn": "drawn",
    "group_summaries": "summaries",
    "group_differences": "differences",
}
"""Tables of what is known of groups, with the table in which it stood among the segments before version 4."""


def create(connection: Connection) -> None:
    """Make all tables and views of this version in an empty store; the caller holds the transaction."""
    for statement in _statements(TABLES):
        connection.execute(statement)
    for table in MEASURED:
        connection.execute(f"create index {table}_of_run on {table} (run)")
    connection.execute(_LIST_INDEX)
    connection.execute(_NEWEST_INDEX)
    for name, query in VIEWS.items():
        connection.execute(f"create view {name} as {query}")
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.execute(f"pragma user_version = {VERSION}")


def _give_runs_notes(connection: Connection) -> None:
    connection.execute("alter table runs add column note text not null default ''")
    connection.execute(_LIST_INDEX)


def _give_runs_drawn_values(connection: Connection) -> None:
    for table in ("drawn", "drawn_pairs"):
        connection.execute(
            f"""create table {table} (
              run text not null, arm text not null, replication integer not null,
              segment text not null, outcome text not null, value
            )"""
        )
        connection.execute(f"create index {table}_of_run on {table} (run)")


def _tell_ratios_and_groups_apart(connection: Connection) -> None:
    """Room for parts and wholes, which older runs lack; the treated and the holdout move out of the segments."""
    for table in ("outcomes", "drawn"):
        for column in ("part", "whole"):
            connection.execute(f"alter table {table} add column {column}")
    for table in _OF_GROUPS:
        connection.execute(_statement(table))
        old = _OF_GROUPS[table]
        connection.execute(f"insert into {table} select * from {old} where segment in {_GROUPS} order by rowid")
        connection.execute(f"delete from {old} where segment in {_GROUPS}")
        if table in MEASURED:
            connection.execute(f"create index {table}_of_run on {table} (run)")
    for group in ("treated", "holdout"):
        for old, new in (("outcomes", "groups"), ("drawn", "drawn_groups")):
            connection.execute(
                "update replications set empty = replace(empty, ?, ?) where empty is not null",
                (f'["{old}", "{group}"]', f'["{new}", "{group}"]'),
            )


def _give_runs_settings_and_series(connection: Connection) -> None:
    connection.execute("alter table runs add column settings_hash text")
    for table in ("settings", "daily", *SERIES.values()):
        connection.execute(_statement(table))
    connection.execute("create index daily_of_run on daily (run)")
    connection.execute(_NEWEST_INDEX)


def _give_runs_figures_of_segments(connection: Connection) -> None:
    for table in ("segment_touchpoints", "segment_stages"):
        connection.execute(_statement(table))
        connection.execute(f"create index {table}_of_run on {table} (run)")


def _give_runs_eligibility(connection: Connection) -> None:
    for table in ("eligibility", "segment_eligibility"):
        connection.execute(_statement(table))
        connection.execute(f"create index {table}_of_run on {table} (run)")


MIGRATIONS: Mapping[int, Callable[[Connection], None]] = {
    1: _give_runs_notes,
    2: _give_runs_drawn_values,
    3: _tell_ratios_and_groups_apart,
    4: _give_runs_settings_and_series,
    5: _give_runs_figures_of_segments,
    6: _give_runs_eligibility,
}
"""How a store of each older version becomes one of the next; the views are made anew afterwards."""


def migrate(connection: Connection, version: int) -> None:
    """Bring a store of an older `version` to this one; the caller holds the transaction."""
    for name in VIEWS:
        connection.execute(f"drop view if exists {name}")
    for step in range(version, VERSION):
        MIGRATIONS[step](connection)
    for name, query in VIEWS.items():
        connection.execute(f"create view {name} as {query}")
    connection.execute(f"pragma user_version = {VERSION}")


def _statements(script: str) -> list[str]:
    return [statement for statement in (part.strip() for part in script.split(";")) if statement]


def _statement(table: str) -> str:
    """The statement that makes the table."""
    return next(each for each in _statements(TABLES) if each.startswith(f"create table {table} "))

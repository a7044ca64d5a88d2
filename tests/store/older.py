"""Stores as older versions wrote them, made from a store of this version."""

import sqlite3
from pathlib import Path

_GROUPS = {"group_outcomes": ("outcomes", "groups"), "group_drawn": ("drawn", "drawn_groups")}


def as_version_6(path: Path) -> None:
    """Without steps towards actions."""
    with sqlite3.connect(path) as store:
        for table in ("eligibility", "segment_eligibility"):
            store.execute(f"drop table {table}")
        store.execute("pragma user_version = 6")
    store.close()


def as_version_5(path: Path) -> None:
    """Without figures of touchpoints and stages by segment, too."""
    as_version_6(path)
    with sqlite3.connect(path) as store:
        for table in ("segment_touchpoints", "segment_stages"):
            store.execute(f"drop table {table}")
        store.execute("pragma user_version = 5")
    store.close()


def as_version_4(path: Path) -> None:
    """Without settings and without curves over calendar time, too."""
    as_version_5(path)
    with sqlite3.connect(path) as store:
        for view in ("latest_runs", "latest_outcomes", "comparisons"):
            store.execute(f"drop view {view}")
        store.execute("drop index runs_newest")
        store.execute("alter table runs drop column settings_hash")
        for table in ("settings", "daily", "series", "weekly_series", "monthly_series"):
            store.execute(f"drop table {table}")
        store.execute("pragma user_version = 4")
    store.close()


def as_version_3(path: Path) -> None:
    """Without parts and wholes, too; the treated and the holdout stand among the segments."""
    as_version_4(path)
    with sqlite3.connect(path) as store:
        for table, (old, groups) in _GROUPS.items():
            store.execute(f"insert into {old} select * from {table}")
            store.execute("update replications set empty = replace(empty, ?, ?)", (f'"{groups}"', f'"{old}"'))
        for old in ("summaries", "differences"):
            store.execute(f"insert into {old} select * from group_{old}")
        for table in ("group_outcomes", "group_drawn", "group_summaries", "group_differences"):
            store.execute(f"drop table {table}")
        for table in ("outcomes", "drawn"):
            store.execute(f"delete from {table} where value is null")
            for column in ("part", "whole"):
                store.execute(f"alter table {table} drop column {column}")
        store.execute("pragma user_version = 3")
    store.close()


def as_version_1(path: Path) -> None:
    """Without notes and without drawn values, too."""
    as_version_3(path)
    with sqlite3.connect(path) as store:
        store.execute("drop index runs_listed")
        store.execute("alter table runs drop column note")
        store.execute("drop table drawn")
        store.execute("drop table drawn_pairs")
        store.execute("pragma user_version = 1")
    store.close()

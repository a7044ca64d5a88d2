"""Whether a store holds what this program makes, and nothing that changes or hides what is read from it."""

import sqlite3
from collections.abc import Iterator
from functools import cache
from sqlite3 import Connection
from typing import Any, Final

from sim.store import schema

_REMEDY: Final = "use another store with --db, or a copy of this one from before it was changed"
_OF_SQLITE: Final = "sqlite_"
"""What names begin with that SQLite gives: automatic indexes, statistics."""

Column = tuple[Any, ...]
"""name, declared type, whether it may be null, default, place in the primary key, how it is hidden or computed"""


def strange(connection: Connection, *, current: bool) -> str | None:
    """What in the store may do what nobody here knows of, in words, with what to do; None where all is known.

    Triggers, computed columns and others' views would change figures unseen. Tables that somebody added are left alone:
    nothing reads them. In a store of an older version (not `current`) only that is looked at, for its tables are other
    ones. Raises sqlite3.Error where the store cannot be read.
    """
    strangeness = next(_foreign(connection), None) or (next(_other(connection), None) if current else None)
    return f"{strangeness}; {_REMEDY}" if strangeness else None


def columns_of(table: str) -> list[Column]:
    """The columns of a table as a new store has it."""
    return _expected()[1][table]


def _foreign(connection: Connection) -> Iterator[str]:
    """What no version of this program has ever made."""
    for kind, name, _, sql in _listed(connection):
        if kind == "trigger":
            yield f'the trigger "{name}" in this store is none of Journey Sandbox\'s and may change figures'
        elif kind == "view" and name not in schema.VIEWS:
            yield f'the view "{name}" in this store is none of Journey Sandbox\'s and may show other figures'
        elif kind == "table" and _words(sql).startswith("create virtual"):
            yield f'the table "{name}" in this store is virtual: what it holds is somewhere else'
        elif kind == "table" and any(column[-1] for column in _columns(connection, name)):
            yield f'the table "{name}" in this store has columns that are computed'


def _other(connection: Connection) -> Iterator[str]:
    """What this version makes in another way."""
    present = {name: (kind, of, sql) for kind, name, of, sql in _listed(connection)}
    expected, columns = _expected()
    for name, (kind, of, sql) in expected.items():
        if kind == "index":  # one that is missing makes reading slower, and that is all
            continue
        if name not in present or present[name][:2] != (kind, of):
            yield f'the {kind} "{name}" is missing in this store'
        elif kind == "table" and _columns(connection, name) != columns[name]:
            yield f'the table "{name}" in this store has other columns than Journey Sandbox makes'
        elif kind == "view" and _words(present[name][2]) != _words(sql):
            yield f'the {kind} "{name}" in this store is another than Journey Sandbox makes'
    for name, (kind, of, _) in present.items():
        if kind == "index" and of in columns and not _is_plain(connection, name, of):
            yield f'the index "{name}" in this store is none of Journey Sandbox\'s and may keep runs from being stored'


def _listed(connection: Connection) -> list[tuple[str, str, str, str]]:
    """Kind, name, table and SQL of all there is, but for what SQLite makes by itself."""
    query = "select type, name, tbl_name, sql from sqlite_master where sql is not null order by rowid"
    return [
        (str(kind), str(name), str(of), str(sql))
        for kind, name, of, sql in connection.execute(query)
        if not str(name).startswith(_OF_SQLITE)
    ]


def _columns(connection: Connection, table: str) -> list[Column]:
    return [
        (name, declared.lower(), *others)
        for _, name, declared, *others in connection.execute("select * from pragma_table_xinfo(?)", (table,))
    ]


def _is_plain(connection: Connection, index: str, table: str) -> bool:
    """Whether the index only makes reading faster: of columns alone, of all rows, none of them forbidden."""
    listed = connection.execute("select name, [unique], partial from pragma_index_list(?)", (table,))
    narrowed = any(unique or partial for name, unique, partial in listed if name == index)
    computed = connection.execute("select count(*) from pragma_index_xinfo(?) where cid = -2", (index,)).fetchone()[0]
    return not narrowed and not computed


@cache
def _expected() -> tuple[dict[str, tuple[str, str, str]], dict[str, list[Column]]]:
    """What a new store holds: kind, table and SQL by name, and the columns of its tables."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.create(made)
        listed = {name: (kind, of, sql) for kind, name, of, sql in _listed(made)}
        tables = [name for name, (kind, _, _) in listed.items() if kind == "table"]
        return listed, {table: _columns(made, table) for table in tables}
    finally:
        made.close()


def _words(sql: str) -> str:
    return " ".join(sql.lower().split())

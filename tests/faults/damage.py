"""Stores that came to harm on the way: bytes that are others, a file that ends too soon, values that nobody wrote."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.faults.mutations import SCENARIO_CHANGES, VALUES

_PAGE = 4096
_TEXTS = (
    "", " ", "x", "nan", "1e400", "all", "\x1b[31mred\x1b[0m", "two\nlines", "<img src=x>", "\x00", "‮abc", "9" * 400,
    "x" * 100_000, "now", "finished", "failed", "0=", "conversion_rate=x", "conversion_rate=-1", "[]", "[[]]", '["a"]',
    '[["outcomes", "all"]]', '[["nothing", "x"]]', '{"a": 1}', "null", "[" * 5000, "2026-01-05T00:00:00", "yesterday",
    "format = 1", *VALUES,
)  # fmt: skip
_VALUES = (
    None, 0, 1, -1, 3, 7, 2**31, 2**62, -(2**63), 2**63 - 1, 0.5, -0.5, 1e308, -1e308, 1e-300, float("inf"),
    float("-inf"), b"", b"\xff\xfe", b"\x00" * 40,
)  # fmt: skip


def damaged(number: int, store: bytes, path: Path) -> str:
    """Put the store at `path` with a damage, the same for the same number; what was done."""
    chance = random.Random(number)
    if number % 3 == 0:
        content, said = _bytes_changed(chance, store)
        path.write_bytes(content)
        return said
    path.write_bytes(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("pragma ignore_check_constraints = on")
        said = "; ".join(_rows_changed(chance, other) for _ in range(chance.choice((1, 1, 1, 2))))
        other.execute("pragma wal_checkpoint(truncate)")
    return said


def _bytes_changed(chance: random.Random, store: bytes) -> tuple[bytes, str]:
    content = bytearray(store)
    how = chance.choice(("flip", "flip", "many", "end", "page", "swap", "header"))
    at = chance.randrange(len(content))
    if how == "flip":
        content[at] ^= 1 << chance.randrange(8)
    elif how == "many":
        for _ in range(50):
            content[chance.randrange(100, len(content))] ^= 1 << chance.randrange(8)
    elif how == "end":
        del content[at:]
    elif how == "header":
        at = chance.randrange(100)
        content[at] ^= 1 << chance.randrange(8)
    else:
        pages = len(content) // _PAGE
        one, other = chance.randrange(1, pages) * _PAGE, chance.randrange(1, pages) * _PAGE
        at = one
        before = bytes(content[one : one + _PAGE])
        content[one : one + _PAGE] = content[other : other + _PAGE] if how == "swap" else bytes(_PAGE)
        if how == "swap":
            content[other : other + _PAGE] = before
    return bytes(content), f"{how} at {at}"


def _rows_changed(chance: random.Random, other: sqlite3.Connection) -> str:
    tables = [name for (name,) in other.execute("select name from sqlite_master where type = 'table' order by name")]
    # What stands for the whole run is read by every command, so it is hit as often as all that was measured.
    table = chance.choice(("runs", "arms", "replications", chance.choice(tables)))
    columns = [row[1] for row in other.execute(f"pragma table_info([{table}])")]
    rows = [row for (row,) in other.execute(f"select rowid from [{table}]")]
    how = chance.choice(("set", "set", "set", "set", "text", "all", "delete", "double", "swap"))
    row, column = chance.choice(rows) if rows else 0, chance.choice(columns)
    said = f"{how} {table}.{column} of {row}"
    value = chance.choice((*_TEXTS, *_VALUES))
    try:
        if how in ("set", "all"):
            said += f" to {value!r:.60}"
            where = "" if how == "all" else f" where rowid = {row}"
            other.execute(f"update [{table}] set [{column}] = ?{where}", (value,))
        elif how == "text":
            table, column = chance.choice((("runs", "scenario_text"), ("arms", "scenario_text")))
            said = f"text {table}.{column}"
            [row, text] = other.execute(f"select rowid, {column} from {table} order by random() limit 1").fetchone()
            new = chance.choice(SCENARIO_CHANGES)(chance, str(text).encode()).decode("utf-8", "replace")
            other.execute(f"update {table} set {column} = ? where rowid = ?", (new, row))
        elif how == "delete":
            other.execute(f"delete from [{table}] where rowid = {row} or {chance.choice((0, 1))}")
        elif how == "double":
            other.execute(f"insert into [{table}] select * from [{table}] where rowid = {row}")
        else:
            other.execute(f"update [{table}] set [{column}] = [{chance.choice(columns)}] where rowid = {row}")
    except (sqlite3.Error, OverflowError):
        said += " (which SQLite refuses)"
    return said

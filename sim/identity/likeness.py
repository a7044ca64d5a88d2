"""What of two records is compared, how alike it can be, and how often that is so by chance (model 24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LIKE_EMAIL: Final = "damerau_levenshtein(email_l, email_r) <= 1"
_LIKE_PHONE: Final = "damerau_levenshtein(phone_l, phone_r) <= 2"
_LIKE_NAME: Final = "jaro_winkler_similarity(name_l, name_r) >= 0.92"
_SAMPLED: Final = 500
"""Records of a channel whose pairs tell how often what is alike is so by chance."""


@dataclass(frozen=True)
class Level:
    """One way in which two records can be alike."""

    condition: str
    """in SQL, of a pair"""
    m: float
    """how probable it is of two records of one person, until that is learned"""
    same: tuple[str, ...] = ()
    """the columns of which one is then the same, where nothing else is asked: these are counted, the others sampled"""


@dataclass(frozen=True)
class Compared:
    """One of the things that are compared; what is in no level is unlike."""

    name: str
    missing: str
    """when a pair tells nothing, in SQL"""
    levels: tuple[Level, ...]
    by_frequency: str = ""
    """the column whose rare values say more than usual ones when they are the same"""


def _one(column: str, *more: Level, by_frequency: bool = False) -> Compared:
    same = Level(f"{column}_l = {column}_r", 0.9 - 0.05 * len(more), (column,))
    return Compared(column, f"{column}_l IS NULL OR {column}_r IS NULL", (same, *more), column if by_frequency else "")


COMPARED: Final = (
    _one("customer_id"),
    _one("email", Level(_LIKE_EMAIL, 0.05)),
    _one("phone", Level(_LIKE_PHONE, 0.05)),
    # A device keeps its cookie, so that both are the same says hardly more than that one is.
    Compared(
        "device",
        "(device_l IS NULL OR device_r IS NULL) AND (cookie_l IS NULL OR cookie_r IS NULL)",
        (Level("device_l = device_r OR cookie_l = cookie_r", 0.6, ("device", "cookie")),),
    ),
    _one("name", Level(_LIKE_NAME, 0.05), Level("surname_l = surname_r", 0.02, ("surname",)), by_frequency=True),
    _one("postcode", by_frequency=True),
)
"""All that is compared, each independent of the others among records of one person, or nearly so."""

BLOCKS: Final = (
    ("customer_id",), ("email",), ("phone",), ("device",), ("cookie",), ("name",), ("surname", "postcode"),
    ("email_end",), ("phone_begin",), ("phone_end",),
)  # fmt: skip
"""Pairs are candidates if they have all columns of one of these the same."""


def chance(connection: DuckDBPyConnection) -> dict[str, tuple[float, ...]]:
    """How probable each level is of two records of different people, by name of what is compared.

    Two records of one channel are of two people, so their pairs tell it, without the truth.
    """
    connection.execute(
        f"""CREATE TABLE sampled AS SELECT * EXCLUDE (step, number) FROM (
            SELECT *, row_number() OVER (PARTITION BY channel ORDER BY unique_id) - 1 AS number,
            greatest(1, count(*) OVER (PARTITION BY channel) // {_SAMPLED}) AS step FROM records)
            WHERE number % step = 0"""
    )
    return {each.name: _chance(connection, each) for each in COMPARED}


def _chance(connection: DuckDBPyConnection, compared: Compared) -> tuple[float, ...]:
    cases = " ".join(f"WHEN {level.condition} THEN {at}" for at, level in enumerate(compared.levels))
    columns = ("customer_id", "email", "phone", "device", "cookie", "name", "surname", "postcode")
    ends = ", ".join(f"{end[0]}.{column} AS {column}_{end[0]}" for end in ("l.", "r.") for column in columns)
    counted = dict(
        connection.execute(
            f"""SELECT level, count(*) FROM (SELECT CASE {cases} ELSE -1 END AS level FROM (
                SELECT {ends} FROM sampled l JOIN sampled r ON l.channel = r.channel AND l.unique_id < r.unique_id)
                WHERE NOT ({compared.missing})) GROUP BY level"""
        ).fetchall()
    )
    pairs = sum(counted.values())
    shares: list[float] = []
    for at, level in enumerate(compared.levels):
        share = _of_same(connection, level.same) if level.same else (counted.get(at, 0) + 0.5) / (pairs + 1)
        shares.append(share)
    rest = max(1 - sum(shares), 1e-6)
    return (*shares, rest)


def _of_same(connection: DuckDBPyConnection, columns: Sequence[str]) -> float:
    """The share of a channel's pairs of records that have one of the columns the same; a trifle where none has."""
    several = len(columns) > 1  # those of which several are the same count once
    [[same]] = connection.execute(
        f"SELECT count(*) FROM ({' UNION '.join(map(_pairs_with, columns))})"
        if several
        else f"""SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM (SELECT count(*)::DOUBLE AS n FROM records
            WHERE {columns[0]} IS NOT NULL GROUP BY channel, {columns[0]})"""
    ).fetchall()
    [[pairs]] = connection.execute(
        f"""SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM (SELECT count(*)::DOUBLE AS n FROM records
            WHERE {" OR ".join(f"{column} IS NOT NULL" for column in columns)} GROUP BY channel)"""
    ).fetchall()
    return float((same + 0.5) / (pairs + 1))


def _pairs_with(column: str) -> str:
    return f"""SELECT l.unique_id AS one, r.unique_id AS other FROM records l JOIN records r
        ON l.channel = r.channel AND l.{column} = r.{column} AND l.unique_id < r.unique_id"""


def comparisons(chances: dict[str, tuple[float, ...]]) -> list[Any]:
    """What is compared, as Splink takes it."""
    return [_comparison(each, chances[each.name]) for each in COMPARED]


def _comparison(compared: Compared, chances: Sequence[float]) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": compared.missing, "label_for_charts": "missing", "is_null_level": True}
    ]
    for level, u in zip(compared.levels, chances, strict=False):
        levels.append(
            {
                "sql_condition": level.condition,
                "label_for_charts": level.condition,
                "m_probability": level.m,
                "u_probability": u,
            }
        )
    if compared.by_frequency:
        levels[1]["tf_adjustment_column"] = compared.by_frequency
    rest = 1 - sum(level.m for level in compared.levels)
    levels.append(
        {"sql_condition": "ELSE", "label_for_charts": "unlike", "m_probability": rest, "u_probability": chances[-1]}
    )
    return {"output_column_name": compared.name, "comparison_levels": levels}
